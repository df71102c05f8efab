"""DOCX: everything that stands in the body, in order, and nothing twice; poison is refused."""

import io

import docx
import pytest

from pipeline import loading
from pipeline.document import LoadError
from tests.pipeline.loading import writers


def run_of(text, element="t"):
    return f"<w:r><w:{element}>{text}</w:{element}></w:r>"


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def text_of(xml):
    return loading.from_bytes(writers.docx_body(xml)).text


def test_paragraphs_and_tables_in_order():
    data = writers.as_docx("标题\n第一段。\n地区\t金额\n沈阳市\t\n第二段。")
    assert loading.from_bytes(data).text == "标题\n\n第一段。\n\n地区\t金额\n\n沈阳市\t\n\n第二段。"


def test_title_of_the_properties():
    document = docx.Document()
    document.core_properties.title = " 关于安排资金的通知 "
    document.add_paragraph("正文")
    out = io.BytesIO()
    document.save(out)
    assert loading.from_bytes(out.getvalue()).title == "关于安排资金的通知"
    assert loading.from_bytes(writers.docx_body(paragraph(run_of("正文")))).title is None


@pytest.mark.parametrize(
    "wrapped",
    [
        '<w:smartTag w:element="chsdate">{}</w:smartTag>',
        "<w:ins>{}</w:ins>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:hyperlink>{}</w:hyperlink>",
        "{}<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>",
        "{}<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
    ],
)
def test_what_a_paragraph_says_is_read_wherever_it_stands(wrapped):
    xml = paragraph(run_of("自"), wrapped.format(run_of("2008年3月5日")), run_of("起施行"))
    assert text_of(xml) == "自2008年3月5日起施行"


def test_signs_within_a_paragraph():
    xml = paragraph("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t><w:noBreakHyphen/><w:t>四</w:t></w:r>")
    assert text_of(xml) == "一\t二\n三-四"


def test_text_box_follows_its_paragraph_once():
    box = "<w:txbxContent>" + paragraph(run_of("框内")) + "</w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f"<mc:AlternateContent {space}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text_of(paragraph(run_of("前"), f"<w:r>{choice}</w:r>", run_of("后"))) == "前后\n\n框内"


def cell(*paragraphs):
    return f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"


def test_cells_of_several_paragraphs_frames_and_tables_in_tables():
    row = (
        "<w:tr>"
        + cell(paragraph(run_of("金额")), paragraph(run_of("（万元）")))
        + cell(paragraph(run_of("3")))
        + "</w:tr>"
    )
    table = f"<w:tbl><w:tblPr/>{row}</w:tbl>"
    frame = f"<w:tbl><w:tr>{cell(paragraph(run_of('甲')), table, paragraph(run_of('乙')))}</w:tr></w:tbl>"
    assert text_of(table) == "金额 （万元）\t3"
    assert text_of(frame) == "甲\n\n金额 （万元）\t3\n\n乙"


def test_content_controls_around_blocks_rows_and_cells():
    held = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inner = "<w:tr>" + cell(paragraph(run_of("甲"))) + held.format(cell(paragraph(run_of("乙")))) + "</w:tr>"
    assert text_of(held.format(f"<w:tbl>{held.format(inner)}</w:tbl>")) == "甲\t乙"


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = f"<w:document {SPACE}><w:body>" + "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000 + "</w:body></w:document>"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"word/document.xml": b" " * (300 << 20)}, "too-large"),
        ({"word/media/image1.png": b"", "word/styles.xml": b" " * (50 << 20)}, "too-large"),
        ({"word/document.xml": DEEP.encode()}, "damaged"),
        ({"word/document.xml": b"<cut"}, "damaged"),
        ({"word/document.xml": f"<w:document {SPACE}/>".encode()}, "damaged"),
        ({"[Content_Types].xml": b"<other/>"}, "damaged"),
        ({"word/document.xml": f"<w:document {SPACE}><w:body/></w:document>".encode()}, "empty"),
    ],
    ids=["bomb", "bomb in a part", "deep", "cut", "no body", "no types", "empty"],
)
def test_poison(changes, code):
    data = writers.docx_with(changes)
    assert len(data) < 1 << 20
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(data, "x.docx")
    assert caught.value.code == code


def test_entities_are_not_expanded():
    xml = (
        '<!DOCTYPE w [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;">]>'
        f"<w:document {SPACE}><w:body>{paragraph(run_of('正文&b;'))}</w:body></w:document>"
    )
    assert loading.from_bytes(writers.docx_with({"word/document.xml": xml.encode()})).text == "正文"


def outcome(data, name):
    try:
        return "partial" if loading.from_bytes(data, name).problems else "ok"
    except LoadError as error:
        return error.code


def test_every_cut_and_every_changed_byte_is_typed():
    data = writers.as_docx("到2025年建成50个。")
    outcomes = set()
    for position in range(0, len(data), 997):
        changed = data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]
        outcomes |= {outcome(data[:position], "x.docx"), outcome(changed, "x.docx")}
    assert {"damaged", "empty"} <= outcomes <= {"damaged", "empty", "too-large", "unsupported", "ok"}


def test_an_archive_of_a_version_to_come():
    data = bytearray(writers.as_docx("正文"))
    data[data.index(b"PK\x01\x02") + 6] = 101
    assert outcome(bytes(data), "x.docx") == "damaged"


def test_another_archive():
    data = writers.as_docx("正文").replace(b"word/document.xml", b"xl/worksheets.xml")
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(data, "x.xlsx")
    assert caught.value.code == "unsupported"
