"""Acts: who did what on which day, as the heads of records.

An act in news is a sentence with a date, an agency and a verb of acting (2021年3月2日，湖北省民政厅出台《…》). A notice that
is itself the document is one act, read from its head and foot (GB/T 9704: issuer, document number, title, sign-off).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractors import numerals
from extractors.mention import DateValue, Mention, NameValue, within
from extractors.roles import Cue
from extractors.text import Text
from pipeline.document import Span


@dataclass(frozen=True, slots=True)
class Act:
    """One dated act, in clean offsets: `head` is the sentence (or head and foot lines) that states it.

    `issuers` and `title` carry their spans; `verb` is the span of the action and `action` its word.
    """

    head: Span
    date: Mention | None
    issuers: tuple[tuple[str, Span], ...]
    action: str
    verb: Span | None
    title: tuple[str, Span] | None
    number: tuple[str, Span] | None
    joint: tuple[int, Span] | None
    status: tuple[str, Span] | None
    is_document: bool = False
    foot: Span | None = None


VERBS = (
    "联合印发|联合发布|联合出台|联合下发|联合发文|印发|出台|发布|公布|颁布|下发|制定|制发|发出|公开发布|召开|举行|举办|启动|披露|通报"
    "|审议通过|表决通过|批准|批复|转发|签署|签订|公告|推出|修订|部署|宣布|主办|开展|实施|成立|开通|印制|起草|发文|发放|下达|通知|明确|提出|要求|决定|公示|征求"
)
"""Verbs of an agency's dated act. Those that only speak (提出, 明确, 要求) head an act where no other does."""

_VERB = regex.compile(rf"(?P<verb>{VERBS})(?![会稿者办]|工作)")
_SPEAKING = frozenset({"明确", "提出", "要求", "决定", "部署", "开展", "实施"})
_HELD = frozenset({"主办", "举办", "召开", "举行", "启动"})
_NOT_AGENCY = regex.compile(
    r"(?:公司|集团|协会|学会|商会|基金会|促进会|俱乐部|研究会|理事会|社|报|大学|学院|医院|银行|(?<!交易|管理|保障|采购|招标|人才|就业|保险)中心)$"
)
_MASS_ORGAN = regex.compile(
    r"残疾人联合会|妇女联合会|工商业联合会|科学技术协会|文学艺术界联合会|供销合作社|供销总社|科协|侨联"
)
_JOINT = regex.compile(
    r"(?:等|联合)(?:其他)?(?P<number>[0-9]{1,3}|[二三四五六七八九十]{1,3})个?(?:部门|部委|厅局|单位|委办局|机构|家单位|个单位)"
)
_STATUS = regex.compile(r"[（(](?P<status>试行|暂行|征求意见稿)[）)]")
_STATUS_IN_TITLE = regex.compile(r"征求意见稿|暂行|试行")
_EVENT = regex.compile(r"[^，。]{0,20}(?:周|会|论坛|活动|仪式|节|展)[”》]?(?:上)?，?$")
_CAPTION = regex.compile(r"[\uFFFD\s]*\uFFFD")
_HOSTED = regex.compile(r"由(?P<hosts>[^。；\n]{2,60}?)主办")
_TAKES_PLACE = regex.compile(r"举行|召开|举办|开幕|启动(?!仪式|会)")
_JOINED = regex.compile(r"[、和与及]|，(?:由)?")
_DAYS_OF_AN_ACT = 31
_REACH = 60


def find_told(text: Text, dates: Sequence[tuple[Mention, Cue]], mentions: Sequence[Mention]) -> Iterator[Act]:
    """Acts told in running text, in order.

    `dates` are DATE mentions with their cues, `mentions` the ORG, PROVINCE, PLACE and TITLE mentions in order.
    """
    told_until = 0
    for index, (date, cue) in enumerate(dates):
        value = date.value
        if not isinstance(value, DateValue) or cue.role != "bare" or (value.end - value.start).days >= _DAYS_OF_AN_ACT:
            continue
        if date.start < told_until:
            continue
        sentence = text.sentence(date.start)
        paragraph, _ = text.paragraph(date.start)
        if _CAPTION.match(text.chars, paragraph):
            continue
        until = min(sentence[1], dates[index + 1][0].start if index + 1 < len(dates) else sentence[1])
        act = _told(text, date, (sentence[0], sentence[1]), until, mentions)
        if act is not None:
            told_until = act.verb[1] if act.verb else date.end
            yield act


