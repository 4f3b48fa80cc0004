"""The formats articles come in: plain text, Markdown, HTML and Word → blocks of text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.articles.structure import Block
from workbench.encoding import decode
from workbench.text import nfc

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.S)
_ENDS_SENTENCE = re.compile(r"[.!?…:;”\")|]\s*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: its blocks in order, and what it tells about itself."""

    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    published_on: str | None = None


def read(data: bytes, suffix: str) -> Reading:
    """``data`` read as the format of ``suffix``. Raises ValueError with what to do."""
    if suffix == ".docx":
        return _read_docx(data)
    text = decode(data)
    if suffix == ".md":
        return _read_markdown(text)
    if suffix in (".html", ".htm"):
        return _read_html(text)
    return Reading([Block(line) for line in _unwrapped(text.split("\n"))])


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """Lines of text that was broken at a fixed width, joined again: one line a paragraph."""
    pending = ""
    for line in lines:
        stripped = line.strip()
        if pending and stripped[:1].islower() and len(pending) > 40 and not _ENDS_SENTENCE.search(pending):
            pending = f"{pending} {stripped}"
            continue
        if pending:
            yield pending
        pending = stripped
    if pending:
        yield pending


def _read_markdown(text: str) -> Reading:
    from markdown_it import MarkdownIt

    front = _FRONT_MATTER.match(text)
    meta = dict(_front_matter(front[1])) if front else {}
    tokens = MarkdownIt("commonmark").parse(text[front.end() :] if front else text)
    return Reading(
        list(_markdown_blocks(tokens)),
        title=meta.get("title"),
        source_name=meta.get("source_name") or meta.get("source"),
        source_url=meta.get("source_url") or meta.get("url"),
        published_on=_iso_date(meta.get("published") or meta.get("date")),
    )


def _front_matter(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        key, colon, value = line.partition(":")
        if colon and value.strip():
            yield key.strip().lower(), value.strip().strip("\"'")


def _markdown_blocks(tokens: list[Token]) -> Iterator[Block]:
    """Headings become headline and sections, a paragraph wholly in italics a caption, list items stay items."""
    heading, item = "", False
    for token in tokens:
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "list_item_open":
            item = True
        elif token.type in ("fence", "code_block"):
            yield from (Block(line) for line in token.content.split("\n"))
        elif token.type == "inline" and token.children:
            hint = {"": None, "h1": "headline"}.get(heading, "section")
            pictures = [c.content for c in token.children if c.type == "image"]
            words = [c for c in token.children if c.type != "image"]
            text = _inline_text(words)
            if not heading and _all_emphasis(words):
                hint = "caption"
            yield from (Block(p, "caption") for p in pictures if p and p not in text)
            yield Block(f"- {text}" if item else text, hint)
            heading, item = "", False


def _inline_text(children: list[Token]) -> str:
    return "".join(
        " " if c.type in ("softbreak", "hardbreak") else c.content for c in children if c.type not in ("html_inline",)
    )


def _all_emphasis(children: list[Token]) -> bool:
    inner = [c for c in children if c.content.strip() or c.type.endswith(("_open", "_close"))]
    return len(inner) > 2 and inner[0].type == "em_open" and inner[-1].type == "em_close"


def _read_html(text: str) -> Reading:
    """The article of a web page, without menus, advertisements and comments (trafilatura)."""
    import trafilatura
    from trafilatura.settings import Extractor

    tree = trafilatura.load_html(text)
    if tree is None:
        raise ValueError("this is not an HTML page; save the text itself as .txt or paste it")
    captions = _captions_as_paragraphs(tree)
    options = Extractor(output_format="xml", with_metadata=True, comments=False, tables=True, dedup=False)
    document = trafilatura.bare_extraction(tree, options=options, favor_recall=True)
    if document is None:
        raise ValueError("no article text was found in the page; save the text itself as .txt or paste it")
    meta = document.as_dict()
    return Reading(
        [Block(t, "caption" if t in captions else h) for t, h in _html_blocks(document.body, meta.get("title"))],
        title=nfc(meta["title"]) if meta.get("title") else None,
        source_name=meta.get("sitename") or meta.get("hostname"),
        source_url=meta.get("url"),
        published_on=_iso_date(meta.get("date")),
    )


def _captions_as_paragraphs(tree: Any) -> set[str]:
    """Extraction drops ``<figcaption>``; as a paragraph behind its figure it is kept. Their texts."""
    texts = set()
    for caption in list(tree.iter("figcaption")):
        caption.tag = "p"
        texts.add(" ".join("".join(caption.itertext()).split()))
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None and figure.getparent() is not None:
            figure.addnext(caption)
    return texts


def _html_blocks(body: Any, title: str | None) -> Iterator[tuple[str, str | None]]:
    for element in body.iter("head", "p", "item", "quote", "cell", "graphic"):
        if element.tag == "graphic" or element.getparent().tag in ("p", "quote", "item", "cell"):
            continue
        text = " ".join("".join(element.itertext()).split())
        if not text:
            continue
        is_title = title is not None and text == " ".join(title.split())
        hint = "section" if element.tag == "head" else None
        if is_title or element.get("rend") == "h1":
            hint = "headline"
        yield (f"- {text}" if element.tag == "item" else text), hint


def _read_docx(data: bytes) -> Reading:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.text.paragraph import Paragraph

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise ValueError("this is not a Word document that can be opened; save it again as .docx or as text") from error
    blocks = []
    for part in document.iter_inner_content():
        paragraphs = [part] if isinstance(part, Paragraph) else [p for r in part.rows for c in r.cells for p in c.paragraphs]
        blocks += [Block(nfc(p.text), _docx_kind(p.style.name if p.style else "")) for p in paragraphs]
    properties = document.core_properties
    return Reading(blocks, title=nfc(properties.title) or None)


def _docx_kind(style: str | None) -> str | None:
    name = (style or "").lower()
    if name in ("title", "heading 1"):
        return "headline"
    return "section" if name.startswith("heading") else "caption" if name == "caption" else None


def _iso_date(text: Any) -> str | None:
    found = re.match(r"\d{4}-\d\d-\d\d", str(text or ""))
    return found[0] if found else None
