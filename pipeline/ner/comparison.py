"""Rules, a trained model and both on held-out gold: how right each is, and how fast."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.mention import Label
from extractors.recogniser import Recogniser
from pipeline.evaluate import dataset, scoring
from pipeline.evaluate.dataset import Example
from pipeline.evaluate.scoring import Counts
from pipeline.recognise import RULES, recognisers

COMPARED: tuple[Label, ...] = ("ORG", "PERSON")
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """What one choice of recognisers gives: counts by label (strict), and characters a second of the whole extraction."""

    name: str
    counts: dict[Label, Counts]
    speed: float


def compare(examples: Sequence[Example], model: Path) -> list[Row]:
    """A row for the rules, the trained model, and the model beside the rules. Raises UsageError for a bad model."""
    return [
        _measure("rules", examples, RULES),
        _measure("trained", examples, recognisers(model, "replace")),
        _measure("both", examples, recognisers(model, "beside")),
    ]


def _measure(name: str, examples: Sequence[Example], names: Sequence[Recogniser]) -> Row:
    found = list(dataset.extract(examples, names))  # loads what is loaded late, so that it is not timed
    scores = [scoring.score(e.text, e.gold, given).strict for e, given in zip(examples, found, strict=True)]
    characters = sum(len(example.text) for example in examples)
    seconds = statistics.median(_seconds(examples, names) for _ in range(_ROUNDS))
    return Row(name, {label: scoring.total(scores, [label]) for label in COMPARED}, characters / seconds)


def _seconds(examples: Sequence[Example], names: Sequence[Recogniser]) -> float:
    start = time.perf_counter()
    for _ in dataset.extract(examples, names):
        pass
    return time.perf_counter() - start
