"""Which line ends are breaks between paragraphs, and which a wrapped sentence runs over.

A sentence that is not finished runs on where its line is as full as its column; a short line that ends without a stop
is a heading, a cell or a signature. Blank lines separate paragraphs, except where a column ends in mid-sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.gazetteer import PROVINCES
from pipeline.layout.lines import Line, cells_of

_STOPS = "。！？!?…；;"
_CLOSING = '”’」』）)】"'
_COLONS = "：:"
_LISTS = "：:；;"
"""How a line ends below which labelled lines may begin."""
_HANGING = "，、,《“‘（(〔【—和及或"
_OPENINGS = (
    # how a line begins that no other line runs on into
    r"[\uFFFD]|[●■◆▲★○◎▪►➤※•]|·(?=\s)|[①-⑳]",
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节条]",
    r"[0-9]{1,2}[.．、](?![0-9])|[（(][0-9]{1,2}[）)]|附\s*件\s*[：:0-9一二三四五]?",
    r"[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:\u3000|\t|\s{2,}|[：:])",  # an entry of a chronicle
    r"(?:[0-9０-９]{1,2} ?月 ?)?[0-9０-９]{1,2} ?日(?:(?:至|[—–~-]{1,2})[0-9０-９]{1,2} ?日)?(?:\u3000|\t|\s{2,})",
    r"(?:(?:标段|标包|标项|采购包|合同包|包)(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[A-Z])|(?:第?[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[A-Z])(?:标段|标包|标项|包))(?=[：:（(\s])",
    r"(?:抄送|主送|联系人|来源|发布时间|索\s*引\s*号|发文字号)[：:]",
    r"(?:时\s*间|地\s*点|主\s*持(?:\s*人)?|出\s*席|列\s*席|请\s*假|缺\s*席|记\s*录(?:\s*人)?|参\s*加|参会|与会)(?:会议)?(?:人员|领导|单位)?\s*[：:]",
)
_STARTS = re.compile("|".join(_OPENINGS))
_SECTION = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}[ \u3000](?=[\u4e00-\u9fff])")
"""4.2 对招标文件有疑问的: the number of a section, where the line above is a whole sentence."""
_LABEL = re.compile(
    r"[^\s，。；：、（）()《》“”0-9０-９]{2,10}(?:[0-9]{1,2}|[（(][^（()）：]{1,12}[）)])?[：:](?=[^\s：])"
)
"""A label and what it labels: one below the other, they are lines of a form."""
_DAY_LINE = re.compile(r"[0-9０-９〇○零一二三四五六七八九]{4} ?年.{1,4}月.{1,4}日")
"""A day on a line of its own, below the name of who signs."""
_DATED_LINE = re.compile(
    r"[^，。；：！？]{0,24}[0-9０-９]{4} ?年 ?[0-9０-９]{1,2} ?月 ?[0-9０-９]{1,2} ?日[^，。；：！？]{0,24}"
)
"""A line under a headline that says who wrote it when, and no more."""
_SIGNER = re.compile(r"[^，。；：、！？]{3,40}[府厅局委部办室院会署社行队心]")
"""The name of who signs."""
_NUMBER_LINE = re.compile(
    r"[（(]?[^\s，。；：〔\[（(]{0,14}[〔\[（(［]\s*[12１２][0-9０-９]{3}\s*[〕\])）］]\s*第?\s*[0-9０-９]{1,5}\s*号[）)]?"
)
"""A document number on a line of its own, below the heading or the red line."""
_MONTH_LINE = re.compile(r"(?:[0-9０-９]{4} ?年)?[0-9０-９]{1,2} ?月份?")
_UNDER_TITLE = re.compile(
    r"[—―]{1,2}[^—―]|(?:本报|本刊|本网|新华社|见习|特约)?(?:记者|通讯员)[ \u3000][^，。；：]{2,30}$"
)
"""A subtitle or a byline, in the first lines of a page."""
_FIRST_LINES = 6
_DATE_IN_BRACKETS = re.compile(
    r"[（(][^（()）]{0,24}[0-9０-９〇○零一二三四五六七八九]{4} ?年[^（()）]{1,10}日[^（()）]{0,24}[）)]"
)
"""The day below a title, on a line of its own: （2020年10月20日）, （2020年10月20日市政府常务会议通过）."""
_ADDRESSED = re.compile(r"(?:各|有关|全[省市县区]|[省市县]直)[^，。；！？“]{1,38}[：:]")
"""A line that says to whom a notice goes (GB/T 9704-2012, 7.3.2)."""
_TITLE_LINE = re.compile(
    r"[^，。；：！？]{4,40}(?:通知|公告|通告|公示|通报|意见|方案|办法|纪要|报告|指南|细则|批复|决定|简报|快报|月报|公报)"
)
"""A first line that is a whole title."""
_ADDRESSEES = re.compile(r"[^，。；！？“]{2,40}[：:]")
_IN_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟零年月]$")
"""A sentence that a page cuts within a number or a date."""
_CLAUSES = re.compile(r"[，。；]")
_TOLD = re.compile(r"[，。；？！]")
_CELLS = re.compile(r"[^\s，。；：、（“《](?:\t|\s{2,}|\s?\|[\s|]*)[^\s，。；：、）”》]")
"""A gap between cells; one beside a stop is a stray space."""
_LOST_INDENT = 4
"""Columns that a paragraph's first line is short of where its indent was lost."""
_LONGEST_TITLE = 60
_OPEN = re.compile("|".join(rf"{o}[^{c}]{{0,{_LONGEST_TITLE - 2}}}\Z" for o, c in ("《》", "（）", "“”", "〔〕")))
"""A title or a bracket that is still open at the end."""
_INDENT = 3
_DEEPEST = 8
"""Columns of indent that are a paragraph's; what stands farther in is centred."""
_WRAPPED = 24
"""Columns from which on a line may be a wrapped one by its width alone."""
_WINDOW = 6
_STRIDE = 4
"""Lines that share one look around."""
_WIDE = 2.2


