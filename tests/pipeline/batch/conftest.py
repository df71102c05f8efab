"""Small inputs of several kinds."""

import json
import zipfile

import pytest

NOTICE = "2021年4月2日，湖北省教育厅出台《关于促进发展的通知》（鄂教发〔2021〕{n}号），力争到2021年底建成50个站点，投入{n}亿元。\n"


@pytest.fixture
def sources(tmp_path):
    """A folder with texts in two folders, an archive, JSON Lines, and two documents that cannot be read."""
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    for number, name in enumerate(["a.txt", "b/c.txt", "b-d.txt"], 1):
        (folder / name).write_text(NOTICE.format(n=number), encoding="utf-8")
    (folder / "nul.txt").write_bytes("到2025年\0建成".encode())
    with zipfile.ZipFile(folder / "more.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/二.txt", NOTICE.format(n=5))
        archive.writestr("x/一.txt", NOTICE.format(n=4).encode("gb18030"))
    lines = [{"id": f"line-{n}", "text": NOTICE.format(n=n)} for n in (6, 7)]
    text = "\n".join([json.dumps(lines[0]), "no JSON", "", json.dumps(lines[1])])
    (folder / "lines.jsonl").write_text(text, encoding="utf-8")
    return folder
