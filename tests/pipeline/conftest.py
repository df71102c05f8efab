"""Databases of each kind, empty. PostgreSQL is where ZHENGCE_TEST_PG says."""

import os
import uuid

import pytest
import sqlalchemy as sa

POSTGRESQL = os.environ.get("ZHENGCE_TEST_PG", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def url(request, tmp_path):
    """An empty database."""
    if request.param != "postgresql":
        yield f"{request.param}:///{tmp_path}/store.db"
        return
    engine = sa.create_engine(sa.make_url(POSTGRESQL).set(drivername="postgresql+psycopg"))
    schema = f"zhengce_{uuid.uuid4().hex}"
    try:
        with engine.begin() as connection:
            connection.execute(sa.schema.CreateSchema(schema))
    except sa.exc.OperationalError:
        pytest.skip(f"PostgreSQL is not reached at {POSTGRESQL}")
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
