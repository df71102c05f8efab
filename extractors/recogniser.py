"""The interface that all recognisers of names share: the rules for agencies and people, and a trained model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from extractors.mention import Mention
from extractors.text import Text

Recogniser: TypeAlias = Callable[[Text, Sequence[Mention]], Iterator[Mention]]
"""Finds names in a text, in order and not overlapping; it is given what was found before it, in order of start."""
