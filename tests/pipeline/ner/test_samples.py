"""Gold and IOB2 files as training samples: every name in its place in the clean text."""

import pytest

from pipeline.document import UsageError
from pipeline.evaluate import dataset
from pipeline.ner import samples


def told(sample):
    return [(sample.text[start:end], label) for start, end, label in sample.names]


def test_iob2_of_words(tmp_path):
    path = tmp_path / "x.iob2"
    rows = [
        "# text = …",
        "1\t張\tB-PER\t-\t-",
        "2\t三\tI-PER\t-\t-",
        "3\tA\tB-PER",
        "4\tB\tI-ORG",
        "5\t在\tO",
        "6\tC市\tB-LOC",
    ]
    path.write_text("\n".join(rows) + "\r\n\r\n1\t。\tO\n", encoding="utf-8")
    first, second = samples.of_iob2(path)
    assert first.text == "张三A B在C市"
    assert told(first) == [("张三", "PERSON"), ("A", "PERSON"), ("B", "ORG")]
    assert second == samples.Sample("。", ())


@pytest.mark.parametrize("line", ["1 张 O", "1\t张", "1\t\tO", "1\t张\tX-PER"])
def test_a_line_that_is_no_iob2_is_named(tmp_path, line):
    path = tmp_path / "x.iob2"
    path.write_text("1\t好\tO\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"x\.iob2:2: "):
        list(samples.of_iob2(path))


def test_gold_by_paragraph_of_the_clean_text(project):
    (example,) = dataset.load(project / "gold", [project / "corpus"]).examples
    first, second = samples.of_gold(example)
    assert first == samples.Sample("好消息", ())
    assert told(second) == [("听雨轩", "ORG"), ("青云阁", "ORG"), ("小石头", "PERSON"), ("湖北省民政厅", "ORG")]


def test_every_name_of_the_project_is_a_sample():
    for example in dataset.load(dataset.packaged("gold"), [dataset.packaged("corpus")], "dev").examples:
        found = [name for sample in samples.of_gold(example) for name in told(sample)]
        gold = [
            ("".join(m["text"].split()), m["label"])
            for m in example.gold["mentions"]
            if m["label"] in ("ORG", "PERSON")
        ]
        assert [("".join(name.split()), label) for name, label in found] == gold
