"""A notice that is itself the document: one act from its head and foot, laid out as GB/T 9704 prescribes.

Head: the issuer's red line, the document number, the title. Foot: the signing agencies and the date of signing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractors import numerals, reference
from extractors.mention import DateValue, Mention, NameValue, NumberValue, TitleValue, within
from extractors.roles import Cue
from extractors.text import Text
from pipeline.document import Span
from pipeline.records.acts import JOINT, Act, is_agency

_KINDS = (
    "通知|公告|通告|意见|方案|办法|细则|规定|规则|决定|决议|批复|复函|函|指南|公示|通报|报告|纪要|规划|计划|要点|条例|措施|清单|标准|规范|制度|答复|指引"
    "|预案|政策|工作安排|实施条款|指导意见|申报书|说明|令|倡议书|征集|文件"
)
_SERIAL = r"(?:（?第[0-9一二三四五六七八九十百]{1,5}号）?)"
_TITLE_END = regex.compile(rf"(?:(?:{_KINDS})|(?:令|公告|通告){_SERIAL})(?:（[^（）\n]{{1,12}}）)?$")
_ABOUT = regex.compile(r"关于|印发|《")
_PUNCTUATED = regex.compile(r"[。！？；：]$")
_ADDRESSED = regex.compile(r"[^。]{2,}[：:]$")
_STATUS = regex.compile(r"征求意见稿|暂行|试行")
_SIGNED = regex.compile(r"[ \t　]*(?:（[^（）\n]*）)?[ \t　]*")
_DAY = regex.compile(r"[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日")
"""A day on the line of the number: 盱政办发〔2025〕12号　2025年3月11日."""
_PRINTED = regex.compile(r"[ \t　]*印发[ \t　]*")
_DATED = regex.compile(r"（[^（）]{4,12}[日号](?:[上下]午)?）")
"""A day in brackets under the heading, which is no part of it."""
_BRACKETED = regex.compile(r"（[^（）]{2,24}）")
_ISSUER_LINE = regex.compile(
    r"[\p{Han}（）\s]{2,60}(?:府|厅|局|委|部|办|室|院|会|署|联|社|行|队|办公室|委员会|中心)(?:等[0-9二三四五六七八九十]{1,3}个?部门)?"
)
_NAMES_ISSUER = regex.compile(r"\p{Han}{2,16}(?:人民政府|办公[厅室]|委员会|[厅局])(?:关于|[^\p{Han}]|$)")
"""A heading that begins with who issues it."""
_LABELS = regex.compile(
    r"(?:信息|文章|稿件)?(?:来源|发布机构|发布单位|发布部门|发文机关|发文单位|制发单位|作者|单位|供稿|发布人|公告单位|(?:发布|更正|更正公告|公告)(?:时间|日期)|时间|日期|成文日期)[：:]?|(?:局长|厅长|主任|部长|院长|行长|县长|市长|州长|区长)[ 　]*\p{Han}{2,4}$|[（）()|｜\s]"
)
"""What a byline says beside the agency and the day."""
_SENTENCE = regex.compile(r"[。；！？]")
_BYLINES = 4
_HELD_ON = regex.compile(r"\s*(?:会议|开会)?(?:时间|日期)[：:]")
_TENDER = regex.compile(
    r"(?:招标|采购|磋商|谈判|询价|比选|中标|成交|招投标)[^，。；\n]{0,8}(?:公告|公示|邀请|文件|通知)"
)
_BUYER = regex.compile(r"(?:采购人|招标人|采购单位|招标单位|询价人|比选人|业主)(?:名称|信息|单位)?(?:[：:为是]|\s)+$")
_ISSUES = regex.compile(r"(?:印发|发布|公布)(?P<name>[^《》\n]{4,60})的通知$")
"""关于印发…方案的通知 without 《》, whose text names 《…方案》."""
_ORDER = regex.compile(rf"[\p{{Han}}\s]{{2,40}}(?:令|公告|通告)\s*{_SERIAL}?")
"""An order or an announcement (浙江省人民政府令第388号): its heading says who issues, its first sentence what."""
_PUTS_OUT = regex.compile(r"(?:现将?|特此)[^，。；\n]{0,8}(?P<action>公布|发布|颁布|印发)")
_MINUTES = regex.compile(r"(?:纪要|会议记录)(?:（[^（）]*）)?$")
_PLANS = regex.compile(r"工作要点|任务(?:分工|清单|分解)|重点(?:工作|任务)|工作计划|行动计划")
"""A heading of what sets tasks, sentence by sentence."""
_REPORTS = regex.compile(
    r"快报|公报|(?:执行|运行|收支|完成|进展|预算)情况|回顾|盘点|工作总结|情况的?(?:通报|报告|公告)|统计|简报|月报|季报|年报|数据|成绩单"
)
"""A heading of what gives figures of what was."""
_INTERPRETS = regex.compile(r"解读|读懂|看懂|答记者问|问答|一问一答|解答|释义|专访")
"""A heading of what explains a document that was issued before."""
_HEAD_LINES = 10
_TITLE_LINES = 4
_MAX_TITLE_LINE = 60
_SECTION = regex.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
"""How the heading of a section begins, which is no title."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    chars: str


