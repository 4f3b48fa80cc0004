"""What is done to the rows of the editor besides their English: merge, split, comment."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from workbench import contract, editing, reshaping
from workbench.quality import current_text
from workbench.web.common import app_worker, author, database, number, wants_fragment
from workbench.web.language import gettext as _
from workbench.web.language import spoken
from workbench.web.work import undo_message

blueprint = Blueprint("rows", __name__, url_prefix="/segments")


@blueprint.post("/<int:segment_id>/merge")
def merge(segment_id: int) -> Any:
    """Merge with the next row of the paragraph; the form carries the revisions that were seen of both."""
    stored = editing.segment(database(), segment_id)
    bases = [number("base_revision"), number("next_revision")]
    try:
        done = reshaping.merge(database(), segment_id, author=author(), bases=bases)
    except editing.Conflict as conflict:
        return _refused(stored, _changed(conflict))
    except editing.BadText as error:
        return _refused(stored, spoken(error))
    flash(undo_message(_("Rows merged; their English is one draft to review."), done.event), "ok")
    return _back(stored["article_id"], done.segments[0])


@blueprint.get("/<int:segment_id>/split")
def split_form(segment_id: int) -> str:
    return _split_page(editing.segment(database(), segment_id))


@blueprint.post("/<int:segment_id>/split")
def split(segment_id: int) -> Any:
    """Split where the line breaks are in both texts of the form."""
    stored = editing.segment(database(), segment_id)
    source, target = request.form.get("source", ""), request.form.get("target", "")
    try:
        parts = _cut(source, _("Vietnamese")), _cut(target, _("English"))
        done = reshaping.split(
            database(), segment_id, *parts, author=author(), base=number("base_revision"), check_base=True
        )
    except editing.Conflict as conflict:
        return _refused(stored, _changed(conflict))
    except editing.BadText as error:
        return _split_page(stored, source=source, target=target, error=spoken(error)), 400
    flash(undo_message(_("Row split in two."), done.event), "ok")
    return _back(stored["article_id"], done.segments[0])


@blueprint.post("/<int:segment_id>/comments")
def comment(segment_id: int) -> Any:
    """Add a comment: in the editor the list comes back, without JavaScript the row's page."""
    editing.comment(database(), segment_id, request.form.get("comment", ""), author=author())
    return redirect(url_for("segments.detail", segment_id=segment_id, _anchor="comments"), 303)


def _cut(text: str, side: str) -> tuple[str, str]:
    """The two parts of a text with one line break; empty English has two empty parts."""
    parts = text.replace("\r\n", "\n").split("\n")
    if len(parts) == 1 and not text.strip():
        return "", ""
    if len(parts) != 2:
        raise editing.BadText(_("%(side)s: put exactly one line break where the second row begins", side=side))
    return parts[0], parts[1]


def _split_page(stored: dict[str, Any], **given: str) -> str:
    english = current_text(stored) or ""
    values = {
        "source": given.get("source") or _with_break(stored["source"]),
        "target": given.get("target") or (_with_break(english) if english else ""),
    }
    page = "segments/_split.html" if wants_fragment() else "segments/split.html"
    segment = contract.segment(database(), stored)
    article_id = stored["article_id"]
    return render_template(page, segment=segment, article_id=article_id, values=values, error=given.get("error"))


def _with_break(text: str) -> str:
    place = reshaping.suggested_break(text)
    return f"{text[:place].rstrip()}\n{text[place:].lstrip()}"


def _changed(conflict: editing.Conflict) -> str:
    return _("%(who)s saved one of the rows meanwhile; nothing was changed.", who=conflict.newest["author"])


def _refused(stored: dict[str, Any], message: str) -> Any:
    flash(message, "error")
    return _back(stored["article_id"], stored["id"])


def _back(article_id: int, segment_id: int) -> Any:
    app_worker().add(article_id)
    return redirect(url_for("articles.editor", reference=article_id, _anchor=f"s{segment_id}"), 303)
