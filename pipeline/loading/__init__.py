"""From bytes to a Source: a document in any format, standard input, JSON Lines.

`formats` tells what bytes are; `plain`, `html`, `pdf` and `docx` read one format each, by the same call
`read(data, where) -> Content`.
"""

from pipeline.loading.files import file, from_bytes, from_text, lines
from pipeline.loading.jsonlines import json_lines

__all__ = ["file", "from_bytes", "from_text", "json_lines", "lines"]
