"""The spaCy side: jieba's words as a tokenizer, and one component, `zhengce`, that puts mentions and records on a Doc.

Both are registered by entry points, so `spacy.blank("zh").add_pipe("zhengce")` and `spacy.load` of a saved Language work
wherever the package is installed. Text given to a Language is taken as clean: layout is for `pipeline.extract`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from extractors.recogniser import Recogniser
from extractors.text import Segmenter
from pipeline import output, run
from pipeline.document import Extraction, reference_day
from pipeline.layout import as_it_is
from pipeline.loading import from_text
from pipeline.recognise import recognisers
from pipeline.segment import segmenter as make_segmenter

for _name in ("mentions", "records", "findings"):
    Doc.set_extension(_name, default=None, force=True)


def load(
    segmenter: str = "rjieba",
    dictionary: str | None = None,
    reference: str | None = None,
    ner: str | None = None,
    ner_mode: str = "beside",
) -> Language:
    """A Language that reads clean Chinese text: the tokenizer and the component `zhengce`.

    `segmenter` is rjieba or jieba, `dictionary` a file in jieba's format, `reference` the ISO 8601 day that relative dates
    count from, `ner` the folder of a trained spaCy pipeline that finds names beside the rules or, with `ner_mode`
    "replace", in their place. Raises UsageError for an unknown name, an unreadable dictionary, a folder without a model.
    """
    settings = {"segmenter": segmenter, "dictionary": dictionary}
    tokenizer = {"@tokenizers": "zhengce.Tokenizer.v1", **settings}
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": tokenizer}})
    nlp.add_pipe("zhengce", config={**settings, "reference": reference, "ner": ner, "ner_mode": ner_mode})
    return nlp


class Tokenizer(DummyTokenizer):
    """The segmenter's words as tokens; white space is a token of its own, so that `doc.text` is the text."""

    def __init__(self, vocab: Vocab, segmenter: str, dictionary: str | None) -> None:
        self.vocab = vocab
        self.segmenter = segmenter
        self.dictionary = dictionary
        _cutter(segmenter, dictionary)

    def __call__(self, text: str) -> Doc:
        """A Doc of the words of a text."""
        return _doc(self.vocab, list(_cutter(self.segmenter, self.dictionary)(text)))

    def __reduce__(self) -> tuple[type[Tokenizer], tuple[Vocab, str, str | None]]:
        return Tokenizer, (self.vocab, self.segmenter, self.dictionary)


@registry.tokenizers("zhengce.Tokenizer.v1")  # type: ignore[untyped-decorator]  # catalogue's decorator has no types
def make_tokenizer(segmenter: str = "rjieba", dictionary: str | None = None) -> object:
    """What makes the tokenizer of a Language, as spaCy's configuration wants it."""

    def tokenizer(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, segmenter, dictionary)

    return tokenizer


@Language.factory(
    "zhengce",
    default_config={"segmenter": "rjieba", "dictionary": None, "reference": None, "ner": None, "ner_mode": "beside"},
    assigns=["doc._.mentions", "doc._.records", "doc._.findings"],
)
def make_component(
    nlp: Language,  # noqa: ARG001  # spaCy passes both by name
    name: str,  # noqa: ARG001
    segmenter: str,
    dictionary: str | None,
    reference: str | None,
    ner: str | None,
    ner_mode: str,
) -> Component:
    """The component of a Language; it comes first, since it makes the tokens anew."""
    return Component(segmenter, dictionary, reference, ner, ner_mode)


class Component:
    """Extracts from the text of a Doc and gives a Doc with the same text, whose tokens end where mentions do.

    `doc._.mentions`, `doc._.records` and `doc._.findings` hold the plain JSON shapes of the output, with offsets into
    `doc.text`; `doc.spans["zhengce"]` a span for each mention, its rule as `span.id_`.
    """

    def __init__(
        self, segmenter: str, dictionary: str | None, reference: str | None, ner: str | None, ner_mode: str
    ) -> None:
        self.segmenter = segmenter
        self.dictionary = dictionary
        self.reference = reference
        reference_day(reference)
        self.ner = ner
        self.ner_mode = ner_mode
        _cutter(segmenter, dictionary)
        _recognisers(ner, ner_mode)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its mentions and records."""
        reference = reference_day(self.reference)
        cut = _cutter(self.segmenter, self.dictionary)
        names = _recognisers(self.ner, self.ner_mode)
        extraction = run.analyse(as_it_is(from_text(doc.text)), reference, segmenter=cut, recognisers=names)
        return annotated(doc.vocab, cut(doc.text), extraction)


def annotated(vocab: Vocab, words: Sequence[str], extraction: Extraction) -> Doc:
    """A Doc of words, cut also at the edges of all mentions; the words joined are the text that offsets count in."""
    text = "".join(words)
    edges = {0, len(text)}
    position = 0
    for word in words:
        position += len(word)
        edges.add(position)
    for mention in extraction.mentions:
        edges |= {mention.start, mention.end}
    doc = _doc(vocab, [text[start:end] for start, end in pairwise(sorted(edges))])
    plain = output.to_dict(extraction)
    doc._.mentions, doc._.records, doc._.findings = plain["mentions"], plain["records"], plain["findings"]
    doc.spans["zhengce"] = [_span(doc, m.start, m.end, m.label, m.rule) for m in extraction.mentions]
    return doc


def _span(doc: Doc, start: int, end: int, label: str, rule: str) -> Span:
    span = doc.char_span(start, end, label=label, span_id=rule)
    assert span is not None, "tokens end where mentions do"
    return span


def _doc(vocab: Vocab, words: list[str]) -> Doc:
    return Doc(vocab, words=words, spaces=[False] * len(words))


def _cutter(segmenter: str, dictionary: str | None) -> Segmenter:
    return make_segmenter(segmenter, Path(dictionary) if dictionary is not None else None)


def _recognisers(ner: str | None, mode: str) -> tuple[Recogniser, ...]:
    return recognisers(Path(ner) if ner is not None else None, mode)
