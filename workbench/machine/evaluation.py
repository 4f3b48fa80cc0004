"""How good a model is on given pairs, as the workbench uses it: scores, terms, numbers, names, loops, speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from workbench.checks import check_segment
from workbench.encoding import decode
from workbench.glossary import Matcher
from workbench.glossary.forms import present
from workbench.glossary.terms import Term, TermMatch
from workbench.machine.engine import ArgosEngine
from workbench.machine.figures import figures
from workbench.machine.models import Model, Steering
from workbench.machine.persons import with_persons
from workbench.machine.steering import translate


class BadPairs(ValueError):
    """A file of pairs that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Scores:
    """One model on one set of pairs. Shares are 0 to 1, None where the set has nothing to measure by."""

    model: str
    segments: int
    chrf: float
    chrf_signature: str
    bleu: float
    bleu_signature: str
    terms: float | None
    """Enforced terms of the sources that stand in the translation, steered as the model is."""
    terms_unsteered: float | None
    numbers: float | None
    """Numbers and dates of the sources that stand in the translation."""
    numbers_unsteered: float | None
    numbers_clean: float | None
    """Of the segments with digits, those in which no number is missing and none is added."""
    names: float | None
    """Persons of the sources, known to the glossary or not, that are named right."""
    names_unsteered: float | None
    loops: float
    """Segments in which the check ``repetition`` finds the decoder in a loop."""
    empty: float
    words_per_second: float
    """Vietnamese words (by blanks) in one batch, steering included."""


def read_pairs(file: Path) -> list[tuple[str, str]]:
    """``(Vietnamese, English reference)`` lines of a tab-separated file. Raises BadPairs."""
    pairs = []
    for number, line in enumerate(decode(file.read_bytes()).split("\n"), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or not all(cells[:2]):
            raise BadPairs(f"{file}, line {number}: Vietnamese and English are needed, with a tab between them")
        pairs.append((cells[0], cells[1]))
    if not pairs:
        raise BadPairs(f"{file}: there are no pairs in it")
    return pairs


def evaluate(model: Model, pairs: Sequence[tuple[str, str]], matcher: Matcher) -> Scores:
    """Translate all sources, with and without glossary steering, and compare with the references."""
    import sacrebleu

    sources, references = [v for v, _ in pairs], [e for _, e in pairs]
    engine = ArgosEngine(model)
    begun = perf_counter()
    # Each by itself: the pairs need not be of one article.
    matches = [with_persons([source], matcher.find)[0] for source in sources]
    steered = [s.text for s in translate(engine, sources, matches)]
    seconds = perf_counter() - begun
    plain_engine = ArgosEngine(replace(model, steering=Steering(inject=False, repair=False)))
    plain = [s.text for s in translate(plain_engine, sources, matches)]
    chrf, bleu = sacrebleu.CHRF(word_order=2), sacrebleu.BLEU()
    chrf_score, bleu_score = chrf.corpus_score(steered, [references]), bleu.corpus_score(steered, [references])
    found = [[m.term for m in row if m.term.id and m.term.enforced] for row in matches]
    alarms = [{c.check for c in check_segment(s, t, m)} for s, t, m in zip(sources, steered, matches, strict=True)]
    people = [[m.term for m in row if m.term.category == "person"] for row in matches]
    return Scores(
        model=model.name,
        segments=len(pairs),
        chrf=round(chrf_score.score, 2),
        chrf_signature=str(chrf.get_signature()),
        bleu=round(bleu_score.score, 2),
        bleu_signature=str(bleu.get_signature()),
        terms=_present(found, steered),
        terms_unsteered=_present(found, plain),
        numbers=_numbers(sources, steered, matches),
        numbers_unsteered=_numbers(sources, plain, matches),
        numbers_clean=_share(
            ["number-mismatch" not in a for s, a in zip(sources, alarms, strict=True) if any(c.isdigit() for c in s)]
        ),
        names=_present(people, steered),
        names_unsteered=_present(people, plain),
        loops=_share(["repetition" in a for a in alarms]) or 0.0,
        empty=_share([not text.strip() for text in steered]) or 0.0,
        words_per_second=round(sum(len(s.split()) for s in sources) / seconds, 1),
    )


def _numbers(sources: Sequence[str], texts: Sequence[str], matches: Sequence[Sequence[TermMatch]]) -> float | None:
    return _share(
        [
            figure.met(text)
            for source, text, row in zip(sources, texts, matches, strict=True)
            for figure in figures(source, [(m.start, m.end) for m in row])
        ]
    )


def _present(terms: Sequence[Sequence[Term]], texts: Sequence[str]) -> float | None:
    return _share([present(t, text) for row, text in zip(terms, texts, strict=True) for t in set(row)])


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
