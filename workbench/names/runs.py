"""Runs of capitalised words: where a person's name may stand in a segment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.names.lexicon import body_words, figures, surnames
from workbench.names.scan import Scan, TitleSpan
from workbench.names.tokens import Token, is_acronym, is_phonetic, is_syllable, marked

PARTICLES = frozenset(
    {"von", "der", "van", "den", "de", "da", "di", "del", "dos", "bin", "ibn", "al", "el", "le", "du"}
)
LONGEST = 4
_CHAIN = 18
_LOOSE = 2
_STOPS = frozenset(
    re.findall(
        r"\w+",
        """đã đang sẽ tiếp gặp thăm cùng nói cho biết khẳng nhấn mạnh đàm kiến đề cảm ơn chúc mừng gửi dự chủ
        trì được bị có là do mời nhận đón trao tặng thay bởi theo khi để rằng mong muốn đánh giá bày tỏ với
        thả đặt dâng viếng""",
    )
)
"""Words that do not stand between a title and the name it belongs to."""
_PLACING = frozenset({"tại", "ở", "từ"})
_LEVELS = frozenset({"tỉnh", "bang", "phố", "đoàn", "đảng", "quỹ", "ty", "hãng", "quận", "huyện", "xứ", "khu", "vùng"})
_LINKS = frozenset({"và", "của", "tại", "ở", "phụ", "trách", "kiêm", "về", "nước", "thứ", "nhất", "khóa"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``start`` to ``end`` that may be a name; ``kind`` is vietnamese, latin or phonetic."""

    start: int
    end: int
    kind: str

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Chain:
    """The title before a name: its words and whether the name follows it at once."""

    start: int
    kind: str
    immediate: bool


def runs(scan: Scan) -> list[Run]:
    """The runs of a segment, known terms, titles and abbreviations taken out."""
    found: list[Run] = []
    index = 0
    while index < len(scan.tokens):
        if not usable(scan, index):
            index += 1
            continue
        end = _run_end(scan, index)
        found += _pieces(scan, index, end)
        index = end
    return found


def usable(scan: Scan, index: int) -> bool:
    token = scan.tokens[index]
    if not token.capital or is_acronym(token.text) or index in scan.common:
        return False
    known = scan.known[index]
    return known is None or _overrides(scan, index)


def _overrides(scan: Scan, index: int) -> bool:
    """``Văn Sơn`` is a place of the glossary, but not in ``Nguyễn Văn Sơn``.

    Also for the name that goes on after a known person (``Lê Hoài`` in ``Lê Hoài Trung``).
    """
    match = scan.known[index]
    first = index
    while first and scan.known[first - 1] is match:
        first -= 1
    last = index + 1
    while last < len(scan.tokens) and scan.known[last] is match:
        last += 1
    words = scan.tokens[first:last]
    if match is None or len(words) > 3 or not all(w.capital and is_syllable(w.text) for w in words):
        return False
    if first and words[0].joined and match.term.category in {"place", "phrase", "person"}:
        before = scan.tokens[first - 1]
        alone = (
            first == 1
            or not (before.joined and scan.tokens[first - 2].capital)
            or {first - 1} & (scan.place_to.keys() | scan.title_to.keys())
        )
        surname = surnames().get(before.text)
        return bool(alone and scan.known[first - 1] is None and surname and surname.vietnamese >= 1)
    return False


def _run_end(scan: Scan, start: int) -> int:
    end = start + 1
    while end < len(scan.tokens):
        token = scan.tokens[end]
        previous = scan.tokens[end - 1]
        initial = len(previous.text) == 1 and token.gap.strip() == "."
        if not (token.joined or initial):
            break
        if token.lower in PARTICLES and not token.capital:
            reach = end
            while reach < len(scan.tokens) and scan.tokens[reach].lower in PARTICLES and scan.tokens[reach].joined:
                reach += 1
            if reach == len(scan.tokens) or not scan.tokens[reach].joined or not usable(scan, reach):
                break
            if is_syllable(scan.tokens[reach].text):
                break
            end = reach + 1
            continue
        if not usable(scan, end):
            break
        end += 1
    return end


