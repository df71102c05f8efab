"""Findings about totals of what is told far from them: under the same label, of one place after the other, under numbered heads."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors import numerals
from extractors.mention import Mention, within
from pipeline.checks.facts import Facts
from pipeline.checks.quantities import is_compared, told_before, unit, unless_all
from pipeline.document import Finding

_NUMBERS = "一二三四五六七八九十"
_STATED = regex.compile(r"(?P<label>\p{Han}{2,4})总(?P<what>金额|额|价款?|投资|人数|户数|面积)(?:为|：|达)?$")


def labelled_set(facts: Facts) -> Iterator[Finding]:
    """A total and the figures before it that are labelled as it is (中标金额312万元 … 中标金额95万元 … 中标总金额549万元)."""
    chars = facts.text.chars
    for total in facts.counted:
        stated = _STATED.search(chars, max(0, total.start - 12), total.start)
        if stated is None:
            continue
        labels = tuple(stated["label"][-2:] + stated["what"] + colon for colon in ("", "：", "为"))
        before = told_before(facts, total.start)
        parts = [m for m in before if chars.endswith(labels, 0, m.start) and unit(m) == unit(total)]
        if len(parts) > 1:
            yield from unless_all(facts, total, parts)


_GATHERED = regex.compile(
    r"(?:上述|以上|这)(?P<count>[二两三四五六七八九十])(?:个?\p{Han}{1,3}?)[^，。；\n]{0,6}?(?P<noun>\p{Han}{2,6}?)(?:合计|共计|总计|共有?)$"
)


def gathered_set(facts: Facts) -> Iterator[Finding]:
    """What a text adds up of places it has told of one by one (上述四地建成的集中育秧点合计386个)."""
    chars = facts.text.chars
    for total in facts.counted:
        said = _GATHERED.search(chars, max(0, total.start - 30), total.start)
        if said is None:
            continue
        noun = said["noun"][-4:]
        before = [m for m in told_before(facts, total.start) if unit(m) == unit(total)]
        count = int(numerals.parse(said["count"]) or 0)
        parts = [m for m in before if noun in chars[facts.text.sentence(m.start)[0] : m.start]]
        if len(parts) != count:  # 以上五类人员合计: those told last
            begin = facts.text.paragraph(total.start)[0]
            parts = [m for m in before if m.start >= begin and not is_compared(chars, m)][-count:]
        if len(parts) == count:
            yield from unless_all(facts, total, parts)


_COUNTED_HEAD = regex.compile(
    r"(?:（[一二三四五六七八九十]）|[一二三四五六七八九十]、|[0-9]{1,2}[.、])[^，。；：\n]{2,20}（(?:共)?$"
)
_FEWEST = 3


def counted_heads(facts: Facts) -> Iterator[Finding]:
    """Heads that say how many stand below each, and how many there are of what they list (12个先进集体 … 一、县组（4个）…)."""
    chars = facts.text.chars
    heads = [m for m in facts.quantities if chars.startswith("）", m.end) and _is_of_head(facts, m)]
    if len(heads) < _FEWEST or len({unit(m) for m in heads}) > 1:
        return
    of_heads = {m.start for m in heads}
    above = chars[max(0, heads[0].start - _ABOVE) : facts.text.paragraph(heads[0].start)[0]]
    for total in facts.counted:
        noun = _WHAT.match(chars, total.end)
        if unit(total) == unit(heads[0]) and total.start not in of_heads and noun is not None and noun[0] in above:
            yield from unless_all(facts, total, heads)
            return


_ABOVE = 120
"""Characters above the first head in which the list is named."""
_WHAT = regex.compile(r"\p{Han}{4}")


def _is_of_head(facts: Facts, count: Mention) -> bool:
    line = facts.text.paragraph(count.start)[0]
    return _COUNTED_HEAD.fullmatch(facts.text.chars, line, count.start) is not None


_IN_ALL = regex.compile(r"(?:共|合计|总计|累计)\p{Han}{0,4}$")
_NOUN = regex.compile(r"\p{Han}{2}")
_SECTION = regex.compile(r"（(?P<number>[一二三四五六七八九十])）")


def section_set(facts: Facts) -> Iterator[Finding]:
    """A total, and under numbered heads below it the figures of the same thing (共31个问题。（一）… 问题9个。（二）…)."""
    chars = facts.text.chars
    for total in facts.counted:
        noun = _NOUN.match(chars, total.end)
        if noun is None or not _IN_ALL.search(chars, max(0, total.start - 8), total.start):
            continue
        parts = list(_under_heads(facts, total, noun[0]))
        if len(parts) > 2:
            yield from unless_all(facts, total, parts)


def _under_heads(facts: Facts, total: Mention, noun: str) -> Iterator[Mention]:
    """The figures of a thing in the first sentences under the heads （一）, （二） and so on, as far as each has one."""
    chars = facts.text.chars
    number, position = 0, facts.text.paragraph(total.start)[1]
    while position < len(chars):
        start, position = position, facts.text.paragraph(position)[1]
        head = _SECTION.match(chars, start)
        if head is None:
            continue
        if _NUMBERS.find(head["number"]) != number:
            return
        told = within(facts.counted, start, facts.text.sentence(start)[1])
        same = (m for m in told if unit(m) == unit(total))
        part = next((m for m in same if chars.startswith(noun, m.end) or chars.endswith(noun, 0, m.start)), None)
        if part is None:
            return
        yield part
        number += 1
