"""Table ``events``: who did what when, for the activity page."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from workbench.store import now


def record(
    db: Database,
    author: str,
    action: str,
    *,
    article: int | None = None,
    segment: int | None = None,
    term: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one event. ``action`` is a verb with its object, such as ``segment.approve``."""
    db.execute(
        """
        INSERT INTO events (created_at, author, action, article_id, segment_id, term_id, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [now(), author, action, article, segment, term, json.dumps(detail or {}, ensure_ascii=False)],
    )


def latest(db: Database, *, article: int | None = None, limit: int = 200) -> list[dict[str, Any]]:
    """The newest events with the names of what they touch; of one article where given."""
    rows = db.query(
        """
        SELECT events.*, articles.title AS article_title,
               CASE WHEN segments.position > 0 THEN segments.position END AS position, terms.source AS term_source,
               terms.target AS term_target
        FROM events
        LEFT JOIN articles ON articles.id = events.article_id
        LEFT JOIN segments ON segments.id = events.segment_id
        LEFT JOIN terms ON terms.id = events.term_id
        WHERE :article IS NULL OR events.article_id = :article
        ORDER BY events.id DESC LIMIT :limit
        """,
        {"article": article, "limit": limit},
    )
    return [{**row, "detail": json.loads(row["detail"] or "{}")} for row in rows]


def newest_id(db: Database) -> int:
    """The id of the event written last."""
    return int(next(db.query("SELECT max(id) AS id FROM events"))["id"])


def find(db: Database, event_id: int) -> dict[str, Any] | None:
    """One event with its detail, or None."""
    for row in db.query("SELECT * FROM events WHERE id = ?", [event_id]):
        return {**row, "detail": json.loads(row["detail"] or "{}")}
    return None


def undone(db: Database, event_id: int, action: str) -> bool:
    """Whether an ``action`` that takes the event back was recorded."""
    rows = db.query(
        "SELECT 1 FROM events WHERE action = ? AND json_extract(detail, '$.event') = ? LIMIT 1", [action, event_id]
    )
    return any(True for _ in rows)
