"""How fast `zhengce batch` is with one worker and with several, and whether its memory grows with the documents.

    python bench/batch.py [--documents 20000] [--few 2000] [--workers 2] [--json]

The documents are generated from the texts of corpus/, each with a line of its own. The speed is that of whole runs, tables
included. Memory is the greatest sum of what the run and its workers hold, looked at ten times a second, of a run over all
documents and of one over few. Memory that they share is counted for each of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

CORPUS = Path(__file__).parent.parent / "corpus"
TEXTS = (CORPUS / "retold-article.txt", *sorted((CORPUS / "dev").glob("*.txt")))


def generate(folder: Path, documents: int) -> None:
    """Write documents into a new folder."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    folder.mkdir()
    for number in range(documents):
        (folder / f"{number:06}.txt").write_text(f"{texts[number % len(texts)]}\n第{number}号\n", encoding="utf-8")


def measure(source: Path, dest: Path, workers: int) -> dict[str, float]:
    """Seconds and greatest memory in megabytes of a run."""
    call = [sys.executable, "-c", "from pipeline.cli import main; main()", "batch"]
    start = time.perf_counter()
    run = subprocess.Popen(
        [*call, str(source), "--to", str(dest), "--workers", str(workers)], stderr=subprocess.DEVNULL
    )
    most = 0
    while run.poll() is None:
        most = max(most, memory(run.pid))
        time.sleep(0.1)
    if run.returncode:
        raise SystemExit(f"the run failed with {run.returncode}")
    return {"seconds": round(time.perf_counter() - start, 1), "MB": round(most / 1e6)}


def memory(process: int) -> int:
    """Bytes that a process and its children hold."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * 4096 + sum(memory(int(child)) for child in children)


def main(
    documents: Annotated[int, typer.Option(help="Documents of the large runs.")] = 20_000,
    few: Annotated[int, typer.Option(help="Documents of the run to which memory is compared.")] = 2_000,
    workers: Annotated[int, typer.Option(help="Workers to compare with one.")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Measure batches."""
    runs = [(documents, 1), (documents, workers), (few, workers)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in (documents, few):
            generate(folder / str(size), size)
        figures = [measure(folder / str(size), folder / f"out-{size}-{count}", count) for size, count in runs]
    one, several, small = figures
    summary = {
        "times as fast": round(one["seconds"] / several["seconds"], 2),
        "times the memory": round(several["MB"] / small["MB"], 2),
    }
    rows = [
        {"documents": size, "workers": count, **figure} for (size, count), figure in zip(runs, figures, strict=True)
    ]
    if as_json:
        print(json.dumps({"runs": rows, **summary}, indent=2))
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    console = Console()
    console.print(table)
    console.print(f"{workers} workers are {summary['times as fast']} times as fast as one;", end=" ")
    console.print(f"{documents:,} documents take {summary['times the memory']} times the memory of {few:,}")


if __name__ == "__main__":
    typer.run(main)
