"""Amounts whose unit stands apart from them: in their label (预算金额（万元）：1268) or in the head of their column."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractors.mention import Mention, YuanValue, plain
from extractors.text import Text

_UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_UNIT = r"[（/](?:单位：?)?(?:人民币)?[：/]?(?P<unit>[千万亿]?元)(?:人民币)?）?"
_NUMBER = r"(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
_LABELLED = regex.compile(rf"{_UNIT}[：:] ?[¥￥]?{_NUMBER}(?![0-9.,]*[\p{{Han}}%‰/~—–-])")
_HEAD = regex.compile(rf"\p{{Han}}+{_UNIT}")
_CELL = regex.compile(rf"[¥￥]?{_NUMBER}")


def find(text: Text) -> Iterator[Mention]:
    """Such amounts in yuan, marked as inherited; a table's cells where the head of their column names the unit."""
    for labelled in _LABELLED.finditer(text.chars):
        yield _mention(labelled, labelled["unit"], "yuan.label")
    for row in text.rows:
        for cell, head in zip(row.cells, row.head, strict=True) if len(row.cells) == len(row.head) else ():
            named = _HEAD.fullmatch(head.strip())
            number = _CELL.fullmatch(text.chars, *cell) if named is not None else None
            if named is not None and number is not None:
                yield _mention(number, named["unit"], "yuan.column")


def _mention(found: regex.Match[str], unit: str, rule: str) -> Mention:
    value = plain(Decimal(found["number"].replace(",", "")) * _UNITS[unit])
    return Mention(*found.span("number"), "YUAN", YuanValue("=", value, value, inherited=True), rule)
