"""Gold: what a document's right answer looks like, how it is written, and where its text is found."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.mention import Label, Value
from pipeline.document import Finding, Record, UsageError, ZhengceError, sha256
from pipeline.output import Json, finding_to_dict, record_to_dict, value_to_dict

FINDING_CODES = (
    "act-before-data",
    "date-out-of-sequence",
    "deadline-before-document",
    "issuer-province",
    "no-such-date",
    "parts-not-total",
    "share-over-whole",
    "unequal-lists",
    "words-not-figures",
)
"""What a finding can say does not add up."""

STATUSES = ("试行", "暂行", "征求意见稿")
"""What the status of a record can be."""

SUFFIX = ".gold.json"


class GoldError(ZhengceError):
    """An annotation or a gold file that does not fit its document or its format."""

    code = "bad-gold"


@dataclass(frozen=True, slots=True)
class GoldSource:
    """The document that gold belongs to: by hash, and by file name where it has one."""

    sha256: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as the guidelines want it, in source offsets."""

    label: Label
    start: int
    end: int
    text: str
    value: Value


@dataclass(frozen=True, slots=True)
class Gold:
    """The right answer for one document; `reference` only where the date comes from outside the text."""

    id: str
    source: GoldSource
    mentions: tuple[GoldMention, ...]
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    reference: dt.date | None = None


def dumps(gold: Gold) -> str:
    """The gold file's text: JSON with one mention, record or finding a line, so that changes can be read."""
    source = {"file": gold.source.file} if gold.source.file else {}
    head: Json = {"id": gold.id, "source": {**source, "sha256": gold.source.sha256}}
    if gold.reference is not None:
        head["reference"] = gold.reference.isoformat()
    lists: dict[str, list[Json]] = {
        "mentions": [
            {
                "label": mention.label,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "value": value_to_dict(mention.value),
            }
            for mention in gold.mentions
        ],
        "records": [record_to_dict(record) for record in gold.records],
        "findings": [finding_to_dict(finding) for finding in gold.findings],
    }
    parts = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    for key, items in lists.items():
        lines = ",\n".join(map(_json, items))
        parts.append(f"{_json(key)}: [\n{lines}\n]" if items else f"{_json(key)}: []")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def json_schema() -> Json:
    """JSON Schema (2020-12) of a gold file: the output's own shapes, and what gold alone must keep to."""
    from pipeline import schema

    out = schema.of(Gold)
    shapes = out["$defs"]
    shapes["Finding"]["properties"]["code"]["enum"] = list(FINDING_CODES)
    shapes["GoldSource"]["properties"]["sha256"]["pattern"] = "^[0-9a-f]{64}$"
    shapes["Record"]["properties"]["status"] = {"enum": [*STATUSES, None]}
    del shapes["Record"]["properties"]["evidence"]
    return out


def read_text(path: Path) -> str:
    """A corpus file's text: UTF-8 (a byte order mark is no character of it), else GB18030. Raises GoldError."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise GoldError("is neither UTF-8 nor GB18030", where=str(path)) from None


class Corpus:
    """Files of one or more folders, subfolders included, found by hash or by name."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Hash every file of the folders, hidden ones left out. Raises UsageError for what cannot be read."""
        self._by_hash: dict[str, Path] = {}
        for folder in folders:
            if not folder.is_dir():
                raise UsageError("no such corpus folder", where=str(folder))
            for path in _files(folder):
                try:
                    self._by_hash.setdefault(sha256(path.read_bytes()), path)
                except OSError as error:
                    raise UsageError(f"cannot be read: {error.strerror}", where=str(path)) from None

    def by_hash(self, digest: str) -> Path | None:
        """The file with this SHA-256, if any."""
        return self._by_hash.get(digest)

    def by_name(self, name: str) -> list[tuple[str, Path]]:
        """Hash and path of each different text whose path ends in `name`."""
        parts = Path(name).parts
        return [(digest, path) for digest, path in self._by_hash.items() if path.parts[-len(parts) :] == parts]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path
