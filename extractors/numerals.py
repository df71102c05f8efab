"""Every number of a text, once: Arabic, Chinese, capital and mixed numerals with their exact values.

Characters are matched in all their forms (full-width, traditional, capital), so that the text need not be folded first.
Values are exact, save those of fractions that no decimal number writes out (三分之一), which have 28 digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from math import prod

from extractors.numeral_reader import (
    ARABIC,
    ARABIC_DIGITS,
    BIG,
    CHINESE_DIGITS,
    CHINESE_UNITS,
    DIGIT,
    FOLD,
    LONGEST,
    ONE,
    SPACE,
    TEN,
    ZERO,
    Bounds,
    Reader,
    times,
)
from extractors.numeral_words import is_name

__all__ = ["ARABIC_DIGITS", "CHINESE_DIGITS", "CHINESE_UNITS", "NUMERAL", "Numeral", "find", "parse"]

NUMERAL = f"[{ARABIC_DIGITS}{CHINESE_DIGITS}{CHINESE_UNITS}]"
"""Pattern of one character of a numeral, for rules that cut out what they then give to `parse`."""

_ROUND = Context(prec=LONGEST)
_LETTERS = {"k": Decimal(10**3), "K": Decimal(10**3), "M": Decimal(10**6), "G": Decimal(10**9)}
_HALF, _DOZEN, _HUNDRED = Decimal("0.5"), Decimal(12), Decimal(100)

_S = SPACE
_POSITIONAL = "零〇○一二三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖"
_D = f"[{ARABIC_DIGITS}]"
_START = re.compile(
    rf"(?P<arabic>(?<={_D}[.．]){_D}++|{ARABIC})(?P<more>(?={_S}\n?[{CHINESE_UNITS}余餘多几幾来又分/／^eEkKMG零〇打]|[ ]{_D}))?"
    rf"|(?P<digit>[{_POSITIONAL}两兩](?!{_S}[{CHINESE_DIGITS}{CHINESE_UNITS}点點分又打]))"
    rf"|(?P<run>[{_POSITIONAL}]{{2,}}+)|(?P<chinese>[{CHINESE_DIGITS}{CHINESE_UNITS}])|(?P<half>半(?=[个個年天日月]))"
)
# A class by itself is found five times as fast as the alternatives that read on from it.
_CANDIDATE = re.compile(f"[{ARABIC_DIGITS}{CHINESE_DIGITS}{CHINESE_UNITS}半]")
_POINT = re.compile(
    rf"{_S}[点點]{_S}(?P<digits>[{_POSITIONAL}]++|{_D}++)(?!{_S}[十拾百佰分])(?P<big>(?:{_S}[万萬亿億])*)"
)
# A wrapped line may part an amount from its unit; no other number runs on over a line's end.
_WRAPPED = re.compile(r"\n(?=[百千]?[万亿萬億]{1,2}元)")
_OVER = re.compile(rf"{_S}分{_S}之{_S}(?P<minus>[负負]{_S})?(?=[{CHINESE_DIGITS}{ARABIC_DIGITS}十拾廿卅百佰千仟])")
_AND = re.compile(rf"{_S}又{_S}(?=[{CHINESE_DIGITS}{ARABIC_DIGITS}十拾])")
_SLASH = re.compile(rf"(?:[ ](?P<over>{_D}{{1,3}}))?[/／](?P<under>{_D}{{1,4}})(?![{ARABIC_DIGITS}/／.．年月])")
_POWER = re.compile(r"[eE](?P<ten>[+-]?[0-9]{1,2})(?![0-9A-Za-z])|\^(?P<power>[+-]?[0-9]{1,2})(?![0-9A-Za-z.])")
_LETTER = re.compile(r"(?P<space> ?)(?P<letter>[kKMG])(?![A-Za-z0-9])")
_DOZENS = re.compile(r"打(?![击開开造通算印听扰压包架破响扮断好下出拼卡工官黑非])")
_MEASURED = re.compile(
    r"[个個人名家户项件次场所元块万亿余多位座处条份种套台辆部支只间栋本册张年岁天月里亩吨公斤分成倍级]"
)
_BARE = re.compile("(?<=[上近逾超过约破达])[万亿]{1,2}")
"""逾万名, 突破万亿元: one of what the unit names."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")
_SIGN = frozenset("-－负負")
_MAY_SIGN = _SIGN | frozenset(" .．")
"""What stands before every number that has a sign or a leading point."""
_NO_MINUS = frozenset("正减胜抱自担肩欺辜背勝擔")
_SOME = frozenset("几数幾數")
# 数 that ends another word (户数, 总数) does not say "some".
_NOT_SOME = re.compile("[人户总基指次倍系参岁]数")
_ONLY_UNITS = re.compile(f"[{CHINESE_UNITS}]+")
_CLOSES = frozenset("）)")
_OPENS = frozenset("（(")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in text: half-open span, exact value, and what the numeral itself says about its exactness.

    `high` is the upper end of a numeral that names a range (三五百: 300 and 500), else None.
    `more` is set where 余, 多 or 几 stands inside: the value is then a lower bound.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    more: bool = False


