"""What one point in time looks like: patterns over clean text and what they say, as a table of rules.

A point in time is a window of years, of months in them and of days in those, each absolute or counted from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from extractors import calendar

Grain: TypeAlias = Literal["day", "week", "tenday", "month", "quarter", "half", "year", "plan", "decade", "century"]
Window: TypeAlias = tuple[int, int]

LAST = 99
"""A window's end that stands for the month's last day."""


@dataclass(frozen=True, slots=True)
class Point:
    """One end of an expression: windows (first and last, both included), or shifts counted from the reference."""

    grain: Grain
    years: Window | None = None
    year_shift: int | None = None
    follows: bool = False
    months: Window | None = None
    month_shift: int | None = None
    days: Window | None = None
    day_shift: int | None = None
    week_shift: int | None = None
    quarter_shift: int | None = None
    next_day: bool = False
    """次日: the day after the one named before, else after the reference."""
    nth_week: tuple[int, int | None] | None = None
    """Which week of the period, counted by its Mondays, or which of its weekdays (Monday 0); -1 is the last."""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as written, not yet placed on the calendar: half-open span, its rule, and its two ends."""

    start: int
    end: int
    rule: str
    first: Point
    last: Point

    @property
    def is_range(self) -> bool:
        """Whether two ends are printed."""
        return self.first is not self.last

    @property
    def grain(self) -> Grain:
        """The finer unit of the last end."""
        return self.last.grain

    @property
    def has_year(self) -> bool:
        """Whether an absolute year is printed."""
        return self.first.years is not None or self.last.years is not None

    @property
    def is_full(self) -> bool:
        """Whether it is a full absolute day, known without a reference."""
        return (
            self.last.grain == "day"
            and self.last.years is not None
            and self.last.days is not None
            and not self.is_range
        )


DIGIT = "0-9"
CHINESE = "零〇○一二三四五六七八九"
_VALUE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "Ｏ": 0, "两": 2, "元": 1}
YEAR4 = rf"(?:[12][{DIGIT}]{{3}}|[一二][{CHINESE}OＯ]{{3}})"
YEAR2 = rf"(?:[{DIGIT}]{{2}}|[{CHINESE}]{{2}})"
NUMBER = rf"(?:[{DIGIT}]{{1,2}}(?![{DIGIT}])|(?:[二三]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二三四五六七八九]))"
JOIN = r" ?(?:起至|起到|至|到|[—–~～-]{1,2}) ?"
_TIME_WORD = "上午|下午|早上|晚上|凌晨|中午|傍晚|早间|晚间|午间|清晨|深夜|夜间|上半夜|下半夜|早晨|早|晚"
CLOCK = rf"(?:[{DIGIT}]{{1,2}}[:：][{DIGIT}]{{2}}(?:[:：][{DIGIT}]{{2}})?|(?:{NUMBER}|[两零〇])(?:时(?!间|代|候|期)|点)(?:整|半|[{DIGIT}]{{1,2}}分?|[一二三四五]?十[一二三四五六七八九]?分)?)"
_TIME = rf"(?:(?:的)?(?:{_TIME_WORD}) ?(?:{CLOCK})?| ?{CLOCK})"
_WEEKDAY_ASIDE = rf"(?:（(?:周|星期)[一二三四五六日天]）(?={_TIME}))?"
TIMES = rf"(?P<time>{_WEEKDAY_ASIDE}{_TIME}(?:(?:至|到|[—–~～-]{{1,2}})(?:{_TIME_WORD})?{CLOCK}(?!\d))?)?"

