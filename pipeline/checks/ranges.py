"""Findings about times written together: a range that ends before it begins, a list of days out of order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractors.mention import DateValue, Mention
from pipeline.checks.facts import Facts, runs, span
from pipeline.document import Finding

_ROLLED_OVER = range(180, 360)
"""Days of a window that seems to end in the next year, and is no year of its own (9月1日至8月31日)."""
_OPEN_TO_ALL = regex.compile(
    "公示|征求意见|报名|申报|公告|申请|获取|发售|征集|投票|集中整治|专项整治|专项行动|集中行动"
)
_ALL_BUT_A_YEAR = 300
_GOES_ON = regex.compile(r"，?[^，。；\n]{0,10}(?:开展|组织|进行|举行|举办)")
"""2021年9月1日至8月15日，全省开展清理: what is carried out for nearly a year is not said so."""
_ENDS = regex.compile(r"(?:之日)?(?:起|开始)，?(?:到|至)")
_LAST = regex.compile("止|结束|为止|截止")
"""从11月15日起，到3月31日止."""
_SECOND_YEAR = regex.compile("[年次翌]")


def window_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A window that ends before it begins (9月3日至8月2日面向社会公开征求意见)."""
    chars = facts.text.chars
    for reject in facts.rejects:
        if reject.reason == "ends-before-it-begins":
            printed = "".join(facts.text.printed[reject.start : reject.end].split())
            yield facts.finding("date-out-of-sequence", f"{printed} ends before it begins.", (reject.start, reject.end))
    for (first, cue), (last, _) in pairwise(facts.dates):
        if cue.role == "start" and _ENDS.fullmatch(chars, first.end, last.start) and _LAST.match(chars, last.end):
            begin, end = first.value, last.value
            if isinstance(begin, DateValue) and isinstance(end, DateValue) and end.end < begin.start:
                message = f"What begins on {begin.start} ends on {end.end}."
                yield facts.finding("date-out-of-sequence", message, span(first), span(last))
    for date, _ in facts.dates:
        value = date.value
        if not isinstance(value, DateValue) or (value.end - value.start).days not in _ROLLED_OVER:
            continue
        if _SECOND_YEAR.search(chars, date.start + 5, date.end) or value.start.year == value.end.year:
            continue
        days = (value.end - value.start).days
        if _OPEN_TO_ALL.search(chars, *facts.text.sentence(date.start)) or (
            days > _ALL_BUT_A_YEAR and _GOES_ON.match(chars, date.end)
        ):
            message = f"A window from {value.start} ends before it begins, unless a year later."
            yield facts.finding("date-out-of-sequence", message, span(date))


_HEAD = regex.compile(r"（(?P<number>[一二三四五六七八九十])）[^，。；（）\n]{2,12}（$")
_NUMBERS = "一二三四五六七八九十"


def head_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """Steps under numbered heads whose times stand in brackets, one before that above it (（二）初审（7月11日至19日）…)."""
    chars = facts.text.chars
    above: tuple[int, Mention, DateValue] | None = None
    for date, _ in facts.dates:
        head = _HEAD.fullmatch(chars, facts.text.paragraph(date.start)[0], date.start)
        if head is None or not isinstance(date.value, DateValue) or not chars.startswith("）", date.end):
            continue
        number = _NUMBERS.index(head["number"])
        is_stage = chars.endswith(("阶段（", "步（"), 0, date.start)
        if (
            above is not None
            and above[0] + 1 == number
            and (date.value.end < above[2].start or (is_stage and date.value.end < above[2].end))
        ):
            message = f"A step of {date.value.start} is told behind one of {above[2].start}."
            yield facts.finding("date-out-of-sequence", message, span(above[1]), span(date))
        above = number, date, date.value


_IN_STAGES = regex.compile("阶段|步骤|步走")
_NEXT_STAGE = 40
"""Characters between the times of two stages."""


def stage_ends_too_early(facts: Facts) -> Iterator[Finding]:
    """A stage told behind another in one paragraph that is over before it (第二阶段（4月1日—6月30日）…第三阶段（6月1日—6月20日）)."""
    chars = facts.text.chars
    for (first, _), (then, _) in pairwise(facts.dates):
        one, two = first.value, then.value
        if not isinstance(one, DateValue) or not isinstance(two, DateValue) or two.start == two.end:
            continue
        if not one.start <= two.end < one.end or then.start - first.end > _NEXT_STAGE:
            continue
        start, end = facts.text.paragraph(first.start)
        in_brackets = all(chars[m.start - 1] == "（" and chars.startswith("）", m.end) for m in (first, then))
        if in_brackets and then.start < end and _IN_STAGES.search(chars, start, end):
            message = f"A stage that ends on {two.end} is told behind one that ends on {one.end}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_STEP_HEAD = regex.compile(r"（(?P<number>[一二三四五六七八九十])）(?P<name>\p{Han}{2,10})[。：（]")