def find(text: Text, dates: Sequence[tuple[Mention, Cue]], mentions: Sequence[Mention]) -> Act | None:
    """The act of a notice that is the document, or None where the text is news.

    `mentions` are ORG, TITLE and DOCNUM mentions in order. What makes it a notice is a title line of an official
    kind (关于…的通知) together with a sign-off, a document number line, an address line or a byline; under another heading, a
    signed foot, or an agency and a day in the lines right below.
    """
    lines = _lines(text.chars)
    printed = _title(lines)
    title = printed or _heading(lines)
    if title is None:
        return None
    signature = _sign_off(text, lines, dates, mentions, title)
    number = _number(lines, mentions)
    date, signers = signature if signature is not None else (None, ())
    head_date, head_issuers = _byline(lines, title, dates, mentions)
    meeting = _meeting_date(text, lines, dates, title) or (head_date if _is_minutes(text, title) else None)
    is_released = head_date is not None and bool(head_issuers)
    if printed is None:
        if not is_released and not signers:
            return None
    elif (
        signature is None and number is None and not is_released and meeting is None and not _is_addressed(lines, title)
    ):
        return None
    heading = text.chars[title[0] : title[1]]
    joint = JOINT.search(heading)
    ordered = _ordered(text, title, mentions)
    named, status = _named(text, title, mentions) if ordered is None else ordered[:2]
    issuers = signers or _title_issuers(title, mentions) or head_issuers or _red_line_issuers(lines, title, mentions)
    if _TENDER.search(heading) is not None:
        issuers = _buyer(text, mentions) or issuers
    date = date or _head_date(lines, dates) or head_date or _printed_on(lines, dates)
    if meeting is not None:  # minutes are the record of the meeting, whenever and by whomever they were signed
        date, issuers = meeting, _title_issuers(title, mentions) or issuers
        signers = ()
    foot = (min(signers[0][1][0] if signers else date.start, date.start), date.end) if date is not None else title
    return Act(
        head=title,
        date=date,
        issuers=issuers,
        action=_action(heading) if ordered is None else ordered[2],
        verb=None,
        title=named,
        number=number,
        joint=(int(numerals.parse(joint["number"]) or 0), (title[0] + joint.start(), title[0] + joint.end()))
        if joint
        else None,
        status=status,
        is_document=True,
        is_interpretation=_INTERPRETS.search(heading) is not None,
        is_report=_REPORTS.search(heading) is not None,
        is_plan=_PLANS.search(heading) is not None and _REPORTS.search(heading) is None,
        foot=foot if foot[0] > title[1] else None,
    )


def _is_minutes(text: Text, title: Span) -> bool:
    return _MINUTES.search(text.chars, *title) is not None


def _buyer(text: Text, mentions: Sequence[Mention]) -> tuple[tuple[str, Span], ...]:
    """Who buys: 采购人：县教育局, 受县教育局委托; agents and supervisors issue no tender."""
    for mention in mentions:
        if mention.label != "ORG" or not isinstance(mention.value, NameValue):
            continue
        before = text.chars[max(0, mention.start - 16) : mention.start]
        if _BUYER.search(before) or (before.endswith("受") and text.chars.startswith("委托", mention.end)):
            return ((mention.value.name, (mention.start, mention.end)),)
    return ()


