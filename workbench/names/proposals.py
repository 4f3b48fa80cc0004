"""Proposals: names of an article that the glossary lacks, with their English."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from workbench.glossary.terms import TermMatch
from workbench.names.bodies import composed
from workbench.names.lexicon import EVERYDAY
from workbench.names.origin import UNSTATED, Origin, decide, has_china, nearby
from workbench.names.persons import Mention, mentions
from workbench.names.romanize import phonetic, pinyin
from workbench.names.scan import Scan
from workbench.names.tokens import is_syllable, transliterate

Known = Callable[[str], Sequence[TermMatch]]
_ORDER = {"person": 0, "organization": 1, "title": 2, "event": 3, "place": 4}
_EXAMPLE = 160


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name to be taken into the glossary.

    ``source`` ``Thẩm Kiến Quốc``, ``target`` ``Shen Jianguo``, other candidates in
    ``alternatives``; ``count`` mentions in the article, one of them in ``example``;
    ``evidence`` says why: ``Chinese surname, Trung Quốc nearby``.
    """

    source: str
    target: str
    category: str
    alternatives: tuple[str, ...]
    count: int
    example: str
    evidence: str


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in a text, ``text[start:end]``, with every English it may have."""

    start: int
    end: int
    text: str
    category: str
    target: str
    alternatives: tuple[str, ...]
    evidence: str

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.target, *self.alternatives)


@dataclass(slots=True)
class _Article:
    scans: list[Scan]
    china: bool
    persons: list[Mention]
    origins: dict[str, Origin] = field(default_factory=dict)


def _nothing(_: str) -> Sequence[TermMatch]:
    return ()


def propose(segments: Sequence[str], known: Known = _nothing) -> list[Proposal]:
    """Persons, bodies and places of an article's Vietnamese segments that ``known`` lacks.

    Persons come first, then bodies, titles and places, each by count.
    """
    article = _read(segments, known)
    gathered: dict[tuple[str, str], list[tuple[int, NameSpan]]] = {}
    for segment in range(len(article.scans)):
        for span in _spans(article, segment):
            if not _trivial(span):
                gathered.setdefault((span.category, span.text), []).append((segment, span))
    proposals = [_proposal(article, found) for found in gathered.values()]
    return sorted(proposals, key=lambda p: (_ORDER.get(p.category, 5), -p.count))


def find_names(text: str, known: Known = _nothing) -> list[NameSpan]:
    """The names in one text that ``known`` lacks, from the left.

    >>> [(n.text, n.target) for n in find_names("Bộ trưởng Ngoại giao Trung Quốc Thẩm Kiến Quốc")]
    [('Bộ trưởng Ngoại giao', 'Foreign Minister'), ('Thẩm Kiến Quốc', 'Shen Jianguo')]
    """
    return names_of([text], known)[0]


def names_of(segments: Sequence[str], known: Known = _nothing) -> list[list[NameSpan]]:
    """For each segment of one article the names that ``known`` lacks; all segments tell where a person is from."""
    article = _read(segments, known)
    return [_spans(article, segment) for segment in range(len(segments))]


def _read(segments: Sequence[str], known: Known) -> _Article:
    scans = [Scan(text, known(text)) for text in segments]
    article = _Article(scans, has_china(scans), mentions(scans))
    by_name: dict[str, list[Mention]] = {}
    for mention in article.persons:
        by_name.setdefault(mention.name, []).append(mention)
    for name, found in by_name.items():
        article.origins[name] = decide(name, [_context(article, m) for m in found], article.china)
    return article


def _context(article: _Article, mention: Mention) -> tuple[float, str]:
    if mention.reason in {"by-line", "photo credit"}:
        return -6.0, mention.reason
    others = {
        i
        for m in article.persons
        if m.segment == mention.segment and m != mention
        for i in range(m.chain.start if m.chain else m.start, m.end)
    }
    start = mention.chain.start if mention.chain else None
    found = nearby(article.scans[mention.segment], mention.start, mention.end, start, others)
    if not found[0] and mention.chain and mention.chain.kind == "office":
        return UNSTATED, "a title without a country"
    return found


def _spans(article: _Article, segment: int) -> list[NameSpan]:
    """Persons, then composed names, then places of a segment, none inside another."""
    scan = article.scans[segment]
    persons = [m for m in article.persons if m.segment == segment]
    people = frozenset(i for m in persons for i in range(m.start, m.end))
    spans = [_person(article, m) for m in persons]
    taken = set(people)
    for name in composed(scan, people, article.china):
        spans.append(_span(scan, name.start, name.end, name.category, name.targets, "composed from its parts"))
        taken.update(range(name.start, name.end))
    for place in scan.places:
        words = range(place.start, place.end)
        if taken.isdisjoint(words) and all(scan.known[i] is None for i in words):
            target = place.place.target.removeprefix("the ")
            other = (place.place.target,) if place.place.target != target else ()
            evidence = "country" if place.place.kind == "country" else "list of places"
            spans.append(_span(scan, place.start, place.end, "place", (target, *other), evidence))
    return sorted(spans, key=lambda span: span.start)


def _span(scan: Scan, start: int, end: int, category: str, targets: Sequence[str], evidence: str) -> NameSpan:
    first, last = scan.tokens[start].start, scan.tokens[end - 1].end
    text = scan.text[first:last]
    if text.count("(") > text.count(")") and scan.text[last : last + 1] == ")":
        last += 1
        text += ")"
    return NameSpan(first, last, text, category, targets[0], tuple(dict.fromkeys(targets[1:])), evidence)


def _person(article: _Article, mention: Mention) -> NameSpan:
    scan = article.scans[mention.segment]
    targets, evidence = _english(article.origins[mention.name], mention)
    return _span(scan, mention.start, mention.end, "person", targets, evidence)


def _english(origin: Origin, mention: Mention) -> tuple[list[str], str]:
    """The candidates for a person, best first, and the reason for the first."""
    plain = transliterate(mention.name)
    if mention.kind == "latin":
        return [mention.name], f"foreign name, {mention.reason}"
    if mention.kind == "phonetic":
        candidates = list(dict.fromkeys([*pinyin(mention.name), phonetic(mention.name), plain.replace("-", "")]))
        return _glossed(mention, candidates), f"foreign name spelled by sound, {mention.reason}"
    chinese = pinyin(mention.name)
    plausible = [] if len(chinese) == 0 or origin.score < -4 else chinese
    candidates = [*chinese, plain] if origin.chinese and chinese else [plain, *plausible[:2]]
    reason = origin.evidence
    if not origin.chinese and mention.reason not in reason:
        reason = f"{reason}, {mention.reason}"
    return _glossed(mention, list(dict.fromkeys(candidates))), reason


def _glossed(mention: Mention, candidates: list[str]) -> list[str]:
    if not mention.gloss:
        return candidates
    return [mention.gloss, *(c for c in candidates if c != mention.gloss)]


def _trivial(span: NameSpan) -> bool:
    """Names that need no proposal: every engine knows them, or they stay as they are."""
    if span.category == "person":
        return False
    if span.category == "place" and span.text.lower() == span.target.lower():
        return True
    if span.text in EVERYDAY or (span.text == span.target and span.category == "place"):
        return True
    return span.category == "place" and " " not in span.text and span.text != "Huế" and is_syllable(span.text)


def _proposal(article: _Article, found: list[tuple[int, NameSpan]]) -> Proposal:
    segment, span = found[0]
    best = next((s for _, s in found if "(" in _rest(article, _, s)[:2] and s.category == "person"), span)
    return Proposal(
        span.text,
        best.target,
        span.category,
        best.alternatives,
        len(found),
        _example(article, segment, span),
        span.evidence,
    )


def _rest(article: _Article, segment: int, span: NameSpan) -> str:
    return article.scans[segment].text[span.end :]


def _example(article: _Article, segment: int, span: NameSpan) -> str:
    """The sentence around a name, cut to a line."""
    text = article.scans[segment].text
    start = max(text.rfind(". ", 0, span.start) + 2, 0) if ". " in text[: span.start] else 0
    end = text.find(". ", span.end)
    sentence = re.sub(r"\s+", " ", text[start : end + 1 if end >= 0 else len(text)]).strip()
    if len(sentence) <= _EXAMPLE:
        return sentence
    offset = max(0, min(span.start - start - _EXAMPLE // 3, len(sentence) - _EXAMPLE))
    return ("…" if offset else "") + sentence[offset : offset + _EXAMPLE].strip() + "…"
