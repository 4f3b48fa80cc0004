from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from tests.memory.conftest import add_approved, add_article, segment_ids, write
from workbench import memory
from workbench.memory.matching import difference
from workbench.store import data_folder, open_database, transaction
from workbench.store import memory as store

TALKS = "Chiều 3/2, tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung đã hội đàm với Bộ trưởng Ngoại giao Vương Nghị."
TALKS_EN = "On the afternoon of February 3 in Hanoi, Foreign Minister Le Hoai Trung held talks with Wang Yi."
AGREED = "Hai bên nhất trí thúc đẩy hợp tác trên các lĩnh vực."
AGREED_EN = "The two sides agreed to promote cooperation in all fields."


def test_same_text_scores_100_and_says_where_it_was_approved(db: Database) -> None:
    article = add_approved(db, (TALKS, TALKS_EN), (AGREED, AGREED_EN))
    (match,) = memory.lookup(db, AGREED)
    assert (match.source, match.target, match.score) == (AGREED, AGREED_EN, 100)
    assert (match.origin.article, match.origin.position, match.author) == (article, 2, "lan")
    assert match.date and match.date.endswith("Z")
    assert match.source_diff == (("equal", AGREED),)


def test_same_neighbours_score_101(db: Database) -> None:
    add_approved(db, ("Tin tức", "News"), (AGREED, "Elsewhere."), ("Hết", "End"))
    add_approved(db, (TALKS, TALKS_EN), (AGREED, AGREED_EN))
    best, other = memory.lookup(db, AGREED, before="Tin tức", after="Hết")
    assert (best.score, best.target, other.score) == (101, "Elsewhere.", 100)
    assert [m.score for m in memory.lookup(db, AGREED, before=TALKS)] == [101, 100]
    assert [m.score for m in memory.lookup(db, AGREED)] == [100, 100]


def test_fuzzy_matches_come_best_first_with_the_words_that_differ(db: Database) -> None:
    add_approved(db, (TALKS, TALKS_EN), (TALKS.replace("Vương Nghị", "Park Jin").replace("Chiều", "Sáng"), "Other."))
    wanted = TALKS.replace("3/2", "4/2")
    first, second = memory.lookup(db, wanted)
    assert first.score > second.score >= 70
    assert [d for d in first.source_diff if d[0] != "equal"] == [("delete", "3"), ("insert", "4")]
    assert "".join(t for op, t in first.source_diff if op != "insert") == first.source
    assert "".join(t for op, t in first.source_diff if op != "delete") == wanted


def test_fewer_than_seventy_percent_of_the_words_is_no_match(db: Database) -> None:
    add_approved(db, ("một hai ba bốn năm sáu bảy tám chín mười", "One to ten."))
    assert [m.score for m in memory.lookup(db, "một hai ba bốn năm sáu bảy x y z")] == [70]
    assert memory.lookup(db, "một hai ba bốn năm sáu w x y z") == []
    assert [m.score for m in memory.lookup(db, "một hai ba bốn năm sáu w x y z", minimum=60)] == [60]


@pytest.mark.parametrize(
    ("wanted", "score"),
    [
        ("Quan hệ Việt Nam – Trung Quốc: “hòa bình”", 100),
        ("Quan hệ Việt Nam - Trung Quốc: \"hoà bình\"", 100),
        ("Quan  hệ Việt Nam - Trung Quốc: \"hòa bình\" ", 100),
        ("Quan hệ Việt Nam-Trung Quốc: \"hòa bình\"", 99),
        ("QUAN HỆ VIỆT NAM - TRUNG QUỐC: \"HÒA BÌNH\"", 99),
        ("Quan hệ Việt Nam - Trung Quốc, hòa bình", 99),
        ("Quan hệ Việt Nam - Trung Quốc: \"hoa bình\"", 87),
    ],
)
def test_typography_is_no_difference_but_case_and_marks_and_diacritics_are(
    db: Database, wanted: str, score: int
) -> None:
    add_approved(db, ('Quan hệ Việt Nam - Trung Quốc: "hòa bình"', "Relations"))
    assert [m.score for m in memory.lookup(db, wanted)] == [score]


def test_decomposed_text_is_the_same_text(db: Database) -> None:
    import unicodedata

    add_approved(db, (AGREED, AGREED_EN))
    assert memory.lookup(db, unicodedata.normalize("NFD", AGREED))[0].score == 100


def test_text_without_words_matches_only_itself(db: Database) -> None:
    add_approved(db, ("* * *", "* * *"))
    assert [m.score for m in memory.lookup(db, "* * *")] == [100]
    assert memory.lookup(db, "---") == memory.lookup(db, "") == []


def test_a_caption_approved_many_times_is_one_match_and_hides_no_other(db: Database) -> None:
    caption = ("Quang cảnh hội đàm. Ảnh: TTXVN", "The talks. Photo: VNA")
    for number in range(12):
        add_approved(db, (f"Tin số {number}", f"Item {number}"), caption)
    add_approved(db, ("Quang cảnh hội kiến. Ảnh: TTXVN", "The meeting. Photo: VNA"))
    first, second = memory.lookup(db, "Quang cảnh hội đàm. Ảnh: TTXVN")
    assert (first.score, first.uses, second.score) == (100, 12, 83)


