"""What a reader gives, what it may not exceed, and what it says where its library is not installed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.document import LoadError, Problem

MOST_BYTES = 256 * 1024 * 1024
MOST_CHARACTERS = 1_000_000
"""Two hundred times a long notice; what is longer is a dump, and would take minutes."""

_BLANK = "\ufeff \t\r\n\f\v\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a document, and what its format says of it.

    `published` is the day of publication; `problems` name the parts that could not be read.
    """

    text: str
    title: str | None = None
    published: dt.date | None = None
    problems: tuple[Problem, ...] = ()


def check_size(size: int, where: str) -> None:
    """Raise LoadError (`too-large`) for more bytes than a document may have."""
    if size > MOST_BYTES:
        message = f"the file has {size:,} bytes, the most is {MOST_BYTES:,}; split it"
        raise LoadError(message, where=where, code="too-large")


def check_text(text: str, where: str) -> str:
    """The text as it is. Raises LoadError: `empty` for one of white space only, `too-large` for too long a one."""
    if not text.strip(_BLANK):
        raise LoadError("the document is empty", where=where, code="empty")
    check_length(len(text), where)
    return text


def check_length(length: int, where: str) -> None:
    """Raise LoadError (`too-large`) for more characters than a document may have."""
    if length > MOST_CHARACTERS:
        message = f"the text has {length:,} characters or more, the most is {MOST_CHARACTERS:,}; split it"
        raise LoadError(message, where=where, code="too-large")


@contextmanager
def extra(name: str, where: str) -> Iterator[None]:
    """Around the import of an optional library: LoadError (`missing-extra`) where it is not installed."""
    try:
        yield
    except ImportError as error:
        message = f"reading this format needs {error.name or error}; install it: pip install 'zhengce[{name}]'"
        raise LoadError(message, where=where, code="missing-extra") from error