def find(chars: str) -> list[Numeral]:
    """All numerals of a text in order, not overlapping; numbers in addresses, words, names and ordinals are none."""
    addresses = (
        [m.span() for m in _ADDRESS.finditer(chars)] if "://" in chars or "@" in chars or "www." in chars else []
    )
    found: list[Numeral] = []
    position = floor = 0
    search, read = _CANDIDATE.search, _START.match
    while hit := search(chars, position):
        start = hit.start()
        match = read(chars, start)
        if match is None:
            position = start + 1
            continue
        position = match.end()
        while addresses and addresses[0][1] <= start:
            addresses.pop(0)
        if addresses and addresses[0][0] <= start:
            position = addresses[0][1]
            continue
        if match.lastgroup == "arabic":
            if position - start <= LONGEST:
                number = Numeral(start, position, _arabic(match[0]))
                found.append(_signed(chars, number, floor) if chars[start - 1 : start] in _MAY_SIGN else number)
        else:
            item, position = _other(chars, match)
            if item is not None and item.start >= floor:
                found.append(_signed(chars, item, floor))
        floor = position
    return found


def parse(chars: str) -> Decimal | None:
    """The value of a text that is one numeral from end to end and names no range, else None."""
    found = find(chars)
    if len(found) != 1 or found[0].start or found[0].end != len(chars) or found[0].high is not None:
        return None
    return found[0].value


def _arabic(digits: str) -> Decimal:
    return Decimal(digits if digits.isdecimal() else digits.translate(FOLD).replace(",", ""))


def _signed(chars: str, item: Numeral, floor: int) -> Numeral:
    """The numeral with the sign and the leading point that stand before it, not further back than `floor`."""
    start, value = item.start, item.value
    if start <= floor:
        return item
    before = chars[start - 1]
    if before in ".．" and (start == 1 or chars[start - 2] in " \t\n-－负負(（,，:：、~"):
        digits = chars[start : item.end]
        if digits.isdecimal():
            start, value = start - 1, Decimal("0." + digits.translate(FOLD))
    gap = start
    while gap > floor and start - gap < 4 and chars[gap - 1] == " ":
        gap -= 1
    if gap > floor and chars[gap - 1] in _SIGN and _negates(chars, gap - 1, start):
        start, value = gap - 1, -value
    if (start, value) == (item.start, item.value):
        return item
    return Numeral(start, item.end, value, item.high, item.more)


def _negates(chars: str, sign: int, start: int) -> bool:
    """Whether the character is a minus: a dash after a number, a word or another dash joins, it does not negate."""
    before = chars[sign - 1] if sign else "\n"
    if chars[sign] in "负負":
        return before not in _NO_MINUS
    return start == sign + 1 and (not (before.isalnum() or before in "-－—–%％)）》”") or before in "为速率长降")


