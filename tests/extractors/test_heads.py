"""Amounts whose unit stands in their label or in the head of their column."""

import pytest

from extractors import heads
from extractors.text import Segmenter, Text
from pipeline import loading, run


def found(chars):
    return [
        (chars[m.start : m.end], str(m.value.low), m.rule) for m in heads.find(Text(chars, segmenter=Segmenter(list)))
    ]


@pytest.mark.parametrize(
    ("chars", "amounts"),
    [
        ("预算金额（元）：1,260,000.00\n", [("1,260,000.00", "1260000", "yuan.label")]),
        ("最高限价（万元）：35.6，数量（台）：5", [("35.6", "356000", "yuan.label")]),
        ("预算金额（万元人民币）：1268", [("1268", "12680000", "yuan.label")]),
        (
            "项目\t金额（万元）\n甲\t35\n乙\t45.5\n",
            [("35", "350000", "yuan.column"), ("45.5", "455000", "yuan.column")],
        ),
        ("项目\t金额（万元）\t数量\n甲\t3\t5\n乙\t12\n", [("3", "30000", "yuan.column")]),
        ("预算金额（元）：1268-1300", []),
        ("填表日期（元）：2024-05-06", []),
        ("数量（台）：5", []),
    ],
)
def test_amounts(chars, amounts):
    assert found(chars) == amounts


def test_a_sign_does_not_give_the_sum_twice():
    extraction = run.extract(loading.from_text("某县采购公告\n预算金额（万元）：￥1268\n"))
    sums = [m.value for m in extraction.mentions if m.label == "YUAN"]
    assert [(str(value.low), value.inherited) for value in sums] == [("12680000", True)]


@pytest.mark.parametrize("chars", ["0到0百元", "0百-2020百-3元", "八亿亿亿亿"])
def test_numbers_that_are_none_raise_nothing(chars):
    assert run.extract(loading.from_text(chars)).status == "ok"
