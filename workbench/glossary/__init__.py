"""The glossary of one desk: the terms in force, what a change of them touches.

``terms`` says what a term is, ``matching`` finds terms in Vietnamese, ``forms`` in
English, ``exchange`` reads and writes CSV.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

from workbench.glossary.exchange import ImportPlan, plan_import
from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term, TermMatch
from workbench.store import articles, connect, data_folder, events, terms, transaction

__all__ = ["ImportPlan", "Matcher", "Term", "TermMatch", "import_csv", "matcher", "save", "touched"]


def matcher(db: Database) -> Matcher:
    """The matcher of the glossary as it is now, built once per version of the glossary."""
    return _matcher(data_folder(db), terms.state(db))


@lru_cache(maxsize=4)
def _matcher(data: Path, state: str) -> Matcher:
    db = connect(data)
    try:
        return Matcher(terms.all_terms(db))
    finally:
        db.close()


def touched(db: Database, changed: Sequence[Term]) -> list[int]:
    """The ids of the segments in whose Vietnamese any of the terms occurs."""
    wordings = [w for t in changed for w in (t.source, *t.source_variants, *t.source_forbidden)]
    looking = Matcher(_visible(changed))
    return [segment_id for segment_id, source in articles.with_words(db, wordings) if looking.find(source)]


def save(db: Database, term: Term, *, author: str, reason: str = "") -> int:
    """Store a new (id 0) or changed term; machine translations it touches become stale. Its id."""
    before = [terms.find(db, term.id)] if term.id else []
    if before == [term]:
        return term.id
    with transaction(db):
        term_id = terms.save(db, term, author=author, action="update" if before else "add", reason=reason)
        articles.mark_stale(db, touched(db, [*before, term]))
        events.record(db, author, "term.update" if before else "term.add", term=term_id, detail={"reason": reason})
    return term_id


def import_csv(db: Database, text: str, *, author: str, name: str = "", dry_run: bool = False) -> ImportPlan:
    """Import a CSV whole, or with any error not at all; the plan tells what was (or would be) done."""
    with transaction(db):
        plan = plan_import(text, terms.all_terms(db))
        changed = [*plan.added, *(new for _, new in plan.updated)]
        if plan.errors or dry_run or not changed:
            return plan
        reason = f"import {name}".strip()
        terms.save_all(db, plan.added, author=author, action="add", reason=reason)
        terms.save_all(db, [new for _, new in plan.updated], author=author, action="update", reason=reason)
        articles.mark_stale(db, touched(db, [*changed, *(old for old, _ in plan.updated)]))
        events.record(
            db,
            author,
            "glossary.import",
            detail={"file": name, "added": len(plan.added), "updated": len(plan.updated)},
        )
    return plan


def _visible(changed: Sequence[Term]) -> list[Term]:
    """The terms as findable as possible: an obsolete one still touches what it was used in."""
    from dataclasses import replace

    return [replace(t, status="approved", source_forbidden=()) for t in changed]
