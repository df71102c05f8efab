"""How far two annotations of one document agree: `python -m pipeline.evaluate.agreement A.yaml B.yaml --corpus DIR`.

Prints F1 by label (strict and span alone) and of the records' fields, then every disagreement. Several pairs may be
given (A.yaml B.yaml C.yaml D.yaml …); their counts are summed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.document import UsageError, ZhengceError
from pipeline.evaluate import annotation, gold, report
from pipeline.evaluate.dataset import Dataset, Example
from pipeline.evaluate.table import said
from pipeline.output import Json


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.evaluate.agreement", description="Agreement of two annotations of the same document."
    )
    parser.add_argument("annotation", nargs="+", type=Path, help="pairs of YAML files: A1 B1 A2 B2 …")
    parser.add_argument("--corpus", action="append", type=Path, default=[], help="folder with the texts; repeatable")
    options = parser.parse_args(arguments)
    try:
        figures = compare(options.annotation, gold.Corpus(options.corpus))
    except ZhengceError as error:
        print(error, file=sys.stderr)
        return 2
    for line in lines(figures):
        print(line)
    return 0


def compare(paths: Sequence[Path], corpus: gold.Corpus) -> Json:
    """The report of scoring the second annotation of each pair against the first. Raises GoldError and UsageError."""
    if len(paths) % 2:
        raise UsageError("annotations come in pairs: A1 B1 A2 B2 …")
    examples, others = [], []
    for first, second in zip(paths[::2], paths[1::2], strict=True):
        one, other = annotation.read(first, corpus), annotation.read(second, corpus)
        if one.source.sha256 != other.source.sha256:
            raise UsageError(f"is about another text than {first}", where=str(second))
        digest, text = one.source.sha256, annotation.text_of(first, corpus)
        examples.append(Example(one.id, first, digest, text, json.loads(gold.dumps(one)), {}))
        others.append(json.loads(gold.dumps(other)))
    return report.to_dict(report.evaluate(Dataset(tuple(examples), ()), others))


def lines(figures: Json) -> list[str]:
    """The table and the disagreements as lines; the second annotation stands under "B"."""
    strict, span = figures["mentions"]["strict"], figures["mentions"]["span"]
    out = [f"{'':10} {'strict':>7} {'span':>7} {'both':>5} {'A only':>6} {'B only':>6}"]
    for label, row in strict.items():
        out.append(f"{label:10} {row['f1']:7.3f} {span[label]['f1']:7.3f} {row['tp']:5} {row['fn']:6} {row['fp']:6}")
    for part in ("records", "beside", "findings"):
        for name, row in figures[part].items():
            out.append(f"{part + '.' + name:18} {row['f1']:7.3f} {row['tp']:5} {row['fn']:6} {row['fp']:6}")
    for error in figures["errors"]:
        out.append(f"{error['document']}:{error['span'][0]} {error['what']}: A {said(error['expected'])}")
        out.append(f"    B {said(error['found'])}")
        out.append(f"    {error['sentence']}")
    return out


if __name__ == "__main__":
    sys.exit(main())
