"""The list of articles: a page of it, counts for all of it, and the columns that only the list needs.

Counts come from ``article_progress``, which triggers keep; words from ``article_words``, one
row an article, with the spelling as it is matched and without diacritics.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench.store import key, now, transaction
from workbench.text import fold, match_form, nfc

ARCHIVED = "archived"
STATES = ("new", "translated", "editing", "approved")
NOBODY = "-"
_SCATTERED = 3
_NEAR = 10
_WORD = re.compile(r"\w+")
_ORDERS = {
    "imported": "articles.imported_at DESC, articles.id DESC",
    "published": "articles.published_on IS NULL, articles.published_on DESC, articles.id DESC",
    "changed": "progress.changed_at DESC, articles.id DESC",
    "open": "progress.approved = progress.segments, progress.approved * 1.0 / progress.segments DESC, articles.id DESC",
}
SORTS = tuple(_ORDERS)
DATES = ("published", "imported")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles: every field may be empty. ``state`` is one of ``STATES`` or ``archived``.

    ``since`` and ``until`` (ISO days, both included) are about the day of ``dates``;
    ``assignee`` may be ``NOBODY``.
    """

    text: str = ""
    state: str = ""
    source: str = ""
    assignee: str = ""
    dates: str = "published"
    since: str = ""
    until: str = ""
    sort: str = "imported"


_FROM = "FROM articles JOIN article_progress progress ON progress.article_id = articles.id"
_ROW = f"""
    SELECT articles.*, progress.segments, progress.machine, progress.edited, progress.approved,
           progress.state, progress.changed_at, progress.changed_by
    {_FROM}
"""


