"""The desk that has every state, served by threads of this process.

Without the thread that translates: what waits for the machine goes on waiting.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.states import Desk, fill
from workbench.store import connect
from workbench.web import create_app


@contextmanager
def desk_on(translated: Path, folder: Path) -> Iterator[Desk]:
    """A desk in ``folder`` that begins with a copy of the ``translated`` samples, and an empty one."""
    shutil.copytree(translated, folder / "data")
    db = connect(folder / "data")
    ids = fill(db)
    db.close()
    app, empty = (create_app(folder / name, background=False) for name in ("data", "empty"))
    app.extensions["worker"].add(ids["waiting"])
    with serving(app) as url, serving(empty) as other:
        yield Desk(url, other, ids)


class _Quiet(WSGIRequestHandler):
    def log(self, *_said: object) -> None:
        """Nothing about requests."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which a thread of this process serves ``app``."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
