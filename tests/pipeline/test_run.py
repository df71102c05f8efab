"""One document through all stages: nothing raises, everything has its place, and time grows with length."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline import output
from pipeline.output import to_dict
from tests.timing import seconds

ROOT = Path(__file__).parent.parent.parent
TEXTS = sorted((ROOT / "corpus").rglob("*.txt")) + sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
SCHEMA = jsonschema.Draft202012Validator(output.json_schema(), format_checker=jsonschema.FormatChecker())

PIECES = (
    "2021年 3月 2日 二〇二一年 底 末 前 内 起 至 、 ， 。 ； ： ( （ ） 《 》 “ ” 〔 〕 十四五 今年 去年 次年 3至5年 一年半 季度 个月 15个工作日 自 到 截至 "
    "30% 50 ％ 百分之 三成 个百分点 万元 亿元 元 ￥ 人民币 贰拾万元整 每人每月 不低于 超过 以上 以下 分别 其中 由 提高到 50个 887家 19部门 湖北省 武汉市 "
    "朝阳区 民政厅 省政府办公厅 印发 召开 关于 的通知 实施方案 方案 全覆盖 基本 都有 力争 补助 罚款 主办 陈兰兰 说 民发〔2020〕12号 附件 9999年12月31日 0001年1月1日 有效期9999年 99999年时间 9999万个工作日内 开工 完工 上半年 同比 发布会 \n \r\n \t \u3000 \ufffd — 3 — ０ Ⅷ 𠮷 \ud800"
).split(" ")
REFERENCES = (None, dt.date(2021, 4, 1), dt.date.min, dt.date.max)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(REFERENCES))
def test_no_text_raises_and_every_mention_is_in_its_place(pieces, reference):
    text = "".join(pieces)
    extraction = pipeline.read(text, reference)
    shape = to_dict(extraction)
    for mention in shape["mentions"]:
        assert mention["text"] == text[mention["start"] : mention["end"]] != ""
    SCHEMA.validate(shape)
    assert json.loads(output.dumps(extraction)) == json.loads(json.dumps(shape))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_field_of_a_record_points_to_what_says_it(path):
    found = to_dict(pipeline.extract(path))
    text = path.read_text(encoding="utf-8")
    assert found["records"]
    for record in found["records"]:
        evidence = record["evidence"]
        said = {field: ["".join(text[a:b].split()) for a, b in spans] for field, spans in evidence.items()}
        for field in ("province", "issuers", "joint", "title", "number", "status", "date", "targets", "funding"):
            assert (record[field] not in (None, [])) == (field in said), field
        for spans in said.values():
            assert all(spans)
        if record["title"]:
            assert record["title"] in said["title"][0]
        if record["date"]:
            assert record["date"] in [
                m["value"] for m in found["mentions"] if [m["start"], m["end"]] in evidence["date"]
            ]
        assert len(said.get("issuers", [])) == len(record["issuers"])


@pytest.mark.parametrize(
    "chars",
    [
        "年",
        "、",
        "1年",
        "2021年、",
        "一二",
        "10%、",
        "万元",
        "（《",
        "省",
        "\n3",
        "合计100个、",
        "第二次2021年3月1日",
        "东\t3\n",
        "问题3个分三种3个3个3个。",
        "中标总金额3万元，中标金额3万元。",
        "其余税加在一起3个，除上述三个外，没有3个，",
        "安排3元，动支3元；动支3元，尚余3元，",
        "从年龄看，甲占3%，乙占3%，丙占3%，",
        "2021年3月2日通报，1至3月，新增3个，",
        "2024年3月1日，河南省民政厅印发《办法》，",
        "第一包3万元，第二包3万元，",
        "第一阶段共3天，",
        "灯具3盏；灯具3盏；灯具5盏；",
        "甲1126人、乙1254人、丙186人，共2677人。\n",
        "甲路：灯具3盏；\n",
        "· 评审：3月2日至5日；\n",
        "2021年3月2日，对4月5日检查时",
        "|全市|3|4|\n",
        "每年年底前报送，",
        "预算金额（元）：3，",
        "朝阳区",
        "出席：",
        "到2020年建成50个",
    ],
)
def test_time_grows_with_length(chars):
    def read(size):
        return seconds(lambda: pipeline.read(chars * (size // len(chars))))

    read(1000)
    short, long = read(5_000), read(50_000)
    assert long < 40 * max(short, 0.005)


def test_names_without_blanks_are_parted_in_time():
    assert seconds(lambda: pipeline.read("出席：" + "王李张刘陈杨赵黄周吴" * 6 + "的。")) < 1
