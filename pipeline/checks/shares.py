"""Findings about shares: more than the whole, alone or together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractors import numerals
from extractors.mention import Mention, PercentValue, within
from extractors.text import clause_start
from pipeline.checks.facts import Facts, runs, span
from pipeline.checks.parts import OVERLAP
from pipeline.checks.quantities import half_a_place
from pipeline.document import Finding

_SHARE_OF_WHOLE = regex.compile(
    r"(?:占比|占(?!地|用)[^，。；\n]{0,12}的?|满意度|比例|比重|覆盖面"
    r"|(?<!增长|毛入学|负债|充足|杠杆|利|汇|容积|周转|产销|回报|收益|床位使用|产能利用|执行|征收|入库|完成|兑现|换手|替代|比|拨备覆盖|流动性覆盖|负担|增幅|效|频|税|费|功|倍)率)[^，。；、\n]{0,8}$"
)
"""What can't be over 100 %: a share, and every rate but those of growth, of plans and of finance."""
_GROWTH = regex.compile(r"任务|计划|目标|预算|上年|去年|同期|增长|增幅|提高|上升|增加|下降|同比|环比|负担率|资产负债")
_RAISED_RATE = regex.compile(
    r"(?:覆盖|合格|达标|入学|参保|普及|利用|处理|知晓|完成|到位|建成|通达|巩固|就业|优良|收集|回收)率(?:由|从)(?:目前|眼下|现在|现有|去年|上年|[0-9]{4}年)?的?[0-9.]+%(?:提高|提升|增加|上升)(?:到|至)$"
)
"""A rate that is raised to more than the whole."""
_ONE = Decimal(1)
_MOST_OVER = Decimal("1.1")
"""How much shares make together that were meant to be those of one whole, and not traits that overlap."""
_MOST_BORNE = Decimal("1.5")
"""How much shares make at most that parties bear, which are no traits."""
_SHARED_BY = regex.compile(r"权重|打分|得分|评分|分担|分摊|承担|负担|配套(?!率)|按[^，。；\n]{0,14}比例|[0-9]的比例")
_WEIGHTS = regex.compile("权重|打分|评分|得分|满分")
_TRAITS = regex.compile("女|残疾|患者|病人|党员|老人|老年|儿童|少数民族|脱贫|低保|毕业生|农民工|退役|学历|青年")
"""Traits that overlap: 女性占47%，残疾人占31%，重病患者占26%."""
_LEFT_OVER = regex.compile("其[他余]")
_WHOLE = regex.compile(r"[看分]，|其中|中，[^，。；]{0,10}$|贡献|构成|来源|结构|分别占|按类型|按产业")
_MAKES = regex.compile(r"占(?:比|总量|总数|全部|[^，。；\n]{1,12}的)?(?:为|达)?$")
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
            if _RAISED_RATE.search(before) or (_SHARE_OF_WHOLE.search(before) and not _GROWTH.search(before)):
                yield facts.finding("share-over-whole", "A share of a whole is over 100 %.", span(mention))
    for run in _borne(facts):
        shares = [m.value.low for m in run if isinstance(m.value, PercentValue) and m.value.low]
        weighed = len(run) > 2 and _WEIGHTS.search(chars, max(0, run[0].start - 32), run[-1].end + 16)
        if weighed and sum(shares) < _ONE:
            message = f"Weights of one whole add up to {sum(shares) * 100:f} %."
            yield facts.finding("parts-not-total", message, (run[0].start, run[-1].end))
        total = sum((m.value.low or Decimal(0)) * _bearers(chars, m) for m in run if isinstance(m.value, PercentValue))
        if _NEARLY_ONE <= total < _ONE and _AMONG.search(chars, max(0, run[0].start - 30), run[0].start):
            message = f"Shares of one sum add up to {total * 100:f} %."
            yield facts.finding("parts-not-total", message, (run[0].start, run[-1].end))
        if _ONE < sum(shares) <= _MOST_BORNE:
            message = f"Shares of one sum add up to {sum(shares) * 100:f} %."
            yield facts.finding("share-over-whole", message, (run[0].start, run[-1].end))
    yield from _listed_shares(facts)
    yield from _viewed_shares(facts)
    yield from _counted_shares(facts)
    yield from _payments(facts)
    yield from _counted_payments(facts)
    yield from _weights(facts)


_NEARLY_ONE = Decimal("0.9")
_AMONG = regex.compile(r"(?:[二两三四五六各]方|由[^，。；\n]{0,16})(?:分担|共担)：?[^，。；\n]{0,14}$")
"""资金由各方分担：中央承担40%，…: what all of a sum is borne by."""
_EACH = regex.compile(r"(?P<others>(?:\p{Han}{1,8}、)+)[^，。；、\n]{1,12}各(?:自)?(?:承担|负担|分担|出|占)?$")


def _bearers(chars: str, share: Mention) -> int:
    """How many bear a share each: 江西、湖南两省财政各承担15%."""
    each = _EACH.search(chars, max(0, share.start - 40), share.start)
    return each["others"].count("、") + 1 if each is not None else 1


