"""One segment made ready for finding names: words, known terms, places, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.glossary.terms import TermMatch
from workbench.names.lexicon import Place, Trie, common, gazetteer, settled, subjects, titles
from workbench.names.tokens import is_syllable, tokenize

SENTENCE_END = ".!?…:;\n"


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place of the gazetteer: words ``start`` to ``end`` (not included)."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """A title: words ``start`` to ``end`` (not included), personal, office or corporate."""

    start: int
    end: int
    kind: str


class Scan:
    """A segment's words with what the lexicons and the glossary know about them."""

    def __init__(self, text: str, matches: Sequence[TermMatch]) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.matches = [m for m in matches if m.term.category != "phrase" or m.term.source[0].isupper()]
        self.known = self._cover([m for m in self.matches if not self._in_name(m)])

    def _in_name(self, match: TermMatch) -> bool:
        """``Quốc yến`` matches in ``Huỳnh Quốc Yến``, where it is no state banquet."""
        words = [token for token in self.tokens if match.start <= token.start and token.end <= match.end]
        source = match.term.source.split()
        if len(words) != len(source) or not any(
            word.capital and not term[0].isupper() for word, term in zip(words[1:], source[1:], strict=True)
        ):
            return False
        before = re.search(r"(\w+) $", self.text[: match.start])
        after = re.match(r" (\w+)", self.text[match.end :])
        return any(side is not None and side[1][0].isupper() for side in (before, after))

    def _cover(self, matches: Sequence[TermMatch]) -> list[TermMatch | None]:
        """For each word the known term that covers it."""
        known: list[TermMatch | None] = [None] * len(self.tokens)
        position = 0
        for match in sorted(matches, key=lambda m: m.start):
            while position < len(self.tokens) and self.tokens[position].end <= match.start:
                position += 1
            index = position
            while index < len(self.tokens) and self.tokens[index].start < match.end:
                known[index] = match
                index += 1
        return known

    @cached_property
    def places(self) -> list[PlaceSpan]:
        """The gazetteer's places in the text, from the left, the longest first."""
        spans: list[PlaceSpan] = []
        index = 0
        while index < len(self.tokens):
            hit = gazetteer().longest(self.tokens, index)
            if hit and self._cased(index, hit[0], hit[1].source):
                spans.append(PlaceSpan(index, hit[0], hit[1]))
                index = hit[0]
            else:
                index += 1
        return spans

    def _cased(self, start: int, end: int, source: str) -> bool:
        """Whether the words have the capitals that the place is written with."""
        words = tokenize(source)
        return all(
            token.capital or not word.capital for token, word in zip(self.tokens[start:end], words, strict=False)
        )

    @cached_property
    def place_from(self) -> dict[int, PlaceSpan]:
        return {span.start: span for span in self.places}

    @cached_property
    def place_to(self) -> dict[int, PlaceSpan]:
        return {span.end: span for span in self.places}

    @cached_property
    def placed(self) -> dict[int, PlaceSpan]:
        """The place that covers a word."""
        return {index: span for span in self.places for index in range(span.start, span.end)}

    @cached_property
    def title_to(self) -> dict[int, TitleSpan]:
        """The longest title that ends before each word."""
        spans: dict[int, TitleSpan] = {}
        for index in range(len(self.tokens)):
            hit = titles().longest(self.tokens, index)
            if hit and (hit[0] not in spans or spans[hit[0]].start > index):
                spans[hit[0]] = TitleSpan(index, hit[0], hit[1])
        return spans

    @cached_property
    def title_from(self) -> dict[int, TitleSpan]:
        return {span.start: span for span in sorted(self.title_to.values(), key=lambda s: s.end)}

    @cached_property
    def common(self) -> set[int]:
        """Words that begin or belong to a phrase that is no name (``Quốc hội``, ``Ngoại vụ``)."""
        covered: set[int] = set()
        for trie in (common(), subjects(), titles(), settled()):
            covered |= self._phrases(trie)
        return covered

    def _phrases(self, trie: Trie[bool] | Trie[str] | Trie[tuple[str, str]]) -> set[int]:
        covered: set[int] = set()
        for index, token in enumerate(self.tokens):
            if not token.capital:
                continue
            hit = trie.longest(self.tokens, index)
            if hit and (hit[0] > index + 1 or self.opens(index)) and self._is_phrase(index, hit[0]):
                covered.update(range(index, hit[0]))
        return covered

    def _is_phrase(self, start: int, end: int) -> bool:
        """``Công Thương`` inside ``Nguyễn Công Thương`` is part of a name."""
        words = self.tokens[start:end]
        if not all(word.capital for word in words):
            return True
        before = start > 0 and self.tokens[start].joined and self.tokens[start - 1].capital
        return not before or not is_syllable(self.tokens[start - 1].text)

    def opens(self, index: int) -> bool:
        """Whether a sentence (or a quotation, a list entry) begins with the word."""
        gap = self.tokens[index].gap
        return index == 0 or any(mark in gap for mark in SENTENCE_END) or gap.strip().startswith(("“", '"', "-", "–"))

    def span_text(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]