def _is_addressed(lines: Sequence[_Line], title: Span) -> bool:
    return any(_ADDRESSED.fullmatch(line.chars) for line in lines[:_HEAD_LINES] if line.start >= title[1])


def _heading(lines: Sequence[_Line]) -> Span | None:
    """The first line, where it may be a heading of no official kind."""
    if len(lines) < 2 or _PUNCTUATED.search(lines[0].chars) or len(lines[0].chars) > _MAX_TITLE_LINE:
        return None
    return lines[0].start, lines[0].end


def _byline(
    lines: Sequence[_Line], title: Span, dates: Sequence[tuple[Mention, Cue]], mentions: Sequence[Mention]
) -> tuple[Mention | None, tuple[tuple[str, Span], ...]]:
    """The day and the agencies in the lines between a heading and its text: 来源：省林业厅 发布时间：2016年3月1日."""
    date: Mention | None = None
    issuers: tuple[tuple[str, Span], ...] = ()
    for line in [line for line in lines if line.start >= title[1]][:_BYLINES]:
        chars = line.chars
        if _SENTENCE.search(chars) or len(chars) > _MAX_TITLE_LINE:
            break
        day = next((d for d, _ in dates if line.start <= d.start < line.end and _is_day(d)), None)
        date = date or day
        words = _LABELS.sub("", chars[: day.start - line.start] if day is not None else chars)
        signers = _signers([line], mentions, day.start if day is not None else line.end)
        if sum(len(name) for name, _ in signers) >= len("".join(words.split())) - 2:
            issuers = issuers or signers
    return date, tuple(issuer for issuer in issuers if is_agency(issuer[0]))


def _lines(chars: str) -> list[_Line]:
    lines, start = [], 0
    for part in chars.split("\n"):
        if part.strip():
            lines.append(_Line(start, start + len(part), part))
        start += len(part) + 1
    return lines


def _title(lines: Sequence[_Line]) -> Span | None:
    """The printed heading: a line of the head that ends in a kind of document, with the lines it runs over."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        chars = line.chars.strip()
        if _PUNCTUATED.search(chars) or len(chars) > _MAX_TITLE_LINE or _SECTION.match(chars):
            continue
        if not _TITLE_END.search(chars) or (not _ABOUT.search(chars) and _is_titled_below(lines, index)):
            continue
        first = index
        if not _ABOUT.search(chars) or chars.startswith(("的", "工作", "实施", "有关", "《")):
            for back in range(index - 1, max(-1, index - _TITLE_LINES), -1):
                if _ABOUT.search(lines[back].chars) and not _PUNCTUATED.search(lines[back].chars):
                    first = back
                    break
        if first == index and index + 1 < len(lines) and chars.endswith("文件") and index < _HEAD_LINES - 1:
            continue
        if first == index and _is_named_above(lines, index):
            first -= 1
        first = _with_issuers(lines, first)
        following = lines[index + 1].chars.strip() if index + 1 < len(lines) else ""
        is_more = _BRACKETED.fullmatch(following) is not None and not _DATED.fullmatch(following)
        last = index + 1 if is_more else index
        return lines[first].start, lines[last].end
    return None


def _is_titled_below(lines: Sequence[_Line], index: int) -> bool:
    """Whether a line further down the head is the heading (省教育厅 通报 ⏎ … ⏎ 关于…检查情况的通报)."""
    below = [line.chars.strip() for line in lines[index + 1 : _HEAD_LINES]]
    return any(chars.startswith("关于") and _TITLE_END.search(chars) for chars in below)


_BARE_KIND = regex.compile(rf"(?:申报|申请|申领|实施|管理|工作|行动|建设|资助|扶持)?(?:{_KINDS})")
_NAMES_A_THING = regex.compile(r"[\p{Han}0-9（）“”、—-]{6,}(?<!文件|公报|号|日|[0-9])")


def _is_named_above(lines: Sequence[_Line], index: int) -> bool:
    """Whether a line that names a kind of document alone (申报指南) ends the heading that the line above begins."""
    return (
        index > 0
        and _BARE_KIND.fullmatch(lines[index].chars.strip()) is not None
        and _NAMES_A_THING.fullmatch("".join(lines[index - 1].chars.split())) is not None
        and not _ISSUER_LINE.fullmatch(lines[index - 1].chars.strip())
    )


def _with_issuers(lines: Sequence[_Line], first: int) -> int:
    """The line where the heading begins: the issuer's, where 关于…, or what names no issuer, stands right below it."""
    stands_alone = lines[first].chars.strip().startswith("关于") or (
        first == 1 and _NAMES_ISSUER.match(lines[first].chars.strip()) is None
    )
    if first and stands_alone and _ISSUER_LINE.fullmatch(lines[first - 1].chars.strip()):
        return first - 1
    return first


