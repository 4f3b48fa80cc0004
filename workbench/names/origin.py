"""Whether a name in Vietnamese spelling is a Vietnamese or a Chinese one."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from workbench.names.lexicon import figures, given_weights, readings, surnames
from workbench.names.romanize import split_chinese
from workbench.names.scan import Scan

_FLOOR = 0.02
_PRIOR = -0.7  # most persons in Vietnamese news are Vietnamese
_ADJACENT = 4.0
_NEARBY = 2.5
_NO_CHINA = -3.5
UNSTATED = -1.5
"""A title without a country is most often a Vietnamese one."""
_SURE_ALONE = 1.0
_SAME_TEXT = 0.4
_ELSEWHERE = frozenset({"tại", "ở", "đến", "thăm", "sang", "với", "từ", "về", "tới", "cho", "đối"})
_LEADS = frozenset({"do", "của", "gồm", "là"})
_WINDOW = 16
_CHINESE_WORDS = (
    "quốc vụ", "nhân đại", "chính hiệp", "khu ủy", "khu tự trị", "tân hoa xã", "hoàn cầu thời báo", "châu ủy",
    "chính phủ nhân dân", "quân giải phóng", "hải cảnh", "quốc dân đảng", "nhân dân nhật báo",
)  # fmt: skip
_VIETNAMESE_WORDS = ("ubnd", "hđnd", "ủy ban nhân dân", "hội đồng nhân dân", "ttxvn", "mặt trận tổ quốc")


@dataclass(frozen=True, slots=True)
class Origin:
    """The decision for one name: ``score`` above 0 is Chinese (log-odds), with its reason."""

    score: float
    evidence: str

    @property
    def chinese(self) -> bool:
        return self.score > 0


def of_name(name: str) -> float:
    """The log-odds that a bare name is Chinese, from surname and given syllables.

    ``Nguyễn Văn An`` is far below 0, ``Vương Nghị`` above; ``Trần Cương`` near it.
    """
    words = name.split()
    parts = split_chinese(name)
    if parts is None or any(word not in readings() for word in words):
        return -8.0
    surname, given = parts
    entry = surnames()[surname]
    score = _PRIOR + log((entry.chinese + _FLOOR) / (entry.vietnamese + _FLOOR))
    if len(given) > 2:
        score -= 5.0
    if len(given) == 1:
        score += 0.5
    return score + sum(given_weights().get(word, 0.2) for word in given)


def nearby(scan: Scan, start: int, end: int, chain: int | None, taken: set[int]) -> tuple[float, str]:
    """What the words around a name tell: its titles' country, an apposition, the clause.

    ``chain`` is where the titles before the name begin; ``taken`` are words of other
    names, beyond which nothing counts.
    """
    sides: list[tuple[float, str, str]] = []
    if chain is not None:
        sides += [(_ADJACENT, *hit) for hit in _sides(scan, chain, start)][-1:]
        if not sides and chain > 0 and scan.tokens[chain - 1].lower in _LEADS:
            sides += [(_NEARBY, *hit) for hit in _sides(scan, max(0, chain - _WINDOW), chain)][-1:]
    if not sides:
        sides += [(_NEARBY, *hit) for hit in _sides(scan, end, _apposition_end(scan, end, taken))][:1]
    score = sum(weight if side == "cn" else -weight for weight, side, _ in sides)
    if sides:
        return score, f"{sides[0][2]} nearby"
    return 0.0, ""


def _apposition_end(scan: Scan, end: int, taken: set[int]) -> int:
    """The end of ``, Chủ tịch …`` or ``(…)`` after a name; ``end`` where there is none."""
    tokens = scan.tokens
    if end >= len(tokens) or tokens[end].gap.strip() not in {",", "(", "-", "–"} or not tokens[end].capital:
        return end
    stop = end
    while stop < min(len(tokens), end + _WINDOW) and stop not in taken:
        if stop > end and any(mark in tokens[stop].gap for mark in ".;:"):
            break
        stop += 1
    return stop


def _sides(scan: Scan, start: int, end: int) -> list[tuple[str, str]]:
    """The Chinese and Vietnamese places and bodies among some words, in their order."""
    found: list[tuple[int, str, str]] = []
    for span in scan.places:
        if start <= span.start and span.end <= end and not _elsewhere(scan, span.start, start):
            side = span.place.side
            if side != "xx" or span.place.kind == "country":
                found.append(
                    (span.start, "cn" if side == "cn" or span.place.target == "Singapore" else "vn", span.place.source)
                )
    if start < end:
        words = scan.span_text(start, end).lower()
        found += [(start, "cn", word) for word in _CHINESE_WORDS if word in words]
        found += [(start, "vn", word.upper()) for word in _VIETNAMESE_WORDS[:2] if word in words]
        found += [(start, "vn", word) for word in _VIETNAMESE_WORDS[2:] if word in words]
    return [(side, word) for _, side, word in sorted(found)]


def _elsewhere(scan: Scan, index: int, start: int) -> bool:
    """``Đại sứ Trung Quốc tại Việt Nam``: the place after ``tại`` is not the person's."""
    return index > start and scan.tokens[index - 1].lower in _ELSEWHERE


def has_china(scans: list[Scan]) -> bool:
    """Whether an article speaks of China, Taiwan, Hong Kong or Singapore at all."""
    for scan in scans:
        if any(s.place.side == "cn" or s.place.target == "Singapore" for s in scan.places):
            return True
        lowered = scan.text.lower()
        if any(word in lowered for word in ("việt - trung", "trung - việt", "việt – trung", *_CHINESE_WORDS)):
            return True
    return False


def decide(name: str, contexts: list[tuple[float, str]], china: bool) -> Origin:
    """One decision for all mentions of a name.

    The surname and given name count once, the strongest context of any mention
    once, and a text that never speaks of China speaks against it.
    """
    score = of_name(name)
    if name in figures():
        return Origin(9.0, "well-known name")
    context = max(contexts, key=lambda c: abs(c[0]), default=(0.0, ""))
    total = score + context[0] + (_SAME_TEXT if china else _NO_CHINA)
    parts = split_chinese(name)
    if not context[0]:
        total -= _SURE_ALONE
    if total > 0 and parts:
        reason = "Chinese surname" + (f", {context[1]}" if context[1] else "")
    else:
        reason = "Vietnamese name" + (f", {context[1]}" if context[1] and context[0] < 0 else "")
    return Origin(total, reason)
