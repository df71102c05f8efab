"""Dates: forms of each value, what is no date, context, arbitrary text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors import calendar, dates, roles
from extractors.mention import UNPLACED, DateValue, Mention, Reject
from extractors.text import Segmenter, Text
from tests.timing import seconds

CASES = yaml.load((Path(__file__).parents[1] / "cases" / "dates.yaml").read_text("utf-8"), yaml.BaseLoader)
REFERENCE = dt.date.fromisoformat(CASES["reference"])


def read(chars: str, reference: dt.date | None = REFERENCE) -> list[Mention | Reject]:
    text = Text(chars, segmenter=Segmenter(list))
    found = [e for e in dates.expressions(text) if isinstance(e, dates.DateExpression)]
    cues = roles.find(text, [(e.start, e.end) for e in found])
    return list(dates.resolve(text, found, cues, reference))


def value(written: str) -> DateValue:
    first, _, last = written.partition("..")
    return DateValue(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


def spans(chars: str, reference: dt.date | None = REFERENCE) -> list[tuple[str, object]]:
    return [(chars[m.start : m.end], m.value if isinstance(m, Mention) else m.reason) for m in read(chars, reference)]


@pytest.mark.parametrize(("form", "expected"), [(f, c["value"]) for c in CASES["values"] for f in c["forms"]])
def test_form(form: str, expected: str) -> None:
    assert spans(f"（{form}）") == [(form, value(expected))]


@pytest.mark.parametrize("chars", CASES["none"])
def test_no_date(chars: str) -> None:
    assert spans(chars) == []


def test_a_date_without_a_year_takes_the_year_of_its_paragraph() -> None:
    assert spans("2019年5月1日开会。6月2日闭会。\n7月3日")[1:] == [
        ("6月2日", value("2019-06-02")),
        ("7月3日", value("2021-07-03")),
    ]


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("三、7月31日前完成。", [("7月31日", "2021-07-31")]),
        ("十二、2月底前报送。", [("2月底", "2021-02-21..2021-02-28")]),
        ("4.2017年1月20日前报送。", [("2017年1月20日", "2017-01-20")]),
        ("要求如下；\n12.5月10日前报送。", [("5月10日", "2021-05-10")]),
        ("面积3.5月", []),
    ],
)
def test_the_number_of_a_section_is_no_month(chars: str, expected: list[tuple[str, str]]) -> None:
    assert spans(chars) == [(printed, value(written)) for printed, written in expected]


def test_a_heading_says_which_year_the_lines_below_it_are_in() -> None:
    text = "改厕工作大事记（2020年）\n1月8日，会议召开。\n9月30日，验收。\n四、2022年工作要点\n3月底前完成普查。\n"
    assert [found for _, found in spans(text)] == [
        value("2020-01-01..2020-12-31"),
        value("2020-01-08"),
        value("2020-09-30"),
        value("2022-01-01..2022-12-31"),
        value("2022-03-21..2022-03-31"),
    ]


def test_a_chronicle_of_several_years() -> None:
    text = "◆2018年\n4月20日，印发。\n◆2019年\n3月11日，入住。\n"
    assert [found for _, found in spans(text)][1::2] == [value("2018-04-20"), value("2019-03-11")]


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("项目2022年6月完成。第一批较快，截至3月底支出过半。", "2021-03-21..2021-03-31"),
        ("年末实有床位1200张。", "2020-12-01..2020-12-31"),
        ("截至11月底，存栏8万头。", "2020-11-21..2020-11-30"),
    ],
)
def test_an_as_of_date_is_not_to_come(chars: str, expected: str) -> None:
    assert spans(chars)[-1][1] == value(expected)


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("上年结转资金应于5月31日前支付完毕。", "2021-05-31"),
        ("对2020年度36个项目开展评价，结果10月底前报送。", "2021-10-21..2021-10-31"),
        ("对2020年36个项目，要求2月28日前完成整改。", "2020-02-28"),
        ("去年底遗留的37处，6月30日前销号。", "2021-06-30"),
        ("2020年，市里要求10月底前完成。", "2020-10-21..2020-10-31"),
    ],
)
def test_a_year_that_says_which_thing_is_meant_lends_nothing_to_a_goal(chars: str, expected: str) -> None:
    assert spans(chars)[-1][1] == value(expected)


def test_the_year_before_the_one_that_is_reported_on() -> None:
    assert spans("2019年，增长3%，比上年提高1个百分点。")[-1][1] == value("2018-01-01..2018-12-31")


def test_a_leap_day_takes_the_year_of_the_reference() -> None:
    assert spans("2023年退出9人。2月29日，新人到岗。", dt.date(2024, 3, 1))[-1][1] == value("2024-02-29")


def test_a_range_that_ends_before_it_begins_is_rejected() -> None:
    assert spans("自9月19日起至9月13日止")[-1][1] == "ends-before-it-begins"


def test_relative_dates_need_a_reference() -> None:
    assert spans("今年和2020年", None) == [("今年", UNPLACED), ("2020年", value("2020-01-01..2020-12-31"))]


def test_enumerated_years_are_one_mention_each() -> None:
    assert [printed for printed, _ in spans("2021、2022、2023年")] == ["2021", "2022", "2023年"]


@pytest.mark.parametrize("chars", ["2月30日", "2021年13月1日", "4月31日"])
def test_a_day_that_no_calendar_has_is_rejected(chars: str) -> None:
    (found,) = dates.expressions(Text(chars, segmenter=Segmenter(list)))
    assert isinstance(found, Reject)
    assert found.reason == "no-such-date"


def test_a_leap_day_of_another_year_is_rejected() -> None:
    assert spans("2021年2月29日") == [("2021年2月29日", "no-such-date")]


FORMS = (
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y-%m-%d}",
    "{0:%Y}/{0.month}/{0.day}",
    "{0:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}号",
)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMS), st.text("，。的了在、", max_size=9)
)
def test_round_trip(day: dt.date, form: str, around: str) -> None:
    printed = form.format(day)
    chars = f"{around}，{printed}，{around}"
    found = [m for m in read(chars) if isinstance(m, Mention)]
    assert [(chars[m.start : m.end], m.value) for m in found] == [(printed, DateValue(day, day))]


def month(first: int, last: int, year: int) -> DateValue:
    return DateValue(dt.date(year, first, 1), dt.date(year, last, calendar.days_in_month(year, last)))


PERIODS: tuple[tuple[str, Callable[[int, int], DateValue]], ...] = (
    # form, and the period of a year and a number from 1 to 12
    ("{y}年", lambda y, _: month(1, 12, y)),
    ("{y}年度", lambda y, _: month(1, 12, y)),
    ("{y}年{m}月", lambda y, m: month(m, m, y)),
    ("{y}年{m}月份", lambda y, m: month(m, m, y)),
    ("{y}年底", lambda y, _: month(12, 12, y)),
    ("{y}年初", lambda y, _: month(1, 1, y)),
    ("{y}年上半年", lambda y, _: month(1, 6, y)),
    ("{y}年下半年", lambda y, _: month(7, 12, y)),
    ("{y}年第{q}季度", lambda y, m: month(3 * ((m + 2) // 3) - 2, 3 * ((m + 2) // 3), y)),
    ("{y}年前三季度", lambda y, _: month(1, 9, y)),
    ("{y}年1至{m}月", lambda y, m: month(1, m, y)),
    ("{y}年{m}月上旬", lambda y, m: DateValue(dt.date(y, m, 1), dt.date(y, m, 10))),
    ("{y}年{m}月中旬", lambda y, m: DateValue(dt.date(y, m, 11), dt.date(y, m, 20))),
    ("{y}年{m}月底", lambda y, m: DateValue(dt.date(y, m, 21), dt.date(y, m, calendar.days_in_month(y, m)))),
    ("{y}年{m}月1日至{m}月15日", lambda y, m: DateValue(dt.date(y, m, 1), dt.date(y, m, 15))),
    ("{y}年{m}月1日至15日", lambda y, m: DateValue(dt.date(y, m, 1), dt.date(y, m, 15))),
    ("{y}—{z}年", lambda y, m: DateValue(dt.date(y, 1, 1), dt.date(y + m, 12, 31))),
    ("{y}年{m}月至次年3月", lambda y, m: DateValue(dt.date(y, m, 1), dt.date(y + 1, 3, 31))),
)


@given(
    st.integers(1950, 2080),
    st.integers(2, 12),
    st.sampled_from(PERIODS),
    st.text("，。的了在、", max_size=9),
)
def test_round_trip_of_periods(
    year: int, number: int, period: tuple[str, Callable[[int, int], DateValue]], around: str
) -> None:
    form, value = period
    printed = form.format(y=year, m=number, q=(number + 2) // 3, z=year + number)
    chars = f"{around}，{printed}，{around}"
    found = [m for m in read(chars) if isinstance(m, Mention)]
    assert [(chars[m.start : m.end], m.value) for m in found] == [(printed, value(year, number))]


@given(st.text(st.sampled_from("0123456789年月日、至—-./一二三十〇廿零上下本周第季度半底末初今去明次五“”\n :点时号")))
def test_no_text_raises(chars: str) -> None:
    read(chars)
    read(chars, None)


@pytest.mark.parametrize("pattern", ["0年1、", "1", "1、", "2021、", "21年"])
def test_time_is_linear(pattern: str) -> None:
    short, long = (Text((pattern * n)[:n], segmenter=Segmenter(list)) for n in (20_000, 200_000))
    assert seconds(lambda: dates.expressions(long)) < 40 * seconds(lambda: dates.expressions(short)) + 0.1


def test_a_section_on_plans_is_in_the_year_of_its_heading() -> None:
    chars = "2021年工作总结和2022年打算\n一、2021年工作总结\n3月，开工。\n二、2022年工作打算\n上半年，建成中心。年底前完成验收。"
    told = dict(spans(chars, dt.date(2021, 12, 30)))
    assert told["3月"] == value("2021-03-01..2021-03-31")
    assert told["上半年"] == value("2022-01-01..2022-06-30")
    assert told["年底"] == value("2022-12-01..2022-12-31")


def test_as_of_a_day_without_any_reference() -> None:
    told = spans("2023年12月29日，研究2024年打算。截至12月28日，签约61个。", None)
    assert told[-1] == ("12月28日", value("2023-12-28"))


def test_this_year_is_the_year_told_last() -> None:
    assert spans("2021年，改革开始。\n这年3月22日，方案印发。", dt.date(2023, 9, 14))[-1][1] == value("2021-03-22")


def test_days_below_the_line_of_their_month() -> None:
    chars = (
        "东山县2021年大事记\n1月\n4日 县里通报。\n2月\n3日 寒潮来袭，2020年11月1日零时。\n3月\n1日至4月10日 开展会战。"
    )
    told = dict(spans(chars, dt.date(2022, 6, 30)))
    assert told["4日"] == value("2021-01-04")
    assert told["3日"] == value("2021-02-03")
    assert told["1日至4月10日"] == value("2021-03-01..2021-04-10")


@pytest.mark.parametrize(
    ("chars", "day"),
    [
        ("12月5日，省厅召开会议，部署2025年工作。", "2024-12-05"),
        ("1月8日，省厅召开会议，总结2023年工作，部署2024年工作。", "2024-01-08"),
        ("3月20日，省厅举行发布会。截至2023年底，共有机构120家。", "2024-03-20"),
        ("3月5日，省厅下达2024年资金。", "2024-03-05"),
        ("8月5日，省局公布2024年上半年数据。", "2024-08-05"),
    ],
)
def test_the_year_of_a_lead_day_is_not_what_it_looks_back_on_or_plans_for(chars: str, day: str) -> None:
    assert spans(chars, None)[0][1] == value(day)


def test_a_year_that_names_a_thing_lends_none_behind_another_time() -> None:
    text = "2016年3月7日至4月15日，对2015年度资金进行审计，于4月8日出具报告。"
    assert spans(text)[-1] == ("4月8日", value("2016-04-08"))
    assert spans("2019年、2020年的预拨于当年4月底前完成。")[-1] == ("4月底", value("2020-04-21..2020-04-30"))


def test_days_in_a_list() -> None:
    assert spans("4月1—7日、11—13日、18日检查。") == [
        ("4月1—7日", value("2021-04-01..2021-04-07")),
        ("11—13日", value("2021-04-11..2021-04-13")),
        ("18日", value("2021-04-18")),
    ]


def test_an_impossible_day_keeps_its_year() -> None:
    assert spans("2013年2月29日获批，3月27日完成招标。")[-1] == ("3月27日", value("2013-03-27"))
