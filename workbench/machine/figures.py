"""Numbers and dates of a sentence as the English must have them.

The readers are those of ``number-mismatch``: what steering puts right is what the
check would find. ``31,4%`` must be 31.4% in the English, ``chiều 3/2`` February 3.
What can be read in two ways (``2/3``, ``3,000``, ``thứ 2``) is left to the engine and the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from babel.dates import get_month_names

from workbench.numbers.english import read_english
from workbench.numbers.numerals import Key, Number
from workbench.numbers.vietnamese import read_vietnamese
from workbench.numbers.writing import figure_in_english, ordinal

_MONTHS: Mapping[int, str] = get_month_names("wide", locale="en")
_DATE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?", re.ASCII)
_MONTH = re.compile(r"(?:tháng\s+)?(?P<month>\d{1,2})(?:[/-](?P<year>\d{4}))?", re.IGNORECASE)
# ``3/2`` is a day after these words and may be a fraction or a score elsewhere.
_DAY_CUE = re.compile(
    r"\b(?:(?:ngày|sáng|trưa|chiều|tối|đêm)(?: (?:qua|nay|mai))?,?"
    r"|(?:ngày \d{1,2}(?:/\d{1,2})?|từ \d{1,2})(?:,| và| đến| tới| ?[-–]))\s*$",
    re.IGNORECASE,
)
_MONTH_CUE = re.compile(r"\btháng\s*$", re.IGNORECASE)
_ORDINAL_CUE = re.compile(r"\b(?:lần|kỳ họp|phiên|khóa|khoá|hạng|vị trí) thứ\s*$", re.IGNORECASE)
_MAYBE_WEEKDAY = re.compile(r"\bthứ\s*$", re.IGNORECASE)
_TWO_READINGS = re.compile(r"\d{1,3},\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at ``source[start:end]``: ``english`` is how to write it, None where several ways are right.

    ``keys``: for each of its parts (day and month of a date) every value it can stand for.
    """

    start: int
    end: int
    english: str | None
    keys: tuple[frozenset[Key], ...]
    plain: bool = False
    """An amount or a count, not a date, a time or a code: it may stand in the place of another one."""

    def met(self, english: str) -> bool:
        """Whether all its parts stand in an English text."""
        there = _keys(read_english(english))
        return all(part & there for part in self.keys)


def figures(source: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The numbers of a Vietnamese text that are written in digits, but for those in ``taken`` spans (terms)."""
    parts: dict[tuple[int, int], list[Number]] = {}
    for number in read_vietnamese(source):
        if number.hard and not any(a < number.end and number.start < b for a, b in taken):
            parts.setdefault((number.start, number.end), []).append(number)
    return [
        _sure(Figure(start, end, _english(source, found), tuple(n.keys for n in found), _plain(found)))
        for (start, end), found in parts.items()
    ]


def _plain(parts: Sequence[Number]) -> bool:
    return len(parts) == 1 and parts[0].plain


def _sure(figure: Figure) -> Figure:
    """The figure; without English where that would not be read as the number it is."""
    return figure if figure.english and figure.met(figure.english) else replace(figure, english=None)


def spurious(source: str, english: str, granted: Iterable[str] = ()) -> list[Number]:
    """Numbers of the English that the Vietnamese has not, nor the ``granted`` English of its terms."""
    allowed = _keys(read_vietnamese(source)).union(*(_keys(read_english(text)) for text in granted))
    found = {(n.start, n.end): n for n in read_english(english) if n.hard and not n.keys & allowed}
    return list(found.values())


def _keys(numbers: Iterable[Number]) -> set[Key]:
    return {key for number in numbers for key in number.keys}


def _english(source: str, parts: Sequence[Number]) -> str | None:
    """How to write a number: ``3/2`` February 3, ``tháng 5/2026`` May 2026, ``thứ 48`` 48th, ``42 tỷ`` 42 billion."""
    number = parts[0]
    before = source[: number.start]
    if (date := _DATE.fullmatch(number.text)) and (date["year"] or _DAY_CUE.search(before)):
        month, day = int(date["month"]), int(date["day"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{_MONTHS[month]} {day}" + (f", {date['year']}" if date["year"] else "")
    if (named := _MONTH.fullmatch(number.text)) and (number.text[0] in "tT" or _MONTH_CUE.search(before)):
        if 1 <= int(named["month"]) <= 12:
            return _MONTHS[int(named["month"])] + (f" {named['year']}" if named["year"] else "")
        return None
    if not number.plain:
        is_code = len(parts) == 1 and any(kind == "c" for kind, _ in number.keys)
        return number.text if is_code and number.text.isascii() and number.text[0].isupper() else None
    if _ORDINAL_CUE.search(before) and number.text.isdigit():
        return ordinal(int(number.text))
    if _MAYBE_WEEKDAY.search(before) or _TWO_READINGS.match(number.text):
        return None
    return figure_in_english(number, percent="%" in number.text)
