"""Chinese policy texts in, structured policy data out.

The calls that most users need, imported when they are first used: `extract(source)` and `read(text)` give an Extraction,
`load()` a spaCy Language.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.document import Extraction

__all__ = ["extract", "load", "read"]


def extract(path: str | Path, reference: dt.date | str | None = None) -> Extraction:
    """Mentions, records and findings of a file (text, HTML, PDF, DOCX), with offsets into its text as loaded.

    `reference` is the day that relative dates count from (2021-04-01); without it the document's own. Raises LoadError
    for a file that cannot be read, UsageError for what is no day. `pipeline.loading.file(path).text` is the text that the offsets count in.
    """
    from pipeline import loading, run
    from pipeline.document import reference_day

    return run.extract(loading.file(Path(path)), reference_day(reference))


def read(text: str, reference: dt.date | str | None = None) -> Extraction:
    """The same for a text at hand, however long; its lines may be wrapped, and offsets count in it as it is."""
    from pipeline import loading, run
    from pipeline.document import reference_day

    return run.extract(loading.from_text(text), reference_day(reference))


def load(
    segmenter: str = "rjieba",
    dictionary: str | None = None,
    reference: str | None = None,
    ner: str | None = None,
    ner_mode: str = "beside",
) -> Language:
    """A spaCy Language that reads clean text; see `pipeline.component.load`."""
    from pipeline import component

    return component.load(segmenter, dictionary, reference, ner, ner_mode)
