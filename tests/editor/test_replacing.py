"""Find and replace: chosen places only, all or none, taken back as one."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.editor.conftest import body
from workbench import editing, replacing
from workbench.replacing import Query
from workbench.store import articles, revisions


@pytest.fixture
def texts(db: Database) -> list[int]:
    """Machine text, a draft and an approved row, each with the word."""
    machine, draft, *_ = [r["id"] for r in body(db)]
    headline = articles.segments(db, 1)[0]["id"]
    articles.add_machine_translations(
        db, [(machine, "The Border gate, a border gate.")], engine="argos", model="t", glossary_version=9
    )
    editing.save(db, draft, "At the border gates.", base=None, author="an")
    editing.save(db, headline, "Border gate opens", base=None, author="an")
    editing.approve(db, headline, author="an", confirm=True)
    return [headline, machine, draft]


def text(db: Database, segment_id: int) -> str:
    return str(editing.segment(db, segment_id)["text"])


def test_options(db: Database, texts: list[int]) -> None:
    def found(**options: bool) -> list[str]:
        return [p.found for p in replacing.find(db, 1, Query("border gate", **options))]

    assert found() == ["Border gate", "Border gate", "border gate", "border gate"]
    assert found(case=True) == ["border gate", "border gate"]
    assert found(words=True) == ["Border gate", "Border gate", "border gate"]
    assert found(case=True, words=True) == ["border gate"]
    assert replacing.find(db, 1, Query("")) == []
    assert replacing.find(db, 1, Query(".*")) == []


def test_only_chosen_places_change_and_one_undo_gives_all_back(db: Database, texts: list[int]) -> None:
    headline, machine, draft = texts
    query = Query("border gate", "checkpoint")
    places = replacing.find(db, 1, query)
    assert [p.status for p in places] == ["approved", "machine", "machine", "draft"]
    chosen = [p.key for p in places if p.found == "border gate"]

    done = replacing.apply(db, 1, query, chosen, author="chi")

    assert (done.places, done.rows, done.reopened) == (2, 2, 0)
    assert text(db, machine) == "The Border gate, a checkpoint."
    assert text(db, draft) == "At the checkpoints."
    assert editing.segment(db, headline)["status"] == "approved"

    editing.save(db, draft, "At checkpoints.", base=editing.segment(db, draft)["revision"], author="bình")
    assert replacing.undo(db, done.event, author="chi") == (1, 1)
    assert text(db, machine) == "The Border gate, a border gate."
    assert text(db, draft) == "At checkpoints."
    with pytest.raises(replacing.NothingToUndo):
        replacing.undo(db, done.event, author="chi")


def test_an_approved_row_becomes_a_draft_and_approved_again_by_undo(db: Database, texts: list[int]) -> None:
    headline = texts[0]
    query = Query("opens", "is opened")
    done = replacing.apply(db, 1, query, [p.key for p in replacing.find(db, 1, query)], author="chi")
    assert (done.reopened, editing.segment(db, headline)["status"]) == (1, "draft")
    replacing.undo(db, done.event, author="chi")
    row = editing.segment(db, headline)
    assert (row["text"], row["status"]) == ("Border gate opens", "approved")
    assert [r["text"] for r in revisions.history(db, headline)][1] == "Border gate is opened"


def test_a_row_saved_meanwhile_stops_everything(db: Database, texts: list[int]) -> None:
    _, machine, draft = texts
    query = Query("border", "frontier")
    keys = [p.key for p in replacing.find(db, 1, query)]
    base = editing.segment(db, draft)["revision"]
    editing.save(db, draft, "At the border gate now.", base=base, author="bình")
    with pytest.raises(replacing.Changed) as changed:
        replacing.apply(db, 1, query, keys, author="chi")
    assert changed.value.positions == [editing.segment(db, draft)["position"]]
    assert editing.segment(db, machine)["revision"] is None
    with pytest.raises(editing.BadText):
        replacing.apply(db, 1, query, [], author="chi")
