"""Who works here: a name and a language per browser; there are no accounts yet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, session, url_for

from workbench.text import squeeze
from workbench.web.common import same_site
from workbench.web.language import LANGUAGES

blueprint = Blueprint("people", __name__)
_LONGEST_NAME = 60


@blueprint.post("/me")
def me() -> Any:
    """Remember the name under which changes are kept, or the language of the interface."""
    session.permanent = True
    name = squeeze(request.form.get("name", ""))[:_LONGEST_NAME]
    if name:
        session["author"] = name
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
    return redirect(same_site(request.form.get("next", ""), url_for("articles.index")))
