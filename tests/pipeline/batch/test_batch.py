"""`zhengce batch` as a user runs it: what is done, what is not done again, what is said."""

import json
import signal
import subprocess
import time
import zipfile

import pytest

from pipeline.batch.watch import settled
from tests.pipeline.batch.helpers import COMMAND, batch, lines_of
from tests.pipeline.loading import writers

NOTICE = "2021年4月2日，湖北省教育厅出台《关于促进发展的通知》，力争到2021年底建成50个站点。\n"


def test_a_folder_holds_what_extract_says(sources, tmp_path):
    out = tmp_path / "out"
    done = batch(sources, "--to", out)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "bad-json 1, binary 1" in done.stderr
    lines = lines_of(out / "documents.jsonl")
    names = ["a.txt", "b-d.txt", "b/c.txt", "line-6", "lines.jsonl:2", "line-7", "一.txt", "二.txt", "nul.txt"]
    assert [line["id"].endswith(name) for line, name in zip(lines, names, strict=True)] == [True] * 9
    extract = [*COMMAND[:-1], "extract", str(sources / "a.txt")]
    assert lines[0] == json.loads(subprocess.run(extract, capture_output=True, check=True).stdout)
    assert lines_of(out / "failed.jsonl") == [lines[4], lines[8]]
    assert [line["errors"][0]["code"] for line in lines if line["status"] != "ok"] == ["bad-json", "binary"]
    foretold = batch(sources, "--to", out, "--dry-run", "--retry-failed", "--limit", 1)
    assert (foretold.returncode, foretold.stdout) == (0, f"failed before\t{sources}/lines.jsonl:2\n")
    csv = (out / "records.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(csv) == 8
    assert csv[1].startswith(f"{sources}/a.txt,1,420000,湖北省,湖北省教育厅,")


def test_poison_costs_itself_only(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    with zipfile.ZipFile(source / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * 50_000_000)
    with (source / "line.jsonl").open("wb") as file:
        file.write(b'{"id": "long", "text": "' + b"x" * 50_000_000 + b'"}\n')
    (source / "line.txt").write_bytes(b"x" * 50_000_000)
    (source / "half.txt").write_bytes("到2025年建成50个。".encode()[:-1])
    (source / "nul.txt").write_bytes(b"\0" * 1000)
    (source / "slow.txt").write_text(NOTICE * 20_000, encoding="utf-8")
    (source / "well.txt").write_text(NOTICE, encoding="utf-8")
    done = batch(source, "--to", tmp_path / "out", "--time-limit", 1)
    assert done.returncode == 1
    codes = {line["id"].rpartition("/")[2]: line["errors"] for line in lines_of(tmp_path / "out" / "documents.jsonl")}
    assert {name: errors[0]["code"] if errors else "ok" for name, errors in codes.items()} == {
        "bomb.txt": "zip-bomb",
        "long": "too-large",
        "line.txt": "too-large",
        "half.txt": "undecodable",
        "nul.txt": "binary",
        "slow.txt": "timeout",
        "well.txt": "ok",
    }


def test_what_is_read_in_part_is_told_of_each_time(tmp_path):
    source = tmp_path / "in.pdf"
    source.write_bytes(writers.pdf_pages([NOTICE, writers.picture()]))
    first, second = (batch(source, "--to", tmp_path / "out") for _ in range(2))
    assert first.returncode == second.returncode == 1
    assert "│ of these in part │ 1      │ no-text-layer 1 " in first.stderr
    assert "│ of these in part │ 1      │ no-text-layer 1 " in second.stderr
    (line,) = lines_of(tmp_path / "out" / "documents.jsonl")
    assert line["status"] == "partial"
    assert (tmp_path / "out" / "failed.jsonl").read_bytes() == b""


def test_calls_that_are_wrong_are_told_so(sources, tmp_path):
    for arguments, told in [
        ((tmp_path / "none", "--to", tmp_path / "out"), "no such file or folder"),
        ((sources, "--to", "mysql://host/name"), "sqlite://, duckdb://, postgresql://"),
        ((sources, "--to", "sqlite://"), "name the file"),
        ((sources, "--to", tmp_path / "out", "--dictionary", tmp_path / "none"), "the dictionary cannot be read"),
        ((sources, "--to", tmp_path / "out", "--ner", tmp_path / "none"), "no such folder"),
    ]:
        done = batch(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert told in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_what_keeps_workers_from_starting_is_told(sources, tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("站点 3 n 4\n", encoding="utf-8")
    done = batch(sources / "a.txt", "--to", tmp_path / "out", "--dictionary", words)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"error: no worker can be started: {words}:1: a line is a word")
    assert "Traceback" not in done.stderr


def test_watching_takes_a_file_once_it_is_whole(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    run = subprocess.Popen([*COMMAND, str(source), "--to", str(out), "--watch"], stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(1.5)
        (source / "a.txt").write_text(NOTICE, encoding="utf-8")
        until = time.monotonic() + 20
        while not (out / "documents.jsonl").exists():
            assert time.monotonic() < until
            assert run.poll() is None
            time.sleep(0.1)
    finally:
        run.send_signal(signal.SIGTERM)
        _, told = run.communicate(timeout=10)
    assert run.returncode == 0
    assert "│ done      │ 1 " in told


def test_settled_files_are_those_that_no_longer_change(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.batch.watch._PAUSE_SECONDS", 0.1)
    path = tmp_path / "a.txt"
    scans = settled(lambda: sorted(tmp_path.iterdir()), 0.14)
    assert next(scans) == []
    path.write_text("1")
    assert next(scans) == []
    path.write_text("12")
    assert next(scans) == []
    assert next(scans) == []
    assert next(scans) == [path]
    assert next(scans) == []
    path.replace(tmp_path / "b.txt")
    found = [path for _ in range(3) for path in next(scans)]
    assert found == [tmp_path / "b.txt"]


@pytest.fixture
def interruptible():
    """SIGINT as a shell leaves it to a command at the prompt, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_run_that_is_interrupted_says_so_and_keeps_what_it_has(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in range(4000):
        (source / f"{number}.txt").write_text(NOTICE, encoding="utf-8")
    run = subprocess.Popen([*COMMAND, str(source), "--to", str(out)], stderr=subprocess.PIPE, text=True)
    parts = out / ".zhengce" / "parts"
    until = time.monotonic() + 20
    while len(list(parts.glob("*.jsonl"))) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "interrupted" in told
    assert "Traceback" not in told
    left = batch(source, "--to", out, "--dry-run").stdout.splitlines()
    assert 0 < len(left) < 4000
