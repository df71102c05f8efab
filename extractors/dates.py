"""DATE: expressions of the grammar placed on the calendar.

Nothing is counted from "now": what needs a reference date and has none is a reject that says so.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors import calendar, date_grammar
from extractors.date_placing import BackwardError, NoReferenceError, on_calendar
from extractors.date_points import LAST, DateExpression, Point
from extractors.mention import UNPLACED, DateValue, Mention, Reject
from extractors.roles import Cue
from extractors.text import Text

__all__ = ["DateExpression", "Point", "absolute", "counted_from", "expressions", "resolve"]


_COMPARED = re.compile(r"[比较]$|[由从]$")
"""What before a date makes it one that something is compared with, or that a change begins from."""


def _is_far_goal(chars: str, expression: DateExpression) -> bool:
    """到2020年, 2025年底前, 2018年、2019年: a goal's year is not the one that the sentences after it are in."""
    if expression.grain == "year" and (
        chars[expression.start - 1 : expression.start] in ("、", "和")
        or chars[expression.end : expression.end + 1] == "、"
    ):
        return True
    if expression.grain == "plan":
        return True
    if _EXPIRES.search(chars, max(0, expression.start - 12), expression.start):
        return True
    if expression.grain != "year" and not chars.endswith(("年底", "年末", "末"), expression.start, expression.end):
        return False
    return chars[expression.start - 1 : expression.start] in ("到", "至") or chars.startswith(
        ("前", "以前", "之前"), expression.end
    )


_EXPIRES = re.compile(r"(?:有效期|期限|有效|施行|执行|延长|延续)[^，。；]{0,6}至$")


def expressions(text: Text) -> list[DateExpression | Reject]:
    """Every date expression of a text, unresolved, in order, not overlapping; days that no year has as rejects."""
    return list(date_grammar.find(text.chars))


def absolute(expression: DateExpression) -> DateValue | None:
    """The value of an expression that says its year itself, else None."""
    try:
        return on_calendar(expression, None, None, None)
    except (ValueError, OverflowError, NoReferenceError):
        return None


def resolve(
    text: Text, expressions: Sequence[DateExpression], cues: Sequence[Cue], reference: dt.date | None
) -> Iterator[Mention | Reject]:
    """DATE mentions of expressions in order, and rejects for days that no calendar has; `cues` are their roles.

    What leaves out its year or month takes that of the nearest date before it in its sentence, else of the nearest in its
    paragraph that a sentence begins with, else that of the heading above (四、2019年工作要点), else the reference's. A date
    that something is compared with (比去年) lends nothing, and an as-of date is not to come.
    """
    sections = _sections(text, expressions)
    with_year = [
        i for i, (e, cue) in enumerate(zip(expressions, cues, strict=True)) if e.has_year and cue.role != "goal"
    ]
    told = _Told(text)
    for index, (expression, cue) in enumerate(zip(expressions, cues, strict=True)):
        lender = told.lender(expression)
        near = lender.day if lender is not None else None
        if lender is None and sections and expression.first.days != (1, LAST) and expression.first.months is not None:
            near = _of_section(sections, expression, cue, reference)
        if near is None and reference is None and not expression.has_year:
            near = _named_later(text, expressions, cues, with_year, index)
        try:
            reported = _reported_year(text.chars, expression, near, sections, reference)
            in_sentence = near if told.is_in_sentence(expression.start) else None
            value = on_calendar(expression, near, reported, in_sentence)
            if lender is not None and lender.names_a_thing and cue.role == "goal" and not expression.has_year:
                value = _still_to_come(expression, value, reference)
            if near is None and reference is not None and told.named is not None and value.start > reference:
                value = _of_the_month_told(expression, value, told.named, reference, cue)
            known = reference or told.day(expression.start)
            if cue.role == "as-of" and known is not None and not expression.has_year:
                value = _not_to_come(expression, value, near, known)
        except NoReferenceError:
            yield Mention(expression.start, expression.end, "DATE", UNPLACED, f"{expression.rule}.unplaced")
            continue
        except BackwardError:
            yield Reject(expression.start, expression.end, "ends-before-it-begins")
            continue
        except (ValueError, OverflowError):
            # A day of February that the year told before does not have may be of the reference's.
            of_reference = counted_from(expression, reference) if near is not None else None
            if of_reference is None:
                yield Reject(expression.start, expression.end, "no-such-date")
                if (month := _its_month(expression)) is not None:
                    told.add(expression, month)  # what follows is in its year all the same
                continue
            value = of_reference
        yield Mention(expression.start, expression.end, "DATE", value, expression.rule)
        told.add(expression, value)


