"""Mentions do not depend on how a page is laid out."""

from functools import partial
from pathlib import Path

import pytest

from bench import rewrap
from pipeline import loading

ROOT = Path(__file__).parent.parent
TEXTS = [loading.file(path).text for path in sorted((ROOT / "corpus").rglob("*.txt"))]


@pytest.mark.parametrize("width", [10, 15, 22, 40])
@pytest.mark.parametrize("wrapping", rewrap.WRAPPINGS)
def test_wrapped_anew(wrapping, width):
    assert rewrap.agreement(TEXTS, partial(rewrap.WRAPPINGS[wrapping], width=width)) >= 0.99


@pytest.mark.parametrize("change", [rewrap.spaced, lambda clean: clean.replace("\n", "\r\n")], ids=["spaces", "CRLF"])
def test_lines_as_they_are(change):
    assert rewrap.agreement(TEXTS, change) >= 0.99


def test_wrapping_keeps_every_character():
    clean = "第一段，2021年3月2日。\n第二段。"
    for wrap in rewrap.WRAPPINGS.values():
        assert "".join(wrap(clean, 5).split()) == "".join(clean.split())
