"""Compile annotations to gold: `python -m pipeline.evaluate.compile FILE.yaml… --corpus DIR --to gold/`.

A tool for those who annotate. Every file that does not match its text is refused with its line and the reason; the
others are written. Exit code 1 where one was refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.document import ZhengceError
from pipeline.evaluate import annotation, gold


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluate.compile", description="Annotations to gold.")
    parser.add_argument("annotation", nargs="*", type=Path, help="YAML files in the format of docs/annotation.md")
    parser.add_argument("--corpus", action="append", type=Path, default=[], help="folder with the texts; repeatable")
    parser.add_argument("--to", type=Path, help="folder for NAME.gold.json; without it the files are only checked")
    parser.add_argument("--schema", action="store_true", help="write schema.json into the folder, too")
    options = parser.parse_args(arguments)
    if options.schema and not options.to:
        parser.error("--schema writes into the folder given by --to")
    refused = 0
    try:
        corpus = gold.Corpus(options.corpus)
        if options.to:
            options.to.mkdir(parents=True, exist_ok=True)
        if options.schema:
            (options.to / "schema.json").write_text(schema(), encoding="utf-8", newline="\n")
    except ZhengceError as error:
        print(error, file=sys.stderr)
        return 2
    for path in options.annotation:
        try:
            compiled = annotation.read(path, corpus)
        except ZhengceError as error:
            print(error, file=sys.stderr)
            refused += 1
            continue
        for warning in doubts(compiled):
            print(f"{path}: doubtful: {warning}", file=sys.stderr)
        print(f"{path}: {len(compiled.mentions)} mentions, {len(compiled.records)} records", file=sys.stderr)
        if options.to:
            (options.to / (compiled.id + gold.SUFFIX)).write_text(gold.dumps(compiled), encoding="utf-8", newline="\n")
    return 1 if refused else 0


def schema() -> str:
    """The text of `gold/schema.json`."""
    return json.dumps(gold.json_schema(), ensure_ascii=False, indent=2) + "\n"


def doubts(compiled: gold.Gold) -> Iterator[str]:
    """What fits its text but seldom fits the guidelines; for the annotator to look at again."""
    resting = {(m.start, m.end) for m in compiled.mentions if m.label in ("DATE", "DURATION")}
    for mention in compiled.mentions:
        if mention.label == "DEADLINE" and (mention.start, mention.end) not in resting:
            yield f"DEADLINE {annotation.squeeze(mention.text)!r} at {mention.start} doubles no DATE or DURATION"
    days = {mention.value for mention in compiled.mentions if mention.label == "DATE"}
    for record in compiled.records:
        if record.date is not None and record.date not in days:
            yield f"record date {record.date.start} is no DATE of the text"
        measures = [(target.kind, target.value, target.deadline) for target in record.targets]
        pay = [(funding.kind, funding.value, funding.per) for funding in record.funding]
        if len(set(measures)) < len(measures) or len(set(pay)) < len(pay):
            yield "a record has two equal targets or funding entries"


if __name__ == "__main__":
    sys.exit(main())
