"""Finding glossary terms in Vietnamese text: one automaton over all terms and variants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from ahocorasick_rs import AhoCorasick, Implementation

from workbench.glossary.terms import Term, TermMatch
from workbench.text import DASHES, match_form

# A person's name that is also a word (Hà, Bình, Sơn) is the name only with its capitals.
CASED_CATEGORIES = frozenset({"person"})

_DASH = re.compile(rf"(?<=\w)\s*[-{DASHES}]\s*(?=\w)")
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r" ([^\W\d_]+)")
# A personal name has two to four syllables, here and there five; more capitalised syllables in
# a row are a heading, where capitals say nothing.
_LONGEST_NAME = 5
_SURNAMES_TEXT = (
    "an âu bạch bành bế bùi cao châu chu cù cung đàm đặng đào điền đinh đoàn đỗ đổng đường dương giang giáp hà "
    "hàn hồ hoàng huỳnh khuất khương khúc kiều kim la lã lại lâm lê lều lò lỗ lục lương lưu lý mã mạc mai "
    "nghiêm ngô nguyễn ninh nông ông phạm phan phí phó phùng phương quách quan quản quang sơn tạ tăng thạch "
    "thái thân thẩm thang thi thiều tiêu tô tôn tống trần triệu trịnh trương từ uông ung văn vân vi viên võ vũ "
    "vương yên"
)
_SURNAMES = frozenset(_SURNAMES_TEXT.split())


@dataclass(frozen=True, slots=True)
class _Pattern:
    term: Term | None
    """None: a wording in which the term must not be seen (it blocks, and matches nothing)."""
    text: str
    cased: bool

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """With equal spans what blocks goes first, then an enforced term before a suggested one, then the older."""
        if self.term is None:
            return (False, False, -1)
        return (self.term.use != "enforce", self.term.status != "approved", self.term.id)


class Matcher:
    """All terms of a glossary, ready to be found.

    Obsolete terms are left out. Building takes about 0.1 s for 10,000 terms;
    matching is linear in the text (Aho and Corasick 1975).
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        patterns = [p for term in terms if term.status != "obsolete" for p in _patterns(term)]
        # In the order of their rank, so that the number of a pattern is its rank.
        self._patterns = sorted(patterns, key=lambda p: p.rank)
        self._automaton = AhoCorasick(
            [match_form(p.text) for p in self._patterns], implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[TermMatch]:
        """The terms in ``text`` (NFC), left to right, the longest where they overlap.

        >>> [m.term.target for m in matcher.find("Bộ trưởng Ngoại giao Lê Hoài Trung")]
        ['Foreign Minister', 'Le Hoai Trung']
        """
        found: list[TermMatch] = []
        end = 0
        for start, stop, pattern in self._candidates(text):
            if start >= end:
                end = -stop
                if pattern.term is not None:
                    found.append(TermMatch(pattern.term, start, end))
        return found

    def every(self, text: str) -> list[TermMatch]:
        """The terms in ``text`` wherever their words stand, inside longer terms as well."""
        hits = self._candidates(text)
        return [TermMatch(p.term, start, -stop) for start, stop, p in hits if p.term is not None]

    def _candidates(self, text: str) -> list[tuple[int, int, _Pattern]]:
        """``(start, -end, pattern)`` of all that stand on word borders and in their case, leftmost and longest first.

        All occurrences are asked for, not the leftmost-longest: one that fails on
        its borders must not hide a shorter one that holds.
        """
        form = f" {match_form(text)} "
        patterns = self._patterns
        hits = []
        for index, start, stop in self._automaton.find_matches_as_indexes(form, overlapping=True):
            if form[start - 1].isalnum() and form[start].isalnum():
                continue
            if form[stop].isalnum() and form[stop - 1].isalnum():
                continue
            pattern = patterns[index]
            if text[start - 1 : stop - 1] == pattern.text or _case_holds(pattern, text, start - 1, stop - 1):
                hits.append((start - 1, 1 - stop, index))
        hits.sort()
        return [(start, stop, patterns[index]) for start, stop, index in hits]


def _patterns(term: Term) -> list[_Pattern]:
    cased = term.case_sensitive or term.category in CASED_CATEGORIES
    matching = [
        _Pattern(term, spelled, cased)
        for text in dict.fromkeys((term.source, *term.source_variants))
        for spelled in _spellings(text)
    ]
    blocking = [_Pattern(None, spelled, False) for text in term.source_forbidden for spelled in _spellings(text)]
    return matching + blocking


def _spellings(text: str) -> set[str]:
    """``Việt Nam - Trung Quốc`` is also written without blanks around its dash, or with one."""
    return {text, *(_DASH.sub(dash, text) for dash in ("-", " - ", " -", "- "))} if _DASH.search(text) else {text}


def _case_holds(pattern: _Pattern, text: str, start: int, stop: int) -> bool:
    found = text[start:stop]
    if found.islower():
        return not pattern.cased or pattern.text.islower()
    if pattern.cased:
        return (found.isupper() and len(found) > 3) or _capitals(found) == _capitals(pattern.text)
    return found.isupper() or not _in_a_name(pattern.text, text, start, stop)


def _capitals(text: str) -> list[bool]:
    return [c.isupper() for c in text]


def _in_a_name(wording: str, text: str, start: int, stop: int) -> bool:
    """Whether the words found are part of somebody's name: ``quốc yến`` in ``Huỳnh Quốc Yến``.

    Told by capitals: every syllable has one that the term does not have, after another
    capitalised syllable. Or the last one has, is a surname and a name goes on after it:
    ``Ngoại giao đoàn`` in ``Ngoại giao Đoàn Như Đông``.
    """
    own = list(_WORD.finditer(wording))
    found = list(_WORD.finditer(text, start, stop))
    if len(found) != len(own) or len(own) >= _LONGEST_NAME:
        return False
    raised = [a[0][0].isupper() and b[0][0].islower() for a, b in zip(found, own, strict=True)]
    if not any(raised):
        return False
    before, after = _capitalised_before(text, start), _capitalised_after(text, stop)
    if before + len(found) + after > _LONGEST_NAME:
        return False
    if all(word[0][0].isupper() for word in found):
        return before > 0 or (len(own) == 2 and wording.islower())
    return after > 0 and raised[-1] and not any(raised[1:-1]) and found[-1][0].lower() in _SURNAMES


def _capitalised_before(text: str, start: int) -> int:
    """How many capitalised words stand right before, with one blank between them."""
    words = text[max(0, start - 60) : start].split(" ")
    if words.pop():
        return 0
    return sum(1 for _ in takewhile(lambda w: w.isalpha() and w[0].isupper(), reversed(words)))


def _capitalised_after(text: str, stop: int) -> int:
    """How many capitalised words stand right after, with one blank between them."""
    count = 0
    while (match := _NEXT.match(text, stop)) and match[1][0].isupper():
        count, stop = count + 1, match.end()
    return count
