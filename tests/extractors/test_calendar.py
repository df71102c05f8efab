"""Arithmetic of periods."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors import calendar


@pytest.mark.parametrize(
    ("number", "years"), [(1, (1953, 1957)), (2, (1958, 1962)), (3, (1966, 1970)), (14, (2021, 2025))]
)
def test_plan(number: int, years: tuple[int, int]) -> None:
    assert calendar.plan(number) == years


@pytest.mark.parametrize(
    ("day", "duration", "later"),
    [("2020-11-27", "P3Y", "2023-11-27"), ("2021-01-31", "P1M", "2021-02-28"), ("2020-02-29", "P1Y", "2021-02-28"),
     ("2021-03-01", "P30D", "2021-03-31"), ("2021-03-01", "P1.5Y", "2022-09-01"), ("2021-03-01", "PT48H", "2021-03-03")],
)  # fmt: skip
def test_add(day: str, duration: str, later: str) -> None:
    assert calendar.add(dt.date.fromisoformat(day), duration) == dt.date.fromisoformat(later)


@pytest.mark.parametrize(
    ("day", "number", "later"),
    [
        ("2021-04-02", 1, "2021-04-05"),
        ("2021-04-02", 5, "2021-04-09"),
        ("2021-04-03", 1, "2021-04-05"),
        ("2021-04-03", 5, "2021-04-09"),
    ],
)
def test_add_working_days(day: str, number: int, later: str) -> None:
    assert calendar.add_working_days(dt.date.fromisoformat(day), number) == dt.date.fromisoformat(later)
