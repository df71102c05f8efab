"""Passages: which stretches of text speak of which act.

A told act governs its paragraph from its own sentence on. A later paragraph belongs to it when it takes the act up
again: by the short title of its document (甘肃《方案》指出), by its province or issuer as subject (湖北鼓励…), or by a word
that carries the subject on (该省, 会议要求). The whole of a notice belongs to the notice, but for acts told in its body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from extractors.mention import Mention, NameValue, TitleValue, province_code, within
from extractors.text import Text
from pipeline.document import Span
from pipeline.records.acts import CAPTION, Act, is_agency

_CARRIES_ON = regex.compile(
    r"(?:该|此|其中|会议|全省|全市|全区|全县|我省|我市|方案|意见|通知|办法|文件|据了解，?该|《)"
)
_LATER_HEAD = regex.compile(r"[。！？](?=《|(?P<word>方案|意见|办法|细则|规划|会议)(?:规定|明确|要求|提出|指出|强调))")
"""A second sentence that takes an act up: 补贴也得跟上。方案规定，…."""
_TAKEN_UP = 80
"""Characters of a paragraph within which that sentence begins."""
_EVENTS = frozenset({"召开", "举行", "举办", "通报", "发布"})
_CONFERENCE = regex.compile(r"发布会|通气会|吹风会|见面会|座谈会")
"""An event of which all that follows is told, where nobody else acts."""
_REPORTED = re.compile(r"介绍|透露|表示|指出|强调|说，|说：|答记者问|发布会上|会上|提到|解释|补充|坦言|回应")
"""What officials say after a press conference or a meeting was told of belongs to it."""
_PUNCTUATED = re.compile(r"[。！？；：”]\s*$")
_OF_TITLE = regex.compile("的?《")
_YEARS = re.compile("[（(][^（()）]*[）)]$")
"""What a title has in brackets at its end, and its short form leaves out: （2025—2027年）, （试行）."""
_SUBJECT_REACH = 16
_SUBJECTS = frozenset({"ORG", "PERSON", "PLACE", "PROVINCE", "DATE", "TITLE"})
_PAYS = regex.compile(r"补助|补贴|奖补|资助|财政|专项资金|奖励|承担")
"""钱怎么出？新增托位每个补助1万元: what goes on about the act told before, nobody else being named at its head."""


def assign(
    text: Text, acts: Sequence[Act], provinces: Sequence[str | None], mentions: Sequence[Mention]
) -> list[list[Span]]:
    """The passages of each act in order, in clean offsets; `provinces` are the codes of the acts' provinces."""
    passages: list[list[Span]] = [[] for _ in acts]
    heads = sorted((act.head[0], index) for index, act in enumerate(acts) if not act.is_document)
    own = next((index for index, act in enumerate(acts) if act.is_document), None)
    explained = None
    if own is not None and acts[own].is_interpretation:
        explained = next((index for index, act in enumerate(acts) if act.title is not None and index != own), None)
        own = own if explained is None else None
    previous: int | None = None
    position = 0
    for start, end in _paragraphs(text.chars):
        inside = [(head, index) for head, index in heads if start <= head < end]
        position = inside[0][0] if inside else end
        if position > start:
            owner = own if own is not None else _taken_up(text, (start, position), acts, provinces, mentions, previous)
            if explained is not None and (
                start > acts[explained].head[0] or (owner is None and position > acts[0].head[1])
            ):
                owner = explained
            if owner is not None:
                _append(passages[owner], (start, position))
            elif not inside and not _PUNCTUATED.search(text.chars, max(start, end - 3), end):
                previous = None  # a heading closes what was being told
        followings = [head for head, _ in inside[1:]] + [end]
        for (head, index), following in zip(inside, followings, strict=False):
            base = own if own is not None else explained
            goes_on = base is None or index == base
            stop = following if goes_on else _told_until(text, acts[index], head, following, mentions)
            _append(passages[index], (head, stop))
            if base is not None and stop < following:
                _append(passages[base], (stop, following))
            previous = index if goes_on else base
    return passages


