"""Findings about order: acts and steps that are told where their time does not belong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice, pairwise

import regex

from extractors.mention import DateValue, Mention, within
from pipeline.checks.dates import act_before_data
from pipeline.checks.facts import Facts, clause_start, dated, runs, span
from pipeline.document import Finding

_NEAR = dt.timedelta(days=60)
_AROUND = dt.timedelta(days=90)
_NEAR_BACK = dt.timedelta(days=120)
"""A day that goes back in time may stand farther from the one before it than one that goes on."""
_FAR = dt.timedelta(days=240)
_A_MONTH = 31


def date_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A day that breaks the order of the acts told around it and would fit with the year before or after."""
    told = [(act, date, value.start) for act, date, value in dated(facts) if not act.is_document]
    flagged = {finding.spans[0] for finding in act_before_data(facts)} if len(told) > 2 else set()
    before: list[dt.date] = []
    for index, (_, date, day) in enumerate(told):
        following = [later for _, _, later in told[index + 1 : index + 3]]
        is_known = (len(before) >= 2 and before[-2] <= before[-1]) or (
            len(before) == 1 and len(following) == 2 and all(abs(later - before[0]) <= _AROUND for later in following)
        )
        if is_known and not _ON_PURPOSE.match(facts.text.chars, date.start) and abs(day - before[-1]) > _FAR:
            year = next(
                (
                    y
                    for y in (day.year + 1, day.year - 1, day.year + 2, day.year - 2)
                    if abs(_in_year(day, y) - before[-1]) <= (_NEAR_BACK if day < before[-1] else _NEAR)
                ),
                None,
            )
            if year is not None:
                if facts.document.to_source(*span(date)) not in flagged:
                    message = f"An act of {day} is told among acts around {before[-1]}; the year may be {year}."
                    yield facts.finding("date-out-of-sequence", message, span(date))
                continue
        before.append(day)


_EARLIER = regex.compile("[此之]前|再往前|早在|曾|原|回顾|追溯|比|去年|上年|同期")
_ON_PURPOSE = regex.compile("[今去前明]年")
_STEPS = (
    # what comes first, and what can only follow it
    (r"开工|动工|启动|开始|进场", r"完工|竣工|建成|投用|交付|验收|结束|完成|终止|解除|关闭|闭幕|通车"),
    (r"申报|申请|报名|报送|提交|征集|填报|受理", r"审核|评审|审查|初审|复审|终审|评估|公示|公布|批复|审批|复核"),
    (r"审核|评审|审查", r"公示|公布|批复|下达"),
    (r"审议|批准|批复", r"下达|分解|依照[^，。；]{0,6}批准|按照[^，。；]{0,6}批复"),
    (r"开标|签订", r"进场|开工|施工"),
    (r"抽查|检查|自查|初查|督查", r"复查|回头看"),
    (r"审核|评审|公示|验收|核查", r"拨付|打入|兑付|发放|下达|到账"),
    (r"递交|截止|投标", r"开启|开标|评审"),
    (r"发出|下发|送达|交办|立案|受理", r"反馈|回复|整改|清运|完毕|办结|销号|复核|结案"),
    (r"招标|采购|立项|选址|勘察|设计", r"开工|进场|动工|施工"),
)
_STEP_PATTERNS = tuple((regex.compile(first), regex.compile(then)) for first, then in _STEPS)


