"""Text files and standard input."""

from __future__ import annotations

from pathlib import Path

from pipeline.document import LoadError, Source, sha256
from pipeline.loading.decoding import decode


def file(path: Path, name: str | None = None) -> Source:
    """A text file as a Source; its id is the path as given, or `name`.

    Raises LoadError (`unreadable`, `binary`, `undecodable`, `empty`).
    """
    where = name if name is not None else str(path)
    return from_bytes(_bytes(path, where), where)


def lines(path: Path) -> list[bytes]:
    """The lines of a file, with their ends, undecoded. Raises LoadError (`unreadable`)."""
    return _bytes(path, str(path)).splitlines(keepends=True)


def _bytes(path: Path, where: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "this is a folder, not a file" if path.is_dir() else (error.strerror or str(error)).lower()
        raise LoadError(f"the file cannot be read: {reason}", where=where) from error


def from_bytes(data: bytes, name: str = "-") -> Source:
    """Bytes of one document, as from standard input. Raises LoadError (`binary`, `undecodable`, `empty`)."""
    return Source(id=name, text=decode(data, name), source=name, sha256=sha256(data))


def from_text(text: str, name: str = "-") -> Source:
    """A text at hand as a Source; its hash is that of its UTF-8 bytes."""
    return Source(id=name, text=text, source=name, sha256=sha256(text.encode("utf-8", "surrogatepass")))
