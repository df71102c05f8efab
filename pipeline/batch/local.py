"""The engine of one machine: spawned processes, each with its own pipe.

A process of its own for each worker rather than a pool of the library's: what a worker is at must be known to end it
alone, and a shared queue is broken by a process that is killed while it holds the queue's lock.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

from pipeline.batch.items import Item
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.supervisor import Died, Event, Worker
from pipeline.batch.work import Extractor, hold_memory
from pipeline.document import ZhengceError


class LocalEngine:
    """Workers as processes of this machine."""

    depth = 2

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self._settings = settings
        self._limits = limits

    def processors(self) -> int:
        """The processors that this process may use."""
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def start(self) -> LocalWorker:
        """A new worker."""
        return LocalWorker(self._settings, self._limits)

    def wait(self, workers: Sequence[Worker], seconds: float) -> Sequence[tuple[int, Event]]:
        """What workers have told."""
        places = {worker.connection: place for place, worker in enumerate(workers) if isinstance(worker, LocalWorker)}
        told = []
        for connection in wait(list(places), seconds):
            worker = workers[places[connection]]  # type: ignore[index]
            assert isinstance(worker, LocalWorker)
            told.append((places[connection], worker.hear()))  # type: ignore[index]
        return told


class LocalWorker:
    """A spawned process and this side's end of its pipe."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, settings, limits), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, item: Item) -> None:
        """Send an item; one that is dead is noticed when it is heard."""
        with contextlib.suppress(OSError):
            self.connection.send(item)

    def hear(self) -> Event:
        """What the worker sent, or how it ended."""
        try:
            event: Event = self.connection.recv()
        except (EOFError, OSError):
            # The pipe is closed a moment before the process has its exit code.
            self._process.join(1)
            code = self._process.exitcode
            self.kill()
            reason = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
            return Died(f"{reason}; perhaps it needs more memory")
        return event

    def kill(self) -> None:
        """End the process, and wait until it has ended."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _serve(connection: Connection, settings: Settings, limits: Limits) -> None:
    """A worker's life: items in, results out, until the pipe is closed or its parent is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        extract = Extractor(settings, limits.size)
    except ZhengceError as error:
        connection.send(Died(str(error)))
        return
    hold_memory(limits.memory)
    connection.send("ready")
    with contextlib.suppress(EOFError, OSError), Path(os.devnull).open("w") as nowhere:
        while True:
            item = connection.recv()
            # Neither this thread nor the other runs while a regular expression does: this ends the process from C if
            # the parent, which should have, is gone.
            faulthandler.dump_traceback_later(2 * limits.seconds + 1, exit=True, file=nowhere)
            result = extract(item)
            faulthandler.cancel_dump_traceback_later()
            connection.send(result)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
