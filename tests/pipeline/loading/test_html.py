"""Pages: main text without the furniture, lists and tables in it, title, and the day of publication."""

import datetime as dt

import pytest

from pipeline import loading, run
from pipeline.document import LoadError
from tests.pipeline.loading import writers

TITLE = "关于安排补助资金的通知"
BODY = "为支持新能源汽车推广应用，今年安排补助资金4000万元。"


def page(head="", body=f"<p>{BODY}</p>"):
    return loading.from_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def test_furniture_is_left_out_and_the_title_stands_first_once():
    source = loading.from_bytes(writers.as_html(f"{TITLE}\n{BODY}").encode())
    assert source.text == f"{TITLE}\n\n{BODY}"
    assert source.title == TITLE


def test_a_title_that_the_text_begins_with_is_not_repeated():
    source = page(f"<title>{TITLE}</title>", f"<p><b>关于安排补助<br>资金的通知</b></p><p>{BODY}</p>")
    assert source.text == f"关于安排补助\n资金的通知\n\n{BODY}"
    assert source.title == TITLE


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f"<title>{TITLE}_财政局_芜湖市人民政府</title>", TITLE),
        (f"<title>{TITLE} | 芜湖市</title>", TITLE),
        (f'<title>芜湖市</title><meta name="ArticleTitle" content="{TITLE}">', TITLE),
        ("", None),
    ],
)
def test_title(head, title):
    assert page(head).title == title


def test_lists_tables_and_text_outside_paragraphs_are_kept():
    body = (
        f"<div class='article'><p>{BODY}</p><table><tr><th>地区</th><th>金额（万元）</th></tr>"
        "<tr><td>沈阳市</td><td><p>1200</p></td></tr><tr><td>大连市</td><td>800<br>备注</td></tr></table>"
        "<ul><li>一是到2025年</li><li>二是到2026年</li></ul><div>到2027<span>年底</span>前。</div>"
        "<p>第一行<br>第二行</p>尾文字</div>"
    )
    assert page(body=body).text == (
        f"{BODY}\n\n地区\t金额（万元）\n沈阳市\t1200\n大连市\t800 备注\n\n一是到2025年\n\n二是到2026年\n\n"
        "到2027年底前。\n\n第一行\n第二行\n\n尾文字"
    )


@pytest.mark.parametrize("frame", ["id=zoom", "class=TRS_Editor", "class=article-content", "class=main"])
def test_headings_and_what_stands_twice_are_kept(frame):
    part = f"<h2>一、工作目标</h2><p>{BODY}</p><h3>（一）资金</h3><p>同上。</p><table><tr><td>甲</td><td>乙</td></tr></table>"
    menu = "<div class=nav><ul><li><a href=/>首页</a></li><li><a href=/a>政务公开</a></li></ul></div>"
    links = "<div><a href=1>上一篇</a><a href=2>下一篇</a></div>"
    once = f"一、工作目标\n\n{BODY}\n\n（一）资金\n\n同上。\n\n甲\t乙"
    assert page(body=f"{menu}<div {frame}>{part}<p>中</p>{part}</div>{links}").text == f"{once}\n\n中\n\n{once}"


def test_a_table_that_only_lays_out_the_page_gives_paragraphs():
    cell = "".join(f"<p>（{n}）{BODY}</p>" for n in "一二三")
    text = page(body=f"<table><tr><td><p>左栏</p></td><td>{cell}</td></tr></table>").text
    assert text.split("\n\n") == ["左栏", *(f"（{n}）{BODY}" for n in "一二三")]


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2023-07-28 10:22">',
        '<meta content="2023/7/28" name="publishdate">',
        '<meta name="firstpublishedtime" content="2023-07-28-10:20:11">',
        '<meta property="article:published_time" content="2023-07-28T00:00:00+08:00">',
        '<meta name="PubDate" content=""><meta name="PubDate" content="2023年07月28日">',
    ],
)
def test_day_of_publication_from_the_head(head):
    source = page(head)
    assert source.published == dt.date(2023, 7, 28)
    extraction = run.extract(source)
    assert extraction.reference.basis == "published"
    date = next(mention for mention in extraction.mentions if mention.label == "DATE")
    assert date.value.start == dt.date(2023, 1, 1)


def test_day_of_publication_from_its_label():
    assert page(body=f"<div class='info'>发布日期：2023年7月28日</div><p>{BODY}</p>").published == dt.date(2023, 7, 28)


@pytest.mark.parametrize("stated", ["2023-02-30", "昨天", "0000-01-01"])
def test_what_is_no_day_is_none(stated):
    assert page(f'<meta name="PubDate" content="{stated}">').published is None


def test_no_date_of_the_text_is_taken_for_that_of_the_page():
    assert page(body=f"<p>{BODY}申报截止时间：2023年9月12日，更新于2024-01-01。</p>").published is None


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<html><body><!-- --></body></html>", "empty"),
        ("<html>", "empty"),
        ("<html><body>" + "<div>" * 100_000 + BODY, "damaged"),
        ("<html><body>" + "<ul><li>" * 1_000 + BODY, "damaged"),
    ],
    ids=["comment", "nothing", "divisions", "lists"],
)
def test_pages_without_text_or_too_deep(markup, code):
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(markup.encode(), "x.html")
    assert caught.value.code == code


@pytest.mark.parametrize("odd", ["\x0c", "\x0b", "\uffff", "&#1;", "&#x0B;", "&#31", "&#xFFFE;", "&#65535;"])
def test_characters_that_no_text_has_are_blanks(odd):
    assert page(body=f"前{odd}后<p>{BODY}</p>中{odd}<b>间</b>").text == f"前 后\n\n{BODY}\n\n中 间"
    assert page(body=f"<p>{BODY}&#31574;&#x7B56;</p>").text == f"{BODY}策策"


def test_unclosed_elements_of_old_pages():
    assert page(body="<font><span>" * 400 + BODY).text == BODY


def test_xhtml_with_a_declared_charset():
    markup = f"<?xml version='1.0' encoding='gb2312'?>\n<!DOCTYPE html><html><body><p>{BODY}</p></body></html>"
    assert loading.from_bytes(markup.encode("gb2312")).text == BODY
