"""Tables ``terms``, ``term_variants`` and ``term_revisions``. The list of terms is in ``termlist``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlite_utils import Database

from workbench.glossary.terms import Term
from workbench.store import key, now, transaction
from workbench.text import fold, match_form
from workbench.wording import Message

_FIELDS = tuple(f.name for f in fields(Term))


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
    rows = db.query("SELECT * FROM terms ORDER BY id")
    return _with_variants(rows, db.query("SELECT * FROM term_variants ORDER BY id"))


def find(db: Database, term_id: int) -> Term:
    """One term. Raises NoSuchTerm."""
    for found in find_all(db, [key(term_id)]):
        return found
    raise NoSuchTerm(Message("there is no term %(id)s", id=term_id))


def find_all(db: Database, term_ids: Sequence[int]) -> list[Term]:
    """The terms with these ids, in this order; ids that no term has are left out."""
    ids = json.dumps([key(i) for i in term_ids])
    rows = db.query("SELECT * FROM terms WHERE id IN (SELECT value FROM json_each(?))", [ids])
    variants = db.query(
        "SELECT * FROM term_variants WHERE term_id IN (SELECT value FROM json_each(?)) ORDER BY id", [ids]
    )
    found = {t.id: t for t in _with_variants(rows, variants)}
    return [found[i] for i in dict.fromkeys(term_ids) if i in found]


def matching(db: Database, source: str, category: str) -> Term | None:
    """The term with exactly this source and category, or None."""
    for row in db.query("SELECT id FROM terms WHERE source = ? AND category = ?", [source, category]):
        return find(db, row["id"])
    return None


def save(db: Database, term: Term, *, author: str, action: str, reason: str = "") -> int:
    """Insert ``term`` (id 0) or write over the one with its id; the change is kept in the history. Its id."""
    return save_all(db, [term], author=author, action=action, reason=reason)[0]


def save_all(db: Database, terms: Iterable[Term], *, author: str, action: str, reason: str = "") -> list[int]:
    """``save`` for many terms, all or none of them."""
    with transaction(db):
        free = int(next(db.query("SELECT coalesce(max(id), 0) + 1 AS free FROM terms"))["free"])
        numbered = []
        for term in terms:
            numbered.append(term if term.id else replace(term, id=free))
            free += not term.id
        old = {t.id for t in numbered} & {t.id for t in find_all(db, [t.id for t in numbered])}
        moment = now()
        db.conn.executemany(_INSERT, [_row(t, author, moment) for t in numbered if t.id not in old])
        db.conn.executemany(_UPDATE, [_row(t, author, moment) for t in numbered if t.id in old])
        db.conn.executemany("DELETE FROM term_variants WHERE term_id = ?", [(i,) for i in old])
        db.conn.executemany(
            "INSERT INTO term_variants (term_id, side, text, use) VALUES (?, ?, ?, ?)",
            [row for t in numbered for row in _variants(t)],
        )
        db.conn.executemany(
            "INSERT INTO term_revisions (term_id, action, term, reason, author, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            [(t.id, action, _json(t), reason, author, moment) for t in numbered],
        )
    return [t.id for t in numbered]


def newest_change(db: Database, term_id: int) -> int:
    """The id of the newest entry in a term's history, 0 for none: what somebody who edits it has seen."""
    rows = db.query("SELECT coalesce(max(id), 0) AS id FROM term_revisions WHERE term_id = ?", [term_id])
    return int(next(rows)["id"])


def history(db: Database, term_id: int) -> list[dict[str, Any]]:
    """All versions of a term, newest first: ``action reason author created_at`` and ``term`` (a dict)."""
    rows = db.query("SELECT * FROM term_revisions WHERE term_id = ? ORDER BY id DESC", [term_id])
    return [{**row, "term": json.loads(row["term"])} for row in rows]


