"""``/api/v1``: the commands as JSON.

No form token is asked for: a browser sends other sites' requests with their Origin,
and those are refused.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, request

from workbench import contract, editing, glossary, machine
from workbench.glossary.forms import find_forms
from workbench.proposals import proposals as glossary_proposals
from workbench.store import articles, comments, lineage, terms
from workbench.text import DIGITS, nfc
from workbench.web.common import asked_number, author, data_path, database
from workbench.web.language import check_message

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.before_request
def own_origin_only() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403, "requests from other sites are refused")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403, "requests from other sites are refused")


@blueprint.get("/articles")
def list_articles() -> list[dict[str, Any]]:
    return [contract.summary(r) for r in articles.listing(database())]


@blueprint.get("/articles/<reference>")
def show_article(reference: str) -> dict[str, Any]:
    return contract.article(database(), reference)


@blueprint.get("/articles/<int:article_id>/changes")
def changes(article_id: int) -> dict[str, Any]:
    """What was saved after revision ``since``, by anyone: for pages that stand open. Asked for every few seconds.

    ``structure`` grows when rows are merged or split; ``comments`` has the counts of rows that have any.
    """
    since = asked_number("since", 0)
    rows = articles.saved_since(database(), article_id, since)
    return {
        "newest": max((row["revision"] for row in rows), default=since),
        "structure": lineage.newest(database(), article_id),
        "comments": comments.counts(database(), article_id),
        "segments": [_said(contract.segment(database(), row)) for row in rows],
    }


@blueprint.get("/segments/<int:segment_id>")
def show_segment(segment_id: int) -> dict[str, Any]:
    return contract.segment(database(), editing.segment(database(), segment_id))


@blueprint.put("/segments/<int:segment_id>")
def save_segment(segment_id: int) -> Any:
    """Save a draft: 200 with the revision, 409 with the newer one when somebody else saved first, 410 when the
    row was merged or split (``successors``)."""
    body = _body()
    text = body.get("text")
    if not isinstance(text, str):
        abort(400, "text: a string is needed")
    try:
        written = editing.save(database(), segment_id, text, base=_base(body), author=author())
    except editing.Conflict as conflict:
        return {"error": str(conflict), "newest": contract.revision(conflict.newest)}, 409
    except editing.Replaced as replaced:
        return {"error": str(replaced), "successors": [row["id"] for row in replaced.successors]}, 410
    return _answer(segment_id, written)


@blueprint.post("/segments/<int:segment_id>/approve")
def approve_segment(segment_id: int) -> Any:
    """Approve: 200, 409 when somebody saved in between, 422 when errors stand against it."""
    body = _body()
    confirm, seen = body.get("confirm") is True, body.get("text")
    if seen is not None and not isinstance(seen, str):
        abort(400, "text: a string is needed")
    # Null says that no revision was seen, which is not the same as not saying.
    base = (_base(body) or 0) if "base_revision" in body else None
    try:
        written = editing.approve(database(), segment_id, author=author(), base=base, seen=seen, confirm=confirm)
    except editing.Conflict as conflict:
        return {"error": str(conflict), "newest": contract.revision(conflict.newest)}, 409
    except editing.Blocked as blocked:
        return {"error": str(blocked), **_said({"checks": [contract.check(c) for c in blocked.checks]})}, 422
    return _answer(segment_id, written)


@blueprint.post("/segments/<int:segment_id>/align")
def align(segment_id: int) -> dict[str, Any]:
    """The Vietnamese words that ``text[start:end]`` (English, code points) stands for; ``source`` null when unsure.

    ``term``: the term of the glossary whose English was chosen, or null.
    """
    body = _body()
    text, start, end = body.get("text"), body.get("start"), body.get("end")
    if not isinstance(text, str) or not isinstance(start, int) or not isinstance(end, int):
        abort(400, "text, start and end are needed")
    source, chosen = editing.segment(database(), segment_id)["source"], nfc(text)[start:end].strip()
    for found in glossary.matcher(database()).find(source):
        if any(b - a >= len(chosen) for a, b in find_forms(found.term, chosen)):
            return {
                "source": source[found.start : found.end],
                "start": found.start,
                "end": found.end,
                "term": found.term.id,
            }
    span = machine.aligned_words(machine.load(data_path()), source, nfc(text), start, end)
    return {
        "source": source[span[0] : span[1]] if span else None,
        "start": span and span[0],
        "end": span and span[1],
        "term": None,
    }


@blueprint.get("/articles/<reference>/proposals")
def proposals(reference: str) -> list[dict[str, Any]]:
    return [contract.proposal(p) for p in glossary_proposals(database(), articles.find(database(), reference)["id"])]


@blueprint.post("/text")
def translate_text() -> dict[str, Any]:
    text = _body().get("text")
    if not isinstance(text, str):
        abort(400, "text: a string is needed")
    engine = machine.load(data_path())
    done = machine.translate_text(database(), engine, nfc(text))
    return {
        "text": done.text,
        "engine": engine.name,
        "model": engine.model,
        "terms": [contract.match(m) for m in done.matches],
        "segments": [{"source": s, "target": t} for s, t in done.segments],
    }


@blueprint.get("/glossary/find")
def find_terms() -> list[dict[str, Any]]:
    return [contract.match(m) for m in glossary.matcher(database()).find(nfc(request.args.get("text", "")))]


@blueprint.get("/glossary/<int:term_id>")
def show_term(term_id: int) -> dict[str, Any]:
    return contract.term(terms.find(database(), term_id))


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.data else {}
    if not isinstance(body, dict):
        abort(400, "the body must be a JSON object")
    return body


def _base(body: dict[str, Any]) -> int | None:
    base = body.get("base_revision")
    if base is not None and (isinstance(base, bool) or not isinstance(base, int) or abs(base) >= 10**DIGITS):
        abort(400, "base_revision: a revision number or null is needed")
    return base or None


def _answer(segment_id: int, written: dict[str, Any]) -> dict[str, Any]:
    segment = _said(contract.segment(database(), editing.segment(database(), segment_id)))
    return {**contract.revision(written), "checks": segment["checks"]}


def _said(checked: dict[str, Any]) -> dict[str, Any]:
    """The same with what its checks say in the reader's language, for the editor that stands open."""
    return {**checked, "checks": [{**check, "said": check_message(check)} for check in checked["checks"]]}
