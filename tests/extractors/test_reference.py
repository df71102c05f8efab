"""The reference date: which day of a text relative dates count from, and on what it rests."""

import datetime as dt

import pytest

from extractors import dates, reference, roles
from extractors.text import Segmenter, Text

CASES = {
    "关于建设水厂的通知\n各县：\n请抓紧。\n东山县水利局\n2021年3月4日": ("2021-03-04", "date-line"),
    "发布时间：2021-03-04\n2020年5月6日，水厂开工。": ("2021-03-04", "date-line"),
    "提交文件截止时间：2021年3月25日。\n发布时间：2021年3月4日\n": ("2021-03-04", "date-line"),
    "东山日报\n2021年3月4日\n水厂开工了，工期一年。": ("2021-03-04", "date-line"),
    "新华社东山2021年3月4日电 2020年5月6日，水厂开工。": ("2021-03-04", "date-line"),
    "2020年5月6日，水厂开工。2021年2月1日完工。": ("2021-02-01", "latest-date"),
    "2020年5月6日，水厂开工，计划于2021年12月31日前完工。": ("2020-05-06", "latest-date"),
    "2020年5月6日，水厂开工。新厂将于2021年2月1日投用。": ("2020-05-06", "latest-date"),
    "水厂今年开工。": (None, "none"),
    "（《东山日报》2021年3月4日出版）\n2021年5月6日，水厂开工。": ("2021-03-04", "date-line"),
    "水厂2021年5月6日开工。\n（原载《东山日报》2021年3月4日第2版）": ("2021-03-04", "date-line"),
    "本报综合讯（12月18日）行动从2024年11月15日起。": ("2024-12-18", "date-line"),
    # a dateline without its year
    "本报东山9月17日讯 2021年上半年，全市建水厂3座。": ("2021-09-17", "date-line"),
    "本报东山1月6日讯 截至2020年12月31日，全市有水厂3座。": ("2021-01-06", "date-line"),
    "（新华社东山6月25日电）截至2021年6月30日，全市有水厂3座。": ("2021-06-25", "date-line"),
    "本报东山2月29日讯 2023年12月31日，水厂完工。": ("2024-02-29", "date-line"),
    "本报东山3月5日讯 到2025年，全市建水厂3座。2021年投资3亿元。": ("2021-03-05", "date-line"),
    "市财政局10月18日公布2022年前三季度财政收支数据。截至9月30日，库款38亿元。": ("2022-10-18", "latest-date"),
    "本报东山3月5日讯 到2025年，全市建水厂3座。": (None, "none"),
    "本报东山3月5日讯 2020年5月6日开工的水厂将于2025年6月1日投用。": ("2020-03-05", "date-line"),
}


def chosen(chars: str, given: dt.date | None = None) -> tuple[str | None, str]:
    text = Text(chars, segmenter=Segmenter(list))
    found = [e for e in dates.expressions(text) if isinstance(e, dates.DateExpression)]
    cues = roles.find(text, [(e.start, e.end) for e in found])
    day, basis = reference.choose(text, found, cues, given)
    return day.isoformat() if day is not None else None, basis


@pytest.mark.parametrize("chars", CASES)
def test_the_day_that_relative_dates_count_from(chars: str) -> None:
    assert chosen(chars) == CASES[chars]


def test_a_given_day_wins() -> None:
    assert chosen("发布时间：2021-03-04", dt.date(2020, 1, 2)) == ("2020-01-02", "given")
