"""The supervisor: what hangs or dies costs one document, with workers that do as the test says and real ones."""

import os
import signal
import time
from collections import Counter, deque
from pathlib import Path

import pytest

from pipeline.batch.items import Item
from pipeline.batch.local import LocalEngine, LocalWorker
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.supervisor import Died, Supervisor, WorkersError
from pipeline.batch.work import Result

TEXT = "2021年4月2日，湖北省教育厅出台《通知》，力争到2021年底建成50个站点。\n"


def items(*names):
    return [Item(name, Path(name), name) for name in names]


class Scripted:
    """Workers that answer each item by its name: die…, once… (dies the first time), hang…, or well."""

    depth = 3

    def __init__(self, ready=True):
        self.started = 0
        self.ready = ready
        self.given = Counter()

    def start(self):
        self.started += 1
        return ScriptedWorker(self)

    def wait(self, workers, seconds):
        told = [(place, event) for place, worker in enumerate(workers) if (event := worker.tell())]
        if not told:
            time.sleep(min(seconds, 0.01))
        return told


class ScriptedWorker:
    def __init__(self, engine):
        self.engine = engine
        self.held = deque()
        self.began = False
        self.dead = False

    def give(self, item):
        self.held.append(item)

    def tell(self):
        if not self.began:
            self.began = True
            return "ready" if self.engine.ready else Died("no luck")
        if not self.held or self.dead:
            return None
        name = self.held[0].id
        if name.startswith("hang"):
            return None
        self.engine.given[name] += 1
        if name.startswith("die") or (name.startswith("once") and self.engine.given[name] == 1):
            self.dead = True
            return Died("SIGSEGV")
        return Result(self.held.popleft(), "ok", b"{}")

    def kill(self):
        self.dead = True


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_every_item_has_one_result_whatever_the_workers_do(workers):
    names = [
        *(f"ok{n}" for n in range(20)),
        "die1",
        "hang1",
        "once1",
        *(f"more{n}" for n in range(20)),
        "die2",
        "once2",
    ]
    engine = Scripted()
    results = {r.item.id: r for r in Supervisor(engine, workers, 0.05).run(iter(items(*names)))}
    assert sorted(results) == sorted(names)
    codes = {name: r.error.code for name, r in results.items() if r.error}
    assert codes == {"die1": "worker-died", "die2": "worker-died", "hang1": "timeout"}
    assert results["hang1"].status == "timeout"
    assert engine.given["die1"] == engine.given["once1"] == 2
    assert all(engine.given[name] == 1 for name in names if name.startswith(("ok", "more")))
    assert engine.started == workers + 2 + 2 + 1 + 1 + 1


def test_nothing_to_do_starts_no_worker():
    engine = Scripted()
    assert list(Supervisor(engine, 2, 1).run([])) == []
    assert engine.started == 0


def test_workers_that_never_start_end_the_run():
    engine = Scripted(ready=False)
    with pytest.raises(WorkersError, match="no luck"):
        list(Supervisor(engine, 2, 1).run(items("a", "b", "c")))
    assert engine.started < 8


def test_items_are_taken_as_workers_have_room():
    taken = 0

    def counted():
        nonlocal taken
        for item in items(*(str(n) for n in range(1000))):
            taken += 1
            yield item

    results = Supervisor(Scripted(), 2, 1).run(counted())
    for number, _ in enumerate(results, 1):
        assert taken <= number + 2 * Scripted.depth + 2
    assert number == 1000


@pytest.fixture
def texts(tmp_path):
    """A document that takes many seconds, and two short ones."""
    huge = tmp_path / "huge.txt"
    huge.write_text(TEXT * 24_000, encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return [Item(name, tmp_path / name, name) for name in ("huge.txt", "a.txt", "b.txt")]


def test_a_document_out_of_time_costs_itself_only(texts):
    limits = Limits(seconds=1.0)
    results = {r.item.id: r for r in Supervisor(LocalEngine(Settings(), limits), 1, 1.0).run(texts)}
    assert {name: r.status for name, r in results.items()} == {"huge.txt": "timeout", "a.txt": "ok", "b.txt": "ok"}


def test_a_document_out_of_memory_costs_itself_only(texts):
    limits = Limits(memory=50_000_000)
    results = {r.item.id: r for r in Supervisor(LocalEngine(Settings(), limits), 1, 60.0).run(texts)}
    assert results["huge.txt"].error.code in ("memory-limit", "worker-died")
    assert results["a.txt"].status == results["b.txt"].status == "ok"


@pytest.mark.parametrize(("kills", "status"), [(1, "ok"), (2, "failed")])
def test_a_document_is_tried_once_more_when_its_worker_is_killed(texts, monkeypatch, kills, status):
    left = kills
    give = LocalWorker.give

    def deadly(self, item):
        nonlocal left
        give(self, item)
        if item.id == "a.txt" and left:
            left -= 1
            os.kill(self._process.pid, signal.SIGKILL)

    monkeypatch.setattr(LocalWorker, "give", deadly)
    engine = LocalEngine(Settings(), Limits())
    (result,) = Supervisor(engine, 1, 60.0).run([texts[1]])
    assert result.status == status
    assert left == 0
    if status == "failed":
        assert result.error.code == "worker-died"
        assert "SIGKILL" in result.error.message
