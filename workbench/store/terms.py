"""Tables ``terms``, ``term_variants`` and ``term_revisions``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlite_utils import Database

from workbench.glossary.terms import Term
from workbench.store import key, now, transaction
from workbench.text import fold


class NoSuchTerm(LookupError):
    """No term has that id."""


def version(db: Database) -> int:
    """A number that grows with every change of the glossary."""
    return int(next(db.query("SELECT coalesce(max(id), 0) AS version FROM term_revisions"))["version"])


def state(db: Database) -> str:
    """What tells this glossary from others of the same ``version``: a restored backup counts from its own number on."""
    rows = db.query("SELECT id, created_at, term FROM term_revisions ORDER BY id DESC LIMIT 1")
    return next((f"{r['id']} {r['created_at']} {r['term']}" for r in rows), "")


def all_terms(db: Database) -> list[Term]:
    """Every term with its variants, obsolete ones included, oldest first."""
    variants: dict[int, list[dict[str, Any]]] = {}
    for row in db.query("SELECT * FROM term_variants ORDER BY id"):
        variants.setdefault(row["term_id"], []).append(row)
    return [_term(row, variants.get(row["id"], [])) for row in db.query("SELECT * FROM terms ORDER BY id")]


def find(db: Database, term_id: int) -> Term:
    """One term. Raises NoSuchTerm."""
    for row in db.query("SELECT * FROM terms WHERE id = ?", [key(term_id)]):
        return _term(row, list(db.query("SELECT * FROM term_variants WHERE term_id = ? ORDER BY id", [term_id])))
    raise NoSuchTerm(f"there is no term {term_id}; see: workbench glossary export")


def matching(db: Database, source: str, category: str) -> Term | None:
    """The term with exactly this source and category, or None."""
    for row in db.query("SELECT id FROM terms WHERE source = ? AND category = ?", [source, category]):
        return find(db, row["id"])
    return None


def search(
    db: Database, text: str = "", *, category: str = "", status: str = "", use: str = "", limit: int, offset: int = 0
) -> tuple[list[Term], int]:
    """A page of the terms whose source, target, variants or note hold ``text`` (diacritics aside), and how many there are."""
    where = """
        FROM terms WHERE instr(folded, :text)
        AND (:category = '' OR category = :category) AND (:use = '' OR use = :use)
        AND (CASE WHEN :status = '' THEN status <> 'obsolete' ELSE status = :status END)
    """
    given = {"text": fold(text.strip()), "category": category, "status": status, "use": use}
    total = int(next(db.query(f"SELECT count(*) AS total {where}", given))["total"])
    rows = db.query(
        f"SELECT id {where} ORDER BY instr(folded, :text) <> 1, source COLLATE NOCASE LIMIT :limit OFFSET :offset",
        {**given, "limit": limit, "offset": offset},
    )
    return [find(db, row["id"]) for row in rows], total


def save(db: Database, term: Term, *, author: str, action: str, reason: str = "") -> int:
    """Insert ``term`` (id 0) or write over the one with its id; the change is kept in the history. Its id."""
    return save_all(db, [term], author=author, action=action, reason=reason)[0]


def save_all(db: Database, terms: Iterable[Term], *, author: str, action: str, reason: str = "") -> list[int]:
    """``save`` for many terms, all or none of them."""
    ids = []
    with transaction(db):
        for term in terms:
            term_id = _write(db, term, author)
            _write_variants(db, term_id, term)
            db.execute(
                "INSERT INTO term_revisions (term_id, action, term, reason, author, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    term_id,
                    action,
                    json.dumps(asdict(replace(term, id=term_id)), ensure_ascii=False),
                    reason,
                    author,
                    now(),
                ],
            )
            ids.append(term_id)
    return ids


def history(db: Database, term_id: int) -> list[dict[str, Any]]:
    """All versions of a term, newest first: ``action reason author created_at`` and ``term`` (a dict)."""
    rows = db.query("SELECT * FROM term_revisions WHERE term_id = ? ORDER BY id DESC", [term_id])
    return [{**row, "term": json.loads(row["term"])} for row in rows]


def _write(db: Database, term: Term, author: str) -> int:
    values = {
        "id": term.id,
        "source": term.source,
        "target": term.target,
        "category": term.category,
        "use": term.use,
        "status": term.status,
        "case_sensitive": term.case_sensitive,
        "note": term.note,
        "folded": fold("\n".join((term.source, *term.targets, *term.source_variants, *term.forbidden, term.note))),
        "now": now(),
        "author": author,
    }
    if not term.id:
        cursor = db.execute(
            """
            INSERT INTO terms (source, target, category, use, status, case_sensitive, note, folded,
                               created_at, created_by, updated_at, updated_by)
            VALUES (:source, :target, :category, :use, :status, :case_sensitive, :note, :folded,
                    :now, :author, :now, :author)
            """,
            values,
        )
        return int(cursor.lastrowid or 0)
    db.execute(
        """
        UPDATE terms SET source = :source, target = :target, category = :category, use = :use, status = :status,
            case_sensitive = :case_sensitive, note = :note, folded = :folded, updated_at = :now, updated_by = :author
        WHERE id = :id
        """,
        values,
    )
    return term.id


def _write_variants(db: Database, term_id: int, term: Term) -> None:
    rows = [
        (term_id, side, text, use)
        for side, use, texts in (
            ("source", "allowed", term.source_variants),
            ("source", "forbidden", term.source_forbidden),
            ("target", "allowed", term.target_variants),
            ("target", "forbidden", term.forbidden),
        )
        for text in dict.fromkeys(texts)
    ]
    if term.id:
        db.execute("DELETE FROM term_variants WHERE term_id = ?", [term_id])
    if rows:
        db.conn.executemany("INSERT INTO term_variants (term_id, side, text, use) VALUES (?, ?, ?, ?)", rows)


def _term(row: dict[str, Any], variants: list[dict[str, Any]]) -> Term:
    def texts(side: str, use: str) -> tuple[str, ...]:
        return tuple(v["text"] for v in variants if v["side"] == side and v["use"] == use)

    return Term(
        id=row["id"],
        source=row["source"],
        target=row["target"],
        category=row["category"],
        use=row["use"],
        status=row["status"],
        case_sensitive=bool(row["case_sensitive"]),
        note=row["note"],
        source_variants=texts("source", "allowed"),
        source_forbidden=texts("source", "forbidden"),
        target_variants=texts("target", "allowed"),
        forbidden=texts("target", "forbidden"),
    )
