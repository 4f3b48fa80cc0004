"""The glossary as files: reading what a spreadsheet wrote, comparing it with what is there, writing CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.glossary.terms import CATEGORIES, STATUSES, USES, Term
from workbench.text import nfc, squeeze
from workbench.wording import Message

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
REASON = "reason"
"""The column of the wrong rows that says what is wrong; read again it is ignored."""
_HEADERS = {
    "nguồn": "source",
    "tiếng việt": "source",
    "vietnamese": "source",
    "đích": "target",
    "tiếng anh": "target",
    "english": "target",
    "loại": "category",
    "cách dùng": "use",
    "trạng thái": "status",
    "biến thể nguồn": "source_variants",
    "biến thể đích": "target_variants",
    "cấm": "forbidden",
    "cấm nguồn": "source_forbidden",
    "phân biệt hoa thường": "case_sensitive",
    "ghi chú": "note",
    "lý do": REASON,
}
_TRUE = {"1", "true", "yes", "x", "có"}
_FALSE = {"", "0", "false", "no", "không"}
_LISTS = ("source_variants", "target_variants", "forbidden", "source_forbidden")
_LONGEST = 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
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
    """One row as read: where it begins, what it says, and which columns it has."""

    line: int
    term: Term
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row before it is understood: the text of each column, and the cells as they stand in the file."""

    line: int
    values: dict[str, str]
    cells: list[str]
    error: RowError | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file cut into records. ``errors`` are those for which no row can be read at all."""

    header: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. With any error nothing is imported."""

    added: list[Term] = field(default_factory=list)
    updated: list[tuple[Term, Term]] = field(default_factory=list)
    """(as it is, as it will be) pairs."""
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    left_out: int = 0
    """Wrong rows of the files held from earlier tries: they are not imported."""
    mendable: bool = False
    """Whether the errors are those of single rows, which ``wrong_rows`` gives."""


def plan_import(text: str, existing: Iterable[Term], *, held: Sequence[str] = ()) -> ImportPlan:
    """Compare the file ``text`` (CSV or TBX) with the ``existing`` terms; nothing is changed.

    Rows are matched by NFC-normalised source and category. A column the file lacks
    keeps what the existing term has. ``held``: files sent before whose right rows go in as well.
    """
    seen: dict[tuple[str, str], Row] = {}
    rows: list[Row] = []
    left_out = 0
    for earlier in held:
        right, wrong = _rows(read(earlier), seen)
        rows += right
        left_out += len({e.line for e in wrong})
    table = read(text)
    right, errors = _rows(table, seen)
    plan = ImportPlan(errors=errors, left_out=left_out, mendable=bool(errors) and not table.errors)
    known = {(t.source, t.category): t for t in existing}
    counted = 0
    for row in [*rows, *right]:
        old = known.get((row.term.source, row.term.category))
        if old is None:
            plan.added.append(row.term)
            continue
        new = replace(old, **{c: getattr(row.term, c) for c in row.columns})
        if new == old:
            counted += 1
        else:
            plan.updated.append((old, new))
    return replace(plan, unchanged=counted)


def differences(old: Term, new: Term) -> list[tuple[str, str, str]]:
    """``(field, as it is, as it will be)`` of every field that differs, as texts."""
    pairs = zip(COLUMNS, cells(old), cells(new), strict=True)
    return [(name, a.replace("|", " | "), b.replace("|", " | ")) for name, a, b in pairs if a != b]


def parse(text: str) -> tuple[list[Row], list[RowError]]:
    """The right rows of a CSV or TBX, and what is wrong with the others."""
    return _rows(read(text), {})


def wrong_rows(text: str) -> str:
    """The wrong rows of a file as CSV, with what is wrong in the column ``reason``; to be mended and sent again."""
    table = read(text)
    reasons: dict[int, list[str]] = {}
    for error in _rows(table, {})[1]:
        reasons.setdefault(error.line, []).append(f"{error.field}: {error.message}" if error.field else error.message)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    keep = [i for i, name in enumerate(table.header) if _column(name) != REASON]
    writer.writerow([REASON, *(table.header[i] for i in keep)])
    for record in table.records:
        if record.line in reasons:
            kept = [record.cells[i] for i in keep if i < len(record.cells)] + record.cells[len(table.header) :]
            writer.writerow(["; ".join(reasons[record.line]), *(_defuse(_restore(c)) for c in kept)])
    return out.getvalue()


def read(text: str) -> Table:
    """The records of a CSV (comma, semicolon or tab) or of a TBX, told by its first character."""
    text = nfc(text.lstrip("\ufeff"))
    if text.lstrip().startswith("<"):
        from workbench.glossary.tbx import read_tbx

        return read_tbx(text)
    if not text.strip():
        message = Message("the file is empty; the first line must name the columns: source,target,…")
        return Table(errors=[RowError(1, "", message)])
    delimiter, records, errors = _records(text)
    if errors:
        return Table(errors=errors)
    header_line, header = records[0]
    columns, errors = _columns(header, header_line)
    return Table(header, [_record(columns, cells, line) for line, cells in records[1:]], errors, delimiter)


