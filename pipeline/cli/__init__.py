"""The command line: `zhengce`, a file a command. What a command needs is imported when it runs."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from pipeline.cli.batch import batch
from pipeline.cli.evaluate import evaluate
from pipeline.cli.extract import extract
from pipeline.cli.schema import schema
from pipeline.cli.train_ner import train_ner

app = typer.Typer(
    name="zhengce",
    help="Dates, provinces, shares, amounts, deadlines and policy records from Chinese policy texts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("zhengce"))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Dates, provinces, shares, amounts, deadlines and policy records from Chinese policy texts."""


app.command()(extract)
app.command()(evaluate)
app.command()(batch)
app.command()(schema)
app.command()(train_ner)


def main() -> None:
    """Run the command line: UTF-8 whatever the locale; a reader that closes the pipe early ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
