"""`zhengce train-ner`: a spaCy `ner` trained on gold and IOB2 files, and how it compares with the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.document import UsageError, ZhengceError

if TYPE_CHECKING:
    from pipeline.evaluate.dataset import Example
    from pipeline.ner.comparison import Row


def train_ner(
    to: Annotated[Path, typer.Option(help="New folder for the model; `extract --ner` takes it.")],
    gold: Annotated[Path | None, typer.Option(help="Folder of NAME.gold.json; default: the project's own.")] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="Folder with the texts, found by hash; repeatable. Default: the project's."),
    ] = None,
    iob2: Annotated[
        list[Path] | None, typer.Option(help="More to train on: number, form and IOB2 tag a line; repeatable.")
    ] = None,
    held_out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Gold to compare on, not to train on: a split or a document; repeatable. Default: test.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed and input give the same model.")] = 0,
) -> None:
    """Train a spaCy `ner` for agencies and people, and compare it with the rules on held-out gold."""
    from pipeline.evaluate import dataset
    from pipeline.ner import comparison, samples, training

    try:
        training.check(to)
        loaded = dataset.load(gold or dataset.packaged("gold"), corpus or [dataset.packaged("corpus")])
        for skipped in loaded.skipped:
            typer.echo(f"skipped: {skipped.id}: no corpus folder has its text", err=True)
        known, unknown = _apart(loaded.examples, held_out or ["test"])
        learned = [sample for example in known for sample in samples.of_gold(example)]
        learned += [sample for path in iob2 or () for sample in samples.of_iob2(path)]
        training.train(learned, to, seed)
        rows = comparison.compare(unknown, to)
    except ZhengceError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
    _show(rows, len(unknown))


def _apart(examples: Sequence[Example], names: Sequence[str]) -> tuple[list[Example], list[Example]]:
    """Examples to train on and examples held out. Raises UsageError for a name that holds out nothing."""
    for name in names:
        if not any(name in (example.id, example.about.get("split")) for example in examples):
            raise UsageError(f"no gold with its text has this split or id: {name!r}", where="--held-out")
    out = [example for example in examples if example.id in names or example.about.get("split") in names]
    return [example for example in examples if example not in out], out


def _show(rows: Sequence[Row], documents: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"on {documents} held-out documents", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for name in ("", "precision", "recall", "F1", "tp", "fp", "fn", "characters/s"):
        table.add_column(name, justify="right")
    for row in rows:
        for label, counts in row.counts.items():
            shares = (f"{share:.3f}" for share in (counts.precision, counts.recall, counts.f1))
            table.add_row(row.name, label, *shares, str(counts.tp), str(counts.fp), str(counts.fn), f"{row.speed:,.0f}")
    Console(highlight=False).print(table)
