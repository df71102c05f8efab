"""PROVINCE and PLACE: names of divisions, checked against what stands around them.

One automaton finds every full, short and old name; a name is then a division unless it is part of another word (长江西岸),
place (吉林镇), road (四川北路) or brand (贵州茅台), and the divisions that share a name are told apart by those that the text
has named (朝阳区 after 长春).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import islice
from operator import itemgetter

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from extractors import gazetteer
from extractors.gazetteer import PROVINCES, Candidate
from extractors.mention import Mention, PlaceValue
from extractors.text import Text

_OTHER_NAMES = (
    "其中 集中 当中 之中 北京时间 孙中山 中山大学 中山医院 中山公园 中山陵 中山装 中山舰 中山先生 贵州茅台 青岛啤酒 普洱茶 "
    "黄山毛峰 辽宁舰 山东舰 福建舰 海南岛 台湾岛 台湾海峡 内蒙古高原 四川盆地 西藏高原 世界大同 天下大同 "
    "大同小异 六安瓜片 西湖龙井 武夷岩茶 安溪铁观音 金华火腿 阳澄湖 烟台苹果 赣南脐橙 五常大米 宁夏枸杞 青海湖 云南白药 黑龙江干流 黑龙江流域 黑龙江畔 黑龙江沿岸 黑龙江水系 黑龙江主航道 黑龙江中游 黑龙江上游 山西老陈醋 新疆棉 长治久安 朝阳产业 朝阳行业 日照时数 日照时间 日照强度 三明治 "
    "沙县小吃 思茅松"
).split()
"""Words, brands and landscapes that begin or hold a division's name and are none."""

_COMMON_WORDS = frozenset(
    ("白银 日照 安康 大同 中山 朝阳 黄山 普洱 海东 海西 海北 淮北 淮南 通化 三明 阿里 来宾 玉树 和田 莱芜").split()
)
"""Short names that are words or counties as well: a division only where the text says so."""

_GENERIC = frozenset("城区 郊区 矿区 东区 西区 新城区 老城区 新市区 南市区 北市区 新建区 新建县 大厂区".split())
"""Counties named like a part of any city or a plan: a division only right after what holds them (汕尾市城区)."""

_UPLANDS = frozenset("东山区 南山区 西山区 北山区 中山区".split())
"""Districts named like the end of a region: 豫西|山区."""

_FUNCTION_WORDS = frozenset("和与及各本该任新成单为由从到在向对按经至并所沿")
"""First characters that make a two-character county doubtful: 市|和县."""

_ROAD = regex.compile(
    r"(?:[东南西北中]{0,2}[一二三四五六七八九十]?|环|支)"
    r"(?:路(?!径|线|网|演|由|况|桥|段|过|灯|长制|政)|大路|大街|大道|街(?!道|镇|区)|胡同|巷(?!道)|弄|桥(?!梁))"
)
_OTHER_PLACE = regex.compile(
    r"镇(?!街|域|江|海|平|宁|远|安|村|级|区|[、（(])|乡(?!镇|乡|村|级|亲|愁|土|贤|宁|[、（(])|"
    r"村(?!级|居|镇|民|委|干|庄|务|集|两|社|[、（(])|屯(?!昌|留)|半岛|海峡|海域|高原|盆地|平原|走廊|卫视|话(?!题)|菜(?!市|篮|地|农)"
)
"""What after a short name makes it part of another: 朝阳镇, 山东半岛, 湖南卫视."""

_CITY_WORD = regex.compile(
    r"市(?:场|民(?!政|族|营|办|主|间|生|用|委|意乡|和县)|区(?!县|级|委|两级|域|、)|面|值|容(?!委)|价|郊|集|井|"
    r"长(?!江|安|期|征|春|沙|效|远|治|宁|丰|兴|青|清|汀|寿))"
)
_PROVINCE_WORD = regex.compile(r"省(?:份|会(?!议)|道|际|界|略|亲)")
_DISTRICT_WORD = regex.compile(r"区[域间块划]")
_OWN_WORDS = {"市": _CITY_WORD, "省": _PROVINCE_WORD, "区": _DISTRICT_WORD}
"""Words that the last character of a full name begins: 北京|市场监管, 武汉|市民, 江苏|省份, 江东|区域."""

