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
    r"(?:^|[\s(“\"])(?:(?:GS|PGS|TS|TSKH|ThS|BS|CN|KS|KTS|LS|NSND|NSƯT|Tp|TP|Tx|TX|TT|Q|P|H|T|Tr|tr|Đ|St|Mr|Mrs|Ms|Dr|No|Nxb|NXB|vd|VD)\.\s?)+$"
    r"|(?:^|\s)[A-ZĐ]\.$"
    r"|(?:^|\s)v\.v\.?$"
)
_FIRST_LETTER = re.compile(r"^[^\w“\"'(]*([^\W\d_])")
# The number of a list item, which is nothing to translate by itself: ``1.``, ``a)``, ``IV.``
_ITEM_NUMBER = re.compile(r"^\(?(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]$")


def sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph, blanks squeezed; joined they give back every word.

    >>> sentences("Ông thăm Quảng Tây.Chủ tịch tiếp đoàn tại TP. Nam Ninh.")
    ['Ông thăm Quảng Tây.', 'Chủ tịch tiếp đoàn tại TP. Nam Ninh.']
    """
    text = squeeze(paragraph)
    # The library knows ``...`` as an end, not ``…``.
    form = text.replace("…", ".")
    joined: list[str] = []
    end = 0
    for found in sentencex.segment("vi", form):
        part = found.strip()
        if not part:
            continue
        start = form.index(part, end)
        gap, end = text[end:start], start + len(part)
        if joined and _belongs(joined[-1], text[start:end]):
            joined[-1] += gap + text[start:end]
        else:
            joined.append(text[start:end])
    return joined


def _belongs(before: str, after: str) -> bool:
    """Whether a break between the two is none: after an abbreviation, before lower case or mere marks."""
    if not any(c.isalnum() for c in after):
        return True
    first = _FIRST_LETTER.match(after)
    trails_off = before.endswith(("...", "…"))
    lower = first is not None and first[1].islower() and (trails_off or not before.endswith((".", "!", "?")))
    return lower or bool(_ABBREVIATION.search(before) or _ITEM_NUMBER.match(before))
