"""Findings about stories: times told one after the other, one of which breaks their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from extractors import calendar, numerals
from extractors.mention import DateValue, Mention, PlaceValue, ProvinceValue, within
from extractors.roles import Cue
from extractors.text import clause_start
from pipeline.checks.facts import FLASHBACK, Facts, is_long, span
from pipeline.document import Finding

_CHRONICLE = 5
"""Lines that begin with their time and make a chronicle, whatever the places it tells of."""
_SHORTEST = 3
_IN_ORDER = 3
"""Times that a story has at least for each that goes back; one that goes back more often is not told in order."""
_NEAR = dt.timedelta(days=62)
_NEAR_BACK = dt.timedelta(days=31)
_FARTHER = dt.timedelta(days=200)
_A_YEAR = dt.timedelta(days=366)
_MOST_BACK = 150
"""Days that a month without its year may go back, and not be one of the next year."""

_BULLET = "■●◆▲★◇○•·"
_HEAD = regex.compile(
    rf"[{_BULLET}]?(?:[\p{{Han}}0-9]{{0,14}}(?:于|在)|到了?|至|是年|[这当]年|\p{{Han}}{{0,8}}[局厅委组府院会办队司部站心位]"
    r"|(?:随后|其后|此后|接着|后来|紧接着)(?:的|在|于)?)?"
)
"""What may stand between the beginning of a clause and the time of a story: 县住建局于2021年8月20日."""
_MARKS = "，。；：！？）】\n"
_CLAUSE_LENGTH = 40
_DESCRIBES = regex.compile(
    r"(?:(?![对向在由把将为从])[^，。；\n]{0,12}的(?=[\p{Han}《“])|[度版]|以来|[（(《]|出生|生[，。])"
)
"""The time belongs to an attribute or to a name, and nothing is told of it."""
_DESCRIBES_A_LINE = regex.compile(r"[^，。；\n]{0,4}的(?=[\p{Han}《“])|[度版]|以来|[（(《]")
"""The same at the head of a line, where an entry of a chronicle may go on with an attribute (4日 中央财政支持的项目开工)."""
_FULL_YEAR = regex.compile(r"[0-9一二三四五六七八九〇零○]{4}(?: ?年|[-./])")


@dataclass(frozen=True, slots=True)
class _Event:
    date: Mention
    start: dt.date
    end: dt.date
    has_year: bool

    def shifted(self, months: int) -> _Event:
        """The same days so many months later."""
        return _Event(self.date, _shifted(self.start, months), _shifted(self.end, months), self.has_year)


def _shifted(day: dt.date, months: int) -> dt.date:
    year, month = calendar.shift_month(day.year, day.month, months)
    year = min(max(year, dt.MINYEAR), dt.MAXYEAR)
    return dt.date(year, month, min(day.day, calendar.days_in_month(year, month)))


def time_out_of_story(facts: Facts) -> Iterator[Finding]:
    """One time of a story that stands before the one told before it, and would fit in with another year or month."""
    for story in _stories(facts):
        backward = [i for i in range(1, len(story)) if story[i].end < story[i - 1].start]
        if len(backward) * _IN_ORDER > len(story):
            continue
        for first, index, last in zip([0, *backward], backward, [*backward[1:], len(story)], strict=False):
            yield from _out_of_story(facts, story[first:last], index - first)


def _out_of_story(facts: Facts, story: Sequence[_Event], backward: int) -> Iterator[Finding]:
    """What is wrong where a story goes back once: the time that goes back, or the one before it."""
    for index in (backward, backward - 1):
        fits = index and any(
            fits_in(story, index) for fits_in in (_fits_in_another_year, _fits_in_another_month, _fits_on_another_day)
        )
        if fits:
            event, near = story[index], story[index - 1]
            message = f"What is dated {event.start} is told next to what is dated {near.start}."
            yield facts.finding("date-out-of-sequence", message, span(event.date), span(near.date))
            return


def _is_in_order(story: Sequence[_Event]) -> bool:
    return all(one.start <= then.end for one, then in pairwise(story))


def _fits_in_another_year(story: Sequence[_Event], index: int) -> bool:
    """Whether another year of an event, which those after it without a year are in too, puts the story in order."""
    event = story[index]
    if not event.has_year or is_long(event.start, event.end):
        return False
    before = story[index - 1]
    stop = next((i for i in range(index + 1, len(story)) if story[i].has_year), len(story))
    for year in range(before.start.year, story[-1].end.year + 2):
        months = 12 * (year - event.start.year)
        told = [*story[:index], *(later.shifted(months) for later in story[index:stop]), *story[stop:]]
        is_near = index + 1 < len(story) or told[index].start - before.start <= _A_YEAR
        if months and is_near and _is_in_order(told):
            return True
    return False


def _fits_in_another_month(story: Sequence[_Event], index: int) -> bool:
    """Whether another month of a day, between what is told before and after it, puts the story in order."""
    event = story[index]
    if event.start != event.end and len(story) <= _IN_ORDER:
        return False
    if index + 1 == len(story):
        return _fits_at_the_end(story)
    before, after = story[index - 1], story[index + 1]
    if not _is_in_order([*story[:index], *story[index + 1 :]]):
        return False
    if after.start - before.start > (_NEAR if len(story) == 3 else _FARTHER):
        return False
    first = 12 * (before.start.year - event.start.year) - event.start.month
    return any(before.start <= event.shifted(first + months).start <= after.start for months in range(1, 25))


def _fits_on_another_day(story: Sequence[_Event], index: int) -> bool:
    """Whether one other figure of its day puts an event between its neighbours (5月13日, 5月24日, 5月15日)."""
    if len(story) <= _IN_ORDER or index + 1 == len(story) or story[index].start != story[index].end:
        return False
    before, event, after = story[index - 1 : index + 2]
    if not _is_in_order([*story[:index], *story[index + 1 :]]) or after.start - before.start > _NEAR_BACK:
        return False
    days = (before.start + dt.timedelta(days=n) for n in range((after.start - before.start).days + 1))
    return any(day.month == event.start.month and _is_one_off(day.day, event.start.day) for day in days)


def _fits_at_the_end(story: Sequence[_Event]) -> bool:
    """Whether the month before, next to a story told day by day, puts its last day in order."""
    *told, event = story
    if len(told) < _IN_ORDER or not _is_in_order(told) or told[-1].end - told[0].start > _NEAR:
        return False
    return (
        told[-1].start - event.end <= _NEAR_BACK
        and dt.timedelta(0) <= event.shifted(1).start - told[-1].start <= _NEAR_BACK
    )


def _stories(facts: Facts) -> Iterator[list[_Event]]:
    """Runs of at least three times in one paragraph, or at the heads of the lines of a chronicle.

    Two days with their years are one together with what the paragraphs before and after them tell last and first.
    """
    runs = _runs(facts)
    for run in runs:
        yield from _told_of_one(facts, run)
    for before, run, after in zip([[], *runs], runs, [*runs[1:], []], strict=False):
        if len(run) == 2 and all(event.has_year and event.start == event.end for event in run):
            story = [*before[-1:], *run, *after[:1]]
            if len(story) > _IN_ORDER and _is_of_one_place(facts, story):
                yield story


_LONG_BEFORE = dt.timedelta(days=3 * 365)


def year_before_all(facts: Facts) -> Iterator[Finding]:
    """A year that is long before all that a text has told, and with one other figure fits in (2019年10月…。2010年6月，…投产)."""
    told = [event for run in _runs(facts) for event in run if event.has_year and not is_long(event.start, event.end)]
    for index in range(2, len(told)):
        event, before, after = told[index], told[index - 1], told[index + 1 :]
        if min(earlier.start for earlier in told[:index]) - event.end < _LONG_BEFORE:
            continue
        latest = after[0].end if after else min(before.end, dt.date.max - _A_YEAR) + _A_YEAR
        years = range(before.start.year, latest.year + 1)
        slipped = (
            event.shifted(12 * (year - event.start.year)) for year in years if _is_one_off(year, event.start.year)
        )
        if any(before.start <= moved.start <= latest for moved in slipped) and _is_of_one_place(
            facts, told[index - 1 : index + 1]
        ):
            message = f"What is dated {event.start} is told next to what is dated {before.start}."
            yield facts.finding("date-out-of-sequence", message, span(event.date), span(before.date))


def _is_one_off(one: int, other: int) -> bool:
    """Whether two years, or two days of a month, differ in one figure as they stand in a date in full (05, 15)."""
    return sum(a != b for a, b in zip(f"{one:02}", f"{other:02}", strict=True)) == 1


def _runs(facts: Facts) -> list[list[_Event]]:
    """The events of each paragraph, those of lines that begin with their time together."""
    return facts.once(_all_told)


def _all_told(facts: Facts) -> list[list[_Event]]:
    return list(_told(facts))


def _told(facts: Facts) -> Iterator[list[_Event]]:
    run: list[_Event] = []
    paragraph = -1
    is_chronicle = False
    for date, cue in facts.dates:
        event = _event(facts, date, cue)
        if event is None:
            continue
        start, _ = facts.text.paragraph(date.start)
        if start != paragraph:
            heads = _heads_line(facts, date)
            if run and not (heads and is_chronicle and start == facts.text.paragraph(paragraph)[1]):
                yield run
                run = []
            is_chronicle = heads
            paragraph = start
        run.append(event)
    yield run


def _heads_line(facts: Facts, date: Mention) -> bool:
    """Whether a line begins with a time, a bullet before it left aside."""
    return not facts.text.chars[facts.text.paragraph(date.start)[0] : date.start].strip(_BULLET)


def _told_of_one(facts: Facts, story: list[_Event]) -> Iterator[list[_Event]]:
    """A story, unless it goes from one place to another; of a chronicle the times at the heads of its lines, and each line."""
    paragraphs = [list(told) for _, told in groupby(story, lambda event: facts.text.paragraph(event.date.start)[0])]
    if len(paragraphs) >= _CHRONICLE:
        yield [told[0] for told in paragraphs]
    for told in paragraphs if len(paragraphs) >= _CHRONICLE else [story]:
        if len(told) >= _SHORTEST and _is_of_one_place(facts, told) and not _is_in_phases(facts, told):
            yield told


_PHASE = regex.compile(r"[一二三四五](?:期|批)(?=\p{Han})")
"""批复二期初步设计。一期工程于…: strands that are told side by side."""


def _is_in_phases(facts: Facts, story: Sequence[_Event]) -> bool:
    end = facts.text.sentence(story[-1].date.start)[1]
    return len(set(_PHASE.findall(facts.text.chars, story[0].date.start, end))) > 1


def _is_of_one_place(facts: Facts, story: Sequence[_Event]) -> bool:
    inside = within(facts.mentions, story[0].date.start, story[-1].date.end)
    codes = {
        m.value.code.rstrip("0") for m in inside if isinstance(m.value, ProvinceValue | PlaceValue) and m.value.code
    }
    return sum(1 for code in codes if not any(other != code and other.startswith(code) for other in codes)) < 2


def _event(facts: Facts, date: Mention, cue: Cue) -> _Event | None:
    """A day or month on which something was done, told at the head of its clause."""
    chars = facts.text.chars
    value = date.value
    if not isinstance(value, DateValue) or cue.role != "bare":
        return None
    clause = clause_start(chars, date.start, _MARKS, _CLAUSE_LENGTH)
    sentence, _ = facts.text.sentence(date.start)
    is_year = (
        date.start == sentence and chars.startswith("，", date.end) and (value.end - value.start).days < _A_YEAR.days
    )
    if is_long(value.start, value.end) and not is_year:
        return None
    if chars[date.end - 1] == "份" and not chars.startswith("，", date.end):
        return None
    describes = _DESCRIBES_A_LINE if _heads_line(facts, date) else _DESCRIBES
    if _HEAD.fullmatch(chars, clause, date.start) is None or describes.match(chars, date.end):
        return None
    previous = clause_start(chars, clause - 1, _MARKS, _CLAUSE_LENGTH) if clause > sentence else clause
    if FLASHBACK.search(chars, previous, date.start):
        return None
    return _Event(date, value.start, value.end, _FULL_YEAR.match(chars, date.start) is not None)


_SOME = "[半一两二三四五六七八九十数几0-9]{1,3}"
_ANY = r"[^，。；\n]"
_FOLLOWS = (
    # how a clause or a sentence begins that tells what follows what was told before it
    "会后|随后的?|其后|此后|接着在?|继而|紧接着",
    "(?:第[二三四]天|次日|翌日|隔天)，?(?:也就是|也即|即|正是)?",
    rf"{_SOME}[多来余]?(?:年|个?[多来]?月|天|周|日)[多来余]?之?后的?",  # 三天后
    rf"(?:前后|一共|总共|整整)?(?:等|过|隔|干|忙|历时|历经|施工|奋战)了?{_SOME}[来多余]?(?:天|个?[来多]?月|年)[来多]?，",
    "[干等打忙]到第[一二三四五六七八九十百0-9]{1,4}(?:天|个月)，",
    rf"{_ANY}{{1,8}}后的?第[一二三四五六七八九十0-9]{{1,3}}(?:天|日|周|个工作日|个月|年)",  # 合龙后第五天
    rf"经过{_ANY}{{0,10}}(?:小时|天|个月|年){_ANY}{{0,6}}，",
    rf"{_ANY}{{1,8}}[好完毕定成妥齐](?:之|以)?后，",  # 梁架好以后
    rf"在{_ANY}{{1,10}}(?:合格|通过|完成)的?基础上",
    rf"{_ANY}{{1,6}}不到{_SOME}(?:天|周|个?月|年)，",
    "(?:做|干|修|装|建)完，|(?:结束|期满|到期|签订|签约|批复|评审|公示|验收)后",
    "(?:根据|按照|按)(?:会议|上述|这一|这个)(?:决定|精神|要求|部署|安排)",
    "(?:根据|按照|按)(?:批准|通过|确定|下达|印发)的(?:方案|计划|决议|决定|名单)",
    rf"(?:凭着?|根据|依据|按照|按){_ANY}{{0,14}}(?:报告|结果|结论|意见)，",
)
_AFTERWARDS = regex.compile(rf"{_ANY}{{0,8}}(?:{'|'.join(_FOLLOWS)})")
_AT_ONCE = regex.compile(
    r"[，；](?:[^，。；\n]{0,10}(?:(?:接|收|来)(?:到?(?:通知|来)?文|到?(?:通知|报告|举报|投诉|反馈|来电|批复|函)(?:件)?)(?:之?后|，)|闻讯|得知后?|获悉后?)|[^，。；\n]{0,6}(?:连夜|当即|当晚|随即|当场|立即))"
)
"""省厅5月22日下达，市局接文后…于5月15日分解: what answers at once what was told right before it in the sentence."""
_STARTS = regex.compile("起?(?:正式)?(?:施行|实施|开始)")
_ENDED = regex.compile(r"[^，。；\n]{0,8}(?:结束|期满|完成|完毕)后")
"""现场审计结束后，于4月8日: what lasted up to its end."""
_AFTER_DEED = regex.compile(r"[^，。；\n]{0,12}?(?P<verb>\p{Han}{2})(?:完毕|完成)?(?:之|以)?后，")
"""货物全部运抵后，: a deed that was told of with the time before."""
_TO_DEED = 60
_BEGINS = regex.compile(r"[^，。；\n]{0,4}(?:奠基|开工|动工|启动|始建|立项)")
"""建设历时四年，2017年5月奠基: the beginning of what has lasted so long."""
_ORDINAL = regex.compile(
    r"，?(?P<who>[^，。；\n]{0,3})[^，。；\n]{0,17}?(?:(?P<number>首|第(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2}))(?P<what>[次批期轮届版场号])(?P<of>\p{Han}{0,2})|(?P<number>[二三四五])(?P<what>审)(?P<of>\p{Han}{0,2}))"
)


_DUE_TIME = "goal.截止时间"
"""开标时间为8月11日: a day on which something happens too."""
_ORDINAL_BEFORE = regex.compile(
    r"(?P<who>)(?P<number>首|第(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2}))(?P<what>[次批期轮])(?P<of>)[^，。；：\n]{0,12}$"
)
"""第三批2.5万支9月13日入库."""
_FIRST = {"首": 1}


def _opens_afterwards(facts: Facts, previous: Mention, date: Mention) -> bool:
    """Whether the sentence of a date begins with what it follows, and tells of no other time before it (评审结束后，由…，于…).

    Or the one right before a date that opens its own (施行不到三周，首笔补贴就到了账。1月19日，…).
    """
    start, _ = facts.text.sentence(date.start)
    if start == date.start > facts.text.paragraph(date.start)[0]:
        start = facts.text.sentence(start - 1)[0]
    return previous.end <= start and _AFTERWARDS.match(facts.text.chars, start, date.start) is not None


def _answers_at_once(facts: Facts, previous: Mention, date: Mention) -> bool:
    """Whether a sentence tells between two of its times that what follows was done at once (9月13日反馈…，连夜开会，…，9月11日销号)."""
    chars = facts.text.chars
    return (
        date.start < facts.text.sentence(previous.start)[1]
        and _AT_ONCE.search(chars, previous.end, date.start) is not None
        and FLASHBACK.search(chars, previous.end, date.start) is None
    )


def _follows_deed(chars: str, previous: Mention, begin: int, date: Mention) -> bool:
    """Whether what precedes a time names a deed told of with the time before it (5月4日至10日将货物运抵。货物运抵后，…)."""
    deed = _AFTER_DEED.match(chars, begin, date.start)
    return deed is not None and chars.find(deed["verb"], previous.end, min(begin, previous.end + _TO_DEED)) >= 0


def before_what_it_follows(facts: Facts) -> Iterator[Finding]:
    """A time before that of what it is said to follow: 会后于8月20日, when the meeting was on 9月14日; 第一次…第二次."""
    chars = facts.text.chars
    numbered: dict[str, tuple[int, Mention, DateValue, str]] = {}
    previous: Mention | None = None
    for date, cue in facts.dates:
        value = date.value
        if isinstance(value, DateValue) and cue.rule == _DUE_TIME:
            previous = date
        happens = cue.role == "bare" or (cue.role == "start" and _STARTS.match(chars, date.end) is not None)
        if not isinstance(value, DateValue) or not happens or _DESCRIBES.match(chars, date.end):
            continue
        has_year = _FULL_YEAR.match(chars, date.start) is not None
        clause = clause_start(chars, date.start, _MARKS, _CLAUSE_LENGTH)
        begin = (
            clause_start(chars, clause - 1, _MARKS, _CLAUSE_LENGTH) if chars[clause - 1 : clause] == "，" else clause
        )
        earlier = previous.value if previous is not None else None
        if (
            previous is not None
            and isinstance(earlier, DateValue)
            and not is_long(value.start, value.end)
            and (value.end < earlier.start or (_ENDED.match(chars, begin, date.start) and value.end < earlier.end))
            and (has_year or (earlier.start - value.end).days < _MOST_BACK)
            and not _BEGINS.match(chars, date.end)
            and (
                _AFTERWARDS.match(chars, begin, date.start)
                or _opens_afterwards(facts, previous, date)
                or _answers_at_once(facts, previous, date)
                or _follows_deed(chars, previous, begin, date)
            )
        ):
            message = f"What is dated {value.start} is said to follow what is dated {earlier.start}."
            yield facts.finding("date-out-of-sequence", message, span(previous), span(date))
        previous = previous if value.end - value.start > _FARTHER else date
        ordinal = _ORDINAL.match(chars, date.end) or _ORDINAL_BEFORE.search(chars, clause, date.start)
        if ordinal is None:
            continue
        what = ordinal["what"] + ordinal["of"]
        number = _FIRST.get(ordinal["number"]) or int(numerals.parse(ordinal["number"].lstrip("第")) or 0)
        last = numbered.get(what)
        if last is not None:
            is_one_row = last[3] == ordinal["who"]  # each body numbers its own orders
            is_next = last[0] + 1 == number and value.end < last[2].start
            is_last = last[0] - 1 == number and value.start > last[2].end and is_one_row
            if is_last or (is_next and (is_one_row or ordinal["what"] != "号")):
                message = f"Number {number} is dated {value.start}, number {last[0]} is dated {last[2].start}."
                yield facts.finding("date-out-of-sequence", message, span(last[1]), span(date))
        numbered[what] = number, date, value, ordinal["who"]
