"""What the checks look at: a document with all that was found in it, and what they ask of it more than once."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, TypeVar

from extractors.mention import (
    CountValue,
    DateValue,
    Mention,
    ProvinceValue,
    Reject,
    YuanValue,
    within,
)
from extractors.roles import Cue
from extractors.text import Text
from pipeline.document import Document, Finding, Span
from pipeline.records import Act

_BRACKETS = re.compile(r"（[^（）\n]*[0-9一二三四五六七八九十][^（）\n]*）")
_ONE_FIGURE = re.compile(r"（[共计约满分为值¥￥]{0,3}[0-9.,]+[^，。；：、（）0-9]{0,4}）")
_HEADING = re.compile(r"(?<=\n)[一二三四五六七八九十]{1,3}、[^，。；\n]{2,30}(?=\n)")
_START = itemgetter(0)
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Facts:
    """All that is known of a document when its findings are looked for, in clean offsets."""

    document: Document
    text: Text
    acts: Sequence[Act]
    passages: Sequence[Sequence[Span]]
    provinces: Sequence[tuple[ProvinceValue, Span] | None]
    dates: Sequence[tuple[Mention, Cue]]
    mentions: Sequence[Mention]
    rejects: Sequence[Reject]
    issued: dt.date | None
    """The document's own date, where it has a date line."""

    @cached_property
    def asides(self) -> list[Span]:
        """Brackets that say more than one figure, in order: what they tell is of what stands before them."""
        return [found.span() for found in _BRACKETS.finditer(self.text.chars) if not _ONE_FIGURE.fullmatch(found[0])]

    def aside(self, position: int) -> Span | None:
        """Such brackets around a position (54.2亿元（其中工业30.1亿元）)."""
        index = bisect_right(self.asides, position, key=_START) - 1
        return self.asides[index] if index >= 0 and position < self.asides[index][1] else None

    @cached_property
    def quantities(self) -> list[Mention]:
        """The counts and sums that nothing compares, in order.

        Left out are amounts of a column, which have checks of their own, sums in words, and how many places share a number.
        """
        return [m for m in self.mentions if _is_exact(self.text.chars, m)]

    @cached_property
    def stated(self) -> list[Mention]:
        """The same with the sums that are limits, each as the number it names (最高限价126万元)."""
        return [m for m in map(_as_it_stands, self.mentions) if _is_exact(self.text.chars, m)]

    @cached_property
    def counted(self) -> list[Mention]:
        """The same without those of asides."""
        return [m for m in self.quantities if self.aside(m.start) is None]

    @cached_property
    def times(self) -> list[Mention]:
        """The dates alone, in order."""
        return [date for date, _ in self.dates]

    @cached_property
    def sums(self) -> list[Mention]:
        """The sums that nothing compares, in order."""
        return [m for m in self.counted if isinstance(m.value, YuanValue)]

    @cached_property
    def _computed(self) -> dict[Callable[[Facts], Any], Any]:
        return {}

    def once(self, compute: Callable[[Facts], _T]) -> _T:
        """What a function makes of the document, made when it is first asked for."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        return self._computed[compute]  # type: ignore[no-any-return]

    def heading(self, position: int) -> str:
        """The last numbered heading line above a position (三、2023年工作打算); empty where there is none."""
        index = bisect_right(self._headings, position, key=re.Match.start) - 1
        return self._headings[index][0] if index >= 0 else ""

    @cached_property
    def _headings(self) -> list[re.Match[str]]:
        return list(_HEADING.finditer(self.text.chars))

    def finding(self, code: str, message: str, *spans: Span) -> Finding:
        """A finding at clean spans, given back at source spans."""
        return Finding(code, message, tuple(self.document.to_source(*span) for span in spans))


_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖")
"""What a sum in words begins with, which says again what figures beside it say."""
_PLACES = re.compile(r"[省市县区州旗镇村](?:共|各|合计|分别|总计)")


def _is_of_places(chars: str, mention: Mention) -> bool:
    """其余6个市共60个: how many places share a number, and no part of it."""
    return chars[mention.end - 1] == "个" and _PLACES.match(chars, mention.end) is not None


def _is_exact(chars: str, mention: Mention) -> bool:
    value = mention.value
    if not isinstance(value, CountValue | YuanValue) or value.cmp != "=" or mention.rule == "yuan.column":
        return False
    return chars[mention.start] not in _CAPITALS and not _is_of_places(chars, mention)


def _as_it_stands(mention: Mention) -> Mention:
    """A limit as the sum it names; any other mention as it is."""
    value = mention.value
    if not isinstance(value, YuanValue) or value.cmp != "≤" or value.high is None:
        return mention
    return replace(mention, value=replace(value, cmp="=", low=value.high))


def span(mention: Mention) -> Span:
    """Where a mention stands, in clean offsets."""
    return mention.start, mention.end


def dated(facts: Facts) -> list[tuple[Act, Mention, DateValue]]:
    """The document's own acts that have a day, each with the mention and value of its date."""
    return [
        (act, act.date, act.date.value)
        for act in facts.acts
        if act.date is not None and isinstance(act.date.value, DateValue)
    ]


_A_MONTH = dt.timedelta(days=31)


def is_long(start: dt.date, end: dt.date) -> bool:
    """Whether a time is longer than a month: a stage or a year, in which something is done at no known day."""
    return end - start > _A_MONTH


AND = re.compile(r"、|和|与|以及|(?<![普涉危波触顾提])及(?!以[上下]|时|格|早|其)")
"""What joins the items of a list."""


def runs(facts: Facts, start: int, end: int, *kinds: type) -> list[list[Mention]]:
    """Quantities of one kind that begin in a span, joined by 、 or 和, in order."""
    found: list[list[Mention]] = []
    for mention in within(facts.mentions, start, end):
        if not isinstance(mention.value, kinds) or (
            facts.aside(mention.start) is not None and facts.aside(start) is None
        ):
            continue
        between = facts.text.chars[found[-1][-1].end : mention.start] if found else ""
        if found and type(found[-1][-1].value) is type(mention.value) and AND.fullmatch(_BRACKETS.sub("", between)):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


FLASHBACK = re.compile(
    r"[此之]前|再往前|早在|以前|曾|前期|原[定本先]|去年|上年|同期|回顾|回溯|追溯|最早|最初|当时|那年|比|较|同比|依据|按照|按要求|应于|其中|(?:第一|首|上)[批期轮次][^，。；\n]*已"
)
"""The story goes back on purpose."""
