"""Names in English letters: Vietnamese, Chinese (pinyin) and names spelled by sound."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from workbench.names.lexicon import figures, readings, surnames
from workbench.names.tokens import transliterate

MAX_CANDIDATES = 8
_COMPOUND_SURNAMES = 2


def split_chinese(name: str) -> tuple[str, list[str]] | None:
    """Surname and given syllables of a Sino-Vietnamese name, None where the surname is unknown.

    >>> split_chinese("Âu Dương Minh")
    ('Âu Dương', ['Minh'])
    """
    words = name.split()
    for length in (_COMPOUND_SURNAMES, 1):
        surname = " ".join(words[:length])
        known = surnames().get(surname)
        if len(words) > length and known and known.pinyin:
            return surname, words[length:]
    return None


def pinyin(name: str) -> list[str]:
    """The candidates for a Chinese name in its Sino-Vietnamese reading, best first.

    Readings come by frequency from ``hanviet.tsv``, the surname's from
    ``surnames.tsv`` (``Tiết`` is Xue as a surname). Given names are one word, with
    an apostrophe before a vowel (GB/T 28039-2011).

    >>> pinyin("Vương Nghị"), pinyin("Lưu Hải Tinh")[0]
    (['Wang Yi'], 'Liu Haixing')
    """
    words = name.split()
    parts = split_chinese(name)
    surname, given = parts if parts else (words[0], words[1:])
    first = surnames()[surname].pinyin if parts else readings().get(words[0], ())
    syllables = [readings().get(word, ()) for word in given]
    if not first or not given or not all(syllables):
        return _settled(name)
    ranked = sorted(
        product(enumerate(first), *(enumerate(options) for options in syllables)),
        key=lambda choice: (sum(rank for rank, _ in choice), [rank for rank, _ in choice]),
    )
    composed = [f"{choice[0][1]} {join_given([word for _, word in choice[1:]])}" for choice in ranked]
    return list(dict.fromkeys(_settled(name) + composed))[:MAX_CANDIDATES]


def _settled(name: str) -> list[str]:
    settled = figures().get(name)
    return [settled] if settled else []


def join_given(syllables: list[str]) -> str:
    """``Min`` and ``Er`` → ``Min'er``; ``Hai`` and ``Xing`` → ``Haixing``."""
    word = syllables[0]
    for syllable in syllables[1:]:
        word += ("'" if syllable[0] in "AEO" else "") + syllable.lower()
    return word


# Rules for Lao names, read off the names of Lao leaders as both sides' press writes
# them (Xỏn-xay Xi-phăn-đon – Sonexay Siphandone, Bun-nhăng Vo-la-chít – Bounnhang
# Vorachith, Xa-lơm-xay Côm-ma-xít – Saleumxay Kommasith).
_LAO = [
    (re.compile(pattern), english)
    for pattern, english in [
        (r"^x(?!ay$)", "s"),
        (r"^c(?!h)", "k"),
        (r"oo", "o"),
        (r"ơ", "eu"),
        (r"(?<=[^aâeo])u", "ou"),
        (r"t$", "th"),
        (r"(?<=o)n$", "ne"),
    ]
]


def phonetic(name: str) -> str:
    """The likely English of a Lao name spelled out in Vietnamese syllables.

    A guess for the editor to look at: ``Xỏn-xay Xi-phăn-đon`` → ``Sonexay Siphandone``.
    """
    return " ".join(_phonetic_word(word) for word in name.split())


def _phonetic_word(word: str) -> str:
    pieces = word.lower().split("-")
    if len(pieces) == 1:
        return transliterate(word)
    spelled = "".join(_lao_syllable(piece) for piece in pieces)
    if pieces[-1].endswith(("an", "án", "àn", "ản", "ãn", "ạn")):
        spelled += "e"
    return re.sub("^x", "s", spelled).capitalize()


def _lao_syllable(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in "\u0300\u0301\u0303\u0309\u0323"))
    for pattern, english in _LAO:
        plain = pattern.sub(english, plain)
    return transliterate(plain)