_BODY_ENDS = frozenset("局厅委部办府院会社队所处站心司")
_OF_OFFICE = regex.compile(r"副[省市县区州]$|[局镇乡校院处科站厅署司队组股]$")
"""副县|长沙马拉且, 局|长春生: the end of an office, not 长沙 or 长春."""
_VARIETY = regex.compile(r"[0-9]{1,3}号?[、，。等）]")
"""黑河43, 绥农26: a variety of crop that is named after a city."""
_COMPANY = regex.compile(r"[\p{Han}（）]{2,18}(?:公司|集团)")
"""四川路衡工程设计有限公司: no road, but the name of a firm."""
_BRAND = re.compile(
    r"[^“”，。；\n]{0,6}”(?:“[^“”，。；\n]{1,10}”|[、和与及等]){0,6}(?:品牌|卫星|列车|航班|商标|牌|手机客户端|客户端|APP|小程序|公众号)"
)
_RIVERS = regex.compile(r"(?<=\p{Han}[江河]、)黑龙江(?!省)|黑龙江(?=[、和与]\p{Han}{1,3}江(?!省))")
"""松花江、黑龙江、乌苏里江: the river among others."""
_QUOTED = regex.compile(r"“[^“”，。；\n]{0,6}$")
"""“多彩贵州风”“遵义红”等品牌: a name within a brand."""

_REST_OF_WORD = regex.compile(r"[人市区籍站港城队]|.*(?:大学|学院|银行|机场|战略|时报|日报|晚报|会议|大桥|新区)")
"""What may follow a prefecture's short name within one word: 武汉|大学; not 长治|久安."""

_BETWEEN_PLACES = regex.compile(r"[、和与及至到—\-－及]|以及|[（(]|\s*")


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    patterns = [*gazetteer.names(), *_OTHER_NAMES]
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), patterns


def find(text: Text) -> Iterator[Mention]:
    """PROVINCE and PLACE mentions of a text, in order, not overlapping.

    A PLACE whose name several divisions share, and which nothing in the text decides, has a null code and province.
    """
    matches = list(_names(text))
    named = _Named(text.chars, matches)
    for index, (start, end, name, candidates) in enumerate(matches):
        parent = named.before(index)
        if named.is_doubtful(index, parent) or (parent is not None and _is_township(text.chars, end, name, candidates)):
            continue
        code = named.choose(index, candidates, parent)
        if code is not None:
            named.codes[index] = code
            if code in PROVINCES:
                yield Mention(start, end, "PROVINCE", PROVINCES[code], "province.name")
                continue
            rule = "place.old-name" if candidates[0].is_old else "place.name"
            full = next(c.name for c in candidates if c.code == code)
            yield Mention(start, end, "PLACE", PlaceValue(code, full, code[:2] + "0000"), rule)
        else:
            yield Mention(start, end, "PLACE", PlaceValue(None, name, None), "place.ambiguous")


_Match = tuple[int, int, str, tuple[Candidate, ...]]


def _names(text: Text) -> Iterator[_Match]:
    """Names that stand as words of their own, with the divisions they may be."""
    chars = text.chars
    automaton, patterns = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(chars):
        name = patterns[index]
        own_word = _OWN_WORDS.get(name[-1])
        if own_word is not None and len(name) > 2 and own_word.match(chars, end - 1):
            name, end = name[:-1], end - 1
        candidates = gazetteer.by_name(name)
        if candidates and not _is_part(text, start, end, name, candidates):
            yield start, end, name, candidates


def _is_part(text: Text, start: int, end: int, name: str, candidates: Sequence[Candidate]) -> bool:
    """Whether the characters are part of a longer word, place, road or brand."""
    chars = text.chars
    if _RIVERS.match(chars, start) or (_BRAND.match(chars, end) and _QUOTED.search(chars, max(0, start - 8), start)):
        return True
    if name[0] == "增" and chars[start - 1 : start] == "新":
        return True  # 新增|城市
    if name == "会同县" and chars[start - 1 : start] in _BODY_ENDS:
        return True  # 县交通运输局|会同|县公安局
    if candidates[0].name == name and len(name) > 2:
        return name in _UPLANDS and not text.is_word_edge(start)
    if name[0] == "长" and _OF_OFFICE.search(chars, max(0, start - 2), start):
        return True
    if candidates[0].code not in PROVINCES and _VARIETY.match(chars, end):
        return True
    if (_ROAD.match(chars, end) and not _COMPANY.match(chars, end)) or _OTHER_PLACE.match(chars, end):
        return True
    if not text.is_word_edge(start):
        return True
    if text.is_word_edge(end) or candidates[0].code in PROVINCES:
        return False
    rest_end = next(position for position in range(end, len(chars) + 1) if text.is_word_edge(position))
    return _REST_OF_WORD.fullmatch(chars, end, rest_end) is None


