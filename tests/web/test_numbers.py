"""Numbers that no row can have, in addresses, forms and JSON: not found or refused, never a mistake of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import post, token
from workbench.store import connect, revisions
from workbench.text import DIGITS, whole

TOO_LARGE = ["1" + "0" * DIGITS, str(2**63), "9" * 23, "9" * 5_000, "٣"]
_NUMBER, _OTHER = re.compile(r"<int:\w+>"), re.compile(r"<\w+>")


def numbered(app: Flask, number: str) -> Iterator[tuple[str, str]]:
    """Method and address of every rule with a number in it."""
    for rule in app.url_map.iter_rules():
        if _NUMBER.search(rule.rule):
            path = _OTHER.sub("markdown", _NUMBER.sub(number, rule.rule))
            yield from ((method, path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: number[:24])
def test_every_address_with_such_a_number_is_not_found(client: FlaskClient, number: str) -> None:
    asked = list(numbered(client.application, number))
    assert len(asked) > 25
    form = {"csrf_token": token(client)}
    found = {
        (method, path): client.open(path, method=method, data=None if "/api/" in path else form).status_code
        for method, path in asked
    }
    assert {at: status for at, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: number[:24])
def test_an_article_with_such_a_number_is_not_found(client: FlaskClient, number: str) -> None:
    for path in (f"/articles/{number}", f"/api/v1/articles/{number}", f"/api/v1/articles/{number}/check"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", TOO_LARGE[:-1], ids=lambda number: number[:24])
@pytest.mark.parametrize(
    "address",
    ["/?page=", "/glossary?page=", "/glossary/merge?other=1&keep=", "/glossary/merge?keep=1&other=",
     "/api/v1/articles/1/changes?since="],
)  # fmt: skip
def test_such_a_number_after_the_question_mark_is_refused(client: FlaskClient, address: str, number: str) -> None:
    assert client.get(address + number).status_code == 400


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: number[:24])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/segments/2", "base_revision"),
        ("/segments/2/restore", "revision"),
        ("/segments/2/restore", "base_revision"),
        ("/segments/2/merge", "base_revision"),
        ("/segments/2/merge", "next_revision"),
        ("/segments/2/split", "base_revision"),
        ("/articles/1/versions/take", "segment"),
        ("/articles/1/versions/take", "base_revision"),
        ("/glossary/merge", "keep"),
        ("/glossary/merge", "other"),
    ],
)
def test_such_a_number_in_a_form_is_refused(client: FlaskClient, desk, path: str, field: str, number: str) -> None:
    given = {"text": "x", "source": "a\nb", "target": "a\nb", "revision": "1", "keep": "1", "other": "2", field: number}
    assert post(client, path, **given).status_code == 400
    assert revisions.history(connect(desk), 2) == []


@pytest.mark.parametrize("number", TOO_LARGE, ids=lambda number: number[:24])
@pytest.mark.parametrize(
    ("path", "field"),
    [("/desk", "article"), ("/desk", "take"), ("/glossary/bulk", "id"), ("/glossary/1", "segment"),
     ("/articles/1/replace", "place")],
)  # fmt: skip
def test_such_a_number_among_others_is_passed_over(client: FlaskClient, path: str, field: str, number: str) -> None:
    given = {"action": "take", "source": "x", "target": "y", "category": "phrase", "find": "x", "confirm": "yes"}
    assert post(client, path, **{**given, field: number}).status_code < 500


@pytest.mark.parametrize("base", [10**DIGITS, 2**63, -(2**70), 10**400])
def test_such_a_revision_in_json_is_refused(client: FlaskClient, base: int) -> None:
    for method, path in (("PUT", "/api/v1/segments/2"), ("POST", "/api/v1/segments/2/approve")):
        answer = client.open(path, method=method, json={"text": "x", "base_revision": base})
        assert (answer.status_code, answer.json["error"]) == (400, "base_revision: a revision number or null is needed")


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("9" * DIGITS, 10**DIGITS - 1)])
def test_whole_numbers(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "²", "1e3", "9" * (DIGITS + 1)])
def test_no_whole_numbers(text: str) -> None:
    assert whole(text) is None
