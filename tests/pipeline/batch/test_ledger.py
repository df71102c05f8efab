"""The ledger and the part files: what they say is so, and one run at a time has them."""

import pytest

from pipeline.batch.items import Item
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.parts import Parts, Place
from pipeline.document import UsageError


def entry(name, number=0, part="1"):
    return Entry(f"{name}-{number}", name, number, "d", "f", "ok", None, None, "r", Place(part, 0, 5))


def test_entries_come_in_the_order_of_the_inputs_and_stay(tmp_path):
    ledger = Ledger(tmp_path / "l")
    ledger.enter([entry("b", 10), entry("b", 9), entry("a/x"), entry("a-x"), entry("a")])
    ledger.close()
    ledger = Ledger(tmp_path / "l")
    assert [e.id for e in ledger.entries()] == ["a-0", "a-x-0", "a/x-0", "b-9", "b-10"]
    assert ledger.count() == 5
    assert ledger.find("b-9") == entry("b", 9)
    assert ledger.unpublished


def test_a_document_has_one_entry_the_last(tmp_path):
    ledger = Ledger(tmp_path / "l")
    ledger.enter([entry("a", part="1")])
    ledger.published()
    ledger.enter([entry("a", part="2")])
    assert [e.place.part for e in ledger.entries()] == ["2"]
    assert ledger.parts() == {"2": 5}
    assert ledger.unpublished


def test_entries_are_made_all_or_none(tmp_path):
    ledger = Ledger(tmp_path / "l")

    def broken():
        yield entry("a")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        ledger.enter(broken())
    assert ledger.count() == 0


def test_one_run_at_a_time(tmp_path):
    ledger = Ledger(tmp_path / "l")
    with pytest.raises(UsageError, match="another run"):
        Ledger(tmp_path / "l")
    ledger.close()
    Ledger(tmp_path / "l").close()


def test_another_file_is_no_ledger(tmp_path):
    (tmp_path / "l").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(UsageError, match="no ledger"):
        Ledger(tmp_path / "l")


def test_a_claim_tells_of_the_one_before(tmp_path):
    ledger = Ledger(tmp_path / "l")
    first, second = (Item("x", tmp_path, "a.jsonl", number) for number in (1, 2))
    assert ledger.claim(first) is None
    assert ledger.claim(second) == ("a.jsonl", 1)
    ledger.forget_claims()
    assert ledger.claim(second) is None


def test_parts_give_back_their_lines_and_drop_what_is_not_kept(tmp_path):
    parts = Parts(tmp_path)
    one, two = parts.write([b"ab", "到".encode()])
    (three,) = parts.write([b"c"])
    (tmp_path / "00000009.jsonl.part").write_bytes(b"cut short")
    assert [parts.read(place) for place in (two, three, one)] == ["到".encode(), b"c", b"ab"]
    parts.keep({three.part})
    assert [path.name for path in tmp_path.iterdir()] == [three.part]
    assert parts.size(one.part) == 0
    assert parts.read(three) == b"c"
