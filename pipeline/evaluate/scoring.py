"""Scores of one document: what agrees between gold and extraction, by the guidelines' section on scoring.

Works on the plain JSON shapes, so that the predictions of any tool can be scored. Counts are kept, never ratios:
documents are summed before anything is divided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.document import Span
from pipeline.output import Json

KEYS: dict[str, tuple[str, ...]] = {
    "DATE": ("start", "end"),
    "DEADLINE": ("earliest", "latest"),
    "PROVINCE": ("code",),
    "PERCENT": ("cmp", "low", "high", "unit"),
    "YUAN": ("cmp", "low", "high"),
    "DURATION": ("low", "high"),
    "PLACE": ("code",),
    "COUNT": ("cmp", "low", "high", "unit"),
    "ORG": ("name",),
    "TITLE": ("title",),
    "DOCNUM": ("number",),
    "PERSON": ("name",),
}
"""What of a value must be equal, by label."""

Field: TypeAlias = tuple[Any, ...]
"""One thing that a record says: the field's name first, then what is compared."""


@dataclass(slots=True)
class Counts:
    """Hits, wrong answers and misses; precision or recall of nothing is 1."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The sum of two."""
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """The part of what was given that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """The part of what is right that was given."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Table: TypeAlias = dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Scored:
    """A mention as it is compared: trimmed span, comparable value, and the mention itself for the error list."""

    label: str
    start: int
    end: int
    value: tuple[Hashable, ...]
    mention: Json = field(compare=False, hash=False)


@dataclass(slots=True)
class Scores:
    """Counts of one document, by measure and then by label, field or code."""

    strict: Table = field(default_factory=lambda: defaultdict(Counts))
    span: Table = field(default_factory=lambda: defaultdict(Counts))
    overlap: Table = field(default_factory=lambda: defaultdict(Counts))
    records: Table = field(default_factory=lambda: defaultdict(Counts))
    beside: Table = field(default_factory=lambda: defaultdict(Counts))
    findings: Table = field(default_factory=lambda: defaultdict(Counts))


def number(written: object) -> Hashable:
    """A number for comparison: 0.50 and 0.5 are equal; what is no number is compared as written."""
    if written is None:
        return None
    try:
        parsed = Decimal(str(written))
    except InvalidOperation:
        return str(written)
    return parsed if parsed.is_finite() else str(written)


