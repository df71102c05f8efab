"""Every difference between gold and an extraction: what was expected, what was found, in which sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pipeline.document import Span
from pipeline.evaluate import scoring
from pipeline.evaluate.scoring import Field, Scored
from pipeline.output import Json

ErrorClass: TypeAlias = Literal["boundary", "value", "label", "missing", "spurious"]

_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）》]*|\n\s*\n")
_WIDEST = 160


@dataclass(frozen=True, slots=True)
class Error:
    """One difference. `what` is the label, `records.FIELD` or `findings.CODE`; spans are in source offsets.

    `expected` and `found` hold what is compared (a mention, a field's content, a finding), or None.
    """

    document: str
    what: str
    kind: ErrorClass
    expected: Json | None
    found: Json | None
    rule: str | None
    span: Span
    sentence: Span

    def to_dict(self, text: str) -> Json:
        """The plain JSON shape, with the sentence written out."""
        return {
            "document": self.document,
            "what": self.what,
            "class": self.kind,
            "expected": self.expected,
            "found": self.found,
            "rule": self.rule,
            "span": list(self.span),
            "sentence": " ".join(text[slice(*self.sentence)].split()),
        }


def sentence(text: str, span: Sequence[int]) -> Span:
    """The sentence around a span: between the nearest ends of sentences or blank lines, not endlessly wide."""
    start, end = max(0, span[0] - _WIDEST), min(len(text), span[1] + _WIDEST)
    for match in _SENTENCE_END.finditer(text, start, span[0]):
        start = match.end()
    if following := _SENTENCE_END.search(text, span[1], end):
        end = following.end()
    return scoring.trim(text, start, end)


def find(document: str, text: str, gold: Json, found: Json) -> list[Error]:
    """All errors of one document: mentions in order of their place, then records, then findings."""
    mentions = sorted(_mentions(document, text, gold, found), key=lambda error: (error.span, error.what))
    return [*mentions, *_records(document, text, gold, found), *_findings(document, text, gold, found)]


def _mentions(document: str, text: str, gold: Json, found: Json) -> Iterator[Error]:
    wanted, given = (scoring.comparable(text, side.get("mentions") or ()) for side in (gold, found))
    missed, wrong = [m for m in wanted if m not in given], [m for m in given if m not in wanted]
    # An equal span weighs more than an overlap, an equal label more than any span.
    pairs = scoring.pair([[_likeness(one, other) for other in wrong] for one in missed])
    partner = dict(pairs)
    used = set(partner.values())
    for i, one in enumerate(missed):
        other = wrong[partner[i]] if i in partner else None
        yield _mention_error(document, text, one, other)
    for j, other in enumerate(wrong):
        if j not in used:
            yield _mention_error(document, text, None, other)


def _likeness(one: Scored, other: Scored) -> int:
    same_span = (one.start, one.end) == (other.start, other.end)
    if one.label == other.label:
        return 4 if same_span else 2 * bool(scoring.overlap((one.start, one.end), (other.start, other.end)))
    return int(same_span)


def _mention_error(document: str, text: str, one: Scored | None, other: Scored | None) -> Error:
    here = one or other
    assert here is not None
    kind: ErrorClass
    if one is None:
        kind = "spurious"
    elif other is None:
        kind = "missing"
    elif one.label != other.label:
        kind = "label"
    else:
        kind = "value" if (one.start, one.end) == (other.start, other.end) else "boundary"
    span = here.start, here.end
    return Error(
        document=document,
        what=here.label,
        kind=kind,
        expected=_shown(one, text),
        found=_shown(other, text),
        rule=None if other is None else other.mention.get("rule"),
        span=span,
        sentence=sentence(text, span),
    )


def _shown(scored: Scored | None, text: str) -> Json | None:
    if scored is None:
        return None
    return {
        "label": scored.label,
        "start": scored.start,
        "end": scored.end,
        "text": scoring.squeezed(text[scored.start : scored.end]),
        "value": scored.mention.get("value"),
    }


def _records(document: str, text: str, gold: Json, found: Json) -> Iterator[Error]:
    wanted, given = gold.get("records") or (), found.get("records") or ()
    for i, j in scoring.pair_records(wanted, given):
        one, other = wanted[i] if i is not None else None, given[j] if j is not None else None
        spans = [tuple(span) for record in (one, other) if record for span in record.get("spans") or ()]
        said_by = [*(gold.get("mentions") or ()), *(found.get("mentions") or ())]
        for kind, expected, got in _differences(scoring.fields(one or {}), scoring.fields(other or {})):
            said = expected or got
            assert said is not None
            span = _place(said, spans, said_by)
            yield Error(
                document,
                f"records.{said[0]}",
                kind,
                _told(expected, i),
                _told(got, j),
                None,
                span,
                sentence(text, span),
            )


_LABELS = {"count": "COUNT", "percent": "PERCENT", "coverage": "PERCENT", "yuan": "YUAN"}


def _place(said: Field, spans: Sequence[Sequence[int]], mentions: Sequence[Json]) -> Span:
    """Where a record says something: a mention of the quantity within its spans, else the first character of them."""
    if said[0] in ("target", "funding"):
        for mention in mentions:
            value = mention.get("value") or {}
            if mention.get("label") != _LABELS.get(str(said[1])) or "low" not in value:
                continue
            measure = (value.get("cmp"), scoring.number(value["low"]), scoring.number(value.get("high")))
            if measure == tuple(said[2:5]) and any(a <= mention["start"] < b for a, b in spans):
                return mention["start"], mention["end"]
    return (spans[0][0], spans[0][0] + 1) if spans else (0, 0)


def _differences(one: set[Field], other: set[Field]) -> Iterator[tuple[ErrorClass, Field | None, Field | None]]:
    """Fields that differ; what a record says only once is paired, so that a wrong value is one error."""
    missed, wrong = sorted(one - other, key=repr), sorted(other - one, key=repr)
    for said in missed:
        alike = [got for got in wrong if got[0] == said[0] and said[0] not in ("issuer", "target", "funding")]
        if alike:
            wrong.remove(alike[0])
            yield "value", said, alike[0]
        else:
            yield "missing", said, None
    for got in wrong:
        yield "spurious", None, got


def _told(said: Field | None, record: int | None) -> Json | None:
    if said is None:
        return None
    return {"record": record, "says": [None if part is None else _written(part) for part in said[1:]]}


def _written(part: Any) -> str:
    return format(part, "f") if isinstance(part, Decimal) else str(part)


def _first_span(record: Json | None) -> Span | None:
    spans = (record or {}).get("spans") or ()
    return (spans[0][0], spans[0][1]) if spans else None


def _findings(document: str, text: str, gold: Json, found: Json) -> Iterator[Error]:
    wanted, given = gold.get("findings") or (), found.get("findings") or ()
    pairs = scoring.pair_findings(wanted, given)
    paired, used = {i for i, _ in pairs}, {j for _, j in pairs}
    for one in (finding for i, finding in enumerate(wanted) if i not in paired):
        span = _first_span(one) or (0, 0)
        yield Error(document, f"findings.{one['code']}", "missing", one, None, None, span, sentence(text, span))
    for other in (finding for j, finding in enumerate(given) if j not in used):
        span = _first_span(other) or (0, 0)
        yield Error(document, f"findings.{other['code']}", "spurious", None, other, None, span, sentence(text, span))
