"""Telling Vietnamese words from others: syllables, letters, names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ONLY_VIETNAMESE = re.compile(r"[ơưƠƯ\u1ea0-\u1ef9]")
_OFTEN_VIETNAMESE = re.compile(r"[ăđĂĐĩũĨŨ]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:(?:[aeiouy]|ie|ye|oa|oe|oo|ua|ue|uo|uy|uye)(?:ng|nh|ch|[cmnpt])|[aeiouy]|ai|ao|au|ay|eo|eu|ia|iu|oa|oe|oi|ua"
    r"|ue|ui|uo|uu|uy|oai|oay|oeo|uay|uoi|uou|uya|uyu|ieu|yeu)"
)
UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
"""Capital letters, for use in a character class."""
WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=32768)
def plain(text: str) -> str:
    """Without diacritics, as names stand in English: ``Lê Hoài Trung`` → ``Le Hoai Trung``."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable: ``Trung`` has, ``Paulo`` has not."""
    return _SYLLABLE.fullmatch(plain(word).lower()) is not None


def has_diacritics(word: str) -> bool:
    return not word.isascii() and plain(word) != word


def is_vietnamese(word: str, source_words: frozenset[str]) -> bool:
    """Whether a word in an English text was left over from the Vietnamese.

    ``hội`` and ``Trường`` by their letters; ``Hà`` or ``nhà`` only when they stand
    in the source; ``café``, ``São`` and ``Côte`` are no Vietnamese.
    """
    if word.isascii():
        return False
    if ONLY_VIETNAMESE.search(word):
        return True
    if not has_diacritics(word) or not is_syllable(word) or word.casefold() in ("são", "tomé"):
        return False
    return bool(_OFTEN_VIETNAMESE.search(word)) or word.casefold() in source_words
