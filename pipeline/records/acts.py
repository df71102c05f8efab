"""Acts: who did what on which day, as the heads of records.

An act in news is a sentence with a date, an agency and a verb of acting (5月6日，省民政厅出台《…》). A notice that
is itself the document is one act, read from its head and foot (GB/T 9704: issuer, document number, title, sign-off).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

from extractors import numerals
from extractors.mention import DateValue, Mention, NameValue, NumberValue, TitleValue, within
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
    is_interpretation: bool = False
    is_report: bool = False
    is_plan: bool = False
    foot: Span | None = None


VERBS = (
    "联合印发|联合发布|联合出台|联合下发|联合发文|联合召开|联合举办|印发|出台|发布|公布|颁布|下发|制定|制发|发出|公开发布|召开|举行|举办|启动|披露|通报"
    "|审议通过|表决通过|批准|批复|转发|签署|签订|公告|推出|修订|部署|宣布|主办|开展|实施|成立|开通|印制|起草|发文|发放|下达|通知|明确|提出|要求|决定|公示|征求|征集(?=意见)|汇报|晒出|亮出|敲定|开会|挂牌|推开|办起|办了|开办|开了|签下|签了|听取(?=[^，。；\n]{0,6}意见)"
    "|审议并通过|通过(?=[）。，；\n《]|$)|正式施行|揭牌|开幕|发表|对外公布"
)
"""Verbs of an agency's dated act. Those that only speak (提出, 明确, 要求) head an act where no other does."""

_VERB = re.compile(
    rf"(?P<verb>{VERBS})(?!(?<!召开|举行|举办|印发|下发|开了)会(?!计|商|展)|[稿者办]|工作|(?:单位|部门|机关|方(?![案式法])|时间|日期|之日)(?!.{{0,4}}《))"
)
_GIVES_OUT = regex.compile(
    r"(?<=[\p{Han}0-9])(?P<verb>(?!学习|传达|落实|贯彻|根据|依据|依照|按照|宣传|解读|执行|结合|对照|违反|围绕|关于|按|经)\p{Han}(?:出|布|发|行|台|了))了?$"
)
_Match: TypeAlias = re.Match[str] | regex.Match[str]
PASSED_ON = frozenset({"转发", "批复"})
"""Acts on what another body has written, whose title says nothing of where the act holds."""
_SPEAKING = frozenset({"明确", "提出", "要求", "决定", "部署", "开展", "实施"})
_HELD = frozenset({"主办", "举办", "召开", "举行", "启动", "联合召开", "联合举办", "开幕", "揭牌"})
_HEARD = regex.compile(r"获悉|了解到|消息|记者从|采访|介绍")
"""What a reporter does: a day on which something was heard is not the day on which it was done."""

_NOT_AGENCY = regex.compile(
    r"(?:融媒体中心|公司|集团|协会|学会|商会|基金会|促进会|俱乐部|研究会|理事会|社|报|大学|学院|医院|(?<!人民)银行|(?<!交易|管理|保障|采购|招标|人才|就业|保险)中心)$"
)
_MASS_ORGAN = regex.compile(
    r"残疾人联合会|妇女联合会|工商业联合会|科学技术协会|文学艺术界联合会|供销合作社|供销总社|科协|侨联"
)
JOINT = re.compile(
    r"(?:等|联合|会同)了?(?:其他|省直|市直|有关)?(?P<number>[0-9]{1,3}|[二三四五六七八九十]{1,3})个?(?:省直|市直|相关)?(?:部门|部委|厅局|单位|委办局|机构|家单位|个单位)"
)
_STATUS = regex.compile(r"[（(](?P<status>试行|暂行|征求意见稿)[）)]")
_TO_STATUS = 8
"""Characters of a title's end and what stands in brackets behind it: （试行）."""
_EVENT = r"[^，。；：\n]{0,30}(?:周|会议?|论坛|活动|仪式|节|展|大会|峰会)[”》]?"
_EVENT_ACTS = regex.compile(rf"{_EVENT}(?:上)?，?$")
_EVENT_BEFORE = regex.compile(rf"{_EVENT}(?:于|在)?")
_PRINTED = regex.compile(r"[^，。；]{2,30}印(?:发|制)\s*")
"""The line at the foot that says which office printed a notice and when (GB/T 9704-2012, 7.4)."""
CAPTION = re.compile(r"[\uFFFD\s]*\uFFFD")
"""A line that a picture begins: what it says is told of the picture."""
_HOSTED = regex.compile(
    r"由(?P<hosts>[^。；\n]{2,60}?)(?:共同|联合)?主办|(?P<sure>主办(?:方|单位|者|机构)(?:是|为|：|有))(?P<hosts2>[^，。；\n]{2,60})"
)
_TAKES_PLACE = regex.compile(r"举行|召开|举办|开幕|启动(?!仪式|会)")
_JOINED = regex.compile(r"[、和与及]|，(?:由)?")
_COORDINATE = regex.compile(r"[、和与及]|以及|[，]?(?:联合|会同|并?会)了?|[，]?(?:联合)?由")
_NO_AGENT = regex.compile(r"(?:向|对|给|从|据|经|报|受|被|根据|按照|依据|落实|贯彻|出席|邀请|提请|转发|为)$")
"""What before a name says that its bearer does not act."""

