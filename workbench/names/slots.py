"""The parts that bodies and titles are built from: places, countries, subjects, names."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.names.lexicon import Place, countries, readings, settled, subjects, surnames
from workbench.names.romanize import join_given
from workbench.names.scan import Scan
from workbench.names.tokens import is_acronym, is_syllable, transliterate

_LEVELS = {
    "tỉnh": "province",
    "thành phố": "city",
    "tp": "city",
    "huyện": "district",
    "quận": "district",
    "xã": "commune",
    "phường": "ward",
    "thị xã": "town",
    "thị trấn": "township",
    "đặc khu": "special zone",
    "châu": "prefecture",
    "khu tự trị": "Autonomous Region",
    "khu tự trị dân tộc choang": "Zhuang Autonomous Region",
}
_WITHOUT_LEVEL = frozenset({"Hanoi", "Ho Chi Minh City", "Beijing", "Shanghai", "Hong Kong", "Macao"})
_ADJECTIVES = {"province": "provincial", "city": "municipal", "Autonomous Region": "regional"}
_HEADS = frozenset(
    {"Bộ", "Ban", "Cục", "Sở", "Ủy", "Đảng", "Tổng", "Vụ", "Viện", "Học", "Đại", "Hội", "Trường", "Văn", "Tập", "Đoàn"}
    | {"Liên", "Mặt", "UBND", "Quốc", "Chính", "Thành", "Tỉnh", "Công ty", "Ngân", "Trung", "Hiệp", "Quỹ", "HĐND"}
)
_FOLLOWING = frozenset({"Trung", "Quốc", "Nhà", "Việt", "Tỉnh", "Thành", "TP", "Khu", "UBND"})
_FORMS = frozenset({"TNHH", "CP", "MTV", "Bộ", "Ban", "Cục", "Sở", "Vụ", "Viện"})
_REGIONS = {
    "Guangxi": "Zhuang Autonomous Region",
    "Tibet": "Autonomous Region",
    "Xinjiang": "Uygur Autonomous Region",
    "Ningxia": "Hui Autonomous Region",
    "Inner Mongolia": "Autonomous Region",
}
_SHORT = {
    "việt": "Vietnam", "trung": "China", "hàn": "Korea", "nhật": "Japan", "ấn": "India", "thái": "Thailand",
    "mỹ": "US", "hoa kỳ": "US", "anh": "UK", "hàn quốc": "Republic of Korea", "campuchia": "Cambodia",
    "nga": "Russia", "đức": "Germany", "pháp": "France", "úc": "Australia", "séc": "Czech Republic",
    "eu": "EU", "asean": "ASEAN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What fills a slot: up to word ``end``, with English for each use."""

    end: int
    text: str
    bare: str = ""
    adjective: str = ""


def subject(scan: Scan, start: int) -> Part | None:
    """``Văn hóa, Thể thao và Du lịch`` → ``Culture, Sports and Tourism``."""
    if start >= len(scan.tokens) or not scan.tokens[start].capital:
        return None
    first = subjects().longest(scan.tokens, start)
    if first is None:
        return None
    end, english = first[0], [first[1]]
    listed, words = end, [first[1]]
    while listed < len(scan.tokens):
        link = _link(scan, listed)
        more = subjects().longest(scan.tokens, listed + (link == "and")) if link else None
        if more is None:
            if _goes_on(scan, listed, link):
                return None
            break
        listed, words = more[0], [*words, more[1]]
        if link == "and":
            end, english = listed, words
            break
    return None if _unfinished(scan, end) else Part(end, _and(english))


def _unfinished(scan: Scan, end: int) -> bool:
    """Whether a word with a capital goes on that nothing explains: ``Cục Dự trữ Liên bang``."""
    if end >= len(scan.tokens) or not scan.tokens[end].joined or not scan.tokens[end].capital:
        return False
    token = scan.tokens[end]
    explained = end in scan.title_from or end in scan.place_from or scan.known[end] is not None
    plain = not is_syllable(token.text) or token.text in surnames() or token.text in _FOLLOWING
    return not explained and not plain and countries().longest(scan.tokens, end) is None


def _goes_on(scan: Scan, index: int, link: str) -> bool:
    """Whether the list has a part that the table lacks: ``Bộ Khoa học, Giáo dục và Đại học``."""
    first = index + (link == "and")
    token = scan.tokens[first] if first < len(scan.tokens) else None
    if token is None or not token.capital or first in scan.title_from or scan.known[first] or first in scan.place_from:
        return False
    if link == "and":
        return token.text not in surnames() and token.text not in _HEADS
    rest = scan.tokens[first + 1 : first + 7]
    stop = next((i for i, word in enumerate(rest) if word.gap.strip()), len(rest))
    return (
        any(word.lower == "và" for word in rest[:stop])
        and first not in scan.title_from
        and scan.tokens[first].text not in surnames()
    )


def _link(scan: Scan, index: int) -> str:
    token = scan.tokens[index]
    if token.lower == "và" and token.joined and index + 1 < len(scan.tokens):
        return "and"
    return "comma" if token.gap.strip() == "," else ""


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def country(scan: Scan, start: int) -> Part | None:
    """``Hàn Quốc`` → ``the Republic of Korea``, bare ``Republic of Korea``, adjective ``Korean``."""
    if start >= len(scan.tokens) or not scan.tokens[start].capital:
        return None
    hit = countries().longest(scan.tokens, start)
    if hit is None:
        return None
    bare = hit[1].target.removeprefix("the ")
    return Part(hit[0], hit[1].target, bare, hit[1].adjective)


