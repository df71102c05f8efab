"""What has been done: for each document its content, the fingerprint it was read under, what came out and where it lies.

SQLite in WAL mode. An entry is made only when its result is on the disk, so what the ledger says is always so; what it
does not say yet is done again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch.items import Item
from pipeline.batch.parts import Place
from pipeline.document import Status, UsageError

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, number INTEGER NOT NULL,
    digest TEXT NOT NULL, fingerprint TEXT NOT NULL,
    status TEXT NOT NULL, code TEXT, message TEXT,
    result TEXT NOT NULL, part TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS in_order ON documents (name, number, id);
CREATE TABLE IF NOT EXISTS unpublished (yes INTEGER PRIMARY KEY) STRICT;
CREATE TEMP TABLE seen (id TEXT PRIMARY KEY, name TEXT NOT NULL, number INTEGER NOT NULL) STRICT;
"""

_COLUMNS = "id, name, number, digest, fingerprint, status, code, message, result, part, start, length"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that has been done.

    `name` and `number` say where it stood in the inputs, `digest` is the SHA-256 of its bytes, `result` that of its
    output line, which lies at `place`; `code` and `message` are of its error, if there was one.
    """

    id: str
    name: str
    number: int
    digest: str
    fingerprint: str
    status: Status
    code: str | None
    message: str | None
    result: str
    place: Place


class Ledger:
    """The ledger of a state folder. One run at a time can hold it."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, or begin it. Raises UsageError where another run holds it, or the file is no ledger."""
        self._database = sqlite3.connect(path, timeout=1, isolation_level=None)
        try:
            # Held from the first statement until the process ends, however it ends.
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            self._database.close()
            raise UsageError(f"another run is at work on this destination ({error})", where=str(path)) from error
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise UsageError(f"this is no ledger of a batch: {error}", where=str(path)) from error

    def close(self) -> None:
        """Let another run have it."""
        self._database.close()

    def claim(self, item: Item) -> tuple[str, int] | None:
        """Note that this run has come to an item; where it came to a document of the same id before, if it did."""
        claim = "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        if self._database.execute(claim, (item.id, item.name, item.number)).rowcount:
            return None
        name, number = self._database.execute("SELECT name, number FROM seen WHERE id = ?", (item.id,)).fetchone()
        return name, number

    def forget_claims(self) -> None:
        """Begin to look through the inputs anew."""
        self._database.execute("DELETE FROM seen")

    def find(self, identity: str) -> Entry | None:
        """The entry of a document."""
        row = self._database.execute(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", (identity,)).fetchone()
        return None if row is None else _entry(row)

    def enter(self, entries: Iterable[Entry]) -> None:
        """Enter documents, each in the place of what was said of it before: all of them or none."""
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany(
                f"INSERT OR REPLACE INTO documents ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_row(entry) for entry in entries),
            )
            self._database.execute("INSERT OR IGNORE INTO unpublished VALUES (1)")

    def entries(self) -> Iterator[Entry]:
        """All entries in order of the inputs: by the path, then by the place in that file."""
        query = f"SELECT {_COLUMNS} FROM documents ORDER BY name, number, id"
        return map(_entry, self._database.execute(query))

    def parts(self) -> dict[str, int]:
        """The parts that entries rest on, each with the bytes that it has at least."""
        query = "SELECT part, MAX(start + length) FROM documents GROUP BY part"
        return dict(self._database.execute(query).fetchall())

    def forget_part(self, name: str) -> None:
        """Drop the entries that rest on a part, so that they are done again."""
        self._database.execute("DELETE FROM documents WHERE part = ?", (name,))

    def count(self) -> int:
        """How many documents have been done."""
        count: int = self._database.execute("SELECT COUNT(*) FROM documents").fetchone()[0]
        return count

    @property
    def unpublished(self) -> bool:
        """Whether anything was entered since the sink last took all."""
        return self._database.execute("SELECT 1 FROM unpublished").fetchone() is not None

    def published(self) -> None:
        """Note that the sink has taken all."""
        self._database.execute("DELETE FROM unpublished")


def _entry(row: tuple[Any, ...]) -> Entry:
    identity, name, number, digest, fingerprint, status, code, message, result, *place = row
    return Entry(identity, name, number, digest, fingerprint, status, code, message, result, Place(*place))


def _row(entry: Entry) -> tuple[str | int | None, ...]:
    place = entry.place
    return (
        *(entry.id, entry.name, entry.number, entry.digest, entry.fingerprint),
        *(entry.status, entry.code, entry.message, entry.result, place.part, place.start, place.length),
    )
