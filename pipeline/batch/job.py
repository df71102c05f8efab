"""A batch: what is new or changed goes to the workers, results to part files and the ledger, and all of it to the sink."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from pipeline.batch.items import Item
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.parts import Parts, Place
from pipeline.batch.plan import Plan, Tally
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.supervisor import Engine, Supervisor
from pipeline.batch.work import FAILED, Result
from pipeline.document import sha256
from pipeline.sinks.files import complete
from pipeline.sinks.lines import Sink, Stored, StoreError

LEDGER = "ledger.sqlite"

_PART_SECONDS = 1.0
_PART_BYTES = 8_000_000


class Job:
    """A batch with its state folder."""

    def __init__(self, state: Path, settings: Settings, limits: Limits, *, retry_failed: bool = False) -> None:
        """Raises UsageError: another run is at work here, a dictionary that cannot be read."""
        self._fingerprint = settings.fingerprint()
        self._limits = limits
        self._state = state
        state.mkdir(parents=True, exist_ok=True)
        self._ledger = Ledger(state / LEDGER)
        self._parts = Parts(state / "parts")
        self._check_parts()
        self._plan = Plan(self._ledger, self._fingerprint, limits.size, retry_failed=retry_failed)

    def close(self) -> None:
        """Let another run have the state folder."""
        self._parts.close()
        self._ledger.close()

    @property
    def tally(self) -> Tally:
        """What became of the documents so far."""
        return self._plan.tally

    def _check_parts(self) -> None:
        """What lies in a part that is gone or cut short has to be done again."""
        for name, size in self._ledger.parts().items():
            if self._parts.size(name) < size:
                self._ledger.forget_part(name)

    def run(
        self,
        items: Iterable[Item],
        engine: Engine,
        workers: int,
        *,
        limit: int | None = None,
        progress: Callable[[Tally], None] = lambda _: None,
    ) -> None:
        """Do what has to be done, at most `limit` documents, and enter it. Raises WorkersError, StoreError.

        `progress` is told after each document. What is done when this is interrupted is entered.
        """
        supervisor = Supervisor(engine, workers, self._limits.seconds)
        held: list[Result] = []
        size, since = 0, time.monotonic()
        try:
            with closing(supervisor.run(self._pending(items, limit))) as results:
                for result in results:
                    self.tally.count(result.status, result.error.code if result.error is not None else None)
                    progress(self.tally)
                    held.append(result)
                    size += len(result.line)
                    if size > _PART_BYTES or time.monotonic() - since > _PART_SECONDS:
                        whole, held, size, since = held, [], 0, time.monotonic()
                        self._keep(whole)
        finally:
            self._keep(held)
            progress(self.tally)

    def _pending(self, items: Iterable[Item], limit: int | None) -> Iterator[Item]:
        return (item for item, _ in islice(self._plan.pending(items), limit))

    def _keep(self, results: list[Result]) -> None:
        """Put results on the disk, then enter them."""
        if not results:
            return
        try:
            places = self._parts.write(result.line for result in results)
            self._ledger.enter(map(self._entry, results, places))
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the state cannot be written: {error}", where=str(self._state)) from error

    def _entry(self, result: Result, place: Place) -> Entry:
        item, error = result.item, result.error
        code, message = (error.code, error.message) if error is not None else (None, None)
        told = (result.status, code, message, sha256(result.line))
        return Entry(item.id, item.name, item.number, item.digest, self._fingerprint, *told, place)

    def publish(self, sink: Sink, failed: Path) -> None:
        """Hand all that has been done, in this run and before, to the sink, if it does not have it.

        The lines of failed documents are written to the file `failed`. Raises StoreError.
        """
        if self._ledger.unpublished or not failed.exists() or not sink.is_whole(self._ledger.count()):
            sink.write(map(self._stored, self._ledger.entries()))
            with complete(failed) as file:
                file.writelines(
                    self._parts.read(entry.place) + b"\n" for entry in self._ledger.entries() if entry.status in FAILED
                )
            self._ledger.published()
        self._parts.keep(set(self._ledger.parts()))

    def _stored(self, entry: Entry) -> Stored:
        return Stored(entry.id, entry.result, lambda: self._parts.read(entry.place))