def _told_until(text: Text, act: Act, head: int, following: int, mentions: Sequence[Mention]) -> int:
    """Where what a document tells of an act ends: with its sentence, or with those after it that begin with its title."""
    stop = text.sentence(head)[1]
    while stop < following and text.chars[stop - 1] == "；":
        stop = text.sentence(stop)[1]
    while stop < following:
        opening = within(mentions, stop, min(following, stop + 2))
        title = next((m.value.title for m in opening if isinstance(m.value, TitleValue)), None)
        if title is None or not _is_short_for(title, act):
            break
        stop = text.sentence(stop)[1]
    return min(stop, following)


def _paragraphs(chars: str) -> list[Span]:
    spans, start = [], 0
    while start < len(chars):
        end = chars.find("\n", start) + 1 or len(chars)
        spans.append((start, end))
        start = end
    return spans


def _append(passages: list[Span], span: Span) -> None:
    if passages and passages[-1][1] == span[0]:
        passages[-1] = (passages[-1][0], span[1])
    else:
        passages.append(span)


def _taken_up(
    text: Text,
    paragraph: Span,
    acts: Sequence[Act],
    provinces: Sequence[str | None],
    mentions: Sequence[Mention],
    previous: int | None,
) -> int | None:
    """The act that a paragraph without a head of its own speaks of, or None."""
    start, end = paragraph
    if CAPTION.match(text.chars, start):
        return None
    opening = within(mentions, start, min(end, start + _SUBJECT_REACH))
    province = next(
        (
            code
            for m in opening
            if (m.start - start <= 2 or _OF_TITLE.match(text.chars, m.end))
            and not _is_within_other_name(m, mentions)
            and (code := province_code(m)) is not None
        ),
        None,
    )
    title = next((m.value.title for m in opening if isinstance(m.value, TitleValue)), None)
    later = _LATER_HEAD.search(text.chars, start, min(end, start + _TAKEN_UP))
    if title is None and later is not None:
        said = within(mentions, later.end(), later.end() + 1)
        title = next((m.value.title for m in said if isinstance(m.value, TitleValue)), None)
    told = [index for index, act in enumerate(acts) if act.head[0] < start]
    is_alone = len({provinces[index] for index, act in enumerate(acts) if not act.is_document}) == 1
    event = _event(text, acts, told)
    is_conference = event is not None and _CONFERENCE.search(text.chars, *acts[event].head) is not None
    if is_alone and is_conference and title is None and _REPORTED.search(text.chars, start, end):
        return event
    if province is not None:
        same = [index for index in told if provinces[index] == province]
        if title is not None:
            same = [i for i in same if _is_short_for(title, acts[i])] or same
        return same[-1] if same else None
    if title is not None:
        named = [index for index in told if _is_short_for(title, acts[index])]
        if named:
            return named[-1]
    if previous is not None and (_CARRIES_ON.match(text.chars, start) or (later is not None and later["word"])):
        return previous
    if event is not None and (_REPORTED.search(text.chars, start, end) or (is_alone and is_conference)):
        return event
    if (
        len(told) == 1
        and acts[told[0]].title is not None
        and all(province_code(m) in (None, *provinces) for m in opening)
    ):
        return told[0]
    names_another = any(m.label in _SUBJECTS for m in opening)
    return previous if not names_another and _PAYS.search(text.chars, start, end) is not None else None


def _event(text: Text, acts: Sequence[Act], told: Sequence[int]) -> int | None:
    """The last press conference told of, else the last other event."""
    events = [index for index in reversed(told) if acts[index].action in _EVENTS]
    held = (index for index in events if _CONFERENCE.search(text.chars, *acts[index].head))
    return next(held, events[0] if events else None)


def _is_within_other_name(place: Mention, mentions: Sequence[Mention]) -> bool:
    """吉林农业大学: whether a place only begins the name of what is no agency."""
    around = within(mentions, place.start, place.start + 1)
    return any(isinstance(m.value, NameValue) and m.end > place.end and not is_agency(m.value.name) for m in around)


def _is_short_for(short: str, act: Act) -> bool:
    return act.title is not None and (act.title[0].endswith(short) or _YEARS.sub("", act.title[0]).endswith(short))
