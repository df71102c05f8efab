"""Mentions, rejects and their typed values: what every extractor yields.

Offsets are half-open and count characters of the clean text; the pipeline maps them to the source.
Numbers are Decimals in plain notation (see `plain`), dates are calendar days, both ends included.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Literal, TypeAlias

Label: TypeAlias = Literal[
    "DATE",
    "DEADLINE",
    "PROVINCE",
    "PERCENT",
    "YUAN",
    "DURATION",
    "PLACE",
    "COUNT",
    "ORG",
    "TITLE",
    "DOCNUM",
    "PERSON",
]
Comparator: TypeAlias = Literal["=", "≥", ">", "≤", "<", "≈", "range"]

CORE_LABELS: tuple[Label, ...] = ("DATE", "DEADLINE", "PROVINCE", "PERCENT", "YUAN")
SUPPORTING_LABELS: tuple[Label, ...] = ("DURATION", "PLACE", "COUNT", "ORG", "TITLE", "DOCNUM", "PERSON")


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent, so that `str` writes it as a plain decimal."""
    return Decimal(format(number.normalize(), "f"))


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day or period on the calendar, both days included (ISO 8601)."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class UnplacedDate:
    """A date that the calendar places nowhere, since nothing says what it counts from: 今年 without a reference date."""

    start: None
    end: None


UNPLACED = UnplacedDate(None, None)


@dataclass(frozen=True, slots=True)
class DeadlineValue:
    """The last day that counts; both null where nothing says when the time starts."""

    earliest: dt.date | None
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class DurationValue:
    """A length of time as ISO 8601 durations, equal when single; `business` for working days."""

    low: str | None
    high: str | None
    business: bool = False


@dataclass(frozen=True, slots=True)
class ProvinceValue:
    """A province-level division by its GB/T 2260 code and full name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A prefecture- or county-level division; code and province are null where the name is ambiguous."""

    code: str | None
    name: str
    province: str | None


@dataclass(frozen=True, slots=True)
class PercentValue:
    """A share as a fraction (0.3 for 30%); `unit` is "pp" for percentage points."""

    cmp: Comparator
    low: Decimal | None
    high: Decimal | None
    unit: Literal["pp"] | None = None


@dataclass(frozen=True, slots=True)
class YuanValue:
    """An amount of renminbi in yuan; `inherited` where its label or a table's head gives the unit."""

    cmp: Comparator
    low: Decimal | None
    high: Decimal | None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class CountValue:
    """A number of things with its measure word."""

    cmp: Comparator
    low: Decimal | None
    high: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class NameValue:
    """The name of an agency, institution, company, society or person, without white space."""

    name: str


@dataclass(frozen=True, slots=True)
class TitleValue:
    """What stands between 《 and 》, without white space."""

    title: str


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A document number with 〔〕 and half-width digits, such as 民发〔2020〕12号 (GB/T 9704)."""

    number: str


Value: TypeAlias = (
    DateValue
    | UnplacedDate
    | DeadlineValue
    | DurationValue
    | ProvinceValue
    | PlaceValue
    | PercentValue
    | YuanValue
    | CountValue
    | NameValue
    | TitleValue
    | NumberValue
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of clean text with its label, its normalised value and the name of the rule that found it."""

    start: int
    end: int
    label: Label
    value: Value
    rule: str


def within(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Those of mentions in order of start that begin in a span."""
    first = bisect_left(mentions, start, key=_START)
    # Spans hold few mentions: the next one often begins behind them already.
    if first == len(mentions) or mentions[first].start >= end:
        return mentions[first:first]
    return mentions[first : bisect_left(mentions, end, first, key=_START)]


_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Reject:
    """A span that looked like a mention and is none, with the reason as a code such as `no-such-date`."""

    start: int
    end: int
    reason: str


def province_code(mention: Mention) -> str | None:
    """The GB/T 2260 code of the province that a mention names or lies in."""
    if isinstance(mention.value, ProvinceValue):
        return mention.value.code
    return mention.value.province if isinstance(mention.value, PlaceValue) else None
