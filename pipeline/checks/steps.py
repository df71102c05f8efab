"""Findings about steps: what can only follow another is dated before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

import regex

from extractors.mention import DateValue, Mention, within
from extractors.text import clause_start
from pipeline.checks.facts import AND, Facts, is_long, span
from pipeline.checks.step_table import FAR_STEPS, STEPS
from pipeline.document import Finding

_EARLIER = regex.compile("[此之]前|再往前|早在|曾|原(?:有|来|定|先|本|计划)|回顾|追溯|比(?!最高|选|例)|去年|上年|同期")


def steps_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A step dated before the one that it follows in the same sentence (6月15日开工，6月1日前完工)."""
    chars = facts.text.chars
    told_until = 0
    for (first, _), (then, cue) in pairwise(facts.dates):
        earlier = told_until
        if isinstance(first.value, DateValue) and not is_long(first.value.start, first.value.end):
            told_until = first.end
        if cue.role == "as-of":
            continue
        if "\n" in chars[first.end : then.start] and not (
            _is_next_label(chars, first, then) or _is_next_item(facts, first, then)
        ):
            continue
        _, end = facts.text.sentence(then.start)
        if not isinstance(first.value, DateValue) or not isinstance(then.value, DateValue):
            continue
        if (first.value.start - then.value.end).days > _MOST_BACK and not _WITH_YEAR.match(chars, then.start):
            continue  # 12月20日开工，1月5日完工: of the year after
        if (
            then.value.end >= first.value.start
            or is_long(first.value.start, first.value.end)
            or is_long(then.value.start, then.value.end)
        ):
            continue
        if _is_told_backwards(facts, then) or _OF.match(chars, then.end) or AND.fullmatch(chars, first.end, then.start):
            continue
        begin = clause_start(chars, first.start, "。；\n")
        if earlier > begin:
            begin = clause_start(
                chars, first.start, "，。；\n"
            )  # what is said of the time before it is not of this one
        stop = _STEP_END.search(chars, first.end, then.start)
        label = clause_start(chars, then.start, "，。；\n")
        if chars[label : then.start] in _BY_WHOM and chars[label - 1 : label] == "，":
            label = clause_start(chars, label - 1, "，。；\n")
        if _EARLIER.search(chars, first.end, then.start) or _INTENDED.search(chars, begin, first.start):
            continue
        before = chars[begin : stop.start() if stop else then.start]
        after = chars[max(label, first.end) : then.start] + _clause_after(chars, then.end, end)
        phases = [_PHASE.findall(words) for words in (before, after)]
        if all(phases) and set(phases[0]).isdisjoint(phases[1]):
            continue  # 批复二期初步设计。一期工程于2020年3月20日开工
        is_end = _UNTIL.search(chars, then.start - 2, then.start) and _ENDED.match(chars, then.end)
        if is_end or any(one.search(before) and two.search(after) for one, two in STEPS):
            message = f"What is dated {then.value.end} can only follow what is dated {first.value.start}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_MOST_BACK = 150
"""Days that a day without its year may go back, and not be one of the next year."""
_WITH_YEAR = regex.compile("[0-9]{4}")
_PHASE = regex.compile("[一二三四](?:期|批|标段)")
_INTENDED = regex.compile(r"原(?:定|为|计划)[^，。；\n]{0,6}$")
"""原定12月底完成。…今年5月底完成, 原为9月18日，更正为: a day that was once meant for a step."""
_OF = regex.compile(r"(?!召开|举行|通过)[^，。；\n]{1,8}的(?=\p{Han})")
"""今年4月下达的第一批资金: the day belongs to an attribute; 4月28日召开的常委会批准 does not."""
_BY_WHOM = frozenset(("", "经", "由", "于"))
"""What leaves it to the clause before to say what was done on a day (编制了调整方案，经4月28日召开的会议批准)."""
_UNTIL = regex.compile("[到至]$")
_ENDED = regex.compile(r"[^，。；\n]{0,4}(?:闭幕|落幕|结束|收官|收尾|为止)")
_AROUND = 200
"""Characters on either side of a time among which its sentence may tell others backwards."""
_NEXT_LINE = 24
"""Characters between two dates on lines of their own that belong together (截止时间：… ⏎ 开启时间：…)."""
_STEP_END = regex.compile(r"[。！？；\n]")
_CLAUSE_END = regex.compile("[，。；]")


def _is_next_label(chars: str, first: Mention, then: Mention) -> bool:
    """Whether a day on the next line is that of a label, as the one above it."""
    return then.start - first.end <= _NEXT_LINE and chars[then.start - 1] in "：为于"


