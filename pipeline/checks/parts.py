"""Findings about parts that divide a total told before them, without 其中: 共15人，由主任1人、委员12人组成."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from extractors import numerals
from extractors.mention import CountValue, Mention, PlaceValue, within
from extractors.text import clause_start
from pipeline.checks.facts import AND, Facts, span
from pipeline.checks.quantities import (
    CLOSE,
    MOST,
    SLIP,
    are_cumulative,
    exact,
    figures,
    holds_sum,
    is_compared,
    is_near,
    is_off_by_slip,
    is_slip,
    mismatch,
    number,
    outermost,
    summed,
    unit,
    unless_all,
)
from pipeline.document import Finding

_GAP = 42
"""Characters between two parts, and what is said of the first."""
_TO_FIRST = 140
"""Characters between a total and its first part."""
_DIVISIONS = (
    r"分[为成](?![^，。；]{0,3}[档等级])|分[二两三四五六七八九](?!个?[档等级])|(?:归纳?|划)为\p{Han}{1,3}：",
    r"[二两三四五六七八九][块项类]\p{Han}{0,2}组成|由[^，。；\n]{1,24}[构组]成",
    r"以下[二两三四五六七八]个|[二两三四五六七八]个(?:方向|部分|类别|方面)",
    r"(?:名额)?分配(?:情况)?(?:为|如下)|分解(?:到|为|如下|下达)|，(?:共)?计(?=\p{Han})|^，?(?:分别|依次)(?:为|是)",
    r"从[^，。；\n]{1,8}看|[按分][^，。；\n]{1,10}(?:划分|分|看|分布)，",
    r"(?:岗位|具体|构成)(?:为|是|包括)|来源(?:为|是|于|：)",
    r"由[^，。；\n]{2,40}分别(?:承担|负责|完成|出资|分担|负担|筹措|筹集|安排)",
    r"男|公办|[省市县区]本级|早餐(?=[^。；]*午餐)",  # the first of a set that has no other
)
_DIVIDES = regex.compile("|".join(_DIVISIONS))
"""What stands before the first part and says that all is divided."""
_SHARED_OUT = regex.compile(
    r"[二两三四五六]方(?:分担|共担|承担|出资|筹措)|由[^，。；\n]{1,12}(?:分担|共担|负担|筹措|筹集)："
)
"""How a sum is divided among those who bear it."""
_EACH_ITS_OWN = regex.compile(r"，?(?:分别|依次)(?:为|是)")
"""426所，分别为幼儿园187所、小学179所: each part with its name."""
_AMONG = regex.compile(r"[^，。；\n]{0,6}[里中]，")
"""Of which what one sentence tells is all: 36个项目里，甲类20个、乙类15个."""
_FULL = regex.compile(r"(?:满分|总分)值?[为是]?$")
_COUNTED = regex.compile(r"(?P<count>[两二三四五六七八九十])个?\p{Han}{1,4}共(?:有|计)?$")
"""两个标段共12所: the total of as many parts."""
_MADE_UP = regex.compile("[两二三四五六]?(?:部分|[块项类])?(?:组成|构成)")
_REST = regex.compile(r"(?:其余|其他|剩下|剩余|余下|另外|缺口|尚有|仍有)[^，。；\n]*$|女")
"""What stands before or behind the last part of a whole."""
_NO_PART = regex.compile(
    r"[降升]至|[降升]到|增加(?!值)|减少|增长|新增|净增|提高|下降|降低|比(?!亚迪|[赛例武重值价选])|较|每|超过|不少于|不低于|至少|左右|同期|原(?:有|来|定|先|本|计划)|[去上]年(?!结转|结余)"
    r"|另(?![一外])|(?<!归)还(?!有其[他余])|人均|户均|平均"
)
_FIGURES = 5
_TELLING, _SURE = 20, 100
"""Sums from which on it is no chance that a figure told before is the same, in one unit and in any."""
_OF_WHICH = regex.compile("其中|含")
OVERLAP = regex.compile(
    "同属|(?<![不无])重叠|(?<![不无])重复|(?<![不无])交叉|兼有|[都均兼]有|同时有|多选|不限一项|两类情形"
)
"""What says that parts have something in common."""
UNTOLD = regex.compile("等|[^。；\n]{0,120}(?:其余|(?<![无有])其他|剩余|余为)")
"""What is left of a whole behind the last part that is told, and how much is not said."""
_WHOLE = regex.compile(r"(?:共|总|合计|全部|累计)[^，。；\n]{0,14}$")


_SHARE_OF = regex.compile(r"（(?:占)?[0-9]{1,2}(?:\.[0-9]+)?%）")
"""1568人（49.0%）: a part itself."""


def divided_total(facts: Facts) -> Iterator[Finding]:
    """A total and all that it is divided into, which add up to a little more or less."""
    told = facts.counted
    chars = facts.text.chars
    last: dict[str, int] = {}
    for index, total in enumerate(told):
        if total.start < last.get(unit(total), 0) or is_compared(chars, total) or _SHARE_OF.match(chars, total.end):
            continue
        parts = _parts(facts, total, told[index + 1 : index + 1 + MOST])
        if len(parts) < 2 or total.label != parts[0].label or _is_listed(chars, total, parts):
            continue
        if index and _is_item(chars, told[index - 1], total, parts):
            continue
        sentence = facts.text.sentence(parts[-1].end)[1]
        between = _ASIDE.sub("", chars[total.end : parts[-1].start])
        if _OF_WHICH.search(between) or OVERLAP.search(chars, total.end, sentence) or are_cumulative(chars, parts):
            continue
        whole = summed([total, *parts])
        around = {exact(m) for m in told[max(0, index - MOST) : index + MOST]}
        earlier = {exact(m) for m in told[max(0, index - MOST) : index] if unit(m) == unit(total)}
        added = summed(parts)
        is_told = (added >= _TELLING and added in earlier) or (added >= _SURE and added in around)
        is_explained = whole in earlier or is_told or not earlier.isdisjoint(_openings(parts))
        if is_explained or holds_sum(chars, total, parts) or not around.isdisjoint(_sums(parts)):
            last[unit(total)] = parts[-1].end
        elif _is_meant(facts, total, parts):
            yield mismatch(facts, total, parts, added)
            last[unit(total)] = parts[-1].end


_ASIDE = regex.compile("（[^（）\n]*）")


def _is_listed(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a quantity is the first of a list, and no total of what follows in it (31家、襄州区18家、枣阳市14家)."""
    return _ASIDE.sub("", chars[total.end : parts[0].start]).startswith("、")


