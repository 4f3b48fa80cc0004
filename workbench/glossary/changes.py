"""Changes of many terms as one action: bulk edits, merges, imports, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from workbench.glossary.terms import CATEGORIES, STATUSES, USES, Term
from workbench.glossary.usage import touched
from workbench.store import articles, events, terms, transaction
from workbench.wording import Message

BULK, MERGE, IMPORT, UNDO = "glossary.bulk", "glossary.merge", "glossary.import", "glossary.undo"


class BadChange(ValueError):
    """The change makes no sense: an unknown status, a term merged with itself."""


class NoSuchChange(LookupError):
    """There is no such action, or it was taken back already."""


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What a bulk edit would do."""

    changed: list[tuple[Term, Term]] = field(default_factory=list)
    """(as it is, as it will be) pairs."""
    unchanged: int = 0
    clashes: list[Term] = field(default_factory=list)
    """Terms that cannot have the new category: another with the same Vietnamese has it."""


def plan_bulk(
    db: Database, term_ids: Sequence[int], *, status: str = "", use: str = "", category: str = ""
) -> BulkPlan:
    """Give all these terms a status, use or category (empty: as they are). Raises BadChange."""
    given = {"status": (status, STATUSES), "use": (use, USES), "category": (category, CATEGORIES)}
    for value, allowed in given.values():
        if value and value not in allowed:
            raise BadChange(Message("%(value)r is not one of %(allowed)s", value=value, allowed=", ".join(allowed)))
    wanted: dict[str, Any] = {name: value for name, (value, _) in given.items() if value}
    if not wanted:
        raise BadChange(Message("nothing to change: give a status, a use or a category"))
    plan = BulkPlan()
    taken = {(t.source, t.category): t.id for t in terms.all_terms(db)} if category else {}
    unchanged = 0
    for term in terms.find_all(db, term_ids):
        new = replace(term, **wanted)
        if new == term:
            unchanged += 1
        elif taken.setdefault((new.source, new.category), term.id) != term.id:
            plan.clashes.append(term)
        else:
            plan.changed.append((term, new))
    return replace(plan, unchanged=unchanged)


def apply_bulk(db: Database, plan: BulkPlan, *, author: str, reason: str = "") -> int | None:
    """Carry ``plan`` out as one action; its event, which ``undo`` takes (None where nothing changed)."""
    with transaction(db):
        # What somebody changed since the plan was made stays: only the wanted fields are written.
        now = {t.id: t for t in terms.find_all(db, [old.id for old, _ in plan.changed])}
        wanted = [
            replace(now[old.id], status=new.status, use=new.use, category=new.category) for old, new in plan.changed
        ]
        return write(db, wanted, author=author, event=BULK, action="bulk", reason=reason)


def merged(keep: Term, other: Term, *, sources: bool = True, targets: bool = True) -> tuple[Term, Term]:
    """``keep`` with the Vietnamese and English of ``other`` as variants (where wanted), and ``other`` retired.

    What ``other`` forbids is forbidden from then on, unless it is right for the merged term.
    """
    if keep.id == other.id:
        raise BadChange(Message("a term cannot be merged with itself"))
    source_variants = _united(keep.source_variants, (other.source, *other.source_variants) if sources else ())
    target_variants = _united(keep.target_variants, other.targets if targets else ())
    new = replace(
        keep,
        source_variants=tuple(v for v in source_variants if v != keep.source),
        target_variants=tuple(v for v in target_variants if v != keep.target and v not in keep.forbidden),
        source_forbidden=_united(keep.source_forbidden, other.source_forbidden),
        note=keep.note if other.note in keep.note else f"{keep.note}\n{other.note}".strip(),
    )
    forbidden = _united(keep.forbidden, other.forbidden)
    new = replace(new, forbidden=tuple(f for f in forbidden if f not in new.targets))
    note = f"merged into: {keep.source} → {keep.target}"
    return new, replace(other, status="obsolete", note=f"{other.note}\n{note}".strip())


def merge(
    db: Database,
    keep_id: int,
    other_id: int,
    *,
    author: str,
    sources: bool = True,
    targets: bool = True,
    reason: str = "",
) -> int:
    """Merge two terms (see ``merged``) as one action; its event. Raises NoSuchTerm, BadChange."""
    with transaction(db):
        keep, other = terms.find(db, keep_id), terms.find(db, other_id)
        new = merged(keep, other, sources=sources, targets=targets)
        why = reason or f"{other.source} → {other.target}"
        event = write(db, new, author=author, event=MERGE, action="merge", reason=why, term=keep_id)
    if event is None:
        raise BadChange(Message("the terms are merged already"))
    return event


def write(
    db: Database,
    changed: Sequence[Term],
    *,
    author: str,
    event: str,
    action: str = "update",
    reason: str = "",
    term: int | None = None,
    detail: dict[str, Any] | None = None,
) -> int | None:
    """Store new (id 0) and changed terms as one action; machine translations they touch become stale.

    The event recorded, or None where nothing was to be done.
    """
    with transaction(db):
        old = {t.id: t for t in terms.find_all(db, [t.id for t in changed if t.id])}
        new = [t for t in changed if old.get(t.id) != t]
        if not new:
            return None
        first = terms.version(db) + 1
        # Update before insert, so that a name that is given up is free.
        terms.save_all(db, [t for t in new if t.id], author=author, action=action, reason=reason)
        terms.save_all(db, [t for t in new if not t.id], author=author, action="add", reason=reason)
        articles.mark_stale(db, touched(db, [*new, *(old[t.id] for t in new if t.id in old)]))
        recorded = {"count": len(new), **(detail or {}), "revisions": [first, terms.version(db)]}
        if reason and "file" not in recorded:
            recorded["reason"] = reason
        events.record(db, author, event, term=term, detail=recorded)
        return events.newest_id(db)


def undo(db: Database, event_id: int, *, author: str) -> tuple[int, int]:
    """Take an action back: ``(terms put back, terms left because somebody changed them since)``.

    Terms that were new become obsolete. Raises NoSuchChange.
    """
    with transaction(db):
        event = events.find(db, event_id)
        known = event is not None and event["action"] in (BULK, MERGE, IMPORT) and "revisions" in event["detail"]
        if event is None or not known or events.undone(db, event_id, UNDO):
            raise NoSuchChange(Message("there is no such change of the glossary, or it was taken back already"))
        first, last = event["detail"]["revisions"]
        back, left = [], 0
        for term_id, newest, before in terms.before(db, first, last):
            if newest > last:
                left += 1
            else:
                back.append(before or replace(terms.find(db, term_id), status="obsolete"))
        taken = {(t.source, t.category): t.id for t in terms.all_terms(db)}
        restored = {t.id for t in back}
        free = [t for t in back if taken.get((t.source, t.category), t.id) in restored]
        detail = {"event": event_id, "left": left + len(back) - len(free)}
        write(db, free, author=author, event=UNDO, action="undo", detail=detail)
    return len(free), left + len(back) - len(free)


def _united(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
