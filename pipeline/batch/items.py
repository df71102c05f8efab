"""What a batch is made of: documents by the place where their bytes lie, never the bytes themselves.

Items are small, can be pickled, and are read where they are worked on.
"""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline import loading
from pipeline.document import LoadError, Source

MAX_RATIO = 200
"""A member of an archive that grows more than this when unpacked is a zip bomb; Chinese text grows 3 to 10 times."""

_SMALL = 1_000_000  # Below this many bytes no ratio does harm: a megabyte of spaces packs to a kilobyte.


@dataclass(frozen=True, slots=True)
class Item:
    """One document of the inputs.

    `id` is the document's own, `path` the file that holds it, `name` that path as it is written out, `number` the place
    in that file (a line, a member; 0 for the file itself). `digest` is the SHA-256 of its bytes, once they were read.
    """

    id: str
    path: Path
    name: str
    number: int = 0
    digest: str = ""

    @property
    def where(self) -> str:
        """How an error names the place."""
        return f"{self.name}:{self.number}" if self.number else self.name

    def read(self, limit: int) -> bytes:
        """The bytes of the document. Raises LoadError (`unreadable`, `too-large` above `limit` bytes)."""
        try:
            status = self.path.stat()
            if not stat.S_ISREG(status.st_mode):
                kind = "a folder that cannot be looked into" if stat.S_ISDIR(status.st_mode) else "no regular file"
                raise LoadError(f"this is {kind}", where=self.name)
            if status.st_size > limit:
                raise too_large(self.name, limit)
            return self.path.read_bytes()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise LoadError(f"the file cannot be read: {reason}", where=self.name) from error

    def source(self, data: bytes) -> Source:
        """The document of these bytes. Raises LoadError."""
        return loading.from_bytes(data, self.id)


@dataclass(frozen=True, slots=True)
class Line(Item):
    """A line of a JSON Lines file: `length` bytes from `start`."""

    start: int = 0
    length: int = 0

    def read(self, limit: int) -> bytes:
        """The bytes of the line. Raises LoadError."""
        if self.length > limit:
            raise too_large(self.where, limit)
        try:
            with self.path.open("rb") as file:
                file.seek(self.start)
                return file.read(self.length)
        except OSError as error:
            raise LoadError(f"the file cannot be read: {error.strerror}", where=self.name) from error

    def source(self, data: bytes) -> Source:
        """The document of the line. Raises LoadError."""
        for source in loading.json_lines([data], self.name, self.number):
            if isinstance(source, LoadError):
                raise source
            return source
        raise LoadError("the line has changed since it was found", where=self.where)


@dataclass(frozen=True, slots=True)
class Member(Item):
    """A file in a zip archive: the `index`th of its table of contents."""

    index: int = 0

    @property
    def where(self) -> str:
        """How an error names the place."""
        return self.id

    def read(self, limit: int) -> bytes:
        """The unpacked bytes. Raises LoadError (`zip-bomb`, `too-large`, `encrypted`, `bad-archive`)."""
        try:
            archive = _archive(self.path, self.path.stat().st_mtime_ns)
            info = archive.infolist()[self.index]
            if info.flag_bits & 1:
                raise LoadError("the member is encrypted; unpack it first", where=self.where, code="encrypted")
            if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
                message = f"the member unpacks to {info.file_size:,} bytes from {info.compress_size:,}: a zip bomb"
                raise LoadError(message, where=self.where, code="zip-bomb")
            with archive.open(info) as file:
                data = file.read(limit + 1)
        except (OSError, zipfile.BadZipFile, IndexError, NotImplementedError, EOFError) as error:
            raise LoadError(f"the member cannot be read: {error}", where=self.where, code="bad-archive") from error
        if len(data) > limit:
            raise too_large(self.where, limit)
        return data


@dataclass(frozen=True, slots=True)
class Broken(Item):
    """A place in the inputs that holds no document, with the reason: a damaged archive, an id that is there twice."""

    code: str = "unreadable"
    message: str = ""

    def read(self, limit: int) -> bytes:  # noqa: ARG002
        """Raises LoadError."""
        raise LoadError(self.message, where=self.where, code=self.code)


def too_large(where: str, limit: int) -> LoadError:
    """The error of a document over the limit."""
    message = f"the document has more than {limit:,} bytes; split it"
    return LoadError(message, where=where, code="too-large")


@lru_cache(maxsize=1)
def _archive(path: Path, changed: int) -> zipfile.ZipFile:  # noqa: ARG001  # a changed archive is opened anew
    """An open archive; the last is kept, since its members come one after the other."""
    return zipfile.ZipFile(path)
