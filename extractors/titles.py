"""Titles in 《》, and the short forms that a text gives them.

Everything in 《》 is a title, brackets included; what is nested (《…〈…〉…》, 《…《…》…》) belongs to the outer one.
A short form is declared (`（以下简称《方案》）`) or simply used; `long_form` says which title it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors.mention import Mention, ProvinceValue, Reject, TitleValue
from extractors.text import Text

MAX_LENGTH = 200
"""Characters of the longest title: one that has not closed by then was never closed."""

_BRACKET_OR_END = re.compile(r"[《》。\n]")
_SPACE = regex.compile(r"\s+")
_MAX_LINE_ENDS = 2
"""A heading may break over lines; running through more of them is running away."""

_DECLARED = regex.compile(
    r"(?:以下|下)?(?:统|均|合|并)?简称(?:为|:|：)?\s*"
    r"(?:《(?P<title>[^《》\n]{1,40})》|[“\"「](?P<quoted>[^“”\"「」\n]{1,30})[”\"」]|(?P<bare>[\p{Han}]{2,8})(?=[)）]))"
)
"""以下简称《实施意见》 · 以下简称“方案” · 简称方案）"""

_BETWEEN = regex.compile(
    r"\s*(?:[(（](?:试行|暂行|修订|征求意见稿|草案|送审稿|[^()（）《》。]{0,12}版)[)）])?\s*"
    r"[,，(（]?\s*(?:[^《》。;；\n()（）]{0,30}[,，])?\s*(?:[(（])?\s*"
)
"""What may stand between a title and the word 简称: （试行）, a document number, an opening bracket, a comma."""

_TRAILER = regex.compile(r"\s*[(（][^()（）]*[)）]$")
"""（试行） and the like at the end of a title, which a short form drops."""


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A declared short form: its span (brackets or quotes included), its characters, and the title it stands for."""

    start: int
    end: int
    short: str
    long: Mention


def find(text: Text) -> Iterator[Mention | Reject]:
    """Titles of a text in order, not overlapping; brackets that never close or hold nothing are rejected."""
    opened: list[int] = []
    inner: list[tuple[int, int]] = []
    line_ends = 0
    for match in _BRACKET_OR_END.finditer(text.chars):
        mark, at = match.group(), match.start()
        if mark == "《":
            if opened and at - opened[0] > MAX_LENGTH:
                yield from _unclosed(text, opened, inner)
                opened, inner = [], []
            if not opened:
                line_ends = 0
            opened.append(at)
        elif not opened:
            continue
        elif mark == "》":
            start = opened.pop()
            inner.append((start, at + 1))
            if not opened:
                yield _closed(text, start, at + 1)
                inner = []
        else:
            line_ends += mark == "\n"
            if mark == "。" or line_ends > _MAX_LINE_ENDS:
                yield from _unclosed(text, opened, inner)
                opened, inner = [], []
    yield from _unclosed(text, opened, inner)


def _closed(text: Text, start: int, end: int) -> Mention | Reject:
    if end - start > MAX_LENGTH + 2:
        return Reject(start, start + 1, "unclosed-title")
    title = _SPACE.sub("", text.printed[start + 1 : end - 1])
    if not title:
        return Reject(start, end, "empty-title")
    return Mention(start, end, "TITLE", TitleValue(title), "title.brackets")


def _unclosed(text: Text, opened: Sequence[int], inner: Sequence[tuple[int, int]]) -> Iterator[Mention | Reject]:
    """Brackets left open are rejected; pairs that did close inside of them are titles, the outermost of each."""
    outermost = [pair for pair in inner if not any(a <= pair[0] and pair[1] <= b and (a, b) != pair for a, b in inner)]
    found: list[Mention | Reject] = [Reject(start, start + 1, "unclosed-title") for start in opened]
    found += [_closed(text, start, end) for start, end in outermost]
    yield from sorted(found, key=lambda item: item.start)


def short_forms(text: Text, mentions: Sequence[Mention]) -> list[ShortForm]:
    """Declared short forms in order, each with the title it stands for.

    `mentions` may hold any labels; its TITLE mentions are the candidates. A 简称 that follows no title (that of an
    agency or a project) gives nothing.
    """
    titles = [mention for mention in mentions if mention.label == "TITLE"]
    ending_at = {mention.end: mention for mention in titles}
    found = []
    for match in _DECLARED.finditer(text.chars):
        close = text.chars.rfind("》", max(0, match.start() - 60), match.start())
        long = ending_at.get(close + 1) if close >= 0 else None
        if long is None or not _BETWEEN.fullmatch(text.chars, close + 1, match.start()):
            continue
        group = next(name for name in ("title", "quoted", "bare") if match.group(name))
        widen = group != "bare"
        start, end = match.start(group) - widen, match.end(group) + widen
        short = _SPACE.sub("", text.printed[match.start(group) : match.end(group)])
        found.append(ShortForm(start, end, short, long))
    return found


def long_form(
    text: Text, short: Mention, mentions: Sequence[Mention], declared: Sequence[ShortForm] = ()
) -> Mention | None:
    """The title that a TITLE mention such as 《方案》 stands for, or None where it stands for itself.

    Looked for among the TITLE mentions before it: one declared by that short form, or one that ends in its words.
    A province named just before in the sentence (`甘肃《方案》`) decides between several, else a declaration, else
    nearness. Where the province named is none of theirs, nothing is guessed.
    """
    if not isinstance(short.value, TitleValue):
        return None
    word = short.value.title
    by_declaration = {form.long.start: form.long for form in declared if form.short == word and form.end <= short.end}
    candidates = [
        mention
        for mention in mentions
        if mention.label == "TITLE"
        and mention.end <= short.start
        and (mention.start in by_declaration or _abbreviates(word, mention))
    ]
    if not candidates:
        return None
    sentence_start = text.sentence(short.start)[0]
    provinces = [(m.start, m.value.code) for m in mentions if isinstance(m.value, ProvinceValue)]
    named = [code for start, code in provinces if sentence_start <= start < short.start]
    if named:
        candidates = [m for m in candidates if named[-1] in _provinces_of(text, m, provinces)] or [
            m for m in candidates if not _provinces_of(text, m, provinces)
        ]
        if not candidates:
            return None
    preferred = [m for m in candidates if m.start in by_declaration]
    return max(preferred or candidates, key=lambda m: m.start)


def _abbreviates(word: str, mention: Mention) -> bool:
    assert isinstance(mention.value, TitleValue)
    full = _TRAILER.sub("", mention.value.title)
    return len(full) > len(word) and full.endswith(word)


def _provinces_of(text: Text, title: Mention, provinces: Sequence[tuple[int, str]]) -> set[str]:
    """Provinces named in a title, else those named in its sentence before it."""
    inside = {code for start, code in provinces if title.start <= start < title.end}
    if inside:
        return inside
    sentence_start = text.sentence(title.start)[0]
    return {code for start, code in provinces if sentence_start <= start < title.start}
