"""Lines of a page: their content, width and indent, and which of them are page furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

BLANK = " \t\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u00ad\ufeff"
"""White space within a line, soft hyphens and zero-width characters included."""

_LINE = regex.compile(r"[^\n\r\f\v\x85\u2028\u2029]+|\r\n|[\n\r\v\x85\u2028\u2029]|\f")
_PAGE_NUMBER = regex.compile(
    r"[—–―\-－~·•\s]+[0-9０-９]{1,4}[—–―\-－~·•\s]+|第\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9０-９一二三四五六七八九十]{1,4}\s*页)?"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}(?=$)|[Pp]age\s*[0-9]+(?:\s*of\s*[0-9]+)?"
)
_DIGITS = regex.compile(r"[0-9０-９]+")
_NARROW = regex.compile(r"[\x20-\x7e\u00a0·]")
_RUNNING_HEAD = 40


@dataclass(slots=True)
class Line:
    """A line with something on it: its span without outer blanks, and what decides how it joins its neighbours.

    `width` is in half-width columns; `indent` the columns of blanks before it; `blanks` the empty lines above it;
    `after_furniture` whether a page number or a running head was dropped right above it.
    """

    start: int
    end: int
    chars: str
    width: int
    indent: int
    blanks: int
    after_furniture: bool = False


def read(text: str) -> list[Line]:
    """The lines of a text in order, without page numbers and without the later copies of running heads."""
    lines: list[Line] = []
    blanks = 0
    pending = True
    for match in _LINE.finditer(text):
        raw = match.group()
        if raw[0] in "\n\r\v\x85\u2028\u2029\f":
            blanks += pending
            pending = True
            continue
        chars = raw.strip(BLANK)
        if not chars:
            continue
        pending = False
        lead = len(raw) - len(raw.lstrip(BLANK))
        start = match.start() + lead
        lines.append(Line(start, start + len(chars), chars, _width(chars), _width(raw[:lead]), blanks))
        blanks = 0
    return list(_without_furniture(lines))


def _width(chars: str) -> int:
    return 2 * len(chars) - len(_NARROW.findall(chars))


def _without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    heads = _running_heads(lines)
    seen: set[str] = set()
    dropped = False
    for line in lines:
        key = _head_key(line)
        if _PAGE_NUMBER.fullmatch(line.chars) or (key in heads and key in seen):
            dropped = True
            continue
        if key in heads:
            seen.add(key)
        line.after_furniture = dropped
        dropped = False
        yield line


def _head_key(line: Line) -> str:
    return _DIGITS.sub("0", "".join(line.chars.split()))


def _running_heads(lines: Sequence[Line]) -> set[str]:
    """Short lines that stand again beside page numbers, their own numbers apart."""
    beside: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if len(line.chars) > _RUNNING_HEAD or line.chars[-1] in "。；：！？":
            continue
        key = _head_key(line)
        every[key] += 1
        near = lines[max(0, index - 1) : index + 2]
        if any(other is not line and _PAGE_NUMBER.fullmatch(other.chars) for other in near):
            beside[key] += 1
    return {key for key, count in beside.items() if every[key] > 1 and len(key) > 3 and count}
