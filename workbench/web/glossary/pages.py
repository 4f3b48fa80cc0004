"""``/glossary``: search, add, edit and retire terms, import and export CSV."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from workbench import glossary, termfix
from workbench.encoding import UnreadableText, decode
from workbench.glossary.exchange import COLUMNS, RowError, build_term, cells, to_csv
from workbench.glossary.terms import CATEGORIES, STATUSES, USES, Term
from workbench.store import articles, terms
from workbench.web.common import app_worker, author, database, same_site, wants_fragment

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")

_PAGE = 100
_CHOICES = {"categories": CATEGORIES, "statuses": STATUSES, "uses": USES}


@blueprint.get("")
def index() -> str:
    given = {name: request.args.get(name, "") for name in ("category", "status", "use")}
    text = request.args.get("q", "")
    page = max(1, request.args.get("page", 1, type=int))
    found, total = terms.search(database(), text, **given, limit=_PAGE, offset=(page - 1) * _PAGE)
    template = "glossary/_table.html" if wants_fragment() else "glossary/index.html"
    pages = max(1, -(-total // _PAGE))
    return render_template(
        template, terms=found, total=total, q=text, given=given, page=page, pages=pages, **_CHOICES
    )


@blueprint.get("/new")
def new() -> str:
    names = ("source", "target", "category", "status")
    return _form({name: request.args.get(name, "") for name in names}, None, [])


@blueprint.post("/new")
def add() -> Any:
    term, errors = build_term(request.form)
    if term is not None:
        existing = terms.matching(database(), term.source, term.category)
        if existing is not None:
            errors = [RowError(0, "source", _("the term is there already, as “%(target)s”", target=existing.target))]
    if term is None or errors:
        return _form(request.form, None, errors), 400
    return _save(term)


@blueprint.get("/<int:term_id>")
def term(term_id: int) -> str:
    found = terms.find(database(), term_id)
    return _form(_values(found), found, [])


@blueprint.post("/<int:term_id>")
def change(term_id: int) -> Any:
    old = terms.find(database(), term_id)
    if request.form.get("action") == "retire":
        return _save(replace(old, status="obsolete"))
    new, errors = build_term({"case_sensitive": "", **request.form}, base=old)
    if new is not None:
        other = terms.matching(database(), new.source, new.category)
        if other is not None and other.id != old.id:
            errors = [RowError(0, "source", _("another term has this source: “%(target)s”", target=other.target))]
    if new is None or errors:
        return _form(request.form, old, errors), 400
    return _save(new)


def _save(term: Term) -> Any:
    """Show what the term touches where people worked already; with that seen, save it and repair drafts."""
    if request.form.get("confirm") != "yes":
        found = termfix.impact(database(), term, app_worker().engine)
        if found.repairs or found.review or found.unsure:
            page = "glossary/_impact.html" if wants_fragment() else "glossary/impact.html"
            return render_template(page, impact=found, form=request.form)
    reason = request.form.get("reason", "")
    term_id = glossary.save(database(), term, author=author(), reason=reason)
    app_worker().add_stale()
    flash(_("Term saved: %(source)s → %(target)s", source=term.source, target=term.target), "ok")
    if request.form.get("repair") == "yes":
        fixed = termfix.apply(database(), term_id, author=author(), engine=app_worker().engine)
        if fixed.event is not None:
            repaired = ngettext("%(num)d draft repaired.", "%(num)d drafts repaired.", len(fixed.repaired))
            flash(repaired, f"undo {fixed.event}")
    return _after()


@blueprint.post("/undo/<int:event_id>")
def undo(event_id: int) -> Any:
    """Take back the repair of drafts by a term."""
    back, left = termfix.undo(database(), event_id, author=author())
    flash(ngettext("%(num)d draft put back.", "%(num)d drafts put back.", back), "ok")
    if left:
        flash(ngettext("%(num)d was edited since and stays.", "%(num)d were edited since and stay.", left), "ok")
    return redirect(same_site(request.form.get("next", ""), url_for("activity.index")))


@blueprint.post("/accept")
def accept() -> Any:
    """Take a proposed name into the glossary, as ``proposed``: it steers, and shows as such until approved."""
    term, errors = build_term({**request.form, "status": "proposed", "use": "enforce"})
    if term is None:
        abort(400, errors[0].message)
    if terms.matching(database(), term.source, term.category) is None:
        glossary.save(database(), term, author=author(), reason="proposal")
        app_worker().add_stale()
        flash(_("Proposed term added: %(source)s → %(target)s", source=term.source, target=term.target), "ok")
    return redirect(same_site(request.form.get("next", ""), url_for("glossary.index", q=term.source)))


@blueprint.get("/import")
def import_form() -> str:
    return render_template("glossary/import.html", plan=None)


@blueprint.post("/import")
def import_csv() -> Any:
    """Upload → preview of added, updated and wrong rows → confirm (the text comes back with the form)."""
    confirmed = request.form.get("confirm") == "yes"
    file = request.files.get("file")
    name = request.form.get("name") or (file.filename if file else "") or "glossary.csv"
    try:
        text = request.form["text"] if confirmed else decode(file.read() if file else b"")
    except UnreadableText as error:
        flash(f"{name}: {error}", "error")
        return redirect(url_for("glossary.import_form"))
    plan = glossary.import_csv(database(), text, author=author(), name=name, dry_run=not confirmed)
    if confirmed and not plan.errors:
        app_worker().add_stale()
        flash(
            _(
                "%(added)d added, %(updated)d updated, %(unchanged)d unchanged.",
                added=len(plan.added),
                updated=len(plan.updated),
                unchanged=plan.unchanged,
            ),
            "ok",
        )
        return redirect(url_for("glossary.index"))
    return render_template("glossary/import.html", plan=plan, text=text, name=name), 400 if plan.errors else 200


@blueprint.get("/export.csv")
def export_csv() -> Response:
    headers = {"Content-Disposition": 'attachment; filename="glossary.csv"'}
    return Response(to_csv(terms.all_terms(database())), mimetype="text/csv", headers=headers)


def _after() -> Any:
    """Back to the article the term was opened from, else to the glossary."""
    segment = request.form.get("segment", "")
    row = articles.segment(database(), int(segment)) if segment.isdigit() else None
    if row is not None:
        return redirect(url_for("articles.editor", reference=row["article_id"], _anchor=f"s{row['id']}"))
    return redirect(url_for("glossary.index", q=request.form.get("source", "")))


def _places(found: Term) -> list[dict[str, Any]]:
    """The segments a term occurs in."""
    return [row for i in glossary.touched(database(), [found]) if (row := articles.segment(database(), i))]


def _values(found: Term) -> dict[str, str]:
    return dict(zip(COLUMNS, cells(found), strict=True))


def _form(values: Any, found: Term | None, errors: list[RowError]) -> str:
    return render_template(
        "glossary/_form.html" if wants_fragment() else "glossary/term.html",
        values=values,
        term=found,
        errors={e.field: e.message for e in errors},
        history=terms.history(database(), found.id) if found else [],
        places=_places(found) if found else [],
        segment=request.values.get("segment", ""),
        **_CHOICES,
    )
