"""Recognizers-Text, Chinese: DATE and DURATION, PERCENT, and YUAN, by its models of dates, percentages and currencies."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bench.peer_adapters.answering import Find, Mention, answer, mention

_DATES = ("date", "daterange", "datetime", "datetimerange")
_TO = re.compile(r"(?<=\S)[到至—–－~～-]+(?=\S)")


def load() -> Find:
    """The finder, with the peer loaded."""
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    dates = DateTimeRecognizer(Culture.Chinese).get_datetime_model()
    shares = NumberRecognizer(Culture.Chinese).get_percentage_model()
    sums = NumberWithUnitRecognizer(Culture.Chinese).get_currency_model()

    def find(text: str, reference: dt.date) -> Iterator[Mention]:
        for found in dates.parse(text, dt.datetime.combine(reference, dt.time())):
            kind, values = found.type_name.split(".")[-1], (found.resolution or {}).get("values") or []
            if kind == "duration" and values:
                yield mention("DURATION", found.start, found.end + 1, length(values[0]))
            elif kind in _DATES:
                yield mention("DATE", found.start, found.end + 1, nearest(values, found.text, reference))
        for found in shares.parse(text):
            yield mention("PERCENT", found.start, found.end + 1, share((found.resolution or {}).get("value")))
        for found in sums.parse(text):
            given = found.resolution or {}
            if given.get("unit") == "Chinese yuan" and given.get("value"):  # 人民币 alone is reported too
                yield mention("YUAN", found.start, found.end + 1, bounds(given["value"]))

    return find


def nearest(values: list[Mapping[str, str]], text: str, reference: dt.date) -> dict[str, str | None]:
    """First and last day; of a past and a coming reading, the one in the year of the reference date, else the last."""
    readings = [days(value, text) for value in values]
    same_year = [reading for reading in readings if (reading["start"] or reading["end"] or "")[:4] == f"{reference:%Y}"]
    return (same_year or readings or [{"start": None, "end": None}])[-1]


def days(value: Mapping[str, str], text: str) -> dict[str, str | None]:
    """First and last day of one resolution.

    Its ranges end on the day after their last; those written A到B end on the first day of B, whose year or month is whole.
    """
    if "value" in value:
        day = _day(value["value"])
        return {"start": day, "end": day}
    start, end = _day(value.get("start")), _day(value.get("end"))
    if end and end != start:
        parts = _TO.split(text)
        named = parts[-1] if len(parts) > 1 and value.get("timex", "").startswith("(") else None
        end = str(_last_day(dt.date.fromisoformat(end), named))
    return {"start": start, "end": end}


def _last_day(end: dt.date, named: str | None) -> dt.date:
    if named is None:
        return end - dt.timedelta(days=1)
    if re.search("[日号]", named) or end.day > 1:
        return end
    month = end.month if "月" in named else 12
    return dt.date(end.year, month, calendar.monthrange(end.year, month)[1])


def _day(moment: str | None) -> str | None:
    try:
        return str(dt.date.fromisoformat((moment or "")[:10]))
    except ValueError:  # "not resolved", or a time of day alone
        return None


def length(value: Mapping[str, str]) -> dict[str, str | None]:
    """The length of a duration, which its timex says (P3Y); half a year as months."""
    timex = "P6M" if value.get("timex") == "P0.5Y" else value.get("timex")
    return {"low": timex, "high": timex}


def share(percent: str | None) -> dict[str, Any]:
    """The bounds of `8.7%`, as fractions."""
    return bounds(str(Decimal(percent.rstrip("%")) / 100) if percent else None)


def bounds(number: str | None) -> dict[str, Any]:
    """An exact number; the peer has no comparators here."""
    return {"cmp": "=", "low": number, "high": number}


if __name__ == "__main__":
    answer(load)
