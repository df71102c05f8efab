"""A batch: what is new or changed goes to the workers, results to part files and the ledger, and all of it to the sink."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from pipeline.batch.items import Broken, Item
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.parts import Parts, Place
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.supervisor import Engine, Supervisor
from pipeline.batch.work import FAILED, Result
from pipeline.document import LoadError, sha256
from pipeline.sinks.files import complete
from pipeline.sinks.lines import Sink, Stored

_PART_SECONDS = 1.0
_PART_BYTES = 8_000_000


@dataclass(slots=True)
class Tally:
    """What became of the documents of a run: counts, and for the failed ones the codes of their errors."""

    done: int = 0
    unchanged: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    failed_before: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        """All documents that the run came to."""
        return self.done + self.unchanged + self.failed.total() + self.failed_before.total()

    @property
    def fell_short(self) -> bool:
        """Whether any document of the inputs has failed, now or before."""
        return bool(self.failed or self.failed_before)


class Job:
    """A batch with its state folder."""

    def __init__(self, state: Path, settings: Settings, limits: Limits, *, retry_failed: bool = False) -> None:
        """Raises UsageError: another run is at work here, a dictionary that cannot be read."""
        self._fingerprint = settings.fingerprint()
        self._limits = limits
        self._retry_failed = retry_failed
        state.mkdir(parents=True, exist_ok=True)
        self._ledger = Ledger(state / "ledger.sqlite")
        self._parts = Parts(state / "parts")
        self._check_parts()
        self.tally = Tally()

    def close(self) -> None:
        """Let another run have the state folder."""
        self._parts.close()
        self._ledger.close()

    def _check_parts(self) -> None:
        """What lies in a part that is gone or cut short has to be done again."""
        for name, size in self._ledger.parts().items():
            if self._parts.size(name) < size:
                self._ledger.forget_part(name)

    def pending(self, items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
        """The items that have to be done, each with the reason: new, changed, or failed before.

        The others are counted. An id that is there twice, at two places, is a failed document at the second.
        """
        self._ledger.forget_claims()
        for item in items:
            other = self._ledger.claim(item)
            if other is None:
                yield from self._judged(self._digested(item))
            elif other != (item.name, item.number):
                twin = _twin(item, other)
                if self._ledger.claim(twin) is None:
                    yield from self._judged(twin)

    def _digested(self, item: Item) -> Item:
        try:
            return replace(item, digest=sha256(item.read(self._limits.size)))
        except LoadError:
            return item  # The worker that gets it says why.

    def _judged(self, item: Item) -> Iterator[tuple[Item, str]]:
        entry = self._ledger.find(item.id)
        if entry is None:
            yield item, "new"
        elif (entry.digest, entry.fingerprint) != (item.digest, self._fingerprint):
            yield item, "changed"
        elif entry.status not in FAILED:
            self.tally.unchanged += 1
        elif self._retry_failed:
            yield item, "failed before"
        else:
            self.tally.failed_before[entry.code or entry.status] += 1

    def run(
        self,
        items: Iterable[Item],
        engine: Engine,
        workers: int,
        *,
        limit: int | None = None,
        progress: Callable[[Tally], None] = lambda _: None,
    ) -> None:
        """Do what has to be done, at most `limit` documents, and enter it. Raises WorkersError."""
        supervisor = Supervisor(engine, workers, self._limits.seconds)
        held: list[Result] = []
        size, since = 0, time.monotonic()
        try:
            for result in supervisor.run(self._passing(items, limit, progress)):
                self._count(result)
                progress(self.tally)
                held.append(result)
                size += len(result.line)
                if size > _PART_BYTES or time.monotonic() - since > _PART_SECONDS:
                    self._keep(held)
                    held, size, since = [], 0, time.monotonic()
        finally:
            # An interrupted run keeps what it has: it is done, and was counted.
            self._keep(held)
            progress(self.tally)

    def _passing(self, items: Iterable[Item], limit: int | None, progress: Callable[[Tally], None]) -> Iterator[Item]:
        for item, _ in islice(self.pending(items), limit):
            progress(self.tally)
            yield item

    def _count(self, result: Result) -> None:
        if result.status in FAILED:
            self.tally.failed[_code(result)] += 1
        else:
            self.tally.done += 1

    def _keep(self, results: list[Result]) -> None:
        """Put results on the disk, then enter them."""
        if results:
            places = self._parts.write(result.line for result in results)
            self._ledger.enter(map(self._entry, results, places))

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


def _code(result: Result) -> str:
    return result.error.code if result.error else result.status


def _twin(item: Item, other: tuple[str, int]) -> Broken:
    name, number = other
    where = f"{name}:{number}" if number else name
    message = f"the id {item.id!r} is that of the document at {where} already"
    return Broken(f"{item.name}:{item.number}", item.path, item.name, item.number, code="duplicate-id", message=message)
