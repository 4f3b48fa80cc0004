"""Precision and recall of every check over the labelled pairs, its speed, and its false alarms on good pairs.

    python -m benchmarks.checks [FOLDER]

FOLDER holds parallel pairs (``*/NNN.tsv``: Vietnamese, tab, English) that are right, with slots
``{VN1}`` ``{CN1}`` ``{FN1}`` for names; 2,000 of them are checked with the shipped glossary.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.checks.fixtures import pairs, raised, scores
from workbench.checks import CHECKS, check_segment
from workbench.checks.vietnamese import plain
from workbench.glossary.exchange import parse
from workbench.glossary.matching import Matcher
from workbench.glossary.terms import Term

SAMPLE = 2000
_SLOT = re.compile(r"\{[A-Z]{2}\d\}")
_GLOSSARY = Path(__file__).parents[1] / "glossary"
_VIETNAMESE = (
    "Nguyễn Văn Thắng",
    "Trần Thị Bích Ngọc",
    "Phạm Quang Vinh",
    "Bùi Thanh Sơn",
    "Đỗ Hùng Việt",
    "Lý Thị Lan",
)
_CHINESE = (("Vương Văn Đào", "Wang Wentao"), ("Hà Lập Phong", "He Lifeng"), ("Lưu Ninh", "Liu Ning"))
_FOREIGN = ("Anwar Ibrahim", "Hun Manet", "Sergey Lavrov", "Prabowo Subianto", "Kaja Kallas", "Keir Starmer")


def main(folder: str | None = None) -> None:
    """Print the tables."""
    _labelled()
    if folder:
        _false_alarms(Path(folder))


def _labelled() -> None:
    by_check, _ = scores()
    print(f"{'check':18}{'right':>7}{'false':>7}{'missed':>7}{'precision':>11}{'recall':>8}")
    for check in CHECKS:
        score = by_check[check]
        numbers = f"{score.right:7}{score.false:7}{score.missed:7}{score.precision:11.3f}{score.recall:8.3f}"
        print(f"{check:18}{numbers}")
    labelled = list(pairs())
    start = time.perf_counter()
    for pair in labelled:
        raised(pair)
    print(
        f"{len(labelled)} pairs, {(time.perf_counter() - start) / len(labelled) * 1e3:.2f} ms a pair (read once before)"
    )


def _false_alarms(folder: Path) -> None:
    sample = random.Random(1).sample(list(_good_pairs(folder)), SAMPLE)
    matcher = Matcher(_shipped())
    found = [matcher.find(source) for source, _ in sample]
    alarms: Counter[str] = Counter()
    start = time.perf_counter()
    for (source, target), matches in zip(sample, found, strict=True):
        kind = "paragraph" if source[-1] in '.?!:…"”' else "headline"
        alarms.update({check.check for check in check_segment(source, target, matches, kind=kind)})
    spent = (time.perf_counter() - start) / len(sample)
    print(f"\nalarms on {SAMPLE} good pairs of {folder} ({spent * 1e3:.2f} ms a segment, read for the first time)")
    for check in CHECKS:
        print(f"{check:18}{alarms[check]:7}{alarms[check] / SAMPLE:9.2%}")


def _good_pairs(folder: Path) -> Iterator[tuple[str, str]]:
    chance = random.Random(7)
    for path in sorted(folder.glob("*/[0-9]*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            source, _, target = line.partition("\t")
            if source.strip() and target.strip() and "\t" not in target:
                yield _filled(source.strip(), target.strip(), chance)


def _filled(source: str, target: str, chance: random.Random) -> tuple[str, str]:
    for slot in sorted(set(_SLOT.findall(source))):
        if slot.startswith("{VN"):
            vietnamese = chance.choice(_VIETNAMESE)
            name = (vietnamese, plain(vietnamese))
        elif slot.startswith("{CN"):
            name = chance.choice(_CHINESE)
        else:
            name = (foreign := chance.choice(_FOREIGN), foreign)
        source, target = source.replace(slot, name[0]), target.replace(slot, name[1])
    return source, target


def _shipped() -> list[Term]:
    rows = [row for path in sorted(_GLOSSARY.glob("*.csv")) for row in parse(path.read_text(encoding="utf-8"))[0]]
    return [replace(row.term, id=number) for number, row in enumerate(rows, 1)]


if __name__ == "__main__":
    main(*sys.argv[1:2])