def _other(chars: str, match: re.Match[str]) -> tuple[Numeral | None, int]:
    """A numeral that is more than a plain Arabic number, and where to read on."""
    start, end = match.span()
    kind = match.lastgroup
    if kind == "half":
        before = chars[start - 1 : start]
        return (None if before in tuple("上下大多一过前后对折") else Numeral(start, end, _HALF)), end
    if kind == "digit":
        listed = start and chars[start - 1] in _OPENS and chars[end : end + 1] in _CLOSES
        found = None if listed or is_name(chars, start, end) else Numeral(start, end, DIGIT[match[0].translate(FOLD)])
        return found, end
    if kind == "more":
        return _mixed(chars, start, match.end("arabic"))
    if kind == "run" and not (end - start == 2 and _follows_unit(chars, end)):
        return _positional(chars, start, end)
    return _chinese(chars, start)


def _follows_unit(chars: str, end: int) -> bool:
    return chars[end : end + 1] in tuple(CHINESE_UNITS)


def _positional(chars: str, start: int, end: int) -> tuple[Numeral | None, int]:
    """Digits side by side: a year (二〇二一), a decimal (零点五 is read elsewhere), two that make a range, else none."""
    digits = chars[start:end].translate(FOLD)
    if end - start > LONGEST or is_name(chars, start, end):
        return None, end
    if "零" in digits or end - start == 4:
        return Numeral(start, end, Decimal("".join(str(DIGIT[char]) for char in digits))), end
    if end - start == 2 and _MEASURED.match(chars, end):
        low, high = DIGIT[digits[0]], DIGIT[digits[1]]
        if high - low == ONE or (low == 3 and high == 5):
            return Numeral(start, end, low, high), end
    return None, end


def _mixed(chars: str, start: int, end: int) -> tuple[Numeral | None, int]:
    """An Arabic number and what may follow it: a unit, a letter, an exponent, a fraction."""
    if end - start > LONGEST:
        return None, end
    value = _arabic(chars[start:end])
    if (match := _SLASH.match(chars, end)) and "." not in chars[start:end] and (under := _arabic(match["under"])):
        whole, over = (value, _arabic(match["over"])) if match["over"] else (ZERO, value)
        if chars[start - 1 : start] not in ("/", "／"):
            return Numeral(start, match.end(), _ROUND.add(whole, _ROUND.divide(over, under))), match.end()
    if match := _POWER.match(chars, end):
        if match["ten"]:
            return Numeral(start, match.end(), value.scaleb(int(match["ten"]))), match.end()
        negative = chars[start - 1 : start] in ("-", "－") and int(match["power"]) % 2 == 0
        power = _ROUND.power(value, int(match["power"])) if value else ZERO
        return Numeral(start, match.end(), -power if negative else power), match.end()
    if (match := _LETTER.match(chars, end)) and (
        match["letter"] == "k" or "." in chars[max(0, start - 1) : end] or (match["letter"] == "K" and end - start > 1)
    ):
        if chars[start - 1 : start] == ".":
            value = Decimal("0." + chars[start:end])
            return Numeral(start - 1, match.end(), value * _LETTERS[match["letter"]]), match.end()
        return Numeral(start, match.end(), value * _LETTERS[match["letter"]]), match.end()
    if match := _WRAPPED.match(chars, end):
        reader = Reader()
        reader.arabic(value, end)
        reader.read(chars, match.end())
        return Numeral(start, reader.end, reader.whole[0], None, reader.more), reader.end
    reader = Reader()
    reader.arabic(value, end)
    reader.read(chars, end)
    return _composed(chars, start, reader)


