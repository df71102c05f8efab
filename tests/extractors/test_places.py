"""Provinces and places: names found, divisions told apart, and what only looks like one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import rjieba
import yaml

from extractors import gazetteer, places
from extractors.mention import PlaceValue, ProvinceValue
from extractors.text import Segmenter, Text

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


def test_gazetteer_is_whole() -> None:
    assert len(gazetteer.PROVINCES) == 34
    assert len(gazetteer.OLD_NAMES) >= 60
    assert all(old.successor in gazetteer.DIVISIONS for old in gazetteer.OLD_NAMES)


def test_automaton_is_built_fast() -> None:
    start = time.perf_counter()
    places._automaton.__wrapped__()
    assert time.perf_counter() - start < 0.3
