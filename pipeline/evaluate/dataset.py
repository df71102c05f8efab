"""What is evaluated: gold with its texts, and the extractions to compare with it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import NotRequired, TypeAlias

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict  # pydantic takes typing's own only from Python 3.12 on

from extractors.recogniser import Recogniser
from pipeline.document import Source, UsageError
from pipeline.evaluate.gold import SUFFIX, Corpus, GoldError, read_text
from pipeline.evaluate.scoring import KEYS
from pipeline.output import Json, to_dict
from pipeline.recognise import RULES

GROUPS = ("split", "genre", "layout")
"""What the manifest says of a document and scores are grouped by."""


_Scalar: TypeAlias = str | int | float | bool | None
_Flat: TypeAlias = dict[str, _Scalar]


class _Mention(TypedDict):
    label: str
    start: int
    end: int
    value: NotRequired[_Flat | None]


class _Measure(TypedDict, total=False):
    kind: str | None
    value: dict[str, _Scalar | _Flat] | None
    deadline: _Flat | None


class _Record(TypedDict, total=False):
    province: _Flat | None
    date: _Flat | None
    issuers: list[str] | None
    targets: list[_Measure] | None
    funding: list[_Measure] | None
    deadlines: list[_Flat] | None
    spans: list[tuple[int, int]] | None


class _Finding(TypedDict):
    code: str
    spans: list[tuple[int, int]]


class _Document(TypedDict, total=False):
    mentions: list[_Mention] | None
    records: list[_Record] | None
    findings: list[_Finding] | None


# Only what scoring touches: the predictions of other tools may lack or add the rest.
_SCORABLE = TypeAdapter(_Document)


@dataclass(frozen=True, slots=True)
class Example:
    """A document with its gold; `about` holds what the corpus manifest says of it."""

    id: str
    file: Path
    sha256: str
    text: str
    gold: Json
    about: dict[str, str]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Gold whose text is in no corpus folder."""

    id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Examples in the order of their gold files' names, and the gold that has no text."""

    examples: tuple[Example, ...]
    skipped: tuple[Skipped, ...]


def packaged(name: str) -> Path:
    """The folder `corpus` or `gold` that comes with the project: in the package, else in the checkout."""
    package = Path(str(resources.files("pipeline")))
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name


def load(gold_folder: Path, corpus_folders: Iterable[Path], split: str | None = None) -> Dataset:
    """Read every gold file of a folder and find its text by hash. Raises UsageError and GoldError.

    With `split`, only documents that a corpus manifest puts there.
    """
    folders = list(corpus_folders)
    corpus = Corpus(folders)
    about = _manifests(folders)
    files = sorted(gold_folder.rglob(f"*{SUFFIX}")) if gold_folder.is_dir() else []
    if not files:
        raise UsageError(f"no *{SUFFIX} in this folder", where=str(gold_folder))
    examples, skipped = [], []
    for path in files:
        gold = _read_gold(path)
        said = about.get(gold["id"], {})
        if split is not None and said.get("split") != split:
            continue
        digest = gold["source"]["sha256"]
        file = corpus.by_hash(digest)
        if file is None:
            skipped.append(Skipped(gold["id"], digest))
            continue
        text = read_text(file)
        _check_mentions(path, gold, text)
        examples.append(Example(gold["id"], file, digest, text, gold, said))
    return Dataset(tuple(examples), tuple(skipped))


def _read_gold(path: Path) -> Json:
    try:
        gold = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise GoldError(f"cannot be read as JSON: {error}", where=str(path)) from None
    if not isinstance(gold, dict) or not isinstance(gold.get("source"), dict):
        raise GoldError("gold is an object with id, source, mentions, records, findings", where=str(path))
    if not isinstance(gold.get("id"), str) or not isinstance(gold["source"].get("sha256"), str):
        raise GoldError("gold names its document: id, and the text's hash as source.sha256", where=str(path))
    reason = _shape(gold)
    if reason:
        raise GoldError(reason, where=str(path))
    return gold


def _shape(document: Json) -> str | None:
    """Why a document cannot be scored, if so."""
    try:
        _SCORABLE.validate_python(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return None


def _check_mentions(path: Path, gold: Json, text: str) -> None:
    for mention in gold.get("mentions") or ():
        start, end = mention["start"], mention["end"]
        if mention["label"] not in KEYS:
            raise GoldError(f"unknown label {mention['label']!r}", where=str(path))
        if not 0 <= start < end <= len(text) or text[start:end] != mention.get("text"):
            raise GoldError(
                f"{mention['label']} at {start} is not {mention.get('text')!r} in the text", where=str(path)
            )


def _manifests(folders: Iterable[Path]) -> dict[str, dict[str, str]]:
    """What the manifests of the folders say, by document id."""
    about: dict[str, dict[str, str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("manifest.jsonl")):
            for place, line in _lines(path):
                if not isinstance(line.get("id"), str):
                    raise GoldError("a line of a manifest has an id", where=place)
                about[line["id"]] = {key: str(line[key]) for key in GROUPS if line.get(key)}
    return about


def _lines(path: Path) -> Iterable[tuple[str, Json]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path)) from None
    for count, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path}:{count}"
        try:
            value = json.loads(line)
        except ValueError as error:
            raise GoldError(f"no JSON: {error}", where=place, code="bad-json") from None
        if not isinstance(value, dict):
            raise GoldError("the line is no JSON object", where=place, code="bad-json")
        yield place, value


class Predictions:
    """Extractions read from JSON Lines, found by the text's hash or by the stem of `id` or `source`."""

    def __init__(self, path: Path) -> None:
        """Read the whole file. Raises UsageError, and GoldError for a line that is no extraction."""
        self._found: dict[str, Json] = {}
        for place, line in _lines(path):
            if reason := _shape(line):
                raise GoldError(reason, where=place, code="bad-prediction")
            names = [Path(str(line[key])).stem for key in ("source", "id") if line.get(key)]
            for name in (*([line["sha256"]] if line.get("sha256") else []), *names):
                self._found.setdefault(name, line)

    def of(self, example: Example) -> Json | None:
        """The extraction of this document, if the file has one."""
        for name in (example.sha256, example.id, example.file.stem):
            if name in self._found:
                return self._found[name]
        return None


def extract(examples: Sequence[Example], recognisers: Sequence[Recogniser] = RULES) -> Iterable[Json]:
    """Run the pipeline over each example, with its gold's reference date where that came from outside."""
    from pipeline import run

    for example in examples:
        written = example.gold.get("reference")
        reference = dt.date.fromisoformat(written) if written else None
        source = Source(example.id, example.text, str(example.file), example.sha256, reference)
        yield to_dict(run.extract(source, reference, recognisers=recognisers))
