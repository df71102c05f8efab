"""What a batch is told: how documents are read, what one document may take, and the fingerprint of what shapes results."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import extractors
from pipeline.document import SCHEMA_VERSION, UsageError, sha256


@dataclass(frozen=True, slots=True)
class Settings:
    """What results depend on beside the documents: the reference date given, and a dictionary for the segmenter."""

    reference: dt.date | None = None
    dictionary: Path | None = None

    def fingerprint(self) -> str:
        """Hexadecimal hash of the program with its gazetteer, the segmenter and these settings.

        A result is current only under the fingerprint that it was made with. Raises UsageError for a dictionary that
        cannot be read.
        """
        try:
            words = self.dictionary.read_bytes() if self.dictionary is not None else b""
        except OSError as error:
            raise UsageError(f"the dictionary cannot be read: {error.strerror}", where=str(self.dictionary)) from error
        parts = [SCHEMA_VERSION, metadata.version("rjieba"), _program(), str(self.reference), sha256(words)]
        return sha256("\n".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds of work, bytes of memory beside the worker's own, bytes of its source."""

    seconds: float = 60.0
    memory: int = 1_000_000_000
    size: int = 32_000_000


@cache
def _program() -> str:
    """Hash of the packages' code and gazetteer, so that a rule that was changed makes every document anew."""
    digest = hashlib.sha256()
    for root in (Path(extractors.__file__ or "").parent, Path(__file__).parent.parent):
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and inside.parts[0] != "_data" and "__pycache__" not in inside.parts:
                digest.update(f"{inside.as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
