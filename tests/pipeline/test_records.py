"""Acts in the word orders of news, and what they set: issuers, title, targets, funding; and what heads no record."""

import pytest

import pipeline
from pipeline.output import to_dict


def records(text):
    return to_dict(pipeline.read(text))["records"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年4月6日，江西省水利厅印发《河湖管护实施方案》。",
        "江西省水利厅于2023年4月6日印发《河湖管护实施方案》。",
        "江西省水利厅2023年4月6日印发了《河湖管护实施方案》。",
        "《河湖管护实施方案》由江西省水利厅于2023年4月6日印发。",
        "2023年4月6日，《河湖管护实施方案》由江西省水利厅印发。",
        "2023年4月6日印发的，是《河湖管护实施方案》，发文的江西省水利厅要求抓好落实。",
    ],
)
def test_word_orders_of_one_act(sentence):
    (record,) = records(sentence)
    assert record["issuers"] == ["江西省水利厅"]
    assert record["province"]["code"] == "360000"
    assert (record["action"], record["title"]) == ("印发", "河湖管护实施方案")
    assert record["date"] == {"start": "2023-04-06", "end": "2023-04-06"}


@pytest.mark.parametrize(
    "sentence",
    [
        "日前，江西省水利厅印发《河湖管护实施方案》。",
        "2023年4月6日，记者从江西省水利厅获悉，新一批河长已经上岗。",
        "2023年4月6日，江西赣水建设有限公司发布公告。",
        "自2023年4月6日起，新标准正式施行。",
    ],
)
def test_no_dated_act_of_an_agency(sentence):
    assert records(sentence) == []


def test_joint_act_with_completed_issuers():
    (record,) = records("2022年5月9日，河南省民政厅、财政厅等6部门联合印发《助餐服务办法（试行）》，每餐补贴2元。")
    assert record["issuers"] == ["河南省民政厅", "河南省财政厅"]
    assert record["joint"] == 6
    assert [entry["value"]["low"] for entry in record["funding"]] == ["2"]


def test_measures_go_with_deadlines_in_order():
    (record,) = records("2022年5月9日，福建省教育厅出台意见，到2023年底、2025年底，公办园占比分别达到55%、60%。")
    assert [(t["value"]["low"], t["deadline"]["latest"]) for t in record["targets"]] == [
        ("0.55", "2023-12-31"),
        ("0.6", "2025-12-31"),
    ]


def test_caps_of_an_earlier_payment_are_funding_and_thresholds_are_not():
    (record,) = records(
        "2022年5月9日，厦门市商务局印发通知，对投资超过500万元的项目，按投资额的10%给予补助，单个项目最高80万元。"
    )
    assert [entry["value"]["high"] for entry in record["funding"]] == ["0.1", "800000"]


def test_table_of_tasks_gives_targets_with_their_deadlines():
    text = (
        "关于印发任务表的通知\n各区县：\n\n区县\t新建站点\t完成时限\n甲区\t5个\t2024年6月底\n乙区\t7个\t2024年9月底\n\n"
        "重庆市民政局\n2024年2月6日\n"
    )
    (record,) = records(text)
    assert [(t["value"]["low"], t["deadline"]["latest"]) for t in record["targets"]] == [
        ("5", "2024-06-30"),
        ("7", "2024-09-30"),
    ]
