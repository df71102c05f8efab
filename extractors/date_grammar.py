"""Date expressions in text: one point, two with what joins them, and enumerations that share a unit; all unresolved.

What a point looks like is in `date_points`; here is where one may stand, and what ranges and lists look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.date_points import (
    BY_FIRST,
    CHINESE,
    CLOCK,
    DIGIT,
    JOIN,
    NUMBER,
    NUMERALS,
    TIMES,
    YEAR,
    YEAR2,
    YEAR4,
    YEAR_PART,
    YEAR_SHIFT,
    YEAR_WORDS,
    DateExpression,
    Match,
    Point,
    number,
    with_year,
    year_of,
)
from extractors.mention import Reject

_TWO_YEARS = re.compile(r"(?P<w>去今|今明|明后)两年")
_LOOSE_DAYS = re.compile(
    rf"(?P<m>{NUMBER})月(?P<d>{NUMBER})(?:至|到|[—–~～-])(?P<m2>{NUMBER})月(?P<d2>{NUMBER})(?![日号\d个项家%])"
)
_YEARS = re.compile(
    rf"(?P<a>{YEAR4}|{YEAR2})年? ?(?:[—–~～-]{{1,2}}|至|到) ?(?P<b>{YEAR4}|{YEAR2}) ?年(?:度|(?P<part>底|末|初)(?!期))?(?!\d|[一二三四五六七八九十]{{1,2}}月)"
)
_YEAR_ITEM = re.compile(rf"(?P<a>{YEAR4})(?=(?:[、和及与或]{YEAR4}){{1,6}} ?年)")
_MONTHS = re.compile(rf"(?:{YEAR} ?)?(?P<a>{NUMBER})(?:[—–~～-]{{1,2}}|至|到)(?P<b>{NUMBER})(?P<u>月份?|季度)(?!\d)")
_MONTH_ITEM = re.compile(rf"(?:{YEAR} ?)?(?P<a>{NUMBER})(?=(?:[、和及与或]{NUMBER}){{1,6}}(?P<u>月|季度|日))")
_DAYS = re.compile(
    rf"(?:{YEAR} ?)?(?P<m>{NUMBER})月(?P<a>{NUMBER})(?:[—–~～-]{{1,2}}|至|到)(?P<b>{NUMBER})[日号]{TIMES}"
)
_DAYS_ALONE = re.compile(rf"(?P<a>{NUMBER})(?:[—–~～-]{{1,2}}|至|到)(?P<b>{NUMBER})日")
"""11—13日, behind other days in a list: 4月1—7日、11—13日."""
_BEHIND_DAY = re.compile(r"日[、和及]\Z")
_DAY_ITEM = re.compile(rf"(?:{YEAR} ?)?(?P<m>{NUMBER})月(?P<a>{NUMBER})(?=(?:[、和及与或]{NUMBER}){{1,6}}[日号])")
_JOINED = re.compile(rf"[{NUMERALS}{YEAR_WORDS}翌今本年度份月 ]{{1,20}}+[—–~～至到、和及与或两-]")
"""How all of these begin: numbers and units, and what joins them to others. Most dates have nothing of the kind."""
_JOINT = re.compile(rf"(?:（[^（）\n0-9]{{1,8}}）)?{JOIN}")
_BETWEEN = re.compile(r"(?:和|与|到|至)")
_BETWEEN_END = re.compile(r"(?:之)?间(?!断|隔|接)")
"""10月和5月间: two points with what lies between them."""
_NEXT_DAY = re.compile(rf"{JOIN}(?:次日|翌日|第二天)(?:凌晨|早上|清晨|上午|中午|下午|晚上|晚|早)?(?:{CLOCK})?")
"""22:00至次日6:00: a range that ends on the day after the one it begins on."""
_OVERNIGHT = re.compile(
    rf"(?:{CLOCK}|夜间|夜里|晚上|晚间|当晚|凌晨)(?:{JOIN})(?:次日|翌日|第二天|明[天日])(?:凌晨|早上|清晨|上午|中午|下午|晚上|晚|早)?(?:{CLOCK})?"
)
"""The same on the reference's own day: 夜间至次日上午."""

