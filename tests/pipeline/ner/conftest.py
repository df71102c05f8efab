"""Made-up sentences, names in them that no rule finds, gold that is held out, and a model trained on the sentences."""

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.ner import samples, training

BODIES = ("青云阁", "白鹿坊", "紫竹斋", "望江楼", "听雨轩")
PEOPLE = ("小石头", "大柱子", "老烟斗", "阿黄", "阿福")
LINES = (
    ([("B-ORG", None), ("O", "今天"), ("O", "开门"), ("O", "。")], BODIES),
    ([("O", "昨天"), ("O", "，"), ("B-ORG", None), ("O", "又"), ("O", "关门"), ("O", "了"), ("O", "。")], BODIES),
    ([("B-PER", None), ("O", "唱"), ("O", "了"), ("O", "一首"), ("O", "歌"), ("O", "。")], PEOPLE),
    ([("O", "村里"), ("O", "的"), ("B-PER", None), ("O", "爱"), ("O", "唱歌"), ("O", "。")], PEOPLE),
    ([("O", "今天"), ("O", "下雨"), ("O", "。")], ("",)),
)
TEXT = "好消息\n\n昨天，听雨轩又关门了。青云\n阁今天开门。小石头唱了一首\n歌。湖北省民政厅印发通知。\n"
NAMES = (("ORG", "听雨轩"), ("ORG", "青云\n阁"), ("PERSON", "小石头"), ("ORG", "湖北省民政厅"))


@pytest.fixture(scope="package")
def iob2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An IOB2 file of some sentences, each five times."""
    sentences = ["\n".join(_rows(line, name)) for line, names in LINES for name in names] * 5
    path = tmp_path_factory.mktemp("iob2") / "made-up.iob2"
    path.write_text("# a comment\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")
    return path


def _rows(line, name):
    number = 0
    for tag, form in line:
        for part, char in enumerate(name if form is None else [form]):
            number += 1
            yield f"{number}\t{char}\t{'I' + tag[1:] if part else tag}\t-\t-"


@pytest.fixture(scope="package")
def model(tmp_path_factory: pytest.TempPathFactory, iob2: Path) -> Path:
    """The folder of a tiny model."""
    to = tmp_path_factory.mktemp("models") / "tiny"
    training.train(list(samples.of_iob2(iob2)), to)
    return to


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with `corpus` and `gold`: one document of the split dev."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "corpus" / "door.txt").write_bytes(TEXT.encode())
    about = {"id": "door", "file": "door.txt", "split": "dev"}
    (tmp_path / "corpus" / "manifest.jsonl").write_text(json.dumps(about), encoding="utf-8")
    mentions = [
        {"label": label, "start": TEXT.index(name), "end": TEXT.index(name) + len(name), "text": name}
        | {"value": {"name": name.replace("\n", "")}}
        for label, name in NAMES
    ]
    source = {"sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    gold = {"id": "door", "source": source, "mentions": mentions, "records": [], "findings": []}
    (tmp_path / "gold" / "door.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    return tmp_path
