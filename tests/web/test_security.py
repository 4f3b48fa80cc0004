"""What protects the desk: CSRF tokens, the origin and host of requests, the content policy, escaping."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import post, token
from workbench import editing, glossary
from workbench.glossary import Term
from workbench.library import import_files
from workbench.store import connect, revisions

FORMS = [
    "/articles",
    "/articles/1/translate",
    "/articles/1/approve",
    "/segments/2",
    "/segments/2/restore",
    "/glossary/new",
    "/glossary/1",
    "/glossary/import",
    "/me",
]


def test_no_form_is_taken_without_its_token(client: FlaskClient, desk) -> None:
    fields = {"text": "x", "source": "a", "target": "b", "confirm": "yes", "name": "Eve"}
    other = token(client.application.test_client())
    for path in FORMS:
        assert client.post(path, data=fields).status_code == 400, path
        assert client.post(path, data={**fields, "csrf_token": "forged"}).status_code == 400, path
        assert client.post(path, data={**fields, "csrf_token": other}).status_code == 400, path
    assert revisions.history(connect(desk), 2) == []


@pytest.mark.parametrize(
    "method, path", [("put", "/api/v1/segments/2"), ("post", "/api/v1/segments/2/approve"), ("post", "/api/v1/text")]
)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_the_api_refuses_requests_from_other_sites(client: FlaskClient, desk, method: str, path: str, headers) -> None:
    answer = getattr(client, method)(path, json={"text": "x"}, headers=headers)
    assert answer.status_code == 403 and answer.json["error"]
    assert revisions.history(connect(desk), 2) == []


def test_the_api_takes_requests_from_its_own_pages_and_from_programs(client: FlaskClient) -> None:
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.put("/api/v1/segments/2", json={"text": "One."}, headers=own).status_code == 200
    assert client.put("/api/v1/segments/3", json={"text": "One."}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000"])
def test_other_host_names_are_refused(client: FlaskClient, host: str) -> None:
    for path in ("/", "/articles/1", "/healthz", "/static/css/workbench.css"):
        assert client.get(path, headers={"Host": host}).status_code == 400, path


def test_the_api_refuses_other_host_names(client: FlaskClient) -> None:
    assert client.get("/api/v1/articles", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000"])
def test_local_host_names_are_taken(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/articles/1", "/segments/2", "/glossary", "/activity", "/nowhere", "/api/v1/articles"]
)
def test_every_answer_carries_a_strict_policy(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    assert (
        policy["default-src"] == "'self'"
        and policy["frame-ancestors"] == "'none'"
        and policy["form-action"] == "'self'"
    )
    assert "unsafe" not in str(policy) and "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # What the policy would not run does not stand in the page either.
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|javascript:|\sstyle=", answer.text)


def test_the_session_cookie(client: FlaskClient) -> None:
    cookie = client.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_no_form_sends_anybody_elsewhere(client: FlaskClient, target: str) -> None:
    assert post(client, "/me", name="Lan", next=target).headers["Location"] == "/"
    assert post(client, "/me", name="Lan", next="/glossary?q=a").headers["Location"] == "/glossary?q=a"


# --- escaping

PROBE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>'"
ESCAPED = ("&lt;script&gt;", "&lt;img")


@pytest.fixture
def probed(client: FlaskClient, desk) -> FlaskClient:
    """The probe in every place where text comes from a file or a person."""
    db = connect(desk)
    article = f"{PROBE} tiêu đề bài viết thứ hai\n{PROBE} Hai bên nhất trí hội đàm.\nHết câu chuyện {PROBE}."
    front = f"---\nsource_name: {PROBE}\n---\n"
    done = import_files(
        db, [("a.txt", article.encode()), ("b.md", f"{front}`{PROBE}` Hai bên nhất trí.".encode())], author=PROBE
    )
    assert not done.errors
    variants = {"source_variants": (PROBE + "a",), "target_variants": (PROBE + "b",), "forbidden": (PROBE + "c",)}
    glossary.save(db, Term(0, "hội đàm", PROBE, "event", note=PROBE, **variants), author=PROBE, reason=PROBE)
    editing.save(db, 7, PROBE, base=None, author=PROBE)
    editing.save(db, 7, PROBE + " 2", base=1, author=PROBE)
    editing.approve(db, 7, author=PROBE, confirm=True)
    post(client, "/me", name=PROBE)
    return client


PROBED = [
    *(
        "/",
        "/articles/2",
        "/articles/3",
        "/segments/7",
        "/segments/7/panel",
        "/segments/7/row",
        "/glossary",
        "/glossary/6",
    ),
    *("/activity", "/articles/2?q=<script>", f"/articles/{PROBE}", f"/glossary?q={PROBE}"),
    f"/glossary/new?source={PROBE}&target={PROBE}&segment={PROBE}",
]


def test_what_people_wrote_is_escaped(probed: FlaskClient) -> None:
    for path in PROBED:
        text = probed.get(path).text
        assert "<script>" not in text and "<img" not in text, path
        assert any(e in text for e in ESCAPED), path


def test_what_forms_send_back_is_escaped(probed: FlaskClient) -> None:
    answers = [
        post(probed, "/glossary/new", source=PROBE, target="", note=PROBE),
        post(probed, "/segments/7", text=PROBE + " mine", base_revision=1),
        post(probed, "/segments/2", text=PROBE, action="approve"),
        post(probed, "/glossary/import", file=(io.BytesIO(f"source,target\n{PROBE},".encode()), f"{PROBE}.csv")),
        post(probed, "/glossary/import", file=(io.BytesIO(f"source,target\n{PROBE} a,{PROBE}".encode()), "x.csv")),
    ]
    for answer in answers:
        assert answer.status_code in (200, 400, 409), answer.status
        assert "<script>" not in answer.text and "<img" not in answer.text and "&lt;script&gt;" in answer.text
    post(probed, "/articles", files=(io.BytesIO(b"\0"), f"{PROBE}.txt"))
    assert "<script>" not in probed.get("/").text


def test_an_address_that_is_none_of_the_web_is_no_link(client: FlaskClient) -> None:
    file = io.BytesIO("---\nsource_url: javascript:alert(1)\n---\nHai bên.".encode())
    post(client, "/articles", files=(file, "a.md"))
    assert "javascript:" not in client.get("/articles/2").text
