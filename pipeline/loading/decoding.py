"""Bytes to text: strict UTF-8 first, then GB18030, of which GBK and GB2312 are parts."""

from __future__ import annotations

import codecs

import regex

from pipeline.document import LoadError

ENCODINGS = ("utf-8", "gb18030")

_CONTROL = regex.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, where: str) -> str:
    """The text of a document's bytes, nothing removed: a byte order mark stays as its first character.

    Raises LoadError: `empty` without any character but white space, `binary` with control characters that no text
    has, `undecodable` where no encoding fits.
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise LoadError("the document is empty", where=where, code="empty")
    if _CONTROL.search(data):
        raise LoadError("this is a binary file, not text", where=where, code="binary")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip("\ufeff \t\r\n\f\v\u3000\xa0"):
            raise LoadError("the document is empty", where=where, code="empty")
        return text
    raise LoadError("the text is neither UTF-8 nor GB18030; convert it to UTF-8", where=where, code="undecodable")
