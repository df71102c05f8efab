"""What a database holds, read without the sink."""

import sqlalchemy as sa

from pipeline.sinks import sql


def query(url, text):
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sa.text(text))]
    engine.dispose()
    return rows


def empty(url):
    """Drop all tables."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    sql.METADATA.drop_all(engine)
    engine.dispose()
