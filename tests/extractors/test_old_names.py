"""The compiler of old names: codes from revisions, successors from today's list, and mistakes in what is by hand."""

from __future__ import annotations

import pytest

from extractors import gazetteer
from extractors.gazetteer.compile_old_names import compiled

REVISIONS = [
    {"320800": "淮阴市", "320882": "淮安市", "341400": "巢湖市", "341422": "无为县", "130602": "新市区"},
    {"320800": "淮安市", "340225": "无为县", "340181": "巢湖市"},
]


def rows(*changes: str) -> list[str]:
    text, mistakes = compiled([change.split() for change in changes], REVISIONS)
    assert not mistakes
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_every_code_of_the_name_with_its_successor() -> None:
    assert rows("安徽省 无为县 无为市 2019 became-city") == [
        "340225\t无为县\t340281\t2019\tbecame-city",
        "341422\t无为县\t340281\t2019\tbecame-city",
    ]


def test_a_name_that_another_division_has_today() -> None:
    assert rows("安徽省 巢湖市 巢湖市 2011 divided") == ["341400\t巢湖市\t340181\t2011\tdivided"]
    assert rows("江苏省 淮阴市淮安市 淮安区 2000 became-district") == ["320882\t淮安市\t320803\t2000\tbecame-district"]


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ("安徽省 居巢区 巢湖市 2011 merged", "no revision"),
        ("湖北省 无为县 襄阳市 2019 merged", "no revision"),
        ("安徽省 无为县 无为区 2019 became-district", "0 divisions"),
        ("河北省 新市区 新华区 2015 merged", "2 divisions"),
        ("安徽省 无为县 无为市 1019 became-city", "not a year"),
        ("安徽省 无为县 无为市 2019 vanished", "not a year or kind"),
    ],
)
def test_a_change_that_no_source_bears_out_is_a_mistake(change: str, mistake: str) -> None:
    text, mistakes = compiled([change.split()], REVISIONS)
    assert len(mistakes) == 1
    assert mistake in mistakes[0]
    assert "\t2019\t" not in text


def test_the_compiled_table_has_every_change() -> None:
    listed = {(gazetteer.province_of(old.code).name, old.successor, old.year, old.kind) for old in gazetteer.OLD_NAMES}
    today = {division.name for division in gazetteer.DIVISIONS.values()}
    for province, old, successor, year, kind in gazetteer.rows("changes.tsv"):
        codes = [code for p, code, y, k in listed if (p, y, k) == (province, int(year), kind)]
        assert any(successor.endswith(gazetteer.DIVISIONS[code].name) for code in codes), (old, successor)
        assert successor in today or any(successor.endswith(name) for name in today)
