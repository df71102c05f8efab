"""Acts in the word orders of news, and what they set: issuers, title, targets, funding; and what heads no record."""

from pathlib import Path

import pytest
import yaml

import pipeline
from pipeline.output import to_dict


def records(text):
    return to_dict(pipeline.read(text))["records"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年4月6日，江西省水利厅印发《河湖管护实施方案》。",
        "江西省水利厅于2023年4月6日印发《河湖管护实施方案》。",
        "江西省水利厅2023年4月6日印发方案《河湖管护实施方案》。",
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


def test_a_short_title_beside_the_full_one_is_no_title():
    (record,) = records(
        "《广西油茶三年行动方案（2023—2025年）》（以下简称《方案》）已于2023年4月12日由广西壮族自治区林业局印发。"
    )
    assert record["title"] == "广西油茶三年行动方案（2023—2025年）"


def test_a_second_sentence_takes_an_act_up():
    (record,) = records(
        "2022年5月7日，吉林省水利厅印发《田长制方案》。\n地看住了，补贴也得跟上。方案规定，还田每亩补助40元，由省级承担80%。\n"
    )
    assert [entry["value"]["low"] for entry in record["funding"]] == ["40", "0.8"]


def test_a_notice_says_how_many_departments_joined():
    (record,) = records("广西壮族自治区教育厅等五部门关于供餐工作的通知\n各市：\n请落实。\n2022年8月19日\n")
    assert record["joint"] == 5


def test_a_planned_step_of_a_notice_is_no_act():
    text = "关于开展评估的通知\n各县：\n省民政厅会同省财政厅于2024年7月开展中期评估。\n江西省民政厅\n2023年2月8日\n"
    assert [record["date"]["start"] for record in records(text)] == ["2023-02-08"]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("2024年、2025年各完成3万套。", [("30000", "2024-12-31"), ("30000", "2025-12-31")]),
        ("新建幼儿园140所，新增学位2万个，11月底前建成投用。", [("140", "2023-11-30"), ("20000", "2023-11-30")]),
        ("10月31日前，2022年结转资金使用率提高到90%。", [("0.9", "2023-10-31")]),
        ("到2025年末，三年累计培训100万人次。", [("1000000", "2025-12-31")]),
        ("到2025年，覆盖率由46%提升至60%。", [("0.6", "2025-12-31")]),
        ("供暖覆盖率，2025年底前城镇达到100%、乡村达到85%以上。", [("1", "2025-12-31"), ("0.85", "2025-12-31")]),
    ],
)
def test_goals_and_their_deadlines(sentence, targets):
    (record,) = records(f"关于印发方案的通知\n各市：\n{sentence}\n江西省民政厅\n2023年2月8日\n")
    found = [(t["value"].get("percent", t["value"])["low"], t["deadline"]["latest"]) for t in record["targets"]]
    assert sorted(found) == sorted(targets)


@pytest.mark.parametrize(
    "sentence",
    [
        "租金年涨幅不高于5%。",
        "留用率不低于60%的，上浮至每月1400元。",
        "从六个方面提出23条举措。",
        "抽查比例不少于一成。",
    ],
)
def test_what_is_limited_or_asked_of_an_applicant_is_no_target(sentence):
    (record,) = records(f"关于印发方案的通知\n各市：\n{sentence}\n江西省民政厅\n2023年2月8日\n")
    assert record["targets"] == []


@pytest.mark.parametrize(
    ("sentence", "funding"),
    [
        ("省级财政按1.5个百分点给予贴息。", ["0.015"]),
        ("按单位缴费部分的80%补贴。", ["0.8"]),
        ("2023年安排3.6亿元，2024年和2025年各3.9亿元。", ["360000000", "390000000"]),
        ("下达资金6000万元，其中东阳市2150万元、西安市3850万元。", ["60000000", "21500000", "38500000"]),
        ("补助比例，东部不超过40%，中部不超过60%。", [None, None]),
    ],
)
def test_sums_and_shares_that_are_paid(sentence, funding):
    (record,) = records(f"关于印发方案的通知\n各市：\n{sentence}\n江西省民政厅\n2023年2月8日\n")
    assert [entry["value"]["low"] for entry in record["funding"]] == funding


FUNDING = yaml.safe_load((Path(__file__).parents[1] / "cases" / "funding.yaml").read_text("utf-8"))


def funding(sentence):
    (record,) = records(f"{FUNDING['head']}\n各县：\n一、{sentence}\n东山市民政局\n2024年3月5日\n")
    bounds = [entry["value"] for entry in record["funding"]]
    return [b["cmp"] + (b["low"] if b["cmp"] in ("=", "≥", ">") else b["high"]) for b in bounds]


