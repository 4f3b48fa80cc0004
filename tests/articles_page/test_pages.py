"""The pages of the list as a browser without JavaScript and as htmx ask for them, and the commands."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.articles_page.conftest import CORRECTED, TEXT
from tests.conftest import Run, post
from workbench import editing
from workbench.store import articles, connect, listing
from workbench.store.listing import Wanted

HTMX = {"HX-Request": "true"}
PROBE = '"><script>alert(1)</script>'


@pytest.fixture
def newer(client: FlaskClient) -> int:
    """The id of an article that corrects another."""
    post(client, "/articles", text=TEXT)
    answer = post(client, "/articles", text=CORRECTED)
    assert answer.headers["Location"] == "/articles/3/versions"
    return 3


def test_the_list_alone_for_htmx(client: FlaskClient) -> None:
    answer = client.get("/?q=vuong+nghi&state=&sort=imported&page=1", headers=HTMX)
    assert "<html" not in answer.text and 'id="articles"' in answer.text
    assert answer.headers["HX-Replace-Url"] == "/?q=vuong+nghi", "the address says no more than what was asked"


@pytest.mark.parametrize(
    "query",
    ["page=99", "page=-1", "page=x", "state=x", "sort=x", "since=2026-02-30&until=x", "dates=x", "assignee=Lan"],
)
def test_any_query_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 200
    assert client.get(f"/desk/progress?{query}&busy=1&busy=x&busy=99").status_code == 200


def test_pages_of_fifty(client: FlaskClient, desk: Path) -> None:
    db = connect(desk)
    row = articles.find(db, 1)
    for n in range(60):
        db.execute(
            "INSERT INTO articles (slug, title, imported_at, content_hash) VALUES (?, ?, ?, ?)",
            [f"tin-{n}", f"Tin {n}", row["imported_at"], str(n)],
        )
    db.conn.commit()
    first, second = client.get("/").text, client.get("/?page=2").text
    assert first.count('name="article"') == 50 and second.count('name="article"') == 11
    assert 'rel="next" href="/?page=2"' in first and "Page 2 of 2" in second and 'rel="next"' not in second


def test_what_people_wrote_is_escaped(client: FlaskClient) -> None:
    post(client, "/articles", text=f"{PROBE}\n\nMột câu {PROBE}. Hai câu.", source_name=PROBE)
    post(client, "/desk", action="assign", article="2", assignee=PROBE)
    for path in (
        "/",
        f"/?q={PROBE}&source={PROBE}&assignee={PROBE}&since={PROBE}",
        "/activity",
        "/articles/2/versions",
    ):
        assert "<script>" not in client.get(path).text, path


def test_actions_that_cannot_be(client: FlaskClient) -> None:
    assert post(client, "/desk", action="delete", article="1").status_code == 400
    assert post(client, "/desk", action="archive", article="99").status_code == 404
    assert post(client, "/desk", action="export", article="1", format="exe").status_code == 400
    assert post(client, "/desk", action="assign", article="1", assignee="x" * 61).status_code == 303
    assert "61 characters" in client.get("/").text
    assert post(client, "/desk", action="archive").headers["Location"] == "/"
    assert "Tick the articles first." in client.get("/").text
    away = post(client, "/desk", action="mine", article="1", next="https://evil.example/")
    assert away.headers["Location"] == "/"
    assert client.post("/desk", data={"action": "archive", "article": "1"}).status_code == 400, "no form token"


def test_wrong_origin_of_a_paste_is_named(client: FlaskClient) -> None:
    for wrong in ({"source_url": "javascript:alert(1)"}, {"published_on": "2026-02-30"}):
        post(client, "/articles", text=TEXT, **wrong)
        assert next(iter(wrong.values())) in client.get("/").text
    assert len(client.get("/api/v1/articles").json) == 1


def test_export_of_several(client: FlaskClient, desk: Path) -> None:
    db = connect(desk)
    for row in articles.segments(db, 1):
        editing.save(db, row["id"], f"Row {row['position']}", base=None, author="Lan")
    editing.approve_article(db, 1, author="Lan", confirm=True)
    answer = post(client, "/desk", action="export", article="1", format="html")
    assert answer.mimetype == "application/zip"
    assert len(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == 1
    post(client, "/articles", text=TEXT)
    page = post(client, "/desk", action="export", article=["1", "2"], format="html").text
    assert "Not everything can be exported yet" in page and "/desk/export?article=1&amp;format=html" in page
    packed = client.get("/desk/export?article=1&article=2&format=html&partial=1").data
    assert len(zipfile.ZipFile(io.BytesIO(packed)).namelist()) == 2


def test_what_a_newer_version_changed(client: FlaskClient, desk: Path, newer: int) -> None:
    page = client.get(f"/articles/{newer}/versions").text
    assert "<del>2</del><ins>3</ins>" in page and re.search("<ins> ?cũng ?</ins>", page)
    assert "A newer version of this article is here" in client.get("/articles/2").text
    assert f"/articles/{newer}/versions" in client.get(f"/articles/{newer}").text
    assert client.get("/articles/2/export/markdown?partial=1").status_code == 200
    listed = client.get("/").text
    assert f'href="/articles/{newer}"' in listed and 'href="/articles/2"' not in listed
    assert post(client, f"/articles/{newer}/versions/take", segment="1").status_code == 404
    assert post(client, "/articles/1/versions/unlink").status_code == 404
    assert client.get("/articles/99/versions").status_code == 404
    post(client, f"/articles/{newer}/versions/unlink")
    assert 'href="/articles/2"' in client.get("/").text


def test_samples_into_a_desk_without_them(client: FlaskClient, desk: Path) -> None:
    post(client, "/desk/samples")
    db = connect(desk)
    assert listing.counts(db, Wanted())[""] > 5
    before = listing.counts(db, Wanted())
    post(client, "/desk/samples")
    assert listing.counts(db, Wanted()) == before


def test_commands(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", CORRECTED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "newer version of article 2" in run("import", tmp_path / "a.txt", tmp_path / "b.txt").out
    assert run("assign", "2", "3", "--to", "Lan", "--json").json[1]["assignee"] == "Lan"
    assert run("assign", "3", "--json").json[0]["assignee"] == "Minh"
    assert run("assign", "3", "--to", "", "--json").json[0]["assignee"] is None
    assert run("archive", "1", "--json").json[0]["archived_at"]
    assert run("archive", "1", "--undo", "--json").json[0]["archived_at"] is None
    assert run("archive", "99").status == 1
    found = run("changes", "3", "--json").json
    assert found["supersedes"] == 2
    assert [c["kind"] for c in found["changes"] if c["kind"] != "same"] == ["changed", "changed"]
    assert "3 tỷ USD" in run("changes", "3").out
    refused = run("changes", "2")
    assert refused.status == 1 and "no newer version" in refused.err
