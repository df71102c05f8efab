"""A model trained here goes through extraction, spaCy and the command line, and the same input gives the same one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

import pipeline
from pipeline import recognise, run
from pipeline.cli import app
from pipeline.document import UsageError
from pipeline.loading import from_text

TEXT = "湖北省民政厅的紫竹斋\n今天开门。小石头唱了一首歌。"


def zhengce(*arguments, data=b""):
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]
    # The kernel that numpy's BLAS is told to use decides the last bits of a sum, in this process and in that one.
    kernel = {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS_")}
    env = {"PATH": "/usr/bin:/bin", **kernel}
    return subprocess.run(command, input=data, capture_output=True, env=env, check=False)


def names(mentions):
    return [(m["label"], m["text"], m["rule"]) for m in mentions if m["label"] in ("ORG", "PERSON")]


def found(text, model, mode):
    extraction = run.extract(from_text(text), recognisers=recognise.recognisers(model, mode))
    return [(m.label, m.text, m.rule) for m in extraction.mentions if m.label in ("ORG", "PERSON")]


def test_beside_the_rules_and_in_their_place(model):
    new = [("ORG", "紫竹斋", "org.ner"), ("PERSON", "小石头", "person.ner")]
    known = ("ORG", "湖北省民政厅", "org.department")
    assert found(TEXT, model, "beside") == [known, *new]
    assert found(TEXT, model, "replace")[-2:] == new
    assert known not in found(TEXT, model, "replace")


def test_a_name_of_the_rules_stands_and_a_title_holds_none(model):
    text = "紫竹斋今天开门。《紫竹斋今天开门》"
    assert [name for _, name, _ in found(text, model, "beside")] == ["紫竹斋"]
    rules = [lambda text, mentions: iter([recognise.Mention(0, 4, "ORG", recognise.NameValue("紫竹斋今"), "org.own")])]
    both = [*rules, *recognise.recognisers(model, "replace")]
    extraction = run.extract(from_text(text), recognisers=both)
    assert [m.rule for m in extraction.mentions if m.label == "ORG"] == ["org.own"]


def test_language_with_a_model_is_saved_and_loaded(model, tmp_path):
    nlp = pipeline.load(ner=str(model), ner_mode="replace")
    nlp.to_disk(tmp_path / "nlp")
    text = TEXT.replace("\n", "")
    for language in (nlp, spacy.load(tmp_path / "nlp")):
        assert ("ORG", "紫竹斋", "org.ner") in names(language(text)._.mentions)


def test_command_line(model):
    done = zhengce("extract", "--ner", model, data=TEXT.encode())
    assert done.returncode == 0
    assert [name for _, name, _ in names(json.loads(done.stdout)["mentions"])] == ["湖北省民政厅", "紫竹斋", "小石头"]
    alone = zhengce("extract", "--ner", model, "--ner-mode", "replace", data=TEXT.encode())
    assert "org.department" not in {rule for _, _, rule in names(json.loads(alone.stdout)["mentions"])}


def test_train_ner_compares_on_held_out_gold_and_gives_the_same_model_again(project, iob2, model):
    folders = ("--gold", project / "gold", "--corpus", project / "corpus")
    done = zhengce("train-ner", *folders, "--iob2", iob2, "--held-out", "dev", "--to", project / "model")
    assert done.returncode == 0
    files = [path.relative_to(model) for path in sorted(model.rglob("*")) if path.is_file()]
    assert Path("config.cfg") in files
    assert all((model / file).read_bytes() == (project / "model" / file).read_bytes() for file in files)
    rows = {tuple(line.split()[:2]): line.split()[2:5] for line in done.stdout.decode().splitlines()[2:]}
    assert rows["rules", "ORG"] == ["1.000", "0.333", "0.500"]
    assert rows["rules", "PERSON"][2] == "0.000"
    assert rows["trained", "PERSON"][2] == rows["both", "PERSON"][2] == "1.000"
    assert "青云阁" not in done.stdout.decode()


@pytest.fixture
def damaged(model, tmp_path):
    """Folders that hold no model, with a word of what is said of them."""
    spacy.blank("zh").to_disk(tmp_path / "blank")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    for path in model.rglob("*"):
        if path.is_file():
            target = tmp_path / "broken" / path.relative_to(model)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes()[: 50 if path.name == "model" else None])
    return {"blank": "no `ner`", "empty": "no trained", "missing": "no trained", "broken": "no trained"}


def test_a_folder_without_a_model_is_a_wrong_call(damaged, tmp_path):
    for name, word in damaged.items():
        with pytest.raises(UsageError, match=word):
            pipeline.load(ner=str(tmp_path / name))
    done = zhengce("extract", "--ner", tmp_path / "missing", data=TEXT.encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"error: {tmp_path / 'missing'}: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["extract", "--ner-mode", "replace"], "place of the rules"),
        (["train-ner", "--to", "{}/gold"], "already"),
        (["train-ner", "--to", "{}/none/model"], "no such folder"),
        (["train-ner", "--to", "{}/model", "--held-out", "nothing"], "nothing"),
        (["train-ner", "--to", "{}/model", "--held-out", "dev"], "no names to train on"),
        (["train-ner", "--to", "{}/model", "--held-out", "door", "--iob2", "{}/nowhere"], "nowhere"),
    ],
)
def test_a_wrong_call_is_told(project, arguments, word):
    folders = ["--gold", project / "gold", "--corpus", project / "corpus"] if arguments[0] == "train-ner" else []
    call = [*(part.format(project) for part in arguments), *map(str, folders)]
    done = CliRunner().invoke(app, call, input=TEXT)
    assert done.exit_code == 2
    assert word in done.stderr
    assert done.stdout == ""
    assert not (project / "model").exists()
