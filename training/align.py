"""Word alignment of the training pairs (IBM model 1), for injecting English.

Knowing which Vietnamese words an English phrase translates lets the
augmentation replace them by that phrase in any sentence, far beyond the terms
of the glossary. The aligner is small: a few rounds of expectation
maximisation over co-occurring words, vectorised with numpy.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WORD = re.compile(r"\{[A-Z]+\d\}|\w+(?:[-'’.,/]\w+)*", re.UNICODE)
MAX_WORDS = 90
MAX_PHRASE = 4
MIN_COUNT = 2
# English words no injected phrase should begin or end with.
_WEAK = (
    "a an the of to in on at by for with from and or but as is are was were be been being has have had will would "
    "can could may might should must do does did not no that this these those which who whom whose it its he she "
    "his her their they them we our you your i my me him us than then so if when while where what how there here "
    "also more most very into out up down over under about after before between during through"
)
WEAK = frozenset(_WEAK.split())


@dataclass(frozen=True)
class Link:
    """A span of the source (characters) and the English phrase it stands for."""

    start: int
    end: int
    phrase: str


Words = list[tuple[int, int]]


def words(text: str) -> Words:
    """The character spans of the words of a text."""
    return [m.span() for m in WORD.finditer(text)]


class Aligner:
    """Translation probabilities of English words given Vietnamese syllables' pairs."""

    def __init__(self, pairs: list[tuple[str, str]], rounds: int = 4) -> None:
        self.sources = self._index(text for text, _ in pairs)
        self.targets = self._index(text for _, text in pairs)
        self._train(pairs, rounds)

    @staticmethod
    def _index(texts: object) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for text in texts:  # type: ignore[attr-defined]
            counts.update(w.lower() for w in WORD.findall(text)[:MAX_WORDS])
        frequent = [w for w, n in counts.items() if n >= MIN_COUNT]
        return {w: i for i, w in enumerate(frequent, 1)}

    def _ids(self, text: str, index: dict[str, int]) -> npt.NDArray[np.int64]:
        found = [index.get(w.lower(), 0) for w in WORD.findall(text)[:MAX_WORDS]]
        return np.array(found, dtype=np.int64)

    def _train(self, pairs: list[tuple[str, str]], rounds: int) -> None:
        """Expectation maximisation of t(source | target) over all co-occurrences."""
        width = len(self.targets) + 1
        cells, groups, offset = [], [], 0
        for source, target in pairs:
            s, t = self._ids(source, self.sources), self._ids(target, self.targets)
            if not len(s) or not len(t):
                continue
            cells.append((s[:, None] * width + t[None, :]).ravel())
            groups.append(np.repeat(np.arange(len(s), dtype=np.int32) + offset, len(t)))
            offset += len(s)
        self._keys, inverse = np.unique(np.concatenate(cells), return_inverse=True)
        inverse = inverse.astype(np.int32)
        group = np.concatenate(groups)
        del cells, groups
        target_of = self._keys % width
        probability = np.ones(len(self._keys), dtype=np.float32)
        for _ in range(rounds):
            cell = probability[inverse]
            share = cell / np.bincount(group, cell, offset)[group]
            count = np.bincount(inverse, share, len(self._keys))
            total = np.bincount(target_of, count, width)
            probability = (count / total[target_of]).astype(np.float32)
        self._probability = probability
        self._width = width

    def _table(self, s: npt.NDArray[np.int64], t: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """t(source word | target word) for every pair of words of one sentence pair."""
        keys = s[:, None] * self._width + t[None, :]
        position = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
        known = self._keys[position] == keys
        return np.where(known & (s > 0)[:, None] & (t > 0)[None, :], self._probability[position], 0)

    def links(self, source: str, target: str) -> list[Link]:
        """The source spans that stand for an English phrase of one to four words."""
        s_words, t_words = words(source)[:MAX_WORDS], words(target)[:MAX_WORDS]
        if not s_words or not t_words:
            return []
        table = self._table(self._ids(source, self.sources), self._ids(target, self.targets))
        best = np.where(table.max(1) > 0.02, table.argmax(1), -1)
        found = []
        for start in range(len(t_words)):
            for end in range(start, min(start + MAX_PHRASE, len(t_words))):
                link = self._link(source, target, s_words, t_words, best, start, end)
                if link:
                    found.append(link)
        return found

    @staticmethod
    def _link(
        source: str,
        target: str,
        s_words: Words,
        t_words: Words,
        best: npt.NDArray[np.int64],
        start: int,
        end: int,
    ) -> Link | None:
        """The span for the target words start…end, if the two match one to one."""
        phrase = target[t_words[start][0] : t_words[end][1]]
        first, last = phrase.split()[0].lower(), phrase.split()[-1].lower()
        if first in WEAK or last in WEAK or "{" in phrase or re.search(r"[,;:.!?]", phrase):
            return None
        inside = np.flatnonzero((best >= start) & (best <= end))
        if not len(inside) or inside[-1] - inside[0] + 1 != len(inside):
            return None
        if len(inside) > 3 * (end - start + 1) or not {start, end} <= set(best[inside].tolist()):
            return None
        a, b = s_words[inside[0]][0], s_words[inside[-1]][1]
        span = source[a:b]
        if "{" in span or re.search(r"[,;:.!?()\"“”]", span) or span == phrase:
            return None
        return Link(a, b, phrase)


def piece_table(pairs: list[tuple[list[int], list[int]]], vocab: int, rounds: int = 4) -> npt.NDArray[np.float16]:
    """t(target piece | source piece) by IBM model 1, as a dense table [target, source]."""
    cells, groups, offset = [], [], 0
    for source, target in pairs:
        s, t = np.array(source, dtype=np.int64), np.array(target, dtype=np.int64)
        cells.append((t[:, None] * vocab + s[None, :]).ravel())
        groups.append(np.repeat(np.arange(len(t), dtype=np.int32) + offset, len(s)))
        offset += len(t)
    keys, inverse = np.unique(np.concatenate(cells), return_inverse=True)
    group, inverse = np.concatenate(groups), inverse.astype(np.int32)
    del cells, groups
    source_of = keys % vocab
    probability = np.ones(len(keys), dtype=np.float32)
    for _ in range(rounds):
        cell = probability[inverse]
        share = cell / np.bincount(group, cell, offset)[group]
        count = np.bincount(inverse, share, len(keys))
        # A little is taken from every count, so that chance meetings weigh nothing.
        count = np.maximum(count - 0.3, 1e-6)
        total = np.bincount(source_of, count, vocab)
        probability = (count / total[source_of]).astype(np.float32)
    table = np.zeros((vocab, vocab), dtype=np.float16)
    table[keys // vocab, source_of] = probability
    return table
