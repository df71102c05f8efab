"""Findings about acts that are told among others, or in a text, where their time does not belong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import itemgetter

import regex

from extractors.mention import DateValue, Mention, within
from pipeline.checks.facts import Facts, dated, is_long, span
from pipeline.document import Finding
from pipeline.records.acts import DONE

_NEAR = dt.timedelta(days=60)
_AROUND = dt.timedelta(days=90)
_NEXT = dt.timedelta(days=30)
_NEAR_BACK = dt.timedelta(days=120)
"""A day that goes back in time may stand farther from the one before it than one that goes on."""
_FAR = dt.timedelta(days=240)
_ON_PURPOSE = regex.compile("[今去前明]年")


def date_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A day that breaks the order of the acts told around it and would fit with the year before or after."""
    told = [
        (act, date, value.start)
        for act, date, value in dated(facts)
        if not act.is_document and value.start == value.end
    ]
    before: list[dt.date] = []
    for index, (_, date, day) in enumerate(told):
        near, reach = _neighbour(before, [later for _, _, later in told[index + 1 : index + 4]], day)
        if facts.issued is not None and day > (near or day) and dt.timedelta(0) <= facts.issued - day <= _FAR:
            near = None  # the latest news of a text, whose own date bears it out
        if near is not None and not _ON_PURPOSE.match(facts.text.chars, date.start) and abs(day - near) > _FAR:
            years = (day.year + 1, day.year - 1, day.year + 2, day.year - 2, _swapped(day.year))
            year = next((y for y in years if abs(_in_year(day, y) - near) <= reach), None)
            if year is not None:
                message = f"An act of {day} is told among acts around {near}; the year may be {year}."
                yield facts.finding("date-out-of-sequence", message, span(date))
                continue
        before.append(day)


def _neighbour(
    before: Sequence[dt.date], after: Sequence[dt.date], day: dt.date
) -> tuple[dt.date | None, dt.timedelta]:
    """The day next to an act that those around it bear out, and how near to it the act's own would have to be.

    Two before it in order, or those after it; the first of all must fit in all the more closely.
    """
    reach = _NEAR_BACK if before and day < before[-1] else _NEAR
    if len(before) > 1:
        return (before[-1] if before[-2] <= before[-1] else None), reach
    if before:
        is_known = len(after) > 1 and all(abs(later - before[0]) <= _AROUND for later in after[:2])
        return (before[0] if is_known else None), reach
    is_known = len(after) > 2 and all(abs(later - after[0]) <= _NEAR for later in after)
    return (after[0] if is_known else None), _NEXT


def _swapped(year: int) -> int:
    """The year whose last two figures are the other way about: 2021 for 2012."""
    return year - year % 100 + year % 10 * 10 + year // 10 % 10


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=min(max(year, dt.MINYEAR), dt.MAXYEAR), day=min(day.day, 28))


_WINDOW = dt.timedelta(days=200)
_MARGIN = dt.timedelta(days=20)
_PRINTED = regex.compile(r"[0-9]{4} ?年")
_FEWEST = 3
"""Other days by whose nearness one that is a year off is known."""


def year_slipped(facts: Facts) -> Iterator[Finding]:
    """One full date, at the head of its sentence, a year away from all others of its kind, which lie close together."""
    chars = facts.text.chars
    days = [
        (date, date.value.start)
        for date, cue in facts.dates
        if cue.role == "bare"
        and isinstance(date.value, DateValue)
        and date.value.start == date.value.end != facts.issued
        and _PRINTED.match(chars, date.start)
        and facts.text.sentence(date.start)[0] == date.start
    ]
    days.sort(key=itemgetter(1))
    if len(days) <= _FEWEST:
        return
    for (date, day), rest in ((days[0], days[1:]), (days[-1], days[:-1])):
        first, last = rest[0][1], rest[-1][1]
        if last - first > _WINDOW or (first - day < _WINDOW and day - last < _WINDOW):
            continue
        moved = (_in_year(day, day.year + shift) for shift in (-1, 1))
        if any(first - other <= _MARGIN and other - last <= _MARGIN for other in moved):
            message = f"{day} is told among days from {first} to {last}; the year may be another."
            yield facts.finding("date-out-of-sequence", message, span(date))


_EARLIEST = regex.compile(
    r"[二两三四五六七八九十]+(?:省|市|县|地|区|国|家|个[^，。；\n]{1,4})(?:之|当)?中，[^。；\n]{0,24}(?:最早|最先|率先)"
)


