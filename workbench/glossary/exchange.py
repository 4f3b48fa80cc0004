"""The glossary as CSV: reading what a spreadsheet wrote, comparing it with what is there, writing it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from workbench.glossary.terms import CATEGORIES, STATUSES, USES, Term
from workbench.text import nfc, squeeze

COLUMNS = (
    "source",
    "target",
    "category",
    "use",
    "status",
    "source_variants",
    "target_variants",
    "forbidden",
    "source_forbidden",
    "case_sensitive",
    "note",
)
_HEADERS = {
    "nguồn": "source",
    "tiếng việt": "source",
    "vietnamese": "source",
    "đích": "target",
    "tiếng anh": "target",
    "english": "target",
    "loại": "category",
    "ghi chú": "note",
}
_TRUE = {"1", "true", "yes", "x", "có"}
_FALSE = {"", "0", "false", "no", "không"}
_LISTS = ("source_variants", "target_variants", "forbidden", "source_forbidden")
_LONGEST = 500
# Cells beginning so are run as formulas by spreadsheets; a leading ' defuses them.
_FORMULA = re.compile(r"^'*[=+\-@\t]")


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row: ``line`` counts from 1 and is where the row begins."""

    line: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read; ``given`` names the columns the file has."""

    line: int
    term: Term


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. With any error nothing is imported."""

    added: list[Term] = field(default_factory=list)
    updated: list[tuple[Term, Term]] = field(default_factory=list)
    """(as it is, as it will be) pairs."""
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)


def plan_import(text: str, existing: Iterable[Term]) -> ImportPlan:
    """Compare the CSV ``text`` with the ``existing`` terms; nothing is changed.

    Rows are matched by NFC-normalised source and category. A column the file lacks
    keeps what the existing term has.
    """
    rows, columns, errors = parse(text)
    known = {(t.source, t.category): t for t in existing}
    plan = ImportPlan(errors=errors)
    counted = 0
    for row in rows:
        old = known.get((row.term.source, row.term.category))
        if old is None:
            plan.added.append(row.term)
            continue
        new = replace(old, **{c: getattr(row.term, c) for c in columns})
        if new == old:
            counted += 1
        else:
            plan.updated.append((old, new))
    return replace(plan, unchanged=counted)


def parse(text: str) -> tuple[list[Row], list[str], list[RowError]]:
    """``(rows, columns of the file, errors)`` of a CSV with comma, semicolon or tab."""
    text = nfc(text.lstrip("\ufeff"))
    if not text.strip():
        return [], [], [RowError(1, "", "the file is empty; the first line must name the columns: source,target,…")]
    records, errors = _records(text)
    if errors:
        return [], [], errors
    header_line, header = records[0]
    columns, errors = _columns(header, header_line)
    if errors:
        return [], [], errors
    rows: list[Row] = []
    first_seen: dict[tuple[str, str], Row] = {}
    for line, cells in records[1:]:
        term, wrong = _term(columns, cells, line)
        errors += wrong
        if term is None:
            continue
        row = Row(line, term)
        earlier = first_seen.setdefault((term.source, term.category), row)
        if earlier is row:
            rows.append(row)
        elif earlier.term != term:
            errors.append(
                RowError(line, "source", f"{term.source!r} ({term.category}) stands in line {earlier.line} already, with other values")
            )
    return rows, [c for c in columns if c], errors


def _records(text: str) -> tuple[list[tuple[int, list[str]]], list[RowError]]:
    """``(line where the record begins, cells)`` of every record that is not blank."""
    first_line = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records = []
    line = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return [], [RowError(line, "", "a quote that is opened here is never closed")]
    return records, []


def _columns(header: list[str], line: int) -> tuple[list[str], list[RowError]]:
    columns = [_HEADERS.get(squeeze(h).lower(), squeeze(h).lower().replace(" ", "_")) for h in header]
    errors = [
        RowError(line, h.strip(), f"unknown column; known are {', '.join(COLUMNS)}")
        for h, c in zip(header, columns, strict=True)
        if c and c not in COLUMNS
    ]
    errors += [RowError(line, c, "the column stands twice") for c in COLUMNS if columns.count(c) > 1]
    errors += [
        RowError(line, c, f"the column {c} is missing; the first line must name the columns")
        for c in ("source", "target")
        if c not in columns
    ]
    return columns, errors


def _term(columns: list[str], cells: list[str], line: int) -> tuple[Term | None, list[RowError]]:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > len(columns):
        return None, [
            RowError(line, "", f"{len(cells)} cells, but the header has {len(columns)}; a text with the delimiter in it needs quotes")
        ]
    values = {c: _restore(v) for c, v in zip(columns, cells, strict=False) if c}
    return build_term(values, line)


def build_term(values: Mapping[str, str], line: int = 0, *, base: Term | None = None) -> tuple[Term | None, list[RowError]]:
    """A term from texts as people type them (lists separated by ``|``), or what is wrong with them.

    ``base``: the term that is edited; what ``values`` lacks is taken from it.
    """
    errors: list[RowError] = []

    def wrong(name: str, message: str) -> None:
        errors.append(RowError(line, name, message))

    given: dict[str, object] = {}
    for name in ("source", "target"):
        given[name] = squeeze(values.get(name, ""))
        if not given[name]:
            wrong(name, f"the {name} is empty")
    for name, allowed in (("category", CATEGORIES), ("use", USES), ("status", STATUSES)):
        value = values.get(name, "").strip().lower()
        if value and value not in allowed:
            wrong(name, f"{value!r} is not one of {', '.join(allowed)}")
        elif value:
            given[name] = value
    for name in _LISTS:
        if name in values:
            given[name] = tuple(dict.fromkeys(p for v in values[name].split("|") if (p := squeeze(v))))
    if "case_sensitive" in values:
        value = values["case_sensitive"].strip().lower()
        if value not in _TRUE | _FALSE:
            wrong("case_sensitive", f"{value!r} is neither yes nor no")
        given["case_sensitive"] = value in _TRUE
    if "note" in values:
        given["note"] = nfc(values["note"]).replace("\r\n", "\n").strip()
    for name in ("source", "target", *_LISTS):
        texts = given.get(name, ())
        if any(len(t) > _LONGEST for t in ([texts] if isinstance(texts, str) else texts)):  # type: ignore[attr-defined]
            wrong(name, f"longer than {_LONGEST} characters; a term is a name or a phrase")
    if errors:
        return None, errors
    term = replace(base or Term(0, "", ""), **given)  # type: ignore[arg-type]
    both = next((t for t in term.targets if t in term.forbidden), None)
    if both:
        return None, [RowError(line, "forbidden", f"{both!r} is allowed as well")]
    return term, []


def to_csv(terms: Iterable[Term]) -> str:
    """The terms as CSV with all columns; read again it changes nothing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        writer.writerow([_defuse(cell) for cell in cells(term)])
    return out.getvalue()


def cells(term: Term) -> list[str]:
    """The values of a term in the order of ``COLUMNS``, as they are typed."""
    return [
        term.source,
        term.target,
        term.category,
        term.use,
        term.status,
        *("|".join(getattr(term, name)) for name in _LISTS),
        "yes" if term.case_sensitive else "",
        term.note,
    ]


def _defuse(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _restore(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
