"""Lines of a page: their content, width and indent, and which of them are page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

BLANK = " \t\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u00ad\ufeff"
"""White space within a line, soft hyphens and zero-width characters included."""

SPACES = re.compile(f"[{BLANK}]+")
"""A run of white space within a line."""

_LINE_ENDS = "\n\r\f\v\x85\u2028\u2029"
_LINE = re.compile(rf"([^{_LINE_ENDS}]*)(?:\r\n|[{_LINE_ENDS}]|\Z)")
_PAGE_NUMBER = re.compile(
    r"[—–―\-－~·•\s]+[0-9０-９]{1,4}[—–―\-－~·•\s]+|第\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页)?"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}(?=$)|[Pp]age\s*[0-9]+(?:\s*of\s*[0-9]+)?"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_YEAR = re.compile(r"[0-9０-９]{4}")
_STOPS = "。！？；：!?;:"
_PUNCTUATION = re.compile(r"[，。；：！？、]")
_CLAUSES = re.compile("[，。；]")
_CELL_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*[%％]?")
_FIGURE_ENDS = frozenset("0123456789０１２３４５６７８９%％")
_FEWEST_ROWS = 3
"""Lines that make a table, its head among them."""
_RUNNING_HEAD = 40
_HALF_LINE = 16
"""Columns that a line has at least which a page cuts in mid-sentence."""
_PAGE_NUMBER_LENGTH = 24


@dataclass(slots=True)
class Line:
    """A line with something on it: its span without outer blanks, and what decides how it joins its neighbours.

    `width` is in half-width columns; `indent` the columns of blanks before it; `blanks` the empty lines above it;
    `after_furniture` whether a page number or a running head was dropped right above it; `is_spaced` whether there is
    white space within; `is_row` whether every gap within stands between two cells.
    """

    start: int
    end: int
    chars: str
    width: int
    indent: int
    blanks: int
    is_spaced: bool
    after_furniture: bool = False
    is_row: bool = False


def cells_of(chars: str) -> str:
    """A line without its last cell where tabs part it from two and more: a remark may hold clauses."""
    return chars.rpartition("\t")[0] if chars.count("\t") > 1 else chars


def read(text: str) -> list[Line]:
    """The lines of a text in order, without page numbers and without the later copies of running heads."""
    lines: list[Line] = []
    blanks = 0
    for match in _LINE.finditer(text):
        raw = match[1]
        chars = raw.strip(BLANK)
        if not chars:
            blanks += 1
            continue
        lead = raw.index(chars)
        start = match.start() + lead
        indent = _width(raw[:lead]) if lead else 0
        # Of white space the plain space alone is printable, and most lines hold none.
        is_spaced = (" " in chars or not chars.isprintable()) and SPACES.search(chars) is not None
        lines.append(Line(start, start + len(chars), chars, _width(chars), indent, blanks, is_spaced))
        blanks = 0
    if any(line.is_spaced for line in lines):
        _mark_rows(lines)
    return _without_furniture(lines)


def _mark_rows(lines: Sequence[Line]) -> None:
    """Marks the rows of tables whose cells one blank parts: lines below each other of as many cells, the last a figure."""
    block: list[Line] = []
    width = 0
    ends = [line.chars[-1] in _FIGURE_ENDS for line in lines] + [False]
    for index, line in enumerate(lines):
        may_be_row = line.is_spaced and (ends[index] or ends[index + 1]) and not _CLAUSES.search(line.chars)
        cells = SPACES.split(line.chars) if may_be_row else []
        if len(cells) != width:
            _mark(block)
            block, width = [], len(cells)
        if cells and (not block or _CELL_FIGURE.fullmatch(cells[-1])):
            block.append(line)
        else:
            _mark(block)
            block, width = ([line], len(cells)) if cells else ([], 0)
    _mark(block)


def _mark(block: Sequence[Line]) -> None:
    if len(block) >= _FEWEST_ROWS:
        for line in block:
            line.is_row = True


def _width(chars: str) -> int:
    """Columns of a text: characters of one byte in UTF-8 take one, of three two, and those of two bytes one and a half."""
    return (len(chars) + len(chars.encode("utf-8", "surrogatepass"))) // 2


def _without_furniture(lines: list[Line]) -> list[Line]:
    numbered = [
        len(line.chars) <= _PAGE_NUMBER_LENGTH
        and _PAGE_NUMBER.fullmatch(line.chars) is not None
        and not _is_fraction(line.chars)
        for line in lines
    ]
    if True not in numbered:
        return lines
    heads = _running_heads(lines, numbered) | _single_heads(lines, numbered)
    kept: list[Line] = []
    seen: set[str] = set()
    dropped = False
    for line, is_number in zip(lines, numbered, strict=True):
        key = _head_key(line)
        # The first copy of a running head is kept for its date, but not in the middle of a text for nothing.
        if is_number or (key in heads and (key in seen or (dropped and not _YEAR.search(line.chars)))):
            dropped = True
            continue
        if key in heads:
            seen.add(key)
        line.after_furniture = dropped
        dropped = False
        kept.append(line)
    return kept


def _is_fraction(chars: str) -> bool:
    """12/1 is no page of one."""
    page, slash, pages = chars.partition("/")
    return bool(slash) and page.strip().isdecimal() and pages.strip().isdecimal() and int(page) > int(pages)


def _single_heads(lines: Sequence[Line], numbered: Sequence[bool]) -> set[str]:
    """A short line set off by blanks right below a page number that cuts a sentence: the head of the only other page."""
    found: set[str] = set()
    for index in range(1, len(lines) - 1):
        above, below = lines[index - 2] if index > 1 else None, lines[index + 1]
        line = lines[index]
        if not numbered[index - 1] or numbered[index] or above is None or len(line.chars) > _RUNNING_HEAD:
            continue
        cuts = above.chars[-1] not in _STOPS and above.width > _HALF_LINE
        if cuts and line.blanks and below.blanks and not below.indent and not _PUNCTUATION.search(line.chars):
            found.add(_head_key(line))
    return found


def _head_key(line: Line) -> str:
    return _DIGITS.sub("0", "".join(line.chars.split()))


def _running_heads(lines: Sequence[Line], numbered: Sequence[bool]) -> set[str]:
    """Short lines that stand again beside page numbers, their own numbers apart."""
    beside: set[str] = set()
    every: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if numbered[index] or len(line.chars) > _RUNNING_HEAD or line.chars[-1] in "。；：！？":
            continue
        key = _head_key(line)
        every[key] += 1
        if True in numbered[max(0, index - 1) : index + 2]:
            beside.add(key)
    return {key for key in beside if every[key] > 1 and len(key) > 3}
