"""Many terms at once: bulk edits, conflicts, merges, and taking them back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from workbench import termfix
from workbench.glossary import changes, usage
from workbench.glossary.conflicts import KINDS, conflicts
from workbench.glossary.exchange import differences
from workbench.store import events, termlist, terms
from workbench.text import whole
from workbench.web.common import app_worker, asked_number, author, database, number, same_site
from workbench.web.glossary.common import FILTERS, blueprint, done, given_filters, query
from workbench.web.language import gettext as _
from workbench.web.language import ngettext

_SHOWN = 200
# What a button of the list does, in the words of ``plan_bulk``.
_ACTIONS = {
    "approve": {"status": "approved"},
    "propose": {"status": "proposed"},
    "retire": {"status": "obsolete"},
    "enforce": {"use": "enforce"},
    "suggest": {"use": "suggest"},
}


@blueprint.post("/bulk")
def bulk() -> Any:
    """Ticked rows (``id``), or all that match the filters (``all``) → a page that says what would change → done."""
    db = database()
    given = given_filters()
    ids = termlist.search(db, query(given))[0] if request.form.get("all") == "yes" else _ticked()
    action = request.form.get("action", "")
    wanted = _ACTIONS.get(action) or ({"category": action.removeprefix("category-")} if "category-" in action else {})
    if not ids or not wanted:
        flash(_("Tick the terms to be changed, and choose what to do with them."), "error")
        return redirect(_back(given))
    plan = changes.plan_bulk(db, ids, **wanted)
    if request.form.get("confirm") == "yes":
        event = changes.apply_bulk(db, plan, author=author(), reason=request.form.get("reason", "").strip())
        done(event, len(plan.changed))
        return redirect(_back(given))
    usage.refresh(db)
    changed = [old.id for old, _new in plan.changed]
    return render_template(
        "glossary/bulk.html",
        plan=plan,
        action=action,
        given=given,
        ids=changed,
        shown=_SHOWN,
        touched=termlist.segment_count(db, changed),
        back=_back(given),
    )


def _ticked() -> list[int]:
    given = (whole(i) for part in request.form.getlist("id") for i in part.split(","))
    return [i for i in given if i is not None]


def _back(given: dict[str, str]) -> str:
    kept: dict[str, Any] = {name: given[name] for name in FILTERS if given[name]}
    return url_for("glossary.index", **kept)


@blueprint.get("/conflicts")
def conflict_list() -> str:
    found = conflicts(database())
    counts = {kind: sum(c.kind == kind for c in found) for kind in KINDS}
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        kind = next((k for k in KINDS if counts[k]), KINDS[0])
    shown = [c for c in found if c.kind == kind]
    return render_template(
        "glossary/conflicts.html", conflicts=shown[:_SHOWN], total=len(shown), counts=counts, kind=kind, shown=_SHOWN
    )


@blueprint.get("/merge")
def merge_form() -> str:
    """``keep`` and ``other``: what merging them would give."""
    keep, other = (terms.find(database(), asked_number(name, 0)) for name in ("keep", "other"))
    first = "given" not in request.args
    sources, targets = (first or request.args.get(name) == "yes" for name in ("sources", "targets"))
    new, retired = changes.merged(keep, other, sources=sources, targets=targets)
    return render_template(
        "glossary/merge.html",
        keep=keep,
        other=other,
        new=new,
        fields=differences(keep, new),
        retired=retired,
        sources=sources,
        targets=targets,
    )


@blueprint.post("/merge")
def merge() -> Any:
    form = request.form
    keep, other = (number(name) or 0 for name in ("keep", "other"))
    sources, targets = (form.get(name) == "yes" for name in ("sources", "targets"))
    reason = form.get("reason", "").strip()
    event = changes.merge(database(), keep, other, author=author(), sources=sources, targets=targets, reason=reason)
    app_worker().add_stale()
    flash(_("The terms are merged."), f"undo {event}")
    return redirect(url_for("glossary.term", term_id=keep))


@blueprint.post("/undo/<int:event_id>")
def undo(event_id: int) -> Any:
    """Take back the repair of drafts by a term, or a change of many terms."""
    event = events.find(database(), event_id)
    if event is None:
        abort(404)
    if event["action"] == termfix.ACTION:
        back, left = termfix.undo(database(), event_id, author=author())
        flash(ngettext("%(num)d draft put back.", "%(num)d drafts put back.", back), "ok")
        flash(_("The term itself stays as it is; open it to change it."), "ok")
    else:
        back, left = changes.undo(database(), event_id, author=author())
        app_worker().add_stale()
        flash(ngettext("%(num)d term put back.", "%(num)d terms put back.", back), "ok")
    if left:
        flash(ngettext("%(num)d was edited since and stays.", "%(num)d were edited since and stay.", left), "ok")
    return redirect(same_site(request.form.get("next", ""), url_for("activity.index")))
