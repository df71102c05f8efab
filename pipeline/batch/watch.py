"""Files that come in while a batch waits: each is taken when it has not changed for a while, and again when it does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import UsageError

SETTLED_SECONDS = 2.0
_PAUSE_SECONDS = 0.5


@dataclass(slots=True)
class _Known:
    """The look of a file, since when it has had it, and whether it was taken like that."""

    look: tuple[int, int, int]
    since: float
    taken: bool = False


def settled(scan: Callable[[], Iterable[Path]], seconds: float = SETTLED_SECONDS) -> Iterator[list[Path]]:
    """Again and again the files of `scan` that are new or changed, once they have been the same for `seconds`.

    Looks at size, time and inode twice a second, so it works on file systems that tell nobody of changes. The list is
    empty where nothing came. Never ends by itself. Raises what the first scan raises; later on, inputs may be gone.
    """
    known: dict[Path, _Known] = {}
    paths = list(scan())
    while True:
        now = time.monotonic()
        ready = []
        present = set()
        for path in paths:
            try:
                status = path.stat()
            except OSError:
                continue  # It was there a moment ago: the next scan knows better.
            present.add(path)
            look = (status.st_size, status.st_mtime_ns, status.st_ino)
            file = known.get(path)
            if file is None or file.look != look:
                known[path] = _Known(look, now)
            elif not file.taken and now - file.since >= seconds:
                file.taken = True
                ready.append(path)
        for path in known.keys() - present:
            del known[path]
        yield ready
        time.sleep(_PAUSE_SECONDS)
        try:
            paths = list(scan())
        except UsageError:
            paths = []
