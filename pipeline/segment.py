"""Segmenters by name: rjieba (the default) and jieba, each an instance of its own with a user's dictionary."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractors.text import Segmenter
from pipeline.document import UsageError

NAMES = ("rjieba", "jieba")


@cache
def segmenter(name: str = "rjieba", dictionary: Path | None = None) -> Segmenter:
    """A function that cuts text into words whose concatenation is the text.

    `dictionary` is a file in jieba's format: a word a line, with an optional frequency and tag. The same arguments
    give the same instance; nothing global is changed. Raises UsageError for an unknown name or an unreadable file.
    """
    words = _read(dictionary) if dictionary is not None else []
    if name == "rjieba":
        return _rjieba(words)
    if name == "jieba":
        return _jieba(words)
    raise UsageError(f"there is no segmenter {name!r}; choose one of {', '.join(NAMES)}")


def _rjieba(words: list[tuple[str, int | None, str | None]]) -> Segmenter:
    import rjieba

    cutter = rjieba.Jieba()
    for word, frequency, tag in words:
        cutter.add_word(word, frequency, tag)
    return Segmenter(cutter.cut, cutter.has_word)


def _jieba(words: list[tuple[str, int | None, str | None]]) -> Segmenter:
    import logging

    import jieba

    logging.getLogger("jieba").setLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    for word, frequency, tag in words:
        cutter.add_word(word, frequency, tag)
    cutter.initialize()
    return Segmenter(cutter.lcut, lambda word: bool(cutter.FREQ.get(word)))


def _read(path: Path) -> list[tuple[str, int | None, str | None]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the dictionary cannot be read: {error}", where=str(path)) from error
    words: list[tuple[str, int | None, str | None]] = []
    for number, line in enumerate(lines, 1):
        parts = line.split()
        if not parts:
            continue
        frequency, tag = None, None
        for part in parts[1:]:
            if part.isdecimal():
                frequency = int(part)
            else:
                tag = part
        if len(parts) > 3:
            raise UsageError("a line is a word with an optional frequency and tag", where=f"{path}:{number}")
        words.append((parts[0], frequency, tag))
    return words