_BEGINNINGS = (
    # a character with which a date may begin, and what must stand behind it
    rf"[{DIGIT}](?=[^\n]{{0,14}}[年月日号季天周星礼世/.·-])",
    rf"(?<![{DIGIT}])[{DIGIT}](?=[{DIGIT}]{{3}} [{DIGIT}]{{2}} |[{DIGIT}]{{7}}(?![{DIGIT}]))",  # 2021 03 02, 20210302
    rf"[{CHINESE}十廿卅第](?=[{CHINESE}OＯ十廿卅]{{0,3}}(?:[年月日号季五世]|个[月季]|[—–~～、和至到-]))",
    r"[今去明昨翌](?=[年天日晚晨早夜])|今(?=明)|去(?=今)|明(?=后)|大(?=[前后])|次(?=年)",
    r"[前后](?=[年天日半两二三])|[前头](?=[0-9一二四五六七八九十]{1,2}个月)",
    r"[本这](?=[年月周个星礼日季])|[上下](?=[年月周个一上下半星礼季])|[当元](?=月)",
    r"年(?=[初中底末内])|岁(?=[末尾])|[首头末](?=[季个二两三])|最(?=后一)",
    r"夜(?=[间里][至到—–~～-])|晚(?=[间上][至到—–~～-])",
    r"[“\"「『](?=[一二三四五六七八九十])|(?:星期|礼拜|周)(?=[一二三四五六日天])",
)
ANCHOR = re.compile("|".join(_BEGINNINGS))

# A class by itself is found several times as fast as the alternatives that read on from it.
_FIRST = re.compile(rf"[{DIGIT}{CHINESE}十廿卅第今去明昨翌前后大次本这上下年岁首头末当元最夜晚“\"「『星礼周]")


_RANGE_FIRST = frozenset(NUMERALS + YEAR_WORDS)


_NOT_BEFORE_DAY = re.compile(
    r"(?:[起后每第路街巷弄栋楼座幢段厦〕\])连续于过少均达足限期满前近共计超约累隔逢]|(?<!截)至|[路街巷弄道段附厦座] |附|[期时]限为|延长|拘留|[产理婚丧]假|工期为|公示 ?|历时|大道 ?|街道 ?|街道|为期|\d|[:：]|[—–~～/.-])\Z"
)
_LATER = re.compile("(?:之|以)?(?:后|内)")
"""三十日后: in Chinese numerals a length of time, as laws write it."""
_NOT_BEFORE_LATER_YEAR = re.compile(r"[\u4e00-\u9fff](?<![到至于在从和及与或])\Z")
"""建成后年处理污水…: 后 belongs to the word before it."""
_NOT_AFTER_MONTH = re.compile(r"[街革花]|里的|之久")
_YEAR2_FOLLOWS = re.compile(r"(?:起|以来|之?前|以前|，|。|、|；|\n|$)")
_POINT_OF_A_NUMBER = r"(?<!^\d)(?<!^\d\d)(?<![\n。；]\d)(?<![\n。；]\d\d)\.\Z"
"""The point of a decimal, and not of a list number at the head of a line or item: 4.2017年1月20日前."""
_NOT_YEAR = re.compile(rf"\d\Z|{_POINT_OF_A_NUMBER}|[零〇一二三四五六七八九十百千]\Z")
_SERIAL = re.compile(
    r"(?:[（(〔\[][12][0-9]{3}[）)〕\]][^，。；：、\n]{1,10}|[路街巷弄道][0-9]{1,5}号(?:、[0-9]{1,5}号)*[、和])\Z"
)
"""What before 15号 makes it the number of a case or of a house: （2023）浙01民初15号, 中山路12号、15号."""
_BEFORE_MONTH = re.compile(rf"[每第万亿]\Z|农历\Z|阴历\Z|腊\Z|正\Z|\d\Z|{_POINT_OF_A_NUMBER}")
_DAY_BEFORE = re.compile(r"[日号][ 　（(]{0,2}\Z")
"""A weekday right behind its day (5月16日 星期五) says nothing more."""
_COMPARES = re.compile(r"[低高多少大小早晚长短]于\Z")
"""质保不低于10年: a length of time."""
_COUNTED_RANGE = re.compile(r"[0-9一二三四五六七八九十] ?[至到—–~～-] ?\Z")
"""15至30年: a length of time, not the year 2030."""
_COUNTED_YEARS = re.compile(r"[\d一二三四五六七八九十百两几多半数]\Z")
_LIST_NUMBER = re.compile(rf"[{CHINESE}十]{{1,3}}、(?=[0-9])")
"""三、7月31日前: the number of a section, not of a month."""
_LISTED = re.compile("、|和|及|与|或")
_ZERO = frozenset("0零〇○")
_RECURS = re.compile(
    r"(?:每|历|逢|各)(?:半?年|个?月|个?季度?|周|[天日晚])?(?:的|度)?(?:[首末次]月|第[一二三]个月)?的?$"
)


