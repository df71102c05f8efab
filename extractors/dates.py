"""DATE: expressions of the grammar placed on the calendar.

Nothing is counted from "now": what needs a reference date and has none is a reject that says so.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from extractors import calendar, date_grammar
from extractors.date_points import LAST, DateExpression, Point
from extractors.mention import UNPLACED, DateValue, Mention, Reject
from extractors.roles import Cue
from extractors.text import Text

__all__ = ["DateExpression", "Point", "absolute", "expressions", "resolve"]


_COMPARED = re.compile(r"[比较]$|[由从]$")
"""What before a date makes it one that something is compared with, or that a change begins from."""


def _is_far_goal(chars: str, expression: DateExpression) -> bool:
    """到2020年, 2025年底前, 2018年、2019年: a goal's year is not the one that the sentences after it are in."""
    if expression.grain == "year" and (
        chars[expression.start - 1 : expression.start] in ("、", "和")
        or chars[expression.end : expression.end + 1] == "、"
    ):
        return True
    if _EXPIRES.search(chars, max(0, expression.start - 12), expression.start):
        return True
    if expression.grain != "year" and not chars.endswith(("年底", "年末", "末"), expression.start, expression.end):
        return False
    return chars[expression.start - 1 : expression.start] in ("到", "至") or chars.startswith(
        ("前", "以前", "之前"), expression.end
    )


_EXPIRES = re.compile(r"(?:有效期|期限|有效|施行|执行|延长|延续)[^，。；]{0,6}至$")


class _NoReferenceError(Exception):
    """A relative point, and nothing that it counts from."""


class _BackwardError(ValueError):
    """A range that ends before it begins."""


def expressions(text: Text) -> list[DateExpression | Reject]:
    """Every date expression of a text, unresolved, in order, not overlapping; days that no year has as rejects."""
    return list(date_grammar.find(text.chars))


def absolute(expression: DateExpression) -> DateValue | None:
    """The value of an expression that says its year itself, else None."""
    try:
        return _value(expression, None, None, None)
    except (ValueError, OverflowError, _NoReferenceError):
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
    with_year = [index for index, expression in enumerate(expressions) if expression.has_year]
    previous: tuple[int, dt.date] | None = None
    is_of_a_thing = is_year = False
    leading: tuple[int, dt.date] | None = None
    for index, expression in enumerate(expressions):
        start = expression.start
        near = None
        sentence = text.sentence(start)[0]
        in_sentence = previous is not None and previous[0] >= sentence
        if previous is not None and in_sentence:
            near = previous[1]
        elif leading is not None and leading[0] >= text.paragraph(start)[0]:
            near = leading[1]
        elif sections and expression.first.days != (1, LAST) and expression.first.months is not None:
            near = _of_section(sections, start, cues[index], reference)
        if near is None and reference is None and not expression.has_year:
            near = _named_later(text, expressions, with_year, index)
        try:
            counted_from = _reported_year(text.chars, expression, near, sections, reference)
            value = _value(expression, near, counted_from, near if in_sentence else None)
            if (
                (is_of_a_thing if in_sentence else is_year)
                and near is not None
                and cues[index].rule == "goal.前"
                and not expression.has_year
            ):
                value = _still_to_come(expression, value, reference)
            if cues[index].role == "as-of" and reference is not None and not expression.has_year:
                value = _not_to_come(expression, value, near, reference)
        except _NoReferenceError:
            yield Mention(start, expression.end, "DATE", UNPLACED, f"{expression.rule}.unplaced")
            continue
        except _BackwardError:
            yield Reject(start, expression.end, "ends-before-it-begins")
            continue
        except (ValueError, OverflowError):
            # A day of February that the year told before does not have may be of the reference's.
            of_reference = _counted_from(expression, reference) if near is not None else None
            if of_reference is None:
                yield Reject(start, expression.end, "no-such-date")
                continue
            value = of_reference
        yield Mention(start, expression.end, "DATE", value, expression.rule)
        if ((value.end - value.start).days < 366 or expression.is_range) and not _COMPARED.search(
            text.chars, max(0, start - 3), start
        ):
            previous = (start, value.end)
            is_of_a_thing = _names_a_thing(text.chars, expression, sentence)
            leads = expression.has_year or expression.first.year_shift == 0 or "，" not in text.chars[sentence:start]
            if leads and not _is_far_goal(text.chars, expression):
                leading = previous
                is_year = expression.grain == "year"


def _reported_year(
    chars: str,
    expression: DateExpression,
    near: dt.date | None,
    sections: Sequence[_Section],
    reference: dt.date | None,
) -> dt.date | None:
    """What an expression counts from: 上年 from the year that is reported on, all else from the reference."""
    if not chars.startswith("上年", expression.start) or reference is None:
        return reference
    told = (
        near.year
        if near is not None
        else next((year for start, end, year in reversed(sections) if start <= expression.start < end), reference.year)
    )
    return reference if told >= reference.year else dt.date(told, 12, 31)


