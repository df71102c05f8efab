"""Provinces and places: names found, divisions told apart, and what only looks like one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import rjieba
import yaml

from extractors import gazetteer, places
from extractors.gazetteer import OldName
from extractors.mention import PlaceValue, ProvinceValue
from extractors.text import Segmenter, Text
from tests.timing import seconds

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "places.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case: dict[str, Any]) -> None:
    found = []
    for mention in places.find(Text(case["text"], segmenter=Segmenter(rjieba.cut))):
        assert isinstance(mention.value, ProvinceValue | PlaceValue)
        found.append([case["text"][mention.start : mention.end], mention.value.code])
    assert found == case["expect"]


def test_every_full_name_is_found_after_its_province() -> None:
    for division in gazetteer.DIVISIONS.values():
        province = gazetteer.province_of(division.code)
        text = division.name if division.level == "province" else province.name + division.name
        last = list(places.find(Text(text, segmenter=Segmenter(rjieba.cut))))[-1]
        assert text[last.start : last.end] == division.name
        assert isinstance(last.value, ProvinceValue | PlaceValue)
        shared = [
            c for c in gazetteer.by_name(division.name) if gazetteer.holds(province.code, c.code) and not c.is_old
        ]
        assert last.value.code == (division.code if len(shared) == 1 else None)


def test_a_place_has_its_province() -> None:
    (mention,) = places.find(Text("荆州区", segmenter=Segmenter(rjieba.cut)))
    assert mention.value == PlaceValue("421003", "荆州区", "420000")


def test_every_old_name_is_found_after_its_province() -> None:
    for old in gazetteer.OLD_NAMES:
        province = gazetteer.province_of(old.code)
        last = list(places.find(Text(province.name + old.name, segmenter=Segmenter(rjieba.cut))))[-1]
        assert isinstance(last.value, PlaceValue)
        current = [
            c.code for c in gazetteer.by_name(old.name) if gazetteer.holds(province.code, c.code) and not c.is_old
        ]
        if current:  # another division's name, or a short one, today
            assert [last.value.code] == current
        else:
            assert (last.value.name, gazetteer.holds(last.value.code or "", old.successor)) == (old.name, True)


def test_gazetteer_is_whole() -> None:
    assert len(gazetteer.PROVINCES) == 34
    assert len({old.name for old in gazetteer.OLD_NAMES}) >= 60
    assert all(old.successor in gazetteer.DIVISIONS for old in gazetteer.OLD_NAMES)


def test_an_old_name_has_its_codes_and_what_became_of_it() -> None:
    by_code = {old.code: old for old in gazetteer.OLD_NAMES}
    assert by_code["110104"] == OldName("110104", "宣武区", "110102", 2010, "merged")
    assert by_code["341400"] == OldName("341400", "巢湖市", "340181", 2011, "divided")
    assert by_code["330181"] == OldName("330181", "萧山市", "330109", 2001, "became-district")
    assert {code for code, old in by_code.items() if old.name == "无为县"} == {"340225", "341422"}


def test_automaton_is_built_fast() -> None:
    gazetteer.names.cache_clear()
    assert seconds(places._automaton.__wrapped__) < 0.3
