"""The shipped glossary and the sample articles, for a first start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench import glossary
from workbench.encoding import decode
from workbench.library import import_files, read_paths
from workbench.store import articles, terms

ROOT = Path(__file__).parents[1]


def load_samples(db: Database, *, author: str) -> tuple[int, int] | None:
    """Fill an empty database; ``(terms, articles)`` loaded, or None where anything is there already."""
    if terms.version(db) or articles.listing(db):
        return None
    loaded = load_glossary(db, author=author)
    return loaded, len(import_files(db, read_paths([ROOT / "seeds"]), author=author).articles)


def load_missing(db: Database, *, author: str) -> list[dict[str, Any]]:
    """The sample articles, and the shipped glossary where there is no term yet; the articles that are new."""
    if not terms.version(db):
        load_glossary(db, author=author)
    done = import_files(db, read_paths([ROOT / "seeds"]), author=author)
    return [article for article in done.articles if article["new"]]


def load_glossary(db: Database, *, author: str) -> int:
    """Import every CSV of ``glossary/``; how many terms are new."""
    added = 0
    for file in sorted((ROOT / "glossary").glob("*.csv")):
        plan = glossary.import_csv(db, decode(file.read_bytes()), author=author, name=file.name)
        if plan.errors:
            first = plan.errors[0]
            raise ValueError(f"{file}, line {first.line}, {first.field}: {first.message}")
        added += len(plan.added)
    return added
