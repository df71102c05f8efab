"""Findings about 分别: lists that do not match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractors import agency_names as names
from extractors import numerals
from extractors.mention import (
    CountValue,
    DateValue,
    Mention,
    PercentValue,
    PlaceValue,
    ProvinceValue,
    YuanValue,
    within,
)
from extractors.text import clause_start
from pipeline.checks.facts import AND, Facts, runs
from pipeline.document import Finding

_TO_COMMA = 6
"""Characters from the last name of a list to the comma before 分别."""
_TO_VALUES = 12
"""Characters from 分别 to the first value."""
_LONGEST_LIST = 300
"""Characters that a list may take."""
_MARKS = "，。；：？！—\n"
_EACH = regex.compile(r"分别(?:由|从|为|是|有|于|在|达到?|不低于|不少于|建成|按|新增|补助|安排|完成|给予|下达)?")
_CHANGED = regex.compile(r"(?:分别)?(?:提高|调整|上调|增加|提升|降低|下调|降|提)(?:到|至|为)")


def unequal_lists(facts: Facts) -> Iterator[Finding]:
    """分别 over lists of different length (甲、乙、丙三市分别为10个、20个)."""
    chars = facts.text.chars
    for each in _EACH.finditer(chars):
        values = _run_after(facts, each.end())
        if len(values) < 2:
            continue
        left = clause_start(chars, each.start(), _MARKS) - 1
        named = chars[left + 1 : each.start()]
        if not named and left > 0:
            further = clause_start(chars, left, _MARKS) - 1
            named, left = chars[further + 1 : left], further
        changed = (_CHANGED.match(chars, values[-1].end) and _run_after(facts, values[-1].end)) or values
        if len(changed) != len(values):
            message = f"{len(values)} old values are given, {len(changed)} new ones."
            yield facts.finding("unequal-lists", message, (each.start(), changed[-1].end))
            continue
        if _says_count(named, len(values)):
            continue
        items = _number_of(facts, named, left + 1)
        if named.count("、") + 1 == len(values) and not (_are_alike(named) or _are_short(named)):
            continue  # 社会保障和就业 is one of the items
        if items == 1:
            items, left = _listed_before(facts, left)
        is_open = _AND_MORE.search(chars, left + 1, each.start()) is not None
        if (
            items > 1
            and items != len(values)
            and not is_open
            and ("、" in named or not _lasts(facts, each.start(), len(values)))
        ):
            message = f"{items} items are named, {len(values)} values are given."
            yield facts.finding("unequal-lists", message, (left + 1, values[-1].end))


_POINTS = regex.compile("[，：；]([一二三四五六七八九])是")
"""一是距离远，二是时间不合适，三是价格高，提及率分别为."""
_SAYS_COUNT = regex.compile(
    r"(?P<count>[两二三四五六七八九十])(?:个|项|类|区|市|县|省|州|旗|镇|家|所|方|级|档|种|组)\p{Han}{0,4}$"
)


_AND_MORE = regex.compile(r"等(?:[0-9]{2,}|[一二三四五六七八九]?十[一二三四五六七八九]?)余?个")
"""焊工、养老护理员等28个职业: the values belong to another list."""


def _says_count(named: str, count: int) -> bool:
    """Whether what stands before 分别 says itself that it is as many: 重庆三区分别设6个、5个、7个."""
    said = _SAYS_COUNT.search(named)
    return said is not None and numerals.parse(said["count"]) == count


def _lasts(facts: Facts, position: int, count: int) -> bool:
    """Whether a time told before in the sentence has as many years, quarters or months (2013年至2015年，…分别为a、b和c)."""
    for date in within(facts.times, facts.text.sentence(position)[0], position):
        value = date.value
        if isinstance(value, DateValue):
            months = 12 * (value.end.year - value.start.year) + value.end.month - value.start.month + 1
            if count in (months, months / 3, months / 12):
                return True
    return False


def _number_of(facts: Facts, named: str, start: int) -> int:
    """How many items a clause names; where it ends in their quantities (甲类、乙类断面18个、10个), those."""
    for run in runs(facts, start, start + len(named), PercentValue, YuanValue, CountValue):
        if len(run) > 1 and run[-1].end >= start + len(named):
            return len(run)
    return len(AND.findall(named)) + 1


_FIGURE = regex.compile(r"[0-9]")
_SAME_END = frozenset("市县区州省盟旗乡镇村类级")


def _are_alike(named: str) -> bool:
    """Whether all items, those at 和 too, are of one form: 500吨以上、1000吨以上和3000吨以上, 甲县、乙县和丙县."""
    items = AND.split(named)
    return all(_FIGURE.search(item) for item in items) or (
        len({item[-1:] for item in items}) == 1 and items[-1][-1:] in _SAME_END
    )


_COMPOUNDS = ("社会保障和就业", *(stem for stem in names.STEMS | names.COMMISSION_STEMS if "和" in stem))
_LONGEST_ITEM = 5


def _are_short(named: str) -> bool:
    """玉米、大豆和水稻: whether 和 parts two short items, and is not within the name of one."""
    items = AND.split(named)
    if len(items) > named.count("、") + 2:
        return False  # 购房和偿还贷款、租房、退休及其他
    is_last = named.rfind("、") < len(named) - len(items[-1]) - 1
    return (
        is_last
        and all(len(item) <= _LONGEST_ITEM for item in items[:-1])
        and not any(compound in named for compound in _COMPOUNDS)
    )


_COUNTED = regex.compile(r"、[^，、]{1,12}(?P<count>[两二三四五六七八九])(?:类|档|种|级|等)$")
"""分为种植、养殖、初加工、冷链四类，: how many the list before has, told at its end."""
_STATED = regex.compile(r"(?P<list>\p{Han}{1,10}(?:、\p{Han}{1,10}){1,8}?)(?P<count>[两二三四五六七八九])个")
_TO_STATED = 80
"""东川、西岔、北塬三个片区…，分别: characters from a list that is counted at its end to the clause of 分别."""
_OF_KINDS = regex.compile(r"(?P<list>[^，。；：\n]{2,24}(?:、[^，。；：\n、]{2,24}){1,8})的，")
"""年满70周岁、年满80周岁的，: kinds told in one form, and the next clause what they get."""
_FOR = regex.compile(r"对(?P<list>[^，。；：\n]{1,20}(?:、[^，。；：\n、]{1,12}){1,8}?)(?:的[^，。；：\n、]{1,12})?，")


def _listed_before(facts: Facts, position: int) -> tuple[int, int]:
    """How many times or names the list has that ends at a comma (到2021年底、2022年底，…分别), and where it begins."""
    start, _ = facts.text.sentence(position)
    for run in runs(
        facts, max(start, position - _LONGEST_LIST), position, DateValue, ProvinceValue, PlaceValue, CountValue
    ):
        if len(run) > 1 and start <= run[0].start and 0 <= position - run[-1].end <= _TO_COMMA:
            return len(run), run[0].start - 1
    points = _POINTS.findall(facts.text.chars, start, position)
    if len(points) > 1:
        return int(numerals.parse(points[-1]) or 1), position
    clause = clause_start(facts.text.chars, position, "，。；：\n")
    count = _SAYS_COUNT.search(facts.text.chars, clause, position)
    if count is not None:
        return int(numerals.parse(count["count"]) or 1), clause - 1
    said = _FOR.fullmatch(facts.text.chars, clause, position + 1)
    if said is not None and len(AND.findall(said["list"])) == said["list"].count("、"):
        return said["list"].count("、") + 1, clause - 1
    counted = _COUNTED.search(facts.text.chars, clause, position)
    if counted is not None:
        return int(numerals.parse(counted["count"]) or 1), clause - 1
    stated = list(_STATED.finditer(facts.text.chars, max(start, position - _TO_STATED), position))
    if stated and numerals.parse(stated[-1]["count"]) == stated[-1]["list"].count("、") + 1:
        return stated[-1]["list"].count("、") + 1, stated[-1].start() - 1
    kinds = _OF_KINDS.fullmatch(facts.text.chars, clause, position + 1)
    if kinds is not None and _are_of_one_kind(kinds["list"].split("、")):
        return kinds["list"].count("、") + 1, clause - 1
    return 1, position


def _are_of_one_kind(items: Sequence[str]) -> bool:
    """Whether all items have a figure, or end alike: 首套住房、第二套住房、保障性住房."""
    return (
        all(_FIGURE.search(item) for item in items)
        or all(_RANK.search(item) for item in items)
        or len({item[-2:] for item in items}) == 1
    )


_RANK = regex.compile("[一二三四五甲乙丙][级类档等]")
"""在一级及以下、二级、三级医疗机构就医的."""


def _run_after(facts: Facts, position: int) -> list[Mention]:
    kinds = (PercentValue, YuanValue, CountValue, DateValue)
    for run in runs(facts, position - _LONGEST_LIST, position + _LONGEST_LIST, *kinds):
        if position <= run[0].start <= position + _TO_VALUES:
            return run
    return []
