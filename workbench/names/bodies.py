"""Bodies, titles and places composed from known parts: ``Sở Ngoại vụ tỉnh Lạng Sơn``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from workbench.glossary.terms import TermMatch
from workbench.names import slots
from workbench.names.lexicon import settled, templates
from workbench.names.scan import Scan
from workbench.names.slots import Part
from workbench.names.tokens import is_syllable, tokenize
from workbench.text import match_form

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_NOT_BEFORE = {
    "cầu": frozenset({"toàn", "nhu", "yêu", "bắc", "cung", "thỉnh", "địa", "hoàn", "khẩn", "nhịp"}),
    "đường": frozenset({"con", "tuyến", "thiên", "mở", "lên", "tìm"}),
    "phố": frozenset({"thành"}),
    "xã": frozenset({"tấn", "thông", "thị", "hợp", "hoa", "đại"}),
    "đảo": frozenset({"bán", "quần", "hải", "biển"}),
    "cảng": frozenset({"hải", "thương"}),
    "làng": frozenset({"dân"}),
    "báo": frozenset({"thông", "họp"}),
    "huyện": frozenset({"các"}),
}
_SHORT_NAMED = frozenset({"sông", "hồ", "chùa", "núi", "đèo", "cầu", "đền"})
_NO_ARTICLE = ("University", "Academy", "Group", "Company", "Corporation", "newspaper", "Hospital")
_TAILED = ("Bộ", "Ủy", "Cục", "Tổng", "Viện", "Học", "Hội", "Hiệp", "Trường", "Đại", "Vụ")


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed name: words ``start`` to ``end``, English wordings best first."""

    start: int
    end: int
    targets: tuple[str, ...]
    category: str
    of_body: bool = False


@dataclass(frozen=True, slots=True)
class _Template:
    words: tuple[str, ...]  # match forms, or slots as {F}
    capital: bool
    targets: tuple[str, ...]
    category: str


@cache
def _by_head() -> dict[str, list[_Template]]:
    heads: dict[str, list[_Template]] = {}
    for source, targets, category in templates():
        words = tuple(w if w.startswith("{") else match_form(w) for w in _split(source))
        heads.setdefault(words[0], []).append(_Template(words, source[0].isupper(), targets, category))
    return heads


def _split(source: str) -> Iterator[str]:
    for part in source.split():
        if part.startswith("{"):
            yield part
        else:
            yield from (token.text for token in tokenize(part))


