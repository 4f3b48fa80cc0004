"""Machine translation of articles and loose text, steered by the glossary.

``models`` are the packages, ``engine`` runs one, ``steering`` makes it follow the
glossary, ``alignment`` says which words belong together.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from workbench import glossary
from workbench.machine.alignment import aligned_source
from workbench.machine.engine import ArgosEngine, Engine
from workbench.machine.models import BadModel, Model, Steering, active
from workbench.machine.persons import with_persons
from workbench.machine.steering import Steered, translate
from workbench.segmentation import sentences
from workbench.store import articles, terms

__all__ = ["BadModel", "Engine", "Model", "Steering", "aligned_words", "load", "translate_article", "translate_text"]

_BULLET = re.compile(r"[-•*–+]\s+(?=\S)")
# Codes of agencies, numbers, addresses and a scraper's date: ``(TAP) -``, ``date 2026-02-04``.
_VERBATIM = re.compile(r"(?:date \d{4}-\d\d-\d\d|https?://\S+|[^a-zÀ-ỹ]{1,24})$")
_loaded: dict[Path, Engine] = {}
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class LooseText:
    """Loose text translated: ``lines`` of (Vietnamese, English, sentences as pairs)."""

    text: str
    segments: tuple[tuple[str, str], ...]
    matches: tuple[glossary.TermMatch, ...]


def load(data: Path) -> Engine:
    """The engine on the active model of this data folder; read once per process, safe from any thread.

    Raises BadModel when there is no model that can be used.
    """
    with _loading:
        model = active(data)
        engine = _loaded.get(model.path)
        if engine is None:
            engine = _loaded[model.path] = ArgosEngine(model)
        return engine


def translate_article(db: Database, engine: Engine, article_id: int, *, redo: bool = False) -> int:
    """Machine-translate the segments of an article that have none or a stale one; how many.

    ``redo``: all of them. Older machine translations stay in the database.
    """
    waiting = articles.untranslated(db, article_id, redo=redo)
    version = terms.version(db)
    done = _steered(db, engine, [w.source for w in waiting])
    rows = [(w.segment_id, s.text) for w, s in zip(waiting, done, strict=True)]
    articles.add_machine_translations(db, rows, engine=engine.name, model=engine.model, glossary_version=version)
    return len(waiting)


def translate_text(db: Database, engine: Engine, text: str) -> LooseText:
    """Translate loose text and store nothing; as many lines out as in."""
    lines = [sentences(line) for line in text.split("\n")]
    done = iter(_steered(db, engine, [s for line in lines for s in line]))
    english = [[next(done).text for _ in line] for line in lines]
    pairs = [pair for line, out in zip(lines, english, strict=True) for pair in zip(line, out, strict=True)]
    return LooseText("\n".join(" ".join(out) for out in english), tuple(pairs), tuple(glossary.matcher(db).find(text)))


def aligned_words(engine: Engine, source: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in ``source`` the words stand that ``text[start:end]`` (its translation, by whomever) stands for."""
    hypothesis = engine.align([(source, text)])[0]
    return aligned_source(hypothesis, source, start, end)


def _steered(db: Database, engine: Engine, sources: Sequence[str]) -> list[Steered]:
    """All sentences in one batch; the dash of a list item stays outside, what is no language stays as it is."""
    find = glossary.matcher(db).find
    bullets = [_BULLET.match(s) for s in sources]
    bare = [s[b.end() :] if b else s for s, b in zip(sources, bullets, strict=True)]
    worded = [s for s in bare if not _VERBATIM.match(s)]
    done = iter(translate(engine, worded, with_persons(worded, find)))
    results = [Steered(s, (), ()) if _VERBATIM.match(s) else next(done) for s in bare]
    return [replace(r, text=b[0] + r.text) if b else r for r, b in zip(results, bullets, strict=True)]
