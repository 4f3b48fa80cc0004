"""How many persons, bodies and places of news text are proposed or known, and how fast.

    python benchmarks/names.py [DIR] [--glossary DIR] [--verbose]

DIR is a folder of articles (``.txt``, ``.md``): for each it prints the persons known to the
glossary, the names proposed and the processor time (median of five). Without DIR the labelled passages of
``tests/data/names`` are measured: persons found (known or proposed), right English first,
and the precision of all proposals.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from workbench.glossary.exchange import parse
from workbench.glossary.matching import Matcher
from workbench.names import Proposal, propose
from workbench.text import nfc

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "tests" / "data" / "names"
GOAL_MS = 50.0
RUNS = 5


@dataclass(slots=True)
class Passage:
    """A labelled passage: every name in it with its English."""

    text: str
    persons: dict[str, str]
    others: dict[str, str]


@dataclass(slots=True)
class Score:
    """Counts over labelled passages; the misses are kept for reading."""

    persons: int = 0
    found: int = 0
    right: int = 0
    others: int = 0
    others_found: int = 0
    others_right: int = 0
    proposals: int = 0
    sensible: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.persons

    @property
    def right_first(self) -> float:
        return self.right / self.persons

    @property
    def precision(self) -> float:
        return self.sensible / self.proposals

    @property
    def others_recall(self) -> float:
        return self.others_found / self.others

    @property
    def others_right_first(self) -> float:
        return self.others_right / self.others


def glossary(folder: Path = ROOT / "glossary") -> Matcher:
    """The matcher over the shipped terms."""
    return Matcher(
        row.term for path in sorted(folder.glob("*.csv")) for row in parse(path.read_text(encoding="utf-8-sig"))[0]
    )


def passages(folder: Path = LABELLED) -> Iterator[Passage]:
    """The labelled passages of a folder's TSV files: text, persons, bodies and places."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, persons, others = [*nfc(line).split("\t"), "", ""][:3]
                yield Passage(text, _labels(persons), _labels(others))


def _labels(cell: str) -> dict[str, str]:
    return dict(pair.strip().split("=", 1) for pair in cell.split(";") if pair.strip())


def measure(labelled: Sequence[Passage], matcher: Matcher) -> Score:
    """Recall, right first and precision of the proposals for labelled passages."""
    score = Score()
    for passage in labelled:
        proposals = {p.source: p for p in propose([passage.text], matcher.find)}
        known = {m.term.source: m.term.target for m in matcher.find(passage.text)}
        for source, english in passage.persons.items():
            found = _target(source, proposals, known)
            score.persons += 1
            score.found += found is not None
            score.right += found == english
            if found != english:
                score.misses.append(f"{source}: {found} instead of {english}  [{passage.text[:90]}]")
        for source, english in passage.others.items():
            found = _target(source, proposals, known)
            score.others += 1
            score.others_found += found is not None
            score.others_right += found == english
            if found != english:
                score.misses.append(f"{source}: {found} instead of {english}  [{passage.text[:90]}]")
        for source, proposal in proposals.items():
            score.proposals += 1
            if source in passage.persons or source in passage.others:
                score.sensible += 1
            else:
                score.misses.append(f"not asked for: {source} → {proposal.target}  [{passage.text[:90]}]")
    return score


def _target(source: str, proposals: dict[str, Proposal], known: dict[str, str]) -> str | None:
    if source in proposals:
        return proposals[source].target
    return known.get(source)


def labelled_report(verbose: bool) -> bool:
    """Print the figures for the labelled passages; whether the goals are met."""
    matcher, labelled = glossary(), list(passages())
    measure(labelled[:5], matcher)
    start = process_time()
    score = measure(labelled, matcher)
    elapsed = (process_time() - start) * 1000 / len(labelled)
    print(f"{len(labelled)} passages, {elapsed:.2f} ms each")
    print(
        f"persons: {score.persons}, proposed or known {score.recall:.1%}, right English first {score.right_first:.1%}"
    )
    print(
        f"bodies, titles, places: {score.others}, found {score.others_recall:.1%}, right {score.others_right_first:.1%}"
    )
    print(f"proposals: {score.proposals}, precision {score.precision:.1%}")
    if verbose:
        print(*score.misses, sep="\n")
    return score.recall >= 0.9 and score.right_first >= 0.85


def articles_report(folder: Path, matcher: Matcher, verbose: bool) -> bool:
    """Print what is found in each article of a folder; whether all are fast enough."""
    slowest, persons = 0.0, 0
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".md"}):
        segments = [nfc(line.strip()) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        elapsed = statistics.median(_timed(segments, matcher) for _ in range(RUNS))
        proposals = propose(segments, matcher.find)
        known = {m.term.source for s in segments for m in matcher.find(s) if m.term.category == "person"}
        new = [p for p in proposals if p.category == "person"]
        persons += len(known) + len(new)
        slowest = max(slowest, elapsed)
        print(
            f"{path.name}: {len(known)} persons known, {len(new)} proposed, "
            f"{len(proposals)} proposals, {elapsed:.1f} ms"
        )
        if verbose:
            print("   known:", ", ".join(sorted(known)))
            for p in proposals:
                print(f"   {p.category}: {p.source} → {p.target} ×{p.count} ({p.evidence}) {'; '.join(p.alternatives)}")
    print(f"{persons} persons known or proposed, slowest article {slowest:.1f} ms (goal {GOAL_MS:.0f} ms)")
    return slowest < GOAL_MS


def _timed(segments: Sequence[str], matcher: Matcher) -> float:
    start = process_time()
    propose(segments, matcher.find)
    return (process_time() - start) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure proposals for unknown names.")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--glossary", type=Path, default=ROOT / "glossary")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    if options.folder is None:
        return 0 if labelled_report(options.verbose) else 1
    return 0 if articles_report(options.folder, glossary(options.glossary), options.verbose) else 1


if __name__ == "__main__":
    sys.exit(main())
