"""Compiles the table of traditional characters.

    python -m pipeline.layout.compile TSCharacters.txt > traditional.txt

The input is OpenCC's TSCharacters.txt (Apache-2.0): a traditional character, a tab, its simplified forms by preference.
The output is two lines of one length: the traditional characters, and below each its first simplified form.
"""

from __future__ import annotations

import sys
from pathlib import Path


def compile_table(table: str) -> str:
    """Two lines, traditional over simplified, from the text of TSCharacters.txt."""
    pairs = [line.split()[:2] for line in table.splitlines() if line.strip()]
    kept = sorted((a, b) for a, b in pairs if a != b and len(a) == len(b) == 1)
    return "".join(a for a, _ in kept) + "\n" + "".join(b for _, b in kept) + "\n"


if __name__ == "__main__":
    sys.stdout.write(compile_table(Path(sys.argv[1]).read_text(encoding="utf-8")))
