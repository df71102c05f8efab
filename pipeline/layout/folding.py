"""Folding, one character to one: what rules match on, beside the text as printed.

Full-width letters, digits and signs become half-width, characters that PDFs carry as radicals or compatibility forms
become the usual ones, traditional characters become simplified, and Chinese punctuation gets its full-width form
between Chinese characters. No length ever changes, so one offset map serves both.
"""

from __future__ import annotations

import unicodedata
from importlib import resources

import regex

# From Unicode's own table (CJK Radicals Supplement): NFKC leaves these as they are.
_RADICALS = "⺀⺁⺄⺈⺋⺌⺍⺕⺗⺘⺙⺛⺜⺝⺟⺠⺡⺣⺤⺥⺧⺨⺩⺪⺫⺬⺭⺮⺯⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰"
_UNIFIED = "冫厂乚刀㔾小小彐心手攵无日月母民水火爪爪牛犬王疋罒示礻竹糸网罒罓罓网羊羊羊老聿月臼艹艹艹虎衤西西见角角讠贝足车辶辶辶阝钅长镸长门阝青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙"

_HALF = {
    0x3000: " ",
    0x00A0: " ",
    0x2236: ":",
    0xFE55: ":",
    0x00B7: "·",
    0x2027: "·",
    0x30FB: "·",
    0x2022: "·",
    0xFF65: "·",
}
_FULL_PUNCTUATION = {"，", "：", "；", "！", "？", "（", "）", "～"}
_AMONG_CHINESE = {ord(half): full for half, full in zip(",:;?!", "，：；？！", strict=True)}


def _table() -> dict[int, str]:
    table: dict[int, str] = dict(_HALF)
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in _FULL_PUNCTUATION:
            table[code] = chr(code - 0xFEE0)
    table[0xFFE5] = "¥"
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        unified = unicodedata.normalize("NFKC", chr(code))
        if len(unified) == 1 and unified != chr(code):
            table[code] = unified
    # Lone surrogates, which a JSON line can hold, are no characters to any reader of UTF-8.
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    table |= dict(zip(map(ord, _RADICALS), _UNIFIED, strict=True))
    data = resources.files("pipeline.layout").joinpath("traditional.txt").read_text(encoding="utf-8")
    traditional, simplified = data.splitlines()
    table |= dict(zip(map(ord, traditional), simplified, strict=True))
    table |= {ord("("): "（", ord(")"): "）", ord("〇"): "〇", ord("○"): "〇", ord("〔"): "〔"}
    return table


_TABLE = _table()
_FOLDED = frozenset(map(chr, _TABLE))
_PUNCTUATION = regex.compile(r"(?<=[\p{Han}”》）】〕、])[,:;?!]|[,:;?!](?=[\p{Han}“《（【])")


def fold(printed: str) -> str:
    """The text as rules read it, of the same length."""
    folded = printed if _FOLDED.isdisjoint(printed) else printed.translate(_TABLE)
    return _PUNCTUATION.sub(_widen, folded)


def _widen(match: regex.Match[str]) -> str:
    return match.group().translate(_AMONG_CHINESE)
