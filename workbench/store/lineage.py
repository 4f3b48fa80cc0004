"""Table ``segment_lineage``: segments that were merged or split, and what they became.

A segment that was merged or split is retired, never deleted: its ``position`` becomes
``-id``, so that every list of live segments asks for ``position > 0``. Its revisions and
comments stay, and are found again through its children.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from workbench.store import key, now
from workbench.text import fold

# Positions are moved out of the way first: SQLite checks their uniqueness row by row.
_ASIDE = 1_000_000

KIN = """
    WITH RECURSIVE kin (live, id) AS (
        SELECT id, id FROM segments WHERE {which}
        UNION SELECT kin.live, parent_id FROM kin JOIN segment_lineage ON child_id = kin.id)
"""


def replace(
    db: Database, old: Sequence[dict[str, Any]], sources: Sequence[tuple[str, str]], *, action: str, author: str
) -> list[int]:
    """Put segments with ``sources`` (kind, Vietnamese) in the place of the neighbours ``old``; their ids.

    To be called in a transaction. The positions after them move, so that they stay without gaps.
    """
    article_id, first = old[0]["article_id"], old[0]["position"]
    for row in old:
        db.execute("UPDATE segments SET position = -id WHERE id = ?", [row["id"]])
        db.execute(
            "INSERT INTO segment_words (segment_words, rowid, folded) VALUES ('delete', ?, ?)",
            [row["id"], fold(row["source"])],
        )
    _move(db, article_id, first, len(sources) - len(old))
    born = [
        _insert(db, article_id, first + i, old[0]["paragraph"], kind, source)
        for i, (kind, source) in enumerate(sources)
    ]
    db.conn.executemany(
        """
        INSERT INTO segment_lineage (parent_id, child_id, action, position, author, created_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [(row["id"], child, action, row["position"], author, now()) for row in old for child in born],
    )
    return born


def _move(db: Database, article_id: int, after: int, by: int) -> None:
    db.execute(
        "UPDATE segments SET position = position + ? WHERE article_id = ? AND position > ?", [_ASIDE, article_id, after]
    )
    db.execute(
        "UPDATE segments SET position = position - ? WHERE article_id = ? AND position > ?",
        [_ASIDE - by, article_id, _ASIDE],
    )


def _insert(db: Database, article_id: int, position: int, paragraph: int, kind: str, source: str) -> int:
    cursor = db.execute(
        "INSERT INTO segments (article_id, position, paragraph, kind, source) VALUES (?, ?, ?, ?, ?)",
        [article_id, position, paragraph, kind, source],
    )
    segment_id = int(cursor.lastrowid or 0)
    db.execute("INSERT INTO segment_words (rowid, folded) VALUES (?, ?)", [segment_id, fold(source)])
    return segment_id


def retired(db: Database, segment_id: int) -> list[dict[str, Any]]:
    """The row of a segment that was merged or split (a list of one, or none)."""
    return list(db.query("SELECT * FROM segments WHERE id = ? AND position < 0", [key(segment_id)]))


def successors(db: Database, segment_id: int) -> list[dict[str, Any]]:
    """The live segments that a retired one became, in order; none for a live one."""
    rows = db.query(
        """
        WITH RECURSIVE kin (id) AS (
            SELECT child_id FROM segment_lineage WHERE parent_id = ?
            UNION SELECT child_id FROM kin JOIN segment_lineage ON parent_id = kin.id)
        SELECT segments.* FROM segments JOIN kin USING (id) WHERE position > 0 ORDER BY position
        """,
        [key(segment_id)],
    )
    return list(rows)


def ancestors(db: Database, segment_id: int) -> list[dict[str, Any]]:
    """What a segment was made from, newest first: ``id source kind position action author created_at``.

    ``position`` is the one it had, ``action`` what ended it.
    """
    rows = db.query(
        f"""
        {KIN.format(which="id = :segment")}
        SELECT segments.id, segments.source, segments.kind, segment_lineage.position, action, author, created_at
        FROM segment_lineage JOIN kin ON kin.id = child_id JOIN segments ON segments.id = parent_id
        GROUP BY segments.id ORDER BY max(child_id) DESC, segment_lineage.position
        """,
        {"segment": key(segment_id)},
    )
    return list(rows)


def newest(db: Database, article_id: int) -> int:
    """A number that grows whenever rows of the article are merged or split."""
    rows = db.query(
        """
        SELECT coalesce(max(segment_lineage.id), 0) AS newest
        FROM segment_lineage JOIN segments ON segments.id = child_id WHERE article_id = ?
        """,
        [article_id],
    )
    return int(next(iter(rows))["newest"])
