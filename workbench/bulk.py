"""What is done to several articles at once: approve, export as one ZIP, assign, put away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from workbench import editing
from workbench.checks import Check
from workbench.export import export_one
from workbench.export.document import NotApproved
from workbench.store import articles, events, listing, transaction
from workbench.text import squeeze
from workbench.wording import Message, message_of

LONGEST_NAME = 60
# The date of every file in a ZIP: the same articles give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Approved:
    """What approving one article of several did; ``reason`` says why nothing was approved at all."""

    article: dict[str, Any]
    approved: list[int] = field(default_factory=list)
    blocked: dict[int, list[Check]] = field(default_factory=dict)
    reason: str = ""


def approve(db: Database, article_ids: Sequence[int], *, author: str) -> list[Approved]:
    """Approve each article as ``editing.approve_article`` does: rows with errors are left and named."""
    done = []
    for article_id in dict.fromkeys(article_ids):
        head = articles.find(db, article_id)
        try:
            result = editing.approve_article(db, article_id, author=author)
        except editing.BadText as error:
            done.append(Approved(head, reason=message_of(error)))
            continue
        done.append(Approved(head, result.approved, result.blocked))
    return done


def export_zip(
    db: Database, article_ids: Sequence[int], format: str, *, partial: bool = False
) -> tuple[bytes, list[tuple[dict[str, Any], str]]]:
    """One ZIP with a file an article, and ``(article, reason)`` for those left out because they are not approved."""
    packed = io.BytesIO()
    skipped = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for article_id in dict.fromkeys(article_ids):
            try:
                name, content = export_one(db, article_id, format, partial=partial)
            except NotApproved as error:
                skipped.append((articles.find(db, article_id), message_of(error)))
                continue
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue(), skipped


def assign(db: Database, article_ids: Sequence[int], name: str, *, author: str) -> int:
    """Give articles to the person ``name`` (empty: to nobody); how many were not theirs before.

    Raises BadText for a name that is too long.
    """
    name = squeeze(name)
    if len(name) > LONGEST_NAME:
        raise editing.BadText(
            Message("the name has %(length)s characters; %(most)s are kept", length=len(name), most=LONGEST_NAME)
        )
    return _each(
        db, article_ids, lambda i: listing.assign(db, i, name or None), "article.assign", author, assignee=name
    )


def archive(db: Database, article_ids: Sequence[int], *, author: str) -> int:
    """Put articles away: they leave the list, nothing of them is lost. How many were not away before."""
    return _each(db, article_ids, lambda i: listing.archive(db, i, archived=True), "article.archive", author)


def unarchive(db: Database, article_ids: Sequence[int], *, author: str) -> int:
    """Take articles back into the list; how many were away."""
    return _each(db, article_ids, lambda i: listing.archive(db, i, archived=False), "article.unarchive", author)


def _each(
    db: Database, article_ids: Sequence[int], change: Callable[[int], bool], action: str, author: str, **detail: str
) -> int:
    """Change each article and record an event where that changed anything. Raises NoSuchArticle; then nothing is."""
    changed = 0
    with transaction(db):
        for article_id in dict.fromkeys(article_ids):
            articles.find(db, article_id)
            if change(article_id):
                events.record(db, author, action, article=article_id, detail=detail)
                changed += 1
    return changed
