"""The language of the interface: English or Vietnamese, by choice, else by Accept-Language."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from flask import Flask, request, session
from flask_babel import Babel, format_date, format_datetime, get_locale

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}


def install_babel(app: Flask) -> None:
    Babel(app, locale_selector=_locale)
    app.jinja_env.globals["languages"] = LANGUAGES
    app.jinja_env.globals["current_language"] = lambda: str(get_locale())
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["moment"] = moment


def _locale() -> str:
    chosen = session.get("language")
    return cast(str, chosen) if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES), "en")


def day(iso: str | None) -> str:
    """``2026-02-04`` in the reader's way: ``Feb 4, 2026``, ``4 thg 2, 2026``."""
    return format_date(date.fromisoformat(iso[:10]), "medium") if iso else ""


def moment(iso: str | None) -> str:
    """A stored UTC time in the reader's way."""
    return format_datetime(datetime.fromisoformat(iso.replace("Z", "+00:00")), "short") if iso else ""
