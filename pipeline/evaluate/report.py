"""The evaluation of a set of documents: figures with intervals, groups, errors, and what changed since earlier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.mention import CORE_LABELS, SUPPORTING_LABELS
from pipeline.document import UsageError
from pipeline.evaluate import errors, scoring
from pipeline.evaluate.dataset import GROUPS, Dataset, Example
from pipeline.evaluate.scoring import Counts, Scores, Table
from pipeline.output import Json

FORMAT = "zhengce-evaluation-1"
MEASURES = ("strict", "span", "overlap")
_DRAWS, _SEED = 1000, 20210401
_FIELDS = ("province", "date", "title", "issuer", "joint", "target", "funding")
_BESIDE = ("action", "number", "status", "per", "unit", "deadlines", "spans")
_NOTHING: Json = {"mentions": [], "records": [], "findings": []}


@dataclass(frozen=True, slots=True)
class Scored:
    """One document's counts and errors."""

    example: Example
    scores: Scores
    errors: list[errors.Error]


@dataclass(frozen=True, slots=True)
class Report:
    """All documents scored, and those that were not: gold without text, and texts without a prediction.

    A text without a prediction counts as one in which nothing was found.
    """

    documents: tuple[Scored, ...]
    dataset: Dataset
    unpredicted: tuple[str, ...]


def evaluate(dataset: Dataset, found: Iterable[Json | None]) -> Report:
    """Score what was found in each example, in the examples' order; None where there is no prediction."""
    documents, unpredicted = [], []
    for example, extraction in zip(dataset.examples, found, strict=True):
        if extraction is None:
            unpredicted.append(example.id)
        given = extraction or _NOTHING
        documents.append(
            Scored(
                example,
                scoring.score(example.text, example.gold, given),
                errors.find(example.id, example.text, example.gold, given),
            )
        )
    return Report(tuple(documents), dataset, tuple(unpredicted))


def to_dict(report: Report, *, texts: bool = True) -> Json:
    """The report in plain JSON shape; without `texts` it holds figures only, and nothing from a document."""
    documents = report.documents
    out: Json = {
        "format": FORMAT,
        "documents": [
            {
                "id": document.example.id,
                "sha256": document.example.sha256,
                **document.example.about,
                "core": _figure(_core([document], "strict")),
                "records": _figure(scoring.total([document.scores.records])),
            }
            for document in documents
        ],
        "skipped": [{"id": skipped.id, "sha256": skipped.sha256} for skipped in report.dataset.skipped],
        "unpredicted": list(report.unpredicted),
        "mentions": {measure: _mentions(documents, measure) for measure in MEASURES},
        "records": _table(documents, lambda scores: scores.records, _FIELDS, "all"),
        "beside": _table(documents, lambda scores: scores.beside, _BESIDE, None),
        "findings": _table(documents, lambda scores: scores.findings, (), "all"),
        "groups": {group: _groups(documents, group) for group in GROUPS},
        "error_classes": _classes(documents),
    }
    if texts:
        out["errors"] = [error.to_dict(document.example.text) for document in documents for error in document.errors]
    return out


def _figure(counts: Counts, interval: tuple[float, float] | None = None) -> Json:
    out: Json = {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
    }
    if interval is not None:
        out["interval"] = list(interval)
    return out


def _core(documents: Sequence[Scored], measure: str) -> Counts:
    return scoring.total((getattr(document.scores, measure) for document in documents), CORE_LABELS)


def _with_interval(documents: Sequence[Scored], counts: Callable[[Scored], Counts]) -> Json:
    each = [counts(document) for document in documents]
    return _figure(sum(each, Counts()), interval(each))


def _mentions(documents: Sequence[Scored], measure: str) -> Json:
    def row(labels: Collection[str]) -> Json:
        return _with_interval(documents, lambda document: scoring.total([getattr(document.scores, measure)], labels))

    present = {label for document in documents for label in getattr(document.scores, measure)}
    labels = (label for label in (*CORE_LABELS, *SUPPORTING_LABELS) if label in present)
    return {"core": row(CORE_LABELS), **{label: row([label]) for label in labels}}


def _table(
    documents: Sequence[Scored], table: Callable[[Scores], Table], order: Sequence[str], all_rows: str | None
) -> Json:
    out: Json = {}
    if all_rows:
        out[all_rows] = _with_interval(documents, lambda document: scoring.total([table(document.scores)]))
    present = {name for document in documents for name in table(document.scores)}
    for name in (*order, *sorted(present.difference(order))):
        if name in present:
            out[name] = _figure(scoring.total((table(document.scores) for document in documents), [name]))
    return out


