"""Findings about a slip of the pen: a sum that is a stated total but for one figure or for two that changed places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

import regex

from extractors.mention import DurationValue, Mention, YuanValue, within
from extractors.text import clause_start
from pipeline.checks.facts import Facts, span
from pipeline.checks.parts import UNTOLD
from pipeline.checks.quantities import (
    A_TENTH,
    differ,
    figures,
    is_compared,
    is_off_by_slip,
    is_slip,
    is_within,
    known_numbers,
    mismatch,
    number,
    outermost,
    summed,
    unit,
)
from pipeline.document import Finding

_LONGEST = 600
"""Characters of a sentence that are looked at."""
FEWEST = 3
"""Figures of a number, and parts of a list, by which a slip is known for one."""


_NO_PART = regex.compile(
    r"每[^，。；\n]{0,10}$|[最得扣加减]高?$|人均|户均|不[少低]于|不超过|增加(?!值)|减少|新增|净增|较|同期|[去上]年|(?:为|占|完成)(?:年初|年度|全年)?(?:预算|计划|任务)|(?:预算|计划)(?:数|安排)?[为是]$"
)
_WHOLE = regex.compile(r"(?:共|总|合计|全部|全[省市县区校院]|满分|预算|拟配[置备])[^，。；\n]{0,10}$")
_MAIN = regex.compile("主要|重点|典型|例如|比如|加上|加[^，。；]{2,8}支出")
"""主要税种中，…; 加上解支出…: what does not tell of all."""
_SURE = 7
"""Parts of a run and figures of its total, taken together, by which a slip is known for one; one fewer where it is called a total."""
_MOST_NEAR = 40
"""Quantities of nearly one number among which the total of a run is sought."""
_PER = Decimal("0.05")
"""How far off its total a run may be that no list makes."""


def slipped_total(facts: Facts) -> Iterator[Finding]:
    """Parts told in a row whose sum a total elsewhere is but for a slip (2666人 … 小学部1126人、初中部1254人和教职工186人)."""
    ranked: dict[str, list[Mention]] = {}
    for mention in sorted(facts.counted, key=number):
        ranked.setdefault(unit(mention), []).append(mention)
    for parts in listed(facts.text.chars, facts.counted):
        if len(parts) >= FEWEST and not _tells_some(facts.text.chars, parts):
            yield from _slipped(facts, parts, ranked[unit(parts[0])], is_list=True)
    for parts in _told_in_a_row(facts):
        yield from _slipped(facts, parts, ranked.get(unit(parts[0]), []), is_list=False)


def _slipped(
    facts: Facts,
    parts: Sequence[Mention],
    same: Sequence[Mention],
    *,
    is_list: bool,
) -> Iterator[Finding]:
    """The finding that of quantities in the unit of parts, from the least on, one is their sum but for a slip."""
    chars, added, name, known = facts.text.chars, summed(parts), unit(parts[0]), known_numbers(facts)
    if (name, added) in known or UNTOLD.match(chars, parts[-1].end, facts.text.sentence(parts[-1].end)[1]):
        return
    low, high = added / (1 + A_TENTH), added / (1 - A_TENTH)
    near = same[bisect_left(same, low, key=number) : bisect_right(same, high, key=number)]
    own = {m.start for m in parts}
    for total in sorted((m for m in near[:_MOST_NEAR] if m.start not in own), key=attrgetter("start")):
        whole = number(total)
        if not (is_slip(whole, added) if is_list else _is_slip_of_run(facts, total, parts, added)):
            continue
        if (not is_list and (name, whole - added) in known) or is_compared(chars, total):
            continue
        if not _has_parts(facts.counted, total) and differ(chars, total, parts, added):
            yield mismatch(facts, total, parts, added)
            return


def _is_slip_of_run(facts: Facts, total: Mention, parts: Sequence[Mention], added: Decimal) -> bool:
    """Whether a total is so near a run, and both have so many figures or parts, that it is no chance."""
    whole = number(total)
    if parts[0].start <= total.start <= parts[-1].start or whole <= max(map(number, parts)):
        return False
    is_whole = _WHOLE.search(facts.text.chars, max(0, total.start - 16), total.start) is not None
    is_sure = len(parts) + min(figures(whole), figures(added)) + is_whole >= _SURE
    return is_sure and abs(added - whole) <= whole * _PER and is_off_by_slip(whole, added)


def _told_in_a_row(facts: Facts) -> Iterator[list[Mention]]:
    """Three and more quantities of one unit that a sentence, a paragraph or brackets tell, and no other explains."""
    chars = facts.text.chars
    start = 0
    while start < len(chars):
        end = facts.text.paragraph(start)[1]
        inside = within(facts.counted, start, end)
        runs = [inside]
        if len(inside) > FEWEST:
            runs += [
                list(run)
                for _, run in groupby(inside, lambda m: chars.rfind("。", max(0, m.start - _LONGEST), m.start))
            ]
        for run in runs:
            yield from _of_one_unit(chars, run)
        start = end
    for first, last in facts.asides:
        yield from _of_one_unit(chars, within(facts.quantities, first, last))


def _tells_some(chars: str, told: Sequence[Mention]) -> bool:
    return _MAIN.search(chars, clause_start(chars, told[0].start, "。；\n"), told[0].start) is not None


def _of_one_unit(chars: str, told: Sequence[Mention]) -> Iterator[list[Mention]]:
    if len(told) < FEWEST or _tells_some(chars, told):
        return
    for name in {unit(m): None for m in told}:
        same = [m for m in told if unit(m) == name and not is_compared(chars, m)]
        kept = [
            m
            for m in same
            if not _NO_PART.search(chars, clause_start(chars, m.start), m.start) and not is_within(chars, m)
        ]
        parts = outermost(chars, kept)
        if len(parts) >= FEWEST:
            yield parts


def _has_parts(told: Sequence[Mention], total: Mention) -> bool:
    """Whether the quantities right behind one make it already."""
    added = Decimal(0)
    first = bisect_right(told, total.start, key=attrgetter("start"))
    for index, part in enumerate(told[first : first + _MOST_NEXT]):
        added += number(part) if unit(part) == unit(total) else 0
        if added >= number(total):
            return index > 0 and added == number(total)
    return False


_HAPPENS = Decimal("0.05")
"""How far off a total may be that nothing but its place says to be one."""
_LABELLED = regex.compile(r"[，：、；](?!其中|另|同比|比|较|占|增|减|人均|户均|每|共)[^，。；、：（）\n]{1,16}")
_RESPECTIVELY = regex.compile(r"[^。；\n]{0,24}(?:分别|依次)(?:为|是)?|，[^，。；：\n]{1,12}：[^，。；：、\n]{1,16}")


def total_of_the_next(facts: Facts) -> Iterator[Finding]:
    """A total and all that its sentence goes on to tell, which it is but for a slip (2946张，医院2105张，卫生院698张，…)."""
    chars = facts.text.chars
    told = facts.counted
    for index, total in enumerate(told):
        whole = number(total)
        if figures(whole) < FEWEST or is_compared(chars, total):
            continue
        if index and _LABELLED.fullmatch(chars, told[index - 1].end, total.start):
            continue  # one of a list, and no total
        parts = _next(chars, told, index)
        added = summed(parts)
        is_off = added != whole and is_off_by_slip(whole, added) and abs(added - whole) <= whole * _HAPPENS
        if len(parts) > 1 and is_off and differ(chars, total, parts, added) and not _is_alike(chars, total, parts):
            yield mismatch(facts, total, parts, added)


def _is_alike(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a quantity is named like those behind it, and is one of them: 增值税40.1亿元，企业所得税25.2亿元."""
    own = chars[clause_start(chars, total.start, "，。；：\n") : total.start]
    first = chars[clause_start(chars, parts[0].start, "，。；：\n") : parts[0].start]
    named_alike = any(own[i : i + 2] in first for i in range(len(own) - 1))
    return named_alike or any(chars[m.start - 1] == chars[total.start - 1] for m in parts)