def _is_township(chars: str, end: int, name: str, candidates: Sequence[Candidate]) -> bool:
    """东山县铜陵镇: a town that has a city's short name, right behind its county."""
    return candidates[0].name != name and chars[end : end + 1] in ("镇", "乡", "村")


_FARTHEST = 200
"""Names before and behind one by which it is told which of several divisions it means."""


class _Named:
    """The names of one text, and which divisions they have turned out to be."""

    def __init__(self, chars: str, matches: Sequence[_Match]) -> None:
        self.chars = chars
        self.matches = matches
        self.codes: dict[int, str] = {}
        self.full_names = {name for _, _, name, _ in matches}

    def before(self, index: int) -> str | None:
        """Code of the division whose name stands right before: 长春 of 长春市朝阳区."""
        if not index:
            return None
        gap = self.chars[self.matches[index - 1][1] : self.matches[index][0]]
        return self.codes.get(index - 1) if gap == "" or gap.isspace() else None

    def is_doubtful(self, index: int, parent: str | None) -> bool:
        """Whether a name that is also a word has nothing beside it that makes it a division."""
        _, _, name, candidates = self.matches[index]
        held = parent is not None and any(gazetteer.holds(parent, c.code) and c.code != parent for c in candidates)
        if name in _GENERIC or candidates[0].is_cut:
            return not held
        if name in _COMMON_WORDS:
            return not (held or self._is_listed(index) or any(c.name in self.full_names for c in candidates))
        if len(name) == 2 and candidates[0].name == name:
            return name[0] in _FUNCTION_WORDS and not held
        return False

    def _is_listed(self, index: int) -> bool:
        """Whether a separator alone stands between the name and the one before or after it."""
        start, end = self.matches[index][:2]
        gaps = []
        if index:
            gaps.append(self.chars[self.matches[index - 1][1] : start])
        if index + 1 < len(self.matches):
            gaps.append(self.chars[end : self.matches[index + 1][0]])
        return any(_BETWEEN_PLACES.fullmatch(gap) for gap in gaps)

    def choose(self, index: int, candidates: Sequence[Candidate], parent: str | None) -> str | None:
        """Code of the division meant: the only one, one held by the name before, or by the nearest that the text names."""
        codes = [candidate.code for candidate in candidates]
        if len(codes) == 1:
            return codes[0]
        if parent is not None:
            held = [code for code in codes if gazetteer.holds(parent, code)]
            if len(held) == 1:
                return held[0]
            codes = held or codes
        named = self.codes.values()  # an old division counts beside one of today only where the text has told it apart
        current = [c.code for c in candidates if c.code in codes and (not c.is_old or c.code in named)]
        codes = current or codes
        if len(codes) == 1:
            return codes[0]
        earlier = islice(reversed(self.codes.values()), _FARTHEST)
        return _held_by(earlier, codes) or _held_by(self._later(index), codes)

    @cached_property
    def _only(self) -> list[tuple[int, str]]:
        """The names that only one division has, by their index, with its code."""
        return [(i, candidates[0].code) for i, (_, _, _, candidates) in enumerate(self.matches) if len(candidates) == 1]

    def _later(self, index: int) -> Iterator[str]:
        """Codes of the next names after this one that only one division has."""
        first = bisect_right(self._only, index, key=itemgetter(0))
        return (code for _, code in self._only[first : first + _FARTHEST])


def _held_by(named: Iterable[str], codes: Sequence[str]) -> str | None:
    """The code that is, or alone shares its prefecture or else province with, the first division that decides."""
    for other in named:
        if other in codes:
            return other
        for ancestor in gazetteer.ancestors(other)[1:]:
            held = [code for code in codes if gazetteer.holds(ancestor, code)]
            if len(held) == 1:
                return held[0]
            if held:
                break
    return None
