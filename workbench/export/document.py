"""An article as it will be read in English: its approved segments, in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from workbench.store import articles
from workbench.wording import Message

# A scraper's date line is in the front matter; no reader wants it in the text.
_MACHINE_DATE = re.compile(r"^date \d{4}-\d\d-\d\d$")
_BULLET = re.compile(r"^[-•*–+]\s+")
_TITLE_WORDS = 16


class NotApproved(Exception):
    """Segments of the article are not approved yet."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment of the document; ``target`` is None where nothing is approved (partial export).

    ``status``: ``approved``, ``draft``, ``translated`` (by machine) or ``new``; ``author`` and
    ``approved_at`` (UTC, ISO 8601) of the approval.
    """

    position: int
    kind: str
    source: str
    target: str | None
    status: str = "approved"
    author: str | None = None
    approved_at: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article for export.

    ``segments`` are all of it; ``paragraphs`` what a reader reads, grouped as in the source
    (without a scraper's date line).
    """

    stem: str
    title: str
    source_title: str
    source_name: str | None
    source_url: str | None
    published: str | None
    translated: str | None
    """ISO date of the last approval."""
    segments: tuple[Unit, ...]
    paragraphs: tuple[tuple[Unit, ...], ...]


def document(db: Database, article_id: int, *, partial: bool = False) -> Document:
    """The approved English of an article. Raises NotApproved unless ``partial`` or every segment is approved."""
    head = articles.find(db, article_id)
    rows = articles.segments(db, article_id)
    missing = [r["position"] for r in rows if r["status"] != "approved"]
    if missing and not partial:
        raise NotApproved(
            Message(
                "%(open)s of %(all)s segments are not approved (the first is %(first)s)",
                open=len(missing),
                all=len(rows),
                first=missing[0],
            )
        )
    approved = [r["saved_at"] for r in rows if r["status"] == "approved"]
    return Document(
        stem=f"{head['published_on']}-{head['slug']}" if head["published_on"] else head["slug"],
        title=_title(rows),
        source_title=head["title"],
        source_name=head["source_name"],
        source_url=head["source_url"],
        published=head["published_on"],
        translated=max(approved)[:10] if approved else None,
        segments=tuple(_unit(r) for r in rows),
        paragraphs=tuple(
            units
            for _, group in groupby(rows, key=lambda r: (r["paragraph"], r["kind"] == "credit"))
            if (units := tuple(_unit(r) for r in group if not _MACHINE_DATE.match(r["source"])))
        ),
    )


def _unit(row: dict[str, Any]) -> Unit:
    approved = row["status"] == "approved"
    return Unit(
        row["position"],
        row["kind"],
        row["source"],
        row["text"] if approved else None,
        row["status"] or ("new" if row["machine"] is None else "translated"),
        row["author"] if approved else None,
        row["saved_at"] if approved else None,
    )


def _title(rows: list[dict[str, Any]]) -> str:
    """The English headline; without one, how the English body begins."""
    approved = [r for r in rows if r["status"] == "approved"]
    headline = " ".join(r["text"] for r in approved if r["kind"] == "headline")
    body = next((r["text"] for r in approved if r["kind"] in ("lead", "paragraph")), "")
    words = body.split()
    begun = body if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]).rstrip(",;:") + "…"
    return headline or begun


def without_bullet(text: str) -> str:
    """A related story without the mark of the list it stood in: ``- Vietnam, Laos …`` → ``Vietnam, Laos …``."""
    return _BULLET.sub("", text)


def main_kind(paragraph: Sequence[Unit]) -> str:
    """What a paragraph is: the kind of its last unit (the body behind a dateline)."""
    return paragraph[-1].kind
