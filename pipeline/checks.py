"""Findings: what does not add up in the source itself. One check a function, each silent unless something is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise

import regex

from extractors import numerals
from extractors.mention import (
    CountValue,
    DateValue,
    DeadlineValue,
    Mention,
    PercentValue,
    PlaceValue,
    ProvinceValue,
    Reject,
    YuanValue,
    within,
)
from extractors.roles import Cue
from extractors.text import Text
from pipeline.document import Document, Finding, Span
from pipeline.records import Act


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a document when its findings are looked for, in clean offsets."""

    document: Document
    text: Text
    acts: Sequence[Act]
    passages: Sequence[Sequence[Span]]
    provinces: Sequence[tuple[ProvinceValue, Span] | None]
    dates: Sequence[tuple[Mention, Cue]]
    mentions: Sequence[Mention]
    rejects: Sequence[Reject]
    issued: dt.date | None
    """The document's own date, where it has a date line."""

    def finding(self, code: str, message: str, *spans: Span) -> Finding:
        """A finding at clean spans, given back at source spans."""
        return Finding(code, message, tuple(self.document.to_source(*span) for span in spans))


def find(facts: Facts) -> list[Finding]:
    """All findings of one document, in source offsets, in the order of the checks."""
    found: list[Finding] = []
    for finding in (finding for check in CHECKS for finding in check(facts)):
        if not any(_is_same(finding, other) for other in found):
            found.append(finding)
    return found


def _is_same(one: Finding, other: Finding) -> bool:
    """Whether two checks have found one thing: the same code, at spans that meet."""
    meets = any(a < d and c < b for a, b in one.spans for c, d in other.spans)
    return one.code == other.code == "parts-not-total" and meets


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _dated(facts: Facts) -> list[tuple[Act, Mention, DateValue]]:
    return [
        (act, act.date, act.date.value)
        for act in facts.acts
        if act.date is not None and isinstance(act.date.value, DateValue)
    ]


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
                yield facts.finding("act-before-data", message, _span(act.date), _span(date))
                break


_NEAR = dt.timedelta(days=60)
_NEAR_BACK = dt.timedelta(days=120)
"""A day that goes back in time may stand farther from the one before it than one that goes on."""
_FAR = dt.timedelta(days=240)


