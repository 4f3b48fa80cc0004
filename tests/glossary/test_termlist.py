"""The list of terms: search with and without diacritics, filters, and where each term is used."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbench import glossary, reshaping
from workbench.glossary import Term, usage
from workbench.library import import_files
from workbench.store import articles, termlist, terms
from workbench.store.termlist import Query


def sources(db, query: Query, **options) -> list[str]:
    ids, _ = termlist.search(db, query, **options)
    return [t.source for t in terms.find_all(db, ids)]


def used(db) -> dict[str, int]:
    usage.refresh(db)
    entries = terms.all_terms(db)
    counts = termlist.counts(db, [t.id for t in entries])
    return {t.source: counts[t.id] for t in entries if counts[t.id]}


def test_search_without_diacritics_finds_all_spellings(db) -> None:
    found = sources(db, Query("ngoai giao"))
    assert set(found) == {"Bộ Ngoại giao", "Bộ trưởng Ngoại giao", "ngoại giao kinh tế", "ngoài giao lộ"}


def test_the_diacritics_that_were_typed_come_first(db) -> None:
    assert sources(db, Query("ngoài giao"))[0] == "ngoài giao lộ"
    assert sources(db, Query("ngoại giao"))[0] == "ngoại giao kinh tế"
    assert sources(db, Query("Bộ Ngoại giao"))[0] == "Bộ Ngoại giao"


def test_all_words_count_in_any_order_and_in_english(db) -> None:
    assert sources(db, Query("giao truong")) == ["Bộ trưởng Ngoại giao"]
    assert sources(db, Query("minister of foreign")) == ["Bộ trưởng Ngoại giao"]
    assert sources(db, Query("nothing like it")) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(category="phrase"), 2),
        (Query(status="proposed"), 1),
        (Query(status="obsolete"), 1),
        (Query(), 5),
        (Query(status="any"), 6),
        (Query(use="suggest"), 1),
        (Query(only="unused"), 2),
        (Query(only="kept"), 1),
        (Query(only="conflicts", ids=frozenset({2, 3})), 2),
    ],
)
def test_filters(db, query: Query, count: int) -> None:
    glossary.save(db, replace(terms.find(db, 3), status="proposed", use="suggest"), author="an")
    glossary.save(db, replace(terms.find(db, 4), status="obsolete"), author="an")
    glossary.save(db, Term(0, "COC", "COC", "document"), author="an")
    usage.refresh(db)
    found, total = termlist.search(db, query)
    assert (len(found), total) == (count, count)


def test_pages_and_orders(db) -> None:
    usage.refresh(db)
    assert sources(db, Query(), limit=2, offset=1) == ["Bộ trưởng Ngoại giao", "ngoại giao kinh tế"]
    assert sources(db, Query(sort="used"), limit=1) == ["Bộ Ngoại giao"]
    assert sources(db, Query(sort="target"), limit=1) == ["ngoại giao kinh tế"]


def test_uses_are_those_of_the_longest_term(db) -> None:
    assert used(db) == {"Bộ trưởng Ngoại giao": 1, "Bộ Ngoại giao": 2, "tin cậy chính trị": 1}
    assert [p["position"] for p in termlist.places(db, 2)] == sorted(p["position"] for p in termlist.places(db, 2))


def test_uses_follow_changed_terms(db) -> None:
    assert used(db)["Bộ trưởng Ngoại giao"] == 1
    glossary.save(db, Term(0, "Bộ trưởng Ngoại giao Lê Hoài Trung", "x", "title"), author="an")
    assert "Bộ trưởng Ngoại giao" not in used(db)
    glossary.save(db, replace(terms.find(db, 6), status="obsolete"), author="an")
    assert used(db)["Bộ trưởng Ngoại giao"] == 1
    glossary.save(db, replace(terms.find(db, 5), source="lễ đón"), author="an")
    counted = used(db)
    assert "tin cậy chính trị" not in counted and counted["lễ đón"] == 1


def test_uses_follow_new_articles_and_merged_rows(db) -> None:
    used(db)
    import_files(db, [("b.txt", "Bộ Ngoại giao.\n\nTin cậy chính trị được nêu.\n".encode())], author="an")
    assert used(db) == {"Bộ trưởng Ngoại giao": 1, "Bộ Ngoại giao": 3, "tin cậy chính trị": 2}
    rows = [r for r in articles.segments(db, 1) if "Lê Hoài Trung" in r["source"] or "Hai bên" in r["source"]]
    assert len(rows) == 2
    reshaping.merge(db, rows[0]["id"], author="an")
    counted = used(db)
    assert counted == {"Bộ trưởng Ngoại giao": 1, "Bộ Ngoại giao": 3, "tin cậy chính trị": 2}
    assert all(p["position"] > 0 for p in termlist.places(db, 5))


def test_many_changed_terms_touch_the_same_segments_as_few(db) -> None:
    few = [terms.find(db, 2), terms.find(db, 5)]
    many = [*few, *(Term(0, f"không có {n}", "x") for n in range(200))]
    assert glossary.touched(db, many) == glossary.touched(db, few) != []
