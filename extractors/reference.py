"""The reference date: the day that 今年, 上月 and 3月10日 are counted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import regex

from extractors import dates
from extractors.dates import DateExpression
from extractors.mention import DateValue, Mention, Reject
from extractors.roles import Cue
from extractors.text import Text

Basis: TypeAlias = Literal["given", "published", "date-line", "latest-date", "none"]

_DATE_LABEL = regex.compile(
    r"(?:^|[\s（(|｜])\p{Han}{0,4}(?<!(?:招标|采购|磋商|谈判|询价|合同|首次|更正|原))"
    r"(?:发布|发文|成文|印发|公布|公告|签发|发表|更新|刊发|来源)(?:时间|日期|日)?[：:]?$"
    r"|(?:供稿|撰稿)，$|[报刊讯]》[（(]?$|（[^（）。，\n]{2,8}[报刊][ 　]?$|(?:电|讯|消息|报道)（$"
)
_TIME_LABEL = regex.compile(
    r"(?<!(?:招标|采购|磋商|谈判|询价|合同|首次|更正|原)(?:公告|发布)?)(?<!截止|开标|开启|递交|提交|获取|开始|结束|申报|报名|会议|考试|交货|服务|开工|竣工|完工|验收)(?:时间|日期)[：:]$"
)
"""时间：, which says less than 发布时间：."""
_CORRECTED = regex.compile(r"更正(?:公告)?(?:时间|日期)[：:]$")
"""The day of a notice that corrects another; in any other notice that of the correction it tells of."""
_CLOCK = frozenset("时分点")
"""What a day with an hour ends in: when something happens, and no date of a document."""
_HEADS_A_DAY = regex.compile(
    r"(?:^|\n)(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.．、])[^，。；\n]{0,16}(?:时间|日期)[：:]?\n$"
)
"""七、合同签订日期 ⏎ 2023年9月12日: a heading that says what happens on the day below it."""
_DATELINE = regex.compile(
    r"(?:（[^（）\n]*)?(?:电|讯|消息)|刊发）|(?:星期[一二三四五六日])?[，、]?第[0-9一二三四五六七八九十]{1,3}版"
)
_SIGN_OFF_TAIL = regex.compile(r"[）)印发]*\n*$")
_PARTS = frozenset({"month", "quarter", "half"})
"""Times that a text tells of when they are over, or nearly; a year may be one that has only begun."""
_TO_COME = regex.compile(r"(?:将|拟|定|计划|预计|预定)(?:于|在)?$")
_HEAD_LINE = regex.compile(r"[^，。；！？\n]{0,24}")
_FOOT_PARAGRAPHS = 6
_AROUND = 60
"""Characters on either side of a date by which a line of its own is known."""


def choose(
    text: Text, expressions: Sequence[DateExpression], cues: Sequence[Cue], given: dt.date | None
) -> tuple[dt.date | None, Basis]:
    """The reference date and its basis.

    A given date wins; then the document's own date line (sign-off, 发布时间：, a dateline, a dated running head; a dateline
    without its year is in the one that brings it nearest to the latest time told); then the latest full date of the text
    that is no goal, no start and not announced as still to come.
    """
    if given is not None:
        return given, "given"
    placed = [
        (expression, value.end)
        for expression, cue in zip(expressions, cues, strict=True)
        if cue.role in ("bare", "as-of") and (value := dates.absolute(expression)) is not None
    ]
    full = [(expression, day) for expression, day in placed if expression.is_full]
    lines = list(_date_lines(text, full))
    if lines:
        return lines[-1], "date-line"
    told = [day for expression, day in full if not _is_to_come(text, expression)]
    parts = [day for expression, day in placed if expression.grain in _PARTS and not _is_to_come(text, expression)]
    begun = [
        value.end
        for expression, cue in zip(expressions, cues, strict=True)
        if cue.role == "start" and expression.is_full and (value := dates.absolute(expression)) is not None
    ]
    ranges = [
        value.end
        for expression, cue in zip(expressions, cues, strict=True)
        if expression.is_range and expression.grain == "day" and cue.role in ("bare", "as-of", "window")
        if (value := dates.absolute(expression)) is not None
    ]
    known = [*told, *ranges] or parts or begun
    dateline = next((e for e in expressions if not e.has_year and _is_dateline(text, e)), None)
    if dateline is not None and known and (day := _nearest(dateline, max(known))) is not None:
        return day, "date-line"
    if dateline is not None and (day := _in_year_named(text, expressions, cues, dateline)) is not None:
        return day, "date-line"
    told = told or _placed_by_their_sentence(text, expressions, cues)
    if dateline is not None and told and (day := _nearest(dateline, max(told))) is not None:
        return day, "date-line"
    return (max(told), "latest-date") if told else (None, "none")


def _placed_by_their_sentence(text: Text, expressions: Sequence[DateExpression], cues: Sequence[Cue]) -> list[dt.date]:
    """Days told of that take their year from the sentence or the paragraph (10月18日公布2022年前三季度数据)."""
    return [
        mention.value.end
        for expression, cue, mention in _aligned(expressions, cues, dates.resolve(text, expressions, cues, None))
        if cue.role in ("bare", "as-of") and isinstance(mention.value, DateValue)
        if mention.value.start == mention.value.end and not _is_to_come(text, expression)
    ]


def _aligned(
    expressions: Sequence[DateExpression], cues: Sequence[Cue], items: Iterable[Mention | Reject]
) -> Iterator[tuple[DateExpression, Cue, Mention]]:
    """What was resolved, with the expression and the cue that it stands for."""
    found = {item.start: item for item in items if isinstance(item, Mention)}
    for expression, cue in zip(expressions, cues, strict=True):
        if expression.start in found:
            yield expression, cue, found[expression.start]


def _is_dateline(text: Text, expression: DateExpression) -> bool:
    """东山9月17日讯, 本报讯（9月17日）."""
    before = text.chars[max(0, expression.start - 3) : expression.start]
    return _DATELINE.match(text.chars, expression.end) is not None or before.endswith(("电（", "讯（", "消息（"))


def _is_to_come(text: Text, expression: DateExpression) -> bool:
    return _TO_COME.search(text.chars, max(0, expression.start - 4), expression.start) is not None


def _nearest(dateline: DateExpression, told: dt.date) -> dt.date | None:
    """The day of a dateline without a year, in the year told of or in the next one."""
    days = [dates.counted_from(dateline, told.replace(year=told.year + shift, day=1)) for shift in (0, 1)]
    return min((value.end for value in days if value is not None), key=lambda day: abs(day - told), default=None)


_LOOKED_BACK = regex.compile("全年|[年]?末|底|度")
_SET_BESIDE = regex.compile("[比较于]$")


def _in_year_named(
    text: Text, expressions: Sequence[DateExpression], cues: Sequence[Cue], dateline: DateExpression
) -> dt.date | None:
    """The day of a dateline in the last year that its sentence names (8月5日讯 … 2025年收购情况), or after one looked back on.

    Where the sentence names none, in the only one that the text names.
    """
    start, end = text.sentence(dateline.start)
    named = [
        (e, value)
        for e, cue in zip(expressions, cues, strict=True)
        if e.grain == "year" and e.has_year and cue.role == "bare" and (value := dates.absolute(e)) is not None
    ]
    years = [(e, value) for e, value in named if start <= e.start < end]
    if not years and len({value.end for _, value in named}) == 1:
        years = named  # the only year that the text names
    if not years:
        return None
    year, value = max(years, key=lambda told: told[1].end)
    is_over = _LOOKED_BACK.match(text.chars, year.end) or _SET_BESIDE.search(text.chars, year.start - 1, year.start)
    if is_over:
        return _nearest(dateline, value.end)
    placed = dates.counted_from(dateline, value.start)
    return placed.end if placed is not None else None


def _date_lines(text: Text, full: Sequence[tuple[DateExpression, dt.date]]) -> Iterator[dt.date]:
    """Days that stand as the document's own date, the weakest evidence first."""
    chars = text.chars
    foot = _foot(chars)
    heads, times, labels, feet = [], [], [], []
    for expression, day in full:
        start, end = text.paragraph(expression.start)
        before = chars[max(start, expression.start - _AROUND) : expression.start]
        after = chars[expression.end : min(end, expression.end + _AROUND)]
        if _DATE_LABEL.search(before) or _DATELINE.match(after):
            labels.append(day)
        elif _TIME_LABEL.search(before) or (_CORRECTED.search(before) and "更正公告" in chars[:_HEAD]):
            times.append(day)
        elif is_of_event(chars, start, expression.end):
            continue
        elif _SIGN_OFF_TAIL.fullmatch(after) and _is_line(before) and start >= foot and start > 0:
            feet.append(day)
        elif start < _HEAD and _is_line(before) and _is_line(after.rstrip("\n")) and len(after) < 24:
            heads.append(day)
    yield from heads[:1]
    yield from times[:1]
    yield from labels[:1]
    yield from feet[-1:]


def is_of_event(chars: str, line: int, end: int) -> bool:
    """Whether a day on a line of its own says when something happens: it has an hour, or a heading above it says what."""
    return chars[end - 1] in _CLOCK or _HEADS_A_DAY.search(chars, max(0, line - _AROUND), line) is not None


_HEAD = 200
"""A dated running head or date line under the title stands within the first characters."""


def _is_line(part: str) -> bool:
    return _HEAD_LINE.fullmatch(part) is not None


def _foot(chars: str) -> int:
    """Where the last few paragraphs begin: a sign-off may be followed by notes, contacts or lists of annexes."""
    position = len(chars)
    for _ in range(_FOOT_PARAGRAPHS):
        position = chars.rfind("\n", 0, position)
        if position < 0:
            return 0
    return position + 1
