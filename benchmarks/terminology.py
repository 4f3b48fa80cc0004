"""Does machine translation follow the glossary? Each step of steering, measured in one run.

    python -m benchmarks.terminology [--articles ../shared/seeds] [--pairs training/corpus/heldout] [--model FILE]

Term accuracy: the share of (segment, enforced term) pairs whose term stands in the machine
translation in an allowed form. chrF2++ against the held-out references shows what steering
costs or gains beside the terms.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import sacrebleu

from benchmarks.common import table
from workbench.articles import read_article
from workbench.glossary import Matcher
from workbench.glossary.exchange import parse
from workbench.glossary.forms import present
from workbench.glossary.terms import Term
from workbench.library import read_paths
from workbench.machine import load
from workbench.machine.engine import Engine
from workbench.machine.models import Steering, install
from workbench.machine.steering import translate

ROOT = Path(__file__).parents[1]
CONFIGURATIONS = {
    "neither": Steering(inject=False, repair=False),
    "repair": Steering(inject=False, repair=True),
    "inject": Steering(inject=True, repair=False),
    "inject + repair": Steering(inject=True, repair=True),
}
_SLOTS = {
    "VN": "Nguyễn Minh Hằng|Nguyen Minh Hang",
    "CN": "Lưu Kiến Siêu|Liu Jianchao",
    "FN": "Olivia Martin|Olivia Martin",
}


def shipped_terms() -> list[Term]:
    texts = [f.read_text(encoding="utf-8") for f in sorted((ROOT / "glossary").glob("*.csv"))]
    rows = [row.term for text in texts for row in parse(text)[0]]
    return [Term(**{**{s: getattr(t, s) for s in Term.__slots__}, "id": i}) for i, t in enumerate(rows, 1)]


def segments(folder: Path) -> list[str]:
    return [s.source for path, data in read_paths([folder]) for s in read_article(data, path).segments]


def pairs(folder: Path) -> list[tuple[str, str]]:
    lines = [line for file in sorted(folder.glob("*.tsv")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [(_filled(v, 0), _filled(e, 1)) for line in lines if line.count("\t") == 1 for v, e in [line.split("\t")]]


def _filled(text: str, side: int) -> str:
    return re.sub(r"\{(VN|CN|FN)\d\}", lambda m: _SLOTS[m[1]].split("|")[side], text)


def accuracy(
    engine: Engine, matcher: Matcher, sources: Sequence[str]
) -> tuple[int, int, list[str], list[tuple[str, str]]]:
    """``(terms right, terms in all, translations, what was lost as (term, translation))``."""
    matches = [[m for m in matcher.find(s) if m.term.enforced] for s in sources]
    done = translate(engine, sources, matches)
    right, lost = 0, []
    for found, result in zip(matches, done, strict=True):
        for term in {m.term.id: m.term for m in found}.values():
            if present(term, result.text):
                right += 1
            else:
                lost.append((f"{term.source} → {term.target}", result.text))
    return right, right + len(lost), [r.text for r in done], lost


def report(engine: Engine, articles: Iterable[str], references: Sequence[tuple[str, str]], verbose: bool) -> None:
    matcher = Matcher(shipped_terms())
    sources = list(articles)
    rows = []
    for name, steering in CONFIGURATIONS.items():
        engine.steering = steering
        right, total, _, lost = accuracy(engine, matcher, sources)
        row = [name, f"{right}/{total}", f"{right / max(1, total):.1%}"]
        if references:
            held_right, held_total, texts, _ = accuracy(engine, matcher, [v for v, _ in references])
            chrf = sacrebleu.corpus_chrf(texts, [[e for _, e in references]], word_order=2).score
            row += [f"{held_right / max(1, held_total):.1%}", f"{chrf:.1f}"]
        rows.append(row)
        if verbose:
            for term, text in lost:
                print(f"  {name}: {term}\n      {text}")
    print(f"{engine.model}: {len(sources)} segments of articles, {len(references)} held-out pairs")
    print(table(["steering", "terms right", "accuracy", "held-out accuracy", "chrF2++"][: len(rows[0])], rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, default=ROOT / "seeds")
    parser.add_argument("--pairs", type=Path, default=ROOT / "training" / "corpus" / "heldout")
    parser.add_argument("--model", type=Path, help=".argosmodel to measure instead of the shipped one")
    parser.add_argument("--verbose", action="store_true", help="print what was lost")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if given.model:
            install(Path(scratch), given.model)
        report(load(Path(scratch)), segments(given.articles), pairs(given.pairs), given.verbose)


if __name__ == "__main__":
    main()