YEAR_SHIFT = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "大前年": -3,
    "明年": 1,
    "下年": 1,
    "下一年": 1,
    "后年": 2,
    "大后年": 3,
    "次年": 1,
    "翌年": 1,
}
_FOLLOWS = frozenset({"次年", "翌年"})
_DAY_SHIFT = {
    "今天": 0,
    "今日": 0,
    "本日": 0,
    "今晚": 0,
    "今晨": 0,
    "今早": 0,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "昨夜": -1,
    "前天": -2,
    "前日": -2,
    "大前天": -3,
    "明天": 1,
    "明日": 1,
    "明晚": 1,
    "明早": 1,
    "后天": 2,
    "大后天": 3,
}
_MONTH_SHIFT = {"本": 0, "当": 0, "这": 0, "上": -1, "下": 1, "上上": -2, "下下": 2}
_WEEK = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
}
YEAR_PART: dict[str, tuple[Window, Grain]] = {
    "年初": ((1, 1), "month"), "年中": ((6, 7), "month"), "年底": ((12, 12), "month"), "年末": ((12, 12), "month"),
    "岁末": ((12, 12), "month"), "岁尾": ((12, 12), "month"), "伊始": ((1, 1), "month"), "首月": ((1, 1), "month"), "初": ((1, 1), "month"), "中": ((6, 7), "month"), "底": ((12, 12), "month"), "末": ((12, 12), "month"),
    "上半年": ((1, 6), "half"), "下半年": ((7, 12), "half"), "前半年": ((1, 6), "half"), "后半年": ((7, 12), "half"),
}  # fmt: skip
_MONTH_PART: dict[str, Window] = {
    "上中旬": (1, 20), "中上旬": (1, 20), "中下旬": (11, LAST), "上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, LAST), "底": (21, LAST), "末": (21, LAST),
}  # fmt: skip

