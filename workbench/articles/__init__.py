"""A file, a paste or a page → an article: title, date, source, and segments with their kinds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from urllib.parse import urlsplit

from workbench.articles.readers import Reading, read
from workbench.articles.structure import Segment, structure
from workbench.wording import Message, message_of

MAX_BYTES = 5 * 1024 * 1024
SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx")
_TITLE_WORDS = 16


class BadArticle(ValueError):
    """The input cannot become an article; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read, not yet stored. ``content_hash`` identifies its text."""

    title: str
    source_name: str | None
    source_url: str | None
    published_on: str | None
    """ISO date (``2026-02-04``) or None."""
    segments: tuple[Segment, ...]
    content_hash: str


def read_article(data: bytes, name: str) -> Article:
    """The article in ``data``; the suffix of ``name`` says how to read it (none: plain text).

    Raises BadArticle for empty, binary, unreadable, unknown and enormous input.
    """
    if len(data) > MAX_BYTES:
        raise BadArticle(Message("the file is larger than 5 MB; split it, or remove what is no text"))
    suffix = PurePath(name).suffix.lower() or ".txt"
    if suffix not in SUFFIXES:
        raise BadArticle(
            Message(
                "files ending in %(suffix)s are not read; give one of %(known)s",
                suffix=suffix,
                known=" ".join(SUFFIXES),
            )
        )
    try:
        reading = read(data, suffix)
    except ValueError as error:
        raise BadArticle(message_of(error)) from error
    return _article(reading)


def checked_origin(url: str, day: str) -> tuple[str | None, str | None]:
    """A web address and an ISO day as somebody typed them, empty ones as None. Raises BadArticle."""
    url, day = url.strip(), day.strip()
    if url and _web_address(url) is None:
        raise BadArticle(Message("%(address)s: the address must begin with http:// or https://", address=url))
    if day and _day(day) is None:
        raise BadArticle(Message("%(day)s: there is no such day; write it as 2026-02-04", day=day))
    return url or None, day or None


def _article(reading: Reading) -> Article:
    structured = structure(reading.blocks)
    if not structured.segments:
        raise BadArticle(Message("there is no text in it"))
    text = "\n".join(s.source for s in structured.segments)
    return Article(
        title=_title(reading, structured.segments),
        source_name=reading.source_name,
        source_url=_web_address(reading.source_url),
        published_on=_day(reading.published_on) or _day(structured.published_on),
        segments=structured.segments,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _web_address(url: str | None) -> str | None:
    """``url`` where it is one of the web; ``javascript:…`` from a file must not become a link."""
    try:
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # http://[bad
        return None


def _day(text: str | None) -> str | None:
    """The ISO date where there is such a day: not ``2026-02-30``."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None


def _title(reading: Reading, segments: tuple[Segment, ...]) -> str:
    """The headline; without one, how the body begins (what the news is, unlike a caption)."""
    headline = " ".join(s.source for s in segments if s.kind == "headline")
    if headline or reading.title:
        return headline or str(reading.title)
    body = next((s for s in segments if s.kind in ("lead", "paragraph")), segments[0])
    words = body.source.split()
    return body.source if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]).rstrip(",;:") + "…"
