"""Segments merged and split, because no splitter understands all Vietnamese punctuation.

``Ông thăm TP. | Hồ Chí Minh.`` is one sentence: merge. ``… kết thúc./.Chiều cùng ngày, …`` are two: split.
New segments take the place of the old ones, which keep their revisions and comments (``store.lineage``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from workbench import memory
from workbench.editing import BadText, Conflict, segment
from workbench.quality import current_text
from workbench.store import articles, events, lineage, revisions, transaction
from workbench.text import squeeze
from workbench.wording import Message

MERGE, SPLIT, UNDO = "segment.merge", "segment.split", "segment.undo"
_ENDS = re.compile(r"(?<=[.!?…;:])[\"”’)]*\s*|(?<=,)\s+")


class NothingToUndo(LookupError):
    """There is no such action, it was taken back already, or somebody worked on since."""


@dataclass(frozen=True, slots=True)
class Reshaped:
    """The segments that now stand there, and the event that ``undo`` takes."""

    segments: list[int]
    event: int


def neighbour(db: Database, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The segment with which ``row`` can be merged: the next of its paragraph."""
    for other in articles.segments(db, row["article_id"]):
        if other["position"] == row["position"] + 1 and other["paragraph"] == row["paragraph"]:
            return other
    return None


def merge(db: Database, segment_id: int, *, author: str, bases: Sequence[int | None] | None = None) -> Reshaped:
    """Make one segment of this and the next of its paragraph; their English becomes one draft for review.

    ``bases``: the revisions of both that the editor saw. Raises Conflict, NoSuchSegment, BadText.
    """
    with transaction(db):
        first = segment(db, segment_id)
        second = neighbour(db, first)
        if second is None:
            raise BadText(
                Message(
                    "row %(n)s is the last of its paragraph; there is nothing to merge it with", n=first["position"]
                )
            )
        pair = [first, second]
        _refuse_changed(db, pair, bases)
        source = " ".join(row["source"] for row in pair)
        (child,) = _replace(db, pair, [(first["kind"], source)], "merge", author)
        english = " ".join(text for row in pair if (text := current_text(row)))
        if any(row["revision"] for row in pair):
            _draft(db, child, english, author, [row["revision"] for row in pair])
        elif english:
            _machine(db, first if first["machine"] else second, child, english)
        return _recorded(db, MERGE, pair, [child], author)


def split(
    db: Database,
    segment_id: int,
    source: tuple[str, str],
    target: tuple[str, str],
    *,
    author: str,
    base: int | None = None,
    check_base: bool = False,
) -> Reshaped:
    """Make two segments of one, at the places where ``source`` and ``target`` are cut.

    Both parts of the source must stand for its words; the English may be cut anywhere, also before
    its first word or behind its last. Raises Conflict, NoSuchSegment, BadText.
    """
    parts = [squeeze(part) for part in source]
    english = [squeeze(part) for part in target]
    with transaction(db):
        row = segment(db, segment_id)
        if not all(any(c.isalnum() for c in part) for part in parts):
            raise BadText(Message("both parts of the Vietnamese need words; put the break between two of them"))
        if _bare("".join(parts)) != _bare(row["source"]):
            raise BadText(Message("the Vietnamese was changed; only put a break into it"))
        if check_base:
            _refuse_changed(db, [row], [base])
        children = _replace(db, [row], [(row["kind"], part) for part in parts], "split", author)
        untouched = not row["revision"] and _bare("".join(english)) == _bare(row["machine"] or "")
        for child, text in zip(children, english, strict=True):
            if text and untouched:
                _machine(db, row, child, text)
            elif text:
                _draft(db, child, text, author, [row["revision"]])
        return _recorded(db, SPLIT, [row], children, author)


