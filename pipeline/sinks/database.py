"""A database by SQLAlchemy: SQLite, DuckDB or PostgreSQL, with keys, dates as dates and quantities as numeric.

A document's rows are replaced in one transaction, and only where its output line is another than the one they are from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.document import UsageError
from pipeline.sinks import tables
from pipeline.sinks.lines import MissingExtraError, Stored, StoreError

if TYPE_CHECKING:
    import sqlalchemy as sa

_DRIVERS = {"sqlite": "sqlite", "duckdb": "duckdb", "postgresql": "postgresql+psycopg"}
_PAGE = 100


class Database:
    """The sink of a database. Needs SQLAlchemy and the database's driver."""

    def __init__(self, url: str) -> None:
        """Connect, and make the tables that are not there.

        Raises UsageError for a URL of another kind, MissingExtraError without a driver, StoreError where the database
        cannot be opened.
        """
        try:
            import sqlalchemy as sa
        except ImportError as error:
            raise MissingExtraError("SQLAlchemy", "batch") from error
        from pipeline.sinks import sql

        try:
            parsed = sa.make_url(url)
        except sa.exc.ArgumentError as error:
            raise UsageError("this is no URL of a database", where="--to") from error
        if parsed.drivername not in _DRIVERS or not parsed.database:
            known = ", ".join(f"{name}://" for name in _DRIVERS)
            raise UsageError(f"a database is {known} with a file or a name, not {parsed}", where="--to")
        self._where = str(parsed)
        self._tables = sql.TABLES
        self._columns = {table.name: table.columns for table in tables.TABLES}
        try:
            self._engine = sa.create_engine(parsed.set(drivername=_DRIVERS[parsed.drivername]))
        except (ImportError, sa.exc.NoSuchModuleError) as error:
            raise MissingExtraError(f"the driver of {parsed.drivername}", parsed.drivername) from error
        with self._told():
            sql.METADATA.create_all(self._engine)

    def is_whole(self, count: int) -> bool:
        """Whether there are as many documents. Raises StoreError."""
        import sqlalchemy as sa

        with self._told(), self._engine.connect() as connection:
            query = sa.select(sa.func.count()).select_from(self._tables["documents"])
            return connection.execute(query).scalar_one() == count

    def write(self, lines: Iterable[Stored]) -> None:
        """Replace the rows of documents whose line is another now. Raises StoreError."""
        lines = iter(lines)
        with self._told():
            while page := list(islice(lines, _PAGE)):
                with self._engine.begin() as connection:
                    self._replace(connection, self._stale(connection, page))

    def close(self) -> None:
        """End all connections."""
        self._engine.dispose()

    def _stale(self, connection: sa.Connection, page: Sequence[Stored]) -> list[Stored]:
        import sqlalchemy as sa

        documents = self._tables["documents"]
        names = [stored.id for stored in page]
        query = sa.select(documents.c.id, documents.c.line_sha256).where(documents.c.id.in_(names))
        held = {row.id: row.line_sha256 for row in connection.execute(query)}
        return [stored for stored in page if held.get(stored.id) != stored.digest]

    def _replace(self, connection: sa.Connection, page: Sequence[Stored]) -> None:
        import sqlalchemy as sa

        if not page:
            return
        names = [stored.id for stored in page]
        for table in reversed(self._tables.values()):
            connection.execute(sa.delete(table).where(table.columns[0].in_(names)))
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self._tables}
        for stored in page:
            for name, found in tables.rows(tables.parse(stored.read()), stored.digest).items():
                rows[name].extend(_typed(self._columns[name], row) for row in found)
        for name, table in self._tables.items():
            if rows[name]:
                connection.execute(sa.insert(table), rows[name])

    @contextmanager
    def _told(self) -> Iterator[None]:
        import sqlalchemy as sa

        try:
            yield
        except sa.exc.SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            reason = (str(cause).splitlines() or [type(cause).__name__])[0]
            raise StoreError(f"the database says: {reason}", where=self._where) from error


_TYPES: dict[tables.Kind, Callable[[Any], Any]] = {
    "text": lambda text: text,
    "integer": lambda integer: integer,
    "date": dt.date.fromisoformat,
    "number": Decimal,
}


def _typed(columns: Sequence[tables.Column], row: tables.Row) -> dict[str, Any]:
    """A row by column, days as dates and numbers as decimals."""
    return {
        column.name: None if cell is None else _TYPES[column.kind](cell)
        for column, cell in zip(columns, row, strict=True)
    }
