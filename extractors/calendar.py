"""Arithmetic of calendar periods: month ends, quarters, weeks, five-year plans, working days, ISO durations.

Everything here is about the Gregorian calendar of `datetime.date` (years 1 to 9999); public holidays are not known.
"""

from __future__ import annotations

import datetime as dt
import re

_FIRST_PLAN, _THIRD_PLAN, _LENGTH = 1953, 1966, 5
_DURATION = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:[\d.]+S)?)?", re.ASCII
)
_SHORT = frozenset({4, 6, 9, 11})
_LAST_MONTH = 9999 * 12 + 11


def days_in_month(year: int, month: int) -> int:
    """Number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in _SHORT else 31


def shift_month(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month that lie so many months later."""
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


def monday(day: dt.date) -> dt.date:
    """First day of the ISO week of a day; 0001-01-01 is one itself."""
    return day - dt.timedelta(days=day.weekday())


def plan(number: int) -> tuple[int, int]:
    """First and last year of the nth five-year plan; 1963 to 1965 lay between the second and the third."""
    if number < 1:
        raise ValueError(f"no five-year plan has the number {number}")
    first = _FIRST_PLAN + _LENGTH * (number - 1) if number < 3 else _THIRD_PLAN + _LENGTH * (number - 3)
    return first, first + _LENGTH - 1


def add(day: dt.date, duration: str) -> dt.date:
    """The day an ISO 8601 duration later; a month's missing day becomes its last one, hours count as whole days only.

    Raises ValueError where the duration cannot be read, OverflowError where the calendar ends before.
    """
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(f"not an ISO 8601 duration: {duration!r}")
    years, months, weeks, days, hours, _ = (_hundredths(part) for part in match.groups())
    whole, rest = divmod(years * 12 + months, 100)
    total = day.year * 12 + day.month - 1 + whole
    if total > _LAST_MONTH:
        raise OverflowError(f"{duration} after {day} lies past the calendar's end")
    year, month = total // 12, total % 12 + 1
    shifted = dt.date(year, month, min(day.day, days_in_month(year, month)))
    return shifted + dt.timedelta(days=(rest * 30 + (weeks * 7 + days) + hours // 24) // 100)


def add_working_days(day: dt.date, number: int) -> dt.date:
    """The nth Monday-to-Friday day after a day; public holidays are not counted out."""
    weeks, rest = divmod(number, 5)
    day += dt.timedelta(weeks=weeks)
    while rest or (day.weekday() > 4 and number):
        day += dt.timedelta(days=1 if rest else -1)
        if rest and day.weekday() < 5:
            rest -= 1
    return day


def _hundredths(part: str | None) -> int:
    """A number with at most two decimals as hundredths, so that halves stay exact."""
    if not part:
        return 0
    whole, _, decimals = part.partition(".")
    return int(whole or 0) * 100 + int((decimals + "00")[:2])
