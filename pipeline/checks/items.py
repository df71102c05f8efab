"""Findings about what a text tells item by item, lot by lot, line by line or clause by clause, and its total elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise

import regex

from extractors import numerals
from extractors.mention import Mention, within
from extractors.text import clause_start
from pipeline.checks.facts import Facts
from pipeline.checks.quantities import (
    differ,
    figures,
    is_compared,
    is_near,
    is_slip,
    known_numbers,
    mismatch,
    number,
    summed,
    told_before,
    unit,
)
from pipeline.document import Finding, Span

_NUMBER = r"(?P<number>[一二三四五六七八九十]|0?[1-9]|1[0-9]|[A-H])"
_KIND = "合同包|采购包|标包|标段|标项|分标|分包|包件|包组|子包|品目|包"
_LOT = regex.compile(
    rf"(?<![一二三四五六七八九十第0-9A-Z])(?:第?{_NUMBER}(?:号|#)?(?:{_KIND}|批)|(?:{_KIND}){_NUMBER}(?![0-9%.])|第{_NUMBER}[期批])(?![、和及或与])"
)
"""第一标段, A包, 采购包1, 第一批: what a tender is divided into."""
_KINDS = re.compile("包|标[段项包]|分标|品目|批|期")
_BEFORE_KIND, _BEHIND_KIND = 5, 10
"""Characters before and behind the kind of a lot in which its number stands."""
_LETTERS = "ABCDEFGH"
_LAST_LOT = 600
"""Characters of the last lot, where no other ends it."""
_SUMMED = regex.compile(r"(?:合计|共计|小计|总计|[共计])(?:为|约)?$")
_MONEY = regex.compile(r"(?:预算|限价|控制价|投资|总价|金额|报价|资金)[^，。；：\n]{0,8}[：:为]?[^，。；\n]{0,6}$")
_NO_PART = regex.compile(
    r"(?:保证金|每[^，。；\n]{0,6}|单价[^，。；\n]{0,4}|业绩[^，。；\n]{0,12}|注册资本[^，。；\n]{0,4})$"
)
_TOTAL = regex.compile(
    r"(?:预算|总投资|总价|限价|控制价|[共总]计?|合计|全[省市县区校])[^，。；\n]{0,16}$|(?:覆盖|涉及|涵盖|更换|改造|采购|配送)[^，。；\n]{0,8}$"
)
"""What stands before the total of the lots."""
_FEWEST_LOTS, _FEWEST = 2, 3
_MOST_DIVISIONS = 12
"""Divisions into lots that one document has at most."""


def lots_not_total(facts: Facts) -> Iterator[Finding]:
    """The lots of a tender, whatever they are counted in, and what is told of all of them (预算386万元 … A包126万元；B包…)."""
    chars = facts.text.chars
    for lots in islice(_lots(facts), _MOST_DIVISIONS):
        inside = [within(facts.stated, *lot) for lot in lots]
        outside = [m for m in facts.stated if not lots[0][0] <= m.start < lots[-1][1]]
        for name in {unit(m): None for m in inside[0]}:
            parts = [_of_lot(chars, [m for m in told if unit(m) == name]) for told in inside]
            found = [m for m in parts if m is not None]
            if len(found) < len(lots):
                continue
            totals = [m for m in outside if unit(m) == name and not is_compared(chars, m)]
            named = [m for m in totals if _is_of_all(chars, m, found[0])]
            if _is_limit(chars, found[0]):
                # Bids may be limited to less than the budget, not to more.
                named = [m for m in named if _is_limit(chars, m) or number(m) < summed(found)]
            yield from _judged(facts, named, totals, found)


def _is_limit(chars: str, mention: Mention) -> bool:
    return _LIMIT.search(chars, max(0, mention.start - 14), mention.start) is not None


_LIMIT = regex.compile(r"(?:限价|控制价)[^，。；\n]{0,8}$")


def _is_of_all(chars: str, total: Mention, part: Mention) -> bool:
    """Whether a quantity is called a total, or counts what one of a lot does (就餐学生8640人, 就餐学生4120人)."""
    label = chars[part.start - 2 : part.start]
    begin = clause_start(chars, total.start, "，。；\n")
    return _TOTAL.search(chars, begin, total.start) is not None or (
        _LABEL.fullmatch(label) is not None and label in chars[max(0, total.start - _AT) : total.start]
    )


def _of_lot(chars: str, told: Sequence[Mention]) -> Mention | None:
    """What a lot has of one unit in all: what is called a sum, else a budget, else what is told first."""
    kept = [m for m in told if not _NO_PART.search(chars, max(0, m.start - 14), m.start)]
    for label in (_SUMMED, _MONEY):
        labelled = [m for m in kept if label.search(chars, max(0, m.start - 20), m.start)]
        if labelled:
            return labelled[0]
    return kept[0] if len(kept) == 1 else None


def _lots(facts: Facts) -> Iterator[list[Span]]:
    """The stretches of text that belong to the lots of one division, numbered from the first on."""
    chars = facts.text.chars
    run: list[int] = []
    kind = ""
    for head in _heads(chars):
        index = _index(head["number"])
        if index == 0:
            yield from _stretches(facts, run)
            run, kind = [head.start()], head[0].replace(head["number"], "")
        elif index == len(run) and head[0].replace(head["number"], "") == kind:
            run.append(head.start())
    yield from _stretches(facts, run)


def _heads(chars: str) -> Iterator[regex.Match[str]]:
    """Where a lot is named, in order."""
    done = 0
    for kind in _KINDS.finditer(chars):
        head = _LOT.search(chars, max(done, kind.start() - _BEFORE_KIND), kind.end() + _BEHIND_KIND)
        if head is not None:
            yield head
            done = head.end()


def _index(written: str) -> int:
    if written in _LETTERS:
        return _LETTERS.index(written)
    return int(numerals.parse(written.lstrip("0")) or 0) - 1


def _stretches(facts: Facts, starts: Sequence[int]) -> Iterator[list[Span]]:
    if len(starts) < _FEWEST_LOTS:
        return
    chars = facts.text.chars
    stretches = [*pairwise(starts)]
    lines = max(chars.count("\n", a, b) for a, b in stretches)
    if lines:
        end = starts[-1]
        for _ in range(lines):
            end = facts.text.paragraph(end)[1]
    elif any("。" in chars[a:b] for a, b in stretches):
        end = facts.text.paragraph(starts[-1])[1]
    else:
        stop = chars.find("。", starts[-1], starts[-1] + _LAST_LOT) + 1
        end = min(stop or len(chars), facts.text.paragraph(starts[-1])[1])
    yield [*stretches, (starts[-1], min(end, starts[-1] + _LAST_LOT))]


_LEVELS = (regex.compile(r"；?\n+|；"), regex.compile(r"\n+"))
"""What ends an item: a clause or a line; a paragraph."""
_LABEL = regex.compile(r"\p{Han}{2}")
_BEFORE = 600
"""Characters before the first item among which the total is told."""
_TELLING = 4
"""Figures of a sum by which its total is known for one whatever it is called."""
_AT = 6
"""Characters between a total and the word that says what it counts."""


def items_not_total(facts: Facts) -> Iterator[Finding]:
    """What lines, or clauses between ；, each tell in the same words, and its total before them (灯具1846盏 … 灯具328盏；…)."""
    chars = facts.text.chars
    for level in _LEVELS:
        ends = [found.end() for found in level.finditer(chars)]
        told: dict[tuple[str, str], dict[int, Mention]] = {}
        for mention in facts.counted:
            label = chars[mention.start - 2 : mention.start]
            if _LABEL.fullmatch(label):
                told.setdefault((unit(mention), label), {}).setdefault(bisect_right(ends, mention.start), mention)
        for (name, label), items in told.items():
            for parts in _in_a_row(items):
                before = [
                    m
                    for m in told_before(facts, parts[0].start)
                    if unit(m) == name and m.start > parts[0].start - _BEFORE
                ]
                totals = [m for m in before if not is_compared(chars, m)]
                added = summed(parts)
                named = [
                    m
                    for m in totals
                    if label in chars[max(0, m.start - _AT) : m.start]
                    or label in chars[m.end : m.end + _AT]
                    or (figures(added) >= _TELLING and is_slip(number(m), added))
                ]
                yield from _judged(facts, named, totals, parts)


def _in_a_row(items: Mapping[int, Mention]) -> Iterator[list[Mention]]:
    """Three and more figures of items that follow each other; those behind the first too, which may be their total."""
    for _, row in groupby(enumerate(items), lambda numbered: numbered[1] - numbered[0]):
        run = [items[index] for _, index in row]
        for parts in (run, run[1:]):
            if len(parts) >= _FEWEST:
                yield parts


def _judged(
    facts: Facts, named: Sequence[Mention], totals: Sequence[Mention], parts: Sequence[Mention]
) -> Iterator[Finding]:
    """The finding that a total is not the sum of all items, where none is, and nothing told is what is missing."""
    chars, added = facts.text.chars, summed(parts)
    near = [m for m in named if is_near(m, added) or is_slip(number(m), added)]
    if not near:
        return
    known, name = known_numbers(facts), unit(parts[0])
    explained = any((name, number(m) - added) in known for m in totals)
    if not explained and all(differ(chars, m, parts, added) for m in totals):
        yield mismatch(facts, min(near, key=lambda m: abs(number(m) - added)), parts, added)
