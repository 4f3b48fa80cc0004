"""Paragraph → sentences, each a segment.

The library is sentencex (Wikimedia, MIT): on the real articles it alone broke the
sentence whose full stop has no blank behind it (``Quảng Tây.Chủ tịch``) and kept
quotes, decimals and web addresses whole. What it does not know are some Vietnamese
abbreviations, at which its sentences are joined again.
"""

from __future__ import annotations

import re

import sentencex

from workbench.text import squeeze

# Titles and place words that are written with a full stop before a name, and initials.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:(?:GS|PGS|TS|TSKH|ThS|BS|CN|KS|LS|NSND|NSƯT|Tp|TP|Tx|TX|Q|P|H|T|Tr|tr|Đ|St|Mr|Mrs|Ms|Dr|No|Nxb|NXB|vd|VD)\.\s?)+$"
    r"|(?:^|\s)[A-ZĐ]\.$"
    r"|(?:^|\s)v\.v\.?$"
)
_STARTS_LOWER = re.compile(r"^[^\w“\"'(]*[a-zà-ỹđ]")


def sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph, blanks squeezed; joined they give back every word.

    >>> sentences("Ông thăm Quảng Tây.Chủ tịch tiếp đoàn tại TP. Nam Ninh.")
    ['Ông thăm Quảng Tây.', 'Chủ tịch tiếp đoàn tại TP. Nam Ninh.']
    """
    joined: list[str] = []
    for part in (squeeze(s) for s in sentencex.segment("vi", squeeze(paragraph))):
        if not part:
            continue
        if joined and _belongs(joined[-1], part):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


def _belongs(before: str, after: str) -> bool:
    """Whether a break between the two is none: after an abbreviation, before lower case or mere marks."""
    if not any(c.isalnum() for c in after):
        return True
    return bool(_ABBREVIATION.search(before) or (_STARTS_LOWER.match(after) and not before.endswith((".", "!", "?", "…"))))