def _rows(table: Table, seen: dict[tuple[str, str], Row]) -> tuple[list[Row], list[RowError]]:
    """The right rows of a table and what is wrong with the others; ``seen`` are the rows read before."""
    if table.errors:
        return [], table.errors
    rows: list[Row] = []
    errors: list[RowError] = []
    for record in table.records:
        if record.error:
            errors.append(record.error)
            continue
        term, wrong = build_term(record.values, record.line)
        errors += wrong
        if term is None:
            continue
        row = Row(record.line, term, tuple(record.values))
        earlier = seen.setdefault((term.source, term.category), row)
        if earlier is row:
            rows.append(row)
        elif earlier.term != term:
            message = Message(
                "%(source)r (%(category)s) stands in line %(line)s already, with other values",
                source=term.source,
                category=term.category,
                line=earlier.line,
            )
            errors.append(RowError(record.line, "source", message))
    return rows, errors


def _records(text: str) -> tuple[str, list[tuple[int, list[str]]], list[RowError]]:
    """The delimiter and ``(line where the record begins, cells)`` of every record that is not blank."""
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
        return delimiter, [], [RowError(line, "", Message("a quote that is opened here is never closed"))]
    return delimiter, records, []


def _column(header: str) -> str:
    name = squeeze(header).lower()
    return _HEADERS.get(name, name.replace(" ", "_"))


def _columns(header: list[str], line: int) -> tuple[list[str], list[RowError]]:
    columns = [_column(h) for h in header]
    errors = [
        RowError(line, h.strip(), Message("unknown column; known are %(known)s", known=", ".join(COLUMNS)))
        for h, c in zip(header, columns, strict=True)
        if c and c not in COLUMNS and c != REASON
    ]
    errors += [RowError(line, c, Message("the column stands twice")) for c in COLUMNS if columns.count(c) > 1]
    errors += [
        RowError(line, c, Message("the column %(name)s is missing; the first line must name the columns", name=c))
        for c in ("source", "target")
        if c not in columns
    ]
    return columns, errors


def _record(columns: list[str], cells: list[str], line: int) -> Record:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    error = None
    if len(cells) > len(columns):
        message = Message(
            "%(cells)s cells, but the header has %(columns)s; a text with the delimiter in it needs quotes",
            cells=len(cells),
            columns=len(columns),
        )
        error = RowError(line, "", message)
    padded = [*cells, *("" for _ in range(len(columns) - len(cells)))]
    values = {c: _restore(v) for c, v in zip(columns, padded, strict=False) if c and c != REASON}
    return Record(line, values, cells, error)


def build_term(
    values: Mapping[str, str], line: int = 0, *, base: Term | None = None
) -> tuple[Term | None, list[RowError]]:
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
            wrong(name, Message("the source is empty") if name == "source" else Message("the target is empty"))
    for name, allowed in (("category", CATEGORIES), ("use", USES), ("status", STATUSES)):
        value = values.get(name, "").strip().lower()
        if value and value not in allowed:
            wrong(name, Message("%(value)r is not one of %(allowed)s", value=value, allowed=", ".join(allowed)))
        elif value:
            given[name] = value
    for name in _LISTS:
        if name in values:
            given[name] = tuple(dict.fromkeys(p for v in values[name].split("|") if (p := squeeze(v))))
    if "case_sensitive" in values:
        value = values["case_sensitive"].strip().lower()
        if value not in _TRUE | _FALSE:
            wrong("case_sensitive", Message("%(value)r is neither yes nor no", value=value))
        given["case_sensitive"] = value in _TRUE
    if "note" in values:
        given["note"] = nfc(values["note"]).replace("\r\n", "\n").strip()
    for name in ("source", "target", *_LISTS, "note"):
        if name in values and _CONTROL.search(values[name]):
            wrong(name, Message("a control character stands in it, which no file can carry on"))
    for name in ("source", "target", *_LISTS):
        if len(values.get(name, "")) <= _LONGEST:
            continue
        texts = given.get(name, ())
        if any(len(t) > _LONGEST for t in ([texts] if isinstance(texts, str) else texts)):  # type: ignore[attr-defined]
            wrong(name, Message("longer than %(most)s characters; a term is a name or a phrase", most=_LONGEST))
    if errors:
        return None, errors
    term = replace(base, **given) if base else Term(0, **given)  # type: ignore[arg-type]
    both = next((t for t in term.targets if t in term.forbidden), None)
    if both:
        return None, [RowError(line, "forbidden", Message("%(wording)r is allowed as well", wording=both))]
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
