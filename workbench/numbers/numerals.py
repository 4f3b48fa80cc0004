"""A number as it stands in a text, and number words of both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal


def words_of(text: str) -> list[str]:
    """A list of words, written as a line: ``"một hai ba"``."""
    return text.split()


Key = tuple[str, object]
"""``("n", Decimal)`` a quantity, ``("m", 2)`` February, ``("t", 570)`` half past nine, ``("c", "G20")`` a code."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number: the span it was read from and every value it can stand for.

    A ``hard`` number is written in digits and must have its like on the other
    side; a soft one (``hai``, ``both``, ``October``) can only satisfy a hard one.
    ``plain`` numbers can be replaced by one another. ``mantissa`` and ``scale``
    tell ``42 tỷ`` (42 and a billion) from ``42.000.000.000``.
    """

    text: str
    start: int
    end: int
    keys: frozenset[Key]
    hard: bool = True
    plain: bool = False
    mantissa: Decimal | None = None
    scale: Decimal = Decimal(1)
    broken: bool = False


def quantity(value: Decimal | int | float | str) -> Key:
    """The key of an amount; ``26.50`` and ``26.5`` are the same."""
    return ("n", Decimal(str(value)).normalize())


def month(value: int | str) -> Key:
    """The key of a month: ``tháng 2`` and February share ``("m", 2)``."""
    return ("m", int(value))


def clock(hours: int, minutes: int) -> Key:
    """The key of a time, on a twelve-hour dial: 15h30 is 3:30 p.m."""
    return ("t", hours % 12 * 60 + minutes)


def code(text: str) -> Key:
    """The key of a name with digits: ``COP-28`` and ``COP28`` share one."""
    return ("c", re.sub(r"\W", "", text).upper())


Reader = Callable[[re.Match[str]], Sequence[Number]]


def scan(text: str, patterns: Sequence[tuple[re.Pattern[str], Reader]]) -> list[Number]:
    """All numbers of a text: patterns in order, each taking what it reads from the later ones."""
    found: list[Number] = []
    rest = text
    for pattern, reader in patterns:
        for match in list(pattern.finditer(rest)):
            numbers = reader(match)
            if numbers:
                found.extend(numbers)
                rest = rest[: match.start()] + "¤" * (match.end() - match.start()) + rest[match.end() :]
    found.sort(key=lambda n: (n.start, n.end))
    return list(_ranges(text, found))


_BETWEEN = re.compile(r"\s*(?:%|[A-Z]{3})?\s*(?:[-–—]|đến|tới|hoặc|và|to|or|and)\s*\$?", re.IGNORECASE)


def _ranges(text: str, numbers: list[Number]) -> Iterator[Number]:
    """``10-15 tỷ``: the first number may also mean ten billion."""
    for number, following in zip(numbers, [*numbers[1:], None], strict=False):
        if following and number.plain and number.scale == 1 and following.scale > 1 and number.mantissa is not None:
            between = text[number.end : following.start]
            if _BETWEEN.fullmatch(between):
                number = replace(number, keys=number.keys | {quantity(number.mantissa * following.scale)})
        yield number


def part(match: re.Match[str], *keys: Key, hard: bool = True) -> Number:
    """A part of a longer expression (the day of ``4/2``), reported as the whole."""
    return Number(match[0].strip(), match.start(), match.end(), frozenset(keys), hard)


def roman(text: str) -> int | None:
    """The value of a Roman numeral in its regular form: ``XIV`` → 14, ``IIX`` → None."""
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", text) or not text:
        return None
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in text]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


VI_WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "đôi": 2, "cặp": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "nhất": 1, "nhì": 2, "đầu": 1,
}  # fmt: skip
VI_SCALES = {
    "mươi": 10, "chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "tạ": 100,
}  # fmt: skip
EN_WORDS = {
    word: value
    for value, word in enumerate(
        words_of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
} | {word: 10 * (at + 2) for at, word in enumerate(words_of("twenty thirty forty fifty sixty seventy eighty ninety"))}
EN_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "dozen": 12,
    "mln": 10**6, "bln": 10**9, "bn": 10**9, "tn": 10**12, "decade": 10, "decades": 10, "century": 100,
    "centuries": 100, "k": 1000, "m": 10**6, "millionth": 10**6, "thousandth": 1000, "billionth": 10**9,
}  # fmt: skip
EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip


def spelled(words: Sequence[str], units: dict[str, int], scales: dict[str, int]) -> Decimal:
    """The value of number words: ``hai mươi lăm`` → 25, ``two hundred and five thousand`` → 205,000."""
    total = section = last = 0
    for word in words:
        if word in units:
            last = units[word]
            section += last
        elif (scale := scales.get(word, 0)) >= 1000:
            if section and total >= scale:
                total += section * scale
            else:
                total = (total + section or 1) * scale
            section = last = 0
        elif scale:
            section += (last or 1) * scale - last
            last = 0
    return Decimal(total + section)


def years(match: re.Match[str]) -> Sequence[Number]:
    """``2026-31`` and ``1945–1975``: both years, the second also when it is shortened."""
    end = int(match[1]) // 100 * 100 + int(match[2])
    return [part(match, quantity(match[1])), part(match, quantity(match[2]), quantity(end))]


def decade(match: re.Match[str]) -> Sequence[Number]:
    """``1990s``: the year, with or without its century."""
    year = int(match[1])
    return [part(match, quantity(year), quantity(year - 1900 if 1900 < year < 2000 else year + 1900 * (year < 100)))]
