"""Tables printed as text: rows of cells with the head of their column.

A row is a line of two and more cells with a tab or | between them and no punctuation of sentences, but in a third or later
last cell, which may be a remark; the first row of a block that holds no digit is its head.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

_CELL = regex.compile(r"[^\t|\n]+")
_GAP = regex.compile(r"[\t|]")
_SENTENCE = regex.compile(r"[。，；？！]")
_LABEL = regex.compile("：")
"""A line of labels above a table (填报单位：…, 填报日期：…) is no part of it."""
_RULED = regex.compile(r"[-:|\t ]+")
_DIGIT = regex.compile(r"[0-9]")

_MANY_CELLS = 4
Cells: TypeAlias = tuple[tuple[int, int], ...]
"""The spans of a row's cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row below a head: its span, its cells' spans, and the words of the head."""

    start: int
    end: int
    cells: Cells
    head: tuple[str, ...]

    def column(self, position: int) -> str:
        """The head of the column that a position stands in; empty where the row has more cells than its head."""
        index = bisect_right(self.cells, position, key=lambda cell: cell[0]) - 1
        return self.head[index] if 0 <= index < len(self.head) else ""


def find(chars: str) -> list[Row]:
    """The rows of all tables in order, heads left out."""
    if "\t" not in chars and "|" not in chars:
        return []
    rows: list[Row] = []
    block: list[Cells] = []
    for row in cells(chars):
        if len(row) > 1:
            block.append(row)
            continue
        rows += _rows(chars, block)
        block = []
    return rows + _rows(chars, block)


def at(rows: Sequence[Row], position: int) -> Row | None:
    """The row that a position stands in."""
    if not rows:
        return None
    index = bisect_right(rows, position, key=lambda row: row.start) - 1
    return rows[index] if index >= 0 and position < rows[index].end else None


def cells(chars: str) -> Iterator[Cells]:
    """Of each line its cells; none where it is a sentence."""
    start = 0
    while start < len(chars):
        end = chars.find("\n", start)
        end = len(chars) if end < 0 else end
        row = tuple(cell.span() for cell in _CELL.finditer(chars, start, end)) if _GAP.search(chars, start, end) else ()
        if row and _RULED.fullmatch(chars, start, end):
            start = end + 1
            continue  # the line below a head in Markdown
        told = row[-2][1] if len(row) > 2 else end
        if len(row) >= _MANY_CELLS and "|" in chars[start:end]:
            told = row[0][1]  # no sentence has so many bars
        if row and _SENTENCE.search(chars, start, told) is None:
            yield row
        else:
            yield ()
        start = end + 1


def _rows(chars: str, block: Sequence[Cells]) -> list[Row]:
    while len(block) > 1 and _LABEL.search(chars, block[0][0][0], block[0][-1][1]):
        block = block[1:]
    if len(block) < 2 or _DIGIT.search(chars, block[0][0][0], block[0][-1][1]):
        return []
    head = tuple(chars[start:end] for start, end in block[0])
    return [Row(cells[0][0], cells[-1][1], cells, head) for cells in block[1:]]
