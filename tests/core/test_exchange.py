# ruff: noqa: E501 (tables of texts)
"""The glossary as CSV: what spreadsheets write is read, what is wrong is named, nothing is half imported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import ROOT
from workbench import glossary
from workbench.encoding import decode
from workbench.glossary.exchange import to_csv
from workbench.glossary.terms import Term
from workbench.samples import load_glossary
from workbench.store import events, termlist, terms

PAIR = [("Bộ trưởng Ngoại giao", "Foreign Minister"), ("tin cậy chính trị", "political trust")]


def imported(db, text: str, **options):
    return glossary.import_csv(db, text, author="Lan", name="test.csv", **options)


def pairs(db) -> list[tuple[str, str]]:
    return [(t.source, t.target) for t in terms.all_terms(db)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("source,target\nBộ trưởng Ngoại giao,Foreign Minister\ntin cậy chính trị,political trust\n", id="comma"),
        pytest.param("source;target\nBộ trưởng Ngoại giao;Foreign Minister\ntin cậy chính trị;political trust", id="semicolon"),
        pytest.param("source\ttarget\nBộ trưởng Ngoại giao\tForeign Minister\ntin cậy chính trị\tpolitical trust\n", id="tab"),
        pytest.param("\ufeffsource,target\nBộ trưởng Ngoại giao,Foreign Minister\ntin cậy chính trị,political trust\n", id="BOM"),
        pytest.param("Nguồn,Đích\nBộ trưởng Ngoại giao,Foreign Minister\ntin cậy chính trị,political trust\n", id="Vietnamese header"),
        pytest.param("TIẾNG ANH;Tiếng  Việt\nForeign Minister;Bộ trưởng Ngoại giao\npolitical trust;tin cậy chính trị", id="other order"),
        pytest.param('"source","target"\n"Bộ trưởng\nNgoại giao","Foreign Minister"\n"tin cậy chính trị","political trust"\n', id="quoted line break"),
        pytest.param("\n\nsource,target,\n\nBộ trưởng Ngoại giao,Foreign Minister,,,\n\ntin cậy chính trị , political  trust\n", id="blank lines and cells"),
        pytest.param("source,target\nBo\u0323\u0302 trươ\u0309ng Ngoại giao,Foreign Minister\ntin cậy chính trị,political trust", id="decomposed"),
    ],
)  # fmt: skip
def test_shapes_of_csv(db, text: str) -> None:
    plan = imported(db, text)
    assert (len(plan.added), plan.errors) == (2, [])
    assert pairs(db) == PAIR


def test_all_columns(db) -> None:
    imported(
        db,
        "loại,ghi chú,source,target,use,status,source_variants,target_variants,forbidden,source_forbidden,case_sensitive\n"
        'Title,"Dòng một\nDòng hai",Chủ tịch nước,State President,suggest,proposed,CTN | ctn|CTN,President,'
        "Chairman | Chief,Phó Chủ tịch nước,có\n",
    )
    assert terms.all_terms(db) == [
        Term(
            1, "Chủ tịch nước", "State President", "title", "suggest", "proposed", True, "Dòng một\nDòng hai",
            ("CTN", "ctn"), ("Phó Chủ tịch nước",), ("President",), ("Chairman", "Chief"),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("", [(1, "")]),
        ("nguồn\nA", [(1, "target")]),
        ("source,target,colour\nA,B,C", [(1, "colour")]),
        ("source,target,target\nA,B,C", [(1, "target")]),
        ("source,target\nA,B\n,C\nD,", [(3, "source"), (4, "target")]),
        ("source,target,category,use,status\nA,B,animal,force,good", [(2, "category"), (2, "use"), (2, "status")]),
        ("source,target,case_sensitive\nA,B,maybe", [(2, "case_sensitive")]),
        ("source,target\nA,B,C", [(2, "")]),
        ('source,target\n"A\nA",B\nC\n', [(4, "target")]),
        ("source,target\nA,B\nA,C", [(3, "source")]),
        ("source,target,forbidden\nA,B,X|B", [(2, "forbidden")]),
        ("source,target,target_variants,forbidden\nA,B,C,X|C", [(2, "forbidden")]),
        (f"source,target\n{'A' * 501},B", [(2, "source")]),
        ('source,target\nA,B\n"C,D\n' + "E,F\n" * 40_000, [(3, "")]),
    ],
)
def test_every_error_names_its_line_and_field(db, text: str, errors: list[tuple[int, str]]) -> None:
    plan = imported(db, text)
    assert [(e.line, e.field) for e in plan.errors] == errors
    assert all(e.message for e in plan.errors)
    assert pairs(db) == [] and terms.version(db) == 0


def test_with_any_error_nothing_is_imported(db) -> None:
    imported(db, "source,target\nA,B")
    plan = imported(db, "source,target\nA,C\nD,E\nF,")
    assert ([t.source for t in plan.added], [new.target for _, new in plan.updated], len(plan.errors)) == (
        ["D"],
        ["C"],
        1,
    )
    assert pairs(db) == [("A", "B")]


def test_a_dry_run_says_what_would_be_and_changes_nothing(db) -> None:
    imported(db, "source,target\nA,B\nC,D")
    plan = imported(db, "source,target\nA,B\nC,X\nE,F", dry_run=True)
    assert (len(plan.added), len(plan.updated), plan.unchanged) == (1, 1, 1)
    assert pairs(db) == [("A", "B"), ("C", "D")]


def test_the_same_row_twice_in_a_file_counts_once(db) -> None:
    assert len(imported(db, "source,target\nA,B\nA,B\nA , B").added) == 1


def test_rows_meet_terms_by_source_and_category(db) -> None:
    imported(db, "source,target,category,note\nTrung,Trung,person,family\nTrung,China,place,")
    plan = imported(db, "source,target,category\nTrung,Chung,person")
    # The file has no note: the term keeps its own.
    assert [(old.target, new.target, new.note) for old, new in plan.updated] == [("Trung", "Chung", "family")]
    assert [h["term"]["target"] for h in terms.history(db, 1)] == ["Chung", "Trung"]
    assert pairs(db) == [("Trung", "Chung"), ("Trung", "China")]


def test_an_import_is_one_event_and_each_term_keeps_where_it_came_from(db) -> None:
    imported(db, "source,target\nA,B\nC,D")
    event = events.latest(db)[0]
    assert (event["action"], event["detail"] | {"file": "test.csv", "added": 2, "updated": 0}) == (
        "glossary.import",
        event["detail"],
    )
    assert terms.history(db, 1)[0]["reason"] == "import test.csv"
    imported(db, "source,target\nA,B\nC,D")
    assert len(events.latest(db)) == 1, "nothing new: no event"


AWKWARD = [
    Term(0, '=HYPERLINK("http://x")', "+1", note="-2"),
    Term(0, "@mention", "'=quoted", note="\ttab"),
    Term(0, "'-dash", "''=twice"),
    Term(0, '"Hai hành lang, một vành đai"', '“Two Corridors, One Belt”', "document", note='Dòng "một"\nDòng hai; ba\tbốn'),
    Term(0, "Chủ tịch nước", "State President", "title", "suggest", "obsolete", True, "",
         ("CTN", "Chủ tịch Nước"), ("Phó Chủ tịch nước",), ("President", "the President"), ("Chairman",)),
]  # fmt: skip


def test_export_and_import_again_changes_nothing(db, tmp_path) -> None:
    ids = terms.save_all(db, [replace(t, note=t.note.strip()) for t in AWKWARD], author="Lan", action="add")
    text = to_csv(terms.all_terms(db))
    plan = imported(db, text)
    assert (plan.added, plan.updated, plan.unchanged, plan.errors) == ([], [], len(ids), [])
    from workbench.store import open_database

    other = open_database(tmp_path / "other")
    assert not imported(other, text).errors
    assert to_csv(terms.all_terms(other)) == text


def test_cells_that_a_spreadsheet_would_run_are_defused() -> None:
    for line in to_csv([Term(0, "=1+1", "@x"), Term(0, "+84", "-1")]).splitlines()[1:]:
        assert all(not cell.startswith(("=", "+", "-", "@")) for cell in line.split(","))


def test_the_shipped_glossary_loads_and_survives_export(db) -> None:
    count = load_glossary(db, author="Lan")
    assert count == len(terms.all_terms(db)) > 500
    plan = imported(db, to_csv(terms.all_terms(db)))
    assert (plan.added, plan.updated, plan.errors) == ([], [], [])
    for file in sorted((ROOT / "glossary").glob("*.csv")):
        again = imported(db, decode(file.read_bytes()))
        assert (again.added, again.updated, again.errors) == ([], [], []), file.name


@pytest.mark.parametrize(
    ("text", "found"), [("100%", 1), ("%", 1), ("_", 0), ("ngoai giao", 1), ("NGOẠI", 1), ("minister", 1)]
)
def test_search_ignores_diacritics_and_takes_every_character_literally(db, text: str, found: int) -> None:
    imported(db, "source,target\nBộ Ngoại giao,foreign ministry\nhoàn thành 100%,fully completed\nBộ trưởng,Minister")
    hits, total = termlist.search(db, termlist.Query(text), limit=10)
    assert (len(hits), total) == (found, found)
