"""Table ``comments``: what editors say about a segment, never changed."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from workbench.store import key, now
from workbench.store.lineage import KIN


def add(db: Database, segment_id: int, text: str, author: str) -> int:
    """Write one comment; its id."""
    cursor = db.execute(
        "INSERT INTO comments (segment_id, author, text, created_at) VALUES (?, ?, ?, ?)",
        [segment_id, author, text, now()],
    )
    return int(cursor.lastrowid or 0)


def of_segment(db: Database, segment_id: int) -> list[dict[str, Any]]:
    """The comments on a segment and on those it was merged or split from, oldest first."""
    rows = db.query(
        f"""
        {KIN.format(which="id = ?")}
        SELECT comments.* FROM comments JOIN kin ON kin.id = comments.segment_id ORDER BY comments.id
        """,
        [key(segment_id)],
    )
    return list(rows)


def counts(db: Database, article_id: int) -> dict[int, int]:
    """Segment id → number of comments, for the live segments of an article that have any."""
    rows = db.query(
        f"""
        {KIN.format(which="article_id = ? AND position > 0")}
        SELECT live, count(*) AS comments FROM kin JOIN comments ON comments.segment_id = kin.id GROUP BY live
        """,
        [article_id],
    )
    return {row["live"]: row["comments"] for row in rows}
