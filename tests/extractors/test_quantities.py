"""Shares, amounts and counts against tables of texts with all that is to be found in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rjieba
import yaml

from extractors import comparators, counts, percentages, yuan
from extractors.mention import CountValue, Mention, PercentValue, YuanValue
from extractors.text import Segmenter, Text

CASES = Path(__file__).parent.parent / "cases"
FINDERS = {
    "percentages": percentages.find,
    "yuan": yuan.find,
    "counts": lambda text: counts.find(text, _others(text)),
}


def _others(text: Text) -> list[tuple[int, int]]:
    found = [m for find in (percentages.find, yuan.find) for m in find(text) if isinstance(m, Mention)]
    return sorted((m.start, m.end) for m in found)


def _cases() -> Iterator[object]:
    for kind in FINDERS:
        for rule, lines in yaml.safe_load((CASES / f"{kind}.yaml").read_text("utf-8")).items():
            for line in lines:
                chars, _, expected = line.partition("=>")
                found = [item.strip() for item in expected.split(";") if item.strip()]
                yield pytest.param(kind, chars.rstrip(" "), found, id=f"{rule}:{chars.strip()}")


def _shown(chars: str, mention: Mention) -> str:
    value = mention.value
    assert isinstance(value, PercentValue | YuanValue | CountValue)
    if value.cmp == "range":
        number = f"{value.low}..{value.high}"
    else:
        number = str(value.high if value.low is None else value.low)
    unit = getattr(value, "unit", None)
    return f"{chars[mention.start : mention.end]} {value.cmp} {number}" + (f" {unit}" if unit else "")


@pytest.mark.parametrize(("kind", "chars", "expected"), list(_cases()))
def test_all_that_is_found(kind: str, chars: str, expected: list[str]) -> None:
    text = Text(chars, segmenter=Segmenter(rjieba.cut))
    found = sorted((m for m in FINDERS[kind](text) if isinstance(m, Mention)), key=lambda m: m.start)
    assert [_shown(chars, m) for m in found] == expected


COMPARED = yaml.safe_load((CASES / "comparators.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("cmp", "words"), [(None if cmp == "null" else cmp, w) for cmp, ws in COMPARED["before"].items() for w in ws]
)
def test_words_before(cmp: str | None, words: str) -> None:
    assert comparators.before(words.replace("|", ""), words.index("|")) == cmp


@pytest.mark.parametrize(
    ("cmp", "words"), [(None if cmp == "null" else cmp, w) for cmp, ws in COMPARED["after"].items() for w in ws]
)
def test_words_after(cmp: str | None, words: str) -> None:
    assert comparators.after("30%" + words, 3) == cmp
