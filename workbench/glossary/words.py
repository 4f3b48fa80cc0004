"""English text as words: each as written, in one spelling, and as a dictionary has it.

``Normalised`` is *normalized*, *normalize* and the root *normal*; ``U.S.`` and ``N.T.H`` are one word each.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_PREFIXES = "anti|bi|co|cyber|e|eco|ex|inter|macro|micro|mid|mini|multi|non|post|pre|re|self|socio|sub|trans|under"
WORD = re.compile(rf"(?:[A-Z]\.)+[A-Z]\b\.?|(?:(?i:{_PREFIXES})[-‐‑–](?=[^\W\d_]{{3}}))?[^\W_]+\+?(?:['’]s\b)?")
_ACRONYM = re.compile(r"\(([A-Z][\w+–-]*)\)")
_BREAK = re.compile(r"[.;:!?()\[\]|…]")
_ABBREVIATED = frozenset({"st", "no", "mt", "dr", "mr", "mrs"})
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


def equals(kind: str) -> list[tuple[str, str]]:
    """Pairs of ``equals.tsv``: a ``spelling`` and ours, wordings that mean the ``same``, a land and its ``people``."""
    text = files("workbench.glossary").joinpath("equals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return [(left, right) for named, left, right in rows if named == kind]


_SPELLINGS = dict(equals("spelling"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, in one spelling, as a dictionary entry."""

    raw: str
    norm: str
    lemma: str
    root: str
    start: int
    end: int
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text, in order and by spelling, dictionary form and root."""

    words: tuple[Word, ...]
    breaks: tuple[int, ...]
    """For each word what stands before it: 0 blank or hyphen, 1 comma, 2 end of a clause."""
    index: dict[str, list[int]]


def bare(word: str) -> str:
    """A word without its possessive, and initials without their last point: ``minister's``, ``N.T.H.``"""
    return re.sub(r"['’]s$|\.$", "", word)


@lru_cache(maxsize=1024)
def read_words(text: str) -> Text:
    """Cut a text into words."""
    acronyms = [(m.start(1), m.end(1)) for m in _ACRONYM.finditer(text)]
    plain = _ACRONYM.sub(lambda m: f" {m[1]} ", text) if acronyms else text
    words: list[Word] = []
    breaks: list[int] = []
    index: dict[str, list[int]] = {}
    end = 0
    for match in WORD.finditer(text):
        raw = bare(match[0])
        norm, lemma, root = key_of(raw)
        in_acronym = any(a <= match.start() < b for a, b in acronyms)
        breaks.append(_border(plain[end : match.start()], words[-1].norm if words else ""))
        for key in {norm, lemma, root}:
            index.setdefault(key, []).append(len(words))
        words.append(Word(raw, norm, lemma, root, match.start(), match.start() + len(raw), in_acronym))
        end = match.end()
    return Text(tuple(words), tuple(breaks), index)


def _border(gap: str, before: str) -> int:
    abbreviated = gap.startswith(".") and before in _ABBREVIATED
    return 2 if _BREAK.search(gap) and not abbreviated else int("," in gap)


@lru_cache(maxsize=65536)
def key_of(raw: str) -> tuple[str, str, str]:
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
