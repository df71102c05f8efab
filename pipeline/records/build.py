"""Mentions and acts to policy records: one record for each dated act of an agency."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Literal, TypeAlias

import regex

from extractors import agencies, gazetteer
from extractors.mention import DateValue, DeadlineValue, Mention, ProvinceValue, province_code, within
from extractors.text import Text
from pipeline.document import Document, DocumentDeadline, Record, Span
from pipeline.records import goals, money
from pipeline.records.acts import PASSED_ON, Act

_LOCAL = regex.compile(r"^(?:省|市|县|区|州|自治区|自治州|盟|旗|全省|本市|我省|我市)|(?:厅|局)$")
_NATIONAL = regex.compile(r"国家|国务院|中国|中华|全国|中央|中共中央")
_APPLICATION = regex.compile(
    r"申报|申请|申领|报名|受理|投标|响应文件|招标文件|采购文件|磋商|递交|获取|购买|发售|下载|认购|征集|登记|缴费|征缴|缴存|送至|送达"
)
_HANDED_IN = regex.compile(
    r"报送|上报|(?<![申填汇通举预])报[^，。；\n]{2,24}(?:备案|审批|审核|批准|[局厅委办部会府院处])|(?:情况|总结|方案|名单|台账)[^，。；\n]{0,4}报"
)
"""于2022年9月底前将总结报省财政厅: what is handed in to the issuer or above it."""
_TAKEN_IN = regex.compile("推荐|提交")
_DEPOSIT = regex.compile("保证金[^。；]*$")
_REVIEWED = regex.compile(
    r"(?:）)?(?:之|以)?[前内](?:由)?[^，。；\n申报]{0,12}?(?:审核|评审|初审|审查|复核|核查|批复|审批|遴选|验收|评价|公示|公布|拨付|兑付|退还|退付|发放|支付|签订)"
)
"""于7月31日前完成审核, 8月底前公示: what is done with the applications, and no deadline of theirs."""
_OBJECTS = regex.compile("质疑|异议|投诉|退还")
"""Who may object to what, and until when: no application."""
_COMMENT = regex.compile(r"意见|反馈|征求")
_EXPIRY = regex.compile(r"有效期|执行期|试行期|废止|失效|到期(?!自动关闭)|截止执行|有效(?!投标|[的地])")
_REACH = 24
_TO_LABEL, _LONGEST_LABEL = 4, 20
"""Characters before a time at the head of its line, and of the label that may stand alone on the line above."""

Kind: TypeAlias = Literal["application", "comment", "expiry", "other"]
_KINDS: tuple[tuple[Kind, regex.Pattern[str]], ...] = (
    ("expiry", _EXPIRY),
    ("comment", _COMMENT),
    ("application", _APPLICATION),
    ("other", _HANDED_IN),
    ("application", _TAKEN_IN),
)


def province_of(act: Act, mentions: Sequence[Mention]) -> tuple[ProvinceValue, Span] | None:
    """Where an act holds: the province that its issuers' names say, or that their titles and subjects say; None if national."""
    title = act.title[1] if act.title is not None and act.action not in PASSED_ON else None
    titled = _first_place(mentions, title) if title is not None else None
    if title is not None and titled is not None and titled[1][0] <= title[0] + 1:
        return titled
    for _, span in act.issuers:
        found = _first_place(mentions, span)
        if found is not None:
            return found
    if act.issuers and not any(_LOCAL.search(name) and not _NATIONAL.match(name) for name, _ in act.issuers):
        return None
    if titled is not None:
        return titled
    until = act.verb[0] if act.verb else act.head[1]
    if not act.issuers:
        begin = act.date.end if act.date is not None and not act.is_document else act.head[0]
        return _first_place(mentions, (begin, until)) or _first_place(mentions, (act.head[0], until))
    return _first_place(mentions, act.head) or _last_place_before(mentions, act.head[0])


def _first_place(mentions: Sequence[Mention], span: Span) -> tuple[ProvinceValue, Span] | None:
    for mention in within(mentions, *span):
        if mention.end <= span[1] and (value := _province(mention)) is not None:
            return value, (mention.start, mention.end)
    return None


def _last_place_before(mentions: Sequence[Mention], position: int) -> tuple[ProvinceValue, Span] | None:
    for mention in reversed(within(mentions, 0, position)):
        if mention.end <= position and (value := _province(mention)) is not None:
            return value, (mention.start, mention.end)
    return None


