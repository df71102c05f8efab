"""HTML pages: title and main text, one line a paragraph, cells of tables parted by tabs."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.document import LoadError
from pipeline.loading.content import Content, check_text, extra
from pipeline.loading.decoding import decode

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

# What trafilatura would say on standard error is said by the errors raised here.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_DECLARATION = re.compile(r"\ufeff?\s*<\?xml[^>]*\?>")
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45]))(?![0-9a-f]);?",
    re.IGNORECASE,
)
"""Characters that XML has not, as they are or by number; lxml takes them from a page and then refuses them."""
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
_LABELLED = re.compile(rf"(?:发布|发文|公开|刊发)(?:时间|日期)\s*[：:]\s*{_DAY}")
_DATE_NAMES = frozenset(
    "pubdate publishdate publish_date firstpublishedtime article:published_time og:published_time datepublished "
    "dc.date dcterms.created".split()
)
"""What a page's meta elements call its day of publication; PubDate is the standard of government sites."""
_TITLE_NAMES = frozenset(("articletitle",))
_TITLE_END = re.compile(r" ?[_|]| [-–—]+ ")
"""Where the names of column and site begin in a page's title."""
_PARTS = tuple("p div table ul ol dl h1 h2 h3 h4 h5 h6 section article main center blockquote pre".split())
"""Elements of a page that have lines of their own."""
_DIVISIONS = ("body", "div", "section", "article", "main", "center")
_INLINE = frozenset(("span", "font", "a", "b", "strong", "i", "em", "u", "br", "sub", "sup", "big", "small", "img"))
_BLOCKS = frozenset(("p", "head", "list", "item", "table", "cell", "quote", "code"))
"""What trafilatura makes of them; in its main text `lb` is a line break."""
_BLANK_LINES = re.compile(r"\n{3,}")
_TITLE_STANDS = 200
"""Characters at the head of the main text within which the title is looked for."""
_MOST_PARAGRAPHS = 2
"""More paragraphs in one cell than these make its table one of layout, not of data."""


def read(data: bytes, where: str) -> Content:
    """Title, main text and day of publication of a page.

    The title is the first line of the text, unless the main text begins with it. Raises LoadError: `binary`,
    `undecodable`, `too-large`, `empty` (a page without text), `missing-extra`.
    """
    with extra("html", where):
        import trafilatura
        from trafilatura.settings import Document, use_config

    page = _parse(_UNFIT.sub(" ", check_text(decode(data, where), where)), where)
    title, published = _title(page), _published(page)
    _mark_main(page)
    _mark_paragraphs(page)
    settings = use_config()
    # The default is meant for alphabetic scripts; a whole Chinese notice may be shorter, and would be flattened.
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    try:
        found = trafilatura.bare_extraction(page, fast=True, favor_recall=True, include_comments=False, config=settings)
    except RecursionError as error:
        raise LoadError("the page is nested too deeply", where=where, code="damaged") from error
    text = _text(found.body) if isinstance(found, Document) else ""
    if not text:
        raise _without_text(where)
    if title is not None and _bare(title) not in _bare(text[:_TITLE_STANDS]):
        text = f"{title}\n\n{text}"
    return Content(text, title=title, published=published)


def _without_text(where: str) -> LoadError:
    return LoadError("no text was found in the page", where=where, code="empty")


def _parse(markup: str, where: str) -> HtmlElement:
    from lxml import etree, html

    # `huge_tree` allows for the many unclosed elements of old pages, up to a depth of 2,048.
    parser = html.HTMLParser(huge_tree=True)
    # The declared encoding is no longer that of the text.
    declaration = _DECLARATION.match(markup)
    try:
        page = html.document_fromstring(markup[declaration.end() :] if declaration else markup, parser=parser)
    except etree.ParserError as error:
        raise _without_text(where) from error
    fatal = parser.error_log.filter_from_level(etree.ErrorLevels.FATAL)
    if fatal:
        raise LoadError(f"the page cannot be parsed: {fatal[0].message}", where=where, code="damaged")
    return page


def _title(page: HtmlElement) -> str | None:
    """The title of the document, without the names of column and site."""
    import trafilatura

    given = _meta(page, _TITLE_NAMES) or trafilatura.extract_metadata(page, extensive=False).title
    title = " ".join(given.split()) if given else ""
    return _TITLE_END.split(title, maxsplit=1)[0] or None


def _published(page: HtmlElement) -> dt.date | None:
    """The day that the page states as that of its publication, by a meta element or a label.

    trafilatura's own date is not used: where there is none it takes any date of the text, and its bounds move with
    the present day.
    """
    stated = re.match(_DAY, _meta(page, _DATE_NAMES) or "") or _LABELLED.search(str(page.text_content()))
    if stated is None:
        return None
    try:
        return dt.date(*map(int, stated.groups()))
    except ValueError:
        return None


def _meta(page: HtmlElement, names: frozenset[str]) -> str | None:
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name.strip().lower() in names and content:
            return content
    return None


def _mark_main(page: HtmlElement) -> None:
    """Make a page that marks no part as its main one a main part as a whole.

    trafilatura would take its paragraphs one by one, without headings and without what stands there twice.
    """
    body = page.find("body")
    if body is None or body.xpath(".//main | .//*[starts-with(@class, 'main') or starts-with(@id, 'main')]"):
        return
    main = body.makeelement("main")
    main.text, body.text = body.text, None
    main.extend(list(body))
    body.append(main)


def _mark_paragraphs(page: HtmlElement) -> None:
    """Make paragraphs of innermost divisions and of loose text beside paragraphs, which trafilatura flattens or drops."""
    for part in list(page.iter(*_DIVISIONS)):
        if next(part.iterdescendants(*_PARTS), None) is not None:
            _wrap_loose(part)
        elif part.tag == "div":
            part.tag = "p"


def _wrap_loose(part: HtmlElement) -> None:
    """Put every run of text and inline elements between the blocks of `part` into a paragraph."""
    run = _paragraph(part, part.text)
    part.text = None
    for child in [*part, None]:
        if child is not None and child.tag in _INLINE and next(child.iterdescendants(*_PARTS), None) is None:
            run.append(child)
            continue
        has_text = str(run.text_content()).strip() != ""
        if child is None:
            part.extend([run] if has_text else [])
        else:
            if has_text:
                child.addprevious(run)
            run = _paragraph(part, child.tail)
            child.tail = None


def _paragraph(part: HtmlElement, text: str | None) -> HtmlElement:
    paragraph = part.makeelement("p")
    paragraph.text = text
    return paragraph


def _text(body: _Element) -> str:
    """A main text as trafilatura gives it: a blank line between blocks, no blanks around lines."""
    text = "\n".join(line.strip() for line in "".join(_pieces(body)).split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _pieces(body: _Element) -> Iterator[str]:
    """Text in order, blank lines around every block, and a data table's row on one line."""
    from lxml import etree

    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag == "row" and _is_data(element):
            yield "\n" + "\t".join(" ".join("".join(_pieces(cell)).split()) for cell in element)
            walk.skip_subtree()
            continue
        if element.tag in _BLOCKS:
            yield "\n\n"
        elif element.tag == "lb" and event == "start":
            yield "\n"
        yield (element.text if event == "start" else element.tail) or ""


def _is_data(row: _Element) -> bool:
    """Whether the cells of a row are data, and not the columns of a page."""
    return len(row) > 1 and all(len(cell.findall("p")) <= _MOST_PARAGRAPHS for cell in row)


def _bare(text: str) -> str:
    return "".join(text.split())
