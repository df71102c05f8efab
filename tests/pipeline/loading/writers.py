"""Documents in each format, as the usual programs write them, from clean text: a line a paragraph, tabs between cells."""

import html
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Table

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=16, leading=24, alignment=1, wordWrap="CJK")
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=18, firstLineIndent=24, wordWrap="CJK")
SIGNED = ParagraphStyle("signed", fontName=FONT, fontSize=12, leading=18, alignment=2, wordWrap="CJK")


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Paragraphs, and tables as lists of rows of one length."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            width = max(map(len, rows))
            yield [row + [""] * (width - len(row)) for row in rows]
            rows = []
        if line.strip():
            yield line


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, content in zip(row.cells, cells, strict=True):
                    cell.text = content
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_with(changes: dict[str, bytes]) -> bytes:
    """A DOCX some of whose parts are others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx("正文"))) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in whole.namelist():
            new.writestr(name, changes.get(name) or whole.read(name))
    return out.getvalue()


def docx_body(xml: str) -> bytes:
    """A DOCX with this XML in its body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {space}><w:body>{xml}</w:body></w:document>"
    return docx_with({"word/document.xml": document.encode()})


def as_html(text: str, paragraph: str = "p", head: str = "") -> str:
    title, *rest = blocks(text)
    parts = [_table(block) if isinstance(block, list) else _element(paragraph, block) for block in rest]
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}<title>{html.escape(str(title))}_芜湖市人民政府</title>'
        '</head><body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul>'
        f'<div id="zoom"><h1>{html.escape(str(title))}</h1>{"".join(parts)}</div>'
        '<div class="footer">版权所有 皖ICP备12345678号</div></body></html>'
    )


def _element(name: str, content: str) -> str:
    return f"<{name}>{html.escape(content)}</{name}>"


def _table(rows: list[list[str]]) -> str:
    return _element_of("table", ["".join(_element("td", cell) for cell in row) for row in rows])


def _element_of(name: str, rows: list[str]) -> str:
    return f"<{name}>{''.join(f'<tr>{row}</tr>' for row in rows)}</{name}>"


def as_pdf(text: str, **options: object) -> bytes:
    """Title centred, paragraphs indented, the last two lines at the right if they are short, as notices are signed."""
    story: list[object] = []
    all_blocks = list(blocks(text))
    for index, block in enumerate(all_blocks):
        if isinstance(block, list):
            story.append(Table(block, style=[("FONT", (0, 0), (-1, -1), FONT, 10)]))
        else:
            is_signed = index >= len(all_blocks) - 2 and len(block) < 20
            story.append(Paragraph(html.escape(block), TITLE if index == 0 else SIGNED if is_signed else BODY))
    return pdf_of(story, **options)


def picture() -> bytes:
    """A grey PNG of 4 by 4."""
    rows = b"".join(b"\0" + bytes([200]) * 4 for _ in range(4))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pdf_pages(pages: list[str | bytes]) -> bytes:
    """A page for each: a text, or a picture (PNG) as a scanner makes it; an empty text gives an empty page."""
    story: list[object] = []
    for page in pages:
        story.append(Image(io.BytesIO(page), 440, 680) if isinstance(page, bytes) else Paragraph(page or "<br/>", BODY))
        story.append(PageBreak())
    return pdf_of(story)


def pdf_of(story: list[object], **options: object) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, invariant=1, **options).build(story)
    return out.getvalue()
