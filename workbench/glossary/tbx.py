"""The glossary as TBX (ISO 30042:2019, dialect TBX-Basic, style DCT), read and written with lxml.

lxml, because no maintained library does TBX of 2019: translate-toolkit and Weblate know the
MARTIF form of 2008 only, which is read here too, as many tools still write it. What TBX-Basic
has no name for (``use``, ``status``, case, wordings a term must not be seen in) travels as
``projectSubset``, which other tools show as a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from workbench.glossary.exchange import COLUMNS, Record, RowError, Table
from workbench.glossary.terms import CATEGORIES, Term
from workbench.text import squeeze
from workbench.wording import Message

_CORE = "urn:iso:std:iso:30042:ed-2"
_MIN = "http://www.tbxinfo.net/ns/min"
_BASIC = "http://www.tbxinfo.net/ns/basic"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED, _ADMITTED, _DEPRECATED = (f"{s}Term-admn-sts" for s in ("preferred", "admitted", "deprecated"))
_AVOIDED = ("deprecated", "superseded", "forbidden", "obsolete")
_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
# Elements whose name says nothing before their type is read (style DCA, and MARTIF).
_CARRIERS = ("termNote", "admin", "descrip", "adminNote")
_SETTING = re.compile(r"(use|status|case|not inside): (.+)")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_tbx(terms: Iterable[Term]) -> bytes:
    """The terms as TBX; read again it changes nothing."""
    root = etree.Element(f"{{{_CORE}}}tbx", nsmap={None: _CORE, "min": _MIN, "basic": _BASIC})
    root.set("type", "TBX-Basic")
    root.set("style", "dct")
    root.set(_LANG, "vi")
    description = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(description, "titleStmt"), "title", "Glossary: Vietnamese diplomatic news in English")
    _add(_add(description, "sourceDesc"), "p", "Exported from the Song Ngữ workbench")
    body = _add(_add(root, "text"), "body")
    for number, term in enumerate(terms, start=1):
        _write(body, term, number)
    declared = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return bytes(declared)


def _write(body: Any, term: Term, number: int) -> None:
    entry = _add(body, "conceptEntry")
    entry.set("id", f"c{term.id or number}")
    _add(entry, "subjectField", term.category, _MIN)
    case = "yes" if term.case_sensitive else "no"
    settings = [f"use: {term.use}", f"status: {term.status}", f"case: {case}"]
    for setting in [*settings, *(f"not inside: {w}" for w in term.source_forbidden)]:
        _add(entry, "projectSubset", setting, _BASIC)
    if term.note:
        _add(entry, "note", term.note)
    for language, preferred, admitted, deprecated in (
        ("vi", term.source, term.source_variants, ()),
        ("en", term.target, term.target_variants, term.forbidden),
    ):
        section = _add(entry, "langSec")
        section.set(_LANG, language)
        for status, texts in ((_PREFERRED, (preferred,)), (_ADMITTED, admitted), (_DEPRECATED, deprecated)):
            for text in texts:
                one = _add(section, "termSec")
                _add(one, "term", text)
                _add(one, "administrativeStatus", status, _MIN)


def _add(parent: Any, name: str, text: str = "", namespace: str = _CORE) -> Any:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    if text:
        element.text = _UNWRITABLE.sub("", text)
    return element


def read_tbx(text: str) -> Table:
    """The concepts of a TBX (2019: DCT or DCA; 2008: MARTIF) as rows."""
    # No entities, no DTD, nothing from the network: the file comes from anywhere.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    lines_lost = text.count("\n") - plain.count("\n")
    try:
        root = etree.fromstring(plain.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = (error.lineno or 1) + lines_lost
        return Table(errors=[RowError(line, "", Message("this is no well-formed XML: %(why)s", why=error.msg))])
    if _name(root) not in ("tbx", "martif"):
        message = Message("<%(tag)s> is not the beginning of a TBX file, which is <tbx> or <martif>", tag=_name(root))
        return Table(errors=[RowError(1, "", message)])
    records = [_record(entry, lines_lost) for entry in root.iter() if _name(entry) in _ENTRIES]
    if not records:
        return Table(errors=[RowError(1, "", Message("there is no concept (conceptEntry or termEntry) in the file"))])
    return Table(list(COLUMNS), records)


def _record(entry: Any, lines_lost: int) -> Record:
    line = entry.sourceline + lines_lost
    values: dict[str, str] = {}
    error = None
    lists: dict[str, list[str]] = {"source_variants": [], "target_variants": [], "forbidden": []}
    for side, language in (("source", "vi"), ("target", "en")):
        wordings = [w for section in _sections(entry, language) for w in _wordings(section)]
        good = [text for text, status in wordings if not status.startswith(_AVOIDED)]
        chosen = next((text for text, status in wordings if status.startswith("preferred")), (good or [""])[0])
        values[side] = chosen
        if not chosen:
            name = "Vietnamese (xml:lang vi)" if side == "source" else "English (xml:lang en)"
            error = error or RowError(line, side, Message("the concept has no %(language)s term", language=name))
        lists[f"{side}_variants"] = [t for t in good if t != chosen]
        avoided = [text for text, status in wordings if status.startswith(_AVOIDED)]
        # A Vietnamese wording that is to be avoided still stands in texts, and is to be found.
        lists["forbidden" if side == "target" else "source_variants"] += [t for t in avoided if t != chosen]
    values |= _settings(entry, lists)
    notes = [squeeze_lines(child) for child in entry if _name(child) == "note"]
    if notes:
        values["note"] = "\n".join(notes)
    for name, texts in lists.items():
        values[name] = "|".join(texts)
        if any("|" in t for t in texts):
            error = error or RowError(line, name, Message("a term holds the sign | , which separates terms here"))
    return Record(line, values, [values.get(c, "") for c in COLUMNS], error)


def _settings(entry: Any, lists: dict[str, list[str]]) -> dict[str, str]:
    values = {}
    for element in entry:
        kind, text = _category(element), squeeze("".join(element.itertext()))
        setting = _SETTING.fullmatch(text)
        if kind == "subjectField" and text.lower() in CATEGORIES:
            values["category"] = text.lower()
        elif kind == "projectSubset" and setting:
            if setting[1] == "not inside":
                lists.setdefault("source_forbidden", []).append(setting[2])
            else:
                values["case_sensitive" if setting[1] == "case" else setting[1]] = setting[2]
    if "use" in values:  # Written here, so that what is not there is empty, not unknown.
        lists.setdefault("source_forbidden", [])
        values.setdefault("note", "")
    return values


def squeeze_lines(element: Any) -> str:
    """The text of an element with its line breaks, without the blanks that indent it."""
    return "\n".join(line.strip() for line in "".join(element.itertext()).strip().splitlines())


def _sections(entry: Any, language: str) -> Iterator[Any]:
    for section in entry:
        tag = (section.get(_LANG) or section.get("lang") or "").lower()
        if _name(section) in _LANGUAGES and tag.split("-")[0].split("_")[0] == language:
            yield section


def _wordings(section: Any) -> Iterator[tuple[str, str]]:
    """``(term, administrative status)`` of each term of a language."""
    for group in section:
        if _name(group) not in _TERMS:
            continue
        term = next((e for e in group.iter() if _name(e) == "term"), None)
        text = squeeze("".join(term.itertext())) if term is not None else ""
        status = next((e.text or "" for e in group.iter() if _category(e) == "administrativeStatus"), "")
        if text:
            yield text, status.strip()


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _category(element: Any) -> str:
    name = _name(element)
    return str(element.get("type", "")) if name in _CARRIERS else name
