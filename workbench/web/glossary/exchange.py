"""Import with a preview, and export: CSV and TBX."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from workbench import glossary
from workbench.encoding import UnreadableText, decode
from workbench.glossary.exchange import differences, to_csv, wrong_rows
from workbench.glossary.tbx import to_tbx
from workbench.store import events, terms
from workbench.web.common import app_worker, author, database
from workbench.web.glossary.common import blueprint
from workbench.web.language import gettext as _
from workbench.web.language import spoken

_SHOWN = 300


@blueprint.get("/import")
def import_form() -> str:
    return render_template("glossary/import.html", plan=None)


@blueprint.post("/import")
def import_csv() -> Any:
    """Upload → preview of added, changed and wrong rows → confirm (the text comes back with the form).

    ``held``: files sent before; their right rows go in with the mended ones of the new file.
    """
    db = database()
    confirmed = request.form.get("confirm") == "yes"
    file = request.files.get("file")
    name = request.form.get("name") or (file.filename if file else "") or "glossary.csv"
    held = request.form.getlist("held")
    try:
        text = request.form["text"] if confirmed else decode(file.read() if file else b"")
    except UnreadableText as error:
        flash(f"{name}: {spoken(error)}", "error")
        return redirect(url_for("glossary.import_form"))
    plan = glossary.import_csv(db, text, author=author(), name=name, dry_run=not confirmed, held=held)
    if not confirmed or plan.errors:
        page = render_template(
            "glossary/import.html",
            plan=plan,
            changed=[(new, differences(old, new)) for old, new in plan.updated[:_SHOWN]],
            shown=_SHOWN,
            text=text,
            held=held,
            name=name,
        )
        return page, 400 if plan.errors else 200
    app_worker().add_stale()
    message = _(
        "%(added)d added, %(updated)d updated, %(unchanged)d unchanged.",
        added=len(plan.added),
        updated=len(plan.updated),
        unchanged=plan.unchanged,
    )
    event = events.newest_id(db) if plan.added or plan.updated else None
    flash(message, f"undo {event}" if event else "ok")
    return redirect(url_for("glossary.index"))


@blueprint.post("/import/wrong.csv")
def wrong_csv() -> Response:
    """The wrong rows of the text that the preview carries, with the reason, to be mended and sent again."""
    stem = PurePath(request.form.get("name", "glossary")).stem or "glossary"
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in stem if c.isascii()) or "glossary"
    return _file(wrong_rows(request.form.get("text", "")).encode("utf-8-sig"), "text/csv", f"{plain}-wrong-rows.csv")


@blueprint.get("/export.csv")
def export_csv() -> Response:
    return _file(to_csv(terms.all_terms(database())).encode("utf-8-sig"), "text/csv", "glossary.csv")


@blueprint.get("/export.tbx")
def export_tbx() -> Response:
    return _file(to_tbx(terms.all_terms(database())), "application/x-tbx+xml", "glossary.tbx")


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