_HANDS_IN = regex.compile("申报|填报|报名|申请|征集")
_LOOKS = regex.compile("评审|评议|初审|复审|审核|答辩|现场核查")


def review_before_closing(facts: Facts) -> Iterator[Finding]:
    """Under numbered heads, a review that is over before the applications close (（二）填报。…至6月21日 … （四）专家评审。…6月14日)."""
    chars = facts.text.chars
    window: tuple[Mention, DateValue] | None = None
    for date, cue in facts.dates:
        head = _STEP_HEAD.match(chars, facts.text.paragraph(date.start)[0])
        value = date.value
        if head is None or not isinstance(value, DateValue) or value.start == value.end:
            continue
        if _LOOKS.search(head["name"]):
            if window is not None and value.end < window[1].end:
                message = f"A review that ends on {value.end} stands behind applications up to {window[1].end}."
                yield facts.finding("date-out-of-sequence", message, span(window[0]), span(date))
        elif _HANDS_IN.search(head["name"]) and cue.role in ("window", "bare"):
            window = date, value


_ENTRY = regex.compile(
    r"(?:[·●■◆▲★◇○•-] ?)?\p{Han}{0,8}(?:报名|申报|提交|[初复]审|审[查核]|评审|公示|[笔面]试|缴费|准考证|发布|签约|兑付|验收|[开评]标|路演|[初决]赛|答辩|培训)\p{Han}{0,4}[：:]"
)
"""· 专家评审：, a step of a timetable."""
_FEWEST_ENTRIES = 3


def timetable_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A line of a timetable that is over before that above it begins (形式审查：4月11日至19日 ⏎ 专家评审：3月22日至29日)."""
    chars = facts.text.chars
    run: list[tuple[int, Mention, DateValue]] = []
    for date in facts.times:
        start, end = facts.text.paragraph(date.start)
        if run and start < run[-1][0]:
            continue  # a further day in the line
        if run and run[-1][0] != start:
            yield from _entries(facts, run)
            run = []
        if isinstance(date.value, DateValue) and _ENTRY.fullmatch(chars, start, date.start):
            run.append((end, date, date.value))
        else:
            yield from _entries(facts, run)
            run = []
    yield from _entries(facts, run)


def _entries(facts: Facts, run: list[tuple[int, Mention, DateValue]]) -> Iterator[Finding]:
    back = [i for i in range(1, len(run)) if run[i][2].end < run[i - 1][2].start]
    if len(run) >= _FEWEST_ENTRIES and len(back) == 1:
        (_, above, earlier), (_, date, value) = run[back[0] - 1], run[back[0]]
        message = f"What is dated {value.end} stands in a timetable behind what is dated {earlier.start}."
        yield facts.finding("date-out-of-sequence", message, span(above), span(date))


_SHORTEST, _LONGEST = 4, 30
"""Days of a list that is looked at."""
_IN_TURN = regex.compile(r"(?:时间|日期)(?:分别|依次)(?:为|是)$")
_ONE_AFTER_ANOTHER = regex.compile("先后|依次|陆续|相继")


def list_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """One of several days told one after the other that is not (4月14日、5月12日、3月16日、7月14日先后开展)."""
    chars = facts.text.chars
    for run in runs(facts, 0, len(chars), DateValue):
        days = [m.value.start for m in run if isinstance(m.value, DateValue)]
        if (
            not _SHORTEST <= len(days) <= _LONGEST
            or days == sorted(days)
            or not (
                _ONE_AFTER_ANOTHER.match(chars, run[-1].end)
                or _IN_TURN.search(chars, max(0, run[0].start - 10), run[0].start)
            )
        ):
            continue
        for index, mention in enumerate(run):
            others = days[:index] + days[index + 1 :]
            if others == sorted(others) and index > 0:
                message = f"What is dated {days[index]} is listed after what is dated {days[index - 1]}."
                yield facts.finding("date-out-of-sequence", message, span(mention))
                break
