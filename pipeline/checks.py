"""Findings: what does not add up in the source itself. One check a function, each silent unless something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise

import regex

from extractors.mention import (
    CountValue,
    DateValue,
    DeadlineValue,
    Mention,
    PercentValue,
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

    def finding(self, code: str, message: str, *spans: Span) -> Finding:
        """A finding at clean spans, given back at source spans."""
        return Finding(code, message, tuple(self.document.to_source(*span) for span in spans))


def find(facts: Facts) -> list[Finding]:
    """All findings of one document, in source offsets, in the order of the checks."""
    return [finding for check in CHECKS for finding in check(facts)]


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _dated(facts: Facts) -> list[tuple[Act, Mention, DateValue]]:
    return [
        (act, act.date, act.date.value)
        for act in facts.acts
        if act.date is not None and isinstance(act.date.value, DateValue)
    ]


def act_before_data(facts: Facts) -> Iterator[Finding]:
    """An act that gives figures as of a day after its own (截至2020年底 in a report of 2020-03-16)."""
    for index, act in enumerate(facts.acts):
        if act.date is None or not isinstance(act.date.value, DateValue):
            continue
        for date, cue in facts.dates:
            if cue.role != "as-of" or not isinstance(date.value, DateValue):
                continue
            within = any(start <= date.start < end for start, end in facts.passages[index])
            if within and date.value.start > act.date.value.end:
                message = f"An act of {act.date.value.start} gives figures as of {date.value.end}."
                yield facts.finding("act-before-data", message, _span(act.date), _span(date))
                break


_NEAR = dt.timedelta(days=60)
_FAR = dt.timedelta(days=240)


def date_out_of_sequence(facts: Facts) -> Iterator[Finding]:
    """A day that breaks the order of the acts told around it and would fit with the year before or after."""
    told = [(act, date, value.start) for act, date, value in _dated(facts) if not act.is_document]
    flagged = {finding.spans[0] for finding in act_before_data(facts)}
    before: list[dt.date] = []
    for _, date, day in told:
        if len(before) >= 2 and before[-2] <= before[-1] and abs(day - before[-1]) > _FAR:
            year = next((y for y in (day.year + 1, day.year - 1) if abs(_in_year(day, y) - before[-1]) <= _NEAR), None)
            if year is not None:
                if facts.document.to_source(*_span(date)) not in flagged:
                    message = f"An act of {day} is told among acts around {before[-1]}; the year may be {year}."
                    yield facts.finding("date-out-of-sequence", message, _span(date))
                continue
        before.append(day)


def _in_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, 28))


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
            cue = cues.get(_span(mention))
            if not isinstance(value, DeadlineValue) or value.latest is None or cue is None:
                continue
            if cue.role in ("goal", "window") and value.latest < act.date.value.start:
                message = f"A deadline of {value.latest} is set by an act of {act.date.value.start}."
                yield facts.finding("deadline-before-document", message, _span(mention), _span(act.date))


_SHARE_OF_WHOLE = regex.compile(
    r"(?:覆盖率|占比|占[^，。；\n]{0,12}的?|合格率|达标率|入学率|参保率|普及率|利用率|处理率|知晓率|满意率|满意度|比例|比重|完成率|到位率|建成率|通达率|巩固率|就业率|优良率)[^，。；、\n]{0,8}$"
)
_GROWTH = regex.compile(r"增长|增幅|提高|上升|增加|下降|同比|环比|负担率|资产负债|拨备|覆盖率")
_ONE = Decimal(1)
_SHARED_BY = regex.compile(r"分担|承担|负担|配套|比例")


def share_over_whole(facts: Facts) -> Iterator[Finding]:
    """A share of a whole over 100 %, or shares of one sum that add up to more."""
    chars = facts.text.chars
    for mention in facts.mentions:
        value = mention.value
        if not isinstance(value, PercentValue) or value.unit is not None:
            continue
        if (value.low or value.high or 0) > _ONE:
            before = chars[max(0, mention.start - 20) : mention.start]
            if _SHARE_OF_WHOLE.search(before) and not _GROWTH.search(before.replace("覆盖率", "", 1)):
                yield facts.finding("share-over-whole", "A share of a whole is over 100 %.", _span(mention))
    for run in _runs(facts, PercentValue):
        shares = [m.value.low for m in run if isinstance(m.value, PercentValue) and m.value.cmp == "=" and m.value.low]
        around = chars[max(0, run[0].start - 30) : run[-1].end + 12]
        if len(shares) == len(run) > 1 and sum(shares) > _ONE and "分别" not in around and _SHARED_BY.search(around):
            yield facts.finding(
                "share-over-whole", "Shares of one sum add up to more than 100 %.", (run[0].start, run[-1].end)
            )


_OF_WHICH = regex.compile(r"其中[：:，]?")


def parts_not_total(facts: Facts) -> Iterator[Finding]:
    """A total and its parts behind 其中 that do not add up to it: more than it, or nearly all of it."""
    text = facts.text
    quantities = [m for m in facts.mentions if isinstance(m.value, CountValue | YuanValue) and _exact(m) is not None]
    for which in _OF_WHICH.finditer(text.chars):
        start, end = text.sentence(which.start())
        before = [m for m in quantities if start <= m.start and m.end <= which.start()]
        parts = [m for m in quantities if which.end() <= m.start < end]
        if not before or len(parts) < 2:
            continue
        total = before[-1]
        same = [m for m in parts if _unit(m) == _unit(total)]
        whole = _exact(total)
        summed = sum((_exact(m) or Decimal(0) for m in same), Decimal(0))
        if len(same) < 2 or len(same) != len(parts) or whole is None or summed == whole:
            continue
        if summed > whole or summed * 10 >= whole * 8:
            message = f"The parts add up to {summed:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, _span(total), *(_span(m) for m in same))


def _exact(mention: Mention) -> Decimal | None:
    value = mention.value
    return value.low if isinstance(value, CountValue | YuanValue) and value.cmp == "=" else None


def _unit(mention: Mention) -> str:
    return mention.value.unit if isinstance(mention.value, CountValue) else "元"


_EACH = regex.compile(r"分别(?:为|是|有|达到?|不低于|不少于|建成|按|新增|补助|安排|完成|给予|下达)?")
_ITEM = regex.compile(r"、|和|及|与")


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
        items = len(_ITEM.findall(named)) + 1
        if items > 1 and items != len(values):
            message = f"{items} items are named, {len(values)} values are given."
            yield facts.finding("unequal-lists", message, (left + 1, values[-1].end))


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
            a, b = _exact(first), _exact(second)
            if a is not None and b is not None and a != b:
                message = f"The sum is {a:f} yuan in one writing and {b:f} in the other."
                yield facts.finding("words-not-figures", message, _span(first), _span(second))


def issuer_province(facts: Facts) -> Iterator[Finding]:
    """An issuer of one province whose document names another in its title."""
    for act, province in zip(facts.acts, facts.provinces, strict=True):
        if act.title is None or province is None or not act.issuers:
            continue
        start, end = act.title[1]
        for mention in facts.mentions:
            if isinstance(mention.value, ProvinceValue) and start <= mention.start <= start + 1 and mention.end <= end:
                if mention.value.code != province[0].code:
                    message = f"An act of {province[0].name} is titled after {mention.value.name}."
                    yield facts.finding("issuer-province", message, act.issuers[0][1], _span(mention))
                break


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
    no_such_date,
    deadline_before_document,
    share_over_whole,
    parts_not_total,
    unequal_lists,
    words_not_figures,
    issuer_province,
)
"""Every check, in the order in which findings are written."""
