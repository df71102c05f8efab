"""`zhengce evaluate`: how well an extraction agrees with gold."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.document import UsageError, ZhengceError

if TYPE_CHECKING:
    from pipeline.evaluate.report import Report


class Format(StrEnum):
    """How figures are written to standard output."""

    table = "table"
    json = "json"


class Split(StrEnum):
    """Which part of the corpus is evaluated."""

    dev = "dev"
    test = "test"


def evaluate(
    gold: Annotated[Path | None, typer.Option(help="Folder of NAME.gold.json; default: the project's own.")] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="Folder with the texts, found by hash; repeatable. Default: the project's."),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Score these JSON Lines, as written by `extract`, instead of running it.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="Tables with every error, or JSON.")] = Format.table,
    fail_under: Annotated[
        str | None, typer.Option(help="Least F1 by name, such as core=0.97,records=0.90,DATE=0.96; else exit code 1.")
    ] = None,
    require_all: Annotated[
        bool, typer.Option("--require-all", help="Fail where gold has no text or a text no prediction.")
    ] = False,
    split: Annotated[Split | None, typer.Option(help="Only documents that the corpus manifest puts here.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="An earlier report (--format json): what got better and worse since.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Also write a page with each error in its sentence.")] = None,
    scores_only: Annotated[
        bool, typer.Option("--scores-only", help="Figures only: nothing from a document is written.")
    ] = False,
) -> None:
    """Score extractions against gold: mentions, records and findings, with a list of every error."""
    from pipeline.evaluate import report, table

    try:
        if scores_only and html is not None:
            raise UsageError("an error report shows the texts; leave out --scores-only", where="--html")
        bars = report.parse_bars(fail_under) if fail_under else {}
        earlier = _read_report(against) if against else None
        scored = _score(gold, corpus, predictions, split)
        figures = report.to_dict(scored, texts=not scores_only)
        if earlier is not None:
            figures["against"] = report.compare(earlier, figures)
        if html is not None:
            _write_page(html, scored, figures)
    except ZhengceError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
    if output is Format.json:
        sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    else:
        table.render(figures)
    failures = [*report.shortfalls(figures, bars), *report.gaps(figures, require_all=require_all)]
    for failure in failures:
        typer.echo(failure, err=True)
    if failures:
        raise typer.Exit(1)


def _score(gold: Path | None, corpus: list[Path] | None, predictions: Path | None, split: Split | None) -> Report:
    from pipeline.evaluate import dataset, report

    folders = corpus or [dataset.packaged("corpus")]
    loaded = dataset.load(gold or dataset.packaged("gold"), folders, split.value if split else None)
    if predictions is None:
        return report.evaluate(loaded, dataset.extract(loaded.examples))
    given = dataset.Predictions(predictions)
    return report.evaluate(loaded, (given.of(example) for example in loaded.examples))


def _read_report(path: Path) -> dict[str, Any]:
    try:
        earlier = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot be read as JSON: {error}", where=str(path)) from None
    if not isinstance(earlier, dict):
        raise UsageError("this is no report written by evaluate with --format json", where=str(path))
    return earlier


def _write_page(path: Path, scored: Report, figures: dict[str, Any]) -> None:
    from pipeline.evaluate.html import render

    try:
        path.write_text(render(scored, figures), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(path)) from None
