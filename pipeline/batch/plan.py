"""Which documents have to be done: those that the ledger does not know as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from pipeline.batch.items import Broken, Item
from pipeline.batch.ledger import Ledger
from pipeline.batch.work import FAILED
from pipeline.document import LoadError, Status, sha256

Reason: TypeAlias = Literal["new", "changed", "failed before"]


@dataclass(slots=True)
class Tally:
    """What became of the documents of a run: counts, and for the failed ones the codes of their errors."""

    done: int = 0
    unchanged: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    failed_before: Counter[str] = field(default_factory=Counter)
    in_part: Counter[str] = field(default_factory=Counter)
    """Of those done or unchanged, the ones that could be read in part only."""

    @property
    def worked_on(self) -> int:
        """Documents that a worker has had."""
        return self.done + self.failed.total()

    @property
    def seen(self) -> int:
        """All documents that the run came to."""
        return self.worked_on + self.unchanged + self.failed_before.total()

    @property
    def fell_short(self) -> bool:
        """Whether any document of the inputs has failed or was read in part, now or before."""
        return bool(self.failed or self.failed_before or self.in_part)

    def count(self, status: Status, code: str | None) -> None:
        """Count a document that was worked on."""
        if status in FAILED:
            self.failed[code or status] += 1
        else:
            self.done += 1
            self._count_part(status, code)

    def count_known(self, status: Status, code: str | None) -> None:
        """Count a document that was done in an earlier run."""
        if status in FAILED:
            self.failed_before[code or status] += 1
        else:
            self.unchanged += 1
            self._count_part(status, code)

    def _count_part(self, status: Status, code: str | None) -> None:
        if status == "partial":
            self.in_part[code or status] += 1


class Plan:
    """Compares documents with the ledger. What need not be done is counted in `tally`."""

    def __init__(self, ledger: Ledger, fingerprint: str, size: int, *, retry_failed: bool = False) -> None:
        """`fingerprint` is what results are made under now, `size` the most bytes that a document may have."""
        self._ledger = ledger
        self._fingerprint = fingerprint
        self._size = size
        self._retry_failed = retry_failed
        self.tally = Tally()

    def pending(self, items: Iterable[Item]) -> Iterator[tuple[Item, Reason]]:
        """The items that have to be done, with their digests and the reason.

        An id that is there twice, at two places, is a failed document at the second.
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
            return replace(item, digest=sha256(item.read(self._size)))
        except LoadError:
            return item  # The worker that gets it says why.

    def _judged(self, item: Item) -> Iterator[tuple[Item, Reason]]:
        entry = self._ledger.find(item.id)
        if entry is None:
            yield item, "new"
        elif (entry.digest, entry.fingerprint) != (item.digest, self._fingerprint):
            yield item, "changed"
        elif entry.status in FAILED and self._retry_failed:
            yield item, "failed before"
        else:
            self.tally.count_known(entry.status, entry.code)


def _twin(item: Item, other: tuple[str, int]) -> Broken:
    name, number = other
    where = f"{name}:{number}" if number else name
    message = f"the id {item.id!r} is that of the document at {where} already"
    return Broken(f"{item.name}:{item.number}", item.path, item.name, item.number, code="duplicate-id", message=message)
