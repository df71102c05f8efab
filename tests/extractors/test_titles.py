from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors import titles
from extractors.mention import Mention, ProvinceValue, Reject, TitleValue
from extractors.text import Segmenter, Text

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "titles.yaml").read_text(encoding="utf-8")
)
PROVINCES = {"甘肃": "620000", "河南": "410000", "云南": "530000"}


def text_of(chars: str) -> Text:
    return Text(chars, segmenter=Segmenter(list))


def titles_of(chars: str) -> list[Mention]:
    return [item for item in titles.find(text_of(chars)) if isinstance(item, Mention)]


def with_provinces(chars: str) -> list[Mention]:
    provinces = [
        Mention(at, at + len(name), "PROVINCE", ProvinceValue(code, name), "test")
        for name, code in PROVINCES.items()
        for at in range(len(chars))
        if chars.startswith(name, at)
    ]
    return sorted([*titles_of(chars), *provinces], key=lambda mention: mention.start)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:20] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = list(titles.find(text_of(case["text"])))
    mentions = [item for item in found if isinstance(item, Mention)]
    assert [m.value.title for m in mentions if isinstance(m.value, TitleValue)] == case["expect"]
    assert all(case["text"][m.start] == "《" and case["text"][m.end - 1] == "》" for m in mentions)
    assert [item.reason for item in found if isinstance(item, Reject)] == case.get("reject", [])


def test_title_too_long_is_rejected_and_swallows_nothing() -> None:
    chars = "《" + "长" * (titles.MAX_LENGTH + 50) + "《方案》"
    found = list(titles.find(text_of(chars)))
    assert [item.value.title for item in found if isinstance(item, Mention)] == ["方案"]  # type: ignore[union-attr]
    assert Reject(0, 1, "unclosed-title") in found


def test_values_are_as_printed() -> None:
    text = Text("《关于条例的通知》", "《關於條例的通知》", segmenter=Segmenter(list))
    (mention,) = titles.find(text)
    assert isinstance(mention, Mention)
    assert mention.value == TitleValue("關於條例的通知")


@pytest.mark.parametrize(
    ("chars", "short", "long"),
    [
        ("印发《关于加强管理的实施意见》（以下简称《实施意见》）。", "实施意见", "关于加强管理的实施意见"),
        ("印发《关于加强管理的实施方案》（简称 《实施方案》）", "实施方案", "关于加强管理的实施方案"),
        ("《管理办法》（民发〔2020〕12号，以下简称《办法》）", "办法", "管理办法"),
        ("《行动方案》（试行）（以下简称“方案”）", "方案", "行动方案"),
        ("《行动方案》（以下简称方案）", "方案", "行动方案"),
        ("《甲方案》已废止，《乙方案》（下称《乙》）（以下简称《新方案》）", None, None),
        ("《甲方案》由民政厅（以下简称“省厅”）印发", None, None),
        ("某某项目（以下简称“项目”）", None, None),
    ],
)
def test_declared_short_forms(chars: str, short: str | None, long: str | None) -> None:
    forms = titles.short_forms(text_of(chars), titles_of(chars))
    expected = [] if short is None else [(short, long)]
    assert [(form.short, form.long.value.title) for form in forms] == expected  # type: ignore[union-attr]
    assert all(chars[form.start : form.end].strip("《》“”") == form.short for form in forms)


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("甘肃印发《甘肃行动方案》。河南印发《河南工作方案》。甘肃《方案》指出", "甘肃行动方案"),
        ("甘肃印发《甘肃行动方案》。河南印发《河南工作方案》。《方案》指出", "河南工作方案"),
        ("甘肃印发《行动方案》。河南印发《工作方案》。河南《方案》指出", "工作方案"),
        ("甘肃印发《行动方案》。河南印发《工作方案》。云南《方案》指出", None),
        ("印发《管理办法》。《方案》指出", None),
        ("印发《行动方案》（以下简称《方案》）和《工作方案》。《方案》指出", "行动方案"),
        ("云南《甲实施意见》。甘肃《乙实施意见》（以下简称《实施意见》）。云南在《实施意见》中", "甲实施意见"),
        ("印发《行动方案（2021—2025年）》。《方案》指出", "行动方案（2021—2025年）"),
    ],
)
def test_long_form_by_declaration_province_and_nearness(chars: str, expected: str | None) -> None:
    text, mentions = text_of(chars), with_provinces(chars)
    short = [m for m in mentions if m.label == "TITLE"][-1]
    long = titles.long_form(text, short, mentions, titles.short_forms(text, mentions))
    assert (long.value.title if long else None) == expected  # type: ignore[union-attr]