_IN_EVERY = (
    # what is said of each of them, and what says so before in the sentence
    (re.compile("上一?年度?|年中|年末|年底|年初"), re.compile("(?<![人户亩家个名位])每年")),
    (re.compile("上一?季度?|季末"), re.compile("每个?季度?")),
    (re.compile("上个?月|月[底末初]"), re.compile("每月")),
)
"""每年4月底前报送上一年度报告; 每人每年670元，比上年增加30元 is no recurrence."""


def find(chars: str) -> Iterator[DateExpression | Reject]:
    """Every expression of the text, in order, not overlapping; a written day or month that no year has is rejected."""
    position = 0
    recurring: int | None = None
    for candidate in _FIRST.finditer(chars):
        start = candidate.start()
        if start < position or ANCHOR.match(chars, start) is None:
            continue
        if (
            chars[start].isascii()
            and chars[start].isdigit()
            and start
            and chars[start - 1].isascii()
            and chars[start - 1].isalnum()
        ):
            continue
        if _LIST_NUMBER.match(chars, start):
            continue
        if recurring is not None and start > recurring and _LISTED.fullmatch(chars, recurring, start) is None:
            recurring = None
        found = (_range(chars, start) if chars[start] in _RANGE_FIRST else None) or _at(chars, start)
        if found is None or (found.grain == "day" and not found.is_range and chars[start].isdigit()):
            found = _overnight(chars, start) or found
        if found is None:
            continue
        if found.grain == "day" and chars[found.end - 1] == "号" and _SERIAL.search(chars, max(0, start - 20), start):
            continue
        if not found.has_year and _is_of_each(chars, start):
            position = found.end
            continue  # 每年分两次支付，年中支付60%: of each year
        position = found.end
        if chars.startswith(chars[start : found.end], found.end) and _one(chars, found.end) is not None:
            continue  # a word said twice (六月六月中旬); the second says more
        if recurring is not None or _RECURS.search(chars, max(0, start - 5), start):
            recurring = found.end  # 每月10日、20日: each of the list
            continue
        if _exists(found.first) and _exists(found.last):
            yield found
        elif found.first.months is not None or found.last.months is not None:
            yield Reject(found.start, found.end, "no-such-date")


def _is_of_each(chars: str, start: int) -> bool:
    """Whether a sentence says before a relative time that it is that of each year, quarter or month."""
    every = next((every for said, every in _IN_EVERY if said.match(chars, start)), None)
    if every is None:
        return False
    near = max(0, start - _TO_EVERY)
    begin = max(chars.rfind(stop, near, start) for stop in "。；\n") + 1
    return every.search(chars, max(begin, near), start) is not None


_TO_EVERY = 60
"""Characters before a time in which that is said."""


_MONTH_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _exists(point: Point) -> bool:
    """Whether some year could have the point; 2021-02-29 is left to the resolution."""
    if point.months is not None and not 1 <= point.months[0] <= point.months[1] <= 12:
        return False
    if point.days is None or point.week_shift is not None:
        return True
    longest = _MONTH_DAYS[point.months[0]] if point.months else 31
    return 1 <= point.days[0] <= longest


