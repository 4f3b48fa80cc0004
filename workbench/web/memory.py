"""``/memory``: concordance search in everything that was approved."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from workbench import memory
from workbench.web.common import database, wants_fragment

blueprint = Blueprint("memory", __name__)
_SIDES = ("both", "source", "target")
_LIMIT = 50


@blueprint.get("/memory")
def index() -> str:
    query, side = request.args.get("q", ""), request.args.get("side", "both")
    found = memory.concordance(database(), query, side=_side(side), limit=_LIMIT) if query.strip() else []
    template = "memory/_hits.html" if wants_fragment() else "memory/index.html"
    return render_template(template, hits=found, q=query, side=side, sides=_SIDES, limit=_LIMIT)


@blueprint.get("/memory/window")
def window() -> str:
    """The search as a window inside the editor."""
    query = request.args.get("q", "")
    found = memory.concordance(database(), query, limit=_LIMIT) if query.strip() else []
    return render_template("memory/_window.html", hits=found, q=query, side="both", sides=_SIDES, limit=_LIMIT)


def _side(given: str) -> Any:
    return given if given in _SIDES else "both"
