"""Stores: every table with its types, a document's rows replaced whole, and what stores cannot hold as it is."""

import csv
import datetime as dt
import json
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import pipeline
from pipeline.document import UsageError, sha256
from pipeline.output import dumps
from pipeline.sinks import sql, tables
from pipeline.sinks.database import Database
from pipeline.sinks.folder import Folder
from pipeline.sinks.lines import Stored, StoreError
from tests.pipeline.stores import query

NOTICE = (
    "浙江省民政厅关于印发《养老服务办法》的通知\n浙民发〔2024〕7号\n2024年5月6日，浙江省民政厅印发通知，提出到2025年底新建80个示范站，"
    "覆盖率不低于30.5%，每个站补助12.5万元。用3至5年时间全省覆盖。\n"
)


def stored(text, name="a.txt"):
    line = dumps(pipeline.read(text)).replace('"id":"-"', f'"id":"{name}"').encode()
    return Stored(name, sha256(line), lambda: line)


def test_rows_are_of_their_types(url):
    Database(url).write([stored(NOTICE)])
    day = (lambda text: text) if url.startswith("sqlite") else dt.date.fromisoformat
    number = float if url.startswith("sqlite") else Decimal
    first, second = query(url, "SELECT province_code, issuers, title, date_start FROM records ORDER BY record")
    assert first == ("330000", "浙江省民政厅", "养老服务办法", None)
    assert second == ("330000", "浙江省民政厅", None, day("2024-05-06"))
    targets = query(url, "SELECT kind, cmp, low, unit, deadline_latest FROM targets WHERE kind = 'count'")
    assert (targets[0][:3], targets[0][4]) == (("count", "=", number(80)), day("2025-12-31"))
    assert query(url, "SELECT low, cmp FROM mentions WHERE label = 'YUAN'") == [(number(125_000), "=")]
    assert query(url, "SELECT low, cmp FROM mentions WHERE label = 'PERCENT'") == [(number("0.305"), "≥")]
    (total,) = query(url, "SELECT SUM(low) FROM funding")
    assert total == (number(125_000),)


def test_a_document_is_replaced_and_the_others_stay(url):
    store = Database(url)
    store.write([stored(NOTICE), stored(NOTICE, "b.txt")])
    before = query(url, "SELECT * FROM mentions WHERE document_id = 'b.txt' ORDER BY mention")
    store.write([stored("到2026年底建成90个。")])
    store.write([stored("到2026年底建成90个。"), stored(NOTICE, "b.txt")])
    assert query(url, "SELECT low FROM mentions WHERE document_id = 'a.txt' AND label = 'COUNT'") == [(90,)]
    assert query(url, "SELECT COUNT(*) FROM funding WHERE document_id = 'a.txt'") == [(0,)]
    assert query(url, "SELECT * FROM mentions WHERE document_id = 'b.txt' ORDER BY mention") == before
    assert store.is_whole(2)
    assert not store.is_whole(3)


def test_a_line_that_is_the_same_is_not_read(url):
    store = Database(url)
    first = stored(NOTICE)
    store.write([first])

    def unread():
        raise AssertionError("the line was read")

    store.write([Stored(first.id, first.digest, unread)])


def test_a_write_that_breaks_leaves_the_old_rows(url):
    store = Database(url)
    store.write([stored(NOTICE)])
    before = query(url, "SELECT * FROM mentions ORDER BY mention")

    def broken():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write([stored("到2026年底建成90个。"), Stored("b.txt", "x", broken)])
    assert query(url, "SELECT * FROM mentions ORDER BY mention") == before


def test_what_a_store_cannot_hold_is_replaced(url):
    text = "到2025年底，《a\0b\ud800》" + "投入" + "9" * 27 + "元。"
    Database(url).write([stored(text)])
    ((title,),) = query(url, "SELECT name FROM mentions WHERE label = 'TITLE'")
    assert title == "a\ufffdb\\ud800"
    assert query(url, "SELECT low FROM mentions WHERE label = 'YUAN'") == [(None,)]
    ((value,),) = query(url, "SELECT value FROM mentions WHERE label = 'YUAN'")
    assert json.loads(value)["low"] == "9" * 27


def test_a_store_that_is_not_there_says_so(tmp_path):
    with pytest.raises(StoreError, match="the database says"):
        Database("postgresql://nobody:secret@127.0.0.1:1/none")
    with pytest.raises(StoreError) as caught:
        Database("postgresql://nobody:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)
    with pytest.raises(UsageError, match="no URL"):
        Database("sqlite:x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        Folder(tmp_path / "file")


@pytest.mark.parametrize(
    ("module", "store", "extra"),
    [
        ("pyarrow.parquet", lambda path: Folder(path), "batch"),
        ("sqlalchemy", lambda path: Database(f"sqlite:///{path}/x.db"), "batch"),
        ("psycopg", lambda path: Database("postgresql://postgres@127.0.0.1/x"), "postgresql"),
    ],
)
def test_what_is_not_installed_is_named(tmp_path, monkeypatch, module, store, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError) as caught:
        store(tmp_path)
    assert caught.value.code == "missing-extra"
    assert f"pip install 'zhengce[{extra}]'" in caught.value.message


def test_tables_of_a_folder_are_those_of_a_database(tmp_path):
    Folder(tmp_path).write([stored(NOTICE), stored(NOTICE, "b.txt")])
    for table in tables.TABLES:
        found = pq.read_table(tmp_path / "parquet" / f"{table.name}.parquet")
        assert found.schema.names == list(sql.TABLES[table.name].columns.keys())
        keys = [tuple(row.values())[: table.key] for row in found.to_pylist()]
        assert len(set(keys)) == len(keys) == found.num_rows > 0 or table.name == "findings"
    mentions = pq.read_table(tmp_path / "parquet" / "mentions.parquet").to_pylist()
    with (tmp_path / "mentions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == [mention["text"] for mention in mentions]
    (amount,) = {mention["low"] for mention in mentions if mention["label"] == "YUAN"}
    assert amount == Decimal(125_000)


def test_the_docs_list_the_tables():
    docs = (Path(__file__).parents[3] / "docs" / "batch.md").read_text(encoding="utf-8")
    for table in tables.TABLES:
        names = [f"**{c.name}**" if place < table.key else c.name for place, c in enumerate(table.columns)]
        assert f"\n| {table.name} | {', '.join(names)} |\n" in docs


def test_row_groups_do_not_change_what_is_in_them(tmp_path, monkeypatch):
    lines = [stored(NOTICE, f"{number}.txt") for number in range(10)]
    Folder(tmp_path / "large").write(lines)
    monkeypatch.setattr("pipeline.sinks.folder._GROUP", 7)
    Folder(tmp_path / "small").write(lines)
    for table in tables.TABLES:
        large, small = (
            pq.read_table(tmp_path / name / "parquet" / f"{table.name}.parquet") for name in ("large", "small")
        )
        assert large.equals(small)


def test_no_documents_make_empty_tables(tmp_path):
    Folder(tmp_path).write([])
    assert (tmp_path / "records.csv").read_bytes().endswith(b"end_offset\r\n")
    assert pq.read_table(tmp_path / "parquet" / "records.parquet").num_rows == 0
