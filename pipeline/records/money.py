"""Funding of an act: sums and shares that it sets or pledges to pay, and for what unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

from extractors import tables
from extractors.mention import Mention, PercentValue, YuanValue, within
from extractors.text import Text, clause_start
from pipeline.document import Bounds, Funding, Span
from pipeline.records import money_cues as cues

Pattern: TypeAlias = "re.Pattern[str] | regex.Pattern[str]"

_COMMAS = "，。；\n！？"
_TO_CHANGE = 8
"""由5400元、5040元，依次提高到6000元、5640元: characters from the comma to the change."""
_TITLE_REACH = 80
"""Characters at the head of a text among which its title says what it is about."""
_REACH_BACK = 80
"""How far back a sentence is searched for what all its shares are of."""


@dataclass(frozen=True, slots=True)
class Grant:
    """An entry of funding with the clean span of its amount or share."""

    funding: Funding
    amount: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """The part between commas around an amount: `left` to `right` of `chars`."""

    chars: str
    left: int
    right: int
    amount: Mention

    def says(self, cue: Pattern) -> bool:
        """Whether a cue is anywhere in the clause."""
        return cue.search(self.chars, self.left, self.right) is not None

    def before(self, cue: Pattern) -> bool:
        """Whether a cue is in the clause up to the amount."""
        return cue.search(self.chars, self.left, self.amount.start) is not None

    def behind(self, cue: Pattern) -> bool:
        """Whether a cue begins right behind the amount."""
        return cue.match(self.chars, self.amount.end) is not None

    def opens(self, cue: Pattern) -> bool:
        """Whether the clause opens with a cue."""
        return cue.match(self.chars, self.left) is not None

    def only(self, cue: Pattern) -> bool:
        """Whether a cue is all that the clause has before the amount."""
        return cue.fullmatch(self.chars, self.left, self.amount.start) is not None

    def earlier(self, cue: Pattern, marks: str = "。\n", reach: int = 200) -> bool:
        """Whether a cue is in what stands before the clause, back to one of some marks."""
        return cue.search(self.chars, clause_start(self.chars, self.left, marks, reach), self.left) is not None


def clause(chars: str, start: int, end: int, amount: Mention) -> Clause:
    """The clause of an amount; where it says no more than how much (，不少于5万元), with the one before it."""
    left, right = amount.start, amount.end
    while left > start and chars[left - 1] not in _COMMAS:
        left -= 1
    if left > start and chars[left - 1] == "，" and cues.BARE.fullmatch(chars, left, amount.start):
        left -= 1
        while left > start and chars[left - 1] not in _COMMAS:
            left -= 1
    while right < end and chars[right] not in _COMMAS:
        right += 1
    return Clause(chars, left, right, amount)


def find(
    text: Text, passages: Sequence[Span], mentions: Sequence[Mention], *, is_report: bool = False
) -> Iterator[Grant]:
    """What passages of an act set or pledge to pay, each entry once, in order.

    In a report of figures only what a clause says to be planned, set or given is.
    """
    chars = text.chars
    seen: set[Funding] = set()
    previous: _Previous | None = None
    for first, last in passages:
        for mention in within(mentions, first, last):
            if mention.label not in ("PERCENT", "YUAN"):
                continue
            start, end = text.sentence(mention.start)
            if chars.startswith("其中", start) and start > first:
                start = text.sentence(start - 1)[0]  # 预算742万元。其中，采购包1…
            start, end = max(start, first), min(end, last)
            if cues.EXAMPLE.search(chars, start, mention.start) or _is_exemplified(text, mention.start):
                continue
            around = clause(chars, start, end, mention)
            goes_on = previous is not None and previous.goes_on(chars, start, mention)
            row = tables.at(text.rows, mention.start)
            if row is not None:
                is_paid = cues.PAID_COLUMN.search(row.column(mention.start)) is not None
            else:
                is_paid = goes_on or _is_paid(around, start, previous)
            if is_report and not goes_on and not _is_planned(around, text.sentence(mention.start)):
                is_paid = False
            per = _per(around) or (previous.listed_per(chars, mention) if previous is not None else None)
            previous = _Previous(mention.end, is_paid, per)
            funding = _funding(around, per, is_paid=is_paid)
            if funding is not None and funding not in seen:
                seen.add(funding)
                yield Grant(funding, (mention.start, mention.end))


@dataclass(frozen=True, slots=True)
class _Previous:
    """The amount before: where it ends, whether it is paid, and for what unit."""

    end: int
    is_paid: bool
    per: str | None

    def listed_per(self, chars: str, amount: Mention) -> str | None:
        """The unit that an amount is paid for which is in one list with this one, or a part of it."""
        return self.per if cues.LISTED.fullmatch(chars, self.end, amount.start) else None

    def goes_on(self, chars: str, start: int, amount: Mention) -> bool:
        """Whether an amount of the same sentence goes on with this one, which is paid."""
        return self.is_paid and self.end > start and cues.GOES_ON.fullmatch(chars, self.end, amount.start) is not None


def _is_paid(clause: Clause, start: int, previous: _Previous | None) -> bool:
    """Whether the clause of an amount says that it is paid; `start` is where its sentence begins."""
    chars, amount = clause.chars, clause.amount
    if previous is not None and (
        cues.RESTATED.fullmatch(chars, previous.end, amount.start) or clause.only(cues.OF_A_YEAR)
    ):
        return previous.is_paid
    return (
        clause.says(cues.PAYS)
        or (clause.opens(cues.SHARES_IN) and cues.PAYS.search(chars, start, clause.left) is not None)
        or clause.before(cues.PREMIUM)
        or _per(clause) is not None
        or clause.before(cues.RAISED)
        or _is_risen(clause)
        or cues.PAID_BEHIND.match(chars, clause.right) is not None
        or clause.behind(cues.PAID_BEHIND)
    )


def _is_risen(clause: Clause) -> bool:
    chars, left = clause.chars, clause.left
    return clause.before(cues.RISEN) and (
        cues.STANDARDS.search(chars, chars.rfind("\n", 0, left) + 1, left) is not None
        or cues.STANDARDS.search(chars, 0, _TITLE_REACH) is not None
    )


def _is_planned(clause: Clause, sentence: Span) -> bool:
    """Whether a report says of a sum that it is to be paid, and not that it was."""
    return not clause.before(cues.DISBURSED) and (
        clause.says(cues.PLANNED) or cues.AHEAD.search(clause.chars, *sentence) is not None
    )


def _funding(clause: Clause, per: str | None, *, is_paid: bool) -> Funding | None:
    value = clause.amount.value
    if _is_refused(clause) or _is_replaced(clause):
        return None
    if isinstance(value, YuanValue):
        if not is_paid or value.inherited or is_result(clause) or clause.before(cues.FEES):
            return None
        return Funding("yuan", Bounds(value.cmp, value.low, value.high), per)
    if not isinstance(value, PercentValue):
        return None
    if value.unit == "pp":
        is_share = clause.before(cues.SUBSIDISED) or (
            cues.SUBSIDISED.match(clause.chars, clause.amount.end, clause.right) is not None
        )
    else:
        is_share = is_share_of_money(clause, is_paid=is_paid)
    return Funding("percent", Bounds(value.cmp, value.low, value.high), None) if is_share else None


def _is_refused(clause: Clause) -> bool:
    """Whether a clause speaks of money, and the amount is none that an act pays."""
    if clause.before(cues.INCREASE) or clause.behind(cues.THRESHOLD):
        return True
    if (
        clause.earlier(cues.WEIGHED)
        or _is_so_far(clause, cues.BOND)
        or _is_so_far(clause, cues.CHARGED)
        or _is_so_far(clause, cues.INSTALMENTS)
    ):
        return True
    if clause.says(cues.NOT_PAID) and not clause.before(cues.PREMIUM) and not clause.says(cues.PAID_SHARE):
        return True
    return clause.behind(cues.SPENT) and not clause.says(cues.SETS)


def _is_exemplified(text: Text, position: int) -> bool:
    """Whether a paragraph is a worked example: its head says so, or the question above it asks for one."""
    start, _ = text.paragraph(position)
    head = cues.EXAMPLE.search(text.chars, start, min(position, start + _HEAD)) is not None
    above = text.chars[text.paragraph(start - 1)[0] : start].rstrip() if start else ""
    return head or (above.endswith("？") and cues.EXAMPLE.search(above) is not None)


_HEAD = 12
"""Characters at the head of a paragraph that say what it is."""


def _is_so_far(clause: Clause, cue: Pattern) -> bool:
    """Whether a cue is in the sentence up to the amount."""
    begin = clause_start(clause.chars, clause.left, "。\n")
    return cue.search(clause.chars, begin, clause.amount.start) is not None


def is_share_of_money(clause: Clause, *, is_paid: bool = False) -> bool:
    """Whether a share is one of money that is paid or borne, and no rate to be reached."""
    chars, start = clause.chars, clause.amount.start
    if cues.OF_FUND.search(chars, max(0, clause.left - 40), start):
        return True
    if is_paid and cues.MADE_UP.search(chars, max(0, start - 30), start):
        return True
    if clause.before(cues.OF_FUNDS) or clause.before(cues.OF_EXPENSES):
        return True
    if cues.OF_WHICH.search(chars, max(0, clause.left - 2), start):
        return True
    if clause.earlier(cues.RATIO, "。；\n", _REACH_BACK):
        return True
    return clause.says(cues.SHARE_OF_MONEY) and not clause.before(cues.RATE)


def is_result(clause: Clause) -> bool:
    """Whether an amount is one to be reached (产值达到100亿元), and not paid."""
    if clause.before(cues.SOUGHT):
        sentence = clause_start(clause.chars, clause.left, "。\n")
        return cues.SHARES_OF_TOTAL.search(clause.chars, sentence, clause.amount.start) is None
    return (
        clause.before(cues.RESULT)
        and not clause.before(cues.INVESTED)
        and clause.says(cues.REACHES)
        and not clause.says(cues.GIVES)
    )


def _is_replaced(clause: Clause) -> bool:
    """由500元提高到600元, 分别由96元、290元提高到100元、300元: the old standard."""
    chars, right, end = clause.chars, clause.right, clause.amount.end
    if chars.startswith(("，依次", "，分别"), right):
        return clause.before(cues.FROM) and cues.CHANGE.search(chars, end, right + _TO_CHANGE) is not None
    change = cues.CHANGE.search(chars, end, right)
    if change is not None and not cues.NEW_SUBJECT.search(chars, end, change.start()):
        return clause.before(cues.FROM) or clause.before(cues.PER_OLD)
    return clause.before(cues.REPLACED) and cues.REPLACES.match(chars, end, right) is not None


def _per(clause: Clause) -> str | None:
    behind = cues.PER_BEHIND.match(clause.chars, clause.amount.end)
    if behind is not None:
        return behind["per"]
    before = cues.PER_BEFORE.search(clause.chars, clause.left, clause.amount.start)
    return before["per"] if before is not None else None
