"""The command line as a user runs it: output, exit codes, and one clear line for what is wrong."""

import json
import subprocess
import sys
import time

import pytest

from tests.pipeline.loading import writers

NOTICE = "2021年4月2日，湖北省教育厅出台《关于促进发展的通知》，力争到2021年底建成50个站点。\n"


def zhengce(*arguments, data=b"", **environment):
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)]
    env = {"PATH": "/usr/bin:/bin", **environment}
    return subprocess.run(command, input=data, capture_output=True, env=env, check=False)


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_text_from_a_file_and_from_standard_input(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="gb18030")
    of_file, of_stdin = zhengce("extract", path), zhengce("extract", data=NOTICE.encode())
    assert of_file.returncode == of_stdin.returncode == 0
    assert of_file.stderr == of_stdin.stderr == b""
    (one,), (other,) = lines(of_file), lines(of_stdin)
    assert (one["id"], other["id"]) == (str(path), "-")
    assert one["mentions"] == other["mentions"]
    assert one["records"][0]["issuers"] == ["湖北省教育厅"]


def test_output_is_the_same_byte_for_byte_in_any_locale_and_zone():
    ours = zhengce("extract", data=NOTICE.encode(), LC_ALL="C", TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    theirs = zhengce(
        "extract", data=NOTICE.encode(), LC_ALL="C", PYTHONIOENCODING="ascii", TZ="America/Lima", PYTHONHASHSEED="2"
    )
    assert ours.returncode == 0
    assert ours.stdout == theirs.stdout


def test_what_cannot_be_read_is_named_and_the_rest_is_done(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text(NOTICE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\x00\x01")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xff\xff\x81")
    names = ["missing.txt", "empty.txt", "image.png", "broken.txt"]
    done = zhengce("extract", *(tmp_path / name for name in names), tmp_path, good)
    assert done.returncode == 1
    errors = done.stderr.decode().splitlines()
    assert len(errors) == 5
    for name, error in zip([*names, tmp_path.name], errors, strict=True):
        assert error.startswith("error: ")
        assert name in error
    found = lines(done)
    assert [line["status"] for line in found] == ["failed"] * 5 + ["ok"]
    assert [line["errors"][0]["code"] for line in found[:5]] == [
        "unreadable",
        "empty",
        "binary",
        "undecodable",
        "unreadable",
    ]


def test_every_format_by_its_content(tmp_path):
    written = {
        "notice.txt": NOTICE.encode("utf-16"),
        "notice.html": writers.as_html(f"通知\n{NOTICE}").encode(),
        "notice.pdf": writers.as_pdf(NOTICE),
        "notice": writers.as_docx(NOTICE),
    }
    for name, data in written.items():
        (tmp_path / name).write_bytes(data)
    done = zhengce("extract", *(tmp_path / name for name in written))
    assert (done.returncode, done.stderr) == (0, b"")
    found = [[(mention["label"], mention["value"]) for mention in line["mentions"]] for line in lines(done)]
    assert found == [found[0]] * 4
    of_stdin = zhengce("extract", data=written["notice.pdf"])
    assert lines(of_stdin)[0]["mentions"] == lines(done)[2]["mentions"]


def test_what_is_read_in_part_falls_short_and_is_written(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(writers.pdf_pages([NOTICE, writers.picture()]))
    done = zhengce("extract", path)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"error: {path}, page 2: pages that are pictures without text: run OCR over them"
    ]
    (line,) = lines(done)
    assert line["status"] == "partial"
    assert [(error["code"], error["where"]) for error in line["errors"]] == [("no-text-layer", f"{path}, page 2")]
    assert line["records"][0]["issuers"] == ["湖北省教育厅"]
    assert "no-text-layer" in zhengce("extract", "--format", "table", path, COLUMNS="200").stdout.decode()


def test_poison_is_one_clear_line_each(tmp_path):
    poison = {
        "line.txt": b"1" * (50 << 20),
        "half.txt": NOTICE.encode()[:-2],
        "nul.txt": NOTICE.encode() + b"\0",
        "bomb.docx": writers.docx_with({"word/document.xml": b" " * (50 << 20)}),
        "cut.pdf": writers.as_pdf(NOTICE)[:-200],
        "empty.html": b"<html><body><script>x</script></body></html>",
        "deep.html": b"<html><body>" + b"<div>" * 100_000,
    }
    for name, data in poison.items():
        (tmp_path / name).write_bytes(data)
    done = zhengce("extract", *(tmp_path / name for name in poison))
    assert done.returncode == 1
    errors = done.stderr.decode().splitlines()
    assert [error.split(":")[1].strip() for error in errors] == [str(tmp_path / name) for name in poison]
    codes = [line["errors"][0]["code"] for line in lines(done)]
    assert codes == ["too-large", "undecodable", "binary", "too-large", "damaged", "empty", "damaged"]


def test_json_lines_name_the_line(tmp_path):
    data = (
        json.dumps({"id": "a", "text": "今年6月底前完成。", "reference": "2020-02-01"})
        + "\n[]\n"
        + json.dumps({"id": "b", "text": NOTICE})
        + "\n"
    )
    done = zhengce("extract", "--jsonl", "--reference", "2021-04-01", data=data.encode())
    assert done.returncode == 1
    assert done.stderr.decode().startswith("error: -:2: ")
    found = lines(done)
    assert [line["id"] for line in found] == ["a", "-:2", "b"]
    assert found[0]["reference"] == {"date": "2020-02-01", "basis": "given"}
    assert found[2]["reference"]["date"] == "2021-04-01"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["extract", "--reference", "2021-02-30"], "2021-02-30"),
        (["extract", "--dictionary", "/nowhere/words.txt"], "words.txt"),
        (["extract", "--format", "xml"], "xml"),
        (["evaluate", "--fail-under", "core"], "core"),
        (["evaluate", "--gold", "/nowhere"], "/nowhere"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_wrong_call_ends_with_two(arguments, word):
    done = zhengce(*arguments, data=NOTICE.encode())
    assert done.returncode == 2
    assert word in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_table_shows_mentions_and_records():
    shown = zhengce("extract", "--format", "table", data=NOTICE.encode(), COLUMNS="200").stdout.decode()
    for word in ("DEADLINE", "2021-12-31", "湖北省教育厅", "关于促进发展的通知"):
        assert word in shown


def test_schema_describes_the_output():
    schema = json.loads(zhengce("schema").stdout)
    assert {"mentions", "records", "findings", "errors"} <= schema["properties"].keys()


def test_help_is_quick():
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert zhengce("--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5