@dataclass(frozen=True, slots=True)
class _Lender:
    """A date that lends its year and month to those behind it."""

    start: int
    day: dt.date
    names_a_thing: bool
    """Whether its year only says which thing is meant, and what is to come may be of another."""


_THAT_YEAR = ("这年", "那年", "同年", "当年", "是年")
"""这年3月22日: in the year told last, wherever that was."""


class _Told:
    """What has been told of time so far: the date told last, and the last that a sentence of the paragraph began with."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._last: _Lender | None = None
        self._named: _Lender | None = None
        """The date named last, also where its year only says which thing is meant."""
        self._leading: _Lender | None = None
        self._day: _Lender | None = None
        self._heading: _Lender | None = None
        """The month that stands alone on a line above, of which the lines below it tell day by day."""

    @property
    def named(self) -> dt.date | None:
        """The date named last, wherever that was."""
        return self._named.day if self._named is not None else None

    def day(self, position: int) -> dt.date | None:
        """The last day, and no longer time, that the paragraph told of: what is given as of a day is not far behind it."""
        is_near = self._day is not None and self._day.start >= self._text.paragraph(position)[0]
        return self._day.day if self._day is not None and is_near else None

    def is_in_sentence(self, position: int) -> bool:
        """Whether the date told last stands in the same sentence."""
        return self._last is not None and self._last.start >= self._text.sentence(position)[0]

    def lender(self, expression: DateExpression) -> _Lender | None:
        """The date that an expression takes its year or month from."""
        position = expression.start
        if self._text.chars.endswith(_THAT_YEAR, 0, position):
            return replace(self._named, names_a_thing=False) if self._named is not None else None
        if self.is_in_sentence(position):
            return self._last
        if self._leading is not None and self._leading.start >= self._text.paragraph(position)[0]:
            return self._leading
        is_bare_day = expression.first.days is not None and expression.first.months is None
        return self._heading if is_bare_day and not expression.has_year else None

    def add(self, expression: DateExpression, value: DateValue) -> None:
        """A date that was placed, and lends its last day unless something is compared with it."""
        chars, start = self._text.chars, expression.start
        is_long = (value.end - value.start).days >= 366 and not expression.is_range
        if is_long or _COMPARED.search(chars, max(0, start - 3), start):
            return
        sentence = self._text.sentence(start)[0]
        names_a_thing = _names_a_thing(chars, expression, sentence)
        last, self._named = self._last, _Lender(start, value.end, names_a_thing)
        if names_a_thing and last is not None and last.start >= sentence and not last.names_a_thing:
            return  # 3月7日至4月15日，对2015年度资金进行审计，…于4月8日
        self._last = self._named
        if value.start == value.end:
            self._day = self._last
        line = self._text.paragraph(start)
        if expression.grain == "month" and line[0] == start and line[1] - expression.end <= 1:
            self._heading = self._last
        leads = expression.has_year or expression.first.year_shift == 0 or "，" not in chars[sentence:start]
        if leads and not _is_far_goal(chars, expression):
            is_thing = expression.grain == "year" or expression.first.year_shift == -1
            self._leading = _Lender(start, value.end, is_thing or names_a_thing)


def _its_month(expression: DateExpression) -> DateValue | None:
    """The month, with its year, of a day that the month does not have."""
    years, months = expression.first.years, expression.first.months
    if years is None or months is None or not 1 <= months[0] <= 12:
        return None
    year, month = years[0], months[0]
    return DateValue(dt.date(year, month, 1), dt.date(year, month, calendar.days_in_month(year, month)))


def _reported_year(
    chars: str,
    expression: DateExpression,
    near: dt.date | None,
    sections: Sequence[_Section],
    reference: dt.date | None,
) -> dt.date | None:
    """What an expression counts from: 上年 and 下年 from the year that is reported on, all else from the reference."""
    if not chars.startswith(("上年", "下年"), expression.start) or reference is None:
        return reference
    told = (
        near.year
        if near is not None
        else next((s.year for s in reversed(sections) if s.start <= expression.start < s.end), reference.year)
    )
    return dt.date(told, 12, 31) if told < reference.year or told == reference.year + 1 else reference


_OF = re.compile(r"度|[^，。；\n]{1,14}的")


def _names_a_thing(chars: str, expression: DateExpression, sentence: int) -> bool:
    """去年开工的项目, 对2022年度36个项目: whether a year only says which thing is meant, and not when something is."""
    if _EVER_SINCE.match(chars, expression.end):
        return True
    if chars.startswith("，", expression.end) or (expression.grain != "year" and expression.first.year_shift != -1):
        return False
    return (
        expression.start > sentence
        or expression.first.year_shift == -1
        or chars[expression.end - 1] == "度"
        or _OF.match(chars, expression.end) is not None
    )


_EVER_SINCE = re.compile(r"[^，。；\n]{0,6}以来")
"""专班自2022年2月成立以来: since when something has been, and not when the rest is."""


def counted_from(expression: DateExpression, day: dt.date | None) -> DateValue | None:
    """The value of an expression without a year in the year of a day; None where that has no such day."""
    if day is None or expression.has_year:
        return None
    try:
        return on_calendar(expression, None, day, None)
    except (ValueError, OverflowError):
        return None


def _of_the_month_told(
    expression: DateExpression, value: DateValue, named: dt.date, reference: dt.date, cue: Cue
) -> DateValue:
    """A bare day that is told of and not over in the month of the text (8月3日), in the month told last (7月29日 … 30日)."""
    is_bare_day = expression.first.days is not None and expression.first.months is None and not expression.has_year
    if not is_bare_day or cue.role not in ("bare", "as-of"):
        return value
    earlier = counted_from(expression, named)
    return earlier if earlier is not None and earlier.end <= reference else value


def _still_to_come(expression: DateExpression, value: DateValue, reference: dt.date | None) -> DateValue:
    """A goal without a year that another year in the text would put in the past, in the reference's year where it is ahead."""
    if reference is None or value.end >= reference:
        return value
    ahead = counted_from(expression, reference)
    return ahead if ahead is not None and ahead.end >= reference else value


