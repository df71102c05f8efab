"""Which encoding bytes are in, and what is said of bytes that are in none."""

import codecs

import pytest

from pipeline import loading
from pipeline.document import LoadError

SIMPLE = "为支持新能源汽车推广应用，根据有关规定，安排补助资金，到2025年底建成公共充电站五十个，惠及全市各县区。"
TRADITIONAL = "為支持新能源汽車推廣應用，根據有關規定，安排補助資金，到2025年底建成公共充電站五十個，惠及全市各縣區。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(SIMPLE, "utf-8"), (SIMPLE, "gb2312"), (SIMPLE, "gbk"), (SIMPLE + "㐀𠀀", "gb18030"), (TRADITIONAL, "big5")],
)
def test_encodings_are_told_apart(text, encoding):
    assert loading.from_bytes(text.encode(encoding)).text == text


def test_bytes_valid_in_both_are_decided_by_their_characters():
    for text, encoding, other in ((SIMPLE[:42], "gb18030", "big5hkscs"), (TRADITIONAL, "big5hkscs", "gb18030")):
        data = text.encode(encoding)
        assert data.decode(other) != text
        assert loading.from_bytes(data).text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf16_by_its_mark_which_stays(mark):
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert loading.from_bytes(mark + SIMPLE.encode(encoding)).text == "\ufeff" + SIMPLE


@pytest.mark.parametrize(
    "form", ['<meta charset="{}">', "<META content='text/html; charset={}'>", "<?xml encoding='{}'?>"]
)
@pytest.mark.parametrize("charset", ["big5", "Big5-HKSCS"])
def test_a_declared_charset_decides(form, charset):
    data = form.format(charset).encode() + "建設單位".encode("big5")
    assert loading.from_bytes(data).text.endswith("建設單位")
    assert not loading.from_bytes("建設單位".encode("big5")).text.endswith("建設單位")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "big5", "nonsense"])
def test_a_wrong_charset_is_not_believed(charset):
    text = f'<meta charset="{charset}">到2025年建成。' + SIMPLE
    data = text.encode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("big5hkscs")
    assert loading.from_bytes(data).text == text


@pytest.mark.parametrize("length", [length for length in range(20, 60) if SIMPLE.encode()[length] & 0xC0 == 0x80])
def test_half_a_character_is_no_other_encoding(length):
    with pytest.raises(LoadError, match="UTF-8 that is damaged or cut") as caught:
        loading.from_bytes(SIMPLE.encode()[:length])
    assert caught.value.code == "undecodable"


def test_half_a_character_in_utf16():
    with pytest.raises(LoadError) as caught:
        loading.from_bytes(SIMPLE.encode("utf-16")[:-1])
    assert caught.value.code == "undecodable"


def test_control_characters_in_utf16():
    with pytest.raises(LoadError) as caught:
        loading.from_bytes((SIMPLE + "\0").encode("utf-16"))
    assert caught.value.code == "binary"
