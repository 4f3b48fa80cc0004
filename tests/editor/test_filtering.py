"""The filter of rows and the reading view."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.editor.conftest import body
from workbench import contract, editing
from workbench.filtering import Filter
from workbench.reading import reading
from workbench.store import articles


@pytest.fixture
def segments(db: Database) -> list[dict]:  # type: ignore[type-arg]
    first, second = [r["id"] for r in body(db)][:2]
    articles.add_machine_translations(db, [(first, "They agreed.")], engine="argos", model="t", glossary_version=9)
    editing.save(db, second, "Ông thăm thành phố.", base=None, author="an")
    editing.save(db, articles.segments(db, 1)[0]["id"], "Talks in Hanoi", base=None, author="an")
    editing.approve(db, articles.segments(db, 1)[0]["id"], author="an", confirm=True)
    return contract.article(db, 1)["segments"]


@pytest.mark.parametrize(
    ("wanted", "sources"),
    [
        (Filter(state="approved"), ["Hội đàm tại Hà Nội"]),
        (Filter(state="machine"), ["Hai bên nhất trí mở cửa khẩu."]),
        (Filter(state="draft"), ["Ông thăm thành phố."]),
        (Filter(check="untranslated"), ["Ông thăm thành phố."]),
        (Filter(state="approved", check="error"), []),
        (Filter(text="hoi dam tai"), ["Hội đàm tại Hà Nội"]),
        (Filter(text="AGREED"), ["Hai bên nhất trí mở cửa khẩu."]),
    ],
)
def test_filters(segments: list[dict], wanted: Filter, sources: list[str]) -> None:  # type: ignore[type-arg]
    assert [s["source"] for s in segments if wanted.shows(s)] == sources


def test_no_filter_shows_everything(segments: list[dict]) -> None:  # type: ignore[type-arg]
    assert not Filter() and all(Filter().shows(s) for s in segments)
    assert sum(Filter(state="open").shows(s) for s in segments) == len(segments) - 1


def test_the_reading_view_has_every_row_in_the_paragraphs_of_the_export(db: Database, segments: list[dict]) -> None:  # type: ignore[type-arg]
    shown = reading(db, 1)
    assert shown.paragraphs[0].kind == "headline"
    sentences = [s for p in shown.paragraphs for s in p.sentences]
    assert [s.source for s in sentences] == [s["source"] for s in segments]
    assert [s.state for s in sentences][:3] == ["approved", "machine", "draft"]
    assert shown.open == len(sentences) - 1