def _one(chars: str, start: int, *, is_end: bool = False) -> tuple[str, Point, int] | None:
    """The longest point at a position: its rule, what it says and where it ends."""
    before = chars[max(0, start - 5) : start]
    for name, pattern, read in BY_FIRST.get(chars[start : start + 1], ()):
        match = pattern.match(chars, start)
        if match is None or (not is_end and not _stands(name, match, before, chars)):
            continue
        rule = f"{name}.two-digit" if "y2" in pattern.groupindex and match["y2"] else name
        return rule, read(match), match.end()
    return None


def _stands(name: str, match: Match, before: str, chars: str) -> bool:
    """Whether the words around a match allow it to be a date."""
    if name == "date.year":
        if _NOT_YEAR.search(before):
            return False
        if match["yr"] == "后年" and _NOT_BEFORE_LATER_YEAR.search(before):
            return False
        return match["y2"] is None or _is_year(match, before, chars)
    if name == "date.month":
        bare = match["d"] is None and match["tenday"] is None
        return not _BEFORE_MONTH.search(before) and not (bare and _NOT_AFTER_MONTH.match(chars, match.end()))
    if name == "date.part":
        return _COUNTED_YEARS.search(before) is None
    if name == "date.weekday":
        return before[-1:] not in ("至", "到", "—", "-", "~", "每") and not _DAY_BEFORE.search(before)
    if name.startswith("date.numeric"):
        return before[-1:] not in ("-", "/", ".", "第", "号")
    if name == "date.after":
        return before[-1:] in ("", "\n", "。")
    if name == "date.plan":
        return not before or before[-1] not in CHINESE + "百千万之"
    if name == "date.day":
        is_split = match["d"][0] in "十一二三四五六七八九" and before[-1:] in ("十", "廿", "卅", "百", *CHINESE)
        is_length = not match["d"].isascii() and _LATER.match(chars, match.end())
        return not is_split and not is_length and not _NOT_BEFORE_DAY.search(before)
    return True


def _is_year(match: Match, before: str, chars: str) -> bool:
    """21年 is a year where a month or a part of it follows, where it begins with 0 or is all of its line, or after 自 or 于."""
    groups = match.groupdict()
    if any(groups[key] for key in ("m", "half", "q", "qn", "part", "du2", "nthy")):
        return True
    written = groups["y2"]
    if written[0] in _ZERO or not written.isascii():
        return True
    if _COUNTED_RANGE.search(before):
        return False
    if before[-1:] in ("", "\n"):
        return chars[match.end() : match.end() + 1] in ("", "\n")
    if _COMPARES.search(before):
        return False
    return before[-1:] in ("自", "从", "于", "在", "至", "到") and _YEAR2_FOLLOWS.match(chars, match.end()) is not None


def _at(chars: str, start: int) -> DateExpression | None:
    """The expression at a position: one point, or two and what joins them."""
    one = _one(chars, start)
    if one is None:
        return None
    name, first, end = one
    if first.grain == "day" and (following := _NEXT_DAY.match(chars, end)) is not None:
        return DateExpression(start, following.end(), "date.overnight", first, Point("day", next_day=True))
    if first.grain != "day" and (second := _between(chars, end)) is not None:
        return DateExpression(start, second[1], "date.between", first, _inherit(second[0], first))
    joint = _JOINT.match(chars, end)
    other = _one(chars, joint.end(), is_end=True) if joint is not None else None
    if (
        other is None
        or other[0] in ("date.plan", "date.decade")
        or (other[1].grain == "week" and first.grain != "week")
    ):
        return DateExpression(start, end, name, first, first)
    return DateExpression(start, other[2], "date.range", first, _inherit(other[1], first))


def _between(chars: str, end: int) -> tuple[Point, int] | None:
    """The second of two points that 间 closes, and where that ends."""
    joint = _BETWEEN.match(chars, end)
    other = _one(chars, joint.end(), is_end=True) if joint is not None else None
    closing = _BETWEEN_END.match(chars, other[2]) if other is not None else None
    return (other[1], closing.end()) if other is not None and closing is not None else None


