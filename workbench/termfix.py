"""Fix once: a corrected term repairs every draft it touches, as one action that can be undone.

Machine translations become stale and are made again; drafts are repaired in place as new
revisions (origin ``term-fix``); approved segments are never touched, only listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from workbench import glossary
from workbench.glossary.forms import find_forms, present
from workbench.glossary.terms import Term
from workbench.machine import Engine
from workbench.machine.alignment import aligned_target
from workbench.machine.steering import fitted
from workbench.store import articles, events, revisions, terms, transaction
from workbench.wording import Message

ACTION = "term.fix"
UNDO = "term.fix-undo"
# Two of three looks of the decoder must rest on the term before its words are taken for it.
_SURE = 0.66
_INNER_MARK = re.compile(r"[()\[\]“”\",;:]")


class NothingToUndo(LookupError):
    """The action is not a term fix, or was undone already."""


@dataclass(frozen=True, slots=True)
class Place:
    """A segment in which a term occurs.

    ``after`` is what its English would become; None where nothing changes by itself.
    ``status``: ``new machine draft approved``.
    """

    segment_id: int
    article_id: int
    article: str
    position: int
    source: str
    status: str
    before: str | None
    after: str | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a term touches, before or after it was saved."""

    term: Term
    places: tuple[Place, ...]

    def of_status(self, *wanted: str) -> list[Place]:
        return [p for p in self.places if p.status in wanted]

    @property
    def repairs(self) -> list[Place]:
        """The drafts that would be changed."""
        return [p for p in self.places if p.status == "draft" and p.after not in (None, p.before)]

    @property
    def review(self) -> list[Place]:
        """The approved segments whose English does not hold the term in an allowed form."""
        return [p for p in self.places if p.status == "approved" and p.after != p.before]

    @property
    def unsure(self) -> list[Place]:
        """The drafts without the term in which it cannot be told which words stand for it."""
        return [p for p in self.places if p.status == "draft" and p.after is None]

    @property
    def articles(self) -> int:
        return len({p.article_id for p in self.places})


@dataclass(frozen=True, slots=True)
class Fixed:
    """What ``apply`` did; ``event`` is what ``undo`` takes (None where no draft changed)."""

    repaired: list[Place]
    review: list[Place]
    event: int | None


def impact(db: Database, term: Term, engine: Engine | None = None) -> Impact:
    """The segments ``term`` (saved or about to be) touches, and what would become of each.

    ``engine``: finds the English words that stand for the term where no former form of it is there.
    """
    saved = [terms.find(db, term.id)] if term.id else []
    former = _former(db, term, saved)
    rows = [r for i in glossary.touched(db, [*saved, term]) if (r := articles.segment(db, i))]
    titles = {row["id"]: row["title"] for row in articles.listing(db)}
    guesses = _aligned(db, engine, term, [r for r in rows if _needs_guess(term, former, r)])
    places = []
    for row in rows:
        text = row["text"] if row["revision"] else row["machine"]
        after = None if text is None else _repaired(term, former, row["source"], text, guesses.get(row["id"]))
        status = row["status"] or ("machine" if text is not None else "new")
        places.append(
            Place(
                row["id"],
                row["article_id"],
                titles[row["article_id"]],
                row["position"],
                row["source"],
                status,
                text,
                after,
                row["revision"],
            )
        )
    return Impact(term, tuple(places))


def apply(db: Database, term_id: int, *, author: str, engine: Engine | None = None) -> Fixed:
    """Repair every draft the saved term touches; approved segments are listed for review.

    Raises NoSuchTerm.
    """
    found = impact(db, terms.find(db, term_id), engine)
    with transaction(db):
        done: list[dict[str, int]] = []
        repaired = []
        for place in found.repairs:
            newest = revisions.newest(db, place.segment_id)
            if newest is None or newest["id"] != place.revision or place.after is None:
                continue  # Somebody saved since: theirs stays, and the check tells them.
            written = revisions.append(
                db,
                place.segment_id,
                place.after,
                status="draft",
                origin="term-fix",
                author=author,
                base=newest["id"],
            )
            done.append({"segment": place.segment_id, "revision": written, "base": newest["id"]})
            repaired.append(place)
        event = None
        if done:
            events.record(db, author, ACTION, term=term_id, detail={"revisions": done})
            event = events.newest_id(db)
    return Fixed(repaired, found.review, event)


