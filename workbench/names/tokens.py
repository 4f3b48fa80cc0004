"""Words of a Vietnamese text with their places, and what their spelling tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from workbench.text import match_form, nfc

_LETTERS = r"[^\W\d_]+"
_WORD = re.compile(rf"{_LETTERS}(?:[-'’]{_LETTERS})*|\d[\d.,/]*")
_PIECES = re.compile(r"[-'’]")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_NUCLEUS = "(?:uyê|uya|yê|iê|ươ|uô|uâ|oă|oa|oe|uê|uơ|uy|ia|ya|ua|ưa|oo|[aăâeêiyoôơuư])"
_CODA = "(?:ch|ng|nh|[cmnptiyou])?"
_SYLLABLE = re.compile(_ONSET + _NUCLEUS + _CODA)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``text[start:end]``; ``gap`` is what stands before it."""

    text: str
    start: int
    end: int
    gap: str
    lower: str
    form: str
    capital: bool

    @property
    def joined(self) -> bool:
        """Whether only blanks separate the word from the one before it."""
        return bool(self.gap) and not self.gap.strip()


def tokenize(text: str) -> list[Token]:
    """The words of ``text``; ``Việt Nam-Lào`` is three words, ``Tae-yul`` is one."""
    tokens: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        for start, stop in _parts(match.group(), match.start()):
            word = text[start:stop]
            tokens.append(Token(word, start, stop, text[end:start], *_forms(word)))
            end = stop
    return tokens


@lru_cache(maxsize=20000)
def _forms(word: str) -> tuple[str, str, bool]:
    return word.lower(), match_form(word), word[0].isupper()


def _parts(word: str, offset: int) -> list[tuple[int, int]]:
    """``word`` cut at the hyphens that join two Vietnamese names (``Cái-Hạ``)."""
    if "-" not in word:
        return [(offset, offset + len(word))]
    parts: list[tuple[int, int]] = []
    start = 0
    for hyphen in re.finditer("-", word):
        left, right = word[start : hyphen.start()], word[hyphen.end() :]
        if right[:1].isupper() and _separate(left, right.split("-")[0]):
            parts.append((offset + start, offset + hyphen.start()))
            start = hyphen.end()
    parts.append((offset + start, offset + len(word)))
    return parts


def _separate(left: str, right: str) -> bool:
    return (is_syllable(left) and is_syllable(right)) or marked(left) or marked(right) or left.isupper()


@lru_cache(maxsize=20000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is spelled like one Vietnamese syllable.

    ``Nguyễn`` and ``Hun`` are, ``Biden`` and ``Park`` are not. The pattern is the
    onset–nucleus–coda scheme of Vietnamese orthography (Thompson 1965,
    "A Vietnamese Grammar", ch. 3).
    """
    if word != word.capitalize() and not word.islower():
        return False
    return bool(_SYLLABLE.fullmatch(_toneless(word.lower())))


@lru_cache(maxsize=20000)
def marked(word: str) -> bool:
    """Whether ``word`` bears marks that only Vietnamese spelling has: ``Lễ``, ``Đặng``."""
    lowered = word.lower()
    if any(c in "đăơư" for c in lowered):
        return True
    decomposed = unicodedata.normalize("NFD", lowered)
    if any(c in "\u0309\u0323\u031b" for c in decomposed):
        return True
    return is_syllable(word) and any(unicodedata.combining(c) for c in decomposed)


@lru_cache(maxsize=20000)
def is_phonetic(word: str) -> bool:
    """Whether ``word`` is a foreign name spelled out in syllables: ``Xi-phăn-đon``."""
    pieces = word.split("-")
    return (
        len(pieces) > 1
        and pieces[0][:1].isupper()
        and all(p.islower() for p in pieces[1:])
        and any(marked(p) for p in pieces)
    )


def is_acronym(word: str) -> bool:
    """Whether ``word`` is an abbreviation in capitals: ``TTXVN``, ``UBND``, ``EU``."""
    return len(word) > 1 and word.isupper()


def _toneless(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return nfc("".join(c for c in decomposed if c not in _TONES))


def transliterate(name: str) -> str:
    """A Vietnamese name without its marks, the order kept.

    >>> transliterate("Lê Hoài Trung"), transliterate("Đỗ Hùng Việt")
    ('Le Hoai Trung', 'Do Hung Viet')
    """
    decomposed = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
