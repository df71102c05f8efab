"""Findings about accounts that everybody draws up alike: revenue as tax and other, product by the three sectors."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from pipeline.checks.facts import Facts
from pipeline.checks.quantities import half_a_place
from pipeline.document import Finding

_SUM = r"(?P<{0}>(?<![0-9,.])[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)(?P<{0}_unit>[万亿]元)"
_ACCOUNTS = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"一般公共预算收入(?:(?!预算|计划|任务)[^，。；\n]){{0,8}}?{_SUM.format('whole')}[^\n]{{0,80}}?税收收入[^，。；\n]{{0,6}}?{_SUM.format('a')}"
        rf"[^\n]{{0,40}}?非税收入[^，。；\n]{{0,6}}?{_SUM.format('b')}",
        rf"生产总值[^，。；\n]{{0,12}}?{_SUM.format('whole')}[^\n]{{0,80}}?第一产业(?:增加值)?[^，。；\n]{{0,6}}?{_SUM.format('a')}"
        rf"[^\n]{{0,40}}?第二产业(?:增加值)?[^，。；\n]{{0,6}}?{_SUM.format('b')}"
        rf"[^\n]{{0,40}}?第三产业(?:增加值)?[^，。；\n]{{0,6}}?{_SUM.format('c')}",
    )
)
"""Tax and non-tax revenue (政府收支分类科目), and the three sectors (三次产业划分规定)."""


def _number(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def account_not_total(facts: Facts) -> Iterator[Finding]:
    """A whole of an account and its parts, all in one unit, that do not add up to it."""
    for match in (match for account in _ACCOUNTS for match in account.finditer(facts.text.chars)):
        names = [name for name in ("a", "b", "c") if name in match.re.groupindex]
        if any(match[f"{name}_unit"] != match["whole_unit"] for name in names):
            continue
        whole, added = _number(match["whole"]), sum((_number(match[name]) for name in names), Decimal(0))
        if abs(whole - added) > sum(half_a_place(match[name]) for name in ("whole", *names)):
            message = f"The parts add up to {added:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, match.span("whole"), *(match.span(name) for name in names))
