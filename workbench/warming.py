"""What would make the first page after a start slow, done before anybody asks for it.

Dictionaries and tables are read, and the articles that were worked on last are checked; ``quality`` and
``proposals`` keep what was found.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from workbench.checks import check_segment
from workbench.glossary import Term, TermMatch
from workbench.names import propose
from workbench.proposals import proposals
from workbench.quality import article_checks
from workbench.store import articles, connect, listing

MOST_ARTICLES = 20
MOST_ROWS = 1_000
"""No article is begun after so many rows: about a second of work."""

_SOURCE = "Chiều 4/2, Tổng thống Cyril Ramaphosa hội đàm với ông Nguyễn Minh Vũ; kim ngạch đạt 42 tỷ USD, tăng 26,5%."
_TARGET = "On February 4, President Cyril Ramaphosa held talks with Nguyen Minh Vu; trade reached 42 billion, up 26.5%."
_TERM = Term(0, "hội đàm", "hold talks")


def warm(data: Path) -> list[int]:
    """Read the tables, then check the articles changed last; their ids, newest change first."""
    _read_tables()
    db = connect(data)
    try:
        return _check_newest(db)
    finally:
        db.close()


def _read_tables() -> None:
    """Have the checks and the proposals read what they need once: lemmas, names of countries, readings of names."""
    start = _SOURCE.index(_TERM.source)
    check_segment(_SOURCE, _TARGET, [TermMatch(_TERM, start, start + len(_TERM.source))])
    propose([_SOURCE])


def _check_newest(db: Database) -> list[int]:
    done: list[int] = []
    rows = 0
    for article in listing.page(db, listing.Wanted(sort="changed"), limit=MOST_ARTICLES):
        if rows >= MOST_ROWS:
            break
        article_checks(db, articles.segments(db, article["id"]))
        proposals(db, article["id"])
        done.append(article["id"])
        rows += article["segments"]
    return done
