"""Findings about time: acts before their data, out of order or not yet come, days that no calendar has, deadlines that are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain, pairwise

import regex

from extractors.mention import (
    DateValue,
    DeadlineValue,
    Mention,
    within,
)
from extractors.text import Text
from pipeline.checks.facts import Facts, dated, span
from pipeline.document import Finding

_GIVEN = regex.compile(r"全年|，|完成|实现|累计|，?全[省市县区]|末")


_FIGURES = regex.compile(r"，?[^。；]{0,40}?(?:共|已|累计|达|完成|[0-9](?![0-9]{0,3}[月日年]))")


_COMPARED = regex.compile(r"同比|比上年|比去年|较上年|较去年|环比")


def _reported(facts: Facts) -> Iterator[tuple[Mention, DateValue, bool]]:
    """Times for which figures are given, and whether it is as of them, or for the period (上半年，…同比增长)."""
    chars = facts.text.chars
    for date, cue in facts.dates:
        if not isinstance(date.value, DateValue):
            continue
        is_period = cue.role == "bare" and date.value.start < date.value.end
        if cue.role == "as-of" and _FIGURES.match(chars, date.end):
            yield date, date.value, True
        elif is_period and _GIVEN.match(chars, date.end) and _is_compared(facts.text, date):
            yield date, date.value, False


def _is_compared(text: Text, date: Mention) -> bool:
    return _COMPARED.search(text.chars, date.end, text.sentence(date.start)[1]) is not None


def act_before_data(facts: Facts) -> Iterator[Finding]:
    """An act that gives figures of a time after its own (截至2020年底 in a report of 2020-03-16)."""
    reported = list(_reported(facts))
    for index, act in enumerate(facts.acts):
        if act.date is None or not isinstance(act.date.value, DateValue):
            continue
        day = act.date.value.end
        for date, value, is_as_of in reported:
            if not (value.start > day if is_as_of else value.start < day < value.end):
                continue
            if any(start <= date.start < end for start, end in facts.passages[index]):
                message = f"An act of {act.date.value.start} gives figures as of {value.end}."
                yield facts.finding("act-before-data", message, span(act.date), span(date))
                break


_NEAR = dt.timedelta(days=60)


_NEAR_BACK = dt.timedelta(days=120)
"""A day that goes back in time may stand farther from the one before it than one that goes on."""


_FAR = dt.timedelta(days=240)


def date_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A day that breaks the order of the acts told around it and would fit with the year before or after."""
    told = [(act, date, value.start) for act, date, value in dated(facts) if not act.is_document]
    before: list[dt.date] = []
    for _, date, day in told:
        if len(before) >= 2 and before[-2] <= before[-1] and abs(day - before[-1]) > _FAR:
            year = next(
                (
                    y
                    for y in (day.year + 1, day.year - 1, day.year + 2, day.year - 2)
                    if abs(_in_year(day, y) - before[-1]) <= (_NEAR_BACK if day < before[-1] else _NEAR)
                ),
                None,
            )
            if year is not None:
                flagged = {finding.spans[0] for finding in act_before_data(facts)}
                if facts.document.to_source(*span(date)) not in flagged:
                    message = f"An act of {day} is told among acts around {before[-1]}; the year may be {year}."
                    yield facts.finding("date-out-of-sequence", message, span(date))
                continue
        before.append(day)


_STEPS = (
    # what comes first, and what can only follow it
    (r"开工|动工|启动|开始|进场", r"完工|竣工|建成|投用|交付|验收|结束|完成"),
    (r"申报|申请|报名|报送|提交|征集|填报|受理", r"审核|评审|审查|初审|复审|终审|评估|公示|公布|批复|审批|复核"),
    (r"审核|评审|审查", r"公示|公布|批复|下达"),
    (r"审核|评审|公示|验收|核查", r"拨付|打入|兑付|发放|下达|到账"),
    (r"递交|截止|投标", r"开启|开标|评审"),
    (r"招标|采购|立项|选址|勘察|设计", r"开工|进场|动工|施工"),
)


_STEP_PATTERNS = tuple((regex.compile(first), regex.compile(then)) for first, then in _STEPS)


