"""Tables of the translation memory.

``memory`` holds the entries: one for each approved segment and one for each imported unit.
``memory_sources`` holds each distinct sequence of source words once, so that a caption that
was approved a thousand times is ranked once. Two FTS5 indexes stand beside them, both fed
with words that were split here: ``memory_candidates`` for fuzzy matches (source words without
positions, each with the size of its source, ``tác·12``, so that sources too long or too short
are not even read) and ``memory_text`` (source words with and without diacritics, target words
without) for the concordance. ``memory_vocabulary`` counts the sources under each key of
``memory_candidates``; it only steers which words are asked for first, so it may lag behind.

Whoever changes how ``words`` splits or folds adds a migration that calls ``rebuild``.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from workbench.store import now, transaction
from workbench.text import fold, match_form

_WORD = re.compile(r"[^\W_]+")
_ID = (1 << 48) - 1
_READ = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered: a pair, its neighbours in the article, and where it comes from.

    Either ``segment_id`` and ``revision_id`` are set (approved here) or ``import_id`` (a TMX file).
    ``created_at`` is UTC, ISO 8601, or None where the file did not say.
    """

    source: str
    target: str
    author: str
    created_at: str | None
    before: str | None = None
    after: str | None = None
    segment_id: int | None = None
    revision_id: int | None = None
    import_id: int | None = None


def words(text: str) -> list[str]:
    """The words by which sources are compared: ``Việt Nam – Lào, 26,5%`` → ``việt nam lào 26 5``."""
    return _WORD.findall(match_form(text))


def folded_words(text: str) -> list[str]:
    """The words without diacritics: ``Ngoại giao`` → ``ngoai giao``."""
    return [_folded(word) for word in words(text)]


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """Folding goes letter by letter in Python, and Vietnamese has some thousands of syllables."""
    return fold(word)


def add_all(db: Database, entries: Iterable[Entry]) -> int:
    """Write entries; one of a segment takes the place of the older one. How many were written."""
    vocabulary: Counter[str] = Counter()
    written = 0
    with transaction(db):
        for entry in entries:
            if entry.segment_id is not None:
                remove(db, entry.segment_id)
            _add(db, entry, vocabulary)
            written += 1
        db.conn.executemany(
            """
            INSERT INTO memory_vocabulary (word, sources) VALUES (?, ?)
            ON CONFLICT (word) DO UPDATE SET sources = sources + excluded.sources
            """,
            vocabulary.items(),
        )
    return written


