"""What changed between two texts, in whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

_TOKEN = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_READABLE = 20_000
"""Up to so many pairs of tokens the longest common passage is found first, which reads best, but in cubic time."""
_MOST = 60_000_000
"""Up to so many the longest common subsequence, 64 pairs at once (Hyyrö 2004); of more nothing is compared."""
_Block = tuple[int, int, int]
"""So many tokens are the same from one place of the old text and one of the new on: ``(old, new, size)``."""


def words(before: str, after: str) -> list[tuple[str, str]]:
    """``(operation, text)`` runs that turn ``before`` into ``after``; operations ``equal delete insert``.

    >>> words("the land border", "the border")
    [('equal', 'the '), ('delete', 'land '), ('equal', 'border')]

    What is equal or deleted gives ``before``, what is equal or inserted ``after``. The time is bounded: very
    long texts that have nothing in common but single words are compared less finely.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[tuple[str, str]] = []
    old_end = new_end = 0
    for old_start, new_start, size in _blocks(old, new):
        runs.append(("delete", "".join(old[old_end:old_start])))
        runs.append(("insert", "".join(new[new_end:new_start])))
        old_end, new_end = old_start + size, new_start + size
        runs.append(("equal", "".join(old[old_start:old_end])))
    return [run for run in runs if run[1]]


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[_Block]:
    """What is the same in both, in order; the last block ends both."""
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    yield 0, 0, first
    for at_old, at_new, size in _inner(old[first : len(old) - last], new[first : len(new) - last]):
        yield first + at_old, first + at_new, size
    yield len(old) - last, len(new) - last, last


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens are the same from the beginning on."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _inner(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    pairs = len(old) * len(new)
    if pairs <= _READABLE:
        found = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return [(block.a, block.b, block.size) for block in found]
    if pairs > _MOST:
        return []
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(token, len(numbers)) for token in tokens] for tokens in (old, new))
    return [(block.a, block.b, block.size) for block in LCSseq.opcodes(first, second).as_matching_blocks()]
