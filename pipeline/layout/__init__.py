"""From the source's lines to clean text: whole sentences, a line a paragraph, and the way back to every character."""

from __future__ import annotations

import re
from array import array
from functools import cache

import regex

from pipeline.document import Document, Source
from pipeline.layout.folding import fold
from pipeline.layout.joining import breaks
from pipeline.layout.lines import BLANK, SPACES, Line, cells_of, read

_LATIN = re.compile(r"[A-Za-z]")
_STOPS = frozenset("，。；：、（“《")
_CLAUSES = re.compile(r"[。，]")
_SHORT = 1 << 16
"""Characters of a source whose offsets are counted once for all."""
_SPACED_OUT = regex.compile(rf"(?:\p{{Han}}[{BLANK}]+){{1,8}}\p{{Han}}[：:]?")


def lay_out(source: Source) -> Document:
    """The clean text of a source with its offset map; never raises on text."""
    lines = read(source.text)
    writer = _Writer(source.text)
    for line, starts in zip(lines, breaks(lines), strict=True):
        writer.add(line, starts)
    printed = "".join(writer.parts)
    return Document(source, fold(printed), printed, writer.offsets)


def as_it_is(source: Source) -> Document:
    """A Document of text that is clean already: folded, and nothing moved."""
    return Document(source, fold(source.text), source.text, array("l", range(len(source.text))))


@cache
def _counted() -> array[int]:
    return array("l", range(_SHORT))


class _Writer:
    """Collects pieces of the source and where each character stands there."""

    def __init__(self, source: str) -> None:
        self.source = source
        # Copied from in whole runs, which takes a tenth of the time of counting each anew.
        self.places = _counted() if len(source) <= _SHORT else array("l", range(len(source)))
        self.parts: list[str] = []
        self.offsets = array("l")
        self._last = ""

    def add(self, line: Line, starts_paragraph: bool) -> None:
        """One line, after a line end or joined to the line before."""
        if self.parts:
            if starts_paragraph:
                self._put("\n", line.start)
            elif self._last.isascii() and _LATIN.match(self._last) and _LATIN.match(line.chars):
                self._put(" ", line.start - 1)
        position = line.start
        if line.is_spaced:
            position = self._without_stray_spaces(line)
        self._copy(position, line.end)
        self._last = line.chars[-1]

    def _without_stray_spaces(self, line: Line) -> int:
        source = self.source
        position = line.start
        cells: bool | None = None
        for spaces in SPACES.finditer(source, line.start, line.end):
            start, end = spaces.span()
            self._copy(position, start)
            position = end
            before, after = source[start - 1], source[end]
            wide = before not in _STOPS and (line.is_row or end - start > 1 or source[start] == "\t")
            if wide and cells is None:
                told = cells_of(line.chars)
                cells = not _CLAUSES.search(told) and not _SPACED_OUT.fullmatch(line.chars)
            if wide and cells:
                self._put("\t", start)
            elif _keeps_apart(before, after):
                self._put(" ", start)
        return position

    def _copy(self, start: int, end: int) -> None:
        self.parts.append(self.source[start:end])
        self.offsets += self.places[start:end]

    def _put(self, char: str, offset: int) -> None:
        self.parts.append(char)
        self.offsets.append(offset)
        self._last = char


def _keeps_apart(before: str, after: str) -> bool:
    """Whether a space separates words or numbers of Latin script, and is not a stray one."""
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
