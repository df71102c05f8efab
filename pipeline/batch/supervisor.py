"""Keeps workers busy, and sees to it that a document which hangs or kills its worker costs itself only.

Of the documents that a worker holds, it works on the one it was given first. So that is the one that has run out of time,
or was at work when the worker died; the others go to another worker. A document whose worker died is tried once more.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, Protocol

from pipeline.batch.items import Item
from pipeline.batch.work import Result, failure
from pipeline.document import Problem, ZhengceError

_START_SECONDS = 120.0
_DEATHS_AT_START = 3


class WorkersError(ZhengceError):
    """Workers that cannot be started, so that nothing can be done."""

    code = "no-workers"


@dataclass(frozen=True, slots=True)
class Died:
    """A worker that is no more, with what is known of its end."""

    reason: str


Event = Result | Literal["ready"] | Died


class Worker(Protocol):
    """A process somewhere that extracts the items it is given, in their order."""

    def give(self, item: Item) -> None:
        """Put an item behind those it holds. Never blocks for long, never raises if the worker is dead."""

    def kill(self) -> None:
        """End it at once, whatever it does."""


class Engine(Protocol):
    """Where workers come from."""

    depth: int
    """How many items a worker holds at most: the one it works on and those that wait, so that it never does."""

    def processors(self) -> int:
        """How many workers it has room for."""

    def start(self) -> Worker:
        """A new worker; it tells that it is ready by an event."""

    def wait(self, workers: Sequence[Worker], seconds: float) -> Sequence[tuple[int, Event]]:
        """What workers have told, by their place in the sequence, at most one event each; waits for the first."""


@dataclass(slots=True, eq=False)
class _Seat:
    """A worker with the items it holds, and since when it has been at the first, or starting."""

    worker: Worker
    since: float
    ready: bool = False
    held: deque[Item] = field(default_factory=deque)


class Supervisor:
    """Runs items through the workers of an engine."""

    def __init__(self, engine: Engine, workers: int, seconds: float) -> None:
        self._engine = engine
        self._workers = workers
        self._seconds = seconds
        self._seats: list[_Seat] = []
        self._again: deque[Item] = deque()
        self._tried: set[Item] = set()
        self._exhausted = False
        self._deaths_at_start = 0

    def run(self, items: Iterable[Item]) -> Generator[Result, None, None]:
        """A result for every item, in the order in which they are done. Raises WorkersError."""
        items = iter(items)
        self._again.extend(islice(items, self._workers))
        self._exhausted = len(self._again) < self._workers
        self._seats = [self._seat() for _ in self._again]
        try:
            while self._fill(items):
                seats = list(self._seats)
                told = self._engine.wait([seat.worker for seat in seats], self._patience())
                now = time.monotonic()
                for place, event in told:
                    yield from self._hear(seats[place], event)
                yield from self._overdue(now)
        finally:
            for seat in self._seats:
                seat.worker.kill()

    def _seat(self) -> _Seat:
        return _Seat(self._engine.start(), time.monotonic())

    def _fill(self, items: Iterator[Item]) -> bool:
        """Give items to workers that have room; whether anything is left to be done."""
        while seat := self._roomy():
            item = self._again.popleft() if self._again else next(items, None)
            if item is None:
                self._exhausted = True
                break
            if not seat.held:
                seat.since = time.monotonic()
            seat.held.append(item)
            seat.worker.give(item)
        return bool(self._again) or not self._exhausted or any(seat.held for seat in self._seats)

    def _roomy(self) -> _Seat | None:
        """The worker that holds least, if it has room."""
        ready = [seat for seat in self._seats if seat.ready]
        least = min(ready, key=lambda seat: len(seat.held), default=None)
        return least if least is not None and len(least.held) < self._engine.depth else None

    def _patience(self) -> float:
        """Seconds until the next worker is overdue."""
        busy = [self._due(seat) for seat in self._seats if seat.held or not seat.ready]
        return max(0.0, min(busy, default=0.0) - time.monotonic())

    def _due(self, seat: _Seat) -> float:
        return seat.since + (self._seconds if seat.ready else _START_SECONDS)

    def _hear(self, seat: _Seat, event: Event) -> Iterator[Result]:
        if isinstance(event, Died):
            yield from self._bury(seat, event.reason)
            return
        seat.since = time.monotonic()
        if isinstance(event, Result):
            seat.held.popleft()
            yield event
        else:
            seat.ready = True
            self._deaths_at_start = 0

    def _bury(self, seat: _Seat, reason: str) -> Iterator[Result]:
        """Another worker takes the place of one that died; what that one was at is tried once more."""
        if not seat.ready:
            self._deaths_at_start += 1
            if self._deaths_at_start >= _DEATHS_AT_START and not any(other.ready for other in self._seats):
                raise WorkersError(f"no worker can be started: {reason}")
        elif seat.held:
            item = seat.held.popleft()
            if item in self._tried:
                message = f"the worker died twice at this document: {reason}"
                yield failure(item, Problem("worker-died", message, item.where))
            else:
                self._tried.add(item)
                self._again.append(item)
        self._replace(seat)

    def _overdue(self, now: float) -> Iterator[Result]:
        for seat in [seat for seat in self._seats if (seat.held or not seat.ready) and self._due(seat) < now]:
            seat.worker.kill()
            if not seat.ready:
                yield from self._bury(seat, f"it was not ready after {_START_SECONDS:.0f} s")
                continue
            item = seat.held.popleft()
            message = f"not done after {self._seconds:g} s; see --time-limit"
            yield failure(item, Problem("timeout", message, item.where), "timeout")
            self._replace(seat)

    def _replace(self, seat: _Seat) -> None:
        self._again.extendleft(reversed(seat.held))
        self._seats[self._seats.index(seat)] = self._seat()
