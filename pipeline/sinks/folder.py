"""A folder of tables: the output lines, mentions and records as CSV, and every table as Parquet.

Files are written anew from all documents, in the order of the inputs, so their bytes depend on nothing but what the
documents are. Reading and writing go document by document, with row groups of a fixed size.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.sinks import tables
from pipeline.sinks.files import complete
from pipeline.sinks.lines import MissingExtraError, Stored, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

LINES, PARQUET = "documents.jsonl", "parquet"

_CSV = ("mentions", "records")
_GROUP = 20_000


class Folder:
    """The sink of a folder. Needs pyarrow."""

    def __init__(self, folder: Path) -> None:
        """Raises MissingExtraError without pyarrow, StoreError where the folder cannot be made."""
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("pyarrow", "batch") from error
        self._folder = folder
        try:
            (folder / PARQUET).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the folder cannot be made: {error.strerror}", where=str(folder)) from error

    def is_whole(self, count: int) -> bool:  # noqa: ARG002
        """Whether all files are there."""
        names = [LINES, *(f"{name}.csv" for name in _CSV), *(f"{PARQUET}/{t.name}.parquet" for t in tables.TABLES)]
        return all((self._folder / name).exists() for name in names)

    def write(self, lines: Iterable[Stored]) -> None:
        """Write all files anew. Raises StoreError."""
        try:
            with ExitStack() as stack:
                self._write(lines, stack)
        except OSError as error:
            raise StoreError(f"the folder cannot be written: {error.strerror}", where=str(self._folder)) from error

    def close(self) -> None:
        """Nothing is held between writes."""

    def _write(self, lines: Iterable[Stored], stack: ExitStack) -> None:
        def opened(name: str) -> BinaryIO:
            return stack.enter_context(complete(self._folder / name))

        everything = opened(LINES)
        writers: list[tuple[str, _Csv | _Parquet]] = [
            (table.name, stack.enter_context(_Csv(opened(f"{table.name}.csv"), table)))
            for table in tables.TABLES
            if table.name in _CSV
        ]
        for table in tables.TABLES:
            parquet = _Parquet(opened(f"{PARQUET}/{table.name}.parquet"), table)
            writers.append((table.name, stack.enter_context(parquet)))
        for stored in lines:
            line = stored.read()
            everything.write(line + b"\n")
            rows = tables.rows(tables.parse(line), stored.digest)
            for name, writer in writers:
                writer.add(rows[name])


class _Csv:
    """A table as CSV: UTF-8 with the mark by which spreadsheets know it, lines ended as RFC 4180 says."""

    def __init__(self, file: BinaryIO, table: tables.Table) -> None:
        file.write(codecs.BOM_UTF8)
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow([column.name for column in table.columns])

    def add(self, rows: Sequence[tables.Row]) -> None:
        self._writer.writerows(rows)

    def __enter__(self) -> _Csv:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.detach()


class _Parquet:
    """A table as Parquet, in row groups of a fixed size."""

    def __init__(self, file: BinaryIO, table: tables.Table) -> None:
        import pyarrow.parquet as pq

        self._schema = _schema(table)
        self._writer = pq.ParquetWriter(file, self._schema)
        self._rows: list[tables.Row] = []

    def add(self, rows: Sequence[tables.Row]) -> None:
        self._rows.extend(rows)
        while len(self._rows) >= _GROUP:
            self._flush(self._rows[:_GROUP])
            del self._rows[:_GROUP]

    def _flush(self, rows: list[tables.Row]) -> None:
        import pyarrow as pa

        columns: Iterable[Any] = zip(*rows, strict=True)
        arrays = [_array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema), row_group_size=_GROUP)

    def __enter__(self) -> _Parquet:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._rows and kind is None:
            self._flush(self._rows)
        self._writer.close()


def _schema(table: tables.Table) -> pa.Schema:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "date": pa.date32(),
        "number": pa.decimal128(tables.DIGITS, tables.PLACES),
    }
    return pa.schema([pa.field(c.name, types[c.kind], nullable=c.empty) for c in table.columns])


def _array(column: Sequence[tables.Cell], kind: pa.DataType) -> pa.Array:
    """A column; days and numbers are read from how they are written."""
    import pyarrow as pa

    if pa.types.is_string(kind) or pa.types.is_integer(kind):
        return pa.array(column, kind)
    return pa.array(column, pa.string()).cast(kind)
