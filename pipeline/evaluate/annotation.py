"""Annotations, as people write them: YAML that names texts and their occurrence instead of offsets.

`read` gives the Gold that an annotation stands for, or raises a GoldError that names the file, the line and what does
not match. The format is described in docs/annotation.md.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import yaml

from extractors.mention import CORE_LABELS, SUPPORTING_LABELS, Label
from pipeline.document import (
    Coverage,
    DocumentDeadline,
    Finding,
    Funding,
    Record,
    Span,
    Target,
)
from pipeline.evaluate import shorthand
from pipeline.evaluate.gold import FINDING_CODES, STATUSES, Corpus, Gold, GoldError, GoldMention, GoldSource, read_text

_T = TypeVar("_T")
_LABELS = CORE_LABELS + SUPPORTING_LABELS
_LISTS = {"mentions", "records", "findings", "issuers", "targets", "funding", "deadlines", "spans"}
_KINDS = ("coverage", "count", "percent", "yuan")


class _Item(dict[str, Any]):
    """A mapping of the YAML that knows the line it begins on."""

    line = 0


class _Loader(yaml.BaseLoader):
    """Every scalar a string: dates, numbers and null are read by `shorthand`, not guessed by YAML."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> _Item:
    item = _Item()
    item.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in item:
            raise yaml.MarkedYAMLError(problem=f"{key!r} is written twice", problem_mark=key_node.start_mark)
        item[key] = loader.construct_object(value_node, deep=True)
    return item


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class Matcher:
    """Finds short texts in a source with all white space ignored on both sides."""

    def __init__(self, text: str) -> None:
        """Take the source's text."""
        self.text = text
        self._offsets = [i for i, char in enumerate(text) if not char.isspace()]
        self.squeezed = "".join(text[i] for i in self._offsets)

    def occurrences(self, wanted: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Spans in squeezed text of every occurrence, overlapping ones too."""
        needle, found = squeeze(wanted), []
        if not needle:
            raise ValueError("the text is empty")
        at = self.squeezed.find(needle, start, end)
        while at >= 0:
            found.append((at, at + len(needle)))
            at = self.squeezed.find(needle, at + 1, end)
        return found

    def to_source(self, span: Span) -> Span:
        """Source span of a span in squeezed text."""
        return self._offsets[span[0]], self._offsets[span[1] - 1] + 1

    def pick(self, wanted: str, nth: str | None, within: str | None = None) -> list[Span]:
        """Squeezed spans of the occurrence meant: the only one, the nth, some, or all. Raises ValueError."""
        start, end = 0, None
        if within is not None:
            start, end = self._only(self.occurrences(within), within, "`in`")
        found = self.occurrences(wanted, start, end)
        if nth is None:
            return [self._only(found, wanted, "`nth` or `in`")]
        if not found:
            raise ValueError(f"not in the text: {wanted!r}")
        if nth == "all":
            return found
        if not nth.isdecimal() or int(nth) < 1:
            raise ValueError(f"nth is 1, 2, … or all: {nth!r}")
        if int(nth) > len(found):
            raise ValueError(f"nth is {nth}, but {wanted!r} occurs {len(found)} times")
        return [found[int(nth) - 1]]

    def _only(self, found: list[Span], wanted: str, remedy: str) -> Span:
        if not found:
            raise ValueError(f"not in the text: {wanted!r}")
        if len(found) > 1:
            around = "; ".join(
                f"{i}: …{self.squeezed[max(0, start - 6) : end + 6]}…" for i, (start, end) in enumerate(found, 1)
            )
            raise ValueError(f"{wanted!r} occurs {len(found)} times ({around}); say which with {remedy}")
        return found[0]


def squeeze(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def read(path: Path, corpus: Corpus) -> Gold:
    """The gold that an annotation file stands for. Raises GoldError."""
    top = _load(path)
    _keys(path, top, {"id"}, {"file", "sha256", "reference", "mentions", "records", "findings"})
    if re.fullmatch(r"[\w.-]+", top["id"]) is None:
        raise GoldError(f"id names the gold file; letters, digits, . _ and -: {top['id']!r}", where=str(path))
    digest, file = _find(path, top, corpus)
    matcher = Matcher(read_text(file))
    reader = _Reader(path, matcher)
    reference = top.get("reference")
    mentions = sorted(reader.mentions(top), key=lambda m: (m.start, -m.end, _LABELS.index(m.label)))
    for one, other in pairwise(mentions):
        if (one.label, one.start, one.end) == (other.label, other.start, other.end):
            raise GoldError(f"{one.label} {squeeze(one.text)!r} is annotated twice at {one.start}", where=str(path))
    return Gold(
        id=top["id"],
        source=GoldSource(digest, file.name),
        mentions=tuple(mentions),
        records=tuple(reader.each(top, "records", reader.record)),
        findings=tuple(reader.each(top, "findings", reader.finding)),
        reference=None if reference is None else reader.at(top, lambda: shorthand.day(reference)),
    )


def text_of(path: Path, corpus: Corpus) -> str:
    """The text that an annotation file is about. Raises GoldError."""
    return read_text(_find(path, _load(path), corpus)[1])


def _load(path: Path) -> _Item:
    try:
        top = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GoldError(f"not YAML: {error.problem}", where=f"{path}:{line}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GoldError(f"cannot be read: {error}", where=str(path)) from None
    if not isinstance(top, _Item):
        raise GoldError("an annotation is a mapping with id, file, mentions, records, findings", where=str(path))
    return top


def _keys(path: Path, item: object, required: set[str], optional: set[str]) -> None:
    where = f"{path}:{item.line}" if isinstance(item, _Item) else str(path)
    if not isinstance(item, _Item):
        raise GoldError(f"a mapping with {', '.join(sorted(required))} is wanted, not {item!r}", where=where)
    if missing := required - item.keys():
        raise GoldError(f"lacks {', '.join(sorted(missing))}", where=where)
    if unknown := item.keys() - required - optional:
        raise GoldError(f"unknown key: {', '.join(sorted(unknown))}", where=where)
    for key, written in item.items():
        if key in _LISTS and not isinstance(written, list) and written not in ("", "null"):
            raise GoldError(f"{key} is a list, not {written!r}", where=where)
        if key not in _LISTS and not isinstance(written, str):
            raise GoldError(f"{key} is one short text, not {written!r}", where=where)


def _find(path: Path, top: _Item, corpus: Corpus) -> tuple[str, Path]:
    digest, name = top.get("sha256"), top.get("file")
    if digest is not None:
        file = corpus.by_hash(digest)
        if file is None:
            raise GoldError(f"no text in the corpus folders has the hash {digest}", where=str(path))
        return digest, file
    if name is None:
        raise GoldError("names no text: give file or sha256", where=str(path))
    found = corpus.by_name(name)
    if len(found) != 1:
        paths = ", ".join(str(file) for _, file in found)
        reason = f"{name} is several texts: {paths}" if found else f"{name} is in no corpus folder"
        raise GoldError(reason, where=str(path))
    return found[0]


class _Reader:
    """The parts of one annotation, read against its text."""

    def __init__(self, path: Path, matcher: Matcher) -> None:
        self.path = path
        self.matcher = matcher

    def at(self, item: object, compute: Callable[[], _T]) -> _T:
        """What `compute` gives; a ValueError becomes a GoldError that names the item's line."""
        try:
            return compute()
        except ValueError as error:
            line = f":{item.line}" if isinstance(item, _Item) else ""
            raise GoldError(str(error), where=f"{self.path}{line}") from None

    def each(self, parent: _Item, key: str, read_one: Callable[[Any], _T]) -> Iterator[_T]:
        """Every item of a list that may be missing or null."""
        items = parent.get(key) or []
        for item in items if items != "null" else ():
            yield self.at(item if isinstance(item, _Item) else parent, partial(read_one, item))

    def mentions(self, top: _Item) -> Iterator[GoldMention]:
        """All mentions; `nth: all` gives one for each occurrence."""
        for group in self.each(top, "mentions", self._mention):
            yield from group

    def _mention(self, item: _Item) -> list[GoldMention]:
        _keys(self.path, item, {"label", "text"}, {"nth", "in", "value"})
        label = _choice(item["label"], _LABELS, "label")
        mentions = []
        for squeezed in self.matcher.pick(item["text"], item.get("nth"), item.get("in")):
            start, end = self.matcher.to_source(squeezed)
            value = shorthand.value(cast("Label", label), item.get("value"), squeeze(item["text"]))
            mentions.append(GoldMention(cast("Label", label), start, end, self.matcher.text[start:end], value))
        return mentions

    def record(self, item: _Item) -> Record:
        """One act. Fields that are left out or null hold nothing."""
        _keys(self.path, item, {"spans"}, {field.name for field in dataclasses.fields(Record)} - {"evidence"})
        province, joint, date = (_given(item, key) for key in ("province", "joint", "date"))
        if joint is not None and not joint.isdecimal():
            raise ValueError(f"joint is a number of bodies: {joint!r}")
        title, status = _given(item, "title"), _given(item, "status")
        if title and title.startswith("《") and title.find("》") == len(title) - 1:
            raise ValueError(f"a record's title stands without its brackets: {title!r}")
        spans = tuple(sorted(self.each(item, "spans", self.span)))
        if not spans:
            raise ValueError("a record has at least one span")
        return Record(
            province=shorthand.province(province) if province else None,
            issuers=tuple(self.each(item, "issuers", _name)),
            joint=int(joint) if joint else None,
            action=_given(item, "action"),
            title=squeeze(title) if title else None,
            number=_given(item, "number"),
            status=_choice(status, STATUSES, "status") if status else None,
            date=shorthand.date(date) if date else None,
            targets=tuple(self.each(item, "targets", self.target)),
            funding=tuple(self.each(item, "funding", self.funding)),
            deadlines=tuple(self.each(item, "deadlines", self.deadline)),
            spans=spans,
        )

    def target(self, item: _Item) -> Target:
        """One goal: `{kind, value, deadline?}`."""
        _keys(self.path, item, {"kind", "value"}, {"deadline"})
        kind, written = _choice(item["kind"], _KINDS, "kind"), item["value"]
        deadline = _given(item, "deadline")
        if kind != "coverage":
            value: Any = shorthand.bounds(kind, written)
        elif written in ("full", "basic"):
            value = Coverage(coverage=cast("Literal['full', 'basic']", written))
        else:
            value = Coverage(percent=shorthand.bounds("percent", written))
        return Target(cast("Any", kind), value, shorthand.deadline(deadline) if deadline else None)

    def funding(self, item: _Item) -> Funding:
        """Money or a share: `{kind, value, per?}`."""
        _keys(self.path, item, {"kind", "value"}, {"per"})
        kind = _choice(item["kind"], ("yuan", "percent"), "kind")
        return Funding(cast("Any", kind), shorthand.bounds(kind, item["value"]), _given(item, "per"))

    def deadline(self, item: _Item) -> DocumentDeadline:
        """A deadline of the document itself: `{kind, deadline}`."""
        _keys(self.path, item, {"kind", "deadline"}, set())
        kind = _choice(item["kind"], ("application", "comment", "expiry", "other"), "kind")
        value = shorthand.deadline(item["deadline"])
        return DocumentDeadline(cast("Any", kind), value.earliest, value.latest)

    def finding(self, item: _Item) -> Finding:
        """What does not add up: `{code, message, spans}`."""
        _keys(self.path, item, {"code", "message", "spans"}, set())
        code = _choice(item["code"], FINDING_CODES, "code")
        spans = tuple(sorted(self.each(item, "spans", self.span)))
        if not spans:
            raise ValueError("a finding has at least one span")
        return Finding(code, item["message"], spans)

    def span(self, item: object) -> Span:
        """`{from, nth?, in?, to?}` or `[start, end]`: source offsets."""
        if isinstance(item, list):
            return self._offsets(item)
        _keys(self.path, item, {"from"}, {"nth", "in", "to"})
        fields = cast("_Item", item)
        if fields.get("nth") == "all":
            raise ValueError("a span has one beginning: nth is a number")
        (first,) = self.matcher.pick(fields["from"], fields.get("nth"), fields.get("in"))
        start, end = self.matcher.to_source(first)
        if (to := fields.get("to")) is None:
            return start, end
        last = next((span for span in self.matcher.occurrences(to, first[0]) if span[1] >= first[1]), None)
        if last is None:
            raise ValueError(f"not in the text at or after {fields['from']!r}: {to!r}")
        return start, self.matcher.to_source(last)[1]

    def _offsets(self, item: list[Any]) -> Span:
        if len(item) != 2 or not all(isinstance(part, str) and part.isdecimal() for part in item):
            raise ValueError(f"a span is [start, end]: {item!r}")
        start, end = int(item[0]), int(item[1])
        if not self.matcher.text[start:end].strip() or end > len(self.matcher.text):
            raise ValueError(f"the span holds nothing: [{start}, {end}]")
        return start, end


def _given(item: _Item, key: str) -> str | None:
    written: str = item.get(key, "null")
    return None if written in ("", "null", "~") else written


def _name(written: object) -> str:
    if not isinstance(written, str) or not squeeze(written):
        raise ValueError(f"an issuer is a name: {written!r}")
    return squeeze(written)


def _choice(written: str, choices: tuple[str, ...], what: str) -> str:
    if written not in choices:
        raise ValueError(f"unknown {what} {written!r}; one of {', '.join(choices)}")
    return written
