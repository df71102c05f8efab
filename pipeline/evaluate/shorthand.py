"""Short forms of values in annotations, such as `≥ 0.3`, `2021-06-01..2021-06-30` or `P3Y..P5Y`.

Each function takes what stands in the YAML (strings only) and gives the typed value; ValueError says what is wrong.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import cast

from extractors.mention import (
    Comparator,
    CountValue,
    DateValue,
    DeadlineValue,
    DurationValue,
    Label,
    Mention,
    NameValue,
    NumberValue,
    PercentValue,
    PlaceValue,
    ProvinceValue,
    TitleValue,
    Value,
    YuanValue,
)
from extractors.text import Segmenter, Text
from pipeline.document import Bounds

_COMPARED = re.compile(
    r"(?P<cmp>≥|≤|>=|<=|>|<|=|≈)\s*(?P<low>-?[0-9][0-9_]*(?:\.[0-9]+)?)(?:\s*(?P<unit>[^\s0-9.]\S*))?"
)
_RANGE = re.compile(
    r"(?P<low>-?[0-9][0-9_]*(?:\.[0-9]+)?)\.\.(?P<high>-?[0-9][0-9_]*(?:\.[0-9]+)?)(?:\s*(?P<unit>[^\s0-9.]\S*))?"
)
_DURATION = re.compile(
    r"P(?=.)(?:[0-9]+(?:\.[0-9]+)?Y)?(?:[0-9]+(?:\.[0-9]+)?M)?(?:[0-9]+(?:\.[0-9]+)?W)?(?:[0-9]+(?:\.[0-9]+)?D)?"
    r"(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?"
)
_DIVISION = re.compile(r"(?P<code>[1-9][0-9]{5}|null)\s+(?P<name>\S+)")
_BRACKETED_YEAR = re.compile(r"[\[［【(（〔〈]([0-9]{4})[\]］】)）〕〉]")
_ASCII = {">=": "≥", "<=": "≤"}
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def value(label: Label, written: str | None, text: str) -> Value:
    """A mention's value from what is written, or from its text (white space removed) where that is enough."""
    if label in ("ORG", "PERSON"):
        return NameValue(name=written or text)
    if label == "TITLE":
        return TitleValue(title=written or title(text))
    if label == "DOCNUM":
        return NumberValue(number=written or docnum(text))
    if label == "PROVINCE":
        return province(written or text)
    if label == "PLACE":
        return place(written or text)
    if written is None:
        raise ValueError("has no value")
    if label == "DATE":
        return date(written)
    if label == "DEADLINE":
        return deadline(written)
    if label == "DURATION":
        return duration(written)
    cmp, low, high, unit = _quantity(written)
    if label == "PERCENT":
        if unit not in (None, "pp"):
            raise ValueError(f"a share is a fraction, with or without pp: {written!r}")
        return PercentValue(cmp, low, high, "pp" if unit else None)
    if label == "YUAN":
        if unit is not None:
            raise ValueError(f"an amount is in yuan, without a unit: {written!r}")
        return YuanValue(cmp, low, high)
    if unit is None:
        raise ValueError(f"a count needs its unit, such as `= 50 个`: {written!r}")
    return CountValue(cmp, low, high, unit)


def bounds(kind: str, written: str) -> Bounds:
    """A target's or funding's quantity: `kind` is count, percent or yuan."""
    label = cast("Label", {"count": "COUNT", "percent": "PERCENT", "yuan": "YUAN"}[kind])
    quantity = cast("CountValue | PercentValue | YuanValue", value(label, written, ""))
    unit = None if isinstance(quantity, YuanValue) else quantity.unit
    return Bounds(quantity.cmp, quantity.low, quantity.high, unit)


def _quantity(written: str) -> tuple[Comparator, Decimal | None, Decimal | None, str | None]:
    if match := _RANGE.fullmatch(written):
        low, high = Decimal(match["low"]), Decimal(match["high"])
        if low >= high:
            raise ValueError(f"a range goes from the lower to the higher number: {written!r}")
        return "range", low, high, match["unit"]
    match = _COMPARED.fullmatch(written)
    if match is None:
        raise ValueError(f"write `= 50`, `≥ 0.3`, `50..100` (one of = ≥ > ≤ < ≈ and a number): {written!r}")
    cmp = cast("Comparator", _ASCII.get(match["cmp"], match["cmp"]))
    number = Decimal(match["low"])
    return cmp, None if cmp in ("≤", "<") else number, None if cmp in ("≥", ">") else number, match["unit"]


