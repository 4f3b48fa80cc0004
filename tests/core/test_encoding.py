"""Any text encoding that Vietnamese articles come in gives the same NFC text."""

import unicodedata

import pytest

from tests.conftest import SAMPLES
from workbench.articles import BadArticle, read_article
from workbench.encoding import UnreadableText, decode
from workbench.library import import_files

TEXT = "Bộ trưởng Ngoại giao Lê Hoài Trung gặp ông Vương Nghị.\nHai bên: “hữu nghị” – tăng 26,5%…\n"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Windows wrote it: the vowel in one byte, its tone mark in the next."""

    def split(letter: str) -> str:
        parts = unicodedata.normalize("NFD", letter)
        vowel = "".join(c for c in parts if c not in TONES)
        return unicodedata.normalize("NFC", vowel) + "".join(c for c in parts if c in TONES)

    return b"".join(split(c).encode("cp1258") for c in text)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with BOM"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), id="UTF-16 LE with BOM"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16 BE with BOM"),
        pytest.param(TEXT.encode("utf-16-le"), id="UTF-16 LE"),
        pytest.param(TEXT.encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param(TEXT.encode("utf-32"), id="UTF-32 with BOM"),
        pytest.param(windows_1258(TEXT), id="Windows-1258"),
        pytest.param(unicodedata.normalize("NFD", TEXT).encode(), id="decomposed"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="CR"),
        pytest.param(TEXT.replace("\n", "\r\n").encode("utf-16"), id="UTF-16 with CRLF"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == TEXT


@pytest.mark.parametrize("sample", [p for p in SAMPLES if p.suffix == ".txt"], ids=lambda p: p.name)
def test_a_whole_article_survives_windows_1258(sample) -> None:
    text = decode(sample.read_bytes())
    representable = text.translate({0x2212: "-", 0xA0: " "})
    assert decode(windows_1258(representable)) == representable


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not a text file", id="picture"),
        pytest.param(b"PK\x03\x04" + bytes(200), "not a text file", id="zip"),
        pytest.param("Hà Nội, Việt Nam".encode() + b"\xff", "(UTF-8)", id="damaged at the end"),
        pytest.param(b"\xff Trong " + TEXT.encode() * 9, "damaged at byte 1 (UTF-8)", id="damaged at the start"),
        pytest.param((TEXT * 50).encode()[:-2] + b"\xe1\xbb", "damaged at byte", id="breaks off"),
        pytest.param(TEXT.encode("utf-16")[:-1], "damaged at byte", id="UTF-16 breaks off"),
        pytest.param("Café déjà vu à Paris".encode("latin-1"), "save it as UTF-8", id="French"),
        pytest.param("中国外交部长王毅举行会谈".encode("gbk"), "save it as UTF-8", id="Chinese"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableText) as error:
        decode(data)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "there is no text in it"),
        ("blank.md", b" \n\n\t\n", "there is no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a text file"),
        ("huge.txt", "Hội đàm. ".encode() * 600_000, "larger than 5 MB"),
        ("report.pdf", b"%PDF-1.7", "files ending in .pdf are not read"),
        ("page.html", b"<html><body></body></html>", "no article text was found"),
        ("letter.docx", b"no zip at all", "not a Word document"),
        ("letter.docx", b"PK\x03\x04 broken", "not a Word document"),
    ],
)
def test_bad_files_get_a_clear_error(name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadArticle, match=says):
        read_article(data, name)


def test_bad_files_do_not_keep_the_others_out(db) -> None:
    files = [
        ("a.txt", b"\x00\x01\x02"),
        ("b.txt", TEXT.encode()),
        ("c.txt", b""),
        ("d.docx", b"x"),
        ("e.txt", b"Xin ch\xc3\xa0o"),
    ]
    done = import_files(db, files, author="Lan")
    assert [a["path"] for a in done.articles] == ["b.txt", "e.txt"]
    assert [path for path, _ in done.errors] == ["a.txt", "c.txt", "d.docx"]


def test_five_megabytes_are_still_read() -> None:
    data = ("Hội đàm.\n".encode() * 600_000)[: 5 * 1024 * 1024 - 200]
    with pytest.raises(BadArticle, match="larger"):
        read_article(data + b" " * 400, "a.txt")
    assert decode(data[: data.rindex(b"\n")])
