"""The tables behind the names: readings, surnames, places, subjects of ministries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from babel import Locale

from workbench.names.tokens import Token, tokenize, transliterate
from workbench.text import DASHES, nfc

T = TypeVar("T")

EVERYDAY = frozenset(
    [
        "Việt Nam",
        "Trung Quốc",
        "Lào",
        "Campuchia",
        "Thái Lan",
        "Nhật Bản",
        "Ấn Độ",
        "Hoa Kỳ",
        "Mỹ",
        "Nga",
        "Liên bang Nga",
        "châu Á",
        "châu Âu",
        "Châu Á",
        "Châu Âu",
        "châu Phi",
        "châu Mỹ",
        "Hà Nội",
    ]
)
"""Names every engine gets right and editors need no proposal for; several stand
for an adjective as often as for the country (``nhân dân Lào`` → the Lao people)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its English; ``kind`` is country, province, city, place; ``side`` vn, cn or xx."""

    source: str
    target: str
    kind: str
    side: str
    adjective: str = ""


@dataclass(frozen=True, slots=True)
class Surname:
    """A family name: pinyin as a Chinese one, frequency per thousand in both countries.

    Orders of magnitude after Lê Trung Hoa, "Họ và tên người Việt Nam" (2005), and
    the surname report of China's Ministry of Public Security for 2020.
    """

    source: str
    pinyin: tuple[str, ...]
    vietnamese: float
    chinese: float


class Trie(Generic[T]):
    """Phrases by their words, for the longest match from a given word on."""

    def __init__(self, pairs: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in pairs:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Keep ``value`` under ``phrase``, unless the phrase is there already."""
        node = self._root
        for key in (key for token in tokenize(phrase) for key in _keys(token)):
            node = node.children.setdefault(key, _Node())
        if node.value is None:
            node.value = value

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[int, T] | None:
        """The longest phrase that begins with ``tokens[start]``: its end and value."""
        found: tuple[int, T] | None = None
        node = self._root.children.get(tokens[start].form)
        position = start + 1
        while node is not None:
            if node.value is not None:
                found = (position, node.value)
            if position == len(tokens):
                break
            node = node.follow(tokens[position])
            position += 1
        return found


class _Node(Generic[T]):
    __slots__ = ("children", "value")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.value: T | None = None

    def follow(self, token: Token) -> _Node[T] | None:
        node: _Node[T] | None = self
        for key in _keys(token):
            node = node.children.get(key) if node else None
        return node


def _keys(token: Token) -> Iterator[str]:
    """The mark before a word, if one stands there, then the word."""
    if mark := token.gap.strip():
        yield "-" if mark in DASHES + "-" else mark
    yield token.form


def rows(name: str) -> Iterator[list[str]]:
    """The rows of one of this package's lists: ``countries.tsv`` gives Vietnamese, English, adjective."""
    text = files("workbench.names").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line:
            yield nfc(line).split("\t")


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Pinyin without tones of each Sino-Vietnamese syllable, the most frequent first."""
    return {vi: tuple(pinyin.split("/")) for vi, pinyin in rows("hanviet.tsv")}


@cache
def surnames() -> dict[str, Surname]:
    return {
        vi: Surname(vi, tuple(p for p in pinyin.split("/") if p), float(vn), float(cn))
        for vi, pinyin, vn, cn in rows("surnames.tsv")
    }


@cache
def given_weights() -> dict[str, float]:
    """Evidence of a given name's syllable: above 0 Chinese, below 0 Vietnamese (log-odds)."""
    return {vi: float(weight) for vi, weight in rows("given.tsv")}


@cache
def figures() -> dict[str, str]:
    """Public figures whose English is settled: ``Lý Hiển Long`` → ``Lee Hsien Loong``."""
    return {row[0]: row[1] for row in rows("figures.tsv")}


@cache
def subjects() -> Trie[str]:
    """What ministries and departments are about: ``Ngoại vụ`` → ``Foreign Affairs``."""
    return Trie((row[0], row[1]) for row in rows("fields.tsv"))


@cache
def settled() -> Trie[tuple[str, str]]:
    """Bodies whose English cannot be composed: ``Hạ viện Mỹ``."""
    return Trie((row[0], (row[1], row[2])) for row in rows("fixed.tsv"))


@cache
def templates() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Patterns of bodies, titles and places: source, English wordings, category."""
    return tuple((row[0], tuple(row[1].split("|")), row[2]) for row in rows("bodies.tsv"))


@cache
def gazetteer() -> Trie[Place]:
    """Countries (house style, then Babel's CLDR names), provinces, cities, places."""
    return Trie((place.source, place) for place in _places())


@cache
def countries() -> Trie[Place]:
    return Trie((place.source, place) for place in _places() if place.kind == "country")


def _places() -> Iterator[Place]:
    for vi, en, adjective in rows("countries.tsv"):
        side = {"Việt Nam": "vn", "Trung Quốc": "cn", "Đài Loan": "cn"}.get(vi, "xx")
        yield Place(vi, en, "country", side, adjective)
    for vi, en, kind, side in rows("places.tsv"):
        yield Place(vi, en or transliterate(vi), kind, side)
    vietnamese, english = Locale("vi").territories, Locale("en").territories
    for code, vi in vietnamese.items():
        if len(code) == 2 and code not in {"ZZ", "EU", "UN", "EZ", "VN"}:
            for name in (vi, english[code]):
                if "(" not in name and "&" not in name:
                    yield Place(nfc(name), english[code], "country", "xx")


@cache
def titles() -> Trie[str]:
    """Words a name follows: personal (``ông``), office (``Bộ trưởng``), corporate (``Giám đốc``)."""
    return Trie((phrase, kind) for kind, phrase in rows("titles.tsv"))


@cache
def common() -> Trie[bool]:
    """Words with capitals that are no names: ``Quốc hội``, ``Chính phủ``, ``Nhà nước``."""
    return Trie((row[0], True) for row in rows("common.tsv"))


_BODY_WORDS = (
    "lạc sản ương hợp vụ tác nhân dân quốc gia hội đồng tịch ủy tỉnh thành phố huyện xã phường quận trị tự khu vực "
    "phòng ban viện đoàn sứ quán liên minh hiệp bang minh cộng hòa thường trực trưởng phó chấp hành biên châu cấp "
    "cao nghị sĩ sỹ hữu tổ chức kiểm tra kỷ luật giám sát tư lệnh quân khu chủng đội binh tham mưu toàn phái cơ "
    "quan tổng công ty tập học trường đại báo chí thông tấn hàng đài bệnh tạp nhà xuất bản dân tộc mặt trận đảng "
    "bộ tuyên giáo vận nghiệp điều phối hành chính quyền giáo sở cục thương mại công nghiệp năng trú lâm "
    "thời miền tài nguyện phối viên nghề biển dương điều trẻ soát"
)


@cache
def body_words() -> frozenset[str]:
    """Syllables in small letters that names of bodies are made of: ``lạc`` of ``Ban Liên lạc``."""
    tables = [row[0] for name in ("fields.tsv", "common.tsv", "fixed.tsv") for row in rows(name)]
    words = {token.lower for phrase in tables for token in tokenize(phrase) if not token.capital}
    return frozenset(words) | frozenset(_BODY_WORDS.split())
