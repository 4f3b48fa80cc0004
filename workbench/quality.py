"""The checks run over stored segments: of one, of an article, of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from workbench import glossary
from workbench.checks import Check, check_segment, inconsistent
from workbench.glossary import TermMatch
from workbench.store import articles, connect, data_folder, terms

_REMEMBERED = 20_000


def current_text(row: Mapping[str, Any]) -> str | None:
    """What stands in the English column of a segment: the newest revision, else the machine's."""
    text = row["text"] if row["revision"] else row["machine"]
    return None if text is None else str(text)


def segment_checks(db: Database, row: Mapping[str, Any], text: str) -> list[Check]:
    """The checks on ``text`` as the translation of the segment ``row``."""
    return list(_checks(data_folder(db), terms.state(db), row["source"], text, row["kind"]))


def article_checks(db: Database, rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Check]]:
    """Segment id → checks, for the segments of an article that have any text."""
    data, state = data_folder(db), terms.state(db)
    found = {
        row["id"]: list(_checks(data, state, row["source"], text, row["kind"]))
        for row in rows
        if (text := current_text(row)) is not None
    }
    repeated = articles.same_sources(db, [row["source"] for row in rows])
    for segment_id, check in inconsistent(repeated).items():
        if segment_id in found:
            found[segment_id].append(check)
    return found


def matches(db: Database, sources: Sequence[str]) -> list[list[TermMatch]]:
    """The glossary terms in each source, kept per text and state of the glossary."""
    data, state = data_folder(db), terms.state(db)
    return [list(_matches(data, state, source)) for source in sources]


@lru_cache(maxsize=_REMEMBERED)
def _matches(data: Path, state: str, source: str) -> tuple[TermMatch, ...]:
    db = connect(data)
    try:
        return tuple(glossary.matcher(db).find(source))
    finally:
        db.close()


@lru_cache(maxsize=_REMEMBERED)
def _checks(data: Path, state: str, source: str, text: str, kind: str) -> tuple[Check, ...]:
    """Kept per text and state of the glossary, so that a page of 300 segments checks only what changed."""
    return tuple(check_segment(source, text, _matches(data, state, source), kind=kind))
