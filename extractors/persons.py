"""Full names of people: surname, given name of one or two characters, and a context that shows that it is a name.

  office   an office or role before it                     局长王林, （记者李明明）
  subject  a verb or form of address after it              陈兰兰说, 李纪恒部长指出
  field    a field of a form or a byline                   联系人：张三
  body     an agency right before it, in a list or a line  州财政局杜彦军，
  listed   beside another name                             王林、李明明、张三出席
  again    a name found elsewhere in the text              陈兰兰所称的
A surname alone (王某, 李先生) is no full name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from extractors import person_names as names
from extractors.mention import Mention, NameValue
from extractors.text import Text

_CUES = sorted(names.OFFICES | names.STYLES | names.VERBS | names.FIELDS)
_FIELDS_AND_OFFICES = names.FIELDS | names.OFFICES
_AUTOMATON = AhoCorasick(_CUES, matchkind=MatchKind.LeftmostLongest)

_SURNAME_STARTS = names.SURNAMES | {surname[0] for surname in names.COMPOUND_SURNAMES}
_NOT_GIVEN = frozenset(
    "的了和与及在是有等对将把被从到向由以并也都不未某说称其该本这那我你他她各您们者所个总副部厅局省市县区处科任员第共至按经给让使还又就要会某为则却仍便才已"
)
"""Characters that end a name: words of grammar and the beginnings of offices."""

_MINORITY = regex.compile(r"\p{Han}{1,6}(?:·\p{Han}{1,8}){1,3}")
_AFTER = frozenset("在对向就从和与及为于任等同把将是的也还给到担则以说主副率摄称某")
"""Characters that may follow a name, beside punctuation, a verb or a form of address."""

_BEFORE = frozenset("由和与及向对据请是")
_ROLE = re.compile(rf"[工师员户长手匠嫂农兵娘模医者](?=[{''.join(sorted(names.SURNAMES))}])")
_HAN = regex.compile(r"\p{Han}")
_BYLINE = regex.compile(r"(?m)^[\uFFFD\s]*(?P<name>\p{Han}{2,4})[ /　]?(?:摄|文|图|绘)$")
_BYLINE_END = re.compile(r"(?m)[摄文图绘]$")
"""Few texts have such a line, and it is found at a tenth of the time."""
_CONTACT = re.compile(
    r"[，,、：:（( ][，,、：:（( ]?(?:(?:联系|办公|咨询)?(?:电话|手机|联系方式|座机)|0[0-9]{2,3}[-—－][0-9]{7,8})"
)
_ATTENDANCE = regex.compile(
    rf"(?:{'|'.join(sorted(names.ATTENDANCE, key=len, reverse=True))})[：:]|\p{{Han}}{{1,4}}组[：:](?=\p{{Han}}{{2,4}}[、，])|联系人[：:](?=\p{{Han}}{{2,5}}[、，])"
)
_ATTENDANCE_CUE = re.compile(rf"(?:{'|'.join(sorted(names.ATTENDANCE))}|组|联系人)[：:]")
"""What no list of those present is without, found at a fiftieth of the time."""
_PIECE = regex.compile(r"(?<!\p{Han})\p{Han}[ \t]+\p{Han}(?!\p{Han})|[\p{Han}·]{2,}")
_LINE_END = regex.compile(r"[\n。；]")
_LIST_END = regex.compile(r"[^\p{Han}]")
_LONGEST_RUN = 60
_FUNCTION = frozenset("在将已并对向就会上中也都还要与和等为从把被让给再又")
_LEADS = (
    "局长",
    "主任",
    "书记",
    "部长",
    "主席",
    "市长",
    "县长",
    "区长",
    "省长",
    "州长",
    "镇长",
    "乡长",
    "厅长",
    "处长",
    "科长",
    "院长",
    "校长",
    "所长",
    "站长",
    "队长",
    "河长",
    "经理",
    "总监",
    "工程师",
    "秘书长",
    "理事长",
    "董事长",
    "会长",
)
_SPACES = frozenset(" \t\u3000")
_GAP = regex.compile(r"[ \t\u3000]*")
_COLON = regex.compile(r"[ \t\u3000]*[:：][ \t\u3000]*")
_BETWEEN = regex.compile(r"(?:（[^（）\n]{1,14}）)?[、和与及，]|[ \t\u3000]+")
_ADVERBS = ("对此", "为此", "日前", "近日", "随后", "最后", "同时", "此外")
_DOCTRINE = ("新时代", "思想", "理论", "法治思想")
"""After a name: what is named after its bearer is no mention of the person."""


def find(text: Text, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """PERSON mentions of a text in order, not overlapping.

    `mentions` are those found so far: nothing that overlaps a PROVINCE, PLACE, ORG or TITLE is a person.
    """
    found = _Reader(text, mentions).read()
    for start in sorted(found):
        end, rule = found[start]
        yield Mention(start, end, "PERSON", NameValue("".join(text.printed[start:end].split())), f"person.{rule}")


class _Reader:
    """Reads the names of one text: by their contexts, then beside each other, then everywhere."""

    def __init__(self, text: Text, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.chars = text.chars
        taken = sorted((m.start, m.end) for m in mentions if m.label in ("PROVINCE", "PLACE", "ORG", "TITLE"))
        self.taken_from = frozenset(start for start, _ in taken)
        self.taken_starts = [start for start, _ in taken]
        self.taken_ends = [end for _, end in taken]
        for index in range(1, len(taken)):
            self.taken_ends[index] = max(self.taken_ends[index], self.taken_ends[index - 1])
        self.agency_ends = {m.end for m in mentions if m.label == "ORG"}
        self.found: dict[int, tuple[int, str]] = {}
        self.cue_starts: dict[int, int] = {}
        self.cue_ends: set[int] = set()
        self.field_ends: set[int] = set()

    def read(self) -> dict[int, tuple[int, str]]:
        cues = _AUTOMATON.find_matches_as_indexes(self.chars)
        self.byline_starts = {start for index, start, _ in cues if _CUES[index] in names.BYLINES}
        for index, start, end in cues:
            self.cue_starts[start] = index
            if _CUES[index] in names.OFFICES:
                self.cue_ends.add(end)
            if _CUES[index] in names.FIELDS:
                self.field_ends.add(end)
        for index, start, end in cues:
            cue = _CUES[index]
            if cue in names.FIELDS:
                colon = _COLON.match(self.chars, end)
                if colon is not None and self._run(colon.end()):
                    continue
                if cue in names.BYLINES and colon is None and self._run(end, least=1):
                    continue
                if colon is None and cue in names.BYLINES:
                    self._add(end, self._forward(end, strict=True), "byline")
                if colon is not None:
                    self._add(colon.end(), self._forward(colon.end(), strict=True), "field")
                    continue
            if cue in names.OFFICES:
                self._after_office(end)
            if cue in names.VERBS or cue in names.STYLES:
                self._before_verb(start)
        for match in _ROLE.finditer(self.chars):
            if _HAN.match(self.chars, max(0, match.start() - 1), match.start()):
                self._after_role(match.end())
        for attendance in _ATTENDANCE.finditer(self.chars) if _ATTENDANCE_CUE.search(self.chars) else ():
            self._list(attendance.end())
        for byline in _BYLINE.finditer(self.chars) if _BYLINE_END.search(self.chars) else ():
            if self._is_name(*byline.span("name")):
                self._add(byline.start("name"), byline.end("name"), "byline")
        for match in _CONTACT.finditer(self.chars):
            self._before_contact(match.start())
        for end in sorted(self.agency_ends):
            self._after_agency(end)
        for start in sorted(self.found):
            self._beside(start)
        self._again()
        return self.found

    def _list(self, start: int) -> None:
        """出席：贾力恒、州财政局杜彦军，赛力克·哈布都: each piece behind the label is a person, after the body it names."""
        stop = _LINE_END.search(self.chars, start)
        for piece in _PIECE.finditer(self.chars, start, stop.start() if stop else len(self.chars)):
            begin, end = piece.span()
            index = bisect_left(self.taken_starts, end)
            if index and self.taken_ends[index - 1] > begin:
                begin = self.taken_ends[index - 1]
            name = self.chars[begin:end]
            if name[1:2] in (" ", "\t") and name[0] in names.SURNAMES:
                self._add(begin, end, "listed")  # a name of two characters, set wide
                continue
            is_new = 2 <= len(name) <= 5 and not self.text.is_known(name) and not name.endswith(tuple(names.NO_PERSON))
            if "·" in name or self._is_name(begin, end) or (is_new and self._is_rare(begin, end)):
                self._add(begin, end, "listed")

    def _is_rare(self, start: int, end: int) -> bool:
        """Whether a stretch reads as names of other languages do: not as words, but as single characters or as nothing known."""
        words = self.text.words
        index = bisect_left(words, (start, start))
        inside = []
        while index < len(words) and words[index][1] <= end:
            inside.append(self.chars[slice(*words[index])])
            index += 1
        singles = sum(len(word) == 1 for word in inside)
        return singles > 1 or any(len(word) > 1 and not self.text.is_known(word) for word in inside)

    def _run(self, start: int, least: int = 2) -> bool:
        """Names of a list that are printed with blanks between them alone, which layout has dropped: 出席：陈立新王海燕赵明."""
        stop = _LIST_END.search(self.chars, start)
        end = stop.start() if stop else len(self.chars)
        end = next((at for at in range(start + 2, end) if at in self.byline_starts), end)
        if not 2 <= end - start <= _LONGEST_RUN or (least < 2 and self.chars[end : end + 1] in ("，", "。")):
            return False
        cuts = self._cut(start, end)
        if cuts is None or len(cuts) <= least:
            return False
        for one, other in pairwise(cuts):
            self._add(one, other, "listed")
        return True

    def _cut(self, start: int, end: int) -> list[int] | None:
        """Where names that fill a stretch wholly begin and end, three characters to a name where that fits."""
        if start == end:
            return [end]
        surname = self._surname(start)
        for given in (2, 1) if surname else ():
            stop = start + surname + given
            if self.chars[stop - 1 : stop + 1] in names.COMPOUND_SURNAMES:
                continue
            if stop <= end and self._is_name(start, stop) and (rest := self._cut(stop, end)) is not None:
                return [start, *rest]
        return None

    def _after_office(self, end: int) -> None:
        start = end
        if not self.text.is_word_edge(end) and self.text.is_known(self.chars[end - 1 : end + 1]):
            return
        if self.chars[end : end + 1] in _SPACES:
            gap = _GAP.match(self.chars, end)
            start = gap.end() if gap else end
        if self._is_led(end):
            if self._plain_word(start):
                return
            if not self._is_plain(start) and (stop := self._foreign(start)) is not None:
                self._add(start, stop, "office")
                return
        weak = self.chars[start : start + 1] in names.WEAK_SURNAMES and not self._is_one_word(start, start + 3)
        self._add(start, self._forward(start, strict=start > end or weak), "office")

    def _is_led(self, end: int) -> bool:
        """Whether the office that ends here is one of authority (局长, 书记), and not a role that many have (居民)."""
        return self.chars.endswith(_LEADS, 0, end) and not self.chars.endswith("家长", 0, end)

    def _plain_word(self, start: int) -> bool:
        """副主任方正、: behind an office of authority even a common word is a name where it ends like one."""
        for size in (3, 2):
            end = start + size
            surname = self._surname(start)
            if not surname:
                continue
            given = self.chars[start + surname : end]
            following = self.chars[end : end + 1]
            cue = self.cue_starts.get(end)
            closes = following in ("、", "，", "。", "（", "\n", "；") or (
                cue is not None and _CUES[cue] in names.VERBS
            )
            whole = given and all("\u4e00" <= c <= "\u9fff" for c in given) and given[-1] not in _NOT_GIVEN
            name = self.chars[start:end]
            is_word = name not in names.NEVER_NAMES and (self.text.is_known(name) or self.text.is_known(given))
            free = not self._is_taken(start, end) and given not in names.STYLES and given not in names.VERBS
            if whole and closes and is_word and free:
                self._add(start, end, "office")
                return True
        return False

    def _is_plain(self, start: int) -> bool:
        """Whether a name of a Chinese surname stands here with a word or a verb right behind it."""
        end = self._forward(start)
        return end is not None and (end in self.cue_starts or self.text.is_known(self.chars[end : end + 2]))

    def _foreign(self, start: int) -> int | None:
        """End of a name of another language behind an office: 副局长勒格木果提出, 局长吉克阿木的汇报."""
        for end in range(start + 3, start + 6):
            cue = self.cue_starts.get(end)
            if cue is None or _CUES[cue] not in names.VERBS or self._is_taken(start, end):
                continue
            name = self.chars[start:end]
            ordinary = self._surname(start) and end - start == 3
            if not ordinary and all("\u4e00" <= c <= "\u9fff" for c in name) and not self.text.is_known(name):
                return end if self._is_rare(start, end) and not set(name) & _FUNCTION else None
        return None

    def _before_contact(self, end: int) -> None:
        """，苏日娜，电话: a name between commas before a telephone."""
        for size in (3, 2):
            start = end - size
            parted = start > 0 and not self.chars[start - 1].isalnum()
            named = start in self.field_ends or (size == 3 and self.text.is_word_edge(start))
            begins = (parted or named) and self.chars[start] in _SURNAME_STARTS
            if begins and self._is_name(start, end) and self._is_no_word(start, end):
                self._add(start, end, "contact")

    def _after_role(self, start: int) -> None:
        """绿化工冯德顺: a word for a kind of worker or resident, and a name of three characters that is no word."""
        end = start + 3
        if not self.text.is_word_edge(start) or start in self.found or not self._is_name(start, end):
            return
        one = self._is_one_word(start, end)
        if self.chars[start] in names.WEAK_SURNAMES and not one:
            return
        plain = self.text.is_known(self.chars[start + 1 : end]) and not self._may_end(start, end, strict=True)
        if self._is_cut_off(start, end) and (one or not plain):
            self._add(start, end, "role")

    def _after_agency(self, end: int) -> None:
        """州财政局杜彦军，: nobody but a person stands between an agency and a comma, if it is no word."""
        gap = _GAP.match(self.chars, end)
        start = gap.end() if gap else end
        name = self._forward(start, strict=True)
        if name is not None and self._is_no_word(start, name):
            self._add(start, name, "body")

    def _is_no_word(self, start: int, end: int) -> bool:
        """Whether no common word begins with a name's surname, or stands as the given name of a surname that is a word."""
        known, chars = self.text.is_known, self.chars
        if chars[start : start + 2] in names.COMPOUND_SURNAMES:
            return True
        if known(chars[start : start + 2]) or (known(chars[start:end]) and chars[start] not in names.SURNAMES):
            return False
        if chars[start] not in names.WEAK_SURNAMES:
            return True
        return end - start == 3 and (self._word_ends(start) == end or not known(chars[start + 1 : end]))

    def _before_verb(self, end: int) -> None:
        if not self.text.is_word_edge(end):
            return
        for size in (4, 3, 2):
            start = end - size
            if (
                start >= 0
                and self.chars[start] in _SURNAME_STARTS
                and self._is_name(start, end)
                and self._may_begin(start, end)
            ):
                self._add(start, end, "subject")
                return

    def _forward(self, start: int, *, strict: bool = False) -> int | None:
        """End of the name that begins here; `strict` asks for punctuation, a verb or an address after it."""
        minority = _MINORITY.match(self.chars, start) if "·" in self.chars[start : start + 8] else None
        if minority is not None:
            least = self.chars.rfind("·", start, minority.end()) + 2
            return next((end for end in range(least, minority.end() + 1) if self._ends_word(end)), None)
        surname = self._surname(start)
        if not surname:
            return None
        for given in (2, 1):
            end = start + surname + given
            if self._is_name(start, end) and self._may_end(start, end, strict=strict):
                return end
        return None

    def _surname(self, start: int) -> int:
        if self.chars[start : start + 2] in names.COMPOUND_SURNAMES:
            return 2
        return int(self.chars[start : start + 1] in names.SURNAMES)

    def _is_name(self, start: int, end: int) -> bool:
        surname = self._surname(start)
        given = self.chars[start + surname : end]
        if not 1 <= len(given) <= 2 or end > len(self.chars) or not given.isalpha() or given.isascii():
            return False
        if given in names.STYLES or given in names.VERBS:
            return False
        if surname == 0 or self.chars[start : start + 2] in names.NO_NAME:
            return False
        if given[-1] in _NOT_GIVEN or (given[0] in _NOT_GIVEN and not self._is_new_word(start, end)):
            return False
        return not self._is_taken(start, end)

    def _is_new_word(self, start: int, end: int) -> bool:
        """Whether the segmenter reads a name of three characters as one word that its dictionary does not have: 阮以宁."""
        return self.chars[start] not in names.WEAK_SURNAMES and self._is_one_word(start, end)

    def _is_one_word(self, start: int, end: int) -> bool:
        is_one = end - start == 3 and self._word_ends(start) == end
        return is_one and not self.text.is_known(self.chars[start:end])

    def _is_taken(self, start: int, end: int) -> bool:
        """Whether a place, agency or title overlaps the span."""
        index = bisect_left(self.taken_starts, end)
        return index > 0 and self.taken_ends[index - 1] > start

    def _may_end(self, start: int, end: int, *, strict: bool) -> bool:
        following = self.chars[end : end + 1]
        if not following or not following.isalnum():
            return following not in ("》", "·")
        if end in self.taken_from:
            return True
        cue = self.cue_starts.get(end)
        if cue is not None and (_CUES[cue] in names.VERBS or _CUES[cue] in names.STYLES):
            return True
        if cue is not None and self._is_no_word(start, end) and _CUES[cue] in _FIELDS_AND_OFFICES:
            return True
        if strict:
            return following in "等和与及为任同是" or following.isascii() or self.chars.startswith("今年", end)
        if following in "为任" or (following in _AFTER and self.text.is_word_edge(end)):
            return True
        if self.chars.startswith("关于", end) and self._is_no_word(start, end):
            return True
        if end - start == 2:
            return self._word_ends(start) == end and not self.text.is_known(self.chars[start:end])
        return end - start >= 3 and (self._word_ends(start) == end or self._is_cut_off(start, end))

    def _is_cut_off(self, start: int, end: int) -> bool:
        """Whether no word runs over the end of a name that itself is none: 居民|汪禾青|问到."""
        runs_on = not self.text.is_word_edge(end) and self.text.is_known(self.chars[end - 1 : end + 1])
        return not runs_on and self._is_no_word(start, end)

    def _ends_word(self, end: int) -> bool:
        following = self.chars[end : end + 1]
        return not following.isalnum() or end in self.cue_starts or following in _AFTER

    def _word_ends(self, start: int) -> int:
        """End of the word that begins at `start`, -1 if none does."""
        words = self.text.words
        index = bisect_left(words, (start, start))
        return words[index][1] if index < len(words) and words[index][0] == start else -1

    def _may_begin(self, start: int, end: int | None = None) -> bool:
        if start == 0 or start in self.cue_ends:
            return True
        before = self.chars[start - 1]
        if not before.isalnum():
            return before not in "《·"
        if self._is_style(end) and end is not None and end - start == 3 and self._word_ends(start) == end:
            return True
        if before in _BEFORE or self.chars.endswith(_ADVERBS, 0, start):
            return self.text.is_word_edge(start)
        if before == "的" and end is not None and end - start == 3:
            return self.text.is_word_edge(start) and self._is_no_word(start, end)
        return False

    def _is_style(self, position: int | None) -> bool:
        """Whether a form of address begins here."""
        cue = self.cue_starts.get(-1 if position is None else position)
        return cue is not None and _CUES[cue] in names.STYLES

    def _add(self, start: int, end: int | None, rule: str) -> None:
        if end is not None and start not in self.found:
            self.found[start] = (end, rule)

    def _beside(self, start: int) -> None:
        """Names joined to this one: forwards and backwards over 、 and spaces."""
        position = self.found[start][0]
        while (gap := _BETWEEN.match(self.chars, position)) is not None:
            end = self._forward(gap.end(), strict=True)
            if end is None or gap.end() in self.found or not self._is_list_end(end):
                break
            self._add(gap.end(), end, "listed")
            position = end
        position = start
        while position > 0 and self.chars[position - 1] == "、":
            end = position - 1
            sizes = (size for size in (3, 2) if end >= size and self._is_name(end - size, end))
            begin = next((end - size for size in sizes if self._may_begin(end - size)), None)
            if begin is None or begin in self.found:
                break
            self._add(begin, end, "listed")
            position = begin

    def _is_list_end(self, end: int) -> bool:
        following = self.chars[end : end + 1]
        return not following.isalnum() or end in self.cue_starts or following in "等和与及为任同"

    def _again(self) -> None:
        spans = sorted((start, end) for start, (end, _) in self.found.items())
        starts = [start for start, _ in spans]
        for name in sorted({self.chars[start:end] for start, end in spans}, key=lambda name: (-len(name), name)):
            at = self.chars.find(name)
            while at >= 0:
                end = at + len(name)
                index = bisect_right(starts, at) - 1
                free = (
                    not self.chars.startswith(_DOCTRINE, end)
                    and at not in self.found
                    and not (index >= 0 and spans[index][1] > at)
                )
                whole = len(name) > 2 or (self.text.is_word_edge(at) and self.text.is_word_edge(end))
                if free and whole and not self._is_taken(at, end):
                    self.found[at] = (end, "again")
                at = self.chars.find(name, end)