_ADVERB = r"(?:则|也|还|又|已经?|正式|再次|率先|就|便|先后|分别|随后|同样)?"
_UP_TO_DATE = regex.compile(
    rf"{_ADVERB}(?:[，]?(?:等|及|和|联合|会同|牵头)[^，。；\n]{{0,18}})?[，]?{_ADVERB}(?:于|在)?"
)
"""What may stand between an agency and the date on which it acts: 省民政厅联合19部门，于."""

_ALIAS = regex.compile(r"(?:以下|下)?(?:统|简)称(?:为|“)?$")
"""（以下简称《方案》）: a short title beside the full one."""
_CLEFT = regex.compile(r"的?[，]?(?:正是|就是|便是|是|为)")
_DAYS_OF_AN_ACT = 31
_SHORT_TITLE = 8
_REACH = 60
_REACH_OF_HOSTS = 400
_FARTHEST = 1000
"""Characters of a sentence on either side of a date that are looked at."""


def find_told(text: Text, dates: Sequence[tuple[Mention, Cue]], mentions: Sequence[Mention]) -> Iterator[Act]:
    """Acts told in running text, in order.

    `dates` are DATE mentions with their cues, `mentions` the ORG, PROVINCE, PLACE and TITLE mentions in order.
    """
    told_until = 0
    for index, (date, cue) in enumerate(dates):
        value = date.value
        if (
            not isinstance(value, DateValue)
            or not _is_act_time(text.chars, date, cue)
            or (value.end - value.start).days >= _DAYS_OF_AN_ACT
        ):
            continue
        if date.start < told_until:
            continue
        sentence = text.sentence(date.start)
        paragraph, _ = text.paragraph(date.start)
        if CAPTION.match(text.chars, paragraph) or _PRINTED.fullmatch(text.chars, *text.paragraph(date.start)):
            continue
        until = min(sentence[1], dates[index + 1][0].start if index + 1 < len(dates) else sentence[1])
        act = _hosted(text, date, sentence) or _told(text, date, sentence, until, mentions)
        if act is not None:
            told_until = act.verb[1] if act.verb else date.end
            yield act


DONE = regex.compile(
    r"已(?!定|确定)|了(?!解|[^，。；\n]{1,10}的\p{Han})|共[^，。；\n]{0,8}?[0-9]++(?!天|日|个月|年)|收尾|发现|当场|完毕|闭幕"
)
"""What says that something is done, and not planned."""


def is_to_come(text: Text, act: Act, issued: dt.date) -> bool:
    """Whether a notice of a day tells of an act as one that it plans: on a later day, and without a word of its being done."""
    if act.date is None or not isinstance(act.date.value, DateValue) or act.date.value.start <= issued:
        return False
    return DONE.search(text.chars, *act.head) is None


_TO_COME = ("下周", "下月", "下个月", "明天", "明日", "明年", "后天")
"""Times that are still to come for whoever writes of them."""


def _is_act_time(chars: str, date: Mention, cue: Cue) -> bool:
    """Whether something may be told to have been done on a date: nothing governs it, or 早在 does."""
    if chars.startswith(_TO_COME, date.start):
        return False
    return cue.role == "bare" or (cue.role == "past" and chars.startswith("早在", max(0, date.start - 2)))