def changed_since(db: Database, revision: int) -> list[Term]:
    """Every version that a term changed after ``revision`` had from there on: the one before, and all since."""
    rows = db.query(
        """
        SELECT term FROM term_revisions WHERE id > :since
        UNION ALL
        SELECT term FROM term_revisions WHERE id IN (
            SELECT max(id) FROM term_revisions
            WHERE id <= :since AND term_id IN (SELECT term_id FROM term_revisions WHERE id > :since) GROUP BY term_id)
        """,
        {"since": revision},
    )
    return [from_dict(json.loads(row["term"])) for row in rows]


def before(db: Database, first: int, last: int) -> list[tuple[int, int, Term | None]]:
    """``(term id, newest revision, what it was before)`` of each term changed by the revisions ``first`` to ``last``.

    The last is None for a term that was new then.
    """
    rows = db.query(
        """
        SELECT term_id, (SELECT max(id) FROM term_revisions newer WHERE newer.term_id = changed.term_id) AS newest,
               (SELECT term FROM term_revisions older WHERE older.term_id = changed.term_id AND older.id < :first
                ORDER BY older.id DESC LIMIT 1) AS term
        FROM term_revisions changed WHERE id BETWEEN :first AND :last GROUP BY term_id
        """,
        {"first": first, "last": last},
    )
    return [(r["term_id"], r["newest"], from_dict(json.loads(r["term"])) if r["term"] else None) for r in rows]


def from_dict(values: dict[str, Any]) -> Term:
    """A term as the history keeps it."""
    known: dict[str, Any] = {}
    for name in _FIELDS:
        if name in values:
            known[name] = tuple(values[name]) if isinstance(values[name], list) else values[name]
    return Term(**known)


_INSERT = """
    INSERT INTO terms (id, source, target, category, use, status, case_sensitive, note, folded, lowered,
                       created_at, created_by, updated_at, updated_by)
    VALUES (:id, :source, :target, :category, :use, :status, :case_sensitive, :note, :folded, :lowered,
            :now, :author, :now, :author)
"""
_UPDATE = """
    UPDATE terms SET source = :source, target = :target, category = :category, use = :use, status = :status,
        case_sensitive = :case_sensitive, note = :note, folded = :folded, lowered = :lowered,
        updated_at = :now, updated_by = :author
    WHERE id = :id
"""


def _row(term: Term, author: str, moment: str) -> dict[str, Any]:
    return {
        "id": term.id,
        "source": term.source,
        "target": term.target,
        "category": term.category,
        "use": term.use,
        "status": term.status,
        "case_sensitive": term.case_sensitive,
        "note": term.note,
        "folded": fold("\n".join((term.source, *term.targets, *term.source_variants, *term.forbidden, term.note))),
        "lowered": match_form(f"{term.source}\n{term.target}"),
        "now": moment,
        "author": author,
    }


def _variants(term: Term) -> list[tuple[int, str, str, str]]:
    return [
        (term.id, side, text, use)
        for side, use, texts in (
            ("source", "allowed", term.source_variants),
            ("source", "forbidden", term.source_forbidden),
            ("target", "allowed", term.target_variants),
            ("target", "forbidden", term.forbidden),
        )
        for text in dict.fromkeys(texts)
    ]


def _json(term: Term) -> str:
    return json.dumps({name: getattr(term, name) for name in _FIELDS}, ensure_ascii=False)


def _with_variants(rows: Iterable[dict[str, Any]], variants: Iterable[dict[str, Any]]) -> list[Term]:
    texts: dict[tuple[int, str, str], list[str]] = {}
    for row in variants:
        texts.setdefault((row["term_id"], row["side"], row["use"]), []).append(row["text"])
    return [_term(row, texts) for row in rows]


def _term(row: dict[str, Any], variants: dict[tuple[int, str, str], list[str]]) -> Term:
    def texts(side: str, use: str) -> tuple[str, ...]:
        return tuple(variants.get((row["id"], side, use), ()))

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
