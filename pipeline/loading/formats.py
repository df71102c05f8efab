"""Which format bytes are in: by what they hold first, then by the ending of their name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from pipeline.document import LoadError
from pipeline.loading import docx, html, pdf, plain
from pipeline.loading.content import Content

Reader: TypeAlias = Callable[[bytes, str], Content]

_ENDINGS: dict[str, Reader] = {
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".htm": html.read,
    ".html": html.read,
    ".shtml": html.read,
    ".xhtml": html.read,
}
_HEAD = 1024
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<!--(?>.*?-->)|<\?xml[^>]*\?>)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream of an OLE file that an Office document with a password is kept in."""


def reader(data: bytes, name: str) -> Reader:
    """What reads these bytes. Raises LoadError (`encrypted`, `unsupported`) for formats known and not read."""
    head = data[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return pdf.read
    if head.startswith(b"PK\x03\x04"):
        return docx.read
    if head.startswith(_OLE):
        if _ENCRYPTED in data:
            raise LoadError("the document has a password; save it without", where=name, code="encrypted")
        raise LoadError("this is a file of an old Office; save it as DOCX", where=name, code="unsupported")
    if head.startswith(b"{\\rtf"):
        raise LoadError("RTF is not read; save it as DOCX", where=name, code="unsupported")
    # Without its zero bytes UTF-16 markup reads as ASCII.
    if _MARKUP.match(head.replace(b"\0", b"")):
        return html.read
    return next((read for ending, read in _ENDINGS.items() if name.lower().endswith(ending)), plain.read)
