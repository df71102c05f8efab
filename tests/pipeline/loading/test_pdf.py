"""PDF: all pages with what their geometry says, pictures named by page, and what is broken refused or said."""

import io

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from pipeline import loading, run
from pipeline.document import LoadError
from pipeline.layout import lay_out
from tests.pipeline.loading import writers

SENTENCE = "为支持新能源汽车推广应用，根据有关规定，到2025年底建成公共充电站50个，惠及全市各县区。"


def load(data):
    return loading.from_bytes(data, "x.pdf")


def code_of(data):
    with pytest.raises(LoadError) as caught:
        load(data)
    return caught.value.code


def test_pages_are_parted_and_sentences_run_on_over_them():
    source = load(writers.pdf_pages(["第一页。", "第二页。"]))
    assert source.text.count("\f") == 1
    text = "关于安排资金的通知\n" + "\n".join([SENTENCE * 4] * 30)
    source = load(writers.as_pdf(text))
    assert source.text.count("\f") >= 2
    assert lay_out(source).printed == text


def test_a_centred_title_over_two_lines_and_a_signature_at_the_right():
    title = "交通运输部国家发展改革委财政部农业农村部商务部国家邮政局关于加快补齐农村寄递物流短板的通知"
    text = f"{title}\n{SENTENCE}\n附件：任务分解表\n国家邮政局\n2021年7月29日"
    source = load(writers.as_pdf(text))
    assert source.text.startswith(f"{title}\n\n\u3000\u3000为支持")
    assert lay_out(source).printed == text


def test_a_title_broken_by_its_writer_keeps_its_line_end():
    story = [Paragraph("关于安排补助资金<br/>推广新能源汽车的通知", writers.TITLE), Paragraph(SENTENCE, writers.BODY)]
    text = load(writers.pdf_of(story)).text
    assert text.startswith("\u3000")
    assert "补助资金\n推广" in text


def test_an_indented_block_stays_one_paragraph():
    plain = ParagraphStyle("plain", writers.BODY, firstLineIndent=0)
    block = ParagraphStyle("block", plain, leftIndent=24)
    story = [Paragraph(SENTENCE * 3, plain), Paragraph("甲" + SENTENCE * 3, block), Paragraph(SENTENCE * 2, plain)]
    indented = [line for line in load(writers.pdf_of(story)).text.split("\n") if line.startswith("\u3000")]
    assert len(indented) == 1
    assert indented[0].startswith("\u3000\u3000甲")


def test_cells_are_parted_by_tabs_and_words_are_not():
    rows = [["地区", "金额（万元）"], ["沈阳市", "1 200"]]
    table = Table(rows, colWidths=150, style=[("FONT", (0, 0), (-1, -1), writers.FONT, 10)])
    assert load(writers.pdf_of([table])).text == "地区\t金额（万元）\n沈阳市\t1 200"


def test_pages_that_are_pictures_are_named():
    source = load(writers.pdf_pages([SENTENCE, writers.picture(), "", writers.picture(), writers.picture(), SENTENCE]))
    assert [(problem.code, problem.where) for problem in source.problems] == [("no-text-layer", "x.pdf, page 2, 4-5")]
    extraction = run.extract(source)
    assert extraction.status == "partial"
    assert extraction.errors == source.problems
    assert [mention.text for mention in extraction.mentions if mention.label == "COUNT"] == ["50个", "50个"]


def test_letters_drawn_as_outlines_are_no_text():
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(200):
        canvas.line(number, 100, number + 3, 110)
    canvas.save()
    assert code_of(out.getvalue()) == "no-text-layer"


def test_no_page_with_text():
    assert code_of(writers.pdf_pages([writers.picture(), writers.picture()])) == "no-text-layer"
    assert code_of(writers.pdf_pages(["", ""])) == "empty"


def test_encryption():
    assert code_of(writers.as_pdf(SENTENCE, encrypt=StandardEncryption("user", "owner"))) == "encrypted"
    assert load(writers.as_pdf("可读。", encrypt=StandardEncryption("", "owner"))).text == "可读。"


def by_hand(pages: int) -> bytes:
    """A PDF with its page tree at the head, as large files have it; a reader can repair it where its end is lost."""
    kids = " ".join(f"{2 * n + 4} 0 R" for n in range(pages))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n in range(pages):
        content = f"BT /F 12 Tf 72 700 Td (Page {n + 1} of all) Tj ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {2 * n + 5} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    body = "%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + tail).encode()


def outcome(data):
    try:
        source = load(data)
    except LoadError as error:
        return error.code
    return "partial" if source.problems else "ok"


def test_what_is_cut_off_is_never_taken_for_whole():
    data = by_hand(20)
    assert load(data).text.split("\f") == [f"Page {n} of all" for n in range(1, 21)]
    end = data.rindex(b"%%EOF")
    outcomes = {outcome(data[:cut]) for cut in range(9, end, 97)}
    assert outcomes <= {"partial", "damaged"}
    assert [problem.code for problem in load(data[:end]).problems] == ["damaged"]
    written = writers.as_pdf(SENTENCE * 50)
    assert {outcome(written[:cut]) for cut in range(9, len(written) - 10, 97)} == {"damaged"}


def test_a_page_that_is_lost_is_named():
    data = by_hand(3).replace(b"/Kids[4 0 R 6 0 R 8 0 R]", b"/Kids[4 0 R 99 0 R 8 0]")
    source = load(data)
    assert source.text.split("\f")[0] == "Page 1 of all"
    assert [(problem.code, problem.where) for problem in source.problems] == [("damaged", "x.pdf, page 2-3")]


def test_every_changed_byte_is_typed():
    data = writers.as_pdf(SENTENCE * 5)
    for position in range(0, len(data), 61):
        changed = data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]
        assert outcome(changed) in {"ok", "partial", "damaged", "empty", "encrypted", "no-text-layer"}
