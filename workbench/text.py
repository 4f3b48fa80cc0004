"""Vietnamese text as the rest of the workbench sees it: NFC, one spelling to match by."""

from __future__ import annotations

import re
import unicodedata

DASHES = "‐‑‒–—―−"
DIGITS = 15
"""Numbers of so many digits are held by SQLite, JSON and JavaScript alike; no id comes near them."""
_STRAIGHT = {ord(c): "-" for c in DASHES} | {ord(c): '"' for c in "“”„‟«»″"} | {ord(c): "'" for c in "‘’‚‛′"}
_SPACES = {ord(c): " " for c in "\u00a0\u2007\u202f\u3000\t"}
_PLAIN = {chr(code): plain for code, plain in (_STRAIGHT | _SPACES).items()}
_FANCY = re.compile(f"[{''.join(_PLAIN)}]")

_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")

# Old-style tone marks (hoà, thuý, uỷ) and the same syllable written the new way. Only a
# syllable that ends there has two spellings; after q the y carries the tone in both.
_OLD_TONES = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![a-zà-ỹđ])")
_NEW_TONES = {
    old_first + old: new + plain
    for old_first, plain, olds, news in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for old, new in zip(olds, news, strict=True)
}


def nfc(text: str) -> str:
    """The composed form in which all text is stored: ``Tô Lâm`` typed as NFD → NFC."""
    return unicodedata.normalize("NFC", text)


def lower(text: str) -> str:
    """Lower case without changing the length, so that offsets stay valid (``İ`` has none)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def match_form(text: str) -> str:
    """The spelling by which terms are matched; the same length as ``text`` (code points).

    Lower case, one kind of dash, quote and space, new-style tone marks:
    ``Uỷ ban – “Hoà bình”`` → ``ủy ban - "hòa bình"``.
    """
    # Searching is several times faster than str.translate, which looks every character up.
    return _OLD_TONES.sub(lambda m: _NEW_TONES[m[0]], lower(_FANCY.sub(lambda m: _PLAIN[m[0]], text)))


def fold(text: str) -> str:
    """The form for searching without diacritics: ``Ngoại giao`` → ``ngoai giao``."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return _MARKS.sub("", decomposed).lower()


def whole(text: str) -> int | None:
    """``text`` as a number of up to ``DIGITS`` digits: ``12`` → 12; None for anything else (``-1``, ``²``, ``x``)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def squeeze(text: str) -> str:
    """``text`` in NFC with every run of white space as one blank, none at the ends."""
    return " ".join(nfc(text).split())
