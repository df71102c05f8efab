"""What a second run does, and that it comes to the same as one run over all."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal

import duckdb

from pipeline.batch.settings import Settings
from tests.pipeline.batch.helpers import contents, lines_of
from tests.pipeline.batch.here import Worker, pending, run
from tests.pipeline.stores import empty, query

NOTICE = "2021年4月2日，湖北省教育厅出台《关于促进发展的通知》，力争到2021年底建成50个站点。\n"


def test_a_second_run_does_what_is_new_or_changed(sources, tmp_path):
    out = tmp_path / "out"
    first = run([sources], out)
    assert (first.done, first.unchanged, first.failed) == (7, 0, Counter({"bad-json": 1, "binary": 1}))
    before = contents(out)
    second = run([sources], out)
    assert (second.done, second.unchanged, second.failed_before) == (0, 7, first.failed)
    assert second.fell_short, "what failed has still failed"
    assert contents(out) == before
    (sources / "a.txt").write_text(NOTICE.replace("50", "51"), encoding="utf-8")
    (sources / "new.txt").write_text(NOTICE, encoding="utf-8")
    assert pending([sources], out) == [("changed", f"{sources}/a.txt"), ("new", f"{sources}/new.txt")]
    assert run([sources], out).done == 2
    run([sources], tmp_path / "clean")
    assert contents(out) == contents(tmp_path / "clean")


def test_rows_of_a_database_follow(sources, tmp_path, monkeypatch, url):
    monkeypatch.chdir(tmp_path)
    run([sources], url)
    (sources / "a.txt").write_text(NOTICE.replace("50", "51"), encoding="utf-8")
    assert run([sources], url).done == 1
    counts = f"SELECT low FROM targets WHERE document_id = '{sources}/a.txt' AND kind = 'count'"
    assert query(url, counts) == [(51,)]
    assert query(url, "SELECT status, COUNT(*) FROM documents GROUP BY status ORDER BY status") == [
        ("failed", 2),
        ("ok", 7),
    ]
    assert query(url, "SELECT SUM(low) FROM funding") == [((2 + 3 + 4 + 5 + 6 + 7) * 100_000_000,)]


def test_a_database_that_was_emptied_is_filled_again(sources, tmp_path, monkeypatch, url):
    monkeypatch.chdir(tmp_path)
    run([sources], url)
    before = query(url, "SELECT * FROM mentions ORDER BY document_id, mention")
    empty(url)
    assert run([sources], url).done == 0
    assert query(url, "SELECT * FROM mentions ORDER BY document_id, mention") == before


def test_another_reference_date_or_dictionary_does_all_again(sources, tmp_path):
    source, out = sources / "a.txt", tmp_path / "out"
    run([source], out)
    assert pending([source], out) == []
    words = tmp_path / "words.txt"
    words.write_text("站点\n", encoding="utf-8")
    for settings in (Settings(reference=dt.date(2020, 1, 1)), Settings(dictionary=words)):
        assert pending([source], out, settings) == [("changed", str(source))]


def test_failed_documents_are_tried_again_when_asked_or_changed(sources, tmp_path):
    out = tmp_path / "out"
    run([sources], out)
    failed = [("failed before", f"{sources}/lines.jsonl:2"), ("failed before", f"{sources}/nul.txt")]
    assert pending([sources], out, retry_failed=True) == failed
    (sources / "nul.txt").write_text(NOTICE, encoding="utf-8")
    (sources / "lines.jsonl").unlink()
    assert not run([sources], out).fell_short
    assert [line["errors"][0]["code"] for line in lines_of(out / "failed.jsonl")] == ["bad-json"]


def test_a_line_whose_reference_changes_is_a_changed_document(tmp_path):
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    for reference, day in [("2021-04-01", "2021-06-30"), ("2022-04-01", "2022-06-30")]:
        source.write_text(
            json.dumps({"id": "a", "text": "今年6月底前完成。", "reference": reference}), encoding="utf-8"
        )
        assert run([source], out).done == 1
        (line,) = lines_of(out / "documents.jsonl")
        assert [m["value"]["latest"] for m in line["mentions"] if m["label"] == "DEADLINE"] == [day]


def test_what_changes_after_it_was_found_is_changed(tmp_path, monkeypatch):
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_text(NOTICE, encoding="utf-8")
    give = Worker.give

    def late(self, item):
        source.write_text(NOTICE.replace("50", "51"), encoding="utf-8")
        give(self, item)

    with monkeypatch.context() as patched:
        patched.setattr(Worker, "give", late)
        run([source], out)
    assert pending([source], out) == []
    source.write_text(NOTICE, encoding="utf-8")
    assert pending([source], out) == [("changed", str(source))]


def test_an_id_that_is_there_twice_is_told_of(sources, tmp_path):
    (sources / "z.jsonl").write_text(json.dumps({"id": "line-6", "text": NOTICE}), encoding="utf-8")
    run([sources], tmp_path / "out")
    failed = lines_of(tmp_path / "out" / "failed.jsonl")[-1]
    assert (failed["id"], failed["errors"][0]["code"]) == (f"{sources}/z.jsonl:1", "duplicate-id")
    assert f"{sources}/lines.jsonl:1" in failed["errors"][0]["message"]


def test_a_document_that_two_inputs_name_is_done_once(sources, tmp_path):
    tally = run([sources / "a.txt", sources / "*.txt"], tmp_path / "out", limit=2)
    assert (tally.done, tally.seen) == (2, 2)
    assert len(lines_of(tmp_path / "out" / "documents.jsonl")) == 2


def test_inputs_may_come_in_any_order_and_in_several_runs(sources, tmp_path):
    for source in (sources / "more.zip", sources / "b", sources / "a.txt"):
        run([source], tmp_path / "some")
    run([sources / "a.txt", sources / "b", sources / "more.zip"], tmp_path / "all")
    assert contents(tmp_path / "some") == contents(tmp_path / "all")


def test_a_part_that_is_gone_is_done_again(sources, tmp_path):
    out = tmp_path / "out"
    run([sources], out)
    before = contents(out)
    for part in (out / ".zhengce" / "parts").iterdir():
        part.unlink()
    assert run([sources], out).done == 7
    assert contents(out) == before


def test_a_table_that_is_gone_is_made_again(sources, tmp_path):
    out = tmp_path / "out"
    run([sources], out)
    before = contents(out)
    (out / "mentions.csv").unlink()
    assert run([sources], out).done == 0
    assert contents(out) == before


def test_parts_whose_lines_were_replaced_are_removed(sources, tmp_path):
    source, out = sources / "a.txt", tmp_path / "out"
    for number in range(3):
        source.write_text(NOTICE.replace("50", str(number + 2)), encoding="utf-8")
        run([source], out)
    assert len(list((out / ".zhengce" / "parts").iterdir())) == 1


def test_duckdb_reads_the_folder_as_it_is(sources, tmp_path):
    run([sources], tmp_path / "out")
    rows = duckdb.sql(
        f"""
        SELECT r.province_name, f.low, t.deadline_latest
        FROM '{tmp_path}/out/parquet/records.parquet' r
        JOIN '{tmp_path}/out/parquet/funding.parquet' f USING (document_id, record)
        JOIN '{tmp_path}/out/parquet/targets.parquet' t USING (document_id, record)
        ORDER BY f.low DESC
        """
    ).fetchall()
    assert rows[0] == ("湖北省", Decimal(700_000_000), dt.date(2021, 12, 31))
