"""Matches for a source text: those with the same words, then those that share at least 70% of them.

The score is the one editors know from OmegaT and its like: 100 less the share of words to
change (Levenshtein distance over words, divided by the longer of the two). 101 and 100 are
kept for the same text, 99 for the same words in another case or punctuation.

Candidates come by the prefix filter of similarity joins (Chaudhuri, Ganti, Kaushik: "A
Primitive Operator for Similarity Joins in Data Cleaning", ICDE 2006): where a match may lack
``k`` of the query's words, it holds at least one of any ``k + 1``, so the rarest are asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from workbench.store import memory as store
from workbench.text import match_form, squeeze

IN_CONTEXT = 101
EXACT = 100
_SAME_WORDS = 99
# More words are asked for while their postings stay below this; and so many sources are ranked at most.
_POSTINGS = 10_000
_RANKED = 600
_PIECE = re.compile(r"[^\W_]+\s*|(?:[^\w\s]|_)\s*")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from: a segment of an article, or a TMX ``file``."""

    article: int | None = None
    slug: str | None = None
    title: str | None = None
    segment: int | None = None
    position: int | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A remembered pair for a source text.

    ``score``: 0–101; 101 when the neighbours are the same too. ``source_diff``: ``(op, text)`` with
    ``equal`` and ``delete`` (only in the remembered source) giving that source, ``equal`` and
    ``insert`` (only in the text asked for) giving the other. ``withdrawn``: the approval was taken
    back or is being edited. ``uses``: how often the same pair is remembered
    (among the newest 500 of that source).
    """

    source: str
    target: str
    score: int
    origin: Origin
    author: str
    date: str | None
    source_diff: tuple[tuple[str, str], ...]
    withdrawn: bool
    uses: int


def lookup(
    db: Database,
    source: str,
    *,
    before: str | None = None,
    after: str | None = None,
    limit: int = 5,
    minimum: int = 70,
    exclude_segment: int | None = None,
) -> list[Match]:
    """The best ``limit`` matches of ``minimum`` score or more, best first.

    ``before`` and ``after``: the sources of the neighbouring segments; an in-context match needs one at least.
    ``exclude_segment``: leave out what was approved for this segment itself.
    """
    source = squeeze(source)
    tokens = store.words(source)
    matches: list[Match] = []
    context = before is not None or after is not None
    for score, source_id in _ranked(db, tokens, minimum):
        rows = store.of_source(
            db, source_id, source, before=before, after=after, exclude_segment=exclude_segment, limit=limit
        )
        matches.extend(m for row in rows if (m := _match(source, row, score, context)).score >= minimum)
        if len(matches) >= limit:
            break
    return sorted(matches, key=lambda m: (-m.score, m.withdrawn))[:limit]


def exact(
    db: Database, source: str, *, before: str | None, after: str | None, exclude_segment: int | None = None
) -> Match | None:
    """The match to fill in without asking: same text, approval not taken back; in context, else the newest."""
    found = lookup(db, source, before=before, after=after, minimum=EXACT, exclude_segment=exclude_segment, limit=50)
    return next((m for m in found if not m.withdrawn), None)


def _ranked(db: Database, tokens: Sequence[str], minimum: int) -> Iterator[tuple[int, int]]:
    """``(share of equal words in percent, source id)``, best first."""
    same = store.source_id(db, " ".join(tokens))
    if same is not None:
        yield EXACT, same
    if not tokens or minimum >= EXACT:
        return
    lengths = _share_of(len(tokens), minimum), len(tokens) * 100 // max(minimum, 1)
    found = []
    for source_id, joined in store.source_words(db, _candidates(db, tokens, minimum, lengths), lengths):
        other = joined.split(" ")
        longer = max(len(tokens), len(other))
        may_differ = longer - _share_of(longer, minimum)
        distance = Levenshtein.distance(tokens, other, score_cutoff=may_differ)
        if distance <= may_differ and source_id != same:
            found.append((100 * (longer - distance) // longer, source_id))
    yield from sorted(found, reverse=True)


def _share_of(count: int, percent: int) -> int:
    """``percent`` of ``count``, rounded up: 70% of 11 → 8."""
    return -(-count * percent // 100)


def _candidates(db: Database, tokens: Sequence[str], minimum: int, lengths: tuple[int, int]) -> list[str]:
    """Ids of the sources that hold enough of the rarest words, those with the most of them first."""
    may_lack = len(tokens) - _share_of(len(tokens), minimum)
    occurrences = Counter(tokens)
    known = store.frequencies(db, occurrences, lengths)
    asked = postings = 0
    hits: Counter[str] = Counter()
    for word in sorted(occurrences, key=lambda w: (known[w], w)):
        if asked and postings + known[word] > _POSTINGS:
            break
        asked += occurrences[word]
        if known[word]:
            postings += known[word]
            ids = store.sources_with(db, word, lengths)
            for _ in range(occurrences[word]):
                hits.update(ids)
    enough = max(1, asked - may_lack)
    likely = Counter({i: n for i, n in hits.items() if n >= enough}) if enough > 1 else hits
    return [i for i, _ in likely.most_common(_RANKED)]


def _match(source: str, row: Mapping[str, Any], score: int, context: bool) -> Match:
    return Match(
        source=row["source"],
        target=row["target"],
        score=_score(source, row["source"], score, in_context=context and row["in_context"]),
        origin=origin(row),
        author=row["author"],
        date=row["created_at"],
        source_diff=tuple(difference(row["source"], source)),
        withdrawn=bool(row["withdrawn"]),
        uses=row["uses"],
    )


def _score(wanted: str, remembered: str, score: int, *, in_context: bool) -> int:
    if score < EXACT:
        return score
    if not _same_text(wanted, remembered):
        # Without words only marks are left, and other marks are another text.
        return _SAME_WORDS if store.words(wanted) else 0
    return IN_CONTEXT if in_context else EXACT


def _same_text(one: str, other: str) -> bool:
    """Equal but for the kinds of dash, quote and blank and the place of tone marks (``hoà`` and ``hòa``)."""
    return match_form(one) == match_form(other) and [c.isupper() for c in one] == [c.isupper() for c in other]


def origin(row: Mapping[str, Any]) -> Origin:
    """The origin of an entry row of ``store.memory``."""
    return Origin(row["article_id"], row["slug"], row["title"], row["segment_id"], row["position"], row["file"])


def difference(remembered: str, wanted: str) -> Iterator[tuple[str, str]]:
    """Word by word, how ``wanted`` differs from ``remembered``, as ``(op, text)``.

    >>> list(difference("Chiều 3/2, tại Hà Nội", "Chiều 4/2, tại Hà Nội"))
    [('equal', 'Chiều '), ('delete', '3'), ('insert', '4'), ('equal', '/2, tại Hà Nội')]
    """
    old, new = _PIECE.findall(remembered), _PIECE.findall(wanted)
    for step in Levenshtein.opcodes([p.rstrip() for p in old], [p.rstrip() for p in new]):
        before, after = "".join(old[step.src_start : step.src_end]), "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            yield "equal", before
            continue
        if before:
            yield "delete", before
        if after:
            yield "insert", after