_ITEM = regex.compile(r"（[一二三四五六七八九十]）")
_ANY_ITEM = regex.compile(r"（[一二三四五六七八九十]）|[0-9]{1,2}[.．、]")


def _is_next_item(facts: Facts, first: Mention, then: Mention, item: regex.Pattern[str] = _ITEM) -> bool:
    """Whether two days stand in neighbouring items of a list of steps: 10月29日开标 ⏎ 于10月19日签订合同."""
    start, end = facts.text.paragraph(first.start)
    following = facts.text.paragraph(then.start)[0]
    return end == following and all(item.match(facts.text.chars, line) for line in (start, following))


def _is_told_backwards(facts: Facts, date: Mention) -> bool:
    """Whether a sentence tells at least three times, each before the one told before it: from the end to the beginning."""
    start, end = facts.text.sentence(date.start)
    inside = within(facts.times, max(start, date.start - _AROUND), min(end, date.end + _AROUND))
    days = [m.value.start for m in inside if isinstance(m.value, DateValue)]
    return len(days) > 2 and days == sorted(days, reverse=True)


def _clause_after(chars: str, start: int, end: int) -> str:
    """What is said of a time: its clause, or the next two where it stands alone at their head (9月13日，河水退去，响应终止)."""
    stops = list(islice(_CLAUSE_END.finditer(chars, start, end), 3))
    if stops and stops[0].start() == start:
        return chars[start : stops[-1].start() if len(stops) > 2 else end]
    return chars[start : stops[0].start() if stops else end]


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
        told = step + _clause_after(chars, then.end, end)
        is_result = _RESULT.search(result) and _STEP.search(told)
        if comma > 0 and (is_result or (_WORK.search(result + chars[first.end : comma]) and _BEFORE_WORK.search(told))):
            message = f"A result of {first.value.end} rests on what is dated {then.value.end}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_THE_WORK = regex.compile("(?:该|此|这[一个]?)?(?:工程|项目)")


def begun_after_its_end(facts: Facts) -> Iterator[Finding]:
    """Work told of as done, and behind it when it was begun, on a later day (6月12日通过验收。该工程8月20日开工)."""
    chars = facts.text.chars
    begun, done = STEPS[0]
    for (first, _), (then, cue) in pairwise(facts.dates):
        start, end = facts.text.sentence(then.start)
        if cue.role != "bare" or first.end > start or facts.text.sentence(first.start)[1] != start:
            continue
        if not isinstance(first.value, DateValue) or not isinstance(then.value, DateValue):
            continue
        if then.value.start <= first.value.end or not _THE_WORK.match(chars, start, then.start):
            continue
        if done.search(chars, first.end, start) and begun.search(chars, then.end, min(end, then.end + _TO_STEP)):
            message = f"What was done on {first.value.end} was begun on {then.value.start}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_TO_STEP = 8
_WORK = regex.compile("开工|动工|进场施工")
_BEFORE_WORK = regex.compile("招标|立项|初步设计|施工图")
"""4月上旬开工建设，5月下旬完成施工招标."""
_DEALS_WITH = regex.compile("(?:针对|对照?|就)$")
_AT_THE_TIME = regex.compile(r"[^，。；\n]{0,10}(?:时|中|反馈|交办|通报|检查|暗访|抽查)")


def deals_with_what_is_later(facts: Facts) -> Iterator[Finding]:
    """What was done on a day about something of a later one (8月25日 县河长办对9月2日暗访时交办的问题逐一复查)."""
    chars = facts.text.chars
    for (first, cue), (then, _) in pairwise(facts.dates):
        sentence = facts.text.sentence(first.start)
        if cue.role != "bare" or first.start != sentence[0] or then.start >= sentence[1]:
            continue
        if not isinstance(first.value, DateValue) or not isinstance(then.value, DateValue):
            continue
        gap = (then.value.start - first.value.end).days
        if not 0 < gap < _MOST_BACK or not _DEALS_WITH.search(chars, max(first.end, then.start - 3), then.start):
            continue
        if _AT_THE_TIME.match(chars, then.end):
            message = f"What was done on {first.value.end} is about something of {then.value.start}."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


