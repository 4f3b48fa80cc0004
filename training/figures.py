"""Figures in their phrases: dates, amounts, ordinals and shares as news has them.

Short and cheap to train on, these rows show every reading of a figure far more
often than sentences do: ``từ ngày 13 đến 15/11`` → ``from November 13 to 15``.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from training.augment import MONTHS, Text, group_digits, ordinal

UNITS = (
    ("USD", "USD"), ("đồng", "VND"), ("euro", "euros"), ("nhân dân tệ", "yuan"), ("won", "won"), ("yen", "yen"),
    ("koruna", "koruna"), ("kip", "kip"), ("người", "people"), ("lượt khách", "visitor arrivals"), ("tấn", "tonnes"),
    ("km", "km"), ("ha", "ha"), ("MW", "MW"), ("m2", "sq.m"), ("kg", "kg"), ("giờ", "hours"), ("ngày", "days"),
    ("tháng", "months"), ("năm", "years"), ("doanh nghiệp", "businesses"), ("đại biểu", "delegates"),
    ("dự án", "projects"), ("quốc gia", "countries"), ("văn kiện", "documents"), ("công dân", "citizens"),
    ("sinh viên", "students"), ("suất học bổng", "scholarships"), ("thành viên", "members"),
    ("địa phương", "localities"), ("cuộc gặp", "meetings"), ("chuyến bay", "flights"),
    ("phiếu thuận", "votes in favor"),
)  # fmt: skip
SCALES = (("nghìn", "thousand"), ("triệu", "million"), ("tỷ", "billion"), ("nghìn tỷ", "trillion"))
EVENTS = (
    ("kỳ họp", "session"), ("cuộc họp", "meeting"), ("phiên họp", "session"), ("hội nghị", "conference"),
    ("diễn đàn", "forum"), ("vòng đàm phán", "round of negotiations"), ("khóa họp", "session"), ("đại hội", "congress"),
    ("đối thoại", "dialogue"), ("cuộc tham vấn chính trị", "political consultation"), ("cuộc giao lưu", "exchange"),
)  # fmt: skip
PARTS = (("Sáng", "morning"), ("Trưa", "noon"), ("Chiều", "afternoon"), ("Tối", "evening"))
WHEN = (("đầu", "early"), ("giữa", "mid-"), ("cuối", "late"), ("trung tuần", "mid-"))
QUARTERS = (("I", "first"), ("II", "second"), ("III", "third"), ("IV", "fourth"))
LIMITS = (("khoảng ", "about "), ("hơn ", "more than "), ("gần ", "nearly "), ("trên ", "over "), ("", ""), ("", ""))


def _day_month(rng: random.Random) -> tuple[int, int]:
    return rng.randint(1, 28), rng.randint(1, 12)


def _year(rng: random.Random) -> int:
    return rng.choice([rng.randint(2018, 2030), rng.randint(1930, 2050)])


def _date(rng: random.Random) -> Text:
    """``ngày 7/10/1975`` → ``October 7, 1975``, with or without a year, a time or a part of the day."""
    day, month = _day_month(rng)
    written = f"{day:02}/{month:02}" if rng.random() < 0.1 else f"{day}/{month}"
    name = MONTHS[month - 1]
    kind = rng.randrange(6)
    if kind == 0:
        part, english = rng.choice(PARTS)
        if english == "noon":
            return f"{part} {written}", f"At noon on {name} {day}"
        return f"{part} {written}", f"On the {english} of {name} {day}"
    if kind == 1:
        hour, minute = rng.randint(0, 23), rng.choice([0, 0, 15, 30, 45])
        return f"{hour} giờ{f' {minute}' if minute else ''} ngày {written}", f"{hour}:{minute:02} on {name} {day}"
    if kind < 4:
        year = _year(rng)
        long = rng.random() < 0.3
        return (
            f"ngày {day} tháng {month} năm {year}" if long else f"ngày {written}/{year}",
            f"{name} {day}, {year}",
        )
    return f"Ngày {written}", f"On {name} {day}"


def _date_range(rng: random.Random) -> Text:
    """``từ ngày 13 đến 15/11`` → ``from November 13 to 15``."""
    day, month = _day_month(rng)
    day = min(day, 24)
    last, name = rng.randint(day + 1, 28), MONTHS[month - 1]
    kind = rng.randrange(5)
    if kind == 0:
        other = month % 12 + 1
        return f"từ {last}/{month} đến {day}/{other}", f"from {name} {last} to {MONTHS[other - 1]} {day}"
    if kind == 1:
        first = _year(rng)
        then = first + rng.randint(1, 60)
        return (
            f"({day}/{month}/{first} - {day}/{month}/{then})",
            f"({name} {day}, {first} – {name} {day}, {then})",
        )
    if kind == 2:
        return f"trong hai ngày {day} và {day + 1}/{month}", f"on {name} {day} and {day + 1}"
    lead = rng.choice(["từ ngày ", "từ "])
    between = rng.choice([" đến ", " đến ngày ", "-", " - "])
    return f"{lead}{day}{between}{last}/{month}", f"from {name} {day} to {last}"


def _month(rng: random.Random) -> Text:
    """``giữa tháng 12/2025`` → ``mid-December 2025``; ``quý II/2026`` → ``the second quarter of 2026``."""
    month, year = rng.randint(1, 12), _year(rng)
    name = MONTHS[month - 1]
    kind = rng.randrange(5)
    if kind == 0:
        other = (month - 1 + rng.randint(1, 11)) % 12 + 1
        return f"tháng {month} và tháng {other}", f"{name} and {MONTHS[other - 1]}"
    if kind == 1:
        vietnamese, english = rng.choice(QUARTERS)
        return f"quý {vietnamese}/{year}", f"the {english} quarter of {year}"
    if kind == 2:
        vietnamese, english = rng.choice(WHEN)
        space = "" if english.endswith("-") else " "
        return f"{vietnamese} tháng {month}", f"{english}{space}{name}"
    if kind == 3:
        return f"tháng {month} năm ngoái", f"{name} last year"
    return f"tháng {month}/{year}", f"{name} {year}"


def _amount(rng: random.Random) -> Text:
    """``gần 3,4 triệu USD`` → ``nearly 3.4 million USD``; ``1.300 đại biểu`` → ``1,300 delegates``."""
    limit, unit = rng.choice(LIMITS), rng.choice(UNITS)
    kind = rng.randrange(4)
    if kind == 0:
        scale, unit = rng.choice(SCALES), rng.choice(UNITS[:12])
        value = f"{rng.uniform(1.1, rng.choice([9, 99, 999])):.{rng.choice([0, 1, 1, 2])}f}"
        return (
            f"{limit[0]}{value.replace('.', ',')} {scale[0]} {unit[0]}",
            f"{limit[1]}{value} {scale[1]} {unit[1]}",
        )
    if kind == 1:
        number = rng.randint(1000, rng.choice([9999, 99999, 999999, 99999999]))
        return f"{limit[0]}{group_digits(number, '.')} {unit[0]}", f"{limit[1]}{group_digits(number, ',')} {unit[1]}"
    if kind == 2:
        number = rng.randint(10, 120)
        other = rng.randint(2, number - 1)
        return f"{other} trong tổng số {number} {unit[0]}", f"{other} of the total of {number} {unit[1]}"
    number = rng.randint(11, 999)
    return f"{limit[0]}{number} {unit[0]}", f"{limit[1]}{number} {unit[1]}"


def _ordinal(rng: random.Random) -> Text:
    """``kỳ họp lần thứ 48`` → ``the 48th session``; ``kỷ niệm 50 năm`` → ``the 50th anniversary``."""
    number = rng.randint(4, 160)
    event = rng.choice(EVENTS)
    kind = rng.randrange(4)
    if kind == 0:
        return f"kỷ niệm {number} năm", f"the {ordinal(number)} anniversary"
    if kind == 1:
        year = _year(rng)
        return f"{event[0]} lần thứ {number} năm {year}", f"the {ordinal(number)} {event[1]} in {year}"
    return f"{event[0]} lần thứ {number}", f"the {ordinal(number)} {event[1]}"


def _share(rng: random.Random) -> Text:
    """``tăng 43,9% so với năm 2024`` → ``up 43.9% against 2024``; ``nhiệm kỳ 2026-2031`` → ``the 2026–2031 term``."""
    value = f"{rng.uniform(0.1, 99):.{rng.choice([0, 1, 1, 2])}f}"
    year = _year(rng)
    kind = rng.randrange(5)
    if kind == 0:
        return f"tăng {value.replace('.', ',')}% so với năm {year}", f"up {value}% against {year}"
    if kind == 1:
        return f"giảm {value.replace('.', ',')}%", f"down {value}%"
    if kind == 2:
        span = rng.randint(1, 10)
        dash = rng.choice([" - ", "-", " – "])
        if rng.random() < 0.5:
            return f"nhiệm kỳ {year}{dash}{year + span}", f"the {year}–{year + span} term"
        return f"giai đoạn {year}{dash}{year + span}", f"the {year}–{year + span} period"
    if kind == 3:
        return f"năm {year}", f"in {year}"
    return f"{value.replace('.', ',')}%", f"{value}%"


KINDS: tuple[Callable[[random.Random], Text], ...] = (
    _date, _date, _date_range, _month, _amount, _amount, _ordinal, _share,
)  # fmt: skip


def phrase(rng: random.Random) -> Text:
    """One figure in its phrase, or several with commas between."""
    made = [rng.choice(KINDS)(rng) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4]))]
    return ", ".join(v for v, _ in made), ", ".join(e for _, e in made)