def steps_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A step dated before the one that it follows in the same sentence (6月15日开工，6月1日前完工)."""
    chars = facts.text.chars
    for (first, _), (then, cue) in pairwise(facts.dates):
        if cue.role == "as-of":
            continue
        if "\n" in chars[first.end : then.start] and then.start - first.end > _NEXT_LINE:
            continue
        _, end = facts.text.sentence(then.start)
        if not isinstance(first.value, DateValue) or not isinstance(then.value, DateValue):
            continue
        if then.value.end >= first.value.start or _is_long(first.value) or _is_long(then.value):
            continue
        begin = clause_start(chars, first.start, "。；\n")
        stop = _STEP_END.search(chars, first.end, then.start)
        label = clause_start(chars, then.start, "，。；\n")
        if _EARLIER.search(chars, first.end, then.start):
            continue
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
    """What is said of a time: its clause, or the next two where it stands alone at their head (9月13日，河水退去，响应终止)."""
    stops = list(islice(_CLAUSE_END.finditer(chars, start, end), 3))
    if stops and stops[0].start() == start:
        return chars[start : stops[-1].start() if len(stops) > 2 else end]
    return chars[start : stops[0].start() if stops else end]


def _is_long(value: DateValue) -> bool:
    return (value.end - value.start).days > _A_MONTH


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, 28))


_STAGES = tuple(
    regex.compile(rf"(?:{stage})(?:时间|日期|日)?[：:]?$")
    for stage in (
        r"立项(?:批复)?|备案",
        r"(?:首次|招标|采购|磋商|谈判|询价|项目)公告(?:发布)?",
        r"(?:投标|递交|响应文件(?:递交|提交)?)截止",
        r"开标|(?:响应文件)?开启",
        r"评审|评标|磋商",
        r"定标|(?:中标|成交)(?:通知书)?(?:结果)?(?:公告|公示|发出)?",
        r"合同签订",
        r"合同公告",
        r"验收",
    )
)
"""What a tender goes through, in order, as the labels of its dates."""


def stages_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """Labelled dates of a tender in an order that it cannot have (招标公告日期：7月19日 … 评审日期：7月11日)."""
    chars = facts.text.chars
    reached: list[tuple[int, Mention, DateValue]] = []
    for date, _ in facts.dates:
        stage = next(
            (i for i, label in enumerate(_STAGES) if label.search(chars, max(0, date.start - 16), date.start)), 0
        )
        if not isinstance(date.value, DateValue) or not (
            stage or _STAGES[0].search(chars, max(0, date.start - 16), date.start)
        ):
            continue
        for other, earlier, value in reached:
            first, then = ((other, value), (stage, date.value))
            if first[0] > then[0]:
                first, then = then, first
            if first[0] < then[0] and then[1].end < first[1].start:
                message = f"What is dated {then[1].end} can only follow what is dated {first[1].start}."
                yield facts.finding("date-out-of-sequence", message, span(earlier), span(date))
                break
        reached.append((stage, date, date.value))


_ROLLED_OVER = range(180, 360)
"""Days of a window that seems to end in the next year, and is no year of its own (9月1日至8月31日)."""
_OPEN_TO_ALL = regex.compile("公示|征求意见|报名|申报|公告|申请|获取|发售|征集|投票")
_SECOND_YEAR = regex.compile("[年次翌]")


def window_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A window that ends before it begins (9月3日至8月2日面向社会公开征求意见)."""
    chars = facts.text.chars
    for date, _ in facts.dates:
        value = date.value
        if not isinstance(value, DateValue) or (value.end - value.start).days not in _ROLLED_OVER:
            continue
        if _SECOND_YEAR.search(chars, date.start + 5, date.end) or value.start.year == value.end.year:
            continue
        if _OPEN_TO_ALL.search(chars, *facts.text.sentence(date.start)):
            message = f"A window from {value.start} ends before it begins, unless a year later."
            yield facts.finding("date-out-of-sequence", message, span(date))


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


_ONE_AFTER_ANOTHER = regex.compile("先后|依次|陆续|相继")


def list_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """One of several days told one after the other that is not (4月14日、5月12日、3月16日、7月14日先后开展)."""
    chars = facts.text.chars
    for run in runs(facts, 0, len(chars), DateValue):
        days = [m.value.start for m in run if isinstance(m.value, DateValue)]
        if len(days) < 4 or days == sorted(days) or not _ONE_AFTER_ANOTHER.match(chars, run[-1].end):
            continue
        for index, mention in enumerate(run):
            others = days[:index] + days[index + 1 :]
            if others == sorted(others) and index > 0:
                message = f"What is dated {days[index]} is listed after what is dated {days[index - 1]}."
                yield facts.finding("date-out-of-sequence", message, span(mention))
                break


_PASSED = regex.compile(r"[^，。；\n]{0,24}(?:表决通过|审议通过|批准|公布)")
_TAKES_EFFECT = regex.compile(r"起(?:正式)?(?:施行|实施|生效)")
_LAW = regex.compile("条例|法规|规章|决定")


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


_BEGINS = regex.compile(r"开工|开始|启动|进场")
_ENDS = regex.compile(r"完工|竣工|完成|建成|结束|验收")


def row_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A row of a table that ends before it begins (开工时间 2024年3月, 完工时间 2023年9月)."""
    dates = [date for date, _ in facts.dates]
    for row in facts.text.rows:
        begins = ends = None
        for date in within(dates, row.start, row.end):
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
    is_notice = any(act.is_document for act in facts.acts)
    for act, date, value in dated(facts):
        if is_notice and not _HAPPENED.search(facts.text.chars, *facts.text.sentence(date.start)):
            continue
        sentence = facts.text.sentence(date.start)
        told = facts.text.chars[sentence[0] : sentence[1]]
        if not act.is_document and value.start > facts.issued and not _TO_COME.search(told):
            message = f"An act of {value.start} is told in a text of {facts.issued}."
            yield facts.finding("date-out-of-sequence", message, span(date))
    for date, cue in facts.dates:
        sentence = facts.text.sentence(date.start)
        if is_notice and not _OURS.search(facts.text.chars, max(sentence[0], date.start - 8), date.start):
            continue
        if cue.role != "bare" or not isinstance(date.value, DateValue) or date.value.start <= facts.issued:
            continue
        happened = (_ISSUED if is_notice else _HAPPENED).search(facts.text.chars, date.end, sentence[1])
        if happened is not None and not _TO_COME.search(facts.text.chars, sentence[0], happened.end()):
            message = f"What is dated {date.value.start} is told as done in a text of {facts.issued}."
            yield facts.finding("date-out-of-sequence", message, span(date))


_OURS = regex.compile(r"(?:已经?|业经)$|我[局委厅办院部省市县区州][^，。；\n]{0,4}[于在]$")
_ISSUED = regex.compile("发布|印发|公布|公告|召开|通知|通过|批准|同意")
_HAPPENED = regex.compile(r"已(?!定|确定)|共[^，。；\n]{0,8}[0-9]|了(?!解)|收尾|发现|当场|完毕|闭幕")
