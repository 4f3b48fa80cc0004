"""What the memory does by itself: it learns approvals and fills in what was translated before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from workbench.memory.matching import exact
from workbench.store import articles, events, revisions, transaction
from workbench.store import memory as store


def record_approval(db: Database, revision: Mapping[str, Any]) -> None:
    """Remember an approved ``revision`` (a row of ``revisions``) in the place of the segment's older one.

    To be called in the transaction that writes the approval. What is no approval is left alone:
    an entry whose approval is taken back, or edited on, stays as the record of what was approved.
    It is still offered (as ``withdrawn``), but neither filled in nor exported until it is approved again.
    """
    if revision["status"] == "approved":
        store.add_all(db, store.approved(db, revision["segment_id"]))


def forget(db: Database, segment_id: int) -> None:
    """Take the segment's entry out: its source is no longer what was approved (split, merged)."""
    with transaction(db):
        store.remove(db, segment_id)


def prefill(db: Database, article_id: int, author: str) -> int:
    """Draft every segment without a revision from an exact or in-context match; how many were filled.

    Origin ``memory``, by ``author``. Where one source has several translations, the one with the same
    neighbours is taken, else the one approved last. One event, ``article.prefill``, tells the positions.
    """
    with transaction(db):
        filled = _fill(db, articles.segments(db, article_id), author, lambda row: row["revision"] is None)
        if filled:
            events.record(db, author, "article.prefill", article=article_id, detail={"positions": filled})
    return len(filled)


def propagate(db: Database, segment_id: int, author: str) -> list[int]:
    """Carry an approval on to the repeats of its source in the same article; their segment ids.

    Filled are repeats without a revision and those that only the memory filled before.
    To be called after ``record_approval``.
    """
    with transaction(db):
        approved = articles.segment(db, segment_id)
        if approved is None or articles.count_of(db, approved["article_id"], approved["source"]) < 2:
            return []
        rows = articles.segments(db, approved["article_id"])
        filled = _fill(db, rows, author, lambda row: row["source"] == approved["source"] and _untouched(row))
    return [row["id"] for row in rows if row["position"] in filled]


def _untouched(row: Mapping[str, Any]) -> bool:
    return row["revision"] is None or (row["status"], row["origin"]) == ("draft", "memory")


def _fill(
    db: Database, rows: Sequence[Mapping[str, Any]], author: str, wanted: Callable[[Mapping[str, Any]], bool]
) -> list[int]:
    sources = [None, *(row["source"] for row in rows), None]
    filled = []
    for i, row in enumerate(rows):
        if not wanted(row):
            continue
        match = exact(db, row["source"], before=sources[i], after=sources[i + 2], exclude_segment=row["id"])
        if match is None or match.target == row["text"]:
            continue
        revisions.append(
            db, row["id"], match.target, status="draft", origin="memory", author=author, base=row["revision"]
        )
        filled.append(row["position"])
    return filled
