"""Files and folders → stored articles: what ``workbench import`` and the upload of the pages share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench import memory, versions
from workbench.articles import MAX_BYTES, SUFFIXES, Article, BadArticle, checked_origin, read_article
from workbench.store import articles, events, transaction
from workbench.text import squeeze
from workbench.wording import message_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from, as the editor says; what the file says itself goes first. Empty: not said."""

    source_name: str = ""
    source_url: str = ""
    published_on: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the articles (``id slug title path new segments supersedes``) and ``(path, message)`` errors.

    ``supersedes``: the id of the older article that this one is a newer version of, or None.
    """

    articles: list[dict[str, Any]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)


def import_files(
    db: Database, files: Iterable[tuple[str, bytes]], *, author: str, origin: Origin | None = None
) -> Imported:
    """Store each ``(path, content)``; one that cannot be read is named and the others are still stored.

    An article that corrects one that is here takes over what did not change (see ``versions.adopt``).
    """
    done = Imported()
    for path, data in files:
        try:
            article = _with_origin(read_article(data, path), origin)
        except BadArticle as error:
            done.errors.append((path, message_of(error)))
            continue
        with transaction(db):
            article_id, new = articles.add(db, article)
            if new:
                events.record(db, author, "article.import", article=article_id, detail={"path": path})
                # What an older version says of the same row goes before what any other article says.
                versions.adopt(db, article_id, author=author)
                memory.prefill(db, article_id, author)
        head = articles.find(db, article_id)
        done.articles.append(
            {
                "id": article_id,
                "slug": head["slug"],
                "title": head["title"],
                "path": path,
                "new": new,
                "segments": len(article.segments),
                "supersedes": head["supersedes"],
            }
        )
    return done


def _with_origin(article: Article, origin: Origin | None) -> Article:
    """``article`` with what the editor knows about it. Raises BadArticle for an address or a day that is none."""
    if origin is None:
        return article
    url, day = checked_origin(origin.source_url, origin.published_on)
    return replace(
        article,
        source_name=article.source_name or squeeze(origin.source_name) or None,
        source_url=article.source_url or url,
        published_on=article.published_on or day,
    )


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
        if f.is_file()
        and f.suffix.lower() in SUFFIXES
        and not any(p.startswith(".") for p in f.relative_to(folder).parts)
    )
