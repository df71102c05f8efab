"""Scores against hand-counted cases and against the independent scorer, where that is at hand."""

import copy
import io
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from pipeline.evaluate import annotation, dataset, gold, html, report, scoring, table

SCORER = Path(__file__).parents[4] / "shared" / "tools" / "score.py"
TEXT = "江城省 在 2021年底前 建成50个站点，占30%。每个补助 25万元 。"


def mention(label, text, value, shift=(0, 0)):
    start = TEXT.index(text)
    return {
        "label": label,
        "start": start + shift[0],
        "end": start + len(text) + shift[1],
        "text": text,
        "value": value,
    }


DATE = mention("DATE", "2021年底", {"start": "2021-12-01", "end": "2021-12-31"})
SHARE = mention("PERCENT", "30%", {"cmp": "=", "low": "0.3", "high": "0.3"})
AMOUNT = mention("YUAN", "25万元", {"cmp": "=", "low": "250000", "high": "250000"})


def counts(gold_mentions, found, label, measure="strict"):
    scores = scoring.score(TEXT, {"mentions": gold_mentions}, {"mentions": found})
    row = getattr(scores, measure)[label]
    return row.tp, row.fp, row.fn


def test_numbers_are_compared_as_numbers():
    other = {**SHARE, "value": {"cmp": "=", "low": "0.30", "high": "3E-1"}}
    assert counts([SHARE], [other], "PERCENT") == (1, 0, 0)


@pytest.mark.parametrize("change", [{"cmp": "≥"}, {"low": None}, {"high": "0.31"}, {"unit": "pp"}])
def test_any_part_of_the_value_counts(change):
    other = {**SHARE, "value": {**SHARE["value"], **change}}
    assert counts([SHARE], [other], "PERCENT") == (0, 1, 1)
    assert counts([SHARE], [other], "PERCENT", "span") == (1, 0, 0)


def test_white_space_at_the_ends_is_ignored():
    wider = mention("DATE", "2021年底", DATE["value"], shift=(-1, 0))
    assert counts([DATE], [wider], "DATE") == (1, 0, 0)
    assert counts([DATE], [mention("DATE", "2021年底", DATE["value"], shift=(0, 1))], "DATE") == (0, 1, 1)


def test_overlap_pairs_one_to_one():
    halves = [mention("DATE", "2021年", DATE["value"]), mention("DATE", "年底", DATE["value"])]
    assert counts([DATE], halves, "DATE", "overlap") == (1, 1, 0)
    assert counts([DATE], halves, "DATE", "span") == (0, 2, 1)


def test_what_a_table_head_gives_is_left_out():
    inherited = {**AMOUNT, "value": {**AMOUNT["value"], "inherited": True}}
    assert counts([], [inherited], "YUAN") == (0, 0, 0)


def test_broken_predictions_do_not_break_the_scorer():
    odd = [
        {"label": "YUAN", "start": -5, "end": 10**6, "value": {"low": "NaN", "high": "sNaN"}},
        {"label": "NOTHING", "start": 0, "end": 1, "value": None},
        {"label": "DATE", "start": 9, "end": 3},
    ]
    assert counts([AMOUNT], odd, "YUAN") == (0, 1, 1)


def record(**changes):
    base = {
        "province": {"code": "990000", "name": "江城省"},
        "issuers": ["江城省民政厅"],
        "date": {"start": "2021-03-29", "end": "2021-03-29"},
        "title": "办法",
        "targets": [],
        "funding": [],
        "spans": [[0, 5]],
    }
    return {**base, **changes}


def test_records_are_paired_by_agreement_not_by_order():
    one, two = record(), record(title="细则", issuers=["江城省教育厅"])
    scores = scoring.score(TEXT, {"mentions": [], "records": [one, two]}, {"mentions": [], "records": [two, one]})
    assert scoring.total([scores.records]) == scoring.Counts(8, 0, 0)