def page(db: Database, wanted: Wanted, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """Rows of ``articles`` with their counts and ``state``; an article that a newer one corrects is left out."""
    where, values = _where(wanted)
    if wanted.state == ARCHIVED:
        where += " AND archived_at IS NOT NULL"
    else:
        where += " AND archived_at IS NULL"
        if wanted.state:
            where += " AND progress.state = :state"
            values["state"] = wanted.state
    order = _ORDERS.get(wanted.sort, _ORDERS["imported"])
    # Only ids are put in order; of the whole rows no more are read than are shown.
    sql = f"SELECT articles.id {_FROM} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset"
    rows = db.query(sql, {**values, "limit": limit, "offset": offset})
    return with_ids(db, [row["id"] for row in rows])


def counts(db: Database, wanted: Wanted) -> dict[str, int]:
    """How many articles there are in each state, ``archived`` and all (``""``), the other wishes given."""
    where, values = _where(wanted)
    rows = db.query(
        f"""
        SELECT CASE WHEN archived_at IS NULL THEN progress.state ELSE 'archived' END AS state, count(*) AS n
        {_FROM} WHERE {where} GROUP BY 1
        """,
        values,
    )
    found = dict.fromkeys((*STATES, ARCHIVED), 0) | {row["state"]: row["n"] for row in rows}
    return found | {"": sum(found[state] for state in STATES)}


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """All wishes but the state."""
    parts = ["NOT EXISTS (SELECT 1 FROM articles newer WHERE newer.supersedes = articles.id)"]
    values: dict[str, Any] = {}
    if match := _match(wanted.text):
        parts.append("articles.id IN (SELECT rowid FROM article_words WHERE article_words MATCH :words)")
        values["words"] = match
    if wanted.source:
        parts.append("source_name = :source")
        values["source"] = wanted.source
    if wanted.assignee:
        parts.append("assignee IS NULL" if wanted.assignee == NOBODY else "assignee = :assignee")
        values["assignee"] = wanted.assignee
    # Times are compared with days as text: the day after is the first that is later than any time of the last.
    column = "imported_at" if wanted.dates == "imported" else "published_on"
    if wanted.since:
        parts.append(f"{column} >= :since")
        values["since"] = wanted.since
    if wanted.until:
        parts.append(f"substr({column}, 1, 10) <= :until")
        values["until"] = wanted.until
    return " AND ".join(parts), values


def _match(text: str) -> str:
    """The FTS5 query for what was typed, the last word as far as it is typed.

    Two words stand together, more stand near one another, ``"words in quotes"`` always together.
    Letters without marks find both: ``ngoai giao`` finds ``Ngoại giao``; ``ngoại giao`` does not find ``ngoài giao``.
    """
    spelled = match_form(nfc(text)).strip()
    column, form = ("folded", fold(spelled)) if fold(spelled) == spelled else ("words", spelled)
    words = _WORD.findall(form)
    if not words:
        # Something was typed, but nothing that can be found by: no article, not all of them.
        return 'words : ""' if spelled else ""
    together = len(words) < _SCATTERED or (len(spelled) > 1 and spelled[0] == spelled[-1] == '"')
    joined = (" + " if together else " ").join(f'"{word}"' for word in words) + "*"
    return f"{column} : {joined}" if together else f"{column} : NEAR({joined}, {_NEAR})"


def index_words(db: Database, article_id: int, title: str) -> None:
    """Make an article findable by its title and text."""
    sources = db.query(
        "SELECT source FROM segments WHERE article_id = ? AND position > 0 ORDER BY position", [article_id]
    )
    words = match_form("\n".join((title, *(row["source"] for row in sources))))
    db.execute("INSERT INTO article_words (rowid, words, folded) VALUES (?, ?, ?)", [article_id, words, fold(words)])


def with_ids(db: Database, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Those articles in the shape of ``page``, in the order of ``ids``; unknown ids are left out."""
    rows = db.query(f"{_ROW} WHERE articles.id IN (SELECT value FROM json_each(?))", [_ids(ids)])
    found = {row["id"]: row for row in rows}
    return [found[i] for i in dict.fromkeys(ids) if i in found]


def machine_done(db: Database, ids: Sequence[int]) -> dict[int, int]:
    """Article id → segments with a machine translation that is not stale."""
    rows = db.query(
        """
        SELECT article_id, count(m.id) AS done FROM segments
        LEFT JOIN machine_translations m ON NOT m.stale AND m.id =
            (SELECT max(id) FROM machine_translations WHERE segment_id = segments.id)
        WHERE position > 0 AND article_id IN (SELECT value FROM json_each(?)) GROUP BY article_id
        """,
        [_ids(ids)],
    )
    return {row["article_id"]: row["done"] for row in rows}


def sources(db: Database) -> list[str]:
    """The names of sources, in order."""
    return [
        r["s"] for r in db.query("SELECT DISTINCT source_name AS s FROM articles WHERE source_name > '' ORDER BY 1")
    ]


def assignees(db: Database) -> list[str]:
    """Who has articles to work on, in order."""
    return [r["a"] for r in db.query("SELECT DISTINCT assignee AS a FROM articles WHERE assignee > '' ORDER BY 1")]


def anything(db: Database) -> bool:
    """Whether there is any article, archived or not."""
    return any(True for _ in db.query("SELECT 1 FROM articles LIMIT 1"))


def assign(db: Database, article_id: int, assignee: str | None) -> bool:
    """Give an article to somebody, or to nobody; whether that changed anything."""
    with transaction(db):
        sql = "UPDATE articles SET assignee = ? WHERE id = ? AND assignee IS NOT ?"
        return db.execute(sql, [assignee, key(article_id), assignee]).rowcount > 0


def archive(db: Database, article_id: int, *, archived: bool) -> bool:
    """Put an article away or take it back; whether that changed anything."""
    with transaction(db):
        sql = "UPDATE articles SET archived_at = ? WHERE id = ? AND (archived_at IS NOT NULL) <> ?"
        return db.execute(sql, [now() if archived else None, key(article_id), archived]).rowcount > 0


def _ids(ids: Sequence[int]) -> str:
    return json.dumps([key(i) for i in ids])