def _told(text: Text, date: Mention, sentence: Span, until: int, mentions: Sequence[Mention]) -> Act | None:
    """The act of one date, if an agency acts on it in the same sentence."""
    chars = text.chars
    sentence = max(sentence[0], date.start - _FARTHEST), min(sentence[1], date.end + _FARTHEST)
    inside = within(mentions, *sentence)
    verb = _first_verb(chars, date, until, inside) or _verb_of_title(chars, date, until, inside)
    if verb is None or _HEARD.search(chars, date.end, verb.start()):
        return None
    actors = _actors(text, date, verb, sentence, inside)
    if actors is None:
        return None
    word = verb["verb"]
    if word in _SPEAKING and not actors:
        return None
    full = [m for m in inside if not _ALIAS.search(chars, max(sentence[0], m.start - 6), m.start)]
    title = None if word in _HELD else _in_full(_title(full, verb.span()), mentions)
    joint = JOINT.search(chars, *sentence)
    status = _STATUS.search(chars, title[1][0], min(len(chars), title[1][1] + _TO_STATUS)) if title else None
    return Act(
        head=sentence,
        date=date,
        issuers=actors,
        action=_action(chars, verb),
        verb=verb.span(),
        title=title,
        number=_number(text.chars, inside, title),
        joint=(int(numerals.parse(joint["number"]) or 0), joint.span()) if joint else None,
        status=(status["status"], status.span("status")) if status else None,
    )


def _action(chars: str, verb: _Match) -> str:
    """The verb of an act as a record has it: 印发 of 联合印发, 公开征求意见 of 公开征求…意见."""
    if verb["verb"] == "征求":
        return "公开征求意见" if chars.endswith("公开", 0, verb.start()) else "征求意见"
    return str(verb["verb"]).removeprefix("联合")


def _first_verb(chars: str, date: Mention, until: int, inside: Sequence[Mention]) -> _Match | None:
    """The act's verb after its date: the first that is not within a name or a title; speaking verbs only if alone."""
    spoken = None
    names = [m for m in inside if m.label in ("ORG", "TITLE") and m.start >= date.end]
    reach = date.end + _REACH + sum(m.end - m.start for m in names)
    for verb in _VERB.finditer(chars, date.end, min(until, reach)):
        if any(m.start <= verb.start() < m.end for m in names):
            continue
        if verb["verb"] in _SPEAKING:
            spoken = spoken or verb
            continue
        return verb
    return spoken


def _verb_of_title(chars: str, date: Mention, until: int, inside: Sequence[Mention]) -> _Match | None:
    """Whatever verb stands right before a title that an agency gives out: 联合7部门印出《…》."""
    title = next((m for m in inside if m.label == "TITLE" and date.end <= m.start < until), None)
    if title is None or not any(m.label == "ORG" and date.end <= m.start and m.end <= title.start for m in inside):
        return None
    verb = _GIVES_OUT.search(chars, date.end, title.start)
    return (
        None
        if verb is None
        or any(m.label == "ORG" and m.end > verb.start() < title.start and m.start <= verb.start() for m in inside)
        else verb
    )


def _actors(
    text: Text, date: Mention, verb: _Match, sentence: Span, inside: Sequence[Mention]
) -> tuple[tuple[str, Span], ...] | None:
    """The agencies that act, as written; empty for an event that publishes; None where nobody or a company acts."""
    chars = text.chars
    names = [m for m in _outermost(inside) if not _NO_AGENT.search(chars, max(sentence[0], m.start - 2), m.start)]
    found = (
        _between(chars, date, verb, names)
        or _before(chars, date, names)
        or (_CLEFT.match(chars, verb.end()) and _chain(chars, [m for m in names if m.start >= verb.end()]))
    )
    if found:
        agencies = [
            (m.value.name, (m.start, m.end))
            for m in found
            if isinstance(m.value, NameValue) and is_agency(m.value.name)
        ]
        return tuple(agencies) if agencies and agencies[0][1][0] == found[0].start else None
    clause = max(sentence[0], *(chars.rfind(stop, sentence[0], date.start) + 1 for stop in "，：；"))
    if _EVENT_ACTS.search(chars, date.end, verb.start()) or _EVENT_BEFORE.fullmatch(chars, clause, date.start):
        return ()
    return _places(text, date, verb, sentence, inside)


def _outermost(inside: Sequence[Mention]) -> list[Mention]:
    """Organisations that are part of no other."""
    outermost: list[Mention] = []
    for mention in inside:  # in order of start, the longer first
        if mention.label == "ORG" and not (outermost and mention.end <= outermost[-1].end):
            outermost.append(mention)
    return outermost


def _between(chars: str, date: Mention, verb: _Match, names: Sequence[Mention]) -> list[Mention]:
    """3月2日，省民政厅、财政厅印发: all between the date and the verb, but for what 在 says of the place."""
    located = chars.find("在", date.end, verb.start())
    edge = located if located > date.end + 1 else verb.start()
    return [m for m in names if date.end <= m.start and m.end <= edge]


