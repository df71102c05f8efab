"""What passes from stage to stage: Source, Document with its offset map, Extraction, and the errors."""

from __future__ import annotations

import datetime as dt
import hashlib
import traceback
from array import array
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from extractors.mention import Comparator, DateValue, DeadlineValue, Label, ProvinceValue, Value

SCHEMA_VERSION = "1.1"

Span: TypeAlias = tuple[int, int]
Status: TypeAlias = Literal["ok", "partial", "failed", "timeout", "skipped"]


class ZhengceError(Exception):
    """Base of all errors that the project raises for a user: what is wrong, where, and what to do.

    `code` is stable and short (`unreadable`, `undecodable`, `empty`, `bad-json`, …), `where` names file and line or page.
    """

    code = "error"

    def __init__(self, message: str, *, where: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class LoadError(ZhengceError):
    """A document that cannot be read: missing, binary, undecodable, empty, or a line that is no document.

    `document` is the document's own id, where a line has one.
    """

    code = "unreadable"
    document: str | None = None


class InternalError(LoadError):
    """A fault of the program on one document, which costs no other: what went wrong and in which function."""

    code = "internal"

    @classmethod
    def of(cls, error: Exception, where: str) -> InternalError:
        """The fault that an error caught at a document is, to be reported by whoever meets it."""
        last = traceback.extract_tb(error.__traceback__)[-1]
        return cls(f"{type(error).__name__} in {last.name}: {error}; please report it with the document", where=where)


class UsageError(ZhengceError):
    """The call itself is wrong: an option's value, a folder that is not there."""

    code = "usage"


def reference_day(value: dt.date | str | None, where: str = "reference") -> dt.date | None:
    """A reference date as a caller gives it, a day or its ISO 8601 form (2021-04-01). Raises UsageError for anything else."""
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, dt.datetime):
        return value.date()
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(f"{value!r} is no date; write it as 2021-04-01", where=where) from None


@dataclass(frozen=True, slots=True)
class Problem:
    """A typed error of one document, as it is written out."""

    code: str
    message: str
    where: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read from its bytes; of a text file nothing is removed and no newline translated.

    `id` is the path as given or the JSON line's own; `sha256` is of the bytes (of the UTF-8 text for a JSON line).
    `reference` is the reference date that a JSON line gives, `published` the day of publication that a page states, and
    `title` a title, where the format has a place for one. `problems` say what of the document could not be read: it is partial then.
    """

    id: str
    text: str
    source: str
    sha256: str
    reference: dt.date | None = None
    published: dt.date | None = None
    title: str | None = None
    problems: tuple[Problem, ...] = ()


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """Clean text beside its source: whole sentences, one line a paragraph or heading.

    `clean` is folded for matching, `printed` the same positions as printed; `offsets[i]` is the place of clean
    character i in `source.text`. Line ends that layout put in point at the source character that follows them.
    """

    source: Source
    clean: str
    printed: str
    offsets: array[int]

    def to_source(self, start: int, end: int) -> Span:
        """The source span of a clean span: from its first to after its last character, all between included."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class SourceMention:
    """A mention in source offsets, as it is written out; `text` is the source's own characters."""

    label: Label
    start: int
    end: int
    text: str
    value: Value
    rule: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """A quantity of a target or of funding: a count, a share or an amount with its comparator."""

    cmp: Comparator
    low: Decimal | None
    high: Decimal | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a coverage goal asks for: all places (`full`), most (`basic`), or a share of them."""

    coverage: Literal["full", "basic"] | None = None
    percent: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A goal with its measure and its deadline, if one is stated."""

    kind: Literal["coverage", "count", "percent", "yuan"]
    value: Bounds | Coverage
    deadline: DeadlineValue | None


@dataclass(frozen=True, slots=True)
class Funding:
    """Money or a share that an act sets or pledges; `per` is the unit it is paid for, as written."""

    kind: Literal["yuan", "percent"]
    value: Bounds
    per: str | None


@dataclass(frozen=True, slots=True)
class DocumentDeadline:
    """A deadline of the document itself: close of applications or comments, end of validity."""

    kind: Literal["application", "comment", "expiry", "other"]
    earliest: dt.date | None
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class Record:
    """One dated act of an agency, with what it sets; `spans` are the sentences that state it, in source offsets.

    `evidence` gives for each field that holds something the source spans it was read from.
    """

    province: ProvinceValue | None
    issuers: tuple[str, ...]
    joint: int | None
    action: str | None
    title: str | None
    number: str | None
    status: str | None
    date: DateValue | None
    targets: tuple[Target, ...]
    funding: tuple[Funding, ...]
    deadlines: tuple[DocumentDeadline, ...]
    spans: tuple[Span, ...]
    evidence: dict[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the source that does not add up: a code, one sentence, and the source spans it rests on."""

    code: str
    message: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The date that relative expressions count from, and where it comes from."""

    date: dt.date | None
    basis: Literal["given", "published", "date-line", "latest-date", "none"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document gives; the shape of an output line."""

    schema_version: str
    id: str
    source: str
    sha256: str
    status: Status
    reference: Reference
    mentions: tuple[SourceMention, ...] = ()
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()
    errors: tuple[Problem, ...] = ()
