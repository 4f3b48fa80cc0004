"""Find and replace in the English of an article: looked at first, done as one action, taken back as one.

``border gate`` → ``checkpoint``: each place is shown and chosen by itself. Nothing is overwritten:
each changed row gets a new revision, and undoing gives it one more with the old text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database

from workbench import memory
from workbench.editing import BadText, clean
from workbench.quality import current_text
from workbench.reshaping import NothingToUndo
from workbench.store import articles, events, revisions, transaction
from workbench.text import nfc
from workbench.wording import Message

REPLACE, UNDO = "article.replace", "article.replace-undo"
_AROUND = 48


class Changed(Exception):
    """Rows were saved since the places were looked at: ``positions``. Nothing was replaced."""

    def __init__(self, positions: Collection[int]) -> None:
        super().__init__(f"rows were saved in the meantime: {', '.join(map(str, sorted(positions)))}")
        self.positions = sorted(positions)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for and what takes its place."""

    find: str
    replace: str = ""
    case: bool = False
    words: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        wanted = re.escape(nfc(self.find))
        return re.compile(rf"(?<!\w){wanted}(?!\w)" if self.words else wanted, 0 if self.case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the English of a row. ``status``: ``machine draft approved``; ``revision`` 0: the machine's text."""

    segment_id: int
    position: int
    status: str
    revision: int
    start: int
    found: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """The place in a form: the row, the revision that was looked at, the offset."""
        return f"{self.segment_id}:{self.revision}:{self.start}"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What ``apply`` did; ``event`` is what ``undo`` takes."""

    places: int
    rows: int
    reopened: int
    event: int


def find(db: Database, article_id: int, query: Query) -> list[Place]:
    """Every place in the English of an article, approved rows included, in order.

    ``before`` and ``after`` are the words around it.
    """
    if not query.find:
        return []
    places = []
    for row in articles.segments(db, article_id):
        text = current_text(row) or ""
        for match in query.pattern.finditer(text):
            start, end = match.span()
            before = text[max(0, start - _AROUND) : start]
            after = text[end : end + _AROUND]
            places.append(
                Place(
                    row["id"],
                    row["position"],
                    row["status"] or "machine",
                    row["revision"] or 0,
                    start,
                    match[0],
                    ("…" if start > _AROUND else "") + before,
                    after + ("…" if end + _AROUND < len(text) else ""),
                )
            )
    return places


def apply(db: Database, article_id: int, query: Query, chosen: Iterable[str], *, author: str) -> Replaced:
    """Replace in the ``chosen`` places (their keys), all or none; approved rows become drafts again.

    Raises Changed where a row was saved since it was looked at, BadText where nothing was chosen.
    """
    wanted = set(chosen)
    if not wanted:
        raise BadText(Message("no place was chosen; tick where it is to be replaced"))
    with transaction(db):
        places = [place for place in find(db, article_id, query) if place.key in wanted]
        if len(places) < len(wanted):
            raise Changed(_positions(db, article_id, wanted - {p.key for p in places}))
        done = []
        for segment_id, group in groupby(places, key=lambda p: p.segment_id):
            hits = list(group)
            row = articles.segment(db, segment_id) or {}
            text = clean(_replaced(current_text(row) or "", hits, nfc(query.replace)))
            written = revisions.append(
                db, segment_id, text, status="draft", origin="edit", author=author, base=row["revision"]
            )
            done.append({"segment": segment_id, "revision": written, "base": row["revision"]})
        detail = {"find": query.find, "replace": query.replace, "revisions": done}
        events.record(db, author, REPLACE, article=article_id, detail=detail)
        reopened = len({p.segment_id for p in places if p.status == "approved"})
        return Replaced(len(places), len(done), reopened, events.newest_id(db))


def undo(db: Database, event_id: int, *, author: str) -> tuple[int, int]:
    """Take a replacement back: ``(rows put back, rows left because somebody saved them since)``.

    Raises NothingToUndo.
    """
    with transaction(db):
        event = events.find(db, event_id)
        if event is None or event["action"] != REPLACE or events.undone(db, event_id, UNDO):
            raise NothingToUndo(Message("there is no such replacement, or it was taken back already"))
        back = sum(_put_back(db, change, author) for change in event["detail"]["revisions"])
        left = len(event["detail"]["revisions"]) - back
        events.record(
            db, author, UNDO, article=event["article_id"], detail={"event": event_id, "back": back, "left": left}
        )
    return back, left


def _put_back(db: Database, change: dict[str, int], author: str) -> bool:
    row = articles.segment(db, change["segment"])
    if row is None or row["revision"] != change["revision"]:
        return False
    base = revisions.find(db, change["base"]) if change["base"] else None
    written = revisions.append(
        db,
        row["id"],
        base["text"] if base else row["machine"],
        status=base["status"] if base else "draft",
        origin=base["origin"] if base else "machine",
        author=author,
        base=row["revision"],
    )
    memory.record_approval(db, revisions.find(db, written) or {"status": "draft"})
    return True


def _replaced(text: str, places: Iterable[Place], new: str) -> str:
    for place in sorted(places, key=lambda p: p.start, reverse=True):
        text = text[: place.start] + new + text[place.start + len(place.found) :]
    return text.strip()


def _positions(db: Database, article_id: int, keys: Iterable[str]) -> set[int]:
    ids = {key.split(":")[0] for key in keys}
    return {row["position"] for row in articles.segments(db, article_id) if str(row["id"]) in ids}
