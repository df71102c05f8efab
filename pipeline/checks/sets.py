"""Findings about parts that make a whole set, by their names (一季度…四季度) or by how many they are (分三种, 七个评分点)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from extractors import numerals
from extractors.mention import Mention, within
from extractors.text import clause_start
from pipeline.checks.facts import Facts, span
from pipeline.checks.parts import OVERLAP
from pipeline.checks.quantities import (
    MOST,
    SLIP,
    differ,
    exact,
    figures,
    is_compared,
    is_near,
    is_off_by_slip,
    is_slip,
    is_within,
    mismatch,
    number,
    outermost,
    summed,
    told_before,
    unit,
)
from pipeline.document import Finding

_BEFORE = 300
"""Characters before the first part among which the total is sought."""
_REACH = 600
"""Characters within which all parts of a set are told."""
_BETWEEN = 90
"""Characters from the name of a part to that of the next."""
_SETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # what the total is of, and the names of its parts
    (r"全年|年度|[0-9]{4}年(?!前)", ("一季度", "二季度", "三季度", "四季度")),
    (r"前三季度|三季度末|1(?:月)?[至到—-]9月", ("一季度", "二季度", "三季度")),
    (r"上半年|1(?:月)?[至到—-]6月", ("一季度", "二季度")),
    (r"公共预算收入|财政收入", ("(?<!非)税收(?:收入)?", "非税(?:收入)?")),
    (r"面积", ("室内", "室外")),
    (r"验收|抽[检查]|施划|送检|检测", ("(?<!不)合格(?!率)", "不合格(?!率)")),
    (r"债", ("一般债[务券]", "专项债[务券]")),
    (r"债券", ("新增(?:政府)?债券", "再融资债券")),
    (r"人口|学生|职工|员工|人员", ("男[性生]?", "女[性生]?")),
    (r"学校|幼儿园|机构|养老院", ("公办", "民办")),
    (r"进出口", ("(?<!进)出口", "(?<!引)进口")),
    (r"人口", ("城镇(?:常住)?人口|城镇的人口", "(?:乡村|农村)(?:常住)?人口|(?:乡村|农村)的人口")),
    (r"一季度", ("(?<![0-9])1月", "2月", "3月")),
    (r"二季度", ("4月", "5月", "6月")),
    (r"三季度", ("7月", "8月", "9月")),
    (r"四季度", ("10月", "11月", "12月")),
    (r"用电", ("第一产业", "第二产业", "第三产业", "居民")),
    (r"生产总值|增加值|投资|用电|就业", ("第一产业", "第二产业", "第三产业")),
)
_SET_PATTERNS = tuple((regex.compile(whole), tuple(map(regex.compile, names))) for whole, names in _SETS)


def named_set(facts: Facts) -> Iterator[Finding]:
    """Parts told by the names of a whole set, and the total before them (全年3.27万人。…一季度7860人；二季度…)."""
    seen: set[int] = set()
    for whole, names in _SET_PATTERNS:
        for first in names[0].finditer(facts.text.chars):
            parts = _named_parts(facts, first.start(), names)
            if len(parts) < len(names) > 2:
                parts = _far_parts(facts, first.start(), names)
            if len(parts) < len(names) or parts[0].start in seen:
                continue
            totals = [m for m in _totals(facts, first.start(), parts) if _is_of(facts, whole, m)]
            totals += _told_behind(facts, whole, parts)
            totals = totals or _told_far(facts, first.start(), parts)
            between = [m for m in within(facts.counted, parts[0].start, parts[-1].end) if unit(m) == unit(parts[0])]
            if totals and summed(between) not in map(exact, totals):
                seen.add(parts[0].start)
                yield from _judged(facts, totals, parts)


def _told_behind(facts: Facts, whole: regex.Pattern[str], parts: Sequence[Mention]) -> list[Mention]:
    """A total that the clause behind the last part gives (…三季度5.33亿元，前三季度累计达到15.51亿元)."""
    end = min(parts[-1].end + _NEXT_CLAUSE, facts.text.sentence(parts[-1].end)[1])
    behind = [m for m in within(facts.counted, parts[-1].end, end)[:1] if unit(m) == unit(parts[0])]
    return [m for m in behind if whole.search(facts.text.chars, parts[-1].end, m.start)]


_NEXT_CLAUSE = 30


def _told_far(facts: Facts, position: int, parts: Sequence[Mention]) -> list[Mention]:
    """The total that was told anywhere before, where the parts make it but for a slip of one of four and more figures."""
    added = summed(parts)
    told = [m for m in told_before(facts, position) if unit(m) == unit(parts[0])]
    return [
        m
        for m in told
        if number(m) == added or (figures(added) >= _TELLING and is_off_by_slip(number(m), added) and is_near(m, added))
    ]


_TELLING = 4


def _named_parts(facts: Facts, position: int, names: Sequence[regex.Pattern[str]]) -> list[Mention]:
    """The first quantity behind each name, as far as they are told one after the other in one unit."""
    chars = facts.text.chars
    parts: list[Mention] = []
    for index, name in enumerate(names):
        named = name.search(chars, position, position + _BETWEEN)
        if named is None:
            break
        position = named.end()
        stop = names[index + 1].search(chars, position, position + _BETWEEN) if index + 1 < len(names) else None
        told = within(facts.counted, position, stop.start() if stop else facts.text.sentence(position)[1])
        same = (m for m in told if not parts or unit(m) == unit(parts[0]))
        part = next((m for m in same if not is_compared(chars, m) or _ADDED.search(chars, position, m.start)), None)
        if part is None:
            break
        parts.append(part)
    return parts


_FAR = 2000
"""Characters within which all parts of a set are told that have a paragraph each."""
_LABELS = regex.compile(r"\p{Han}{0,6}")


def _far_parts(facts: Facts, position: int, names: Sequence[regex.Pattern[str]]) -> list[Mention]:
    """The quantities right behind the names, however much is told of each part (第一产业增加值158.4亿元，增长4.1%。…)."""
    chars = facts.text.chars
    parts: list[Mention] = []
    stop = position + _FAR
    for name in names:
        named = (
            (m.end(), within(facts.counted, m.end(), m.end() + 8)[:1]) for m in name.finditer(chars, position, stop)
        )
        part = next((told[0] for end, told in named if told and _LABELS.fullmatch(chars, end, told[0].start)), None)
        if part is None or (parts and unit(part) != unit(parts[0])):
            break
        parts.append(part)
        position = part.end
    return parts


_TO_WHOLE = 120
_ADDED = regex.compile("新增|增加值")
"""What is counted for each of the parts, and no change of it."""


def _is_of(facts: Facts, whole: regex.Pattern[str], total: Mention) -> bool:
    """Whether the paragraph of a total says, not far before it, that it is of what a set divides."""
    begin = max(facts.text.paragraph(total.start)[0], total.start - _TO_WHOLE)
    return whole.search(facts.text.chars, begin, total.start) is not None


_COUNTED = regex.compile(
    r"(?:[分归列][为成作]?|划为|设|设有|下设|包括|包含|由|含|通过|从|按|来源共?|[分集][布中]在|投向?|用于)(?:以下)?(?P<count>[二两三四五六七八九十]|[0-9]{1,2})"
    r"(?:个|类|项|种|块|处|段|笔|部分|方面|层|批|期|大)(?!月|年|省|市|县)\p{Han}{0,8}"
)
_ORDINAL = "第{}"
_NUMBERS = "一二三四五六七八九十"


def counted_set(facts: Facts) -> Iterator[Finding]:
    """As many parts as a text says that it divides a total into (共86个，分三种。第一种10个，…)."""
    chars = facts.text.chars
    for counted in _COUNTED.finditer(chars):
        count = int(numerals.parse(counted["count"]) or 0)
        if count < 3:
            continue
        end = facts.text.paragraph(counted.end())[1]
        stop = chars.find("。", counted.end(), end)
        at_once = _siblings(facts, counted.end(), stop if stop > 0 else end)
        found = (at_once, _numbered(facts, counted.end(), count), _siblings(facts, counted.end(), end))
        parts = next((parts for parts in found if len(parts) == count), [])
        if parts and not OVERLAP.search(chars, counted.start(), facts.text.sentence(parts[-1].end)[1]):
            totals = _totals(facts, counted.start(), parts) or _of_noun(facts, counted.start(), parts)
            yield from _judged(facts, totals, parts)


def _of_noun(facts: Facts, position: int, parts: Sequence[Mention]) -> list[Mention]:
    """What was counted anywhere before of the thing that is divided (问题87个 … 对查出的问题分三种情形)."""
    chars = facts.text.chars
    noun = chars[position - 2 : position]
    before = [m for m in told_before(facts, position) if unit(m) == unit(parts[0])]
    return [m for m in before if chars.endswith(noun, 0, m.start) or chars.startswith(noun, m.end)]


def _siblings(facts: Facts, start: int, end: int) -> list[Mention]:
    """The quantities of a stretch in the unit of the first, without changes and without what is told of one of them."""
    chars = facts.text.chars
    told = [m for m in within(facts.counted, start, min(end, start + _REACH))[:MOST] if not is_compared(chars, m)]
    return [m for m in outermost(chars, [m for m in told if unit(m) == unit(told[0])]) if not is_within(chars, m)]


def _numbered(facts: Facts, position: int, count: int) -> list[Mention]:
    """The first quantity behind each of 第一, 第二, … in the paragraph, those in the unit of the last one told before."""
    chars = facts.text.chars
    end = facts.text.paragraph(position)[1]
    starts = [chars.find(_ORDINAL.format(number), position, end) for number in _NUMBERS[:count]]
    if -1 in starts or starts != sorted(starts):
        return []
    segments = [within(facts.counted, a, b) for a, b in pairwise((*starts, end))]
    units = [{unit(m) for m in told} for told in segments]
    shared = set.intersection(*units)
    before = [unit(m) for m in within(facts.counted, max(0, position - _BEFORE), position)]
    name = next((name for name in reversed(before) if name in shared), None)
    return [next(m for m in told if unit(m) == name) for told in segments] if name else []


def _totals(facts: Facts, position: int, parts: Sequence[Mention]) -> list[Mention]:
    """Quantities before the parts that may be their total, in the paragraph or the one above."""
    above = facts.text.paragraph(max(0, facts.text.paragraph(position)[0] - 1))[0]
    begin = max(above, position - _BEFORE)
    told = within(facts.counted, begin, position)
    return [m for m in told if unit(m) == unit(parts[0]) and m.label == parts[0].label]


def _judged(facts: Facts, totals: Sequence[Mention], parts: Sequence[Mention]) -> Iterator[Finding]:
    """The finding that the nearest of totals is not the sum of parts, where none of them is."""
    chars, added = facts.text.chars, summed(parts)
    near = [m for m in totals if not is_compared(chars, m) and (is_near(m, added) or is_slip(number(m), added))]
    if near and all(differ(chars, m, parts, added) for m in totals):
        yield mismatch(facts, min(near, key=lambda m: abs(number(m) - added)), parts, added)


_REST = regex.compile(r"(?:其余|剩下|剩余|余下)[^，。；\n]*(?:加在一起|合计|共计?|总共)[^，。；\n]{0,3}$")
_ALL = regex.compile(
    r"除(?:上述|以上|前述)?(?P<count>[二两三四五六七八九十])个?\p{Han}{1,4}(?:以|之)?外，?(?:没有|无|未|不再|再无)"
)


def closed_set(facts: Facts) -> Iterator[Finding]:
    """Parts behind which a paragraph says that there are no others: 其余税种加在一起是4.45亿元, 除上述五个项目外，没有…."""
    chars = facts.text.chars
    for last in facts.counted:
        if _REST.search(chars, clause_start(chars, last.start, "。；\n"), last.start):
            begin = max(facts.text.paragraph(last.start)[0], last.end - _REACH)
            parts = _siblings(facts, begin, last.end)
            if len(parts) > 2 and parts[-1] == last:
                yield from _judged(facts, _totals(facts, begin, parts), parts)
    for closed in _ALL.finditer(chars):
        count = int(numerals.parse(closed["count"]) or 0)
        told = within(facts.counted, facts.text.paragraph(closed.start())[0], closed.start())[-MOST:]
        parts = [m for m in told if unit(m) == unit(told[-1])][-count:]
        if len(parts) == count > 1:
            yield from _judged(facts, _totals(facts, parts[0].start, parts), parts)


_HUNDRED = regex.compile("百分制|满分(?:为|共|是)?100分")


def hundred_points(facts: Facts) -> Iterator[Finding]:
    """Scores that are to make a hundred (实行百分制，…：报价30分；质量20分；…), or told before that they do (…。满分100分)."""
    chars = facts.text.chars
    for said in _HUNDRED.finditer(chars):
        limit = min(facts.text.paragraph(said.start())[1], said.end() + _REACH)
        end = chars.find("。", said.end(), limit) + 1 or limit
        parts = [m for m in within(facts.counted, said.end(), end) if unit(m) == "分"]
        if not parts:
            before = within(facts.counted, facts.text.paragraph(said.start())[0], said.start())
            parts = [m for m in before if unit(m) == "分"]
        added = summed(parts)
        if len(parts) > 2 and added != _FULL and abs(added - _FULL) <= _FULL * SLIP:
            message = f"The scores add up to {added:f}, not to 100."
            yield facts.finding("parts-not-total", message, said.span(), *map(span, parts))


_OF_WHICH = regex.compile("其中")
_SEGMENT = regex.compile("；")
_LAST = regex.compile("余下|其余|剩余|剩下")


def segments_of_which(facts: Facts) -> Iterator[Finding]:
    """Parts behind 其中 that ； sets apart, the rest told last (总投资3.4亿元，其中中央1.53亿元；市级0.51亿元；余下0.34亿元…)."""
    chars = facts.text.chars
    for which in _OF_WHICH.finditer(chars):
        start, end = facts.text.sentence(which.start())
        before = within(facts.counted, start, which.start())
        limit = min(facts.text.paragraph(which.start())[1], which.end() + _REACH)
        stop = chars.find("。", end - 1, limit)
        if not before or chars[end - 1] != "；" or stop < 0:
            continue
        edges = [which.end(), *(m.end() for m in _SEGMENT.finditer(chars, which.end(), stop)), stop]
        segments = [within(facts.counted, a, b) for a, b in pairwise(edges)]
        firsts = [next((m for m in told if unit(m) == unit(before[-1])), None) for told in segments]
        parts = [m for m in firsts if m is not None]
        if len(parts) == len(segments) > 2 and _LAST.search(chars, edges[-2], parts[-1].start):
            yield from _judged(facts, before[-1:], parts)


_FULL = Decimal(100)
