"""Agencies and institutions by their whole name: government, Party, courts, institutions, companies, societies.

A name is read from its ending to the left. One automaton finds endings and whole names (see `agency_names`); then
  whole      民政部, 国务院办公厅, 清华大学                     known as they stand
  department place or level + 民政厅, 财政局, 卫生健康委         河南省民政厅, 市财政局
  compound   place or level + duties + 局, 厅                  琼中县旅游和文化广电体育局
  body       place or level + 人民政府, 残联, 省委, 法院         荆州区人民政府, 省委
  unit       a body + 办公厅, 组织部, 社会工作处                 青海省委办公厅
  listed     a bare department after a whole one                河南省民政厅、财政厅
  tail       place or level + name + 中心, 协会, 有限公司        湖北省武汉市逸飞社会工作服务中心
What lacks its place or level is a common noun (各级民政局, 社工服务中心) and gives nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from extractors import agency_names as names
from extractors.mention import Mention, NameValue
from extractors.person_names import SURNAMES
from extractors.text import Text

_DEPARTMENTS = frozenset(stem + ending for stem in names.STEMS for ending in ("厅", "局")) | frozenset(
    stem + ending for stem in names.COMMISSION_STEMS for ending in ("委", "委员会")
)
_KINDS: dict[str, str] = {
    **dict.fromkeys(names.TAILS, "tail"),
    **dict.fromkeys(names.INNER, "unit"),
    **dict.fromkeys(_DEPARTMENTS, "department"),
    **dict.fromkeys(names.BODIES, "body"),
    **dict.fromkeys(names.PARTY, "party"),
    **dict.fromkeys(names.NATIONAL | names.YOUTH_LEAGUE, "whole"),
    **dict.fromkeys(names.BLOCKERS, "blocker"),
    **dict.fromkeys(("局", "厅", "总局"), "compound"),
}
_PATTERNS = list(_KINDS)
_AUTOMATON = AhoCorasick(_PATTERNS, matchkind=MatchKind.LeftmostLongest)

_STATE = "中华人民共和国"
_COUNTRY = (_STATE, "国务院", "国家", "中国", "中华", "全国", "中央")
_PARTY_BEFORE = regex.compile(r"(?r)(?:中国共产党|中共|共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)")
_LEVEL = regex.compile(r"(?r)(?:自治区|自治州|兵团|开发区|高新区|新区|综合实验区|[省市县区州盟旗])")
_VERBS_BEFORE = frozenset("受报经由向送请给致告至找往赴与同到和及从据对将被在号")
"""Verbs and prepositions, and the end of an address, that the segmenter may join to the level after them: 从市|民政局."""

_LEVEL_WORD = regex.compile(r"(?r)\p{Han}{2,6}[省市县区州盟旗]")
_GENERIC_BEFORE = regex.compile(
    r"(?r)(?:[各本该全每级跨外两三此]|(?<!会|共|协|陪)同|(?:^|[^\p{Han}]|[\p{Han}&&[各级由和与]])[省市县区州盟旗乡镇][、/和与及或]|"
    r"[省市县区州盟旗乡镇]|[省市县区州盟旗乡镇][)）][、/和与及或]?|[/·]|帮扶|贫困|试点|示范|重点|达标|所在|所属|当地|其他|有关|相关|任何|原属|设区的)",
    flags=regex.V1,
)
"""What makes the level after it generic: 各市民政局, 市、县民政局, 市（州）、县民政局."""

_NOT_AFTER = regex.compile(r"长(?![期效远久沙春江三])|门|[托派培]|员(?!工)|们|制(?!定|订)|化|式|法(?!制|院|规)")
_NOT_AFTER_STARTS = frozenset("长门员们制化式法托派培")
"""What after a name's ending makes another word of it: 财政局长, 民政部门, 省委员."""

_SESSION = regex.compile(r"\p{Han}{1,3}次会议")
"""After 全国人大: one of its sessions, an event."""

