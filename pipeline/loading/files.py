"""Files and standard input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.document import LoadError, Source, sha256
from pipeline.loading import formats
from pipeline.loading.content import check_size, check_text


def file(path: Path, name: str | None = None) -> Source:
    """A document of any format as a Source; its id is the path as given, or `name`.

    Raises LoadError: `unreadable`, or as `from_bytes` does.
    """
    where = name if name is not None else str(path)
    with _reading(where):
        check_size(path.stat().st_size, where)
        data = path.read_bytes()
    return from_bytes(data, where)


def lines(path: Path) -> list[bytes]:
    """The lines of a file, with their ends, undecoded. Raises LoadError (`unreadable`)."""
    with _reading(str(path)):
        return path.read_bytes().splitlines(keepends=True)


@contextmanager
def _reading(where: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (
            "this is a folder, not a file"
            if isinstance(error, IsADirectoryError)
            else (error.strerror or str(error)).lower()
        )
        raise LoadError(f"the file cannot be read: {reason}", where=where) from error


def from_bytes(data: bytes, name: str = "-") -> Source:
    """Bytes of one document, as from standard input; the ending of `name` tells the format where the bytes don't.

    Raises LoadError: `empty`, `too-large`; `binary`, `undecodable` (text); `damaged`, `encrypted`, `no-text-layer`
    (PDF, DOCX); `unsupported` for another format; `missing-extra` where the format's library is not installed.
    """
    check_size(len(data), name)
    if not data:
        raise LoadError("the document is empty", where=name, code="empty")
    content = formats.reader(data, name)(data, name)
    return Source(
        id=name,
        text=check_text(content.text, name),
        source=name,
        sha256=sha256(data),
        published=content.published,
        title=content.title,
        problems=content.problems,
    )


def from_text(text: str, name: str = "-") -> Source:
    """A text at hand as a Source; its hash is that of its UTF-8 bytes."""
    return Source(id=name, text=text, source=name, sha256=sha256(text.encode("utf-8", "surrogatepass")))
