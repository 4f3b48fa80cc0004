"""The list of terms: searching and sorting ``terms``, and the tables of where each occurs.

``term_places`` and ``term_counts`` follow ``terms`` and ``segments``; see ``glossary.usage``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench.store import key
from workbench.text import fold, match_form

SORTS = ("", "source", "target", "used", "changed")


@dataclass(frozen=True, slots=True)
class Query:
    """Which terms are wanted. An empty ``status`` means all in force (not obsolete), ``any`` all there are.

    ``only``: ``unused`` (occurs nowhere), ``kept`` (not translated: the target is the source),
    ``conflicts`` (``ids`` then says which those are).
    """

    text: str = ""
    category: str = ""
    status: str = ""
    use: str = ""
    only: str = ""
    sort: str = ""
    ids: frozenset[int] = frozenset()


def search(db: Database, query: Query, *, limit: int = -1, offset: int = 0) -> tuple[list[int], int]:
    """The ids of a page of the terms that ``query`` asks for, and how many there are.

    All words of the text must be in the term, diacritics aside; those with the very diacritics
    that were typed come first, and the beginning of the Vietnamese before anything else.
    """
    words = fold(query.text).split()
    where = [f"instr(folded, :word{n})" for n in range(len(words))]
    given: dict[str, Any] = {f"word{n}": word for n, word in enumerate(words)}
    for name in ("category", "use"):
        if getattr(query, name):
            where.append(f"{name} = :{name}")
            given[name] = getattr(query, name)
    if query.status != "any":
        where.append("status = :status" if query.status else "status <> 'obsolete'")
        given["status"] = query.status
    if query.only == "unused":
        where.append("NOT EXISTS (SELECT 1 FROM term_counts WHERE term_id = terms.id AND segments > 0)")
    elif query.only == "kept":
        where.append("source = target")
    elif query.only == "conflicts":
        where.append("id IN (SELECT value FROM json_each(:ids))")
        given["ids"] = json.dumps(sorted(query.ids))
    condition = " AND ".join(where) or "1"
    total = int(next(db.query(f"SELECT count(*) AS total FROM terms WHERE {condition}", given))["total"])
    typed = match_form(" ".join(query.text.split()))
    rows = db.query(
        f"SELECT id FROM terms WHERE {condition} ORDER BY {_order(query)} LIMIT :limit OFFSET :offset",
        {**given, "typed": typed, "plain": " ".join(words), "limit": limit, "offset": offset},
    )
    return [row["id"] for row in rows], total


def _order(query: Query) -> str:
    by_source = "folded, id"
    if query.sort == "target":
        return "target COLLATE NOCASE, id"
    if query.sort == "used":
        return f"(SELECT segments FROM term_counts WHERE term_id = terms.id) DESC, {by_source}"
    if query.sort == "changed":
        return "updated_at DESC, id DESC"
    if query.sort == "source" or not query.text.strip():
        return by_source
    return f"""
        CASE WHEN substr(lowered, 1, length(:typed) + 1) = :typed || char(10) THEN 0
             WHEN instr(lowered, :typed) = 1 THEN 1 WHEN instr(lowered, :typed) THEN 2
             WHEN instr(folded, :plain) = 1 THEN 3 WHEN instr(folded, :plain) THEN 4 ELSE 5 END, {by_source}
    """


def counts(db: Database, term_ids: Sequence[int]) -> dict[int, int]:
    """In how many live segments each term occurs."""
    rows = db.query(
        "SELECT term_id, segments FROM term_counts WHERE term_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(term_ids))],
    )
    return {**dict.fromkeys(term_ids, 0), **{r["term_id"]: r["segments"] for r in rows}}


def segment_count(db: Database, term_ids: Sequence[int]) -> int:
    """In how many live segments any of the terms occurs."""
    sql = "SELECT count(DISTINCT segment_id) FROM term_places WHERE term_id IN (SELECT value FROM json_each(?))"
    return int(db.execute(sql, [json.dumps(list(term_ids))]).fetchone()[0])


def places(db: Database, term_id: int, *, limit: int = -1) -> list[dict[str, Any]]:
    """The live segments a term occurs in, newest article first.

    ``id article_id title position source status`` (of the newest revision) ``machine`` (whether there is one).
    """
    rows = db.query(
        """
        SELECT segments.id, segments.article_id, articles.title, segments.position, segments.source, newest.status,
               EXISTS (SELECT 1 FROM machine_translations m WHERE m.segment_id = segments.id) AS machine
        FROM term_places
        JOIN segments ON segments.id = term_places.segment_id AND segments.position > 0
        JOIN articles ON articles.id = segments.article_id
        LEFT JOIN revisions newest ON newest.id = (SELECT max(id) FROM revisions WHERE segment_id = segments.id)
        WHERE term_id = ? ORDER BY segments.article_id DESC, segments.position LIMIT ?
        """,
        [key(term_id), limit],
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class Seen:
    """How far the places are up to date: the newest revision of a term, segment and lineage row they follow."""

    revision: int
    segment: int
    lineage: int


def seen(db: Database) -> Seen:
    """How far the places follow now."""
    for r in db.query("SELECT * FROM term_places_state"):
        return Seen(r["revision"], r["segment"], r["lineage"])
    return Seen(0, 0, 0)


def newest(db: Database) -> Seen:
    """How far they could."""
    row = next(
        db.query(
            """
            SELECT (SELECT coalesce(max(id), 0) FROM term_revisions) AS revision,
                   (SELECT coalesce(max(id), 0) FROM segments) AS segment,
                   (SELECT coalesce(max(id), 0) FROM segment_lineage) AS lineage
            """
        )
    )
    return Seen(row["revision"], row["segment"], row["lineage"])


def new_segments(db: Database, since: Seen) -> list[int]:
    """The segments imported, merged or split since."""
    rows = db.query(
        """
        SELECT id FROM segments WHERE id > :segment
        UNION SELECT parent_id FROM segment_lineage WHERE id > :lineage
        UNION SELECT child_id FROM segment_lineage WHERE id > :lineage
        """,
        {"segment": since.segment, "lineage": since.lineage},
    )
    return [r["id"] for r in rows]


def live_sources(db: Database, segment_ids: Iterable[int] | None = None) -> list[tuple[int, str]]:
    """``(id, Vietnamese)`` of the live segments among these, or of all."""
    if segment_ids is None:
        return list(db.conn.execute("SELECT id, source FROM segments WHERE position > 0"))
    ids = json.dumps(list(segment_ids))
    sql = "SELECT id, source FROM segments WHERE position > 0 AND id IN (SELECT value FROM json_each(?))"
    return list(db.conn.execute(sql, [ids]))


def write_places(
    db: Database, segment_ids: Sequence[int] | None, found: Iterable[tuple[int, int]], state: Seen
) -> None:
    """Put the ``(term id, segment id)`` pairs ``found`` in place of those of these segments, or of all."""
    if segment_ids is None:
        db.execute("DELETE FROM term_places")
        db.execute("DELETE FROM term_counts")
        affected: set[int] | None = None
    else:
        ids = json.dumps(list(segment_ids))
        sql = "SELECT DISTINCT term_id FROM term_places WHERE segment_id IN (SELECT value FROM json_each(?))"
        affected = {row[0] for row in db.conn.execute(sql, [ids])}
        db.execute("DELETE FROM term_places WHERE segment_id IN (SELECT value FROM json_each(?))", [ids])
    pairs = sorted(set(found))
    db.conn.executemany("INSERT INTO term_places (term_id, segment_id) VALUES (?, ?)", pairs)
    _write_counts(db, None if affected is None else affected | {term_id for term_id, _ in pairs})
    db.execute(
        "INSERT OR REPLACE INTO term_places_state (id, revision, segment, lineage) VALUES (1, ?, ?, ?)",
        [state.revision, state.segment, state.lineage],
    )


def _write_counts(db: Database, term_ids: Iterable[int] | None) -> None:
    if term_ids is None:
        db.execute("INSERT INTO term_counts SELECT term_id, count(*) FROM term_places GROUP BY term_id")
        return
    db.execute(
        """
        INSERT OR REPLACE INTO term_counts (term_id, segments)
        SELECT value, (SELECT count(*) FROM term_places WHERE term_id = value) FROM json_each(?)
        """,
        [json.dumps(list(term_ids))],
    )
