"""Machine translation in the background: articles wait in line, one thread works it off."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from workbench import machine
from workbench.store import articles, connect
from workbench.wording import message_of

log = logging.getLogger(__name__)


class Worker:
    """Loads the model at start, once, and translates the articles it is given, in order.

    ``engine`` is None until the model is loaded; ``failure`` says why nothing is
    translated, where that is so.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._waiting: list[int] = []
        self._in_work: int | None = None
        self._changed = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.engine: machine.Engine | None = None
        self.failure: str | None = None

    def start(self) -> None:
        """Start the thread and queue every article that lacks machine translations or has stale ones."""
        self._thread = threading.Thread(target=self._run, name="machine-translation", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the article in work be finished, then end the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def add(self, article_id: int) -> None:
        """Queue an article; one that waits already is not queued twice."""
        with self._changed:
            if article_id not in self._waiting:
                self._waiting.append(article_id)
                self._changed.notify()

    def prefer(self, article_id: int) -> None:
        """Somebody looks at the article: where it waits, it is next."""
        with self._changed:
            if article_id in self._waiting:
                self._waiting.remove(article_id)
                self._waiting.insert(0, article_id)

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
        with self._changed:
            return article_id in self._waiting or article_id == self._in_work

    def _run(self) -> None:
        try:
            # Queued before the model is there, so that a page knows at once what it waits for.
            self.add_stale()
            engine = self.engine = machine.load(self._data)
        except Exception as error:
            log.exception("the machine translation model cannot be loaded")
            self.failure = message_of(error)
            return
        while (article_id := self._next()) is not None:
            self._translate(engine, article_id)

    def _next(self) -> int | None:
        """The next article, taken off before the work: a glossary change meanwhile queues it again. None: stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopping)
            if self._stopping:
                return None
            self._in_work = self._waiting.pop(0)
            return self._in_work

    def _translate(self, engine: machine.Engine, article_id: int) -> None:
        db = connect(self._data)
        try:
            machine.translate_article(db, engine, article_id)
        except Exception:
            log.exception("machine translation of article %s failed", article_id)
        finally:
            db.close()
            with self._changed:
                self._in_work = None
