"""Public cases of other extractors for numbers, shares and amounts; what fails is listed with its reason."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rjieba
import yaml

from extractors import numerals, percentages, yuan
from extractors.mention import Mention, PercentValue, YuanValue
from extractors.text import Segmenter, Text

SUITES = Path(__file__).parents[2] / "shared" / "suites"
FAILURES: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "suites_numbers_failures.yaml").read_text("utf-8")
)
FOLDED = str.maketrans(
    "０１２３４５６７８９．％－／～ｋ點萬億兩個餘貳參陸圓幾", "0123456789.%-/~k点万亿两个余贰叁陆圆几"
)
SHARE = {"number": 0.97, "percent": 0.97, "yuan": 0.93}

pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="the public suites are not beside the project")


def _cases() -> list[dict[str, Any]]:
    lines = [line for path in sorted(SUITES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    cases = [json.loads(line) for line in lines if line.strip()]
    return [case for case in cases if case["in_scope"] and case["task"] in SHARE]


def _found(task: str, chars: str) -> list[tuple[int, int, Any, Any]]:
    if task == "number":
        return [(n.start, n.end, n.value, n.value) for n in numerals.find(chars)]
    kept = [i for i, char in enumerate(chars) if not char.isspace()]
    text = Text("".join(chars[i] for i in kept).translate(FOLDED), segmenter=Segmenter(rjieba.cut))
    found = []
    for mention in percentages.find(text) if task == "percent" else yuan.find(text):
        if isinstance(mention, Mention):
            assert isinstance(mention.value, PercentValue | YuanValue)
            found.append((kept[mention.start], kept[mention.end - 1] + 1, mention.value.low, mention.value.high))
    return found


def _near(wanted: str | None, got: Decimal | None) -> bool:
    if wanted is None or got is None:
        return wanted is None and got is None
    return abs(Decimal(wanted) - got) <= Decimal("1e-9") * max(abs(got), Decimal(1))


def _hit(wanted: dict[str, Any], got: tuple[int, int, Any, Any]) -> bool:
    spans = all(wanted.get(key) in (None, at) for key, at in zip(("start", "end"), got[:2], strict=True))
    values = wanted.get("value_any") or ([wanted["value"]] if wanted.get("value") else [])
    return spans and (
        not values
        or any(
            _near(v.get("low", v.get("value")), got[2]) and _near(v.get("high", v.get("value")), got[3]) for v in values
        )
    )


def _passes(case: dict[str, Any]) -> bool:
    found = _found(case["task"], case["text"])
    for wanted in case["expect"]:
        hit = next((got for got in found if _hit(wanted, got)), None)
        if hit is not None:
            found.remove(hit)
        elif not wanted.get("optional"):
            return False
    return not found or case.get("closed") == "open"


def test_failures_are_exactly_those_listed() -> None:
    failed = {f"{case['suite']}:{case['id']}" for case in _cases() if not _passes(case)}
    assert failed == set(FAILURES)


@pytest.mark.parametrize("task", sorted(SHARE))
def test_share_of_cases_that_pass(task: str) -> None:
    passed = [_passes(case) for case in _cases() if case["task"] == task]
    assert sum(passed) / len(passed) >= SHARE[task]
