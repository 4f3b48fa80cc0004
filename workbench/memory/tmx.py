"""Exchange of the memory as TMX 1.4b (https://www.gala-global.org/tmx-14b), read and written with lxml.

lxml because it names the line of what is wrong and writes while it goes; the TMX libraries on
PyPI are unmaintained, and translate-toolkit brings a whole desk of formats for this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

from lxml import etree  # type: ignore[import-untyped,unused-ignore]
from sqlite_utils import Database

from workbench import __version__
from workbench.store import events, transaction
from workbench.store import memory as store
from workbench.text import squeeze

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What these hold is code of the tagged format, not text (TMX 1.4b, "Content Markup").
_CODE = {"bpt", "ept", "it", "ph", "ut"}
_DATE = "%Y%m%dT%H%M%SZ"
# Names that OmegaT and memoQ give to the neighbouring segments.
_BEFORE = ("prev", "x-context-pre")
_AFTER = ("next", "x-context-post")
_SEG = re.compile(r"^<seg>|</seg>$")
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Watch = Callable[[list["Unit"]], Iterable["Unit"]]


class BadTmx(ValueError):
    """The file is no TMX that can be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One translation unit, Vietnamese and English, its inline tags gone."""

    source: str
    target: str
    author: str | None
    created_at: str | None
    """UTC, ISO 8601 (``2026-02-04T08:30:00Z``), or None."""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its pairs, and how many units lack one of the languages or have no words."""

    units: list[Unit]
    skipped: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``duplicates``: pairs that were remembered already or stand twice in the file."""

    added: int
    duplicates: int
    skipped: int


def import_tmx(db: Database, data: bytes, *, name: str, author: str, watch: Watch = iter) -> Imported:
    """Remember the Vietnamese–English pairs of a TMX file; with any error nothing is imported.

    ``watch`` wraps the list of units, to show progress. Raises BadTmx.
    """
    reading = read_tmx(data, name)
    if not reading.units:
        raise BadTmx(f"{name}: no unit has both Vietnamese (vi) and English (en); nothing was imported")
    with transaction(db):
        number = store.add_import(db, name, author)
        added = store.add_all(db, _new(db, watch(reading.units), number, author))
        duplicates = len(reading.units) - added
        detail = {"file": name, "added": added, "duplicates": duplicates, "skipped": reading.skipped}
        events.record(db, author, "memory.import", detail=detail)
    return Imported(added, duplicates, reading.skipped)


def _new(db: Database, units: Iterable[Unit], number: int, author: str) -> Iterator[store.Entry]:
    # Each entry is written before the next is asked for, so repeats within the file are seen too.
    for unit in units:
        if not store.holds(db, unit.source, unit.target):
            yield store.Entry(
                unit.source,
                unit.target,
                unit.author or author,
                unit.created_at,
                before=unit.before,
                after=unit.after,
                import_id=number,
            )


def read_tmx(data: bytes, name: str) -> Reading:
    """The pairs of a TMX file, versions 1.1 to 1.4b. Raises BadTmx naming ``name`` and the line."""
    reading = Reading([], 0)
    skipped = 0
    try:
        steps = etree.iterparse(
            BytesIO(data), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True
        )
        for number, (event, element) in enumerate(steps):
            if number == 0 and element.tag != "tmx":
                raise BadTmx(f"{name}, line {element.sourceline}: the file begins with <{element.tag}>; TMX with <tmx>")
            if event == "start" or element.tag != "tu":
                continue
            unit = _unit(element, name)
            if unit is None:
                skipped += 1
            else:
                reading.units.append(unit)
            element.clear()
    except etree.XMLSyntaxError as error:
        raise BadTmx(f"{name}, line {error.lineno or 1}: {error.msg}") from error
    return Reading(reading.units, skipped)


def _unit(tu: Any, name: str) -> Unit | None:
    texts: dict[str, tuple[str, Any]] = {}
    for tuv in tu.iterchildren("tuv"):
        language = (tuv.get(_LANG) or tuv.get("lang") or "").lower().replace("_", "-").split("-")[0]
        if not language:
            raise BadTmx(f"{name}, line {tuv.sourceline}: this <tuv> does not say its language (xml:lang)")
        seg = tuv.find("seg")
        if seg is None:
            raise BadTmx(f"{name}, line {tuv.sourceline}: this <tuv> has no <seg>")
        texts.setdefault(language, (squeeze("".join(_text(seg, name))), tuv))
    source, source_tuv = texts.get("vi", ("", None))
    target, target_tuv = texts.get("en", ("", None))
    if not source or not target:
        return None
    places = (target_tuv, tu, source_tuv)
    return Unit(
        source,
        target,
        _attribute(places, "changeid", "creationid"),
        _date(_attribute(places, "changedate", "creationdate")),
        _neighbour((tu, source_tuv, target_tuv), _BEFORE),
        _neighbour((tu, source_tuv, target_tuv), _AFTER),
    )


def _text(element: Any, name: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):
            raise BadTmx(f"{name}, line {child.sourceline}: the entity {child.text} is not known in TMX")
        if isinstance(child.tag, str) and child.tag not in _CODE:
            yield from _text(child, name)
        yield child.tail or ""


def _attribute(places: Iterable[Any], *names: str) -> str | None:
    return next((place.get(n) for n in names for place in places if place.get(n)), None)


def _date(written: str | None) -> str | None:
    try:
        return datetime.strptime(written or "", _DATE).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def _neighbour(places: Iterable[Any], types: tuple[str, ...]) -> str | None:
    for place in places:
        for prop in place.iterchildren("prop"):
            if prop.get("type") in types and prop.text:
                # memoQ writes the neighbour with its <seg> tags as text.
                return squeeze(_SEG.sub("", prop.text)) or None
    return None


def export_tmx(db: Database, out: IO[bytes], *, watch: Watch = iter) -> int:
    """Write every entry whose approval stands to ``out``; how many."""
    units = [
        Unit(r["source"], r["target"], r["author"], r["created_at"], r["before"], r["after"])
        for r in store.standing(db)
    ]
    write_tmx(out, watch(units))
    return len(units)


def write_tmx(out: IO[bytes], units: Iterable[Unit]) -> None:
    """Write ``units`` as TMX 1.4b, UTF-8, source ``vi``, target ``en``."""
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration(doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", version="1.4"):
            xml.write("\n", _header(), "\n")
            with xml.element("body"):
                xml.write("\n")
                for unit in units:
                    xml.write(_tu(unit), "\n")


def _header() -> Any:
    return etree.Element(
        "header",
        creationtool="Song Ngu workbench",
        creationtoolversion=__version__,
        segtype="sentence",
        adminlang="en",
        srclang="vi",
        datatype="plaintext",
        **{"o-tmf": "workbench"},
        creationdate=datetime.now(UTC).strftime(_DATE),
    )


def _tu(unit: Unit) -> Any:
    tu = etree.Element("tu")
    if unit.author:
        tu.set("creationid", legal(unit.author))
    if unit.created_at:
        tu.set("creationdate", unit.created_at.replace("-", "").replace(":", ""))
    for type_, text in (("prev", unit.before), ("next", unit.after)):
        if text:
            etree.SubElement(tu, "prop", type=type_).text = legal(text)
    for language, text in (("vi", unit.source), ("en", unit.target)):
        tuv = etree.SubElement(tu, "tuv", {_LANG: language})
        etree.SubElement(tuv, "seg").text = legal(text)
    return tu


def legal(text: str) -> str:
    """``text`` without the control characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("", text)
