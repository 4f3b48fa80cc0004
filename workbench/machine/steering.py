"""Making machine translation follow the glossary: inject, verify, retry, repair.

Injection is "code-switching" (Song et al. 2019; Dinu et al. 2019): the English target
stands in the Vietnamese sentence before it is translated. What the engine then still
loses is looked up by the decoder's attention and replaced. Which steps are on is a
measured property of each model (``Steering``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.glossary.forms import find_forms, present
from workbench.glossary.terms import Term, TermMatch
from workbench.machine.alignment import aligned_target
from workbench.machine.engine import MAX_PIECES, Engine, Hypothesis

_CLAUSE = re.compile(r"(?<=;)\s+")
# Below this share of attention the words found are more likely others than the term's.
_SURE = 0.5
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Steered:
    """One sentence machine-translated with its terms; ``lost`` are those that did not come through."""

    text: str
    matches: tuple[TermMatch, ...]
    lost: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Input:
    """What the engine gets for one sentence, and where each term stands in it."""

    text: str
    spans: tuple[tuple[Term, int, int], ...]


def translate(engine: Engine, sentences: Sequence[str], matches: Sequence[Sequence[TermMatch]]) -> list[Steered]:
    """Translate ``sentences`` in one batch; ``matches[i]`` are the terms found in ``sentences[i]``."""
    enforced = [[m for m in found if m.term.enforced] for found in matches]
    results = _attempt(engine, sentences, enforced, inject=engine.steering.inject)
    if engine.steering.inject:
        again = [i for i, r in enumerate(results) if r.lost]
        plain = _attempt(engine, [sentences[i] for i in again], [enforced[i] for i in again], inject=False)
        for i, other in zip(again, plain, strict=True):
            if len(other.lost) < len(results[i].lost):
                results[i] = other
    return results


def _attempt(
    engine: Engine, sentences: Sequence[str], matches: Sequence[Sequence[TermMatch]], *, inject: bool
) -> list[Steered]:
    parts = [_split(engine, s, m) for s, m in zip(sentences, matches, strict=True)]
    inputs = [[_input(text, found, inject=inject) for text, found in sentence] for sentence in parts]
    hypotheses = iter(engine.translate([i.text for sentence in inputs for i in sentence]))
    results = []
    for sentence, found in zip(inputs, matches, strict=True):
        texts = [_finish(i, next(hypotheses), repair=engine.steering.repair) for i in sentence]
        text = " ".join(texts)
        lost = tuple(t for t in _distinct(found) if not present(t, text))
        results.append(Steered(text, tuple(found), lost))
    return results


def _split(engine: Engine, sentence: str, matches: Sequence[TermMatch]) -> list[tuple[str, list[TermMatch]]]:
    """A sentence that is too long for the engine in parts at its semicolons, each with its own terms."""
    if engine.pieces(sentence) <= MAX_PIECES:
        return [(sentence, list(matches))]
    borders = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    parts = []
    for start, end in pairwise(borders):
        here = [m for m in matches if start <= m.start and m.end <= end]
        inside = [TermMatch(m.term, m.start - start, m.end - start) for m in here]
        parts.append((sentence[start:end].rstrip(), inside))
    return parts


def _input(sentence: str, matches: Sequence[TermMatch], *, inject: bool) -> _Input:
    if not inject:
        return _Input(sentence, tuple((m.term, m.start, m.end) for m in matches))
    text, end, spans = "", 0, []
    for match in matches:
        text += sentence[end : match.start]
        spans.append((match.term, len(text), len(text) + len(match.term.target)))
        text += match.term.target
        end = match.end
    return _Input(text + sentence[end:], tuple(spans))


def _finish(given: _Input, hypothesis: Hypothesis, *, repair: bool) -> str:
    if not repair:
        return hypothesis.text
    return _repair(given, hypothesis)


def _repair(given: _Input, hypothesis: Hypothesis) -> str:
    """Put each lost term where the decoder wrote something else for it.

    Words that hold another term are left alone; where attention is not sure, the check tells the editor.
    """
    text = hypothesis.text
    taken = [span for term, _, _ in given.spans for span in find_forms(term, text)]
    replacements: list[tuple[int, int, str]] = []
    for term, start, end in given.spans:
        if present(term, text):
            continue
        span = aligned_target(hypothesis, start, end)
        if span is None or span.share < _SURE or any(span.start < b and a < span.end for a, b in taken):
            continue
        taken.append((span.start, span.end))
        replacements.append((span.start, span.end, fitted(term.target, text, span.start, span.end)))
    for start, end, words in sorted(replacements, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def fitted(target: str, text: str, start: int, end: int) -> str:
    """``target`` as it must read in the place of ``text[start:end]``: article, possessive and capital kept."""
    old = text[start:end]
    article, possessive = _ARTICLE.match(old), _POSSESSIVE.search(old)
    words = target if _ARTICLE.match(target) or not article else article[0] + target
    if article and article[0].strip().lower() in ("a", "an"):
        words = ("an " if target[:1].lower() in "aeiou" else "a ") + target
    if possessive and not target.endswith(("'s", "’s")):
        words += possessive[0]
    if not text[:start].strip() and text[:1].isupper():
        words = words[:1].upper() + words[1:]
    return words


def _distinct(matches: Sequence[TermMatch]) -> list[Term]:
    return list({m.term.id or (m.term.source, m.term.target): m.term for m in matches}.values())
