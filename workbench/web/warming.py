"""In the background at the start of a server: what the domain can prepare is prepared, and templates are compiled."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from flask import Flask

from workbench import warming

log = logging.getLogger(__name__)


def start(app: Flask, data: Path) -> threading.Thread:
    """Begin at once; a page asked for meanwhile waits for nothing but the processor."""
    thread = threading.Thread(target=_warm, args=(app, data), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(app: Flask, data: Path) -> None:
    try:
        warming.warm(data)
        for name in app.jinja_env.list_templates():
            app.jinja_env.get_template(name)
    except Exception:
        log.exception("what makes the first page fast could not be prepared; it is made when asked for")
