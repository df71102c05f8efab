"""Amounts of renminbi."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractors.comparators import Quantity, settle
from extractors.mention import Mention, Reject, YuanValue, plain
from extractors.numerals import Numeral
from extractors.text import Text

_DIGITS = "0-9零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两"
_APART = r"(?=$|[^一-鿿])"
# What follows the number, a row for each way of writing money. 元 and 块 begin other words too (元旦, 三块牌子).
_UNITS = (
    (
        "yuan.unit",
        r"(?:个(?P<big>[万亿]))?[元圆](?![旦素宵件首老帅勋器谋])(?:整|正(?![在式常积全面是确规好])|(?=[零〇]?["
        + _DIGITS
        + r"][角毛分]))?",
    ),
    ("yuan.kuai", rf"块(?:钱|{_APART}|(?=[零〇]?[{_DIGITS}](?:[角毛]|{_APART})))"),
    ("yuan.name", r"人民币(?![一-鿿])"),
    ("yuan.jiao", rf"[角毛](?:钱|整|{_APART}|(?=[{_DIGITS}]分))"),
    ("yuan.fen", r"分钱"),
)
_UNIT = regex.compile(
    "(?P<many>[多余几来])?(?:" + "|".join(f"(?P<u{i}>{after})" for i, (_, after) in enumerate(_UNITS)) + ")"
)
_FIRST = frozenset("多余几来个元圆块人角毛分")
_FACTORS = (Decimal(1), Decimal(1), Decimal(1), Decimal("0.1"), Decimal("0.01"))
_BIG = {"万": Decimal(10**4), "亿": Decimal(10**8), "k": Decimal(1000), "K": Decimal(1000)}
# 元 is followed by 角 and 分; a bare digit after 块 is of 角, after 零 of 分.
_CHANGE = regex.compile(
    rf"(?:[零〇]?(?P<jiao>[{_DIGITS}])[角毛])?(?:[零〇]?(?P<fen>[{_DIGITS}])分(?![之钟]))?(?:整|正(?![在式常积全面是确规好])|钱)?"
)
_LOOSE = regex.compile(rf"(?:[零〇](?P<fen>[{_DIGITS}])|(?P<jiao>[{_DIGITS}])){_APART}")
_CHANGE_DIGIT = {
    char: Decimal(i)
    for chars in ("0123456789", "零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for i, char in enumerate(chars)
} | {"两": Decimal(2)}
_JIAO, _FEN = Decimal("0.1"), Decimal("0.01")
_BEFORE = regex.compile(r"(?:(?P<word>人民币)|RMB|CNY|[¥￥])[ \t]?$")
_FOREIGN_NAMES = "(?:[美欧日港台韩澳加泰]|新台|越南|新加坡)(?:元|币|金|镑)|英镑|卢布|瑞士法郎|泰铢|外币"
_FOREIGN_BEFORE = regex.compile(rf"(?:{_FOREIGN_NAMES}|[$€£])[:：]?[ ]?$")
_FOREIGN_AFTER = regex.compile(rf"[（(]?(?:{_FOREIGN_NAMES})")
_FACE = regex.compile(r"(?:的)?(?:面值|面额|券|纸币|硬币|纪念币|纪念钞)")
_PIECES = regex.compile(
    r"(?:(?:[共分成为归这那]|[^，。；\n]、[^，。；、\n]{1,10}?)[二两三四五六七八九]|[牌砖板石碑匾屏][0-9,]+)块$"
)
"""来源共三块：, 清淤、截污、岸坡整治三块，: pieces of something, and no money."""
_TO = regex.compile(r"(?:元|圆|块钱?)?(?:[（(]不?含[）)])?(?:至|到|[-—–~～－―─〜]{1,2})(?:人民币|[¥￥])?")
_AND = regex.compile(r"、|或|和")
_NOT_SHARED = Decimal(1)


def find(text: Text) -> Iterator[Mention | Reject]:
    """All amounts of a text, in yuan."""
    for quantity, cmp, low, high in settle(text.chars, list(_quantities(text.chars, text.numerals))):
        value = YuanValue(cmp, low if low is None else plain(low), high if high is None else plain(high))
        yield Mention(quantity.start, quantity.end, "YUAN", value, quantity.rule)


def _quantities(chars: str, numerals: list[Numeral]) -> Iterator[Quantity]:
    floor = done = number_end = 0  # ends of the amount before: in characters, in numerals, of its number
    held: Quantity | None = None
    for i, number in enumerate(numerals):
        if number.start < floor or (amount := _amount(chars, number)) is None:
            continue
        start, end, value, many, rule = amount
        first = i
        bounds = _ends(number, value)
        if i > done and (to := _TO.match(chars, numerals[i - 1].end)) and to.end() == number.start:
            low = numerals[i - 1].value * _shared(chars, numerals[i - 1], number)
            bounds, first, rule = (low, bounds[1]), i - 1, "yuan.range"
            start = _start(chars, numerals[first].start)
        elif (
            held is not None
            and i == done
            and (to := _TO.match(chars, number_end))
            and to.end() in (start, number.start)
        ):
            # 5万元至10万元: both ends have their unit.
            held = Quantity(held.start, end, held.low, bounds[1], False, "yuan.range")
            floor, done, number_end = end, i + 1, number.end
            continue
        if held is not None:
            yield held
        yield from _siblings(chars, numerals, first, done, number)
        held = Quantity(start, end, bounds[0], bounds[1], number.more or many, rule)
        floor, done, number_end = end, i + 1, number.end
    if held is not None:
        yield held


def _ends(number: Numeral, value: Decimal) -> tuple[Decimal, Decimal]:
    """Lower and upper end: the upper of a numeral that names a range (四五千块) in proportion."""
    if number.high is None or not number.value:
        return value, value
    return value, value + (number.high - number.value)


def _siblings(chars: str, numerals: list[Numeral], index: int, done: int, owner: Numeral) -> Iterator[Quantity]:
    """Amounts before the one at `index` that leave their unit to it: 10万、20万元."""
    first = index
    while (
        first > done and (joint := _AND.match(chars, numerals[first - 1].end)) and joint.end() == numerals[first].start
    ):
        first -= 1
    for sibling in numerals[first:index]:
        value = sibling.value * _shared(chars, sibling, owner)
        yield Quantity(sibling.start, sibling.end, value, value, sibling.more, "yuan.listed")


def _shared(chars: str, left: Numeral, right: Numeral) -> Decimal:
    """What the right number's 万 or 亿 multiplies the left one by: in 5—10万元 both ends are of 万."""
    unit = chars[right.end - 1]
    if unit not in _BIG:
        written = chars[right.start : right.end]
        if right.value and left.value < 10 and len(written) == 2 and written[1] in "十百千佰仟":
            return right.value / _CHANGE_DIGIT.get(written[0], right.value)
        return _NOT_SHARED
    if chars[left.end - 1] in _BIG:
        return _NOT_SHARED
    factor = _NOT_SHARED
    for char in reversed(chars[right.start : right.end]):
        if char not in _BIG:
            break
        factor *= _BIG[char]
    return factor if left.value * factor <= right.value else _NOT_SHARED


