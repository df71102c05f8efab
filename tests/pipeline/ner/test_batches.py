"""A batch with a trained model gives what one document gives, and knows the model that it was done with."""

from pipeline import loading, output, run
from pipeline.batch.settings import Settings
from pipeline.recognise import recognisers
from tests.pipeline.batch import here


def test_a_batch_uses_the_model(model, project):
    source, out = project / "corpus" / "door.txt", project / "out"
    settings = Settings(ner=model)
    assert here.run([source], out, settings).done == 1
    alone = run.extract(loading.file(source), recognisers=recognisers(model))
    assert (out / "documents.jsonl").read_text(encoding="utf-8").strip() == output.dumps(alone)
    assert {mention.rule for mention in alone.mentions} >= {"org.ner", "person.ner"}
    assert here.pending([source], out, settings) == []
    for other in (Settings(), Settings(ner=model, ner_mode="replace")):
        assert here.pending([source], out, other) == [("changed", str(source))]


def test_a_model_does_not_grow_with_what_it_reads(model):
    (*_, trained) = recognisers(model)
    known = len(trained._nlp.vocab.strings)
    for number in range(50):
        run.extract(loading.from_text(f"昨天，第{number}阁{number}又关门了。"), recognisers=recognisers(model))
    assert len(trained._nlp.vocab.strings) <= known
