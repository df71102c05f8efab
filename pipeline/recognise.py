"""Recognisers of names: the rules, and a trained spaCy `ner` beside them or in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from extractors import agencies, persons
from extractors.mention import Label, Mention, NameValue
from extractors.recogniser import Recogniser
from extractors.text import Text
from pipeline.document import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

RULES: tuple[Recogniser, ...] = (agencies.find, persons.find)
MODES = ("beside", "replace")

LABELS: dict[str, Label] = {"ORG": "ORG", "PERSON": "PERSON", "PER": "PERSON"}
"""A model's labels as ours. Its places (LOC, GPE) are countries, roads and stations too; ours come from the gazetteer."""


@cache
def recognisers(ner: Path | None = None, mode: str = "beside") -> tuple[Recogniser, ...]:
    """The rules, or with the folder of a trained spaCy pipeline: the rules and its `ner` (beside), or it alone (replace).

    The same arguments give the same instance. Raises UsageError for an unknown mode and for a folder without such a model.
    """
    if mode not in MODES:
        raise UsageError(f"there is no way {mode!r} to use a model; choose one of {', '.join(MODES)}")
    if ner is None:
        if mode != "beside":
            raise UsageError("there is no model to take the place of the rules; name its folder")
        return RULES
    trained = Trained(_model(ner))
    return (trained,) if mode == "replace" else (*RULES, trained)


def _model(path: Path) -> Language:
    import spacy

    try:
        nlp = spacy.load(path)
    except (OSError, ValueError, KeyError, ImportError) as error:
        # What spaCy raises for a folder that is missing, is no pipeline, is damaged, or needs what is not installed.
        raise UsageError(f"holds no trained spaCy pipeline: {error}", where=str(path)) from error
    if "ner" not in nlp.pipe_names or LABELS.keys().isdisjoint(nlp.pipe_labels["ner"]):
        raise UsageError(f"the pipeline has no `ner` that knows one of {', '.join(LABELS)}", where=str(path))
    return nlp


class Trained:
    """The recogniser that a trained spaCy pipeline is: it runs on the segmenter's words, a Doc a paragraph."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def __call__(self, text: Text, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """ORG and PERSON mentions; none that overlaps one found before, or is a place and nothing more."""
        taken = {i for m in mentions if m.label in ("ORG", "PERSON") for i in range(m.start, m.end)}
        places = {(m.start, m.end) for m in mentions if m.label in ("PROVINCE", "PLACE")}
        for start, end, label in self._entities(text):
            if (start, end) in places or not taken.isdisjoint(range(start, end)):
                continue
            value = NameValue("".join(text.printed[start:end].split()))
            yield Mention(start, end, label, value, f"{label.lower()}.ner")

    def _entities(self, text: Text) -> list[tuple[int, int, Label]]:
        from spacy.tokens import Doc

        docs = (
            (Doc(self._nlp.vocab, words=words, spaces=[False] * len(words)), start)
            for start, words in _paragraphs(text)
        )
        # In a memory zone the words of a text are forgotten after it; else a long run would keep all it ever saw.
        with self._nlp.memory_zone():
            return [
                (start + entity.start_char, start + entity.end_char, LABELS[entity.label_])
                for doc, start in self._nlp.pipe(docs, as_tuples=True)
                for entity in doc.ents
                if entity.label_ in LABELS
            ]


def _paragraphs(text: Text) -> Iterator[tuple[int, list[str]]]:
    """The words of each paragraph, with the place where it starts; a name does not go over a line end."""
    for is_end, spans in groupby(text.words, lambda span: text.chars[span[0] : span[1]] == "\n"):
        if not is_end:
            words = list(spans)
            yield words[0][0], [text.chars[start:end] for start, end in words]
