"""The gold that comes with the project: its schema is current, and every file follows it and fits its text."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.evaluate import compile as compiler
from pipeline.evaluate import dataset

ROOT = Path(__file__).parent.parent
GOLD = sorted((ROOT / "gold").rglob("*.gold.json"))
FOLDERS = [folder for folder in (ROOT / "corpus", ROOT.parent / "shared" / "corpus") if folder.is_dir()]


def schema_validator():
    return jsonschema.Draft202012Validator(json.loads(compiler.schema()), format_checker=jsonschema.FormatChecker())


def test_schema_is_current():
    """Write it anew with `python -m pipeline.evaluate.compile --schema --to gold`."""
    assert (ROOT / "gold" / "schema.json").read_text(encoding="utf-8") == compiler.schema()


def test_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(compiler.schema()))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name)
def test_gold_follows_the_schema(path):
    validator = schema_validator()
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(path.read_bytes()))]
    assert problems == []


def test_schema_refuses_what_the_guidelines_do_not_know():
    validator = schema_validator()
    gold = {"id": "x", "source": {"sha256": "0" * 64}, "mentions": [], "records": [], "findings": []}
    assert validator.is_valid(gold)
    for change in (
        {"source": {}},
        {"note": ""},
        {"reference": "April"},
        {"findings": [{"code": "odd", "message": "", "spans": []}]},
        {"source": {"sha256": "0"}},
        {"mentions": [{"label": "DATE", "start": 0, "end": 1, "text": "x", "value": {"name": "x"}}]},
    ):
        assert not validator.is_valid({**gold, **change}), change


@pytest.mark.skipif(not GOLD, reason="no gold yet")
def test_gold_fits_its_texts():
    """Reading refuses a mention whose text is not the source's at its place."""
    loaded = dataset.load(ROOT / "gold", FOLDERS)
    assert len(loaded.examples) + len(loaded.skipped) == len(GOLD)


def test_every_document_of_the_corpus_is_in_the_manifest_once():
    manifest = ROOT / "corpus" / "manifest.jsonl"
    if not manifest.is_file():
        pytest.skip("no manifest yet")
    lines = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    files = sorted(path.relative_to(ROOT / "corpus").as_posix() for path in (ROOT / "corpus").rglob("*.txt"))
    assert sorted(line["file"] for line in lines) == files
    assert len({line["id"] for line in lines}) == len(lines)
    assert {line["split"] for line in lines} <= {"dev", "test"}


def test_findings_of_the_documents_that_rules_were_written_on():
    """All that the gold lists, and no other: of the split `dev` and, where its text is here, of the article."""
    examples = [e for e in dataset.load(ROOT / "gold", FOLDERS).examples if e.about.get("split") != "test"]
    assert examples
    for example, found in zip(examples, dataset.extract(examples), strict=True):
        expected = sorted(finding["code"] for finding in example.gold["findings"])
        assert (example.id, sorted(finding["code"] for finding in found["findings"])) == (example.id, expected)
