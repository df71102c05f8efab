"""Full names of people: surname, given name of one or two characters, and a context that shows that it is a name.

  office   an office or role before it                     局长王林, （记者李明明）
  subject  a verb or form of address after it              陈兰兰说, 李纪恒部长指出
  field    a field of a form or a byline                   联系人：张三
  frame    what is told of nobody but a person              免去张三的职务, 李四，女，汉族
  dotted   two parts of a name of another language          赛力克·哈布都介绍
  body     an agency right before it, in a list or a line  州财政局杜彦军，
  listed   beside another name                             王林、李明明、张三出席
  new      a word that no dictionary has                   韦桂芳把车开来
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
from extractors.person_shapes import CUES, NOT_GIVEN, STRONG_SURNAMES, Shapes
from extractors.text import Text

_AUTOMATON = AhoCorasick(CUES, matchkind=MatchKind.LeftmostLongest)

_SURNAME_STARTS = names.SURNAMES | {surname[0] for surname in names.COMPOUND_SURNAMES}

_MINORITY = regex.compile(r"\p{Han}{1,6}(?:·\p{Han}{1,8}){1,3}")

_AFTER_NAME = frozenset("在对把将的说每家今现如从就刚正，。、（：")
_BEFORE = frozenset("由和与及向对据请是")
_ROLE = re.compile(rf"(?:[工师员户长手匠嫂农兵娘模医者]|[0-9]岁的)(?=[{''.join(sorted(names.SURNAMES))}])")
_HAN = regex.compile(r"\p{Han}")
_FRAMES = (
    regex.compile(
        r"(?<=任命|聘任|推选|选举|增补|提名|免去)(?P<name>\p{Han}{2,4}?)(?:同志)?(?:为|的[\p{Han}（）]{2,20}职务)"
    ),
    regex.compile(r"(?<![\p{Han}·])(?P<name>\p{Han}{2,4}|\p{Han}{2,6}·\p{Han}{2,8})，[男女]，"),
    regex.compile(r"由(?P<name>\p{Han}{2,3}?)(?:同志)?(?:兼任|担任)"),
    regex.compile(r"(?<=[名我]叫)(?P<name>\p{Han}{2,4})[，。、]"),
    regex.compile(
        r"家住[^，。；\n]{2,16}的(?P<name>(?!\p{Han}(?:师傅|先生|女士|大爷|大妈|阿姨|奶奶|爷爷|大姐|大叔))\p{Han}{2,3}?)(?=[算说告今去前已有是在每花家，、0-9])"
    ),
)
"""What is told of nobody but a person: appointments, entries of a list of candidates, being called so."""
_FRAME_CUE = re.compile(r"兼任|担任|任命|聘任|推选|选举|增补|提名|免去|，[男女]，|[名我]叫|家住")
_DOTTED = regex.compile(
    r"(?<![\p{Han}·《])(?:和)?(?P<name>\p{Han}{2,6}·\p{Han}{2,8}?)(?=[，。、：；“”）]|[是说在对向把从给与和等为被]|坦言|表示|告诉|介绍)"
)
_ADDRESSED = regex.compile(
    r"(?:[小老阿]\p{Han}|\p{Han}(?:主任|科长|股长|处长|局长|所长|站长|老师|师傅|经理|医生|律师|会计|[工婶叔姐哥嫂总某]))(?!\p{Han})"
)
"""联系人：陈主任: a form of address, and no full name."""
_SEVERAL_CUE = re.compile(r"等[0-9一二两三四五六七八九十]{1,4}[名位]")
_SEVERAL = regex.compile(
    r"(?<!\p{Han})(?P<names>\p{Han}{2,7}(?:、\p{Han}{2,4})+)等[0-9一二两三四五六七八九十]{1,4}[名位](?:同志|同学|党员|干部|职工|教师|医生|个人|代表|选手|先进)"
)
"""王强、李敏、张伟等3名同志."""
_ROOM = regex.compile(r"(?:办公室|\p{Han}{2,6}[科股处室]) ?(?=\p{Han})")
"""办公室 王 磊: the office that a person is in."""
_LABELS = names.ATTENDANCE | names.FIELDS
_NO_PERSONS_LAST = frozenset("街滩粉村发通路山河湖市县区镇乡组团会院店厂园站湾沟屯寨桥茶酒米糕")
_LISTED_PLACES = frozenset("镇乡村县市区局所站")
"""How towns and offices end that stand in a list of who came."""
_LONGEST_NAME = 8
"""Characters of a name of another language: 包乌云其木格."""
_AFTER_FOREIGN = frozenset("、，（。；答用在")
_NO_PERSONS_NEXT = frozenset("〔[市县区镇乡村路街组团会院店厂园站湾沟屯寨桥山河湖水·")
_NUMBERED = regex.compile(r"\p{Han}{1,4}[〔\[]")
"""How names of places, products and documents end, and what follows them."""
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
_NEXT_FIELD = re.compile(
    r"(?:联系|办公|咨询|监督|投诉)?(?:电话|手机|方式)|电子邮箱|邮箱|邮编|传真|地址|日期|时间|项目联系人|联系人"
)
"""A field that follows on the same line, where only blanks parted it from the name: 联系人：罗桑 电话：."""
_LINE_END = regex.compile(r"[\n。；]")
_LIST_END = regex.compile(r"[^\p{Han}]")
_LONGEST_RUN = 60
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


class _Reader(Shapes):
    """Reads the names of one text: by their contexts, then beside each other, then everywhere."""

    def __init__(self, text: Text, mentions: Sequence[Mention]) -> None:
        super().__init__(text, mentions)
        self.agency_ends = {m.end for m in mentions if m.label == "ORG"}
        self.found: dict[int, tuple[int, str]] = {}
        self.cue_ends: set[int] = set()
        self.field_ends: set[int] = set()

    def read(self) -> dict[int, tuple[int, str]]:
        cues = _AUTOMATON.find_matches_as_indexes(self.chars)
        self.byline_starts = {start for index, start, _ in cues if CUES[index] in names.BYLINES}
        for index, start, end in cues:
            self.cue_starts[start] = index
            if CUES[index] in names.OFFICES:
                self.cue_ends.add(end)
            if CUES[index] in names.FIELDS:
                self.field_ends.add(end)
        for index, start, end in cues:
            cue = CUES[index]
            if cue in names.FIELDS:
                colon = _COLON.match(self.chars, end)
                if colon is not None and self._run(colon.end()):
                    continue
                if cue in names.BYLINES and colon is None and self._run(end, least=1):
                    continue
                if colon is None and cue in names.BYLINES:
                    self._add(end, self._forward(end, strict=True), "byline")
                if colon is not None and _ADDRESSED.match(self.chars, colon.end()):
                    continue
                if colon is not None:
                    begin = colon.end()
                    self._add(begin, self._forward(begin, strict=True), "field")
                    if begin not in self.found and (piece := _PIECE.match(self.chars, begin)) is not None:
                        self._piece(*piece.span(), "field")
                    continue
            if cue in names.OFFICES:
                self._after_office(end)
            if cue in names.VERBS or cue in names.STYLES:
                self._before_verb(start)
        for match in _ROLE.finditer(self.chars):
            if match.group()[0].isdigit() or _HAN.match(self.chars, max(0, match.start() - 1), match.start()):
                self._after_role(match.end())
        attendances = list(_ATTENDANCE.finditer(self.chars)) if _ATTENDANCE_CUE.search(self.chars) else []
        stops = [*(following.start() for following in attendances[1:]), len(self.chars)]
        for attendance, stop in zip(attendances, stops, strict=False):
            self._list(attendance.end(), stop)
        for several in _SEVERAL.finditer(self.chars) if _SEVERAL_CUE.search(self.chars) else ():
            for piece in _PIECE.finditer(self.chars, *several.span("names")):
                begins = (
                    begin for begin in (piece.start(), piece.end() - 3, piece.end() - 2) if begin >= piece.start()
                )
                name = next((begin for begin in begins if self._is_name(begin, piece.end())), None)
                if name is not None:
                    self._add(name, piece.end(), "listed")
        for byline in _BYLINE.finditer(self.chars) if _BYLINE_END.search(self.chars) else ():
            if self._is_name(*byline.span("name")):
                self._add(byline.start("name"), byline.end("name"), "byline")
        for frame in _FRAMES if _FRAME_CUE.search(self.chars) else ():
            for framed in frame.finditer(self.chars):
                self._framed(*framed.span("name"))
        for dotted in _DOTTED.finditer(self.chars) if "·" in self.chars else ():
            if not self._is_taken(*dotted.span("name")):
                self._add(*dotted.span("name"), "dotted")
        for match in _CONTACT.finditer(self.chars):
            self._before_contact(match.start())
        for end in sorted(self.agency_ends):
            self._after_agency(end)
        self._new_words()
        for start in sorted(self.found):
            self._beside(start)
        self._again()
        return self.found

    def _list(self, start: int, end: int) -> None:
        """出席：贾力恒、州财政局杜彦军，赛力克·哈布都: each piece behind the label is a person, after the body it names."""
        stop = _LINE_END.search(self.chars, start, end)
        for piece in _PIECE.finditer(self.chars, start, stop.start() if stop else end):
            if self.chars[piece.start() - 1] != "（":
                self._piece(*piece.span(), "listed")

    def _piece(self, begin: int, end: int, rule: str) -> None:
        """One piece of such a list, or of a field, as a name if all that stands there reads as one."""
        index = bisect_left(self.taken_starts, end)
        if index and self.taken_ends[index - 1] > begin:
            begin = self.taken_ends[index - 1]
        if self.chars[end : end + 1] == "？":
            return  # 记者：下一步有什么打算？
        begin, end = self._without_office(begin, self._before_next_field(begin, end))
        end = next((at for at in range(begin + 2, end) if self._is_verb(at)), end)
        room = _ROOM.match(self.chars, begin, end)
        begin = room.end() if room is not None else begin
        name = self.chars[begin:end]
        if name[1:2] in (" ", "\t") and name[0] in names.SURNAMES:
            self._add(begin, end, rule)  # a name of two characters, set wide
            return
        if name[-1:] in _LISTED_PLACES:
            return
        is_new = (
            2 <= len(name) <= _LONGEST_NAME
            and not self.text.is_known(name)
            and not name.endswith(tuple(names.NO_PERSON))
        )
        if (
            "·" in name
            or self._is_name(begin, end)
            or (is_new and self._is_rare(begin, end))
            or self._is_word_as_name(begin, end)
        ):
            self._add(begin, end, rule)

    def _new_words(self) -> None:
        """，韦桂芳把车开来: a word of three characters that no dictionary has, whose parts are none, with a surname."""
        known, chars = self.text.is_known, self.chars
        for start, end in self.text.words:
            if end - start != 3 or chars[start] not in STRONG_SURNAMES or start in self.found:
                continue
            before, after = chars[start - 1 : start], chars[end : end + 1]
            if (
                (before.isalnum() and before != "的")
                or before in "“《·"
                or after in _NO_PERSONS_NEXT
                or _NUMBERED.match(chars, end)
            ):
                continue
            is_new = not any(
                known(word) for word in (chars[start:end], chars[start : start + 2], chars[start + 1 : end])
            )
            if (
                is_new
                and chars[end - 1] not in _NO_PERSONS_LAST
                and chars[start + 1] not in "姐哥某村总"
                and self._is_name(start, end)
            ):
                self._add(start, end, "new")

    def _framed(self, start: int, end: int) -> None:
        name = self.chars[start:end]
        fits = "·" in name or (0 < self._surname(start) < len(name) and name not in names.NEVER_NAMES)
        if fits and not self._is_taken(start, end):
            self._add(start, end, "frame")

    def _before_next_field(self, begin: int, end: int) -> int:
        """End of a piece, before the field that follows on the same line: 出席：罗平列席：, 联系人：罗桑电话：."""
        following = _NEXT_FIELD.search(self.chars, begin, end)
        if following is not None:
            return following.start()
        if _COLON.match(self.chars, end):
            labels = (start for start in range(begin, end) if self.chars[start:end] in _LABELS)
            return next(labels, end)
        return end

    def _without_office(self, begin: int, end: int) -> tuple[int, int]:
        """A piece without the office before its name (市长余强) or the form of address behind it (余强市长)."""
        for position in range(end - 2, begin, -1):
            if position in self.cue_ends:
                return position, end
        for position in range(begin + 2, min(begin + 4, end)):
            cue = self.cue_starts.get(position)
            if cue is not None and CUES[cue] in names.STYLES | names.OFFICES:
                return begin, position
        return begin, end

    def _run(self, start: int, least: int = 2) -> bool:
        """Names of a list that are printed with blanks between them alone, which layout has dropped: 出席：陈立新王海燕赵明."""
        stop = _LIST_END.search(self.chars, start)
        end = self._before_next_field(start, min(stop.start() if stop else len(self.chars), start + _LONGEST_RUN))
        end = next((at for at in range(start + 2, end) if at in self.byline_starts), end)
        if (
            not 2 <= end - start <= _LONGEST_RUN
            or end - start == 4
            or (least < 2 and self.chars[end : end + 1] in ("，", "。"))
        ):
            return False
        cuts = self._cut(start, end)
        if cuts is None or len(cuts) <= least:
            return False
        for one, other in pairwise(cuts):
            self._add(one, other, "listed")
        return True

    def _cut(self, start: int, end: int) -> list[int] | None:
        """Where names that fill a stretch wholly begin and end, three characters to a name where that fits."""
        cuts = {end: [end]}
        """Of each position from which names fill the rest, where they begin and end."""
        for begin in range(end - 2, start - 1, -1):
            surname = self._surname(begin)
            for given in (2, 1) if surname else ():
                stop = begin + surname + given
                if self.chars[stop - 1 : stop + 1] in names.COMPOUND_SURNAMES:
                    continue
                if stop in cuts and self._is_name(begin, stop):
                    cuts[begin] = [begin, *cuts[stop]]
                    break
        return cuts.get(start)

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
        if (
            self.chars[start : start + 1] in names.NOUN_SURNAMES
            and self.chars[start + 3 : start + 4] in _AFTER_NAME
            and self._is_surname_and_name(start, start + 3)
            and self._is_name(start, start + 3)
        ):
            self._add(start, start + 3, "office")
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
            closes = following in ("、", "，", "。", "（", "\n", "；") or (cue is not None and CUES[cue] in names.VERBS)
            whole = given and all("\u4e00" <= c <= "\u9fff" for c in given) and given[-1] not in NOT_GIVEN
            name = self.chars[start:end]
            is_word = name not in names.NEVER_NAMES | names.DEEDS and (
                self.text.is_known(name) or self.text.is_known(given)
            )
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
            closes = (cue is not None and CUES[cue] in names.VERBS) or self.chars[end : end + 1] in _AFTER_FOREIGN
            if not closes or self._is_taken(start, end):
                continue
            ordinary = self._surname(start) and end - start == 3
            if not ordinary:
                return end if self._is_foreign(start, end) else None
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
        is_read = self.chars[start] in STRONG_SURNAMES and self._is_surname_and_name(start, end)
        if is_read or (self._is_cut_off(start, end) and (one or not plain)):
            self._add(start, end, "role")

    def _after_agency(self, end: int) -> None:
        """州财政局杜彦军，: nobody but a person stands between an agency and a comma, if it is no word."""
        gap = _GAP.match(self.chars, end)
        start = gap.end() if gap else end
        name = self._forward(start, strict=True)
        if name is not None and self._is_no_word(start, name):
            self._add(start, name, "body")

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
            if given == 2 and self._is_verb(end - 1):
                continue  # 于晨|陪同
            if self._is_name(start, end) and self._may_end(start, end, strict=strict):
                return end
        return None

    def _is_verb(self, start: int) -> bool:
        """Whether a word for what a person does begins here and is one with the segmenter."""
        cue = self.cue_starts.get(start)
        return cue is not None and CUES[cue] in names.VERBS and self.text.is_word_edge(start)

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
            return self.text.is_word_edge(start) and (
                self._is_no_word(start, end) or self._is_surname_and_name(start, end)
            )
        return False

    def _add(self, start: int, end: int | None, rule: str) -> None:
        if end is not None and start not in self.found and not self.chars.endswith(names.KIN, start, end):
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
