from __future__ import annotations

from sqlite_utils import Database

from tests.memory.conftest import add_approved, add_article, segment_ids, texts, write
from workbench import memory
from workbench.store import articles, events

CREDIT, CREDIT_EN = "Ảnh: TTXVN", "Photo: VNA"


def test_exact_matches_are_filled_in_as_drafts_of_the_memory(db: Database) -> None:
    add_approved(db, ("Tin tức", "News"), (CREDIT, CREDIT_EN))
    article = add_article(db, "Câu mới.", CREDIT, "Tin tức")
    assert memory.prefill(db, article, "minh") == 2
    assert texts(db, article) == [None, CREDIT_EN, "News"]
    row = articles.segments(db, article)[1]
    assert (row["status"], row["origin"], row["author"]) == ("draft", "memory", "minh")
    (event,) = events.latest(db, article=article)
    assert (event["action"], event["detail"]) == ("article.prefill", {"positions": [2, 3]})
    assert memory.prefill(db, article, "minh") == 0
    assert len(events.latest(db, article=article)) == 1


def test_what_somebody_wrote_is_left_alone(db: Database) -> None:
    add_approved(db, (CREDIT, CREDIT_EN))
    article = add_article(db, CREDIT, CREDIT)
    write(db, segment_ids(db, article)[0], "Mine", status="draft")
    assert memory.prefill(db, article, "minh") == 1
    assert texts(db, article) == ["Mine", CREDIT_EN]


def test_the_match_in_context_wins_over_the_newer_one(db: Database) -> None:
    add_approved(db, ("Hội đàm", "Talks"), ("Chủ tịch nước", "State President"))
    add_approved(db, ("Hội kiến", "Meeting"), ("Chủ tịch nước", "President"))
    article = add_article(db, "Hội đàm", "Chủ tịch nước")
    memory.prefill(db, article, "minh")
    assert texts(db, article) == ["Talks", "State President"]


def test_fuzzy_other_case_and_withdrawn_matches_are_not_filled_in(db: Database) -> None:
    old = add_approved(db, ("Tin tức", "News"), (CREDIT, CREDIT_EN), ("Hai bên ký ba văn kiện.", "Three were signed."))
    write(db, segment_ids(db, old)[1], CREDIT_EN, status="draft")
    article = add_article(db, "TIN TỨC", CREDIT, "Hai bên ký hai văn kiện.")
    assert memory.prefill(db, article, "minh") == 0


def test_an_approval_goes_on_to_its_repeats_in_the_article(db: Database) -> None:
    article = add_article(db, CREDIT, "Câu khác.", CREDIT, CREDIT)
    other = add_article(db, CREDIT, "Bài khác.")
    first, _, _, last = segment_ids(db, article)
    write(db, last, "Edited", status="draft")
    write(db, first, CREDIT_EN)
    assert memory.propagate(db, first, "lan") == [segment_ids(db, article)[2]]
    assert texts(db, article) == [CREDIT_EN, None, CREDIT_EN, "Edited"]
    assert texts(db, other) == [None, None]


def test_a_correction_reaches_drafts_that_only_the_memory_wrote(db: Database) -> None:
    add_approved(db, (CREDIT, "Image: VNA"))
    article = add_article(db, CREDIT, CREDIT)
    memory.prefill(db, article, "minh")
    first = segment_ids(db, article)[0]
    write(db, first, CREDIT_EN)
    assert len(memory.propagate(db, first, "lan")) == 1
    assert texts(db, article) == [CREDIT_EN, CREDIT_EN]
    assert memory.propagate(db, first, "lan") == []