_RESPECTIVELY = regex.compile(r"(?:[分各][别自]?占|(?:占比|比例|比重|构成比)分别(?:为|是|达))[^，。；\n]{0,12}$")


def _listed_shares(facts: Facts) -> Iterator[Finding]:
    """甲、乙、丙分别占82.7%、14.6%、4.7%: three and more shares of one whole that make a little more than it."""
    chars = facts.text.chars
    for run in runs(facts, 0, len(chars), PercentValue):
        if len(run) < 3 or not _RESPECTIVELY.search(chars, max(0, run[0].start - 24), run[0].start):
            continue
        yield from _over_whole(facts, run)


_VIEWED = regex.compile(r"(?:从|按)\p{Han}{1,6}?(?:来?看|划?分)?，(?!可)")
_SHARE_OF_ALL = regex.compile(r"(?:占(?:比)?(?:为|达)?|其余|余下|剩下|剩余)$")


def _viewed_shares(facts: Facts) -> Iterator[Finding]:
    """从年龄看，…的占46.2%，…的占38.5%，…的占17.8%: a sentence of three and more shares that make a little more than the whole."""
    chars = facts.text.chars
    for viewed in _VIEWED.finditer(chars):
        end = facts.text.sentence(viewed.end())[1]
        told = within(facts.mentions, viewed.end(), min(end, viewed.end() + _TO_LAST))
        run = [m for m in told if isinstance(m.value, PercentValue)]
        all_shares = all(_SHARE_OF_ALL.search(chars, max(0, m.start - 4), m.start) for m in run)
        if len(run) > 2 and all_shares and not OVERLAP.search(chars, viewed.start(), end):
            yield from _over_whole(facts, run)


def _over_whole(facts: Facts, run: Sequence[Mention]) -> Iterator[Finding]:
    """The finding that shares make together more than the whole, and not by rounding or by far."""
    chars = facts.text.chars
    slack = sum((half_a_place(chars[m.start : m.end].rstrip("%")) for m in run), Decimal(0)) / 100
    summed = sum((m.value.low or Decimal(0) for m in run if isinstance(m.value, PercentValue)), Decimal(0))
    if _ONE + slack < summed <= _MOST_OVER:
        message = f"Shares of one whole add up to {summed * 100:f} %."
        yield facts.finding("share-over-whole", message, (run[0].start, run[-1].end))


_COUNTED = regex.compile(
    r"(?:[分归][为成作]?|划为)(?P<count>[三四五六七八九十])个?(?:档|类|组|种|部分|块|层|级|段|年龄段)(?!市|县)"
)
_CHANGES = regex.compile(r"负担|承担|补助|增长|提高|下降|同比|上升|增加|率(?:为|达|是|有)?|[，。][^，。]{0,4}有$")
_TO_LAST = 300


def _counted_shares(facts: Facts) -> Iterator[Finding]:
    """被分成五档，…占去47.6%。…24.3%。…: as many shares as a text divides all into, that make a little more than it."""
    chars = facts.text.chars
    for counted in _COUNTED.finditer(chars):
        count = int(numerals.parse(counted["count"]) or 0)
        told = within(facts.mentions, counted.end(), counted.end() + _TO_LAST)
        run = [
            m
            for m in told
            if isinstance(m.value, PercentValue)
            and not _CHANGES.search(chars, clause_start(chars, m.start, "，。；\n"), m.start)
        ][:count]
        if len(run) == count and not OVERLAP.search(chars, counted.start(), facts.text.sentence(run[-1].end)[1]):
            yield from _over_whole(facts, run)


_PAID = regex.compile(r"(?P<pays>付|拨)(?P<up_to>[至到])?[^，。；\n%]{0,12}$")
_REST = regex.compile(r"(?:最后|余下|其余|剩余|剩下|余款|尾款|质保金)[^，。；\n%]{0,8}$")
_WHEN = regex.compile(r"(?:时|后|以上)")
"""工作量达到六成时拨付40%: when a payment is due."""
_BETWEEN_PAYMENTS = 60
"""Characters between two payments."""


def _payments(facts: Facts) -> Iterator[Finding]:
    """Payments in parts of one price, the rest last (付30%；付45%；余下30%), that are not the whole of it."""
    chars = facts.text.chars
    paid: list[Mention] = []
    total = Decimal(0)
    for mention in facts.mentions:
        value = mention.value
        if not isinstance(value, PercentValue) or value.cmp != "=" or value.unit is not None or value.low is None:
            continue
        if _WHEN.match(chars, mention.end):
            continue
        begin = clause_start(chars, mention.start, "，。；\n")
        if paid and mention.start - paid[-1].end > _BETWEEN_PAYMENTS:
            paid = []
        if paid and _REST.search(chars, begin, mention.start):
            total += value.low
            if total != _ONE:
                code = "share-over-whole" if total > _ONE else "parts-not-total"
                message = f"Payments of one price add up to {total * 100:f} %."
                yield facts.finding(code, message, *(span(m) for m in paid), span(mention))
            paid = []
        elif (said := _PAID.search(chars, begin, mention.start)) is not None:
            total = value.low if said["up_to"] or not paid else total + value.low
            paid.append(mention)
        else:
            paid = []