def undo(db: Database, event_id: int, *, author: str) -> list[int]:
    """Take a merge or split back: the segments as they were, with the standing they had; their ids.

    Raises NothingToUndo, also where somebody worked on the rows since.
    """
    with transaction(db):
        event = events.find(db, event_id)
        if event is None or event["action"] not in (MERGE, SPLIT) or events.undone(db, event_id, UNDO):
            raise NothingToUndo(Message("there is no such merge or split, or it was taken back already"))
        now = [articles.segment(db, child["segment"]) for child in event["detail"]["children"]]
        stands = [row for row in now if row is not None]
        seen = [child["revision"] for child in event["detail"]["children"]]
        if len(stands) < len(now) or [row["revision"] for row in stands] != seen:
            raise NothingToUndo(Message("the rows were worked on since; merge or split them by hand"))
        parents = [p for i in event["detail"]["parents"] for p in lineage.retired(db, i)]
        children = _replace(db, stands, [(p["kind"], p["source"]) for p in parents], "undo", author)
        for parent, child in zip(parents, children, strict=True):
            articles.copy_machine_translation(db, parent["id"], child)
            if newest := revisions.newest(db, parent["id"]):
                _copy(db, newest, child, author)
        article_id = event["article_id"]
        events.record(db, author, UNDO, article=article_id, segment=children[0], detail={"event": event_id})
    return children


def suggested_break(text: str) -> int:
    """Where a text is likely to be cut: the end of a clause nearest to its middle, else a blank there.

    >>> suggested_break("Ông thăm Nam Ninh.Chủ tịch tiếp đoàn.")
    18
    """
    middle = len(text) / 2
    places = [m.end() for m in _ENDS.finditer(text) if 0 < m.end() < len(text)]
    strong = [p for p in places if text[:p].rstrip()[-1:] not in (",", ":")]
    # A comma far from the middle ends no clause: ``Đáp lại, …``, ``… mới, to lớn hơn.``
    places = [p for p in places if middle / 2 < p < middle * 1.5]
    blanks = [i + 1 for i, c in enumerate(text) if c == " "]
    for found in (strong, places, blanks):
        if found:
            return min(found, key=lambda p: abs(p - middle))
    return len(text)


def _replace(
    db: Database, old: Sequence[dict[str, Any]], new: Sequence[tuple[str, str]], action: str, author: str
) -> list[int]:
    for row in old:
        memory.forget(db, row["id"])
    return lineage.replace(db, old, new, action=action, author=author)


def _refuse_changed(db: Database, rows: Sequence[dict[str, Any]], bases: Sequence[int | None] | None) -> None:
    for row, base in zip(rows, bases or [], strict=False):
        newest = revisions.newest(db, row["id"])
        if newest is not None and newest["id"] != base:
            raise Conflict(newest)


def _draft(db: Database, child: int, text: str, author: str, made_from: Sequence[int | None]) -> None:
    base = next((r for r in made_from if r), None)
    revisions.append(db, child, text, status="draft", origin="edit", author=author, base=base)


def _machine(db: Database, row: Mapping[str, Any], child: int, text: str) -> None:
    """The machine's words go along until it has translated the new segment as a whole."""
    articles.add_machine_translations(db, [(child, text)], engine=row["engine"], model=row["model"], glossary_version=0)
    articles.mark_stale(db, [child])


def _copy(db: Database, revision: Mapping[str, Any], child: int, author: str) -> None:
    written = revisions.append(
        db,
        child,
        revision["text"],
        status=revision["status"],
        origin=revision["origin"],
        author=author,
        base=revision["id"],
    )
    memory.record_approval(db, revisions.find(db, written) or {"status": "draft"})


def _recorded(
    db: Database, action: str, old: Sequence[Mapping[str, Any]], children: Sequence[int], author: str
) -> Reshaped:
    newest = [(child, revisions.newest(db, child)) for child in children]
    detail = {
        "parents": [row["id"] for row in old],
        "children": [{"segment": child, "revision": r["id"] if r else None} for child, r in newest],
    }
    events.record(db, author, action, article=old[0]["article_id"], segment=children[0], detail=detail)
    return Reshaped(list(children), events.newest_id(db))


def _bare(text: str) -> str:
    return "".join(text.split())
