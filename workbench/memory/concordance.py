"""Search for words in all that was approved, in Vietnamese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

from sqlite_utils import Database

from workbench.memory.matching import Origin, origin
from workbench.store import memory as store
from workbench.text import fold, lower, nfc

Side = Literal["source", "target", "both"]
_COLUMNS = {"source": "folded", "target": "target", "both": "folded target"}
# Of a word that stands nearly everywhere not every entry is read to find other pairs.
_READ = 4_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A remembered pair that holds the words asked for.

    ``source_spans`` and ``target_spans``: ``(start, end)`` of the words, in code points.
    ``exact``: they stand there with the very diacritics of the query, one after the other.
    """

    source: str
    target: str
    source_spans: tuple[tuple[int, int], ...]
    target_spans: tuple[tuple[int, int], ...]
    exact: bool
    origin: Origin
    author: str
    date: str | None
    withdrawn: bool


def concordance(db: Database, query: str, *, side: Side = "both", limit: int = 50) -> list[Hit]:
    """Where the words of ``query`` occur, each pair once: ``ngoai giao`` finds ``Ngoại giao``.

    First the words one after the other with the diacritics of the query, then without regard to
    them, then the words anywhere; in each the newest first. A ``*`` at the end stands for the
    rest of a word: ``cooperat*``.
    """
    query = nfc(query).strip()
    prefix = query.endswith("*")
    tokens = store.folded_words(query)
    if not tokens:
        return []
    finder = _Finder(query, tokens, prefix)
    seen: set[tuple[str, str]] = set()
    hits: list[Hit] = []
    for search in _searches(query, tokens, side, prefix):
        for row in islice(store.with_text(db, search), _READ):
            if (row["source"], row["target"]) in seen:
                continue
            seen.add((row["source"], row["target"]))
            hits.append(finder.hit(row, side))
            if len(hits) == limit:
                return sorted(hits, key=lambda h: not h.exact)
    return sorted(hits, key=lambda h: not h.exact)


def _searches(query: str, tokens: list[str], side: Side, prefix: bool) -> Iterator[str]:
    star = "*" if prefix else ""
    if side != "target":
        yield f'source: "{" ".join(store.words(query))}"{star}'
    columns = f"{{{_COLUMNS[side]}}}"
    yield f'{columns}: "{" ".join(tokens)}"{star}'
    if len(tokens) > 1:
        last = len(tokens) - 1
        words = " AND ".join(f'"{t}"{star if i == last else ""}' for i, t in enumerate(tokens))
        yield from (f"{{{c}}}: ({words})" for c in _COLUMNS[side].split())


class _Finder:
    """Finds the words of one query in texts."""

    def __init__(self, query: str, tokens: list[str], prefix: bool) -> None:
        rest = r"[^\W_]*" if prefix else ""
        end = r"(?![^\W_])"
        between = r"(?:[\W_]+)"
        self._phrase = re.compile(rf"(?<![^\W_]){between.join(tokens)}{rest}{end}")
        single = "|".join(sorted(set(tokens[:-1]), key=len, reverse=True))
        last = tokens[-1] + rest
        self._word = re.compile(rf"(?<![^\W_])(?:{f'{single}|' if single else ''}{last}){end}")
        self._given = re.sub(r"[\W_]+", " ", lower(query)).strip()

    def hit(self, row: Mapping[str, Any], side: Side) -> Hit:
        source = self._spans(row["source"]) if side != "target" else ()
        target = self._spans(row["target"]) if side != "source" else ()
        return Hit(
            source=row["source"],
            target=row["target"],
            source_spans=source,
            target_spans=target,
            exact=self._as_given(row["source"], source) or self._as_given(row["target"], target),
            origin=origin(row),
            author=row["author"],
            date=row["created_at"],
            withdrawn=bool(row["withdrawn"]),
        )

    def _spans(self, text: str) -> tuple[tuple[int, int], ...]:
        folded, places = _folded(text)
        found = list(self._phrase.finditer(folded)) or list(self._word.finditer(folded))
        return tuple((places[m.start()], places[m.end() - 1] + 1) for m in found)

    def _as_given(self, text: str, spans: tuple[tuple[int, int], ...]) -> bool:
        stand = (re.sub(r"[\W_]+", " ", lower(text[start:end])) for start, end in spans)
        return any(s.startswith(self._given) for s in stand)


@lru_cache(maxsize=4096)
def _fold_one(character: str) -> str:
    return fold(character)


def _folded(text: str) -> tuple[str, list[int]]:
    """``text`` without diacritics, and for each character of it the place in ``text``."""
    parts = [_fold_one(c) for c in text]
    return "".join(parts), [i for i, part in enumerate(parts) for _ in part]
