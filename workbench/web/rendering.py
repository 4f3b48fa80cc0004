"""The rows of the editor as HTML, each made once: a page of 300 rows renders only those that changed."""

from __future__ import annotations

import marshal
import re
import secrets
from collections.abc import Container, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import Flask, render_template, request
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

_REMEMBERED = 5_000
# Stands in kept rows for the token of the browser; nobody can type what is made anew with each start.
_TOKEN = f"csrf-{secrets.token_hex(16)}"
_BETWEEN_LINES = re.compile(r">\s*\n\s*<")
_kept: dict[tuple[str, str, bytes], str] = {}


def install_rows(app: Flask) -> None:
    app.jinja_env.globals["row_html"] = row_html
    app.jinja_env.globals["paragraphs_html"] = paragraphs_html
    app.jinja_env.globals["kept_html"] = kept_html


def row_html(segment: Mapping[str, Any]) -> Markup:
    """One row, from a segment as ``contract`` gives it; all that the row shows is in there."""
    return Markup(_row(str(get_locale()), segment, True).replace(_TOKEN, generate_csrf()))


def paragraphs_html(segments: Sequence[Mapping[str, Any]], shown: Container[int], label: str) -> Markup:
    """All rows of an article, grouped; those whose id is not in ``shown`` are hidden. ``label`` names group ``{n}``."""
    locale, token = str(get_locale()), generate_csrf()
    parts: list[str] = []
    for number, rows in groupby(segments, key=itemgetter("paragraph")):
        name = escape(label.replace("{n}", str(number)))
        html = "".join(_row(locale, row, row["id"] in shown) for row in rows)
        parts.append(f'<section class="paragraph" aria-label="{name}">{html.replace(_TOKEN, token)}</section>\n')
    return Markup("".join(parts))


def kept_html(template: str, **values: Any) -> Markup:
    """A long part of a page, made once for the same ``values`` (whose ``repr`` tells all) on the same page."""
    locale, token = str(get_locale()), generate_csrf()
    key = (locale, template, repr((request.path, values)).encode())
    html = _kept.get(key)
    if html is None:
        html = _keep(key, render_template(template, **values).replace(token, _TOKEN))
    return Markup(html.replace(_TOKEN, token))


def _row(locale: str, segment: Mapping[str, Any], shown: bool) -> str:
    # The whole segment is the key, so that nothing which changes can be forgotten in it; version 2 of
    # the format writes equal values equally.
    key = (locale, "shown" if shown else "hidden", marshal.dumps(dict(segment), 2))
    return _kept.get(key) or _keep(
        key, render_template("segments/_row.html", segment=segment, shown=shown, token=_TOKEN)
    )


def _keep(key: tuple[str, str, bytes], html: str) -> str:
    if len(_kept) >= _REMEMBERED:
        _kept.clear()
    # Blanks between the lines of a template are a third of all nodes of a page.
    kept = _kept[key] = _BETWEEN_LINES.sub("><", html.strip())
    return kept
