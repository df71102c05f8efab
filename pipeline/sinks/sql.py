"""The tables as SQLAlchemy has them. Imported by the database's sink alone, since it imports SQLAlchemy."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from pipeline.sinks import tables

METADATA = sa.MetaData()

# SQLite has no decimals: a double holds whole numbers of up to 15 digits as they are.
_NUMBER = sa.Numeric(tables.DIGITS, tables.PLACES).with_variant(sa.Double(), "sqlite")
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "integer": sa.BigInteger(),
    "date": sa.Date(),
    "number": _NUMBER,
}


def _can_refer(*_: object, dialect: sa.Dialect, **__: object) -> bool:
    """DuckDB does not let a row be deleted in the transaction that deletes what refers to it."""
    return dialect.name != "duckdb"


def _table(table: tables.Table) -> sa.Table:
    columns = [
        sa.Column(
            column.name,
            _TYPES[column.kind],
            primary_key=place < table.key,
            autoincrement=False,
            nullable=column.empty,
        )
        for place, column in enumerate(table.columns)
    ]
    if table.name == "documents":
        return sa.Table(table.name, METADATA, *columns)
    owner = sa.ForeignKeyConstraint([table.columns[0].name], ["documents.id"]).ddl_if(callable_=_can_refer)
    return sa.Table(table.name, METADATA, *columns, owner)


TABLES = {table.name: _table(table) for table in tables.TABLES}
"""The tables by name, each after those that it refers to."""