def _before(chars: str, date: Mention, names: Sequence[Mention]) -> list[Mention]:
    """省民政厅联合19部门，于3月2日印发: a chain of names that ends right before the date."""
    chain = [m for m in names if m.end <= date.start]
    if not chain or _UP_TO_DATE.fullmatch(chars, chain[-1].end, date.start) is None:
        return []
    first = len(chain) - 1
    while first and _COORDINATE.fullmatch(chars, chain[first - 1].end, chain[first].start):
        first -= 1
    return chain[first:]


def _chain(chars: str, names: Sequence[Mention]) -> list[Mention]:
    """A first name and those coordinate with it."""
    chain = list(names[:1])
    for name in names[1:]:
        if not _COORDINATE.fullmatch(chars, chain[-1].end, name.start):
            break
        chain.append(name)
    return chain


def _places(
    text: Text, date: Mention, verb: _Match, sentence: Span, inside: Sequence[Mention]
) -> tuple[tuple[str, Span], ...] | None:
    """3月2日，浙江印发, 浙江3月2日印发: a bare place that acts."""
    places = [m for m in inside if m.label in ("PROVINCE", "PLACE")]
    after = [m for m in places if date.end <= m.start and m.end <= verb.start()]
    is_located = after and text.chars[after[0].start - 1] in "在于"
    if after and not is_located and verb.start() - after[-1].end <= 2 and after[0].start - date.end <= 2:
        span = after[0].start, after[-1].end
        return ((text.printed[span[0] : span[1]], span),)
    before = [m for m in places if m.end <= date.start]
    if before and before[0].start == sentence[0] and _UP_TO_DATE.fullmatch(text.chars, before[-1].end, date.start):
        span = before[0].start, before[-1].end
        return ((text.printed[span[0] : span[1]], span),)
    return None


def _hosted(text: Text, date: Mention, sentence: Span) -> Act | None:
    """An event with its hosts (主办); those who carry it out (承办) issue nothing."""
    chars = text.chars
    following = text.sentence(sentence[1])[1] if sentence[1] < len(chars) else sentence[1]
    hosted = _HOSTED.search(chars, date.end, min(following, date.end + _REACH_OF_HOSTS))
    if hosted is None:
        return None
    group = "hosts2" if hosted["sure"] else "hosts"
    if not hosted["sure"] and (hosted.start() - date.end >= 4 or hosted.end() > sentence[1]):
        return None
    names: list[tuple[str, Span]] = []
    for piece in _split(chars, *hosted.span(group)):
        name = text.printed[piece[0] : piece[1]]
        if not _NOT_AGENCY.search(name):
            names.append((name, piece))
    if not names:
        return None
    verbs = list(_TAKES_PLACE.finditer(chars, date.end if hosted["sure"] else hosted.end(), sentence[1]))
    verb = verbs[-1] if verbs else None
    if verb is None and hosted.start() >= sentence[1]:
        return None
    return Act(
        head=(sentence[0], max(sentence[1], text.sentence(hosted.start())[1])),
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


def _title(inside: Sequence[Mention], verb: Span) -> tuple[str, Span] | None:
    """What is issued: the first title after the verb, else the last before it (《…》由省民政厅印发)."""
    titles = [m for m in inside if isinstance(m.value, TitleValue)]
    after = [m for m in titles if m.start >= verb[1]]
    before = [m for m in titles if m.end <= verb[0]]
    chosen = after[0] if after else before[-1] if before else None
    return (chosen.value.title, (chosen.start, chosen.end)) if chosen is not None else None  # type: ignore[union-attr]


def _in_full(title: tuple[str, Span] | None, mentions: Sequence[Mention]) -> tuple[str, Span] | None:
    """A short title (《方案》) as the full one that the text gives elsewhere, if it gives one alone."""
    if title is None or len(title[0]) >= _SHORT_TITLE:
        return title
    longer = {
        m.value.title: (m.start, m.end)
        for m in mentions
        if isinstance(m.value, TitleValue) and len(m.value.title) > len(title[0]) and m.value.title.endswith(title[0])
    }
    return next(iter(longer.items())) if len(longer) == 1 else title


def _number(chars: str, inside: Sequence[Mention], title: tuple[str, Span] | None) -> tuple[str, Span] | None:
    """The document number in brackets right after a title: 《…》（民发〔2020〕12号）."""
    if title is None:
        return None
    for mention in inside:
        if isinstance(mention.value, NumberValue) and chars[title[1][1] : mention.start] in ("（", "("):
            return mention.value.number, (mention.start, mention.end)
    return None


def is_agency(name: str) -> bool:
    """Whether an organisation is a government or party body or a mass organ, not a company, society or school."""
    return _MASS_ORGAN.search(name) is not None or _NOT_AGENCY.search(name) is None
