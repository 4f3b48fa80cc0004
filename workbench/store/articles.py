"""Tables ``articles``, ``segments`` (with its word index) and ``machine_translations``.

A segment that was merged or split has a position below 0 and is left out here; see ``lineage``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slugify import slugify
from sqlite_utils import Database

from workbench.articles import Article
from workbench.store import key, now, transaction
from workbench.store.listing import index_words
from workbench.text import fold
from workbench.wording import Message

_SLUG_LENGTH = 60
_WORDS = re.compile(r"\w+")


class NoSuchArticle(LookupError):
    """No article has that id or slug."""


@dataclass(frozen=True, slots=True)
class Translatable:
    """A segment that waits for machine translation."""

    segment_id: int
    article_id: int
    source: str


def add(db: Database, article: Article) -> tuple[int, bool]:
    """Store ``article``; ``(its id, True)``, or ``(the older id, False)`` where the same text is there already."""
    with transaction(db):
        for row in db.query("SELECT id FROM articles WHERE content_hash = ?", [article.content_hash]):
            return int(row["id"]), False
        article_id = int(
            db.execute(
                """
                INSERT INTO articles (slug, title, source_name, source_url, published_on, imported_at, content_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    _free_slug(db, article.title),
                    article.title,
                    article.source_name,
                    article.source_url,
                    article.published_on,
                    now(),
                    article.content_hash,
                ],
            ).lastrowid
            or 0
        )
        for segment in article.segments:
            segment_id = db.execute(
                "INSERT INTO segments (article_id, position, paragraph, kind, source) VALUES (?, ?, ?, ?, ?)",
                [article_id, segment.position, segment.paragraph, segment.kind, segment.source],
            ).lastrowid
            db.execute("INSERT INTO segment_words (rowid, folded) VALUES (?, ?)", [segment_id, fold(segment.source)])
        index_words(db, article_id, article.title)
    return article_id, True


def _free_slug(db: Database, title: str) -> str:
    base = slugify(title, max_length=_SLUG_LENGTH, word_boundary=True) or "article"
    # A slug of digits only could not be told from an id.
    base = f"article-{base}" if base.isdigit() else base
    rows = db.query("SELECT slug FROM articles WHERE slug = ? OR slug LIKE ? || '-%'", [base, base])
    taken = {row["slug"] for row in rows}
    return next(s for n in range(1, len(taken) + 2) if (s := base if n == 1 else f"{base}-{n}") not in taken)


def find(db: Database, reference: str | int) -> dict[str, Any]:
    """The article with this id or slug. Raises NoSuchArticle."""
    column = "id" if str(reference).isdigit() else "slug"
    for row in db.query(f"SELECT * FROM articles WHERE {column} = ?", [str(reference)]):
        return row
    raise NoSuchArticle(Message("there is no article %(reference)r", reference=reference))


def listing(db: Database) -> list[dict[str, Any]]:
    """All articles, newest first, with counts (segments, machine, edited, approved) and the last change.

    Archived articles and those that a newer version corrects are there too; for a page of them see ``listing.page``.
    """
    return list(
        db.query(
            """
            SELECT articles.*, segments, machine, edited, approved, changed_at, changed_by
            FROM articles JOIN article_progress ON article_id = articles.id
            ORDER BY articles.imported_at DESC, articles.id DESC
            """
        )
    )


def segments(db: Database, article_id: int) -> list[dict[str, Any]]:
    """The segments of an article in order, each with its newest machine translation and revision.

    Columns: those of ``segments``; ``engine model machine stale``; ``revision text status origin author saved_at``.
    """
    return list(db.query(_SEGMENT + "WHERE segments.article_id = ? AND position > 0 ORDER BY position", [article_id]))


def segment(db: Database, segment_id: int) -> dict[str, Any] | None:
    """One segment in the shape of ``segments``; None where there is none, or one that was merged or split."""
    return next(iter(db.query(_SEGMENT + "WHERE segments.id = ? AND position > 0", [key(segment_id)])), None)


def count_of(db: Database, article_id: int, source: str) -> int:
    """How many segments of an article have this source."""
    sql = "SELECT count(*) AS n FROM segments WHERE article_id = ? AND source = ? AND position > 0"
    return int(next(iter(db.query(sql, [article_id, source])))["n"])


def saved_since(db: Database, article_id: int, revision: int) -> list[dict[str, Any]]:
    """The segments of an article whose newest revision came after ``revision``, in the shape of ``segments``."""
    where = "WHERE segments.article_id = ? AND position > 0 AND newest.id > ? ORDER BY position"
    return list(db.query(_SEGMENT + where, [article_id, key(revision)]))