def _sign_off(
    text: Text,
    lines: Sequence[_Line],
    dates: Sequence[tuple[Mention, Cue]],
    mentions: Sequence[Mention],
    title: Span,
) -> tuple[Mention | None, tuple[tuple[str, Span], ...]] | None:
    """The date line of the foot with the signing agencies in the lines right above it."""
    days = [date for date, _ in dates]
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if line.start < title[1]:
            return None
        date = next(iter(within(days, line.start, line.end)), None)
        if date is None or not _is_day(date) or not _SIGNED.fullmatch(line.chars[date.end - line.start :]):
            continue
        if reference.is_of_event(text.chars, line.start, date.end):
            continue
        before = _LABELS.sub("", line.chars[: date.start - line.start]).strip()
        if before:
            signers = _signers([line], mentions, date.start)
            if signers and len(before) <= sum(len(n) for n, _ in signers) + 4:
                return date, signers
            continue
        above: list[_Line] = []
        for back in range(index - 1, -1, -1):
            if lines[back].start < title[1] or not _signers([lines[back]], mentions, lines[back].end):
                break
            if _PUNCTUATED.search(lines[back].chars.strip()) or len(lines[back].chars) > _MAX_TITLE_LINE:
                break
            above.insert(0, lines[back])
        return date, _signers(above, mentions, line.start)
    return None


def _is_day(date: Mention) -> bool:
    return isinstance(date.value, DateValue) and date.value.start == date.value.end


def _signers(lines: Sequence[_Line], mentions: Sequence[Mention], until: int) -> tuple[tuple[str, Span], ...]:
    """The agencies that lines of nothing but names hold."""
    found: list[tuple[str, Span]] = []
    for line in lines:
        names = [m for m in mentions if m.label == "ORG" and line.start <= m.start and m.end <= min(line.end, until)]
        outer = [m for m in names if not any(o is not m and o.start <= m.start and m.end <= o.end for o in names)]
        covered = sum(m.end - m.start for m in outer)
        if covered and covered * 2 >= len(_LABELS.sub("", line.chars[: until - line.start]).strip()):
            found += [(m.value.name, (m.start, m.end)) for m in outer if isinstance(m.value, NameValue)]
    return tuple(found)


def _number(lines: Sequence[_Line], mentions: Sequence[Mention]) -> tuple[str, Span] | None:
    """The document number on a line of its own, or in brackets under the title."""
    head = lines[:_HEAD_LINES]
    for mention in mentions:
        if mention.label == "DOCNUM" and isinstance(mention.value, NumberValue):
            for line in head:
                rest = _DAY.sub("", line.chars).strip(" （）()　\t")
                if line.start <= mention.start < line.end and len(rest) <= mention.end - mention.start + 8:
                    return mention.value.number, (mention.start, mention.end)
    return None


def _printed_on(lines: Sequence[_Line], dates: Sequence[tuple[Mention, Cue]]) -> Mention | None:
    """The day of the line that says when a document was printed (GB/T 9704-2012, 7.4.2), where it has no other."""
    last = dates[-1][0] if dates else None
    if last is None or not _is_day(last) or last.start < lines[-1].start:
        return None
    return last if _PRINTED.fullmatch(lines[-1].chars[last.end - lines[-1].start :]) else None


def _head_date(lines: Sequence[_Line], dates: Sequence[tuple[Mention, Cue]]) -> Mention | None:
    """The date under the title or behind 发布时间：, where the foot has none."""
    for line in lines[:_HEAD_LINES]:
        for date, cue in dates:
            if (
                line.start <= date.start < line.end
                and cue.role == "bare"
                and _is_day(date)
                and not _PUNCTUATED.search(line.chars)
            ):
                return date
    return None