def steps_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A step dated before the one that it follows in the same sentence (6月15日开工，6月1日前完工)."""
    chars = facts.text.chars
    for (first, _), (then, _) in pairwise(facts.dates):
        if "\n" in chars[first.end : then.start] and then.start - first.end > _NEXT_LINE:
            continue
        _, end = facts.text.sentence(then.start)
        if not isinstance(first.value, DateValue) or not isinstance(then.value, DateValue):
            continue
        if then.value.end >= first.value.start:
            continue
        begin = max(chars.rfind(mark, 0, first.start) for mark in "。；\n") + 1
        stop = _STEP_END.search(chars, first.end, then.start)
        label = max(chars.rfind(mark, 0, then.start) for mark in "，。；\n") + 1
        before = chars[begin : stop.start() if stop else then.start]
        after = chars[max(label, first.end) : then.start] + _clause_after(chars, then.end, end)
        if any(one.search(before) and two.search(after) for one, two in _STEP_PATTERNS):
            message = f"What is dated {then.value.end} can only follow what is dated {first.value.start}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_NEXT_LINE = 24
"""Characters between two dates on lines of their own that belong together (截止时间：… ⏎ 开启时间：…)."""


_STEP_END = regex.compile(r"[。！？；\n]")


_TO_COME = regex.compile(r"将(?!近)|拟|计划|定于|预计|届时|要求|力争|确保|前|起施行|截止|申报|报名")


_CLAUSE_END = regex.compile("[，。；]")


def _clause_after(chars: str, start: int, end: int) -> str:
    stop = _CLAUSE_END.search(chars, start, end)
    return chars[start : stop.start() if stop else end]


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, 28))


def result_before_its_step(facts: Facts) -> Iterator[Finding]:
    """A result told first and dated before the step that it rests on (评审结果3月14日公布，申报材料3月31日前报送)."""
    chars = facts.text.chars
    for (first, _), (then, _) in pairwise(facts.dates):
        start, end = facts.text.sentence(first.start)
        if not first.start < then.start < end or not isinstance(first.value, DateValue):
            continue
        if not isinstance(then.value, DateValue) or then.value.start <= first.value.end:
            continue
        begin = max(chars.rfind("，", start, first.start) + 1, start)
        comma = chars.find("，", first.end, then.start)
        result, step = chars[begin : comma if comma > 0 else first.end], chars[comma + 1 : then.start]
        if comma > 0 and _RESULT.search(result) and _STEP.search(step + _clause_after(chars, then.end, end)):
            message = f"A result of {first.value.end} rests on what is dated {then.value.end}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_RESULT = regex.compile(r"结果[^，。；]{0,16}(?:公布|公示|发布|揭晓)|中标结果")


_STEP = regex.compile(r"申报|申请|报名|报送|提交|递交|投标")


def act_after_document(facts: Facts) -> Iterator[Finding]:
    """An act told as done on a day after that of the document that tells of it."""
    if facts.issued is None:
        return
    for act, date, value in dated(facts):
        sentence = facts.text.sentence(date.start)
        told = facts.text.chars[sentence[0] : sentence[1]]
        if not act.is_document and value.start > facts.issued and not _TO_COME.search(told):
            message = f"An act of {value.start} is told in a text of {facts.issued}."
            yield facts.finding("date-out-of-sequence", message, span(date))


def no_such_date(facts: Facts) -> Iterator[Finding]:
    """A day that no calendar has (2月30日)."""
    for reject in facts.rejects:
        if reject.reason == "no-such-date":
            printed = "".join(facts.text.printed[reject.start : reject.end].split())
            yield facts.finding("no-such-date", f"No calendar has the date {printed}.", (reject.start, reject.end))


def deadline_before_document(facts: Facts) -> Iterator[Finding]:
    """A goal or an application that an act sets for a day before the act itself."""
    cues = {span(date): cue for date, cue in facts.dates}
    for index, act in enumerate(facts.acts):
        if act.date is None or not isinstance(act.date.value, DateValue):
            continue
        inside = chain.from_iterable(within(facts.mentions, start, end) for start, end in facts.passages[index])
        for mention in inside:
            value = mention.value
            if not isinstance(value, DeadlineValue) or value.latest is None:
                continue
            cue = cues.get(span(mention))
            if cue is None:
                continue
            if (
                cue.role in ("goal", "window") or mention.rule == "deadline.column"
            ) and value.latest < act.date.value.start:
                message = f"A deadline of {value.latest} is set by an act of {act.date.value.start}."
                yield facts.finding("deadline-before-document", message, span(mention), span(act.date))