_OF = re.compile(r"度|[^，。；\n]{1,14}的")


def _names_a_thing(chars: str, expression: DateExpression, sentence: int) -> bool:
    """去年开工的项目, 对2022年度36个项目: whether a year only says which thing is meant, and not when something is."""
    if chars.startswith("，", expression.end) or (expression.grain != "year" and expression.first.year_shift != -1):
        return False
    return (
        expression.start > sentence or expression.first.year_shift == -1 or _OF.match(chars, expression.end) is not None
    )


def _counted_from(expression: DateExpression, day: dt.date | None) -> DateValue | None:
    """The value of an expression without a year in the year of a day; None where that has no such day."""
    if day is None or expression.has_year:
        return None
    try:
        return _value(expression, None, day, None)
    except (ValueError, OverflowError):
        return None


def _still_to_come(expression: DateExpression, value: DateValue, reference: dt.date | None) -> DateValue:
    """A goal without a year that another year in the text would put in the past, in the reference's year where it is ahead."""
    if reference is None or value.end >= reference:
        return value
    ahead = _counted_from(expression, reference)
    return ahead if ahead is not None and ahead.end >= reference else value


def _not_to_come(expression: DateExpression, value: DateValue, near: dt.date | None, reference: dt.date) -> DateValue:
    """An as-of date without a year that would lie after the reference: in the reference's year, else in the one before."""
    if value.start > reference and near is not None:
        value = _counted_from(expression, reference) or value
    if value.start > reference + _SOON and expression.first.year_shift is None:
        value = _counted_from(expression, reference.replace(year=reference.year - 1, day=1)) or value
    return value


_SOON = dt.timedelta(days=60)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[【◆●■])?[^，。；！？：\n]{0,40}?"
    r"(?:要点|计划|打算|安排|任务|目标|大事记|纪事|总结|回顾|情况|工作|重点)[^，。；！？：\n]{0,12}\n?"
)
"""A line that says of which year the lines below it speak."""
_YEAR_LINE = re.compile(r"[【◆●■〇○（(]{0,2}[0-9〇零○一二三四五六七八九]{4}年[】）)]?\n?")
"""◆2019年, a year on a line of its own in a chronicle."""
_NEXT_SECTION = re.compile(r"\n[一二三四五六七八九十]{1,3}、")
_TITLE_REACH = 120
"""Characters at the head of a text among which its title stands."""
_NUMBERS = frozenset("一二三四五六七八九十（【◆●■")
_Section: TypeAlias = tuple[int, int, int]
"""A stretch of text, from and to, and the year that its heading names."""


def _sections(text: Text, expressions: Sequence[DateExpression]) -> list[_Section]:
    """Stretches of text under a heading that names one year, the outer ones first."""
    found: list[_Section] = []
    lines: list[tuple[int, int]] = []
    for expression in expressions:
        years = expression.first.years
        if years is None or expression.grain != "year" or expression.is_range:
            continue
        start, end = text.paragraph(expression.start)
        if _YEAR_LINE.fullmatch(text.chars, start, end):
            lines.append((end, years[0]))
        elif _HEADING.fullmatch(text.chars, start, end) and (start < _TITLE_REACH or text.chars[start] in _NUMBERS):
            if found and found[-1][0] == end:
                continue  # 2021年总结和2022年安排: the first year is that of which the text begins to tell
            following = None if start < _TITLE_REACH else _NEXT_SECTION.search(text.chars, end)
            found.append((end, following.start() if following else len(text.chars), years[0]))
    stops = [*(end for end, _ in lines[1:]), len(text.chars)]
    return found + [(end, stop, year) for (end, year), stop in zip(lines, stops, strict=False)]


def _of_section(sections: Sequence[_Section], position: int, cue: Cue, reference: dt.date | None) -> dt.date | None:
    """A day of the year that the innermost heading above names: of what is over for what was, else of what is to come."""
    year = next((year for start, end, year in reversed(sections) if start <= position < end), None)
    if year is None or (reference is not None and year == reference.year):
        return None
    is_told = cue.role in ("bare", "as-of", "past")
    return dt.date(year, 1, 1) if reference is None or (year < reference.year) == is_told else None


def _named_later(
    text: Text, expressions: Sequence[DateExpression], with_year: Sequence[int], index: int
) -> dt.date | None:
    """The first day of the next year named in the paragraph (3月5日下达2024年资金), where nothing before names one."""
    end = text.paragraph(expressions[index].start)[1]
    for later in (expressions[i] for i in with_year[bisect_right(with_year, index) :]):
        if later.start >= end:
            return None
        if (value := absolute(later)) is not None:
            return value.start
    return None


