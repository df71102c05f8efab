"""An extraction as tables for a person to read."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from pipeline import output
from pipeline.document import Extraction

_RECORD_KEYS = (
    "province",
    "issuers",
    "joint",
    "action",
    "title",
    "number",
    "status",
    "date",
    "targets",
    "funding",
    "deadlines",
)


def show(extraction: Extraction) -> None:
    """Print the mentions, records, findings and errors of one document to standard output."""
    console = Console(highlight=False, markup=False)
    shape = output.to_dict(extraction)
    reference = shape["reference"]
    console.print(f"{extraction.id}  ({extraction.status}; reference date {reference['date']}, {reference['basis']})")
    mentions = Table("label", "start", "end", "text", "value", "rule", title="mentions")
    for mention in shape["mentions"]:
        printed = "".join(mention["text"].split())
        mentions.add_row(
            mention["label"],
            str(mention["start"]),
            str(mention["end"]),
            printed,
            _plain(mention["value"]),
            mention["rule"],
        )
    console.print(mentions)
    for number, record in enumerate(shape["records"], 1):
        table = Table("field", "value", title=f"record {number}", show_header=False)
        for key in _RECORD_KEYS:
            if record[key] not in (None, [], ()):
                table.add_row(key, _plain(record[key]))
        console.print(table)
    for finding in shape["findings"]:
        console.print(f"finding {finding['code']}: {finding['message']}")
    for error in shape["errors"]:
        console.print(f"error {error['code']}: {error['where']}: {error['message']}")


def _plain(value: object) -> str:
    """A JSON value for reading: names without quotes, lists by lines."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(item)}" for key, item in value.items() if item is not None)
    if isinstance(value, list | tuple):
        return "\n".join(_plain(item) for item in value)
    return "-" if value is None else str(value)
