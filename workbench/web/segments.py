"""One segment: its row, its panel, and saving, approving and going back without JavaScript."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from workbench import contract, editing, memory, reshaping
from workbench.store import articles, comments, lineage, revisions
from workbench.web.common import author, database, number
from workbench.web.rendering import row_html
from workbench.wording import Message

blueprint = Blueprint("segments", __name__, url_prefix="/segments")


@blueprint.get("/<int:segment_id>")
def detail(segment_id: int) -> Any:
    """Everything about a segment on a page of its own."""
    try:
        return render_template("segments/detail.html", **_everything(segment_id))
    except editing.Replaced as replaced:
        return redirect(url_for("segments.detail", segment_id=replaced.successors[0]["id"]))


@blueprint.get("/<int:segment_id>/panel")
def panel(segment_id: int) -> str:
    return render_template("segments/_panel.html", **_everything(segment_id))


@blueprint.get("/<int:segment_id>/row")
def row(segment_id: int) -> str:
    return row_html(contract.segment(database(), editing.segment(database(), segment_id)))


@blueprint.post("/<int:segment_id>")
def save(segment_id: int) -> Any:
    """The form of a row: save, or save and approve. A conflict shows both texts side by side."""
    text, base = request.form.get("text", ""), number("base_revision")
    try:
        stored = editing.segment(database(), segment_id)
    except editing.Replaced as replaced:
        article_id = replaced.successors[0]["article_id"]
        page = render_template("segments/replaced.html", rows=replaced.successors, mine=text, article_id=article_id)
        return page, 409
    action = request.form.get("action", "save")
    try:
        if text.strip() != (stored["machine"] or "") or stored["revision"]:
            base = editing.save(database(), segment_id, text, base=base, author=author())["id"]
        if action in ("approve", "approve-confirmed"):
            confirm = action == "approve-confirmed"
            editing.approve(database(), segment_id, author=author(), base=base or 0, confirm=confirm)
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
    revision_id = number("revision")
    if revision_id is None:
        abort(400, Message("%(field)s is not a number", field="revision"))
    stored = editing.segment(database(), segment_id)
    try:
        editing.restore(database(), segment_id, revision_id, base=number("base_revision"), author=author())
    except editing.Conflict as conflict:
        mine = (revisions.find(database(), revision_id) or {})["text"]
        shown = contract.segment(database(), editing.segment(database(), segment_id))
        page = render_template("segments/conflict.html", segment=shown, mine=mine, newest=conflict.newest)
        return page, 409
    return redirect(url_for("articles.editor", reference=stored["article_id"], _anchor=f"s{segment_id}"))


def _everything(segment_id: int) -> dict[str, Any]:
    stored = editing.segment(database(), segment_id)
    return {
        "segment": contract.segment(database(), stored),
        "article_id": stored["article_id"],
        "matches": _matches(stored),
        "revisions": _history(segment_id, stored["machine"] or ""),
        "ancestors": [
            {**parent, "revisions": _history(parent["id"], "")} for parent in lineage.ancestors(database(), segment_id)
        ],
        "comments": comments.of_segment(database(), segment_id),
        "next": reshaping.neighbour(database(), stored),
    }


def _matches(stored: dict[str, Any]) -> list[memory.Match]:
    """What the memory holds for the segment, its neighbours counted."""
    rows = articles.segments(database(), stored["article_id"])
    sources = {row["position"]: row["source"] for row in rows}
    return memory.lookup(
        database(),
        stored["source"],
        before=sources.get(stored["position"] - 1),
        after=sources.get(stored["position"] + 1),
        exclude_segment=stored["id"],
    )


def _history(segment_id: int, machine: str) -> list[dict[str, Any]]:
    """The revisions of a segment, newest first, each with the text ``before`` it and the ``machine`` translation."""
    history = revisions.history(database(), segment_id)
    before = [revision["text"] for revision in history[1:]] + [machine]
    return [{**r, "before": older, "machine": machine} for r, older in zip(history, before, strict=False)]
