"""Findings about sums: parts that do not add up to their total, and words that are not the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise, takewhile

import regex

from extractors import numerals
from extractors.mention import Mention, YuanValue, within
from extractors.text import clause_start
from pipeline.checks.facts import AND, Facts, span
from pipeline.checks.parts import OVERLAP, UNTOLD
from pipeline.checks.quantities import (
    A_TENTH,
    CLOSE,
    MOST,
    SLIP,
    amount,
    differ,
    holds_sum,
    is_compared,
    is_near,
    is_off_by_slip,
    is_slip,
    mismatch,
    number,
    outermost,
    summed,
    unit,
)
from pipeline.document import Finding

_FARTHEST = 600
"""Characters behind 其中 within which its parts are told."""
_RATE = regex.compile(r"每\p{Han}{1,4}$")
_OF_WHICH = regex.compile(
    r"其中[：:，]?|(?<=元|[个户家所座套台辆人名里亩吨])，(?:计|包括|含|分为|即)(?=\p{Han})|，分(?![^，。；\n]{0,4}[档等级])[^，。；\n]{0,12}："
)


def parts_not_total(facts: Facts) -> Iterator[Finding]:
    """A total and its parts behind 其中 that do not add up to it: a little more than it, or nearly all of it."""
    text = facts.text
    chars = text.chars
    told = facts.counted
    for which in _OF_WHICH.finditer(chars):
        start, end = text.sentence(which.start())
        before = within(told, start, which.start())
        if (aside := facts.aside(which.start())) is not None:
            end = aside[1]
        elif which.start() == start:
            before = within(told, text.sentence(max(0, start - 1))[0], start)
            end = chars.find("。", start) + 1 or end
        end = min(end, which.end() + _FARTHEST)
        every = [m for m in within(facts.quantities if aside else told, which.end(), end)[:MOST] if _is_part(chars, m)]
        every = _without_sizes(chars, every)
        every = list(takewhile(lambda m: not _TOUCHED.match(chars, clause_start(chars, m.start, "，。；\n")), every))
        parts = outermost(chars, next((list(run) for _, run in groupby(every, unit)), []))
        before = [m for m in before[-MOST:] if parts and unit(m) == unit(parts[0])]
        if not before or len(parts) < 2 or (len(parts) < len(every) and chars[every[len(parts)].start - 1] == "、"):
            continue
        if _TOLD_AGAIN.search(chars, which.end(), end) or OVERLAP.search(chars, which.end(), end):
            continue
        if UNTOLD.match(chars, parts[-1].end, end):
            continue
        total = next((m for m in reversed(before) if not is_compared(chars, m)), before[-1])
        added = sum((number(m) * _times(chars, m) for m in parts), Decimal(0))
        is_more = added > number(total)
        if is_more and any(number(m) > added for m in before):
            continue  # 2846名学生，小学生1903人，初中生943人，其中…: of all, and not of the last
        if added == summed(parts) and holds_sum(chars, total, parts):
            continue  # 其中公办40家、民办80家，五星级12家
        is_all = is_more or _MADE_UP.search(chars, total.end, which.start()) is not None
        farthest = (
            SLIP if is_all else A_TENTH if len(parts) > 2 or "、" in chars[parts[0].end : parts[1].start] else _OF_TWO
        )
        if not is_near(total, added, farthest) or not (is_all or is_off_by_slip(number(total), added)):
            continue
        if all(differ(chars, m, parts, added) for m in before) and not (is_more and _share_traits(chars, parts)):
            yield mismatch(facts, total, parts, added)


_OF_TWO = Decimal("0.05")
"""How much two parts that no 、 joins may leave out and be meant as all (造林7.5万亩，其中治沙4万亩，修复2.8万亩 are not)."""
_MADE_UP = regex.compile("[组构]成，$")
"""评标委员会由5人组成，其中采购人代表1人，专家4人."""


_OF_A_SIZE = regex.compile(r"\p{Han}{1,8}")


def _without_sizes(chars: str, told: Sequence[Mention]) -> list[Mention]:
    """Quantities but for those that only say of what size the next ones are (4.2米冷藏车4辆)."""
    kept = [
        one
        for one, then in pairwise(told)
        if unit(one) == unit(then) or not _OF_A_SIZE.fullmatch(chars, one.end, then.start)
    ]
    return [*kept, *told[-1:]]


def _is_part(chars: str, mention: Mention) -> bool:
    """Whether a quantity is no rate (每亩40元) and none of another time."""
    return not _RATE.search(chars, max(0, mention.start - 6), mention.start) and not is_compared(chars, mention)


def _share_traits(chars: str, parts: Sequence[Mention]) -> bool:
    """Whether parts may overlap: 女性320人，党员250人."""
    return any(_TRAIT.search(chars, clause_start(chars, m.start), m.start) for m in parts)


_TOUCHED = regex.compile(r"另(?!一)|涉及|惠及|覆盖|带动|受益|预计|配套|内含|[^，。；\n其]{1,6}[中里]的")
"""How a clause begins that tells, behind the parts, what they come to touch or what one of them holds: 涉及25个乡镇, 春茶中的名优茶."""
_TOLD_AGAIN = regex.compile("[这该]")
"""其中直达资金1065亿元，这1065亿元里…: a part that is told again."""
_TRAIT = regex.compile("女(?!职工)|少数民族|党员|残疾|脱贫|低保|高校毕业生|农民工|以[上下]|青年|返乡")
"""Traits that one person may share with another part: 女性320人，党员250人."""


_DIRECTLY = regex.compile(r"(?:，[^，。；\n]{0,12}[0-9.]+%)?[，；]?其中[^，。；\n0-9]{0,24}")
_AVERAGE = regex.compile("均")
"""人均可支配收入27480元，其中城镇34650元."""
_AND_ANOTHER = regex.compile(r"[，、](?!另|全|共|较|比)[^，。；、\n0-9]{2,16}")
_MOST_OVER = Decimal("1.5")


def part_over_whole(facts: Facts) -> Iterator[Finding]:
    """A part right behind its whole that is larger than it (食堂128家，其中建立台账的135家)."""
    chars = facts.text.chars
    told = facts.counted
    for index, (whole, part) in enumerate(pairwise(told)):
        if unit(whole) != unit(part) or not number(whole) < number(part) <= number(whole) * _MOST_OVER:
            continue
        if not _DIRECTLY.fullmatch(chars, whole.end, part.start) or is_compared(chars, part):
            continue
        if _AVERAGE.search(chars, clause_start(chars, whole.start), whole.start):
            continue
        sentence = facts.text.sentence(whole.start)[0]
        before = [m for m in told[max(0, index - MOST) : index] if m.start >= sentence]
        if is_compared(chars, whole) or any(unit(m) == unit(part) and number(m) >= number(part) for m in before):
            continue
        message = f"A part of {number(part):f} is larger than its whole of {number(whole):f}."
        yield facts.finding("share-over-whole", message, span(whole), span(part))
    for whole, first, second in zip(told, told[1:], told[2:], strict=False):
        if not unit(whole) == unit(first) == unit(second) or not number(first) < number(whole) < number(second):
            continue
        is_next = _DIRECTLY.fullmatch(chars, whole.end, first.start) and _AND_ANOTHER.fullmatch(
            chars, first.end, second.start
        )
        if is_next and number(second) <= number(whole) * _MOST_OVER and not is_compared(chars, second):
            message = f"A part of {number(second):f} is larger than its whole of {number(whole):f}."
            yield facts.finding("share-over-whole", message, span(whole), span(second))


_SUMMED = regex.compile(
    r"(?:(?P<count>[二两三四五六七八九十])\p{Han}{0,2})?[^，。；\n]{0,6}"
    r"(?:合计|共计|总计|累计|总数|总共|(?<=[，人名个家所台辆套元])共|(?<=，)(?:满|总)分|(?<=[二两三四五六七八九十]\p{Han}{1,4})共|(?:相加|加起来)，?)(?P<gap>[^，。；\n0-9]{0,12})$"
)


_BALANCE = regex.compile("结余|余额|结存")
_TAKEN_OFF = regex.compile(r"[，、；][扣减](?!除|负|税|免)[^，。；\n]{0,3}[0-9]")
"""加8分，扣1分，总分104.6分: not all of it is added."""
_MAKE = regex.compile("组成|构成")
_HALF = Decimal("0.5")
_ADDS = regex.compile("[计共加数]|[满总]分")


_ADDED = regex.compile(r"加上?(?!强|快|大)")


def _opening(facts: Facts, start: int) -> list[Mention]:
    """The first sum of the paragraph, where a sentence adds to it: 收入98,600万元。…加上级补助231,700万元，收入总计…."""
    if _ADDED.match(facts.text.chars, start) is None:
        return []
    before = within(facts.counted, facts.text.paragraph(start)[0], start)
    return [
        m
        for m in before
        if isinstance(m.value, YuanValue) and not _BUDGETED.search(facts.text.chars, max(0, m.start - 6), m.start)
    ][:1]


_BUDGETED = regex.compile("(?:预算|计划)(?:数|安排)?[为是]?$")


def _is_meant(total: Mention, added: Decimal) -> bool:
    return is_near(total, added) or is_slip(number(total), added)


def summed_parts(facts: Facts) -> Iterator[Finding]:
    """Parts told before their sum: A为1元，B为2元，C为3元，三项合计7元."""
    chars = facts.text.chars
    told = facts.counted
    for index, total in enumerate(told):
        before = chars[max(0, total.start - 22) : total.start]
        said = _SUMMED.search(before) if _ADDS.search(before) else None
        if said is None:
            continue
        if _BALANCE.search(said["gap"]) or _TAKEN_OFF.search(chars, facts.text.sentence(total.start)[0], total.start):
            continue
        start, _ = facts.text.sentence(total.start)
        near = [m for m in told[max(0, index - MOST) : index] if unit(m) == unit(total)]
        earlier = [*_opening(facts, start), *(m for m in near if m.start >= start)]
        count = int(numerals.parse(said["count"]) or 0) if said["count"] else len(earlier)
        if 1 < count <= len(near) and len(earlier) < count and is_near(total, summed(near[-count:]), CLOSE):
            earlier = near  # 三个分标成交总价合计: told line by line above
        parts = earlier[-count:]
        if (
            count > 1
            and len(parts) == count
            and (
                (said["count"] and not said["gap"] and is_near(total, summed(parts), _HALF))
                or _is_meant(total, summed(parts))
                or (_MAKE.match(chars, total.end) and is_near(total, summed(parts), _HALF))
            )
        ):
            yield from _sum_finding(facts, total, parts)
    yield from _stated_totals(facts)


_TOTAL = regex.compile(r"(?:总额|总规模|总投资|总预算|总量|预算|规模)[^，。；\n]{0,10}$")


def _stated_totals(facts: Facts) -> Iterator[Finding]:
    """A total at the head of a sentence and sums that divide it, clause by clause."""
    text = facts.text
    chars = text.chars
    sums = facts.sums
    for index, total in enumerate(sums):
        if not _TOTAL.search(chars, max(0, total.start - 16), total.start):
            continue
        start, end = text.sentence(total.start)
        parts = [m for m in sums[index + 1 : index + 1 + MOST] if m.start < end]
        if (
            len(parts) < 3
            or _OF_WHICH.search(chars, total.end, parts[-1].start)
            or (index and sums[index - 1].start >= start)
        ):
            continue
        if is_near(total, summed(parts), _A_FIFTH):
            yield from _sum_finding(facts, total, parts)


_A_FIFTH = Decimal("0.2")


def _sum_finding(facts: Facts, total: Mention, parts: Sequence[Mention]) -> Iterator[Finding]:
    added = summed(parts)
    if differ(facts.text.chars, total, parts, added):
        yield mismatch(facts, total, parts, added)


def _times(chars: str, mention: Mention) -> int:
    """How many parts a quantity stands for: 云岩区、南明区各1000万元 is two."""
    if chars[mention.start - 1 : mention.start] != "各":
        return 1
    left = clause_start(chars, mention.start, "，。；：\n")
    return len(AND.findall(chars, left, mention.start)) + 1


_CAPITAL = regex.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零]{2}|[壹贰叁肆伍陆柒捌玖][拾佰仟万]")
_TO_RESTATED = 30
"""Characters between a sum and the same in words."""
_RESTATED = regex.compile(r"[（(，,]?(?:人民币)?(?:大写|小写)?(?:金额)?[：:]?(?:人民币)?[（(]?")


def words_not_figures(facts: Facts) -> Iterator[Finding]:
    """A sum in capital numerals that differs from the figures beside it."""
    amounts = [m for m in facts.mentions if isinstance(m.value, YuanValue)]
    chars = facts.text.chars
    for first, second in pairwise(amounts):
        if second.start - first.end > _TO_RESTATED:
            continue
        words = [bool(_CAPITAL.search(chars, m.start, m.end)) for m in (first, second)]
        if words[0] != words[1] and _RESTATED.fullmatch(chars, first.end, second.start):
            a, b = amount(first), amount(second)
            if a is not None and b is not None and a != b:
                message = f"The sum is {a:f} yuan in one writing and {b:f} in the other."
                yield facts.finding("words-not-figures", message, span(first), span(second))
