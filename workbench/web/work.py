"""Work on a whole article: reading it, find and replace, taking an action back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup

from workbench import replacing, reshaping
from workbench.editing import BadText
from workbench.reading import reading
from workbench.replacing import Query
from workbench.store import articles, events
from workbench.web.common import author, database, wants_fragment
from workbench.web.language import gettext as _
from workbench.web.language import ngettext, spoken

blueprint = Blueprint("work", __name__)


@blueprint.get("/articles/<int:article_id>/read")
def read(article_id: int) -> str:
    """The English as it will be exported beside the Vietnamese."""
    return render_template(
        "articles/read.html", article=articles.find(database(), article_id), reading=reading(database(), article_id)
    )


@blueprint.get("/articles/<int:article_id>/replace")
def replace_form(article_id: int) -> str:
    return _replace_page(article_id, _query(request.args))


@blueprint.post("/articles/<int:article_id>/replace")
def replace(article_id: int) -> Any:
    """Replace in the places that were ticked."""
    query = _query(request.form)
    articles.find(database(), article_id)
    try:
        done = replacing.apply(database(), article_id, query, request.form.getlist("place"), author=author())
    except replacing.Changed as changed:
        rows = ", ".join(map(str, changed.positions))
        message = _("Rows %(rows)s were saved meanwhile; nothing was replaced. Look again.", rows=rows)
        return _replace_page(article_id, query, message), 409
    except BadText as error:
        return _replace_page(article_id, query, spoken(error)), 400
    message = ngettext("Replaced in %(num)d place.", "Replaced in %(num)d places.", done.places)
    if done.reopened:
        again = ngettext(
            "%(num)d approved row is a draft again.", "%(num)d approved rows are drafts again.", done.reopened
        )
        message = f"{message} {again}"
    flash(undo_message(message, done.event), "ok")
    return redirect(url_for("articles.editor", reference=article_id), 303)


@blueprint.post("/undo/<int:event_id>")
def undo(event_id: int) -> Any:
    """Take back a replacement, a merge or a split."""
    event = events.find(database(), event_id) or {"action": None, "article_id": None}
    anchor = None
    try:
        if event["action"] == replacing.REPLACE:
            back, left = replacing.undo(database(), event_id, author=author())
            flash(_("%(back)d rows put back, %(left)d edited since and left.", back=back, left=left), "ok")
        else:
            anchor = f"s{reshaping.undo(database(), event_id, author=author())[0]}"
            flash(_("Taken back."), "ok")
    except reshaping.NothingToUndo as error:
        flash(spoken(error), "error")
    if not event["article_id"]:
        return redirect(url_for("activity.index"), 303)
    return redirect(url_for("articles.editor", reference=event["article_id"], _anchor=anchor), 303)


def undo_message(message: str, event: int) -> Markup:
    """A flash message with a button that takes the event back."""
    return Markup(render_template("_undo.html", message=message, event=event))


def _query(given: Any) -> Query:
    return Query(given.get("find", ""), given.get("replace", ""), bool(given.get("case")), bool(given.get("words")))


def _replace_page(article_id: int, query: Query, error: str = "") -> str:
    page = "articles/_replace.html" if wants_fragment() else "articles/replace.html"
    return render_template(
        page,
        article=articles.find(database(), article_id),
        query=query,
        places=replacing.find(database(), article_id, query),
        error=error,
    )
