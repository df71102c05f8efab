"""Other tools on the project's gold, beside zhengce, by label: writes docs/peers.md.

    python bench/peers.py FOLDER [--to docs/peers.md] [--gold gold] [--corpus corpus]

FOLDER gets a virtual environment for each peer (kept for the next run while its requirements are the same) and, in
predictions/, what each found, for `zhengce evaluate --predictions`. Each peer reads every text twice: as it is, and as
layout gives it, with its offsets led back to the source. Only figures are written to the page, nothing from a text.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import jinja2
import typer

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from pipeline import loading, run  # noqa: E402
from pipeline.document import Document, Source  # noqa: E402
from pipeline.evaluate import dataset, report  # noqa: E402
from pipeline.evaluate.dataset import Dataset, Example  # noqa: E402
from pipeline.layout import lay_out  # noqa: E402
from pipeline.output import to_dict  # noqa: E402

TIME_LIMIT = 60
"""Seconds that a peer has for all texts in one layout."""
LAYOUTS = ("source", "laid-out")
SPLITS = ("test", "dev")
NO_DATE = dt.date(2020, 1, 1)
"""What a peer counts from in a text that has no reference date; most take today otherwise."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool, what pip installs for it, the module that asks it, and the labels that it claims to find."""

    name: str
    requirements: tuple[str, ...]
    adapter: str
    labels: tuple[str, ...]


PEERS = (
    Peer("JioNLP", ("jionlp==1.5.31",), "on_jionlp", ("DATE", "DURATION", "YUAN")),
    Peer(
        "Recognizers-Text",
        ("recognizers-text-suite==1.0.2a2", "emoji==1.7.0"),  # it imports a name that emoji 2 has no more
        "on_recognizers",
        ("DATE", "DURATION", "PERCENT", "YUAN"),
    ),
    Peer("cpca", ("cpca==0.5.5",), "on_cpca", ("PROVINCE", "PLACE")),
    Peer("dateparser", ("dateparser==1.5.0",), "on_dateparser", ("DATE",)),
)
LABELS = ("DATE", "DURATION", "PROVINCE", "PLACE", "PERCENT", "YUAN")
OURS = "zhengce"


@dataclass(frozen=True, slots=True)
class Answers:
    """What one tool gave for all texts in one layout: predictions in source offsets, seconds, texts that it failed on."""

    predictions: Path
    seconds: float
    failed: Mapping[str, int]


def main(
    folder: Annotated[Path, typer.Argument(help="Where environments and predictions go.")],
    to: Annotated[Path, typer.Option(help="The page to write.")] = ROOT / "docs" / "peers.md",
    gold: Annotated[Path, typer.Option(help="Folder of NAME.gold.json.")] = ROOT / "gold",
    corpus: Annotated[Path, typer.Option(help="Folder with the texts and their manifest.")] = ROOT / "corpus",
) -> None:
    """Run all peers on all texts and write the page."""
    splits = {split: dataset.load(gold, [corpus], split) for split in SPLITS}
    examples = [example for loaded in splits.values() for example in loaded.examples]
    (folder / "predictions").mkdir(parents=True, exist_ok=True)
    typer.echo(f"{OURS}: {len(examples)} texts", err=True)
    references, own = ours(examples, folder / "predictions" / f"{OURS}.jsonl")
    documents = [lay_out(Source(e.id, e.text, str(e.file), e.sha256)) for e in examples]
    answers = {(OURS, layout): own for layout in LAYOUTS}
    for peer in PEERS:
        python = environment(folder, peer)
        for layout in LAYOUTS:
            typer.echo(f"{peer.name}: {layout}", err=True)
            answers[peer.name, layout] = ask(python, peer, layout, documents, references, folder)
    to.write_text(page(splits, answers, sum(len(example.text) for example in examples)), encoding="utf-8")


def ours(examples: Sequence[Example], path: Path) -> tuple[list[dt.date], Answers]:
    """The reference date of each text, which the peers are given too, and what zhengce finds; the first text warms it up."""
    sources = [Source(e.id, e.text, str(e.file), e.sha256, _given(e)) for e in examples]
    run.extract(loading.from_text("2020年3月2日，北京市朝阳区拨付50万元。"))
    start = time.perf_counter()
    extractions = [run.extract(source, source.reference) for source in sources]
    seconds = time.perf_counter() - start
    _write(path, (to_dict(extraction) for extraction in extractions))
    return [extraction.reference.date or NO_DATE for extraction in extractions], Answers(path, seconds, {})