def _told(text: Text, date: Mention, sentence: Span, until: int, mentions: Sequence[Mention]) -> Act | None:
    """The act of one date, if an agency acts on it in the same sentence."""
    chars = text.chars
    hosted = _HOSTED.search(chars, date.end, sentence[1])
    if hosted is not None and hosted.start() - date.end < 4:
        return _hosted(text, date, sentence, hosted)
    inside = within(mentions, *sentence)
    verb = _first_verb(chars, date, until, inside)
    if verb is None:
        return None
    actors = _actors(text, date, verb, inside)
    if actors is None:
        return None
    word = verb["verb"]
    if word in _SPEAKING and not actors:
        return None
    title = None if word in _HELD else _title_after(inside, verb.end(), sentence[1])
    joint = _JOINT.search(chars, sentence[0], verb.start())
    status = _STATUS.match(chars, title[1][1]) if title else None
    return Act(
        head=sentence,
        date=date,
        issuers=actors,
        action=word,
        verb=verb.span(),
        title=title,
        number=None,
        joint=(int(numerals.parse(joint["number"]) or 0), joint.span()) if joint else None,
        status=(status["status"], status.span("status")) if status else None,
    )


def _first_verb(chars: str, date: Mention, until: int, inside: Sequence[Mention]) -> regex.Match[str] | None:
    """The act's verb after its date: the first that is not within a name or a title; speaking verbs only if alone."""
    spoken = None
    for verb in _VERB.finditer(
        chars, date.end, min(until, date.end + _REACH + sum(m.end - m.start for m in inside if m.label == "ORG"))
    ):
        if any(m.start <= verb.start() < m.end for m in inside if m.label in ("ORG", "TITLE")):
            continue
        if verb["verb"] in _SPEAKING:
            spoken = spoken or verb
            continue
        return verb
    return spoken


def _actors(
    text: Text, date: Mention, verb: regex.Match[str], inside: Sequence[Mention]
) -> tuple[tuple[str, Span], ...] | None:
    """The agencies that act, as written; empty for an event that publishes; None where nobody or a company acts."""
    chars = text.chars
    located = chars.find("在", date.end, verb.start())
    edge = located if located > date.end + 1 else verb.start()
    organisations = [m for m in inside if m.label == "ORG" and date.end <= m.start and m.end <= edge]
    if not organisations:
        organisations = [m for m in inside if m.label == "ORG" and m.end <= date.start and date.start - m.end <= 2]
    outer = [
        m for m in organisations if not any(o is not m and o.start <= m.start and m.end <= o.end for o in organisations)
    ]
    if outer:
        named = [
            (m.value.name, (m.start, m.end))
            for m in outer
            if isinstance(m.value, NameValue) and is_agency(m.value.name)
        ]
        return tuple(named) if named and named[0][1][0] == outer[0].start else None
    between = chars[date.end : verb.start()]
    if _EVENT.search(between):
        return ()
    places = [m for m in inside if m.label in ("PROVINCE", "PLACE") and date.end <= m.start and m.end <= verb.start()]
    if places and verb.start() - places[-1].end <= 2 and places[0].start - date.end <= 2:
        start, end = places[0].start, places[-1].end
        return ((text.printed[start:end], (start, end)),)
    return None


def _hosted(text: Text, date: Mention, sentence: Span, hosted: regex.Match[str]) -> Act | None:
    """An event with its hosts (主办); those who carry it out (承办) issue nothing."""
    start, end = hosted.span("hosts")
    names: list[tuple[str, Span]] = []
    for piece in _split(text.chars, start, end):
        name = text.printed[piece[0] : piece[1]]
        if not _NOT_AGENCY.search(name):
            names.append((name, piece))
    if not names:
        return None
    verbs = list(_TAKES_PLACE.finditer(text.chars, hosted.end(), sentence[1]))
    verb = verbs[-1] if verbs else None
    return Act(
        head=sentence,
        date=date,
        issuers=tuple(names),
        action=verb.group() if verb else "主办",
        verb=verb.span() if verb else (hosted.end() - 2, hosted.end()),
        title=None,
        number=None,
        joint=None,
        status=None,
    )


def _split(chars: str, start: int, end: int) -> Iterator[Span]:
    position = start
    for joint in _JOINED.finditer(chars, start, end):
        if joint.start() > position:
            yield position, joint.start()
        position = joint.end()
    if end > position:
        yield position, end


def _title_after(inside: Sequence[Mention], start: int, end: int) -> tuple[str, Span] | None:
    for mention in inside:
        if mention.label == "TITLE" and start <= mention.start < end:
            return mention.value.title, (mention.start, mention.end)  # type: ignore[union-attr]
    return None


def is_agency(name: str) -> bool:
    """Whether an organisation is a government or party body or a mass organ, not a company, society or school."""
    return _MASS_ORGAN.search(name) is not None or _NOT_AGENCY.search(name) is None