YEAR = rf"(?:(?P<y4>{YEAR4}) ?年(?P<du>度|份)?|(?P<y2>{YEAR2})年(?P<du2>度)?|(?P<yr>大前年|大后年|上一年(?!半)|下一年|今年|本年|去年|上年|前年|明年|下年|后年|次年|翌年)(?!轻|级|纪|龄|来|头(?![两三四五六七八九十0-9]{{1,2}}个))(?:度|份)?)"
_QUARTER = r"(?:第?(?P<q>[一二三四1-4])季度(?P<qe>[初末底](?!级|期))?|(?P<qn>前[二两三23]|首|头[二两三])个?季度|(?P<q4>末季度))"
_SECTION = rf"(?:的)?(?:(?P<half>[上下前后]半年)|{_QUARTER}|(?P<part>年?[初中底末](?!中|三|级|步|审|评|选|赛|始|次|定|期|小|学|国|心|共|央|药|医|层|部|原|东|西|华|间|介|外|枢|秋|端|标|考|职|专|型|方|美|欧|南|山|关|铁|建|信|石|海|位|线|数|局)|岁末|岁尾|伊始|首月)|[前头](?P<first>{NUMBER}|两)个月)"
_MONTH = rf"(?P<m>{NUMBER}|元)月(?!球|嫂|薪|饼)(?:份|(?=月[初中底末]|[^份]|$))(?:月(?=[初中底末]))?|(?P<mr>上上|下下|本|这|上|下|当(?=月第|月{NUMBER}[日号]))个?月(?!球|薪)"
_DAY = rf"(?P<d>{NUMBER})[日号]|(?P<tenday>上中旬|中[上下]旬|[上中下]旬|[初中底末](?!级|步|审|评|选|赛|始|次|期|小|学|国|心|共|央|药|医|层|部|原|东|西|华|间|介|外|标|考|职|专|型|方|美|欧|关|铁|信|位|线|数))"
_NTH = rf"(?:的)?(?:第(?P<nth>{NUMBER})|(?P<last>最后一))个?(?:的)?(?:周|星期|礼拜)(?P<nd>[一二三四五六日天])?"
_NTH_YEAR = rf"(?:的)?第(?P<nthy>{NUMBER})(?:(?P<nm>个月)|(?P<nthd>天)|个?(?:周|星期|礼拜)(?P<ndy>[一二三四五六日天])?)"
_POINT = re.compile(
    rf"{YEAR}(?: ?(?:的)?(?:{_MONTH})(?:{_NTH}| ?(?:{_DAY}))?|{_NTH_YEAR}| ?{_SECTION}|(?P<inside>内))?{TIMES}"
)
_WEEKDAY_BESIDE = r"(?:(?:星期|礼拜|周)[一二三四五六日天][，,]? ?)?"
_MONTH_POINT = re.compile(rf"{_WEEKDAY_BESIDE}(?:{_MONTH})(?:{_NTH}| ?(?:{_DAY}))?{TIMES}")
_MONTH_DAY = re.compile(rf"(?P<m>{NUMBER})月(?P<d>二?十[一二三四五六七八九]|二十|三十一?)(?=[，。、；）\s]|$)")
_AFTER = re.compile(
    rf"(?P<n>{NUMBER})(?:(?P<years>年)|个(?P<months>月)|个?(?P<quarters>季度)|(?P<days>天|日)|个?(?P<weeks>周|星期|礼拜))(?:之|以)?后(?!续)"
)
_DAY_POINT = re.compile(
    rf"(?P<d>{NUMBER})(?:日(?!元|历[天日])|号(?!(?:开标|评标|会议)[室厅]|窗口|[楼线文院门馆厅令机船车台公码房店道]))(?!内|以内|之内|以上|以下|左右|游|三餐|之计){TIMES}"
)
_DAY_WORD = re.compile(
    rf"(?P<dr>大前天|大后天|今[天日晚晨早]|本日(?!常|元)|昨[天日晚夜]|前[天日]|明[天日晚早]|后天)(?!报|之后》){TIMES}"
)
_WEEK_POINT = re.compile(
    rf"(?P<wr>上上|下下|本|这|上|下)(?:个?(?:星期|礼拜)|个?周)(?P<wd>末|[一二三四五六日天](?!年|期))?(?!期|年|边|围|转){TIMES}"
)
_WEEKDAY = re.compile(
    rf"(?:(?:星期|礼拜)(?P<wd>[一二三四五六日天])|周(?P<wd2>[一二三四五六日])(?=[上下早晚凌中，。,、\n]|$))(?!至|到|[—–~～-]){TIMES}"
)
_SOLO = re.compile(
    rf"(?P<half>[上下]半年|上个半年)|{_QUARTER}|(?P<part>(?<!学)年[初中底末]|岁末|岁尾)(?![终])|(?P<inside>年内)|[前头](?P<first>{NUMBER}|两)个月(?=[，、 ]|累计|全|，|(?<=[，。；：\n]前.个月)(?![的内须应通提申向报]))|(?P<qr>上上|下下|本|这|上|下)[一个]?季度"
)
_PLAN = re.compile(
    r"(?P<open>[“\"「『])?(?P<n>[一二三四五六七八九]|十[一二三四五六七八九]?|二十)五(?(open)[”\"」』](?!普法)|(?=时期|期间|规划|末|初|开局|收官|以来|计划|后期|前期|中期|，|。|、|\n|$))(?P<part>(?:规划|时期)?(?:[末初]|期?末)(?!期间))?"
)
_M2, _D2 = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_GLUED = r"(?=[0-2]\d:[0-5]\d(?!\d))"
"""A clock that stands right behind a day: 2018-12-1209:03."""
_NUMERIC = re.compile(
    rf"(?P<y>[12]\d{{3}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d\d{_GLUED}|\d{{1,2}}(?!\d|\.\d|(?P=s)\d{{1,3}}(?!\d)))(?:(?= [0-2]?\d:[0-5]\d){TIMES})?"
)
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)(?!\d|\.\d)")
_DAY_FIRST_SHORT = re.compile(r"(?P<d>0\d|[12]\d|3[01])/(?P<m>0\d|1[0-2])/(?P<y>[5-9]\d)(?![\d/])")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)")
_SPACED = re.compile(r"(?P<y>(?:19|20)\d\d) (?P<m>0[1-9]|1[0-2]) (?P<d>[0-2]\d|3[01])(?![ \d])")
_SHORT_YEAR = re.compile(
    rf"(?P<y>[0-4]\d)(?P<s>[-/])(?P<m>{_M2})(?P=s)(?P<d>{_D2})(?![\d./%-]|[分年月天个元米公里级名人条件家所万亿平岁])"
)
_CLOCKED = re.compile(rf"(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2]\d|3[01])(?= [0-2]?\d:[0-5]\d){TIMES}")
_DECADE = re.compile(
    r"(?:(?P<c>\d{1,2}|[一二]?十[一二三四五六七八九]?)世纪(?:的)?|(?P<hundreds>1\d|20)(?=\d0年代))?(?:上世纪)?(?P<n>(?<!\d)[1-9]0|(?<=1\d|20)\d0|[二三四五六七八九]十)年代(?P<part>初期?|前期|中期|末期?|后期)?"
)
_CENTURY = re.compile(r"(?P<c>\d{1,2}|[一二]?十[一二三四五六七八九]?)世纪(?P<part>初期?|前期|末期?|后期)(?!叶)")
_CENTURY_PART: dict[str, Window] = {"初": (0, 19), "前": (0, 19), "末": (80, 99), "后": (80, 99)}
_LAST_WEEKDAY = re.compile(r"最后一个?(?:的)?(?:周|星期|礼拜)(?P<nd>[一二三四五六日天])")
_LINE = re.compile(rf"(?P<m>{_M2})[/·](?P<d>{_D2})(?=\n|$)")
_DECADE_PART: dict[str, Window] = {"初": (0, 2), "前": (0, 2), "中": (3, 6), "末": (7, 9), "后": (7, 9)}


