"""What all blueprints share: the database of the request, who acts, the domain's errors as answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from sqlite_utils import Database
from werkzeug.exceptions import BadRequest, NotFound

from workbench.editing import BadText, NoSuchSegment
from workbench.glossary.changes import BadChange, NoSuchChange
from workbench.machine.worker import Worker
from workbench.people import login_name
from workbench.store import connect
from workbench.store.articles import NoSuchArticle
from workbench.store.terms import NoSuchTerm
from workbench.termfix import NothingToUndo
from workbench.versions import NotAVersion
from workbench.wording import Message, message_of

AUTHOR_COOKIE_DAYS = 365


def database() -> Database:
    """The connection of this request, opened when first asked for."""
    if "db" not in g:
        g.db = connect(current_app.config["DATA"])
    return cast(Database, g.db)


def close_database(_: BaseException | None) -> None:
    db = g.pop("db", None)
    if db is not None:
        db.close()


def data_path() -> Path:
    return cast(Path, current_app.config["DATA"])


def app_worker() -> Worker:
    return cast(Worker, current_app.extensions["worker"])


def author() -> str:
    """The name the editor gave, else that of who runs the workbench."""
    return str(session.get("author") or login_name())


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def same_site(target: str, otherwise: str) -> str:
    """``target`` where it is a path of this site, else ``otherwise``: no form sends anybody elsewhere."""
    parts = urlsplit(target)
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if safe else otherwise


def number(field: str) -> int | None:
    """A number of the form, None where the field is empty."""
    value = request.form.get(field, "")
    if value and not (value.isdecimal() and value.isascii()):
        raise BadRequest(Message("%(field)s is not a number", field=field))
    return int(value) if value else None


def install_errors(app: Flask) -> None:
    """What the domain raises for things that are not there or not right, as 404 and 400."""

    def missing(error: LookupError) -> Any:
        return app.handle_user_exception(NotFound(message_of(error)))

    def wrong(error: ValueError) -> Any:
        return app.handle_user_exception(BadRequest(message_of(error)))

    for kind in (NoSuchArticle, NoSuchSegment, NoSuchTerm, NothingToUndo, NoSuchChange, NotAVersion):
        app.register_error_handler(kind, missing)
    app.register_error_handler(BadText, wrong)
    app.register_error_handler(BadChange, wrong)
