"""What the checks look at: a document with all that was found in it, and what they ask of it more than once."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import prod
from operator import attrgetter, itemgetter

from extractors.mention import (
    CountValue,
    DateValue,
    Mention,
    PlaceValue,
    ProvinceValue,
    Reject,
    YuanValue,
    within,
)
from extractors.roles import Cue
from extractors.text import Text, clause_start
from pipeline.document import Document, Finding, Span
from pipeline.records import Act

_FIGURE = re.compile(r"(?P<number>[0-9,]+\.[0-9]+)(?P<power>(?:[十百万亿]|千(?![瓦克米伏])){0,2})")
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


MOST = 30
"""Quantities before or behind a total among which its parts are sought."""
A_TENTH = Decimal("0.1")
CLOSE = Decimal("0.03")
SLIP = Decimal("0.25")
"""How far off a sum may be where a text says that it divides the total."""


_BRACKETS = re.compile(r"（[^（）\n]*[0-9一二三四五六七八九十][^（）\n]*）")
_ONE_FIGURE = re.compile(r"（[共计约满分为值]{0,3}[0-9.,]+[^，。；：、（）0-9]{0,4}）")
_START = itemgetter(0)
_BEGIN = attrgetter("start")


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
        """The counts and sums that nothing compares, in order."""
        return [m for m in self.mentions if isinstance(m.value, CountValue | YuanValue) and m.value.cmp == "="]

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

    def finding(self, code: str, message: str, *spans: Span) -> Finding:
        """A finding at clean spans, given back at source spans."""
        return Finding(code, message, tuple(self.document.to_source(*span) for span in spans))


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


def exact(mention: Mention) -> Decimal | None:
    """The number of a count or a sum that nothing compares; None for all else."""
    value = mention.value
    return value.low if isinstance(value, CountValue | YuanValue) and value.cmp == "=" else None


def rounding(chars: str, mention: Mention) -> Decimal:
    """Half of the last decimal place to which a figure is written (0.05亿 of 2.4亿); none of a figure without decimals."""
    figure = _FIGURE.match(chars, mention.start, mention.end)
    if figure is None:
        return Decimal(0)
    power = prod(_POWERS[char] for char in figure["power"])
    return power * half_a_place(figure["number"])


def half_a_place(figure: str) -> Decimal:
    """Half of the last decimal place of a figure in digits; none of a whole number."""
    places = len(figure.partition(".")[2])
    return Decimal(1).scaleb(-places) / 2 if places else Decimal(0)


def summed(parts: Sequence[Mention]) -> Decimal:
    """The sum of quantities."""
    return sum((exact(m) or Decimal(0) for m in parts), Decimal(0))


def differ(chars: str, total: Mention, parts: Sequence[Mention], added: Decimal) -> bool:
    """Whether a sum of parts is not their total, and not by so little that rounding explains it."""
    off = abs(added - (exact(total) or Decimal(0)))
    return off > 0 and off >= sum(rounding(chars, m) for m in (total, *parts))


def holds_sum(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether some of the parts in a row are the total, as exactly as it is written."""
    for first in range(len(parts) - 1):
        added = exact(parts[first]) or Decimal(0)
        for part in parts[first + 1 :]:
            added += exact(part) or Decimal(0)
            if not differ(chars, total, parts, added):
                return True
    return False


def is_near(total: Mention, added: Decimal, share: Decimal = A_TENTH) -> bool:
    """Whether a sum is nearly a total: what differs by so small a share of it was meant to be the same."""
    whole = exact(total) or Decimal(0)
    return abs(added - whole) <= whole * share


def mismatch(facts: Facts, total: Mention, parts: Sequence[Mention], added: Decimal) -> Finding:
    """The finding that parts do not add up to their total."""
    message = f"The parts add up to {added:f}, not to the {exact(total):f} stated."
    return facts.finding("parts-not-total", message, span(total), *(span(m) for m in parts))


_FARTHEST = 100
"""Quantities before a total or a division among which its parts or its total are sought by their name."""


