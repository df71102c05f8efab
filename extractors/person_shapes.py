"""Whether a stretch of text reads as the full name of a person: its surname, its given name, and the words it is cut into."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors import person_names as names
from extractors.mention import Mention
from extractors.text import Text

CUES = sorted(names.OFFICES | names.STYLES | names.VERBS | names.FIELDS)
"""Words that show that a name stands beside them."""
_FIELDS_AND_OFFICES = names.FIELDS | names.OFFICES
NOT_GIVEN = frozenset(
    "的了和与及在是有等对将把被从到向由以并也都不未某说称其该本这那我你他她各您们者所个总副部厅局省市县区处科任员第共至按经给让使还又就要会某为则却仍便才已"
)
"""Characters that end a name: words of grammar and the beginnings of offices."""
_AFTER = frozenset("在对向就从和与及为于任等同把将是的也还给到担则以说主副率摄称某")
"""Characters that may follow a name, beside punctuation, a verb or a form of address."""
STRONG_SURNAMES = names.SURNAMES - names.WEAK_SURNAMES
_MONTH = re.compile("[0-9]{1,2}月")
_FUNCTION = frozenset("在将已并对向就会上中也都还要与和等为从把被让给再又")


class Shapes:
    """What a text's characters, words and the names found before say of a stretch of it.

    `cue_starts` gives the index in CUES of the cue that begins at a position.
    """

    def __init__(self, text: Text, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.chars = text.chars
        taken = sorted((m.start, m.end) for m in mentions if m.label in ("PROVINCE", "PLACE", "ORG", "TITLE"))
        self.taken_from = frozenset(start for start, _ in taken)
        self.taken_starts = [start for start, _ in taken]
        self.taken_ends = [end for _, end in taken]
        for index in range(1, len(taken)):
            self.taken_ends[index] = max(self.taken_ends[index], self.taken_ends[index - 1])
        self.cue_starts: dict[int, int] = {}

    def _is_word_as_name(self, start: int, end: int) -> bool:
        """责编：冷静: where nothing but a name can stand, a common word with a surname is one."""
        name = self.chars[start:end]
        is_short = self._surname(start) > 0 and end - start in (2, 3)
        ends = name.endswith(tuple(names.NO_PERSON)) or name[-1:] in NOT_GIVEN or name in names.NEVER_NAMES
        return is_short and not ends and not self._is_taken(start, end)

    def _is_rare(self, start: int, end: int) -> bool:
        """Whether a stretch reads as names of other languages do: not as words, but as single characters or as nothing known."""
        words = self.text.words
        index = bisect_left(words, (start, start))
        inside = []
        while index < len(words) and words[index][1] <= end:
            inside.append(self.chars[slice(*words[index])])
            index += 1
        singles = sum(len(word) == 1 for word in inside)
        return singles > 1 or any(len(word) > 1 and not self.text.is_known(word) for word in inside)

    def _is_foreign(self, start: int, end: int) -> bool:
        """Whether a stretch is a name of another language, written in characters that make no words."""
        name = self.chars[start:end]
        is_han = all("\u4e00" <= c <= "\u9fff" for c in name)
        return (
            is_han
            and not self._is_taken(start, end)
            and not self.text.is_known(name)
            and not set(name) & _FUNCTION
            and self._is_rare(start, end)
        )

    def _is_no_word(self, start: int, end: int) -> bool:
        """Whether no common word begins with a name's surname, or stands as the given name of a surname that is a word."""
        known, chars = self.text.is_known, self.chars
        if chars[start : start + 2] in names.COMPOUND_SURNAMES:
            return True
        if known(chars[start : start + 2]) or (known(chars[start:end]) and chars[start] not in names.SURNAMES):
            return False
        if chars[start] not in names.WEAK_SURNAMES:
            return True
        return end - start == 3 and (self._word_ends(start) == end or not known(chars[start + 1 : end]))

    def _surname(self, start: int) -> int:
        if self.chars[start : start + 2] in names.COMPOUND_SURNAMES:
            return 2
        return int(self.chars[start : start + 1] in names.SURNAMES)

    def _is_name(self, start: int, end: int) -> bool:
        surname = self._surname(start)
        given = self.chars[start + surname : end]
        if not 1 <= len(given) <= 2 or end > len(self.chars) or not given.isalpha() or given.isascii():
            return False
        if given in names.STYLES or given in names.VERBS:
            return False
        if surname == 0 or self.chars[start : start + 2] in names.NO_NAME:
            return False
        if given in names.VIRTUES and self.chars[start] in STRONG_SURNAMES:
            return not self._is_taken(start, end)
        if (given[-1] in NOT_GIVEN and not self._is_last(given, end)) or (
            given[0] in NOT_GIVEN and not self._is_new_word(start, end)
        ):
            return False
        return not self._is_taken(start, end)

    def _is_last(self, given: str, end: int) -> bool:
        """会长卞永和作报告: nothing is joined by 和 where a verb or a stop follows."""
        if given[-1] != "和" or len(given) < 2:
            return False
        cue = self.cue_starts.get(end)
        return not self.chars[end : end + 1].isalnum() or (cue is not None and CUES[cue] in names.VERBS)

    def _is_new_word(self, start: int, end: int) -> bool:
        """Whether the segmenter reads a name of three characters as one word that its dictionary does not have: 阮以宁."""
        return self.chars[start] not in names.WEAK_SURNAMES and self._is_one_word(start, end)

    def _is_one_word(self, start: int, end: int) -> bool:
        is_one = end - start == 3 and self._word_ends(start) == end
        return is_one and not self.text.is_known(self.chars[start:end])

    def _is_taken(self, start: int, end: int) -> bool:
        """Whether a place, agency or title overlaps the span."""
        index = bisect_left(self.taken_starts, end)
        return index > 0 and self.taken_ends[index - 1] > start

    def _may_end(self, start: int, end: int, *, strict: bool) -> bool:
        following = self.chars[end : end + 1]
        if not following or not following.isalnum():
            return following not in ("》", "·")
        if end in self.taken_from or _MONTH.match(self.chars, end):
            return True
        cue = self.cue_starts.get(end)
        if cue is not None and (CUES[cue] in names.VERBS or CUES[cue] in names.STYLES):
            return True
        if cue is not None and self._is_no_word(start, end) and CUES[cue] in _FIELDS_AND_OFFICES:
            return True
        if strict:
            return following in "等和与及为任同是" or following.isascii() or self.chars.startswith("今年", end)
        if following in "为任" or (following in _AFTER and self.text.is_word_edge(end)):
            return True
        if self.chars.startswith("关于", end) and self._is_no_word(start, end):
            return True
        if end - start == 2:
            return self._word_ends(start) == end and not self.text.is_known(self.chars[start:end])
        return end - start >= 3 and (self._word_ends(start) == end or self._is_cut_off(start, end))

    def _is_cut_off(self, start: int, end: int) -> bool:
        """Whether no word runs over the end of a name that itself is none: 居民|汪禾青|问到."""
        runs_on = not self.text.is_word_edge(end) and self.text.is_known(self.chars[end - 1 : end + 1])
        return not runs_on and self._is_no_word(start, end)

    def _ends_word(self, end: int) -> bool:
        following = self.chars[end : end + 1]
        return not following.isalnum() or end in self.cue_starts or following in _AFTER

    def _word_ends(self, start: int) -> int:
        """End of the word that begins at `start`, -1 if none does."""
        words = self.text.words
        index = bisect_left(words, (start, start))
        return words[index][1] if index < len(words) and words[index][0] == start else -1

    def _is_surname_and_name(self, start: int, end: int) -> bool:
        """Whether the segmenter reads a surname and a word for the given name: 牛|建军."""
        given = self.chars[start + 1 : end]
        return self._word_ends(start) == start + 1 and self._word_ends(start + 1) == end and given not in names.OFFICES

    def _is_style(self, position: int | None) -> bool:
        """Whether a form of address begins here."""
        cue = self.cue_starts.get(-1 if position is None else position)
        return cue is not None and CUES[cue] in names.STYLES
