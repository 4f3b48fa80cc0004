from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.memory.conftest import add_approved
from workbench.memory import Hit, concordance
from workbench.memory.concordance import Side


@pytest.fixture
def filled(db: Database) -> Database:
    add_approved(
        db,
        ("Bộ Ngoại giao tổ chức họp báo.", "The Foreign Ministry held a press conference."),
        ("Ngoài giao thương, hai bên bàn về du lịch.", "Besides trade, they discussed tourism."),
        ("Giao lưu ngoại ngữ.", "Foreign language exchange."),
        ("Hợp tác sâu rộng.", "Extensive cooperation; they cooperate."),
    )
    return db


def found(hits: list[Hit]) -> list[str]:
    return [h.source for h in hits]


def test_without_diacritics_everything_is_found(filled: Database) -> None:
    hits = concordance(filled, "ngoai giao")
    assert [s[:6] for s in found(hits)] == ["Ngoài ", "Bộ Ngo", "Giao l"]
    assert hits[1].source[slice(*hits[1].source_spans[0])] == "Ngoại giao"
    assert [hits[2].source[a:b] for a, b in hits[2].source_spans] == ["Giao", "ngoại"]


def test_the_diacritics_of_the_query_come_first(filled: Database) -> None:
    hits = concordance(filled, "Ngoại giao")
    assert [(h.source, h.exact) for h in hits[:2]] == [
        ("Bộ Ngoại giao tổ chức họp báo.", True),
        ("Ngoài giao thương, hai bên bàn về du lịch.", False),
    ]


@pytest.mark.parametrize(
    ("query", "side", "count"),
    [
        ("foreign", "both", 2),
        ("foreign", "target", 2),
        ("foreign", "source", 0),
        ("họp báo", "target", 0),
        ("FOREIGN MINISTRY", "target", 1),
        ("cooperat*", "both", 1),
        ("cooperat", "both", 0),
        ("press foreign", "both", 1),
        ("bộ conference", "both", 0),
        ("", "both", 0),
        ('"*', "both", 0),
        ('ngoại" OR source:x NEAR(', "both", 0),
    ],
)
def test_sides_and_odd_queries(filled: Database, query: str, side: Side, count: int) -> None:
    assert len(concordance(filled, query, side=side)) == count


def test_prefix_marks_the_whole_words(filled: Database) -> None:
    (hit,) = concordance(filled, "cooperat*")
    assert [hit.target[a:b] for a, b in hit.target_spans] == ["cooperation", "cooperate"]


def test_a_pair_is_listed_once_and_the_limit_holds(filled: Database) -> None:
    for _ in range(3):
        add_approved(filled, ("Ảnh: TTXVN", "Photo: VNA"))
    assert len(concordance(filled, "TTXVN")) == 1
    assert len(concordance(filled, "ngoai", limit=2)) == 2


def test_spans_count_code_points_also_behind_letters_that_fold_longer(db: Database) -> None:
    add_approved(db, ("🇻🇳 한국 và Đà Nẵng", "Korea and Da Nang"))
    (hit,) = concordance(db, "da nang", side="source")
    assert [hit.source[a:b] for a, b in hit.source_spans] == ["Đà Nẵng"]
