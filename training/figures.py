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
    ("koruna", "koruna"), ("kip", "kip"), ("người", "people"), ("lượt khách", "visitor arrivals"), ("tấn", "tons"),
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


CLOCKS = (("sáng", "a.m.", 5, 11), ("chiều", "p.m.", 1, 5), ("tối", "p.m.", 6, 10))


def _long_date(rng: random.Random) -> Text:
    """``từ ngày 23 tháng 11 đến ngày 8 tháng 12`` → ``from November 23 to December 8``; times, days with a month."""
    (month, day), (other_month, other_day) = sorted((rng.randint(1, 12), rng.randint(1, 27)) for _ in range(2))
    name, other = MONTHS[month - 1], MONTHS[other_month - 1]
    year = _year(rng)
    kind = rng.randrange(6)
    if kind == 0 and month < other_month:
        slash = rng.random() < 0.4
        first, last = (f"{d}/{m}" if slash else f"{d} tháng {m}" for d, m in ((day, month), (other_day, other_month)))
        return f"từ ngày {first} đến ngày {last}", f"from {name} {day} to {other} {other_day}"
    if kind == 1:
        return f"ngày {day} tháng {month} và {other_day} tháng {other_month}", f"{name} {day} and {other} {other_day}"
    if kind == 2:
        last = rng.randint(day + 1, 28)
        dash = rng.choice(["-", " - ", "–"])
        return f"ngày {day}{dash}{last} tháng {month} năm {year}", f"{name} {day}–{last}, {year}"
    if kind == 3:
        part, english, earliest, latest = rng.choice(CLOCKS)
        hour, minute = rng.randint(earliest, latest), rng.choice([5, 15, 20, 30, 45])
        clock = rng.choice([f"{hour} giờ {minute:02} phút", f"{hour}:{minute:02}", f"{hour}h{minute:02}"])
        return f"{clock} {part} ngày {day}/{month}", f"{hour}:{minute:02} {english} on {name} {day}"
    if kind == 4:
        return f"tính đến hết ngày {day}/{month}", f"as of the end of {name} {day}"
    return f"ngày {day}.{month}.{year}", f"{name} {day}, {year}"


def _amount_range(rng: random.Random) -> Text:
    """``từ 1,5 đến 2,8 triệu tấn`` → ``from 1.5 to 2.8 million tons``; ``413-422 USD`` → ``413–422 USD``."""
    kind = rng.randrange(4)
    if kind == 0:
        scale, unit = rng.choice(SCALES), rng.choice(UNITS[:12])
        low, places = rng.uniform(1, 50), rng.choice([0, 1])
        left, right = f"{low:.{places}f}", f"{low + rng.uniform(1.2, 30):.{places}f}"
        numbers = f"{left.replace('.', ',')} đến {right.replace('.', ',')}"
        return f"từ {numbers} {scale[0]} {unit[0]}", f"from {left} to {right} {scale[1]} {unit[1]}"
    unit = rng.choice(UNITS)
    if kind == 1:
        low = rng.randint(2, 900) * rng.choice([10, 100, 1000])
        high = low + rng.randint(1, 900) * 10
        return (
            f"từ {group_digits(low, '.')} {unit[0]} đến {group_digits(high, '.')} {unit[0]}",
            f"from {group_digits(low, ',')} {unit[1]} to {group_digits(high, ',')} {unit[1]}",
        )
    low = rng.randint(10, 899)
    high = low + rng.randint(1, 97)
    return f"{low}{rng.choice(['-', ' - ', '–'])}{high} {unit[0]}", f"{low}–{high} {unit[1]}"


POINTS = (("điểm", "points"), ("mét", "meters"), ("độ", "degrees"), ("triệu USD", "million USD"), ("%", "%"))


def _point(rng: random.Random) -> Text:
    """Decimals that are written with a point already: ``4.5 mét`` → ``4.5 meters``."""
    value = f"{rng.uniform(0.1, rng.choice([5, 99])):.1f}"
    unit = rng.choice(POINTS)
    space = "" if unit[0] == "%" else " "
    return f"{value}{space}{unit[0]}", f"{value}{space}{unit[1]}"


LINES = (
    ("đường dây nóng", "hotline"), ("tổng đài", "hotline"), ("tổng đài bảo hộ công dân", "citizen protection hotline"),
    ("đường dây nóng 24/7", "24/7 hotline"), ("tổng đài 24/7", "24/7 hotline"),
)  # fmt: skip


