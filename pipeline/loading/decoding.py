"""Bytes to text: a byte order mark, strict UTF-8, the charset a page declares, then GB18030 or Big5.

GBK and GB2312 are parts of GB18030, Big5 of Big5-HKSCS, and are decoded as those.
"""

from __future__ import annotations

import codecs
import re

from pipeline.document import LoadError

_GB = "gb18030"
_BIG5 = "big5hkscs"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEAD = 4096
_CHARSETS = dict.fromkeys(("gb18030", "gbk", "x-gbk", "gb2312", "gb_2312-80", "cp936", "chinese"), _GB) | dict.fromkeys(
    ("big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950"), _BIG5
)
"""What a page may call its charset. UTF-8 has been tried before, and no other charset is believed."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TELLING = 64
"""Bytes from which on the statistics tell GB18030 from Big5; a shorter text is GB18030, by far the more frequent."""


def decode(data: bytes, where: str) -> str:
    """The text of a document's bytes, nothing removed: a byte order mark stays as its first character.

    Raises LoadError: `binary` with control characters that no text has, `undecodable` where no encoding fits, or
    where UTF-8 is cut or damaged.
    """
    encoding = _UTF16.get(data[:2], "utf-8")
    if encoding == "utf-8":
        _check_control(data, where)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not _is_damaged_utf8(data):
            return _chinese(data, where)
        message = f"{encoding.upper()} that is damaged or cut at byte {error.start:,}; fetch the file again"
        raise LoadError(message, where=where, code="undecodable") from error
    if encoding != "utf-8":
        _check_control(text.encode("utf-8"), where)
    return text


def _check_control(data: bytes, where: str) -> None:
    if _CONTROL.search(data):
        raise LoadError("this is a binary file, not text", where=where, code="binary")


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most that is not ASCII is well-formed UTF-8 of three bytes or more, which by chance is rare."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(char >= "\u0800" for char in text) > 2 * broken


def _chinese(data: bytes, where: str) -> str:
    declared = _DECLARED.search(data, 0, _HEAD)
    first = _CHARSETS.get(declared.group(1).decode("ascii").lower()) if declared else None
    texts = {encoding: text for encoding in (_GB, _BIG5) if (text := _decoded(data, encoding)) is not None}
    if first in texts:
        return texts[first]
    if len(texts) == 2:
        return texts[_likelier(data)]
    for text in texts.values():
        return text
    message = "the text is neither UTF-8 nor GB18030 nor Big5; convert it to UTF-8"
    raise LoadError(message, where=where, code="undecodable")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likelier(data: bytes) -> str:
    """GB18030 or Big5 for bytes that are valid in both."""
    if len(data) < _TELLING:
        return _GB
    import charset_normalizer

    # The threshold lets both be compared whatever they look like; no other encoding is thought of.
    matches = charset_normalizer.from_bytes(
        data, threshold=1.0, cp_isolation=[_GB, _BIG5], preemptive_behaviour=False, enable_fallback=False
    )
    best = matches.best()
    return _BIG5 if best is not None and best.encoding == _BIG5 else _GB
