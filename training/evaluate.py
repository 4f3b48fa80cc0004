"""Measuring packages: scores, terms, numbers, names, loops, speed.

Nothing here needs PyTorch. All packages given are measured in one run on the
same sets, and the result is a Markdown table.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece as spm

from training import augment
from training.align import Link
from training.corpus import (
    SLOT,
    Pair,
    is_held_out,
    number_values,
    read_glossary,
    read_public,
    read_topic,
    topics,
)
from training.names import NameMaker

MONTHS = frozenset(m.lower() for m in augment.MONTHS)
BATCH = 32


@dataclass
class Segment:
    """One segment of a set: source, reference, and the names its slots were filled with."""

    source: str
    reference: str
    names: list[str] = field(default_factory=list)


@dataclass
class Scores:
    """Everything measured of one package on one set; shares are between 0 and 1."""

    package: str
    dataset: str
    segments: int
    chrfpp: float
    chrf: float
    bleu: float
    terms: float | None
    terms_injected: float | None
    injected_copied: float | None
    numbers: float | None
    names: float | None
    repetition: float
    empty: float
    words_per_second: float
    chrfpp_injected: float | None
    signatures: dict[str, str]


# --- sets -----------------------------------------------------------------------


def held_out_sets(corpus_folder: Path, hanviet: Path, seed: int = 2026) -> dict[str, list[Segment]]:
    """The held-out documents of each topic with their slots filled, the same names for a seed."""
    sets = {}
    for topic in filter(is_held_out, topics(corpus_folder)):
        names = NameMaker(hanviet, random.Random(seed))
        sets[topic.name] = [fill(pair, names) for pair in read_topic(topic)]
    return sets


def fill(pair: Pair, names: NameMaker) -> Segment:
    """A pair with its slots filled, remembering the English of the names."""
    source, target, used = pair.source, pair.target, []
    for slot in dict.fromkeys(m.group(0) for m in SLOT.finditer(source)):
        vietnamese, name = names.make(slot[1:3])
        source, target = source.replace(slot, vietnamese), target.replace(slot, name)
        used.append(name)
    return Segment(source, target, used)


def public_set(prefix: Path) -> list[Segment]:
    """A development set given as PREFIX.vi and PREFIX.en: every line, without traces of CSV quoting."""
    return [Segment(p.source, p.target) for p in read_public(prefix.parent, prefix.name)]


# --- translating ------------------------------------------------------------------


@contextmanager
def unpacked(package: Path) -> Iterator[Path]:
    """The folder of a package: itself, or a ``.argosmodel`` unpacked for a while."""
    if package.is_dir():
        yield package
        return
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        yield next(p.parent for p in Path(folder).glob("*/metadata.json"))


class PackageTranslator:
    """Plain beam search with a package's model: no guards, no repair."""

    def __init__(self, folder: Path, threads: int = 2, beam: int = 4) -> None:
        self.model = ctranslate2.Translator(
            str(folder / "model"), compute_type="int8", inter_threads=1, intra_threads=threads
        )
        self.processor = spm.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        self.beam = beam

    def translate(self, texts: Sequence[str]) -> list[str]:
        """The translations of texts, in batches of 32 segments."""
        pieces = [self.processor.encode(t, out_type=str)[:400] for t in texts]
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        out = [""] * len(pieces)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            results = self.model.translate_batch(
                [pieces[i] for i in batch], beam_size=self.beam, max_decoding_length=400
            )
            for i, result in zip(batch, results, strict=True):
                out[i] = self.processor.decode(result.hypotheses[0])
        return out


# --- metrics ----------------------------------------------------------------------


def share(hits: Iterable[bool]) -> float | None:
    """The share of true values, None when there is nothing to count."""
    values = list(hits)
    return sum(values) / len(values) if values else None


def normal(text: str) -> str:
    """Text for comparing terms: lower case, plain quotes and dashes, single spaces."""
    text = text.lower().translate(str.maketrans("“”‘’–—", "\"\"''--"))
    return re.sub(r"\s+", " ", text.replace("'s", ""))


