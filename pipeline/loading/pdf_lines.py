"""The lines of a PDF page: what its geometry says of indents and of cells, written as blanks that layout reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_BLANK = "\u3000"
_LEAST_INDENT = 1.4
"""In heights of a character; a paragraph is indented by two."""
_STOPS = ("。", "；", "：", "！", "？")
_GAP = 1.0
"""A gap of so many heights of a character parts cells."""
_SHORT = 2.0
"""How far a full line may end before the column does, in heights of a character."""
_OTHER_SIZE = 0.25
_WINDOW = 8
_STRAY = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
"""What PDFium writes for a hyphen at a line's end or a glyph without a character."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters of a line and the box around it; `height` is that of its first character, `page` counts from 0."""

    chars: str
    page: int
    left: float
    right: float
    height: float


def read(text: PdfTextPage, page: int) -> Iterator[Line]:
    """The lines of a page in the order of its content; a wide gap is a tab, as it parts cells."""
    import pypdfium2.raw as pdfium

    indices: list[int] = []
    for index in range(text.count_chars()):
        if pdfium.FPDFText_GetUnicode(text, index) not in (0x0A, 0x0D):
            indices.append(index)
        elif indices:
            yield _line(text, indices, page)
            indices = []
    if indices:
        yield _line(text, indices, page)


def join(lines: Sequence[Line]) -> str:
    """The text of all pages, parted by form feeds.

    Ideographic spaces stand before a line that is indented, centred or at the right, and a blank line parts what is set
    in another size, as titles are. A centred title that fills its line goes on without a line end.
    """
    parts: list[str] = []
    page = 0
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        near = lines[max(0, index - _WINDOW) : index + _WINDOW + 1]
        column = [other for other in near if other.left < line.right and other.right > line.left] or [line]
        end = max(other.right for other in column)
        if line.page > page:
            parts.append("\f" * (line.page - page))
            page = line.page
        elif above is not None:
            parts.append(_line_end(above, line, end))
        depth = (line.left - min(other.left for other in column)) / (line.height or 1.0)
        if depth >= _LEAST_INDENT and (above is None or not _goes_on(above, line, end)):
            parts.append(_BLANK * round(depth))
        parts.append(line.chars)
    return "".join(parts)


def _line(text: PdfTextPage, indices: Sequence[int], page: int) -> Line:
    import pypdfium2.raw as pdfium

    left, bottom, _, top = text.get_charbox(indices[0], loose=True)
    right = text.get_charbox(indices[-1], loose=True)[2]
    height = top - bottom
    parts = []
    for index in indices:
        code = pdfium.FPDFText_GetUnicode(text, index)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if char == " " and indices[0] < index < indices[-1] and pdfium.FPDFText_IsGenerated(text, index) == 1:
            before = text.get_charbox(index - 1, loose=True)[2]
            after = text.get_charbox(index + 1, loose=True)[0]
            char = "\t" if after - before >= _GAP * height else " "
        parts.append(char)
    # PDFium may give a character beyond the first plane as a pair of surrogates.
    chars = "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Line(_STRAY.sub("", chars), page, left, right, height)


def _line_end(above: Line, line: Line, end: float) -> str:
    if not _is_like(above, line):
        return "\n\n"
    return "" if _is_centred_below(above, line) and _is_full(above, line, end) else "\n"


def _goes_on(above: Line, line: Line, end: float) -> bool:
    """Whether a line that stands in goes on from the line above: in a block that stands in, or a centred title."""
    if not _is_like(above, line):
        return False
    if _has_same_left(above, line):
        return _is_full(above, line, end)
    return _is_centred_below(above, line)


def _is_like(above: Line, line: Line) -> bool:
    """Whether two lines are set in one size, more or less: fonts differ in how high they say they are."""
    return abs(above.height - line.height) < _OTHER_SIZE * line.height


def _has_same_left(above: Line, line: Line) -> bool:
    return abs(above.left - line.left) < line.height / 2


def _is_full(above: Line, line: Line, end: float) -> bool:
    return above.right > end - _SHORT * line.height


def _is_centred_below(above: Line, line: Line) -> bool:
    """Whether a line is centred below one that is no end of a sentence."""
    is_centred = abs(above.left + above.right - line.left - line.right) < line.height
    return is_centred and not _has_same_left(above, line) and above.chars[-1:] not in _STOPS
