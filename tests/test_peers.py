"""Other tools beside ours: what their answers become, and that one page comes out with figures only."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path

import pytest

from bench import peers
from bench.peer_adapters import answering, on_cpca, on_dateparser, on_jionlp, on_recognizers
from pipeline.document import Source
from pipeline.evaluate import dataset
from pipeline.layout import lay_out

ROOT = Path(__file__).parent.parent
REFERENCE = dt.date(2024, 4, 1)


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ({"value": "2024-03-02"}, "3月2日", ("2024-03-02", "2024-03-02")),
        ({"value": "not resolved"}, "2月30日", (None, None)),
        ({"timex": "2024", "start": "2024-01-01", "end": "2025-01-01"}, "2024年", ("2024-01-01", "2024-12-31")),
        (
            {"timex": "(2021,2025,P4Y)", "start": "2021-01-01", "end": "2025-01-01"},
            "2021-2025年",
            ("2021-01-01", "2025-12-31"),
        ),
        ({"timex": "(a,b,P1M)", "start": "2024-01-01", "end": "2024-02-01"}, "1月至2月", ("2024-01-01", "2024-02-29")),
        (
            {"timex": "(a,b,P4D)", "start": "2024-05-01", "end": "2024-05-05"},
            "5月1日至5日",
            ("2024-05-01", "2024-05-05"),
        ),
    ],
)
def test_days_of_recognizers(value, text, expected):
    assert tuple(on_recognizers.days(value, text).values()) == expected


def test_the_reading_in_the_year_of_the_reference_date():
    values = [{"value": "2023-09-10"}, {"value": "2024-09-10"}]
    assert on_recognizers.nearest(values, "9月10日", REFERENCE) == {"start": "2024-09-10", "end": "2024-09-10"}
    assert on_recognizers.nearest([], "冬季", REFERENCE) == {"start": None, "end": None}


def test_values_of_jionlp():
    assert on_jionlp.days(["2022-01-01 00:00:00", "inf"]) == {"start": "2022-01-01", "end": None}
    assert on_jionlp.length([{"year": 3.0}, {"infinite": True}], "3年以上") == {"low": "P3Y", "high": None}
    assert on_jionlp.length({"year": 0.5}, "半年") == {"low": "P6M", "high": "P6M"}
    assert on_jionlp.length({"day": 28.0}, "4周") == {"low": "P4W", "high": "P4W"}
    assert on_jionlp.amount({"num": "5.00", "definition": "blur+"}) == {"cmp": "≥", "low": "5.00", "high": None}
    assert on_jionlp.amount({"num": ["1.00", "2.00"], "definition": "blur"}) == {
        "cmp": "range",
        "low": "1.00",
        "high": "2.00",
    }


def test_values_of_dateparser_and_cpca():
    assert on_dateparser.days(dt.date(2024, 2, 9), "month") == {"start": "2024-02-01", "end": "2024-02-29"}
    assert on_dateparser.days(dt.date(4, 2, 9), "year") == {"start": "0004-01-01", "end": "0004-12-31"}
    assert on_cpca.written("在内蒙古包头", 1, "内蒙古自治区") == 3


def test_a_text_that_a_peer_fails_on_has_no_mentions(monkeypatch):
    def find(text, reference):
        if text == "坏":
            raise KeyError(text)
        yield answering.mention("DATE", 0, len(text), {"start": str(reference), "end": str(reference)})

    lines = [{"id": str(n), "text": text, "reference": "2024-04-01"} for n, text in enumerate(["今天", "坏"])]
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
    monkeypatch.setattr(sys, "stdout", out)
    answering.answer(lambda: find)
    good, bad = (json.loads(line) for line in out.getvalue().splitlines())
    assert good["mentions"] == [
        {"label": "DATE", "start": 0, "end": 2, "value": {"start": "2024-04-01", "end": "2024-04-01"}}
    ]
    assert (bad["mentions"], bad["error"]) == ([], "KeyError")


def test_offsets_of_a_laid_out_text_are_led_back():
    document = lay_out(Source("a", "于 2021 年 3 月 2 日，发布。", "a", "0"))
    start = document.clean.index("2021年3月2日")
    given = {"mentions": [{"label": "DATE", "start": start, "end": document.clean.index("，"), "value": {}}]}
    (mention,) = peers.in_source(given, document)["mentions"]
    assert document.source.text[mention["start"] : mention["end"]] == "2021 年 3 月 2 日"


def test_the_page_holds_our_figures_and_nothing_from_a_text(tmp_path):
    splits = {"dev": dataset.load(ROOT / "gold", [ROOT / "corpus"], "dev")}
    examples = splits["dev"].examples
    _, own = peers.ours(examples, tmp_path / "ours.jsonl")
    nothing = tmp_path / "nothing.jsonl"
    nothing.write_text("")
    answers = {
        (name, layout): own if name == peers.OURS else peers.Answers(nothing, 1.0, {"KeyError": 2})
        for name in (peers.OURS, *(peer.name for peer in peers.PEERS))
        for layout in peers.LAYOUTS
    }
    page = peers.page(splits, answers, sum(len(example.text) for example in examples))
    gold = sum(1 for e in examples for m in e.gold["mentions"] if m["label"] == "PROVINCE")
    assert f"| PROVINCE | cpca | {gold} | 1.000 | 0.000 | 0.000 |" in page
    assert page.count("| PROVINCE | zhengce |") == len(peers.LAYOUTS)
    assert "2 KeyError (source)" in page
    assert not any(example.text[:12] in page for example in examples)