def test_records_fields():
    goal = {"kind": "coverage", "value": {"percent": {"cmp": "≥", "low": "0.3", "high": None}}, "deadline": None}
    pay = {"kind": "yuan", "value": {"cmp": "=", "low": "5", "high": "5"}, "per": "每个"}
    wanted = record(targets=[goal], funding=[pay], joint=3)
    found = record(targets=[{**goal, "kind": "percent", "value": goal["value"]["percent"]}], funding=[pay], joint=4)
    scores = scoring.score(TEXT, {"mentions": [], "records": [wanted]}, {"mentions": [], "records": [found]})
    assert scores.records["target"] == scoring.Counts(0, 1, 1)
    assert scores.records["funding"] == scoring.Counts(1, 0, 0)
    assert scores.records["joint"] == scoring.Counts(0, 1, 1)
    assert scores.beside["per"] == scoring.Counts(1, 0, 0)
    assert scores.beside["spans"] == scoring.Counts(4, 0, 0)


def test_findings_need_their_code_and_a_common_place():
    wanted = [{"code": "no-such-date", "message": "", "spans": [[0, 5]]}]
    near = [{"code": "no-such-date", "message": "", "spans": [[4, 9]]}]
    far = [{"code": "no-such-date", "message": "", "spans": [[5, 9]]}]
    other = [{"code": "parts-not-total", "message": "", "spans": [[0, 5]]}]
    for found, expected in ((near, (1, 0, 0)), (far, (0, 1, 1)), (other, (0, 0, 1))):
        scores = scoring.score(TEXT, {"mentions": [], "findings": wanted}, {"mentions": [], "findings": found})
        row = scores.findings["no-such-date"]
        assert (row.tp, row.fp, row.fn) == expected


SCALAR = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.lists(st.none()))
FLAT = st.dictionaries(st.sampled_from(["start", "end", "code", "low", "high", "cmp", "unit", "earliest"]), SCALAR)
SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=3)
MEASURE = st.fixed_dictionaries(
    {}, optional={"kind": st.sampled_from(["coverage", "yuan", None]), "value": FLAT | st.none(), "deadline": FLAT}
)
DOCUMENT = st.fixed_dictionaries(
    {},
    optional={
        "mentions": st.lists(
            st.fixed_dictionaries(
                {
                    "label": st.sampled_from([*scoring.KEYS, "ODD"]),
                    "start": st.integers(-5, 60),
                    "end": st.integers(-5, 60),
                },
                optional={"value": FLAT | st.none(), "rule": st.text(max_size=3)},
            )
        ),
        "records": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    **dict.fromkeys(["title", "joint", "action", "number"], SCALAR),
                    **dict.fromkeys(["province", "date"], FLAT | st.none()),
                    **dict.fromkeys(["targets", "funding"], st.lists(MEASURE, max_size=3)),
                    "spans": SPANS,
                },
            ),
            max_size=3,
        ),
        "findings": st.lists(
            st.fixed_dictionaries({"code": st.text(max_size=3), "spans": SPANS}, optional={"message": st.text()})
        ),
    },
)


@given(DOCUMENT, DOCUMENT)
@settings(max_examples=60, deadline=None)
def test_whatever_passes_the_check_is_scored_and_reported(one, other):
    if dataset._shape(one) or dataset._shape(other):
        return
    example = dataset.Example("x", Path("x.txt"), "0" * 64, TEXT, one, {})
    scored = report.evaluate(dataset.Dataset((example,), ()), [other])
    figures = report.to_dict(scored)
    table.render(figures, Console(file=io.StringIO()))
    html.render(scored, figures)
    for measure in ("strict", "span", "overlap"):
        assert 0 <= figures["mentions"][measure]["core"]["f1"] <= 1
    same = report.to_dict(report.evaluate(dataset.Dataset((example,), ()), [one]))
    assert same["mentions"]["strict"]["core"]["f1"] == 1
    assert not [error for error in same["errors"] if not error["what"].startswith(("records", "findings"))]


