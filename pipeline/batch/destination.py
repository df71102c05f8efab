"""What `--to` names: the sink, and where the state of the batch is kept for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.document import UsageError
from pipeline.sinks.lines import Sink

STATE = ".zhengce"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where results go. `state` is the state folder, `failed` the file of failed documents, `own` what is no input."""

    open: Callable[[], Sink]
    state: Path
    failed: Path
    own: tuple[Path, ...]


def destination(name: str) -> Destination:
    """The destination of a name: a database where it is a URL, else a folder.

    The state lies in the folder, beside the file of a database, or for a server in `.zhengce` of the working folder. Raises UsageError
    for a database without a file; the sink looks at the rest of the URL when it is opened.
    """
    if not name.strip():
        raise UsageError("name a folder or a database", where="--to")
    if "://" not in name:
        folder = Path(name)
        return Destination(lambda: _folder(folder), folder / STATE, folder / "failed.jsonl", (folder,))
    scheme, _, rest = name.partition("://")
    own: tuple[Path, ...] = ()
    if scheme in ("sqlite", "duckdb"):
        file = Path(rest.removeprefix("/").partition("?")[0])
        if not file.name:
            raise UsageError(f"name the file of the database: {scheme}:///FILE", where="--to")
        state, own = file.with_name(file.name + STATE), (file,)
    else:
        server = f"{scheme}://{rest.rpartition('@')[2]}"
        state = Path(STATE, hashlib.sha256(server.encode()).hexdigest()[:16])
    return Destination(lambda: _database(name), state, state / "failed.jsonl", (state, *own))


def _folder(folder: Path) -> Sink:
    from pipeline.sinks.folder import Folder

    return Folder(folder)


def _database(url: str) -> Sink:
    from pipeline.sinks.database import Database

    return Database(url)