def _groups(documents: Sequence[Scored], group: str) -> Json:
    members: dict[str, list[Scored]] = {}
    for document in documents:
        if name := document.example.about.get(group):
            members.setdefault(name, []).append(document)
    return {
        name: {
            "documents": len(members[name]),
            "core": _with_interval(members[name], lambda document: _core([document], "strict")),
            "records": _with_interval(members[name], lambda document: scoring.total([document.scores.records])),
        }
        for name in sorted(members)
    }


def _classes(documents: Sequence[Scored]) -> Json:
    counted = Counter((error.what, error.kind) for document in documents for error in document.errors)
    out: Json = {}
    for (what, kind), count in sorted(counted.items()):
        out.setdefault(what, {})[kind] = count
    return out


def interval(each: Sequence[Counts]) -> tuple[float, float] | None:
    """95 % percentile interval of F1, from 1000 draws of as many documents with replacement; the seed is fixed.

    None for fewer than two documents, which leave nothing to draw.
    """
    if len(each) < 2:
        return None
    counts = np.array([(one.tp, one.fp, one.fn) for one in each])
    generator = np.random.default_rng(_SEED)
    drawn = generator.multinomial(len(each), [1 / len(each)] * len(each), size=_DRAWS) @ counts
    answers = 2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2]
    f1 = np.where(answers > 0, 2 * drawn[:, 0] / np.maximum(answers, 1), 1.0)
    low, high = np.percentile(f1, (2.5, 97.5))
    return float(low), float(high)


def parse_bars(written: str) -> dict[str, float]:
    """`core=0.97,records=0.90,DATE=0.96` as numbers by name. Raises UsageError."""
    bars = {}
    for part in written.split(","):
        name, _, bar = part.strip().partition("=")
        try:
            bars[name] = float(bar)
        except ValueError:
            raise UsageError(f"write NAME=F1, such as core=0.97: {part!r}", where="--fail-under") from None
        if not 0 <= bars[name] <= 1:
            raise UsageError(f"F1 lies between 0 and 1: {part!r}", where="--fail-under")
        head, _, column = name.partition(".")
        known = name in ("core", "records", "findings", *scoring.KEYS) or (head == "records" and column in _FIELDS)
        if not known:
            raise UsageError(f"no such figure: {name!r}", where="--fail-under")
    return bars


def shortfalls(figures: Json, bars: Mapping[str, float]) -> list[str]:
    """One line for each bar that is missed; a figure that rests on nothing misses any bar."""
    out = []
    for name, bar in bars.items():
        figure = _named(figures, name)
        if figure is None or not figure["tp"] + figure["fp"] + figure["fn"]:
            out.append(f"{name}: nothing to score, wanted {bar}")
        elif figure["f1"] < bar:
            out.append(f"{name}: F1 {figure['f1']:.4f} is under {bar}")
    return out


def gaps(figures: Json, *, require_all: bool) -> list[str]:
    """One line for each thing that was not scored and should have been."""
    out = [] if figures["documents"] else ["nothing was scored: no gold has its text in the corpus folders"]
    if require_all:
        out.extend(f"{skipped['id']}: no text with the hash {skipped['sha256']}" for skipped in figures["skipped"])
        out.extend(f"{name}: no prediction" for name in figures["unpredicted"])
    return out


def _named(figures: Json, name: str) -> Json | None:
    head, _, column = name.partition(".")
    if head in ("records", "findings"):
        return figures[head].get(column or "all")  # type: ignore[no-any-return]
    return figures["mentions"]["strict"].get(name)  # type: ignore[no-any-return]


def compare(earlier: Json, now: Json) -> Json:
    """What changed since an earlier report of the same format, over the documents that both scored.

    Figures before and after are those of the reports; errors are compared one by one. Raises UsageError.
    """
    if earlier.get("format") != FORMAT:
        raise UsageError("this is no report written by evaluate with --format json", where="--against")
    old_ids, new_ids = (
        {(document["id"], document["sha256"]) for document in report["documents"]} for report in (earlier, now)
    )
    ids = {name for name, _ in old_ids & new_ids}
    before, after = (
        {_key(error): error for error in report.get("errors", ()) if error["document"] in ids}
        for report in (earlier, now)
    )
    names = ["core", *(name for name in now["mentions"]["strict"] if name != "core"), "records", "findings"]
    figures = {name: (_named(earlier, name), _named(now, name)) for name in names}
    known = "errors" in earlier and "errors" in now
    return {
        "documents": len(ids),
        "only_earlier": sorted(name for name, _ in old_ids - new_ids),
        "only_now": sorted(name for name, _ in new_ids - old_ids),
        "f1": {name: [old and old["f1"], new and new["f1"]] for name, (old, new) in figures.items()},
        "better": [error for key, error in before.items() if key not in after] if known else None,
        "worse": [error for key, error in after.items() if key not in before] if known else None,
    }


def _key(error: Json) -> str:
    """What makes two errors the same: the rule that fired and the sentence may change."""
    return repr([error[part] for part in ("document", "what", "class", "expected", "found")])
