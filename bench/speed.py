"""How fast each stage is, and the whole, beside `jieba.cut` on the same text.

    python bench/speed.py [FILE] [--copies 224] [--pairs 7] [--json]

FILE (default: the retold article of corpus/) is taken as that many documents. The machine is noisy: each round times the
pipeline and jieba one after the other, and the ratio is the median over the rounds. A ratio of 2 means twice jieba's speed.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import jieba
import typer
from rich.console import Console
from rich.table import Table
from spacy.vocab import Vocab

from extractors.text import Text
from pipeline import component, loading, output, run
from pipeline.document import Source
from pipeline.layout import as_it_is, lay_out
from pipeline.segment import segmenter

DEFAULT = Path(__file__).parent.parent / "corpus" / "retold-article.txt"


class Stages:
    """The stages of the pipeline over many documents, each timed apart; every one takes what the one before gave."""

    def __init__(self, data: bytes, copies: int) -> None:
        self.copies = copies
        self.seconds: dict[str, float] = {}
        self.cut = segmenter()
        self.vocab = Vocab()
        self._run(data)

    def _run(self, data: bytes) -> None:
        sources = self._timed("load", [data] * self.copies, loading.from_bytes)
        documents = self._timed("layout", sources, lay_out)
        texts = [Text(d.clean, d.printed, segmenter=self.cut) for d in documents]
        self._timed("segment", texts, lambda text: text.words)
        found = self._timed("find", texts, run.Found)
        pairs = list(zip(texts, found, strict=True))
        timed = self._timed("resolve", pairs, lambda pair: run.resolve(*pair, None))
        triples = [(*pair, t) for pair, t in zip(pairs, timed, strict=True)]
        told = self._timed("relate", triples, lambda triple: run.relate(*triple))
        wholes = [(d, *triple, t) for d, triple, t in zip(documents, triples, told, strict=True)]
        extractions = self._timed("assemble", wholes, lambda whole: run.assemble(*whole))
        self._timed("JSON", extractions, output.dumps)
        clean = [run.analyse(as_it_is(loading.from_text(d.printed))) for d in documents[:1]] * self.copies
        words = [self.cut(documents[0].printed)] * self.copies
        self._timed("Doc", list(zip(words, clean, strict=True)), lambda pair: component.annotated(self.vocab, *pair))

    def _timed(self, name: str, items: list, function: Callable) -> list:
        start = time.perf_counter()
        results = [function(item) for item in items]
        self.seconds[name] = time.perf_counter() - start
        return results


def whole(sources: list[Source]) -> None:
    """The pipeline as the command line runs it, JSON included."""
    for source in sources:
        output.dumps(run.extract(source))


def whole_with_doc(sources: list[Source], vocab: Vocab) -> None:
    """The same with a spaCy Doc of each document."""
    cut = segmenter()
    for source in sources:
        document = lay_out(source)
        extraction = run.analyse(as_it_is(loading.from_text(document.printed)))
        component.annotated(vocab, cut(document.printed), extraction)
        output.dumps(extraction)


def seconds(function: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def measure(data: bytes, copies: int, pairs: int) -> dict[str, dict[str, float]]:
    """Median MB/s and median ratio to `jieba.cut` of every stage and of the whole."""
    sources = [loading.from_bytes(data)] * copies
    vocab = Vocab()
    rounds: dict[str, list[float]] = {}
    against: list[float] = []
    jieba.initialize()
    whole(sources[:1])
    whole_with_doc(sources[:1], vocab)
    for _ in range(pairs):
        against.append(seconds(lambda: [list(jieba.cut(source.text)) for source in sources]))
        once = dict(Stages(data, copies).seconds)
        once["whole"] = seconds(lambda: whole(sources))
        once["whole with Doc"] = seconds(lambda: whole_with_doc(sources, vocab))
        for name, value in once.items():
            rounds.setdefault(name, []).append(value)
    rounds["jieba.cut"] = against
    size = len(data) * copies / 1e6
    return {
        name: {
            "MB/s": round(size / statistics.median(values), 3),
            "times jieba": round(statistics.median(j / v for j, v in zip(against, values, strict=True)), 3),
        }
        for name, values in rounds.items()
    }


def main(
    file: Annotated[Path, typer.Argument(help="A text; its copies are the documents.")] = DEFAULT,
    copies: Annotated[int, typer.Option(help="Documents in a round.")] = 224,
    pairs: Annotated[int, typer.Option(help="Rounds.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Measure the speed of every stage beside `jieba.cut`."""
    figures = measure(file.read_bytes(), copies, pairs)
    if as_json:
        print(json.dumps({"file": file.name, "copies": copies, "pairs": pairs, "stages": figures}, indent=2))
        return
    table = Table("stage", "MB/s", "times jieba", title=f"{copies} × {file.name}, median of {pairs}")
    for name, figure in figures.items():
        table.add_row(name, f"{figure['MB/s']:.2f}", f"{figure['times jieba']:.2f}")
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
