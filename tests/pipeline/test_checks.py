"""Findings: what does not add up is found, and nothing else. The texts lie in `tests/cases/findings.yaml`."""

from pathlib import Path

import pytest
import yaml

import pipeline
from pipeline import checks
from pipeline.output import to_dict

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "findings.yaml").read_text("utf-8"))


def codes(text):
    return [finding["code"] for finding in to_dict(pipeline.read(text))["findings"]]


@pytest.mark.parametrize(("text", "code"), [(text, case["code"]) for case in CASES for text in case["match"]])
def test_found_once(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize("text", [text for case in CASES for text in case["none"]])
def test_nothing_found_where_nothing_is_wrong(text):
    assert codes(text) == []


def test_every_check_has_cases():
    named = {f"{check.__module__.rpartition('.')[2]}.{check.__name__}" for check in checks.CHECKS}
    assert {case["check"] for case in CASES} == named