def second_step_before_first(facts: Facts) -> Iterator[Finding]:
    """What follows something that is told once in a text, dated before it (检查5月13日 … 复查5月6日; 首次审议 … 二审)."""
    chars = facts.text.chars
    for index, (one, two) in enumerate(FAR_STEPS):
        if two.search(chars) is None or (index == 0 and not any(act.is_document for act in facts.acts)):
            continue
        first: tuple[Mention, DateValue] | None = None
        for date, cue in facts.dates:
            value = date.value
            if cue.role != "bare" or not isinstance(value, DateValue) or is_long(value.start, value.end):
                continue
            sentence = facts.text.sentence(date.start)
            if _near(chars, two, date, sentence):
                is_earlier = first is not None and value.end < first[1].start
                if first is not None and is_earlier and not _EARLIER.search(chars, *sentence):
                    message = f"What happened on {value.end} can only follow what happened on {first[1].start}."
                    yield facts.finding("date-out-of-sequence", message, span(first[0]), span(date))
            elif first is None and _near(chars, one, date, sentence):
                first = date, value


def _near(chars: str, step: regex.Pattern[str], date: Mention, sentence: tuple[int, int]) -> bool:
    """Whether a sentence tells of a step behind a day, or right before it."""
    begin = max(sentence[0], date.start - _RIGHT_BEFORE)
    return step.search(chars, date.end, sentence[1]) is not None or step.search(chars, begin, date.start) is not None


_RIGHT_BEFORE = 16


_AFTERWARDS = regex.compile(
    r"(?P<event>\p{Han}{2,14}?)(?:(?:全部|全面)?(?:完毕|完成|结束|办结|届满|期满)?(?:之|以)?后(?![备勤期续方面者])[^。；\n]{0,30}|(?:结果|成果)已?于)$"
)
_SEASON = 190
"""Days that an event may go on which something is to follow."""
_PAIR = 2
"""Characters that two names of one event have in common."""
_ANY = frozenset(
    (
        "工作",
        "全市",
        "全县",
        "全省",
        "全区",
        "完成",
        "统一",
        "组织",
        "单位",
        "部门",
        "开展",
        "进行",
        "有关",
        "相关",
        "项目",
    )
)


def follows_what_ends_later(facts: Facts) -> Iterator[Finding]:
    """What comes after an event, dated before the day to which the event goes on (11月底前完成工程。工程完工后，于9月20日前自验)."""
    chars = facts.text.chars
    for (first, cue), (then, _) in pairwise(facts.dates):
        if not isinstance(first.value, DateValue) or not isinstance(then.value, DateValue):
            continue
        until = first.value.start if cue.role == "start" else first.value.end
        if cue.role in ("as-of", "past") or then.value.end >= until:
            continue
        if (first.value.end - first.value.start).days > _SEASON or is_long(then.value.start, then.value.end):
            continue
        if not (chars.count("后", first.end, then.start) or chars.count("果", first.end, then.start)):
            continue  # no word of what follows
        _, end = facts.text.paragraph(first.start)
        after = _AFTERWARDS.search(chars, first.end, then.start)
        if (
            after is None
            or (then.start >= end and not _is_next_item(facts, first, then, _ANY_ITEM))
            or _EARLIER.search(chars, first.start, facts.text.sentence(then.start)[1])
        ):
            continue
        told = chars[clause_start(chars, first.start, "。；\n") : after.start()]
        event = after["event"]
        pairs = {event[i : i + _PAIR] for i in range(len(event) - 1)} - _ANY
        if any(pair in told for pair in pairs):
            message = f"What follows is dated {then.value.end}, before {until}, to which it goes on."
            yield facts.finding("date-out-of-sequence", message, span(first), span(then))


_RESULT = regex.compile(r"结果[^，。；]{0,16}(?:公布|公示|发布|揭晓)|中标结果")
_STEP = regex.compile(r"申报|申请|报名|报送|提交|递交|投标")


_BEGINS = regex.compile(r"开工|开始|启动|进场")
_ENDS = regex.compile(r"完工|竣工|完成|建成|结束|验收")


def row_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A row of a table that ends before it begins (开工时间 2024年3月, 完工时间 2023年9月)."""
    for row in facts.text.rows:
        begins = ends = None
        for date in within(facts.times, row.start, row.end):
            head = row.column(date.start)
            if _BEGINS.search(head):
                begins = date
            elif _ENDS.search(head):
                ends = date
        if begins is None or ends is None:
            continue
        if (
            isinstance(begins.value, DateValue)
            and isinstance(ends.value, DateValue)
            and ends.value.end < begins.value.start
        ):
            message = f"What begins on {begins.value.start} ends on {ends.value.end}."
            yield facts.finding("date-out-of-sequence", message, span(begins), span(ends))
