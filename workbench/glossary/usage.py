"""Where terms occur: the segments a change touches, and a table of all occurrences kept up to date.

The table holds what the matcher finds with the whole glossary (the longest term wins). It is
brought up to date when it is asked for: only segments that are new, or that hold the words of
a changed term, are matched again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term
from workbench.store import articles, termlist, terms, transaction

# With more changed terms than this, going through all segments once beats asking the index.
_MANY = 50


def touched(db: Database, changed: Sequence[Term]) -> list[int]:
    """The ids of the live segments in whose Vietnamese any of the terms occurs."""
    if len(changed) > _MANY:
        sources = termlist.live_sources(db)
    else:
        wordings = [w for t in changed for w in (t.source, *t.source_variants, *t.source_forbidden)]
        sources = articles.with_words(db, wordings)
    if not sources:
        return []
    looking = Matcher(_visible(changed))
    return [segment_id for segment_id, source in sources if looking.find(source)]


def refresh(db: Database) -> None:
    """Bring the table of occurrences up to date; two look-ups when it is."""
    if termlist.seen(db) == termlist.newest(db):
        return
    with transaction(db):
        seen, newest = termlist.seen(db), termlist.newest(db)
        if seen == newest:
            return
        changed = terms.changed_since(db, seen.revision) if newest.revision != seen.revision else []
        ids = None if seen.revision == 0 or len(changed) > _MANY else _affected(db, changed, seen)
        # Not the cached matcher: this transaction may have changed terms itself.
        matcher = Matcher(terms.all_terms(db))
        pairs = ((m.term.id, i) for i, source in termlist.live_sources(db, ids) for m in matcher.find(source))
        termlist.write_places(db, ids, pairs, newest)


def _affected(db: Database, changed: Sequence[Term], seen: termlist.Seen) -> list[int]:
    return sorted({*termlist.new_segments(db, seen), *touched(db, changed)})


def _visible(changed: Sequence[Term]) -> list[Term]:
    """The terms as findable as possible: an obsolete one still touches what it was used in."""
    return [replace(t, status="approved", source_forbidden=()) for t in changed]
