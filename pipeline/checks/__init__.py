"""Findings: what does not add up in the source itself. One check a function, each silent unless something is wrong."""

from __future__ import annotations

from pipeline.checks import dates, issuers, lists, order, parts, shares, stories, sums
from pipeline.checks.facts import Facts
from pipeline.document import Finding

__all__ = ["CHECKS", "Facts", "find"]

CHECKS = (
    dates.act_before_data,
    dates.report_before_its_end,
    order.date_out_of_sequence,
    order.steps_out_of_sequence,
    order.stages_out_of_sequence,
    order.row_out_of_sequence,
    order.window_out_of_sequence,
    order.effect_before_passage,
    order.studied_before_issue,
    order.list_out_of_sequence,
    order.result_before_its_step,
    order.act_after_document,
    stories.time_out_of_story,
    stories.before_what_it_follows,
    dates.no_such_date,
    dates.deadline_before_document,
    shares.share_over_whole,
    sums.parts_not_total,
    sums.summed_parts,
    sums.table_totals,
    sums.table_not_total,
    sums.lots_not_budget,
    parts.divided_total,
    parts.divided_again,
    lists.unequal_lists,
    sums.words_not_figures,
    issuers.issuer_province,
)
"""Every check, in the order in which findings are written."""
_SEVERAL = frozenset({"parts-not-total", "date-out-of-sequence", "issuer-province", "act-before-data"})
"""Codes that more than one check gives."""


def find(facts: Facts) -> list[Finding]:
    """All findings of one document, in source offsets, in the order of the checks."""
    found: list[Finding] = []
    for finding in (finding for check in CHECKS for finding in check(facts)):
        if not any(_is_same(finding, other) for other in found):
            found.append(finding)
    return found


def _is_same(one: Finding, other: Finding) -> bool:
    """Whether two checks have found one thing: the same code, at spans that meet."""
    meets = any(a < d and c < b for a, b in one.spans for c, d in other.spans)
    return one.code == other.code and one.code in _SEVERAL and meets
