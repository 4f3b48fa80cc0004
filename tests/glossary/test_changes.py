"""Many terms changed as one action, merged, and put back."""

from __future__ import annotations

import pytest

from workbench import glossary
from workbench.glossary import Term, changes
from workbench.store import articles, events, terms


def statuses(db) -> dict[int, str]:
    return {t.id: t.status for t in terms.all_terms(db)}


def test_a_bulk_edit_is_one_action_with_who_and_why_and_can_be_undone(db) -> None:
    before = terms.all_terms(db)
    plan = changes.plan_bulk(db, [1, 2, 3], status="proposed")
    assert (len(plan.changed), plan.unchanged, plan.clashes) == (3, 0, [])
    event = changes.apply_bulk(db, plan, author="bình", reason="to be looked at")
    assert event is not None
    assert [statuses(db)[i] for i in (1, 2, 3, 4)] == ["proposed"] * 3 + ["approved"]
    newest = terms.history(db, 2)[0]
    assert (newest["author"], newest["reason"], newest["action"]) == ("bình", "to be looked at", "bulk")
    assert events.latest(db)[0]["action"] == changes.BULK

    assert changes.undo(db, event, author="chi") == (3, 0)
    assert terms.all_terms(db) == before
    assert [h["action"] for h in terms.history(db, 2)] == ["undo", "bulk", "add"], "nothing of the history is lost"
    with pytest.raises(changes.NoSuchChange):
        changes.undo(db, event, author="chi")


def test_undo_leaves_what_somebody_changed_since(db) -> None:
    event = changes.apply_bulk(db, changes.plan_bulk(db, [1, 2], use="suggest"), author="an")
    later = Term(**{**_fields(terms.find(db, 1)), "note": "mine"})
    glossary.save(db, later, author="bình")
    assert event is not None and changes.undo(db, event, author="an") == (1, 1)
    assert terms.find(db, 1) == later and terms.find(db, 2).use == "enforce"


def test_an_import_can_be_undone(db) -> None:
    before = terms.all_terms(db)
    glossary.import_csv(db, "source,target\nmới,new\ntin cậy chính trị,trust", author="an", name="x.csv")
    event = events.newest_id(db)
    assert changes.undo(db, event, author="an") == (2, 0)
    assert [t for t in terms.all_terms(db) if t.status != "obsolete"] == before


def test_a_category_that_another_term_with_the_source_has_is_left(db) -> None:
    glossary.save(db, Term(0, "Bộ Ngoại giao", "MOFA", "phrase"), author="an")
    plan = changes.plan_bulk(db, [2, 3], category="phrase")
    assert ([t.id for t in plan.clashes], plan.changed, plan.unchanged) == ([2], [], 1)
    assert changes.apply_bulk(db, plan, author="an") is None
    for wrong in ({}, {"status": "good"}, {"use": "x"}, {"category": "animal"}):
        with pytest.raises(changes.BadChange):
            changes.plan_bulk(db, [1], **wrong)


def test_merge_makes_variants_and_retires_the_other(db) -> None:
    glossary.save(
        db,
        Term(0, "BNG", "MOFA", "organization", target_variants=("MoFA",), forbidden=("Ministry", "Foreign Ministry")),
        author="an",
    )
    event = changes.merge(db, 2, 6, author="bình")
    kept, gone = terms.find(db, 2), terms.find(db, 6)
    assert kept.source_variants == ("BNG",) and kept.target_variants == ("MOFA", "MoFA")
    assert kept.forbidden == ("Ministry",), "what is right for the term stays allowed"
    assert gone.status == "obsolete" and "merged into: Bộ Ngoại giao → Foreign Ministry" in gone.note
    assert [h["author"] for h in terms.history(db, 2)] == ["bình", "an"]
    assert [m.term.id for m in glossary.matcher(db).find("BNG")] == [2]
    assert changes.undo(db, event, author="an") == (2, 0)
    assert terms.find(db, 2).source_variants == () and terms.find(db, 6).status == "approved"


def test_merge_takes_only_what_was_chosen(db) -> None:
    new, _ = changes.merged(terms.find(db, 2), terms.find(db, 1), sources=False)
    assert new.source_variants == () and new.target_variants == ("Foreign Minister", "Minister of Foreign Affairs")
    new, _ = changes.merged(terms.find(db, 2), terms.find(db, 1), targets=False)
    assert new.source_variants == ("Bộ trưởng Ngoại giao",) and new.target_variants == ()
    with pytest.raises(changes.BadChange):
        changes.merge(db, 1, 1, author="an")


def test_what_many_terms_touch_becomes_stale(db) -> None:
    rows = [(w.segment_id, "x") for w in articles.untranslated(db, 1)]
    version = terms.version(db)
    articles.add_machine_translations(db, rows, engine="e", model="m", glossary_version=version)
    changes.apply_bulk(db, changes.plan_bulk(db, [5], status="obsolete"), author="an")
    assert [w.source for w in articles.untranslated(db, 1)] == ["Hai bên tin cậy chính trị."]


def _fields(term: Term) -> dict[str, object]:
    return {name: getattr(term, name) for name in Term.__slots__}
