"""empty, untranslated, vietnamese-left, length-ratio: is this an English translation at all?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from workbench.checks.model import Check, Segment
from workbench.checks.vietnamese import WORD, has_diacritics, is_vietnamese
from workbench.glossary.forms import find_forms
from workbench.wording import N_

LENGTH_CENTRE = 1.22
"""English letters for one Vietnamese letter, the median over the parallel corpus."""
LENGTH_SPREAD = (0.2, 3.3)
"""How far the logarithm of the ratio may lie from the centre: a constant, and more for short texts (by the root)."""
_NO_LETTERS = re.compile(r"[\W_]+")


def check_empty(segment: Segment) -> Iterator[Check]:
    """Nothing but blanks or punctuation where the source has words."""
    if not WORD.search(segment.target) and not re.search(r"\d", segment.target) and re.search(r"\w", segment.source):
        yield Check("empty", "there is no translation")


def check_untranslated(segment: Segment) -> Iterator[Check]:
    """The English is the Vietnamese, or most of it still is.

    ``Bộ trưởng Lê Hoài Trung phát biểu`` copied as it is; but ``ASEAN – EU`` may
    stay the same in both languages.
    """
    if segment.target.isascii():
        return
    words = WORD.findall(segment.target)
    source_words = _words(segment.source)
    vietnamese = [w for w in words if is_vietnamese(w, source_words)]
    if not vietnamese:
        return
    kept = [w for w in words if w.casefold() in source_words and not has_diacritics(w)]
    same = _squeezed(segment.target) == _squeezed(segment.source)
    share = (len(vietnamese) + len(kept) * (len(vietnamese) > len(words) * 0.25)) / len(words)
    if same or (share > 0.5 and len(vietnamese) >= 3):
        yield Check("untranslated", "the text is still Vietnamese")


def check_vietnamese_left(segment: Segment) -> Iterator[Check]:
    """Vietnamese words left in the English: ``Hà Nội`` for Hanoi, ``hội đàm`` for talks.

    Foreign words (``São Paulo``, ``café``) and terms whose English has diacritics
    are no leftovers.
    """
    if segment.target.isascii():
        return
    source_words = _words(segment.source)
    allowed = [
        span
        for m in segment.matches
        if has_diacritics(" ".join(m.term.targets))
        for span in find_forms(m.term, segment.target)
    ]
    found: list[tuple[int, int]] = []
    for match in WORD.finditer(segment.target):
        if _left_over(match, source_words) and not any(a <= match.start() < b for a, b in allowed):
            if found and segment.target[found[-1][1] : match.start()] == " ":
                found[-1] = (found[-1][0], match.end())
            else:
                found.append(match.span())
    for start, end in found:
        params = {"words": segment.target[start:end]}
        yield Check("vietnamese-left", "“%(words)s” is still Vietnamese", params, span=(start, end))


def _left_over(match: re.Match[str], source_words: frozenset[str]) -> bool:
    """Vietnamese, and not part of a foreign compound: ``vis-à-vis``."""
    text, (start, end) = match.string, match.span()
    joined = text[start - 1 : start] == "-" or text[end : end + 1] == "-"
    return is_vietnamese(match[0], source_words if not joined else frozenset())


def check_length(segment: Segment) -> Iterator[Check]:
    """The English is much shorter or longer than such a Vietnamese text usually becomes.

    The bounds are learned from 16,000 good pairs and wider for short texts.
    """
    source, target = _letters(segment.source), _letters(segment.target)
    distance = _distance(source, target)
    if not distance or not _distance(*map(_letters, _without_terms(segment))):
        return
    params = {"percent": round(100 * target / source)}
    if distance < 0:
        template = N_("much shorter than the Vietnamese (%(percent)d%% of its letters)")
    else:
        template = N_("much longer than the Vietnamese (%(percent)d%% of its letters)")
    yield Check("length-ratio", template, params)


def _distance(source: int, target: int) -> float:
    """How far two lengths are from the usual ratio (as a logarithm), 0 within the bounds."""
    if source < 6 or not target:
        return 0
    distance = math.log(target / source / LENGTH_CENTRE)
    constant, short = LENGTH_SPREAD
    return distance if abs(distance) > constant + short / math.sqrt(source) else 0


def _without_terms(segment: Segment) -> tuple[str, str]:
    """Both sides without terms, whose lengths say nothing: ``COC`` stands for nine Vietnamese words."""
    source, target = list(segment.source), list(segment.target)
    for match in segment.matches:
        forms = find_forms(match.term, segment.target)
        if forms or match.term.category == "person":
            source[match.start : match.end] = [" "] * (match.end - match.start)
        for start, end in forms:
            target[start:end] = [" "] * (end - start)
    return "".join(source), "".join(target)


def _letters(text: str) -> int:
    return len(_NO_LETTERS.sub("", text))


def _words(text: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in WORD.findall(text))


def _squeezed(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