def trim(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends, and within the text."""
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def comparable(text: str, mentions: Iterable[Json]) -> dict[Scored, None]:
    """Mentions in order, equal ones once, unknown labels and amounts inherited from a label or a table's head left out."""
    out: dict[Scored, None] = {}
    for mention in mentions:
        keys, value = KEYS.get(mention["label"]), mention.get("value") or {}
        if keys is None or value.get("inherited"):
            continue
        numeric = ("low", "high") if mention["label"] != "DURATION" else ()
        compared = tuple(number(value.get(key)) if key in numeric else value.get(key) for key in keys)
        out[Scored(mention["label"], *trim(text, mention["start"], mention["end"]), compared, mention)] = None
    return out


def score_mentions(gold: Collection[Scored], found: Collection[Scored], scores: Scores) -> None:
    """Count mentions strictly, by span alone, and by overlap."""
    _count(scores.strict, set(gold), set(found), lambda scored: scored.label)
    spans, found_spans = ({(m.label, m.start, m.end) for m in mentions} for mentions in (gold, found))
    _count(scores.span, spans, found_spans, lambda span: span[0])
    for label in {span[0] for span in spans | found_spans}:
        wanted = sorted(span[1:] for span in spans if span[0] == label)
        given = sorted(span[1:] for span in found_spans if span[0] == label)
        hits = len(pair([[int(overlap(one, other)) for other in given] for one in wanted]))
        scores.overlap[label] += Counts(hits, len(given) - hits, len(wanted) - hits)


def _count(table: Table, gold: set[Any], found: set[Any], key: Callable[[Any], str]) -> None:
    for item in gold & found:
        table[key(item)].tp += 1
    for item in found - gold:
        table[key(item)].fp += 1
    for item in gold - found:
        table[key(item)].fn += 1


def overlap(one: Sequence[int], other: Sequence[int]) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def pair(agreement: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """One-to-one pairs of rows and columns whose total agreement is greatest; pairs without any are left out."""
    if not agreement or not agreement[0]:
        return []
    matrix = np.array(agreement)
    rows, columns = linear_sum_assignment(-matrix)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if matrix[i, j] > 0]


def squeezed(name: object) -> str:
    """A name without white space."""
    return "".join(str(name).split())


def fields(record: Json) -> set[Field]:
    """What a record says in the fields that are scored."""
    out: set[Field] = set()
    if province := record.get("province"):
        out.add(("province", province.get("code")))
    if date := record.get("date"):
        out.add(("date", date.get("start"), date.get("end")))
    if title := record.get("title"):
        out.add(("title", squeezed(title)))
    if (joint := record.get("joint")) is not None:
        out.add(("joint", number(joint)))
    out.update(("issuer", squeezed(issuer)) for issuer in record.get("issuers") or ())
    out.update(_target(target) for target in record.get("targets") or ())
    out.update(_funding(funding) for funding in record.get("funding") or ())
    return out


def fields_beside(record: Json) -> set[Field]:
    """What a record says in the fields that are reported beside the score; spans are counted apart."""
    out: set[Field] = {
        (key, squeezed(record[key])) for key in ("action", "number", "status") if record.get(key) is not None
    }
    for target in record.get("targets") or ():
        if (unit := (target.get("value") or {}).get("unit")) is not None:
            out.add(("unit", *_target(target)[1:], unit))
    for funding in record.get("funding") or ():
        if funding.get("per") is not None:
            out.add(("per", *_funding(funding)[1:], squeezed(funding["per"])))
    for deadline in record.get("deadlines") or ():
        out.add(("deadlines", deadline.get("kind"), deadline.get("earliest"), deadline.get("latest")))
    return out


def _target(target: Json) -> Field:
    deadline = target.get("deadline") or {}
    measure = _measure(target.get("kind"), target.get("value") or {})
    return ("target", *measure, deadline.get("earliest"), deadline.get("latest"))


def _funding(funding: Json) -> Field:
    return ("funding", *_measure(funding.get("kind"), funding.get("value") or {}))


def _measure(kind: str | None, value: Json) -> Field:
    if kind == "coverage" and value.get("coverage"):
        return ("coverage", value["coverage"])
    if kind == "coverage" and isinstance(value.get("percent"), dict):
        value = value["percent"]
    return (kind, value.get("cmp"), number(value.get("low")), number(value.get("high")))


def pair_records(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[int | None, int | None]]:
    """Indices of records that tell of one act, then those of gold and of the extraction that have no partner."""
    wanted, given = [fields(record) for record in gold], [fields(record) for record in found]
    pairs = pair([[len(one & other) for other in given] for one in wanted])
    paired, used = {i for i, _ in pairs}, {j for _, j in pairs}
    return [
        *pairs,
        *((i, None) for i in range(len(gold)) if i not in paired),
        *((None, j) for j in range(len(found)) if j not in used),
    ]


def score_records(text: str, gold: Sequence[Json], found: Sequence[Json], scores: Scores) -> None:
    """Count the fields of records, and beside them what is not in the figure; spans by characters not white."""
    for i, j in pair_records(gold, found):
        one, other = gold[i] if i is not None else {}, found[j] if j is not None else {}
        _count(scores.records, fields(one), fields(other), lambda said: said[0])
        _count(scores.beside, fields_beside(one), fields_beside(other), lambda said: said[0])
        covered, given = _characters(text, one), _characters(text, other)
        if covered or given:
            scores.beside["spans"] += Counts(len(covered & given), len(given - covered), len(covered - given))


def _characters(text: str, record: Json) -> set[int]:
    spans = record.get("spans") or ()
    return {i for start, end in spans for i in range(*trim(text, start, end)) if not text[i].isspace()}


def pair_findings(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[int, int]]:
    """Indices of findings that say the same: one code, and spans that touch."""
    return pair([[_agreement(one, other) for other in found] for one in gold])


def _agreement(one: Json, other: Json) -> int:
    if one["code"] != other["code"]:
        return 0
    return sum(overlap(span, theirs) for span in one["spans"] for theirs in other["spans"])


def score_findings(gold: Sequence[Json], found: Sequence[Json], scores: Scores) -> None:
    """Count findings by code."""
    pairs = pair_findings(gold, found)
    paired, used = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, finding in enumerate(gold):
        counts = scores.findings[finding["code"]]
        counts.tp, counts.fn = counts.tp + (i in paired), counts.fn + (i not in paired)
    for j, finding in enumerate(found):
        scores.findings[finding["code"]].fp += j not in used


def score(text: str, gold: Json, found: Json) -> Scores:
    """All counts of one document: its text, its gold, and what was found in it."""
    scores = Scores()
    score_mentions(
        comparable(text, gold.get("mentions") or ()).keys(),
        comparable(text, found.get("mentions") or ()).keys(),
        scores,
    )
    score_records(text, gold.get("records") or (), found.get("records") or (), scores)
    score_findings(gold.get("findings") or (), found.get("findings") or (), scores)
    return scores


def total(tables: Iterable[Table], among: Collection[str] | None = None) -> Counts:
    """The sum of tables, over all their rows or those named."""
    out = Counts()
    for table in tables:
        for name, counts in table.items():
            if among is None or name in among:
                out = out + counts
    return out
