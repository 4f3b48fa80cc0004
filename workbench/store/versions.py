"""Column ``articles.supersedes``: which older article a corrected one takes the place of."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from workbench.store import key
from workbench.text import match_form

_WORD = re.compile(r"\w+")


def link(db: Database, article_id: int, older: int | None) -> None:
    """Write down that an article corrects ``older`` (None: that it corrects none)."""
    db.execute("UPDATE articles SET supersedes = ? WHERE id = ?", [older, article_id])


def newer(db: Database, article_id: int) -> dict[str, Any] | None:
    """The article that corrects this one, or None."""
    rows = db.query("SELECT * FROM articles WHERE supersedes = ? ORDER BY id DESC LIMIT 1", [key(article_id)])
    return next(iter(rows), None)


def older(db: Database, article_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Article id → the articles it corrects, directly and through others, newest first."""
    rows = db.query(
        """
        WITH RECURSIVE chain (newest, id, depth) AS (
            SELECT id, supersedes, 1 FROM articles
            WHERE id IN (SELECT value FROM json_each(?)) AND supersedes IS NOT NULL
            UNION SELECT newest, supersedes, depth + 1 FROM chain JOIN articles USING (id)
            WHERE supersedes IS NOT NULL AND depth < 1000)
        SELECT chain.newest, articles.* FROM chain JOIN articles USING (id) ORDER BY depth
        """,
        [json.dumps([key(i) for i in article_ids])],
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["newest"], []).append(row)
    return found


def same_host(db: Database, host: str, article_id: int) -> list[tuple[int, str]]:
    """``(id, address)`` of the other articles whose address names ``host``."""
    rows = db.query(
        "SELECT id, source_url FROM articles WHERE source_url LIKE '%' || ? || '%' AND id <> ?", [host, article_id]
    )
    return [(row["id"], row["source_url"]) for row in rows]


def sharing(db: Database, article_id: int, limit: int) -> list[int]:
    """The articles that share the most segments with this one, by what these weigh."""
    rows = db.query(
        """
        SELECT other.article_id AS id, sum(length(other.source)) AS weight
        FROM segments own JOIN segments other ON other.source = own.source AND other.article_id <> own.article_id
        WHERE own.article_id = ? AND own.position > 0 AND other.position > 0 AND length(own.source) > 20
        GROUP BY 1 ORDER BY 2 DESC LIMIT ?
        """,
        [article_id, limit],
    )
    return [row["id"] for row in rows]


def with_title_words(db: Database, title: str, article_id: int, limit: int) -> list[int]:
    """The articles that hold most of the words of a title, rarest words first."""
    words = list(dict.fromkeys(_WORD.findall(match_form(title))))
    if not words:
        return []
    query = "words : (" + " OR ".join(f'"{w}"' for w in words) + ")"
    rows = db.query(
        "SELECT rowid AS id FROM article_words WHERE article_words MATCH ? AND rowid <> ? ORDER BY rank LIMIT ?",
        [query, article_id, limit],
    )
    return [row["id"] for row in rows]
