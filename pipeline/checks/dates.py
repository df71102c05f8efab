"""Findings about one day: one that no calendar has, a deadline that is over when it is set."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain, pairwise

import regex

from extractors.mention import (
    DateValue,
    DeadlineValue,
    Mention,
    within,
)
from extractors.roles import Cue
from pipeline.checks.facts import Facts, is_long, span
from pipeline.document import Finding, Span
from pipeline.records import Act


def no_such_date(facts: Facts) -> Iterator[Finding]:
    """A day that no calendar has (2月30日)."""
    for reject in facts.rejects:
        if reject.reason == "no-such-date":
            printed = "".join(facts.text.printed[reject.start : reject.end].split())
            yield facts.finding("no-such-date", f"No calendar has the date {printed}.", (reject.start, reject.end))


_APPLICATIONS = frozenset({"deadline.goal.报名截至", "deadline.goal.截止时间"})


_SET_EARLIER = regex.compile(
    "按原|原规定|按照.{0,6}通知|按[^，。；]{0,8}时间表|按要求应|此前|当时|原[定要]|原计划|补报|结转|支出进度|未能|未按时|仍未|尚未|当场|当即|随即|约谈|已?[如按]期(?:完成|建成|办结|上线)|已于"
)
_MUST = regex.compile("(?:务必|须|必须|应|请)[于在]?$|(?:延长|延期|顺延|推迟)[到至]$")
"""尚未开工的务必于8月31日前进场: what is asked for is no matter of the past, whatever it is asked of."""
_WAS_TO_BE = regex.compile("应[于在].*已(?:全部)?完成")
"""第一批资金应在3月底前分解，…均已完成."""
_ONCE_RULED = regex.compile("当时|补报|按原|原规定|原[定要]|原计划|结转|按照.{0,6}通知")
"""What says, of what must be done, that it had to be before."""
_CALLS = regex.compile("要求|责令|责成|明确|规定|通知")


def _set_for_a_day_gone(facts: Facts) -> Iterator[Finding]:
    """11月22日，…发出通知，要求各街道在11月12日前报送: what a sentence tells of a day asks for something by an earlier one."""
    due = {span(m): m.value for m in facts.mentions if isinstance(m.value, DeadlineValue)}
    for (told, cue), (date, goal) in pairwise(facts.dates):
        start, end = facts.text.sentence(told.start)
        value = due.get(span(date))
        is_head = facts.text.chars.find("，", start, told.start) < 0
        if cue.role != "bare" or goal.role != "goal" or not is_head or date.start >= end:
            continue
        if not isinstance(told.value, DateValue) or value is None or value.latest is None:
            continue
        asks = _CALLS.search(facts.text.chars, told.end, date.start)
        if asks and value.latest < told.value.start and not _SET_EARLIER.search(facts.text.chars, start, end):
            message = f"A deadline of {value.latest} is set on {told.value.start}."
            yield facts.finding("deadline-before-document", message, span(date), span(told))


_HISTORY = dt.timedelta(days=200)
"""Days before a text from which on what was asked for by then is only told."""
_STANDING = regex.compile(r"(?:办法|规定|细则|规则|条例|制度)(?:[（(][^）)]*[）)])?$")
"""Titles of what holds for every year: its 3月底前 is that of each."""
_YEAR = regex.compile("[0-9]{4} ?年")
_ONE_TIME = regex.compile("征求意见|本公告|本通知")
"""What a draft says of itself, and not of each year."""
_YEARLY = regex.compile("每年|逐年|年度补")
_PLAN = regex.compile(r"(?:方案|计划|要点|安排)\n?$")
"""How the heading of a plan ends."""
_PLANS = regex.compile("打算|计划|思路|安排|下一步|目标|要求")
_TELLS = regex.compile("结果|公示|通报|情况|总结|公报|简报|快报|运行|信息|动态")
"""Titles of what tells how something went, by when it was done included."""
_ASKS = regex.compile("请|须|应(?!急)|务必|要(?!求)|责成|限")
_HANDS_IN = regex.compile(r"(?:之|以)?前[将把]?[^，。；\n已]{0,20}报(?:送|市|县|省|我|本)")
_ASKED = regex.compile(r"(?:请|须|应当?|务必)[^，。；\n]{0,4}$|阶段（$")


_ONCE_SET = regex.compile(r"原(?:为|定|定于)$|原[^“”，。；\n]{0,4}“[^”\n]{0,40}$")
"""截止时间原为9月3日，更正为9月18日: what was set before."""
_PUT_OFF = regex.compile("(?:延长|延期|顺延|推迟)[到至]$")
"""公示期延长至3月20日."""
_COUNTS = regex.compile(r"，(?:全[省市县区州国])?\p{Han}{0,6}?有\p{Han}{2,8}[0-9]")
"""2021年底，全区有养老机构196家: a day of figures, on which nothing was asked for."""


def _was_set_earlier(facts: Facts, deadline: Mention, latest: dt.date, act: Mention | None = None) -> bool:
    """Whether a deadline belongs to what the same paragraph tells of an earlier day (9月15日，会议要求9月底前完成)."""
    start, _ = facts.text.paragraph(deadline.start)
    sentence = facts.text.sentence(deadline.start)
    if _YEARLY.search(facts.text.chars, start, deadline.start) and not _YEAR.match(facts.text.chars, deadline.start):
        return True
    if act is not None and start <= act.start < deadline.start:
        start = act.start
    is_told = _WAS_TO_BE.search(facts.text.chars, *sentence) is not None
    is_asked = (
        not is_told and _MUST.search(facts.text.chars, max(sentence[0], deadline.start - 6), deadline.start) is not None
    )
    if (_ONCE_RULED if is_asked else _SET_EARLIER).search(facts.text.chars, *sentence):
        return True
    first = bisect_left(facts.dates, start, key=_start)
    last = bisect_left(facts.dates, deadline.start, key=_start)
    return any(
        cue.role == "bare"
        and isinstance(date.value, DateValue)
        and not is_long(date.value.start, date.value.end)
        and date.value.start <= latest
        and _COUNTS.match(facts.text.chars, date.end) is None
        for date, cue in facts.dates[first:last]
    )


_ACCOUNT = regex.compile("实际|支出进度|结转|为计划的|当年|已")


def _is_recalled(facts: Facts, deadline: Mention) -> bool:
    """Whether a paragraph that gives account of a year tells, and does not ask, what was done by a day of it."""
    chars = facts.text.chars
    return (
        _ASKS.search(chars, *facts.text.sentence(deadline.start)) is None
        and _ACCOUNT.search(chars, *facts.text.paragraph(deadline.start)) is not None
    )


def _start(told: tuple[Mention, Cue]) -> int:
    return told[0].start


def _is_put_off(chars: str, deadline: Mention) -> bool:
    return _PUT_OFF.search(chars, max(0, deadline.start - 5), deadline.start) is not None


def _is_asked(facts: Facts, deadline: Mention, cue: Cue) -> bool:
    """Whether something is still asked for by a deadline, in a text that else tells how things went."""
    chars = facts.text.chars
    if _is_put_off(chars, deadline) or _PLANS.search(facts.heading(deadline.start)):
        return True
    return cue.role != "window" and (
        _ASKS.search(chars, facts.text.sentence(deadline.start)[0], deadline.start) is not None
        or _HANDS_IN.match(chars, deadline.end) is not None
    )


def _is_set_by(facts: Facts, act: Act, deadline: Mention, cue: Cue, *, is_standing: bool) -> bool:
    """Whether an act itself sets a deadline: asks for something by it, and does not tell of one set or met before."""
    chars = facts.text.chars
    if cue.role not in ("goal", "window") and deadline.rule != "deadline.column" and not _is_put_off(chars, deadline):
        return False
    if _ONCE_SET.search(chars, max(0, deadline.start - 44), deadline.start):
        return False
    has_year = _YEAR.match(chars, deadline.start) is not None
    if is_standing and not has_year and not _ONE_TIME.search(chars, *facts.text.sentence(deadline.start)):
        return False
    is_account = act.title is not None and _TELLS.search(act.title[0]) is not None
    return not is_account or _is_asked(facts, deadline, cue)


def _set_by_acts(facts: Facts) -> Iterator[tuple[Mention, Finding]]:
    """The deadlines that acts set for a day before them, each with its finding."""
    cues = {span(date): cue for date, cue in facts.dates}
    is_standing = any(
        act.is_document and act.title is not None and _STANDING.search(act.title[0]) for act in facts.acts
    )
    for act, passages in zip(facts.acts, facts.passages, strict=True):
        if act.date is None or not isinstance(act.date.value, DateValue):
            continue
        day = act.date.value.start
        for deadline in chain.from_iterable(within(facts.mentions, start, end) for start, end in passages):
            value = deadline.value
            cue = cues.get(span(deadline))
            if cue is None or not isinstance(value, DeadlineValue) or value.latest is None or value.latest >= day:
                continue
            if value.latest.year < day.year and (
                (act.is_document and not _YEAR.match(facts.text.chars, deadline.start)) or _is_recalled(facts, deadline)
            ):
                continue  # of the year that the paragraph tells of
            if _is_set_by(facts, act, deadline, cue, is_standing=is_standing) and not _was_set_earlier(
                facts, deadline, value.latest, act.date
            ):
                message = f"A deadline of {value.latest} is set by an act of {day}."
                yield deadline, facts.finding("deadline-before-document", message, span(deadline), span(act.date))


def deadline_before_document(facts: Facts) -> Iterator[Finding]:
    """A goal or an application that an act or a text sets for a day before itself."""
    told: set[Span] = set()
    for deadline, finding in _set_by_acts(facts):
        told.add(span(deadline))
        yield finding
    yield from _set_for_a_day_gone(facts)
    if facts.issued is None or any(act.is_document for act in facts.acts):
        return
    is_plan = _PLAN.search(facts.text.chars, *facts.text.paragraph(0)) is not None
    for mention in facts.mentions:
        value = mention.value
        if (
            isinstance(value, DeadlineValue)
            and span(mention) not in told
            and (
                mention.rule in _APPLICATIONS
                or is_plan
                or _ASKED.search(facts.text.chars, max(0, mention.start - 8), mention.start)
            )
            and value.latest is not None
            and dt.timedelta(0) < facts.issued - value.latest < _HISTORY
            and not _was_set_earlier(facts, mention, value.latest)
        ):
            message = f"A deadline of {value.latest} is set by a text of {facts.issued}."
            yield facts.finding("deadline-before-document", message, span(mention))
