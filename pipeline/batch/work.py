"""What a worker does with an item: load, extract, write the line. The same for every engine."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import loading, output, run
from pipeline.batch.items import Item
from pipeline.batch.settings import Settings
from pipeline.document import SCHEMA_VERSION, Extraction, InternalError, LoadError, Problem, Reference, Status, sha256
from pipeline.recognise import recognisers
from pipeline.segment import segmenter

FAILED: tuple[Status, ...] = ("failed", "timeout")
"""The statuses of a document that gave nothing."""

_WARM = "2021年4月2日，湖北省教育厅出台《通知》，提出到2021年底投入1亿元。"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an item: its output line without a line end, and the status and error that the line holds."""

    item: Item
    status: Status
    line: bytes
    error: Problem | None = None


class Extractor:
    """Extracts items one after the other, with a segmenter and rules that are loaded already."""

    def __init__(self, settings: Settings, size: int) -> None:
        """`size` is the most bytes that a document may have.

        Raises UsageError for a dictionary or a model that cannot be read.
        """
        self._reference = settings.reference
        self._size = size
        self._cut = segmenter(dictionary=settings.dictionary)
        self._names = recognisers(settings.ner, settings.ner_mode)
        run.extract(loading.from_text(_WARM), segmenter=self._cut, recognisers=self._names)

    def __call__(self, item: Item) -> Result:
        """The result of an item; whatever is wrong with the document is in it, and nothing is raised."""
        try:
            # The digest is of what is read now, not of what was there when the item was found, and none if that is gone:
            # an entry must not call unchanged what it is not of.
            item = replace(item, digest="")
            data = item.read(self._size)
            item = replace(item, digest=sha256(data))
            source = replace(item.source(data), id=item.id)
            day = self._reference if source.reference is None else None
            extraction = run.extract(source, day, segmenter=self._cut, recognisers=self._names)
            line = output.dumps(extraction).encode()
        except LoadError as error:
            return failure(item, Problem(error.code, error.message, error.where))
        except MemoryError:
            message = "the document needs more memory than --memory-limit gives it"
            return failure(item, Problem("memory-limit", message, item.where))
        except Exception as error:  # a fault of the program on one document must not cost the others
            fault = InternalError.of(error, item.where)
            return failure(item, Problem(fault.code, fault.message, fault.where))
        first = extraction.errors[0] if extraction.errors else None
        return Result(item, extraction.status, line, first)


def failure(item: Item, problem: Problem, status: Status = "failed") -> Result:
    """The result of an item that gave nothing, with its line."""
    none = Reference(None, "none")
    extraction = Extraction(SCHEMA_VERSION, item.id, item.name, item.digest, status, none, errors=(problem,))
    return Result(item, status, output.dumps(extraction).encode(), problem)


def hold_memory(size: int) -> None:
    """Let the process grow by `size` bytes from what it has now, where the system can hold it to that."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + size, resource.RLIM_INFINITY))
