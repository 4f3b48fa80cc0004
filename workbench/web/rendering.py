"""The rows of the editor as HTML, each made once: a page of 300 rows renders only those that changed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, render_template
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

_REMEMBERED = 5_000
# Stands in kept rows for the token of the browser; nobody can type what is made anew with each start.
_TOKEN = f"csrf-{secrets.token_hex(16)}"


def install_rows(app: Flask) -> None:
    app.jinja_env.globals["row_html"] = row_html


def row_html(segment: Mapping[str, Any], shown: bool = True) -> Markup:
    """One row, from a segment as ``contract`` gives it; all that the row shows is in there."""
    kept = _row(str(get_locale()), json.dumps(segment, ensure_ascii=False), shown)
    return Markup(kept.replace(_TOKEN, generate_csrf()))


@lru_cache(maxsize=_REMEMBERED)
def _row(locale: str, segment: str, shown: bool) -> str:
    return render_template("segments/_row.html", segment=json.loads(segment), shown=shown, token=_TOKEN)