_ZONE_NAME = regex.compile(r"(?r)(?:^|(?<=[^\p{Han}]))(?![各本该全])\p{Han}{2,3}")
"""The name of a development zone or new area, where a sentence or clause begins with it: 坪山新区."""

_OURS = re.compile(r"[我本全该][省市县区州]")
_SEPARATOR = regex.compile(r"\s*[、和与及]\s*|\s+|\s*(?:会同|联合)\s*")
_UNIT = regex.compile(
    r"(?:\p{Han}(?![司处科局股])){1,11}\p{Han}?(?:司|处|科|局|股|站|所)(?=[司处科局股站所]长|[^\p{Han}]|$|有关|负责|副|一级|二级|主任|工作人员|收(?=[。，）])|联系|咨询|备案|提交|受理|"
    + f"[{''.join(sorted(SURNAMES))}]"
    + r"\p{Han}{1,3}[，,、（(\s]|\p{Han}{2,5}，(?:联系)?电话)"
)
"""A division of a department, where what follows shows its end: 民政部慈善事业促进司有关负责人."""
_OF_ANOTHER = regex.compile(r"(?:部|署|总局|委员会)\p{Han}{2,}")
"""民政部　财政部　市场监管总局: bodies of their own, set side by side."""
_PROCUREMENT = regex.compile(r"政府采购(?:监督)?(?:管理)?(?:办公室|办|科|股|处)")
_BRANCH = regex.compile(r"(?:\p{Han}{2,8}(?:分公司|支公司|分行|支行|院区|分院|校区|分中心))(?!区)")
"""What follows the name of a company, hospital or school: 有限公司海南分公司, 市人民医院太原路院区."""
_LOCAL_OFFICE = regex.compile(r"\p{Han}{1,6}[市县区旗]分局")
"""What follows the name of a department: 生态环境局东山县分局."""
_HOLDING = regex.compile(
    r"(?r)(?:国家电网|国网|中国石油|中国石化|中国移动|中国电信|中国联通|中国铁塔|中国邮政|中国人寿|中国人保|南方电网|华能|大唐|中铁|中建|中交)(?:公司)?"
)
"""What stands before the place in the name of a subsidiary: 国网拜泉县供电公司."""
_SET_UP = regex.compile(
    r"(?r)(?:成立|组建|设立)(?:了)?(?:以[^，。；]{1,16}(?:的|，))?(?P<name>(?:\p{Han}(?<![由为的])){2,18})"
)
"""成立秸秆利用工作专班: a body that the text itself sets up needs no place."""
_TASK_FORCES = frozenset(
    {"领导小组", "工作专班", "专班", "指挥部", "协调小组", "工作小组", "委员会", "组委会", "联席会议"}
)
_LEVEL_FORCE = regex.compile(r"(?r)(?:^|[，。；、：\n（的由将报])(?P<name>[省市县区州](?:\p{Han}(?<![由为的])){2,18})")
_MASS_UNIT = regex.compile(r"(?:\p{Han}{2,8})部(?=[^\p{Han}]|$|主任|部长|负责|联系|咨询)")
_LEAD = regex.compile(r"\p{Han}{0,12}?(?:自治区|自治州|省|市|州|盟|县|区|旗)(?=\p{Han}{3})")
_DUTIES = regex.compile(rf"(?r)(?:{'|'.join(names.DUTIES)})+")
_DIVISION = regex.compile(r"(?r)(?:第)?[一二三四五六七八九十]{1,3}师")
"""A division of the 新疆生产建设兵团, which has departments like a prefecture."""
_OF_DIVISION = regex.compile(r"第[一二三四五六七八九十]{1,3}师")
_ZONE = regex.compile(
    r"(?r)(?:经济技术开发区|高新技术产业开发区|经济开发区|开发区|高新区|新区|示范区|试验区|保税区|自贸区)"
)
_BEFORE_SCHOOL = regex.compile(
    r"(?r)(?:[^\p{Han}]|^|[和与及由在向经]|(?:委托|联合|依托|会同|来自|聘请|邀请))(?P<name>(?![各该本全某等多几])\p{Han}{2,5})"
)
_STREET = regex.compile(
    r"(?r)(?:[^\p{Han}]|^|会同|联合|[和与及由])(?P<name>(?![各该本全某等多几原]|会同|联合)\p{Han}{2,4})"
)
"""The name of a subdistrict, where a clause or an item begins with it: 西门街道办事处."""
_ZONE_AUTHORITY = regex.compile(
    r"(?r)(?:[^\p{Han}]|^|[和与及由在])(?P<name>(?![各该本全某等多原省市国]|有关|所在)\p{Han}{2,8}"
    r"(?:开发区|新区|高新区|风景区|风景名胜区|示范区|试验区|实验区|保税区|合作区|度假区|园区|产业园|保护区))"
)
"""The name of a zone in the same place: 九华山风景区管委会."""
_TOWN = regex.compile(
    r"(?r)(?:[^\p{Han}]|^|会同|联合|[和与及由])(?P<name>(?![各该本全某等多几原乡镇]|所在|会同|联合)\p{Han}{2,4})"
)
"""The name of a town or township: 曲阳乡人民政府."""
_IN_TOWN = regex.compile(
    r"(?r)(?:[^\p{Han}]|^|会同|联合|[和与及由])(?P<name>(?![各该本全某等多几原乡镇]|所在|会同|联合)\p{Han}{2,4}[乡镇])"
)
_NAMED_BEFORE = {
    **dict.fromkeys(("乡人民政府", "镇人民政府", "乡政府", "镇政府"), _TOWN),
    "卫生院": _IN_TOWN,
    "街道办事处": _STREET,
    "管委会": _ZONE_AUTHORITY,
    "管理委员会": _ZONE_AUTHORITY,
}
"""Endings before which a name of its own may stand without its place."""
_BRACKETED_PART = regex.compile(r"(?r)[(（](?:\p{Han}{2,6})[)）]")
_NAME_WORD = regex.compile(r"[\p{Han}A-Za-z0-9·]+")
_MAX_NAME = 28
_MAX_BARE_NAME = {"中心": 8, "基金会": 10}
_SCHOOLS = ("大学", "学院")
_ZONE_BODIES = ("管委会", "管理委员会")
"""Authorities of zones, which have departments of their own."""
_NUMBERED = regex.compile("第[一二三四五六七八九十]{1,2}")
"""南丰县第三小学: a number that is all of a name."""
_CENSUS = regex.compile(r"(?r)第[一二三四五六七八九十]{1,2}次")
"""秀洲区第五次全国经济普查领导小组: which of the national censuses a place has a body for."""


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    rule: str
    ending: str