_ITEM = regex.compile(r"[，；、](?!由|即|分|包括|含|\p{Han}{0,8}[共总计])\p{Han}{1,8}")


def _is_item(chars: str, before: Mention, total: Mention, parts: Sequence[Mention]) -> bool:
    """教育0.38亿元，水利0.46亿元，卫生0.21亿元: whether a quantity is one item between others, and no total of those behind it."""
    return (
        _ITEM.fullmatch(chars, before.end, total.start) is not None
        and _ITEM.fullmatch(chars, total.end, parts[0].start) is not None
    )


def _is_meant(facts: Facts, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts were meant to be all of a total.

    Main items that don't make up the total are told without a word; more than the total they never are.
    """
    chars = facts.text.chars
    added = summed(parts)
    if UNTOLD.match(chars, parts[-1].end, facts.text.sentence(parts[-1].end)[1]):
        return False
    if _is_divided(chars, total, parts) and is_near(total, added, SLIP):
        return True
    is_whole = _WHOLE.search(chars, max(0, total.start - 16), total.start) is not None
    is_more = len(parts) > 2 and added > number(total) and is_near(total, added)
    is_all = is_more or (len(parts) > 2 and is_slip(number(total), added))
    return (
        (is_more and is_whole) or (is_all and _are_divisions(facts, total, parts)) or _is_itemised(facts, total, parts)
    )


def _are_divisions(facts: Facts, total: Mention, parts: Sequence[Mention]) -> bool:
    """152户，海勃湾区46户，乌达区49户，海南区67户: whether each part has a place before it, and the total none."""
    chars = facts.text.chars
    before = chars[max(0, total.start - 12) : total.start]
    places = [
        m for m in facts.mentions if isinstance(m.value, PlaceValue) and total.start - 12 <= m.start < parts[-1].start
    ]
    ends = {m.end for m in places}
    named = [part.start - 2 * chars.endswith(("合计", "共计"), 0, part.start) for part in parts]
    return "、" not in before and total.start not in ends and ends.issuperset(named)


def _is_itemised(facts: Facts, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the next sentence tells three or more parts and nothing else in their unit, which nearly make the total."""
    start, end = facts.text.sentence(parts[0].start)
    end = max(end, facts.text.chars.find("。", start, facts.text.paragraph(start)[1]))
    if len(parts) < 3 or start < total.end or facts.text.sentence(total.start)[1] != start:
        return False
    inside = [m for m in within(facts.mentions, start, end) if m.label == total.label and unit(m) == unit(total)]
    added = summed(parts)
    is_slipped = is_off_by_slip(number(total), added) and is_near(total, added, _FEW)
    return len(inside) == len(parts) and (is_slipped or is_near(total, added, CLOSE))


_FEW = Decimal("0.05")
"""How far off a sum may be that differs from its total as by one wrong figure."""


_CLAUSE_LABEL = regex.compile(r"[，：、；（](?P<label>[^，。；：、（）0-9\n]{2,14})$")


def _are_parallel(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """共58支，省直单位选派6支，市直单位选派14支，县直单位选派36支: three and more clauses in a row that end alike."""
    if len(parts) < 3 or any(chars.find("。", one.end, then.start) >= 0 for one, then in pairwise((total, *parts))):
        return False
    found = [_CLAUSE_LABEL.search(chars, max(0, m.start - 15), m.start) for m in parts]
    labels = [match["label"] for match in found if match is not None]
    return len(labels) == len(parts) == len(set(labels)) and len({label[-3:] for label in labels}) == 1


_HEADED = regex.compile(r"[^，。；\n]{2,20}（")
_PLAIN = regex.compile(r"）?[。：，、；]?(?![^，。；]*(?:[得每最扣高超不计]|以[上下]))\p{Han}{2,14}")


def _is_headed(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """服务方案（35分）。保洁方案12分，秩序维护9分，绿化养护4分。: a heading with its total, and behind it nothing but parts."""
    line = chars.rfind("\n", 0, total.start) + 1
    if len(parts) < 3 or not _HEADED.fullmatch(chars, line, total.start):
        return False
    return all(_PLAIN.fullmatch(chars, one.end, then.start) for one, then in pairwise((total, *parts)))


_SPELT_OUT = regex.compile(r"(?:\p{Han}{1,4}(?=：))?[（：](?!其中|含)[\p{Han}A-Z]{1,12}")
_NEXT_PART = regex.compile(r"[，、；][\p{Han}A-Z]{1,12}|[，；]\p{Han}{1,4}、\p{Han}{1,8}各|[、和与及]")
_ENDS = regex.compile(r"[）。；\n]|$")
_THE_REST = regex.compile(r"[，；、](?:其余|剩余|余下)\p{Han}{0,8}")
"""其余640万元由医院自筹: all that is left, whatever is said of it."""


def _is_spelt_out(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """师生1200人（教师80人、学生1120人）, 资金300万元：中央100万元、省级200万元。: all that brackets or a colon hold."""
    return (
        _SPELT_OUT.fullmatch(chars, total.end, parts[0].start) is not None
        and all(_NEXT_PART.fullmatch(chars, one.end, then.start) for one, then in pairwise(parts))
        and (_ENDS.match(chars, parts[-1].end) or _THE_REST.fullmatch(chars, parts[-2].end, parts[-1].start))
        is not None
    )


def total_in_brackets(facts: Facts) -> Iterator[Finding]:
    """A total and the brackets behind it that spell it out (师生1200人（教师80人、学生1020人）)."""
    for start, end in facts.asides:
        inside = within(facts.quantities, start, end)
        before = within(facts.counted, max(0, start - _GAP), start)
        if len(inside) < 2 or not before or before[-1].end != start:
            continue
        total = before[-1]
        if any(unit(m) != unit(total) or _is_no_part(facts.text.chars, m, start) for m in inside):
            continue
        if not _is_spelt_out(facts.text.chars, total, inside):
            continue
        yield from unless_all(facts, total, inside, summed(inside) + _of_the_others(facts.text.chars, inside))


_HEAD_OF_POINTS = regex.compile(
    r"(?:（[一二三四五六七八九十]）|[一二三四五六七八九十]、|[0-9]{1,2}[.、．])[^，。；：\n]{2,20}（(?:满分|最高)?$"
)
_FULL_MARKS = regex.compile(r"(?:总分|满分|合计|共计|共)(?:为|是|：)?$")
_FEWEST_HEADS = 3


def points_not_full(facts: Facts) -> Iterator[Finding]:
    """Numbered heads with their points and the full marks told below or above them (（一）报价（30分） … 总分100分)."""
    chars = facts.text.chars
    heads: list[Mention] = []
    full: list[Mention] = []
    for mention in facts.counted:
        if unit(mention) != "分":
            continue
        line = facts.text.paragraph(mention.start)[0]
        if _HEAD_OF_POINTS.fullmatch(chars, line, mention.start) and chars.startswith("）", mention.end):
            heads.append(mention)
        elif _FULL_MARKS.search(chars, max(0, mention.start - 5), mention.start):
            full.append(mention)
    if len(heads) >= _FEWEST_HEADS and len(full) == 1:
        yield from unless_all(facts, full[0], heads)


_EACH = regex.compile(r"[，；、](?P<others>(?:\p{Han}{1,8}、)+)\p{Han}{1,8}各$")


def _of_the_others(chars: str, parts: Sequence[Mention]) -> Decimal:
    """What is paid besides where one sum is that of several (市、县两级各1250元)."""
    added = Decimal(0)
    for one, then in pairwise(parts):
        each = _EACH.search(chars, one.end, then.start)
        if each is not None:
            added += number(then) * each["others"].count("、")
    return added


_POSTS = regex.compile(r"，?[各按]?(?:岗位|人员)?(?:构成|配置|设置|配备)?(?:如下|分别为|为|包括)[：:]?")


def least_not_posts(facts: Facts) -> Iterator[Finding]:
    """The least number of people and the posts that make fewer (不得少于26人，各岗位如下：项目经理1人，厨师长1人，…)."""
    chars = facts.text.chars
    for least in facts.mentions:
        value = least.value
        if not isinstance(value, CountValue) or value.cmp != "≥" or value.low is None or unit(least) != "人":
            continue
        posts = _POSTS.match(chars, least.end)
        if posts is None or not posts[0]:
            continue
        told = within(facts.counted, posts.end(), facts.text.sentence(posts.end())[1])[:MOST]
        parts = [m for m in told if unit(m) == "人"]
        added = summed(parts)
        if len(parts) > 2 and added < value.low <= added * (1 + SLIP):
            message = f"The posts add up to {added:f}, fewer than the {value.low:f} asked for."
            yield facts.finding("parts-not-total", message, span(least), *map(span, parts))


def _is_divided(chars: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the words before the first part and those around the last say that nothing is left over."""
    before = chars[total.end : parts[0].start]
    if (
        "分别" in before
        and not _EACH_ITS_OWN.match(before)
        and len(parts) not in (before.count("、") + 1, len(AND.findall(before)) + 1)
    ):
        return False
    return (
        _FULL.search(chars, max(0, total.start - 4), total.start) is not None
        or _is_headed(chars, total, parts)
        or _is_spelt_out(chars, total, parts)
        or (
            (counted := _COUNTED.search(chars, max(0, total.start - 9), total.start)) is not None
            and numerals.parse(counted["count"]) == len(parts)
        )
        or _DIVIDES.search(before) is not None
        or (unit(total) == "元" and _SHARED_OUT.search(before) is not None)
        or (_AMONG.match(before) is not None and "。" not in chars[parts[0].start : parts[-1].start])
        or _are_parallel(chars, total, parts)
        or _REST.search(chars[parts[-2].end : parts[-1].start]) is not None
        or _MADE_UP.match(chars, parts[-1].end) is not None
    )


def _parts(facts: Facts, total: Mention, later: Sequence[Mention]) -> list[Mention]:
    """The run of quantities in the total's unit, each smaller than it, that stands next to it.

    Those of one sentence alone, where they nearly make the total.
    """
    chars = facts.text.chars
    parts: list[Mention] = []
    whole = number(total)
    for mention in later:
        end = parts[-1].end if parts else total.end
        if len(_ASIDE.sub("", chars[end : mention.start])) > (_GAP if parts else _TO_FIRST):
            break
        if unit(mention) != unit(total):
            continue
        if _is_no_part(chars, mention, end):
            continue
        if (exact(mention) or whole) >= whole:
            break
        parts.append(mention)
    sentence = facts.text.sentence(parts[0].start)[1] if parts else 0
    parts = outermost(chars, parts)
    at_once = [m for m in parts if m.start < sentence]
    return at_once if len(at_once) > 1 and is_near(total, summed(at_once)) else parts


def _is_no_part(chars: str, mention: Mention, after: int) -> bool:
    """Whether a quantity is a change, a rate, or one that comes on top, by its clause behind a position."""
    return _NO_PART.search(chars, max(after, clause_start(chars, mention.start)), mention.start) is not None


def _openings(parts: Sequence[Mention]) -> Iterator[Decimal]:
    """The sums of the first two parts and more, large enough that a figure told before which is the same is their total."""
    added = number(parts[0])
    for part in parts[1:-1]:
        added += number(part)
        if figures(added) >= _OPENING:
            yield added


_OPENING = 3
"""Figures of such a sum."""


def _sums(parts: Sequence[Mention]) -> Iterator[Decimal]:
    """The sums of two and more parts in a row that have so many figures that one which stands near by is their total."""
    for first in range(len(parts) - 1):
        for last in range(first + 2, len(parts) + 1):
            added = summed(parts[first:last])
            if figures(added) >= _FIGURES:
                yield added
