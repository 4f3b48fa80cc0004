"""The glossary of one desk: the terms in force, what a change of them touches.

``terms`` says what a term is, ``matching`` finds terms in Vietnamese, ``forms`` in
English (which ``words`` reads), ``exchange`` and ``tbx`` read and write files, ``usage`` knows where terms occur,
``conflicts`` which contradict each other, ``changes`` does many changes as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

from workbench.glossary import changes
from workbench.glossary.exchange import ImportPlan, plan_import
from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term, TermMatch
from workbench.glossary.usage import touched
from workbench.store import articles, connect, data_folder, events, terms, transaction

__all__ = ["ImportPlan", "Matcher", "Term", "TermMatch", "import_csv", "matcher", "matcher_of", "save", "touched"]


def matcher(db: Database) -> Matcher:
    """The matcher of the glossary as it is now, built once per version of the glossary."""
    return matcher_of(data_folder(db), terms.state(db))


@lru_cache(maxsize=4)
def matcher_of(data: Path, state: str) -> Matcher:
    """The same where folder and state (``terms.state``) are known already; nothing is asked of the database."""
    db = connect(data)
    try:
        return Matcher(terms.all_terms(db))
    finally:
        db.close()


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


def import_csv(
    db: Database, text: str, *, author: str, name: str = "", dry_run: bool = False, held: Sequence[str] = ()
) -> ImportPlan:
    """Import a CSV or TBX whole, or with any error not at all; the plan tells what was (or would be) done.

    ``held``: files sent before, whose right rows go in together with ``text``.
    """
    with transaction(db):
        plan = plan_import(text, terms.all_terms(db), held=held)
        if plan.errors or dry_run:
            return plan
        changes.write(
            db,
            [*plan.added, *(new for _, new in plan.updated)],
            author=author,
            event=changes.IMPORT,
            reason=f"import {name}".strip(),
            detail={"file": name, "added": len(plan.added), "updated": len(plan.updated)},
        )
    return plan
