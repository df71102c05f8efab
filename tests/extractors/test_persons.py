from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import persons
from extractors.mention import Mention, NameValue, PlaceValue
from extractors.text import Text
from pipeline.segment import segmenter

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "persons.yaml").read_text(encoding="utf-8")
)
CUT = segmenter()


def read(chars: str, *taken: Mention) -> list[str]:
    found = persons.find(Text(chars, segmenter=CUT), taken)
    return [m.value.name for m in found if isinstance(m.value, NameValue)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert read(case["text"]) == case["expect"]


def test_what_a_place_or_title_covers_is_no_person() -> None:
    place = Mention(2, 4, "PLACE", PlaceValue(None, "王林", None), "test")
    assert read("局长王林表示") == ["王林"]
    assert read("局长王林表示", place) == []


def test_a_name_found_once_counts_everywhere() -> None:
    assert read("陈兰兰所在的中心承接了项目。理事长陈兰兰表示满意。") == ["陈兰兰", "陈兰兰"]


@pytest.mark.parametrize("chars", ["", "王", "：", "联系人：", "局长", "·" * 50, "王·" * 100, "🙂说", "书记\n王"])
def test_garbage_gives_nothing(chars: str) -> None:
    assert read(chars) == []
