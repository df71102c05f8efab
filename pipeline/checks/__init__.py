"""Findings: what does not add up in the source itself. One check a function, each silent unless something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipeline.checks import (
    accounts,
    data,
    dates,
    divisions,
    gathered,
    issue,
    issuers,
    items,
    lists,
    meetings,
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
from pipeline.document import Finding, Span

__all__ = ["CHECKS", "Facts", "find"]

CHECKS = (
    data.act_before_data,
    meetings.told_before_its_end,
    data.report_before_its_end,
    data.named_before_its_end,
    data.window_told_as_over,
    order.date_out_of_sequence,
    steps.steps_out_of_sequence,
    steps.follows_what_ends_later,
    stages.stages_out_of_sequence,
    stages.exam_out_of_sequence,
    steps.row_out_of_sequence,
    ranges.window_out_of_sequence,
    issue.effect_before_passage,
    issue.expiry_before_effect,
    issue.printed_before_its_day,
    issue.studied_before_issue,
    issue.rests_on_what_is_later,
    issue.number_of_another_year,
    ranges.head_out_of_sequence,
    ranges.stage_ends_too_early,
    ranges.review_before_closing,
    ranges.timetable_out_of_sequence,
    ranges.list_out_of_sequence,
    steps.second_step_before_first,
    steps.deals_with_what_is_later,
    steps.begun_after_its_end,
    steps.result_before_its_step,
    order.year_slipped,
    order.earliest_of_all,
    order.act_after_document,
    stories.time_out_of_story,
    stories.year_before_all,
    stories.before_what_it_follows,
    dates.no_such_date,
    dates.deadline_before_document,
    shares.share_over_whole,
    sums.part_over_whole,
    sums.parts_not_total,
    sums.summed_parts,
    accounts.account_not_total,
    tables.table_totals,
    tables.first_row_not_total,
    tables.table_not_total,
    tables.rows_not_whole,
    tables.row_not_its_sum,
    tables.score_not_details,
    items.lots_not_total,
    parts.divided_total,
    parts.total_in_brackets,
    parts.points_not_full,
    parts.least_not_posts,
    sets.named_set,
    sets.counted_set,
    sets.closed_set,
    sets.hundred_points,
    sets.segments_of_which,
    gathered.labelled_set,
    gathered.gathered_set,
    gathered.section_set,
    gathered.counted_heads,
    items.items_not_total,
    divisions.divided_again,
    divisions.listed_total,
    divisions.closed_list,
    stages.lengths_not_total,
    slips.slipped_total,
    slips.total_of_the_next,
    slips.rate_not_total,
    slips.rest_not_left,
    slips.balance_not_left,
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
    """All findings of one document, in source offsets, in the order of the checks, each thing said once.

    A deadline before its document may be out of a sequence of steps too, and that is not said again.
    """
    found: list[Finding] = []
    said = _Said(len(facts.document.source.text))
    for finding in (finding for check in CHECKS for finding in check(facts)):
        if said.add(finding):
            found.append(finding)
    late = {finding.spans[0] for finding in found if finding.code == "deadline-before-document"}
    return [f for f in found if f.code != "date-out-of-sequence" or late.isdisjoint(f.spans)]


class _Said:
    """What has been said of which characters."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._spans: set[tuple[str, Sequence[Span]]] = set()
        self._covered: dict[str, bytearray] = {}
        self._before_data: set[Span] = set()

    def add(self, finding: Finding) -> bool:
        """Whether a finding is new: no other has its code and spans, or its code and one that meets its own.

        A date that is before its data is out of sequence too, and that is said once.
        """
        code, spans = finding.code, finding.spans
        if (code, spans) in self._spans or (code == "date-out-of-sequence" and spans[0] in self._before_data):
            return False
        if code in _SEVERAL:
            covered = self._covered.setdefault(code, bytearray(self._length))
            if any(1 in covered[start:end] for start, end in spans):
                return False
            for start, end in spans:
                covered[start:end] = b"\x01" * (end - start)
        if code == "act-before-data":
            self._before_data.add(spans[0])
        self._spans.add((code, spans))
        return True


ANY_YEAR = dt.date(2001, 12, 31)
"""What the dates of a text count from that does not say its year, where they are only compared with each other."""


def find_without_year(facts: Facts) -> list[Finding]:
    """What its days and months contradict in a text that does not say its year, its dates placed in whatever year.

    Days are written without it (--09-28, as XML Schema's gMonthDay).
    """
    found = [*meetings.told_before_its_end(facts), *steps.steps_out_of_sequence(facts)]
    return [replace(finding, message=finding.message.replace(f"{ANY_YEAR.year}-", "--")) for finding in found]
