"""Numerals against a table of forms, and any number in any form."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import numerals
from extractors.mention import plain
from tests.timing import seconds

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "numerals.yaml").read_text("utf-8"))
DIGITS, CAPITALS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
TO_CAPITAL = str.maketrans(DIGITS + "十百千", CAPITALS + "拾佰仟")
TO_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


@pytest.mark.parametrize(
    ("form", "value"), [(str(form), value) for value, forms in CASES["values"].items() for form in forms]
)
def test_value_of_each_form(form: str, value: str) -> None:
    (number,) = numerals.find(f"合计：{form}。")
    assert number.value == Decimal(value)
    assert number.high is None
    assert numerals.parse(form) == Decimal(value)


@pytest.mark.parametrize(("form", "ends"), CASES["ranges"].items())
def test_numerals_that_name_a_range(form: str, ends: list[int]) -> None:
    (number,) = numerals.find(form)
    assert [number.value, number.high] == [Decimal(end) for end in ends]


@pytest.mark.parametrize(("form", "low"), CASES["lower bounds"].items())
def test_numerals_that_are_lower_bounds(form: str, low: int) -> None:
    (number,) = numerals.find(form)
    assert (number.value, number.more) == (Decimal(low), True)


@pytest.mark.parametrize("line", CASES["spans"])
def test_where_a_numeral_ends(line: str) -> None:
    chars, _, expected = line.partition(" => ")
    assert [f"{chars[n.start : n.end]}={plain(n.value)}" for n in numerals.find(chars)] == expected.split("; ")


@pytest.mark.parametrize("chars", CASES["none"])
def test_words_and_names_are_no_numbers(chars: str) -> None:
    assert numerals.find(chars) == []


def chinese(number: int) -> str:
    """The number as read aloud, 零 for gaps: an independent writer of what the reader must read."""
    if number == 0:
        return "零"
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        return chinese(high) + "亿" + (("零" if low < 10**7 else "") + chinese(low) if low else "")
    out, gap = "", False
    for power, unit in ((4, "万"), (0, "")):
        section, number = divmod(number, 10**power)
        if not section:
            gap = gap or bool(out)
            continue
        text = _section(section)
        if out and (gap or section < 1000):
            text = "零" + text
        out, gap = out + text + unit, False
    return out


def _section(section: int) -> str:
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, section = divmod(section, power)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return out


NUMBERS = st.one_of(
    st.integers(0, 10**16),
    st.integers(0, 99_999),
    st.builds(lambda digit, zeros: digit * 10**zeros, st.integers(1, 999), st.integers(0, 13)),
)


@settings(max_examples=300, deadline=None)
@given(NUMBERS)
def test_any_number_in_any_form(number: int) -> None:
    forms = [str(number), f"{number:,}", str(number).translate(TO_WIDE), f"{number}.00"]
    if number < 10**16:
        forms += [chinese(number), chinese(number).translate(TO_CAPITAL) + "元"]
    if number >= 10**4:
        forms += [f"{Decimal(number) / 10**4:f}万", f"{Decimal(number) / 10**8:f}亿"]
    for form in forms:
        found = numerals.find("金额为" + form)
        assert [item.value for item in found] == [Decimal(number)], form
        assert (found[0].start, found[0].end) == (3, 3 + len(form.rstrip("元")))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,-/ %零一二三十百千万亿两几余多半点分之又负第（）壹拾陆元个\n€😀a", max_size=60))
def test_no_text_is_too_strange(chars: str) -> None:
    found = numerals.find(chars)
    assert all(0 <= n.start < n.end <= len(chars) for n in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(n.value.is_finite() for n in found)


@pytest.mark.parametrize(
    "unit", ["1", "一", "一十", "1,", "百", "分之一", "1万", "1/", ".1", "一点", "三四", "1 ", "-", "5十"]
)
def test_time_grows_with_the_text_only(unit: str) -> None:
    short, long = ((unit * length)[:length] for length in (10_000, 80_000))
    quickest = max(min(seconds(lambda: numerals.find(short)) for _ in range(3)), 1e-4)
    assert seconds(lambda: numerals.find(long)) < 8 * 4 * quickest
