"""A changed term marks the machine translations it touches; ``translate`` makes exactly those anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench import glossary, machine
from workbench.glossary import Term
from workbench.library import import_files
from workbench.store import articles, connect, terms

TEXT = """Hội đàm Việt Nam - Lào tại thủ đô Viêng Chăn
Hai bên đề cao tin cậy chính trị.
Ông Trung thăm tỉnh Hoà Bình.
Quan hệ Việt Nam – Trung Quốc phát triển.
"""


@pytest.fixture
def db(with_model):
    database = connect(with_model)
    import_files(database, [("lao.txt", TEXT.encode())], author="Lan")
    for article_id in (1, 2):
        rows = [(w.segment_id, w.source.upper()) for w in articles.untranslated(database, article_id)]
        version = terms.version(database)
        articles.add_machine_translations(database, rows, engine="argos", model="earlier", glossary_version=version)
    yield database
    database.close()


def stale(db) -> list[str]:
    return [w.source for a in (1, 2) for w in articles.untranslated(db, a)]


TRUST = ["Hai bên nhất trí tăng cường tin cậy chính trị.", "Hai bên đề cao tin cậy chính trị."]


def test_nothing_is_stale_at_first(db) -> None:
    assert stale(db) == [] and articles.with_waiting_segments(db) == []


def test_a_changed_term_touches_where_it_occurs(db) -> None:
    term = next(t for t in terms.all_terms(db) if t.source == "tin cậy chính trị")
    glossary.save(db, term, author="Lan")
    assert stale(db) == [], "saved without a change"
    glossary.save(db, replace(term, target="mutual political trust"), author="Lan")
    assert stale(db) == TRUST and articles.with_waiting_segments(db) == [1, 2]


def test_a_new_source_touches_what_the_old_and_the_new_one_are_in(db) -> None:
    term = next(t for t in terms.all_terms(db) if t.source == "tin cậy chính trị")
    glossary.save(db, replace(term, source="Viêng Chăn", target="Vientiane"), author="Lan")
    assert stale(db) == [TRUST[0], "Hội đàm Việt Nam - Lào tại thủ đô Viêng Chăn", TRUST[1]]


@pytest.mark.parametrize(
    ("source", "touched"),
    [
        ("Hòa Bình", ["Ông Trung thăm tỉnh Hoà Bình."]),
        ("Việt Nam-Trung Quốc", ["Quan hệ Việt Nam – Trung Quốc phát triển."]),
        ("chính", []),  # as a word of its own it does stand there
        ("ngoại", []),
    ],
)
def test_a_new_term_is_found_in_every_spelling(db, source: str, touched: list[str]) -> None:
    if source == "chính":
        touched = TRUST
    if source == "ngoại":
        touched = ["Chiều 3/2, tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung đã hội đàm với ông Vương Nghị."]
    glossary.save(db, Term(0, source, "x"), author="Lan")
    assert stale(db) == touched


def test_retiring_a_term_touches_what_it_was_used_in(db) -> None:
    term = next(t for t in terms.all_terms(db) if t.source == "tin cậy chính trị")
    glossary.save(db, replace(term, status="obsolete"), author="Lan")
    assert stale(db) == TRUST


def test_an_import_touches_as_single_changes_do(db) -> None:
    glossary.import_csv(
        db, "source,target,category\ntin cậy chính trị,trust,phrase\nViêng Chăn,Vientiane,place", author="Lan"
    )
    assert stale(db) == [TRUST[0], "Hội đàm Việt Nam - Lào tại thủ đô Viêng Chăn", TRUST[1]]


def test_an_import_of_thousands_of_terms(db) -> None:
    rows = "\n".join(f"thuật ngữ số {n},term {n}" for n in range(3_000))
    glossary.import_csv(db, f"source,target\n{rows}\nViêng Chăn,Vientiane", author="Lan")
    assert stale(db) == ["Hội đàm Việt Nam - Lào tại thủ đô Viêng Chăn"]


def test_translate_makes_exactly_the_stale_ones_anew(db, engine) -> None:
    term = next(t for t in terms.all_terms(db) if t.source == "tin cậy chính trị")
    glossary.save(db, replace(term, target="mutual political trust"), author="Lan")
    assert [machine.translate_article(db, engine, a) for a in (1, 2)] == [1, 1]
    assert stale(db) == []
    for article_id in (1, 2):
        for row in articles.segments(db, article_id):
            assert (row["model"] == "earlier") == (row["source"] not in TRUST)
    # The older machine translation is still there.
    assert db["machine_translations"].count_where("segment_id = 3") == 2
    assert machine.translate_article(db, engine, 1) == 0
    assert machine.translate_article(db, engine, 1, redo=True) == 5


def test_a_glossary_that_changed_while_the_machine_was_at_work(db) -> None:
    """The translation is stored, and is stale at once: it was made under the terms of before."""
    version = terms.version(db)
    glossary.save(db, Term(0, "thủ đô", "capital"), author="Lan")
    articles.add_machine_translations(db, [(6, "Late.")], engine="argos", model="now", glossary_version=version)
    assert articles.segment(db, 6)["stale"] == 1
    articles.add_machine_translations(
        db, [(6, "Newer.")], engine="argos", model="now", glossary_version=terms.version(db)
    )
    assert articles.segment(db, 6)["stale"] == 0
