"""Inputs as items: every document once, in one order, each readable where it lies."""

import os
import zipfile
from pathlib import Path

import pytest

from pipeline.batch import inputs
from pipeline.batch.items import MAX_RATIO
from pipeline.document import LoadError, UsageError

LIMIT = 1_000_000


def found(*names, leave_out=(), limit=LIMIT):
    return list(inputs.items(inputs.files([str(name) for name in names], leave_out), limit))


def load(item, limit=LIMIT):
    return item.source(item.read(limit))


def test_every_document_of_a_folder_in_one_order(sources):
    (sources / ".hidden").write_text("x")
    (sources / "out").mkdir()
    (sources / "out" / "documents.jsonl").write_text("x")
    ids = [item.id for item in found(sources, leave_out=[sources / "out"])]
    assert ids == [
        f"{sources}/a.txt",
        f"{sources}/b-d.txt",
        "line-6",
        f"{sources}/lines.jsonl:2",
        "line-7",
        f"{sources}/more.zip/x/一.txt",
        f"{sources}/more.zip/x/二.txt",
        f"{sources}/nul.txt",
        f"{sources}/b/c.txt",
    ]


def test_items_load_what_they_are(sources):
    texts = {}
    for item in found(sources):
        try:
            texts[item.id] = load(item).text
        except LoadError as error:
            texts[item.id] = error.code
    assert "〔2021〕4号" in texts[f"{sources}/more.zip/x/一.txt"]
    assert "〔2021〕6号" in texts["line-6"]
    assert "〔2021〕7号" in texts["line-7"]
    assert texts[f"{sources}/lines.jsonl:2"] == "bad-json"
    assert texts[f"{sources}/nul.txt"] == "binary"


def test_an_error_in_a_line_says_which(sources):
    (item,) = [item for item in found(sources) if item.id.endswith("jsonl:2")]
    with pytest.raises(LoadError) as caught:
        load(item)
    assert caught.value.where == f"{sources}/lines.jsonl:2"


def test_patterns_and_single_files(sources):
    assert [item.path.name for item in found(sources / "**" / "*.txt")] == ["a.txt", "c.txt", "b-d.txt", "nul.txt"]
    assert [item.path.name for item in found(sources / "b" / "c.txt", sources / "a.txt")] == ["c.txt", "a.txt"]
    for name in ("nothing.txt", "*.pdf"):
        with pytest.raises(UsageError, match=r"no such file|no file fits"):
            found(sources / name)


def test_a_pattern_of_folders_stands_for_their_files(sources):
    assert [item.path.name for item in found(sources / "b*")] == ["c.txt", "b-d.txt"]


def test_a_folder_that_cannot_be_looked_into_fails_as_a_document(sources, monkeypatch):
    scandir = os.scandir

    def forbidden(path):
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    *_, last = found(sources)
    assert last.path == sources / "b"
    with pytest.raises(LoadError, match="cannot be looked into"):
        last.read(LIMIT)


def test_a_name_with_brackets_is_a_file_if_there_is_one(tmp_path):
    path = tmp_path / "通知[2021].txt"
    path.write_text("x")
    assert [item.path for item in found(path)] == [path]


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 50_000_000)
        archive.writestr("text.txt", "到2025年建成50个。")
    bomb, text = found(tmp_path)
    with pytest.raises(LoadError) as caught:
        bomb.read(100_000_000)
    assert caught.value.code == "zip-bomb"
    assert MAX_RATIO < 1000
    assert load(text).text == "到2025年建成50个。"


def test_a_damaged_archive_is_one_failed_document(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no archive")
    (item,) = found(tmp_path)
    with pytest.raises(LoadError) as caught:
        load(item)
    assert caught.value.code == "bad-archive"


def test_a_damaged_member_is_one_failed_document(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "到2025年建成50个。" * 10)
    path.write_bytes(path.read_bytes().replace("建成".encode(), "建立".encode(), 1))
    (item,) = found(path)
    with pytest.raises(LoadError) as caught:
        load(item)
    assert caught.value.code == "bad-archive"


def test_a_line_over_the_limit_is_measured_and_not_read(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 3_000_000 + b'"}\n{"id": "b", "text": "y"}\n')
    long, short = found(path, limit=1000)
    assert (long.id, long.length) == (f"{path}:1", 3_000_013)
    with pytest.raises(LoadError) as caught:
        long.read(1000)
    assert caught.value.code == "too-large"
    assert load(short, 1000).text == "y"


def test_what_cannot_be_read_says_so(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    (item,) = found(path)
    path.unlink()
    with pytest.raises(LoadError) as caught:
        load(item)
    assert caught.value.code == "unreadable"
