"""repetition: the loop that neural models fall into."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.checks.model import Check, Segment
from workbench.numbers.numerals import words_of

_TOKEN = re.compile(r"[^\W_]+(?:['’‑–-][^\W_]+)*|[,.;:!?()]")
_DOUBLES = frozenset(
    words_of("had that is do very no so many long blah bye ha in more on mama papa duran walla bora sing")
)
_LINKS = frozenset([",", "and", "or", ";"])


def check_repetition(segment: Segment) -> Iterator[Check]:
    """Words that come again at once, or a phrase that keeps coming back, without cause in the source.

    ``self-reliance, self-reliance, self-reliance`` is a loop; ``by the people and
    for the people`` is not.
    """
    target = _tokens(segment.target)
    source = _tokens(segment.source)
    span = _immediate(segment.target, target, _has_immediate(source)) or _returning(target, source)
    if span:
        words = segment.target[span[0] : span[1]]
        shown = words if len(words) <= 60 else words[:57].rstrip() + "…"
        yield Check("repetition", "“%(words)s” is repeated", {"words": shown}, span=span)


_Token = tuple[str, int, int]


def _tokens(text: str) -> list[_Token]:
    return [(m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _immediate(text: str, tokens: Sequence[_Token], in_source: bool) -> tuple[int, int] | None:
    """The span of an n-gram that is followed by itself, over a comma or ``and`` at most."""
    for one, two in pairwise(tokens):
        if one[0] == two[0] and one[0] in ("and", "or"):
            return one[1], two[2]
    words = [t for t in tokens if t[0] not in _LINKS]
    said = [w[0] for w in words]
    if len(set(said)) == len(said):
        return None
    starts = [t[1] for t in tokens]
    for size in range(min(12, len(words) // 2), 0, -1):
        for at, same in enumerate(_same_after(said, size)):
            if same < size:
                continue
            times = same // size + 1
            between = tokens[bisect_left(starts, words[at + size - 1][2]) : bisect_left(starts, words[at + size][1])]
            proper = all(text[w[1]].isupper() for w in words[at : at + size])
            if _is_loop(said[at : at + size], times, " ".join(t[0] for t in between), in_source, proper):
                return words[at][1], words[at + times * size - 1][2]
    return None


def _same_after(words: Sequence[str], size: int) -> list[int]:
    """For each word how many from it on are the same as those ``size`` words later."""
    same = [0] * len(words)
    for at in range(len(words) - size - 1, -1, -1):
        if words[at] == words[at + size]:
            same[at] = same[at + 1] + 1
    return same


def _is_loop(words: Sequence[str], times: int, linked: str, in_source: bool, proper: bool) -> bool:
    if any(w in ".:!?()" for w in words) or all(w.isdigit() for w in words) or (in_source and times < 4):
        return False
    if times > 2:
        return not (len(words) == 1 and words[0] in _DOUBLES and times == 3)
    if (proper and linked) or (len(words) == 2 and words[1] in ("by", "and", "or")):
        return False
    if len(words) == 1:
        enough = "-" in words[0] if linked else len(words[0]) > 1
        return enough and words[0] not in _DOUBLES and not (proper and in_source)
    return True


def _has_immediate(source: Sequence[_Token]) -> bool:
    """Whether the Vietnamese itself says something twice at once (beyond reduplication: ``dần dần``)."""
    words = [t[0] for t in source if t[0] not in _LINKS]
    if any(a[0] == b[0] and a[2] + 1 == b[1] and a[0] in ("lô", "xa", "dần") for a, b in pairwise(source)):
        return True
    if any(a[0] == c[0] and b[0] in (",", "và") for a, b, c in zip(source, source[1:], source[2:], strict=False)):
        return True
    return any(
        one == two and words[at : at + size] == words[at + size : at + 2 * size]
        for size in range(2, 9)
        for at, (one, two) in enumerate(zip(words, words[size:], strict=False))
    )


def _returning(target: Sequence[_Token], source: Sequence[_Token]) -> tuple[int, int] | None:
    """The second place of a phrase that comes back more often than any wording of the source."""
    words = [t for t in target if t[0] not in ",.;:!?"]
    said = [w[0] for w in words]
    # What comes back nine words long comes back five words long as well.
    short = _grams(said, 5)
    if len(set(short)) == len(short):
        return None
    for size, times in ((9, 2), (5, 3), (5, 4)):
        grams = short if size == 5 else _grams(said, size)
        counts = Counter(grams)
        gram, count = max(counts.items(), key=lambda item: item[1], default=((), 0))
        if count >= times and len(set(gram)) > size // 2 and _most(source, size if size < 6 else 5) < count:
            at = [i for i, g in enumerate(grams) if g == gram][1]
            return words[at][1], words[at + size - 1][2]
    return None


def _most(source: Sequence[_Token], size: int) -> int:
    counts = Counter(_grams([t[0] for t in source if t[0] not in ",.;:!?"], size))
    return max(counts.values(), default=0)


def _grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Every run of ``size`` words."""
    return list(zip(*(words[at:] for at in range(size)), strict=False))
