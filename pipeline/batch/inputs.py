"""Files, folders, patterns, zip archives and JSON Lines as items, in one order whatever the file system says."""

from __future__ import annotations

import glob
import os
import zipfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import orjson

from pipeline.batch.items import Broken, Item, Line, Member
from pipeline.document import UsageError

_LINES = {".jsonl", ".ndjson"}
_ARCHIVES = {".zip"}
_BLOCK = 1 << 20


def files(inputs: Iterable[str], leave_out: Collection[Path] = ()) -> Iterator[Path]:
    """The files that the inputs name, each input's in order of their paths.

    A folder stands for all files below it but hidden ones and what is in `leave_out`, the destination's own; links
    to folders are not followed. A name that is no file and holds *, ? or [ is a pattern, ** for any folders. Raises
    UsageError for a name that fits nothing.
    """
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            yield from _below(path, leave_out)
        elif path.exists() or not glob.has_magic(name):
            if not path.exists():
                raise UsageError("there is no such file or folder", where=printable(path))
            yield path
        else:
            found = sorted(map(Path, glob.glob(name, recursive=True)))  # noqa: PTH207
            if not found:
                raise UsageError("no file fits this pattern", where=name)
            for path in found:
                if not path.is_dir():
                    yield path
                elif "**" not in name:  # Two stars have come to what is in the folder by themselves.
                    yield from _below(path, leave_out)


def _below(folder: Path, leave_out: Collection[Path]) -> Iterator[Path]:
    own = {path.resolve() for path in leave_out}
    names_of_own = {path.name for path in own}

    def is_input(path: Path) -> bool:
        return not path.name.startswith(".") and not (path.name in names_of_own and path.resolve() in own)

    unreadable: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if is_input(Path(root, name)))
        yield from filter(is_input, (Path(root, name) for name in sorted(names)))
    # A folder that cannot be looked into stands for what is in it, and fails as a document.
    yield from (Path(error.filename) for error in unreadable)


def items(paths: Iterable[Path], limit: int) -> Iterator[Item]:
    """The documents of files; `limit` is the size in bytes above which a line is not read."""
    for path in paths:
        kind = path.suffix.lower()
        if kind in _LINES:
            yield from _lines(path, limit)
        elif kind in _ARCHIVES:
            yield from _members(path)
        else:
            yield Item(printable(path), path, printable(path))


def printable(path: Path) -> str:
    """A path as text; bytes of a file name that are not UTF-8 are written with backslashes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _members(path: Path) -> Iterator[Item]:
    name = printable(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [(info.filename, index) for index, info in enumerate(archive.infolist()) if not info.is_dir()]
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        yield Broken(name, path, name, code="bad-archive", message=f"the archive cannot be read: {error}")
        return
    for number, (member, index) in enumerate(sorted(entries), 1):
        yield Member(_clean(f"{name}/{member}"), path, name, number, index=index)


def _lines(path: Path, limit: int) -> Iterator[Item]:
    name = printable(path)
    try:
        with path.open("rb") as file:
            start = 0
            for number, (line, length) in enumerate(_measured(file, limit), 1):
                if line.strip():
                    identity = _id(line) if length <= limit else None
                    yield Line(identity or f"{name}:{number}", path, name, number, start=start, length=length)
                start += length
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Broken(name, path, name, message=f"the file cannot be read: {reason}")


def _measured(file: BinaryIO, limit: int) -> Iterator[tuple[bytes, int]]:
    """Lines, one longer than the limit cut after it, each with its whole length."""
    while line := file.readline(limit + 1):
        length, ended = len(line), line.endswith(b"\n")
        while not ended and (more := file.readline(_BLOCK)):
            length += len(more)
            ended = more.endswith(b"\n")
        yield line, length


def _id(line: bytes) -> str | None:
    """The id that a line gives its document; what is wrong with the line is told when it is loaded."""
    try:
        item = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return None
    identity = item.get("id") if isinstance(item, dict) else None
    return _clean(str(identity)) if identity is not None else None


def _clean(text: str) -> str:
    """An id that every store takes."""
    return text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()
