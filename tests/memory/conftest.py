"""A desk in a real SQLite file, and articles approved on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench import memory
from workbench.articles import Article
from workbench.articles.structure import Segment
from workbench.store import articles, open_database, revisions, transaction

Approve = Callable[..., int]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path)


def add_article(db: Database, *sources: str, kind: str = "paragraph") -> int:
    """Store an article of these segments; its id."""
    segments = tuple(Segment(i, i, kind, s) for i, s in enumerate(sources, 1))
    found, _ = articles.add(db, Article(sources[0][:60], None, None, None, segments, str((sources, id(segments)))))
    return found


def segment_ids(db: Database, article: int) -> list[int]:
    return [row["id"] for row in articles.segments(db, article)]


def write(db: Database, segment: int, text: str, status: str = "approved", origin: str = "edit") -> int:
    """Append a revision and let the memory know, as the desk does; the revision's id."""
    with transaction(db):
        newest = revisions.newest(db, segment)
        base = newest["id"] if newest else None
        found = revisions.append(db, segment, text, status=status, origin=origin, author="lan", base=base)
        revision = revisions.find(db, found)
        assert revision is not None
        memory.record_approval(db, revision)
    return found


def add_approved(db: Database, *pairs: tuple[str, str]) -> int:
    """An article with every segment approved; its id."""
    article = add_article(db, *(source for source, _ in pairs))
    for segment, (_, target) in zip(segment_ids(db, article), pairs, strict=True):
        write(db, segment, target)
    return article


def texts(db: Database, article: int) -> Sequence[str | None]:
    return [row["text"] for row in articles.segments(db, article)]
