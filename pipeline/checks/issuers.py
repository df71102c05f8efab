"""Findings about who issues: a body of one province, a document of another."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.mention import (
    within,
)
from pipeline.checks.facts import Facts, province, span
from pipeline.document import Finding


def issuer_province(facts: Facts) -> Iterator[Finding]:
    """An issuer of one province whose document names another in its title."""
    for act in facts.acts:
        if act.title is None or not act.issuers:
            continue
        start, end = act.title[1]
        titled = [m for m in within(facts.mentions, start, start + 2) if m.end <= end and province(m)]
        issuer = act.issuers[0][1]
        issued = [m for m in within(facts.mentions, *issuer) if m.end <= issuer[1] and province(m)]
        if titled and issued and province(titled[0]) != province(issued[0]):
            names = [facts.text.printed[m.start : m.end] for m in (issued[0], titled[0])]
            message = f"An act of an agency of {names[0]} is titled after {names[1]}."
            yield facts.finding("issuer-province", message, issuer, span(titled[0]))
