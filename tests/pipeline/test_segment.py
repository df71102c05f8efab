"""Segmenters: the same words on Chinese runs, the same mentions, dictionaries of their own."""

from pathlib import Path

import pytest
import regex

from pipeline import loading, run
from pipeline.document import UsageError
from pipeline.layout import lay_out
from pipeline.segment import NAMES, segmenter

ROOT = Path(__file__).parent.parent.parent
TEXTS = sorted((ROOT / "corpus").rglob("*.txt")) + sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
CHINESE = regex.compile(r"\p{Han}+")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_rjieba_and_jieba_cut_chinese_runs_alike(path):
    clean = lay_out(loading.file(path)).clean
    runs = CHINESE.findall(clean)
    assert runs
    fast, slow = segmenter("rjieba"), segmenter("jieba")
    assert [list(fast(chars)) for chars in runs] == [list(slow(chars)) for chars in runs]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_mentions_are_the_same_with_both(path):
    source = loading.file(path)
    fast, slow = (run.extract(source, segmenter=segmenter(name)) for name in NAMES)
    assert fast == slow


@pytest.mark.parametrize("name", NAMES)
def test_words_joined_are_the_text(name):
    text = "2024年3月1日起 施行，联系email：a@b.cn\n电话010-8888"
    assert "".join(segmenter(name)(text)) == text


@pytest.mark.parametrize("name", NAMES)
def test_dictionary_holds_for_its_own_instance_alone(name, tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("爱满荆楚项目组 100000 n\n", encoding="utf-8")
    assert "爱满荆楚项目组" in segmenter(name, path)("爱满荆楚项目组成立")
    assert "爱满荆楚项目组" not in segmenter(name)("爱满荆楚项目组成立")


def test_unknown_name_and_unreadable_dictionary(tmp_path):
    with pytest.raises(UsageError, match="rjieba, jieba"):
        segmenter("thulac")
    with pytest.raises(UsageError, match=r"none\.txt"):
        segmenter(dictionary=tmp_path / "none.txt")
    bad = tmp_path / "bad.txt"
    bad.write_text("词 1 n x\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.txt:1"):
        segmenter(dictionary=bad)