def _contact(rng: random.Random) -> Text:
    """``tổng đài 24/7 theo số +84 981 12 12 12`` → ``the 24/7 hotline at +84 981 12 12 12``."""
    groups = [f"{rng.randrange(10 ** (size := rng.choice([2, 2, 3, 4]))):0{size}}" for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.3:
        groups = [groups[0]] * len(groups)
    area = rng.randint(10, 99)
    lead = rng.choice([f"+84 9{area}", "+84 24", "024", "1900", f"+{rng.randint(1, 999)}", f"0{area}"])
    number = rng.choice([" ", " ", " ", "-", ""]).join([lead, *groups])
    vietnamese, english = rng.choice(LINES)
    kind = rng.randrange(4)
    if kind == 0:
        hours = rng.choice(["24/7", "24/7", "24/24"])
        end = rng.randint(2, 30)
        return f"hoạt động {hours} trong {end} ngày", f"operating {hours} for {end} days"
    if kind == 1:
        return f"{vietnamese} {number}", f"the {english} {number}"
    if kind == 2:
        short = rng.randint(100, 1999)
        return f"tổng đài {short}", f"the {short} hotline"
    return f"{vietnamese} theo số {number}", f"the {english} at {number}"


NUMBERED = (
    ("Điều", "Article"), ("khoản", "Clause"), ("mốc", "marker"), ("chuyến bay VN", "flight VN"),
    ("quốc lộ", "National Highway"), ("Nghị quyết số", "Resolution No."), ("tuyến số", "line No."), ("khu vực", "area"),
    ("số nhà", "house No."), ("lô", "lot"), ("phòng", "room"), ("km", "km"), ("cơ sở", "campus"), ("vòng", "round"),
    ("nhóm", "group"), ("trang", "page"),
)  # fmt: skip


def _numbered(rng: random.Random) -> Text:
    """``mốc 1088/2`` → ``marker 1088/2``; ``khoản 2 Điều 226`` → ``Clause 2, Article 226``; ``khu vực 1, 2 và 3``."""
    part, second = rng.randint(1, 9), rng.randint(2, 1400)
    vietnamese, english = rng.choice(NUMBERED)
    space = "" if vietnamese.endswith("VN") else " "
    kind = rng.randrange(4)
    if kind == 0:
        return f"khoản {part} Điều {second}", f"Clause {part}, Article {second}"
    if kind == 1:
        mark = f"{second}/{part}"
        if rng.random() < 0.5:
            return f"mốc {mark}", f"marker {mark}"
        return f"mốc {mark} - {second + 1}", f"markers {mark}–{second + 1}"
    if kind == 2:
        numbers = [str(n) for n in sorted(rng.sample(range(1, 60), rng.randint(3, 6)))]
        return f"các khu vực {_listed(numbers, ' và ')}", f"areas {_listed(numbers, ' and ')}"
    return f"{vietnamese}{space}{second}", f"{english}{space}{second}"


TOLLS = (("chết", "dead"), ("mất tích", "missing"), ("bị thương", "injured"), ("nhiễm bệnh", "infected"))


def _people(rng: random.Random) -> Text:
    """``46 người chết và 10 người mất tích`` → ``46 people dead and 10 missing``; ages, votes, ordinals."""
    kind = rng.randrange(4)
    if kind == 0:
        tolls = rng.sample(TOLLS, rng.randint(2, 3))
        counts = [rng.randint(10, 900) for _ in tolls]
        vietnamese = [f"{n} người {v}" for n, (v, _) in zip(counts, tolls, strict=True)]
        english = [f"{n} {e}" for n, (_, e) in zip(counts, tolls, strict=True)]
        english[0] = english[0].replace(" ", " people ", 1)
        return _listed(vietnamese, " và "), _listed(english, " and ")
    if kind == 1:
        age = rng.randint(10, 99)
        article = "an" if age // 10 == 8 or age in (11, 18) else "a"
        return f"một người đàn ông {age} tuổi", f"{article} {age}-year-old man"
    if kind == 2:
        first = rng.randint(10, 140)
        return f"thứ {first} và {first + 1}", f"the {ordinal(first)} and {ordinal(first + 1)}"
    votes = [rng.randint(10, 190) for _ in range(3)]
    return (
        f"{votes[0]} phiếu thuận, {votes[1]} phiếu chống và {votes[2]} phiếu trắng",
        f"{votes[0]} votes in favor, {votes[1]} against and {votes[2]} abstentions",
    )


def _listed(items: list[str], last: str) -> str:
    """``a, b and c``."""
    return ", ".join(items[:-1]) + last + items[-1]


KINDS: tuple[Callable[[random.Random], Text], ...] = (
    _date, _date, _date_range, _long_date, _month, _amount, _amount, _amount_range, _ordinal, _share, _point, _contact,
    _contact, _numbered, _people,
)  # fmt: skip


def phrase(rng: random.Random) -> Text:
    """One figure in its phrase, or several with commas between."""
    made = [rng.choice(KINDS)(rng) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4]))]
    return ", ".join(v for v, _ in made), ", ".join(e for _, e in made)


def beside(text: Text, rng: random.Random) -> Text:
    """The pair with figures in brackets after it: read where much else is to be read too."""
    vietnamese, english = phrase(rng)
    return f"{text[0]} ({vietnamese})", f"{text[1]} ({english})"