def _value(
    expression: DateExpression, near: dt.date | None, reference: dt.date | None, named: dt.date | None
) -> DateValue:
    """Both ends on the calendar; raises ValueError where it has no such day."""
    first = _place(expression.first, near, reference, named)
    if not expression.is_range:
        return first
    last = _place(expression.last, first.start, reference, first.end)
    if last.end < first.start:
        raise _BackwardError
    return DateValue(first.start, last.end)


def _place(point: Point, near: dt.date | None, reference: dt.date | None, named: dt.date | None) -> DateValue:
    if point.next_day:
        day = _needed(near or reference) + dt.timedelta(days=1)
        return DateValue(day, day)
    if point.day_shift is not None or point.week_shift is not None or point.quarter_shift is not None:
        return _counted(point, reference)
    if point.years is not None:
        first_year, last_year = point.years
    else:
        first_year = last_year = _year(point, near, reference, named)
    if point.month_shift is not None:
        if point.years is None and point.year_shift is None:
            today = _needed(reference)
            first_year, month = calendar.shift_month(today.year, today.month, point.month_shift)
        else:
            month = calendar.shift_month(first_year, _needed(reference).month, point.month_shift)[1]
        months = (month, month)
        last_year = first_year
    elif point.months is not None:
        months = point.months
    elif point.days is not None:
        return _bare_day(point, near, reference)
    elif point.nth_week is not None:
        return _nth_week(dt.date(first_year, 1, 1), point.nth_week)
    else:
        return DateValue(dt.date(first_year, 1, 1), dt.date(last_year, 12, 31))
    if point.nth_week is not None:
        if point.nth_week[0] < 0:
            return _last_week(
                dt.date(first_year, months[1], calendar.days_in_month(first_year, months[1])), point.nth_week[1]
            )
        return _nth_week(dt.date(first_year, months[0], 1), point.nth_week)
    days = point.days or (1, LAST)
    longest = calendar.days_in_month(last_year, months[1])
    return DateValue(
        dt.date(first_year, months[0], days[0]),
        dt.date(last_year, months[1], longest if days[1] == LAST else days[1]),
    )


def _needed(reference: dt.date | None) -> dt.date:
    if reference is None:
        raise _NoReferenceError
    return reference


def _year(point: Point, near: dt.date | None, reference: dt.date | None, named: dt.date | None) -> int:
    if point.follows:
        return _needed(named or reference).year + (point.year_shift or 0)
    if point.year_shift is not None:
        return _needed(reference).year + point.year_shift
    if point.month_shift is not None:
        return _needed(reference).year
    return _needed(near or reference).year


def _bare_day(point: Point, near: dt.date | None, reference: dt.date | None) -> DateValue:
    """10日: in the month last named, else the reference's; a month too short for it gives way to the one before."""
    base = _needed(near or reference)
    if point.days is None:
        raise ValueError("no day")
    day = point.days[0]
    year, month = base.year, base.month
    if day > calendar.days_in_month(year, month):
        year, month = calendar.shift_month(year, month, -1)
    found = dt.date(year, month, day)
    return DateValue(found, found)


def _counted(point: Point, reference: dt.date | None) -> DateValue:
    """Days and weeks counted from the reference."""
    today = _needed(reference)
    if point.day_shift is not None:
        day = today + dt.timedelta(days=point.day_shift)
        return DateValue(day, day)
    if point.quarter_shift is not None:
        begun = today.month - (today.month - 1) % 3
        year, month = calendar.shift_month(today.year, begun, 3 * point.quarter_shift)
        last_day = calendar.days_in_month(year, month + 2)
        return DateValue(dt.date(year, month, 1), dt.date(year, month + 2, last_day))
    monday = calendar.monday(today) + dt.timedelta(weeks=point.week_shift or 0)
    first, last = point.days or (0, 6)
    return DateValue(monday + dt.timedelta(days=first), monday + dt.timedelta(days=last))


def _last_week(last: dt.date, weekday: int | None) -> DateValue:
    """The last of a weekday in a period that ends on a day, or the last week that begins in it."""
    start = last - dt.timedelta(days=(last.weekday() - (weekday or 0)) % 7)
    return DateValue(start, start if weekday is not None else start + dt.timedelta(days=6))


def _nth_week(first: dt.date, nth: tuple[int, int | None]) -> DateValue:
    """The nth week that begins in a period, or its nth weekday."""
    number, weekday = nth
    start = first + dt.timedelta(days=(-first.weekday() + (weekday or 0)) % 7 + 7 * (number - 1))
    return DateValue(start, start if weekday is not None else start + dt.timedelta(days=6))