def _add(db: Database, entry: Entry, vocabulary: Counter[str]) -> None:
    cursor = db.execute(
        """
        INSERT INTO memory (source_id, source, target, before, after,
                            segment_id, revision_id, import_id, author, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            _source_id(db, words(entry.source), vocabulary),
            entry.source,
            entry.target,
            entry.before,
            entry.after,
            entry.segment_id,
            entry.revision_id,
            entry.import_id,
            entry.author,
            entry.created_at,
        ],
    )
    db.execute(
        "INSERT INTO memory_text (rowid, source, folded, target) VALUES (?, ?, ?, ?)",
        [cursor.lastrowid, *_indexed(entry.source, entry.target)],
    )


def _source_id(db: Database, tokens: list[str], vocabulary: Counter[str]) -> int:
    joined = " ".join(tokens)
    known = source_id(db, joined)
    if known is not None:
        return known
    keys = {f"{token}·{_size(len(tokens))}" for token in tokens}
    cursor = db.execute("INSERT INTO memory_sources (words, length) VALUES (?, ?)", [joined, len(tokens)])
    db.execute("INSERT INTO memory_candidates (rowid, words) VALUES (?, ?)", [cursor.lastrowid, " ".join(keys)])
    vocabulary.update(keys)
    return int(cursor.lastrowid or 0)


def _size(length: int) -> int:
    """The class of a length in words; each is a quarter longer than the one before (20 words → 13)."""
    return math.floor(math.log(max(1, length), 1.25))


def _keys(word: str, lengths: tuple[int, int]) -> list[str]:
    return [f"{word}·{size}" for size in range(_size(lengths[0]), _size(lengths[1]) + 1)]


def _indexed(source: str, target: str) -> list[str]:
    return [" ".join(w) for w in (words(source), folded_words(source), folded_words(target))]


def remove(db: Database, segment_id: int) -> None:
    """Take the entry of a segment out; its source words stay known, which does no harm."""
    for row in list(db.query("SELECT id, source, target FROM memory WHERE segment_id = ?", [segment_id])):
        db.execute(
            "INSERT INTO memory_text (memory_text, rowid, source, folded, target) VALUES ('delete', ?, ?, ?, ?)",
            [row["id"], *_indexed(row["source"], row["target"])],
        )
        db.execute("DELETE FROM memory WHERE id = ?", [row["id"]])


def rebuild(db: Database) -> None:
    """Make sources, vocabulary and indexes again from the entries."""
    with transaction(db):
        kept = [
            Entry(**{key: row[key] for key in Entry.__dataclass_fields__})
            for row in db.query("SELECT * FROM memory ORDER BY id")
        ]
        for statement in (
            "INSERT INTO memory_text (memory_text) VALUES ('delete-all')",
            "INSERT INTO memory_candidates (memory_candidates) VALUES ('delete-all')",
            "DELETE FROM memory",
            "DELETE FROM memory_sources",
            "DELETE FROM memory_vocabulary",
        ):
            db.execute(statement)
        add_all(db, kept)


def approved(db: Database, segment_id: int | None = None) -> Iterator[Entry]:
    """The newest approved revision of each segment (or of one) with its source and neighbours."""
    rows = db.query(
        """
        SELECT segments.source, revisions.text AS target, revisions.author, revisions.created_at,
               (SELECT source FROM segments other WHERE other.article_id = segments.article_id
                AND other.position BETWEEN 1 AND segments.position - 1 ORDER BY other.position DESC LIMIT 1) AS before,
               (SELECT source FROM segments other WHERE other.article_id = segments.article_id
                AND other.position > segments.position ORDER BY other.position LIMIT 1) AS after,
               revisions.segment_id, revisions.id AS revision_id
        FROM revisions JOIN segments ON segments.id = revisions.segment_id
        WHERE revisions.id IN (SELECT max(id) FROM revisions WHERE status = 'approved'
                               AND (:segment IS NULL OR segment_id = :segment) GROUP BY segment_id)
        ORDER BY revisions.id
        """,
        {"segment": segment_id},
    )
    return (Entry(**row) for row in list(rows))


def add_import(db: Database, file: str, author: str) -> int:
    """Note that ``author`` imports ``file``; the id for its entries."""
    cursor = db.execute(
        "INSERT INTO memory_imports (file, imported_at, imported_by) VALUES (?, ?, ?)", [file, now(), author]
    )
    return int(cursor.lastrowid or 0)


def source_id(db: Database, joined: str) -> int | None:
    """The distinct source with exactly these words (joined by blanks), or None."""
    row = db.execute("SELECT id FROM memory_sources WHERE words = ?", [joined]).fetchone()
    return int(row[0]) if row else None


def holds(db: Database, source: str, target: str) -> bool:
    """Whether this very pair is remembered."""
    found = db.execute(
        "SELECT 1 FROM memory WHERE source_id = ? AND source = ? AND target = ? LIMIT 1",
        [source_id(db, " ".join(words(source))), source, target],
    )
    return found.fetchone() is not None


def frequencies(db: Database, tokens: Iterable[str], lengths: tuple[int, int]) -> Counter[str]:
    """How many distinct sources of about these ``lengths`` (shortest, longest, in words) hold each word."""
    keys = [key for token in tokens for key in _keys(token, lengths)]
    rows = db.execute(
        "SELECT word, sources FROM memory_vocabulary WHERE word IN (SELECT value FROM json_each(?))",
        [json.dumps(keys, ensure_ascii=False)],
    )
    found: Counter[str] = Counter()
    for key, sources in rows:
        found[key.partition("·")[0]] += sources
    return found


def sources_with(db: Database, word: str, lengths: tuple[int, int]) -> list[str]:
    """The ids (as SQLite writes them) of the distinct sources of about these lengths that hold ``word``."""
    keys = " OR ".join(f'"{key}"' for key in _keys(word, lengths))
    # One joined string is read four times as fast as a row for each id.
    row = db.execute(
        "SELECT group_concat(rowid) FROM memory_candidates WHERE memory_candidates MATCH ?", [keys]
    ).fetchone()
    return str(row[0]).split(",") if row[0] else []


def source_words(db: Database, ids: Sequence[str], lengths: tuple[int, int]) -> list[tuple[int, str]]:
    """``(source id, words)`` of those ``ids`` whose length in words is in the range."""
    cursor = db.execute(
        """
        SELECT id, words FROM memory_sources
        WHERE id IN (SELECT value FROM json_each(?)) AND length BETWEEN ? AND ?
        """,
        [f"[{','.join(ids)}]", *lengths],
    )
    return list(cursor.fetchall())


_COLUMNS = """
    SELECT memory.*, segments.article_id, segments.position, articles.slug, articles.title,
           memory_imports.file,
           memory.revision_id IS NOT (SELECT max(id) FROM revisions WHERE revisions.segment_id = memory.segment_id)
               AS withdrawn
"""
_ORIGINS = """
    LEFT JOIN segments ON segments.id = memory.segment_id
    LEFT JOIN articles ON articles.id = segments.article_id
    LEFT JOIN memory_imports ON memory_imports.id = memory.import_id
"""


def of_source(
    db: Database,
    source: int,
    text: str,
    *,
    before: str | None,
    after: str | None,
    exclude_segment: int | None,
    limit: int,
) -> list[dict[str, Any]]:
    """The entries of a distinct source, each pair once, with ``in_context`` and ``uses`` (how often the pair occurs).

    Those written as ``text`` first, then in-context ones, those that stand (not ``withdrawn``),
    those approved here, the newest. Only the newest ``_READ`` are read: a credit has thousands.
    """
    # The best entry of a pair is the greatest number: three flags above the id (windows take eight times as long).
    best = db.query(
        """
        SELECT max((before IS :before AND after IS :after) * 4
                   + (revision_id IS (SELECT max(id) FROM revisions WHERE revisions.segment_id = memory.segment_id)) * 2
                   + (import_id IS NULL) << 48 | id) AS best,
               count(*) AS uses
        FROM (SELECT * FROM memory WHERE source_id = :source AND segment_id IS NOT :exclude
              ORDER BY id DESC LIMIT :read) AS memory
        GROUP BY source, target
        ORDER BY source = :text DESC, best DESC LIMIT :limit
        """,
        {
            "source": source,
            "text": text,
            "before": before,
            "after": after,
            # NULL would leave out the imported ones.
            "exclude": exclude_segment or 0,
            "read": _READ,
            "limit": limit,
        },
    )
    return [
        {**row, "in_context": row["before"] == before and row["after"] == after, "uses": found["uses"]}
        for found in list(best)
        for row in db.query(f"{_COLUMNS} FROM memory {_ORIGINS} WHERE memory.id = ?", [found["best"] & _ID])
    ]


def with_text(db: Database, query: str) -> Iterator[dict[str, Any]]:
    """The entries that an FTS5 ``query`` over ``source folded target`` finds, newest first."""
    return iter(
        db.query(
            f"""
            {_COLUMNS}
            FROM memory_text CROSS JOIN memory ON memory.id = memory_text.rowid {_ORIGINS}
            WHERE memory_text MATCH ? ORDER BY memory_text.rowid DESC
            """,
            [query],
        )
    )


def standing(db: Database) -> Iterator[dict[str, Any]]:
    """Every entry whose approval was not taken back, oldest first."""
    return iter(db.query(f"SELECT * FROM ({_COLUMNS} FROM memory {_ORIGINS}) WHERE NOT withdrawn ORDER BY id"))


def size(db: Database) -> dict[str, int]:
    """How many entries come from ``approved`` segments and how many were ``imported``."""
    row = next(iter(db.query("SELECT count(segment_id) AS approved, count(import_id) AS imported FROM memory")))
    return dict(row)
