"""Where an English text holds a term in a form that is right.

``Bộ trưởng Ngoại giao`` is right as ``Foreign Minister``, ``Foreign Ministers`` or ``the
foreign minister's``. Term and text are cut into words, each word brought to one spelling, and
a word of the term looked up in an index of the text: one that is not there costs microseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from workbench.glossary.terms import Term

_PREFIXES = "anti|bi|co|cyber|e|eco|ex|inter|macro|micro|mid|mini|multi|non|post|pre|re|self|socio|sub|trans|under"
_WORD = re.compile(rf"(?:[A-Z]\.)+[A-Z]\b\.?|(?:(?i:{_PREFIXES})[-‐‑–](?=[^\W\d_]{{3}}))?[^\W_]+\+?(?:['’]s\b)?")
_ACRONYM = re.compile(r"\(([A-Z][\w+–-]*)\)")
_BRACKETED = re.compile(r"\s*\([^()]*\)")
_BREAK = re.compile(r"[.;:!?()\[\]|…]")
_ABBREVIATED = frozenset({"st", "no", "mt", "dr", "mr", "mrs"})
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
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_NUMBERS = {word: str(value) for value, word in enumerate(_UNITS.split())}
_NUMBERS |= {word: f"{value}th" for value, word in enumerate([*_ORDINALS.split(), "thirteenth", "fourteenth"])}
# British endings by letters that a word must have; to ask for those is cheap.
_ENDINGS = [
    ("is", re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing|ation|ations|er|ers|able)$"), r"iz\1"),
    ("our", re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|able$|ite$|al$|ly$|hood$|liness$|er)"), "or"),
    ("ll", re.compile(r"(?<=[a-z]{2}[aeio])ll(ed|ing|or|ors|er|ers)$"), r"l\1"),
    ("st", re.compile(r"^(\d+)st$"), r"\1th"),
    ("nd", re.compile(r"^(\d+)nd$"), r"\1th"),
    ("rd", re.compile(r"^(\d+)rd$"), r"\1th"),
]
_DERIVED = re.compile(
    r"(?<=[a-z]{4})(?:izations?|izing|ized?|ations?|ions?|e?ments?|ances?|ances|ences?|ants?|ents?|ity|al|ly|ing|e)$"
)


def _listed(kind: str) -> list[tuple[str, str]]:
    """Pairs of ``equals.tsv``: a ``spelling`` and ours, wordings that mean the ``same``, a land and its ``people``."""
    text = files("workbench.glossary").joinpath("equals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return [(left, right) for named, left, right in rows if named == kind]


_SPELLINGS = dict(_listed("spelling"))


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a text: as written, in one spelling, as a dictionary entry."""

    raw: str
    norm: str
    lemma: str
    root: str
    start: int
    end: int
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    """One word of a form, and how freely a word of the text may differ from it."""

    norm: str
    lemma: str = ""
    root: str = ""
    exact: str = ""
    capital: bool = False

    def fits(self, word: _Word) -> bool:
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


@dataclass(frozen=True, slots=True)
class _Text:
    words: tuple[_Word, ...]
    breaks: tuple[int, ...]
    """For each word what stands before it: 0 blank or hyphen, 1 comma, 2 end of a clause."""
    index: dict[str, list[int]]


def find_forms(term: Term, text: str, *, sentence_start: bool = True) -> list[tuple[int, int]]:
    """Spans of ``text`` (code points) that hold ``term`` in an allowed form, left to right.

    ``the two Foreign Ministers agreed`` holds ``Bộ trưởng Ngoại giao`` (Foreign Minister) at
    8–25. A leading article is not part of the span. ``sentence_start``: the text begins a
    sentence, where a case-sensitive term may be capitalised.
    """
    found: dict[int, int] = {}
    read = _read(text)
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
    read, exact = _read(text), _exact_forbidden(term)
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


def _occurrences(form: _Form, read: _Text, text: str) -> Iterator[tuple[int, int]]:
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


def _walk(form: _Form, read: _Text, position: int, step: int) -> int | None:
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


@lru_cache(maxsize=1024)
def _read(text: str) -> _Text:
    acronyms = [(m.start(1), m.end(1)) for m in _ACRONYM.finditer(text)]
    plain = _ACRONYM.sub(lambda m: f" {m[1]} ", text) if acronyms else text
    words: list[_Word] = []
    breaks: list[int] = []
    index: dict[str, list[int]] = {}
    end = 0
    for match in _WORD.finditer(text):
        raw = match[0]
        stop = match.end()
        if raw.endswith(("'s", "’s")):
            raw, stop = raw[:-2], stop - 2
        if raw.endswith("."):  # U.S. and N.T.H: whether the last point is a form's own is asked where it is found.
            raw, stop = raw[:-1], stop - 1
        norm, lemma, root = _key(raw)
        in_acronym = any(a <= match.start() < b for a, b in acronyms)
        breaks.append(_border(plain[end : match.start()], words[-1].norm if words else ""))
        for key in {norm, lemma, root}:
            index.setdefault(key, []).append(len(words))
        words.append(_Word(raw, norm, lemma, root, match.start(), stop, in_acronym))
        end = match.end()
    return _Text(tuple(words), tuple(breaks), index)


def _border(gap: str, before: str) -> int:
    abbreviated = gap.startswith(".") and before in _ABBREVIATED
    return 2 if _BREAK.search(gap) and not abbreviated else int("," in gap)


@lru_cache(maxsize=65536)
def _key(raw: str) -> tuple[str, str, str]:
    """One spelling, dictionary form and root: ``Normalised`` → normalized, normalize, ~normal."""
    folded = unicodedata.normalize("NFD", raw.replace("Đ", "D").replace("đ", "d"))
    norm = "".join(c for c in folded if c.isalnum() or c == "+").lower()
    norm = _american(_NUMBERS.get(norm, norm))
    if raw[:-1].isupper() and raw.endswith("s"):
        return norm, norm[:-1], "~" + norm
    lemma = _american(_lemma(norm))
    return norm, lemma, "~" + _DERIVED.sub("", lemma)


def _american(word: str) -> str:
    for letters, pattern, new in _ENDINGS:
        if letters in word:
            word = pattern.sub(new, word)
    return _SPELLINGS.get(word, word)


def _lemma(word: str) -> str:
    from simplemma import lemmatize  # 0.35 s for the dictionary, paid with the first term that is looked for

    found = lemmatize(word, lang="en").lower()
    if found == word and len(word) > 5:
        found = re.sub(r"(?<=iz)(?:ed|es|ing)$", "e", word)
    return found


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
    allowed = {tuple(_key(w)[0] for w in _WORD.findall(t)) for t in term.targets}
    return frozenset(f for f in term.forbidden if tuple(_key(w)[0] for w in _WORD.findall(f)) in allowed)


def _compile(text: str, term: Term, *, vary: bool) -> Iterator[_Form]:
    wordings = {text, _BRACKETED.sub("", text)} if "(" in text else {text}
    for wording in wordings:
        # An in "An Giang" is no article.
        words = [re.sub(r"['’]s$|\.$", "", w) for w in _WORD.findall(wording) if w not in (*_ARTICLES, "The")]
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
    norm, lemma, root = _key(word)
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
    pairs = [(a.split(), b.split()) for a, b in [*_listed("same"), *_listed("people")]]
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
    norm, lemma, _ = _key(word)
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
