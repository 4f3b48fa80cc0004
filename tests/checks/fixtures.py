"""Labelled pairs: what each check must say, and what it must not say.

``tests/data/checks/<check>.tsv`` has the columns source, target, kind, expected (1: the
check named by the file must fire), also (other checks that rightly fire) and note. For
``inconsistent`` the targets of the same source stand in one cell, parted by ``||``.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbench.checks import CHECKS, check_segment, inconsistent
from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term

DATA = Path(__file__).parents[1] / "data" / "checks"


@dataclass(frozen=True)
class Pair:
    """One labelled pair (or, for ``inconsistent``, one source with its translations)."""

    check: str
    line: int
    source: str
    targets: tuple[str, ...]
    kind: str
    expected: frozenset[str]
    note: str


@dataclass
class Score:
    """Right alarms, false alarms and misses of one check."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """The glossary of the fixtures, with ids as they stand in the file."""
    text = (DATA / "glossary.csv").read_text(encoding="utf-8")
    return tuple(
        Term(
            id=number,
            source=row["source"],
            target=row["target"],
            category=row["category"],
            use=row["use"],
            target_variants=tuple(filter(None, row["target_variants"].split("|"))),
            forbidden=tuple(filter(None, row["forbidden"].split("|"))),
        )
        for number, row in enumerate(csv.DictReader(text.splitlines()), 1)
    )


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    return Matcher(terms())


def pairs() -> Iterator[Pair]:
    """All labelled pairs of all files."""
    for path in sorted(DATA.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for line, row in enumerate(rows, 2):
                expected = set(filter(None, row["also"].split(","))) | (
                    {path.stem} if row["expected"] == "1" else set()
                )
                target = row["target"].replace("\\t", "\t")
                targets = tuple(t.strip() for t in target.split("||")) if path.stem == "inconsistent" else (target,)
                yield Pair(path.stem, line, row["source"], targets, row["kind"], frozenset(expected), row["note"])


def raised(pair: Pair) -> set[str]:
    """The checks that fire on a pair."""
    found = {
        check.check
        for target in pair.targets
        if target or len(pair.targets) == 1
        for check in check_segment(pair.source, target, matcher().find(pair.source), kind=pair.kind)
    }
    rows = [(number, pair.source, target) for number, target in enumerate(pair.targets)]
    return found | {check.check for check in inconsistent(rows).values()}


def scores() -> tuple[dict[str, Score], list[tuple[Pair, set[str]]]]:
    """Every check's score over all pairs, and the pairs on which something differs."""
    by_check = {check: Score() for check in CHECKS}
    differing = []
    for pair in pairs():
        found = raised(pair)
        right, false, missed = found & pair.expected, found - pair.expected, pair.expected - found
        for name, attribute in Counter(
            {(c, "right"): 1 for c in right} | {(c, "false"): 1 for c in false} | {(c, "missed"): 1 for c in missed}
        ):
            setattr(by_check[name], attribute, getattr(by_check[name], attribute) + 1)
        if false or missed:
            differing.append((pair, found))
    return by_check, differing