def _next(chars: str, told: Sequence[Mention], index: int) -> list[Mention]:
    """The quantities in a total's unit that follow it one by one up to the end of the sentence, each with its label."""
    total = told[index]
    parts: list[Mention] = []
    for mention in told[index + 1 : index + 1 + _MOST_NEXT]:
        before = parts[-1] if parts else total
        between = chars[before.end : mention.start]
        if unit(mention) != unit(total) or mention.label != total.label:
            return []
        is_next = _LABELLED.fullmatch(between) or (parts and _AND.fullmatch(between))
        if not is_next and not (not parts and _RESPECTIVELY.fullmatch(between)):
            return parts if _ENDS.match(chars, before.end) else []
        parts.append(mention)
        if _ENDS.match(chars, mention.end):
            return parts
    return []


_MOST_NEXT = 12
_AND = regex.compile("、|和|与|及")
_ENDS = regex.compile(r"[。；\n]|$")
_NEXT = regex.compile(r"(?:、|和|与|以及|及)[\p{Han}“”]{0,14}(?:（[^（）0-9]{1,12}）)?")


def listed(chars: str, told: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Runs of quantities in one unit that 、 and 和 join, whatever each is of (小学部1126人、初中部1254人和教职工186人)."""
    run: list[Mention] = []
    for mention in told:
        if run and (unit(mention) != unit(run[-1]) or not _NEXT.fullmatch(chars, run[-1].end, mention.start)):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


_RATE = regex.compile(r"每(?:个)?(?P<unit>[月年])[^，。；\n]{0,8}$")
_MADE = regex.compile(r"(?:全年|合计|共计?|总计|年度|总预算|总价|总费用|预算总额)[^，。；\n]{0,8}$")
_BUDGET = regex.compile(r"(?:总预算|预算总额|预算金额|采购预算|总价|总费用)[^，。；\n]{0,8}$")
"""What a total is called that is told before the rate."""
_REACH = 60
"""Characters from a sum a month or a year to the length of time and to what they make."""


def rate_not_total(facts: Facts) -> Iterator[Finding]:
    """A sum a month or a year, for how long, and what they do not make (每月48.6万元，共12个月，全年538.2万元)."""
    chars = facts.text.chars
    for rate in facts.sums:
        said = _RATE.search(chars, max(0, rate.start - 12), rate.start)
        if said is None:
            continue
        behind = within(facts.mentions, rate.end, rate.end + _REACH)
        before = within(facts.mentions, max(facts.text.paragraph(rate.start)[0], rate.start - _REACH), rate.start)
        months = next((n for m in (*behind, *reversed(before)) if (n := _months(m)) is not None), None)
        total = _labelled(chars, behind, _MADE) or _labelled(chars, before, _BUDGET)
        if months is None or total is None:
            continue
        times = months if said["unit"] == "月" else Decimal(months) / 12
        made, whole = number(rate) * times, number(total)
        if times > 1 and made != whole and (is_slip(made, whole) or abs(made - whole) * 10 <= whole):
            message = f"{months} months make {made:f}, not the {whole:f} stated."
            yield facts.finding("parts-not-total", message, span(rate), span(total))


def _labelled(chars: str, mentions: Sequence[Mention], label: regex.Pattern[str]) -> Mention | None:
    """The first sum of mentions that words before it call a total."""
    paid = (m for m in mentions if isinstance(m.value, YuanValue) and m.value.cmp == "=")
    return next((m for m in paid if label.search(chars, max(0, m.start - 12), m.start)), None)


_AVAILABLE = regex.compile(r"(?:可用(?:财力|资金)|收入总计|资金总量|总财力)[^，。；\n]{0,6}$")
_SPENDING = regex.compile(r"支出(?:总计|合计|共计?|完成)?$")
_BALANCE = regex.compile(r"(?:结余|结存|滚存结余)(?:为|有)?$")


def balance_not_left(facts: Facts) -> Iterator[Finding]:
    """What could be spent, what was, and a balance that is off by a slip (可用财力一共6.44亿元。支出5.17亿元，…结余1.72亿元)."""
    chars = facts.text.chars
    for available in facts.counted:
        if not _AVAILABLE.search(chars, max(0, available.start - 16), available.start):
            continue
        limit = min(facts.text.paragraph(available.start)[1], available.end + _TO_REST)
        behind = [m for m in within(facts.counted, available.end, limit) if unit(m) == unit(available)]
        spent = next((m for m in behind if _SPENDING.search(chars, max(0, m.start - 6), m.start)), None)
        rest = next((m for m in behind if _BALANCE.search(chars, max(0, m.start - 6), m.start)), None)
        if spent is None or rest is None:
            continue
        left = number(available) - number(spent)
        if differ(chars, rest, [available, spent], left) and is_slip(left, number(rest)):
            message = f"What is left is {left:f}, not the {number(rest):f} stated."
            yield facts.finding("parts-not-total", message, span(available), span(spent), span(rest))


_LEFT = regex.compile(r"(?:尚余|仅余|还余|还剩|剩余|结余|余额|余)(?:为|有)?$")
_SPENT = regex.compile(r"(?P<verb>动支|支出|使用|动用|支用|拨付|用去|支付|调出|列支|安排)了?$")
_TO_REST = 400
"""Characters from what was set apart to what is left of it."""
_SET_APART = regex.compile(r"(?:安排|设立|共有|原有|总计|预算|规模|筹集)[^，。；\n]{0,8}$")


def rest_not_left(facts: Facts) -> Iterator[Finding]:
    """What was set apart, what was taken of it each time, and what is not left of it (预备费3200万元。…动支860万元；…尚余…)."""
    chars = facts.text.chars
    for rest in facts.counted:
        if not _LEFT.search(chars, max(0, rest.start - 5), rest.start):
            continue
        told = within(facts.counted, max(facts.text.paragraph(rest.start)[0], rest.start - _TO_REST), rest.start)
        same = [m for m in told if unit(m) == unit(rest)]
        verbs = [_SPENT.search(chars, max(0, m.start - 3), m.start) for m in same[1:]]
        if len(same) < 3 or None in verbs or len({found["verb"] for found in verbs if found}) > 1:
            continue
        if not _SET_APART.search(chars, max(0, same[0].start - 14), same[0].start):
            continue
        left = number(same[0]) - summed(same[1:])
        if left > 0 and differ(chars, rest, same, left):
            message = f"What is left is {left:f}, not the {number(rest):f} stated."
            yield facts.finding("parts-not-total", message, span(same[0]), *(span(m) for m in same[1:]), span(rest))


def _months(mention: Mention) -> int | None:
    value = mention.value
    if not isinstance(value, DurationValue) or value.low != value.high or value.low is None:
        return None
    found = regex.fullmatch(r"P([0-9]+)([YM])", value.low)
    return int(found[1]) * (12 if found[2] == "Y" else 1) if found else None
