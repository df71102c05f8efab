"""Findings about tables: columns that do not add up to their row of totals, or to what the text says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractors import tables
from extractors.mention import Mention, YuanValue, within
from extractors.tables import Cells
from pipeline.checks.facts import Facts, span
from pipeline.checks.quantities import SLIP, exact, half_a_place, number, summed, unit
from pipeline.document import Finding, Span

_TOTAL_ROW = regex.compile(r"(?:合|总|小) ?计")
_ALL_OF_IT = regex.compile(r"全[省市县区州国旗]|合 ?计|总 ?计")
_SUBTOTAL_ROW = regex.compile(r"[^\t\n]{0,12}小 ?计")
_FIGURE = regex.compile(r"(?P<number>[0-9,]*[0-9](?:\.[0-9]+)?)(?P<unit>\p{Han}{0,3})")


def table_totals(facts: Facts) -> Iterator[Finding]:
    """The rows of a table and its row of totals (合计), column by column, in whatever unit its head gives."""
    chars = facts.text.chars
    rows: list[Cells] = []
    for cells in tables.cells(chars):
        if len(cells) < 2:
            rows = []
        elif _SUBTOTAL_ROW.match(chars, cells[0][0]) and not _TOTAL_ROW.match(chars, cells[0][0]):
            continue
        elif not _TOTAL_ROW.match(chars, cells[0][0]):
            rows.append(cells)
        else:
            width = len(rows[-1]) if rows else 0
            full = [row for row in rows if len(row) == width >= len(cells)]
            # A row of totals leaves cells empty, at its end or behind its first one.
            shifts = range(max(width - len(cells), 0) + 1)
            columns = [
                [([row[column + shift] for row in full], cells[column]) for column in range(1, len(cells))]
                for shift in shifts
            ]
            added = [[_added(chars, *column) for column in shifted] for shifted in columns]
            best = max(range(len(added)), key=lambda i: (added[i].count(_AGREES), len(added[i]) - added[i].count(None)))
            for (column, total), sums in zip(columns[best], added[best], strict=True):
                if sums is not None and sums != _AGREES:
                    message = f"The rows add up to {sums[0]:f}, not to the {sums[1]:f} stated."
                    yield facts.finding("parts-not-total", message, *column, total)
            rows = []


def first_row_not_total(facts: Facts) -> Iterator[Finding]:
    """A first row of all and the rows below it (全市 1,480；甲县 412；…), column by column."""
    chars = facts.text.chars
    for block in _blocks(facts):
        whole, rows = block[0].cells, [row.cells for row in block[1:]]
        if len(rows) < _FEWEST_ROWS or not _ALL_OF_IT.fullmatch(chars, *whole[0]):
            continue
        for column in range(1, min(map(len, (whole, *rows)))):
            cells = [row[column] for row in rows]
            sums = _added(chars, cells, whole[column])
            if sums is not None and sums != _AGREES and not _RATE_HEAD.search(block[0].column(whole[column][0])):
                message = f"The rows add up to {sums[0]:f}, not to the {sums[1]:f} stated."
                yield facts.finding("parts-not-total", message, whole[column], *cells)


_FEWEST_ROWS = 3


def _blocks(facts: Facts) -> list[list[tables.Row]]:
    """The rows of each table, heads left out."""
    blocks: list[list[tables.Row]] = []
    for row in facts.text.rows:
        last = blocks[-1][-1] if blocks else row
        if blocks and facts.text.chars[last.end : row.start].strip("| \t") == "\n" and last.head == row.head:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


_MONEY_HEAD = regex.compile(r"(?:金额|投资|预算|资金|补助|限价|合价)[^（）]{0,4}（(?P<unit>万元|亿元|元)）")
_COUNT_HEAD = regex.compile(r"(?:人数|名额|计划数|招聘数|数量|个数|台数)(?:（(?:人|名|个|台|套)）)?")
_CALLED_FOR = regex.compile(r"(?:招聘|招录|招收|招募|录用|聘用|培训|共计?|合计|计划|分配|下达|推荐)[^，。；\n]{0,24}$")
_PEOPLE = frozenset("人名个台套")
_STATED = regex.compile(
    r"(?:(?:中标|成交|合同)(?:金额|总价|价)|总投资|总金额|预算(?:金额|总额)?|总额|(?:下达|安排|拨付)[^，。；\n]{0,16})[：为是]?(?:人民币)?$"
)
_UNITS = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}


def table_not_total(facts: Facts) -> Iterator[Finding]:
    """A column of sums and the total that the text states of them (中标金额：…)."""
    chars = facts.text.chars
    told = [m for m in facts.counted if tables.at(facts.text.rows, m.start) is None]
    sums = [m for m in told if isinstance(m.value, YuanValue)]
    counts = [m for m in told if unit(m) in _PEOPLE]
    for block in _blocks(facts):
        if _TOTAL_ROW.match(chars, block[-1].start) or len(block) < 2:
            continue
        for column, head in enumerate(block[0].head):
            cells = [row.cells[column] for row in block if column < len(row.cells)]
            if len(cells) < len(block):
                continue
            if (money := _MONEY_HEAD.search(head)) is not None:
                yield from _stated_finding(facts, cells, _UNITS[money["unit"]], sums, _STATED)
            elif _COUNT_HEAD.fullmatch(head) is not None:
                yield from _stated_finding(facts, cells, Decimal(1), counts, _CALLED_FOR)


def _stated_finding(
    facts: Facts, cells: Sequence[Span], scale: Decimal, totals: Sequence[Mention], stated: regex.Pattern[str]
) -> Iterator[Finding]:
    """A column and the first total nearly its sum that the words before it state, unless some total is its sum."""
    chars = facts.text.chars
    figures = [figure for cell in cells if (figure := _FIGURE.fullmatch(chars, *cell)) is not None]
    summed = scale * sum((Decimal(figure["number"].replace(",", "")) for figure in figures), Decimal(0))
    if len(figures) < len(cells) or summed in map(exact, totals):
        return
    for total in totals:
        whole = number(total)
        if abs(summed - whole) <= whole / 10 and stated.search(chars, max(0, total.start - 28), total.start):
            message = f"The rows add up to {summed:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, *cells, span(total))
            return


_ROW_SETS = (
    # the row of the whole, and the rows of its parts
    (r"粮食(?:总?产量|作物)?", ("夏粮", "秋粮")),
    (r"(?:地区|国内)?生产总值(?:（GDP）)?", ("第一产业", "第二产业", "第三产业")),
    (r"(?:地方)?一般公共预算收入|财政收入", ("税收收入", "非税收入")),
    (r"(?:货物)?进出口总[额值]", ("出口(?:总?[额值])?", "进口(?:总?[额值])?")),
    (r"(?:年末)?(?:常住|户籍)?人口", ("城镇(?:人口)?", "(?:乡村|农村)(?:人口)?")),
    (r"社会消费品零售总额", ("城镇", "乡村")),
)
_ROW_SET_PATTERNS = tuple((regex.compile(whole), tuple(map(regex.compile, names))) for whole, names in _ROW_SETS)
_ROW_LABEL = regex.compile(
    r"(?:其中|#|[一二三四五六七八九十]、|（[一二三四五六七八九十]）|[0-9]\.)?[:：]?(?P<label>[^（]{1,12})"
)
_RATE_HEAD = regex.compile("%|％|增|比|率|速")


def rows_not_whole(facts: Facts) -> Iterator[Finding]:
    """A row and those right below it that make it by their names (粮食 98.62；夏粮 42.18；秋粮 56.74)."""
    chars = facts.text.chars
    rows = facts.text.rows
    for index, row in enumerate(rows):
        for whole, names in _ROW_SET_PATTERNS:
            below = rows[index + 1 : index + 1 + len(names)]
            if not _is_row_of(chars, row, whole) or not all(map(_is_row_of, [chars] * len(below), below, names)):
                continue
            if len(below) == len(names):
                yield from _columns_of(facts, row, below)


def _is_row_of(chars: str, row: tables.Row, name: regex.Pattern[str]) -> bool:
    label = _ROW_LABEL.match(chars, *row.cells[0])
    return label is not None and name.fullmatch(label["label"]) is not None


def _columns_of(facts: Facts, row: tables.Row, below: Sequence[tables.Row]) -> Iterator[Finding]:
    chars = facts.text.chars
    for column in range(1, len(row.cells)):
        if column >= len(row.head) or _RATE_HEAD.search(row.head[column]):
            continue
        if any(len(part.cells) != len(row.cells) for part in below):
            continue
        cells = [part.cells[column] for part in below]
        sums = _added(chars, cells, row.cells[column])
        figures = [chars[start:end] for start, end in (*cells, row.cells[column])]
        slack = sum(map(half_a_place, figures), Decimal(0))
        if sums is not None and sums != _AGREES and abs(sums[0] - sums[1]) > slack:
            message = f"The rows add up to {sums[0]:f}, not to the {sums[1]:f} stated."
            yield facts.finding("parts-not-total", message, row.cells[column], *cells)


_ROWS_SURE = 3
"""Rows of a table by which it is known that the last cell of each is the sum of the others."""
_FEWEST_CELLS = 3
"""Figures of such a row, its sum among them."""


def row_not_its_sum(facts: Facts) -> Iterator[Finding]:
    """A row whose last figure is not the sum of the others, where that of every other row is (3.00、0.95、0.20、4.25)."""
    chars = facts.text.chars
    for block in _blocks(facts):
        off: list[tuple[tables.Row, Decimal, Decimal]] = []
        agreed = 0
        for row in block:
            figures = [figure for cell in row.cells[1:] if (figure := _FIGURE.fullmatch(chars, *cell)) is not None]
            if len(figures) < len(row.cells) - 1 or len(figures) < _FEWEST_CELLS:
                agreed = 0
                break
            numbers = [Decimal(figure["number"].replace(",", "")) for figure in figures]
            added, whole = sum(numbers[:-1], Decimal(0)), numbers[-1]
            if added == whole:
                agreed += 1
            else:
                off.append((row, added, whole))
        if agreed >= _ROWS_SURE and len(off) == 1:
            row, added, whole = off[0]
            message = f"The cells add up to {added:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, row.cells[-1], *row.cells[1:-1])


_SCORE_HEAD = regex.compile("分值|分数|满分")
_NO_DETAIL = regex.compile("每|最高|得|扣|加|减|不超过|不足")
"""What scores are given for, and no part of the full score."""


def score_not_details(facts: Facts) -> Iterator[Finding]:
    """A score in a table, and what the last cell of its row divides it into (人员配备, 25, 经理6分，厨师长7分，…)."""
    chars = facts.text.chars
    for row in facts.text.rows:
        column = next((i for i, head in enumerate(row.head[:-1]) if _SCORE_HEAD.search(head)), None)
        if column is None or column >= len(row.cells) - 1:
            continue
        figure = _FIGURE.fullmatch(chars, *row.cells[column])
        parts = [m for m in within(facts.quantities, *row.cells[-1]) if unit(m) == "分"]
        if figure is None or len(parts) < 3 or _NO_DETAIL.search(chars, *row.cells[-1]):
            continue
        whole, added = Decimal(figure["number"].replace(",", "")), summed(parts)
        if added != whole and abs(added - whole) <= whole * SLIP:
            message = f"The details add up to {added:f}, not to the {whole:f} stated."
            yield facts.finding("parts-not-total", message, row.cells[column], *(span(m) for m in parts))


_AGREES = (Decimal(0), Decimal(0))


def _added(chars: str, column: Sequence[Span], total: Span) -> tuple[Decimal, Decimal] | None:
    """The sum of a column and its total, where they differ a little; None where they are no sum at all."""
    figures = [figure for cell in column if (figure := _FIGURE.fullmatch(chars, *cell)) is not None]
    stated = _FIGURE.fullmatch(chars, *total)
    if stated is None or len(figures) < 2 or len(figures) < len(column) - 1:
        return None
    if any(figure["unit"] != stated["unit"] for figure in figures):
        return None
    whole = Decimal(stated["number"].replace(",", ""))
    summed = sum((Decimal(figure["number"].replace(",", "")) for figure in figures), Decimal(0))
    nested = (Decimal(figure["number"].replace(",", "")) for figure in figures)
    if summed == whole or any(summed - row == whole for row in nested):
        return _AGREES  # a row may be part of the one above it
    return (summed, whole) if abs(summed - whole) <= whole * SLIP else None
