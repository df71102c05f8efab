"""A report as tables for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.output import Json


def render(figures: Json, console: Console | None = None) -> None:
    """Print what `report.to_dict` gives: figures, groups, changes, and the errors where it holds them."""
    (console or Console(highlight=False)).print(Group(*_parts(figures)), soft_wrap=True)


def _parts(figures: Json) -> Iterator[RenderableType]:
    for measure, title in (
        ("strict", "mentions: label, span and value"),
        ("span", "mentions: label and span"),
        ("overlap", "mentions: label, overlapping"),
    ):
        yield _table(title, figures["mentions"][measure])
    yield _table("records", figures["records"])
    if figures["beside"]:
        yield _table("beside the records' score (spans: by characters)", figures["beside"])
    if len(figures["findings"]) > 1:
        yield _table("findings", figures["findings"])
    for group, members in figures["groups"].items():
        if members:
            yield _groups(group, members)
    if len(figures["documents"]) > 1:
        yield _documents(figures["documents"])
    if figures["error_classes"]:
        yield _classes(figures["error_classes"])
    for error in figures.get("errors", ()):
        yield error_line(error)
    if "against" in figures:
        yield from _against(figures["against"])
    for skipped in figures["skipped"]:
        yield Text(f"skipped: {skipped['id']}: no corpus folder has its text ({skipped['sha256']})")
    for name in figures["unpredicted"]:
        yield Text(f"no prediction: {name}")
    core, records = figures["mentions"]["strict"]["core"], figures["records"]["all"]
    yield Text(f"{len(figures['documents'])} documents: core F1 {core['f1']:.3f}, records F1 {records['f1']:.3f}")


def _table(title: str, rows: Json) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for name in ("precision", "recall", "F1", "95 %", "tp", "fp", "fn"):
        table.add_column(name, justify="right")
    for name, row in rows.items():
        shares = [f"{row[key]:.3f}" for key in ("precision", "recall", "f1")]
        table.add_row(Text(name), *shares, _interval(row), *(str(row[key]) for key in ("tp", "fp", "fn")))
    return table


def _interval(figure: Json) -> str:
    interval = figure.get("interval")
    return f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""


def _groups(group: str, members: Json) -> Table:
    table = Table(title=f"by {group}", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for name in ("documents", "core F1", "95 %", "records F1", "95 %"):
        table.add_column(name, justify="right")
    for name, row in members.items():
        scores = [cell for key in ("core", "records") for cell in (f"{row[key]['f1']:.3f}", _interval(row[key]))]
        table.add_row(Text(name), str(row["documents"]), *scores)
    return table


def _documents(documents: list[Json]) -> Table:
    table = Table(title="by document", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for name in ("core F1", "records F1"):
        table.add_column(name, justify="right")
    for row in documents:
        table.add_row(Text(row["id"]), *(f"{row[key]['f1']:.3f}" for key in ("core", "records")))
    return table


def _classes(counted: Json) -> Table:
    kinds = ("boundary", "value", "label", "missing", "spurious")
    table = Table(title="errors by class", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    for kind in kinds:
        table.add_column(kind, justify="right")
    for what, row in counted.items():
        table.add_row(Text(what), *(str(row.get(kind, "")) for kind in kinds))
    return table


def error_line(error: Json) -> Text:
    """One error on two lines: what and how, then its sentence."""
    line = Text(f"{error['document']}:{error['span'][0]} {error['what']} {error['class']}: ")
    line.append(f"expected {said(error['expected'])}, found {said(error['found'])}")
    if error["rule"]:
        line.append(f" [{error['rule']}]")
    line.append(f"\n    {error['sentence']}")
    line.plain = "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in line.plain
    )
    return line


def said(side: Json | None) -> str:
    """One side of an error in a line: a mention, what a record says, or a finding."""
    if side is None:
        return "nothing"
    if "says" in side:
        return " ".join(str(part) for part in side["says"])
    if "code" in side:
        return str(side.get("message", side["code"]))
    value = json.dumps(side["value"], ensure_ascii=False)
    return f"{side['label']} {side['text']} {value}"


def _against(changes: Json) -> Iterator[RenderableType]:
    table = Table(title="against the earlier report", title_justify="left", box=None, pad_edge=False)
    for name in ("", "before", "after", "change"):
        table.add_column(name, justify="right" if name else "left")
    for name, (before, after) in changes["f1"].items():
        cells = ["" if f1 is None else f"{f1:.3f}" for f1 in (before, after)]
        change = "" if before is None or after is None else f"{after - before:+.3f}"
        table.add_row(name, *cells, change)
    yield table
    for title in ("better", "worse"):
        for error in changes[title] or ():
            yield Text(f"{title}: ").append_text(error_line(error))
    for title, key in (("only in the earlier report", "only_earlier"), ("only now", "only_now")):
        if changes[key]:
            yield Text(f"{title}: {', '.join(changes[key])}")
