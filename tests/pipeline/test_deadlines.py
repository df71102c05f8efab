"""Deadlines in sentences: the cases of tests/cases/deadlines.yaml, through the whole pipeline."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from extractors.mention import DeadlineValue
from pipeline import run
from pipeline.document import Source

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "deadlines.yaml").read_text(encoding="utf-8"))
MATCH = [(g["rule"], g["reference"], m["text"], m["value"]) for g in CASES for m in g["match"]]
NONE = [(g["rule"], g["reference"], text) for g in CASES for text in g["none"]]


def found(text: str, reference: dt.date) -> list[tuple[int, int, str]]:
    extraction = run.extract(Source("case", text, "case", "0" * 64), reference)
    return [(m.start, m.end, written(m.value)) for m in extraction.mentions if isinstance(m.value, DeadlineValue)]


def written(value: DeadlineValue) -> str:
    if value.latest is None:
        return "null"
    return str(value.latest) if value.earliest == value.latest else f"{value.earliest}..{value.latest}"


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    plain, spans = "", []
    for char in text:
        if char == "⟦":
            spans.append((len(plain), -1))
        elif char == "⟧":
            spans[-1] = (spans[-1][0], len(plain))
        else:
            plain += char
    return plain, spans


@pytest.mark.parametrize(("rule", "reference", "text", "value"), MATCH, ids=[m[2] for m in MATCH])
def test_deadline_is_found(rule, reference, text, value):
    plain, spans = marked(text)
    values = [str(v) for v in (value if isinstance(value, list) else [value])]
    assert found(plain, reference) == [(*span, v) for span, v in zip(spans, values, strict=True)]


@pytest.mark.parametrize(("rule", "reference", "text"), NONE, ids=[n[2] for n in NONE])
def test_no_deadline_is_found(rule, reference, text):
    assert found(text, reference) == []
