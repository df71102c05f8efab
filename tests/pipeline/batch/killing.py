"""Runs a batch again and again, each time ended by SIGKILL at a moment drawn by a seed, and then to its end.

    python killing.py INPUT DEST MOMENTS SEED

A moment is the n-th call of a function, in Python or in C, from the start of the run to its end, what goes on inside the
extraction of a document left out. DEST/clean is a run that was never killed, DEST/0 … those that were killed twice each.
"""

import os
import random
import signal
import sys
from pathlib import Path

import pipeline.sinks.database
import pipeline.sinks.folder
import pipeline.sinks.sql  # noqa: F401  # so that no run begins with an import
from pipeline.batch import job
from pipeline.batch.settings import Settings
from tests.pipeline.batch.here import extractor, run


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
        run([source], dest)
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
    extractor(Settings())
    Settings().fingerprint()
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