def _pieces(scan: Scan, start: int, end: int) -> list[Run]:
    """A run without the places at its beginning, cut where the spelling changes."""
    start = _after_places(scan, start, end)
    if start < end and scan.opens(start) and end - start > 1 and _plain_word(scan.tokens[start]):
        start += 1
    if start >= end:
        return []
    words = scan.tokens[start:end]
    if any(is_phonetic(w.text) for w in words):
        return [Run(start, end, "phonetic")]
    foreign = [not is_syllable(w.text) for w in words]
    if not any(foreign):
        return _vietnamese(scan, start, end)
    if not any(marked(w.text) for w in words):
        return _latin(scan, start, end)
    return _mixed(scan, start, end)


def _after_places(scan: Scan, start: int, end: int) -> int:
    """Where the name begins when a place stands first: ``Quảng Tây Vi Thao``."""
    inner = scan.placed.get(start)
    if inner and inner.start < start and (inner.start in scan.common or not scan.tokens[inner.start].capital):
        start = inner.end
    while (span := scan.place_from.get(start)) and span.end <= end:
        rest = end - span.end
        if span.place.kind == "country" and span.end - start > 1:
            start = span.end
            continue
        tail_is_name = rest >= 2 or (rest == 1 and not is_syllable(scan.tokens[span.end].text))
        if not tail_is_name and _begins_name(scan, start, end):
            break
        if rest >= 2 and span.end - start == 1 and scan.tokens[start].text in surnames():
            break
        if rest >= 2 and _whole_name(scan, start, end) and scan.tokens[span.end].text not in surnames():
            break
        start = span.end
    return start


def _begins_name(scan: Scan, start: int, end: int) -> bool:
    """``ông Hà Giang Sơn``: a surname right after a title, not the province of Hà Giang."""
    title = scan.title_to.get(start)
    near = title is not None and title.kind != "corporate" and scan.tokens[start].joined
    return near and _whole_name(scan, start, end) and (end - start > 2 or bool(title and title.kind == "address"))


def _whole_name(scan: Scan, start: int, end: int) -> bool:
    return 2 <= end - start <= LONGEST and scan.tokens[start].text in surnames()


def _plain_word(token: Token) -> bool:
    """Whether the word at a sentence's beginning has its capital from there (``Cựu``, ``Theo``)."""
    surname = surnames().get(token.text)
    return surname is None and is_syllable(token.text) and token.text not in {"Hun"}


def _vietnamese(scan: Scan, start: int, end: int) -> list[Run]:
    """Vietnamese syllables: one name, or other words and then a name."""
    end = _before_country(scan, start, end)
    if end - start < 2:
        return []
    text = " ".join(w.text for w in scan.tokens[start:end])
    if text in figures() or _whole_name(scan, start, end):
        return [Run(start, end, "vietnamese")]
    candidates = [i for i in range(start, end - 1) if end - i <= LONGEST + 1 and scan.tokens[i].text in surnames()]
    if candidates and end - start > 2:
        best = max(candidates, key=lambda i: _frequency(scan.tokens[i].text))
        return [Run(best, end, "vietnamese")]
    return [Run(start, end, "vietnamese")]


def _before_country(scan: Scan, start: int, end: int) -> int:
    """``Đoàn Việt Nam``: a country within a run ends it; so does a place after one word."""
    for index in range(start + 1, end):
        span = scan.place_from.get(index)
        if span is None or span.end - span.start < 2:
            continue
        if span.place.kind == "country" or (index == start + 1 and span.end == end and start not in scan.title_to):
            return index
    return end


def _frequency(surname: str) -> float:
    entry = surnames()[surname]
    return entry.vietnamese + entry.chinese


