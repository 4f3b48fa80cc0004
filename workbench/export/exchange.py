"""Segments for other programs: CSV, TMX 1.4b and XLIFF 2.0."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from workbench.export.document import Document, Unit, main_kind

COLUMNS = ("position", "kind", "source", "target", "status", "author")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XLIFF = "urn:oasis:names:tc:xliff:document:2.0"


def to_csv(document: Document) -> bytes:
    """One row a segment, UTF-8 with BOM (Excel needs it), ``target`` empty where nothing is approved.

    A text that a spreadsheet would take for a formula (``- Tin liên quan``, ``=HYPERLINK(…)``)
    gets an apostrophe in front, as OWASP asks ("CSV Injection").
    """
    out = StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for unit in document.segments:
        texts = (unit.source, unit.target or "", unit.status, unit.author or "")
        rows.writerow([unit.position, unit.kind, *map(_no_formula, texts)])
    return out.getvalue().encode("utf-8-sig")


def _no_formula(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text


def to_tmx(document: Document) -> bytes:
    """The approved pairs with their neighbours, as other translation memories read them."""
    from workbench.memory.tmx import Unit as Pair
    from workbench.memory.tmx import write_tmx

    sources = [None, *(u.source for u in document.segments), None]
    out = BytesIO()
    write_tmx(
        out,
        [
            Pair(u.source, u.target, u.author, u.approved_at, sources[i], sources[i + 2])
            for i, u in enumerate(document.segments)
            if u.target is not None
        ],
    )
    return out.getvalue()


def to_xliff(document: Document) -> bytes:
    """XLIFF 2.0 core (OASIS Standard, 2014): one unit a paragraph, one segment a sentence, approved ones ``final``.

    2.0 and not 1.2, because only there a paragraph is one unit of several segments, each with a
    state of its own; in 1.2 the state belongs to the whole unit.
    """
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    from workbench.memory.tmx import legal

    root = etree.Element(f"{{{_XLIFF}}}xliff", nsmap={None: _XLIFF}, version="2.0", srcLang="vi", trgLang="en")
    file = etree.SubElement(root, f"{{{_XLIFF}}}file", id="f1", original=legal(document.source_url or document.stem))
    file.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    notes = etree.SubElement(file, f"{{{_XLIFF}}}notes")
    etree.SubElement(notes, f"{{{_XLIFF}}}note", category="title").text = legal(document.source_title)
    for number, paragraph in enumerate(document.paragraphs, start=1):
        _unit(file, number, paragraph)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _unit(file: Any, number: int, paragraph: Sequence[Unit]) -> None:
    from lxml import etree

    from workbench.memory.tmx import legal

    def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        element = etree.SubElement(parent, f"{{{_XLIFF}}}{name}", **attributes)
        element.text = text
        return element

    unit = add(file, "unit", id=f"u{number}", type=f"songngu:{main_kind(paragraph)}", canResegment="no")
    for place, found in enumerate(paragraph):
        if place:
            blank = add(unit, "ignorable")
            add(blank, "source", " ")
            add(blank, "target", " ")
        segment = add(unit, "segment", id=f"s{found.position}", state="final" if found.target else "initial")
        add(segment, "source", legal(found.source))
        if found.target:
            add(segment, "target", legal(found.target))
