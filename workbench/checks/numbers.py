"""number-mismatch: a number of the Vietnamese is missing in the English, or the English has one more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workbench.checks.model import Check, Segment, replaced
from workbench.numbers.english import read_english
from workbench.numbers.numerals import Key, Number
from workbench.numbers.vietnamese import read_vietnamese
from workbench.numbers.writing import figure_in_english, ordinal

# What a text must have for a number that needs its like: figures, or a Roman numeral.
_FIGURES = re.compile(r"\d|\b[IVX]+\b")


def check_numbers(segment: Segment) -> Iterator[Check]:
    """``26,5%`` must be 26.5% in the English, ``4/2`` February 4, ``42 tỷ`` 42 billion, ``khóa XIV`` 14th.

    Number words satisfy figures on the other side but raise nothing by themselves:
    ``hai bên`` may be "the two sides", "both" or "they".
    """
    if not _FIGURES.search(segment.source) and not _FIGURES.search(segment.target):
        return
    source, target = read_vietnamese(segment.source), read_english(segment.target)
    source_keys, target_keys = _keys(source), _keys(target)
    if not _unmatched(source, target_keys, []) and not _unmatched(target, source_keys, []):
        return
    waived, granted = _term_numbers(segment)
    missing = _unmatched(source, target_keys, waived)
    added = _unmatched(target, source_keys | granted, [])
    if len(missing) == 1 and len(added) == 1:
        yield _swapped(segment.target, missing[0], added[0])
        return
    for number in missing:
        yield Check("number-mismatch", "%(number)s is missing", {"number": number.text})
    for number in added:
        span = (number.start, number.end)
        yield Check("number-mismatch", "%(number)s is not in the Vietnamese", {"number": number.text}, span=span)


def _keys(numbers: Iterable[Number]) -> set[Key]:
    return {key for number in numbers for key in number.keys}


def _unmatched(numbers: Iterable[Number], keys: set[Key], waived: list[tuple[int, int]]) -> list[Number]:
    """Hard numbers with no like, one for each place in the text."""
    found: dict[tuple[int, int], Number] = {}
    for number in numbers:
        if not number.hard or number.keys & keys or any(a <= number.start and number.end <= b for a, b in waived):
            continue
        found.setdefault((number.start, number.end), number)
    return list(found.values())


def _term_numbers(segment: Segment) -> tuple[list[tuple[int, int]], set[Key]]:
    """Numbers that belong to terms: those the English of the term has not, and those only it has."""
    waived: list[tuple[int, int]] = []
    granted: set[Key] = set()
    for match in segment.matches:
        in_target = {key for text in match.term.targets for key in _keys(read_english(text))}
        granted |= in_target
        if not _keys(read_vietnamese(segment.source[match.start : match.end])) & in_target:
            waived.append((match.start, match.end))
    return waived, granted


def _swapped(target: str, missing: Number, added: Number) -> Check:
    span = (added.start, added.end)
    params = {"source": missing.text, "target": added.text}
    english = _english(missing, added)
    fix = replaced(target, span, english) if english else None
    return Check("number-mismatch", "%(source)s has become %(target)s", params, fix=fix, span=span)


def _english(source: Number, target: Number) -> str | None:
    """The source's number as English writes it, in the shape of the one it replaces."""
    if not (source.plain and target.plain) or source.mantissa is None:
        return None
    if re.search(r"(?:st|nd|rd|th)$", target.text, re.IGNORECASE):
        return ordinal(int(source.mantissa)) if source.scale == 1 else None
    return figure_in_english(source, percent="%" in target.text)