def pair(scan: Scan, start: int) -> Part | None:
    """``Việt Nam - Lào``, ``Việt - Trung`` → ``Vietnam–Laos``, ``Vietnam–China``."""
    first = _member(scan, start)
    if first is None or first.end >= len(scan.tokens) or scan.tokens[first.end].gap.strip() not in set("-–—"):
        return None
    second = _member(scan, first.end)
    return Part(second.end, f"{first.text}–{second.text}") if second else None


def _member(scan: Scan, start: int) -> Part | None:
    if start >= len(scan.tokens):
        return None
    full = country(scan, start)
    if full and (short := _SHORT.get(scan.span_text(start, full.end).lower())):
        return Part(full.end, short)
    if full is None and scan.tokens[start].capital and (short := _SHORT.get(scan.tokens[start].lower)):
        return Part(start + 1, short)
    return Part(full.end, full.bare) if full else None


def place(scan: Scan, start: int) -> Part | None:
    """A place with or without its level: ``tỉnh Lạng Sơn`` → ``Lang Son province``."""
    level, after = _level(scan, start)
    if after >= len(scan.tokens) or not scan.tokens[after].capital:
        return None
    whole = scan.place_from.get(start)
    span = whole or scan.place_from.get(after)
    if span and span.place.kind != "country":
        return _with_level(span.end, span.place.target, "" if whole else level, span.place)
    match = scan.known[after]
    if match and match.term.category == "place" and scan.tokens[after].start == match.start:
        end = next((i for i in range(after, len(scan.tokens)) if scan.known[i] is not match), len(scan.tokens))
        return _with_level(end, match.term.target, level, None)
    unknown = name(scan, after) if level else None
    return _with_level(unknown.end, unknown.text, level, None) if unknown else None


def _level(scan: Scan, start: int) -> tuple[str, int]:
    for length in (6, 3, 2, 1):
        end = min(start + length, len(scan.tokens))
        words = " ".join(t.lower for t in scan.tokens[start:end])
        if words in _LEVELS and end < len(scan.tokens):
            return _LEVELS[words], end
    return "", start


def _with_level(end: int, english: str, level: str, entry: Place | None) -> Part:
    english = english.removeprefix("the ")
    if not level and entry and entry.kind in {"province", "city"}:
        level = entry.kind if entry.side != "xx" else ""
    region = english in _REGIONS
    if region:
        level = "" if level == "province" else _REGIONS[english] if level else ""
    full = english if english in _WITHOUT_LEVEL or not level else f"{english} {level}"
    adjective = "regional" if region else _ADJECTIVES.get(level, level if level else "")
    return Part(end, full, english, f"{english} {adjective}".strip())


def name(scan: Scan, start: int, people: frozenset[int] = frozenset(), china: bool = False) -> Part | None:
    """A proper name in a body's or place's name: ``Hòa Phát``, ``Samsung``."""
    end = start
    while end < len(scan.tokens) and end - start < 4 and _proper(scan, end, people):
        if end > start and not scan.tokens[end].joined:
            break
        if end - start >= 2 and scan.tokens[end].text in surnames() and _long_run(scan, end):
            break
        end += 1
    if end == start or (
        end < len(scan.tokens) and scan.tokens[end].joined and scan.tokens[end].capital and end - start == 4
    ):
        return None
    if end - start == 1 and end in scan.place_from and scan.tokens[end].joined:
        return None
    text = scan.span_text(start, end)
    if not all(is_syllable(t.text) for t in scan.tokens[start:end]):
        return Part(end, text, text)
    if china and end - start >= 2 and (spelled := _joined_pinyin(text)):
        return Part(end, spelled, spelled)
    plain = transliterate(text)
    return Part(end, plain, plain)


def _joined_pinyin(text: str) -> str:
    """A Chinese place in its Sino-Vietnamese reading: ``Hà Khẩu`` → ``Hekou``."""
    syllables = [readings().get(word, ("",))[0] for word in text.split()]
    return join_given(syllables) if all(syllables) else ""


def _proper(scan: Scan, index: int, people: frozenset[int]) -> bool:
    token = scan.tokens[index]
    return (
        token.capital
        and len(token.text) > 1
        and token.text not in _FORMS
        and (index not in scan.common or is_acronym(token.text))
        and scan.known[index] is None
        and index not in people
        and index not in scan.place_from
        and countries().longest(scan.tokens, index) is None
    )


def _long_run(scan: Scan, index: int) -> bool:
    return index + 1 < len(scan.tokens) and scan.tokens[index + 1].joined and scan.tokens[index + 1].capital


def body_known(scan: Scan, start: int) -> Part | None:
    """A body of the glossary or one whose English is settled, from a word on."""
    if start >= len(scan.tokens):
        return None
    match = scan.known[start]
    if match and match.term.category == "organization" and scan.tokens[start].start == match.start:
        end = next((i for i in range(start, len(scan.tokens)) if scan.known[i] is not match), len(scan.tokens))
        return Part(end, match.term.target, match.term.target)
    hit = settled().longest(scan.tokens, start)
    if hit and hit[1][1] == "organization" and scan.tokens[start].capital:
        return Part(hit[0], hit[1][0], hit[1][0])
    return None
