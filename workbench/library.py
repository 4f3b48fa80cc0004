"""Files and folders → stored articles: what ``workbench import`` and the upload of the pages share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench.articles import MAX_BYTES, SUFFIXES, BadArticle, read_article
from workbench.store import articles, events, transaction


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the articles (``id slug title path new segments``) and ``(path, message)`` errors."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)


def import_files(db: Database, files: Iterable[tuple[str, bytes]], *, author: str) -> Imported:
    """Store each ``(path, content)``; one that cannot be read is named and the others are still stored."""
    done = Imported()
    for path, data in files:
        try:
            article = read_article(data, path)
        except BadArticle as error:
            done.errors.append((path, str(error)))
            continue
        with transaction(db):
            article_id, new = articles.add(db, article)
            if new:
                events.record(db, author, "article.import", article=article_id, detail={"path": path})
        head = articles.find(db, article_id)
        done.articles.append(
            {
                "id": article_id,
                "slug": head["slug"],
                "title": head["title"],
                "path": path,
                "new": new,
                "segments": len(article.segments),
            }
        )
    return done


def read_paths(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """The content of files, and of all readable files in folders (hidden ones left out).

    Raises OSError for a path that is not there or cannot be read.
    """
    for path in paths:
        for file in _files(path) if path.is_dir() else [path]:
            with file.open("rb") as stream:
                yield str(file), stream.read(MAX_BYTES + 1)


def _files(folder: Path) -> list[Path]:
    return sorted(
        f
        for f in folder.rglob("*")
        if f.is_file() and f.suffix.lower() in SUFFIXES and not any(p.startswith(".") for p in f.relative_to(folder).parts)
    )
