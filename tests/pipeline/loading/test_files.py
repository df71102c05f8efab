"""Bytes to sources: encodings, JSON Lines, and what is wrong with what cannot be read."""

import datetime as dt
import hashlib

import pytest

from pipeline import loading
from pipeline.document import LoadError, Source

TEXT = "到2025年建成50个。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
def test_text_is_decoded_and_untouched(tmp_path, encoding):
    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.encode(encoding))
    source = loading.file(path)
    assert source.text == TEXT
    assert source.id == source.source == str(path)
    assert source.sha256 == hashlib.sha256(TEXT.encode(encoding)).hexdigest()


def test_byte_order_mark_stays_so_that_offsets_hold():
    assert loading.from_bytes(b"\xef\xbb\xbf" + TEXT.encode()).text == "\ufeff" + TEXT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"\xff\xff\xff\x81", "undecodable"),
    ],
)
def test_what_is_no_text(data, code):
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(data, "x.txt")
    assert caught.value.code == code
    assert str(caught.value).startswith("x.txt: ")


def test_missing_file_folder_and_a_name_too_long(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / ("长" * 300)):
        with pytest.raises(LoadError) as caught:
            loading.file(path)
        assert caught.value.code == "unreadable"
        assert caught.value.where == str(path)


def test_json_lines_go_on_after_a_bad_one():
    lines = [
        b'\xef\xbb\xbf{"id": "a", "text": "x", "reference": "2021-04-01"}\n',
        b"\n",
        b"[1]\n",
        b'{"id": "b"}\n',
        b'{"text": ""}\n',
        b'{"text": "x", "reference": "April"}\n',
        b"{not json\n",
        b'{"text": "\xff"}\n',
        b'{"id": 7, "text": "y"}\n',
        b'{"text": "z"}',
    ]
    read = list(loading.json_lines(lines, "in.jsonl"))
    errors = [(error.code, error.where) for error in read if isinstance(error, LoadError)]
    assert errors == [
        ("bad-json", "in.jsonl:3"),
        ("bad-json", "in.jsonl:4"),
        ("empty", "in.jsonl:5"),
        ("bad-reference", "in.jsonl:6"),
        ("bad-json", "in.jsonl:7"),
        ("undecodable", "in.jsonl:8"),
    ]
    sources = [source for source in read if isinstance(source, Source)]
    assert [(s.id, s.text, s.reference) for s in sources] == [
        ("a", "x", dt.date(2021, 4, 1)),
        ("7", "y", None),
        ("in.jsonl:10", "z", None),
    ]
