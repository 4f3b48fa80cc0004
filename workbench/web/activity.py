"""``/activity``: who did what when."""

from __future__ import annotations

from flask import Blueprint, render_template

from workbench.store import events
from workbench.web.common import database

blueprint = Blueprint("activity", __name__)


@blueprint.get("/activity")
def index() -> str:
    found = events.latest(database())
    taken_back = {event["detail"]["event"] for event in found if event["action"].endswith("undo")}
    return render_template("activity.html", events=found, taken_back=taken_back)
