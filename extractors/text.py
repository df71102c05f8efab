"""The text that extractors read: clean characters, with numerals and words made when first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from extractors import numerals, tables

_SENTENCE_END = re.compile(r"[。！？；!?;\n]")
_LINE_END = re.compile(r"\n")
_FIRST = itemgetter(0)


def _knows_nothing(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Segmenter:
    """What cuts text into words whose concatenation is the text again, and says of a word whether its dictionary has it."""

    cut: Callable[[str], Sequence[str]]
    knows: Callable[[str], bool] = _knows_nothing

    def __call__(self, text: str) -> Sequence[str]:
        """The words of a text."""
        return self.cut(text)


def clause_start(chars: str, position: int, marks: str = "，。；：、\n", reach: int = 200) -> int:
    """Where the clause of a position begins: behind the nearest of some marks before it, or as far back as is looked."""
    first = max(0, position - reach)
    return max(first, *(chars.rfind(mark, first, position) + 1 for mark in marks))


class Text:
    """Clean text of one document.

    `chars` is folded (half-width digits, simplified characters) and is what rules match on; `printed` holds the
    same positions as the source printed them and is what names and titles are written from. Both have one length.
    """

    def __init__(self, chars: str, printed: str | None = None, *, segmenter: Segmenter) -> None:
        self.chars = chars
        self.printed = chars if printed is None else printed
        if len(self.printed) != len(chars):
            raise ValueError("folded and printed characters must correspond one to one")
        self._segmenter = segmenter
        self.is_known = segmenter.knows
        """Whether a word is in the segmenter's dictionary, which has common words and few names of people."""

    @cached_property
    def numerals(self) -> list[numerals.Numeral]:
        """Every number, in order, not overlapping."""
        return numerals.find(self.chars)

    @cached_property
    def rows(self) -> list[tables.Row]:
        """Every row of a table, in order."""
        return tables.find(self.chars)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """Spans of the segmenter's words, in order, covering the text."""
        ends = list(accumulate(map(len, self._segmenter(self.chars))))
        return list(zip([0, *ends], ends, strict=False))

    @cached_property
    def _word_starts(self) -> frozenset[int]:
        return frozenset(map(_FIRST, self.words)) | {len(self.chars)}

    def is_word_edge(self, position: int) -> bool:
        """Whether a word begins (or the one before it ends) at this position."""
        return position in self._word_starts

    @cached_property
    def _sentences(self) -> list[int]:
        return self._edges(_SENTENCE_END)

    def sentence(self, position: int) -> tuple[int, int]:
        """Span of the sentence around a position: from after one of 。！？； or a line end to the next, included."""
        return _between(self._sentences, position)

    @cached_property
    def _paragraphs(self) -> list[int]:
        return self._edges(_LINE_END)

    def _edges(self, end: re.Pattern[str]) -> list[int]:
        """The text's start, what follows each end, and the text's end."""
        return [0, *[match.end() for match in end.finditer(self.chars)], len(self.chars)]

    def paragraph(self, position: int) -> tuple[int, int]:
        """Span of the paragraph around a position, its line end included."""
        return _between(self._paragraphs, position)


def _between(edges: list[int], position: int) -> tuple[int, int]:
    index = bisect_right(edges, position, 1, len(edges) - 1)
    return edges[index - 1], edges[index]
