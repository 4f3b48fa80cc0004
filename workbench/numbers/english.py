"""Reading the numbers of an English text: ``26.5%``, ``500,000``, ``February 4``, ``42 billion``, ``14th``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from babel.dates import get_month_names
from babel.numbers import NumberFormatError, parse_decimal

from workbench.numbers.numerals import (
    EN_ORDINALS,
    EN_SCALES,
    EN_WORDS,
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

MONTHS = {
    name: number for width in ("wide", "abbreviated") for number, name in get_month_names(width, locale="en").items()
}
_MONTHS = "|".join(sorted({*MONTHS, "Sept"}, key=len, reverse=True))
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+\d{1,3}|0)[\d .()-]{7,}\d")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,4})(?:/(\d{4}|\d{2}))?(?![\d/])")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[ckdm]?m[23]|CO2|H2O|PM2\.5|PM10|N2O)(?!\w)", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\w.,])(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?m\b\.?|(?<![\d.,:])(\d{1,2})[:h](\d{2})?(?![\w:])"
)
_WORD_TIME = re.compile(r"\b(?:noon|midday|midnight)\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(\d{4})\s*[-–/]\s*(\d{2})(?!\d|[/.,]\d)")
_DECADE = re.compile(r"(?<![\w])['’]?(\d{4}|\d{2})['’]?s\b")
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w/])([^\W\d_]+(?:-[^\W\d_]+)?)-?(\d+)(?:[A-Z]+\d*)?(?!\w)")
_SUFFIXED = re.compile(r"(?<![\w.,])(\d+)([A-Z]\d?)(?!\w)")
_SCALE = (
    r"(?:[\s-]*(?P<scale>(?:hundred|thousand|million|billion|trillion|quadrillion|dozen|decades?|centur(?:y|ies)"
    r"|mln|bln|bn|tn|(?:million|billion|thousand)th|(?<=\d)[km])(?![^\W_])"
    r"(?:[\s-]+(?:thousand|million|billion|trillion)\b)*))?"
)
_NUMBER = re.compile(rf"(?<![\w.,])(?P<figure>\d+(?:[.,]\d+)*)(?P<percent>\s*%)?{_SCALE}")
_ROMAN = re.compile(r"\b(?:[IVX]{2,}|(?<=[a-z] )[VX])\b")
_MONTH = re.compile(rf"\b(?:{_MONTHS})\b\.?")
_SMALL = "|".join(sorted({*EN_WORDS, *EN_ORDINALS}, key=len, reverse=True))
_LARGE = "hundred|thousand|million|billion|trillion|quadrillion|dozen|decades?|century|centuries"
_SPELLED = re.compile(rf"\b(?:(?:{_SMALL}|{_LARGE})s?(?:[\s-]+(?:and\s+)?|\b))+", re.IGNORECASE)
_OTHERS: dict[str, tuple[Key, ...]] = {
    "both": (quantity(2),), "twice": (quantity(2),), "double": (quantity(2),), "doubled": (quantity(2),),
    "doubling": (quantity(2),), "doubles": (quantity(2),), "twofold": (quantity(2),), "pair": (quantity(2),),
    "couple": (quantity(2),), "twin": (quantity(2),), "bilateral": (quantity(2),), "either": (quantity(2),),
    "trilateral": (quantity(3),), "triple": (quantity(3),), "tripled": (quantity(3),), "threefold": (quantity(3),),
    "thrice": (quantity(3),), "tenfold": (quantity(10),), "fourfold": (quantity(4),), "quadrupled": (quantity(4),),
    "fivefold": (quantity(5),), "half": (("w", "half"), quantity("0.5"), quantity(50), quantity(30)),
    "halves": (("w", "half"), quantity(2)), "quarter": (("w", "quarter"), quantity(4), quantity(25), quantity(15)),
    "quarters": (("w", "quarter"), quantity(4)), "year": (("w", "year"),), "yearly": (("w", "year"),),
    "annual": (("w", "year"),), "all": (("w", "all"),), "every": (("w", "all"),), "entire": (("w", "all"),),
    "fully": (("w", "all"),), "full": (("w", "all"),), "unanimous": (("w", "all"),), "unanimously": (("w", "all"),),
    "week": (("w", "week"), quantity(7)), "zero": (quantity(0),), "no": (quantity(0),), "nil": (quantity(0),),
    "once": (quantity(1),), "single": (quantity(1),), "score": (quantity(20),), "clock": (quantity(24), quantity(7)),
    "monday": (quantity(2),), "tuesday": (quantity(3),), "wednesday": (quantity(4),), "thursday": (quantity(5),),
    "friday": (quantity(6),), "saturday": (quantity(7),), "fortnight": (quantity(14), quantity(15)),
    "biennial": (quantity(2),), "bicentenary": (quantity(200),), "centenary": (quantity(100),),
    "centennial": (quantity(100),), "weekend": (quantity(7),), "daily": (quantity(24),), "day": (quantity(24),),
    "thirds": (quantity(3),), "fifths": (quantity(5),), "decade": (quantity(10),), "nineties": (quantity(90),),
    "tripling": (quantity(3),), "triples": (quantity(3),), "hand": (), "halved": (quantity(2), quantity(50)),
    "fourths": (quantity(4),), "tenths": (quantity(10),), "trio": (quantity(3),), "quartet": (quantity(4),),
}  # fmt: skip
_OTHER = re.compile(rf"\b(?:{'|'.join(_OTHERS)})\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def read_english(text: str) -> tuple[Number, ...]:
    """Every number of an English text.

    ``42 billion USD, up 26.5%`` has the quantities of ``42 tỷ USD, tăng 26,5%``;
    ``the two sides`` and ``both`` have a soft 2; ``26,5%`` is broken English.
    """
    return tuple(scan(text, _PATTERNS if _DIGIT.search(text) else _WORDS_ONLY))


def english_value(figure: str) -> Decimal | None:
    """What a figure means in English: ``500,000`` 500000, ``500.000`` 500; ``26,5`` and ``1.234.567`` nothing."""
    if not re.fullmatch(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", figure):
        return None
    try:
        return parse_decimal(figure, locale="en", strict="," in figure)
    except NumberFormatError:
        return None


def _nothing(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, ("x", match[0]), hard=False)]


def _phone(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, ("p", re.sub(r"\D", "", match[0])))]


def _iso(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, *_either(match[3])), part(match, *_either(match[2])), part(match, quantity(match[1]))]


def _slashed(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, *_either(figure)) for figure in match.groups() if figure]


def _either(figure: str) -> set[Key]:
    value = int(figure)
    return {quantity(value)} | ({month(value)} if 1 <= value <= 12 else set())


def _time(match: re.Match[str]) -> Sequence[Number]:
    hours, minutes = int(match[1] or match[4]), int(match[2] or match[5] or 0)
    if hours > 24 or minutes > 59:
        return []
    keys = {clock(hours, minutes)}
    if not minutes:
        keys |= {quantity(hours), quantity(hours % 12 + 12)}
    return [part(match, *keys)]


def _ordinal(match: re.Match[str]) -> Sequence[Number]:
    value = Decimal(match[1].replace(",", ""))
    return [Number(match[0], match.start(), match.end(), frozenset({quantity(value)}), True, True, value)]


def _code(match: re.Match[str]) -> Sequence[Number]:
    if match[1] in ("Km", "km", "No", "USD", "US", "VND", "EUR"):
        return []
    return [part(match, code(match[0]), quantity(match[2]), hard=match[1].casefold() + match[2] != "covid19")]


def _suffixed(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, code(match[0]), quantity(match[1]))]


def _number(match: re.Match[str]) -> Sequence[Number]:
    value = english_value(match["figure"])
    text, end = match[0].rstrip(" -"), match.start() + len(match[0].rstrip(" -"))
    if value is None:
        bad = frozenset({("x", match["figure"])})
        return [Number(text, match.start(), end, bad, True, True, None, broken=True)]
    words = re.findall(r"[a-z]+", (match["scale"] or "").lower())
    scale = spelled(words, {}, EN_SCALES) if words else Decimal(1)
    keys = {quantity(value * scale)}
    if words in (["decades"], ["decade"], ["dozen"], ["m"], ["k"]):
        keys.add(quantity(value))
    hard = not (value == 1 and scale == 1 and not match["percent"])
    return [Number(text, match.start(), end, frozenset(keys), hard, True, value, scale)]


def _roman(match: re.Match[str]) -> Sequence[Number]:
    value = roman(match[0])
    return [] if value is None else [part(match, quantity(value), hard=False)]


def _month(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, month(MONTHS.get(match[0].rstrip("."), 9)), hard=False)]


def _spelled(match: re.Match[str]) -> Sequence[Number]:
    words = [w for w in re.findall(r"[a-z]+", match[0].lower()) if w != "and"]
    units = EN_WORDS | EN_ORDINALS
    words = [w if w in units or w in EN_SCALES else w.removesuffix("s") for w in words]
    values = {spelled(words, units, EN_SCALES), *(Decimal(units[w]) for w in words if w in units)}
    keys = [quantity(v) for v in values] + ([("w", "half")] if "half" in words else [])
    return [part(match, *keys, hard=False)]


_HALF_SCALE = re.compile(
    r"\bhalf(?:\s+a)?[\s-]+(hundred|thousand|million|billion|century|decade|dozen)\b", re.IGNORECASE
)


def _half_scale(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, quantity(Decimal(EN_SCALES[match[1].lower()]) / 2), ("w", "half"), hard=False)]


def _other(match: re.Match[str]) -> Sequence[Number]:
    keys = _OTHERS[match[0].lower()]
    return [part(match, *keys, hard=False)] if keys else []


_FOLD = re.compile(rf"\b({'|'.join(EN_WORDS)})-?fold\b", re.IGNORECASE)


def _fold(match: re.Match[str]) -> Sequence[Number]:
    return [part(match, quantity(EN_WORDS[match[1].lower()]), hard=False)]


_PATTERNS = (
    (_LINK, _nothing),
    (_PHONE, _phone),
    (_ISO_DATE, _iso),
    (_YEARS, years),
    (_SLASHED, _slashed),
    (_UNIT, _nothing),
    (_TIME, _time),
    (_WORD_TIME, lambda m: [part(m, clock(0, 0), quantity(12), quantity(0), hard=False)]),
    (_DECADE, decade),
    (_ORDINAL, _ordinal),
    (_CODE, _code),
    (_SUFFIXED, _suffixed),
    (_NUMBER, _number),
    (_MONTH, _month),
    (_ROMAN, _roman),
    (_HALF_SCALE, _half_scale),
    (_SPELLED, _spelled),
    (_FOLD, _fold),
    (_OTHER, _other),
)
_WITHOUT_DIGITS = (_LINK, _WORD_TIME, _MONTH, _ROMAN, _HALF_SCALE, _SPELLED, _FOLD, _OTHER)
_WORDS_ONLY = tuple(entry for entry in _PATTERNS if entry[0] in _WITHOUT_DIGITS)
"""What can be found in a text without any digit."""
