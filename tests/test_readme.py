"""What the README shows is so: its Python runs, its test command is the one that is run, its output is the output."""

import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import pipeline
from pipeline.output import to_dict

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)


def test_the_test_command_is_what_a_submission_runs():
    command = next(body.strip() for _, body in BLOCKS if body.strip().endswith("pytest"))
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("code", [body for kind, body in BLOCKS if kind == "python"], ids=["pipeline", "spacy"])
def test_python_runs(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert "DATE" in capsys.readouterr().out


def test_json_is_what_the_corpus_gives():
    found = to_dict(pipeline.extract(ROOT / "corpus" / "retold-article.txt"))
    everything = [*found["mentions"], *found["records"], *found["findings"]]
    shown = [item for kind, body in BLOCKS if kind == "json" for item in _items(body)]
    assert len(shown) == 4
    for item in shown:
        assert any(item.items() <= other.items() for other in everything if item.keys() <= other.keys()), item


def test_a_batch_and_a_query_give_what_is_shown(tmp_path):
    (shown,) = [body for _, body in BLOCKS if body.startswith("$ zhengce batch")]
    command, _, table = shown.partition("\n")
    place, line = tmp_path / "out", [sys.executable, "-c", "from pipeline.cli import main; main()"]
    arguments = [str(place) if word == "out" else word for word in command.split()[2:]]
    done = subprocess.run([*line, *arguments], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == table
    (query,) = [body for kind, body in BLOCKS if kind == "sql"]
    found = str(duckdb.sql(query.replace("'out/", f"'{place}/")))
    assert found.strip() in README


def _items(body):
    """JSON values that stand one after the other."""
    decoder, position, items = json.JSONDecoder(), 0, []
    while position < len(body.rstrip()):
        item, position = decoder.raw_decode(body, position)
        items.append(item)
        position += len(body[position:]) - len(body[position:].lstrip())
    return items
