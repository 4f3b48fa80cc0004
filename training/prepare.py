"""One round of training text: corpus and public sets, augmented and encoded.

Training reads a new round every few hundred updates, so that names, numbers
and injected English never repeat. A round depends on its seed and the corpus
files alone.
"""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import sentencepiece as spm

from training import augment, figures, swap
from training.align import Aligner, Link
from training.augment import Noise, Text
from training.corpus import (
    PUBLIC_TRAINING,
    Pair,
    read_countries,
    read_glossary,
    read_public,
    read_topic_terms,
    read_training,
    right_way,
)
from training.names import NameMaker

ROOT = Path(__file__).resolve().parent.parent
DATELINE = re.compile(r"^[^.]{3,40}? [–-] ")


@dataclass
class Recipe:
    """What a round is made of; shares and counts."""

    corpus: Path = ROOT / "training" / "corpus"
    public: Path | None = None
    glossary: Path = ROOT / "glossary"
    hanviet: Path = ROOT / "training" / "hanviet.tsv"
    own_copies: int = 2
    phrase_share: float = 0.5
    public_shares: dict[str, float] = field(
        default_factory=lambda: {"indomain-news-train": 0.6, "wiki-alt-data": 0.5, "basic-data": 0.25}
    )
    injected: float = 0.9
    injected_public: float = 0.45
    numbers: float = 0.6
    swapped_terms: float = 0.5
    joined: float = 0.12
    lists: int = 2400
    relations: int = 1500
    copies: int = 6000
    figures: int = 8000
    figure_after: float = 0.06
    dateline: float = 0.03
    sampling: float = 0.05
    max_pieces: int = 250
    noise: Noise = field(default_factory=Noise)


@dataclass
class Encoded:
    """Encoded pairs, flat: the ids of all sides and where each begins."""

    source: npt.NDArray[np.uint16]
    source_start: npt.NDArray[np.int64]
    target: npt.NDArray[np.uint16]
    target_start: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.source_start) - 1

    def pair(self, index: int) -> tuple[list[int], list[int]]:
        """The ids of one pair, without sentence marks."""
        s, t = self.source_start, self.target_start
        return self.source[s[index] : s[index + 1]].tolist(), self.target[t[index] : t[index + 1]].tolist()

    def save(self, path: Path) -> None:
        """Write the arrays to a file, in one move."""
        part = path.with_suffix(".part.npz")
        np.savez(part, s=self.source, si=self.source_start, t=self.target, ti=self.target_start)
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> Encoded:
        """Read what ``save`` wrote."""
        with np.load(path) as arrays:
            return cls(arrays["s"], arrays["si"], arrays["t"], arrays["ti"])