def number(chars: str) -> int:
    """A whole number in digits, positional or with 十, 廿, 卅."""
    if chars.isascii():
        return int(chars)
    chars = chars.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = chars.partition("十")
    if ten:
        return (_VALUE[tens] if tens else 1) * 10 + (_VALUE[ones] if ones else 0)
    value = 0
    for char in chars:
        value = value * 10 + _VALUE[char]
    return value


def _short_year(value: int) -> int:
    """The year that two digits stand for: up to 49 in this century, from 50 in the last."""
    return value + (2000 if value < 50 else 1900)


def year_of(chars: str) -> int:
    """The year that two or four digits or Chinese numerals write."""
    value = number(chars)
    return _short_year(value) if len(chars) == 2 else value


Match: TypeAlias = re.Match[str]


def with_year(match: Match, point: Point) -> Point:
    """A point with the year that its match names, if it does."""
    years, year_shift, follows = _named_year(match.groupdict())
    if years is None and year_shift is None:
        return point
    return replace(point, years=years or point.years, year_shift=year_shift, follows=follows)


def _named_year(groups: dict[str, str | None]) -> tuple[Window | None, int | None, bool]:
    """The year that a match names: itself, or its distance from the reference's and whether it follows another."""
    if written := groups.get("y4") or groups.get("y2"):
        year = year_of(written)
        return (year, year), None, False
    if word := groups.get("yr"):
        return None, YEAR_SHIFT[word], word in _FOLLOWS
    return None, None, False


def _section(groups: dict[str, str | None]) -> tuple[Window, Grain] | None:
    """The months of a half, a quarter or 年底."""
    if half := groups.get("half"):
        return YEAR_PART[half.removeprefix("上个") if half != "上个半年" else "上半年"]
    if quarter := groups.get("q"):
        last = 3 * number(quarter)
        if end := groups.get("qe"):
            month = last - 2 if end == "初" else last
            return (month, month), "month"
        return (last - 2, last), "quarter"
    if several := groups.get("qn"):
        n = 1 if several == "首" else number(several[1:])
        return (1, 3 * n), "quarter"
    if groups.get("q4"):
        return (10, 12), "quarter"
    if part := groups.get("part"):
        return YEAR_PART[part]
    if first := groups.get("first"):
        return (1, min(number(first), 12)), "month"
    return None


def _point(match: Match) -> Point:
    """The point that a match of years, months and days gives."""
    groups = match.groupdict()
    if word := groups.get("qr"):
        return Point("quarter", quarter_shift=_MONTH_SHIFT[word])
    grain: Grain = "year"
    months: Window | None = None
    month_shift: int | None = None
    days: Window | None = None
    nth_week: tuple[int, int | None] | None = None
    if groups.get("m"):
        month = number(match["m"])
        grain, months = "month", (month, month)
    elif groups.get("mr"):
        grain, month_shift = "month", _MONTH_SHIFT[match["mr"]]
    elif (section := _section(groups)) is not None:
        months, grain = section
    if nth := groups.get("nth") or groups.get("nthy"):
        if groups.get("nm"):
            grain, months = "month", (number(nth), number(nth))
        elif groups.get("nthd"):
            grain, months, days = "day", (1, 1), (number(nth), number(nth))
        else:
            weekday = groups.get("nd") or groups.get("ndy")
            grain, nth_week = "day" if weekday else "week", (number(nth), _WEEK[weekday] if weekday else None)
    if groups.get("last"):
        weekday = groups.get("nd")
        grain, nth_week = "day" if weekday else "week", (-1, _WEEK[weekday] if weekday else None)
    if groups.get("d"):
        day = number(match["d"])
        grain, days = "day", (day, day)
    elif groups.get("tenday"):
        grain, days = "tenday", _MONTH_PART[match["tenday"]]
    years, year_shift, follows = _named_year(groups)
    return Point(grain, years, year_shift, follows, months, month_shift, days, nth_week=nth_week)


def _relative_day(match: Match) -> Point:
    return Point("day", day_shift=_DAY_SHIFT[match["dr"]])


