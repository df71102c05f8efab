"""Part files: output lines in the order in which they were done, each file complete once it has its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.sinks.files import complete


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line lies: the part's name, and its bytes in it."""

    part: str
    start: int
    length: int


class Parts:
    """The part files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: tuple[str, BinaryIO] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, lines: Iterable[bytes]) -> list[Place]:
        """Write a new part of these lines; when this returns it is on the disk, under its name."""
        last = max((int(path.name.split(".")[0]) for path in self._folder.iterdir()), default=0)
        name = f"{last + 1:08}.jsonl"
        places = []
        with complete(self._folder / name) as file:
            for line in lines:
                places.append(Place(name, file.tell(), len(line)))
                file.write(line + b"\n")
        return places

    def read(self, place: Place) -> bytes:
        """The line at a place, without its line end. The part read last stays open for the next line."""
        if self._open is None or self._open[0] != place.part:
            self.close()
            self._open = place.part, (self._folder / place.part).open("rb")
        self._open[1].seek(place.start)
        return self._open[1].read(place.length)

    def size(self, name: str) -> int:
        """Bytes of a part; 0 if there is none."""
        path = self._folder / name
        return path.stat().st_size if path.exists() else 0

    def keep(self, names: set[str]) -> None:
        """Remove all files but these parts: what an interrupted run left, and parts whose lines were all replaced."""
        self.close()
        for path in self._folder.iterdir():
            if path.name not in names:
                path.unlink()

    def close(self) -> None:
        """Close the file that was read last."""
        if self._open is not None:
            self._open[1].close()
            self._open = None
