"""Findings about who issues: a body of one province, a document of another."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.mention import province_code, within
from pipeline.checks.facts import Facts, span
from pipeline.document import Finding
from pipeline.records.acts import PASSED_ON


def issuer_province(facts: Facts) -> Iterator[Finding]:
    """An issuer of one province whose document names another in its title."""
    for act in facts.acts:
        if act.title is None or not act.issuers or act.action in PASSED_ON:
            continue
        start, end = act.title[1]
        titled = [m for m in within(facts.mentions, start, start + 2) if m.end <= end and province_code(m)]
        issuer = act.issuers[0][1]
        issued = [m for m in within(facts.mentions, *issuer) if m.end <= issuer[1] and province_code(m)]
        if titled and issued and province_code(titled[0]) != province_code(issued[0]):
            names = [facts.text.printed[m.start : m.end] for m in (issued[0], titled[0])]
            message = f"An act of an agency of {names[0]} is titled after {names[1]}."
            yield facts.finding("issuer-province", message, issuer, span(titled[0]))
    yield from _signed_by_another(facts)
    yield from _drafted_of_another(facts)
    yield from _under_another_head(facts)


def _signed_by_another(facts: Facts) -> Iterator[Finding]:
    """One of those who sign, of a province that neither the heading nor the lines above it name (四川省…局 … 贵州省教育厅)."""
    own = next((act for act in facts.acts if act.is_document and act.title is not None), None)
    if own is None or own.title is None:
        return
    above = [m for m in within(facts.mentions, 0, own.title[1][1]) if province_code(m)]
    for _, issuer in own.issuers:
        if issuer[0] < own.title[1][1]:
            continue
        signs = [m for m in within(facts.mentions, *issuer) if m.end <= issuer[1] and province_code(m)]
        if above and signs and province_code(signs[0]) not in {province_code(m) for m in above}:
            names = [facts.text.printed[m.start : m.end] for m in (signs[0], above[0])]
            message = f"An agency of {names[0]} signs what agencies of {names[1]} issue."
            yield facts.finding("issuer-province", message, issuer, span(above[0]))


_DRAFTED = regex.compile(
    r"我[厅局委办部院会](?:研究|组织|会同[^，。；\n]{2,12})?(?:起草|制定|拟定|拟订|修订|编制)了?(?=《)"
)


def _drafted_of_another(facts: Facts) -> Iterator[Finding]:
    """What the body that issues a notice says it has drafted itself, titled after another province (我厅起草了《湖北省…》)."""
    chars = facts.text.chars
    own = next((act for act in facts.acts if act.is_document and act.issuers), None)
    if own is None:
        return
    issuer = own.issuers[0][1]
    issued = [m for m in within(facts.mentions, *issuer) if m.end <= issuer[1] and province_code(m)]
    for drafted in _DRAFTED.finditer(chars):
        titled = [m for m in within(facts.mentions, drafted.end(), drafted.end() + 2) if province_code(m)]
        if titled and issued and province_code(titled[0]) != province_code(issued[0]):
            names = [facts.text.printed[m.start : m.end] for m in (issued[0], titled[0])]
            message = f"An agency of {names[0]} has drafted what is titled after {names[1]}."
            yield facts.finding("issuer-province", message, issuer, span(titled[0]))


_BULLETED = regex.compile(r"[◆●■▲★◇○]?(?P<name>\p{Han}{2,8})\n")
_LINES_ABOVE = 3
_LONGEST_HEAD = 24


def _head_above(facts: Facts, start: int) -> regex.Match[str] | None:
    """A name alone on one of the short lines above a paragraph: ◆甘肃 ⏎ 聘用贫困户当护路员 ⏎."""
    for _ in range(_LINES_ABOVE):
        if not start:
            return None
        above, end = facts.text.paragraph(start - 1)
        head = _BULLETED.fullmatch(facts.text.chars, above, end)
        if head is not None and any((m.start, m.end) == head.span("name") for m in within(facts.mentions, above, end)):
            return head
        if end - above > _LONGEST_HEAD:
            return None
        start = above
    return None


_HEAD = regex.compile(r"[【\[（(]?(?P<name>\p{Han}{2,8})(?:[】\])）]|[：:])")


def _under_another_head(facts: Facts) -> Iterator[Finding]:
    """An issuer in a paragraph headed by the name of another province (山西：5月11日，陕西省文化厅印发…)."""
    for act in facts.acts:
        if not act.issuers or act.is_document:
            continue
        issuer = act.issuers[0][1]
        start, _ = facts.text.paragraph(issuer[0])
        head = _HEAD.match(facts.text.chars, start) or _head_above(facts, start)
        if head is None:
            continue
        named = [m for m in within(facts.mentions, *head.span("name")) if (m.start, m.end) == head.span("name")]
        issued = [m for m in within(facts.mentions, *issuer) if m.end <= issuer[1] and province_code(m)]
        if named and issued and province_code(named[0]) and province_code(named[0]) != province_code(issued[0]):
            names = [facts.text.printed[m.start : m.end] for m in (issued[0], named[0])]
            message = f"An act of an agency of {names[0]} is told under {names[1]}."
            yield facts.finding("issuer-province", message, issuer, span(named[0]))
