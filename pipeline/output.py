"""The output: an Extraction as one JSON line, and the schema of that line.

Keys come in the order of the dataclasses, dates as ISO 8601, numbers as plain decimal strings. A key whose dataclass
field has a default (`unit`, `business`, `inherited`, `evidence`) is written only where it is set. Written out by hand
rather than by pydantic, which also validates and takes several times as long; `pipeline.schema` derives the schema
from the same dataclasses, and a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeAlias, cast

import orjson

from extractors.mention import (
    CountValue,
    DateValue,
    DeadlineValue,
    DurationValue,
    NameValue,
    NumberValue,
    PercentValue,
    PlaceValue,
    ProvinceValue,
    TitleValue,
    UnplacedDate,
    Value,
    YuanValue,
)
from pipeline.document import Bounds, Coverage, Extraction, Finding, Record, Span

Json: TypeAlias = dict[str, Any]


def dumps(extraction: Extraction) -> str:
    """One line of JSON without a line end; characters are written as they are, not escaped."""
    shape = to_dict(extraction)
    try:
        return orjson.dumps(shape).decode()
    except TypeError:
        # orjson takes neither lone surrogates, which a JSON line can hold, nor integers of more than 64 bits.
        return json.dumps(shape, separators=(",", ":"))


def json_schema() -> Json:
    """JSON Schema (2020-12) of an output line. Imports pydantic."""
    from pipeline import schema

    return schema.of(Extraction)


def to_dict(extraction: Extraction) -> Json:
    """The plain JSON shape of an extraction: dicts, lists, strings, integers, booleans and None."""
    reference = extraction.reference
    return {
        "schema_version": extraction.schema_version,
        "id": extraction.id,
        "source": extraction.source,
        "sha256": extraction.sha256,
        "status": extraction.status,
        "reference": {"date": _day(reference.date), "basis": reference.basis},
        "mentions": [
            {
                "label": mention.label,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "value": value_to_dict(mention.value),
                "rule": mention.rule,
            }
            for mention in extraction.mentions
        ],
        "records": [record_to_dict(record) for record in extraction.records],
        "findings": [finding_to_dict(finding) for finding in extraction.findings],
        "errors": [
            {"code": problem.code, "message": problem.message, "where": problem.where} for problem in extraction.errors
        ],
    }


def record_to_dict(record: Record) -> Json:
    """The plain JSON shape of a record."""
    out: Json = {
        "province": None if record.province is None else _province(record.province),
        "issuers": list(record.issuers),
        "joint": record.joint,
        "action": record.action,
        "title": record.title,
        "number": record.number,
        "status": record.status,
        "date": None if record.date is None else _date(record.date),
        "targets": [
            {
                "kind": target.kind,
                "value": _bounds(target.value) if isinstance(target.value, Bounds) else _coverage(target.value),
                "deadline": None if target.deadline is None else _deadline(target.deadline),
            }
            for target in record.targets
        ],
        "funding": [
            {"kind": funding.kind, "value": _bounds(funding.value), "per": funding.per} for funding in record.funding
        ],
        "deadlines": [
            {"kind": deadline.kind, "earliest": _day(deadline.earliest), "latest": _day(deadline.latest)}
            for deadline in record.deadlines
        ],
        "spans": _spans(record.spans),
    }
    if record.evidence:
        out["evidence"] = {field: _spans(spans) for field, spans in record.evidence.items()}
    return out


def finding_to_dict(finding: Finding) -> Json:
    """The plain JSON shape of a finding."""
    return {"code": finding.code, "message": finding.message, "spans": _spans(finding.spans)}


def value_to_dict(value: Value) -> Json:
    """The plain JSON shape of a mention's value."""
    return _VALUES[type(value)](value)


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(number: Decimal | None) -> str | None:
    """Plain decimal notation without trailing zeros; `normalize` would round to the context's precision."""
    if number is None:
        return None
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _date(value: DateValue | UnplacedDate) -> Json:
    return {"start": _day(value.start), "end": _day(value.end)}


def _deadline(value: DeadlineValue) -> Json:
    return {"earliest": _day(value.earliest), "latest": _day(value.latest)}


def _duration(value: DurationValue) -> Json:
    out: Json = {"low": value.low, "high": value.high}
    if value.business:
        out["business"] = True
    return out


def _province(value: ProvinceValue) -> Json:
    return {"code": value.code, "name": value.name}


def _place(value: PlaceValue) -> Json:
    return {"code": value.code, "name": value.name, "province": value.province}


def _bounds(value: PercentValue | CountValue | Bounds) -> Json:
    out: Json = {"cmp": value.cmp, "low": _number(value.low), "high": _number(value.high)}
    if value.unit is not None:
        out["unit"] = value.unit
    return out


def _yuan(value: YuanValue) -> Json:
    out: Json = {"cmp": value.cmp, "low": _number(value.low), "high": _number(value.high)}
    if value.inherited:
        out["inherited"] = True
    return out


def _coverage(value: Coverage) -> Json:
    out: Json = {}
    if value.coverage is not None:
        out["coverage"] = value.coverage
    if value.percent is not None:
        out["percent"] = _bounds(value.percent)
    return out


def _name(value: NameValue) -> Json:
    return {"name": value.name}


def _title(value: TitleValue) -> Json:
    return {"title": value.title}


def _docnum(value: NumberValue) -> Json:
    return {"number": value.number}


# Looked up by exact type: values are final, and a chain of isinstance would double the time of a document.
_VALUES: dict[type[Any], Callable[[Any], Json]] = cast(
    "dict[type[Any], Callable[[Any], Json]]",
    {
        DateValue: _date,
        UnplacedDate: _date,
        DeadlineValue: _deadline,
        DurationValue: _duration,
        ProvinceValue: _province,
        PlaceValue: _place,
        PercentValue: _bounds,
        YuanValue: _yuan,
        CountValue: _bounds,
        NameValue: _name,
        TitleValue: _title,
        NumberValue: _docnum,
    },
)
