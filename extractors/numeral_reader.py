"""Reads one whole number written with Chinese units, from left to right, and stops where the next character does not fit.

A number is a sum of sections (兆, 亿, 万, below), each a sum of digits times 千, 百, 十. The reader remembers the last
place where the number was whole: in `一万五万` the first number ends before 五.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

CHINESE_DIGITS = "零〇○一壹弌二贰貳两兩三叁參叄四肆五伍六陆陸七柒八捌九玖"
CHINESE_UNITS = "十拾百佰千仟万萬亿億兆廿卅卌"
ARABIC_DIGITS = "0-9０-９"

LONGEST = 28
"""Digits of the longest number; a longer run is an identifier. Decimal's arithmetic is exact up to here."""

FOLD = str.maketrans(
    "０１２３４５６７８９．，／－〇○壹弌贰貳兩叁參叄肆伍陆陸柒捌玖拾佰仟萬億",
    "0123456789.,/-零零一一二二两三三三四五六六七八九十百千万亿",
)
DIGIT = {char: Decimal(i) for i, char in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
BIG = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12)}
TENS = {"廿": Decimal(20), "卅": Decimal(30), "卌": Decimal(40)}
ZERO, ONE, TEN = Decimal(0), Decimal(1), Decimal(10)

SPACE = r"[ \t\u3000]{0,4}"
_D = f"[{ARABIC_DIGITS}]"
# A dotted series (2.2.1, an address) is no decimal; a comma groups only by threes.
ARABIC = (
    rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}})++(?!{_D})|{_D}++)"
    rf"(?:[.．]{_D}++(?![.．]{_D}))?"
)
# 千 and 兆 before these belong to the unit of measure (5千瓦, 3千克), and 兆 of a network's speed is no number either.
UNIT = (
    r"[十拾佰万萬亿億廿卅卌]|百(?!分[点點])|[千仟](?![克瓦伏米卡焦赫帕字比])"
    rf"|兆(?=[{CHINESE_DIGITS}{ARABIC_DIGITS}十元圆])"
)
_TOKEN = re.compile(
    rf"{SPACE}(?:(?P<zero>[零〇○])|(?P<digit>[{CHINESE_DIGITS}])|(?P<unit>{UNIT})"
    rf"|(?P<more>[余餘多几幾来]){SPACE}(?=[万萬亿億])|(?P<few>[几幾])(?![何乎率])|(?P<arabic>{ARABIC}))"
)

Bounds: TypeAlias = tuple[Decimal, Decimal]


def add(one: Bounds, other: Bounds) -> Bounds:
    """Sum of lower ends and of upper ends."""
    return one[0] + other[0], one[1] + other[1]


def times(bounds: Bounds, factor: Decimal) -> Bounds:
    """Both ends times the factor."""
    return bounds[0] * factor, bounds[1] * factor