def _chinese(chars: str, start: int) -> tuple[Numeral | None, int]:
    """A numeral that begins with a Chinese character."""
    reader = Reader()
    reader.read(chars, start)
    if reader.end < 0:
        bare = _BARE.match(chars, start)
        if bare is None or not _MEASURED.match(chars, bare.end()):
            return None, start + 1
        return Numeral(start, bare.end(), prod(map(BIG.__getitem__, bare[0]), start=ONE)), bare.end()
    char = chars[start]
    if char in CHINESE_UNITS and char not in "十拾廿卅卌":
        return _without_digit(chars, start, reader)
    item, end = _composed(chars, start, reader)
    if item is None:
        return None, end
    before = chars[start - 1 : start]
    if (
        char in "十拾"
        and before in _SOME
        and _ONLY_UNITS.fullmatch(chars, start, end)
        and not _NOT_SOME.match(chars, max(0, start - 2))
    ):
        return Numeral(start - 1, end, item.value, item.value * TEN), end
    if not (item.value != item.value.to_integral_value() and end > reader.end) and is_name(chars, start, end):
        return None, max(end, start + 1) if end - start == 1 else end
    if before in _OPENS and chars[end : end + 1] in tuple(_CLOSES) and item.value < _HUNDRED:
        return None, end
    if item.high is not None and not _MEASURED.match(chars, end) and chars[end - 1] in _POSITIONAL:
        return None, end
    return item, end


def _without_digit(chars: str, start: int, reader: Reader) -> tuple[Numeral | None, int]:
    """百, 千, 万 with no digit before: 百万, 百三, 百余 and 几百 are numbers, 百 alone and 百分之 are not."""
    end, low = reader.end, reader.whole[0]
    before = chars[start - 1 : start]
    if _OVER.match(chars, end):
        return None, end
    if before in _SOME and not _NOT_SOME.match(chars, max(0, start - 2)):
        return Numeral(start - 1, end, low, low * TEN), end
    if reader.bare:
        if chars[end : end + 1] in tuple("余餘多") or (before in tuple("上近逾超过约") and _MEASURED.match(chars, end)):
            return Numeral(start, end, low), end
        return None, end
    if before in tuple(CHINESE_UNITS):
        return None, end
    return Numeral(start, end, low, None, reader.more), end


def _composed(chars: str, start: int, reader: Reader) -> tuple[Numeral | None, int]:
    """What was read, with a decimal part, as a fraction's denominator, or as a dozen."""
    end, bounds = reader.end, reader.whole
    if (
        (match := _POINT.match(chars, end))
        and (match["digits"][0] not in "0123456789０１２３４５６７８９" or bounds[0] == ZERO)
        and not reader.more
    ):
        bounds, end = _decimal(bounds, match), match.end()
    elif (match := _AND.match(chars, end)) and (fraction := _fraction(chars, match.end())):
        return Numeral(start, fraction[1], _ROUND.add(bounds[0], fraction[0])), fraction[1]
    elif fraction := _fraction(chars, start, reader):
        return Numeral(start, fraction[1], fraction[0]), fraction[1]
    elif match := _DOZENS.match(chars, end):
        bounds, end = times(bounds, _DOZEN), match.end()
    return Numeral(start, end, bounds[0], bounds[1] if bounds[1] != bounds[0] else None, reader.more), end


def _decimal(bounds: Bounds, match: re.Match[str]) -> Bounds:
    digits = match["digits"].translate(FOLD)
    part = "".join(str(DIGIT[char]) if char in DIGIT else char for char in digits[:LONGEST])
    value = bounds[0] + Decimal("0." + part)
    for unit in match["big"].translate(FOLD).split():
        for char in unit:
            value *= BIG[char]
    return value, value


def _fraction(chars: str, start: int, under: Reader | None = None) -> tuple[Decimal, int] | None:
    """三分之一 as its value and end; the denominator may have been read already."""
    if under is None:
        under = _whole(chars, start)
    if under is None or not under.whole[0] or not (match := _OVER.match(chars, under.end)):
        return None
    over = _whole(chars, match.end())
    if over is None:
        return None
    end, bounds = over.end, over.whole
    if point := _POINT.match(chars, end):
        end, bounds = point.end(), _decimal(bounds, point)
    value = _ROUND.divide(bounds[0], under.whole[0])
    return (-value if match["minus"] else value), end


def _whole(chars: str, start: int) -> Reader | None:
    reader = Reader()
    position = start
    if (match := _START.match(chars, start)) and match["arabic"]:
        position = match.end("arabic")
        if position - start > LONGEST:
            return None
        reader.arabic(_arabic(match["arabic"]), position)
    reader.read(chars, position)
    return reader if reader.end > 0 else None
