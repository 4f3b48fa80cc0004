"""The pages and the JSON API: one factory, one blueprint per subject, over the domain's functions."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from workbench.machine.worker import Worker
from workbench.store import open_database
from workbench.web import (
    activity,
    api,
    articles,
    commands,
    desk,
    glossary,
    memory,
    people,
    rows,
    segments,
    versions,
    warming,
    work,
)
from workbench.web.common import (
    AUTHOR_COOKIE_DAYS,
    app_worker,
    author,
    close_database,
    install_converters,
    install_errors,
)
from workbench.web.errors import install_error_pages
from workbench.web.labels import install_labels
from workbench.web.language import install_babel
from workbench.web.markup import install_filters
from workbench.web.rendering import install_rows

STATIC = Path(__file__).parents[2] / "static"
_LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
_LARGEST_REQUEST = 64 * 1024 * 1024
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
csrf = CSRFProtect()


def create_app(data: Path, *, background: bool = True, local: bool = True) -> Flask:
    """The application on the data folder ``data``.

    ``background``: translate waiting articles by machine as soon as the model is loaded.
    ``local``: answer only requests for this machine's own names.
    """
    open_database(data).close()
    app = Flask(__name__, static_folder=str(STATIC))
    install_converters(app)
    app.config.update(
        DATA=data,
        SECRET_KEY=_secret_key(data),
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=AUTHOR_COOKIE_DAYS * 86400,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    csrf.init_app(app)
    csrf.exempt(api.blueprint)
    csrf.exempt(commands.blueprint)
    install_babel(app)
    install_filters(app)
    install_labels(app)
    install_rows(app)
    app.jinja_env.globals["editor_name"] = author
    install_errors(app)
    for module in (articles, desk, versions, segments, rows, work, glossary, memory, activity, people, api, commands):
        app.register_blueprint(module.blueprint)
    app.teardown_appcontext(close_database)
    if local:
        app.before_request(_refuse_foreign_host)
    app.after_request(_security_headers)
    install_error_pages(app)
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.extensions["worker"] = Worker(data)
    if background:
        app.extensions["worker"].start()
        warming.start(app, data)
    return app


def _secret_key(data: Path) -> str:
    """Kept in the data folder, so that a restart does not refuse an open page; a lost one is made anew."""
    file = data / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii")


def _refuse_foreign_host() -> Response | None:
    """Another name for this address in a browser is DNS rebinding. (Flask's TRUSTED_HOSTS knows no IPv6.)"""
    if urlsplit(f"//{request.host}").hostname in _LOCAL_NAMES:
        return None
    return Response("This workbench answers only on this machine's own address.\n", 400, mimetype="text/plain")


def _security_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _healthz() -> dict[str, Any]:
    worker = app_worker()
    return {"status": "ok", "machine_translation": worker.failure or "ok"}
