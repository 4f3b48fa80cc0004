"""Markdown with YAML front matter, escaped so that any CommonMark reader shows the approved text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from workbench.export.document import Document, Unit, without_bullet

_ALWAYS = re.compile(r"[\\`*\[\]<>~]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^([#+\-=>]|\d{1,9}(?=[.)](?:\s|$)))")
_NO_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HEADING_END = re.compile(r"#(?=#*\s*$)")


def to_markdown(document: Document) -> str:
    """One article: front matter, headline as ``#``, sections as ``##``, captions in italics, links as a list."""
    blocks: list[str] = []
    for paragraph in document.paragraphs:
        block = _block(paragraph)
        # Related stories stand in one list, not in lists of one.
        if block.startswith("- ") and blocks and blocks[-1].startswith("- "):
            blocks[-1] += "\n" + block
        else:
            blocks.append(block)
    return _front_matter(document) + "\n" + "\n\n".join(blocks) + "\n"


def _front_matter(document: Document) -> str:
    fields = {
        "title": document.title,
        "source_title": document.source_title,
        "source_name": document.source_name,
        "source_url": document.source_url,
        "published": document.published,
        "translated": document.translated,
        "language": "en",
    }
    plain = ("published", "translated", "language")
    lines = [f"{k}: {v if k in plain else _yaml(v)}" for k, v in fields.items() if v]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _yaml(text: str) -> str:
    """A JSON string is a YAML string, but for a few characters that YAML takes for line ends or forbids."""
    return _NO_YAML.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _block(paragraph: Sequence[Unit]) -> str:
    kind = paragraph[0].kind
    texts = [u.target for u in paragraph if u.target]
    comments = [f"<!-- segment {u.position} is not approved -->" for u in paragraph if u.target is None]
    words = " ".join(texts)
    if not words:
        return "\n".join(comments)
    if kind == "headline":
        block = "# " + _HEADING_END.sub(r"\\#", escape(words, line_start=False))
    elif kind == "section":
        block = "## " + _HEADING_END.sub(r"\\#", escape(words, line_start=False))
    elif kind in ("caption", "credit"):
        block = f"*{escape(words, line_start=False)}*"
    elif kind == "related":
        block = "- " + escape(without_bullet(words))
    else:
        block = escape(words)
    return "\n".join([block, *comments])


def escape(text: str, *, line_start: bool = True) -> str:
    """``text`` as literal CommonMark: ``5 * 3 [a]`` → ``5 \\* 3 \\[a\\]``, ``1. May`` → ``1\\. May``."""
    escaped = _ALWAYS.sub(lambda m: "\\" + m[0], text)
    escaped = _UNDERSCORE.sub(r"\\_", escaped)
    escaped = _ENTITY.sub(r"\\&", escaped)
    if not line_start:
        return escaped
    return _LINE_START.sub(lambda m: m[1] + "\\" if m[1].isdigit() else "\\" + m[1], escaped)
