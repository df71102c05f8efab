from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import docnums
from extractors.mention import Mention, NumberValue, Reject
from extractors.text import Text
from pipeline.segment import segmenter

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "docnums.yaml").read_text(encoding="utf-8")
)
CUT = segmenter()


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = list(docnums.find(Text(case["text"], segmenter=CUT)))
    mentions = [item for item in found if isinstance(item, Mention)]
    assert [m.value.number for m in mentions if isinstance(m.value, NumberValue)] == case["expect"]
    assert [item.reason for item in found if isinstance(item, Reject)] == case.get("reject", [])


def test_span_begins_with_the_code_and_ends_with_the_serial() -> None:
    chars = "根据国办发〔2020〕5号精神"
    (mention,) = docnums.find(Text(chars, segmenter=CUT))
    assert chars[mention.start : mention.end] == "国办发〔2020〕5号"
