"""JioNLP: `ner.extract_time` gives DATE and DURATION, `ner.extract_money` gives YUAN."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.peer_adapters.answering import Find, Mention, answer, mention

_BOUNDS = {"accurate": "=", "blur": "≈", "blur+": "≥", "blur-": "≤"}
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D"}


def load() -> Find:
    """The finder, with the peer loaded."""
    import jionlp

    def find(text: str, reference: dt.date) -> Iterator[Mention]:
        base = dt.datetime.combine(reference, dt.time())
        for found in jionlp.ner.extract_time(text, time_base=base, with_parsing=True):
            detail = found["detail"]
            if detail["type"] == "time_delta":
                yield mention("DURATION", *found["offset"], length(detail["time"], found["text"]))
            elif detail["type"] in ("time_point", "time_span"):
                yield mention("DATE", *found["offset"], days(detail["time"]))
        for found in jionlp.ner.extract_money(text, with_parsing=True):
            if found["detail"]["case"] == "元":
                yield mention("YUAN", *found["offset"], amount(found["detail"]))

    return find


def days(time: Sequence[str]) -> dict[str, str | None]:
    """First and last day of `["2022-01-01 00:00:00", "inf"]`; an open side is None."""
    start, end = (None if moment.endswith("inf") else moment.split(" ")[0] for moment in time)
    return {"start": start, "end": end}


def length(time: Mapping[str, Any] | Sequence[Mapping[str, Any]], text: str) -> dict[str, str | None]:
    """Shortest and longest length of `{"year": 3.0}`, or of two of them; half a year as months, 4周 as weeks."""
    low, high = (time, time) if isinstance(time, Mapping) else time
    return {"low": _iso(low, "周" in text), "high": _iso(high, "周" in text)}


def _iso(time: Mapping[str, Any], in_weeks: bool) -> str | None:
    if "workday" in time:
        return f"P{time['workday']:g}D"
    if time.get("year", 0) % 1 == 0.5:
        time = {**time, "year": None, "month": time["year"] * 12}
    if in_weeks and time.get("day", 0) % 7 == 0:
        time = {**time, "day": None, "week": time["day"] // 7}
    date = "".join(f"{time[unit]:g}{letter}" for unit, letter in _UNITS.items() if time.get(unit))
    clock = "".join(f"{time[unit]:g}{unit[0].upper()}" for unit in ("hour", "minute", "second") if time.get(unit))
    return f"P{date}{'T' if clock else ''}{clock}" if date or clock else None


def amount(detail: Mapping[str, Any]) -> dict[str, str | None]:
    """Comparator and bounds of a sum: `blur+` is 以上, `blur-` 以下, `blur` 左右; a pair of sums is a range."""
    if not isinstance(detail["num"], str):
        low, high = detail["num"]
        return {"cmp": "range", "low": low, "high": high}
    sign = _BOUNDS[detail["definition"]]
    return {
        "cmp": sign,
        "low": None if sign == "≤" else detail["num"],
        "high": None if sign == "≥" else detail["num"],
    }


if __name__ == "__main__":
    answer(load)
