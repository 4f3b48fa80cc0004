"""Each format, read again with a reader of that format, holds the text that was approved."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import docx
import pytest
from lxml import etree, html

from tests.export.articles import NASTY, document_of, nasty_document
from workbench.export import FORMATS
from workbench.export.document import Document, without_bullet
from workbench.memory.tmx import read_tmx

XLIFF = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
SMALL = document_of(
    [("headline", "Foreign ministers hold talks")],
    [("dateline", "HANOI –"), ("lead", "The two sides agreed."), ("lead", "They signed.")],
    [("caption", "A view of the talks."), ("caption", "Photo: VNA")],
    [("section", "Trade")],
    [("paragraph", "Turnover reached 42 billion USD.")],
    [("related", "- First story")],
    [("related", "- Second story")],
    title="Foreign ministers hold talks",
    source_name="TTXVN",
    source_url="https://example.vn/a?b=1&c=2",
    published="2026-02-04",
    translated="2026-02-05",
)
PARTIAL = document_of([("headline", "Talks")], [("paragraph", "One."), ("paragraph", None)])


def written(format: str, document: Document) -> bytes:
    return FORMATS[format][1](document)


def page(format: str, document: Document) -> Any:
    return html.document_fromstring(written(format, document).decode())


def test_the_contract_names_the_formats() -> None:
    assert list(FORMATS) == ["markdown", "bilingual", "html", "docx", "csv", "tmx", "xliff"]
    assert len({suffix for suffix, _ in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_document_gives_the_same_content(format: str) -> None:
    if format in ("docx", "tmx"):
        pytest.skip("holds the time of writing")
    assert written(format, SMALL) == written(format, SMALL)


def test_html_has_the_structure_of_the_article() -> None:
    article = page("html", SMALL).find("body/article")
    assert [(e.tag, e.text_content().strip()) for e in article] == [
        ("h1", "Foreign ministers hold talks"),
        ("p", "HANOI – The two sides agreed. They signed."),
        ("p", "A view of the talks. Photo: VNA"),
        ("h2", "Trade"),
        ("p", "Turnover reached 42 billion USD."),
        ("ul", "First story\nSecond story"),
    ]
    assert article.find("p[@class='caption']/em") is not None
    assert [li.text for li in article.findall("ul/li")] == ["First story", "Second story"]
    link = article.getparent().find("footer//a")
    assert (link.get("href"), link.text) == ("https://example.vn/a?b=1&c=2", "TTXVN")


def test_html_shows_every_nasty_text_and_runs_nothing() -> None:
    root = page("html", nasty_document())
    texts = [e.text_content() for e in root.find("body/article").iter("h1", "h2", "p", "li")]
    assert texts == [without_bullet(t) if i % 5 == 4 else t for i, t in enumerate(t for t in NASTY for _ in range(5))]
    assert root.findtext("head/title") == NASTY[9]
    assert not root.xpath("//script | //b | //comment() | //img")


@pytest.mark.parametrize("url", ["javascript:alert(1)", 'https://x.vn/"><script>', "data:text/html,x", "x.vn"])
def test_only_web_addresses_become_links(url: str) -> None:
    root = page("html", document_of([("paragraph", "x")], source_url=url))
    assert [a.get("href") for a in root.iter("a")] == ([url] if url.startswith("https:") else [])
    assert not root.xpath("//script")
    assert url in root.find("body/footer").text_content()


def test_bilingual_has_source_and_target_side_by_side() -> None:
    root = page("bilingual", nasty_document())
    cells = [[td.text_content() for td in row] for row in root.findall(".//tbody/tr")]
    texts = [t for t in NASTY for _ in range(5)]
    assert cells == [[str(i), f"‹{t}›", t] for i, t in enumerate(texts, 1)]
    assert {td.get("lang") for td in root.xpath("//tbody/tr/td[2]")} == {"vi"}
    assert not root.xpath("//script | //b | //comment() | //img")
    assert [len(b) for b in page("bilingual", SMALL).iter("tbody")] == [1, 3, 2, 1, 1, 1, 1]


def test_docx_has_the_structure_of_the_article() -> None:
    word = docx.Document(BytesIO(written("docx", SMALL)))
    assert [(p.style.name, p.text) for p in word.paragraphs] == [
        ("Heading 1", "Foreign ministers hold talks"),
        ("Normal", "HANOI – The two sides agreed. They signed."),
        ("Normal", "A view of the talks. Photo: VNA"),
        ("Heading 2", "Trade"),
        ("Normal", "Turnover reached 42 billion USD."),
        ("List Bullet", "First story"),
        ("List Bullet", "Second story"),
    ]
    assert [all(r.italic for r in p.runs) for p in word.paragraphs] == [False, False, True, *[False] * 4]
    about = word.core_properties
    assert (about.title, about.subject, about.author) == (SMALL.title, SMALL.source_title, "lan")
    assert (about.identifier, about.category, about.language) == (SMALL.source_url, "TTXVN", "en")
    assert about.created.replace(tzinfo=None) == datetime(2026, 2, 5, 8, 30)


def test_docx_holds_every_nasty_text() -> None:
    document = nasty_document()
    word = docx.Document(BytesIO(written("docx", document)))
    texts = [p.text for p in word.paragraphs]
    assert texts == [without_bullet(t) if i % 5 == 4 else t for i, t in enumerate(t for t in NASTY for _ in range(5))]
    long = document_of([("paragraph", "x")], title="Dài " * 100, source_url="https://x.vn/" + "a" * 400)
    assert len(docx.Document(BytesIO(written("docx", long))).core_properties.title) == 255


def test_csv_has_a_row_for_each_segment() -> None:
    content = written("csv", nasty_document())
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    texts = [t for t in NASTY for _ in range(5)]
    assert [r["source"] for r in rows] == [f"‹{t}›" for t in texts]
    assert [r["target"].removeprefix("'") for r in rows] == texts
    assert all(r["target"][0] not in "=+-@" for r in rows)
    assert [rows[3][c] for c in ("position", "kind", "status", "author")] == ["4", "caption", "approved", "lan"]


def test_csv_of_a_partial_export_tells_what_is_missing() -> None:
    rows = list(csv.reader(StringIO(written("csv", PARTIAL).decode("utf-8-sig"), newline="")))
    assert rows[2] == ["2", "paragraph", "‹One.›", "One.", "approved", "lan"]
    assert rows[3] == ["3", "paragraph", "‹None›", "", "draft", ""]


def test_tmx_is_read_by_our_own_import_with_neighbours() -> None:
    from workbench.text import squeeze

    units = read_tmx(written("tmx", nasty_document()), "x.tmx").units
    texts = [t for t in NASTY for _ in range(5)]
    assert [u.target for u in units] == [squeeze(t) for t in texts]
    assert (units[5].before, units[5].after, units[5].author) == (f"‹{NASTY[0]}›", f"‹{NASTY[1]}›", "lan")
    assert units[5].created_at == "2026-02-05T08:30:00Z"
    assert len(read_tmx(written("tmx", PARTIAL), "x.tmx").units) == 2


def test_xliff_has_a_unit_for_each_paragraph_and_a_segment_for_each_sentence() -> None:
    root = etree.fromstring(written("xliff", SMALL))
    assert (root.tag, root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        f"{{{XLIFF['x']}}}xliff", "2.0", "vi", "en",
    )  # fmt: skip
    units = root.findall("x:file/x:unit", XLIFF)
    assert [(u.get("id"), len(u.findall("x:segment", XLIFF))) for u in units[:3]] == [("u1", 1), ("u2", 3), ("u3", 2)]
    assert ["".join(t.text for t in u.iterfind(".//x:target", XLIFF)) for u in units[:2]] == [
        "Foreign ministers hold talks", "HANOI – The two sides agreed. They signed.",
    ]  # fmt: skip
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_xliff_holds_every_nasty_text_and_what_is_approved_is_final() -> None:
    root = etree.fromstring(written("xliff", nasty_document()))
    texts = [t for t in NASTY for _ in range(5)]
    segments = root.findall(".//x:segment", XLIFF)
    assert [s.findtext("x:target", None, XLIFF) for s in segments] == texts
    assert [s.findtext("x:source", None, XLIFF) for s in segments] == [f"‹{t}›" for t in texts]
    root = etree.fromstring(written("xliff", PARTIAL))
    assert [s.get("state") for s in root.iterfind(".//x:segment", XLIFF)] == ["final", "final", "initial"]
    assert root.find(".//x:segment[@id='s3']/x:target", XLIFF) is None


@pytest.mark.parametrize("format", ["html", "bilingual", "docx"])
def test_what_is_not_approved_is_marked_where_people_read(format: str) -> None:
    if format == "docx":
        text = "\n".join(p.text for p in docx.Document(BytesIO(written("docx", PARTIAL))).paragraphs)
    else:
        text = page(format, PARTIAL).find("body").text_content()
    assert "One." in text and "not approved" in text and "None" not in text.replace("‹None›", "")
