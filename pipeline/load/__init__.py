"""From bytes to a Source: text files, standard input, JSON Lines."""

from pipeline.load.files import file, from_bytes, lines
from pipeline.load.jsonlines import json_lines

__all__ = ["file", "from_bytes", "json_lines", "lines"]