_IN_PARTS = regex.compile(
    r"分(?P<count>[两二三四五六])(?:次|期|笔|批|个阶段)[^，。；\n]{0,6}(?:付清|结清|支付完|全部支付|全额支付)"
)
"""分三次付清: how many payments there are of the whole."""


def _counted_payments(facts: Facts) -> Iterator[Finding]:
    """As many payments as a text says that the whole is paid in, which are not the whole of it (分三次付清：30%、60%、5%)."""
    for said in _IN_PARTS.finditer(facts.text.chars):
        count = int(numerals.parse(said["count"]) or 0)
        told = within(facts.mentions, said.end(), min(facts.text.paragraph(said.end())[1], said.end() + _TO_LAST))
        paid = [m for m in told if isinstance(m.value, PercentValue) and m.value.cmp == "="][:count]
        total = sum((m.value.low or Decimal(0) for m in paid if isinstance(m.value, PercentValue)), Decimal(0))
        if len(paid) < count or _UP_TO.search(facts.text.chars, said.end(), paid[-1].start):
            continue
        if total != _ONE and _HALF < total <= _MOST_BORNE:
            code = "share-over-whole" if total > _ONE else "parts-not-total"
            message = f"Payments of one price add up to {total * 100:f} %."
            yield facts.finding(code, message, said.span(), *map(span, paid))


_UP_TO = regex.compile("[付拨]至")
"""付至90%: with what was paid before."""
_HALF = Decimal("0.5")


_WEIGHT = regex.compile(r"权重(?:为|占|是|：)?$")
_QUARTER = Decimal("0.25")


def _weights(facts: Facts) -> Iterator[Finding]:
    """Weights told one by one that do not make the whole (（一）座数，权重40%；（二）库容，权重25%；…)."""
    chars = facts.text.chars
    run: list[Mention] = []
    for mention in [*(m for m in facts.mentions if isinstance(m.value, PercentValue)), None]:
        is_next = mention is not None and (not run or mention.start - run[-1].end <= _BETWEEN_PAYMENTS)
        if mention is not None and is_next and _WEIGHT.search(chars, max(0, mention.start - 4), mention.start):
            run.append(mention)
            continue
        total = sum((m.value.low or Decimal(0) for m in run if isinstance(m.value, PercentValue)), Decimal(0))
        if len(run) > 2 and total != _ONE and abs(total - _ONE) <= _QUARTER:
            code = "share-over-whole" if total > _ONE else "parts-not-total"
            yield facts.finding(code, f"Weights of one whole add up to {total * 100:f} %.", *map(span, run))
        run = []


_PARTY = regex.compile(
    r"[，；](?!而|其中|[^，。；\n%]{0,10}对)(?![^，。；\n%]*(?:[付拨]至|[降提改增][为到至]|达到?|高达|完成|较|比|低于|高于|不足|以[上下]))[^，。；\n%]{0,24}|[、和与][^，。；、\n%]{0,14}"
)


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
        if (
            len(run) > 1
            and not _of_one_bearer(chars, run)
            and (_SHARED_BY.search(chars, max(0, run[0].start - 30), run[-1].end + 12) or _are_parts(chars, run))
        ):
            yield run
        run = [mention] if mention is not None else []


_ONE_BEARER = regex.compile(r"[级央府厅局]对[^，。；\n]*$")


def _of_one_bearer(chars: str, run: Sequence[Mention]) -> bool:
    """中央对东部、中部、西部分别负担20%、50%、80%: shares of several sums that one body bears."""
    begin = clause_start(chars, run[0].start, "，。；\n")
    return _ONE_BEARER.search(chars, begin, run[0].start) is not None


def _are_parts(chars: str, run: Sequence[Mention]) -> bool:
    """Whether shares are those of one whole, at least three of them: …中，甲占36%，乙占28%，丙占23%, or named alike."""
    is_far = sum(m.value.low or 0 for m in run if isinstance(m.value, PercentValue)) > _MOST_OVER
    named = [
        _OF_ONE.search(chars, max(left, m.start - 40), m.start) for left, m in zip(_lefts(chars, run), run, strict=True)
    ]
    if all(named) and len(run) > 2:
        kinds, things = ({found[part] for found in named if found is not None} for part in ("last", "first"))
        if len(kinds) == 1 and kinds.isdisjoint({"率", "的", None}):
            return True
        if len(things) == 1 and None not in things and not is_far:
            return True
    if is_far:
        return False
    begin = clause_start(chars, run[0].start, "。\n")
    makes = all(_MAKES.search(chars, max(0, m.start - 16), m.start) for m in run)
    return bool(
        len(run) > 2
        and makes
        and (_WHOLE.search(chars, begin, run[0].start - 1) or _LEFT_OVER.search(chars, run[0].end, run[-1].start))
        and _TRAITS.search(chars, begin, run[-1].end) is None
    )


def _lefts(chars: str, run: Sequence[Mention]) -> Iterator[int]:
    """Where the clause before each share begins."""
    for mention in run:
        yield clause_start(chars, mention.start)
