"""number-mismatch: a number of the Vietnamese is missing in the English, or the English has one more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from babel.numbers import format_decimal

from workbench.checks.model import Check, Segment, replaced
from workbench.checks.numbers_en import read_english
from workbench.checks.numbers_vi import read_vietnamese
from workbench.checks.numerals import Key, Number

# What a text must have for a number that needs its like: figures, or a Roman numeral.
_FIGURES = re.compile(r"\d|\b[IVX]+\b")
_SCALES = {
    Decimal(10) ** 3: "thousand",
    Decimal(10) ** 6: "million",
    Decimal(10) ** 9: "billion",
    Decimal(10) ** 12: "trillion",
}


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


def figure_in_english(number: Number, *, percent: bool) -> str | None:
    """A plain Vietnamese number as English writes it: ``42 tỷ`` 42 billion, ``11.500`` 11,500; None if it can't be."""
    scale = _SCALES.get(number.scale, "")
    if number.mantissa is None or (number.scale != 1 and not scale):
        return None
    return _figure(number) + (f" {scale}" if scale else "") + ("%" if percent else "")


def ordinal(value: int) -> str:
    """``48`` → 48th, ``11`` → 11th, ``22`` → 22nd."""
    return f"{value}{_ordinal_suffix(value)}"


def _figure(number: Number) -> str:
    assert number.mantissa is not None
    value = number.mantissa
    digits = re.match(r"[\d.,]+", number.text)
    if digits and digits[0].isdigit() and len(digits[0]) <= 4 and value == int(digits[0]):
        return digits[0].lstrip("0") or "0"
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return str(format_decimal(value, format="#,##0" + ("." + "0" * places if places else ""), locale="en_US"))


def _ordinal_suffix(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
