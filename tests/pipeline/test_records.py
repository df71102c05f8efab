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


def test_minutes_are_the_record_of_the_meeting():
    (record,) = records(
        "三明市人民政府第58次常务会议纪要\n（2016年11月18日）\n\n　　会议同意安排资金500万元。到2017年底建成站点20个。\n\n"
        "三明市人民政府办公室\n2016年11月21日\n"
    )
    assert record["title"] == "三明市人民政府第58次常务会议纪要"
    assert record["issuers"] == ["三明市人民政府"]
    assert record["date"]["start"] == "2016-11-18"
    assert [target["value"]["low"] for target in record["targets"]] == ["20"]


def test_what_an_interpretation_explains_belongs_to_the_act_explained():
    own, explained = records(
        "《助餐服务办法》政策解读\n山西省民政厅　2023年5月26日\n\n　　2023年5月12日，山西省民政厅印发《助餐服务办法》。\n\n"
        "　　问：目标是什么？\n\n　　答：到2025年底建成助餐点500个，每餐补助2元。\n"
    )
    assert (own["title"], own["date"]["start"], own["targets"]) == ("《助餐服务办法》政策解读", "2023-05-26", [])
    assert (explained["title"], explained["date"]["start"]) == ("助餐服务办法", "2023-05-12")
    assert [target["value"]["low"] for target in explained["targets"]] == ["500"]
    assert [entry["value"]["low"] for entry in explained["funding"]] == ["2"]


def test_what_is_said_at_a_press_conference_adds_to_its_record():
    (record,) = records(
        "2022年5月9日，陕西省政府新闻办在西安举行新闻发布会，介绍治污进展。\n　　钱怎么花？今年省级财政安排专项资金8.5亿元。\n"
    )
    assert record["title"] is None
    assert [entry["value"]["low"] for entry in record["funding"]] == ["850000000"]


def test_who_buys_issues_a_tender():
    (record,) = records(
        "荣成市观测设备采购项目竞争性磋商公告\n\n　　受荣成市海洋发展局委托，山东恒信项目管理有限公司组织磋商。\n"
        "　　监督部门：荣成市财政局。\n\n2024年5月6日\n"
    )
    assert record["issuers"] == ["荣成市海洋发展局"]


def test_only_the_new_standard_is_funding():
    (record,) = records(
        "2023年6月9日，本溪市民政局印发通知，护理费分别由每人每月96元、290元提高到100元、300元，二级残疾补贴维持90元不动。"
    )
    assert [entry["value"]["low"] for entry in record["funding"]] == ["100", "300", "90"]


def test_a_deadline_may_follow_its_measure():
    (record,) = records(
        "2022年5月9日，天津市住房和城乡建设委员会召开推进会，要求首批63个小区2023年5月底前完工，其余分别由甲区、乙区承担。"
    )
    assert [(t["value"]["low"], t["deadline"]["latest"]) for t in record["targets"]] == [("63", "2023-05-31")]


def test_figures_of_a_report_are_no_funding():
    (record,) = records(
        "滁州市2015年上半年财政收支情况\n\n滁州市财政局　2015年7月20日\n\n　　教育支出30亿元，农林水支出20亿元。\n"
        "　　下半年计划安排就业补助2亿元。\n"
    )
    assert [entry["value"]["low"] for entry in record["funding"]] == ["200000000"]
