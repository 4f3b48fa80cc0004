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
        SELECT events.*, articles.title AS article_title, segments.position, terms.source AS term_source,
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
