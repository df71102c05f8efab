"""Annotations compiled to gold: what is computed, what is refused, and that the bytes are stable."""

import json

import pytest

from pipeline.evaluate import annotation, gold, shorthand
from pipeline.evaluate import compile as compiler


def compiled(folder):
    return annotation.read(folder / "subsidy.yaml", gold.Corpus([folder / "corpus"]))


def changed(folder, old, new):
    path = folder / "subsidy.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_mention_is_the_texts_own(folder):
    text = (folder / "corpus/notices/subsidy.txt").read_bytes().decode()
    found = compiled(folder)
    assert [mention.label for mention in found.mentions].count("PROVINCE") == 3
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text.strip() == mention.text
    assert sorted(found.mentions, key=lambda m: (m.start, -m.end)) == list(found.mentions)


def test_white_space_is_ignored_on_both_sides(folder):
    (date,) = [m for m in compiled(folder).mentions if m.label == "DATE" and "29" in m.text]
    assert date.text == "2021 年 3\n月 29 日"


def test_values_that_follow_from_the_text(folder):
    values = {mention.label: mention.value for mention in compiled(folder).mentions}
    assert values["TITLE"].title == "示范站点补助办法"
    assert values["DOCNUM"].number == "江民发〔2021〕7号"
    assert values["ORG"].name == "江城省民政厅"


def test_record(folder):
    (record,) = compiled(folder).records
    assert record.issuers == ("江城省民政厅",)
    assert record.status is None
    assert [target.kind for target in record.targets] == ["count", "coverage", "coverage"]
    assert record.spans == tuple(sorted(record.spans))


def test_file_is_valid_stable_and_one_item_a_line(folder):
    text = gold.dumps(compiled(folder))
    assert gold.dumps(compiled(folder)) == text
    assert json.loads(text)["source"]["file"] == "subsidy.txt"
    assert sum(line.startswith('{"label"') for line in text.splitlines()) == len(json.loads(text)["mentions"])


