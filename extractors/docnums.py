"""Document numbers: the code of the issuing body, the year in brackets, the serial number (GB/T 9704-2012, 7.2.5).

民发〔2020〕12号 · 国办发[2021]5号 · 京政办发（2019）3号. Numbers of announcements (`2021年第5号`, `公告第512号`)
and of court cases (`（2020）京01民初12号`) have no code before a year in brackets and are none.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.mention import Mention, NumberValue, Reject
from extractors.text import Text

_YEAR_AND_SERIAL = regex.compile(
    r"[ \t\u3000]*[〔\[(（【﹝［〖](?P<year>[ \t\u3000]*(?:19|20)[0-9]{2}[ \t\u3000]*年?[ \t\u3000]*)[〕\])）】﹞］〗]"
    r"(?P<serial>[ \t\u3000]*第?[ \t\u3000]*[0-9]{1,5}(?:-[0-9]{1,3})?[ \t\u3000]*号)(?![楼院线室馆店铺])"
)

_CODE = regex.compile(r"(?r)[\p{Han}〇A-Za-z]{1,16}")
"""The run of characters before the bracket, which may begin with words of the sentence."""

_LEAD_IN = regex.compile(
    r"(?r)(?:根据|依据|依照|按照|参照|遵照|落实|贯彻|执行|印发|转发|下发|发布|废止|替代|代替|取代|参见|详见|见于|"
    r"文号|字号|编号|批复|文件|通知|意见|办法|决定|关于|请示|报告|规定|要求|号文|以下|以及|"
    r"[按见依原以由的与及或至即为将了从在并属是附除有以号]|和(?!政)|经(?![信贸委济商])|对(?![外口台])|报(?!社))"
)
"""Words that lead up to a code (根据国办发〔2020〕5号) and are no part of it; 经, 对 and 报 also begin codes."""

_MIN_CODE, _MAX_CODE = 2, 12


def find(text: Text) -> Iterator[Mention | Reject]:
    """Document numbers of a text in order, not overlapping; a number with no code before it is rejected."""
    for match in _YEAR_AND_SERIAL.finditer(text.chars):
        start = _code_start(text, match.start())
        if start is None:
            yield Reject(match.start(), match.end(), "docnum-without-code")
            continue
        code = text.printed[start : match.start()]
        written = f"{code}〔{match['year']}〕{match['serial']}"
        number = "".join(written.split())
        yield Mention(start, match.end(), "DOCNUM", NumberValue(number), "docnum.bracketed")


def _code_start(text: Text, end: int) -> int | None:
    """Where the issuing body's code begins, given where it ends; None if there is no code."""
    run = _CODE.match(text.chars, endpos=end, pos=0) if end else None
    if run is None:
        return None
    start = run.start()
    lead_in = _LEAD_IN.search(text.chars, start, end)
    if lead_in is not None:
        start = lead_in.end()
    if end - start > _MAX_CODE:
        start = next((at for at in range(end - _MAX_CODE, end) if text.is_word_edge(at)), end - _MAX_CODE)
    return start if end - start >= _MIN_CODE else None
