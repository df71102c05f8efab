"""PDF: the text layer, page by page. A page that is a picture has none, and is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.document import LoadError, Problem
from pipeline.loading import pdf_lines
from pipeline.loading.content import Content, check_length, extra

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_PASSWORD = 4
"""PDFium's error code for a document that opens with a password only."""
_STAMP = 20
"""A page of a picture may bear so many characters, such as its number, and still have no text layer."""
_OUTLINES = 100
"""So many shapes on a page without text are letters drawn as outlines, not rules and frames."""
_TAIL = 2048
"""Bytes at the end of a file within which a whole PDF has its end mark."""


def read(data: bytes, where: str) -> Content:
    """The text of all pages, parted by form feeds.

    Pages that cannot be read are problems: `no-text-layer` for pictures, `damaged` for what is broken or cut off.
    Raises LoadError: `encrypted`, `damaged`, `too-large`, `no-text-layer` or `empty` where no page has text,
    `missing-extra`.
    """
    with extra("pdf", where):
        import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise LoadError("the PDF opens with a password only", where=where, code="encrypted") from error
        raise LoadError(f"the PDF is damaged or cut off: {error}", where=where, code="damaged") from error
    try:
        pages = _Pages(document, where)
    finally:
        document.close()
    is_whole = b"%%EOF" in data[-_TAIL:]
    problems = pages.problems(is_whole)
    text = pdf_lines.join(pages.lines)
    if problems and not text.strip():
        raise LoadError(problems[0].message, where=where, code=problems[0].code)
    return Content(text, problems=problems)


class _Pages:
    """The lines of all pages, and the numbers of those that are pictures or broken."""

    def __init__(self, document: PdfDocument, where: str) -> None:
        import pypdfium2

        self.where = where
        self.lines: list[pdf_lines.Line] = []
        self.pictures: list[int] = []
        self.broken: list[int] = []
        length = 0
        for index in range(len(document)):
            try:
                page = document[index]
                lines = list(pdf_lines.read(page.get_textpage(), index))
                if sum(len(line.chars) for line in lines) < _STAMP and _is_picture(page):
                    self.pictures.append(index + 1)
                page.close()
            except pypdfium2.PdfiumError:
                self.broken.append(index + 1)
                continue
            self.lines += lines
            length += sum(len(line.chars) for line in lines)
            check_length(length, where)

    def problems(self, is_whole: bool) -> tuple[Problem, ...]:
        """What of the document was not read; `is_whole` says that the file has its end."""
        found = []
        if not is_whole:
            message = "the file is cut off; pages may be missing: fetch it again"
            found.append(Problem("damaged", message, self.where))
        if self.broken:
            message = "pages that cannot be read: the PDF is damaged"
            found.append(Problem("damaged", message, f"{self.where}, page {_ranges(self.broken)}"))
        if self.pictures:
            message = "pages that are pictures without text: run OCR over them"
            found.append(Problem("no-text-layer", message, f"{self.where}, page {_ranges(self.pictures)}"))
        return tuple(found)


def _is_picture(page: PdfPage) -> bool:
    """Whether images cover half of a page, or outlines draw what could be text."""
    import pypdfium2.raw as pdfium

    area = 0.0
    shapes = 0
    for shape in page.get_objects():
        shapes += 1
        if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shape.get_bounds()
            area += (right - left) * (top - bottom)
    return area * 2 >= page.get_width() * page.get_height() or shapes >= _OUTLINES


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as 2, 5-7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
