"""JSON Lines: one document a line, {"id", "text", "reference"?}."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from pipeline.document import LoadError, Source, sha256
from pipeline.loading.content import check_text


def json_lines(lines: Iterable[bytes], name: str, first: int = 1) -> Iterator[Source | LoadError]:
    """The document of each line, or the error that says what is wrong with it; blank lines are passed over.

    `name` is the file's, for `source` and for where an error is; `first` is the number of the first line in it. A line
    without an id is known as NAME:LINE.
    """
    for number, line in enumerate(lines, first):
        where = f"{name}:{number}"
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield _document(line, name, where)
        except LoadError as error:
            yield error


def _document(line: bytes, name: str, where: str) -> Source:
    try:
        item = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LoadError("the line is not UTF-8", where=where, code="undecodable") from error
    except (ValueError, RecursionError) as error:
        raise LoadError(f"the line is no JSON: {error}", where=where, code="bad-json") from error
    if not isinstance(item, dict):
        raise LoadError('the line is no JSON object with "id" and "text"', where=where, code="bad-json")
    identity = item.get("id")
    try:
        return _source(item, str(identity) if identity is not None else where, name, where)
    except LoadError as error:
        error.document = str(identity) if identity is not None else None
        raise


def _source(item: dict[str, object], identity: str, name: str, where: str) -> Source:
    text = item.get("text")
    if not isinstance(text, str):
        raise LoadError('the line lacks "text", or it is no string', where=where, code="bad-json")
    check_text(text, where)
    return Source(
        id=identity,
        text=text,
        source=name,
        sha256=sha256(text.encode("utf-8", "surrogatepass")),
        reference=_day(item.get("reference"), where),
    )


def _day(value: object, where: str) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        message = f"the reference date {value!r} is no date; write it as 2021-04-01"
        raise LoadError(message, where=where, code="bad-reference") from error
