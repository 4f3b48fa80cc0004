"""Engines: what turns Vietnamese sentences into English ones. The one shipped is Argos Translate."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from workbench.machine.models import Model, Steering, package

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BEAM = 4
# Second tries are many and need not be the best of all: half the beam, half the time.
_SECOND_BEAM = 2
_NO_LOOP = 4
_BATCH_TOKENS = 1024
_LONGEST_OUTPUT = 250
# Above this many source pieces a neural model of this size loops or drops clauses; it was
# trained on sentences of up to 180 (models/MODEL_CARD.md).
MAX_PIECES = 160


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One English candidate with what the decoder looked at while writing it.

    ``attention[i, j]``: the weight of source piece ``j`` when target piece ``i`` was written;
    ``source_spans`` and ``target_spans``: the pieces as code point offsets into source and ``text``.
    """

    text: str
    score: float
    attention: NDArray[np.float32]
    source_spans: list[tuple[int, int]]
    target_spans: list[tuple[int, int]]


class Engine(Protocol):
    """An engine as the workbench uses it."""

    name: str
    model: str
    steering: Steering

    def translate(self, sentences: Sequence[str]) -> list[list[Hypothesis]]:
        """For each sentence, in order, what the beam ended with, best first; all in one batch."""

    def complete(self, begun: Sequence[tuple[str, str]], *, no_loops: bool = False) -> list[Hypothesis]:
        """For each (Vietnamese, beginning of the English) the best English that begins so.

        ``no_loops``: no four pieces in a row may come again, for a sentence in which the engine loops.
        """

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Hypothesis]:
        """What the engine looks at while it is made to write each given (Vietnamese, English)."""

    def pieces(self, sentence: str) -> int:
        """How long the sentence is for the engine (model units)."""


class ArgosEngine:
    """An Argos Translate package, decoded by CTranslate2 on all cores.

    Sentences go in as they are: Argos' own splitter would download a model and merge segments.
    """

    name = "argos"

    def __init__(self, model: Model) -> None:
        import ctranslate2

        argos = package(model)
        self.model = model.name
        self.steering = model.steering
        self._processor = argos.tokenizer.lazy_processor()
        self._translator = ctranslate2.Translator(
            str(argos.package_path / "model"), compute_type="int8", intra_threads=os.cpu_count() or 1
        )

    def pieces(self, sentence: str) -> int:
        return len(self._processor.encode(sentence))

    def translate(self, sentences: Sequence[str]) -> list[list[Hypothesis]]:
        return self._decoded([(s, "") for s in sentences], beam=_BEAM)

    def complete(self, begun: Sequence[tuple[str, str]], *, no_loops: bool = False) -> list[Hypothesis]:
        return [best for best, *_ in self._decoded(begun, beam=_SECOND_BEAM, no_loops=no_loops)]

    def _decoded(
        self, begun: Sequence[tuple[str, str]], *, beam: int, no_loops: bool = False
    ) -> list[list[Hypothesis]]:
        if not begun:
            return []
        encoded = [self._processor.encode(source, return_type="offset_mapping") for source, _ in begun]
        prefixes = [self._processor.encode(prefix, out_type=str) if prefix else None for _, prefix in begun]
        results = self._translator.translate_batch(
            [e["pieces"] for e in encoded],
            target_prefix=prefixes if any(prefixes) else None,
            beam_size=beam,
            num_hypotheses=beam,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=_LONGEST_OUTPUT,
            no_repeat_ngram_size=_NO_LOOP if no_loops else 0,
            return_attention=True,
            return_scores=True,
        )
        return [
            [self._hypothesis(e["offsets"], *found) for found in zip(r.hypotheses, r.scores, r.attention, strict=True)]
            for e, r in zip(encoded, results, strict=True)
        ]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Hypothesis]:
        if not pairs:
            return []
        encoded = [self._processor.encode(source, return_type="offset_mapping") for source, _ in pairs]
        targets = [self._processor.encode(target, out_type=str)[:_LONGEST_OUTPUT] for _, target in pairs]
        results = [
            # One by one: a batch pads shorter prefixes by going on with text of its own.
            self._translator.translate_batch(
                [e["pieces"]],
                target_prefix=[target],
                beam_size=1,
                return_attention=True,
                return_scores=True,
                max_decoding_length=max(1, len(target)),
            )[0]
            for e, target in zip(encoded, targets, strict=True)
        ]
        return [
            self._hypothesis(e["offsets"], target, r.scores[0], r.attention[0][: len(target)])
            for e, target, r in zip(encoded, targets, results, strict=True)
        ]

    def _hypothesis(
        self, source_spans: list[tuple[int, int]], tokens: list[str], score: float, attention: list[list[float]]
    ) -> Hypothesis:
        import numpy as np

        decoded = self._processor.decode(tokens, return_type="offset_mapping")
        if tokens:
            weights = np.asarray(attention, dtype=np.float32).reshape(len(tokens), -1)[:, : len(source_spans)]
        else:
            weights = np.zeros((0, len(source_spans)), dtype=np.float32)
        return Hypothesis(decoded["text"], score, weights, source_spans, decoded["offsets"])