def has_term(text: str, forms: Iterable[str]) -> bool:
    """Whether one of the forms stands in the text (any case, plural, without article)."""
    haystack = normal(text)
    for form in forms:
        needle = re.sub(r"^(the|a|an) ", "", normal(form))
        pattern = rf"(?<!\w){re.escape(needle.removesuffix('y'))}"
        pattern += r"(?:y|ies)(?!\w)" if needle.endswith("y") else r"(?:s|es|ed|d|ing)?(?!\w)"
        if re.search(pattern, haystack):
            return True
    return False


def numbers_of(text: str, vietnamese: bool = False) -> Counter[str]:
    """The numbers of a text by value, and its month names."""
    found = Counter(re.findall(r"\d+(?:\.\d+)?", normal_numbers(text, vietnamese)))
    if not vietnamese:
        found.update(m for m in re.findall(r"[A-Z][a-z]+", text) if m.lower() in MONTHS)
    return found


def normal_numbers(text: str, vietnamese: bool) -> str:
    """Numbers written with a decimal point and no separators of thousands."""
    if vietnamese:
        text = re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text)
        return re.sub(r"(?<=\d),(?=\d)", ".", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def number_hits(segment: Segment, output: str) -> Iterator[bool]:
    """For each number that source and reference share: whether the output has it.

    Months count too, when the source names a date in figures.
    """
    source = number_values(segment.source, True) | set(numbers_of(segment.source, True))
    found = numbers_of(output)
    for number, count in numbers_of(segment.reference).items():
        month = number.isalpha()
        if (month and re.search(r"\d/\d|tháng \d", segment.source)) or number in source or number.lstrip("0") in source:
            yield found[number] >= count


def has_loop(text: str) -> bool:
    """Whether a text repeats the same words over and over."""
    words = re.findall(r"\w+", text.lower())
    for size in range(1, 9):
        needed = 4 if size == 1 else 3
        run = 0
        for i in range(size, len(words)):
            run = run + 1 if words[i] == words[i - size] else 0
            if run >= size * (needed - 1):
                return True
    return False


@dataclass
class Injected:
    """A segment with its terms: where they are, and the source with their English."""

    source: str
    links: list[Link]
    forms: list[tuple[str, ...]]
    expected: list[tuple[str, ...]]


def inject_terms(segment: Segment, finder: augment.TermFinder) -> Injected:
    """The segment as the workbench gives it to the engine: every term's target injected."""
    matches = finder.matches(segment.source)
    links = [Link(start, end, term.target) for start, end, term in matches]
    expected = [t.targets for _, _, t in matches if has_term(segment.reference, t.targets)]
    return Injected(augment.apply_links(segment.source, links), links, [t.targets for *_, t in matches], expected)


def measure(
    name: str, dataset: str, translator: PackageTranslator, segments: list[Segment], finder: augment.TermFinder | None
) -> tuple[Scores, list[str], list[str]]:
    """All scores of one package on one set, and its outputs without and with injection."""
    sources = [s.source for s in segments]
    references = [[s.reference for s in segments]]
    translator.translate(sources[:BATCH])
    started = time.perf_counter()
    outputs = translator.translate(sources)
    seconds = time.perf_counter() - started
    chrfpp, chrf, bleu = sacrebleu.CHRF(word_order=2), sacrebleu.CHRF(), sacrebleu.BLEU()
    scores = Scores(
        package=name,
        dataset=dataset,
        segments=len(segments),
        chrfpp=chrfpp.corpus_score(outputs, references).score,
        chrf=chrf.corpus_score(outputs, references).score,
        bleu=bleu.corpus_score(outputs, references).score,
        terms=None,
        terms_injected=None,
        injected_copied=None,
        numbers=share(hit for s, o in zip(segments, outputs, strict=True) for hit in number_hits(s, o)),
        names=share(n in o for s, o in zip(segments, outputs, strict=True) for n in s.names),
        repetition=sum(has_loop(o) and not has_loop(s.reference) for s, o in zip(segments, outputs, strict=True))
        / len(segments),
        empty=sum(not o.strip() for o in outputs) / len(segments),
        words_per_second=sum(len(s.split()) for s in sources) / seconds,
        chrfpp_injected=None,
        signatures={
            name: str(metric.get_signature()) for name, metric in (("chrF2++", chrfpp), ("chrF", chrf), ("BLEU", bleu))
        },
    )  # fmt: skip
    steered: list[str] = []
    if finder:
        items = [inject_terms(s, finder) for s in segments]
        steered = translator.translate([i.source for i in items])
        pairs = list(zip(items, outputs, steered, strict=True))
        scores.terms = share(has_term(o, f) for i, o, _ in pairs for f in i.expected)
        scores.terms_injected = share(has_term(t, f) for i, _, t in pairs for f in i.expected)
        scores.injected_copied = share(has_term(t, [link.phrase]) for i, _, t in pairs for link in i.links)
        scores.chrfpp_injected = chrfpp.corpus_score(steered, references).score
    return scores, outputs, steered


def evaluate(
    packages: dict[str, Path],
    sets: dict[str, list[Segment]],
    glossary: Path,
    out: Path | None = None,
    plain: frozenset[str] = frozenset(),
) -> list[Scores]:
    """Measure every package on every set, those of ``plain`` without glossary terms.

    With ``out``, outputs and scores are written there.
    """
    finder = augment.TermFinder(read_glossary(glossary))
    results = []
    for name, package in packages.items():
        with unpacked(package) as folder:
            translator = PackageTranslator(folder)
            for dataset, segments in sets.items():
                terms = None if dataset in plain else finder
                scores, outputs, steered = measure(name, dataset, translator, segments, terms)
                results.append(scores)
                if out:
                    write_outputs(out / f"{name}-{dataset}.txt", segments, outputs, steered)
    if out:
        (out / "scores.json").write_text(json.dumps([asdict(s) for s in results], indent=1), encoding="utf-8")
    return results


def write_outputs(path: Path, segments: list[Segment], plain: list[str], steered: list[str]) -> None:
    """Source, reference and outputs one under the other, to be read line by line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = [
        f"VI  {s.source}\nREF {s.reference}\nMT  {p}\n" + (f"INJ {t}\n" if t else "")
        for s, p, t in zip(segments, plain, steered or [""] * len(plain), strict=True)
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")


# --- table ------------------------------------------------------------------------


def percent(value: float | None) -> str:
    """A share as a percentage, a dash for nothing."""
    return "–" if value is None else f"{100 * value:.1f}%"


def table(results: Sequence[Scores]) -> str:
    """The scores as a Markdown table, with sacrebleu's signatures below."""
    head = (
        "set", "package", "segments", "chrF2++", "chrF", "BLEU", "terms", "terms, injected", "injected terms copied",
        "chrF2++, injected", "numbers", "names", "loops", "empty", "words/s",
    )  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for s in sorted(results, key=lambda r: r.dataset):
        injected = "–" if s.chrfpp_injected is None else f"{s.chrfpp_injected:.1f}"
        cells = [
            s.dataset, s.package, str(s.segments), f"{s.chrfpp:.1f}", f"{s.chrf:.1f}", f"{s.bleu:.1f}",
            percent(s.terms), percent(s.terms_injected), percent(s.injected_copied), injected, percent(s.numbers),
            percent(s.names), percent(s.repetition), percent(s.empty), f"{s.words_per_second:.0f}",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    signatures = results[0].signatures if results else {}
    return "\n".join([*lines, "", *(f"- {k}: `{v}`" for k, v in signatures.items())]) + "\n"


TABLE_START, TABLE_END = "<!-- measured -->\n", "<!-- /measured -->"


def put_table(card: str, text: str) -> str:
    """A model card with its table of measurements replaced."""
    before, _, rest = card.partition(TABLE_START)
    _, end, after = rest.partition(TABLE_END)
    if not end:
        raise ValueError(f"the model card has no place for the table ({TABLE_START.strip()} … {TABLE_END})")
    return f"{before}{TABLE_START}\n{text}\n{TABLE_END}{after}"
