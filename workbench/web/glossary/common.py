"""What the pages of the glossary share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, request

from workbench.glossary.conflicts import serious_ids
from workbench.glossary.terms import CATEGORIES, STATUSES, USES
from workbench.store import termlist
from workbench.web.common import app_worker, database
from workbench.web.language import gettext as _
from workbench.web.language import ngettext

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")

CHOICES: dict[str, Any] = {"categories": CATEGORIES, "statuses": STATUSES, "uses": USES}
FILTERS = ("q", "category", "status", "use", "only", "sort")


def given_filters() -> dict[str, str]:
    """The filters as they stand in the address or the form; empty where not given."""
    return {name: request.values.get(name, "") for name in FILTERS}


def query(given: dict[str, str]) -> termlist.Query:
    """The filters as the store understands them."""
    ids = serious_ids(database()) if given["only"] == "conflicts" else frozenset[int]()
    return termlist.Query(
        given["q"], given["category"], given["status"], given["use"], given["only"], given["sort"], ids
    )


def done(event: int | None, count: int) -> None:
    """Say that many terms were changed, with a button that takes it back; stale translations are made again."""
    app_worker().add_stale()
    message = ngettext("%(num)d term changed.", "%(num)d terms changed.", count)
    flash(message if event else _("Nothing was to be changed."), f"undo {event}" if event else "ok")
