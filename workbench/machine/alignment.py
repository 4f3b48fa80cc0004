"""Which English words stand for which Vietnamese ones: the decoder's cross-attention read as an alignment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from workbench.machine.engine import Hypothesis

_WORD = re.compile(r"[^\s“”\"(),;:.!?–]+(?:[.,]\d+)*")
# A word belongs to the span when at least this share of what the decoder looked at, while
# writing it, lay in the source span.
_SHARE = 0.4
# A neighbour of the word looked at most belongs to it when it was looked at half as much.
_NEIGHBOUR = 0.5
# A number was written from a place in the source when this much of the attention lay there.
_GLANCE = 0.15


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` with the mean share of attention (0 to 1) that its words paid."""

    start: int
    end: int
    share: float


def aligned_target(hypothesis: Hypothesis, start: int, end: int) -> Span | None:
    """The English words that stand for ``source[start:end]``, one run of words; None when nothing points there."""
    inside = [i for i, (a, b) in enumerate(hypothesis.source_spans) if a < end and b > start and b > a]
    if not inside:
        return None
    shares = _word_shares(hypothesis, inside)
    return _best_run(shares)


def likely_starts(hypothesis: Hypothesis, start: int, end: int, *, limit: int) -> list[int]:
    """Where in the English, most likely first, what stands for ``source[start:end]`` may begin.

    The words that paid most attention to the source words, and where the aligned run begins.
    """
    inside = [i for i, (a, b) in enumerate(hypothesis.source_spans) if a < end and b > start and b > a]
    shares = _word_shares(hypothesis, inside) if inside else []
    run = _best_run(shares)
    ranked = [a for a, _, share in sorted(shares, key=lambda word: -word[2]) if share > 0]
    return list(dict.fromkeys([*([run.start] if run else []), *ranked]))[:limit]


def closest(hypothesis: Hypothesis, start: int, end: int, places: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Which of the ``places`` in the English was written with most attention to ``source[start:end]``.

    None when hardly any was paid to it there: then the place stands for something else.
    """
    inside = [i for i, (a, b) in enumerate(hypothesis.source_spans) if a < end and b > start and b > a]

    def looked(place: tuple[int, int]) -> float:
        rows = [i for i, (a, b) in enumerate(hypothesis.target_spans) if a < place[1] and b > place[0] and b > a]
        return float(hypothesis.attention[rows][:, inside].sum()) / max(1, len(rows)) if inside else 0.0

    best = max(sorted(places), key=looked, default=None)
    return best if best and looked(best) >= _GLANCE else None


def aligned_source(hypothesis: Hypothesis, source: str, start: int, end: int) -> tuple[int, int] | None:
    """The Vietnamese words ``source[a:b]`` that ``text[start:end]`` was written from, or None."""
    rows = [i for i, (a, b) in enumerate(hypothesis.target_spans) if a < end and b > start and b > a]
    if not rows:
        return None
    looked = hypothesis.attention[rows].sum(axis=0)
    words = [(m.start(), m.end()) for m in _WORD.finditer(source)]
    weights = [
        float(sum(looked[j] for j, (c, d) in enumerate(hypothesis.source_spans) if c < b and d > a)) for a, b in words
    ]
    if not words or max(weights) <= 0:
        return None
    enough = max(weights) * _NEIGHBOUR
    joined = [source[a[1] : b[0]].isspace() for a, b in pairwise(words)]
    first = last = weights.index(max(weights))
    while first > 0 and joined[first - 1] and weights[first - 1] >= enough:
        first -= 1
    while last + 1 < len(words) and joined[last] and weights[last + 1] >= enough:
        last += 1
    return words[first][0], words[last][1]


def _word_shares(hypothesis: Hypothesis, inside: list[int]) -> list[tuple[int, int, float]]:
    rows = hypothesis.attention.sum(axis=1)
    held = hypothesis.attention[:, inside].sum(axis=1)
    shares = []
    for match in _WORD.finditer(hypothesis.text):
        pieces = [
            i for i, (a, b) in enumerate(hypothesis.target_spans) if a < match.end() and b > match.start() and b > a
        ]
        total = float(rows[pieces].sum()) if pieces else 0.0
        shares.append((match.start(), match.end(), float(held[pieces].sum()) / total if total else 0.0))
    return shares


def _best_run(words: list[tuple[int, int, float]]) -> Span | None:
    """The run of words with the largest sum of (share - threshold): long where all agree, short where few do."""
    best: tuple[float, int, int] | None = None
    for i in range(len(words)):
        gain = 0.0
        for j in range(i, len(words)):
            gain += words[j][2] - _SHARE
            if gain > 0 and (best is None or gain > best[0]):
                best = (gain, i, j)
    if best is None:
        return None
    _, i, j = best
    return Span(words[i][0], words[j][1], sum(w[2] for w in words[i : j + 1]) / (j - i + 1))
