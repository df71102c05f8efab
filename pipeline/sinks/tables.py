"""The tables that every store has, and the rows of an output line in them: one definition for CSV, Parquet and SQL.

Offsets count characters of the document's text, as in the line. Days are dates; quantities are decimals of up to 38
digits, 12 of them after the point. What is beyond that has no number in its row, but stands in the mention's `value`.
In a row both are written as in the line; a store that has types makes them of that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any, Literal, TypeAlias

import orjson

Kind: TypeAlias = Literal["text", "integer", "date", "number"]
Cell: TypeAlias = str | int | None
Row: TypeAlias = tuple[Cell, ...]
Json: TypeAlias = dict[str, Any]

DIGITS, PLACES = 38, 12
_STEP = Decimal(1).scaleb(-PLACES)
_LIMIT = Decimal(1).scaleb(DIGITS - PLACES)
_EXACT = Context(prec=DIGITS)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; one without `empty` always has a value."""

    name: str
    kind: Kind
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first `key` columns are its key, and the first names the document."""

    name: str
    key: int
    columns: tuple[Column, ...]


def _table(name: str, key: int, *columns: str) -> Table:
    """A table from `name kind` for each column, with a ? where it may be empty."""
    parts = [column.split() for column in columns]
    return Table(name, key, tuple(Column(n, k.rstrip("?"), k.endswith("?")) for n, k in parts))  # type: ignore[arg-type]


_QUANTITY = ("cmp text?", "low number?", "high number?", "unit text?")

TABLES = (
    _table(
        "documents",
        1,
        *("id text", "source text", "sha256 text", "status text", "reference_date date?", "reference_basis text"),
        *("error_code text?", "error_message text?", "line_sha256 text"),
    ),
    _table(
        "mentions",
        2,
        *("document_id text", "mention integer", "label text", "start_offset integer", "end_offset integer"),
        *("text text", "name text?", "code text?", "date_start date?", "date_end date?", *_QUANTITY),
        *("value text", "rule text"),
    ),
    _table(
        "records",
        2,
        *("document_id text", "record integer", "province_code text?", "province_name text?", "issuers text?"),
        *("joint integer?", "action text?", "title text?", "document_number text?", "status text?"),
        *("date_start date?", "date_end date?", "deadlines text?", "start_offset integer?", "end_offset integer?"),
    ),
    _table(
        "targets",
        3,
        *("document_id text", "record integer", "target integer", "kind text", "coverage text?", *_QUANTITY),
        *("deadline_earliest date?", "deadline_latest date?"),
    ),
    _table(
        "funding",
        3,
        *("document_id text", "record integer", "funding integer", "kind text", *_QUANTITY, "per text?"),
    ),
    _table(
        "findings",
        2,
        *("document_id text", "finding integer", "code text", "message text"),
        *("start_offset integer?", "end_offset integer?", "spans text"),
    ),
)
"""All tables, each after those that its rows refer to."""


def parse(line: bytes) -> Json:
    """An output line as its JSON shape, with texts that every store takes.

    PostgreSQL has no NUL, and no encoding has half a surrogate pair: both are escaped in a line, and replaced here.
    """
    shape: Json = json.loads(line, object_hook=_storable) if b"\\u" in line else orjson.loads(line)
    return shape


def _storable(item: Json) -> Json:
    return {key: _clean(value) if isinstance(value, str) else value for key, value in item.items()}


def _clean(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()


def rows(line: Json, digest: str) -> dict[str, list[Row]]:
    """The rows of an output line by table; `digest` is the SHA-256 of the line."""
    identity = line["id"]
    numbered = list(enumerate(line["records"], 1))
    return {
        "documents": [_document(identity, line, digest)],
        "mentions": [_mention(identity, number, item) for number, item in enumerate(line["mentions"], 1)],
        "records": [_record(identity, number, record) for number, record in numbered],
        "targets": [
            _target(identity, number, place, target)
            for number, record in numbered
            for place, target in enumerate(record["targets"], 1)
        ],
        "funding": [
            (identity, number, place, funding["kind"], *_quantity(funding["value"]), funding["per"])
            for number, record in numbered
            for place, funding in enumerate(record["funding"], 1)
        ],
        "findings": [
            (identity, number, item["code"], item["message"], *_edges(item["spans"]), _plain(item["spans"]))
            for number, item in enumerate(line["findings"], 1)
        ],
    }


def _document(identity: str | None, line: Json, digest: str) -> Row:
    reference = line["reference"]
    error = line["errors"][0] if line["errors"] else {"code": None, "message": None}
    return (
        *(identity, line["source"], line["sha256"], line["status"], reference["date"], reference["basis"]),
        *(error["code"], error["message"], digest),
    )


def _mention(identity: str | None, number: int, item: Json) -> Row:
    label, value = item["label"], item["value"]
    name, first, last = value.get("name"), value.get("start"), value.get("end")
    quantity: Row = (None, None, None, None)
    if label == "DEADLINE":
        first, last = value["earliest"], value["latest"]
    elif label == "TITLE":
        name = value["title"]
    elif label == "DOCNUM":
        name = value["number"]
    elif label in ("PERCENT", "YUAN", "COUNT"):
        quantity = _quantity(value)
    return (
        *(identity, number, label, item["start"], item["end"], item["text"], name, value.get("code")),
        *(first, last, *quantity, _plain(value), item["rule"]),
    )


def _record(identity: str | None, number: int, record: Json) -> Row:
    province = record["province"] or {"code": None, "name": None}
    date = record["date"] or {"start": None, "end": None}
    return (
        *(identity, number, province["code"], province["name"], "、".join(record["issuers"]) or None),
        *(record["joint"], record["action"], record["title"], record["number"]),
        *(record["status"], date["start"], date["end"]),
        *(_plain(record["deadlines"]) if record["deadlines"] else None, *_edges(record["spans"])),
    )


def _target(identity: str | None, number: int, place: int, target: Json) -> Row:
    value = target["value"]
    coverage = value.get("coverage")
    quantity = value.get("percent") if "coverage" in value or "percent" in value else value
    deadline = target["deadline"] or {"earliest": None, "latest": None}
    return (
        *(identity, number, place, target["kind"], coverage, *_quantity(quantity)),
        *(deadline["earliest"], deadline["latest"]),
    )


def _quantity(value: Json | None) -> Row:
    if value is None:
        return None, None, None, None
    return value["cmp"], _number(value["low"]), _number(value["high"]), value.get("unit")


def _edges(spans: list[list[int]]) -> tuple[int | None, int | None]:
    """From the first span's start to the last one's end."""
    return (spans[0][0], spans[-1][1]) if spans else (None, None)


def _number(text: str | None) -> str | None:
    """A number as every store can hold it: rounded after its 12th place, none where it has too many digits before."""
    if text is None or len(text) <= PLACES:
        return text
    number = Decimal(text)
    if abs(number) >= _LIMIT:
        return None
    exponent = number.as_tuple().exponent
    return text if isinstance(exponent, int) and -exponent <= PLACES else f"{number.quantize(_STEP, context=_EXACT):f}"


def _plain(value: object) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, separators=(",", ":"))
