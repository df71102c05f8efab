"""Shares: per cent, per mille, tenths (成) and percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import regex

from extractors.comparators import Quantity, settle
from extractors.mention import Mention, PercentValue, Reject, plain
from extractors.numerals import Numeral
from extractors.text import Text

# What makes a number a share: the rule's name, what follows the number, and the power of ten it divides by.
_UNITS: tuple[tuple[str, str, int], ...] = (
    ("percent.sign", "[%％]", 2),  # 30%
    ("percent.mille", "‰", 3),  # 5‰
    ("percent.points", "[ \\t]?个?百分点", 2),  # 1.2个百分点
    # 三成, 九成五, 三成半; 成 that begins a word (成为, 成立) is no unit.
    (
        "percent.tenth",
        "成(?!长(?![在期])|[为立员功果效本品分就都绩交熟型形套批像语千百天因片活])(?:(?P<half>半)|(?P<digit>[一二三四五六七八九])(?![十百千万亿个家名年月日元]))?",
        1,
    ),
)
_UNIT = re.compile(
    "(?P<many>[多余几])?(?:" + "|".join(f"(?P<u{i}>{after})" for i, (_, after, _) in enumerate(_UNITS)) + ")"
)
_BASE = regex.compile(
    r"(?:(?P<minus>负)|(?<![一二三四五六七八九十百千万亿几两数]))(?P<base>[十百千万亿佰仟]*[百千万亿佰仟])分之$"
)
_SIGNS = frozenset(" \t%％‰个百成多余几至到-—–~～－―─〜（(")
_POWERS = {"十": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8}
_WHOLE = "百分之百"
_ZEAL = regex.compile(
    "地|的?(?:努力|信心|决心|热情|精力|把握|责任|诚意|态度|投入|干劲|用心|耐心|真心|专注)|满意|放心|信任"
)
"""What makes 百分之百 a figure of speech."""
_TO = re.compile(r"(?:[%％‰]|个?百分点|成)?(?:[（(]不?含[）)])?(?:至|到|[-—–~～－―─〜]{1,2})(?:[百千万]分之)?")
_DIGITS = {char: Decimal(i) / 10 for i, char in enumerate("零一二三四五六七八九")}
_HALF = Decimal("0.5")


def find(text: Text) -> Iterator[Mention | Reject]:
    """All shares of a text, as fractions; percentage points carry the unit `pp`."""
    quantities = list(_quantities(text.chars, text.numerals))
    for quantity, cmp, low, high in settle(text.chars, quantities):
        unit: Literal["pp"] | None = "pp" if quantity.rule == "percent.points" else None
        value = PercentValue(cmp, low if low is None else plain(low), high if high is None else plain(high), unit)
        yield Mention(quantity.start, quantity.end, "PERCENT", value, quantity.rule)


def _quantities(chars: str, numerals: list[Numeral]) -> Iterator[Quantity]:
    wholes = _wholes(chars)
    whole = next(wholes, len(chars))
    i = 0
    while i < len(numerals):
        number = numerals[i]
        while whole < number.start:
            yield Quantity(whole, whole + len(_WHOLE), Decimal(1), Decimal(1), False, "percent.whole")
            whole = next(wholes, len(chars))
        i += 1
        # Most numbers are told apart from shares by the characters beside them.
        if chars[number.end : number.end + 1] not in _SIGNS and chars[number.start - 1 : number.start] != "之":
            continue
        last = number
        if i < len(numerals) and (to := _TO.match(chars, number.end)) and to.end() == numerals[i].start:
            last = numerals[i]
        share = _share(chars, number, last) or _share(chars, number, number)
        if share is None:
            continue
        yield share
        while i < len(numerals) and numerals[i].start < share.end:
            i += 1
    while whole < len(chars):
        yield Quantity(whole, whole + len(_WHOLE), Decimal(1), Decimal(1), False, "percent.whole")
        whole = next(wholes, len(chars))


def _wholes(chars: str) -> Iterator[int]:
    """Where 百分之百 begins, but for figures of speech."""
    start = chars.find(_WHOLE)
    while start >= 0:
        if not _ZEAL.match(chars, start + len(_WHOLE)) and chars[start - 1 : start] not in ("“", "‘"):
            yield start
        start = chars.find(_WHOLE, start + 1)


def _share(chars: str, first: Numeral, last: Numeral) -> Quantity | None:
    """The share that runs from one number to another (or is the one number), or None."""
    low, high, more = first.value, last.high if last.high is not None else last.value, first.more or last.more
    if first is last and first.high is None:
        high = low
    before = chars[max(0, first.start - 10) : first.start]
    if before.endswith("分之"):
        if not (base := _BASE.search(before)):
            return None
        power = sum(_POWERS[char] for char in base["base"])
        sign = -1 if base["minus"] else 1
        start = first.start - len(base[0])
        return Quantity(start, last.end, sign * low.scaleb(-power), sign * high.scaleb(-power), more, "percent.words")
    unit = _UNIT.match(chars, last.end)
    if unit is None:
        return None
    index = next(i for i in range(len(_UNITS)) if unit[f"u{i}"])
    rule, _, power = _UNITS[index]
    if rule == "percent.tenth":
        if high > 10 or low < 0:
            return None
        extra = _HALF if unit["half"] else _DIGITS[unit["digit"]] if unit["digit"] else None
        if extra is not None:
            low, high = (low + extra, high + extra) if first is last else (low, high + extra)
    elif (
        chars[unit.end() : unit.end() + 1].isascii()
        and chars[unit.end() : unit.end() + 1].isalnum()
        and rule == "percent.sign"
    ):
        return None
    return Quantity(first.start, unit.end(), low.scaleb(-power), high.scaleb(-power), more or bool(unit["many"]), rule)