class Composer:
    """Composes names in one segment; ``people`` are words of persons, which no body takes in."""

    def __init__(self, scan: Scan, people: frozenset[int], china: bool) -> None:
        self._scan = scan
        self._people = people
        self._china = china

    def all(self) -> list[Composed]:
        """The composed names of the segment, from the left, the longest at each word."""
        found: list[Composed] = []
        index = 0
        while index < len(self._scan.tokens):
            best = self.at(index)
            if best is None:
                index += 1
                continue
            body = self._inner(best) if best.category == "title" and best.of_body else None
            found.append(body if body and not self._covered(body) else best)
            index = best.end
        return [name for name in found if not self._covered(name)]

    def at(self, index: int, depth: int = 0) -> Composed | None:
        """The longest name that begins with a word; of equally long ones the first template's."""
        token = self._scan.tokens[index]
        if index in self._people:
            return None
        hit = settled().longest(self._scan.tokens, index)
        best = Composed(index, hit[0], (hit[1][0],), hit[1][1]) if hit and token.capital else None
        for template in _by_head().get(token.form, ()):
            if not self._cased(template, index) or self._barred(index):
                continue
            made = self._fill(template, index, depth)
            if made and (best is None or made.end > best.end):
                best = made
        return self._tailed(best) if best else None

    def _cased(self, template: _Template, index: int) -> bool:
        """``cầu Tà Lùng`` is a bridge, ``Cầu Treo`` within a sentence is a place of that name."""
        capital = self._scan.tokens[index].capital
        if template.capital or not capital:
            return capital == template.capital
        return self._scan.opens(index) and index not in self._scan.place_from

    def _barred(self, index: int) -> bool:
        if index == 0 or not self._scan.tokens[index].joined:
            return False
        return self._scan.tokens[index - 1].lower in _NOT_BEFORE.get(self._scan.tokens[index].lower, ())

    def _fill(self, template: _Template, start: int, depth: int) -> Composed | None:
        position = start
        parts: dict[str, Part] = {}
        for word in template.words:
            if position >= len(self._scan.tokens):
                return None
            token = self._scan.tokens[position]
            if position > start and not token.joined and not (word.startswith("{") and token.gap.strip() in {'"', "“"}):
                return None
            if not word.startswith("{"):
                if token.form != word:
                    return None
                position += 1
                continue
            part = self._part(word, position, depth)
            if part is None or self._people & set(range(position, part.end)):
                return None
            parts[_SLOT.sub(r"\1", word)] = part
            position = part.end
        targets = tuple(_SLOT.sub(lambda m: _value(parts[m[1]], m[1], m[2]), target) for target in template.targets)
        return Composed(start, position, targets, template.category, "O" in parts)

    def _part(self, slot: str, position: int, depth: int) -> Part | None:
        match _SLOT.sub(r"\1", slot):
            case "F":
                return slots.subject(self._scan, position)
            case "P":
                return slots.place(self._scan, position)
            case "C" | "C2":
                return slots.country(self._scan, position)
            case "CC":
                return slots.pair(self._scan, position)
            case "N":
                part = slots.name(self._scan, position, self._people, self._near_china(position))
                return part if part and not self._clipped(position, part.end) else None
            case _:
                return self._body(position, depth)

    def _body(self, position: int, depth: int) -> Part | None:
        known = slots.body_known(self._scan, position)
        made = self.at(position, depth + 1) if depth < 2 else None
        if made and made.category == "organization" and (known is None or made.end > known.end):
            return Part(made.end, made.targets[0], made.targets[0])
        return known

    def _inner(self, title: Composed) -> Composed | None:
        """The body inside ``Giám đốc Sở …``, unless the glossary knows it."""
        for index in range(title.start + 1, title.end - 1):
            made = self.at(index)
            if made and made.category == "organization" and made.end == title.end:
                return made
        return None

    def _tailed(self, name: Composed) -> Composed:
        """A country behind a body: ``Bộ Thương mại Trung Quốc`` → ``Chinese Ministry of Commerce``."""
        tokens = self._scan.tokens
        if name.category != "organization" or name.end >= len(tokens) or not tokens[name.end].joined:
            return name
        if tokens[name.start].text not in _TAILED or not name.targets[0].startswith(_UNOWNED):
            return name
        tail = slots.country(self._scan, name.end)
        if tail is None or tail.bare == "Vietnam" or name.end in self._people or self._covered(name):
            return name
        owned = [f"{tail.adjective} {target}" for target in name.targets[:1] if tail.adjective]
        plain = [f"{target} of {tail.text}" for target in name.targets[:1]]
        return Composed(name.start, tail.end, tuple(owned + plain), name.category, name.of_body)

    def _clipped(self, start: int, end: int) -> bool:
        """``đảo Tự`` of ``đảo Tự do``: one syllable, and the word goes on in small letters."""
        tokens = self._scan.tokens
        if end - start > 1 or end == len(tokens) or not is_syllable(tokens[start].text):
            return False
        return tokens[end].joined and not tokens[end].capital and tokens[start - 1].lower not in _SHORT_NAMED

    def _near_china(self, position: int) -> bool:
        """``huyện Hà Khẩu, tỉnh Vân Nam (Trung Quốc)``: a Chinese place follows or stands before."""
        if not self._china:
            return False
        after = next((s for s in self._scan.places if position < s.start <= position + 8), None)
        if after is None or after.place.side != "cn":
            return False
        between = self._scan.tokens[position + 1 : after.start + 1]
        marks = [token.gap.strip() for token in between if token.gap.strip()]
        return marks in ([","], ["("]) or "của" in {token.lower for token in between}

    def _only_country(self, name: Composed, title: TermMatch) -> bool:
        """``Chủ tịch Quốc hội Lào``: the known title says all but the country."""
        end = next((i for i in range(name.start, name.end) if self._scan.known[i] is not title), name.end)
        tail = slots.country(self._scan, end)
        return tail is not None and tail.end == name.end

    def _covered(self, name: Composed) -> bool:
        """Whether a known term covers the whole name, or reaches out of it."""
        known = self._scan.known
        whole = {id(known[i]) for i in range(name.start, name.end)}
        if len(whole) == 1 and known[name.start] is not None:
            return True
        first = known[name.start]
        if first is not None and first.term.category == "title" and self._only_country(name, first):
            return True
        after = known[name.end] if name.end < len(known) else None
        before = known[name.start - 1] if name.start else None
        return (after is not None and after is known[name.end - 1]) or (
            before is not None and before is known[name.start]
        )


_UNOWNED = ("Ministry", "Committee", "Department", "General Department", "Institute", "Academy", "Party Central")


def _value(part: Part, slot: str, use: str | None) -> str:
    if use == "bare":
        return part.bare
    if use == "adj":
        return part.adjective or part.bare
    if slot == "O":
        return part.text if part.text.endswith(_NO_ARTICLE) or part.text.startswith("the ") else f"the {part.text}"
    return part.text


def composed(scan: Scan, people: frozenset[int], china: bool) -> list[Composed]:
    """All composed names of a segment."""
    return Composer(scan, people, china).all()
