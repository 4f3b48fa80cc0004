"""Terms that contradict, repeat or hide each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

from workbench.glossary.forms import present
from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term
from workbench.store import connect, data_folder, terms
from workbench.text import match_form

KINDS = ("targets", "duplicate", "sources", "hides")
SERIOUS = frozenset({"targets", "duplicate"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Terms that do not go together, and the wording over which.

    - ``targets``: one Vietnamese wording, different English;
    - ``duplicate``: one wording with the same English in two entries;
    - ``sources``: one English for several Vietnamese wordings (often right; sometimes one entry with a variant);
    - ``hides``: the first term holds the second inside it, and its English does not hold the second's English.
    """

    kind: str
    wording: str
    terms: tuple[Term, ...]

    @property
    def serious(self) -> bool:
        return self.kind in SERIOUS


def conflicts(db: Database) -> tuple[Conflict, ...]:
    """All conflicts of the glossary as it is now, the serious ones first; found once per version of it."""
    return _conflicts(data_folder(db), terms.state(db))


@lru_cache(maxsize=2)
def _conflicts(data: Path, state: str) -> tuple[Conflict, ...]:
    db = connect(data)
    try:
        return tuple(find_conflicts(terms.all_terms(db)))
    finally:
        db.close()


def of_term(db: Database, term_id: int) -> list[Conflict]:
    """The conflicts one term is part of."""
    return [c for c in conflicts(db) if any(t.id == term_id for t in c.terms)]


def serious_ids(db: Database) -> frozenset[int]:
    """The terms that contradict or repeat another."""
    return frozenset(t.id for c in conflicts(db) if c.serious for t in c.terms)


def find_conflicts(entries: Iterable[Term]) -> list[Conflict]:
    """The conflicts among these terms; obsolete ones have none."""
    live = [t for t in entries if t.status != "obsolete"]
    same_source = list(_same_source(live))
    together = {frozenset(t.id for t in c.terms) for c in same_source}
    found = [*same_source, *_same_target(live, together), *_hidden(live)]
    return sorted(found, key=lambda c: (KINDS.index(c.kind), c.wording.lower()))


def _same_source(live: list[Term]) -> Iterator[Conflict]:
    groups: dict[str, dict[int, Term]] = {}
    for term in live:
        for wording in (term.source, *term.source_variants):
            groups.setdefault(match_form(wording), {})[term.id] = term
    seen: set[frozenset[int]] = set()
    for group in groups.values():
        ids = frozenset(group)
        if len(group) < 2 or ids in seen:
            continue
        seen.add(ids)
        members = tuple(group.values())
        shared = set.intersection(*({t.casefold() for t in m.targets} for m in members))
        kind = "duplicate" if any(m.target.casefold() in shared for m in members) else "targets"
        yield Conflict(kind, members[0].source, members)


def _same_target(live: list[Term], together: set[frozenset[int]]) -> Iterator[Conflict]:
    groups: dict[str, list[Term]] = {}
    for term in live:
        groups.setdefault(term.target.casefold(), []).append(term)
    for group in groups.values():
        if len(group) > 1 and frozenset(t.id for t in group) not in together:
            yield Conflict("sources", group[0].target, tuple(group))


def _hidden(live: list[Term]) -> Iterator[Conflict]:
    matcher = Matcher(t for t in live if t.enforced)
    for term in live:
        if len(term.source.split()) < 2:
            continue
        for match in matcher.every(term.source):
            inner = match.term
            whole = match.start == 0 and match.end == len(term.source)
            if inner.id != term.id and not whole and not any(present(inner, target) for target in term.targets):
                yield Conflict("hides", term.source, (term, inner))