def _cut_names() -> dict[str, list[tuple[str, str]]]:
    """By the character that begins the next line: what of a province's name stands above, and what below."""
    cuts: dict[str, list[tuple[str, str]]] = {}
    for province in PROVINCES.values():
        for char in dict.fromkeys(province.name[2:]):
            cut = province.name.index(char, 2)
            cuts.setdefault(char, []).append((province.name[:cut], province.name[cut:]))
    return cuts


_CUT_NAMES = _cut_names()


def breaks(lines: Sequence[Line]) -> list[bool]:
    """For each line whether a new paragraph begins with it; the first always does."""
    page = _Page(lines)
    found: list[bool] = []
    begin = 0
    for index in range(len(lines)):
        starts = index == 0 or page.breaks(index, begin)
        found.append(starts)
        if starts:
            begin = index
    return found


class _Page:
    """The lines with what is asked of them more than once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.rows = [line.is_row or ((line.is_spaced or "|" in line.chars) and _is_row(line)) for line in lines]
        self.extents = [
            0 if is_row else line.width + (line.indent if line.indent <= _DEEPEST else 0)
            for line, is_row in zip(lines, self.rows, strict=True)
        ]
        self.columns = _columns(self.extents)
        self.stand_alone = [
            ("号" in line.chars and _NUMBER_LINE.fullmatch(line.chars) is not None)
            or (line.chars[-1] in "）)" and _DATE_IN_BRACKETS.fullmatch(line.chars) is not None)
            or (line.chars[-1] in "月份" and above in _STOPS and _MONTH_LINE.fullmatch(line.chars) is not None)
            for line, above in zip(lines, ["。", *(line.chars[-1] for line in lines)], strict=False)
        ]
        """Whether a line is a document number, a day below a title, or the month that heads a part of a chronicle."""
        self.opens = [_OPEN.search(line.chars) is not None for line in lines]
        """Whether a title or a bracket opens in a line that does not close there."""
        self.days = [line.chars[-1] == "日" and _DAY_LINE.fullmatch(line.chars) is not None for line in lines]
        """Whether a line is a day and nothing else."""
        self.dated = [_DATED_LINE.fullmatch(line.chars) is not None for line in lines[:_FIRST_LINES]]
        """Whether one of the first lines says who wrote what when."""
        self.labelled = [
            ("：" in line.chars or ":" in line.chars) and _LABEL.match(line.chars) is not None for line in lines
        ]
        deep = sum(1 for line in lines if line.indent >= _INDENT)
        self.is_indented = deep >= 2 and deep < len(lines)
        """Whether paragraphs are marked by an indented first line (and wrapped lines are not)."""

    def breaks(self, index: int, begin: int) -> bool:
        """Whether a paragraph begins with this line; the one in progress began with line `begin`."""
        above, below = self.lines[index - 1], self.lines[index]
        if self.rows[index - 1] or self.rows[index]:
            return True
        if self.stand_alone[index - 1] or self.stand_alone[index]:
            return True
        last = above.chars[-1]
        starts = (
            _STARTS.match(below.chars) is not None
            or (
                self.labelled[index] and (self.labelled[index - 1] or (last in _LISTS and self._is_labelled(index + 1)))
            )
            or (last in _STOPS and _SECTION.match(below.chars) is not None)
        )
        if True in self.opens[max(begin, index - 4) : index] and _OPEN.search(self._so_far(index, begin)):
            return starts
        hangs = last in _HANGING
        if self.is_indented and below.indent >= _INDENT and not (above.indent >= _INDENT and hangs):
            return True
        if self._signs(index) or (below.chars[-1] in _COLONS and _ADDRESSED.fullmatch(below.chars)):
            return True
        if self.days[index - 1] and begin == index - 1 and not _CLAUSES.match(below.chars):
            return True  # what an order puts out, below the day on which it was signed
        if index < _FIRST_LINES and self.dated[index]:
            return True
        if last in _COLONS and begin == index - 1 and _ADDRESSED.fullmatch(above.chars):
            return True
        if index == 1 and _TITLE_LINE.fullmatch(above.chars) and below.chars[0] != "的":
            return True
        column = self.columns[index - 1]
        slack = _slack(column) + (_LOST_INDENT if index - 1 == begin else 0)
        is_full = (
            column - slack <= self.extents[index - 1] <= column * _WIDE
            and self.extents[index] <= column + _slack(column) * 2
        )
        if self.days[index] and not _CLAUSES.search(self._so_far(index, begin)):
            return True
        if index < _FIRST_LINES and _UNDER_TITLE.match(below.chars) and "。" not in self._so_far(index, begin):
            return True
        if (
            last in _COLONS
            and self.stand_alone[max(0, begin - 1)]
            and _ADDRESSEES.fullmatch(self._so_far(index, begin))
        ):
            return True
        if last in _COLONS or above.chars.rstrip(_CLOSING)[-1:] in _STOPS:
            return starts or below.blanks > 0 or not is_full or not self._is_wrapped(index)
        if hangs:
            return False
        if starts:
            return True
        if self.is_indented and above.width >= _WRAPPED and self._is_second_line(begin, below):
            return False
        if below.chars[0] in _CUT_NAMES and _is_cut_name(above.chars, below.chars):
            return False
        if below.blanks:
            return not self._runs_on_over_blank(index, begin, is_full)
        if is_full:
            return not (self._is_wrapped(index) or above.chars.count("，") > 1)
        return not (
            above.width * 4 >= column * 3 and self._is_wrapped(index) and _CLAUSES.search(self._so_far(index, begin))
        )

    def _is_labelled(self, index: int) -> bool:
        return index < len(self.lines) and self.labelled[index]

    def _signs(self, index: int) -> bool:
        """Whether a line is the name of who signs, the day on a line of its own below it."""
        is_above_day = index + 1 < len(self.lines) and self.days[index + 1]
        return is_above_day and _SIGNER.fullmatch(self.lines[index].chars) is not None

    def _so_far(self, index: int, begin: int) -> str:
        """The last lines of the paragraph in progress."""
        return "".join([line.chars for line in self.lines[max(begin, index - 4) : index]])

    def _is_second_line(self, begin: int, below: Line) -> bool:
        """Where paragraphs are indented: whether a line right below an indented one has no indent."""
        return not below.blanks and below.indent < _INDENT <= self.lines[begin].indent

    def _is_wrapped(self, index: int) -> bool:
        """Whether the text around is wrapped at its column: several lines of nearly one width."""
        column = self.columns[index - 1]
        slack = _slack(column)
        narrow, wide = column - slack, column + slack
        is_second = False
        for extent in self.extents[max(0, index - _WINDOW) : index + _WINDOW]:
            if narrow <= extent <= wide:
                if is_second:
                    return True
                is_second = True
        return False

    def _runs_on_over_blank(self, index: int, begin: int, is_full: bool) -> bool:
        """Whether a sentence in progress goes on below a blank line, where a column or a page ends."""
        below = self.lines[index]
        so_far = self._so_far(index, begin)
        if _TOLD.search(so_far):
            return True
        if below.after_furniture:
            return is_full or _IN_NUMBER.search(so_far) is not None
        return (
            index - begin > 1 and is_full and _CLAUSES.search(below.chars) is not None and self.lines[begin].blanks == 0
        )


def _columns(extents: Sequence[int]) -> list[int]:
    """The width of the column that each line stands in: the widest of its neighbourhood that several lines reach.

    An extent of 0 stands for a row of a table, which says nothing of the column.
    """
    columns = []
    for begin in range(0, len(extents), _STRIDE):
        near = sorted([e for e in extents[max(0, begin - _WINDOW) : begin + _STRIDE + _WINDOW] if e], reverse=True)
        widest = next(_shared(near), near[0] if near else 0)
        for extent in extents[begin : begin + _STRIDE]:
            limit = extent * _WIDE
            if 0 < widest <= limit:
                columns.append(widest)
            else:
                columns.append(next((wide for wide in (*_shared(near), *near) if wide <= limit), extent))
    return columns


def _shared(near: Sequence[int]) -> Iterator[int]:
    """Those of widths, the widest first, that two others nearly reach."""
    return (wide for wide, third in zip(near, near[2:], strict=False) if wide - third <= _slack(wide))


def _slack(column: int) -> int:
    """How many columns a full line may fall short: punctuation and numbers are not parted at a line's end."""
    return 6 if column >= 24 else 3


def _is_cut_name(above: str, below: str) -> bool:
    """在黑龙江⏎省民政厅: a line end within the full name of a province."""
    return any(above.endswith(before) and below.startswith(after) for before, after in _CUT_NAMES[below[0]])


_MANY_CELLS = 4


def _is_row(line: Line) -> bool:
    if line.chars.strip("|").count("|") + 1 >= _MANY_CELLS:
        return True
    told = cells_of(line.chars)
    return _CELLS.search(told) is not None and _CLAUSES.search(told) is None
