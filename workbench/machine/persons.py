"""Persons the glossary does not know yet, as terms for this one translation.

The model alone writes one person's name in six wrong (``models/MODEL_CARD.md``); the rules of
``names`` (no diacritics for Vietnamese names, pinyin for Chinese ones) are nearly always right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.glossary.terms import Term, TermMatch
from workbench.names import is_held, names_of

Find = Callable[[str], Sequence[TermMatch]]


def with_persons(sources: Sequence[str], find: Find) -> list[list[TermMatch]]:
    """For each source of an article its terms and, where the glossary is silent, its persons, from the left.

    A person is a term without an id: ``Thẩm Kiến Quốc`` → Shen Jianguo. Names inside the names of
    streets, schools, companies and prizes are no persons.
    """
    matches = [list(find(source)) for source in sources]
    for source, known, spans in zip(sources, matches, names_of(sources, find), strict=True):
        for span in spans:
            taken = any(m.start < span.end and span.start < m.end for m in known)
            if span.category == "person" and not taken and not is_held(source[: span.start]):
                term = Term(0, span.text, span.target, "person")
                known.append(TermMatch(term, span.start, span.end))
        known.sort(key=lambda m: m.start)
    return matches