def _inherit(last: Point, first: Point) -> Point:
    """The second end with what it leaves out taken from the first."""
    if last.years is None and {last.year_shift, last.month_shift, last.day_shift, last.week_shift} == {None}:
        last = replace(last, years=first.years, year_shift=first.year_shift)
        if last.grain == "day" and last.months is None:
            last = replace(last, months=first.months, month_shift=first.month_shift)
        if first.months and last.months and last.months[1] < first.months[0]:
            shift = (last.years[0] + 1, last.years[1] + 1) if last.years else None
            last = replace(
                last, years=shift, year_shift=None if shift else (last.year_shift or 0) + 1, follows=not shift
            )
    return last


def _overnight(chars: str, start: int) -> DateExpression | None:
    match = _OVERNIGHT.match(chars, start)
    if match is None or match.end() - start < 6:
        return None
    return DateExpression(start, match.end(), "date.overnight", Point("day", day_shift=0), Point("day", next_day=True))


def _range(chars: str, start: int) -> DateExpression | None:
    """Ranges and enumerations whose unit stands only after the last number: 2021—2025年, 1至9月, 3月1-15日, 2021、2022年."""
    if _JOINED.match(chars, start) is None:
        return None
    before = chars[max(0, start - 5) : start]
    if _NOT_YEAR.search(before) or before[-1:] == "第":
        return None
    if match := _YEARS.match(chars, start):
        first, last = year_of(match["a"]), year_of(match["b"])
        if len(match["a"]) == 4 and first <= last:
            end = Point("year", years=(last, last))
            if match["part"]:
                end = replace(end, grain="month", months=YEAR_PART[match["part"]][0])
            return DateExpression(start, match.end(), "date.years", Point("year", years=(first, first)), end)
    if match := _TWO_YEARS.match(chars, start):
        shift = YEAR_SHIFT[match["w"][0] + "年"]
        return DateExpression(
            start, match.end(), "date.two-years", Point("year", year_shift=shift), Point("year", year_shift=shift + 1)
        )
    if match := _LOOSE_DAYS.match(chars, start):
        first_day, last_day = (
            Point("day", months=(m, m), days=(d, d))
            for m, d in ((number(match["m"]), number(match["d"])), (number(match["m2"]), number(match["d2"])))
        )
        return DateExpression(start, match.end(), "date.month-days", first_day, _inherit(last_day, first_day))
    if match := _YEAR_ITEM.match(chars, start):
        year = year_of(match["a"])
        point = Point("year", years=(year, year))
        return DateExpression(start, match.end(), "date.year-item", point, point)
    if match := _DAYS.match(chars, start):
        month = number(match["m"])
        ends = [
            with_year(match, Point("day", months=(month, month), days=(n, n)))
            for n in (number(match["a"]), number(match["b"]))
        ]
        return DateExpression(start, match.end(), "date.days", ends[0], ends[1])
    if (match := _DAYS_ALONE.match(chars, start)) and _BEHIND_DAY.search(before):
        ends = [Point("day", days=(n, n)) for n in (number(match["a"]), number(match["b"]))]
        return DateExpression(start, match.end(), "date.days", ends[0], ends[1])
    if match := _DAY_ITEM.match(chars, start):
        month, day = number(match["m"]), number(match["a"])
        point = with_year(match, Point("day", months=(month, month), days=(day, day)))
        return DateExpression(start, match.end(), "date.day-item", point, point)
    return _months(chars, start)


def _months(chars: str, start: int) -> DateExpression | None:
    if match := _MONTHS.match(chars, start):
        ends = [with_year(match, _unit(number(match[k]), match["u"])) for k in "ab"]
        return DateExpression(start, match.end(), "date.months", ends[0], _inherit(ends[1], ends[0]))
    match = _MONTH_ITEM.match(chars, start)
    if match is None or match["u"] == "日":
        return None
    point = with_year(match, _unit(number(match["a"]), match["u"]))
    return DateExpression(start, match.end("a"), "date.month-item", point, point)


def _unit(value: int, unit: str) -> Point:
    if unit == "季度":
        return Point("quarter", months=(3 * value - 2, 3 * value))
    return Point("month", months=(value, value))