def _meeting_date(
    text: Text, lines: Sequence[_Line], dates: Sequence[tuple[Mention, Cue]], title: Span
) -> Mention | None:
    """The day of the meeting, of which minutes tell in their first paragraph."""
    if not _is_minutes(text, title):
        return None
    for line in (line for line in lines if line.start >= title[1]):
        if _PUNCTUATED.search(line.chars) or _HELD_ON.match(line.chars):
            return next((date for date, _ in dates if line.start <= date.start < line.end and _is_day(date)), None)
    return None


def _title_issuers(title: Span, mentions: Sequence[Mention]) -> tuple[tuple[str, Span], ...]:
    """The agency that the title begins with (河南省民政厅关于…)."""
    for mention in mentions:
        if mention.label == "ORG" and mention.start == title[0] and isinstance(mention.value, NameValue):
            return ((mention.value.name, (mention.start, mention.end)),)
    return ()


def _red_line_issuers(lines: Sequence[_Line], title: Span, mentions: Sequence[Mention]) -> tuple[tuple[str, Span], ...]:
    """The agencies of the red line above the title."""
    above = [line for line in lines[:_HEAD_LINES] if line.end <= title[0]]
    return _signers(above, mentions, title[0])


def _named(text: Text, title: Span, mentions: Sequence[Mention]) -> tuple[tuple[str, Span], tuple[str, Span] | None]:
    """The name of what is issued: the 《》 within a heading 关于印发《…》的通知, else the heading in full; its status."""
    chars = text.chars[title[0] : title[1]]
    inside = [m for m in mentions if m.label == "TITLE" and title[0] <= m.start and m.end <= title[1]]
    issued = regex.search(r"印发|发布|公布|颁布|转发|征求|征集|出台", chars)
    if inside and issued is not None and isinstance(inside[0].value, TitleValue):
        name, span = inside[0].value.title, (inside[0].start, inside[0].end)
    elif (issued := _ISSUES.search(chars)) is not None and issued["name"] in {
        m.value.title for m in mentions if isinstance(m.value, TitleValue)
    }:
        name, span = issued["name"], (title[0] + issued.start("name"), title[0] + issued.end("name"))
    else:
        name, span = "".join(text.printed[title[0] : title[1]].split()), title
    status = _STATUS.search(text.chars, span[0], min(len(text.chars), span[1] + 8))
    return (name, span), ((status.group(), status.span()) if status else None)


def _ordered(
    text: Text, title: Span, mentions: Sequence[Mention]
) -> tuple[tuple[str, Span], tuple[str, Span] | None, str] | None:
    """What an order or an announcement puts out, its status and the verb: 《…》已经…审议通过，现予公布."""
    if _ORDER.fullmatch(text.chars, *title) is None:
        return None
    issued = next((m for m in mentions if isinstance(m.value, TitleValue) and m.start >= title[1]), None)
    if issued is None or not isinstance(issued.value, TitleValue):
        return None
    verb = _PUTS_OUT.search(text.chars, issued.end, text.sentence(issued.start)[1])
    if verb is None:
        return None
    status = _STATUS.search(text.chars, issued.start, issued.end)
    return (
        (issued.value.title, (issued.start, issued.end)),
        (status.group(), status.span()) if status else None,
        verb["action"],
    )


def _action(title: str) -> str:
    """The verb that a heading prints or stands for."""
    verb = _TITLE_VERB.search(title)
    if verb is not None:
        return "公开征求意见" if verb.group() == "公开征求" else str(verb.group())
    return next((action for ends, action in _ACTIONS if title.endswith(ends)), "发布")


_TITLE_VERB = regex.compile("印发|转发|公布|颁布|公开征求|征求意见|批复|发布|公开招标")
_ACTIONS = (
    (("纪要",), "召开"),
    (("通知",), "通知"),
    (("意见", "方案", "办法", "细则", "规定"), "印发"),
    (("解读",), "解读"),
)
"""What is done with a document whose heading has no verb, by how it ends."""