def _given(example: Example) -> dt.date | None:
    written = example.gold.get("reference")
    return dt.date.fromisoformat(written) if written else None


def environment(folder: Path, peer: Peer) -> Path:
    """The interpreter of a peer's own virtual environment, made anew where the requirements have changed."""
    home = folder / peer.adapter
    python, listed = home / "bin" / "python", home / "requirements.txt"
    wanted = "\n".join(peer.requirements) + "\n"
    if not listed.is_file() or listed.read_text(encoding="utf-8") != wanted:
        typer.echo(f"{peer.name}: installing", err=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *peer.requirements], check=True)
        listed.write_text(wanted, encoding="utf-8")
    return python


def ask(
    python: Path,
    peer: Peer,
    layout: str,
    documents: Sequence[Document],
    references: Sequence[dt.date],
    folder: Path,
) -> Answers:
    """Have a peer read all texts in one layout. What it prints is dropped, since it may quote them."""
    lines = "".join(
        json.dumps(
            {
                "id": document.source.id,
                "text": document.source.text if layout == "source" else document.clean,
                "reference": str(reference),
            }
        )
        + "\n"
        for document, reference in zip(documents, references, strict=True)
    )
    path = folder / "predictions" / f"{peer.adapter}-{layout}.jsonl"
    command = [str(python), "-m", f"bench.peer_adapters.{peer.adapter}"]
    try:
        done = subprocess.run(
            command,
            input=lines.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise SystemExit(f"{peer.name} took more than {TIME_LIMIT} seconds for the texts") from None
    if done.returncode:
        raise SystemExit(f"{peer.name} stopped with exit code {done.returncode}; run {' '.join(command)} on a text")
    answered = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if layout == "laid-out":
        answered = [in_source(given, document) for given, document in zip(answered, documents, strict=True)]
    _write(path, answered)
    errors = [given["error"] for given in answered if "error" in given]
    failed = {error: errors.count(error) for error in sorted(set(errors))}
    return Answers(path, sum(given["seconds"] for given in answered), failed)


def in_source(given: dict[str, Any], document: Document) -> dict[str, Any]:
    """An answer about the laid-out text with its offsets led back to the source."""
    mentions = []
    for mention in given["mentions"]:
        start, end = document.to_source(mention["start"], mention["end"])
        mentions.append({**mention, "start": start, "end": end})
    return {**given, "mentions": mentions}


def _write(path: Path, lines: Iterable[Any]) -> None:
    path.write_text(
        "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines), encoding="utf-8"
    )


def page(splits: Mapping[str, Dataset], answers: Mapping[tuple[str, str], Answers], characters: int) -> str:
    """The page in Markdown."""
    template = jinja2.Template(
        (Path(__file__).parent / "peers.md.j2").read_text(encoding="utf-8"), keep_trailing_newline=True
    )
    tables = [
        {
            "split": split,
            "layout": layout,
            "documents": len(loaded.examples),
            "rows": list(rows(loaded, answers, layout)),
        }
        for split, loaded in splits.items()
        for layout in LAYOUTS
        if loaded.examples
    ]
    tools = [(peer.name, ", ".join(peer.requirements), ", ".join(peer.labels)) for peer in PEERS]
    return template.render(
        tables=tables, tools=tools, ours=OURS, answers=answers, characters=characters, layouts=LAYOUTS, no_date=NO_DATE
    )


def rows(loaded: Dataset, answers: Mapping[tuple[str, str], Answers], layout: str) -> Iterator[dict[str, Any]]:
    """For each label the figures of zhengce and of each peer that claims to find it."""
    tools = [(OURS, LABELS), *((peer.name, peer.labels) for peer in PEERS)]
    figures = {}
    for name, _ in tools:
        given = dataset.Predictions(answers[name, layout].predictions)
        scored = report.evaluate(loaded, (given.of(example) for example in loaded.examples))
        figures[name] = report.to_dict(scored, texts=False)["mentions"]
    for label in LABELS:
        for name, labels in tools:
            if label in labels:
                measured = {measure: figures[name][measure].get(label) for measure in report.MEASURES}
                if all(measured.values()):
                    yield {"label": label, "tool": name, **measured}


if __name__ == "__main__":
    typer.run(main)
