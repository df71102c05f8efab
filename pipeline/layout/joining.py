"""Which line ends are breaks between paragraphs, and which a wrapped sentence runs over.

A sentence that is not finished runs on where its line is as full as its column; a short line that ends without a stop
is a heading, a cell or a signature. Blank lines separate paragraphs, except where a column ends in mid-sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.layout.lines import Line

_STOPPED = regex.compile(r"[。！？!?…；;][”’」』）)】\"]*$|[：:]$")
_HANGING = regex.compile(r"[，、,《“‘（(〔【—]$|[和及或]$")
_STARTS = regex.compile(
    r"[\uFFFD]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条]|附\s*件\s*[：:0-9一二三四五]?"
    r"|[0-9]{1,2}[.．、](?![0-9])|[（(][0-9]{1,2}[）)]|[①-⑳]|[●■◆▲★]|(?:抄送|主送|联系人|来源|发布时间|索\s*引\s*号|发文字号)[：:]"
)
_CLAUSES = regex.compile(r"[，。；]")
_OPEN = {"《": "》", "（": "）", "“": "”", "〔": "〕"}
_CELLS = regex.compile(r"\S(?:\t|\s{2,}|\|)\S")
_LOST_INDENT = 4
"""Columns that a paragraph's first line is short of where its indent was lost."""
_WINDOW = 6
_WIDE = 2.2


def breaks(lines: Sequence[Line]) -> list[bool]:
    """For each line whether a new paragraph begins with it; the first always does."""
    if not lines:
        return []
    columns = _columns(lines)
    indented = _uses_indents(lines)
    found = [True]
    begin = 0
    for index in range(1, len(lines)):
        starts = _breaks(lines, index, begin, columns, indented)
        found.append(starts)
        if starts:
            begin = index
    return found


def _uses_indents(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are marked by an indented first line (and wrapped lines are not)."""
    deep = sum(1 for line in lines if line.indent >= 3)
    return deep >= 2 and deep < len(lines)


def _columns(lines: Sequence[Line]) -> list[int]:
    """The width of the column that each line stands in: the widest line of its neighbourhood that is alike."""
    widths = [line.width + (line.indent if line.indent <= 8 else 0) for line in lines]
    columns = []
    for index, width in enumerate(widths):
        near = widths[max(0, index - _WINDOW) : index + _WINDOW + 1]
        alike = [w for w in near if w <= width * _WIDE]
        columns.append(max(alike) if len(alike) > 1 else max(near))
    return columns


def _breaks(lines: Sequence[Line], index: int, begin: int, columns: Sequence[int], indented: bool) -> bool:
    above, below = lines[index - 1], lines[index]
    so_far = "".join(line.chars for line in lines[max(begin, index - 4) : index])
    if _is_row(above) or _is_row(below):
        return True
    if _is_open(so_far):
        return _STARTS.match(below.chars) is not None
    if indented and below.indent >= 3 and not (above.indent >= 3 and _HANGING.search(above.chars)):
        return True
    stopped = _STOPPED.search(above.chars) is not None
    slack = _slack(columns[index - 1]) + (_LOST_INDENT if index - 1 == begin else 0)
    full = above.width + min(above.indent, 8) >= columns[index - 1] - slack
    if stopped:
        if _STARTS.match(below.chars) or below.blanks or not full:
            return True
        return above.chars[-1] in "：:" or not _is_wrapped(lines, index, columns)
    if _STARTS.match(below.chars) and not _HANGING.search(above.chars):
        return True
    if _HANGING.search(above.chars):
        return False
    if below.blanks:
        return not _runs_on_over_blank(lines, index, begin, so_far, full)
    if full:
        return not _is_wrapped(lines, index, columns)
    return not (
        _CLAUSES.search(so_far) and above.width * 4 >= columns[index - 1] * 3 and _is_wrapped(lines, index, columns)
    )


def _slack(column: int) -> int:
    """How many columns a full line may fall short: punctuation and numbers are not parted at a line's end."""
    return 6 if column >= 24 else 3


def _is_wrapped(lines: Sequence[Line], index: int, columns: Sequence[int]) -> bool:
    """Whether the text around is wrapped at its column: several lines of nearly one width."""
    near = range(max(0, index - _WINDOW), min(len(lines), index + _WINDOW))
    column = columns[index - 1]
    slack = _slack(column)
    full = sum(1 for i in near if abs(lines[i].width + min(lines[i].indent, 8) - column) <= slack)
    return full >= 2


def _runs_on_over_blank(lines: Sequence[Line], index: int, begin: int, so_far: str, full: bool) -> bool:
    """Whether a sentence in progress goes on below a blank line, where a column or a page ends."""
    if lines[index].after_furniture:
        return full
    if _CLAUSES.search(so_far):
        return True
    return index - begin > 1 and full and _CLAUSES.search(lines[index].chars) is not None and lines[begin].blanks == 0


def _is_open(so_far: str) -> bool:
    """Whether a title or a bracket is still open at the end of what was read."""
    for opening, closing in _OPEN.items():
        position = so_far.rfind(opening)
        if position > so_far.rfind(closing) and len(so_far) - position < 60:
            return True
    return False


def _is_row(line: Line) -> bool:
    return _CELLS.search(line.chars) is not None and not regex.search(r"[。，]", line.chars)
