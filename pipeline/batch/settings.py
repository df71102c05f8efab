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
from pipeline.loading.content import MOST_BYTES


@dataclass(frozen=True, slots=True)
class Settings:
    """What results depend on beside the documents: the reference date given, the segmenter's dictionary, the model."""

    reference: dt.date | None = None
    dictionary: Path | None = None
    ner: Path | None = None
    ner_mode: str = "beside"

    def fingerprint(self) -> str:
        """Hexadecimal hash of the program with its gazetteer, the libraries that shape results, and these settings.

        A result is current only under the fingerprint that it was made with. Raises UsageError for a dictionary or a
        model that cannot be read.
        """
        try:
            words = self.dictionary.read_bytes() if self.dictionary is not None else b""
        except OSError as error:
            raise UsageError(f"the dictionary cannot be read: {error.strerror}", where=str(self.dictionary)) from error
        model = _hash(self.ner) if self.ner is not None else ""
        settings = [str(self.reference), sha256(words), model, self.ner_mode]
        return sha256("\n".join([SCHEMA_VERSION, *_libraries(), _program(), *settings]).encode())


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds of work, bytes of memory beside the worker's own, bytes of its source."""

    seconds: float = 60.0
    memory: int = 1_000_000_000
    size: int = MOST_BYTES


_SHAPE_RESULTS = ("rjieba", "regex", "charset-normalizer", "trafilatura", "pypdfium2", "python-docx", "spacy")
"""Libraries that texts are read, cut and matched with."""


def _libraries() -> list[str]:
    """Each of them with its version, where it is installed."""
    installed = {dist.metadata["Name"].lower(): dist.version for dist in metadata.distributions()}
    return [f"{name} {installed.get(name, '')}" for name in _SHAPE_RESULTS]


@cache
def _program() -> str:
    """Hash of the packages' code and gazetteer, so that a rule that was changed makes every document anew."""
    return _hash(Path(extractors.__file__ or "").parent) + _hash(Path(__file__).parent.parent)


def _hash(folder: Path) -> str:
    """Hash of all files of a folder, with their names; what Python or the wheel put beside them is left out."""
    if not folder.is_dir():
        raise UsageError("there is no such folder", where=str(folder))
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] != "_data" and "__pycache__" not in inside.parts:
            digest.update(f"{inside.as_posix()}\0".encode() + sha256(path.read_bytes()).encode())
    return digest.hexdigest()
