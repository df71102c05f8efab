"""A report as one HTML file: figures, and every error in its sentence. Text of documents is always escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pipeline.evaluate.report import Report
from pipeline.evaluate.table import said
from pipeline.output import Json

if TYPE_CHECKING:
    from jinja2 import Template


def render(report: Report, figures: Json) -> str:
    """The page for a report and the figures that `report.to_dict` gave for it."""
    rows = []
    for document in report.documents:
        text = document.example.text
        for error in document.errors:
            (start, end), (left, right) = error.span, error.sentence
            rows.append(
                {
                    "document": error.document,
                    "what": error.what,
                    "kind": error.kind,
                    "expected": said(error.expected),
                    "found": said(error.found),
                    "rule": error.rule or "",
                    "before": text[left:start],
                    "inside": text[start:end],
                    "after": text[end:right],
                }
            )
    return _template().render(figures=figures, errors=rows)


@cache
def _template() -> Template:
    # Imported here: only this report needs it.
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(resources.files(__package__).joinpath("errors.html.j2").read_text("utf-8"))
