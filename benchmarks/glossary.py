"""How fast the glossary is with 10,000 terms: matching, import, the list of terms.

    python benchmarks/glossary.py [--corpus DIR]

The terms are the shipped ones and compositions of them (a title or body with a place), the text
100,000 words of news: the Vietnamese side of DIR's ``*.tsv`` (default: the training corpus).
Matching is compared with a loop that tries each term as a regular expression. All is measured
in one run on one core, in processor time; exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from time import process_time

from benchmarks.common import table
from workbench import glossary
from workbench.articles import Article, Segment
from workbench.glossary import Matcher, Term, usage
from workbench.glossary.conflicts import conflicts
from workbench.glossary.exchange import parse, to_csv
from workbench.store import articles, open_database, termlist, terms
from workbench.text import nfc

ROOT = Path(__file__).resolve().parent.parent
TERMS, WORDS, SEGMENTS = 10_000, 100_000, 100_000
# The loop takes minutes: so many terms are tried in it, and the time is scaled up.
TRIED = 100
MATCH_MS, TIMES, IMPORT_S, PAGE_MS = 150.0, 100.0, 2.0, 50.0


def entries() -> list[Term]:
    """The shipped terms, and titles, bodies and events with a place until there are enough."""
    shipped = [
        row.term
        for path in sorted((ROOT / "glossary").glob("*.csv"))
        for row in parse(path.read_text(encoding="utf-8-sig"))[0]
    ]
    places = [t for t in shipped if t.category == "place"]
    others = [t for t in shipped if t.category in ("title", "organization", "event")]
    composed = (
        Term(0, f"{t.source} {p.source}", f"{p.target} {t.target}", t.category) for t, p in product(others, places)
    )
    unique = {(t.source, t.category): t for t in [*shipped, *composed]}
    return [replace(t, id=i) for i, t in enumerate(list(unique.values())[:TERMS], start=1)]


def sentences(corpus: Path) -> list[str]:
    """Vietnamese sentences of the corpus, again and again until they have enough words."""
    read = [
        nfc(line.split("\t")[0])
        for path in sorted(corpus.glob("**/*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    found: list[str] = []
    count = 0
    while count < WORDS:
        for sentence in read:
            found.append(sentence)
            count += len(sentence.split())
            if count >= WORDS:
                break
    return found


def best(work: Callable[[], object], *, runs: int = 5) -> float:
    """The least processor time of ``work`` in seconds: what it takes when nothing else disturbs it."""
    times = []
    for _ in range(runs):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return min(times)


def once(work: Callable[[], object]) -> float:
    """The processor time of ``work``, done once."""
    begun = process_time()
    work()
    return process_time() - begun


def by_regular_expressions(wordings: Sequence[str], texts: Sequence[str]) -> int:
    """What matching would be without an automaton; how many it finds."""
    whole = "\n".join(texts)
    count = 0
    for wording in wordings:
        pattern = re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)", re.IGNORECASE)
        count += sum(1 for _ in pattern.finditer(whole))
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the glossary with 10,000 terms.")
    parser.add_argument("--corpus", type=Path, default=ROOT / "training" / "corpus")
    options = parser.parse_args()
    all_terms, texts = entries(), sentences(options.corpus)
    rows = []
    met = []

    def measured(what: str, value: float, unit: str, goal: float | None = None, *, at_least: bool = False) -> None:
        wanted = "" if goal is None else f"{'≥' if at_least else '<'} {goal:g} {unit}"
        rows.append([what, f"{value:,.1f} {unit}", wanted])
        met.append(goal is None or (value >= goal if at_least else value < goal))

    measured("building the automaton", best(lambda: Matcher(all_terms), runs=3) * 1000, "ms")
    matcher = Matcher(all_terms)
    matching = best(lambda: [matcher.find(text) for text in texts])
    measured(f"matching {len(all_terms):,} terms, {WORDS:,} words", matching * 1000, "ms", MATCH_MS)
    tried = [t.source for t in all_terms[:: len(all_terms) // TRIED]]
    loop = best(lambda: by_regular_expressions(tried, texts), runs=1) * len(all_terms) / len(tried)
    measured(f"a loop over regular expressions ({len(tried)} terms tried, scaled)", loop, "s")
    measured("that is slower by", loop / matching, "times", TIMES, at_least=True)

    text = to_csv(all_terms)
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder))
        import_once = once(lambda: glossary.import_csv(db, text, author="benchmark", name="all.csv"))
        measured(f"importing {len(all_terms):,} rows", import_once, "s", IMPORT_S)
        again = glossary.import_csv(db, to_csv(terms.all_terms(db)), author="benchmark")
        measured("export → import: unchanged", again.unchanged, "terms", len(all_terms), at_least=True)
        fill(db, texts)
        measured(f"counting uses in {SEGMENTS:,} segments, once", once(lambda: usage.refresh(db)), "s")
        changed = replace(terms.find(db, 1), target="changed")
        glossary.save(db, changed, author="benchmark")
        measured("counting again after one changed term", once(lambda: usage.refresh(db)) * 1000, "ms")
        doubled = [replace(t, note="changed") for t in terms.all_terms(db)]
        measured("segments touched by all terms", once(lambda: glossary.touched(db, doubled)), "s")
        conflicts(db)
        for query in (termlist.Query(), termlist.Query("bo truong"), termlist.Query(sort="used")):
            measured(f"a page of the list: {query.text or query.sort or 'all'}", page(db, query) * 1000, "ms", PAGE_MS)
        db.close()
    print(table(["what", "measured", "goal"], rows))
    return 0 if all(met) else 1


def fill(db: object, texts: Sequence[str]) -> None:
    """Articles of 100 segments each until there are enough segments."""
    for number in range(SEGMENTS // 100):
        chosen = [texts[(number * 100 + i) % len(texts)] for i in range(100)]
        parts = [Segment(i, i, "paragraph", f"{s}") for i, s in enumerate(chosen, start=1)]
        article = Article(f"Bài {number}", None, None, None, tuple(parts), str(number))
        articles.add(db, article)  # type: ignore[arg-type]


def page(db: object, query: termlist.Query) -> float:
    """The time the list page spends on its data."""

    def look_up() -> None:
        usage.refresh(db)  # type: ignore[arg-type]
        ids, _ = termlist.search(db, query, limit=100)  # type: ignore[arg-type]
        terms.find_all(db, ids)  # type: ignore[arg-type]
        termlist.counts(db, ids)  # type: ignore[arg-type]

    return best(look_up)


if __name__ == "__main__":
    sys.exit(main())
