"""A date expression placed on the calendar: its points counted from the date before it, or from the reference."""

from __future__ import annotations

import datetime as dt

from extractors import calendar
from extractors.date_points import LAST, DateExpression, Point
from extractors.mention import DateValue


class NoReferenceError(Exception):
    """A relative point, and nothing that it counts from."""


class BackwardError(ValueError):
    """A range that ends before it begins."""


def on_calendar(
    expression: DateExpression, near: dt.date | None, reference: dt.date | None, named: dt.date | None
) -> DateValue:
    """The first and the last day of an expression.

    `near` is a day of the date before that it may take its year or month from, `named` the one of its own sentence, and
    `reference` what relative points count from. Raises NoReferenceError, BackwardError, and ValueError or OverflowError
    where the calendar has no such day.
    """
    first = _place(expression.first, near, reference, named)
    if not expression.is_range:
        return first
    last = _place(expression.last, first.start, reference, first.end)
    if last.end < first.start:
        raise BackwardError
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
        raise NoReferenceError
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
