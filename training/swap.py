"""Other names, numbers and terms in the place of a pair's own, the same on both sides.

What a small model knows by heart it no longer reads: a pair that comes each
time with another month, another country or another office teaches it to read.
Every function takes and gives (Vietnamese, English) and draws from the random
generator it is given.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from training.augment import MONTHS, TermFinder, Text, group_digits, ordinal
from training.corpus import Term
from training.names import NameMaker, strip_marks

ORDINAL = re.compile(r"(?<!\d)(\d{1,3})(st|nd|rd|th)\b")


# --- names --------------------------------------------------------------------

CAPITALS = re.compile(r"(?<![\w{])[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}(?![\w}])")


def swap_names(text: Text, names: NameMaker, rng: random.Random, share: float = 0.35) -> Text:
    """Replace names that both sides write alike by generated foreign names."""
    source, target = text
    for match in list(CAPITALS.finditer(source)):
        name = match.group(0)
        if match.start() == 0 or len(name) < 4 or rng.random() > share:
            continue
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        if len(pattern.findall(target)) != len(pattern.findall(source)):
            continue
        parts = names.foreign()[0].split() if " " in name else [names.invented()]
        new = " ".join(parts[: name.count(" ") + 1])
        source, target = pattern.sub(new, source), pattern.sub(new, target)
    return source, target


VIETNAMESE_NAME = re.compile(r"[A-ZĐÀ-Ỹ][\wà-ỹ]*(?: [A-ZĐÀ-Ỹ][\wà-ỹ]*){1,3}")


def plain_names(text: Text, rng: random.Random, share: float = 0.3) -> Text:
    """Write Vietnamese names of the source as the English does, as an injected term would."""
    source, target = text
    for match in VIETNAMESE_NAME.finditer(source):
        name = match.group(0)
        plain = strip_marks(name)
        if name != plain and plain in target and rng.random() < share:
            source = source.replace(name, plain)
    return source, target


# --- numbers and dates ----------------------------------------------------------


def _swap_once(text: Text, old: Text, new: Text) -> Text:
    """Replace a number that stands once, on its own, on either side."""
    result = []
    for side, before, after in zip(text, old, new, strict=True):
        pattern = re.compile(rf"(?<![\w.,/-]){re.escape(before)}(?![\w/-]|[.,]\d)")
        if len(pattern.findall(side)) != 1:
            return text
        result.append(pattern.sub(after, side))
    return result[0], result[1]


def _swap_dates(text: Text, rng: random.Random) -> Text:
    for match in re.finditer(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])", text[0]):
        day, month, year = int(match[1]), int(match[2]), match[3]
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        new_day, new_month = rng.randint(1, 28), rng.randint(1, 12)
        old_en, new_en = f"{MONTHS[month - 1]} {day}", f"{MONTHS[new_month - 1]} {new_day}"
        new_vi = f"{new_day}/{new_month}"
        if rng.random() < 0.15:
            new_vi = f"{new_day:02}/{new_month:02}"
        if year:
            new_year = str(rng.randint(1945, 2035))
            old_en, new_en, new_vi = f"{old_en}, {year}", f"{new_en}, {new_year}", f"{new_vi}/{new_year}"
        # A month that names two days (June 14 to 27) belongs to two dates of the source.
        if not re.search(rf"{re.escape(old_en)}(?: to | and |–|-)\d", text[1]):
            text = _swap_once(text, (match[0], old_en), (new_vi, new_en))
    return text


RANGE = re.compile(r"(?<![\d/.,])(\d{1,2})((?: đến| và|,| ?[-–])(?: ngày)? ?)(\d{1,2})/(\d{1,2})(?![\d/])")


def _swap_ranges(text: Text, rng: random.Random) -> Text:
    """``từ 13 đến 15/11`` ↔ ``from November 13 to 15`` with other days and another month."""
    source, target = text
    for match in RANGE.finditer(text[0]):
        first, between, last, month = int(match[1]), match[2], int(match[3]), int(match[4])
        if not 1 <= month <= 12:
            continue
        english = re.compile(rf"\b{MONTHS[month - 1]} {first}( to | and |–|-){last}(?!\d)")
        if len(english.findall(target)) != 1 or source.count(match[0]) != 1:
            continue
        day = rng.randint(1, 27)
        other, name = rng.randint(day + 1, 28), rng.randrange(12)
        source = source.replace(match[0], f"{day}{between}{other}/{name + 1}")
        target = english.sub(rf"{MONTHS[name]} {day}\g<1>{other}", target)
    return source, target


def _swap_months(text: Text, rng: random.Random) -> Text:
    """``tháng 2 và tháng 4`` ↔ ``February and April`` with other months."""
    source, target = text
    days = {int(month) for month in re.findall(r"\d/(\d{1,2})(?!\d)", source)}
    months = {int(m) for m in re.findall(r"tháng (\d{1,2})(?!\d)", source)} - days
    unused = [m for m in range(1, 13) if m not in months and MONTHS[m - 1] not in target]
    rng.shuffle(unused)
    for month, other in zip(sorted(months), unused, strict=False):
        vietnamese = re.compile(rf"(?<=tháng ){month}(?!\d)")
        english = re.compile(rf"\b{MONTHS[(month - 1) % 12]}\b")
        if 1 <= month <= 12 and len(vietnamese.findall(source)) == len(english.findall(target)):
            source = vietnamese.sub(str(other), source)
            target = english.sub(MONTHS[other - 1], target)
    return source, target


def _new_integer(old: int, rng: random.Random) -> int:
    """Another number of about the same kind (a year stays a year)."""
    if 1900 <= old <= 2050:
        return rng.randint(1930, 2050)
    digits = max(1, len(str(old)) + rng.choice([0, 0, 0, 0, 1, -1]))
    return rng.randint(max(2, 10 ** (digits - 1)), 10**digits - 1)


# Not the first day of a range such as 13 đến 15/11, nor a time: 39 giờ ngày 2/12 is none.
PLAIN = (
    r"(?<![\w.,/:])(?<!giờ )\d+(?:[.,]\d+)*"
    r"(?![\w/.:]| giờ(?! bay| làm| học)|(?: đến| và|,| ?[-–])(?: ngày)? ?\d{1,2}/)"
)


def _swap_plain(text: Text, rng: random.Random) -> Text:
    for number in dict.fromkeys(re.findall(PLAIN, text[0])):
        if rng.random() < 0.3:
            continue
        if re.fullmatch(r"\d+,\d+", number):
            places = len(number.split(",")[1])
            value = f"{rng.uniform(0.2, rng.choice([9, 99, 999])):.{places}f}"
            old, new = (number, number.replace(",", ".")), (value.replace(".", ","), value)
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+", number):
            whole = rng.randint(1000, rng.choice([9999, 99999, 999999, 9999999, 99999999]))
            if rng.random() < 0.3:
                whole = whole // 1000 * 1000 or 1000
            old = (number, number.replace(".", ","))
            new = (group_digits(whole, "."), group_digits(whole, ","))
        elif number.isdigit() and int(number) > 1 and not number.startswith("0"):
            aged = re.search(rf"(?<!\d){number} tuổi", text[0])
            other = rng.randint(3, 99) if aged else _new_integer(int(number), rng)
            if ORDINAL.search(text[1]) and ordinal(int(number)) in text[1]:
                other = rng.randint(2, 120)
                old, new = (number, ordinal(int(number))), (str(other), ordinal(other))
            else:
                old, new = (number, number), (str(other), str(other))
        else:
            continue
        text = _swap_once(text, old, new)
    return text


def swap_numbers(text: Text, rng: random.Random) -> Text:
    """Other dates, percentages, amounts and counts, the same on both sides."""
    for swap in (_swap_ranges, _swap_dates, _swap_months, _swap_plain):
        text = swap(text, rng)
    return text


# --- terms ------------------------------------------------------------------------


class TermSwapper:
    """Puts other terms of the same kind in the place of a pair's own, mostly in English.

    So every term of the glossary stands in many sentences, and what stands in
    English is copied because it stands there, not because it is expected:
    ``Tổng thống Phần Lan thăm Việt Nam`` → ``President Kenya thăm Việt Nam``.
    """

    KINDS = frozenset({"place", "organization", "title", "document", "event"})

    def __init__(self, terms: Iterable[Term], finder: TermFinder) -> None:
        self.finder = finder
        self._groups: dict[tuple[str, bool, bool], list[Term]] = defaultdict(list)
        for term in terms:
            if term.kind in self.KINDS:
                self._groups[self._group(term, term.target)].append(term)

    @staticmethod
    def _group(term: Term, form: str) -> tuple[str, bool, bool]:
        """Terms that can stand for each other: of a kind, of like capitals, of one word or of more."""
        return term.kind, form[0].isupper(), " " in form

    def swap(self, text: Text, rng: random.Random, share: float, english: float = 0.75) -> Text:
        """The pair with a share of its terms swapped, those that stand once on either side."""
        source, target = text
        matches = self.finder.matches(source)
        often = Counter(term.target for _, _, term in matches)
        for start, end, term in reversed(matches):
            place = self._place(target, term)
            if not place or often[term.target] > 1 or rng.random() >= share:
                continue
            other = rng.choice(self._groups[self._group(term, term.target)])
            source = source[:start] + (other.target if rng.random() < english else other.source) + source[end:]
            target = target[: place[0]] + other.target + target[place[1] :]
        return source, target

    def _place(self, target: str, term: Term) -> tuple[int, int] | None:
        """Where a term's English stands alone: not after "a" or "an", not within a longer name."""
        found = list(re.finditer(rf"(?<![\w-]){re.escape(term.target)}(?![\w-])", target))
        if term.kind not in self.KINDS or len(found) != 1 or target.count(term.target) != 1:
            return None
        start, end = found[0].span()
        before, after = target[:start], target[end:]
        if re.search(r"\b(?:an?|(?!The\b)[A-ZĐ][\w'’-]*) $", before) or re.match(r" (?:[A-ZĐ]|\()", after):
            return None
        return start, end
