"""The list of articles: a page of it, the progress of machine translation, what is done to several at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale

from workbench import bulk, contract
from workbench.editing import BadText
from workbench.export import FORMATS
from workbench.samples import load_missing
from workbench.store import listing, versions
from workbench.store.listing import Wanted
from workbench.text import whole
from workbench.web.common import app_worker, asked_number, author, database, same_site, wants_fragment
from workbench.web.language import day, moment, ngettext, spoken
from workbench.web.language import gettext as _
from workbench.wording import Message

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

PAGE = 50
_MOST_AT_ONCE = 1_000


def articles_page() -> Any:
    """``/``: the whole page, or the list alone where htmx asks for it."""
    template = "articles/_rows.html" if wants_fragment() else "articles/index.html"
    answer = Response(render_template(template, **_list(_wanted(request.args), asked_number("page", 1))))
    if wants_fragment():
        answer.headers["HX-Replace-Url"] = url_for("articles.index", **_said(request.args))
    return answer


@blueprint.get("/progress")
def progress() -> str:
    """What machine translation has done for the articles of ``busy``: their cells, and the counts of the list."""
    shown = listing.with_ids(database(), _ids(request.args.getlist("busy")))
    wanted = _wanted(request.args)
    return render_template(
        "articles/_progress.html",
        articles=[_row(row) for row in shown],
        wanted=wanted,
        counts=listing.counts(database(), wanted),
        said=_said(request.args),
        **_working([row["id"] for row in shown]),
    )


@blueprint.post("")
def act() -> Any:
    """What the buttons under the list do to the ticked articles."""
    action, ids = request.form.get("action", ""), _ids(request.form.getlist("article"))
    actions = {"translate": _translate, "assign": _assign, "archive": _archive, "unarchive": _unarchive}
    if action == "take":
        ids = _ids([request.form.get("take", "")])
    if not ids:
        flash(_("Tick the articles first."), "error")
    elif action == "approve":
        return render_template(
            "articles/approved.html", done=bulk.approve(database(), ids, author=author()), back=_back()
        )
    elif action == "export":
        return _export(ids, request.form.get("format", "markdown"), partial=False)
    elif action in ("take", "mine"):
        _given(bulk.assign(database(), ids, author(), author=author()), author())
    elif action in actions:
        actions[action](ids)
    else:
        abort(400, Message("%(value)r is not known here", value=action))
    return redirect(_back(), 303)


@blueprint.get("/export")
def export() -> Any:
    """The ZIP of several articles; ``partial``: also what is approved of the others."""
    ids = _ids(request.args.getlist("article"))
    return _export(ids, request.args.get("format", "markdown"), partial=request.args.get("partial") == "1", anyway=True)


@blueprint.post("/samples")
def samples() -> Any:
    """Load the sample articles, and the shipped glossary where there is none."""
    for article in load_missing(database(), author=author()):
        app_worker().add(article["id"])
    flash(_("The sample articles are here; machine translation has begun."), "ok")
    return redirect(url_for("articles.index"), 303)


def _list(wanted: Wanted, page: int) -> dict[str, Any]:
    """What the list shows."""
    db = database()
    counts = listing.counts(db, wanted)
    pages = max(1, -(-counts[wanted.state] // PAGE))
    page = min(max(1, page), pages)
    rows = listing.page(db, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    ids = [row["id"] for row in rows]
    return {
        "articles": [_row(row) for row in rows],
        "older": versions.older(db, ids),
        "wanted": wanted,
        "filtered": wanted != Wanted(sort=wanted.sort, dates=wanted.dates),
        "counts": counts,
        "page": page,
        "pages": pages,
        "said": _said(request.args),
        "here": url_for("articles.index", **_said(request.args)),
        "sources": listing.sources(db),
        "people": listing.assignees(db),
        "formats": list(FORMATS),
        "anything": bool(rows) or listing.anything(db),
        "failure": app_worker().failure,
        **_working(ids),
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """An article as the list shows it; times in the reader's way."""
    locale = str(get_locale())
    return {
        **contract.summary(row),
        "published": _published(locale, row["published_on"]),
        "changed": _changed(locale, row["changed_at"]),
        "changed_by": row["changed_by"],
    }


