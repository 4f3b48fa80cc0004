"""The training loop: rounds of encoded text in, checkpoints and a log out.

Resumable at any time (``last.pt`` holds model, average, optimiser, step and
schedule). The learning rate follows the time spent, so a run ends when it was
told to, however fast the machine is. The next round of text is prepared by a
process of its own while the current one is trained on.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sacrebleu
import sentencepiece as spm
import torch
from torch import Tensor

from training import augment, corpus, evaluate
from training.align import piece_table
from training.convert import convert
from training.model import CopyGuide, ModelConfig, SampledLoss, Translator, grow_from
from training.muon import Muon
from training.names import NameMaker
from training.prepare import Encoded, Recipe, prepare_round


@dataclass
class TrainSettings:
    """Everything a run depends on besides its data."""

    run: Path
    spm: Path
    recipe: Recipe
    minutes: float = 90
    init: Path | None = None
    model: ModelConfig = field(default_factory=ModelConfig)
    rate: float = 8e-4
    warmup: int = 200
    batch_pieces: int = 5000
    samples: int = 1200
    full_share: float = 0.15
    smoothing: float = 0.1
    guide: float = 0.3
    align_pairs: int = 30_000
    align_pieces: int = 90
    average: float = 0.9985
    seed: int = 1
    threads: int = 2
    save_minutes: float = 6
    log_steps: int = 25
    keep: int = 6
    dev: tuple[Path, ...] = ()
    chrf_segments: int = 60


Batch = tuple[Tensor, Tensor]


def optimizers(model: Translator, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for the layers' matrices, AdamW for the embedding, norms and biases."""
    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and name != "emb.weight"]
    others = [p for name, p in model.named_parameters() if p.ndim != 2 or name == "emb.weight"]
    return [
        Muon(matrices, lr=rate),
        torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.01, fused=True),
    ]


