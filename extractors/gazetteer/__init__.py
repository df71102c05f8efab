"""The province-, prefecture- and county-level divisions of China: today's, and old names with what replaced them.

Data: `divisions.tsv` (as of 2023-06-30, written by compile_divisions.py) and `old_names.tsv` (since 2000, written by
compile_old_names.py); their heads name the sources. A division is named by its code of GB/T 2260: six digits, two each
for province, prefecture and county. An old name leads to the code of its successor, which is the one that today's tables
hold: 襄樊市 420600, 新津县 510118.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from extractors.mention import ProvinceValue

Level = Literal["province", "prefecture", "county"]
ChangeKind = Literal["renamed", "became-city", "became-county", "became-district", "merged", "divided"]
"""What ended a name: another for the same division (襄樊市); a county or prefecture that became a city (滦县, 山南地区), a
county or city that became a district (萧山市); one that went into another (宣武区), or into several (巢湖市)."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division of today's list: its code, full name and short names (`延边`, `延边州`; none for most counties)."""

    code: str
    name: str
    short: tuple[str, ...]

    @property
    def level(self) -> Level:
        """The level, by the code; counties that no prefecture holds (仙桃市, 429004) are counties."""
        return "province" if self.code.endswith("0000") else "prefecture" if self.code.endswith("00") else "county"


@dataclass(frozen=True, slots=True)
class OldName:
    """A name no longer in use: a code that it had, the code of what replaced it, the year and kind of the change.

    The successor is of today's list: 南汇县, a district since 2001, leads to 浦东新区. One name may have had several codes.
    """

    code: str
    name: str
    successor: str
    year: int
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a name may stand for: a code of today's list and the full name, as of its time, that goes with it."""

    code: str
    name: str
    is_old: bool = False
    is_cut: bool = False
    """Whether a county is named without its suffix (科尔沁), which says nothing away from its prefecture."""


def rows(file: str) -> list[list[str]]:
    """The rows of a table in this folder, without its comments."""
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


DIVISIONS: Mapping[str, Division] = {
    code: Division(code, name, tuple(short.split("|")) if short else ()) for code, name, short in rows("divisions.tsv")
}
"""Code to division, ordered by code."""

PROVINCES: Mapping[str, ProvinceValue] = {
    code: ProvinceValue(code, division.name) for code, division in DIVISIONS.items() if code.endswith("0000")
}
"""Code to value of the 34 province-level divisions."""

OLD_NAMES: tuple[OldName, ...] = tuple(
    OldName(code, name, successor, int(year), cast(ChangeKind, kind))
    for code, name, successor, year, kind in rows("old_names.tsv")
)
"""Old names, ordered by their code."""


_LONG = 3
_OLD_SHORT = {"襄樊市": "襄樊", "思茅市": "思茅", "思茅地区": "思茅", "莱芜市": "莱芜"}


def province_of(code: str) -> ProvinceValue:
    """The province of a division's code; KeyError where no province has its first two digits."""
    return PROVINCES[code[:2] + "0000"]


def holds(code: str, other: str) -> bool:
    """Whether the division of the first code is or contains that of the other."""
    return other.startswith(_significant(code))


def ancestors(code: str) -> tuple[str, ...]:
    """The code itself, its prefecture's and its province's, each once, nearest first."""
    return tuple(dict.fromkeys((code, code[:4] + "00", code[:2] + "0000")))


@cache
def names() -> Mapping[str, tuple[Candidate, ...]]:
    """Every full, short and old name with the divisions it may stand for; today's first, then by code."""
    found: dict[str, list[Candidate]] = {}
    for division in DIVISIONS.values():
        candidate = Candidate(division.code, division.name)
        for name in (division.name, *division.short):
            found.setdefault(name, []).append(candidate)
        cut = division.name[:-1]
        if division.level == "county" and len(cut) >= _LONG and cut not in division.short:
            found.setdefault(cut, []).append(Candidate(division.code, division.name, is_cut=True))
    for old in OLD_NAMES:
        for name in dict.fromkeys((old.name, _OLD_SHORT.get(old.name, old.name))):
            known = found.setdefault(name, [])
            if not any(holds(other.code, old.successor) for other in known):
                known.append(Candidate(old.successor, old.name, is_old=True))
    return {name: tuple(candidates) for name, candidates in found.items()}


def by_name(name: str) -> tuple[Candidate, ...]:
    """The divisions that a full, short or old name may stand for; empty where it is no division's."""
    return names().get(name, ())


@cache
def _significant(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
