"""One document through all stages: the function that the command line, batches and the service call."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from extractors import (
    counts,
    dates,
    deadlines,
    docnums,
    durations,
    heads,
    percentages,
    places,
    reference,
    roles,
    titles,
    yuan,
)
from extractors.mention import DateValue, DeadlineValue, Mention, ProvinceValue, Reject
from extractors.recogniser import Recogniser
from extractors.roles import Cue
from extractors.text import Segmenter, Text
from pipeline import checks, records
from pipeline.document import (
    SCHEMA_VERSION,
    Document,
    Extraction,
    Finding,
    Reference,
    Source,
    SourceMention,
    Span,
)
from pipeline.layout import lay_out
from pipeline.recognise import RULES
from pipeline.segment import segmenter as make_segmenter


def extract(
    source: Source,
    reference: dt.date | None = None,
    *,
    segmenter: Segmenter | None = None,
    recognisers: Sequence[Recogniser] = RULES,
) -> Extraction:
    """All mentions, records and findings of one document, in source offsets.

    `reference` is the day that relative dates count from; without it the source's own is used, else the text's. Names
    are found by `recognisers`, each given what those before it found. Never raises on text.
    """
    return analyse(lay_out(source), reference, segmenter=segmenter, recognisers=recognisers)


def analyse(
    document: Document,
    reference: dt.date | None = None,
    *,
    segmenter: Segmenter | None = None,
    recognisers: Sequence[Recogniser] = RULES,
) -> Extraction:
    """The same for a document that is laid out already."""
    text = Text(document.clean, document.printed, segmenter=segmenter or make_segmenter())
    found = Found(text, recognisers)
    source = document.source
    timed = resolve(text, found, reference or source.reference, source.published)
    return assemble(document, text, found, timed, relate(text, found, timed))


def assemble(document: Document, text: Text, found: Found, timed: Timed, told: Told) -> Extraction:
    """Records and findings of the acts that a document tells of, and all mentions in source offsets."""
    mentions = sorted([*found.named, *found.quantities, *timed.dates, *told.deadlines], key=_order)
    built = [
        records.build(document, text, act, province, passages, mentions)
        for act, province, passages in zip(told.acts, told.provinces, told.passages, strict=True)
    ]
    source = document.source
    return Extraction(
        schema_version=SCHEMA_VERSION,
        id=source.id,
        source=source.source,
        sha256=source.sha256,
        status="partial" if source.problems else "ok",
        reference=timed.reference,
        mentions=tuple(_to_source(document, mentions)),
        records=tuple(built),
        findings=tuple(_findings(document, text, found, timed, told, mentions)),
        errors=source.problems,
    )


def _findings(
    document: Document, text: Text, found: Found, timed: Timed, told: Told, mentions: list[Mention]
) -> list[Finding]:
    rejects = [*found.rejects, *timed.rejects]
    issued = timed.reference.date if timed.reference.basis in ("date-line", "published") else None
    facts = checks.Facts(
        document, text, told.acts, told.passages, told.provinces, timed.cued, mentions, rejects, issued
    )
    findings = checks.find(facts)
    if timed.day is None:
        placed = resolve(text, found, checks.ANY_YEAR)
        said = {(finding.code, finding.spans) for finding in findings}
        without_year = checks.find_without_year(replace(facts, dates=placed.cued))
        findings += [finding for finding in without_year if (finding.code, finding.spans) not in said]
    return findings


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.label


class Found:
    """What can be found before any date is resolved: names in order, quantities, and unresolved dates."""

    def __init__(self, text: Text, recognisers: Sequence[Recogniser] = RULES) -> None:
        self.rejects: list[Reject] = []
        named = self._kept(titles.find(text))
        self._titles = [(m.start, m.end) for m in named]
        self._title_starts = [m.start for m in named]
        places_ = self._kept(places.find(text))
        numbers = self._untitled(docnums.find(text))
        serials = {position for m in numbers for position in range(m.start, m.end)}
        self.expressions = [
            e for e in self._sifted(dates.expressions(text)) if not self._is_titled(e.start) and e.start not in serials
        ]
        lengths = self._untitled(durations.find(text, self.expressions))
        shares = self._untitled(percentages.find(text))
        labelled = list(heads.find(text))
        ends = {m.end for m in labelled}  # （万元）：￥1268 is of the label's unit, whatever sign it has
        amounts = self._untitled(chain((m for m in yuan.find(text) if m.end not in ends), labelled))
        spans = sorted(
            [(e.start, e.end) for e in self.expressions] + [(m.start, m.end) for m in (*lengths, *shares, *amounts)]
        )
        things = self._untitled(counts.find(text, spans))
        names = sorted([*named, *places_], key=_order)
        for recognise in recognisers:
            names = sorted([*names, *self._untitled(recognise(text, names))], key=_order)
        self.named = sorted([*names, *numbers], key=_order)
        self.quantities = [*lengths, *shares, *amounts, *things]
        self.durations = lengths

    def _kept(self, items: Iterable[Mention | Reject]) -> list[Mention]:
        mentions = []
        for item in items:
            if isinstance(item, Reject):
                self.rejects.append(item)
            else:
                mentions.append(item)
        return mentions

    def _sifted(self, items: Iterable[dates.DateExpression | Reject]) -> Iterable[dates.DateExpression]:
        for item in items:
            if isinstance(item, Reject):
                self.rejects.append(item)
            else:
                yield item

    def _untitled(self, items: Iterable[Mention | Reject]) -> list[Mention]:
        """Inside 《》 only provinces and places are mentions."""
        kept = self._kept(items)
        return [m for m in kept if not self._is_titled(m.start)] if self._titles else kept

    def _is_titled(self, position: int) -> bool:
        index = bisect_right(self._title_starts, position) - 1
        return index >= 0 and position < self._titles[index][1]


@dataclass(frozen=True, slots=True)
class Timed:
    """Dates resolved against the reference date, each with its role."""

    reference: Reference
    day: dt.date | None
    dates: list[Mention]
    cued: list[tuple[Mention, Cue]]
    durations: list[Mention]
    rejects: list[Reject]


def resolve(text: Text, found: Found, given: dt.date | None, published: dt.date | None = None) -> Timed:
    """Roles, the reference date (`given`, else `published`, else the text's own), and the dates that follow from it."""
    cues = roles.find(text, [(e.start, e.end) for e in found.expressions])
    day, basis = reference.choose(text, found.expressions, cues, given or published)
    if given is None and published is not None:
        basis = "published"
    by_span = {(e.start, e.end): cue for e, cue in zip(found.expressions, cues, strict=True)}
    mentions: list[Mention] = []
    rejects: list[Reject] = []
    for item in dates.resolve(text, found.expressions, cues, day):
        if isinstance(item, Reject):
            rejects.append(item)
        elif by_span[item.start, item.end].role != "recurring":
            mentions.append(item)
    cued = [(m, by_span[m.start, m.end]) for m in mentions]
    return Timed(Reference(day, basis), day, mentions, cued, found.durations, rejects)


@dataclass(frozen=True, slots=True)
class Told:
    """The acts that a text tells of in order, each with its passages and its province, and the deadlines they set."""

    acts: list[records.Act]
    passages: list[list[Span]]
    provinces: list[tuple[ProvinceValue, Span] | None]
    deadlines: list[Mention]


def relate(text: Text, found: Found, timed: Timed) -> Told:
    """Acts from what was found; deadlines rest on their dates."""
    named = found.named
    notice = records.find_notice(text, timed.cued, named)
    own = notice.date if notice is not None else None
    issued = own.value.end if own is not None and isinstance(own.value, DateValue) else None
    told = [
        act
        for act in records.find_told(text, timed.cued, named)
        if own is None or (act.date != own and (issued is None or not records.is_to_come(text, act, issued)))
    ]
    acts = [notice, *told] if notice is not None else told
    provinces = [records.province_of(act, named) for act in acts]
    codes = [p[0].code if p is not None else None for p in provinces]
    passages = records.assign(text, acts, codes, named)
    context = deadlines.Context(
        reference=timed.day,
        stretches=sorted(
            (start, end, act.date.value.start)
            for act, spans in zip(acts, passages, strict=True)
            if act.date is not None and isinstance(act.date.value, DateValue) and not act.is_document
            for start, end in spans
        ),
        issued=own.value.start if own is not None and isinstance(own.value, DateValue) else None,
    )
    times = sorted([*timed.dates, *timed.durations], key=_order)
    cues = {(m.start, m.end): cue for m, cue in timed.cued}
    due = [m for m in deadlines.find(text, times, cues, context) if isinstance(m.value, DeadlineValue)]
    return Told(acts, passages, provinces, due)


def _to_source(document: Document, mentions: Iterable[Mention]) -> Iterable[SourceMention]:
    source, offsets = document.source.text, document.offsets
    for mention in mentions:
        start, end = offsets[mention.start], offsets[mention.end - 1] + 1
        yield SourceMention(mention.label, start, end, source[start:end], mention.value, mention.rule)
