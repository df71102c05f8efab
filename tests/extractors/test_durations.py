"""Lengths of time: forms of each value, what is none, overlap with dates."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors import dates, durations
from extractors.mention import DurationValue, Mention
from extractors.text import Segmenter, Text

CASES = yaml.load((Path(__file__).parents[1] / "cases" / "durations.yaml").read_text("utf-8"), yaml.BaseLoader)


def read(chars: str) -> list[Mention]:
    text = Text(chars, segmenter=Segmenter(list))
    return list(durations.find(text, [e for e in dates.expressions(text) if isinstance(e, dates.DateExpression)]))


@pytest.mark.parametrize(("form", "expected"), [(f, c["value"]) for c in CASES["values"] for f in c["forms"]])
def test_form(form: str, expected: str) -> None:
    low, _, high = expected.partition("/")
    (found,) = read(f"（{form}）")
    assert (found.start, found.end) == (1, 1 + len(form))
    assert found.value == DurationValue(low, high or low, business="工作" in form)


@pytest.mark.parametrize("chars", CASES["none"])
def test_no_length(chars: str) -> None:
    assert read(chars) == []


@given(st.text(st.sampled_from("0123456789年月日天周个半小时工作至一二三十百两多、又零季度分秒 \n")))
def test_no_text_raises(chars: str) -> None:
    read(chars)
