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
from workbench.store import articles, data_folder, terms

_REMEMBERED = 20_000


def current_text(row: Mapping[str, Any]) -> str | None:
    """What stands in the English column of a segment: the newest revision, else the machine's."""
    text = row["text"] if row["revision"] else row["machine"]
    return None if text is None else str(text)


def segment_checks(db: Database, row: Mapping[str, Any], text: str) -> list[Check]:
    """The checks on ``text`` as the translation of the segment ``row``."""
    (found,) = _found(db, [row["source"]])
    return list(_checks(row["source"], text, found, row["kind"]))


def article_checks(db: Database, rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Check]]:
    """Segment id → checks, for the segments of an article that have any text."""
    found = {
        row["id"]: list(_checks(row["source"], text, terms_of_it, row["kind"]))
        for row, terms_of_it in zip(rows, _found(db, [row["source"] for row in rows]), strict=True)
        if (text := current_text(row)) is not None
    }
    repeated = articles.same_sources(db, [row["source"] for row in rows])
    for segment_id, check in inconsistent(repeated).items():
        if segment_id in found:
            found[segment_id].append(check)
    return found


def matches(db: Database, sources: Sequence[str]) -> list[list[TermMatch]]:
    """The glossary terms in each source, kept per text and state of the glossary."""
    return [list(found) for found in _found(db, sources)]


def _found(db: Database, sources: Sequence[str]) -> list[tuple[TermMatch, ...]]:
    data, state = data_folder(db), terms.state(db)
    return [_matches(data, state, source) for source in sources]


@lru_cache(maxsize=_REMEMBERED)
def _matches(data: Path, state: str, source: str) -> tuple[TermMatch, ...]:
    return tuple(glossary.matcher_of(data, state).find(source))


@lru_cache(maxsize=_REMEMBERED)
def _checks(source: str, text: str, found: tuple[TermMatch, ...], kind: str) -> tuple[Check, ...]:
    """Kept per text and terms in it: a page of 300 segments checks only what changed, also after a change of terms."""
    return tuple(check_segment(source, text, found, kind=kind))
