"""Where an English text holds a term in a form that is right.

``Bộ trưởng Ngoại giao`` is right as ``Foreign Minister``, ``Foreign Ministers`` or ``the
foreign minister's``. Term and text are cut into words, each word brought to one spelling, and
a word of the term looked up in an index of the text: one that is not there costs microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.glossary.terms import Term
from workbench.glossary.words import WORD, Text, Word, bare, equals, key_of, read_words

_BRACKETED = re.compile(r"\s*\([^()]*\)")
_ARTICLES = frozenset({"a", "an", "the"})
_LINKS = frozenset({"and", "or"})
_PREPOSITIONS = frozenset({"of", "for", "on", "in", "to", "against", "among", "between", "with", "at", "from", "by"})
_QUOTES = "\"“”„«»'‘’"
_DROPPED = frozenset({"province", "city", "island", "archipelago", "waterfall", "prefecture"})
_GENERIC_TEXT = (
    "town border gate airport river bay gulf sea street square palace house museum headquarters region district "
    "commune bridge port zone international national ancient old quarter waters mouth"
)
_GENERIC = _DROPPED.union(_GENERIC_TEXT.split())


@dataclass(frozen=True, slots=True)
class _Element:
    """One word of a form, and how freely a word of the text may differ from it."""

    norm: str
    lemma: str = ""
    root: str = ""
    exact: str = ""
    capital: bool = False

    def fits(self, word: Word) -> bool:
        if self.exact:
            return word.raw == self.exact or word.raw == self.exact + "s"
        if self.capital and not word.raw[0].isupper() and not word.raw[0].isdigit():
            return False
        if word.norm == self.norm or (bool(self.lemma) and word.lemma == self.lemma):
            return True
        return bool(self.root) and word.root == self.root


@dataclass(frozen=True, slots=True)
class _Form:
    elements: tuple[_Element, ...]
    anchor: int
    commas: bool
    quoted: bool
    open: bool
    """Whether names may stand after ``of``: ``Secretary of the (Quang Ninh) provincial Party Committee``."""
    text: str


def find_forms(term: Term, text: str, *, sentence_start: bool = True) -> list[tuple[int, int]]:
    """Spans of ``text`` (code points) that hold ``term`` in an allowed form, left to right.

    ``the two Foreign Ministers agreed`` holds ``Bộ trưởng Ngoại giao`` (Foreign Minister) at
    8–25. A leading article is not part of the span. ``sentence_start``: the text begins a
    sentence, where a case-sensitive term may be capitalised.
    """
    found: dict[int, int] = {}
    read = read_words(text)
    exact = _exact_forbidden(term)
    for form in _forms(term):
        for start, end in _occurrences(form, read, text):
            if term.case_sensitive and not _same_case(form.text, text, start, sentence_start):
                continue
            if text[start:end] not in exact:
                found[start] = max(end, found.get(start, 0))
    return sorted(found.items())


def find_forbidden(term: Term, text: str) -> list[tuple[int, int, str]]:
    """Spans that hold a forbidden form, with that form, unless they lie in an allowed one.

    With ``South China Sea`` forbidden for ``Biển Đông``, ``in the South China Sea``
    gives ``(7, 22, "South China Sea")``. A forbidden form that differs from an
    allowed one by case or spelling only (``Ministry of Defence``) counts as written.
    """
    read, exact = read_words(text), _exact_forbidden(term)
    allowed = find_forms(term, text) if term.forbidden else []
    found: dict[tuple[int, int], str] = {}
    for form in _forbidden_forms(term):
        for start, end in _occurrences(form, read, text):
            if form.text in exact and text[start:end] != form.text:
                continue
            if not any(a <= start and end <= b for a, b in allowed):
                found.setdefault((start, end), form.text)
    longest = [s for s in sorted(found) if not any(a <= s[0] and s[1] <= b and (a, b) != s for a, b in found)]
    return [(*span, found[span]) for span in longest]


def present(term: Term, text: str) -> bool:
    """Whether ``text`` holds ``term`` in any allowed form.

    >>> present(Term(1, "hội đàm", "hold talks"), "The two leaders held talks in Hanoi.")
    True
    """
    return bool(find_forms(term, text))


def _same_case(form: str, text: str, start: int, sentence_start: bool) -> bool:
    first = form.removeprefix("the ")[:1]
    at_start = (sentence_start and start == 0) or text[:start].rstrip(" \"'“‘").endswith((".", "!", "?", ":"))
    return text[start] == first or (at_start and text[start].lower() == first)


def _occurrences(form: _Form, read: Text, text: str) -> Iterator[tuple[int, int]]:
    anchor = form.elements[form.anchor]
    hits = read.index.get(anchor.norm, [])
    if anchor.lemma:
        hits = sorted({*hits, *read.index.get(anchor.lemma, ()), *read.index.get(anchor.root, ())})
    for position in hits:
        if not anchor.fits(read.words[position]):
            continue
        first = _walk(form, read, position, -1)
        last = _walk(form, read, position, 1) if first is not None else None
        if first is not None and last is not None:
            start, end = read.words[first].start, read.words[last].end
            if form.quoted and start and text[start - 1] in _QUOTES:
                start -= 1
            # A point at the very end is the sentence's, even where it is the form's too.
            if form.text.endswith(".") and text[end : end + 1] == "." and text[end + 1 :].strip():
                end += 1
            yield start, end


def _walk(form: _Form, read: Text, position: int, step: int) -> int | None:
    """The last word reached when the form is followed from its anchor in one direction."""
    at = form.anchor + step
    while 0 <= at < len(form.elements):
        element = form.elements[at]
        comma_fits = form.commas or (element if step > 0 else form.elements[at + 1]).norm in _LINKS
        gap_open = form.open and form.elements[at - 1 if step > 0 else at].norm == "of"
        inserted = 0
        while True:
            border = read.breaks[position + 1] if step > 0 and position + 1 < len(read.words) else read.breaks[position]
            if border > (1 if comma_fits else 0):
                return None
            position += step
            if not 0 <= position < len(read.words):
                return None
            word = read.words[position]
            if element.fits(word):
                break
            inserted += 1
            passive = bool(element.root) and word.lemma == "be"
            if not (
                passive
                or word.acronym
                or word.norm in _ARTICLES
                or (gap_open and word.raw[0].isupper() and inserted < 5)
            ):
                return None
        at += step
    return position


@lru_cache(maxsize=32768)
def _forms(term: Term) -> tuple[_Form, ...]:
    seen: dict[tuple[_Element, ...], _Form] = {}
    for target in term.targets:
        for form in _compile(target, term, vary=True):
            seen.setdefault(form.elements, form)
    return tuple(seen.values())


@lru_cache(maxsize=8192)
def _forbidden_forms(term: Term) -> tuple[_Form, ...]:
    return tuple(form for text in term.forbidden for form in _compile(text, term, vary=False))


@lru_cache(maxsize=8192)
def _exact_forbidden(term: Term) -> frozenset[str]:
    """Forbidden forms that only case or spelling tells from an allowed one."""
    if not term.forbidden:
        return frozenset()
    allowed = {tuple(key_of(w)[0] for w in WORD.findall(t)) for t in term.targets}
    return frozenset(f for f in term.forbidden if tuple(key_of(w)[0] for w in WORD.findall(f)) in allowed)


def _compile(text: str, term: Term, *, vary: bool) -> Iterator[_Form]:
    wordings = {text, _BRACKETED.sub("", text)} if "(" in text else {text}
    for wording in wordings:
        # An in "An Giang" is no article.
        words = [bare(w) for w in WORD.findall(wording) if w not in (*_ARTICLES, "The")]
        if not words:
            continue
        heads, loose = _heads(words, term), term.category == "phrase" and len(words) > 1
        elements = [_element(word, term, at in heads, loose) for at, word in enumerate(words)]
        for variant in _variants(elements, term) if vary else [elements]:
            anchor = max(range(len(variant)), key=lambda i: len(variant[i].norm))
            commas = "," in wording or len(variant) < len(elements)
            named = vary and term.category == "title"
            yield _Form(tuple(variant), anchor, commas, wording[:1] in _QUOTES, named, text)


def _element(word: str, term: Term, head: bool, loose: bool) -> _Element:
    norm, lemma, root = key_of(word)
    if len(word) > 1 and word.isupper() and not word.isdigit():
        return _Element(norm, exact=word)
    capital = word[0].isupper() and term.category in ("person", "place") and norm not in _GENERIC
    fixed = term.category == "person" or (word[0].isupper() and not head) or word[0].isdigit()
    plural_name = term.category == "organization" and word[0].isupper() and norm != lemma
    if fixed or plural_name or word.lower() in _PREPOSITIONS:
        return _Element(norm, capital=capital)
    return _Element(norm, lemma, root if loose and word[0].islower() else "", capital=capital)


def _heads(words: list[str], term: Term) -> set[int]:
    """Where number may change: ``Foreign Minister(s)``, ``Director(s) General of the Department``."""
    cuts = [i for i, w in enumerate(words) if i and w.lower() in _PREPOSITIONS] + [len(words)]
    if term.category in ("organization", "place"):
        return {cuts[0] - 1} if term.category == "organization" or len(words) > 1 else set()
    ends = cuts + [i for i, w in enumerate(words) if i and w.lower() in _LINKS]
    return {i - 1 for i in ends} | ({0} if term.category == "title" else set())


def _variants(elements: list[_Element], term: Term) -> Iterator[list[_Element]]:
    """The form itself and its equals: UN or United Nations, ``Politburo member`` or ``member of the Politburo``."""
    yield elements
    if term.category == "person":
        return
    bases = [elements, *_replaced(elements)]
    yield from bases[1:]
    if len(elements) == 1:
        return
    if term.category == "place" and elements[-1].norm in _DROPPED:
        yield elements[:-1]
    for base in bases:
        yield from _reordered(base, term)
    links = [i for i, e in enumerate(elements) if e.norm in _LINKS and 0 < i < len(elements) - 1]
    if links:
        yield [e for i, e in enumerate(elements) if i not in links]


@cache
def _equals() -> dict[str, list[tuple[int, list[str], list[str]]]]:
    """By its first word, each wording that has an equal: its place in the list of all, itself, the equal."""
    pairs = [(a.split(), b.split()) for a, b in [*equals("same"), *equals("people")]]
    by_word: dict[str, list[tuple[int, list[str], list[str]]]] = {}
    for place, (old, new) in enumerate([*pairs, *((b, a) for a, b in pairs), (["ministry"], ["minister"])]):
        by_word.setdefault(old[0], []).append((place, old, new))
    return by_word


def _replaced(elements: list[_Element]) -> Iterator[list[_Element]]:
    norms = [e.norm for e in elements]
    found = [
        (place, at, old, new)
        for at, norm in enumerate(norms)
        for place, old, new in _equals().get(norm, ())
        if norms[at : at + len(old)] == old
    ]
    for _, at, old, new in sorted(found):
        yield elements[:at] + [_named(word) for word in new] + elements[at + len(old) :]


def _named(word: str) -> _Element:
    if word in _PREPOSITIONS:
        return _Element(word)
    if len(word) <= 4 and word not in ("viet", "nam", "lao", "thai"):
        return _Element(word, exact=word.upper())
    norm, lemma, _ = key_of(word)
    return _Element(norm, lemma, capital=True)


def _reordered(elements: list[_Element], term: Term) -> Iterator[list[_Element]]:
    """``A of B`` as ``B A`` and the other way round, where it stays short."""
    norms = [e.norm for e in elements]
    if len(elements) > 8 or (term.category == "place" and "of" not in norms and norms[-1] not in _GENERIC):
        return
    if "of" in norms[1:]:
        at = norms.index("of", 1)
        last = len(norms) - 1 - norms[::-1].index("of")
        for cut in {at, last}:
            if len(elements) - cut - 1 <= 4:
                yield elements[cut + 1 :] + elements[:cut]
        if term.category == "phrase":
            yield elements[:at] + elements[at + 1 :]
    elif not _PREPOSITIONS & set(norms):
        for cut in range(1, min(4, len(elements))):
            yield [*elements[cut:], _Element("of"), *elements[:cut]]
            if term.category == "phrase":
                yield elements[cut:] + elements[:cut]