def told_before(facts: Facts, position: int) -> Sequence[Mention]:
    """The last quantities before a position, wherever they stand."""
    index = bisect_left(facts.counted, position, key=_BEGIN)
    return facts.counted[max(0, index - _FARTHEST) : index]


def unless_all(facts: Facts, total: Mention, parts: Sequence[Mention]) -> Iterator[Finding]:
    """The finding that parts which are known to be all of a total are not quite it."""
    added = summed(parts)
    if differ(facts.text.chars, total, parts, added) and is_near(total, added, SLIP):
        yield mismatch(facts, total, parts, added)


_COMPARED = re.compile(r"[比较]|同期|[上去]年(?!结转|结余)|增加(?!值)|减少|净增|扩大|缩小|收窄|下降|增长")


def is_compared(chars: str, mention: Mention) -> bool:
    """Whether a quantity is one of another time or a change (比上年末减少1.44万人), not of what the text is about."""
    return _COMPARED.search(chars, clause_start(chars, mention.start, "，。；：、（\n"), mention.start) is not None


def amount(mention: Mention) -> Decimal | None:
    """The number that a sum names, whatever compares it; None for a range."""
    value = mention.value
    if not isinstance(value, YuanValue) or value.cmp == "range":
        return None
    return value.low if value.low is not None else value.high


_PEOPLE = frozenset("人名位")


def unit(mention: Mention) -> str:
    """What a quantity counts, people alike in whatever measure word; 元 for what is no count."""
    if not isinstance(mention.value, CountValue):
        return "元"
    return "人" if mention.value.unit in _PEOPLE else mention.value.unit


def province(mention: Mention) -> str | None:
    """The GB/T 2260 code of the province that a mention names or lies in."""
    if isinstance(mention.value, ProvinceValue):
        return mention.value.code
    return mention.value.province if isinstance(mention.value, PlaceValue) else None


_FIGURES = 3
"""Figures of a number that no chance makes the sum of those behind it."""


def outermost(chars: str, told: Sequence[Mention]) -> list[Mention]:
    """Quantities of one unit that no other explains.

    Left out are the parts of one before them, which they make (5163: 1846, 1102, 2215), and the sum of those before it
    (48216, 15330, 4105: 67651).
    """
    kept: list[Mention] = []
    index = 0
    while index < len(told):
        if not _is_sum_of_last(told[index], kept):
            kept.append(told[index])
        index = _behind_parts(chars, told, index)
    return kept


def _is_sum_of_last(mention: Mention, kept: Sequence[Mention]) -> bool:
    whole, added = exact(mention) or Decimal(0), Decimal(0)
    if len(whole.normalize().as_tuple().digits) < _FIGURES:
        return False
    for index, part in enumerate(reversed(kept)):
        added += exact(part) or Decimal(0)
        if added >= whole:
            return added == whole and index > 0
    return False


_DIVIDED = re.compile(r"[）（，：]*(?:其中|包括|由|分[为成别]|即)")


def _behind_parts(chars: str, told: Sequence[Mention], index: int) -> int:
    """Where the quantities go on behind one and the parts that make it, if it has any."""
    whole = exact(told[index]) or Decimal(0)
    is_telling = len(whole.normalize().as_tuple().digits) >= _FIGURES
    if not is_telling and not _DIVIDED.match(chars, told[index].end):
        return index + 1
    added = Decimal(0)
    for further in range(index + 1, len(told)):
        added += exact(told[further]) or Decimal(0)
        if added >= whole:
            return further + 1 if added == whole and further > index + 1 else index + 1
    return index + 1


_A_MONTH = dt.timedelta(days=31)


def is_long(start: dt.date, end: dt.date) -> bool:
    """Whether a time is longer than a month: a stage or a year, in which something is done at no known day."""
    return end - start > _A_MONTH


AND = re.compile(r"、|和|与|以及|(?<![普涉危波触顾])及(?!以[上下])")
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
    r"[此之]前|再往前|早在|以前|曾|前期|原[定本先]|去年|上年|同期|回顾|回溯|追溯|最早|最初|当时|那年|比|较|同比|依据|按照|按要求|应于|其中"
)
"""The story goes back on purpose."""
