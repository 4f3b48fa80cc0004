"""Merging and splitting segments: nothing is lost, positions stay without gaps."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.editor.conftest import body
from workbench import contract, editing, memory, reshaping
from workbench.export import export_one
from workbench.store import articles, comments, lineage, revisions


def positions(db: Database) -> list[int]:
    return [r["position"] for r in articles.segments(db, 1)]


def approve(db: Database, segment_id: int, text: str) -> None:
    editing.save(db, segment_id, text, base=None, author="an")
    written = editing.approve(db, segment_id, author="an", confirm=True)
    memory.record_approval(db, written)


def test_a_merge_carries_the_english_and_keeps_all_history(db: Database) -> None:
    first, second, *_ = body(db)
    before = positions(db)
    approve(db, first["id"], "The two sides agreed to open a border gate.")
    approve(db, second["id"], "He visited the city.")
    editing.comment(db, second["id"], "Thiếu tên thành phố", author="bình")

    done = reshaping.merge(db, first["id"], author="chi")

    (child,) = done.segments
    row = editing.segment(db, child)
    assert row["source"] == "Hai bên nhất trí mở cửa khẩu. Ông thăm thành phố."
    assert (row["text"], row["status"]) == ("The two sides agreed to open a border gate. He visited the city.", "draft")
    assert positions(db) == before[:-1]
    assert {a["id"] for a in lineage.ancestors(db, child)} == {first["id"], second["id"]}
    assert [r["status"] for r in revisions.history(db, second["id"])] == ["approved", "draft"]
    assert [c["text"] for c in comments.of_segment(db, child)] == ["Thiếu tên thành phố"]
    assert comments.counts(db, 1) == {child: 1}
    assert memory.lookup(db, first["source"]) == []


def test_retired_segments_leave_lists_words_and_counts(db: Database) -> None:
    first, second, *_ = body(db)
    reshaping.merge(db, first["id"], author="an")
    assert [i for i, _ in articles.with_words(db, ["cửa khẩu"])] == [body(db)[0]["id"]]
    assert articles.segment(db, first["id"]) is None
    assert articles.listing(db)[0]["segments"] == len(positions(db))
    assert first["id"] not in [w.segment_id for w in articles.untranslated(db, 1)]
    with pytest.raises(editing.Replaced) as replaced:
        editing.save(db, second["id"], "Lost?", base=None, author="an")
    assert [r["id"] for r in replaced.value.successors] == [body(db)[0]["id"]]
    shown = contract.article(db, 1)
    assert [s["position"] for s in shown["segments"]] == list(range(1, len(shown["segments"]) + 1))


def test_a_split_cuts_both_sides_and_its_undo_gives_the_approval_back(db: Database) -> None:
    second = body(db)[1]
    approve(db, second["id"], "He visited the city.")
    done = reshaping.split(db, second["id"], ("Ông thăm", "thành phố."), ("He visited", "the city."), author="an")
    assert [(r["source"], r["text"], r["status"]) for r in body(db)[1:3]] == [
        ("Ông thăm", "He visited", "draft"),
        ("thành phố.", "the city.", "draft"),
    ]
    (back,) = reshaping.undo(db, done.event, author="an")
    assert (editing.segment(db, back)["text"], editing.segment(db, back)["status"]) == (
        "He visited the city.",
        "approved",
    )
    assert memory.lookup(db, second["source"])[0].target == "He visited the city."
    assert positions(db) == list(range(1, len(positions(db)) + 1))
    with pytest.raises(reshaping.NothingToUndo):
        reshaping.undo(db, done.event, author="an")


def test_undo_of_a_merge_gives_both_back_unless_somebody_worked_on(db: Database) -> None:
    first, second, *_ = body(db)
    approve(db, first["id"], "They agreed.")
    done = reshaping.merge(db, first["id"], author="an")
    children = reshaping.undo(db, done.event, author="an")
    assert [editing.segment(db, c)["source"] for c in children] == [first["source"], second["source"]]
    assert [editing.segment(db, c)["status"] for c in children] == ["approved", None]

    again = reshaping.merge(db, children[0], author="an")
    row = editing.segment(db, again.segments[0])
    editing.save(db, row["id"], "They agreed at last.", base=row["revision"], author="bình")
    with pytest.raises(reshaping.NothingToUndo):
        reshaping.undo(db, again.event, author="an")


def test_machine_text_goes_along_until_it_is_made_again(db: Database) -> None:
    first, second, *_ = body(db)
    articles.add_machine_translations(
        db, [(first["id"], "They agreed."), (second["id"], "He went.")], engine="argos", model="t", glossary_version=9
    )
    (child,) = reshaping.merge(db, first["id"], author="an").segments
    row = editing.segment(db, child)
    assert (row["machine"], row["stale"], row["revision"]) == ("They agreed. He went.", 1, None)
    parts = reshaping.split(
        db, child, ("Hai bên nhất trí mở cửa khẩu.", "Ông thăm thành phố."), ("They agreed.", "He went."), author="an"
    )
    assert [editing.segment(db, i)["machine"] for i in parts.segments] == ["They agreed.", "He went."]


def test_what_cannot_be_done_is_refused_whole(db: Database) -> None:
    first, second, third = body(db)
    with pytest.raises(editing.BadText, match="last of its paragraph"):
        reshaping.merge(db, third["id"], author="an")
    with pytest.raises(editing.BadText, match="changed"):
        reshaping.split(db, second["id"], ("Ông thăm", "Huế."), ("a", "b"), author="an")
    with pytest.raises(editing.BadText, match="need words"):
        reshaping.split(db, second["id"], ("Ông thăm thành phố", "."), ("a", "b"), author="an")
    editing.save(db, second["id"], "He went.", base=None, author="bình")
    with pytest.raises(editing.Conflict):
        reshaping.merge(db, first["id"], author="an", bases=[None, None])
    assert [r["id"] for r in body(db)] == [first["id"], second["id"], third["id"]]


def test_an_older_text_of_a_parent_can_be_brought_back(db: Database) -> None:
    first, *_ = body(db)
    old = editing.save(db, first["id"], "They agreed.", base=None, author="an")
    (child,) = reshaping.merge(db, first["id"], author="an").segments
    row = editing.segment(db, child)
    editing.save(db, child, "Quite another.", base=row["revision"], author="an")
    newest = editing.segment(db, child)["revision"]
    assert editing.restore(db, child, old["id"], base=newest, author="an")["text"] == "They agreed."


def test_an_export_after_a_merge_has_every_word_once(db: Database) -> None:
    for row in articles.segments(db, 1):
        approve(db, row["id"], f"English {row['position']}.")
    (child,) = reshaping.merge(db, body(db)[0]["id"], author="an").segments
    editing.approve(db, child, author="an", confirm=True)
    _, content = export_one(db, 1)
    text = content.decode()
    assert all(text.count(f"English {n}.") >= 1 for n in range(1, len(positions(db)) + 2))


def test_the_suggested_break_is_at_the_end_of_a_clause() -> None:
    text = "Ông thăm Nam Ninh.Chủ tịch tiếp đoàn."
    assert text[: reshaping.suggested_break(text)] == "Ông thăm Nam Ninh."
    assert reshaping.suggested_break("Một hai") == 4
