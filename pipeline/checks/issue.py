"""Findings about issued documents: studied before they were issued, in force before they were passed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractors.mention import DateValue, Mention
from pipeline.checks.facts import Facts, span
from pipeline.document import Finding

_STUDIES = regex.compile("学习|传达|研究|审议|讨论|贯彻|落实|听取")
_ISSUED_THEN = regex.compile("(?:印发|下发|发布|出台|公布)(?:的|）)")


def studied_before_issue(facts: Facts) -> Iterator[Finding]:
    """A meeting that studies what was issued after it (8月30日召开会议，学习9月12日印发的《…》)."""
    chars = facts.text.chars
    meeting = next((act.date for act in facts.acts if act.is_document and act.action == "召开"), None)
    previous = meeting
    for date, cue in facts.dates:
        value = date.value
        if not isinstance(value, DateValue) or cue.role != "bare":
            continue
        start, _ = facts.text.sentence(date.start)
        held = previous if previous is not None and previous.start >= start else meeting
        is_studied = _ISSUED_THEN.match(chars, date.end) and _STUDIES.search(chars, start, date.start)
        if is_studied and held is not None and isinstance(held.value, DateValue) and value.start > held.value.end:
            message = f"A meeting of {held.value.start} studies what was issued on {value.start}."
            yield facts.finding("date-out-of-sequence", message, span(held), span(date))
        previous = date


_RESTS_ON = regex.compile("根据|按照|依据|依照|贯彻|落实")


def rests_on_what_is_later(facts: Facts) -> Iterator[Finding]:
    """A document that rests on one issued after it (9月6日 … 根据《意见》（9月20日印发），制定本细则)."""
    own = next((act.date for act in facts.acts if act.is_document and act.date is not None), None)
    if own is None or not isinstance(own.value, DateValue):
        return
    for date, cue in facts.dates:
        value = date.value
        if cue.role != "bare" or not isinstance(value, DateValue) or value.start <= own.value.end:
            continue
        sentence = facts.text.sentence(date.start)[0]
        if _ISSUED_THEN.match(facts.text.chars, date.end) and _RESTS_ON.search(facts.text.chars, sentence, date.start):
            message = f"A document of {own.value.start} rests on what was issued on {value.start}."
            yield facts.finding("date-out-of-sequence", message, span(own), span(date))


_PASSED = regex.compile(r"，?[^，。；\n]{0,24}(?:表决通过|审议通过|批准|公布|印发|出台)")
_TAKES_EFFECT = regex.compile(r"起(?:正式)?(?:施行|实施|生效)")
_LAW = regex.compile("条例|法规|规章|决定|办法|规定|细则")


def effect_before_passage(facts: Facts) -> Iterator[Finding]:
    """A law that takes effect before it was passed (4月28日表决通过 … 条例自同年1月1日起施行)."""
    chars = facts.text.chars
    passed: list[tuple[Mention, DateValue]] = []
    for date, cue in facts.dates:
        if not isinstance(date.value, DateValue):
            continue
        if cue.role == "bare" and _PASSED.match(chars, date.end):
            passed.append((date, date.value))
        if cue.role != "start" or not _TAKES_EFFECT.match(chars, date.end):
            continue
        begin, _ = facts.text.paragraph(date.start)
        before = [(other, value) for other, value in passed if other.start >= begin and value.start > date.value.end]
        if before and _LAW.search(chars, begin, date.start):
            message = f"What takes effect on {date.value.start} was passed on {before[-1][1].start}."
            yield facts.finding("date-out-of-sequence", message, span(before[-1][0]), span(date))


def expiry_before_effect(facts: Facts) -> Iterator[Finding]:
    """A rule that expires before it takes effect (自2021年10月1日起施行，有效期至2021年9月30日)."""
    chars = facts.text.chars
    for (first, begins), (last, ends) in pairwise(facts.dates):
        if begins.role != "start" or ends.role != "expiry" or last.start >= facts.text.sentence(first.start)[1]:
            continue
        if not isinstance(first.value, DateValue) or not isinstance(last.value, DateValue):
            continue
        if _TAKES_EFFECT.match(chars, first.end) and last.value.end < first.value.start:
            message = f"What takes effect on {first.value.start} expires on {last.value.end}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(last))


_PRINTED = regex.compile(r"印发[ ]?\n*$")


def printed_before_its_day(facts: Facts) -> Iterator[Finding]:
    """The line that says when a document was printed (GB/T 9704-2012, 7.4.2), dated before the document or the meeting."""
    own = next((act.date for act in facts.acts if act.is_document and act.date is not None), None)
    if own is None or not isinstance(own.value, DateValue) or not facts.dates:
        return
    last = facts.dates[-1][0]
    end = facts.text.paragraph(last.start)[1]
    if not _PRINTED.fullmatch(facts.text.chars, last.end, end) or not isinstance(last.value, DateValue):
        return
    if last.value.end < own.value.start:
        message = f"A document of {own.value.start} was printed on {last.value.end}."
        yield facts.finding("date-out-of-sequence", message, span(last), span(own))


_YEAR_OF_NUMBER = regex.compile(r"[〔\[（(](?P<year>20[0-9]{2})[〕\]）)]")
"""The year within a document's number (GB/T 9704-2012, 7.2.5): 晋财建〔2019〕108号."""
_JANUARY, _DECEMBER = (1, 2), 12


def number_of_another_year(facts: Facts) -> Iterator[Finding]:
    """A document whose number is of one year and whose day is of another, the turn of the year apart."""
    for act in facts.acts:
        if not act.is_document or act.number is None or act.date is None or not isinstance(act.date.value, DateValue):
            continue
        found = _YEAR_OF_NUMBER.search(act.number[0])
        day = act.date.value.start
        if found is None or day.year == (year := int(found["year"])):
            continue
        is_at_turn = (day.year == year - 1 and day.month == _DECEMBER) or (
            day.year == year + 1 and day.month in _JANUARY
        )
        if not is_at_turn:
            message = f"A document of {day} has a number of {year}."
            yield facts.finding("date-out-of-sequence", message, span(act.date), act.number[1])
