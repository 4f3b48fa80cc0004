# ruff: noqa: E501 (tables of texts)
"""Markdown, HTML and Word: no word of the article is lost or doubled."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from workbench.articles import BadArticle, read_article, readers

MB = 1024 * 1024
BODY = "Chiều 3/2, tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung đã hội đàm với ông Vương Nghị."


def kinds(data: str | bytes, name: str) -> list[tuple[str, str]]:
    article = read_article(data.encode() if isinstance(data, str) else data, name)
    return [(s.kind, s.source) for s in article.segments]


# --- Markdown


def test_markdown_kinds() -> None:
    text = f"""---
title: "Đối ngoại: hợp tác"
date: 2026-02-04
source_name: TTXVN
source_url: https://vnanet.vn/a
---
# Hội đàm cấp cao

{BODY}

![Quang cảnh](a.jpg)
*Quang cảnh hội đàm. Ảnh: BNG*

## Nội dung

**Hai bên** xem [liên kết](http://x.vn) và `mã`; 5 \\* 3.
"""
    article = read_article(text.encode(), "a.md")
    assert (article.published_on, article.source_name, article.source_url) == (
        "2026-02-04",
        "TTXVN",
        "https://vnanet.vn/a",
    )
    assert [(s.kind, s.source) for s in article.segments] == [
        ("headline", "Hội đàm cấp cao"),
        ("lead", BODY),
        ("caption", "Quang cảnh hội đàm. Ảnh: BNG"),
        ("section", "Nội dung"),
        ("paragraph", "Hai bên xem liên kết và mã; 5 * 3."),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("---\nMột.\n\n---\n\nHai.", ["Một.", "Hai."], id="rules are no front matter"),
        pytest.param("1. Một.\n2. Hai.", ["1. Một.", "2. Hai."], id="numbers of a list"),
        pytest.param(
            "> Một.\n\n<div>Hai <b>ba</b>.</div>\n\n<!-- x -->Bốn.", ["Một.", "Hai ba.", "Bốn."], id="HTML blocks"
        ),
        pytest.param(
            "Mở đầu.\n\n| Một | Hai |\n|---|---|\n| Ba | Bốn. |", ["Mở đầu.", "Một", "Hai", "Ba", "Bốn."], id="table"
        ),
        pytest.param("Mở đầu.\n\n    Một hai.\n\n```\nBa.\n```", ["Mở đầu.", "Một hai.", "Ba."], id="code"),
        pytest.param("Một\nhai  \nba.", ["Một hai ba."], id="line breaks"),
    ],
)
def test_markdown_loses_nothing(text: str, words: list[str]) -> None:
    assert [source for _, source in kinds(text, "a.md")] == words


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.vn", "ftp://x.vn", "https://"])
def test_only_web_addresses_become_links(address: str) -> None:
    assert read_article(f"---\nsource_url: {address}\n---\n{BODY}".encode(), "a.md").source_url is None


def test_an_impossible_date_in_front_matter_is_left_out() -> None:
    assert read_article(f"---\ndate: 2026-13-45\n---\n{BODY}".encode(), "a.md").published_on is None


# --- HTML


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"


def test_html_line_breaks_do_not_glue_words() -> None:
    text = page(f"<h1>Hội đàm cấp cao Việt - Trung</h1><p>{BODY}</p><p>Một hai<br>ba bốn.</p><p>Năm<br/>sáu.</p>")
    sources = [s for _, s in kinds(text, "a.html")]
    assert sources == ["Hội đàm cấp cao Việt - Trung", BODY, "Một hai", "ba bốn.", "Năm", "sáu."]


def test_html_lists_tables_quotes_and_bare_text_are_kept() -> None:
    text = page(
        f"<h1>Hội đàm cấp cao Việt - Trung</h1><p>{BODY}</p><ul><li>Một là <b>ổn định</b>.</li><li><p>Hai là phát triển.</p></li></ul>"
        f"<table><tr><td>Năm 2025</td><td>42 tỷ</td></tr></table><blockquote><p>Trích dẫn.</p></blockquote>"
        f"Chữ trần giữa hai đoạn.<p>{BODY} Hết.</p>"
    )
    sources = [s for _, s in kinds(text, "a.html")]
    assert sources[2:] == [
        "- Một là ổn định.", "- Hai là phát triển.", "Năm 2025", "42 tỷ", "Trích dẫn.", "Chữ trần giữa hai đoạn.", BODY, "Hết.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "caption",
    [
        "<figure><img src=a.jpg><figcaption>Quang cảnh hội đàm</figcaption></figure>",
        "<div class='PhotoCMS_Caption'><p>Quang cảnh hội đàm</p></div>",
        "<p class='caption'>Quang cảnh hội đàm</p>",
    ],
)
def test_html_captions(caption: str) -> None:
    text = page(f"<h1>Hội đàm cấp cao Việt - Trung</h1><p>{BODY}</p>{caption}<p>{BODY} Hết.</p>")
    assert ("caption", "Quang cảnh hội đàm") in kinds(text, "a.html")


def test_html_head_tells_source_and_title_and_no_date_is_guessed_from_the_text() -> None:
    head = "<link rel=canonical href='https://bao.vn/x.html'><meta property='og:site_name' content='Báo X'>"
    article = read_article(page(f"<h1>Hội đàm</h1><p>{BODY} Năm 2025 tăng 5%.</p>", head).encode(), "a.html")
    assert (article.title, article.source_name, article.source_url) == ("Hội đàm", "Báo X", "https://bao.vn/x.html")
    assert article.published_on is None


def test_html_scripts_are_no_text() -> None:
    text = page(f"<h1>Hội đàm cấp cao</h1><script>alert('x')</script><p>{BODY}</p><style>p{{}}</style>")
    assert [s for _, s in kinds(text, "a.html")] == ["Hội đàm cấp cao", BODY]


# --- Word


def word(build: Callable[[Document], None]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_styles_become_kinds() -> None:
    def build(d: Document) -> None:
        d.add_heading("Hội đàm cấp cao Việt - Trung", 0)
        d.add_paragraph(BODY)
        d.add_paragraph("Quang cảnh hội đàm", style="Caption")
        d.add_heading("Nội dung", 2)
        d.add_paragraph("Hai bên nhất trí.")

    assert kinds(word(build), "a.docx") == [
        ("headline", "Hội đàm cấp cao Việt - Trung"),
        ("lead", BODY),
        ("caption", "Quang cảnh hội đàm"),
        ("section", "Nội dung"),
        ("paragraph", "Hai bên nhất trí."),
    ]


def test_word_tables_give_each_cell_once_nested_ones_too() -> None:
    def build(d: Document) -> None:
        d.add_paragraph(BODY)
        table = d.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp."
        table.cell(1, 0).text = "Trái."
        table.cell(1, 1).text = "Phải."
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Lồng."

    assert [s for _, s in kinds(word(build), "a.docx")] == [BODY, "Gộp.", "Trái.", "Phải.", "Lồng."]


def test_word_links_line_breaks_insertions_and_content_controls() -> None:
    def build(d: Document) -> None:
        ns = nsdecls("w")
        paragraph = d.add_paragraph("Một")
        paragraph.add_run().add_break()
        paragraph.add_run("hai ")
        change = 'w:id="1" w:author="a"'
        paragraph._p.append(parse_xml(f"<w:ins {ns} {change}><w:r><w:t>được chèn.</w:t></w:r></w:ins>"))
        paragraph._p.append(parse_xml(f"<w:del {ns} {change}><w:r><w:delText>bị xóa.</w:delText></w:r></w:del>"))
        control = f"<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>Trong ô nhập.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        d.element.body.insert(1, parse_xml(control))
        link = d.add_paragraph("Xem ")
        link._p.append(parse_xml(f"<w:hyperlink {ns}><w:r><w:t>liên kết.</w:t></w:r></w:hyperlink>"))

    assert [s for _, s in kinds(word(build), "a.docx")] == ["Một", "hai được chèn.", "Trong ô nhập.", "Xem liên kết."]


@pytest.mark.parametrize("cut", [100, 3000, 20_000])
def test_a_damaged_word_document_is_named_as_such(cut: int) -> None:
    whole = word(lambda d: d.add_paragraph(BODY))
    for damaged in (whole[:cut], whole[:cut] + bytes(64) + whole[cut + 64 :]):
        try:
            read_article(damaged, "a.docx")
        except BadArticle as error:
            assert "not a Word document" in str(error)


def with_part(name: str, size: int, says: int | None = None) -> bytes:
    """A Word document with one more file of ``size`` zero bytes, whose directory may say another size."""
    packed = io.BytesIO(word(lambda d: d.add_paragraph(BODY)))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(size))
    made = packed.getvalue()
    return made if says is None else made.replace(struct.pack("<L", size), struct.pack("<L", says))


@pytest.mark.parametrize("says", [None, 10], ids=["told", "hidden"])
@pytest.mark.parametrize(
    ("name", "megabytes"),
    [("word/media/picture.png", 3), ("word/numbering2.xml", 2), ("word/_rels/more.xml.rels", 2)],
)
def test_a_word_document_that_unpacks_to_too_much(
    name: str, megabytes: int, says: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "LARGEST_UNPACKED", 3 * MB)
    monkeypatch.setattr(readers, "LARGEST_XML", 2 * MB)
    data = with_part(name, megabytes * MB + 1, says)
    with pytest.raises(BadArticle, match=f"unpacked, this Word document has more than {megabytes} MB"):
        read_article(data, "a.docx")


def test_a_word_document_with_large_pictures_is_read() -> None:
    assert [s for _, s in kinds(with_part("word/media/picture.bmp", 20 * MB), "a.docx")] == [BODY]
