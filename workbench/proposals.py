"""Names of an article that the glossary lacks, each with English proposed for it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

from workbench import glossary
from workbench.names import Proposal, propose
from workbench.store import articles, connect, data_folder, terms

_REMEMBERED = 200


def proposals(db: Database, article_id: int) -> list[Proposal]:
    """Persons first, then bodies and places, by how often they occur; kept per version of the glossary."""
    return list(_proposals(data_folder(db), article_id, terms.version(db)))


@lru_cache(maxsize=_REMEMBERED)
def _proposals(data: Path, article_id: int, _version: int) -> tuple[Proposal, ...]:
    db = connect(data)
    try:
        sources = [row["source"] for row in articles.segments(db, article_id)]
        return tuple(propose(sources, glossary.matcher(db).find))
    finally:
        db.close()
