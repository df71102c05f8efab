"""Findings about 分别: lists that do not match."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.mention import (
    CountValue,
    DateValue,
    Mention,
    PercentValue,
    PlaceValue,
    ProvinceValue,
    YuanValue,
)
from pipeline.checks.facts import ITEM, Facts, runs
from pipeline.document import Finding

_LONGEST_LIST = 300
"""Characters that a list may take."""
_EACH = regex.compile(r"分别(?:由|从|为|是|有|达到?|不低于|不少于|建成|按|新增|补助|安排|完成|给予|下达)?")
_CHANGED = regex.compile(r"(?:分别)?(?:提高|调整|上调|增加|提升|降低|下调|降|提)(?:到|至|为)")


def unequal_lists(facts: Facts) -> Iterator[Finding]:
    """分别 over lists of different length (甲、乙、丙三市分别为10个、20个)."""
    chars = facts.text.chars
    for each in _EACH.finditer(chars):
        values = _run_after(facts, each.end())
        if len(values) < 2:
            continue
        left = max(chars.rfind(mark, 0, each.start()) for mark in "，。；：\n")
        named = chars[left + 1 : each.start()]
        if not named and left > 0:
            further = max(chars.rfind(mark, 0, left) for mark in "，。；：\n")
            named = chars[further + 1 : left]
        changed = _run_after(facts, values[-1].end) if _CHANGED.match(chars, values[-1].end) else values
        if len(changed) != len(values):
            message = f"{len(values)} old values are given, {len(changed)} new ones."
            yield facts.finding(
                "unequal-lists", message, (each.start(), changed[-1].end if changed else values[-1].end)
            )
            continue
        items = len(ITEM.findall(named)) + 1
        if named.count("、") + 1 == len(values):
            continue  # 社会保障和就业 is one of the items
        if items == 1:
            items, left = _listed_before(facts, left)
        if items > 1 and items != len(values):
            message = f"{items} items are named, {len(values)} values are given."
            yield facts.finding("unequal-lists", message, (left + 1, values[-1].end))


def _listed_before(facts: Facts, position: int) -> tuple[int, int]:
    """How many times or names the list has that ends at a comma (到2021年底、2022年底，…分别), and where it begins."""
    start, _ = facts.text.sentence(position)
    for run in runs(
        facts, max(start, position - _LONGEST_LIST), position, DateValue, ProvinceValue, PlaceValue, CountValue
    ):
        if len(run) > 1 and start <= run[0].start and 0 <= position - run[-1].end <= 6:
            return len(run), run[0].start - 1
    return 1, position


def _run_after(facts: Facts, position: int) -> list[Mention]:
    for run in runs(facts, position - _LONGEST_LIST, position + _LONGEST_LIST, PercentValue, YuanValue, CountValue):
        if position <= run[0].start <= position + 12:
            return run
    return []
