"""One segment: its row, its panel, and saving, approving and going back without JavaScript."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from workbench import contract, editing
from workbench.store import revisions
from workbench.web.common import author, database

blueprint = Blueprint("segments", __name__, url_prefix="/segments")


@blueprint.get("/<int:segment_id>")
def detail(segment_id: int) -> str:
    """Everything about a segment on a page of its own."""
    return render_template("segments/detail.html", **_everything(segment_id))


@blueprint.get("/<int:segment_id>/panel")
def panel(segment_id: int) -> str:
    return render_template("segments/_panel.html", **_everything(segment_id))


@blueprint.get("/<int:segment_id>/row")
def row(segment_id: int) -> str:
    stored = editing.segment(database(), segment_id)
    return render_template("segments/_row.html", segment=contract.segment(database(), stored))


@blueprint.post("/<int:segment_id>")
def save(segment_id: int) -> Any:
    """The form of a row: save, or save and approve. A conflict shows both texts side by side."""
    text, base = request.form.get("text", ""), _number("base_revision")
    stored = editing.segment(database(), segment_id)
    action = request.form.get("action", "save")
    try:
        if text.strip() != (stored["machine"] or "") or stored["revision"]:
            editing.save(database(), segment_id, text, base=base, author=author())
        if action in ("approve", "approve-confirmed"):
            editing.approve(database(), segment_id, author=author(), confirm=action == "approve-confirmed")
    except editing.Conflict as conflict:
        shown = contract.segment(database(), editing.segment(database(), segment_id))
        page = render_template("segments/conflict.html", segment=shown, mine=text, newest=conflict.newest)
        return page, 409
    except editing.Blocked as blocked:
        shown = contract.segment(database(), editing.segment(database(), segment_id))
        return render_template("segments/blocked.html", segment=shown, checks=blocked.checks), 409
    return redirect(url_for("articles.editor", reference=stored["article_id"], _anchor=f"s{segment_id}"))


@blueprint.post("/<int:segment_id>/restore")
def restore(segment_id: int) -> Any:
    revision_id = _number("revision")
    if revision_id is None:
        abort(400, "revision is missing")
    stored = editing.segment(database(), segment_id)
    try:
        editing.restore(database(), segment_id, revision_id, base=_number("base_revision"), author=author())
    except editing.Conflict as conflict:
        mine = (revisions.find(database(), revision_id) or {})["text"]
        shown = contract.segment(database(), editing.segment(database(), segment_id))
        page = render_template("segments/conflict.html", segment=shown, mine=mine, newest=conflict.newest)
        return page, 409
    return redirect(url_for("articles.editor", reference=stored["article_id"], _anchor=f"s{segment_id}"))


def _everything(segment_id: int) -> dict[str, Any]:
    stored = editing.segment(database(), segment_id)
    history = revisions.history(database(), segment_id)
    before = [*history[1:], None] if history else []
    return {
        "segment": contract.segment(database(), stored),
        "article_id": stored["article_id"],
        "revisions": [
            {**revision, "before": older["text"] if older else stored["machine"] or ""}
            for revision, older in zip(history, before, strict=True)
        ],
    }


def _number(field: str) -> int | None:
    value = request.form.get(field, "")
    if value and not value.isdigit():
        abort(400, f"{field} is not a number")
    return int(value) if value else None
