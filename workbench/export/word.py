"""Word (.docx) of the English article, with python-docx."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from workbench.export.document import Document, Unit, main_kind, without_bullet

_LONGEST_PROPERTY = 255
_STYLES = {"headline": "Heading 1", "section": "Heading 2", "related": "List Bullet"}


def to_docx(document: Document) -> bytes:
    """Headings, paragraphs, captions in italics, related stories as a list; title and source in the properties."""
    import docx

    word = docx.Document()
    _describe(word.core_properties, document)
    for paragraph in document.paragraphs:
        kind = main_kind(paragraph)
        written = word.add_paragraph(style=_STYLES.get(kind))
        for number, unit in enumerate(paragraph):
            _write(written, unit, blank=number > 0, related=kind == "related")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _write(paragraph: Any, unit: Unit, *, blank: bool, related: bool) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    from workbench.memory.tmx import legal

    text = f"[segment {unit.position} is not approved]" if unit.target is None else legal(unit.target)
    run = paragraph.add_run(" " * blank + (without_bullet(text) if related else text))
    run.italic = True if unit.kind in ("caption", "credit") else None
    if unit.target is None:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _describe(properties: Any, document: Document) -> None:
    from workbench.memory.tmx import legal

    def fits(text: str) -> str:
        return legal(text)[:_LONGEST_PROPERTY]

    authors = dict.fromkeys(u.author for u in document.segments if u.author)
    properties.title = fits(document.title)
    properties.subject = fits(document.source_title)
    properties.author = fits(", ".join(authors))
    properties.last_modified_by = fits(", ".join(authors))
    properties.identifier = fits(document.source_url or "")
    properties.category = fits(document.source_name or "")
    properties.comments = ""
    properties.language = "en"
    if approved := [u.approved_at for u in document.segments if u.approved_at]:
        properties.created = properties.modified = datetime.fromisoformat(max(approved)).replace(tzinfo=None)
