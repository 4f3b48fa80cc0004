"""The list of terms and the page of one term."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from workbench import glossary, termfix
from workbench.glossary import usage
from workbench.glossary.conflicts import of_term, serious_ids
from workbench.glossary.exchange import COLUMNS, RowError, build_term, cells, differences
from workbench.glossary.terms import Term
from workbench.store import articles, termlist, terms
from workbench.text import whole
from workbench.web.common import app_worker, asked_number, author, database, same_site, wants_fragment
from workbench.web.glossary.common import CHOICES, blueprint, given_filters, query
from workbench.web.language import gettext as _
from workbench.web.language import ngettext, spoken

_PAGE = 100
_PLACES = 30


@blueprint.get("")
def index() -> str:
    db = database()
    usage.refresh(db)
    given = given_filters()
    page = max(1, asked_number("page", 1))
    ids, total = termlist.search(db, query(given), limit=_PAGE, offset=(page - 1) * _PAGE)
    return render_template(
        "glossary/_table.html" if wants_fragment() else "glossary/index.html",
        terms=terms.find_all(db, ids),
        counts=termlist.counts(db, ids),
        conflicts=serious_ids(db),
        total=total,
        given=given,
        page=page,
        pages=max(1, -(-total // _PAGE)),
        **CHOICES,
    )


@blueprint.get("/new")
def new() -> str:
    names = ("source", "target", "category", "status")
    return _form({name: request.args.get(name, "") for name in names}, None, [])


@blueprint.post("/new")
def add() -> Any:
    term, errors = build_term(_given())
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
    new, errors = build_term({"case_sensitive": "", **_given()}, base=old)
    if new is not None:
        other = terms.matching(database(), new.source, new.category)
        if other is not None and other.id != old.id:
            errors = [RowError(0, "source", _("another term has this source: “%(target)s”", target=other.target))]
    if request.form.get("seen", "") not in ("", str(terms.newest_change(database(), term_id))):
        now = old.target
        meanwhile = _("somebody changed this term meanwhile, to “%(target)s”; save again to write over it", target=now)
        errors = [*errors, RowError(0, "source", meanwhile)]
    if new is None or errors:
        return _form(request.form, old, errors), 409 if new else 400
    return _save(new)


def _given() -> dict[str, str]:
    """The form; a term that is not translated has its source as target."""
    given = request.form.to_dict()
    return {**given, "target": given.get("source", "")} if given.get("keep") == "yes" else given


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


def _after() -> Any:
    """Back to the article the term was opened from, else to the glossary."""
    segment = whole(request.form.get("segment", ""))
    row = None if segment is None else articles.segment(database(), segment)
    if row is not None:
        return redirect(url_for("articles.editor", reference=row["article_id"], _anchor=f"s{row['id']}"))
    return redirect(url_for("glossary.index", q=request.form.get("source", "")))


def _values(found: Term) -> dict[str, str]:
    return dict(zip(COLUMNS, cells(found), strict=True))


def _history(term_id: int) -> list[dict[str, Any]]:
    """The versions of a term, newest first, each with what it changed: ``fields`` (name, before, after)."""
    versions = terms.history(database(), term_id)
    read = [terms.from_dict(v["term"]) for v in versions]
    return [
        {**v, "fields": differences(read[i + 1], read[i]) if i + 1 < len(read) else []} for i, v in enumerate(versions)
    ]


def _form(values: Any, found: Term | None, errors: list[RowError]) -> str:
    whole = not wants_fragment() and found is not None
    limit = -1 if request.args.get("places") == "all" else _PLACES
    if whole:
        usage.refresh(database())
    return render_template(
        "glossary/term.html" if not wants_fragment() else "glossary/_form.html",
        values=values,
        term=found,
        errors={e.field: spoken(e.message) for e in errors},
        history=_history(found.id) if found and whole else [],
        places=termlist.places(database(), found.id, limit=limit) if found and whole else [],
        count=termlist.counts(database(), [found.id])[found.id] if found and whole else 0,
        conflicts=of_term(database(), found.id) if found and whole else [],
        segment=request.values.get("segment", ""),
        seen=terms.newest_change(database(), found.id) if found else "",
        **CHOICES,
    )
