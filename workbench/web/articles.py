"""``/`` the articles, ``/articles/ID`` the editor, import and export."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for

from workbench import contract, editing
from workbench.checks import CHECKS
from workbench.export import FORMATS, export_one
from workbench.export.document import NotApproved
from workbench.filtering import Filter
from workbench.library import Imported, Origin, import_files
from workbench.proposals import proposals
from workbench.store import articles, lineage
from workbench.store.versions import newer
from workbench.web import desk, versions
from workbench.web.common import app_worker, author, database, wants_fragment
from workbench.web.language import gettext as _
from workbench.web.language import ngettext, spoken
from workbench.wording import Message

blueprint = Blueprint("articles", __name__)

_MEDIA = {
    ".md": "text/markdown",
    ".html": "text/html",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".tmx": "application/x-tmx+xml",
    ".xlf": "application/xliff+xml",
}


@blueprint.get("/")
def index() -> Any:
    return desk.articles_page()


@blueprint.post("/articles")
def add() -> Any:
    """Import uploads and a paste; one article alone opens at once, or what it changed where it is a newer version."""
    files = [(f.filename or "upload.txt", f.read()) for f in request.files.getlist("files") if f.filename]
    pasted = request.form.get("text", "")
    if pasted.strip():
        files.append((_("Pasted text") + ".txt", pasted.encode()))
    if not files:
        flash(_("Choose files or paste a text first."), "error")
        return _go(url_for("articles.index"))
    done = import_files(database(), files, author=author(), origin=_origin())
    for article in done.articles:
        app_worker().add(article["id"])
    alone = len(done.articles) == 1 and not done.errors
    if wants_fragment() and not alone:
        answer = Response(render_template("articles/_imported.html", done=done))
        answer.headers["HX-Trigger"] = "articles-changed"
        return answer
    _report(done)
    if alone:
        (article,) = done.articles
        return _go(versions.opened(article["id"], article["supersedes"] if article["new"] else None))
    return _go(url_for("articles.index"))


def _origin() -> Origin:
    given = request.form
    return Origin(given.get("source_name", ""), given.get("source_url", ""), given.get("published_on", ""))


def _go(address: str) -> Any:
    """On to another page, also where htmx asked."""
    return Response(headers={"HX-Redirect": address}) if wants_fragment() else redirect(address)


def _report(done: Imported) -> None:
    new = sum(a["new"] for a in done.articles)
    if new:
        flash(ngettext("%(num)d article imported.", "%(num)d articles imported.", new), "ok")
    for article in done.articles:
        if not article["new"]:
            flash(_("“%(title)s” is here already; nothing was imported twice.", title=article["title"]), "ok")
        elif article["supersedes"]:
            flash(
                _("“%(title)s” is a newer version of an article that was here; that one is kept as it was.",
                  title=article["title"]), "ok")  # fmt: skip
    for path, message in done.errors:
        flash(f"{path}: {spoken(message)}", "error")


@blueprint.get("/articles/<reference>")
def editor(reference: str) -> str:
    article = contract.article(database(), reference)
    wanted = _filter()
    app_worker().prefer(article["id"])
    return render_template(
        "articles/editor.html",
        article=article,
        filter=wanted,
        found=_found(article["segments"], wanted),
        check_names=CHECKS,
        structure=lineage.newest(database(), article["id"]),
        busy=app_worker().busy(article["id"]),
        newer_version=newer(database(), article["id"]),
        proposals=proposals(database(), article["id"]),
    )


def _found(segments: list[dict[str, Any]], wanted: Filter) -> dict[str, Any]:
    """What the bar of the editor counts, the ids of the rows to be shown, the newest revision of all."""
    severities = Counter(check["severity"] for segment in segments for check in segment["checks"])
    return {
        "errors": severities["error"],
        "warnings": severities["warning"],
        "shown": {s["id"] for s in segments if wanted.shows(s)},
        "saved": max((s["translation"]["revision"] for s in segments if s["translation"]), default=0),
        "waiting": any(not s["machine"] or s["machine"]["stale"] for s in segments),
    }


def _filter() -> Filter:
    given = request.args
    return Filter(given.get("state", ""), given.get("check", ""), given.get("q", ""))


@blueprint.get("/articles/<int:article_id>/machine")
def machine(article_id: int) -> Any:
    """For the page that waits for machine translations: 204 while they are being made, then 200."""
    return Response(status=204 if app_worker().busy(article_id) else 200)


@blueprint.post("/articles/<int:article_id>/translate")
def translate(article_id: int) -> Any:
    articles.find(database(), article_id)
    app_worker().add(article_id)
    return redirect(url_for("articles.editor", reference=article_id))


@blueprint.post("/articles/<int:article_id>/approve")
def approve(article_id: int) -> Any:
    confirm = request.form.get("confirm") == "yes"
    done = editing.approve_article(database(), article_id, author=author(), confirm=confirm)
    if done.approved:
        flash(ngettext("%(num)d segment approved.", "%(num)d segments approved.", len(done.approved)), "ok")
    if done.blocked:
        article = contract.article(database(), article_id)
        return render_template("articles/blocked.html", article=article, blocked=done.blocked), 409
    return redirect(url_for("articles.editor", reference=article_id))


@blueprint.get("/articles/<int:article_id>/export/<format>")
def export(article_id: int, format: str) -> Any:
    if format not in FORMATS:
        abort(404, Message("%(value)r is not one of %(allowed)s", value=format, allowed=", ".join(FORMATS)))
    try:
        name, content = export_one(database(), article_id, format, partial=request.args.get("partial") == "1")
    except NotApproved as error:
        flash(_("Not exported: %(reason)s. You can export what is approved.", reason=spoken(error)), "error")
        return redirect(url_for("articles.editor", reference=article_id))
    suffix = name[name.rindex(".") :]
    media = _MEDIA.get(suffix, "application/octet-stream")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=media, headers=headers)
