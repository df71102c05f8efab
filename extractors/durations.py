"""DURATION: lengths of time with their unit, as ISO 8601 durations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors import numerals
from extractors.date_points import DateExpression
from extractors.mention import DurationValue, Mention, plain
from extractors.text import Text

_N = r"(?:\d{1,3}(?:,\d{3})+|\d{1,5}(?:\.\d{1,2})?万?|[一二三四五六七八九十百千万两廿卅]{1,7}|半)"
_UNIT = r"(?:周年|整年|年(?!级|（[0-9一二三四五六]{1,2}）班|代|龄|轻|度|初|末|底|份|中)|个半?(?:整)?(?:自然)?月|(?<=两)月|个多月|个?工作[日天]|个?交易日|个?(?:自然日|日历天|日历日)|(?:个半?)?(?:小时|钟头)|个?星期(?![一二三四五六日天])|个?礼拜|周(?!年|[一二三四五六日]\b|岁|边|围|期)|天(?!津|然|空|气|河|府|山|安|水)|日(?![本报元常])|(?:个半)?分钟|分半钟|分(?=[0-9]{1,2}秒)|秒钟?|季度|个季度)"
_ONE = rf"(?P<n>{_N})(?P<more>[多余几])? ?(?P<u>{_UNIT})(?P<h>半(?![年个天月日小]))?"
_SINGLE = re.compile(_ONE)
_NEXT = re.compile(rf"(?:又|零)?{_ONE}")
_RANGE = re.compile(
    rf"(?P<a>{_N})(?: ?(?P<ua>{_UNIT}))? ?(?:至|到|[—–~～-]{{1,2}}) ?(?P<b>{_N}) ?(?P<u>{_UNIT})(?P<h>半(?![年个天月日小]))?"
)
_PAIR = re.compile(
    r"(?P<a>[一二两三四五六七八九])、?(?P<b>[二三四五六七八九])(?P<ten>十?)(?P<u>年(?!级|代|级)|个月|天|个?小时|周|个?工作日)"
)
_CANDIDATE = re.compile(
    # The class alone, before what it reads on to, lets the scan skip all other characters.
    r"[\d一二三四五六七八九十百两廿卅半](?:"
    r"(?<=\d)(?<![\d.].)(?=[\d.,]{0,6}万?[多余几]? ?(?:[周整年个工交自日小钟星礼天分秒季]|[至到—–~～-]))|(?<=两)(?<![十百\d第].)(?=月)"
    r"|(?<=\D)(?<![一二三四五六七八九十百两廿卅千万\d第].)(?=[一二三四五六七八九十百千万、多余几]{0,6} ?(?:[周整年个工交自日小钟星礼天分秒季]|[至到—–~～-])))"
)
_LETTER = {
    "年": "Y",
    "月": "M",
    "周": "W",
    "星": "W",
    "礼": "W",
    "天": "D",
    "日": "D",
    "小": "H",
    "钟": "H",
    "分": "MIN",
    "秒": "S",
    "季": "Q",
}
_ORDER = {"Y": 0, "Q": 1, "M": 1, "W": 2, "D": 3, "H": 4, "MIN": 5, "S": 6}
_HALF = Decimal("0.5")
_NOT_BEFORE = re.compile(r"(?:新的|大|好|日[、和]|哪|第|初|月|每|逢|(?<!间)隔|新|这|那|[〔\[A-Za-z]|\d|\d[:：]|[./])$")
_ZEAL = re.compile(
    r"半日托|一[天日刻年](?:也|都|不|到头|一度|之计|一[结报算换测付签考检议审])|三天打鱼|两天晒网|百年大计|一年之计|千日"
)
"""一天也不耽误: zeal and proverbs, not a length of time."""
_ORDINAL_YEARS = re.compile(r"年[一二三四五六七八九十\d]{1,2}月")


def find(text: Text, dates: Sequence[Mention | DateExpression]) -> Iterator[Mention]:
    """DURATION mentions in order; `dates` in order of start are the spans that lengths may not overlap."""
    starts = [date.start for date in dates]
    position = 0
    chars = text.chars
    for candidate in _CANDIDATE.finditer(chars):
        start = candidate.start()
        if start < position or _NOT_BEFORE.search(chars, max(0, start - 2), start):
            continue
        index = bisect_right(starts, start) - 1
        if index >= 0 and dates[index].end > start:
            continue
        found = _read(chars, start)
        if found is None:
            continue
        if bisect_left(starts, found.end) > index + 1:
            continue
        yield found
        position = found.end


def _read(chars: str, start: int) -> Mention | None:
    if match := _RANGE.match(chars, start):
        unit = match["u"]
        low = _length(match["a"], match["ua"] or unit)
        high = _length(match["b"], unit, half=match["h"] is not None)
        if low and high and (match["ua"] is None or _letter(match["ua"]) == _letter(unit)):
            return _mention(start, match.end(), low, high, unit, "duration.range")
    if match := _PAIR.match(chars, start):
        low, high = (_length(match[group] + match["ten"], match["u"]) for group in ("a", "b"))
        if low and high and numerals.parse(match["a"]) < numerals.parse(match["b"]):  # type: ignore[operator]
            return _mention(start, match.end(), low, high, match["u"], "duration.range")
    return _single(chars, start)


def _single(chars: str, start: int) -> Mention | None:
    match = _SINGLE.match(chars, start)
    if match is None or _ORDINAL_YEARS.match(chars, match.start("u")) or _ZEAL.match(chars, start):
        return None
    unit, end = match["u"], match.end()
    parts = dict([_part(match["n"], unit, half=match["h"] is not None)])
    last = _letter(unit)
    while (more := _NEXT.match(chars, end)) is not None and _ORDER[_letter(more["u"])] > _ORDER[last]:
        if _letter(more["u"]) == "D" and more["u"] == "日":
            break
        letter, value = _part(more["n"], more["u"], half=more["h"] is not None)
        parts[letter], last, end = value, letter, more.end()
    length = _iso(parts)
    if length is None:
        return None
    return _mention(start, end, length, None if match["more"] else length, unit, "duration.single")


def _mention(start: int, end: int, low: str, high: str | None, unit: str, rule: str) -> Mention:
    return Mention(start, end, "DURATION", DurationValue(low, high, "工作" in unit or "交易" in unit), rule)


_LEADING = re.compile("^个?多?半?整?(?:自然)?(?:日历)?")
"""What a unit may begin with that does not tell which it is: 个半月, 自然日."""


def _letter(unit: str) -> str:
    core = _LEADING.sub("", unit)
    if core.startswith(("周年", "年")):
        return "Y"
    if core.startswith(("工作", "交易")):
        return "D"
    return _LETTER[core[0]]


def _part(written: str, unit: str, *, half: bool) -> tuple[str, Decimal]:
    value = _HALF if written == "半" else numerals.parse(written)
    number = value if isinstance(value, Decimal) else Decimal(0)
    if half or "半" in unit:
        number += _HALF
    letter = _letter(unit)
    return ("M", number * 3) if letter == "Q" else (letter, number)


def _length(written: str, unit: str, *, half: bool = False) -> str | None:
    return _iso(dict([_part(written, unit, half=half)]))


def _iso(parts: dict[str, Decimal]) -> str | None:
    """ISO 8601 of whole units, halves of a year as months."""
    parts = {letter: value for letter, value in parts.items() if value}
    if not parts:
        return None
    if "Y" in parts and parts["Y"] % 1 and (parts["Y"] * 12) % 1 == 0:
        years, months = divmod(parts["Y"] * 12, 12)
        parts = (
            ({"Y": years} if years else {})
            | {"M": months + parts.pop("M", Decimal(0))}
            | {k: v for k, v in parts.items() if k != "Y"}
        )
    dated = "".join(f"{plain(parts[k])}{k}" for k in "YMWD" if k in parts)
    timed = "".join(f"{plain(parts[k])}{k[0]}" for k in ("H", "MIN", "S") if k in parts)
    return "P" + dated + (f"T{timed}" if timed else "")
