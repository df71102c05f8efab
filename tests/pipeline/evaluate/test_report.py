"""Reports: errors and their classes, intervals, groups, bars, comparison, the page, and the command's exit codes."""

import copy
import json

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.evaluate import evaluate
from pipeline.cli.schema import schema
from pipeline.document import UsageError
from pipeline.evaluate import agreement, annotation, dataset, errors, gold, report
from pipeline.evaluate.html import render

app = typer.Typer()
app.command()(evaluate)
app.command()(schema)


@pytest.fixture
def data(folder):
    """Gold folder beside the corpus, a manifest, gold without a text, and a perfect prediction."""
    compiled = gold.dumps(annotation.read(folder / "subsidy.yaml", gold.Corpus([folder / "corpus"])))
    (folder / "gold").mkdir()
    (folder / "gold" / "subsidy.gold.json").write_text(compiled, encoding="utf-8")
    absent = {"id": "absent", "source": {"sha256": "f" * 64}, "mentions": [], "records": [], "findings": []}
    (folder / "gold" / "absent.gold.json").write_text(json.dumps(absent), encoding="utf-8")
    line = {"file": "notices/subsidy.txt", "id": "subsidy", "genre": "notice", "layout": "wrapped", "split": "dev"}
    (folder / "corpus" / "manifest.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    predict(folder, json.loads(compiled))
    return folder


def predict(folder, document):
    document = {**document, "source": "subsidy.txt"}
    (folder / "found.jsonl").write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")


def perfect(data):
    return json.loads((data / "gold" / "subsidy.gold.json").read_text(encoding="utf-8"))


def find(document, label, text):
    return next(m for m in document["mentions"] if m["label"] == label and "".join(m["text"].split()) == text)


def broken(data):
    document = copy.deepcopy(perfect(data))
    find(document, "PERCENT", "30%")["value"]["cmp"] = "="
    find(document, "PERCENT", "30%")["rule"] = "percent.plain"
    find(document, "YUAN", "25万元")["end"] -= 1
    document["mentions"].remove(find(document, "PERSON", "王某"))
    find(document, "COUNT", "50个")["label"] = "PLACE"
    start = document["mentions"][0]["start"]
    document["mentions"].append({"label": "DURATION", "start": start, "end": start + 1, "value": {"low": "P1Y"}})
    document["records"][0]["date"] = {"start": "2021-03-30", "end": "2021-03-30"}
    document["records"][0]["targets"].pop()
    document["findings"] = [{"code": "no-such-date", "message": "<script>alert(1)</script>", "spans": [[0, 3]]}]
    return document


def run(data, *arguments, predictions=True):
    given = ["--predictions", str(data / "found.jsonl")] if predictions else []
    common = ["evaluate", "--gold", str(data / "gold"), "--corpus", str(data / "corpus"), *given]
    return CliRunner().invoke(app, [*common, *map(str, arguments)])


def figures_of(data, *arguments):
    return json.loads(run(data, "--format", "json", *arguments).stdout)


def test_perfect_prediction(data):
    figures = figures_of(data)
    assert figures["mentions"]["strict"]["core"]["f1"] == figures["records"]["all"]["f1"] == 1
    assert figures["findings"]["all"]["f1"] == 1
    assert figures["errors"] == []
    assert figures["skipped"] == [{"id": "absent", "sha256": "f" * 64}]
    assert all(row["f1"] == 1 for row in figures["beside"].values())


def test_error_classes(data):
    predict(data, broken(data))
    figures = figures_of(data)
    assert {(error["what"], error["class"]) for error in figures["errors"]} == {
        ("PERCENT", "value"),
        ("YUAN", "boundary"),
        ("PERSON", "missing"),
        ("COUNT", "label"),
        ("DURATION", "spurious"),
        ("records.date", "value"),
        ("records.target", "missing"),
        ("findings.no-such-date", "spurious"),
        ("findings.parts-not-total", "missing"),
    }
    (share,) = [error for error in figures["errors"] if error["what"] == "PERCENT"]
    assert share["rule"] == "percent.plain"
    assert share["sentence"].startswith("到2021年底前建成")
    assert share["expected"]["value"]["cmp"] == "≥"
    assert share["found"]["value"]["cmp"] == "="
    assert figures["error_classes"]["YUAN"] == {"boundary": 1}


def test_table_names_every_error(data):
    predict(data, broken(data))
    out = run(data).stdout
    for part in ("PERCENT value", "YUAN boundary", "PERSON missing", "skipped: absent", "core", "records F1"):
        assert part in out


def test_scores_only_shows_nothing_of_the_text(data):
    predict(data, broken(data))
    for layout in ("table", "json"):
        out = run(data, "--scores-only", "--format", layout).stdout
        assert out
        assert not set("江城省民政厅王某") & set(out)
    assert run(data, "--scores-only", "--html", data / "e.html").exit_code == 2


def test_bars(data):
    predict(data, broken(data))
    assert run(data, "--fail-under", "core=0.1,records=0.1,records.title=1").exit_code == 0
    short = run(data, "--fail-under", "core=0.97,TITLE=1")
    assert short.exit_code == 1
    assert short.stderr.startswith("core: F1 0.")
    assert "TITLE" not in short.stderr
    empty = run(data, "--fail-under", "PLACE=0,records.joint=0.5")
    assert "records.joint: nothing to score" in empty.stderr
    assert empty.exit_code == 1


@pytest.mark.parametrize("written", ["core", "core=x", "core=1.5", "cores=0.5", "records.x=0.5", ""])
def test_bars_that_are_none(data, written):
    assert run(data, "--fail-under", written or ",").exit_code == 2


def test_require_all(data):
    assert run(data).exit_code == 0
    assert run(data, "--require-all").exit_code == 1
    assert "f" * 64 in run(data, "--require-all").stderr
    (data / "gold" / "absent.gold.json").unlink()
    assert run(data, "--require-all").exit_code == 0
    (data / "found.jsonl").write_text("", encoding="utf-8")
    assert "subsidy: no prediction" in run(data, "--require-all").stderr


def test_text_without_prediction_counts_as_nothing_found(data):
    (data / "found.jsonl").write_text("\n", encoding="utf-8")
    figures = figures_of(data)
    assert figures["unpredicted"] == ["subsidy"]
    assert figures["mentions"]["strict"]["core"]["recall"] == 0


def test_split_and_groups(data):
    figures = figures_of(data, "--split", "dev")
    assert figures["groups"]["genre"]["notice"]["documents"] == 1
    assert figures["skipped"] == []
    nothing = run(data, "--split", "test")
    assert nothing.exit_code == 1
    assert "nothing was scored" in nothing.stderr


def test_against_an_earlier_report(data):
    predict(data, broken(data))
    earlier = data / "earlier.json"
    earlier.write_text(run(data, "--format", "json").stdout, encoding="utf-8")
    document = broken(data)
    find(document, "PERCENT", "30%")["value"]["cmp"] = "≥"
    document["mentions"].remove(find(document, "ORG", "江城省民政厅"))
    predict(data, document)
    changes = figures_of(data, "--against", earlier)["against"]
    assert [error["what"] for error in changes["better"]] == ["PERCENT"]
    assert [(error["what"], error["class"]) for error in changes["worse"]] == [("ORG", "missing")]
    before, after = changes["f1"]["core"]
    assert before < after
    assert "better: subsidy" in run(data, "--against", earlier).stdout
    assert figures_of(data, "--against", earlier, "--scores-only")["against"]["better"] is None


def test_page_escapes_everything(data):
    document = broken(data)
    find(document, "ORG", "江城省民政厅")["value"]["name"] = "<img src=x onerror=alert(1)>"
    predict(data, document)
    assert run(data, "--html", data / "e.html").exit_code == 0
    page = (data / "e.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<mark>30%</mark>" in page


def test_page_escapes_the_text_itself(tmp_path):
    text = "在<script>alert('x')</script>省，占30%。"
    about = dataset.Example("<b>", tmp_path / "x.txt", "0" * 64, text, {"mentions": [
        {"label": "PERCENT", "start": text.index("30%"), "end": text.index("30%") + 3, "text": "30%", "value": {}}
    ]}, {})  # fmt: skip
    scored = report.evaluate(dataset.Dataset((about,), ()), [None])
    page = render(scored, report.to_dict(scored))
    assert "<script" not in page
    assert "<td><b>" not in page


def spoil(data, name, text):
    (data / name).write_text(text, encoding="utf-8")


BAD = {
    "no gold folder": (lambda d: (d / "gold").rename(d / "other"), 2, "no *.gold.json"),
    "no corpus folder": (lambda d: (d / "corpus").rename(d / "other"), 2, "no such corpus folder"),
    "gold no JSON": (lambda d: spoil(d, "gold/a.gold.json", "{"), 1, "a.gold.json: cannot be read as JSON"),
    "gold no object": (lambda d: spoil(d, "gold/a.gold.json", "[]"), 1, "a.gold.json: gold is an object"),
    "gold without hash": (lambda d: spoil(d, "gold/a.gold.json", '{"id": "a", "source": {}}'), 1, "source.sha256"),
    "no predictions": (lambda d: (d / "found.jsonl").unlink(), 2, "found.jsonl: cannot be read"),
    "line no JSON": (lambda d: spoil(d, "found.jsonl", '\n{"id"'), 1, "found.jsonl:2: no JSON"),
    "line no object": (lambda d: spoil(d, "found.jsonl", "[]"), 1, "found.jsonl:1: the line is no JSON object"),
    "mentions no list": (lambda d: spoil(d, "found.jsonl", '{"mentions": 1}'), 1, "found.jsonl:1: mentions: "),
    "mention without span": (
        lambda d: spoil(d, "found.jsonl", '{"mentions": [{"label": "DATE"}]}'),
        1,
        "mentions.0.start: ",
    ),
    "province a name": (
        lambda d: spoil(d, "found.jsonl", '{"records": [{"province": "x"}]}'),
        1,
        "records.0.province: ",
    ),
    "date of lists": (lambda d: spoil(d, "found.jsonl", '{"records": [{"date": {"start": []}}]}'), 1, "date.start"),
    "goal no object": (
        lambda d: spoil(d, "found.jsonl", '{"records": [{"targets": [5]}]}'),
        1,
        "records.0.targets.0: ",
    ),
    "finding without code": (
        lambda d: spoil(d, "found.jsonl", '{"findings": [{"spans": []}]}'),
        1,
        "findings.0.code: ",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_give_one_line(data, name):
    spoil_it, code, message = BAD[name]
    spoil_it(data)
    done = run(data)
    assert done.exit_code == code
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_gold_that_is_not_the_texts_is_refused(data):
    document = perfect(data)
    document["mentions"][0]["start"] += 1
    spoil(data, "gold/subsidy.gold.json", json.dumps(document))
    done = run(data)
    assert done.exit_code == 1
    assert "in the text" in done.stderr


def test_against_something_else(data):
    spoil(data, "earlier.json", '{"mentions": []}')
    assert run(data, "--against", data / "earlier.json").exit_code == 2
    assert run(data, "--against", data / "none.json").exit_code == 2


def test_interval_is_fixed_and_holds_the_figure():
    each = [report.Counts(9, 1, 0), report.Counts(5, 0, 5), report.Counts(7, 2, 1), report.Counts(0, 0, 0)]
    low, high = report.interval(each)
    assert report.interval(each) == (low, high)
    assert low < sum(each, report.Counts()).f1 < high
    assert report.interval(each[:1]) is None
    assert report.interval([report.Counts(3, 0, 0)] * 5) == (1, 1)


def test_sentence_stops_at_ends_of_sentences_and_paragraphs():
    text = "第一句。“第二句有30%。”第三句\n换行\n\n第四句"
    at = text.index("30%")
    assert text[slice(*errors.sentence(text, (at, at + 3)))] == "“第二句有30%。”"
    at = text.index("换行")
    assert text[slice(*errors.sentence(text, (at, at + 2)))] == "第三句\n换行"


def test_agreement(folder, capsys):
    other = (
        (folder / "subsidy.yaml")
        .read_text(encoding="utf-8")
        .replace('value: "≥ 0.3"}\n- {label: YUAN', 'value: "= 0.3"}\n- {label: YUAN')
    )
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    pair = [str(folder / "subsidy.yaml"), str(folder / "other.yaml"), "--corpus", str(folder / "corpus")]
    assert agreement.main(pair) == 0
    out = capsys.readouterr().out
    assert "records.all" in out
    assert 'PERCENT: A PERCENT 30% {"cmp": "≥"' in out
    assert '    B PERCENT 30% {"cmp": "="' in out
    assert agreement.main(pair[:1]) == 2


def test_agreement_of_two_texts_is_refused(folder):
    (folder / "corpus" / "other.txt").write_text("别的", encoding="utf-8")
    (folder / "other.yaml").write_text("id: other\nfile: other.txt\n", encoding="utf-8")
    with pytest.raises(UsageError, match="another text"):
        agreement.compare([folder / "subsidy.yaml", folder / "other.yaml"], gold.Corpus([folder / "corpus"]))


def test_schema_command_prints_the_schema():
    from pipeline import output

    assert json.loads(CliRunner().invoke(app, ["schema"]).stdout) == output.json_schema()
