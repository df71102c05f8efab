"""Quantities beside each other: their numbers and units, how far a sum may be off, and which of them explain each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from math import prod
from operator import attrgetter

from extractors.mention import CountValue, Mention, YuanValue
from extractors.text import clause_start
from pipeline.checks.facts import Facts, span
from pipeline.document import Finding

_FIGURE = re.compile(r"(?P<number>[0-9,]+(?:\.[0-9]+)?)(?P<power>(?:[十百万亿]|千(?![瓦克米伏])){0,2})")
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

MOST = 30
"""Quantities before or behind a total among which its parts are sought."""
A_TENTH = Decimal("0.1")
CLOSE = Decimal("0.03")
SLIP = Decimal("0.25")
"""How far off a sum may be where a text says that it divides the total."""
_BEGIN = attrgetter("start")


def exact(mention: Mention) -> Decimal | None:
    """The number of a count or a sum that nothing compares; None for all else."""
    value = mention.value
    return value.low if isinstance(value, CountValue | YuanValue) and value.cmp == "=" else None


def number(mention: Mention) -> Decimal:
    """The same as `exact`, with nothing for what has no number of its own."""
    return exact(mention) or Decimal(0)


def figures(value: Decimal) -> int:
    """How many significant figures a number has: 2 of 4,800."""
    return len(value.normalize().as_tuple().digits)


def _rounding(chars: str, mention: Mention, of_whole: Decimal) -> Decimal:
    """Half of the last decimal place to which a figure is written (0.05亿 of 2.4亿), or `of_whole` where it has none."""
    if not of_whole and chars.find(".", mention.start, mention.end) < 0:
        return of_whole
    figure = _FIGURE.match(chars, mention.start, mention.end)
    if figure is None:
        return _NONE
    return prod(_POWERS[char] for char in figure["power"]) * (half_a_place(figure["number"]) or of_whole)


_ROUNDED = "四舍五入"
_NONE, _HALF = Decimal(0), Decimal("0.5")


def half_a_place(figure: str) -> Decimal:
    """Half of the last decimal place of a figure in digits; none of a whole number."""
    places = len(figure.partition(".")[2])
    return Decimal(1).scaleb(-places) / 2 if places else Decimal(0)


def summed(parts: Sequence[Mention]) -> Decimal:
    """The sum of quantities."""
    return sum(map(number, parts), Decimal(0))


def differ(chars: str, total: Mention, parts: Sequence[Mention], added: Decimal) -> bool:
    """Whether a sum of parts is not their total, and not by so little that rounding explains it."""
    off = abs(added - number(total))
    if off == 0 or off < sum(_rounding(chars, m, _NONE) for m in (total, *parts)):
        return False
    return _ROUNDED not in chars or off >= sum(_rounding(chars, m, _HALF) for m in (total, *parts))


def holds_sum(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether some of the parts in a row are the total, as exactly as it is written."""
    for first in range(len(parts) - 1):
        added = number(parts[first])
        for part in parts[first + 1 :]:
            added += number(part)
            if not differ(chars, total, parts, added):
                return True
    return False


def is_near(total: Mention, added: Decimal, share: Decimal = A_TENTH) -> bool:
    """Whether a sum is nearly a total: what differs by so small a share of it was meant to be the same."""
    whole = number(total)
    return abs(added - whole) <= whole * share


def mismatch(facts: Facts, total: Mention, parts: Sequence[Mention], added: Decimal) -> Finding:
    """The finding that parts do not add up to their total."""
    message = f"The parts add up to {added:f}, not to the {exact(total):f} stated."
    return facts.finding("parts-not-total", message, span(total), *(span(m) for m in parts))


_FARTHEST = 100
"""Quantities before a total or a division among which its parts or its total are sought by their name."""


def known_numbers(facts: Facts) -> Set[tuple[str, Decimal | None]]:
    """The units and numbers of all quantities."""
    return facts.once(_known_numbers)


def _known_numbers(facts: Facts) -> Set[tuple[str, Decimal | None]]:
    return {(unit(m), exact(m)) for m in facts.quantities}


def told_before(facts: Facts, position: int) -> Sequence[Mention]:
    """The last quantities before a position, wherever they stand."""
    index = bisect_left(facts.counted, position, key=_BEGIN)
    return facts.counted[max(0, index - _FARTHEST) : index]


def unless_all(
    facts: Facts, total: Mention, parts: Sequence[Mention], added: Decimal | None = None
) -> Iterator[Finding]:
    """The finding that parts which are known to be all of a total are not quite it; `added` where they are no plain sum."""
    added = summed(parts) if added is None else added
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
    whole, added = number(mention), Decimal(0)
    if figures(whole) < _FIGURES:
        return False
    for index, part in enumerate(reversed(kept)):
        added += number(part)
        if added >= whole:
            return added == whole and index > 0
    return False


_DIVIDED = re.compile(r"[）（，：]*(?:其中|包括|由|分[为成别]|即)")


def _behind_parts(chars: str, told: Sequence[Mention], index: int) -> int:
    """Where the quantities go on behind one and the parts that make it, if it has any."""
    whole = number(told[index])
    is_telling = figures(whole) >= _FIGURES
    if not is_telling and not _DIVIDED.match(chars, told[index].end):
        return index + 1
    added = Decimal(0)
    for further in range(index + 1, len(told)):
        added += number(told[further])
        if added >= whole:
            return further + 1 if added == whole and further > index + 1 else index + 1
    return index + 1


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of as many figures differ in one of them, or in two neighbours that changed places."""
    a, b = (f"{number.normalize():f}".replace(".", "").rstrip("0") for number in (one, other))
    if len(a) != len(b) or len(a) < _FIGURES or (one > other * 2 or other > one * 2):
        return False
    off = [i for i in range(len(a)) if a[i] != b[i]]
    return len(off) == 1 or (
        len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]
    )


_TENS = frozenset(map(Decimal, (*range(1, 10), *range(18, 82, 9))))


def is_off_by_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two sums differ as they do where one figure of an addend is wrong, or two neighbours have changed places."""
    off = abs(one - other).normalize()
    return Decimal(int("".join(map(str, off.as_tuple().digits)))) in _TENS


_WITHIN = re.compile("其中|里面|内含|含(?!税)|包括")


def is_within(chars: str, mention: Mention) -> bool:
    """其中90万平方米是安置房: whether a clause tells of a part of what the one before it tells."""
    return _WITHIN.match(chars, clause_start(chars, mention.start)) is not None


_CUMULATIVE = re.compile("上半年|前[二三两]季度|前[0-9]{1,2}个?月|累计")


def are_cumulative(chars: str, parts: Sequence[Mention]) -> bool:
    """一季度572.8亿元，上半年1207.5亿元: whether a quantity holds those before it."""
    return any(_CUMULATIVE.search(chars, clause_start(chars, m.start), m.start) for m in parts[1:])