def date_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A day that breaks the order of the acts told around it and would fit with the year before or after."""
    told = [(act, date, value.start) for act, date, value in _dated(facts) if not act.is_document]
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
                if facts.document.to_source(*_span(date)) not in flagged:
                    message = f"An act of {day} is told among acts around {before[-1]}; the year may be {year}."
                    yield facts.finding("date-out-of-sequence", message, _span(date))
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
            yield facts.finding("date-out-of-sequence", message, _span(first), _span(then))


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
            yield facts.finding("date-out-of-sequence", message, _span(first), _span(then))


_RESULT = regex.compile(r"结果[^，。；]{0,16}(?:公布|公示|发布|揭晓)|中标结果")
_STEP = regex.compile(r"申报|申请|报名|报送|提交|递交|投标")


def act_after_document(facts: Facts) -> Iterator[Finding]:
    """An act told as done on a day after that of the document that tells of it."""
    if facts.issued is None:
        return
    for act, date, value in _dated(facts):
        sentence = facts.text.sentence(date.start)
        told = facts.text.chars[sentence[0] : sentence[1]]
        if not act.is_document and value.start > facts.issued and not _TO_COME.search(told):
            message = f"An act of {value.start} is told in a text of {facts.issued}."
            yield facts.finding("date-out-of-sequence", message, _span(date))


def no_such_date(facts: Facts) -> Iterator[Finding]:
    """A day that no calendar has (2月30日)."""
    for reject in facts.rejects:
        if reject.reason == "no-such-date":
            printed = "".join(facts.text.printed[reject.start : reject.end].split())
            yield facts.finding("no-such-date", f"No calendar has the date {printed}.", (reject.start, reject.end))


def deadline_before_document(facts: Facts) -> Iterator[Finding]:
    """A goal or an application that an act sets for a day before the act itself."""
    cues = {_span(date): cue for date, cue in facts.dates}
    for index, act in enumerate(facts.acts):
        if act.date is None or not isinstance(act.date.value, DateValue):
            continue
        inside = chain.from_iterable(within(facts.mentions, start, end) for start, end in facts.passages[index])
        for mention in inside:
            value = mention.value
            if not isinstance(value, DeadlineValue) or value.latest is None:
                continue
            cue = cues.get(_span(mention))
            if cue is None:
                continue
            if (
                cue.role in ("goal", "window") or mention.rule == "deadline.column"
            ) and value.latest < act.date.value.start:
                message = f"A deadline of {value.latest} is set by an act of {act.date.value.start}."
                yield facts.finding("deadline-before-document", message, _span(mention), _span(act.date))


_SHARE_OF_WHOLE = regex.compile(
    r"(?:覆盖率|占比|占[^，。；\n]{0,12}的?|合格率|达标率|入学率|参保率|普及率|利用率|处理率|知晓率|满意率|满意度|比例|比重|完成率|到位率|建成率|通达率|巩固率|就业率|优良率)[^，。；、\n]{0,8}$"
)
_GROWTH = regex.compile(r"增长|增幅|提高|上升|增加|下降|同比|环比|负担率|资产负债|拨备|覆盖率")
_RAISED_RATE = regex.compile(
    r"(?:覆盖|合格|达标|入学|参保|普及|利用|处理|知晓|完成|到位|建成|通达|巩固|就业|优良|收集|回收)率(?:由|从)(?:目前|眼下|现在|现有|去年|上年|[0-9]{4}年)?的?[0-9.]+%(?:提高|提升|增加|上升)(?:到|至)$"
)
"""A rate that is raised to more than the whole."""
_ONE = Decimal(1)
_SHARED_BY = regex.compile(r"分担|承担|负担|配套|按[^，。；\n]{0,14}比例|[0-9]的比例")
_WHOLE = regex.compile(r"中，[^，。；]{0,10}$|贡献|构成|来源|结构|分别占|按类型|按产业")
_MAKES = regex.compile(r"占(?:比|总量|总数|全部)?(?:为|达)?$")
"""…中，甲占36%，乙占28%，丙占23%: parts of one whole, at least three of them."""
_OF_ONE = regex.compile(
    r"(?P<first>\p{Han}{2})?\p{Han}*?(?P<last>\p{Han}?)(?:合计|共计|共|分别|各)?占(?:比|总量|总数|全部)?(?:为|达)?$"
)
"""第一产业占18%，第二产业占27%: parts of one whole are named alike."""


def share_over_whole(facts: Facts) -> Iterator[Finding]:
    """A share of a whole over 100 %, or shares of one sum that add up to more."""
    chars = facts.text.chars
    for mention in facts.mentions:
        value = mention.value
        if not isinstance(value, PercentValue) or value.unit is not None:
            continue
        if (value.low or value.high or 0) > _ONE:
            before = chars[max(0, mention.start - 20) : mention.start]
            if _RAISED_RATE.search(before) or (
                _SHARE_OF_WHOLE.search(before) and not _GROWTH.search(before.replace("覆盖率", "", 1))
            ):
                yield facts.finding("share-over-whole", "A share of a whole is over 100 %.", _span(mention))
    for run in _borne(facts):
        shares = [m.value.low for m in run if isinstance(m.value, PercentValue) and m.value.low]
        if sum(shares) > _ONE:
            message = f"Shares of one sum add up to {sum(shares) * 100:f} %."
            yield facts.finding("share-over-whole", message, (run[0].start, run[-1].end))


_PARTY = regex.compile(r"[，；][^，。；\n%]{0,24}|[、和与][^，。；、\n%]{0,14}")


def _borne(facts: Facts) -> Iterator[list[Mention]]:
    """Runs of shares of one sum that parties bear: 省级承担50%、市级承担25%, 按50%、25%、30%分担."""
    chars = facts.text.chars
    run: list[Mention] = []
    for mention in [*facts.mentions, None]:
        if mention is not None and not (
            isinstance(mention.value, PercentValue) and mention.value.cmp == "=" and mention.value.unit is None
        ):
            continue
        if mention is not None and run and _PARTY.fullmatch(chars, run[-1].end, mention.start):
            run.append(mention)
            continue
        if len(run) > 1 and (
            _SHARED_BY.search(chars, max(0, run[0].start - 30), run[-1].end + 12) or _are_parts(chars, run)
        ):
            yield run
        run = [mention] if mention is not None else []


def _are_parts(chars: str, run: Sequence[Mention]) -> bool:
    named = [
        _OF_ONE.search(chars, max(left, m.start - 40), m.start) for left, m in zip(_lefts(chars, run), run, strict=True)
    ]
    if all(named) and len(run) > 2:
        for part in ("first", "last"):
            alike = {found[part] for found in named if found is not None}
            if len(alike) == 1 and alike != {"率"} and None not in alike:
                return True
    begin = chars.rfind("。", 0, run[0].start) + 1
    makes = all(_MAKES.search(chars, max(0, m.start - 5), m.start) for m in run)
    return len(run) > 2 and makes and _WHOLE.search(chars, begin, run[0].start - 1) is not None


def _lefts(chars: str, run: Sequence[Mention]) -> Iterator[int]:
    """Where the clause before each share begins."""
    for mention in run:
        yield max(chars.rfind(mark, 0, mention.start) for mark in "，。；：、\n") + 1


_RATE = regex.compile(r"每\p{Han}{1,4}$")
"""每亩40元: a rate is no part of a total."""
_OF_WHICH = regex.compile(
    r"其中[：:，]?|(?<=元|[个户家所座套台辆人名里亩吨])，(?:计|包括|含|分为|即)(?=\p{Han})|，分[^，。；\n]{0,12}："
)


def parts_not_total(facts: Facts) -> Iterator[Finding]:
    """A total and its parts behind 其中 that do not add up to it: more than it, or nearly all of it."""
    text = facts.text
    chars = text.chars
    quantities = [m for m in facts.mentions if m.label in ("COUNT", "YUAN") and _exact(m) is not None]
    for which in _OF_WHICH.finditer(text.chars):
        start, end = text.sentence(which.start())
        before = [m for m in quantities if start <= m.start and m.end <= which.start()]
        parts = [
            m
            for m in quantities
            if which.end() <= m.start < end and not _RATE.search(chars, max(0, m.start - 6), m.start)
        ]
        if not before and which.start() == start > 0:
            previous = text.sentence(start - 1)
            before = (
                [m for m in quantities if previous[0] <= m.start < previous[1] and _unit(m) == _unit(parts[0])]
                if parts
                else []
            )
        if not before or len(parts) < 2:
            continue
        total = before[-1]
        same = [m for m in parts if _unit(m) == _unit(total)]
        whole = _exact(total)
        summed = sum(((_exact(m) or Decimal(0)) * _times(chars, m) for m in same), Decimal(0))
        if len(same) < 2 or len(same) != len(parts) or whole is None or summed == whole:
            continue
        if summed > whole or summed * 10 >= whole * 8:
            message = f"The parts add up to {summed:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, _span(total), *(_span(m) for m in same))


_TOTAL_ROW = regex.compile(r"(?:合|总|小) ?计")
_SUMMED = regex.compile(
    r"(?P<count>[二两三四五六七八九十])(?:项|者|类|级|部分|块|家|地|县|区|市|个)?[^，。；\n]{0,4}(?:合计|共计|总计)(?:为|达)?$|，(?:合计|共计|总计)(?:为|达)?$"
)


def summed_parts(facts: Facts) -> Iterator[Finding]:
    """Parts told before their sum: A为1元，B为2元，C为3元，三项合计7元; the rows of a table and its last one, 合计."""
    chars = facts.text.chars
    quantities = [m for m in facts.mentions if isinstance(m.value, CountValue | YuanValue) and _exact(m) is not None]
    for index, total in enumerate(quantities):
        said = _SUMMED.search(chars, max(0, total.start - 16), total.start)
        if said is None:
            continue
        start, _ = facts.text.sentence(total.start)
        before = [m for m in quantities[:index] if m.start >= start and _unit(m) == _unit(total)]
        count = int(numerals.parse(said["count"]) or 0) if said["count"] else len(before)
        parts = before[-count:]
        if count < 2 or len(parts) != count:
            continue
        yield from _sum_finding(facts, total, parts)
    yield from _table_totals(facts, quantities)
    yield from _stated_totals(facts)


_TOTAL = regex.compile(r"(?:总额|总规模|总投资|总预算|总量|预算|规模)[^，。；\n]{0,10}$")
_OF_TAXES = regex.compile(
    r"一般公共预算收入[^，。；\n]{0,8}?(?P<whole>[0-9.]+)亿元[^\n]{0,80}?税收收入[^，。；\n]{0,6}?(?P<tax>[0-9.]+)亿元[^\n]{0,40}?非税收入[^，。；\n]{0,6}?(?P<other>[0-9.]+)亿元"
)
"""General public budget revenue is tax and non-tax revenue (Budget Law art. 27)."""


def _stated_totals(facts: Facts) -> Iterator[Finding]:
    """A total at the head of a sentence and sums that divide it, clause by clause; revenue as tax and non-tax."""
    text = facts.text
    chars = text.chars
    sums = [m for m in facts.mentions if isinstance(m.value, YuanValue) and _exact(m) is not None]
    for index, total in enumerate(sums):
        if not _TOTAL.search(chars, max(0, total.start - 16), total.start):
            continue
        start, end = text.sentence(total.start)
        parts = [m for m in sums[index + 1 :] if m.start < end]
        between = chars[total.end : parts[0].start] if parts else "其中"
        if len(parts) < 3 or _OF_WHICH.search(between) or any(m.start < total.start and m.start >= start for m in sums):
            continue
        whole, summed = _exact(total) or Decimal(0), sum((_exact(m) or Decimal(0)) for m in parts)
        if whole * 8 <= summed * 10 <= whole * 12:
            yield from _sum_finding(facts, total, parts)
    for match in _OF_TAXES.finditer(chars):
        whole, tax, other = (Decimal(match[name]) for name in ("whole", "tax", "other"))
        if whole != tax + other:
            message = f"The parts add up to {tax + other:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, match.span("whole"), match.span("tax"), match.span("other"))


_BUDGET = regex.compile(r"(?:预算|最高限价|总价|控制价)[^，。；\n]{0,12}$")
_LOT = regex.compile(
    r"(?:第?[一二三四五六七八九十0-9A-Z]{1,2}(?:标包|标段|包)|(?:标包|标段|包件|包)[一二三四五六0-9A-Z]{1,2})[^。；\n]{0,60}$"
)


def lots_not_budget(facts: Facts) -> Iterator[Finding]:
    """The budget of a tender and those of its lots (预算金额：1268万元 … 第一包…586万元、第二包…)."""
    chars = facts.text.chars
    sums = [m for m in facts.mentions if isinstance(m.value, YuanValue) and _exact(m) is not None]
    lots: list[Mention] = []
    total: Mention | None = None
    for mention in sums:
        begin = max(chars.rfind(mark, 0, mention.start) for mark in "。；\n、") + 1
        if _LOT.search(chars, max(begin, mention.start - 70), mention.start):
            lots.append(mention)
        elif len(lots) > 1:
            break
        elif total is None and _BUDGET.search(chars, max(0, mention.start - 20), mention.start):
            total, lots = mention, []
    if total is not None and len(lots) > 1:
        yield from _sum_finding(facts, total, lots)


def _table_totals(facts: Facts, quantities: Sequence[Mention]) -> Iterator[Finding]:
    rows = facts.text.rows
    chars = facts.text.chars
    first = 0
    for index, row in enumerate(rows):
        if index and row.head != rows[index - 1].head:
            first = index
        if not _TOTAL_ROW.match(chars, row.start):
            continue
        for total in (m for m in quantities if row.start <= m.start < row.end):
            column = row.column(total.start)
            parts = [
                m
                for above in rows[first:index]
                for m in quantities
                if above.start <= m.start < above.end and above.column(m.start) == column and _unit(m) == _unit(total)
            ]
            if column and len(parts) > 1:
                yield from _sum_finding(facts, total, parts)
        first = index + 1


def _sum_finding(facts: Facts, total: Mention, parts: Sequence[Mention]) -> Iterator[Finding]:
    summed = sum(((_exact(m) or Decimal(0)) for m in parts), Decimal(0))
    whole = _exact(total)
    if whole is not None and summed != whole:
        message = f"The parts add up to {summed:f}, not to the {whole:f} stated."
        yield facts.finding("parts-not-total", message, *(_span(m) for m in parts), _span(total))


def _times(chars: str, mention: Mention) -> int:
    """How many parts a quantity stands for: 云岩区、南明区各1000万元 is two."""
    if chars[mention.start - 1 : mention.start] != "各":
        return 1
    left = max(chars.rfind(mark, 0, mention.start) for mark in "，。；：\n") + 1
    return len(_ITEM.findall(chars, left, mention.start)) + 1


def _exact(mention: Mention) -> Decimal | None:
    value = mention.value
    return value.low if isinstance(value, CountValue | YuanValue) and value.cmp == "=" else None


def _amount(mention: Mention) -> Decimal | None:
    """The number that a sum names, whatever compares it; None for a range."""
    value = mention.value
    if not isinstance(value, YuanValue) or value.cmp == "range":
        return None
    return value.low if value.low is not None else value.high


def _unit(mention: Mention) -> str:
    return mention.value.unit if isinstance(mention.value, CountValue) else "元"


_EACH = regex.compile(r"分别(?:由|从|为|是|有|达到?|不低于|不少于|建成|按|新增|补助|安排|完成|给予|下达)?")
_CHANGED = regex.compile(r"(?:分别)?(?:提高|调整|上调|增加|提升|降低|下调|降|提)(?:到|至|为)")
_ITEM = re.compile(r"、|和|与|以及|(?<![普涉危波触顾])及")


def unequal_lists(facts: Facts) -> Iterator[Finding]:
    """分别 over lists of different length (甲、乙、丙三市分别为10个、20个)."""
    chars = facts.text.chars
    for each in _EACH.finditer(chars):
        values = _run_after(facts, each.end())
        if len(values) < 2:
            continue
        left = max(chars.rfind(mark, 0, each.start()) for mark in "，。；：\n")
        named = chars[left + 1 : each.start()]
        if not named and left > 0:
            further = max(chars.rfind(mark, 0, left) for mark in "，。；：\n")
            named = chars[further + 1 : left]
        changed = _run_after(facts, values[-1].end) if _CHANGED.match(chars, values[-1].end) else values
        if len(changed) != len(values):
            message = f"{len(values)} old values are given, {len(changed)} new ones."
            yield facts.finding(
                "unequal-lists", message, (each.start(), changed[-1].end if changed else values[-1].end)
            )
            continue
        items = len(_ITEM.findall(named)) + 1
        if named.count("、") + 1 == len(values):
            continue  # 社会保障和就业 is one of the items
        if items == 1:
            items, left = _listed_before(facts, left)
        if items > 1 and items != len(values):
            message = f"{items} items are named, {len(values)} values are given."
            yield facts.finding("unequal-lists", message, (left + 1, values[-1].end))


def _listed_before(facts: Facts, position: int) -> tuple[int, int]:
    """How many times or names the list has that ends at a comma (到2021年底、2022年底，…分别), and where it begins."""
    start, _ = facts.text.sentence(position)
    for run in _runs(facts, DateValue, ProvinceValue, PlaceValue, CountValue):
        if len(run) > 1 and start <= run[0].start and 0 <= position - run[-1].end <= 6:
            return len(run), run[0].start - 1
    return 1, position


def _run_after(facts: Facts, position: int) -> list[Mention]:
    for run in _runs(facts, PercentValue, YuanValue, CountValue):
        if position <= run[0].start <= position + 12:
            return run
    return []


_CAPITAL = regex.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟零]{2}|[壹贰叁肆伍陆柒捌玖][拾佰仟万]")
_RESTATED = regex.compile(r"[（(，,]?(?:人民币)?(?:大写|小写)?(?:金额)?[：:]?(?:人民币)?[（(]?")


def words_not_figures(facts: Facts) -> Iterator[Finding]:
    """A sum in capital numerals that differs from the figures beside it."""
    amounts = [m for m in facts.mentions if isinstance(m.value, YuanValue)]
    chars = facts.text.chars
    for first, second in pairwise(amounts):
        words = [bool(_CAPITAL.search(chars, m.start, m.end)) for m in (first, second)]
        if words[0] != words[1] and _RESTATED.fullmatch(chars, first.end, second.start):
            a, b = _amount(first), _amount(second)
            if a is not None and b is not None and a != b:
                message = f"The sum is {a:f} yuan in one writing and {b:f} in the other."
                yield facts.finding("words-not-figures", message, _span(first), _span(second))


def issuer_province(facts: Facts) -> Iterator[Finding]:
    """An issuer of one province whose document names another in its title."""
    for act in facts.acts:
        if act.title is None or not act.issuers:
            continue
        start, end = act.title[1]
        titled = [m for m in within(facts.mentions, start, start + 2) if m.end <= end and _province(m)]
        issuer = act.issuers[0][1]
        issued = [m for m in within(facts.mentions, *issuer) if m.end <= issuer[1] and _province(m)]
        if titled and issued and _province(titled[0]) != _province(issued[0]):
            names = [facts.text.printed[m.start : m.end] for m in (issued[0], titled[0])]
            message = f"An act of an agency of {names[0]} is titled after {names[1]}."
            yield facts.finding("issuer-province", message, issuer, _span(titled[0]))


def _province(mention: Mention) -> str | None:
    if isinstance(mention.value, ProvinceValue):
        return mention.value.code
    return mention.value.province if isinstance(mention.value, PlaceValue) else None


def _runs(facts: Facts, *kinds: type) -> list[list[Mention]]:
    """Quantities of one kind joined by 、 or 和, in order."""
    runs: list[list[Mention]] = []
    for mention in facts.mentions:
        if not isinstance(mention.value, kinds):
            continue
        between = facts.text.chars[runs[-1][-1].end : mention.start] if runs else ""
        if runs and type(runs[-1][-1].value) is type(mention.value) and _ITEM.fullmatch(between):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


CHECKS = (
    act_before_data,
    date_out_of_sequence,
    steps_out_of_sequence,
    result_before_its_step,
    act_after_document,
    no_such_date,
    deadline_before_document,
    share_over_whole,
    parts_not_total,
    summed_parts,
    lots_not_budget,
    unequal_lists,
    words_not_figures,
    issuer_province,
)
"""Every check, in the order in which findings are written."""