def find(text: Text, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """ORG mentions of a text in order, not overlapping.

    `mentions` gives the PROVINCE and PLACE mentions, with which names begin, and the TITLE mentions, inside of which
    there are none.
    """
    for name in _Reader(text, mentions).read():
        value = NameValue("".join(text.printed[name.start : name.end].split()))
        yield Mention(name.start, name.end, "ORG", value, f"org.{name.rule}")


def complete(name: str, previous_names: Sequence[str]) -> str:
    """A bare department of a joint list with the leading place or level of those before it, else the name itself.

    财政厅 after 河南省民政厅 → 河南省财政厅; 发展改革委 after 民政部 → 国家发展改革委.
    """
    if name not in _DEPARTMENTS and name not in names.INNER:
        return name
    for previous in reversed(previous_names):
        if previous in names.NATIONAL:
            national = f"国家{name}"
            return national if national in names.NATIONAL else name
        cores = [(at, index) for index, at, _ in _AUTOMATON.find_matches_as_indexes(previous)]
        for at, index in cores:
            kind = _KINDS[_PATTERNS[index]]
            if kind not in ("department", "body", "party"):
                continue
            body = at + (1 if kind == "party" else 0)
            if name in names.INNER and name not in _DEPARTMENTS:
                body = at + len(_PATTERNS[index])
            if body:
                return previous[:body] + name
        if (lead := _LEAD.match(previous)) is not None:
            return lead.group() + name
    return name


class _Reader:
    """Reads the names of one text from left to right."""

    def __init__(self, text: Text, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.chars = text.chars
        self.titles = [(m.start, m.end) for m in mentions if m.label == "TITLE"]
        self.places: dict[int, int] = {}
        for mention in mentions:
            if mention.label in ("PROVINCE", "PLACE"):
                self.places[mention.end] = min(mention.start, self.places.get(mention.end, mention.start))
        self.place_starts = frozenset(self.places.values())
        self.levels = {self.chars[end - 1] for end in self.places if end}
        self.found: list[_Name] = []

    def read(self) -> list[_Name]:
        bare: list[_Name] = []
        for index, start, end in _AUTOMATON.find_matches_as_indexes(self.chars):
            pattern = _PATTERNS[index]
            kind = _KINDS[pattern]
            if kind == "blocker" or self._in_title(start) or self._is_other_word(pattern, kind, end):
                continue
            name = self._name(kind, pattern, start, end)
            if name is not None:
                self._add(name)
            elif kind == "department":
                bare.append(_Name(start, end, "listed", pattern))
        self._add_before_national(bare)
        self._add_again()
        return sorted(self.found, key=lambda name: name.start)

    def _is_other_word(self, pattern: str, kind: str, end: int) -> bool:
        """Whether what follows makes another word of the ending: 财政局长, 省人|大力."""
        following = self.chars[end : end + 1]
        if following in _NOT_AFTER_STARTS and following and _NOT_AFTER.match(self.chars, end):
            return True
        return kind == "body" and len(pattern) == 2 and following.isalpha() and not self.text.is_word_edge(end)

    def _in_title(self, position: int) -> bool:
        index = bisect_right(self.titles, (position, len(self.chars))) - 1
        return index >= 0 and position < self.titles[index][1]

    def _add(self, name: _Name) -> None:
        if name.rule in ("department", "whole", "unit", "body") or name.ending.endswith(("局", "委员会", "委")):
            unit = None if name.end in self.place_starts else _UNIT.match(self.chars, name.end)
            unit = unit or _PROCUREMENT.match(self.chars, name.end)
            if unit is None and name.ending.endswith(("联", "会", "社")):
                unit = _MASS_UNIT.match(self.chars, name.end)
            unit = unit or (_OF_DIVISION.match(self.chars, name.end) if name.ending in names.LED else None)
            if (
                unit is not None
                and unit.group() not in names.NATIONAL
                and not _OF_ANOTHER.search(unit.group())
                and not any(
                    w in unit.group()
                    for w in ("有关", "相关", "各", "等", "和", "的", "会同", "联合", "牵头", "报", "由")
                )
            ):
                name = replace(name, end=unit.end(), rule="unit")
        if name.rule == "department" and (office := _LOCAL_OFFICE.match(self.chars, name.end)):
            name = replace(name, end=office.end())
        if (name.rule in ("institution", "company") or name.ending.endswith("银行")) and (
            branch := _BRANCH.match(self.chars, name.end)
        ):
            name = replace(name, end=branch.end())
        if self.found and self.found[-1].start <= name.start and name.end <= self.found[-1].end:
            return
        while self.found and self.found[-1].end > name.start:
            self.found.pop()
        self.found.append(name)

    def _name(self, kind: str, pattern: str, start: int, end: int) -> _Name | None:
        previous = self.found[-1] if self.found else None
        if kind in ("unit", "body", "department") and pattern in names.INNER and previous and previous.end == start:
            return replace(previous, end=end, rule="unit")
        if kind == "department" and previous and previous.end == start and previous.ending in _ZONE_BODIES:
            return replace(previous, end=end, rule="department")
        if kind == "whole":
            return self._whole(pattern, start, end)
        if kind == "tail":
            return self._tail(pattern, start, end)
        if kind == "compound":
            return self._compound(pattern, start, end)
        core = start + 1 if kind == "party" else start
        lead = self._lead(core)
        if lead is None and (kind == "department" or pattern == "办公室"):
            compound = self._compound(pattern, start, end)
            if compound is not None:
                return compound
        if lead is None and kind == "department" and previous and previous.end == start and previous.rule == "whole":
            lead = start
        if lead is not None:
            lead = self._with_head_office(lead)
            return _Name(lead, end, "body" if kind == "party" else kind if kind != "unit" else "body", pattern)
        if kind in ("department", "unit") and previous and self._is_listed(previous, kind, start):
            return _Name(start, end, "listed", pattern)
        return None

    def _compound(self, pattern: str, start: int, end: int) -> _Name | None:
        duties = _DUTIES.match(self.chars, endpos=start, pos=max(0, start - _MAX_NAME))
        if duties is None or end - duties.start() < len("水务局"):
            return None
        if pattern == "办公室" and duties.group() in names.DUTIES:
            return None
        lead = self._lead(duties.start())
        return _Name(lead, end, "department", pattern) if lead is not None else None

    def _with_head_office(self, start: int) -> int:
        """Start of the body with offices of its own in all places whose name ends here, else the position itself."""
        previous = self.found[-1] if self.found else None
        heads = previous is not None and previous.end == start and previous.rule == "whole"
        if previous and heads and (previous.ending in names.VERTICAL or previous.ending in names.LED):
            return previous.start
        return start

    def _is_listed(self, previous: _Name, kind: str, start: int) -> bool:
        wanted = ("department", "listed", "whole") if kind == "department" else ("unit",)
        gap = self.chars[previous.end : start]
        return previous.rule in wanted and _SEPARATOR.fullmatch(gap) is not None and gap.strip() != ""

    def _whole(self, pattern: str, start: int, end: int) -> _Name | None:
        if _SESSION.match(self.chars, end):
            return None
        if len(pattern) < 4 and not (self.text.is_word_edge(start) or self.text.is_word_edge(end)):
            return None
        if not self.text.is_word_edge(end) and self.text.is_known(self.chars[end - 1 : end + 1]):
            return None  # 商务|部分
        if self.chars.endswith(_STATE, 0, start):
            start -= len(_STATE)
        return _Name(start, end, "whole", pattern)

    def _lead(self, end: int) -> int | None:
        """Start of the places, the level (省, 市, 自治区) or the 中国, 国家 that end here, None if there are none."""
        start = end
        while start in self.places:
            start = self.places[start]
        if start < end:
            party = _PARTY_BEFORE.match(self.chars, endpos=start, pos=0)
            return int(party.start()) if party else start
        for country in _COUNTRY:
            if self.chars.endswith(country, 0, end):
                return end - len(country)
        division = _DIVISION.match(self.chars, endpos=end, pos=0)
        if division is not None and any(name.ending in names.LED for name in self.found):
            return int(division.start())
        return self._level(end)

    def _level(self, end: int) -> int | None:
        level = _LEVEL.match(self.chars, endpos=end, pos=0)
        if level is None:
            return None
        start: int = level.start()
        if len(level.group()) > 1 and start not in self.places:
            zone = _ZONE_NAME.match(self.chars, endpos=start, pos=0)
            if zone is not None and level.group() not in ("自治区", "自治州"):
                return int(zone.start())
        if not self.text.is_word_edge(start) and self.chars[start - 1] not in _VERBS_BEFORE:
            return self._unlisted_place(end)
        begins = not start or not self.chars[start - 1].isalnum()
        if (
            level.group() in ("县", "区", "旗", "州", "盟")
            and level.group() not in self.levels
            and not (begins and level.group() in ("州", "盟"))
        ):
            return None
        before = self.chars[max(0, start - 4) : start]
        if _GENERIC_BEFORE.match(before, endpos=len(before), pos=0) and start not in self.places:
            return None
        while start in self.places:
            start = self.places[start]
        return start

    def _unlisted_place(self, end: int) -> int | None:
        """Start of a word such as 石狮市 that ends in a level and is no common noun."""
        start = self._word_start(end)
        word = self.chars[start:end]
        if (
            word in names.NO_PLACE
            or not 2 <= len(word) <= 7
            or not _LEVEL_WORD.fullmatch(word)
            or word[0] in "各本该全每"
            or any(c in "和与及同由对向" for c in word[1:-1])
        ):
            return None
        return start

    def _word_start(self, end: int) -> int:
        """Start of the word that holds the character before `end`."""
        words = self.text.words
        return words[bisect_right(words, (end - 1, len(self.chars))) - 1][0]

    def _tail(self, pattern: str, start: int, end: int) -> _Name | None:
        if self.chars.startswith(("街道", "路", "大街"), end):
            return None  # 西陵区学院街道
        joined = not self.text.is_word_edge(end) and self.chars[end : end + 1].isalnum()
        if joined and not self.chars.startswith(
            ("校长", "院长", "主任", "理事", "会长", "副会长", "秘书长", "会员", "专家"), end
        ):
            return None
        begin, lead_end, lead = self._walk(start, company=pattern.endswith("公司"))
        middle = self.chars[lead_end:start]
        if lead == "inside" and self.found:
            return replace(self.found[-1], end=end, rule="institution")
        if lead == "none":
            if (
                pattern.endswith(("局", "中心", "研究院", "研究所"))
                and (compound := self._compound(pattern, start, end)) is not None
            ):
                return compound  # 苏州市园林和绿化|管理局
            set_up = _SET_UP.match(self.chars, endpos=start, pos=0) if pattern in _TASK_FORCES else None
            set_up = set_up or (
                _LEVEL_FORCE.match(self.chars, endpos=start, pos=0) if pattern in _TASK_FORCES else None
            )
            if set_up is not None and self._is_proper(set_up.start("name"), start):
                return _Name(set_up.start("name"), end, "institution", pattern)
            return self._bare(pattern, begin, start, end)
        if pattern in ("小学", "中学") and middle.endswith("中"):
            return None
        if lead == "country" and (len(middle) < 2 or pattern not in names.COUNTRYWIDE):
            return None
        if not middle and pattern not in names.BARE_TAILS:
            return None
        if len(middle) == 1 and pattern == "中心":
            return None
        numbered = _NUMBERED.fullmatch(middle) is not None
        if pattern in names.PROPER_NEEDED and not numbered and not self._is_proper(lead_end, start):
            return None
        census = _CENSUS.match(self.chars, endpos=begin, pos=0) if lead == "country" else None
        if census is not None and (place := self._lead(census.start())) is not None:
            begin = place
        holding = _HOLDING.match(self.chars, endpos=begin, pos=0) if pattern.endswith("公司") else None
        begin = holding.start() if holding is not None else begin
        return _Name(self._with_head_office(begin), end, "institution", pattern)

    def _bare(self, pattern: str, begin: int, start: int, end: int) -> _Name | None:
        """A name without place: companies and foundations of a proper name, and universities that are one word."""
        if pattern in _SCHOOLS:
            word = self._word_start(end)
            known = end - word >= 4 and self.chars[word:end] not in names.NO_SCHOOL and word < start
            if not known and (before := _BEFORE_SCHOOL.match(self.chars, endpos=start, pos=0)) is not None:
                word = before.start("name")
                known = self.chars[word:end] not in names.NO_SCHOOL and self._is_proper(word, start)
            return _Name(word, end, "institution", pattern) if known else None
        named = _NAMED_BEFORE.get(pattern)
        if named is not None and (street := named.match(self.chars, endpos=start, pos=0)) is not None:
            return _Name(street.start("name"), end, "institution", pattern)
        ours = _OURS.match(self.chars, begin)
        begin = ours.end() if ours and ours.end() < start else begin
        limit = next((size for tail, size in _MAX_BARE_NAME.items() if pattern.endswith(tail)), _MAX_NAME)
        if pattern not in names.STRONG_TAILS or not 2 <= start - begin <= limit or not self._is_proper(begin, start):
            return None
        return _Name(begin, end, "company", pattern)

    def _is_proper(self, start: int, end: int) -> bool:
        """Whether a stretch of a name holds more than common nouns."""
        position = end
        while position > start:
            word = max(start, self._word_start(position))
            if self.chars[word:position] not in names.COMMON_PARTS:
                return True
            position = word
        return False

    def _walk(self, tail: int, *, company: bool) -> tuple[int, int, str]:
        """From an ending leftwards: start of the name, end of its lead, and the lead's kind.

        The kind is place, level, country, inside (the name of a body stands right before) or none.
        """
        position = tail
        while position > 0 and tail - position < _MAX_NAME:
            zone = _ZONE.match(self.chars, endpos=position, pos=0) if self.chars[position - 1] == "区" else None
            if zone is not None and (level := self._level(position)) is not None and level < zone.start():
                return level, position, "level"
            if position in self.places:
                lead = self._lead(position)
                return (position if lead is None else lead), position, "place"
            if self.found and self.found[-1].end == position:
                return position, position, "inside"
            closed = self.chars[position - 1] in ")）"
            bracket = _BRACKETED_PART.match(self.chars, endpos=position, pos=0) if closed else None
            if bracket is not None and self._is_company_part(bracket.group()):
                position = bracket.start()
                continue
            word = self._word_start(position)
            known = self.found[-1].end if self.found else 0
            for end in range(position - 1, word, -1):
                if end in self.places or end == known:
                    word = end
                    break
            part = self.chars[word:position]
            if part in _COUNTRY:
                return word, position, "inside" if self.found and self.found[-1].end == word else "country"
            country = next((name for name in _COUNTRY if part.startswith(name)), None)
            if country is not None:
                return word, word + len(country), "country"  # 中国人口|学会: one word with what follows it
            joined = len(part) == 2 and part[0] in _VERBS_BEFORE
            if (part[1:] if joined else part) in ("省", "市", "自治区", "县", "区", "州"):
                lead = self._level(position)
                if lead is not None:
                    return lead, position, "level"
                if part in ("省", "市") or not self.chars[word - 1 : word].isalpha():
                    return position, position, "none"
            in_company = part in names.COMMON_PARTS or (word in self.places and position not in self.place_starts)
            stops = part in names.WALK_STOPS and not (company and in_company)
            counted = part.isdigit() and self.chars[word - 1 : word] != "第"
            if stops or counted or not _NAME_WORD.fullmatch(part):
                break
            position = word
            if len(part) > 2 and part[-1] in "省市县" and self._unlisted_place(word + len(part)) is not None:
                return word, word + len(part), "place"
        return position, position, "none"

    def _is_company_part(self, bracketed: str) -> bool:
        return bracketed[1:-1] in names.COMPANY_PARTS

    def _add_before_national(self, bare: Sequence[_Name]) -> None:
        """Bare commissions at the head of a list of national bodies: 发展改革委、民政部."""
        starts = {name.start: name for name in self.found if name.rule == "whole"}
        for name in reversed(bare):
            gap = _SEPARATOR.match(self.chars, name.end)
            if gap is not None and gap.end() in starts and f"国家{name.ending}" in names.NATIONAL:
                starts[name.start] = name
                self.found.append(name)

    def _add_again(self) -> None:
        """A name that was given with its place, standing later without it."""
        taken = bytearray(len(self.chars))
        for name in self.found:
            taken[name.start : name.end] = b"\1" * (name.end - name.start)
        sought: set[str] = set()
        for name in list(self.found):
            if name.rule != "institution":
                continue
            lead = max((end for end in self.places if name.start < end < name.end), default=name.start)
            rest = self.chars[lead : name.end]
            if lead == name.start or len(rest) < 6 or not self._is_proper(lead, name.end - len(name.ending)):
                continue
            if rest in sought:
                continue
            sought.add(rest)
            at = self.chars.find(rest)
            while at >= 0:
                end = at + len(rest)
                if taken.find(1, at, end) < 0 and not self._in_title(at):
                    self.found.append(_Name(at, end, "again", name.ending))
                    taken[at:end] = b"\1" * len(rest)
                at = self.chars.find(rest, end)
