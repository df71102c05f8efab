"""`zhengce batch`: many documents into a folder of tables or a database, nothing lost and nothing done twice."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.extract import NerMode
from pipeline.document import UsageError, ZhengceError

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch.destination import Destination
    from pipeline.batch.items import Item
    from pipeline.batch.job import Job
    from pipeline.batch.plan import Tally
    from pipeline.batch.settings import Limits, Settings
    from pipeline.batch.supervisor import Engine
    from pipeline.sinks.lines import Sink


class EngineName(StrEnum):
    """Where the workers are."""

    local = "local"
    ray = "ray"


def batch(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="Files, folders, patterns, .zip archives, .jsonl files.")
    ],
    to: Annotated[
        str, typer.Option(metavar="DEST", help="A folder, or sqlite:///FILE, duckdb:///FILE, postgresql://HOST/NAME.")
    ],
    reference: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", help="What 今年 and 3月10日 are counted from, as 2021-04-01."
        ),
    ] = None,
    dictionary: Annotated[Path | None, typer.Option(help="Words to add to the segmenter's, in jieba's format.")] = None,
    ner: Annotated[
        Path | None, typer.Option(help="Folder of a trained spaCy `ner` that finds agencies and people.")
    ] = None,
    ner_mode: Annotated[NerMode, typer.Option(help="The model beside the rules, or in their place.")] = NerMode.BESIDE,
    engine: Annotated[EngineName, typer.Option(help="Processes of this machine, or a Ray cluster.")] = EngineName.local,
    workers: Annotated[int | None, typer.Option(min=1, help="Default: one for each processor.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Do at most this many documents.")] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try failed documents again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be done, and why; do nothing.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Wait for new and changed files until stopped.")] = False,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds that a document may take.")] = 60.0,
    memory_limit: Annotated[int, typer.Option(min=1, help="Megabytes that a document may take.")] = 1000,
) -> None:
    """Extract many documents; a second run does only what is new or changed, and an interrupted one goes on."""
    from pipeline.batch.destination import destination
    from pipeline.batch.settings import Limits, Settings

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGINT may be ignored, in a job of the background
    settings = Settings(reference.date() if reference is not None else None, dictionary, ner, ner_mode.value)
    limits = Limits(time_limit, memory_limit * 1_000_000)
    try:
        call = _Call(inputs, destination(to), settings, limits, limit, retry_failed)
        if dry_run:
            _foretell(call)
            return
        tally = _run(call, _engine(engine, settings, limits), workers, watch=watch)
    except KeyboardInterrupt:
        typer.echo("interrupted; the same command goes on from here", err=True)
        raise typer.Exit(130) from None
    except ZhengceError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None
    if tally.fell_short:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Call:
    """What was asked for."""

    inputs: list[str]
    place: Destination
    settings: Settings
    limits: Limits
    limit: int | None
    retry_failed: bool

    def files(self) -> Iterator[Path]:
        """The files of the inputs."""
        from pipeline.batch import inputs

        return inputs.files(self.inputs, self.place.own)

    def items(self, paths: Iterable[Path]) -> Iterator[Item]:
        """The documents of files."""
        from pipeline.batch import inputs

        return inputs.items(paths, self.limits.size)


def _foretell(call: _Call) -> None:
    """Print what would be done; nothing is made, not even the state folder."""
    from pipeline.batch.job import LEDGER
    from pipeline.batch.ledger import Ledger
    from pipeline.batch.plan import Plan

    path = call.place.state / LEDGER
    with closing(Ledger(path if path.exists() else Path(":memory:"))) as ledger:
        plan = Plan(ledger, call.settings.fingerprint(), call.limits.size, retry_failed=call.retry_failed)
        for item, reason in islice(plan.pending(call.items(call.files())), call.limit):
            print(f"{reason}\t{item.id}")


def _run(call: _Call, engine: Engine, workers: int | None, *, watch: bool) -> Tally:
    """Do it, once or until stopped, and show how it went."""
    from rich.console import Console

    from pipeline.batch.job import Job
    from pipeline.batch.watch import settled
    from pipeline.cli import progress

    console = Console(stderr=True, highlight=False)
    workers = workers or engine.processors()
    with (
        closing(call.place.open()) as sink,
        closing(Job(call.place.state, call.settings, call.limits, retry_failed=call.retry_failed)) as job,
    ):
        if watch:
            with suppress(KeyboardInterrupt):
                for paths in settled(call.files):
                    if paths:
                        _cycle(call, job, sink, paths, engine, workers, console)
        else:
            _cycle(call, job, sink, list(call.files()), engine, workers, console)
        console.print(progress.summary(job.tally))
        if job.tally.fell_short:
            console.print(f"failed documents with their errors: {call.place.failed}", soft_wrap=True)
        return job.tally


def _cycle(
    call: _Call, job: Job, sink: Sink, paths: list[Path], engine: Engine, workers: int, console: Console
) -> None:
    """Do the documents of these files."""
    from pipeline.cli.progress import Watcher

    with Watcher(console, job.tally.seen + sum(1 for _ in call.items(paths))) as watcher:
        job.run(call.items(paths), engine, workers, limit=call.limit, progress=watcher)
    job.publish(sink, call.place.failed)


def _engine(name: EngineName, settings: Settings, limits: Limits) -> Engine:
    if name is EngineName.ray:
        from pipeline.batch.ray_engine import RayEngine

        return RayEngine(settings, limits)
    from pipeline.batch.local import LocalEngine

    return LocalEngine(settings, limits)