class Training:
    """A run: model, optimiser, average and where it stands."""

    def __init__(self, settings: TrainSettings) -> None:
        self.settings = settings
        settings.run.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(settings.threads)
        torch.set_flush_denormal(True)
        torch.manual_seed(settings.seed)
        self.rng = random.Random(settings.seed)
        self.processor = spm.SentencePieceProcessor(model_file=str(settings.spm))
        self.bos, self.eos, self.pad = (
            self.processor.bos_id(), self.processor.eos_id(), self.processor.pad_id(),
        )  # fmt: skip
        self.model = Translator(settings.model)
        self.guide = CopyGuide([self.processor.id_to_piece(i) for i in range(settings.model.vocab)])
        self.guide_losses: list[float] = []
        self.step, self.round, self.seconds = 0, 0, 0.0
        saved = self._load()
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.optimizers = optimizers(self.model, settings.rate)
        if saved:
            self._restore(saved)
            # A resumed run shuffles anew instead of repeating its first batches.
            self.rng.seed(settings.seed * 1_000_003 + self.step)
        self.dev = self._dev_set()

    # --- state ------------------------------------------------------------------

    def _load(self) -> dict[str, Any] | None:
        """The run's own last checkpoint, or the weights it starts from."""
        last = self.settings.run / "last.pt"
        if last.exists():
            saved: dict[str, Any] = torch.load(last, weights_only=False)
            if missing := {"model", "average", "optimizers", "step", "round", "seconds"} - saved.keys():
                raise ValueError(
                    f"{last} is of another version (it lacks {', '.join(sorted(missing))}): "
                    f"give another --run, with --init {last} to go on from its weights"
                )
            self.model.load_state_dict(saved["model"])
            return saved
        if self.settings.init:
            state = torch.load(self.settings.init, weights_only=False)["model"]
            grown = grow_from(self.model, state)
            self.log(event="init", checkpoint=str(self.settings.init), new_parameters=len(grown))
        return None

    def _restore(self, saved: dict[str, Any]) -> None:
        with torch.no_grad():
            for mine, value in zip(self.average, saved["average"], strict=True):
                mine.copy_(value)
        for optimizer, state in zip(self.optimizers, saved["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        self.step, self.round, self.seconds = saved["step"], saved["round"], saved["seconds"]
        self.log(event="resumed")

    def save(self) -> Path:
        """Write ``last.pt`` and a small half-precision checkpoint of the average."""
        state = {
            "model": self.model.state_dict(), "average": self.average,
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step, "round": self.round, "seconds": self.seconds, "config": self.settings.model.as_dict(),
        }  # fmt: skip
        part = self.settings.run / "last.part"
        torch.save(state, part)
        part.replace(self.settings.run / "last.pt")
        path = self.settings.run / f"average-{self.step:06}.pt"
        names = [name for name, _ in self.model.named_parameters()]
        half = {name: value.half() for name, value in zip(names, self.average, strict=True)}
        torch.save({"model": half, "step": self.step, "config": self.settings.model.as_dict()}, path)
        for old in sorted(self.settings.run.glob("average-*.pt"))[: -self.settings.keep]:
            old.unlink()
        return path

    def log(self, **values: Any) -> None:
        """One line of the run's log (JSON) and of the progress display."""
        record = {"step": self.step, "minutes": round(self.seconds / 60, 2), **values}
        with (self.settings.run / "log.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(record) + "\n")
        print(" ".join(f"{k}={v:.4g}" if isinstance(v, float) else f"{k}={v}" for k, v in record.items()), flush=True)

    # --- data -------------------------------------------------------------------

    def _round_path(self, number: int) -> Path:
        return self.settings.run / f"round-{number:03}.npz"

    def _alignments(self, data: Encoded) -> Tensor:
        """The table of piece alignments, made once from a round of the run."""
        path = self.settings.run / "alignments.npy"
        if not path.exists():
            chosen = [i for i in range(len(data)) if sum(map(len, data.pair(i))) <= self.settings.align_pieces]
            self.rng.shuffle(chosen)
            pairs = [data.pair(i) for i in chosen[: self.settings.align_pairs]]
            np.save(path, piece_table(pairs, self.settings.model.vocab))
        return torch.from_numpy(np.load(path))

    def _prepare(self, number: int) -> multiprocessing.process.BaseProcess | None:
        """Start a process that prepares a round, unless it is there."""
        path = self._round_path(number)
        if path.exists():
            return None
        s = self.settings
        process = multiprocessing.get_context("spawn").Process(
            target=prepare_round, args=(s.recipe, s.spm, path, s.seed * 1000 + number, s.run / "aligner.pickle", 2000)
        )
        process.start()
        return process

    def _dev_set(self) -> list[tuple[list[int], list[int]]]:
        """Held-out pairs with filled slots, for the loss during training."""
        folder = self.settings.recipe.corpus
        rng = random.Random(11)
        names = NameMaker(self.settings.recipe.hanviet, rng)
        pairs = corpus.read_corpus(folder, held_out=True) or corpus.read_corpus(folder)[-200:]
        texts = [augment.fill_slots((p.source, p.target), names, rng, 0) for p in pairs]
        rng.shuffle(texts)
        return [(self.processor.encode(v)[:250], self.processor.encode(e)[:250]) for v, e in texts[:240]]

    def _tensors(self, rows: list[tuple[Any, Any]]) -> Batch:
        """Padded tensors, lengths rounded up so that kernels are used again."""
        longest = [max(len(side) for side in sides) for sides in zip(*rows, strict=True)]
        widths = [-(-(n + 1) // 8) * 8 for n in longest]
        source = torch.full((len(rows), widths[0]), self.pad)
        target = torch.full((len(rows), widths[1] + 1), self.pad)
        for i, (s, t) in enumerate(rows):
            source[i, : len(s) + 1] = torch.tensor([*s, self.eos])
            target[i, : len(t) + 2] = torch.tensor([self.bos, *t, self.eos])
        return source, target

    def batches(self, data: Encoded) -> Iterator[Batch]:
        """Batches of about ``batch_pieces`` a side, of pairs of like lengths, shuffled."""
        lengths = [(int(a), int(b)) for a, b in zip(
            data.source_start[1:] - data.source_start[:-1], data.target_start[1:] - data.target_start[:-1], strict=True,
        )]  # fmt: skip
        order = sorted(range(len(data)), key=lambda i: (lengths[i][0] // 8, lengths[i][1], self.rng.random()))
        groups: list[list[int]] = [[]]
        widest = [0, 0]
        for i in order:
            grown = [max(w, -(-(n + 1) // 8) * 8) for w, n in zip(widest, lengths[i], strict=True)]
            if groups[-1] and sum(grown) * (len(groups[-1]) + 1) > 2 * self.settings.batch_pieces:
                groups.append([])
                grown = [-(-(n + 1) // 8) * 8 for n in lengths[i]]
            groups[-1].append(i)
            widest = grown
        self.rng.shuffle(groups)
        for group in groups:
            yield self._tensors([data.pair(i) for i in group])

    # --- training -----------------------------------------------------------------

    def rate(self) -> float:
        """The learning rate now: warm-up by steps, then in a straight line to nothing over the time."""
        left = max(0.01, 1 - self.seconds / (self.settings.minutes * 60))
        return self.settings.rate * min(1.0, (self.step + 1) / self.settings.warmup) * left

    def update(self, batch: Batch) -> float:
        """One update; returns its loss."""
        s = self.settings
        source, target = batch
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = self.rate()
        # The last part runs over the whole vocabulary, to calibrate rare pieces.
        samples = s.samples if self.seconds < (1 - s.full_share) * s.minutes * 60 else 0
        states = self.model(source, target[:, :-1]).float().reshape(-1, s.model.width)
        labels = target[:, 1:].reshape(-1)
        loss = SampledLoss.of(states, self.model.emb.weight, labels, s.smoothing, self.pad, samples)
        self.model.zero_grad(set_to_none=True)
        attention = self.model.copy_attention
        if s.guide and attention is not None:
            guide = self.guide.loss(attention, source, target[:, 1:])
            self.guide_losses.append(float(guide.detach()))
            torch.autograd.backward(loss + s.guide * guide)
        else:
            torch.autograd.backward(loss)
        self._clip()
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        decay = min(s.average, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            torch._foreach_mul_(self.average, decay)
            torch._foreach_add_(self.average, list(self.model.parameters()), alpha=1 - decay)
        return float(loss.item())

    @torch.no_grad()
    def _clip(self) -> None:
        """Scale the gradients down to norm 1, only when they exceed it."""
        grads = [p.grad for p in self.model.parameters() if p.grad is not None]
        norm = float(torch.stack(torch._foreach_norm(grads)).norm())
        if norm > 1.0:
            torch._foreach_mul_(grads, 1.0 / norm)

    @torch.no_grad()
    def dev_loss(self) -> float:
        """Mean loss per piece of the averaged model on held-out pairs."""
        self.model.eval()
        backup = [p.detach().clone() for p in self.model.parameters()]
        torch._foreach_copy_(list(self.model.parameters()), self.average)
        total, count = 0.0, 0
        rows = sorted(self.dev, key=lambda r: len(r[0]))
        for start in range(0, len(rows), 32):
            source, target = self._tensors(rows[start : start + 32])
            states = self.model(source, target[:, :-1]).float().reshape(-1, self.settings.model.width)
            labels = target[:, 1:].reshape(-1)
            n = int((labels != self.pad).sum())
            total += n * float(SampledLoss.of(states, self.model.emb.weight, labels, 0.0, self.pad, 0))
            count += n
        torch._foreach_copy_(list(self.model.parameters()), backup)
        self.model.train()
        return total / max(1, count)

    def chrf(self, checkpoint: Path) -> dict[str, float]:
        """chrF of a checkpoint on the beginning of each set, by greedy search."""
        count = self.settings.chrf_segments
        recipe = self.settings.recipe
        sets = evaluate.held_out_sets(recipe.corpus, recipe.hanviet)
        sets |= {prefix.name: evaluate.public_set(prefix) for prefix in self.settings.dev}
        sets = {name: segments[:count] for name, segments in sets.items()}
        if not count or not any(sets.values()):
            return {}
        with tempfile.TemporaryDirectory() as folder:
            translator = evaluate.PackageTranslator(
                convert(checkpoint, self.settings.spm, Path(folder)), self.settings.threads, beam=1
            )
            scores = {}
            for name, segments in sets.items():
                if segments:
                    outputs = translator.translate([s.source for s in segments])
                    reference = [[s.reference for s in segments]]
                    scores[f"chrf_{name}"] = sacrebleu.corpus_chrf(outputs, reference).score
        return scores

    def run(self) -> Path:
        """Train until the time is spent; returns the last averaged checkpoint."""
        s = self.settings
        pending = self._prepare(self.round)
        self.model.train()
        limit, saved, last = s.minutes * 60, self.seconds, time.monotonic()
        losses: list[float] = []
        pieces, since = 0, self.seconds
        self.save()
        self.log(event="start", dev_loss=self.dev_loss())
        while self.seconds < limit:
            if pending:
                pending.join()
            data = Encoded.load(self._round_path(self.round))
            if s.guide and self.guide.table is None:
                self.guide.table = self._alignments(data)
            pending = self._prepare(self.round + 1)
            last = time.monotonic()
            for batch in self.batches(data):
                losses.append(self.update(batch))
                pieces += sum(int((side != self.pad).sum()) for side in batch)
                now = time.monotonic()
                self.seconds, last = self.seconds + now - last, now
                if self.step % s.log_steps == 0:
                    speed = pieces / max(1e-6, self.seconds - since)
                    self.log(
                        round=self.round,
                        loss=sum(losses) / len(losses),
                        rate=self.rate(),
                        pieces_per_second=speed,
                        copy_loss=sum(self.guide_losses) / max(1, len(self.guide_losses)),
                    )
                    self.guide_losses = []
                    losses, pieces, since = [], 0, self.seconds
                if self.seconds - saved > s.save_minutes * 60 or self.seconds >= limit:
                    saved = self.seconds
                    path = self.save()
                    self.log(event="saved", dev_loss=self.dev_loss(), **self.chrf(path))
                    last = time.monotonic()
                if self.seconds >= limit:
                    break
            else:
                self.round += 1
                old = self._round_path(self.round - 2)
                old.unlink(missing_ok=True)
        if pending and pending.is_alive():
            pending.terminate()
        return sorted(s.run.glob("average-*.pt"))[-1]


SPEED_ENVIRONMENT = {
    "MALLOC_MMAP_THRESHOLD_": "8589934592",
    "MALLOC_TRIM_THRESHOLD_": "8589934592",
    "MALLOC_TOP_PAD_": "268435456",
    "GOMP_SPINCOUNT": "20000",
}


def train(settings: TrainSettings) -> Path:
    """Run the training; starts itself again when malloc is not set up for speed."""
    return Training(settings).run()


def ensure_speed(argv: list[str]) -> None:
    """Restart this command with the memory settings that avoid page faults."""
    if all(os.environ.get(k) == v for k, v in SPEED_ENVIRONMENT.items()):
        return
    os.environ.update(SPEED_ENVIRONMENT)
    os.execv(sys.executable, [sys.executable, "-m", "training", *argv])
