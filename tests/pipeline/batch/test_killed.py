"""A run that was killed, wherever it was, and run again comes to the same as one that never was."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.batch.helpers import COMMAND, batch, contents

MOMENTS = 20
KILLING = Path(__file__).with_name("killing.py")


@pytest.fixture
def few(sources):
    """The sources, less some, since they are done over and over."""
    for name in ("a.txt", "b-d.txt", "b/c.txt"):
        (sources / name).unlink()
    return sources


def killed(source, dest, seed):
    root = Path(__file__).parents[3]
    command = [sys.executable, str(KILLING), str(source), str(dest), str(MOMENTS), str(seed)]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root, env=env)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000


def test_a_folder_has_the_same_bytes(few, tmp_path):
    killed(few, tmp_path / "out", 1)
    clean = contents(tmp_path / "out" / "clean")
    assert len(clean["documents.jsonl"].splitlines()) == 6
    assert len(clean["failed.jsonl"].splitlines()) == 2
    for number in range(MOMENTS):
        assert contents(tmp_path / "out" / str(number)) == clean, number


def test_a_database_has_the_same_rows(few, tmp_path):
    killed(few, f"sqlite:///{tmp_path}/out", 2)
    clean = dump(tmp_path / "out" / "clean")
    assert sum("INSERT INTO documents" in line or 'INSERT INTO "documents"' in line for line in clean) == 6
    for number in range(MOMENTS):
        assert dump(tmp_path / "out" / str(number)) == clean, number


def dump(path):
    """All that a database holds, in order."""
    with sqlite3.connect(path) as database:
        return sorted(database.iterdump())


def test_workers_end_with_a_run_that_is_killed_and_one_worker_or_two_give_the_same(tmp_path):
    text = (Path(__file__).parents[3] / "corpus" / "retold-article.txt").read_text(encoding="utf-8")
    source = tmp_path / "in"
    source.mkdir()
    for number in range(40):
        (source / f"{number:03}.txt").write_text(f"{text}\n编号{number}。\n", encoding="utf-8")
    moments = random.Random(3)
    for _ in range(2):
        run = subprocess.Popen([*COMMAND, str(source), "--to", str(tmp_path / "two"), "--workers", "2"])
        time.sleep(moments.uniform(1.0, 2.0))
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        run.send_signal(signal.SIGKILL)
        run.wait()
        until = time.monotonic() + 10
        while any(is_alive(child) for child in children):
            assert time.monotonic() < until, "workers outlive the run"
            time.sleep(0.05)
    assert batch(source, "--to", tmp_path / "two", "--workers", 2).returncode == 0
    assert batch(source, "--to", tmp_path / "one", "--workers", 1).returncode == 0
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def is_alive(pid):
    """Whether a process is there and no mere entry that waits for its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
