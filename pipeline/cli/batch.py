"""`zhengce batch`: many documents into a folder of tables or a database, nothing lost and nothing done twice."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    pass


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
) -> None:
    """Extract many documents; a second run does only what is new or changed, and an interrupted one goes on."""
    from pipeline.batch import inputs as finding
    from pipeline.batch.job import Job
    from pipeline.batch.local import LocalEngine
    from pipeline.batch.settings import Limits, Settings
    from pipeline.sinks.folder import Folder

    settings, limits = Settings(), Limits()
    sink = Folder(Path(to))
    job = Job(Path(to) / ".zhengce", settings, limits)
    job.run(finding.items(finding.files(inputs, Path(to)), limits.size), LocalEngine(settings, limits), 2)
    job.publish(sink)
    print(job.tally)