def _week(match: Match) -> Point:
    groups = match.groupdict()
    shift = _MONTH_SHIFT[groups["wr"]] if groups.get("wr") else 0
    day = groups.get("wd") or groups.get("wd2")
    if day is None:
        return Point("week", week_shift=shift, days=(0, 6))
    if day == "末":
        return Point("week", week_shift=shift, days=(5, 6))
    return Point("day", week_shift=shift, days=(_WEEK[day], _WEEK[day]))


def _numeric(match: Match) -> Point:
    year, month, day = year_of(match["y"]), int(match["m"]), int(match["d"])
    return Point("day", years=(year, year), months=(month, month), days=(day, day))


def _after(match: Match) -> Point:
    """三个月后, counted from the reference in the unit that is named."""
    count = number(match["n"])
    if match["years"]:
        return Point("year", year_shift=count)
    if match["months"] or match["quarters"]:
        return Point("month", month_shift=3 * count if match["quarters"] else count)
    if match["weeks"]:
        return Point("week", week_shift=count, days=(0, 6))
    return Point("day", day_shift=count)


def _decade(match: Match) -> Point:
    century = (number(match["c"]) - 1) * 100 if match["c"] else int(match["hundreds"] or 19) * 100
    first = century + number(match["n"])
    begin, end = _DECADE_PART[match["part"][0]] if match["part"] else (0, 9)
    return Point("decade", years=(first + begin, first + end))


def _century(match: Match) -> Point:
    begin, end = _CENTURY_PART[match["part"][0]]
    first = (number(match["c"]) - 1) * 100
    return Point("century", years=(first + begin, first + end))


def _last_weekday(match: Match) -> Point:
    return Point("day", month_shift=0, nth_week=(-1, _WEEK[match["nd"]]))


def _month_day(match: Match) -> Point:
    month, day = int(match["m"]), int(match["d"])
    return Point("day", months=(month, month), days=(day, day))


def _plan(match: Match) -> Point:
    first, last = calendar.plan(number(match["n"]))
    if (part := match["part"]) is None:
        return Point("plan", years=(first, last))
    year = first if part.endswith("初") else last
    return Point("year", years=(year, year))


_DIGITS = "0123456789"
NUMERALS = _DIGITS + CHINESE + "十廿卅"
YEAR_WORDS = "大今本去上前明下后次翌"

POINTS: tuple[tuple[str, str, re.Pattern[str], Callable[[Match], Point]], ...] = (
    # name, first characters, pattern, reading
    ("date.numeric", _DIGITS, _NUMERIC, _numeric),
    ("date.numeric.day-first", _DIGITS, _DAY_FIRST, _numeric),
    ("date.numeric.day-first-short", _DIGITS, _DAY_FIRST_SHORT, _numeric),
    ("date.numeric.compact", _DIGITS, _COMPACT, _numeric),
    ("date.numeric.spaced", _DIGITS, _SPACED, _numeric),
    ("date.numeric.short-year", _DIGITS, _SHORT_YEAR, _numeric),
    ("date.numeric.with-clock", _DIGITS, _CLOCKED, _point),
    ("date.numeric.line", _DIGITS, _LINE, _month_day),
    ("date.century", NUMERALS, _CENTURY, _century),
    ("date.last-weekday", "最", _LAST_WEEKDAY, _last_weekday),
    ("date.decade", NUMERALS + "上", _DECADE, _decade),
    ("date.year", NUMERALS + YEAR_WORDS, _POINT, _point),
    ("date.month-day", NUMERALS, _MONTH_DAY, _point),
    ("date.month", NUMERALS + "元上下本这当星礼周", _MONTH_POINT, _point),
    ("date.after", NUMERALS, _AFTER, _after),
    ("date.day", NUMERALS, _DAY_POINT, _point),
    ("date.day-word", "大今本昨前明后", _DAY_WORD, _relative_day),
    ("date.week", "上下本这", _WEEK_POINT, _week),
    ("date.weekday", "星礼周", _WEEKDAY, _week),
    ("date.part", "上下本这第前首头末年岁" + NUMERALS, _SOLO, _point),
    ("date.plan", '“"「『' + NUMERALS, _PLAN, _plan),
)

BY_FIRST = {
    char: tuple((name, pattern, read) for name, first, pattern, read in POINTS if char in first)
    for char in {char for _, first, _, _ in POINTS for char in first}
}
"""The rules that can begin with a character, in their order: most characters begin few."""
