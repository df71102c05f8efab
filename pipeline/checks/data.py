"""Findings about figures: an act or a report that gives those of a time which was not over."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

import regex

from extractors import date_grammar, dates
from extractors.deadlines import FIGURES
from extractors.mention import DateValue, Mention, Reject, within
from extractors.text import Text, clause_start
from pipeline.checks.facts import Facts, span
from pipeline.document import Finding, Span

_FIRST_COMMA = regex.compile("，")
_GIVEN = regex.compile(r"全年|当月|，|\p{Han}{1,8}[省市县区州]|完成|实现|累计|，?全[省市县区]|末")
_HEARD = regex.compile(
    r"[^，。；\n]{0,16}(?:编制|出具|报送|发出|下发|提交|印发)的[^，。；\n]{0,10}(?:反映|显示|表明|载明)，|[^，。；\n]{0,16}(?:获悉|了解到|发布的?|公布的?|披露的?)(?:数据|消息|统计|数字)?[^，。；\n]{0,8}，"
)
_SAID = regex.compile(r"(?:表示|透露|说|称|坦言|回应|谈到|告诉记者)(?:，|：)?“?$")
"""9月22日，局长接受采访时表示：“前三季度，…: figures right behind who says them."""
_TELLS_HOW = regex.compile(r"，?[^，。；\n]{0,24}(?:报告|汇报|通报|介绍)了?[^，。；\n]{0,20}情况[，。]")
"""6月12日，局长向人大常委会报告了上半年预算执行情况。: the rest of the paragraph is what was told."""
_COMPARED = regex.compile(r"(?:增长|下降)[0-9]|同比|比上年|比去年|较上年|较去年|环比")
_SET_ASIDE = regex.compile("安排|预算|计划|下达|预计|预期|力争|目标")
"""今年安排4.6亿元，较上年增加1.1亿元: nothing has come of it yet."""
_RESULT = regex.compile(
    r"，?累计，[^，。；\n]{0,16}?[0-9]|，?初步核算|，?[^，。；\n]{0,16}(?:完成|实现|达到?|共有?|累计|余额|存量|收入|支出|征收|发放|总值|总额|依次为|分别为|新增)[^，。；\n]{0,16}?[0-9]"
    r"|，?[^，。；\n]{0,8}(?:全[省市县区州]|我[们省市县区州局]|各地|各级|该[省市县区])[^，。；\n]{0,20}"
    r"(?:新建|建成|改造|兑付|拨付|减免|查处|检查|排查|整改|办理|受理|审批|签约|引进|培训|救助|服务|接待|吸纳|帮扶|认定|处置)了?[^，。；\n]{0,16}?[0-9]"
)
"""What was reached in a time; what may be asked for as well (新建50个) has a subject where it is told."""
NEARLY = dt.timedelta(days=2)
"""Days before its end at which a month may be told of as ended (截至11月底, on the 28th)."""
_JOINED = regex.compile("[至到—–~-]")
"""A time with two ends: figures as of the later one."""
_ACTUAL = regex.compile(r"[^，。；\n]{0,4}实际[^，。；\n]{1,8}(?:情况|数量|人数|金额)")
"""根据2023年上半年实际发放情况: what was reached in a time, given as known."""
_SHOWN = regex.compile(r"[^，。；\n]{0,20}(?:结果|数据|情况|报告)(?:显示|表明)")
"""2024年上半年农村公路检评结果显示."""
_MADE_KNOWN = regex.compile(r"(?:通报|公布|发布|公开|晒出|听取)了?\p{Han}{0,4}$")
_OUTCOME = regex.compile(
    r"(?![^，。；\n]{0,14}(?:计划|安排|部署|预算|目标|任务|方案|重点))[^，。；\n]{0,14}(?:情况|结果|排名|成绩|成效|数据)"
)
"""通报1—6月排名, 公布上半年考核结果: what came of a time, which is over by then."""
_AROUND = 200
"""Characters of a sentence on either side of a time among which its figures stand."""
_SO_FAR = regex.compile(r"，?[^，。；\n]{0,10}(?:已|共(?![0-9]+(?:个?月|天|日|年))|累计)")
"""从年初到11月30日，全市已发放…: figures of a time up to its end."""
_FROM_THE_START = regex.compile(r"年初|1月1日")
_REACHED = regex.compile(r"[^。；\n]{0,30}?(?:已|共|累计|达)")
"""年初至7月20日，…已达286列."""
_MONTH_END = regex.compile(r"(?:月|季度|年)[底末]$")
NO_RESULT = regex.compile(
    r"预计|预期|预测|力争|有望|将|计划|目标|确保|测算|安排|争取|任务|要[^求点素闻]|应|拟|已|截至|每"
)
_A_YEAR = 360
_ALL_OF_IT = regex.compile("全年|12月")
"""2023年全年, 1—12月: the whole of a year, which is not looked back on before it is over."""
_WHOLE_YEAR = regex.compile("全年(?=，)")
_YEARS_END = dt.timedelta(days=16)
"""Days before its end on which a year is looked back on as done."""


UNDER_WAY = regex.compile("[今本]年度?|年内|本(?:月|季度|周)")
"""What is told of it is told of the part that has gone by."""
_DEMANDS = regex.compile("不低于|不少于|达到|以上")


def reported(facts: Facts) -> list[tuple[Mention, DateValue, bool]]:
    """Times for which figures are given, and whether it is as of them, or for the period (上半年，…同比增长)."""
    return facts.once(_all_reported)


def _all_reported(facts: Facts) -> list[tuple[Mention, DateValue, bool]]:
    return list(_reported(facts))


def _reported(facts: Facts) -> Iterator[tuple[Mention, DateValue, bool]]:
    chars = facts.text.chars
    due = {span(mention): mention.rule for mention in facts.mentions if mention.label == "DEADLINE"}
    for date, cue in facts.dates:
        rule = due.get(span(date))
        is_goal = rule is not None and (
            rule not in ("deadline.bare", "deadline.截止到")
            or _DEMANDS.search(chars, date.end, facts.text.sentence(date.start)[1])
        )
        if not isinstance(date.value, DateValue) or is_goal or _is_forecast(facts.text, date):
            continue
        is_period = (
            cue.role == "bare" and date.value.start < date.value.end and not UNDER_WAY.fullmatch(chars, *span(date))
        )
        is_end = is_period and _MONTH_END.search(chars, date.start, date.end) and _FIRST_COMMA.match(chars, date.end)
        is_told = cue.rule in ("goal.到", "goal.截止") and rule is None
        is_range = _JOINED.search(chars, date.start, date.end) is not None
        is_since = is_range and (
            (cue.role == "start" and _SO_FAR.match(chars, date.end) is not None)
            or (_FROM_THE_START.match(chars, date.start) is not None and _REACHED.match(chars, date.end) is not None)
        )
        if (cue.role == "as-of" or is_told or is_since or (is_end and _has_results(facts.text, date))) and (
            cue.rule == "as-of.标准时点" or FIGURES.match(chars, date.end)
        ):
            yield date, date.value, True
        elif is_period and _is_given(facts.text, date):
            yield date, date.value, False


def _is_forecast(text: Text, date: Mention) -> bool:
    """预计到9月末可完成63亿元: whether what is told of a time is still to come."""
    begin = clause_start(text.chars, date.start, "，。；\n")
    return _FORECAST.search(text.chars, begin, min(date.end + _TO_FORECAST, text.sentence(date.start)[1])) is not None


_FORECAST = regex.compile(r"预计|预期|预测|有望|力争|将(?!近)")
_TO_FORECAST = 4


def _is_given(text: Text, date: Mention) -> bool:
    """Whether what was reached in a time is given behind it."""
    if _ACTUAL.match(text.chars, date.end) or _SHOWN.match(text.chars, date.end):
        return True
    if _MADE_KNOWN.search(text.chars, max(0, date.start - 8), date.start) and _OUTCOME.match(text.chars, date.end):
        return True
    return _GIVEN.match(text.chars, date.end) is not None and _has_results(text, date)


def _has_results(text: Text, date: Mention) -> bool:
    """Whether figures of a period are compared with those before it, or a part of a year has results, not plans."""
    start, end = text.sentence(date.start)
    start, end = max(start, date.start - _AROUND), min(end, date.end + _AROUND)
    compared = _COMPARED.search(text.chars, date.end, end)
    if compared is not None and not _SET_ASIDE.search(text.chars, date.end, compared.start()):
        return True
    value = date.value
    whole = _WHOLE_YEAR.match(text.chars, date.end)
    is_part = isinstance(value, DateValue) and (
        (value.end - value.start).days < _A_YEAR or text.chars[date.end - 1] == "月" or whole is not None
    )
    result = _RESULT.match(text.chars, whole.end() if whole is not None else date.end) if is_part else None
    return result is not None and NO_RESULT.search(text.chars, start, result.end()) is None


_GIVES = regex.compile(
    "通报|公布|发布|披露|介绍|显示|统计|报告|通气|晒|致函|发函|复函|声明|张榜|出炉|揭晓|数据(?!整合|平台|中心|库|资源|共享|局|对接)|汇报|听取"
)
"""An act that gives figures; what a reporter adds to any other is of a later day (2月提出，…。截至4月底，建成312个)."""
CONFERENCE = regex.compile("(?:发布|通气|吹风|通报)会")
"""What all that is told behind it was said at."""
_LAST_YEARS = regex.compile("年[底末]已")
_FULL_YEAR = regex.compile("[0-9]{4} ?年")
_SPRING = 4
"""Months in which the end of a year that is given is that of the last one."""


def _is_of_last_year(facts: Facts, told: Mention, date: Mention, value: DateValue) -> bool:
    """到年底已有5126户搬进新居, in a report of January; 1月15日公布，截至2023年底, where nothing says the year of the first."""
    chars = facts.text.chars
    is_guess = facts.issued is None and not _FULL_YEAR.match(chars, told.start)
    return _LAST_YEARS.match(chars, date.start) is not None or (is_guess and value.end.month == _DECEMBER)


_DECEMBER = 12
_DOES = regex.compile("下达|拨付|启动|开工|动工|建成|投用|完工|进场")
"""What is done on a day, and how it stands later, may be told in one sentence: 9月下旬下达，截至年底支出88%."""


def act_before_data(facts: Facts) -> Iterator[Finding]:
    """An act that gives figures of a time after its own (截至2020年底 in a report of 2020-03-16)."""
    given = reported(facts)
    if not given:
        return
    starts = [date.start for date, _, _ in given]
    found: set[Span] = set()
    days: set[dt.date] = set()
    for told, day, passages in _tellings(facts):
        inside = [given[bisect_left(starts, start) : bisect_left(starts, end)] for start, end in passages]
        if day.start in days or not any(inside):
            continue
        said = facts.text.sentence(told.start)
        if _DOES.search(facts.text.chars, told.end, said[1]):
            continue
        gives = _GIVES.search(facts.text.chars, *said) is not None
        is_conference = gives and CONFERENCE.search(facts.text.chars, *said) is not None
        for date, value, is_as_of in chain.from_iterable(inside):
            is_own = any(act.is_document and act.date == told for act in facts.acts)
            is_said = date.start < said[1] and _SAID.search(facts.text.chars, max(said[0], date.start - 6), date.start)
            says = day.start == facts.issued or is_own or is_conference or (gives and date.start < said[1]) or is_said
            is_end = says and _MONTH_END.search(facts.text.chars, *span(date))
            is_range = _JOINED.search(facts.text.chars, date.start + 1, date.end) is not None
            late = value.end - day.end if is_end or is_range else value.start - day.end
            is_ahead = late > (NEARLY if is_end or is_range else dt.timedelta(0))
            is_year = (value.end - value.start).days > _A_YEAR and not _ALL_OF_IT.search(
                facts.text.chars, date.start, date.end + 2
            )
            margin = _YEARS_END if is_year else dt.timedelta(0)
            if day.start.month <= _SPRING and _is_of_last_year(facts, told, date, value):
                continue
            if span(date) in found or not (
                is_ahead if is_as_of else value.start < day.end and value.end - day.end > margin
            ):
                continue
            later = [other for other in (facts.issued, _latest(facts, told)) if other is not None]
            is_later_news = any(value.end <= other for other in later) and date.start >= said[1]
            is_elsewhere = date.start >= facts.text.paragraph(told.start)[1]
            if (is_later_news or (is_elsewhere and facts.issued is None)) and not (gives or is_own):
                continue
            message = f"An act of {day.start} gives figures as of {value.end}."
            yield facts.finding("act-before-data", message, span(told), span(date))
            found.add(span(date))
            days.add(day.start)
            break


def _latest(facts: Facts, told: Mention) -> dt.date | None:
    """The latest day of the acts told before one, of which what follows may be news too."""
    before = (act.date for act in facts.acts if act.date is not None and act.date.start < told.start)
    return max((date.value.end for date in before if isinstance(date.value, DateValue)), default=None)


_YEAR_DONE = regex.compile(r"(?<!预计|预期|安排)全年，?[^。；\n]{0,40}?(?:同比|比上年|完成|实现|累计|共发放)")


_RELATIVE = frozenset("今昨")


def _tellings(facts: Facts) -> Iterator[tuple[Mention, DateValue, Sequence[Span]]]:
    """When figures were given, and where they stand: acts, then what a reporter heard or was published on a day."""
    for act, passages in zip(facts.acts, facts.passages, strict=True):
        is_relative = act.date is not None and facts.text.chars[act.date.start] in _RELATIVE
        if is_relative and facts.issued is None:
            continue  # 今天, of a text that does not say when it was written
        if act.date is not None and isinstance(act.date.value, DateValue):
            yield act.date, act.date.value, passages
    is_act = any(act.is_document for act in facts.acts)
    for date, cue in facts.dates:
        value = date.value
        if not is_act and isinstance(value, DateValue) and value.start == value.end == facts.issued:
            yield date, value, [(0, len(facts.text.chars))]
        if facts.issued is None and facts.text.chars[date.start] in _RELATIVE:
            continue
        if not isinstance(value, DateValue) or cue.role != "bare":
            continue
        if _HEARD.match(facts.text.chars, date.end):
            yield date, value, [(date.end, facts.text.sentence(date.start)[1])]
        elif _TELLS_HOW.match(facts.text.chars, date.end):
            yield date, value, [(date.end, facts.text.paragraph(date.start)[1])]
        elif _IN_BRACKETS.match(facts.text.chars, date.end) and (aside := facts.aside(date.start)) is not None:
            yield date, value, [(facts.text.paragraph(date.start)[0], aside[0])]
        elif _OF_WHAT_STANDS_ABOVE.search(facts.text.chars, max(0, date.start - 24), date.start):
            yield date, value, [(facts.text.paragraph(date.start)[0], date.start)]


_OF_WHAT_STANDS_ABOVE = regex.compile(r"(?:以上|上述)(?:数据|数字|情况|指标)[^，。；\n]{0,16}$")
"""以上数据由市财政局于11月12日公布."""
_IN_BRACKETS = regex.compile("(?:发布|公布|供稿|提供)）")
"""截至3月31日，全省共有…。（省民政厅3月9日发布）"""
_SOON_AFTER = dt.timedelta(days=370)
"""Days after a report on which the time that it is on may begin, by a slip of the year."""
_PLANNED = regex.compile(
    r"度?[^，。；\n]{0,6}(?:预算草案|草案|计划|安排|打算|任务|目标|要点)(?![^，。；\n]{0,4}(?:完成|执行|落实)情况)"
)
"""2024年预算执行情况和2025年预算草案的报告: of the later year nothing is reported yet."""
_REPORTS = regex.compile("情况|结果|排名|运行|收支|数据|公报|快报|简报|月报|季报|成绩单")


def report_before_its_end(facts: Facts) -> Iterator[Finding]:
    """A report on a quarter or half-year that is dated before its end; on a year, where it tells of the whole of it."""
    reports = [
        (act.title[1], act.date.value.start, span(act.date))
        for act in facts.acts
        if act.is_report and act.title is not None and act.date is not None and isinstance(act.date.value, DateValue)
    ]
    head = facts.text.paragraph(0)
    if not reports and facts.issued is not None and _REPORTS.search(facts.text.chars, *head):
        reports = [
            (head, facts.issued, span(date))
            for date, _ in facts.dates
            if isinstance(date.value, DateValue) and date.value.start == date.value.end == facts.issued
        ][:1]
    for (start, end), day, dated in reports:
        for date in within(facts.times, start, end):
            value = date.value
            if not isinstance(value, DateValue) or value.end <= day or value.start - day > _SOON_AFTER:
                continue
            if _PLANNED.match(facts.text.chars, date.end):
                continue
            is_part = (value.end - value.start).days < _A_YEAR
            is_year_done = (
                value.end - day > (_NO_DAYS if _BULLETIN.search(facts.text.chars, start, end) else _YEARS_END)
                and _YEAR_DONE.search(facts.text.chars, end) is not None
            )
            if is_part or is_year_done:
                message = f"A report of {day} tells of a time up to {value.end}."
                yield facts.finding("act-before-data", message, dated, span(date))


_NO_DAYS = dt.timedelta(0)
_BULLETIN = regex.compile("统计公报")
"""What is drawn up when the year is over."""
_LONGEST_WINDOW = dt.timedelta(days=62)
_WAS_OVER = regex.compile(
    r"(?:公示)?(?:期间?内?)?(?:均?未收到|均?无异议|没有收到|已?(?:期满|届满|结束))|[^，。；\n]{0,40}(?:组成|派出|采取)[^。；\n]{0,60}(?:走完|抽查了?|检查了?|查看了?)|[^。；\n]{0,90}?(?:检查|抽查|走访|排查|进行|开展|实施)了"
)
"""公示期内未收到异议, 组成4个组…走完16个乡镇: what is told of a time that is over."""


def window_told_as_over(facts: Facts) -> Iterator[Finding]:
    """A range of days in which something was done, told as over in a text that is dated within it."""
    chars = facts.text.chars
    if facts.issued is None:
        return
    for date, cue in facts.dates:
        value = date.value
        if not isinstance(value, DateValue) or cue.role not in ("bare", "window", "goal"):
            continue
        if not value.start <= facts.issued < value.end or value.end - value.start > _LONGEST_WINDOW:
            continue
        if _JOINED.search(chars, date.start, date.end) and _WAS_OVER.match(
            chars, date.end + chars.startswith("，", date.end)
        ):
            message = f"What is told as over on {facts.issued} went on to {value.end}."
            yield facts.finding("act-before-data", message, span(date))


_NAMES = regex.compile(r"(?:发布|公布|印发|发表|出台|编发)了?的?《(?P<title>[^《》\n]{4,40})》")


def named_before_its_end(facts: Facts) -> Iterator[Finding]:
    """A report of a month, a quarter or more months that is issued before their end (7月9日发布《2020年7月运行简报》)."""
    for date, cue in facts.dates:
        value = date.value
        if cue.role != "bare" or not isinstance(value, DateValue) or value.start != value.end:
            continue
        named = _NAMES.search(facts.text.chars, date.end, facts.text.sentence(date.start)[1])
        if named is None or not _REPORTS.search(named["title"]) or _PLANNED.search(named["title"]):
            continue
        for expression in date_grammar.find(named["title"]):
            if isinstance(expression, Reject) or expression.grain == "day":
                continue
            time = dates.absolute(expression) or dates.counted_from(expression, value.end)
            if time is None or (time.end - time.start).days >= _A_YEAR:
                continue
            if time.start <= value.end and time.end - value.end > NEARLY:
                message = f"A report issued on {value.end} is of a time up to {time.end}."
                yield facts.finding("act-before-data", message, span(date), named.span("title"))
                break
