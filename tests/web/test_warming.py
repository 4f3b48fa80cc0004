"""At the start of a server: what the first page needs is there before it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.test_pages import machine_translated
from workbench import editing, glossary, proposals, quality, warming
from workbench.glossary import Term
from workbench.library import import_files
from workbench.store import articles, connect
from workbench.web import warming as web_warming


@pytest.fixture(autouse=True)
def restarted() -> None:
    """As after a start: nothing is remembered."""
    for kept in (quality._checks, quality._matches, proposals._proposals):
        kept.cache_clear()


def never(*_: Any, **__: Any) -> Any:
    raise AssertionError("this was to be ready")


def test_the_first_page_of_a_warmed_desk_checks_nothing(
    client: FlaskClient, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine_translated(desk)
    editing.save(connect(desk), 4, "Trade turnover reached 24 billion USD.", base=None, author="Lan")
    assert warming.warm(desk) == [1]
    monkeypatch.setattr(quality, "check_segment", never)
    monkeypatch.setattr(proposals, "propose", never)
    page = client.get("/articles/1")
    assert page.status_code == 200 and "42 tỷ has become 24 billion" in page.text


def test_articles_changed_last_are_warmed_first_and_not_all(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = connect(desk)
    for n in range(3):
        import_files(db, [(f"{n}.txt", f"Hai bên hội đàm lần {n}.\nÔng Trung phát biểu.".encode())], author="Lan")
    db.execute("UPDATE article_progress SET changed_at = '2026-02-0' || article_id")
    db.execute("UPDATE article_progress SET changed_at = '2026-03-01' WHERE article_id = 2")
    db.conn.commit()
    db.close()
    assert warming.warm(desk) == [2, 4, 3, 1]
    monkeypatch.setattr(warming, "MOST_ROWS", 3)
    assert warming.warm(desk) == [2, 4]


def test_the_thread_compiles_every_template(client: FlaskClient, desk: Path) -> None:
    app = client.application
    app.jinja_env.cache = {}
    web_warming.start(app, desk).join()
    assert {name for _loader, name in app.jinja_env.cache} == set(app.jinja_env.list_templates())


def test_a_desk_that_cannot_be_warmed_is_only_logged(
    client: FlaskClient, desk: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(warming, "warm", never)
    web_warming.start(client.application, desk).join()
    assert "could not be prepared" in caplog.text
    assert client.get("/articles/1").status_code == 200


def test_a_term_changed_checks_only_the_rows_it_stands_in(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_translated(desk)
    db = connect(desk)
    rows = articles.segments(db, 1)
    quality.article_checks(db, rows)
    glossary.save(db, Term(0, "kim ngạch thương mại", "trade turnover"), author="Lan")
    checked, check = [], quality.check_segment
    monkeypatch.setattr(
        quality, "check_segment", lambda *given, **named: checked.append(given[0]) or check(*given, **named)
    )
    found = quality.article_checks(db, rows)
    db.close()
    assert checked == ["Kim ngạch thương mại đạt 42 tỷ USD."]
    assert found[rows[3]["id"]] == []


def test_terms_are_found_without_opening_the_database_for_each_row(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = connect(desk)
    glossary.matcher(db)
    monkeypatch.setattr(glossary, "connect", never)
    assert [len(found) for found in quality.matches(db, [row["source"] for row in articles.segments(db, 1)])] == [
        0, 3, 2, 0, 0,
    ]  # fmt: skip
    db.close()
