"""What a CommonMark reader shows is the text that was approved, whatever marks it holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from lxml import html
from markdown_it import MarkdownIt

from tests.export.articles import NASTY, document_of, random_texts
from workbench.export.document import Document, without_bullet
from workbench.export.markdown import to_markdown

TAGS = {"headline": "h1", "section": "h2", "paragraph": "p", "caption": "em", "related": "li"}


def body(markdown: str) -> str:
    return markdown.split("\n---\n", 1)[1]


def shown(document: Document) -> Iterator[tuple[str, str]]:
    """``(tag, text)`` of each block as a CommonMark reader renders it."""
    rendered = MarkdownIt("commonmark").render(body(to_markdown(document)))
    for element in html.fragments_fromstring(f"<div>{rendered}</div>")[0]:
        for block in element if element.tag == "ul" else [element]:
            children = list(block)
            inner = children[0] if len(children) == 1 and children[0].tag == "em" else block
            assert not list(inner), html.tostring(block)
            assert inner is block or not (block.text or inner.tail), html.tostring(block)
            yield inner.tag, inner.text or ""


def expected(kind: str, text: str) -> tuple[str, str]:
    return TAGS[kind], without_bullet(text) if kind == "related" else text


@pytest.mark.parametrize("kind", TAGS)
@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_are_shown_as_approved(kind: str, text: str) -> None:
    assert list(shown(document_of([(kind, text)]))) == [expected(kind, text)]


def test_a_document_of_random_marks_is_shown_as_approved() -> None:
    texts = random_texts(3000)
    kinds = [list(TAGS)[i % len(TAGS)] for i in range(len(texts))]
    pairs = list(zip(kinds, texts, strict=True))
    assert list(shown(document_of(*([pair] for pair in pairs)))) == [expected(*pair) for pair in pairs]


def test_sentences_of_a_paragraph_are_joined_by_a_blank() -> None:
    for before, after in zip(NASTY, reversed(NASTY), strict=True):
        found = list(shown(document_of([("dateline", before), ("paragraph", after)])))
        assert found == [("p", f"{before} {after}")]


def test_related_stories_are_one_list() -> None:
    document = document_of([("related", "- One")], [("related", "• Two")], [("paragraph", "- Three")])
    assert body(to_markdown(document)) == "\n- One\n- Two\n\n\\- Three\n"


def test_front_matter_is_yaml_with_the_very_titles() -> None:
    for text in [*NASTY, "a\x85b\u2028c\ufeffd\x7fe", 'say: "yes" # no', "no"]:
        document = document_of(
            [("paragraph", "x")], title=text, source_name=text, source_url="https://x.vn/?a=1&b=#c",
            published="2026-02-04", translated="2026-02-05",
        )  # fmt: skip
        found = yaml.safe_load(to_markdown(document).split("\n---\n", 1)[0])
        assert (found["title"], found["source_title"], found["source_name"]) == (text, f"‹{text}›", text)
        assert [str(found[k]) for k in ("published", "translated", "language")] == ["2026-02-04", "2026-02-05", "en"]


def test_what_is_not_approved_is_named_in_a_comment() -> None:
    document = document_of([("paragraph", "One."), ("paragraph", None)], [("caption", None)])
    assert body(to_markdown(document)) == (
        "\nOne.\n<!-- segment 2 is not approved -->\n\n<!-- segment 3 is not approved -->\n"
    )
