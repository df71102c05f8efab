"""A text is the same text in every format; what is no document of any is refused by name."""

import builtins
import contextlib
import time
from pathlib import Path

import pytest

from pipeline import loading, run
from pipeline.document import LoadError
from pipeline.layout import lay_out
from tests.pipeline.loading import writers

ROOT = Path(__file__).parents[3]
NAMES = sorted((ROOT / "corpus" / "dev").glob("*.txt"))
TRADITIONAL, SIMPLIFIED = (ROOT / "pipeline/layout/traditional.txt").read_text(encoding="utf-8").splitlines()
TO_TRADITIONAL = str.maketrans(SIMPLIFIED, TRADITIONAL)

WRITTEN = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16-le": lambda text: ("\ufeff" + text).encode("utf-16-le"),
    "utf-16-be": lambda text: ("\ufeff" + text).encode("utf-16-be"),
    "gb18030": lambda text: text.encode("gb18030"),
    "html": lambda text: writers.as_html(text).encode(),
    "html of divisions": lambda text: writers.as_html(text, "div").encode(),
    "html in gbk": lambda text: writers.as_html(text).replace("utf-8", "gb2312").encode("gb18030"),
    "pdf": writers.as_pdf,
    "docx": writers.as_docx,
}


def paragraphs(text):
    return lay_out(loading.from_text(text)).printed.replace("\n", "\n\n")


def told(source):
    extraction = run.extract(source)
    for mention in extraction.mentions:
        assert source.text[mention.start : mention.end] == mention.text
    return [(mention.label, mention.value) for mention in extraction.mentions], [
        (record.issuers, record.action, record.date, record.targets) for record in extraction.records
    ]


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_the_same_in_every_format(path):
    text = paragraphs(paragraphs(loading.file(path).text))
    expected = told(loading.from_text(text))
    assert len(expected[0]) > 10
    for name, write in WRITTEN.items():
        source = loading.from_bytes(write(text))
        assert (name, *told(source)) == (name, *expected)
        assert source.problems == ()


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_the_same_in_big5(path):
    data = loading.file(path).text.translate(TO_TRADITIONAL).encode("big5", "replace")
    text = data.decode("big5")
    assert text.count("?") < len(text) / 20
    assert loading.from_bytes(data).text == text


def test_the_content_tells_before_the_name():
    page = writers.as_html("关于安排资金的通知\n到2025年建成50个。").encode()
    assert loading.from_bytes(page, "notice.pdf").title == "关于安排资金的通知"
    assert loading.from_bytes(page.decode().encode("utf-16"), "notice.txt").title == "关于安排资金的通知"
    assert loading.from_bytes(writers.as_pdf("到2025年建成50个。"), "notice.html").text == "到2025年建成50个。"
    assert loading.from_bytes(writers.as_docx("到2025年建成50个。"), "notice.txt").text == "到2025年建成50个。"


def test_the_name_tells_where_the_content_does_not():
    part = "<p>到2025年建成<b>50个</b>。</p>".encode()
    assert loading.from_bytes(part, "part.HTML").text == "到2025年建成50个。"
    assert loading.from_bytes(part, "part.txt").text == part.decode()


def test_a_text_about_pdf_is_a_text():
    text = "文件以%PDF-1.7开头。"
    assert loading.from_bytes(text.encode()).text == text


@pytest.mark.parametrize("head", [b"<!---->" * 140, b" " * 2_000_000 + b"<?xml", b"<?xml " * 100_000])
def test_odd_beginnings_take_no_time(head):
    start = time.perf_counter()
    for name in ("x.txt", "x.html"):
        with contextlib.suppress(LoadError):
            loading.from_bytes(head[:1_000_000], name)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.pdf", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.doc", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "x.docx", "encrypted"),
        (b"{\\rtf1\\ansi}", "x.doc", "unsupported"),
        (b"no PDF at all", "x.pdf", "damaged"),
        (b"no DOCX at all", "x.docx", "damaged"),
        ("到2025年\0建成50个。".encode(), "x.txt", "binary"),
        (b"1" * (50 << 20), "x.txt", "too-large"),
        (("到2025年建成50个。" * 2_000_000).encode(), "x.html", "too-large"),
    ],
)
def test_what_is_refused(data, name, code):
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(data, name)
    assert caught.value.code == code
    assert caught.value.where == name


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(LoadError) as caught:
        loading.file(path)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize(
    ("module", "extra", "data"),
    [
        ("trafilatura", "html", b"<html><body><p>a</p></body></html>"),
        ("pypdfium2", "pdf", b"%PDF-1.7"),
        ("docx", "docx", b"PK\x03\x04"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(monkeypatch, module, extra, data):
    real = builtins.__import__

    def without(name, *arguments, **options):
        if name.split(".")[0] == module:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(data)
    assert caught.value.code == "missing-extra"
    assert f"zhengce[{extra}]" in caught.value.message
    assert module in caught.value.message
