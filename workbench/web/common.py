"""What all blueprints share: the database of the request, who acts, the domain's errors as answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from sqlite_utils import Database
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.routing import IntegerConverter

from workbench.editing import BadText, NoSuchSegment
from workbench.glossary.changes import BadChange, NoSuchChange
from workbench.machine.worker import Worker
from workbench.people import login_name
from workbench.store import connect
from workbench.store.articles import NoSuchArticle
from workbench.store.terms import NoSuchTerm
from workbench.termfix import NothingToUndo
from workbench.text import DIGITS, whole
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
    """A number of the form, None where the field is empty. Raises BadRequest for anything that is no id."""
    value = request.form.get(field, "")
    found = whole(value)
    if value and found is None:
        raise _no_number(field)
    return found


def asked_number(name: str, otherwise: int) -> int:
    """A number of the address, ``otherwise`` where it is none. Raises BadRequest for one too large for any page."""
    value = request.args.get(name, "")
    found = whole(value)
    if found is None and value.isdecimal():
        raise _no_number(name)
    return otherwise if found is None else found


def _no_number(field: str) -> BadRequest:
    return BadRequest(Message("%(field)s is not a number", field=field))


class _Whole(IntegerConverter):
    """``<int:…>`` in the rules of all addresses: what no row can have as its id is not found."""

    regex = rf"[0-9]{{1,{DIGITS}}}"


def install_converters(app: Flask) -> None:
    """To be called before any rule is added."""
    app.url_map.converters["int"] = _Whole


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