def damaged(document, seed):
    """A copy with errors of every kind, the same for the same seed."""
    draw = random.Random(seed)
    out = copy.deepcopy(document)
    for found in list(out["mentions"]):
        chance = draw.random()
        if chance < 0.15:
            out["mentions"].remove(found)
        elif chance < 0.3:
            found["end"] -= 1
        elif chance < 0.4:
            found["label"] = draw.choice(list(scoring.KEYS))
        elif chance < 0.5:
            found["value"] = dict.fromkeys(found["value"])
        elif chance < 0.6:
            out["mentions"].append(copy.deepcopy(found))
    out["records"] = [*out["records"], *copy.deepcopy(out["records"])][:: draw.choice([1, -1])]
    for one in out["records"]:
        for key in ("province", "date", "title", "joint"):
            if draw.random() < 0.3:
                one[key] = None
        if draw.random() < 0.5:
            one["issuers"] = [*one["issuers"], "别的厅"]
            one["targets"] = one["targets"][1:]
    return out


def independent(gold_folder, text_folder, predictions):
    done = subprocess.run(
        [sys.executable, SCORER, gold_folder, predictions, "--text", text_folder, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[0])


def assert_same_figures(figures, theirs):
    for measure, title in (("strict", "mentions, span+value"), ("span", "mentions, span only")):
        assert set(figures["mentions"][measure]) == set(theirs[title])
        for label, row in theirs[title].items():
            ours = figures["mentions"][measure][label]
            assert [ours["precision"], ours["recall"], ours["f1"]] == pytest.approx(row[:3], abs=1e-12)
            assert row[3:] in ([], [ours["tp"], ours["fp"], ours["fn"]])
    for name, row in theirs["records"].items():
        ours = figures["records"][name]
        assert [ours["precision"], ours["recall"], ours["f1"]] == pytest.approx(row[:3], abs=1e-12)


@pytest.mark.skipif(not SCORER.is_file(), reason="the independent scorer is not beside the project")
@pytest.mark.parametrize("seed", range(5))
def test_same_figures_as_the_independent_scorer(folder, tmp_path, seed):
    corpus, gold_folder, predictions = folder / "corpus" / "notices", tmp_path / "gold", tmp_path / "p.jsonl"
    gold_folder.mkdir()
    compiled = gold.dumps(annotation.read(folder / "subsidy.yaml", gold.Corpus([corpus])))
    (gold_folder / "subsidy.gold.json").write_text(compiled, encoding="utf-8")
    line = damaged(json.loads(compiled), seed)
    predictions.write_text(json.dumps({**line, "id": "some/subsidy.txt"}) + "\n", encoding="utf-8")
    loaded = dataset.load(gold_folder, [corpus])
    read = dataset.Predictions(predictions)
    figures = report.to_dict(report.evaluate(loaded, [read.of(example) for example in loaded.examples]))
    assert_same_figures(figures, independent(gold_folder, corpus, predictions))
    assert 0 < figures["mentions"]["strict"]["core"]["f1"] < 1


ROOT = Path(__file__).parents[3]
GOLD = sorted((ROOT / "gold").rglob("*.gold.json"))
FOLDERS = [folder for folder in (ROOT / "corpus", ROOT.parent / "shared" / "corpus") if folder.is_dir()]


@pytest.mark.skipif(not SCORER.is_file(), reason="the independent scorer is not beside the project")
@pytest.mark.skipif(not GOLD, reason="no gold yet")
def test_same_figures_on_what_the_pipeline_finds(tmp_path):
    """Amounts inherited from a table's head are taken out first: the independent scorer does not know the mark."""
    loaded = dataset.load(ROOT / "gold", FOLDERS)
    found = list(dataset.extract(loaded.examples))
    with (tmp_path / "found.jsonl").open("w", encoding="utf-8") as lines:
        for example, extraction in zip(loaded.examples, found, strict=True):
            (tmp_path / f"{example.id}.gold.json").write_text(json.dumps(example.gold), encoding="utf-8")
            (tmp_path / f"{example.id}.txt").write_text(example.text, encoding="utf-8", newline="")
            mentions = [m for m in extraction["mentions"] if not m["value"].get("inherited")]
            line = {"id": example.id, "mentions": mentions, "records": extraction["records"]}
            lines.write(json.dumps(line) + "\n")
    figures = report.to_dict(report.evaluate(loaded, found))
    assert_same_figures(figures, independent(tmp_path, tmp_path, tmp_path / "found.jsonl"))