_SEGMENT = """
    SELECT segments.*, m.engine, m.model, m.text AS machine, m.stale,
           newest.id AS revision, newest.text, newest.status, newest.origin, newest.author,
           newest.created_at AS saved_at
    FROM segments
    LEFT JOIN machine_translations m ON m.id =
        (SELECT max(id) FROM machine_translations WHERE segment_id = segments.id)
    LEFT JOIN revisions newest ON newest.id = (SELECT max(id) FROM revisions WHERE segment_id = segments.id)
"""


def untranslated(db: Database, article_id: int, *, redo: bool = False) -> list[Translatable]:
    """The segments without a machine translation or with a stale one; all of them with ``redo``."""
    rows = db.query(
        """
        SELECT segments.id, article_id, source FROM segments
        LEFT JOIN machine_translations m ON m.id =
            (SELECT max(id) FROM machine_translations WHERE segment_id = segments.id)
        WHERE article_id = ? AND position > 0 AND (? OR m.id IS NULL OR m.stale)
        ORDER BY position
        """,
        [article_id, redo],
    )
    return [Translatable(r["id"], r["article_id"], r["source"]) for r in rows]


def with_waiting_segments(db: Database) -> list[int]:
    """The articles that have segments without a machine translation or with a stale one, oldest first."""
    rows = db.query(
        """
        SELECT DISTINCT article_id FROM segments
        LEFT JOIN machine_translations m ON m.id =
            (SELECT max(id) FROM machine_translations WHERE segment_id = segments.id)
        WHERE position > 0 AND (m.id IS NULL OR m.stale)
        ORDER BY article_id
        """
    )
    return [r["article_id"] for r in rows]


def add_machine_translations(
    db: Database, rows: Iterable[tuple[int, str]], *, engine: str, model: str, glossary_version: int
) -> None:
    """Store ``(segment id, English)`` rows made by one engine under one version of the glossary.

    They are stale at once where the glossary was changed while they were being made.
    """
    with transaction(db):
        db.conn.executemany(
            """
            INSERT INTO machine_translations (segment_id, engine, model, text, glossary_version, stale, created_at)
            VALUES (?, ?, ?, ?, ?, ? < (SELECT coalesce(max(id), 0) FROM term_revisions), ?)
            """,
            [(segment_id, engine, model, text, glossary_version, glossary_version, now()) for segment_id, text in rows],
        )


def copy_machine_translation(db: Database, origin: int, segment_id: int) -> None:
    """Give a segment the newest machine translation of another with the same source, where it has one."""
    db.execute(
        """
        INSERT INTO machine_translations (segment_id, engine, model, text, glossary_version, stale, created_at)
        SELECT ?, engine, model, text, glossary_version, stale, created_at
        FROM machine_translations WHERE segment_id = ? ORDER BY id DESC LIMIT 1
        """,
        [segment_id, origin],
    )


def with_words(db: Database, phrases: Sequence[str]) -> list[tuple[int, str]]:
    """``(segment id, source)`` of the segments that hold the words of any phrase, diacritics aside.

    A superset for the matcher to go through; the index keeps it small.
    """
    query = " OR ".join(f'"{words}"' for p in phrases if (words := " ".join(_WORDS.findall(fold(p)))))
    if not query:
        return []
    rows = db.query(
        "SELECT id, source FROM segments WHERE id IN (SELECT rowid FROM segment_words WHERE segment_words MATCH ?)",
        [query],
    )
    return [(r["id"], r["source"]) for r in rows]


def mark_stale(db: Database, segment_ids: Sequence[int]) -> None:
    """The machine translations of these segments no longer follow the glossary."""
    db.conn.executemany("UPDATE machine_translations SET stale = 1 WHERE segment_id = ?", [(i,) for i in segment_ids])


def same_sources(db: Database, sources: Sequence[str]) -> list[tuple[int, str, str]]:
    """``(segment id, source, English)`` of every edited segment, in any article, with one of these sources."""
    rows = db.query(
        """
        SELECT segments.id, segments.source, newest.text
        FROM segments
        JOIN revisions newest ON newest.id = (SELECT max(id) FROM revisions WHERE segment_id = segments.id)
        WHERE position > 0 AND segments.source IN (SELECT value FROM json_each(?))
        """,
        [json.dumps(list(dict.fromkeys(sources)), ensure_ascii=False)],
    )
    return [(r["id"], r["source"], r["text"]) for r in rows]
