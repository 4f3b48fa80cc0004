"""The formats articles come in: plain text, Markdown, HTML and Word → blocks of text."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.articles.structure import Block
from workbench.encoding import decode
from workbench.text import nfc, squeeze
from workbench.wording import Message

if TYPE_CHECKING:
    from markdown_it.token import Token

# Lines of YAML only: an article may as well begin with a rule of three dashes.
_FRONT_MATTER = re.compile(r"\A---\n((?:(?:[\w-]+:|#|[ \t]+|- ).*\n|\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_INLINE_TAG = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|sub|sup|u)\b[^>]*>", re.I)
_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.S | re.I)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ENDS_SENTENCE = re.compile(r"[.!?…:;”\")|]\s*$")
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_XML = 10 * 1024 * 1024
"""What the files of a Word document may hold together, and each that is text: thousands of pages, and pictures."""
_CHUNK = 1 << 16
# What reading a damaged or locked ZIP, or XML in it, ends with.
_DAMAGED = (SyntaxError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, EOFError)


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
    # Only rules and a list between two rules are text.
    front = front if meta else None
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
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
    heading, item = "", ""
    for token in tokens:
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type in ("fence", "code_block"):
            yield from (Block(line) for line in token.content.split("\n"))
        elif token.type == "html_block":
            plain = _MARKUP.sub(" ", _INLINE_TAG.sub("", token.content))
            yield from (Block(html.unescape(line)) for line in plain.split("\n"))
        elif token.type == "inline" and token.children:
            hint = {"": None, "h1": "headline"}.get(heading, "section")
            pictures = [c.content for c in token.children if c.type == "image"]
            words = [c for c in token.children if c.type != "image"]
            text = _inline_text(words)
            if not heading and _all_emphasis(words):
                hint = "caption"
            yield from (Block(p, "caption") for p in pictures if p and p not in text)
            yield Block(item + text if text else "", hint)
            heading, item = "", ""


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
        raise ValueError(Message("this is not an HTML page; save the text itself as .txt or paste it"))
    captions = _captions_as_paragraphs(tree)
    # Without this any year in the text becomes the date.
    written: Any = {"extensive_search": False, "original_date": True}
    options = Extractor(
        output_format="xml",
        recall=True,
        with_metadata=True,
        comments=False,
        tables=True,
        dedup=False,
        date_params=written,
    )
    document: Any = trafilatura.bare_extraction(tree, options=options)
    if document is None:
        raise ValueError(Message("no article text was found in the page; save the text itself as .txt or paste it"))
    meta = document.as_dict()
    return Reading(
        [Block(t, "caption" if t in captions else h) for t, h in _html_blocks(document.body, meta.get("title"))],
        title=nfc(meta["title"]) if meta.get("title") else None,
        source_name=meta.get("sitename") or meta.get("hostname"),
        source_url=meta.get("url"),
        published_on=_iso_date(meta.get("date")),
    )


def _captions_as_paragraphs(tree: Any) -> set[str]:
    """Extraction drops ``<figcaption>`` and ``class="caption"``; as paragraphs they are kept. Their texts."""
    texts = set()
    for caption in tree.xpath("//figcaption | //*[self::div or self::p or self::span][contains(@class, 'aption')]"):
        caption.attrib.clear()
        if caption.find(".//p") is None:
            caption.tag = "p"
        texts.add(squeeze("".join(caption.itertext())))
        figure = next(caption.iterancestors("figure"), None)
        if figure is not None and figure.getparent() is not None:
            figure.addnext(caption)
    return texts


def _html_blocks(body: Any, title: str | None) -> Iterator[tuple[str, str | None]]:
    """Every text of the extracted tree in its order, with the hint its element gives."""
    in_item = None
    for element, line in _html_lines(body):
        text = squeeze(line)
        if not text:
            continue
        hint = "section" if element.tag == "head" else None
        if element.get("rend") == "h1" or (title is not None and text == squeeze(title)):
            hint = "headline"
        if element.tag == "item" and element is not in_item:
            in_item = element
            text = text if re.match(r"[-•*–+]\s", text) else f"- {text}"
        yield text, hint


def _html_lines(body: Any) -> list[tuple[Any, str]]:
    """(element, text): blocks of the tree and the text between them; ``<lb/>`` ends a line."""
    lines: list[tuple[Any, str]] = []

    def add(text: str | None) -> None:
        owner, line = lines[-1]
        lines[-1] = (owner, line + (text or ""))

    def walk(element: Any, owner: Any) -> None:
        block = element.tag not in ("hi", "ref", "del", "ins", "code", "span", "graphic")
        # Paragraphs inside a list item are the item's.
        owner = element if block and element.tag != "lb" and owner.tag != "item" else owner
        if block:
            lines.append((owner, ""))
        add(element.text)
        for child in element:
            walk(child, owner)
        if block and element.tag != "lb":
            parent = element.getparent()
            lines.append((parent if parent is not None and owner is element else owner, ""))
        add(element.tail)

    walk(body, body)
    return lines


def _read_docx(data: bytes) -> Reading:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        _refuse_bomb(data)
        document = docx.Document(io.BytesIO(data))
        properties = document.core_properties
        title = nfc(properties.title) or None
    except _Bomb:
        raise
    except (OpcError, *_DAMAGED) as error:
        raise ValueError(
            Message("this is not a Word document that can be opened; save it again as .docx or as text")
        ) from error
    styles = {s.style_id: s.name for s in document.styles}
    blocks = [
        Block(nfc(line), _docx_kind(styles.get(paragraph.style or "")))
        for paragraph in document.element.body.iter(f"{_WORD}p")
        if next(paragraph.iterancestors(_FALLBACK), None) is None
        for line in _docx_text(paragraph).split("\n")
    ]
    return Reading(blocks, title=title)


class _Bomb(ValueError):
    """The document unpacks to far more than it could need."""


def _refuse_bomb(data: bytes) -> None:
    """Raise _Bomb before anything is unpacked into memory, BadZipFile and its like where it is no ZIP."""
    left = LARGEST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > left:
            raise _too_large(LARGEST_UNPACKED)
        for info in archive.infolist():
            most = LARGEST_XML if info.filename.lower().endswith((".xml", ".rels")) else LARGEST_UNPACKED
            size = _unpacked_size(archive, info, min(most, left))
            if size > min(most, left):
                raise _too_large(most if size > most else LARGEST_UNPACKED)
            left -= size


def _unpacked_size(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> int:
    """How large a file of a ZIP is, whatever the ZIP says about it; counted in pieces, up to a little over ``most``."""
    size, info.file_size = 0, most + 2 * _CHUNK
    with archive.open(info) as stream:
        while size <= most and (piece := stream.read(_CHUNK)):
            size += len(piece)
    return size


def _too_large(most: int) -> _Bomb:
    return _Bomb(
        Message("unpacked, this Word document has more than %(most)s MB; save its text as .txt", most=most >> 20)
    )


def _docx_text(paragraph: Any) -> str:
    """What the paragraph shows: links, content controls and tracked insertions too, tracked deletions not."""
    parts = []
    for element in paragraph.iter(*(f"{_WORD}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))):
        # A text box has paragraphs of its own inside this one.
        if next(element.iterancestors(f"{_WORD}p")) is not paragraph:
            continue
        # A tab stop is declared with the same name as a tab.
        if element.getparent().tag == f"{_WORD}r":
            name = element.tag.removeprefix(_WORD)
            parts.append({"t": element.text or "", "tab": " ", "noBreakHyphen": "-"}.get(name, "\n"))
    return "".join(parts)


def _docx_kind(style: str | None) -> str | None:
    name = (style or "").lower()
    if name in ("title", "heading 1"):
        return "headline"
    return "section" if name.startswith("heading") else "caption" if name == "caption" else None


def _iso_date(text: Any) -> str | None:
    found = re.match(r"\d{4}-\d\d-\d\d", str(text or ""))
    return found[0] if found else None
