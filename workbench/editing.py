"""What an editor does to a segment: save, approve, go back. Nothing typed is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench import memory
from workbench.checks import Check
from workbench.quality import current_text, segment_checks
from workbench.store import articles, comments, events, lineage, revisions, terms, transaction
from workbench.text import nfc
from workbench.wording import Message

LONGEST = 20_000


class NoSuchSegment(LookupError):
    """No segment has that id or position."""


class Replaced(NoSuchSegment):
    """The segment was merged or split; ``successors`` are the segments it became."""

    def __init__(self, segment_id: int, successors: Sequence[dict[str, Any]]) -> None:
        places = ", ".join(str(row["position"]) for row in successors)
        super().__init__(f"segment {segment_id} was merged or split; it is now row {places}")
        self.successors = list(successors)


class BadText(ValueError):
    """The text cannot be saved; the message says why."""


class Conflict(Exception):
    """Somebody saved first: ``newest`` is their revision. Nothing was written."""

    def __init__(self, newest: dict[str, Any]) -> None:
        super().__init__(f"{newest['author']} saved this segment at {newest['created_at']}")
        self.newest = newest


class Blocked(Exception):
    """Errors found by the checks stand against approval, until the editor confirms them."""

    def __init__(self, checks: Sequence[Check]) -> None:
        super().__init__("; ".join(c.message for c in checks))
        self.checks = list(checks)


@dataclass(frozen=True, slots=True)
class Approval:
    """What approving an article did: positions approved now, and those errors stand against."""

    approved: list[int]
    blocked: dict[int, list[Check]]


def segment(db: Database, segment_id: int) -> dict[str, Any]:
    """The segment with its newest machine translation and revision. Raises NoSuchSegment, Replaced."""
    row = articles.segment(db, segment_id)
    if row is None:
        if became := lineage.successors(db, segment_id):
            raise Replaced(segment_id, became)
        raise NoSuchSegment(Message("there is no segment %(id)s", id=segment_id))
    return row


def at_position(db: Database, article_id: int, position: int) -> dict[str, Any]:
    """The segment of an article at ``position`` (from 1). Raises NoSuchSegment."""
    for row in articles.segments(db, article_id):
        if row["position"] == position:
            return row
    raise NoSuchSegment(
        Message("article %(article)s has no segment %(position)s", article=article_id, position=position)
    )


def save(
    db: Database,
    segment_id: int,
    text: str,
    *,
    base: int | None,
    author: str,
    origin: str = "edit",
) -> dict[str, Any]:
    """Append ``text`` as a draft made from revision ``base`` (None: from the machine translation or nothing).

    The same text again writes nothing. Returns the newest revision.
    Raises Conflict when ``base`` is no longer the newest, NoSuchSegment, BadText.
    """
    text = clean(text)
    with transaction(db):
        segment(db, segment_id)
        newest = revisions.newest(db, segment_id)
        if newest is not None and newest["text"] == text:
            return newest
        if newest is not None and newest["id"] != base:
            raise Conflict(newest)
        return _append(db, segment_id, text, "draft", origin, author, newest)


def approve(
    db: Database,
    segment_id: int,
    *,
    author: str,
    base: int | None = None,
    seen: str | None = None,
    confirm: bool = False,
) -> dict[str, Any]:
    """Approve the current translation of a segment (the machine's where nobody edited). The newest revision.

    ``base``: the revision the editor saw, to refuse what somebody changed since (0: there was none yet;
    None: whatever is newest).
    ``seen``: the text the editor saw. Where nobody edited and the machine has written another one since,
    the text that was seen is approved, as the editor's.
    ``confirm``: approve although checks found errors; that is kept in the action log.
    Raises Blocked, Conflict, NoSuchSegment, BadText (nothing to approve).
    """
    return _approve(db, segment_id, {}, author=author, base=base, seen=seen, confirm=confirm)


def _approve(
    db: Database,
    segment_id: int,
    checked: Mapping[int, _Checked],
    *,
    author: str,
    base: int | None = None,
    seen: str | None = None,
    confirm: bool,
) -> dict[str, Any]:
    """``approve``, where ``checked`` may hold what the checks said before (by segment id)."""
    with transaction(db):
        row = segment(db, segment_id)
        newest = revisions.newest(db, segment_id)
        if newest is not None and base is not None and newest["id"] != base:
            raise Conflict(newest)
        if newest is not None and newest["status"] == "approved":
            return newest
        text, origin = (newest["text"], newest["origin"]) if newest else (row["machine"], "machine")
        if newest is None and seen is not None and (shown := clean(seen)) and shown != text:
            text, origin = shown, "edit"
        if not text:
            raise BadText(Message("segment %(n)s has no translation yet; translate it first", n=row["position"]))
        errors = _errors(db, row, text, checked.get(segment_id))
        if errors and not confirm:
            raise Blocked(errors)
        approved = _append(db, segment_id, text, "approved", origin, author, newest)
        events.record(
            db,
            author,
            "segment.approve",
            article=row["article_id"],
            segment=segment_id,
            detail=_confirmed(errors) if errors else None,
        )
        memory.record_approval(db, approved)
        memory.propagate(db, segment_id, author)
        return approved


@dataclass(frozen=True, slots=True)
class _Checked:
    """The errors of a text, and what they are true of: Vietnamese, English, kind, state of the glossary."""

    about: tuple[str, str, str, str]
    errors: list[Check]


def _check_ahead(db: Database, article_id: int) -> dict[int, _Checked]:
    """What stands against approving each segment of an article as it is now, by its id."""
    checked = {}
    for row in articles.segments(db, article_id):
        text = current_text(row)
        if text and row["status"] != "approved":
            about = _about(db, row, text)
            checked[row["id"]] = _Checked(about, _errors(db, row, text))
    return checked


def _errors(db: Database, row: dict[str, Any], text: str, checked: _Checked | None = None) -> list[Check]:
    """The errors of ``text``: those of ``checked`` where it is about the same, else looked for now."""
    if checked is not None and checked.about == _about(db, row, text):
        return checked.errors
    return [c for c in segment_checks(db, row, text) if c.severity == "error"]


def _about(db: Database, row: dict[str, Any], text: str) -> tuple[str, str, str, str]:
    return row["source"], text, row["kind"], terms.state(db)


def _confirmed(errors: list[Check]) -> dict[str, Any]:
    """What the log keeps of errors that were confirmed; ``checks`` so that a page can say them in any language."""
    return {
        "confirmed": [c.message for c in errors],
        "checks": [{"template": c.template, "params": dict(c.params)} for c in errors],
    }


def approve_article(db: Database, article_id: int, *, author: str, confirm: bool = False) -> Approval:
    """Approve every segment that is not yet; those with errors are left and named, unless confirmed.

    The checks run before the database is locked for others; what was saved meanwhile is checked again.
    Raises BadText when a segment has no translation; then nothing is approved. Raises NoSuchArticle.
    """
    done = Approval([], {})
    articles.find(db, article_id)
    checked = _check_ahead(db, article_id)
    with transaction(db):
        for row in articles.segments(db, article_id):
            if row["status"] == "approved":
                continue
            try:
                _approve(db, row["id"], checked, author=author, confirm=confirm)
                done.approved.append(row["position"])
            except Blocked as blocked:
                done.blocked[row["position"]] = blocked.checks
    return done


def restore(db: Database, segment_id: int, revision_id: int, *, base: int | None, author: str) -> dict[str, Any]:
    """Go back to an older revision, of the segment or of what it was made from: its text becomes a new draft.

    Raises as ``save``.
    """
    wanted = revisions.find(db, revision_id)
    own = {segment_id, *(row["id"] for row in lineage.ancestors(db, segment_id))}
    if wanted is None or wanted["segment_id"] not in own:
        raise NoSuchSegment(Message("segment %(id)s has no revision %(revision)s", id=segment_id, revision=revision_id))
    return save(db, segment_id, wanted["text"], base=base, author=author, origin=wanted["origin"])


def reopen(db: Database, segment_id: int, *, author: str) -> dict[str, Any]:
    """Take an approval back: the same text as a draft again. The newest revision."""
    with transaction(db):
        segment(db, segment_id)
        newest = revisions.newest(db, segment_id)
        if newest is None:
            raise BadText(Message("nothing was approved"))
        if newest["status"] == "draft":
            return newest
        return _append(db, segment_id, newest["text"], "draft", newest["origin"], author, newest)


def comment(db: Database, segment_id: int, text: str, *, author: str) -> int:
    """Say something about a segment: ``Sao không dùng “border gate”?``; the id of the comment.

    Raises NoSuchSegment, BadText.
    """
    said = nfc(text).replace("\r\n", "\n").strip()
    if not said:
        raise BadText(Message("the comment is empty"))
    if len(said) > LONGEST:
        raise BadText(
            Message("the comment has %(length)s characters; %(most)s are kept", length=len(said), most=LONGEST)
        )
    with transaction(db):
        row = segment(db, segment_id)
        comment_id = comments.add(db, segment_id, said, author)
        events.record(
            db,
            author,
            "segment.comment",
            article=row["article_id"],
            segment=segment_id,
            detail={"comment": comment_id, "reason": shorten(said)},
        )
    return comment_id


def shorten(text: str, length: int = 120) -> str:
    """The beginning of a text on one line, for lists."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _append(
    db: Database, segment_id: int, text: str, status: str, origin: str, author: str, newest: dict[str, Any] | None
) -> dict[str, Any]:
    base = newest["id"] if newest else None
    revision_id = revisions.append(db, segment_id, text, status=status, origin=origin, author=author, base=base)
    written = revisions.find(db, revision_id)
    assert written is not None
    return written


def clean(text: str) -> str:
    """NFC on one line: a segment is part of a paragraph. Inner blanks stay as typed."""
    cleaned = " ".join(nfc(text).replace("\r\n", "\n").split("\n")).strip()
    if len(cleaned) > LONGEST:
        raise BadText(
            Message(
                "the text has %(length)s characters; a segment holds up to %(most)s",
                length=len(cleaned),
                most=LONGEST,
            )
        )
    if any((ord(c) < 32 and c != "\t") or 0xD800 <= ord(c) < 0xE000 for c in cleaned):
        raise BadText(Message("the text holds control characters; paste it as plain text"))
    return cleaned
