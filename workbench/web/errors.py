"""Requests that cannot be answered: a page in the reader's language, or JSON."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, default_exceptions

from workbench.web.language import gettext as _
from workbench.web.language import spoken
from workbench.wording import Message


def install_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _answer)


def _answer(error: HTTPException) -> Any:
    message: str = _own_words(error)
    code = error.code or 500
    if request.path.startswith("/api/"):
        return {"error": str(message), "said": spoken(message)}, code
    return render_template("error.html", code=code, name=_names().get(code, error.name), message=spoken(message)), code


def _own_words(error: HTTPException) -> str:
    """What the workbench says itself about an error, where nothing more exact is known."""
    if isinstance(error, CSRFError):
        return Message("The page was open for too long or in another browser; load it again and repeat the step.")
    if error.description and error.description != getattr(default_exceptions.get(error.code or 500), "description", ""):
        return error.description
    said: dict[int | None, str] = {
        404: Message("There is no such page. It may have been moved, or the address is wrong."),
        405: Message("This address only takes what a form sends. Go back and press its button."),
        413: Message("What was sent is too large: at most 64 MB at once."),
        500: Message("The workbench made a mistake. What was saved is safe; the log on the server says more."),
    }
    return said.get(error.code, error.description or error.name)


def _names() -> dict[int, str]:
    return {
        400: _("This cannot be done"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("Not to be opened"),
        409: _("Changed meanwhile"),
        413: _("Too large"),
        500: _("A mistake of the workbench"),
    }
