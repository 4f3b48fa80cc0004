# ruff: noqa: E501 (tables of texts)
"""The pages without JavaScript: every one opens, every form does its work."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import ARTICLE, GLOSSARY, SAMPLES, post
from workbench import editing
from workbench.store import articles, connect, events, revisions, terms

GOOD = "On the afternoon of February 3 in Hanoi, Foreign Minister Le Hoai Trung held talks with Wang Yi."


def machine_translated(desk: Path) -> None:
    db = connect(desk)
    english = ["Vietnam and China step up cooperation", GOOD, "Both sides agreed to increase political trust.",
               "Trade turnover reached 42 billion USD.", "A view of the talks - Photo: VNA"]  # fmt: skip
    rows = [(w.segment_id, e) for w, e in zip(articles.untranslated(db, 1), english, strict=True)]
    articles.add_machine_translations(db, rows, engine="argos", model="test", glossary_version=terms.version(db))
    db.close()


PAGES = [
    *("/", "/articles/1", "/segments/1", "/segments/2", "/segments/2/panel", "/segments/2/row", "/glossary", "/glossary?q=bo truong",
     "/glossary?category=person&status=approved&use=enforce&page=1", "/glossary?page=99", "/glossary/1", "/glossary/new",
     "/glossary/new?source=x&segment=2", "/glossary/import", "/glossary/export.csv", "/activity", "/healthz", "/articles/1/machine",
     "/api/v1/articles", "/api/v1/articles/1", "/api/v1/segments/2", "/api/v1/glossary/1", "/api/v1/glossary/find?text=x")
]  # fmt: skip


def edited(desk: Path) -> None:
    machine_translated(desk)
    editing.save(connect(desk), 2, "x", base=None, author="Lan")


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("prepare", [lambda _: None, machine_translated, edited], ids=["new", "translated", "edited"])
def test_every_page_opens(client: FlaskClient, desk: Path, prepare, language: str) -> None:
    prepare(desk)
    for path in PAGES:
        answer = client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200, path
        if answer.mimetype == "text/html" and "<html" in answer.text:
            assert f'<html lang="{language}"' in answer.text, path


def test_the_slug_opens_the_article_as_well(client: FlaskClient, desk: Path) -> None:
    assert client.get(f"/articles/{articles.find(connect(desk), 1)['slug']}").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/articles/99", "/articles/no-such", "/segments/99", "/segments/99/panel", "/segments/99/row", "/glossary/99",
     "/articles/1/export/papyrus", "/articles/99/export/markdown", "/api/v1/articles/99", "/api/v1/segments/99",
     "/api/v1/glossary/99", "/api/v1/nothing", "/segments/99999999999999999999", "/articles/99999999999999999999",
     "/glossary/99999999999999999999", "/api/v1/segments/99999999999999999999"],
)  # fmt: skip
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.is_json == path.startswith("/api/")


@pytest.mark.parametrize(
    "path", ["/segments/99", "/segments/99/restore", "/articles/99/approve", "/articles/99/translate", "/glossary/99"]
)
def test_forms_for_what_is_not_there_are_404(client: FlaskClient, path: str) -> None:
    assert post(client, path, text="x", revision=1, source="a", target="b").status_code == 404


def test_the_empty_desk(data: Path) -> None:
    from workbench.web import create_app

    empty = create_app(data, background=False).test_client()
    for path in ("/", "/glossary", "/activity"):
        assert empty.get(path).status_code == 200


# --- import


def test_upload_of_several_files(client: FlaskClient) -> None:
    files = [(io.BytesIO(p.read_bytes()), p.name) for p in SAMPLES] + [(io.BytesIO(b"\0\1"), "broken.txt")]
    answer = post(client, "/articles", files=files)
    page = client.get(answer.headers["Location"]).text
    assert f"{len(SAMPLES)} articles imported." in page and "broken.txt: this is not a text file" in page
    assert len(client.get("/api/v1/articles").json) == 1 + len(SAMPLES)


def test_a_single_article_opens_at_once(client: FlaskClient) -> None:
    answer = post(client, "/articles", text="Ông Trung thăm Lào.\r\nHai bên nhất trí.")
    assert answer.headers["Location"] == "/articles/2"
    segments = client.get("/api/v1/articles/2").json["segments"]
    assert [s["source"] for s in segments] == ["Ông Trung thăm Lào.", "Hai bên nhất trí."]


@pytest.mark.parametrize("text", ["Hội đàm", "Hội đàm cấp cao\r\nHà Thu", "- Một\r\n- Hai", "Ảnh: TTXVN"])
def test_a_paste_without_any_full_stop(client: FlaskClient, text: str) -> None:
    assert client.get(post(client, "/articles", text=text).headers["Location"]).status_code == 200


def test_the_same_again_and_nothing_at_all(client: FlaskClient) -> None:
    assert post(client, "/articles", text=ARTICLE).headers["Location"] == "/articles/1"
    assert "here already" in client.get("/articles/1").text
    assert post(client, "/articles", text="  ").headers["Location"] == "/"
    assert "Choose files or paste a text first." in client.get("/").text


def test_a_file_over_the_limit(client: FlaskClient) -> None:
    post(client, "/articles", files=(io.BytesIO(b"a" * (5 * 1024 * 1024 + 1)), "huge.txt"))
    assert "huge.txt: the file is larger than 5 MB" in client.get("/").text


# --- the editor by plain forms


def test_save_and_approve(client: FlaskClient, desk: Path) -> None:
    post(client, "/me", name="  Lan  Anh ")
    answer = post(client, "/segments/2", text=GOOD, base_revision="")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/articles/1#s2")
    newest = revisions.newest(connect(desk), 2)
    assert (newest["text"], newest["status"], newest["author"]) == (GOOD, "draft", "Lan Anh")
    answer = post(client, "/segments/2", text=GOOD, base_revision=newest["id"], action="approve")
    assert answer.status_code == 302
    assert revisions.newest(connect(desk), 2)["status"] == "approved"
    assert "Lan Anh" in client.get("/activity").text


def test_approving_the_machine_translation_as_it_is(client: FlaskClient, desk: Path) -> None:
    machine_translated(desk)
    assert post(client, "/segments/2", text=GOOD, base_revision="", action="approve").status_code == 302
    (revision,) = revisions.history(connect(desk), 2)
    assert (revision["status"], revision["origin"]) == ("approved", "machine")
    # Saved as it is, a machine translation is no edit.
    post(client, "/segments/3", text="Both sides agreed to increase political trust.", base_revision="")
    assert revisions.history(connect(desk), 3) == []


def test_a_conflict_shows_both_texts_and_overwrites_nothing(client: FlaskClient, desk: Path) -> None:
    theirs = editing.save(connect(desk), 2, "Their text.", base=None, author="Minh")
    answer = post(client, "/segments/2", text="My text.", base_revision="")
    assert answer.status_code == 409
    assert "Minh" in answer.text and "My text." in answer.text and "Their" in answer.text
    assert f'name="base_revision" value="{theirs["id"]}"' in answer.text
    assert len(revisions.history(connect(desk), 2)) == 1
    assert post(client, "/segments/2", text="Merged.", base_revision=theirs["id"]).status_code == 302
    assert [r["text"] for r in revisions.history(connect(desk), 2)] == ["Merged.", "Their text."]


def test_errors_block_approval_until_confirmed(client: FlaskClient, desk: Path) -> None:
    answer = post(client, "/segments/2", text="He met Wang Yi on February 3.", base_revision="", action="approve")
    assert answer.status_code == 409 and "term-missing" in answer.text and "approve-confirmed" in answer.text
    draft = revisions.newest(connect(desk), 2)
    assert (draft["text"], draft["status"]) == ("He met Wang Yi on February 3.", "draft")
    fields = {"text": draft["text"], "base_revision": draft["id"]}
    assert post(client, "/segments/2", **fields, action="approve-confirmed").status_code == 302
    assert revisions.newest(connect(desk), 2)["status"] == "approved"
    assert events.latest(connect(desk), limit=1)[0]["detail"]["confirmed"]


def test_approving_an_article(client: FlaskClient, desk: Path) -> None:
    assert post(client, "/articles/1/approve").status_code == 400, "nothing is translated"
    machine_translated(desk)
    editing.save(connect(desk), 4, "Trade turnover reached 24 billion USD.", base=None, author="Lan")
    answer = post(client, "/articles/1/approve")
    assert answer.status_code == 409 and "number-mismatch" in answer.text
    assert client.get("/api/v1/articles/1").json["progress"] == {"segments": 5, "approved": 4}
    assert post(client, "/articles/1/approve", confirm="yes").status_code == 302
    assert client.get("/api/v1/articles/1").json["status"] == "approved"


def test_going_back_to_a_revision(client: FlaskClient, desk: Path) -> None:
    db = connect(desk)
    first = editing.save(db, 2, "First.", base=None, author="Lan")
    second = editing.save(db, 2, "Second.", base=first["id"], author="Lan")
    page = client.get("/segments/2").text
    assert f'name="revision" value="{first["id"]}"' in page
    answer = post(client, "/segments/2/restore", revision=first["id"], base_revision=second["id"])
    assert answer.status_code == 302 and revisions.newest(db, 2)["text"] == "First."
    assert post(client, "/segments/2/restore", revision=second["id"], base_revision=second["id"]).status_code == 409
    assert post(client, "/segments/2/restore", revision=999, base_revision="").status_code == 404
    assert post(client, "/segments/2/restore", revision="x").status_code == 400
    assert post(client, "/segments/2/restore").status_code == 400


@pytest.mark.parametrize(("text", "status"), [("bell\a", 400), ("x" * 20_001, 400), ("", 302)])
def test_texts_at_the_edge(client: FlaskClient, text: str, status: int) -> None:
    assert post(client, "/segments/2", text=text, base_revision="").status_code == status


def test_terms_are_marked_in_the_source(client: FlaskClient) -> None:
    page = client.get("/articles/1").text
    marks = re.findall(r'<mark class="term"[^>]*data-target="([^"]*)"[^>]*>([^<]*)</mark>', page)
    assert ("Foreign Minister", "Bộ trưởng Ngoại giao") in marks and ("agree", "nhất trí") in marks


# --- export


def test_export(client: FlaskClient, desk: Path) -> None:
    machine_translated(desk)
    answer = client.get("/articles/1/export/markdown")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/articles/1")
    assert "Not exported" in client.get("/articles/1").text
    slug = articles.find(connect(desk), 1)["slug"]
    part = client.get("/articles/1/export/markdown?partial=1")
    assert part.status_code == 200 and "language: en" in part.text
    post(client, "/articles/1/approve", confirm="yes")
    whole = client.get("/articles/1/export/markdown")
    assert whole.status_code == 200 and GOOD in whole.text
    assert whole.mimetype == "text/markdown" and "charset=utf-8" in whole.headers["Content-Type"]
    assert whole.headers["Content-Disposition"] == f'attachment; filename="{slug}.md"'


# --- the API


def test_put_saves_with_optimistic_locking(client: FlaskClient) -> None:
    first = client.put("/api/v1/segments/2", json={"text": "One.", "base_revision": None})
    assert first.status_code == 200
    assert {"text": "One.", "status": "draft", "segment": 2, "base_revision": None}.items() <= first.json.items()
    base = first.json["revision"]
    second = client.put("/api/v1/segments/2", json={"text": "Two.", "base_revision": base})
    assert (second.status_code, second.json["base_revision"]) == (200, base)
    late = client.put("/api/v1/segments/2", json={"text": "Late.", "base_revision": base})
    assert late.status_code == 409
    assert {"revision": second.json["revision"], "text": "Two."}.items() <= late.json["newest"].items()
    same = client.put("/api/v1/segments/2", json={"text": "Two.", "base_revision": base})
    assert (same.status_code, same.json["revision"]) == (200, second.json["revision"])


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"{}", b'{"text": 1}', b'{"text": null}', b'{"text": "x", "base_revision": "1"}',
     b'{"text": "x", "base_revision": true}', b'{"text": "x", "base_revision": 1.5}', b'{"text": "bell\\u0007"}'],
)  # fmt: skip
def test_put_refuses_what_is_no_request(client: FlaskClient, desk: Path, body: bytes) -> None:
    answer = client.put("/api/v1/segments/2", data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.json["error"]
    assert revisions.history(connect(desk), 2) == []


def test_put_to_a_segment_that_is_not_there(client: FlaskClient) -> None:
    assert client.put("/api/v1/segments/99", json={"text": "x"}).status_code == 404


def test_approve_by_the_api(client: FlaskClient) -> None:
    assert client.post("/api/v1/segments/2/approve", json={}).status_code == 400
    wrong = client.put("/api/v1/segments/2", json={"text": "He met Wang Yi on February 3."}).json
    blocked = client.post("/api/v1/segments/2/approve", json={"base_revision": wrong["revision"]})
    assert blocked.status_code == 422 and "term-missing" in [c["check"] for c in blocked.json["checks"]]
    right = client.put("/api/v1/segments/2", json={"text": GOOD, "base_revision": wrong["revision"]}).json
    assert client.post("/api/v1/segments/2/approve", json={"base_revision": wrong["revision"]}).status_code == 409
    done = client.post("/api/v1/segments/2/approve", json={"base_revision": right["revision"]})
    assert (done.status_code, done.json["status"]) == (200, "approved")


def test_the_api_shows_what_the_commands_show(client: FlaskClient, run) -> None:
    assert client.get("/api/v1/articles").json == run("articles", "--json").json
    assert client.get("/api/v1/articles/1").json == run("show", 1, "--json").json
    text = "Bộ trưởng Ngoại giao"
    assert (
        client.get("/api/v1/glossary/find", query_string={"text": text}).json
        == run("glossary", "find", text, "--json").json
    )


# --- the glossary pages


def test_add_and_retire_a_term(client: FlaskClient, desk: Path) -> None:
    machine_translated(desk)
    fields = {"source": "kim  ngạch thương mại", "target": "trade turnover", "category": "phrase", "use": "enforce",
              "target_variants": "trade value | trade volume", "reason": "house style"}  # fmt: skip
    assert post(client, "/glossary/new", **fields).status_code == 302
    db = connect(desk)
    term = terms.matching(db, "kim ngạch thương mại", "phrase")
    assert term.targets == ("trade turnover", "trade value", "trade volume")
    assert [w.segment_id for w in articles.untranslated(db, 1)] == [4], "stale where it occurs"
    assert terms.history(db, term.id)[0]["reason"] == "house style"
    again = post(client, "/glossary/new", **fields)
    assert again.status_code == 400 and "there already" in again.text
    missing = post(client, "/glossary/new", source="x", target="")
    assert missing.status_code == 400 and "the target is empty" in missing.text
    assert post(client, f"/glossary/{term.id}", action="retire", confirm="yes").status_code in (200, 302)
    assert terms.find(db, term.id).status == "obsolete"
    client.get("/")  # the message that says what was saved
    assert "kim ngạch" not in client.get("/glossary").text
    assert "kim ngạch" in client.get("/glossary?status=obsolete").text


def upload(client: FlaskClient, text: str | bytes):
    data = text if isinstance(text, bytes) else text.encode()
    return post(client, "/glossary/import", file=(io.BytesIO(data), "terms.csv"))


def test_csv_preview_then_confirm(client: FlaskClient, desk: Path) -> None:
    text = (
        GLOSSARY.replace("political trust", "mutual political trust")
        + 'hữu nghị,"friendship\n""and"" peace",phrase,,,\n'
    )
    preview = upload(client, text)
    assert preview.status_code == 200
    assert all(f"{n} {what}" in preview.text for n, what in ((1, "new"), (1, "changed"), (4, "unchanged")))
    assert len(terms.all_terms(connect(desk))) == 5, "a preview changes nothing"
    kept = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', preview.text, re.S)
    import html

    sent = html.unescape(kept[1]).replace("\n", "\r\n")  # as browsers send a text area
    assert post(client, "/glossary/import", confirm="yes", text=sent, name="terms.csv").status_code == 302
    targets = [t.target for t in terms.all_terms(connect(desk))]
    assert "mutual political trust" in targets and 'friendship "and" peace' in targets
    assert "1 added, 1 updated, 4 unchanged." in client.get("/glossary").text


def test_csv_with_errors_names_them_and_offers_no_confirmation(client: FlaskClient, desk: Path) -> None:
    wrong = upload(client, "source,target\nhữu nghị,friendship\nhòa bình,\n")
    assert wrong.status_code == 400
    assert "<td>3</td>" in wrong.text and "the target is empty" in wrong.text
    assert 'name="confirm"' not in wrong.text
    forced = post(client, "/glossary/import", confirm="yes", text="source,target\nhữu nghị,friendship\nhòa bình,")
    assert forced.status_code == 400 and len(terms.all_terms(connect(desk))) == 5
    assert upload(client, b"\0\1\2").status_code == 302
    assert "not a text file" in client.get("/glossary/import").text
    assert post(client, "/glossary/import").status_code == 400, "no file chosen"
    unclosed = upload(client, 'source,target\n"x,y\n' + "a,b\n" * 40_000)
    assert unclosed.status_code == 400 and "never closed" in unclosed.text


def test_csv_export_and_import_again(client: FlaskClient) -> None:
    answer = client.get("/glossary/export.csv")
    assert (
        answer.mimetype == "text/csv" and answer.headers["Content-Disposition"] == 'attachment; filename="glossary.csv"'
    )
    assert "5 unchanged" in upload(client, answer.data).text


# --- people


def test_language_and_name_are_kept_in_the_browser(client: FlaskClient) -> None:
    post(client, "/me", name="Lan", language="vi")
    page = client.get("/").text
    assert '<html lang="vi"' in page and "Lan" in page
    post(client, "/me", name="", language="xx")
    assert '<html lang="vi"' in client.get("/").text and "Lan" in client.get("/").text
