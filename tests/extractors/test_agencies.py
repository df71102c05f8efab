from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import agencies, titles
from extractors.mention import Mention, NameValue, PlaceValue
from extractors.text import Text
from pipeline.segment import segmenter

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "agencies.yaml").read_text(encoding="utf-8")
)
CUT = segmenter()
PLACE = re.compile(
    "北京市?|[湖河][北南]省?|青海省?|云南省?|四川省?|内蒙古(?:自治区)?|新疆(?!生产)|武汉市?|深圳市?|荆州[市区]?|海宁市"
)


def read(chars: str, printed: str | None = None) -> list[Mention]:
    text = Text(chars, printed, segmenter=CUT)
    places = [
        Mention(m.start(), m.end(), "PLACE", PlaceValue(None, m.group(), None), "test") for m in PLACE.finditer(chars)
    ]
    found_titles = [item for item in titles.find(text) if isinstance(item, Mention)]
    return list(agencies.find(text, [*places, *found_titles]))


def names(mentions: list[Mention]) -> list[str]:
    return [m.value.name for m in mentions if isinstance(m.value, NameValue)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    assert names(read(case["text"])) == case["expect"]


def test_spans_are_ordered_and_do_not_overlap() -> None:
    mentions = read("。".join(case["text"] for case in CASES))
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_values_are_as_printed_without_white_space() -> None:
    assert names(read("湖北省 民政厅".replace(" ", ""), "湖北省民政廳")) == ["湖北省民政廳"]


@pytest.mark.parametrize(
    "chars", ["", "、", "省", "民政厅", "）民政局", "🙂有限公司", "中心" * 200, "委" * 500, "\n公司\n"]
)
def test_garbage_gives_nothing(chars: str) -> None:
    assert read(chars) == []


@pytest.mark.parametrize(
    ("name", "previous", "expected"),
    [
        ("财政厅", ["河南省民政厅"], "河南省财政厅"),
        ("民政厅", ["省财政厅"], "省民政厅"),
        ("教育厅", ["河南省民政厅", "财政厅"], "河南省教育厅"),
        ("卫生健康委", ["民政部"], "国家卫生健康委"),
        ("卫生健康委", ["湖北省民政厅"], "湖北省卫生健康委"),
        ("宣传部", ["青海省委组织部"], "青海省委宣传部"),
        ("财政局", ["湖北省荆州区民政局"], "湖北省荆州区财政局"),
        ("自治区党委组织部", ["内蒙古自治区民政厅"], "自治区党委组织部"),
        ("省政府办公厅", ["青海省委办公厅"], "省政府办公厅"),
        ("财政厅", [], "财政厅"),
        ("财政部", ["河南省民政厅"], "财政部"),
    ],
)
def test_bare_departments_are_completed(name: str, previous: list[str], expected: str) -> None:
    assert agencies.complete(name, previous) == expected