REFUSED = {
    "text not found": ("text: 50个", "text: 51个", ":11: not in the text"),
    "ambiguous": ("text: 江城省, nth: all", "text: 江城省", ":5: '江城省' occurs 3 times"),
    "nth too high": ("text: 江城省, nth: all", "text: 江城省, nth: 4", "nth is 4, but '江城省' occurs 3 times"),
    "nth no number": ("nth: all", "nth: last", "nth is 1, 2"),
    "empty text": ("text: 王某", 'text: ""', "the text is empty"),
    "unknown label": ("label: YUAN", "label: MONEY", "unknown label 'MONEY'"),
    "unknown key": ("{label: YUAN", "{note: x, label: YUAN", "unknown key: note"),
    "missing value": (', value: "≥ 0.3"}', "}", "has no value"),
    "per cent as value": (
        'value: "≥ 0.3"}\n- {label: YUAN',
        'value: "≥ 30%"}\n- {label: YUAN',
        "a share is a fraction",
    ),
    "no comparator": ('value: "= 250_000"', 'value: "250000"', "write `= 50`"),
    "no such day": ("value: 2021-03-29", "value: 2021-02-30", "no calendar has this day"),
    "count without unit": ('text: 50个, value: "= 50 个"', 'text: 50个, value: "= 50"', "a count needs its unit"),
    "no duration": ("P3Y..P5Y", "3Y", "a duration is written"),
    "unknown code": ("code: parts-not-total", "code: wrong", "unknown code 'wrong'"),
    "unknown kind": ("kind: count", "kind: number", "unknown kind 'number'"),
    "unknown status": ("status: null", "status: 草案", "unknown status"),
    "title in brackets": ("title: 示范站点补助办法", "title: 《示范站点补助办法》", "without its brackets"),
    "span ends nowhere": ("to: 25万元。", "to: 26万元。", "not in the text at or after"),
    "span over nothing": ("{from: 50个站点}", "[13, 15]", "the span holds nothing"),
    "twice": ("{label: PERSON, text: 王某}", "{label: YUAN, text: 25万元, value: '= 1'}", "annotated twice"),
    "file unknown": ("file: subsidy.txt", "file: other.txt", "other.txt is in no corpus folder"),
    "key twice": ("id: subsidy", "id: a\nid: b", "'id' is written twice"),
    "list for a text": ("text: 王某", "text: [王, 某]", "text is one short text"),
    "text for a list": ("issuers: [江城省民政厅]", "issuers: 江城省民政厅", "issuers is a list"),
    "id with a folder": ("id: subsidy", "id: ../subsidy", "id names the gold file"),
    "no YAML": ("records:", "records: [", "not YAML"),
    "mention no mapping": ("- {label: PERSON, text: 王某}", "- 王某", "a mapping with label, text is wanted"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(folder, name, capsys):
    old, new, message = REFUSED[name]
    changed(folder, old, new)
    arguments = [str(folder / "subsidy.yaml"), "--corpus", str(folder / "corpus"), "--to", str(folder / "gold")]
    assert compiler.main(arguments) == 1
    error = capsys.readouterr().err.splitlines()[0]
    assert message in error
    assert error.startswith(str(folder / "subsidy.yaml"))
    assert not list((folder / "gold").iterdir())


def test_compiles_the_others(folder, capsys):
    (folder / "bad.yaml").write_text("id: bad\nfile: none.txt\n", encoding="utf-8")
    arguments = [str(folder / "bad.yaml"), str(folder / "subsidy.yaml"), "--corpus", str(folder / "corpus")]
    assert compiler.main([*arguments, "--to", str(folder / "gold"), "--schema"]) == 1
    assert sorted(path.name for path in (folder / "gold").iterdir()) == ["schema.json", "subsidy.gold.json"]


def test_one_name_for_two_texts_is_refused_and_a_longer_path_decides(folder, capsys):
    (folder / "corpus" / "other").mkdir()
    (folder / "corpus" / "other" / "subsidy.txt").write_text("别的", encoding="utf-8")
    with pytest.raises(gold.GoldError, match="is several texts"):
        compiled(folder)
    changed(folder, "file: subsidy.txt", "file: notices/subsidy.txt")
    assert len(compiled(folder).mentions) == 14


def test_doubts(folder):
    changed(folder, "- {label: DATE, text: 2021年底, value: 2021-12}\n", "")
    (doubt,) = compiler.doubts(compiled(folder))
    assert "doubles no DATE or DURATION" in doubt


SHORT = [
    (shorthand.date, "2021", "2021-01-01", "2021-12-31"),
    (shorthand.date, "2021-02", "2021-02-01", "2021-02-28"),
    (shorthand.date, "2021..2025", "2021-01-01", "2025-12-31"),
    (shorthand.date, "2021-03-01..2021-05-31", "2021-03-01", "2021-05-31"),
]


@pytest.mark.parametrize(("read", "written", "start", "end"), SHORT)
def test_periods(read, written, start, end):
    value = read(written)
    assert (value.start.isoformat(), value.end.isoformat()) == (start, end)


@pytest.mark.parametrize("written", ["2021-13", "21", "2021-6-30", "2021-06-30..2021-06-01", "", "null", "2021年"])
def test_no_periods(written):
    with pytest.raises(ValueError, match=r"\S"):
        shorthand.date(written)


@pytest.mark.parametrize(
    ("written", "cmp", "low", "high", "unit"),
    [
        ("= 50 个", "=", "50", "50", "个"),
        (">= 50个", "≥", "50", None, "个"),
        ("> 3 家", ">", "3", None, "家"),
        ("≤ 3 家", "≤", None, "3", "家"),
        ("< 3 家", "<", None, "3", "家"),
        ("≈ 7.5 名", "≈", "7.5", "7.5", "名"),
        ("5..10 家", "range", "5", "10", "家"),
    ],
)
def test_quantities(written, cmp, low, high, unit):
    value = shorthand.value("COUNT", written, "")
    texts = [None if side is None else str(side) for side in (value.low, value.high)]
    assert [value.cmp, *texts, value.unit] == [cmp, low, high, unit]


@pytest.mark.parametrize("written", ["50", "= 五十 个", "10..5 个", "= 1..2 个", "=", "~ 5 个", "= 5 个 大"])
def test_no_quantities(written):
    with pytest.raises(ValueError, match=r"\S"):
        shorthand.value("COUNT", written, "")


def test_nested_and_overlapping_occurrences_count():
    matcher = annotation.Matcher("湖北湖 北湖北")
    assert len(matcher.pick("湖北湖", "all")) == 2
    with pytest.raises(ValueError, match="occurs 2 times"):
        matcher.pick("湖北湖", None)


def test_divisions_that_the_gazetteer_decides():
    pytest.importorskip("extractors.places")
    assert shorthand.province("湖北") == shorthand.province("420000 湖北省")
    assert shorthand.place("武汉市").code == "420100"
    for read, name in ((shorthand.province, "江城省"), (shorthand.province, "武汉市"), (shorthand.place, "江城市")):
        with pytest.raises(ValueError, match="write"):
            read(name)
