"""From bytes to a Source: text files, standard input, JSON Lines."""

from pipeline.loading.files import file, from_bytes, from_text, lines
from pipeline.loading.jsonlines import json_lines

__all__ = ["file", "from_bytes", "from_text", "json_lines", "lines"]