def test_a_segment_is_not_offered_to_itself(db: Database) -> None:
    article = add_approved(db, (AGREED, AGREED_EN))
    assert memory.lookup(db, AGREED, exclude_segment=segment_ids(db, article)[0]) == []


def test_the_newest_approval_of_a_segment_takes_the_place_of_the_older(db: Database) -> None:
    article = add_approved(db, (AGREED, "Wrong."))
    write(db, segment_ids(db, article)[0], AGREED_EN)
    assert [m.target for m in memory.lookup(db, AGREED)] == [AGREED_EN]
    assert store.size(db) == {"approved": 1, "imported": 0}
    assert memory.concordance(db, "wrong") == []


def test_a_withdrawn_approval_is_still_offered_but_says_so_and_comes_after_those_that_stand(db: Database) -> None:
    add_approved(db, (AGREED, "Stands."))
    article = add_approved(db, (AGREED, "Withdrawn."))
    write(db, segment_ids(db, article)[0], "Withdrawn.", status="draft")
    assert [(m.target, m.withdrawn) for m in memory.lookup(db, AGREED)] == [("Stands.", False), ("Withdrawn.", True)]
    write(db, segment_ids(db, article)[0], "Better.")
    assert [(m.target, m.withdrawn) for m in memory.lookup(db, AGREED)] == [("Better.", False), ("Stands.", False)]


def test_a_forgotten_segment_is_gone_everywhere(db: Database) -> None:
    article = add_approved(db, (AGREED, AGREED_EN))
    memory.forget(db, segment_ids(db, article)[0])
    assert memory.lookup(db, AGREED) == memory.concordance(db, "hợp tác") == []


def test_drafts_are_not_remembered(db: Database) -> None:
    article = add_article(db, AGREED)
    write(db, segment_ids(db, article)[0], "Draft.", status="draft")
    assert memory.lookup(db, AGREED) == []


def test_limit_and_the_best_of_many(db: Database) -> None:
    rows = [(AGREED.replace("lĩnh vực", f"lĩnh vực thứ {n}"), f"Field {n}") for n in range(30)]
    add_approved(db, *rows, (AGREED, AGREED_EN))
    assert [m.score for m in memory.lookup(db, AGREED, limit=3)] == [100, 85, 85]


def test_the_index_finds_what_scoring_every_source_finds(db: Database) -> None:
    chance = random.Random(3)
    vocabulary = store.words("Việt Nam hợp tác quan hệ song phương hội đàm, bộ trưởng ngoại giao tại Hà Nội, chiều năm")
    sources = {" ".join(chance.choices(vocabulary, k=chance.randint(2, 24))) for _ in range(600)}
    with transaction(db):
        number = store.add_import(db, "x.tmx", "lan")
        store.add_all(db, (store.Entry(s, "E", "lan", None, import_id=number) for s in sorted(sources)))
    for source in sorted(sources)[::12]:
        words = source.split()
        for _ in range(chance.randint(0, len(words) // 3)):
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        true = {s for s in sources if _share(words, s.split()) >= 70}
        assert {m.source for m in memory.lookup(db, " ".join(words), limit=700)} == true


def _share(one: list[str], other: list[str]) -> int:
    longer = max(len(one), len(other))
    return 100 * (longer - Levenshtein.distance(one, other)) // longer


def test_rebuilding_changes_nothing(db: Database) -> None:
    add_approved(db, (TALKS, TALKS_EN), (AGREED, AGREED_EN))
    before = memory.lookup(db, AGREED, before=TALKS), memory.concordance(db, "hoi dam")
    store.rebuild(db)
    assert (memory.lookup(db, AGREED, before=TALKS), memory.concordance(db, "hoi dam")) == before


def test_what_was_approved_before_there_was_a_memory_is_taken_over(db: Database) -> None:
    article = add_approved(db, (TALKS, "Old."), (AGREED, AGREED_EN))
    write(db, segment_ids(db, article)[0], TALKS_EN)
    expected = memory.lookup(db, TALKS, after=AGREED)
    tables = ("memory", "memory_imports", "memory_sources", "memory_vocabulary", "memory_candidates", "memory_text")
    with transaction(db):
        for table in tables:
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm010_memory'")
    db = open_database(data_folder(db))
    assert memory.lookup(db, TALKS, after=AGREED) == expected
    assert memory.lookup(db, AGREED)[0].target == AGREED_EN


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "a b"), ("a b", ""), ("a, b", "a b"), ("Ảnh: TTXVN", "Ảnh: BNG"), ("a_b", "a-b"), ("x", "x")],
)
def test_difference_gives_back_both_texts(old: str, new: str) -> None:
    steps = list(difference(old, new))
    assert "".join(t for op, t in steps if op != "insert") == old
    assert "".join(t for op, t in steps if op != "delete").replace(" ", "") == new.replace(" ", "")