def date(written: str) -> DateValue:
    """`2021-06-30`, `2021-06-01..2021-06-30`, or a whole month or year: `2021-06`, `2021`, `2021..2025`."""
    first, _, last = written.partition("..")
    start, end = _period(first)[0], _period(last or first)[1]
    if start > end:
        raise ValueError(f"a period goes from the earlier to the later day: {written!r}")
    return DateValue(start, end)


def deadline(written: str) -> DeadlineValue:
    """`2021-06-30`, `2023-11-27..2025-11-27`, or `null` where nothing says when the time starts."""
    if written == "null":
        return DeadlineValue(None, None)
    first, _, last = written.partition("..")
    earliest, latest = day(first), day(last or first)
    if earliest > latest:
        raise ValueError(f"a deadline goes from the earlier to the later day: {written!r}")
    return DeadlineValue(earliest, latest)


def day(written: str) -> dt.date:
    """`2021-06-30`."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        raise ValueError(f"a day is written 2021-06-30: {written!r}")
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"no calendar has this day: {written!r}") from None


def _period(written: str) -> tuple[dt.date, dt.date]:
    match = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", written)
    if match is None:
        return day(written), day(written)
    year, first, last = int(match[1]), int(match[2] or 1), int(match[2] or 12)
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def duration(written: str) -> DurationValue:
    """`P3Y`, `P3Y..P5Y`, `P15D business`; an open side is `null`."""
    length, _, business = written.partition(" ")
    if business not in ("", "business"):
        raise ValueError(f"after a duration only `business` may stand: {written!r}")
    first, _, last = length.partition("..")
    low, high = (None if part == "null" else part for part in (first, last or first))
    if (low is None and high is None) or not all(part is None or _DURATION.fullmatch(part) for part in (low, high)):
        raise ValueError(f"a duration is written P3Y, P3Y..P5Y or P15D business: {written!r}")
    return DurationValue(low, high, business=bool(business))


def province(written: str) -> ProvinceValue:
    """`420000 湖北省`, or a name that the gazetteer knows."""
    match = _DIVISION.fullmatch(written)
    if match is None:
        known = _division("PROVINCE", written)
        if not isinstance(known, ProvinceValue):
            raise ValueError(f"no province by this name; write it as `420000 湖北省`: {written!r}")
        return known
    if match["code"][2:] != "0000":
        raise ValueError(f"the code of a province ends in 0000: {written!r}")
    return ProvinceValue(match["code"], match["name"])


def place(written: str) -> PlaceValue:
    """`421003 荆州区`, a name that only one place has, or `null 城关区` where several have it and nothing decides."""
    match = _DIVISION.fullmatch(written)
    if match is None:
        known = _division("PLACE", written)
        if not isinstance(known, PlaceValue) or known.code is None:
            raise ValueError(f"the name alone does not decide; write `421003 荆州区` or `null 城关区`: {written!r}")
        return known
    if match["code"] == "null":
        return PlaceValue(None, match["name"], None)
    return PlaceValue(match["code"], match["name"], match["code"][:2] + "0000")


def _division(label: Label, name: str) -> Value | None:
    """What the gazetteer makes of a name that stands alone."""
    from extractors import places

    for found in places.find(Text(name, segmenter=Segmenter(lambda chars: [chars]))):
        if isinstance(found, Mention) and (found.label, found.start, found.end) == (label, 0, len(name)):
            return found.value
    return None


def title(text: str) -> str:
    """What stands between 《 and 》."""
    if not (text.startswith("《") and text.endswith("》") and len(text) > 2):
        raise ValueError("a TITLE runs from 《 to 》, or has its value written out")
    return text[1:-1]


def docnum(text: str) -> str:
    """A document number with 〔〕 and half-width digits."""
    return _BRACKETED_YEAR.sub(r"〔\1〕", text.translate(_FULL_WIDTH_DIGITS))