class Reader:
    """A number being read. `end` is -1 until it is whole, then the place behind it; `whole` its lower and upper end."""

    __slots__ = (
        "_big",
        "_last",
        "_parts",
        "_pending",
        "_previous",
        "_section",
        "_small",
        "_zero",
        "end",
        "more",
        "whole",
    )

    def __init__(self) -> None:
        self._parts: list[tuple[Bounds, Decimal]] = []  # sections that are closed, with their 万, 亿, 兆
        self._section: Bounds = (ZERO, ZERO)
        self._pending: Bounds | None = None  # a digit whose unit is still to come
        self._small = self._big = ZERO  # the unit before in this section; the last 万, 亿, 兆
        self._last = ""
        self._zero = False
        self.more = False
        self.end = -1
        self.whole: Bounds = (ZERO, ZERO)
        self._previous = (self.end, self.whole)

    def read(self, chars: str, position: int) -> None:
        """Reads on from a position, as far as the characters make one number."""
        while match := _TOKEN.match(chars, position):
            kind = str(match.lastgroup)
            char = match[kind].translate(FOLD)
            if not self._take(kind, char, match.end()):
                break
            self._last, position = kind, match.end()

    def arabic(self, value: Decimal, end: int) -> None:
        """Begins with an Arabic number that ends at `end`."""
        self._pending, self._last = (value, value), "arabic"
        self._mark(end)
        self._previous = (self.end, self.whole)

    @property
    def bare(self) -> bool:
        """Whether nothing but one unit was read."""
        return self._previous[0] == -1 and self._last == "unit" and not self._parts

    def _take(self, kind: str, char: str, end: int) -> bool:
        if kind == "digit":
            return self._digit(DIGIT[char], end)
        if kind == "unit":
            if self._unit(char):
                self._pending, self._zero = None, False
                self._mark(end)
                return True
            if self._last in ("digit", "arabic"):
                self.end, self.whole = self._previous  # 一万五万: 五 belongs to the number after
            return False
        if kind == "zero":
            return self._nought(end)
        if kind == "arabic":
            return self._places(char, end)
        if kind == "more":
            self.more = self._last != ""
            return self.more
        return self._few(end)

    def _mark(self, end: int) -> None:
        low_high = self._section
        if self._pending is not None:
            factor = ONE
            if self._last == "unit" and not self._zero:
                # 一万三 is 13,000 and 二百五 is 250; 十五 is no such thing.
                unit = self._small if self._small else self._big
                factor = unit / TEN if unit > TEN else ONE
            elif self._last == "digit" and self._pending[0] != self._pending[1]:
                unit = self._small if self._small else self._big
                factor = unit / TEN if unit > TEN and not self._zero else ONE
            low_high = add(low_high, times(self._pending, factor))
        for part, _ in self._parts:
            low_high = add(low_high, part)
        self.end, self.whole = end, low_high

    def _digit(self, value: Decimal, end: int) -> bool:
        if self._last == "arabic" or self._last == "few":
            return False
        if self._pending is None:
            self._previous = (self.end, self.whole)
            self._pending = (value, value)
            self._mark(end)
            return True
        low, high = self._pending
        # 三四百, 十七八, 三五百 name a range; other digits side by side are no number.
        if low == high and (value - low == ONE or (low == 3 and value == 5)):
            self._pending = (low, value)
            self._mark(end)
            return True
        self.end, self.whole = self._previous
        return False

    def _unit(self, char: str) -> bool:
        if char in TENS:
            if self._pending is not None or (self._small and self._small <= TEN):
                return False
            self._section = add(self._section, (TENS[char], TENS[char]))
            self._small = TEN
            return True
        return self._small_unit(SMALL[char]) if char in SMALL else self._big_unit(BIG[char])

    def _small_unit(self, unit: Decimal) -> bool:
        if self._small and unit >= self._small:
            return False
        pending = self._pending
        if pending is None:
            if self._last and (unit != TEN or (self._last == "unit" and not self._small and not self._parts)):
                return False
            pending = (ONE, ONE)
        elif unit == TEN and self._last == "arabic":
            return False
        self._section = add(self._section, times(pending, unit))
        self._small = unit
        return True

    def _big_unit(self, unit: Decimal) -> bool:
        section = self._section if self._pending is None else add(self._section, self._pending)
        if not section[0]:
            if self._last != "unit" or not self._parts:
                return False
        elif self._parts and self._parts[-1][1] == unit:
            return False
        while self._parts and self._parts[-1][1] <= unit:
            section = add(section, self._parts.pop()[0])
        self._parts.append((times(section, unit), unit))
        self._section, self._small, self._big = (ZERO, ZERO), ZERO, unit
        return True

    def _nought(self, end: int) -> bool:
        if self._last not in ("", "unit"):
            return False
        self._zero = True
        if not self._last:
            self._pending = None
            self._mark(end)
        return True

    def _places(self, digits: str, end: int) -> bool:
        """Arabic digits after a unit: all its places (5万2000), after 零 (1千零1), or with a unit of their own."""
        if self._last not in ("unit", "zero") or len(digits) > LONGEST:
            return False
        value = Decimal(digits.replace(",", ""))
        self._previous, self._pending = (self.end, self.whole), (value, value)
        unit = self._small or self._big
        if self._zero or TEN ** len(digits.split(".")[0]) == unit:
            self._last = "arabic"  # its places are ones
            self._mark(end)
        return True

    def _few(self, end: int) -> bool:
        if self._last not in ("unit", "zero") or self._pending is not None:
            return False
        self.more = True
        self._mark(end)
        return True
