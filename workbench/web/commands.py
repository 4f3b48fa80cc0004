"""``/api/v1``: the commands that work on whole articles, the glossary and the memory, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from time import perf_counter
from typing import Any

from flask import Blueprint, Response, abort, request

from workbench import contract, editing, glossary, library, machine, memory, termfix
from workbench.export import FORMATS, export_one
from workbench.export.document import NotApproved
from workbench.store import articles, terms
from workbench.web.api import own_origin_only
from workbench.web.common import app_worker, author, data_path, database

blueprint = Blueprint("commands", __name__, url_prefix="/api/v1")
blueprint.before_request(own_origin_only)


@blueprint.post("/articles")
def import_articles() -> Any:
    """Files as form data (``files``), or JSON ``{"text": …, "name": "article.txt"}``."""
    files = [(f.filename or "upload.txt", f.read()) for f in request.files.getlist("files")]
    body = request.get_json(silent=True) or {}
    if isinstance(body, dict) and isinstance(body.get("text"), str):
        files.append((str(body.get("name") or "text.txt"), body["text"].encode()))
    if not files:
        abort(400, "files (form data) or text (JSON) are needed")
    done = library.import_files(database(), files, author=author())
    for article in done.articles:
        app_worker().add(article["id"])
    errors = [{"path": path, "message": str(message)} for path, message in done.errors]
    return {"articles": done.articles, "errors": errors}, 200 if done.articles else 400


@blueprint.post("/articles/<reference>/translate")
def translate(reference: str) -> dict[str, Any]:
    article_id = articles.find(database(), reference)["id"]
    engine = machine.load(data_path())
    begun = perf_counter()
    redo = (request.get_json(silent=True) or {}).get("redo") is True
    translated = machine.translate_article(database(), engine, article_id, redo=redo)
    segments = len(articles.segments(database(), article_id))
    seconds = round(perf_counter() - begun, 3)
    row = {"id": article_id, "segments": segments, "translated": translated, "seconds": seconds}
    return {"articles": [row], "engine": engine.name, "model": engine.model}


@blueprint.post("/articles/<reference>/approve")
def approve(reference: str) -> Any:
    """200, or 422 with ``blocked`` where errors stand against segments."""
    article_id = articles.find(database(), reference)["id"]
    confirm = (request.get_json(silent=True) or {}).get("confirm") is True
    done = editing.approve_article(database(), article_id, author=author(), confirm=confirm)
    blocked = [{"position": p, "checks": [contract.check(c) for c in found]} for p, found in done.blocked.items()]
    return {"id": article_id, "approved": done.approved, "blocked": blocked}, 422 if blocked else 200


@blueprint.get("/articles/<reference>/check")
def check(reference: str) -> dict[str, Any]:
    return {"articles": [contract.check_report(contract.article(database(), reference))]}


@blueprint.get("/articles/<reference>/export")
def export(reference: str) -> Any:
    """The file itself; 409 where segments are not approved (``?partial=1`` for what is)."""
    format = request.args.get("format", "markdown")
    if format not in FORMATS:
        abort(400, f"format: {format!r} is not one of {', '.join(FORMATS)}")
    article_id = articles.find(database(), reference)["id"]
    try:
        name, content = export_one(database(), article_id, format, partial=request.args.get("partial") == "1")
    except NotApproved as error:
        return {"files": [], "skipped": [{"article": article_id, "reason": str(error)}]}, 409
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@blueprint.get("/glossary")
def list_terms() -> list[dict[str, Any]]:
    return [contract.term(t) for t in terms.all_terms(database())]


@blueprint.get("/glossary/<int:term_id>/impact")
def impact(term_id: int) -> dict[str, Any]:
    return contract.impact(termfix.impact(database(), terms.find(database(), term_id), app_worker().engine))


@blueprint.post("/glossary/import")
def import_csv() -> Any:
    """JSON ``{"text": CSV, "dry_run": false}``; 400 with the errors where a row is wrong."""
    body = request.get_json(silent=True) or {}
    if not isinstance(body, dict) or not isinstance(body.get("text"), str):
        abort(400, "text: the CSV is needed")
    dry_run = body.get("dry_run") is True
    plan = glossary.import_csv(database(), body["text"], author=author(), name="api", dry_run=dry_run)
    app_worker().add_stale()
    answer = {
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": plan.unchanged,
        "errors": [{"line": e.line, "field": e.field, "message": str(e.message)} for e in plan.errors],
        "dry_run": dry_run,
    }
    return answer, 400 if plan.errors else 200


@blueprint.get("/memory")
def search_memory() -> list[dict[str, Any]]:
    """Concordance: ``?q=``."""
    return [asdict(hit) for hit in memory.concordance(database(), request.args.get("q", ""))]