@lru_cache(maxsize=4_000)
def _published(_locale: str, iso: str | None) -> str:
    return day(iso)


@lru_cache(maxsize=4_000)
def _changed(_locale: str, iso: str) -> str:
    return moment(iso)


def _working(ids: list[int]) -> dict[str, Any]:
    """Which of the articles wait for machine translation, and how many of their rows have it."""
    busy = [] if app_worker().failure else [i for i in ids if app_worker().busy(i)]
    return {"busy": busy, "machine_done": listing.machine_done(database(), busy) if busy else {}}


def _wanted(given: Mapping[str, str]) -> Wanted:
    state, sort = given.get("state", ""), given.get("sort", "")
    return Wanted(
        text=given.get("q", "").strip(),
        state=state if state in (*listing.STATES, listing.ARCHIVED) else "",
        source=given.get("source", ""),
        assignee=given.get("assignee", ""),
        dates=given["dates"] if given.get("dates") in listing.DATES else "published",
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        sort=sort if sort in listing.SORTS else "imported",
    )


def _day(text: str) -> str:
    """An ISO day; empty for anything else."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _said(given: Mapping[str, str]) -> dict[str, Any]:
    """The wishes of an address that say something, for the next address."""
    standard = {"sort": "imported", "dates": "published", "page": "1"}
    known = ("q", "state", "source", "assignee", "dates", "since", "until", "sort", "page")
    return {name: given[name] for name in known if given.get(name) and given[name] != standard.get(name)}


def _ids(given: list[str]) -> list[int]:
    return [number for text in given[:_MOST_AT_ONCE] if (number := whole(text)) is not None]


def _back() -> str:
    return same_site(request.form.get("next", ""), url_for("articles.index"))


def _translate(ids: list[int]) -> None:
    for article_id in ids:
        app_worker().add(article_id)
    flash(ngettext("%(num)d article waits for machine translation.", "%(num)d articles wait for machine translation.",
                   len(ids)), "ok")  # fmt: skip


def _assign(ids: list[int]) -> None:
    name = request.form.get("assignee", "").strip()
    if not name:
        flash(_("Say who works on them: a name, or – for nobody."), "error")
        return
    name = "" if name in ("-", "–") else name
    try:
        _given(bulk.assign(database(), ids, name, author=author()), name)
    except BadText as error:
        flash(spoken(error), "error")


def _given(changed: int, name: str) -> None:
    if name:
        flash(ngettext("%(num)d article is given to %(name)s.", "%(num)d articles are given to %(name)s.", changed,
                       name=name), "ok")  # fmt: skip
    else:
        flash(ngettext("%(num)d article is nobody’s now.", "%(num)d articles are nobody’s now.", changed), "ok")


def _archive(ids: list[int]) -> None:
    done = bulk.archive(database(), ids, author=author())
    flash(ngettext("%(num)d article archived; nothing of it is lost.", "%(num)d articles archived; nothing is lost.",
                   done), "ok")  # fmt: skip


def _unarchive(ids: list[int]) -> None:
    done = bulk.unarchive(database(), ids, author=author())
    flash(ngettext("%(num)d article is in the list again.", "%(num)d articles are in the list again.", done), "ok")


def _export(ids: list[int], format: str, *, partial: bool, anyway: bool = False) -> Any:
    """The ZIP; where articles are not approved, first a page that names them."""
    if format not in FORMATS:
        abort(400, Message("%(value)r is not one of %(allowed)s", value=format, allowed=", ".join(FORMATS)))
    packed, skipped = bulk.export_zip(database(), ids, format, partial=partial)
    if skipped and not anyway:
        left_out = {head["id"] for head, _reason in skipped}
        ready = [i for i in ids if i not in left_out]
        return render_template(
            "articles/exported.html", skipped=skipped, ready=ready, ids=ids, format=format, back=_back()
        )
    headers = {"Content-Disposition": f'attachment; filename="song-ngu-{format}.zip"'}
    return Response(packed, mimetype="application/zip", headers=headers)