@pytest.mark.parametrize("sentence", FUNDING["given"])
def test_what_is_paid(sentence):
    assert funding(sentence) == FUNDING["given"][sentence]


@pytest.mark.parametrize("sentence", FUNDING["none"])
def test_what_is_not_paid(sentence):
    assert funding(sentence) == []


@pytest.mark.parametrize("sentence", FUNDING["per"])
def test_for_what_unit_it_is_paid(sentence):
    (record,) = records(f"{FUNDING['head']}\n各县：\n一、{sentence}\n东山市民政局\n2024年3月5日\n")
    assert [entry["per"] for entry in record["funding"]] == FUNDING["per"][sentence]


TARGETS = yaml.safe_load((Path(__file__).parents[1] / "cases" / "targets.yaml").read_text("utf-8"))


def targets(sentence):
    (record,) = records(f"{TARGETS['head']}\n各县：\n一、{sentence}\n东山市民政局\n2024年3月5日\n")
    return [
        " ".join(filter(None, (target["kind"], goal(target["value"]), latest(target)))) for target in record["targets"]
    ]


def goal(value):
    if isinstance(value.get("coverage"), str):
        return value["coverage"]
    bounds = value.get("percent", value)
    return bounds["cmp"] + (bounds["low"] if bounds["low"] is not None else bounds["high"])


def latest(target):
    return target["deadline"]["latest"] if target["deadline"] else None


@pytest.mark.parametrize("sentence", TARGETS["given"])
def test_what_is_to_be_reached(sentence):
    assert targets(sentence) == TARGETS["given"][sentence]


@pytest.mark.parametrize("sentence", TARGETS["none"])
def test_what_is_not_to_be_reached(sentence):
    assert targets(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "deadlines"),
    [
        ("推荐名单务必在5月31日前报送东山市旅游局。", ["other 2024-05-31"]),
        ("各县实施细则于本通知印发之日起30日内报市委网信办备案。", ["other 2024-04-04"]),
        ("投标保证金须在4月26日17:00前到账，以入账时间为准。", ["other 2024-04-26"]),
        ("申报时间为3月8日9:00至4月10日18:00，系统到期自动关闭。", ["application 2024-04-10"]),
        ("纸质材料一式3份，于4月12日前送至市科技局。", ["application 2024-04-12"]),
        ("本通知自印发之日起施行，有效期至2026年12月31日。", ["expiry 2026-12-31"]),
        ("各县于7月31日前完成审核。", []),
    ],
)
def test_deadlines_of_the_document_itself(sentence, deadlines):
    (record,) = records(f"关于做好申报工作的通知\n各县：\n一、{sentence}\n东山市民政局\n2024年3月5日\n")
    assert [f"{entry['kind']} {entry['latest']}" for entry in record["deadlines"]] == deadlines


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("东山市2024年度实体书店扶持资金\n申报指南", "东山市2024年度实体书店扶持资金申报指南"),
        ("民政部等五部门\n关于实施提升行动的通知", "民政部等五部门关于实施提升行动的通知"),
        ("东山市人民政府办公室关于印发\n《东山市建设方案（2022—2025年）》的通知", "东山市建设方案（2022—2025年）"),
    ],
)
def test_a_heading_on_several_lines_is_one_title(heading, title):
    (record,) = records(f"{heading}\n各县：\n请抓紧办理。\n东山市民政局\n2024年3月5日\n")
    assert record["title"] == title


def test_a_notice_spans_its_whole_text():
    text = "关于做好申报工作的通知\n各县：\n请抓紧办理。\n东山市民政局\n2024年3月5日\n"
    (record,) = records(text)
    assert record["spans"] == [[0, len(text) - 1]]


@pytest.mark.parametrize(
    ("told", "action"),
    [
        ("2023年2月1日，江西省民政厅、财政厅联合印发《江西省养老服务方案》。", "印发"),
        ("2023年2月1日，江西省民政厅公开征求《江西省养老服务办法（征求意见稿）》意见。", "公开征求意见"),
        ("2023年3月1日，江西省民政厅召开会议，部署工作。", "召开"),
        ("2023年3月1日，江西省财政厅发布会计准则实施指南。", "发布"),
        ("2023年3月1日，江西省民政厅印发会议纪要。", "印发"),
        ("关于做好申报工作的通知\n各县：\n请抓紧办理。\n江西省民政厅\n2024年3月5日\n", "通知"),
        ("养老设备采购项目公开招标公告\n采购人：江西省民政厅\n江西省民政厅\n2024年3月5日\n", "公开招标"),
    ],
)
def test_the_verb_of_an_act(told, action):
    (record,) = records(told)
    assert record["action"] == action


