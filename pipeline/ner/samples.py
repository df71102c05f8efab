"""What a model is trained on: pieces of clean text with their names, from gold and from IOB2 files."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.document import Source, Span, UsageError
from pipeline.evaluate.dataset import Example
from pipeline.layout import lay_out
from pipeline.layout.folding import fold
from pipeline.output import Json
from pipeline.recognise import LABELS


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence or paragraph, folded, with the (start, end, label) of its names in order, not overlapping."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def of_gold(example: Example) -> Iterator[Sample]:
    """The paragraphs of a document as layout makes them; of names inside one another the outermost."""
    document = lay_out(Source(example.id, example.text, str(example.file), example.sha256))
    names: list[tuple[int, int, str]] = []
    for mention in sorted(example.gold.get("mentions") or (), key=_outer_first):
        if mention["label"] in LABELS:
            # The last clean character at or before the source's: a line end put in points at the one that follows it.
            start = bisect_right(document.offsets, mention["start"]) - 1
            end = bisect_left(document.offsets, mention["end"])
            if not names or names[-1][1] <= start:
                names.append((start, end, LABELS[mention["label"]]))
    ends = [-1, *(i for i, char in enumerate(document.clean) if char == "\n"), len(document.clean)]
    for start, end in ((before + 1, after) for before, after in pairwise(ends)):
        inside = tuple((s - start, e - start, label) for s, e, label in names if start <= s and e <= end)
        if start < end:
            yield Sample(document.clean[start:end], inside)


def _outer_first(mention: Json) -> Span:
    return mention["start"], -mention["end"]


def of_iob2(path: Path) -> Iterator[Sample]:
    """The sentences of a file with a token a line, its number, form and tag apart by tabs, and # before comments.

    Tags are O, B-TYPE and I-TYPE; types that are no names of bodies or people count as O. Raises UsageError.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path)) from None
    tokens: list[tuple[str, str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("# "):
            continue
        if line.strip():
            tokens.append(_token(line, f"{path}:{number}"))
        elif tokens:
            yield _sentence(tokens)
            tokens = []


def _token(line: str, where: str) -> tuple[str, str]:
    """The form and the tag of a line."""
    parts = line.rstrip("\r").split("\t")
    if len(parts) < 3 or not parts[1] or not (parts[2] == "O" or parts[2].startswith(("B-", "I-"))):
        raise UsageError("a line is number, form and an IOB2 tag, apart by tabs", where=where)
    return parts[1], parts[2]


def _sentence(tokens: list[tuple[str, str]]) -> Sample:
    text = ""
    names: list[tuple[int, int, str]] = []
    before = "O"
    for form, tag in tokens:
        if text and text[-1].isascii() and form[0].isascii() and text[-1].isalnum() and form[0].isalnum():
            text += " "
        start, text = len(text), text + form
        label = LABELS.get(tag[2:])
        if label is not None and tag.startswith("I-") and before[2:] == tag[2:]:
            names[-1] = (names[-1][0], len(text), label)
        elif label is not None:
            names.append((start, len(text), label))
        before = tag
    return Sample(fold(text), tuple(names))
