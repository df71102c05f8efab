"""The lines of a PDF page: what its geometry says of indents and of cells, written as blanks that layout reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_INDENT = "\u3000\u3000"
_LEAST_INDENT = 1.4
_MOST_INDENT = 2.6
"""In heights of a character; a paragraph is indented by two."""
_GAP = 1.0
"""A gap of so many heights of a character parts cells."""
_SHORT = 2.0
"""How far a full line may end before the column does, in heights of a character."""
_OTHER_SIZE = 0.25
_WINDOW = 8
_STRAY = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
"""What PDFium writes for a hyphen at a line's end or a glyph without a character."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Characters of a line and the box around it; `height` is that of its first character."""

    chars: str
    left: float
    right: float
    height: float


def read(page: PdfTextPage) -> str:
    """The text of a page, a line a line.

    Paragraphs begin with two ideographic spaces where the page indents them; a blank line parts what is set in another
    size, as titles are, and a tab the cells of a row.
    """
    lines = list(_lines(page))
    parts = []
    for index, line in enumerate(lines):
        if index:
            parts.append("\n" if _is_like(lines[index - 1], line) else "\n\n")
        parts.append((_INDENT if _is_indented(lines, index) else "") + line.chars)
    return "".join(parts)


def _lines(page: PdfTextPage) -> Iterator[_Line]:
    import pypdfium2.raw as pdfium

    indices: list[int] = []
    for index in range(page.count_chars()):
        if pdfium.FPDFText_GetUnicode(page, index) not in (0x0A, 0x0D):
            indices.append(index)
        elif indices:
            yield _line(page, indices)
            indices = []
    if indices:
        yield _line(page, indices)


def _line(page: PdfTextPage, indices: Sequence[int]) -> _Line:
    import pypdfium2.raw as pdfium

    left, bottom, _, top = page.get_charbox(indices[0], loose=True)
    right = page.get_charbox(indices[-1], loose=True)[2]
    height = top - bottom
    parts = []
    for index in indices:
        code = pdfium.FPDFText_GetUnicode(page, index)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if char == " " and indices[0] < index < indices[-1] and pdfium.FPDFText_IsGenerated(page, index) == 1:
            before = page.get_charbox(index - 1, loose=True)[2]
            after = page.get_charbox(index + 1, loose=True)[0]
            char = "\t" if after - before >= _GAP * height else " "
        parts.append(char)
    # PDFium may give a character beyond the first plane as a pair of surrogates.
    chars = "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _Line(_STRAY.sub("", chars), left, right, height)


def _is_indented(lines: Sequence[_Line], index: int) -> bool:
    """Whether a line begins two characters to the right of its column, and does not go on from a line that does."""
    line = lines[index]
    near = lines[max(0, index - _WINDOW) : index + _WINDOW + 1]
    reach = line.left - _MOST_INDENT * line.height
    column = min(other.left for other in near if reach <= other.left <= line.left)
    if line.left - column < _LEAST_INDENT * line.height:
        return False
    above = lines[index - 1] if index else None
    if above is None or abs(above.left - line.left) > line.height / 2 or not _is_like(above, line):
        return True
    end = max(other.right for other in near if other.left < line.right and other.right > line.left)
    return above.right < end - _SHORT * line.height


def _is_like(above: _Line, below: _Line) -> bool:
    """Whether two lines are set in one size, more or less: fonts differ in how high they say they are."""
    return abs(above.height - below.height) < _OTHER_SIZE * below.height
