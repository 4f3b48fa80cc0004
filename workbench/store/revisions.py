"""Table ``revisions``: append-only, the newest of a segment is its current translation."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from workbench.store import key, now


def newest(db: Database, segment_id: int) -> dict[str, Any] | None:
    """The current translation of a segment, or None."""
    return next(
        iter(db.query("SELECT * FROM revisions WHERE segment_id = ? ORDER BY id DESC LIMIT 1", [segment_id])), None
    )


def history(db: Database, segment_id: int) -> list[dict[str, Any]]:
    """All revisions of a segment, newest first."""
    return list(db.query("SELECT * FROM revisions WHERE segment_id = ? ORDER BY id DESC", [segment_id]))


def find(db: Database, revision_id: int) -> dict[str, Any] | None:
    """One revision, or None."""
    return next(iter(db.query("SELECT * FROM revisions WHERE id = ?", [key(revision_id)])), None)


def append(
    db: Database, segment_id: int, text: str, *, status: str, origin: str, author: str, base: int | None
) -> int:
    """Write one more revision; its id. ``base`` is the revision it was made from."""
    cursor = db.execute(
        """
        INSERT INTO revisions (segment_id, text, status, origin, author, created_at, base_revision_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [segment_id, text, status, origin, author, now(), base],
    )
    return int(cursor.lastrowid or 0)
