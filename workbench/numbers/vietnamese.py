"""Reading the numbers of a Vietnamese text: ``26,5%``, ``500.000``, ``4/2``, ``42 tỷ``, ``khóa XIV``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel.numbers import NumberFormatError, parse_decimal

from workbench.numbers.numerals import (
    VI_SCALES,
    VI_WORDS,
    Key,
    Number,
    clock,
    code,
    decade,
    month,
    part,
    quantity,
    roman,
    scan,
    spelled,
    years,
)

_SCALE = r"(?:\s*(?P<scale>(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|trăm|chục|tạ)(?!\w)\s*)+))?"
_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+,\d+|\d+\.\d+|\d+"
_EDGE = r"(?<![\w.,/])"
_DIGIT = re.compile(r"\d")
_FULL_DATE = re.compile(r"(?<![\d/])(\d{1,2})(?P<s>[/.-])(\d{1,2})(?P=s)(\d{4}|\d{2})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SPELLED_DATE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?!\d)", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])")
_DASH_DATE = re.compile(
    r"(?:(?<=ngày )|(?<=sáng )|(?<=trưa )|(?<=chiều )|(?<=tối ))(\d{1,2})-(\d{1,2})(?![\d-])", re.IGNORECASE
)
_MONTH = re.compile(r"(?i:tháng)\s+(\d{1,2})(?![\d.,]*\d)")
_TIME = re.compile(
    r"(?<![\w.,])(\d{1,2})\s*(?:h|g|giờ)(?!\w)\s*(?:(?:(\d{2})(?!\d)(?:\s*phút)?|(\d)\s*phút))?|(?<![\w.,])(\d{1,2})h(\d{2})(?!\d)"
)
_CLOCK = re.compile(r"(?<![\d.,])(\d{1,2}):(\d{2})(?!\d)")
_PHONE = re.compile(r"(?<![\w.,])(?:\+\d{1,3}|0)[\d .()-]{7,}\d")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[ckdm]?m[23]|CO2|H2O|PM2\.5|PM10|N2O)(?!\w)", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w/])([^\W\d_]+(?:-[^\W\d_]+)?)-?(\d+)(?:[A-Z]+\d*)?(?!\w)")
_SUFFIXED = re.compile(r"(?<![\w.,])(\d+)([A-ZĐ]\d?)(?!\w)")
_YEARS = re.compile(r"(?<!\d)(\d{4})\s*[-–/]\s*(\d{2})(?!\d|[/.,]\d)")
_DECADE = re.compile(r"(?i:thập niên|thập kỷ|những năm|thời kỳ năm)\s+(\d{2}|\d{4})(?!\d)")
_TENS = re.compile(rf"{_EDGE}(\d+)\s+(?i:thập kỷ|thập niên)(?!\w)")
_ROMAN_CUE = r"(?:khóa|khoá|thế kỷ|lần thứ|đại hội|thứ|kỳ|quý|chương|hội nghị|nhiệm kỳ|phiên|trung ương)"
_ROMAN = re.compile(rf"(?:(?i:(?P<cue>{_ROMAN_CUE}))\s+(?P<one>[IVX]+)|(?P<two>[IVX]{{2,}}))(?!\w)")
_NUMBER = re.compile(rf"(?<![\w.,])(?P<figure>{_FIGURE})(?!\d)(?P<percent>\s*%)?{_SCALE}(?P<half>\s*rưỡi)?")
_WORDS = "|".join(sorted({*VI_WORDS, *VI_SCALES}, key=len, reverse=True))
_SPELLED = re.compile(rf"(?<!\w)(?:{_WORDS})(?:\s+(?:(?:lẻ|linh)\s+)?(?:{_WORDS}))*(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1024)
def read_vietnamese(text: str) -> tuple[Number, ...]:
    """Every number of a Vietnamese text.

    ``kim ngạch đạt 42 tỷ USD, tăng 26,5%`` has the quantities 42,000,000,000 and
    26.5; ``chiều 4/2`` the day 4 and the month of February; ``khóa XIV`` 14.
    """
    numbers = scan(text, _PATTERNS if _DIGIT.search(text) else _WORDS_ONLY)
    if re.search(r"tháng|\d/\d", text, re.IGNORECASE):
        numbers = [_maybe_month(n) for n in numbers]
    return tuple(numbers)


def vietnamese_value(figure: str) -> list[Decimal]:
    """What a figure can mean in Vietnamese: ``500.000`` 500000; ``26,500`` 26.5 or, written the English way, 26500."""
    values: list[Decimal] = []
    if re.fullmatch(r"\d{1,3}(,\d{3})+", figure):
        values.append(Decimal(figure.replace(",", "")))
    if figure.count(",") > 1:
        return values
    if re.fullmatch(r"\d+\.\d+", figure) and not re.fullmatch(r"\d{1,3}\.\d{3}", figure):
        return [Decimal(figure)]
    try:
        values.insert(0, parse_decimal(figure, locale="vi", strict=True))
    except NumberFormatError:
        values.append(Decimal(re.sub(r"\D", "", figure)))
    return values


def _maybe_month(number: Number) -> Number:
    if number.plain and number.mantissa is not None and number.scale == 1 and 1 <= number.mantissa <= 12:
        value = number.mantissa
        if value == int(value):
            return Number(
                number.text, number.start, number.end, number.keys | {month(int(value))}, number.hard, True, value
            )
    return number


def _nothing(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, ("x", match[0]), hard=False)]


def _day_month_year(match: re.Match[str]) -> Sequence[Number]:
    day, mon, year = int(match[1]), int(match[3]), int(match[4])
    if not (1 <= day <= 31 and 1 <= mon <= 12):
        return []
    years = {quantity(year), quantity(2000 + year if year < 100 else year)}
    return [*_day(match, day, mon), part(match, *years)]


def _iso(match: re.Match[str]) -> Sequence[Number]:
    return [*_day(match, int(match[3]), int(match[2])), part(match, quantity(match[1]))]


def _day(match: re.Match[str], day: int, mon: int) -> list[Number]:
    return [part(match, quantity(day)), part(match, month(mon), quantity(mon))]


def _day_month(match: re.Match[str]) -> Sequence[Number]:
    first, second = int(match[1]), int(match[2])
    keys: list[Key] = [quantity(second)]
    if 1 <= second <= 12:
        keys.append(month(second))
    return [part(match, quantity(first)), part(match, *keys)]


def _month_year(match: re.Match[str]) -> Sequence[Number]:
    mon = int(match[1])
    keys: list[Key] = [quantity(mon)] + ([month(mon)] if 1 <= mon <= 12 else [])
    return [part(match, *keys), part(match, quantity(match[2]))]


def _month_number(match: re.Match[str]) -> Sequence[Number]:
    mon = int(match[1])
    return [part(match, month(mon), quantity(mon))] if 1 <= mon <= 12 else []


def _time(match: re.Match[str]) -> Sequence[Number]:
    hours, minutes = int(match[1] or match[4]), match[2] or match[3] or match[5]
    if hours > 24 or (minutes and int(minutes) > 59):
        return []
    if minutes:
        return [part(match, clock(hours, int(minutes)))]
    return [part(match, clock(hours, 0), quantity(hours), quantity(hours % 12 or 12))]


def _clock(match: re.Match[str]) -> Sequence[Number]:
    hours, minutes = int(match[1]), int(match[2])
    if hours > 24 or minutes > 59:
        return []
    return [part(match, clock(hours, minutes))]


def _phone(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, ("p", re.sub(r"\D", "", match[0])))]


def _code(match: re.Match[str]) -> Sequence[Number]:
    pandemic = match[1].casefold() in ("covid", "km", "số", "ncov")
    return [part(match, code(match[0]), quantity(match[2]), hard=not pandemic)]


def _suffixed(match: re.Match[str]) -> Sequence[Number]:
    if match[2] == "X" and len(match[1]) == 1:
        return [part(match, quantity(1900 + int(match[1]) * 10), quantity(int(match[1]) * 10), code(match[0]))]
    return [part(match, code(match[0]), quantity(match[1]))]


def _tens(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, quantity(match[1]), quantity(int(match[1]) * 10))]


def _roman(match: re.Match[str]) -> Sequence[Number]:
    value = roman(match["one"] or match["two"])
    if value is None:
        return []
    before = match.string[max(0, match.start() - 40) : match.start()].casefold()
    in_decade = (match["cue"] or "").casefold() == "thế kỷ" and re.search(r"những năm|thập (?:niên|kỷ)", before)
    return [part(match, quantity(value), hard=bool(match["cue"]) and not in_decade)]


def _number(match: re.Match[str]) -> Sequence[Number]:
    values = vietnamese_value(match["figure"])
    words = (match["scale"] or "").split()
    scale = spelled(words, {}, VI_SCALES) if words else Decimal(1)
    if match["half"]:
        values = [value + Decimal("0.5") for value in values] + values
    keys: set[Key] = {quantity(value * scale) for value in values}
    keys |= _readings(match, values[0], scale)
    if "tạ" in words:
        keys.add(quantity(values[0]))
    text = match[0].strip()
    hard = not (values[0] == 1 and scale == 1 and match["figure"].strip("0") == "1" and not match["percent"])
    end = match.start() + len(match[0].rstrip())
    return [Number(text, match.start(), end, frozenset(keys), hard, True, values[0], scale)]


def _readings(match: re.Match[str], value: Decimal, scale: Decimal) -> set[Key]:
    """Other words that English has for it: ``6 tháng`` half a year, ``100%`` all."""
    after = match.string[match.end() : match.end() + 12].casefold().lstrip()
    keys: set[Key] = set()
    if scale == 1 and after.startswith("tháng"):
        keys |= {Decimal(3): {("w", "quarter")}, Decimal(6): {("w", "half")}, Decimal(12): {("w", "year")}}.get(
            value, set()
        )
    if value == 100 and match["percent"]:
        keys.add(("w", "all"))
    if value == 7 and after.startswith("ngày"):
        keys.add(("w", "week"))
    return keys


def _spelled(match: re.Match[str]) -> Sequence[Number]:
    words = [w for w in match[0].casefold().split() if w not in ("lẻ", "linh")]
    runs = [words[a:b] for a in range(len(words)) for b in range(a + 1, min(a + 9, len(words)) + 1)]
    values = {spelled(run, VI_WORDS, VI_SCALES) for run in runs}
    return [part(match, *(quantity(v) for v in values), hard=False)]


_HALF_MORE = re.compile(r"(?i:gấp rưỡi)(?!\w)")
_HALF = re.compile(r"(?i:một nửa|nửa|phân nửa)(?!\w)")
_PATTERNS = (
    (_LINK, _nothing),
    (_PHONE, _phone),
    (_ISO_DATE, _iso),
    (_FULL_DATE, _day_month_year),
    (_YEARS, years),
    (_MONTH_YEAR, _month_year),
    (_SPELLED_DATE, lambda m: _day_month(m)),
    (_DAY_MONTH, _day_month),
    (_DASH_DATE, _day_month),
    (_MONTH, _month_number),
    (_UNIT, _nothing),
    (_TIME, _time),
    (_CLOCK, _clock),
    (_DECADE, decade),
    (_TENS, _tens),
    (_ROMAN, _roman),
    (_CODE, _code),
    (_SUFFIXED, _suffixed),
    (_NUMBER, _number),
    (_HALF_MORE, lambda m: [part(m, quantity("1.5"), quantity(50), hard=False)]),
    (_HALF, lambda m: [part(m, quantity("0.5"), quantity(50), hard=False)]),
    (_SPELLED, _spelled),
)
_WITHOUT_DIGITS = (_LINK, _ROMAN, _HALF_MORE, _HALF, _SPELLED)
_WORDS_ONLY = tuple(entry for entry in _PATTERNS if entry[0] in _WITHOUT_DIGITS)
"""What can be found in a text without any digit."""
