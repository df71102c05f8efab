"""The output line: its shapes, its speed, and that the schema describes it."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal

import jsonschema
import pytest

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
    YuanValue,
)
from pipeline import output
from pipeline.document import (
    Bounds,
    Coverage,
    DocumentDeadline,
    Extraction,
    Finding,
    Funding,
    Problem,
    Record,
    Reference,
    SourceMention,
    Target,
)
from tests.timing import seconds

DAY = dt.date(2021, 3, 29)
VALUES = [
    ("DATE", DateValue(DAY, DAY), {"start": "2021-03-29", "end": "2021-03-29"}),
    ("DEADLINE", DeadlineValue(None, DAY), {"earliest": None, "latest": "2021-03-29"}),
    ("DURATION", DurationValue("P3Y", "P5Y"), {"low": "P3Y", "high": "P5Y"}),
    ("DURATION", DurationValue("P15D", "P15D", business=True), {"low": "P15D", "high": "P15D", "business": True}),
    ("PROVINCE", ProvinceValue("420000", "湖北省"), {"code": "420000", "name": "湖北省"}),
    ("PLACE", PlaceValue("421003", "荆州区", "420000"), {"code": "421003", "name": "荆州区", "province": "420000"}),
    ("PLACE", PlaceValue(None, "城关区", None), {"code": None, "name": "城关区", "province": None}),
    ("PERCENT", PercentValue("≥", Decimal("0.30"), None), {"cmp": "≥", "low": "0.3", "high": None}),
    (
        "PERCENT",
        PercentValue("=", Decimal("1E-7"), Decimal("1E-7"), "pp"),
        {"cmp": "=", "low": "0.0000001", "high": "0.0000001", "unit": "pp"},
    ),
    ("YUAN", YuanValue("≤", None, Decimal("2.5E+5")), {"cmp": "≤", "low": None, "high": "250000"}),
    (
        "YUAN",
        YuanValue("=", Decimal("-0.0"), Decimal("0.00"), inherited=True),
        {"cmp": "=", "low": "0", "high": "0", "inherited": True},
    ),
    (
        "COUNT",
        CountValue("range", Decimal(50), Decimal("12345678901234567890123456789012345"), "个"),
        {"cmp": "range", "low": "50", "high": "12345678901234567890123456789012345", "unit": "个"},
    ),
    ("ORG", NameValue("某市财政局"), {"name": "某市财政局"}),
    ("TITLE", TitleValue("办法"), {"title": "办法"}),
    ("DOCNUM", NumberValue("民发〔2020〕12号"), {"number": "民发〔2020〕12号"}),
    ("PERSON", NameValue("王某"), {"name": "王某"}),
]

RECORD = Record(
    province=ProvinceValue("620000", "甘肃省"),
    issuers=("甘肃省民政厅",),
    joint=None,
    action="印发",
    title="实施方案",
    number=None,
    status="试行",
    date=DateValue(DAY, DAY),
    targets=(
        Target("count", Bounds("=", Decimal(50), Decimal(50), "个"), DeadlineValue(DAY, DAY)),
        Target("coverage", Coverage(coverage="full"), None),
        Target("coverage", Coverage(percent=Bounds("≥", Decimal("0.3"), None)), None),
    ),
    funding=(Funding("yuan", Bounds("=", Decimal(250000), Decimal(250000)), "每个站点"),),
    deadlines=(DocumentDeadline("expiry", None, DAY),),
    spans=((3, 90), (120, 140)),
    evidence={"date": ((3, 9),)},
)
RECORD_SHAPE = {
    "province": {"code": "620000", "name": "甘肃省"},
    "issuers": ["甘肃省民政厅"],
    "joint": None,
    "action": "印发",
    "title": "实施方案",
    "number": None,
    "status": "试行",
    "date": {"start": "2021-03-29", "end": "2021-03-29"},
    "targets": [
        {
            "kind": "count",
            "value": {"cmp": "=", "low": "50", "high": "50", "unit": "个"},
            "deadline": {"earliest": "2021-03-29", "latest": "2021-03-29"},
        },
        {"kind": "coverage", "value": {"coverage": "full"}, "deadline": None},
        {"kind": "coverage", "value": {"percent": {"cmp": "≥", "low": "0.3", "high": None}}, "deadline": None},
    ],
    "funding": [{"kind": "yuan", "value": {"cmp": "=", "low": "250000", "high": "250000"}, "per": "每个站点"}],
    "deadlines": [{"kind": "expiry", "earliest": None, "latest": "2021-03-29"}],
    "spans": [[3, 90], [120, 140]],
    "evidence": {"date": [[3, 9]]},
}


def extraction(mentions=(), records=()):
    return Extraction(
        schema_version="1.1",
        id="a.txt",
        source="a.txt",
        sha256="0" * 64,
        status="partial",
        reference=Reference(DAY, "given"),
        mentions=tuple(mentions),
        records=tuple(records),
        findings=(Finding("no-such-date", "no calendar has 2月30日", ((1, 6),)),),
        errors=(Problem("timeout", "took too long", None),),
    )


def all_kinds():
    mentions = [SourceMention(label, i, i + 1, "\n“", value, "some.rule") for i, (label, value, _) in enumerate(VALUES)]
    return extraction(mentions, [RECORD])


@pytest.mark.parametrize(("label", "value", "shape"), VALUES, ids=lambda part: part if isinstance(part, str) else "")
def test_value_shapes(label, value, shape):
    assert output.value_to_dict(value) == shape
    assert list(output.value_to_dict(value)) == list(shape)


def test_record_shape_and_order():
    assert output.record_to_dict(RECORD) == RECORD_SHAPE
    assert list(output.record_to_dict(RECORD)) == list(RECORD_SHAPE)


def test_line_is_one_line_of_unescaped_json():
    line = output.dumps(all_kinds())
    assert "\n" not in line
    assert "湖北省" in line
    assert json.loads(line) == output.to_dict(all_kinds())
    assert list(json.loads(line)) == [
        *("schema_version", "id", "source", "sha256", "status"),
        *("reference", "mentions", "records", "findings", "errors"),
    ]


def test_lone_surrogates_and_huge_numbers_are_written_too():
    mention = SourceMention("PERSON", 0, 1, "\ud800", NameValue("\ud800"), "rule")
    huge = dataclasses.replace(RECORD, joint=10**30)
    line = output.dumps(extraction([mention], [huge]))
    assert line.encode()
    assert json.loads(line)["mentions"][0]["text"] == "\ud800"
    assert json.loads(line)["records"][0]["joint"] == 10**30


def test_schema_describes_the_line():
    schema = output.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(output.dumps(all_kinds())))
    validator.validate(json.loads(output.dumps(extraction())))


BREAKS = {
    "value of another label": lambda line: line["mentions"][0].update(value={"name": "x"}),
    "unknown label": lambda line: line["mentions"][0].update(label="MONEY"),
    "unknown key": lambda line: line["records"][0].update(note="x"),
    "number not plain": lambda line: line["mentions"][7]["value"].update(low="3e-1"),
    "number with trailing zero": lambda line: line["mentions"][7]["value"].update(low="0.30"),
    "number as float": lambda line: line["mentions"][7]["value"].update(low=0.3),
    "no such day": lambda line: line["mentions"][0]["value"].update(start="2021-02-30"),
    "missing findings": lambda line: line.pop("findings"),
    "null for an optional key": lambda line: line["mentions"][7]["value"].update(unit=None),
    "unknown status": lambda line: line.update(status="done"),
    "span of three": lambda line: line["findings"][0].update(spans=[[1, 2, 3]]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_schema_refuses(name):
    line = json.loads(output.dumps(all_kinds()))
    BREAKS[name](line)
    validator = jsonschema.Draft202012Validator(output.json_schema(), format_checker=jsonschema.FormatChecker())
    assert not validator.is_valid(line)


def test_fast_enough_for_an_article():
    """150 mentions and 12 records in well under 0.4 ms; the bar here leaves room for a busy machine."""
    mentions = [
        SourceMention(label, i, i + 1, "某省民政厅", value, "rule") for label, value, _ in VALUES for i in range(10)
    ]
    big = extraction(mentions, [RECORD] * 12)
    assert min(seconds(lambda: output.dumps(big)) for _ in range(50)) < 0.002