def test_what_officials_say_at_a_conference_belongs_to_it():
    conference, act = records(
        "2020年10月23日，江西省政府新闻办举行发布会，介绍油茶产业。\n\n"
        "　　今年9月3日，江西省林业局印发《江西省油茶贷款办法》。\n\n"
        "　　宜春市是主产区。鄢大江表示，到2023年末，全市建成示范基地35个。\n"
    )
    assert [target["value"]["low"] for target in conference["targets"]] == ["35"]
    assert not act["targets"]


def test_an_act_told_in_a_report_goes_on_to_the_full_stop():
    own, told = records(
        "东山市科学技术局2020年工作总结\n东山市科学技术局　2020年12月28日\n"
        "8月25日，东山市人民政府印发《科技创新券管理办法》，扩大用券范围；到2022年底，用券企业超过400家。全年到账5亿元。\n"
    )
    assert [target["value"]["low"] for target in told["targets"]] == ["400"]
    assert not own["targets"]


def test_what_is_paid_goes_on_where_nobody_else_is_named():
    first, second = records(
        "2023年2月17日，安徽省卫生健康委印发《安徽省托育服务方案》。《方案》提出，2025年，服务覆盖率不低于60%。\n\n"
        "2023年3月1日，海南省卫生健康委印发《海南省托育服务方案》。\n\n"
        "　　钱怎么出？新增托位每个给予补助1万元。\n"
    )
    assert not first["funding"]
    assert [entry["value"]["low"] for entry in second["funding"]] == ["10000"]


def test_a_short_title_and_what_goes_on_without_one():
    (record,) = records(
        "2025年6月6日，河北省能源局印发《河北省充电设施实施方案（2025—2027年）》（以下简称《方案》）。\n\n"
        "　　补短板，目标怎么定？《方案》提出，到2027年底，全省充电桩达到8.6万台以上。\n\n"
        "　　建得起，还要养得住。省级财政安排专项资金9.3亿元。\n"
    )
    assert [target["value"]["low"] for target in record["targets"]] == ["86000"]
    assert [entry["value"]["low"] for entry in record["funding"]] == ["930000000"]


def test_a_deadline_right_behind_its_measure():
    (record,) = records(
        "关于加快客运一体化的通知\n各镇：\n23个村年内都要通公交，其中首批改造15个9月25日前开行，其余改造8个最迟11月底开行。\n"
        "东山县交通运输局\n2022年8月17日\n"
    )
    due = {t["value"]["low"]: t["deadline"]["latest"] for t in record["targets"] if "low" in t["value"]}
    assert due["15"] == "2022-09-25"
    assert due["8"] == "2022-11-30"


def test_an_interpretation_on_a_web_page():
    own, _ = records(
        "《内蒙古自治区肉羊产业行动方案（2022—2025年）》政策解读\n\n来源：自治区农牧厅　　发布时间：2022-11-09　　字号：大 中 小\n\n"
        "2022年10月27日，自治区人民政府办公厅印发《内蒙古自治区肉羊产业行动方案（2022—2025年）》。\n\n二、行动方案\n\n主要有三条。\n"
    )
    assert own["issuers"] == ["自治区农牧厅"]
    assert own["date"]["start"] == "2022-11-09"


@pytest.mark.parametrize(
    ("heading", "issuer"),
    [
        ("浙江省人民政府令\n第388号", "浙江省人民政府"),
        ("昆明市人民政府公告\n第78号", "昆明市人民政府"),
        ("民政部令\n第66号", "民政部"),
    ],
)
def test_an_order_puts_out_what_its_first_sentence_names(heading, issuer):
    order = (
        f"{heading}\n《养老服务管理办法》已经常务会议审议通过，现予公布，自2021年10月1日起施行。\n"
        "负责人　陈立群\n2021年8月10日\n养老服务管理办法\n第一条　为了规范养老服务，制定本办法。\n"
    )
    (record,) = records(order)
    assert (record["title"], record["issuers"]) == ("养老服务管理办法", [issuer])
    assert (record["action"], record["date"]["end"]) == ("公布", "2021-08-10")


@pytest.mark.parametrize(
    ("told", "issuers"),
    [
        ("全省民政工作会议2024年3月1日在长沙召开，部署全年工作。", []),
        ("甘肃省第十四届人民代表大会第二次会议2024年1月20日在兰州开幕。", []),
        ("2016年5月3日，人民银行、银监会印发《关于金融支持养老的意见》。", ["人民银行", "银监会"]),
        ("2016年5月3日，浙江印发《养老意见》。", ["浙江"]),
    ],
)
def test_who_acts(told, issuers):
    (record,) = records(told)
    assert record["issuers"] == issuers