def _province(mention: Mention) -> ProvinceValue | None:
    code = province_code(mention)
    return gazetteer.PROVINCES[code] if code is not None else None


def build(
    document: Document,
    text: Text,
    act: Act,
    province: tuple[ProvinceValue, Span] | None,
    passages: Sequence[Span],
    mentions: Sequence[Mention],
) -> Record:
    """The record of one act from its passages; `mentions` are all of the text in order of start."""
    aims = goals.find(text, passages, mentions, is_plan=act.is_plan)
    grants = list(money.find(text, passages, mentions, is_report=act.is_report))
    own = _own_deadlines(text, passages, mentions, {aim.time for aim in aims if aim.time is not None})
    evidence: dict[str, list[Span]] = {
        "province": [province[1]] if province is not None else [],
        "issuers": [span for _, span in act.issuers],
        "joint": [act.joint[1]] if act.joint is not None else [],
        "action": [act.verb] if act.verb is not None else [],
        "title": [act.title[1]] if act.title is not None else [],
        "number": [act.number[1]] if act.number is not None else [],
        "status": [act.status[1]] if act.status is not None else [],
        "date": [(act.date.start, act.date.end)] if act.date is not None else [],
        "targets": [span for aim in aims for span in (aim.measure, aim.time) if span is not None],
        "funding": [grant.amount for grant in grants],
        "deadlines": [span for _, span in own],
    }
    names: list[str] = []
    for name, _ in act.issuers:
        full = agencies.complete(name, names)
        if full not in names:
            names.append(full)
    return Record(
        province=province[0] if province is not None else None,
        issuers=tuple(names),
        joint=act.joint[0] if act.joint is not None else None,
        action=act.action,
        title=act.title[0] if act.title is not None else None,
        number=act.number[0] if act.number is not None else None,
        status=act.status[0] if act.status is not None else None,
        date=act.date.value if act.date is not None and isinstance(act.date.value, DateValue) else None,
        targets=tuple(aim.target for aim in aims),
        funding=tuple(grant.funding for grant in grants),
        deadlines=tuple(deadline for deadline, _ in own),
        spans=_spans(document, text, act, passages),
        evidence={
            name: tuple(document.to_source(*span) for span in spans) for name, spans in evidence.items() if spans
        },
    )


def _own_deadlines(
    text: Text, passages: Sequence[Span], mentions: Sequence[Mention], taken: set[Span]
) -> list[tuple[DocumentDeadline, Span]]:
    """Deadlines of the document itself: applications, comments, validity; not those of its goals."""
    found: list[tuple[DocumentDeadline, Span]] = []
    seen: set[DocumentDeadline] = set()
    for mention in chain.from_iterable(within(mentions, start, end) for start, end in passages):
        value = mention.value
        span = (mention.start, mention.end)
        if not isinstance(value, DeadlineValue) or span in taken or value.latest is None:
            continue
        kind = _kind(text, mention)
        deadline = DocumentDeadline(kind, value.earliest, value.latest) if kind is not None else None
        if deadline is not None and deadline not in seen:
            seen.add(deadline)
            found.append((deadline, span))
    return found


def _kind(text: Text, mention: Mention) -> Kind | None:
    start, end = text.sentence(mention.start)
    if _REVIEWED.match(text.chars, mention.end):
        return None
    if _DEPOSIT.search(text.chars, start, mention.start):
        return "other"
    paragraph = text.paragraph(start)[0]
    if paragraph == start and mention.start - start < _TO_LABEL and paragraph > 0:
        heading = text.paragraph(paragraph - 1)[0]
        start = heading if paragraph - heading <= _LONGEST_LABEL else start  # 申报时间 ⏎ 4月1日—4月20日。
    if _OBJECTS.search(text.chars, start, end):
        return None
    around = text.chars[max(start, mention.start - _REACH) : min(end, mention.end + _REACH)]
    return next((kind for kind, pattern in _KINDS if pattern.search(around)), None)


def _spans(document: Document, text: Text, act: Act, passages: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences that state the act and what is said of it later, in source offsets."""
    spans = list(passages)
    if not any(start <= act.head[0] < end for start, end in spans):
        spans.insert(0, act.head)
    trimmed = []
    for start, end in spans:
        while end > start and text.chars[end - 1].isspace():
            end -= 1
        while start < end and text.chars[start].isspace():
            start += 1
        if end > start:
            trimmed.append(document.to_source(start, end))
    return tuple(trimmed)
