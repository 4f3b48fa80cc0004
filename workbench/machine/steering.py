"""Making machine translation follow the glossary and the source's numbers: inject, verify, retry, repair.

Injection is "code-switching" (Song et al. 2019; Dinu et al. 2019): the English target
stands in the Vietnamese sentence before it is translated. A term that is still lost is
repaired in two ways: the engine writes the sentence anew from where the decoder's
attention says that the term belongs, with the term already written (prefix-constrained
decoding, after Hokamp and Liu 2017), so that the grammar around it is the engine's own;
else the words that stand for it are replaced. Numbers and dates are verified and repaired
the same way; one that only came out wrong (``31,4%`` as 13.4%) is put right where it stands.
Words that the decoder wrote twice in a row are written once.
Which steps are on is a measured property of each model (``Steering``; measured by
``benchmarks/terminology.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from workbench.glossary.forms import find_forms, present
from workbench.glossary.terms import Term, TermMatch
from workbench.machine.alignment import aligned_target, closest, likely_starts
from workbench.machine.engine import MAX_PIECES, Engine, Hypothesis
from workbench.machine.figures import Figure, figures, spurious
from workbench.numbers.numerals import Number
from workbench.numbers.writing import ordinal

_CLAUSE = re.compile(r"(?<=;)\s+")
# The places where a lost term may begin are tried one after the other: mostly the first is right.
_TRIES = 2
_ROUNDS = 4
# Below this share of attention the words found are more likely others than the term's.
_SURE = 0.5
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]")
_ARTICLE_BEFORE = re.compile(r"\b(?:the|an?)\s+$", re.I)
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# A run of up to six words that comes again at once: ``Joint Joint``, ``and nuclear power and nuclear power``.
_STUTTER = re.compile(r"(?<![\w'’.,/-])((?!\d)\w[\w'’-]*(?: \w[\w'’-]*){0,5}?)(?:[ –]\1)+(?![\w'’-]|[.,/]\d)")
# The first word again, without its capital: ``The the Committee``.
_FIRST_TWICE = re.compile(r"^([A-Z][a-z]*) (?=[a-z])(?i:\1)(?![\w'’-])")
_PERCENT = re.compile(r"[\s-]*per ?cent")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Steered:
    """One sentence machine-translated with its terms; ``lost`` are those that did not come through."""

    text: str
    matches: tuple[TermMatch, ...]
    lost: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Need:
    """English words that must stand for ``source[start:end]``: a term's, or a number's."""

    key: object
    words: str
    start: int
    end: int
    demand: Term | Figure

    @property
    def amount(self) -> bool:
        """Whether it is a number that may be put in the place of a wrong one (a date has more than one part)."""
        return isinstance(self.demand, Figure) and self.demand.plain

    def place(self, hypothesis: Hypothesis, wrong: set[tuple[int, int]]) -> tuple[int, int] | None:
        """Where an amount belongs that came out as one of the ``wrong`` ones; a share only replaces a share."""
        text, share = hypothesis.text, self.words.endswith("%")
        fit = [(a, b) for a, b in wrong if share or not (text[b - 1] == "%" or _PERCENT.match(text, b))]
        return closest(hypothesis, self.start, self.end, fit)

    def met(self, english: str) -> bool:
        if isinstance(self.demand, Term):
            return present(self.demand, english)
        return self.demand.met(english)


@dataclass(frozen=True, slots=True)
class _Input:
    """What the engine gets for one sentence, and what must stand in its translation."""

    text: str
    terms: tuple[tuple[Term, int, int], ...]
    needs: tuple[_Need, ...]

    def missing(self, english: str) -> list[_Need]:
        """What ``english`` lacks, each term once."""
        lost = {need.key: need for need in reversed(self.needs) if not need.met(english)}
        return list(reversed(lost.values()))

    def wrong_amounts(self, english: str) -> set[tuple[int, int]]:
        """Where ``english`` has amounts that the source has not."""
        return {(number.start, number.end) for number in self.spurious(english) if number.plain}

    def spurious(self, english: str) -> list[Number]:
        """The numbers of ``english`` that the source has not."""
        granted = {words for term, _, _ in self.terms for words in term.targets}
        return spurious(self.text, english, granted)


@dataclass(slots=True)
class _Work:
    """A sentence on its way: the best hypothesis so far, and how often each need was tried in vain."""

    given: _Input
    best: Hypothesis
    tries: Counter[object] = field(default_factory=Counter)

    def next_lost(self) -> _Need | None:
        """What to write next; an amount that came out as another is put right in its place, at the end."""
        wrong = self.given.wrong_amounts(self.best.text)
        lost = self.given.missing(self.best.text)
        amounts = sum(need.amount for need in lost)
        for need in lost:
            if need.amount and amounts <= len(wrong) and need.place(self.best, wrong):
                continue
            if self.tries[need.key] < _TRIES:
                return need
        return None

    def start(self, need: _Need) -> int | None:
        """The place to try now."""
        places = likely_starts(self.best, need.start, need.end, limit=_TRIES)
        return next(iter(places[self.tries[need.key] :]), None)


def translate(engine: Engine, sentences: Sequence[str], matches: Sequence[Sequence[TermMatch]]) -> list[Steered]:
    """Translate ``sentences`` in one batch; ``matches[i]`` are the terms found in ``sentences[i]``."""
    enforced = [[m for m in found if m.term.enforced] for found in matches]
    parts = [_split(engine, s, m) for s, m in zip(sentences, enforced, strict=True)]
    flat = [part for sentence in parts for part in sentence]
    done = iter(_translated(engine, flat))
    results = []
    for sentence, found in zip(parts, enforced, strict=True):
        text = " ".join(next(done) for _ in sentence)
        lost = tuple(t for t in {_key(m.term): m.term for m in found}.values() if not present(t, text))
        results.append(Steered(text, tuple(found), lost))
    return results


def _translated(engine: Engine, parts: Sequence[tuple[str, list[TermMatch]]]) -> list[str]:
    inject = engine.steering.inject
    work = _first_try(engine, [_input(text, found, inject=inject) for text, found in parts])
    if inject and not engine.steering.repair:
        again = [i for i, w in enumerate(work) if w.given.missing(w.best.text)]
        plain = _first_try(engine, [_input(*parts[i], inject=False) for i in again])
        for i, other in zip(again, plain, strict=True):
            if len(other.given.missing(other.best.text)) < len(work[i].given.missing(work[i].best.text)):
                work[i] = other
    if engine.steering.repair:
        for _ in range(_ROUNDS):
            if not _rewrite(engine, work):
                break
        return [without_stutter(_replaced(w.given, w.best), _doubled(w.given)) for w in work]
    return [w.best.text for w in work]


def _first_try(engine: Engine, inputs: Sequence[_Input]) -> list[_Work]:
    """All sentences in one batch; those in which the engine loops once more with loops forbidden.

    With repair, of each the candidate that lacks least; without, the engine's own first.
    """
    found = engine.translate([i.text for i in inputs])
    most = None if engine.steering.repair else 1
    work = [_Work(i, min(beam[:most], key=partial(_rank, i))) for i, beam in zip(inputs, found, strict=True)]
    loops = [w for w in work if looping(w.best.text)]
    again = engine.complete([(w.given.text, "") for w in loops], no_loops=True)
    for w, other in zip(loops, again, strict=True):
        if _rank(w.given, other) < _rank(w.given, w.best):
            w.best = other
    return work


def _rewrite(engine: Engine, work: Sequence[_Work]) -> bool:
    """One round over all sentences: write each anew from where what it lacks first may begin.

    Whether anything is left to try.
    """
    trials: list[tuple[_Work, _Need, int]] = []
    for w in work:
        need = w.next_lost()
        if need is None:
            continue
        at = w.start(need)
        if at is None:
            w.tries[need.key] = _TRIES
        else:
            trials.append((w, need, at))
    begun = [(w.given.text, w.best.text[:at] + fitted(need.words, w.best.text, at, at)) for w, need, at in trials]
    for (w, need, _), written in zip(trials, engine.complete(begun), strict=True):
        if _rank(w.given, written) < _rank(w.given, w.best):
            w.best = written
        if not need.met(w.best.text):
            w.tries[need.key] += 1
    return bool(trials)


def _rank(given: _Input, hypothesis: Hypothesis) -> int:
    """What is better is smaller: what is lost weighs as much as two words that repeat or two wrong numbers."""
    text = hypothesis.text
    return 2 * len(given.missing(text)) + looping(text) + len(given.spurious(text))


def looping(text: str) -> int:
    """How many words repeat a run of up to six words that stands right before them: what neural models fall into."""
    words = _WORD.findall(text.lower())
    return sum(
        words[i : i + size] == words[i - size : i] for size in range(1, 7) for i in range(size, len(words) - size + 1)
    )


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
    text, end, spans = "", 0, []
    for match in matches:
        text += sentence[end : match.start]
        words = match.term.target if inject else sentence[match.start : match.end]
        spans.append((match.term, len(text), len(text) + len(words)))
        text += words
        end = match.end
    text += sentence[end:]
    terms = [_Need(_key(term), term.target, a, b, term) for term, a, b in spans]
    numbers = [
        _Need((f.start, f.end), f.english, f.start, f.end, f)
        for f in figures(text, [(a, b) for _, a, b in spans])
        if f.english
    ]
    return _Input(text, tuple(spans), (*terms, *numbers))


def _replaced(given: _Input, hypothesis: Hypothesis) -> str:
    """The hypothesis with what is lost in the place of the words that the decoder wrote for it.

    A term goes where attention is sure; words that hold another term are left alone. An
    amount goes in the place of a wrong one. What remains the check tells the editor.
    """
    text = hypothesis.text
    taken = [span for term, _, _ in given.terms for span in find_forms(term, text)]
    wrong = given.wrong_amounts(text)
    replacements: list[tuple[int, int, str]] = []
    for need in given.missing(text):
        words = need.words
        if isinstance(need.demand, Figure):
            span = need.place(hypothesis, wrong) if need.amount else None
            if span:
                wrong.discard(span)
                words = _shaped(words, text, span)
        else:
            found = aligned_target(hypothesis, need.start, need.end)
            span = (found.start, found.end) if found and found.share >= _SURE else None
        if span is None or any(span[0] < b and a < span[1] for a, b in taken):
            continue
        taken.append(span)
        replacements.append((*span, fitted(words, text, *span)))
    for start, end, words in sorted(replacements, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _shaped(words: str, text: str, span: tuple[int, int]) -> str:
    """A number in the shape of the one it replaces: 14th for the 13th, no sign where ``percent`` follows."""
    digits = words.replace(",", "")
    if digits.isdigit() and re.search(r"(?:st|nd|rd|th)$", text[span[0] : span[1]]):
        return ordinal(int(digits))
    return words.removesuffix("%") if _PERCENT.match(text, span[1]) else words


def without_stutter(text: str, meant: frozenset[str] = frozenset()) -> str:
    """``text`` with words that are repeated at once written once, but for those that are ``meant`` (lower case).

    >>> without_stutter("the Joint Joint Committee for peace and stability and stability")
    'the Joint Committee for peace and stability'
    """

    def once(match: re.Match[str]) -> str:
        return match[0] if match[1].lower() in meant else match[1]

    return _STUTTER.sub(once, _FIRST_TWICE.sub(once, text))


def _doubled(given: _Input) -> frozenset[str]:
    """What stands twice on purpose: ``84 84`` in the source, ``Ko Ko`` in a name, ``had had``."""
    texts = [given.text, *(words for term, _, _ in given.terms for words in term.targets)]
    return frozenset({"had", "that", *(m[1].lower() for text in texts for m in _STUTTER.finditer(text))})


def fitted(target: str, text: str, start: int, end: int) -> str:
    """``target`` as it must read in the place of ``text[start:end]``: article, possessive and capital kept."""
    old = text[start:end]
    article, possessive = _ARTICLE.match(old), _POSSESSIVE.search(old)
    words = target if _ARTICLE.match(target) or not article else article[0] + target
    if article and article[0].strip().lower() in ("a", "an"):
        words = ("an " if _begins_with_vowel_sound(target) else "a ") + target
    own_article = _ARTICLE.match(target)
    if own_article and _ARTICLE_BEFORE.search(text[:start]):
        words = target[own_article.end() :]
    if possessive and not target.endswith(("'s", "’s")):
        words += possessive[0]
    if not text[:start].strip():
        words = words[:1].upper() + words[1:]
    return words


def _begins_with_vowel_sound(words: str) -> bool:
    """By sound, not by letter: an hour, a union, an MoU, a UNESCO chief, a NATO summit."""
    first = words.split()[0].split("-")[0]
    spoken_as_word = len(first) > 3 and first[1:2] in "AEIOU"
    if _ACRONYM.fullmatch(first) and not spoken_as_word:
        return first[0] in "AEFHILMNORSX"
    lowered = first.lower()
    if lowered.startswith(("uni", "use", "usu", "eu", "one", "once")):
        return False
    return lowered.startswith(("a", "e", "i", "o", "u", "hour", "honest", "honor", "honour", "heir"))


def _key(term: Term) -> object:
    return term.id or (term.source, term.target)
