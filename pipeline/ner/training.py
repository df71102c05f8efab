"""Training with spaCy's own loop by `config.cfg`; the same samples and seed give the same model."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_loop
from spacy.util import load_config_from_str

from pipeline.document import UsageError
from pipeline.ner.samples import Sample

_PICK_EVERY = 10
"""Of so many samples one is not trained on, but says which state of the model is the best."""


def check(to: Path) -> None:
    """Raise UsageError where a model cannot be written."""
    if to.exists() and not (to.is_dir() and not any(to.iterdir())):
        raise UsageError("is there already; name a new folder for the model", where=str(to))
    if not to.parent.is_dir():
        raise UsageError("there is no such folder to put the model into", where=str(to.parent))


def train(samples: Sequence[Sample], to: Path, seed: int = 0) -> None:
    """Write a trained spaCy pipeline into a new folder; progress goes to standard error. Raises UsageError."""
    check(to)
    picking, learning = samples[::_PICK_EVERY], [s for i, s in enumerate(samples) if i % _PICK_EVERY]
    if not any(sample.names for sample in learning):
        raise UsageError("there are no names to train on; give gold with its texts, or IOB2 files")
    with TemporaryDirectory() as folder:
        files = {"train": Path(folder) / "train.spacy", "dev": Path(folder) / "dev.spacy"}
        _store(learning, files["train"])
        _store(picking, files["dev"])
        written = resources.files("pipeline.ner").joinpath("config.cfg").read_text(encoding="utf-8")
        overrides = {f"paths.{name}": str(file) for name, file in files.items()}
        config = load_config_from_str(written, overrides={**overrides, "system.seed": seed})
        run_loop(init_nlp(config), Path(folder), stdout=sys.stderr, stderr=sys.stderr)
        # Loaded again without the paths of the training files, which are gone and differ from run to run.
        best = spacy.load(Path(folder) / "model-best", config={"paths": {"train": None, "dev": None}})
        try:
            best.to_disk(to)
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror}", where=str(to)) from None


def _store(samples: Sequence[Sample], file: Path) -> None:
    """Docs whose tokens are characters, so that every name has its edges; spaCy aligns them with the words."""
    nlp = spacy.blank("zh")
    stored = DocBin()
    for sample in samples:
        doc = Doc(nlp.vocab, words=list(sample.text), spaces=[False] * len(sample.text))
        doc.set_ents([Span(doc, start, end, label=label) for start, end, label in sample.names], default="outside")
        stored.add(doc)
    stored.to_disk(file)
