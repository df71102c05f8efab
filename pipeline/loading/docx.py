"""DOCX: paragraphs and tables in the order of the document, cells parted by tabs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.document import LoadError
from pipeline.loading.content import Content, extra

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_PACKED = 200
"""How many times a part may grow when it is unpacked; XML of long tables reaches a hundred."""
_SMALL = 4 * 1024 * 1024
"""A part of fewer bytes may be packed as tightly as it likes."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = (_WORD + tag for tag in ("p", "tbl", "tr", "tc", "t"))
_TEXT_BOX = _WORD + "txbxContent"
_SIGNS = {
    _WORD + "tab": "\t",
    _WORD + "br": "\n",
    _WORD + "cr": "\n",
    _WORD + "noBreakHyphen": "-",
}
_LEFT_OUT = frozenset((_FALLBACK, _WORD + "del", _WORD + "moveFrom", _WORD + "rt", _WORD + "pPr", _WORD + "rPr"))
"""Copies for old readers, what was deleted or moved away, the reading above a character, and formatting."""


def read(data: bytes, where: str) -> Content:
    """The text of the body, a line a paragraph and a line a row, parted by blank lines, and the title it is given.

    Text that python-docx passes over is read as well: smart tags, content controls, tracked insertions, text boxes.
    Headers, footers, notes and automatic numbers are not. Raises LoadError: `damaged`, `too-large` (a zip bomb),
    `unsupported` (another kind of archive), `missing-extra`.
    """
    with extra("docx", where):
        import docx

    _check_archive(data, where)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [line for line in _lines(document.element.body) if line.strip()]
        title = document.core_properties.title.strip()
    # python-docx checks nothing: what is broken ends in whatever error comes first, from zlib's to a TypeError.
    except Exception as error:
        raise LoadError(f"the DOCX is damaged: {error}", where=where, code="damaged") from error
    return Content("\n\n".join(lines), title=title or None)


def _check_archive(data: bytes, where: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise LoadError(f"the DOCX is damaged or cut off: {error}", where=where, code="damaged") from error
    if "word/document.xml" not in {part.filename for part in parts}:
        message = "this is an archive or another Office document, not DOCX; unpack it or save it as DOCX"
        raise LoadError(message, where=where, code="unsupported")
    if sum(part.file_size for part in parts) > _MOST_UNPACKED or any(
        part.file_size > max(_SMALL, part.compress_size * _MOST_PACKED) for part in parts
    ):
        message = "the DOCX grows beyond all measure when it is unpacked (a zip bomb)"
        raise LoadError(message, where=where, code="too-large")


def _lines(container: _Element) -> Iterator[str]:
    """The lines of a body, a cell or a text box."""
    for block in container:
        if block.tag == _PARAGRAPH:
            boxes: list[_Element] = []
            yield "".join(_pieces(block, boxes))
            for box in boxes:
                yield from _lines(box)
        elif block.tag == _TABLE:
            for row in _inner(block, _ROW):
                yield from _row(list(_inner(row, _CELL)))
        elif block.tag not in _LEFT_OUT:
            yield from _lines(block)


def _row(cells: list[_Element]) -> Iterable[str]:
    """The line of a row; a single cell is a frame around paragraphs."""
    if len(cells) == 1:
        return _lines(cells[0])
    return ["\t".join(" ".join(" ".join(_lines(cell)).split()) for cell in cells)]


def _inner(outer: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, those in content controls and tracked changes included."""
    for element in outer:
        if element.tag == tag:
            yield element
        elif element.tag not in _LEFT_OUT:
            yield from _inner(element, tag)


def _pieces(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """The text of a paragraph in order; text boxes anchored in it are put aside."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[str(child.tag)]
        elif child.tag == _TEXT_BOX:
            boxes.append(child)
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child, boxes)
