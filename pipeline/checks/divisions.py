"""Findings about divisions that a sentence of its own gives of a total before it: 从类型看，甲31个、乙19个."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.mention import Mention, within
from extractors.text import clause_start
from pipeline.checks.facts import Facts
from pipeline.checks.parts import OVERLAP, UNTOLD
from pipeline.checks.quantities import (
    MOST,
    are_cumulative,
    differ,
    holds_sum,
    is_compared,
    is_near,
    is_within,
    known_numbers,
    mismatch,
    number,
    outermost,
    summed,
    unit,
    unless_all,
)
from pipeline.checks.slips import FEWEST, listed
from pipeline.document import Finding

_OPENS = re.compile(
    r"(?:从|按照?|分)(?!别)[\u4e00-\u9fff]{1,10}?(?:来?看|分布?|划分|统计)[，：。]|[，。；]具体(?:是|为|包括|安排为)"
    r"|[。；\n](?:所需|建设|项目)?资金(?:来源|筹措|构成)?(?:为|：|，|由|申请|通过)"
)
"""What opens a division of what was counted before."""
_LISTED = re.compile(
    r"[。；\n](?:(?P<place>[\u4e00-\u9fffA-Z]{0,7}?(?:包|段|校|区|院|组|食堂))(?:岗位|人员|配置|设置|构成|明细|分配|为|包括)+："
    r"|(?P<name>[\u4e00-\u9fff]{2,6}?)(?:再往下分|再细分|细分下来|细分|里面?|中)，)"
)
"""A包岗位：, 税收再往下分，: what opens the parts of what was told of the same name before (A包38人, 税收17亿元)."""
_SEEN = 300
"""Characters before a division among which its total is sought."""
_LONGEST = 300
"""Characters of a division, whose parts ； may set apart."""
_AVERAGE = re.compile("人均|户均|亩均|平均每")


def divided_again(facts: Facts) -> Iterator[Finding]:
    """A division of a total that some figure before it is, and the nearest of them is not quite (共84个。从类型看，…)."""
    chars = facts.text.chars
    told = facts.counted
    for opens in _OPENS.finditer(chars):
        paragraph, _ = facts.text.paragraph(opens.start())
        begin = max(0 if paragraph == opens.start() else paragraph, opens.start() - _SEEN)
        limit = min(facts.text.paragraph(opens.end() - 1)[1], opens.end() + _LONGEST)
        end = chars.find("。", opens.end(), limit) + 1 or limit
        inside = [m for m in _in_one_unit(within(told, opens.end(), end)) if not is_compared(chars, m)]
        parts = outermost(chars, [m for m in inside if not is_within(chars, m)])
        if are_cumulative(chars, parts):
            continue
        if len(parts) < 2 or OVERLAP.search(chars, opens.end(), end) or _AVERAGE.search(chars, begin, end):
            continue
        if UNTOLD.match(chars, parts[-1].end, end):
            continue
        before = [m for m in within(told, begin, opens.start()) if unit(m) == unit(parts[0])]
        totals = [m for m in before if not is_compared(chars, m)]
        added = summed(parts)
        near = [m for m in totals if is_near(m, added)]
        is_wrong = all(differ(chars, m, parts, added) for m in totals)
        if near and is_wrong and not holds_sum(chars, near[0], parts):
            yield mismatch(facts, min(near, key=lambda m: abs(number(m) - added)), parts, added)


def listed_total(facts: Facts) -> Iterator[Finding]:
    """A total told of a name, and its parts in a sentence that begins with the name (A包38人。A包岗位：经理1人、厨师8人)."""
    chars = facts.text.chars
    told = facts.counted
    for opens in _LISTED.finditer(chars):
        parts = outermost(chars, _in_one_unit(within(told, opens.end(), facts.text.sentence(opens.end())[1])))
        begin = max(0, opens.start() - _SEEN)
        name = opens["place"] or opens["name"]
        named = [m for m in within(told, begin, opens.start()) if chars.endswith(name, begin, m.start)]
        totals = [m for m in named if len(parts) > 1 and unit(m) == unit(parts[0])]
        if totals:
            yield from unless_all(facts, totals[-1], parts)


_CLOSED = re.compile(r"(?:[为是：]|包括)[\u4e00-\u9fff]{2,12}(?:（[^（）]*）)?$")
_ALL = re.compile(r"(?:共计?|合计|总计)[有为]?$")


def closed_list(facts: Facts) -> Iterator[Finding]:
    """A list that says what something is in all, and the one total of it elsewhere (学校共63所 … 配送点为小学19所、初中13所、…)."""
    chars = facts.text.chars
    called: dict[str, list[Mention]] = {}
    for mention in facts.counted:
        if _ALL.search(chars, max(0, mention.start - 3), mention.start):
            called.setdefault(unit(mention), []).append(mention)
    called = {name: totals for name, totals in called.items() if len(totals) <= MOST}
    for parts in listed(chars, facts.counted):
        begin = clause_start(chars, parts[0].start, "，。；\n")
        if len(parts) < FEWEST or not _CLOSED.search(chars, begin, parts[0].start):
            continue
        totals = [m for m in called.get(unit(parts[0]), []) if not parts[0].start <= m.start <= parts[-1].start]
        added = summed(parts)
        if len(totals) != 1 or (unit(parts[0]), added) in known_numbers(facts):
            continue
        if is_near(totals[0], added) and differ(chars, totals[0], parts, added):
            yield mismatch(facts, totals[0], parts, added)


def _in_one_unit(told: Sequence[Mention]) -> list[Mention]:
    """Those quantities that are in the unit that most of them are in."""
    most = Counter(unit(m) for m in told).most_common(1)
    return [m for m in told if unit(m) == most[0][0]]
