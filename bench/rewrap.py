"""How far extraction depends on layout: mentions of texts laid out anew against those of the texts themselves.

    python bench/rewrap.py [FILE…]      without FILE: all documents of corpus/

Each text is taken as clean lines, a paragraph a line, and laid out again in several ways: wrapped at widths of 10 to 40
full-width characters, with blank lines between paragraphs or with ideographic indents, with stray spaces, and with CRLF.
Compared are label, value and text without white space of every mention; the figure is F1 over all mentions.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pipeline
from pipeline import loading
from pipeline.layout import lay_out
from pipeline.output import to_dict

WIDTHS = range(10, 41)
_SPACED = "，。；：、"
_INDENT = "\u3000\u3000"


def wrapped(clean: str, width: int) -> str:
    """Paragraphs wrapped hard at a width, a blank line between them."""
    return "\n\n".join("\n".join(_lines(paragraph, width)) for paragraph in clean.split("\n")) + "\n"


def indented(clean: str, width: int) -> str:
    """Paragraphs wrapped hard at a width, their first lines indented by two ideographic spaces."""
    return "\n".join("\n".join(_lines(_INDENT + paragraph, width)) for paragraph in clean.split("\n")) + "\n"


def spaced(clean: str) -> str:
    """A space after every full-width stop, and around every number."""
    out: list[str] = []
    for index, char in enumerate(clean):
        before = clean[index - 1] if index else "\n"
        if _is_digit(char) != _is_digit(before) and "\n" not in (char, before) and not {char, before} & set(".,-/:%"):
            out.append(" ")
        out.append(char)
        if char in _SPACED:
            out.append(" ")
    return "".join(out)


WRAPPINGS: dict[str, Callable[[str, int], str]] = {
    "blank lines": wrapped,
    "indents": indented,
    "stray spaces": lambda clean, width: wrapped(spaced(clean), width),
    "CRLF": lambda clean, width: wrapped(clean, width).replace("\n", "\r\n"),
}
"""Ways of wrapping a text at a width, by name."""


def mentions(text: str) -> Counter[tuple[str, str, str]]:
    """What is compared of a text's mentions."""
    found = to_dict(pipeline.read(text))["mentions"]
    return Counter((m["label"], str(m["value"]), "".join(m["text"].split())) for m in found)


def agreement(texts: list[str], layout: Callable[[str], str]) -> float:
    """F1 of the mentions of texts laid out anew against those of the texts themselves."""
    same = every = 0
    for text in texts:
        clean = lay_out(loading.from_text(text)).printed
        expected, found = mentions(clean), mentions(layout(clean))
        same += 2 * (expected & found).total()
        every += expected.total() + found.total()
    return same / every if every else 1.0


def _lines(paragraph: str, width: int) -> Iterator[str]:
    """Lines of at most `width` full-width characters, two half-width ones for one; a row of a table stays a line."""
    if "\t" in paragraph or paragraph.count("|") > 1:
        yield paragraph
        return
    start, room = 0, 2 * width
    for index, char in enumerate(paragraph):
        room -= 1 if char.isascii() else 2
        if room < 0:
            yield paragraph[start:index]
            start, room = index, 2 * width - (1 if char.isascii() else 2)
    yield paragraph[start:]


def _is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def table(texts: list[str]) -> str:
    """The agreement for every width and way of wrapping, as a Markdown table with the mean in its last row."""
    rows = ["| width | " + " | ".join(WRAPPINGS) + " |", "|---" * (len(WRAPPINGS) + 1) + "|"]
    sums = [0.0] * len(WRAPPINGS)
    for width in WIDTHS:
        figures = [agreement(texts, partial(wrap, width=width)) for wrap in WRAPPINGS.values()]
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        rows.append(f"| {width} | " + " | ".join(f"{figure:.4f}" for figure in figures) + " |")
    rows.append("| mean | " + " | ".join(f"{total / len(WIDTHS):.4f}" for total in sums) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    root = Path(__file__).parent.parent
    files = [Path(name) for name in sys.argv[1:]] or sorted((root / "corpus").rglob("*.txt"))
    print(table([loading.file(path).text for path in files]))