def earliest_of_all(facts: Facts) -> Iterator[Finding]:
    """What a text calls the earliest of all it tells of, dated after another of them (五省之中，湖南…最早，2017年2月)."""
    for claim in _EARLIEST.finditer(facts.text.chars):
        start, end = facts.text.sentence(claim.start())
        date = next(iter(within(facts.times, start, end)), None)
        if date is None or not isinstance(date.value, DateValue):
            continue
        for (act, other, value), province in zip(dated(facts), _provinces(facts), strict=True):
            if province and act.action in _ISSUES and value.end < date.value.start:
                message = (
                    f"What is dated {date.value.start} is called the earliest, and another is dated {value.start}."
                )
                yield facts.finding("date-out-of-sequence", message, span(other), span(date))
                break


_ISSUES = frozenset({"印发", "发布", "出台", "下发", "公布", "启动"})


def _provinces(facts: Facts) -> list[bool]:
    """Of each act that has a day, whether it is one of a province."""
    return [
        province is not None
        for act, province in zip(facts.acts, facts.provinces, strict=True)
        if act.date is not None and isinstance(act.date.value, DateValue)
    ]


_REACH = 12
_TO_COME = regex.compile(
    r"将(?!近)|拟|计划|定于|预计|届时|要求|力争|确保|(?:[日月底末年此之以])前|起施行|截止|申报|报名"
)


def act_after_document(facts: Facts) -> Iterator[Finding]:
    """An act told as done on a day after that of the document that tells of it."""
    if facts.issued is None:
        return
    is_notice = any(act.is_document for act in facts.acts)
    for act, date, value in dated(facts):
        if is_notice and not DONE.search(facts.text.chars, *facts.text.sentence(date.start)):
            continue
        until = act.verb[1] if act.verb is not None and act.verb[1] > date.end else date.end + _REACH
        told = facts.text.chars[facts.text.sentence(date.start)[0] : until]
        if not act.is_document and value.start > facts.issued and not _TO_COME.search(told):
            message = f"An act of {value.start} is told in a text of {facts.issued}."
            yield facts.finding("date-out-of-sequence", message, span(date))
    for date, cue in facts.dates:
        sentence = facts.text.sentence(date.start)
        if is_notice and not _OURS.search(facts.text.chars, max(sentence[0], date.start - 8), date.start):
            continue
        if cue.role != "bare" or not isinstance(date.value, DateValue) or date.value.start <= facts.issued:
            continue
        if _OF.match(facts.text.chars, date.end):
            continue
        if date.rule in _NEXT_RULES or _COUNTED_FROM.match(facts.text.chars, date.start):
            continue  # 四年后, 次年5月, 星期六: of what was told before, and not of the text
        if _is_done(facts, date, date.value, is_notice=is_notice):
            message = f"What is dated {date.value.start} is told as done in a text of {facts.issued}."
            yield facts.finding("date-out-of-sequence", message, span(date))


def _is_done(facts: Facts, date: Mention, value: DateValue, *, is_notice: bool) -> bool:
    """Whether what is dated is told as done: in news what a sentence begins with, unless it says that it is to come."""
    chars = facts.text.chars
    start, end = facts.text.sentence(date.start)
    is_head = date.start == start and chars.startswith("，", date.end) and value.start == value.end
    if facts.issued is None or is_long(value.start, value.end) or value.start - facts.issued > _SOON:
        return False
    foretold = _FORETOLD.search(chars, facts.text.paragraph(date.start)[0], date.start) is not None
    if is_head and not is_notice and not foretold and not _OPEN.search(chars, start, end):
        return True
    happened = (_ISSUED if is_notice else _HAPPENED).search(chars, date.end, end)
    return happened is not None and not _TO_COME.search(chars, start, happened.end())


_SOON = dt.timedelta(days=60)
"""Days after a text on which what it tells may lie by a slip; a day without a year that is later is of the year before."""
_FORETOLD = regex.compile("下周|下月|明日|预告|看点|日程")
"""【下周看点】: what a paragraph tells of is to come."""
_OPEN = regex.compile(
    f"{_TO_COME.pattern}|要|应|须|可|请|争取|起|截至|有望|是|为期|安排|到期|开始|迎来|节|届满|生效|失效|恢复"
)
_OF = regex.compile(r"[^，。；\n]{1,8}的")
"""8月下旬开幕的运动会: the time belongs to an attribute."""
_HAPPENED = regex.compile(rf"{DONE.pattern}|全部[^，。；\n]{{1,3}}(?:完|毕|到位)")
_NEXT_RULES = frozenset({"date.after", "date.week", "date.weekday"})
_COUNTED_FROM = regex.compile("[次翌]年|星期|周")
_OURS = regex.compile(r"(?:已经?|业经)[于在]?$|我[局委厅办院部省市县区州][^，。；\n]{0,4}[于在]$")
_ISSUED = regex.compile("作出|下达|完成|办结|核发|发布|印发|公布|公告|召开|通知|通过|批准|同意")
