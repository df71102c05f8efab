"""Findings about meetings and releases: figures that are given there of a time which was not over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import regex

from extractors.mention import DateValue, Mention
from extractors.roles import Cue
from extractors.text import clause_start
from pipeline.checks.data import CONFERENCE, NEARLY, NO_RESULT, UNDER_WAY, reported
from pipeline.checks.facts import Facts, span
from pipeline.document import Finding

_TOLD_THERE = regex.compile(
    r"通报|公布|发布|披露|介绍|汇报|报告|听取|会议(?:指出|认为|强调|听取|肯定)|会上|晒出?|总结|获悉|透露|盘点|亮[^，。]{0,2}出|[写载]着|采访|表示|张榜|出炉|揭晓|声明|函|了解到|认为|反映"
    r"|(?:通气|吹风|发布|见面)会"
)
"""What says that the figures behind it were given on the day told before it, in a meeting or a release."""
_TO_FIGURES = 400
"""Characters from the day of a meeting to the figures that it gives."""
_NONE = dt.timedelta(0)
_LONGEST_MEETING = dt.timedelta(days=45)
"""Days before the end of a time on which figures of it can be given only by a slip."""


def told_before_its_end(facts: Facts) -> Iterator[Finding]:
    """Figures that a meeting or a release gives of a time it falls in (10月24日，…召开会议。会议指出，截至10月底，…)."""
    given = {span(date): is_as_of for date, _, is_as_of in reported(facts)}
    told: tuple[Mention, dt.date] | None = None
    for date, cue in facts.dates:
        value = date.value
        if not isinstance(value, DateValue):
            continue
        if told is not None and not _is_in_reach(facts, told[0], date):
            told = None
        is_as_of = given.get(span(date), False)
        is_sum = _is_summed_up(facts, date)
        if told is not None and (is_sum or span(date) in given or _is_quoted(facts, date, cue)):
            day = told[1]
            ahead = value.end - day
            is_over = ahead <= (_NONE if value.start == value.end else NEARLY) or ahead > _LONGEST_MEETING
            falls_in = not is_over and (is_as_of or value.start <= day)
            if falls_in and (is_sum or _TOLD_THERE.search(facts.text.chars, told[0].end, date.start)):
                message = f"What is told on {day} gives figures of a time up to {value.end}."
                yield facts.finding("act-before-data", message, span(told[0]), span(date))
        is_day = cue.role == "bare" and value.start == value.end and not _OF.match(facts.text.chars, date.end)
        if is_day or (told is not None and value.start > told[1]):
            told = (date, value.start) if is_day else None


def _is_in_reach(facts: Facts, told: Mention, date: Mention) -> bool:
    """Whether a time is told of in the paragraph of a meeting, or behind that of a press conference."""
    start, end = facts.text.sentence(told.start)
    is_conference = CONFERENCE.search(facts.text.chars, told.end, end) is not None
    is_minutes = any(act.is_document and act.action == "召开" and act.date == told for act in facts.acts)
    if is_minutes:
        return True
    if _DATELINE.match(facts.text.chars, told.end):
        return True
    begin = start if is_conference else facts.text.paragraph(date.start)[0]
    if begin and _GOES_ON.match(facts.text.chars, begin):
        begin = facts.text.paragraph(begin - 1)[0]
    return told.end >= max(begin, date.start - _TO_FIGURES)


_GOES_ON = regex.compile(r"(?:会议|会上|\p{Han}{1,4}组)[^，。；\n]{0,12}(?:认为|指出|通报|听取|强调|介绍)")
"""How the paragraph behind that of a meeting begins, which tells of it still (验收组核验后认为：…)."""
_DATELINE = regex.compile(r"[电讯]（|[电讯] ?(?=\p{Han})|消息")
_OF = regex.compile(r"(?!召开|举行|印发|发布|公布|出具|编制)[^，。；\n]{1,14}的(?!会)")
_SUMS_UP = regex.compile(
    r"(?:晒出?|贴出|挂出|张榜|公布|发布|通报|总结|披露|亮出|盘点|公开|报告|汇报|听取(?:和|、|并)?审议|听取|审议|呈报的?|上报的?)了?(?:[^，。；\n]{0,10})$"
)
_SUMMARY = regex.compile(
    r"(?![^，。；\n]{0,12}(?:计划|安排|任务|打算|目标|部署))[^，。；\n]{0,20}?(?:账本|成绩单|数据|情况|进度|答卷|战报|榜单?|战果|成效|执行|简报|月报|工作：|指标|排名|结果)"
)


def _is_summed_up(facts: Facts, date: Mention) -> bool:
    """晒出一季度助餐账本, 总结前三季度工作：: whether what was reached in a time is given as a whole."""
    begin = clause_start(facts.text.chars, date.start, "，。；\n")
    if _HOLDS.search(facts.text.chars, begin, date.start) and _CONFERENCE_ON.match(facts.text.chars, date.end):
        return True
    return (
        _SUMS_UP.search(facts.text.chars, begin, date.start) is not None
        and _SUMMARY.match(facts.text.chars, date.end) is not None
    )


_HOLDS = regex.compile(r"(?:举行|召开|举办)了?(?:全[省市县区]|[省市县区])?$")
_CONFERENCE_ON = regex.compile(
    r"[^，。；\n]{0,16}(?:运行|收支|情况|数据|进展|成效)[^，。；\n]{0,6}(?:发布会|通气会|通报会)"
)
"""举行上半年财政运行新闻发布会."""
_SAYS = regex.compile(
    r"(?:通报|介绍|公布|获悉|显示|透露|表示|认为|说|出来|指出|进度|进展|情况|数据|写着|载明)了?[，：]“?(?:[自从]?(?:今年|[0-9]{4}年)?|[^，。；：\n（]{2,12}（)$"
)
_JOINED = regex.compile("[至到—–~～-]")
_FIGURE = regex.compile(r"[），]*[^。；\n]{0,30}?(?:[0-9]|[一二三四五六七八九][十百千万])")


def _is_quoted(facts: Facts, date: Mention, cue: Cue) -> bool:
    """会议通报，一季度园区产值22.4亿元: whether a figure of a time is told right behind who or what says it."""
    chars = facts.text.chars
    if UNDER_WAY.fullmatch(chars, *span(date)):
        return False  # 公布，今年50万户的任务已全部开工
    is_range = cue.role == "start" and _JOINED.search(chars, date.start, date.end) is not None
    if (
        not (is_range or cue.role in ("bare", "as-of"))
        or _SAYS.search(chars, max(0, date.start - 12), date.start) is None
    ):
        return False
    figure = _FIGURE.match(chars, date.end)
    return figure is not None and NO_RESULT.search(chars, date.end, figure.end()) is None
