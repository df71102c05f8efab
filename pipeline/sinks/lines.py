"""What a sink takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from pipeline.document import UsageError, ZhengceError


class MissingExtraError(UsageError):
    """An optional package that what was asked for rests on is not installed."""

    code = "missing-extra"

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; pip install 'zhengce[{extra}]'")


class StoreError(ZhengceError):
    """A store that cannot be written: no such host, no rights, a full disk."""

    code = "store"


@dataclass(frozen=True, slots=True)
class Stored:
    """The output line of a document, read when it is wanted; `digest` is the line's SHA-256."""

    id: str
    digest: str
    read: Callable[[], bytes]


class Sink(Protocol):
    """A store of output lines."""

    def is_whole(self, count: int) -> bool:
        """Whether the store seems to hold what was last written, `count` documents. Raises StoreError."""

    def write(self, lines: Iterable[Stored]) -> None:
        """Bring the store to hold all of these, in the place of what it holds of the same documents.

        Raises StoreError. When it is interrupted, writing the same again completes it.
        """

    def close(self) -> None:
        """Let go of the store."""
