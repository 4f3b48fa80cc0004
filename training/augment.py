"""Augmentation: what an article may hold, made from what the corpus holds.

Every function takes and gives (Vietnamese, English) and draws from the random
generator it is given, so that a seed fixes the whole training text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from training.align import Link
from training.corpus import SLOT, Term
from training.names import NameMaker, strip_marks

Text = tuple[str, str]
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


# --- names --------------------------------------------------------------------


def fill_slots(text: Text, names: NameMaker, rng: random.Random, english: float = 0.3) -> Text:
    """Fill the slots with names; a share of them stands in English on both sides."""
    source, target = text
    for slot in dict.fromkeys(m.group(0) for m in SLOT.finditer(source)):
        vietnamese, name = names.make(slot[1:3])
        if rng.random() < english:
            vietnamese = name
        source, target = source.replace(slot, vietnamese), target.replace(slot, name)
    return source, target


# --- numbers and dates ----------------------------------------------------------


def ordinal(number: int) -> str:
    """``17`` → ``17th``."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def group_digits(number: int, separator: str) -> str:
    """``1234567`` → ``1,234,567`` with the separator given."""
    return f"{number:,}".replace(",", separator)


# --- glossary injection -----------------------------------------------------------


class TermFinder:
    """Finds the terms of a pair whose English stands in the reference."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._first: dict[str, list[tuple[str, Term]]] = {}
        for term in terms:
            for form in term.sources:
                self._first.setdefault(form.split()[0].lower(), []).append((form, term))
        for entries in self._first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def matches(self, source: str) -> list[tuple[int, int, Term]]:
        """The terms of a text: longest first, not overlapping, as the workbench finds them."""
        lower = source.lower()
        found, taken = [], 0
        for match in re.finditer(r"\w+|[\"“]\w+", source):
            if match.start() < taken:
                continue
            for form, term in self._first.get(match.group(0).lower(), ()):
                end = match.start() + len(form)
                if lower.startswith(form.lower(), match.start()) and not lower[end : end + 1].isalnum():
                    if form[0].isupper() and not source[match.start()].isupper():
                        continue
                    found.append((match.start(), end, term))
                    taken = end
                    break
        return found

    def links(self, source: str, target: str) -> list[Link]:
        """The matches whose English form stands in the target, as injections."""
        lower = target.lower()
        links = []
        for start, end, term in self.matches(source):
            form = next((f for f in term.targets if f.lower() in lower), None)
            if form:
                links.append(Link(start, end, form))
        return links


def apply_links(source: str, links: Sequence[Link]) -> str:
    """The source with the linked spans replaced by their English."""
    for link in sorted(links, key=lambda x: -x.start):
        source = source[: link.start] + link.phrase + source[link.end :]
    return source


def choose_links(links: Sequence[Link], rng: random.Random, most: int) -> list[Link]:
    """Up to ``most`` links that do not overlap, in random preference."""
    chosen: list[Link] = []
    for link in rng.sample(links, len(links)):
        if all(link.end <= other.start or link.start >= other.end for other in chosen):
            chosen.append(link)
            if len(chosen) == most:
                break
    return chosen


def inject(text: Text, terms: Sequence[Link], phrases: Sequence[Link], rng: random.Random) -> Text:
    """English in the source: all its terms, or some, or phrases found by alignment."""
    source, target = text
    kind = rng.random()
    if terms and kind < 0.7:
        chosen = list(terms)
    elif terms and kind < 0.8:
        chosen = choose_links(terms, rng, rng.randint(1, 3))
    else:
        chosen = choose_links([*terms, *phrases], rng, rng.choice([1, 1, 2, 2, 3, 4, 5, 6]))
    return apply_links(source, chosen), target


# --- noise and shapes ----------------------------------------------------------------

DASH = re.compile(r"(?<=\w) ?[-–] ?(?=[A-ZĐ])")


def _typo(source: str, rng: random.Random) -> str:
    """One letter dropped, doubled or swapped, or a word doubled."""
    words = source.split(" ")
    index = rng.randrange(len(words))
    word = words[index]
    if len(word) < 3 or not word.isalpha() or word[0].isupper():
        return source
    place = rng.randrange(1, len(word) - 1)
    kind = rng.random()
    if kind < 0.3:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    elif kind < 0.6:
        word = word[:place] + word[place + 1 :]
    elif kind < 0.8:
        word = word[:place] + word[place] + word[place:]
    else:
        word = f"{word} {word}"
    words[index] = word
    return " ".join(words)


@dataclass
class Noise:
    """The share of sentences that gets each kind of noise."""

    dash: float = 0.3
    quotes: float = 0.4
    typo: float = 0.03
    no_marks: float = 0.012
    code: float = 0.015
    glued: float = 0.15
    capitals: float = 0.008
    dashes: tuple[str, ...] = field(default=(" - ", " – ", "-", "–", "- "))


def code(rng: random.Random) -> str:
    """Something to copy as it is: a URL, a document number, an address, a code."""
    number = rng.randint(1, 9999)
    letters = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(3, 9)))
    forms = (
        f"https://{letters}.vn/{letters[:4]}-{number}.htm", f"www.{letters}.gov.vn", f"{letters}@{letters[:4]}.vn",
        f"{number}/2025/QH15", f"{number}/QD-TTg", f"A/RES/{rng.randint(10, 99)}/{number}", f"VN-{number}",
        f"{letters.upper()[:4]}-{number}",
    )  # fmt: skip
    return rng.choice(forms)


def add_noise(text: Text, rng: random.Random, noise: Noise) -> Text:
    """Dashes, quotes and typing errors as real articles have them; codes on both sides."""
    source, target = text
    if rng.random() < noise.dash:
        dash = rng.choice(noise.dashes)
        source = DASH.sub(lambda m: dash, source) if " " in dash or rng.random() < 0.5 else source
    if rng.random() < noise.quotes and '"' in source:
        marks = iter("“”" * source.count('"'))
        source = re.sub('"', lambda m: next(marks), source)
    if rng.random() < noise.typo and len(source) > 30:
        source = _typo(source, rng)
    if rng.random() < noise.no_marks:
        source = strip_marks(source)
    if rng.random() < noise.code:
        extra = code(rng)
        source, target = f"{source} ({extra})", f"{target} ({extra})"
    if rng.random() < noise.capitals and len(source.split()) < 16:
        source, target = source.upper(), target.upper()
    return source, target


def dateline(text: Text, place: Text, rng: random.Random) -> Text:
    """The pair as the beginning of an article: ``HÀ NỘI - Ngày 24/9 …`` → ``HANOI – On September 24 …``."""
    if rng.random() < 0.7:
        place = place[0].upper(), place[1].upper()
    return f"{place[0]}{rng.choice([' - ', ' – ', ' -- ', '- '])}{text[0]}", f"{place[1]} – {text[1]}"


HEADS = (
    ("giáo dục", "education"), ("tổ chức", "organization"), ("dự án", "project"), ("quỹ", "fund"),
    ("diễn đàn", "forum"), ("chính sách", "policy"), ("nghiên cứu", "research"), ("mạng lưới", "network"),
    ("tuần lễ", "week"), ("hội chợ", "fair"), ("giải thưởng", "award"), ("nhà hoạt động", "activist"),
    ("trung tâm", "center"), ("chương trình", "program"), ("sáng kiến", "initiative"), ("công ty", "company"),
    ("công nghệ", "technology"), ("báo chí", "press"), ("thị trường", "market"), ("đại sứ", "ambassador"),
    ("học viện", "academy"), ("luật", "law"), ("hội đồng", "council"),
)  # fmt: skip
COMMON = (
    ("hòa bình", "peace"), ("an ninh", "security"), ("phát triển", "development"), ("du lịch", "tourism"),
    ("môi trường", "environment"), ("năng lượng", "energy"), ("nhân quyền", "human rights"), ("y tế", "health"),
    ("thương mại", "trade"), ("thanh niên", "youth"), ("khí hậu", "climate"), ("xanh", "green"),
    ("văn hóa", "cultural"), ("khoa học", "science"), ("đầu tư", "investment"), ("phim", "film"),
    ("đường sắt", "railway"), ("hàng không", "aviation"),
)  # fmt: skip


def compounds(rng: random.Random) -> list[Text]:
    """Items with a word in common, over which loops begin: ``quỹ hòa bình``, ``luật hòa bình`` → ``peace fund`` …"""
    vietnamese, english = rng.choice(COMMON)
    heads = rng.sample(HEADS, rng.randint(3, 12))
    return [(f"{v} {vietnamese}", f"{english} {e}") for v, e in heads]


BETWEEN = (
    ("quan hệ {}", "{} relations"), ("hợp tác {}", "{} cooperation"), ("hữu nghị {}", "{} friendship"),
    ("biên giới {}", "the {} border"), ("đường bay {}", "the {} air route"), ("thương mại {}", "{} trade"),
    ("nâng tầm quan hệ {}", "raise {} relations to a new height"), ("tình đoàn kết {}", "{} solidarity"),
    ("Hội hữu nghị {}", "the {} Friendship Association"), ("Diễn đàn Doanh nghiệp {}", "the {} Business Forum"),
    ("Nhóm nghị sĩ hữu nghị {}", "the {} Parliamentary Friendship Group"),
    ("Ủy ban liên Chính phủ {}", "the {} Intergovernmental Committee"),
)  # fmt: skip


def relation(left: Text, right: Text, rng: random.Random) -> Text:
    """What lies between two countries, not told by habit: ``quan hệ Việt Nam - Fiji`` → ``Vietnam–Fiji relations``."""
    vietnamese, english = rng.choice(BETWEEN)
    dash = rng.choice([" - ", " - ", "-", " – "])
    return vietnamese.format(left[0] + dash + right[0]), english.format(f"{left[1]}–{right[1]}")


def join(texts: Sequence[Text], rng: random.Random, noise: Noise) -> Text:
    """Several sentences as one paragraph, now and then without a space between."""
    source, target = texts[0]
    for vietnamese, english in texts[1:]:
        glue = "" if source.endswith(".") and rng.random() < noise.glued else " "
        source, target = source + glue + vietnamese, f"{target} {english}"
    return source, target


def enumeration(items: Sequence[Text], rng: random.Random) -> Text:
    """A long list of terms, so that lists do not end in loops; now and then joined as mottos are (``A - B - C``)."""
    mark = rng.choice([", ", ", ", ", ", "; ", " - "])
    if mark == " - ":
        source, target = (mark.join(side) for side in zip(*items, strict=True))
    else:
        source = mark.join(v for v, _ in items[:-1]) + " và " + items[-1][0]
        target = mark.join(e for _, e in items[:-1]) + " and " + items[-1][1]
    stop = rng.choice(["", "", ".", ";"])
    return source + stop, target + stop
