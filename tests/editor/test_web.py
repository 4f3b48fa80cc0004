"""What the pages and the API of the editor answer, also to those who come too late or mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlite_utils import Database

from tests.editor.conftest import body
from workbench import editing, reshaping
from workbench.store import articles, events
from workbench.web import create_app
from workbench.web.markup import with_links


@pytest.fixture
def client(db: Database, tmp_path: Path) -> FlaskClient:
    app = create_app(tmp_path, background=False)
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def test_a_save_to_a_merged_row_says_what_became_of_it(client: FlaskClient, db: Database) -> None:
    first, second, *_ = body(db)
    (child,) = reshaping.merge(db, first["id"], author="an").segments
    answer = client.put(f"/api/v1/segments/{second['id']}", json={"text": "Mine", "base_revision": None})
    assert (answer.status_code, answer.json["successors"]) == (410, [child])  # type: ignore[index]
    page = client.post(f"/segments/{second['id']}", data={"text": "What I wrote", "base_revision": ""})
    assert page.status_code == 409 and "What I wrote" in page.text
    assert client.get(f"/segments/{first['id']}").location.endswith(f"/segments/{child}")
    assert client.get("/segments/999999").status_code == 404


def test_changes_tell_what_others_saved(client: FlaskClient, db: Database) -> None:
    first, second, *_ = body(db)
    saved = editing.save(db, first["id"], "They agreed.", base=None, author="bình")
    editing.comment(db, second["id"], "?", author="bình")
    answer = client.get("/api/v1/articles/1/changes?since=0").json
    assert answer is not None
    assert [s["id"] for s in answer["segments"]] == [first["id"]]
    assert answer["segments"][0]["translation"]["author"] == "bình"
    assert (answer["newest"], answer["comments"], answer["structure"]) == (saved["id"], {str(second["id"]): 1}, 0)
    assert client.get(f"/api/v1/articles/1/changes?since={saved['id']}").json["segments"] == []  # type: ignore[index]
    reshaping.merge(db, first["id"], author="an")
    assert client.get("/api/v1/articles/1/changes").json["structure"] > 0  # type: ignore[index]


def test_merge_is_refused_when_a_row_was_saved_meanwhile(client: FlaskClient, db: Database) -> None:
    first, second, *_ = body(db)
    editing.save(db, second["id"], "He went.", base=None, author="bình")
    page = client.post(
        f"/segments/{first['id']}/merge", data={"base_revision": "", "next_revision": ""}, follow_redirects=True
    )
    assert "bình saved one of the rows meanwhile" in page.text
    assert [r["id"] for r in body(db)][:2] == [first["id"], second["id"]]


def test_a_replacement_of_places_that_changed_is_refused(client: FlaskClient, db: Database) -> None:
    first, *_ = body(db)
    editing.save(db, first["id"], "They agreed.", base=None, author="an")
    page = client.post(
        "/articles/1/replace", data={"find": "agreed", "replace": "met", "place": [f"{first['id']}:99:5"]}
    )
    assert page.status_code == 409 and "saved meanwhile" in page.text
    page = client.post("/articles/1/replace", data={"find": "agreed", "replace": "met", "place": ["<script>"]})
    assert page.status_code == 409 and "<script>" not in page.text.replace("<script ", "")


def test_comments_are_escaped_and_only_web_addresses_become_links(client: FlaskClient, db: Database) -> None:
    first, *_ = body(db)
    text = '<script>alert(1)</script> https://vnanet.vn/a?b="c" javascript:alert(1)'
    client.post(f"/segments/{first['id']}/comments", data={"comment": text})
    page = client.get(f"/segments/{first['id']}").text
    assert "<script>alert" not in page
    assert 'href="https://vnanet.vn/a?b=" target' in page and "&#34;c&#34; javascript" in page
    assert client.post(f"/segments/{first['id']}/comments", data={"comment": "  "}).status_code == 400
    assert events.latest(db)[0]["action"] == "segment.comment"
    assert str(with_links("xem (https://a.vn/b).")).count("</a>).") == 1


def test_rows_are_rendered_anew_for_each_browser_and_change(client: FlaskClient, db: Database) -> None:
    first, *_ = body(db)
    before = client.get("/articles/1").text
    editing.save(db, first["id"], "They </textarea> agreed.", base=None, author="an")
    after = client.get("/articles/1").text
    assert "They &lt;/textarea&gt; agreed." in after and "They &lt;" not in before
    assert "csrf-" not in after.replace("csrf-token", "")
    hidden = client.get("/articles/1?state=approved").text
    assert hidden.count(" hidden>") >= len(articles.segments(db, 1))


def test_undo_of_nothing_is_told(client: FlaskClient) -> None:
    assert "there is no such" in client.post("/undo/12345", follow_redirects=True).text.lower()