def _latin(scan: Scan, start: int, end: int) -> list[Run]:
    """Foreign letters: ``tỉnh Kanagawa Cho Tae-yul`` and ``Thị trưởng Yokohama …`` begin with a place."""
    particles = any(t.lower in PARTICLES for t in scan.tokens[start:end])
    if start and end - start >= 3 and scan.tokens[start].joined and not particles:
        title = scan.title_to.get(start)
        governed = title and (title.kind == "corporate" or _territorial(scan, title))
        if governed or (scan.tokens[start - 1].lower in _LEVELS and scan.tokens[start - 2].text != "Liên"):
            start += 1 if end - start < 5 else 2
    return [Run(start, end, "latin")] if start < end else []


def _territorial(scan: Scan, title: TitleSpan) -> bool:
    """Titles that go with a territory: ``Thị trưởng``, ``Tỉnh trưởng``, ``Thống đốc``."""
    words = [token.lower for token in scan.tokens[title.start : title.end]]
    return words[-1] == "đốc" or words[-2:] in (["thị", "trưởng"], ["tỉnh", "trưởng"])


def _mixed(scan: Scan, start: int, end: int) -> list[Run]:
    """``Huawei Lương Hoa``: foreign letters first, then a Vietnamese or Chinese name."""
    cut = start
    while cut < end and not (
        scan.tokens[cut].text in surnames() and all(is_syllable(w.text) for w in scan.tokens[cut:end])
    ):
        cut += 1
    if cut == end:
        while start < end and marked(scan.tokens[start].text):
            start += 1
        return _latin(scan, start, end)
    return [Run(start, cut, "latin"), *([Run(cut, end, "vietnamese")] if end - cut > 1 else [])]


def chain_before(scan: Scan, start: int, strict: bool = False) -> Chain | None:
    """The title in front of a word, at once or through the body it is the title of.

    ``Chủ tịch Khu tự trị Quảng Tây (Trung Quốc) Vi Thao``: the chain of ``Vi Thao``
    begins at ``Chủ tịch``. ``strict`` lets only words of bodies and places stand between.
    """
    tokens = scan.tokens
    if start == 0 or not _near(tokens[start].gap):
        return None
    comma, foreign = False, 0
    for end in range(start, max(0, start - _CHAIN), -1):
        title = scan.title_to.get(end)
        if title is not None and not (comma and not _listed(scan, end, start)):
            if title.kind == "address" and (end != start or _inner_word(scan, title.start)):
                return None
            return Chain(_first(scan, title), title.kind, end == start)
        token = tokens[end - 1]
        if token.lower in _PLACING and not (end in scan.place_from or scan.known[end] is not None):
            return None
        if not (token.capital or _inside(scan, end - 1, strict)):
            return None
        foreign += not token.capital and not _inside(scan, end - 1, True)
        if foreign > _LOOSE:
            return None
        if end < start and (gap := tokens[end].gap.strip()) and gap not in {"(", ")", "-", "–", '"', "“", "”"}:
            if gap != ",":
                return None
            comma = True
    return None


def _inner_word(scan: Scan, index: int) -> bool:
    """``Em`` of ``Bệnh viện Trẻ Em An Dương`` is no form of address."""
    token = scan.tokens[index]
    return index > 0 and token.capital and token.joined and scan.tokens[index - 1].capital


def _near(gap: str) -> bool:
    return not gap.strip() or gap.strip() in {")", ":", '"', "“"}


def _inside(scan: Scan, index: int, strict: bool) -> bool:
    """Whether a word in small letters may stand between a title and its name."""
    token = scan.tokens[index]
    if scan.known[index] is not None or index in scan.common or token.lower in _LINKS or index in scan.placed:
        return True
    return token.lower in body_words() if strict else token.lower not in _STOPS


def _listed(scan: Scan, start: int, end: int) -> bool:
    """``Bộ Văn hóa, Thể thao và Du lịch``: the commas of one body's name."""
    return any(token.lower == "và" for token in scan.tokens[start:end])


def _first(scan: Scan, title: TitleSpan) -> int:
    """The first word of all the titles in a row: ``Ủy viên …, Bộ trưởng …``."""
    return title.start
