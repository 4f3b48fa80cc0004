"""Numbers as English writes them."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import format_decimal

from workbench.numbers.numerals import Number

_SCALES = {
    Decimal(10) ** 3: "thousand",
    Decimal(10) ** 6: "million",
    Decimal(10) ** 9: "billion",
    Decimal(10) ** 12: "trillion",
}


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