def undo(db: Database, event_id: int, *, author: str) -> tuple[int, int]:
    """Take a term fix back: ``(segments put back, segments left because somebody edited them since)``.

    Raises NothingToUndo.
    """
    with transaction(db):
        event = events.find(db, event_id)
        if event is None or event["action"] != ACTION or events.undone(db, event_id, UNDO):
            raise NothingToUndo(Message("there is no such fix, or it was taken back already"))
        back = left = 0
        for change in event["detail"]["revisions"]:
            newest, base = revisions.newest(db, change["segment"]), revisions.find(db, change["base"])
            if newest is None or base is None or newest["id"] != change["revision"]:
                left += 1
                continue
            revisions.append(
                db,
                change["segment"],
                base["text"],
                status=base["status"],
                origin=base["origin"],
                author=author,
                base=newest["id"],
            )
            back += 1
        events.record(db, author, UNDO, term=event["term_id"], detail={"event": event_id, "back": back, "left": left})
    return back, left


def _former(db: Database, term: Term, saved: Sequence[Term]) -> Term:
    """A term whose forms are all English that was once right, or is forbidden, and is not allowed now."""
    versions = [version["term"] for version in terms.history(db, term.id)] if term.id else []
    old = [text for version in versions for text in (version["target"], *version["target_variants"])]
    candidates = [*(t for s in saved for t in s.targets), *old, *term.forbidden]
    wrong = tuple(dict.fromkeys(t for t in candidates if t not in term.targets))
    return replace(term, target=wrong[0] if wrong else "", target_variants=wrong[1:], forbidden=())


def _needs_guess(term: Term, former: Term, row: dict[str, Any]) -> bool:
    text = row["text"]
    if row["status"] != "draft" or not text or present(term, text):
        return False
    return not (former.target and find_forms(former, text))


def _aligned(
    db: Database, engine: Engine | None, term: Term, rows: list[dict[str, Any]]
) -> dict[int, tuple[int, int]]:
    """Segment id → the English words that the decoder, made to write the draft, takes from the term.

    Words with a bracket or a comma in them, more words than the term has, and words that hold
    another term of the sentence are not believed.
    """
    if engine is None or not rows or not term.enforced:
        return {}
    looking = glossary.Matcher([term])
    found = {}
    for row, hypothesis in zip(rows, engine.align([(r["source"], r["text"]) for r in rows]), strict=True):
        match = next(iter(looking.find(row["source"])), None)
        span = aligned_target(hypothesis, match.start, match.end) if match else None
        if span is None or span.share < _SURE:
            continue
        words = row["text"][span.start : span.end]
        others = [m.term for m in glossary.matcher(db).find(row["source"]) if m.term.id != term.id]
        if _INNER_MARK.search(words) or len(words.split()) > len(term.target.split()) + 1:
            continue
        if not any(a < span.end and span.start < b for other in others for a, b in find_forms(other, row["text"])):
            found[row["id"]] = (span.start, span.end)
    return found


def _repaired(term: Term, former: Term, source: str, text: str, guess: tuple[int, int] | None) -> str | None:
    """``text`` with the term in an allowed form; None when it cannot be told which words stand for it."""
    if not term.enforced:
        return text
    spans = find_forms(former, text) if former.target else []
    right = find_forms(term, text)
    spans = [s for s in spans if not any(a <= s[0] and s[1] <= b for a, b in right)]
    # A former form may be another word's too (gate: cửa khẩu, cổng): no more of them than the term occurs.
    owed = len(glossary.Matcher([term]).find(source)) - len(right)
    if right and (not spans or owed <= 0):
        return text
    if len(spans) > owed:
        spans = []
    if not spans and guess is not None:
        spans = [guess]
    if not spans:
        return None
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + fitted(term.target, text, start, end) + text[end:]
    return text
