"""Layout: what is joined, what stays apart, what is dropped, and the way back to the source."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import loading
from pipeline.layout import as_it_is, lay_out
from pipeline.layout.compile import compile_table
from pipeline.layout.folding import fold


def clean(text):
    return lay_out(loading.from_text(text)).printed


NARROW = textwrap.dedent("""\
    江城晚报 A07要闻

    社区食堂怎么办下去

    2023 年 4 月 18 日， 江城市
    民政局印发《社区食堂建设三
    年行动方案》，提出到 2023 年
    底，全市建成 120 家社区食堂，

    到 2025 年实现街道全覆盖。
    各区每年安排不少于 200 万
    元资金。 老人就餐每餐补助 3
    元。

    记者走访

    在东湖街道， 食堂中午最热闹。
    """)


def test_wrapped_column_becomes_sentences():
    assert clean(NARROW).split("\n") == [
        "江城晚报A07要闻",
        "社区食堂怎么办下去",
        "2023年4月18日，江城市民政局印发《社区食堂建设三年行动方案》，提出到2023年底，全市建成120家社区食堂，"
        "到2025年实现街道全覆盖。各区每年安排不少于200万元资金。老人就餐每餐补助3元。",
        "记者走访",
        "在东湖街道，食堂中午最热闹。",
    ]


def test_indented_paragraphs_without_blank_lines():
    text = (
        "　　各县（市、区）人民政府要在2022年6月底前完成摸底，并将结果报市住\n建局。\n"
        "　　市财政局按每户2万元给予补助，资金于2022年9月前拨付到\n位。\n　　特此通知。\n"
    )
    assert clean(text).split("\n") == [
        "各县（市、区）人民政府要在2022年6月底前完成摸底，并将结果报市住建局。",
        "市财政局按每户2万元给予补助，资金于2022年9月前拨付到位。",
        "特此通知。",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_every_line_end_ends_a_line(end):
    assert clean("关于开展检查的通知\n\n各单位：\n".replace("\n", end)) == "关于开展检查的通知\n各单位："


@pytest.mark.parametrize("furniture", ["— 3 —", "－３－", "第3页", "第 3 页 共 12 页", "3 / 12", "-3-"])
def test_page_number_in_mid_sentence_is_dropped(furniture):
    text = f"全市各级各部门要统筹安排，确保在2024年年底以前完成老旧小区改造任务的百分\n\n{furniture}\n\n之八十，并将情况报送市政府办公室督查科。\n"
    assert (
        clean(text)
        == "全市各级各部门要统筹安排，确保在2024年年底以前完成老旧小区改造任务的百分之八十，并将情况报送市政府办公室督查科。"
    )


def test_running_head_is_kept_once():
    page = "江城市人民政府公报　2024年第{}号\n\n{}\n\n— {} —\n"
    text = "".join(page.format(2, f"第{n}条的内容在这里写得很完整。", n) for n in "123")
    assert clean(text).count("江城市人民政府公报") == 1


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("共有 35 个县 （市、 区） 。", "共有35个县（市、区）。"),
        ("联系人：Li Ming，电话 0719 8888", "联系人：Li Ming，电话0719 8888"),
        ("通 知", "通知"),
        ("项目\t金额\n培训\t20万元", "项目\t金额\n培训\t20万元"),
        ("使用 Windows 10 系统", "使用Windows 10系统"),
    ],
)
def test_spaces(printed, expected):
    assert clean(printed) == expected


def test_headings_and_numbered_paragraphs_stay_apart():
    text = "一、总体要求\n（一）指导思想。坚持服务。\n（二）目标。到2025年建成100个。\n二、组织实施\n1.加强领导\n2.加强督查\n"
    assert clean(text).split("\n") == text.split("\n")[:-1]


def test_day_in_brackets_and_addressees_are_lines_of_their_own():
    text = "关于报送材料的通知\n（2023年10月20日）\n各市农业农村局：\n现将有关事项通知如下，请遵照执行。\n"
    assert clean(text).split("\n") == text.split("\n")[:-1]


def test_lines_of_a_form_stay_apart():
    text = "评审日期：2023年7月11日\n评审得分（满分100分）：甲公司91.36分\n采购人：东山县教育局\n代理机构：乙公司\n"
    assert clean(text).split("\n") == text.splitlines()


def test_single_blanks_part_the_cells_of_rows():
    text = "附：分配表\n县市　金额　处数\n东县　330　46\n西县　425　58\n合计　755　104\n"
    assert clean(text).split("\n")[1:] == ["县市\t金额\t处数", "东县\t330\t46", "西县\t425\t58", "合计\t755\t104"]


def test_a_heading_is_no_column_of_its_own():
    body = "具有有效的经营许可证，自有冷藏车不少于四辆，冷库容积不小于三百立方米，近三年没有发生过食品安全责任事故。"
    lines = [line for heading in ("三、供应商资格", "四、时间和地点", "五、其他的事项") for line in (heading, body)]
    assert clean("\n".join(lines)).split("\n") == lines


def test_title_addressees_and_who_signs_stay_apart():
    lines = ["关于做好有关工作的通知", "各县（市、区）民政局：", "请抓好落实。", "东山市民政局办公室", "2016年9月26日"]
    assert clean("\n".join(lines)).split("\n") == lines


def test_the_line_that_says_who_wrote_it_when_stays_apart():
    lines = ["开春五地治河河长先领题单", "江河周报综合报道2024年6月3日第6版", "去冬今春，来水偏少，凌汛又来得急。"]
    assert clean("\n".join([*lines[:2], "", lines[2]])).split("\n") == lines


def test_days_of_a_chronicle_begin_their_lines():
    lines = ["５月２８日　水厂通水，受益五千人，全县供水普及。", "６月１６日　完成抽检，送检水样九十六份全部合格。"]
    assert clean("\n".join(lines)).count("\n") == 1


def test_entries_of_a_chronicle_stay_apart():
    text = "2020年1月\u3000镇政府选址。\n2020年5月\u3000项目立项。\n2020年8月3日：开工建设。\n"
    assert clean(text).count("\n") == 2


@given(
    st.text(st.sampled_from(list("第一二三年月日2019%，。：；“”《》（） \u3000\t\n\r\f—a\ufeff\ufffd|")), max_size=120)
)
def test_nothing_but_white_space_and_furniture_is_lost_or_moved(text):
    document = lay_out(loading.from_text(text))
    assert len(document.clean) == len(document.printed) == len(document.offsets)
    assert list(document.offsets) == sorted(document.offsets)
    for char, offset in zip(document.printed, document.offsets, strict=True):
        if not char.isspace():
            assert text[offset] == char


def test_offsets_take_a_span_back_over_a_column_break():
    source = loading.from_text(
        "多个地方加快推进服务站点\n建设。2021年1月，内蒙古自\n\n治区民政厅会同有关部门，\n印发实施意见，要求各地把\n站点建设列入计划。\n"
    )
    document = lay_out(source)
    start = document.clean.index("内蒙古自治区")
    begin, end = document.to_source(start, start + 6)
    assert "".join(source.text[begin:end].split()) == "内蒙古自治区"


def test_text_taken_as_it_is_keeps_every_character():
    document = as_it_is(loading.from_text("一\n二 三"))
    assert document.printed == "一\n二 三"
    assert document.to_source(2, 5) == (2, 5)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２０２１年", "2021年"),
        ("３０％", "30%"),
        ("￥５０", "¥50"),
        ("西⻄⻓⻔", "西西长门"),
        ("㈠", "㈠"),
        ("廣東省財政廳", "广东省财政厅"),
        ("甲,乙:丙", "甲，乙：丙"),
        ("1,200.50 at 10:30", "1,200.50 at 10:30"),
        ("(试行)", "（试行）"),
        ("\u3000", " "),
    ],
)
def test_folding(printed, folded):
    assert fold(printed) == folded


@given(st.text())
def test_folding_never_changes_a_length(text):
    assert len(fold(text)) == len(text)


def test_table_of_traditional_characters_takes_the_first_simplified_form():
    assert compile_table("乾\t干 乾\n㐷\t傌\n一\t一\n") == "㐷乾\n傌干\n"
