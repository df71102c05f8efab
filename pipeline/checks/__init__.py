"""Findings: what does not add up in the source itself. One check a function, each silent unless something is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.checks import (
    accounts,
    data,
    dates,
    divisions,
    issue,
    issuers,
    lists,
    order,
    parts,
    ranges,
    sets,
    shares,
    slips,
    stages,
    steps,
    stories,
    sums,
    tables,
)
from pipeline.checks.facts import Facts
from pipeline.document import Finding

__all__ = ["CHECKS", "Facts", "find"]

CHECKS = (
    data.act_before_data,
    data.told_before_its_end,
    data.report_before_its_end,
    order.date_out_of_sequence,
    steps.steps_out_of_sequence,
    stages.stages_out_of_sequence,
    stages.exam_out_of_sequence,
    steps.row_out_of_sequence,
    ranges.window_out_of_sequence,
    issue.effect_before_passage,
    issue.studied_before_issue,
    ranges.list_out_of_sequence,
    steps.second_look_before_first,
    steps.result_before_its_step,
    order.year_slipped,
    order.act_after_document,
    stories.time_out_of_story,
    stories.before_what_it_follows,
    dates.no_such_date,
    dates.deadline_before_document,
    shares.share_over_whole,
    sums.parts_not_total,
    sums.summed_parts,
    accounts.account_not_total,
    tables.table_totals,
    tables.table_not_total,
    sums.lots_not_budget,
    parts.divided_total,
    parts.total_in_brackets,
    sets.named_set,
    sets.counted_set,
    sets.closed_set,
    sets.labelled_set,
    sets.gathered_set,
    sets.section_set,
    divisions.divided_again,
    divisions.listed_total,
    slips.slipped_total,
    slips.months_not_total,
    slips.rest_not_left,
    lists.unequal_lists,
    sums.words_not_figures,
    issuers.issuer_province,
)
"""Every check, in the order in which findings are written."""
_SEVERAL = frozenset(
    {"parts-not-total", "date-out-of-sequence", "issuer-province", "act-before-data", "share-over-whole"}
)
"""Codes that more than one check gives."""


def find(facts: Facts) -> list[Finding]:
    """All findings of one document, in source offsets, in the order of the checks."""
    found: list[Finding] = []
    for finding in (finding for check in CHECKS for finding in check(facts)):
        if not any(_is_same(finding, other) for other in found):
            found.append(finding)
    return found


ANY_YEAR = dt.date(2001, 12, 31)
"""What the dates of a text count from that does not say its year, where they are only compared with each other."""


def find_without_year(facts: Facts) -> list[Finding]:
    """What its days and months contradict in a text that does not say its year, its dates placed in whatever year.

    Days are written without it (--09-28, as XML Schema's gMonthDay).
    """
    found = data.told_before_its_end(facts)
    return [replace(finding, message=finding.message.replace(f"{ANY_YEAR.year}-", "--")) for finding in found]


def _is_same(one: Finding, other: Finding) -> bool:
    """Whether two checks have found one thing: the same code at the same spans, or at spans that meet.

    A date that is before its data is out of sequence too, and that is said once.
    """
    if (one.code, other.code) == ("date-out-of-sequence", "act-before-data"):
        return one.spans[:1] == other.spans[:1]
    if one.code != other.code:
        return False
    meets = one.code in _SEVERAL and any(a < d and c < b for a, b in one.spans for c, d in other.spans)
    return meets or one.spans == other.spans
