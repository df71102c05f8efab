"""`zhengce extract`: mentions and records of each document, a line each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.document import (
    SCHEMA_VERSION,
    Extraction,
    InternalError,
    LoadError,
    Problem,
    Reference,
    Source,
    UsageError,
    reference_day,
)


class NerMode(StrEnum):
    """How a trained model is used."""

    BESIDE = "beside"
    REPLACE = "replace"


class Format(StrEnum):
    """How an extraction is written to standard output."""

    jsonl = "jsonl"
    table = "table"


def extract(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE…]", help="Text, HTML, PDF, DOCX; none or -: standard input.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='The input is JSON Lines, {"id", "text", "reference"?} a line.')
    ] = False,
    reference: Annotated[
        str | None, typer.Option(metavar="DATE", help="What 今年 and 3月10日 are counted from, such as 2021-04-01.")
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", help="A JSON line for each document, or tables.")
    ] = Format.jsonl,
    dictionary: Annotated[Path | None, typer.Option(help="Words to add to the segmenter's, in jieba's format.")] = None,
    ner: Annotated[
        Path | None, typer.Option(help="Folder of a trained spaCy `ner` that finds agencies and people.")
    ] = None,
    ner_mode: Annotated[NerMode, typer.Option(help="The model beside the rules, or in their place.")] = NerMode.BESIDE,
) -> None:
    """Extract mentions, policy records and findings; a document that fails is reported, and the others are done."""
    from pipeline import run
    from pipeline.recognise import recognisers
    from pipeline.segment import segmenter

    try:
        day = reference_day(reference, "--reference")
        cut = segmenter(dictionary=dictionary)
        names = recognisers(ner, ner_mode.value)
    except UsageError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    write = _writer(output)
    failed = False
    for source in _sources(files or ["-"], jsonl):
        if isinstance(source, LoadError):
            failed = True
            typer.echo(f"error: {source}", err=True)
            write(_failure(source))
        else:
            for problem in source.problems:
                failed = True
                typer.echo(f"error: {problem.where}: {problem.message}", err=True)
            day_of = day if source.reference is None else None
            try:
                extraction = run.extract(source, day_of, segmenter=cut, recognisers=names)
            except Exception as error:  # a fault of the program on one document must not cost the others
                failed = True
                fault = InternalError.of(error, source.id)
                typer.echo(f"error: {fault}", err=True)
                extraction = _failure(fault)
            write(extraction)
    if failed:
        raise typer.Exit(1)


def _sources(names: Iterable[str], jsonl: bool) -> Iterator[Source | LoadError]:
    from pipeline import loading

    for name in names:
        try:
            if jsonl and name == "-":
                yield from loading.json_lines(sys.stdin.buffer, "-")
            elif jsonl:
                yield from loading.json_lines(loading.lines(Path(name)), name)
            elif name == "-":
                yield loading.from_bytes(sys.stdin.buffer.read())
            else:
                yield loading.file(Path(name), name)
        except LoadError as error:
            yield error


def _failure(error: LoadError) -> Extraction:
    """The line of a document that could not be read."""
    where = error.where or "-"
    problem = Problem(error.code, error.message, error.where)
    none = Reference(None, "none")
    return Extraction(SCHEMA_VERSION, error.document or where, where, "", "failed", none, errors=(problem,))


def _writer(form: Format) -> Callable[[Extraction], None]:
    """What writes an extraction to standard output."""
    if form is Format.table:
        from pipeline.cli import tables

        return tables.show
    from pipeline import output

    return lambda extraction: print(output.dumps(extraction))
