"""Terms that contradict, repeat or hide each other."""

from __future__ import annotations

from dataclasses import replace

from workbench import glossary
from workbench.glossary import Term
from workbench.glossary.conflicts import conflicts, find_conflicts, of_term, serious_ids
from workbench.samples import load_glossary
from workbench.store import open_database, terms


def found(*entries: Term) -> list[tuple[str, list[int]]]:
    return [(c.kind, [t.id for t in c.terms]) for c in find_conflicts(entries)]


def test_one_wording_with_different_english_in_any_category_case_or_spelling() -> None:
    one = Term(1, "Uỷ ban Hoà bình", "Peace Committee")
    assert found(one, Term(2, "Ủy ban hòa bình", "Committee for Peace", "organization")) == [("targets", [1, 2])]
    assert found(one, Term(2, "UBHB", "Committee", source_variants=("Ủy ban Hòa bình",))) == [("targets", [1, 2])]
    assert found(one, Term(2, "Ủy ban Hòa bình", "x", "title", status="obsolete")) == []


def test_the_same_term_twice() -> None:
    one, two = Term(1, "lễ đón", "welcome ceremony"), Term(2, "lễ đón", "Welcome ceremony", "event")
    assert found(one, two) == [("duplicate", [1, 2])]
    assert found(replace(one, target="x", target_variants=("Welcome Ceremony",)), two) == [("duplicate", [1, 2])]


def test_one_english_for_two_wordings() -> None:
    assert found(Term(1, "Ngoại trưởng", "Foreign Minister"), Term(2, "Bộ trưởng Ngoại giao", "foreign minister")) == [
        ("sources", [1, 2])
    ]


def test_a_longer_term_hides_a_shorter_one_unless_its_english_holds_it() -> None:
    short = Term(1, "Bộ Ngoại giao", "Foreign Ministry", "organization")
    assert found(short, Term(2, "Bộ Ngoại giao Hoa Kỳ", "US Department of State", "organization")) == [
        ("hides", [2, 1])
    ]
    assert found(short, Term(2, "Bộ Ngoại giao Lào", "Lao Foreign Ministry", "organization")) == []


def test_conflicts_follow_the_glossary(db) -> None:
    assert conflicts(db) == ()
    other = glossary.save(db, Term(0, "Bộ Ngoại giao", "MOFA", "phrase"), author="an")
    assert serious_ids(db) == {2, other} and [c.kind for c in of_term(db, other)] == ["targets"]
    glossary.save(db, replace(terms.find(db, other), status="obsolete"), author="an")
    assert conflicts(db) == ()


def test_the_shipped_glossary_contradicts_itself_nowhere(tmp_path) -> None:
    db = open_database(tmp_path)
    load_glossary(db, author="an")
    assert [(c.kind, c.wording) for c in conflicts(db) if c.serious] == []
