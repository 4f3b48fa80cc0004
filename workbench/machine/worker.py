"""Machine translation in the background: articles wait in a queue, one thread works it off."""

from __future__ import annotations

import logging
import queue
import threading
from pathlib import Path

from workbench import machine
from workbench.store import articles, connect

log = logging.getLogger(__name__)


class Worker:
    """Loads the model at start, once, and translates the articles it is given, in order.

    ``engine`` is None until the model is loaded; ``failure`` says why nothing is
    translated, where that is so.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._queue: queue.Queue[int | None] = queue.Queue()
        self._waiting: set[int] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._in_work: int | None = None
        self.engine: machine.Engine | None = None
        self.failure: str | None = None

    def start(self) -> None:
        """Start the thread and queue every article that lacks machine translations or has stale ones."""
        self._thread = threading.Thread(target=self._run, name="machine-translation", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the article in work be finished, then end the thread."""
        self._queue.put(None)
        if self._thread:
            self._thread.join()

    def add(self, article_id: int) -> None:
        """Queue an article; one that waits already is not queued twice."""
        with self._lock:
            if article_id in self._waiting:
                return
            self._waiting.add(article_id)
        self._queue.put(article_id)

    def add_stale(self) -> None:
        """Queue every article in which some segment has no machine translation or a stale one."""
        db = connect(self._data)
        try:
            for article_id in articles.with_waiting_segments(db):
                self.add(article_id)
        finally:
            db.close()

    def busy(self, article_id: int) -> bool:
        """Whether the article waits or is being translated."""
        with self._lock:
            return article_id in self._waiting or article_id == self._in_work

    def _run(self) -> None:
        try:
            engine = self.engine = machine.load(self._data)
        except Exception as error:
            log.exception("the machine translation model cannot be loaded")
            self.failure = str(error)
            return
        self.add_stale()
        while (article_id := self._queue.get()) is not None:
            self._translate(engine, article_id)

    def _translate(self, engine: machine.Engine, article_id: int) -> None:
        # Taken off before the work: a glossary change in the meantime queues the article again.
        with self._lock:
            self._waiting.discard(article_id)
            self._in_work = article_id
        db = connect(self._data)
        try:
            machine.translate_article(db, engine, article_id)
        except Exception:
            log.exception("machine translation of article %s failed", article_id)
        finally:
            db.close()
            with self._lock:
                self._in_work = None