def _not_to_come(expression: DateExpression, value: DateValue, near: dt.date | None, reference: dt.date) -> DateValue:
    """An as-of date without a year that would lie after the reference: in the reference's year, else in the one before."""
    if value.start > reference and near is not None:
        value = counted_from(expression, reference) or value
    if value.start > reference + _SOON and expression.first.year_shift is None:
        value = counted_from(expression, reference.replace(year=reference.year - 1, day=1)) or value
    return value


_SOON = dt.timedelta(days=60)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[【◆●■])?[^，。；！？：\n]{0,40}?"
    r"(?:要点|计划|打算|安排|任务|目标|大事记|纪事|总结|回顾|情况|工作|重点|公报)[^，。；！？：\n]{0,12}\n?"
)
"""A line that says of which year the lines below it speak."""
_YEAR_LINE = re.compile(r"[【◆●■〇○（(]{0,2}[0-9〇零○一二三四五六七八九]{4}年[】）)]?\n?")
"""◆2019年, a year on a line of its own in a chronicle."""
_OF_HEADINGS = frozenset({"year", "half", "quarter"})
"""2024年上半年经济运行情况: what a heading names that gives the lines below it their year."""
_NEXT_SECTION = re.compile(r"\n[一二三四五六七八九十]{1,3}、")
_TITLE_REACH = 120
"""Characters at the head of a text among which its title stands."""
_NUMBERS = frozenset("一二三四五六七八九十（【◆●■")


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of text under a heading that names a year.

    `is_plan` where what is to be done there is of that year: under the heading of a plan, or a year on a line of its own.
    """

    start: int
    end: int
    year: int
    is_plan: bool


_OF_PLAN = re.compile("要点|计划|打算|安排|任务|目标|方案|思路")


def _sections(text: Text, expressions: Sequence[DateExpression]) -> list[_Section]:
    """Stretches of text under a heading that names one year, the outer ones first."""
    found: list[_Section] = []
    lines: list[tuple[int, int]] = []
    for expression in expressions:
        years = expression.first.years
        if years is None or expression.grain not in _OF_HEADINGS or expression.is_range:
            continue
        start, end = text.paragraph(expression.start)
        if _YEAR_LINE.fullmatch(text.chars, start, end):
            lines.append((end, years[0]))
        elif _HEADING.fullmatch(text.chars, start, end) and (start < _TITLE_REACH or text.chars[start] in _NUMBERS):
            if found and found[-1].start == end:
                continue  # 2021年总结和2022年安排: the first year is that of which the text begins to tell
            following = None if start < _TITLE_REACH else _NEXT_SECTION.search(text.chars, end)
            stop = following.start() if following else len(text.chars)
            found.append(_Section(end, stop, years[0], _OF_PLAN.search(text.chars, start, end) is not None))
    stops = [*(end for end, _ in lines[1:]), len(text.chars)]
    return found + [_Section(end, stop, year, True) for (end, year), stop in zip(lines, stops, strict=False)]


def _of_section(
    sections: Sequence[_Section], expression: DateExpression, cue: Cue, reference: dt.date | None
) -> dt.date | None:
    """A day of the year that the innermost heading above names: of what is over for what was, else of what is to come."""
    section = next((s for s in reversed(sections) if s.start <= expression.start < s.end), None)
    if section is None or (reference is not None and section.year == reference.year):
        return None
    year = section.year
    if reference is not None and not section.is_plan and cue.role == "goal":
        placed = counted_from(expression, reference)
        if placed is not None and placed.end >= reference:
            return None  # 2025年度参保工作: what is to be done for that year, in this one
    if reference is None or cue.role not in ("bare", "as-of", "past"):
        is_meant = reference is None or year > reference.year
    else:
        is_meant = year < reference.year or cue.role == "bare"
    return dt.date(year, 1, 1) if is_meant else None


def _named_later(
    text: Text, expressions: Sequence[DateExpression], cues: Sequence[Cue], with_year: Sequence[int], index: int
) -> dt.date | None:
    """A day of the year that the next one named in the paragraph tells of (3月5日下达2024年资金), where none is named before."""
    expression = expressions[index]
    end = text.paragraph(expression.start)[1]
    for i in with_year[bisect_right(with_year, index) :]:
        later = expressions[i]
        if later.start >= end:
            return None
        if (value := absolute(later)) is None:
            continue
        placed = counted_from(expression, value.start)
        shift = 0
        if placed is not None and cues[i].role == "as-of" and value.end > placed.end:
            shift = 1
        elif later.grain == "year" and expression.first.months is not None:
            shift = _years_from_subject(text.chars, later, expression.first.months[0])
        year = min(max(value.start.year + shift, dt.MINYEAR), dt.MAXYEAR)
        return value.start.replace(year=year, day=1) if shift else value.start
    return None


_AHEAD = re.compile(r"(?:部署|谋划|安排|研究|提前下达|下达|印发|启动)(?:了|好|做好)?$")
_BACK = re.compile(r"(?:总结|回顾|通报|发布|公布|报告|听取|审议|盘点|晒出)(?:了)?$")
_WINTER, _SPRING = 11, 3
"""Months from which on the next year is planned, and up to which the last one is looked back on."""


def _years_from_subject(chars: str, subject: DateExpression, month: int) -> int:
    """How many years after the year that it is about something in a month is: 12月5日部署2025年工作, 1月8日总结2023年工作."""
    before = chars[max(0, subject.start - 6) : subject.start]
    if month >= _WINTER and _AHEAD.search(before):
        return -1
    return 1 if month <= _SPRING and _BACK.search(before) else 0
