"""Runs a batch again and again, each time ended by SIGKILL at a moment drawn by a seed, and then to its end.

    python killing.py INPUT DEST MOMENTS SEED

A moment is the n-th call of a function, in Python or in C, from the start of the run to its end, what goes on inside the
extraction of a document left out. DEST/clean is a run that was never killed, DEST/0 … those that were killed twice each.
"""

import os
import random
import signal
import sys
from collections import deque
from pathlib import Path

import pipeline.sinks.database
import pipeline.sinks.folder
import pipeline.sinks.sql  # noqa: F401  # so that no run begins with an import
from pipeline.batch import inputs, job
from pipeline.batch.destination import destination
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.work import Extractor

SETTINGS, LIMITS = Settings(), Limits()
SETTINGS.fingerprint()
EXTRACT = Extractor(SETTINGS, LIMITS.size)


class Here:
    """An engine whose workers are this process, so that a kill finds all at one point."""

    depth = 2

    def start(self):
        worker = Worker()
        worker.told.append("ready")
        return worker

    def wait(self, workers, seconds):
        return [(place, worker.told.popleft()) for place, worker in enumerate(workers) if worker.told]


class Worker:
    def __init__(self):
        self.told = deque()

    def give(self, item):
        counting = sys.getprofile()
        sys.setprofile(None)
        result = EXTRACT(item)
        sys.setprofile(counting)
        self.told.append(result)

    def kill(self):
        pass


def run(source, dest):
    place = destination(dest)
    batch = job.Job(place.state, SETTINGS, LIMITS)
    batch.run(inputs.items(inputs.files([source]), LIMITS.size), Here(), 2)
    batch.publish(place.open(), place.failed)
    batch.close()


def calls_of(source, dest, last=None):
    """Run in a process of its own, ended at call `last`; the calls that it took, or None if it was killed."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        calls = 0

        def count(frame, event, argument):
            nonlocal calls
            calls += event in ("call", "c_call")
            if calls == last:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        run(source, dest)
        sys.setprofile(None)
        os.write(tell, str(calls).encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    assert status == 0, f"the run failed: {status}"
    return int(answer)


def main(source, dest, moments, seed):
    job._PART_SECONDS = 0.0  # A part for each document, so that moments lie between many parts.
    random_ = random.Random(seed)
    place = Path(dest.rpartition("://")[2])
    place.mkdir(parents=True, exist_ok=True)
    total = calls_of(source, f"{dest}/clean")
    for number in range(moments):
        for _ in range(2):
            calls_of(source, f"{dest}/{number}", random_.randint(1, total))
        assert calls_of(source, f"{dest}/{number}") is not None
    print(total)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