def _start(chars: str, start: int) -> int:
    """Where the amount begins that has its number at `start`: 人民币 or a sign before it belongs to it."""
    if start and chars[start - 1] in "币BY¥￥ \t":
        match = _BEFORE.search(chars, max(0, start - 5), start)
        return match.start() if match else start
    return start


def _amount(chars: str, number: Numeral) -> tuple[int, int, Decimal, bool, str] | None:
    """Span, value in yuan, whether 余 or 多 stands before the unit, and the rule; None where the number is no amount."""
    end = number.end
    start = _start(chars, number.start)
    if chars[end : end + 1] not in _FIRST:
        return _unmarked(chars, number, start)
    unit = _UNIT.match(chars, end)
    if unit is None:
        return _unmarked(chars, number, start)
    index = next(i for i in range(len(_UNITS)) if unit[f"u{i}"])
    rule, end, value = _UNITS[index][0], unit.end(), number.value * _FACTORS[index]
    if unit["big"]:
        value *= _BIG[unit["big"]]
    if index in (0, 1, 3) and (change := _CHANGE.match(chars, end)) and change[0]:
        value += _change(change)
        end = change.end()
    if index == 1 and (change := _LOOSE.match(chars, end)):
        value += _change(change)
        end = change.end()
    if _FOREIGN_AFTER.match(chars, end) or _FOREIGN_BEFORE.search(chars, max(0, start - 8), start):
        return None
    if _FACE.match(chars, end) or (index == 1 and _PIECES.search(chars, max(0, start - 12), end)):
        return None
    return start, end, value, bool(unit["many"]), rule


def _unmarked(chars: str, number: Numeral, start: int) -> tuple[int, int, Decimal, bool, str] | None:
    """An amount without a unit behind it: ¥1,200.00, 人民币100万."""
    if start == number.start:
        return None
    after = chars[number.end : number.end + 1]
    if "一" <= after <= "鿿" and after not in "整正起以":
        return None
    return start, number.end + (after in ("整", "正")), number.value, False, "yuan.sign"


def _change(match: regex.Match[str]) -> Decimal:
    jiao, fen = match["jiao"], match["fen"]
    return (_CHANGE_DIGIT[jiao] * _JIAO if jiao else Decimal(0)) + (_CHANGE_DIGIT[fen] * _FEN if fen else Decimal(0))
