"""``/articles/ID/versions``: what a corrected article changed, and the older English of the rows it changed."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from workbench import editing, versions
from workbench.quality import current_text
from workbench.store import articles
from workbench.store import versions as store
from workbench.web.common import author, database, number
from workbench.web.language import gettext as _
from workbench.web.language import ngettext

blueprint = Blueprint("versions", __name__)


@blueprint.get("/articles/<int:article_id>/versions")
def show(article_id: int) -> Any:
    """What this version changed in the one before it; a list of all versions."""
    head = articles.find(database(), article_id)
    newer = store.newer(database(), article_id)
    found = versions.comparison(database(), article_id) if head["supersedes"] else None
    return render_template(
        "articles/versions.html",
        article=head,
        newer=newer,
        older=store.older(database(), [article_id]).get(article_id, []),
        comparison=found,
        groups=[(kind, list(rows)) for kind, rows in groupby(found.changes if found else (), key=attrgetter("kind"))],
        current_text=current_text,
        alike=versions.alike,
    )


@blueprint.post("/articles/<int:article_id>/versions/take")
def take(article_id: int) -> Any:
    """Make the older English of one changed row its draft."""
    segment = number("segment") or 0
    try:
        versions.take_old(database(), article_id, segment, base=number("base_revision"), author=author())
        flash(_("The older English is the draft of this row now."), "ok")
    except editing.Conflict as conflict:
        flash(_("%(name)s saved this row meanwhile; look again.", name=conflict.newest["author"]), "error")
    return redirect(url_for("versions.show", article_id=article_id, _anchor=f"s{segment}"), 303)


@blueprint.post("/articles/<int:article_id>/versions/take-all")
def take_all(article_id: int) -> Any:
    """The same for every changed row that nobody has edited yet."""
    taken = versions.take_all_old(database(), article_id, author=author())
    flash(ngettext("%(num)d row has the older English as its draft.", "%(num)d rows have the older English as drafts.",
                   taken), "ok")  # fmt: skip
    return redirect(url_for("versions.show", article_id=article_id), 303)


@blueprint.post("/articles/<int:article_id>/versions/unlink")
def unlink(article_id: int) -> Any:
    """It is another article, not a newer version."""
    versions.unlink(database(), article_id, author=author())
    flash(_("These are two articles now; both are in the list."), "ok")
    return redirect(url_for("articles.editor", reference=article_id), 303)


def opened(article_id: int, supersedes: int | None) -> str:
    """Where to go after an import: to what changed, where the article is a newer version."""
    if supersedes:
        return url_for("versions.show", article_id=article_id)
    return url_for("articles.editor", reference=article_id)
