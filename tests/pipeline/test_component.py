"""The spaCy side: what a Doc carries, and that a Language and a Doc survive being stored and sent."""

import json
import multiprocessing
import pickle

import pytest
import spacy
from spacy.tokens import DocBin

import pipeline
from pipeline import output

TEXT = (
    "自2024年3月1日起施行。2024年2月6日，湖北省民政厅印发《社区食堂建设方案》（试行），提出到2025年底、2026年底，"
    "全省分别有30%、50%以上的街道建成社区食堂，每个站点补助25万元，用3至5年时间实现全覆盖。"
)


def plain(doc):
    return json.loads(json.dumps([doc._.mentions, doc._.records, doc._.findings]))


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


def test_doc_says_what_the_extraction_says(nlp):
    expected = output.to_dict(pipeline.read(TEXT))
    assert plain(nlp(TEXT)) == [expected["mentions"], expected["records"], expected["findings"]]


def test_every_mention_is_a_span_of_the_doc(nlp):
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert len(doc.spans["zhengce"]) == len(doc._.mentions) > 10
    for span, mention in zip(doc.spans["zhengce"], doc._.mentions, strict=True):
        assert (span.start_char, span.end_char) == (mention["start"], mention["end"])
        assert (span.label_, span.id_, span.text) == (mention["label"], mention["rule"], mention["text"])


def test_blank_language_with_the_component(nlp):
    blank = spacy.blank("zh")
    blank.add_pipe("zhengce")
    assert plain(blank(TEXT)) == plain(nlp(TEXT))


def test_reference_is_a_setting():
    text = "今年6月底前完成。"
    assert pipeline.load()(text)._.mentions[0]["value"] == {"start": None, "end": None}
    assert pipeline.load(reference="2024-04-01")(text)._.mentions[0]["value"] == {
        "start": "2024-06-21",
        "end": "2024-06-30",
    }


def test_language_is_pickled_saved_and_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    for other in (pickle.loads(pickle.dumps(nlp)), spacy.load(tmp_path / "model")):
        assert plain(other(TEXT)) == plain(nlp(TEXT))
        assert [token.text for token in other(TEXT)] == [token.text for token in nlp(TEXT)]


def test_doc_survives_docbin_and_pickling(nlp):
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    for other in (next(DocBin().from_bytes(stored).get_docs(nlp.vocab)), pickle.loads(pickle.dumps(doc))):
        assert plain(other) == plain(doc)
        assert [(s.text, s.label_) for s in other.spans["zhengce"]] == [
            (s.text, s.label_) for s in doc.spans["zhengce"]
        ]


def _records(pickled):
    return plain(pickle.loads(pickled)(TEXT))


def test_language_works_in_a_spawned_process(nlp):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_records, (pickle.dumps(nlp),)) == plain(nlp(TEXT))


def test_empty_text_is_an_empty_doc(nlp):
    doc = nlp("")
    assert len(doc) == 0
    assert doc._.records == []