class Preparer:
    """Makes rounds of training text from a recipe."""

    def __init__(self, recipe: Recipe, seed: int, aligner_cache: Path | None = None) -> None:
        self.recipe = recipe
        self.rng = random.Random(seed)
        self.names = NameMaker(recipe.hanviet, self.rng)
        self.own = read_training(recipe.corpus)
        self.public = {
            name: [right_way(pair) for pair in read_public(recipe.public, name)]
            for name in PUBLIC_TRAINING
            if recipe.public and recipe.public_shares.get(name)
        }
        glossary = read_glossary(recipe.glossary)
        self.terms = augment.TermFinder([*glossary, *read_topic_terms(recipe.corpus)])
        self.glossary = glossary
        self.countries = read_countries()
        self.term_swapper = swap.TermSwapper(glossary, self.terms)
        self.aligner = self._aligner(aligner_cache)

    def _aligner(self, cache: Path | None) -> Aligner:
        """The word aligner, trained once and kept (new pairs use the same table)."""
        if cache and cache.exists():
            with cache.open("rb") as stream:
                loaded = pickle.load(stream)
            assert isinstance(loaded, Aligner)
            return loaded
        pairs = [(p.source, p.target) for p in self.own]
        for rows in self.public.values():
            pairs += [(p.source, p.target) for p in rows]
        aligner = Aligner(pairs)
        if cache:
            with cache.open("wb") as stream:
                pickle.dump(aligner, stream, protocol=5)
        return aligner

    # --- single pairs ---------------------------------------------------------

    def _inject(self, text: Text, share: float) -> Text:
        if self.rng.random() >= share:
            return text
        terms = self.terms.links(*text)
        phrases: list[Link] = self.aligner.links(*text) if self.rng.random() < 0.6 or not terms else []
        return augment.inject(text, terms, phrases, self.rng) if terms or phrases else text

    def own_text(self, pair: Pair) -> Text:
        """A pair of the project's corpus with new names, numbers and injections."""
        text = pair.source, pair.target
        if self.rng.random() < self.recipe.swapped_terms:
            text = self.term_swapper.swap(text, self.rng, share=0.6)
        text = self._inject(text, self.recipe.injected)
        if self.rng.random() < self.recipe.numbers:
            text = swap.swap_numbers(text, self.rng)
        text = augment.fill_slots(text, self.names, self.rng)
        return augment.add_noise(text, self.rng, self.recipe.noise)

    def public_text(self, pair: Pair) -> Text:
        """A pair of a public set, with names and numbers changed now and then."""
        text = self._inject((pair.source, pair.target), self.recipe.injected_public)
        text = swap.plain_names(swap.swap_names(text, self.names, self.rng), self.rng)
        if self.rng.random() < self.recipe.numbers:
            text = swap.swap_numbers(text, self.rng)
        return augment.add_noise(text, self.rng, self.recipe.noise)

    # --- a round ----------------------------------------------------------------

    def _own_rows(self) -> Iterator[Text]:
        for pair in self.own:
            phrase = pair.topic.startswith("phrases")
            for _ in range(self.recipe.own_copies):
                if not phrase or self.rng.random() < self.recipe.phrase_share:
                    yield self._framed(self.own_text(pair))

    def _framed(self, text: Text) -> Text:
        """A sentence, now and then with the dateline of an article before it or figures in brackets after it."""
        whole = text[1].endswith(".") and not DATELINE.search(text[1])
        if whole and self.rng.random() < self.recipe.dateline:
            return augment.dateline(text, self._place(), self.rng)
        return figures.beside(text, self.rng) if whole and self.rng.random() < self.recipe.figure_after else text

    def _public_rows(self) -> Iterator[Text]:
        for name, rows in self.public.items():
            for pair in rows:
                if self.rng.random() < self.recipe.public_shares[name]:
                    yield self.public_text(pair)

    def _joined_rows(self) -> Iterator[Text]:
        """Neighbouring sentences of a document as one segment, up to about 150 words."""
        sentences = [p for p in self.own if not p.topic.startswith("phrases")]
        for _ in range(int(len(sentences) * self.recipe.joined)):
            start = self.rng.randrange(max(1, len(sentences) - 1))
            limit = self.rng.choice([50, 80, 110, 150])
            chosen: list[Pair] = []
            for pair in sentences[start : start + 6]:
                size = sum(len(p.source.split()) for p in [*chosen, pair])
                if chosen and (pair.file != chosen[0].file or size > limit):
                    break
                chosen.append(pair)
            if len(chosen) > 1:
                texts = [self.own_text(p) for p in chosen]
                yield augment.join(texts, self.rng, self.recipe.noise)

    def _list_rows(self) -> Iterator[Text]:
        """Enumerations of phrases, names, places, terms or compounds of one word."""
        phrases = [p for p in self.own if p.topic.startswith("phrases") and len(p.source.split()) < 9]
        for _ in range(self.recipe.lists):
            count = self.rng.choice([2, 3, 3, 4, 5, 6, 8, 10, 14, 20])
            kind = self.rng.random()
            if kind < 0.2:
                items = augment.compounds(self.rng)
            elif phrases and kind < 0.6:
                items = [self.own_text(p) for p in self.rng.sample(phrases, min(count, len(phrases)))]
                items = [(v.rstrip("."), e.rstrip(".")) for v, e in items]
            else:
                items = [self._item() for _ in range(count)]
            yield augment.enumeration(items, self.rng) if len(items) > 1 else items[0]

    def _item(self) -> Text:
        """A name, a place, or a term of the glossary, mostly in English as the workbench puts it there."""
        kind = self.rng.choice(["VN", "CN", "FN", "place"] + ["term"] * (3 if self.glossary else 0))
        if kind == "place":
            return self._place()
        if kind == "term":
            term = self.rng.choice(self.glossary)
            return term.target if self.rng.random() < 0.7 else term.source, term.target
        return self.names.make(kind)

    def _place(self) -> Text:
        """A Vietnamese province or city, or a country."""
        return self.rng.choice(self.countries) if self.rng.random() < 0.5 else self.names.place()

    def _country(self) -> Text:
        """A country, mostly in English as the workbench puts it there."""
        source, target = self.rng.choice(self.countries)
        return target if self.rng.random() < 0.7 else source, target

    def _relation_rows(self) -> Iterator[Text]:
        """Two countries and what lies between them, Vietnam mostly the first."""
        for _ in range(self.recipe.relations if self.own else 0):
            left = ("Việt Nam", "Vietnam") if self.rng.random() < 0.7 else self._country()
            yield augment.relation(left, self._country(), self.rng)

    def _copy_rows(self) -> Iterator[Text]:
        """English to English: sentences as they are, and random words, names and numbers.

        Pure copying is what a small model learns last; these rows teach it early
        (Currey et al. 2017, "Copied Monolingual Data Improves Low-Resource NMT").
        """
        texts = [p.target for p in self.own if "{" not in p.target]
        texts += [p.target for rows in self.public.values() for p in rows]
        for _ in range(self.recipe.copies if texts else 0):
            words = self.rng.choice(texts).split()
            if self.rng.random() < 0.35:
                text = " ".join(words[:25])
            else:
                words = self.rng.sample(words, min(len(words), self.rng.randint(1, 8)))
                for _ in range(self.rng.randint(1, 4)):
                    words.insert(self.rng.randint(0, len(words)), self._token())
                text = " ".join(words)
            yield text, text

    def _token(self) -> str:
        """A name, a number or a code, as English writes it."""
        kind = self.rng.random()
        if kind < 0.6:
            return self.names.make(self.rng.choice(["VN", "CN", "FN"]))[1]
        if kind < 0.95:
            number = self.rng.randint(1, 10 ** self.rng.randint(1, 7))
            return augment.group_digits(number, self.rng.choice(["", ","]))
        return augment.code(self.rng)

    def _figure_rows(self) -> Iterator[Text]:
        """Dates, amounts and ordinals in their phrases."""
        for _ in range(self.recipe.figures if self.own else 0):
            yield augment.add_noise(figures.phrase(self.rng), self.rng, self.recipe.noise)

    def rows(self) -> list[Text]:
        """All rows of a round in random order."""
        rows = [
            *self._own_rows(), *self._public_rows(), *self._joined_rows(), *self._list_rows(),
            *self._relation_rows(), *self._copy_rows(), *self._figure_rows(),
        ]  # fmt: skip
        self.rng.shuffle(rows)
        return rows

    def encode(self, rows: list[Text], processor: spm.SentencePieceProcessor) -> Encoded:
        """The rows as pieces; a small share of sources is segmented at random."""
        sources, targets = [], []
        for source, target in rows:
            # Random segmentation would part injected English from its copy: keep it rare.
            sample = self.rng.random() < self.recipe.sampling
            s = processor.encode(source, enable_sampling=sample, alpha=0.3, nbest_size=-1)
            t = processor.encode(target)
            shortest, longest = sorted((len(s), len(t)))
            if shortest and longest <= min(self.recipe.max_pieces, 3 * shortest + 8):
                sources.append(s)
                targets.append(t)
        return Encoded(*_flat(sources), *_flat(targets))


def _flat(rows: list[list[int]]) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int64]]:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(r) for r in rows], out=starts[1:])
    return np.array([i for r in rows for i in r], dtype=np.uint16), starts


def prepare_round(
    recipe: Recipe, spm_path: Path, out: Path, seed: int, aligner_cache: Path | None = None, preview: int = 0
) -> int:
    """Write one encoded round; returns its number of pairs."""
    preparer = Preparer(recipe, seed, aligner_cache)
    rows = preparer.rows()
    if preview:
        sample = "\n".join(f"{v}\n  → {e}" for v, e in rows[:preview])
        out.with_suffix(".txt").write_text(sample + "\n", encoding="utf-8")
    processor = spm.SentencePieceProcessor(model_file=str(spm_path))
    encoded = preparer.encode(rows, processor)
    encoded.save(out)
    return len(encoded)
