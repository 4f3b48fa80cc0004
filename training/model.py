"""The transformer, written for training on a CPU, best one with AMX.

A pre-norm encoder–decoder with tied embeddings and sinusoidal positions, the
layout that CTranslate2's ``TransformerSpec`` runs without change. What makes
it fast on a CPU: bf16 matrix products (where it has them) with explicit casts, dropout masks cut
from a pool drawn once, plain attention instead of the flash kernel (whose
backward pass is slow at these lengths), and an output loss that never keeps
the logits and normalises over a sampled part of the vocabulary.
"""

from __future__ import annotations

import math
import random
from dataclasses import asdict, dataclass
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.names import strip_marks


def product_type() -> torch.dtype:
    """The type of matrix products: bf16 where the processor multiplies in it, else float32.

    Emulated, bf16 is 70 times slower than float32 (EXPERIMENTS.md, 18).
    """
    can = torch.cpu.get_capabilities()
    return torch.bfloat16 if can.get("amx_bf16") or can.get("avx512_bf16") else torch.float32


PRODUCT = product_type()
MASKED = -1e4
MAX_POSITIONS = 512


@dataclass(frozen=True)
class ModelConfig:
    """Sizes of a model; all that is needed to build it again."""

    vocab: int = 9000
    width: int = 256
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 3
    dropout: float = 0.05
    pad: int = 3

    def as_dict(self) -> dict[str, Any]:
        """The configuration as plain data, for checkpoints."""
        return asdict(self)


class DropoutPool:
    """Dropout masks as slices of one tensor drawn once (drawing anew costs 26%)."""

    def __init__(self, rate: float, size: int = 1 << 24) -> None:
        self.rate = rate
        self.size = size
        self._pool: Tensor | None = None

    def __call__(self, x: Tensor, training: bool) -> Tensor:
        """``x`` with dropout when ``training``, else unchanged."""
        if not training or self.rate <= 0:
            return x
        if self._pool is None:
            keep = torch.rand(self.size) >= self.rate
            self._pool = keep.to(PRODUCT) / (1 - self.rate)
        n = x.numel()
        if n > self.size:
            return F.dropout(x, self.rate, True)
        start = random.randrange(self.size - n + 1)
        return x * self._pool[start : start + n].view(x.shape)


def linear(layer: nn.Linear, x: Tensor) -> Tensor:
    """A linear layer in ``PRODUCT``, whatever the types of its input and weights."""
    return F.linear(x.to(PRODUCT), layer.weight.to(PRODUCT), layer.bias.to(PRODUCT))


class Attention(nn.Module):
    """Multi-head attention by plain matrix products."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.o = nn.Linear(width, width)
        # With ``keep``, the first head's attention is kept for the copy loss.
        self.keep = False
        self.kept: Tensor | None = None

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> Tensor:
        """Attend from ``x`` to ``memory``; ``bias`` is added to the scores."""
        batch, length, width = x.shape
        size = width // self.heads
        q = linear(self.q, x).view(batch, length, self.heads, size).transpose(1, 2)
        kv = linear(self.kv, memory).view(batch, memory.shape[1], 2, self.heads, size)
        k, v = kv.permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * size**-0.5, k.transpose(-1, -2)) + bias
        shares = torch.softmax(scores, -1)
        self.kept = shares[:, 0] if self.keep and self.training else None
        out = torch.matmul(shares, v)
        return linear(self.o, out.transpose(1, 2).reshape(batch, length, width))


class FeedForward(nn.Module):
    """Two linear layers with ReLU between them."""

    def __init__(self, width: int, drop: DropoutPool) -> None:
        super().__init__()
        self.a = nn.Linear(width, 4 * width)
        self.b = nn.Linear(4 * width, width)
        self.drop = drop

    def forward(self, x: Tensor) -> Tensor:
        """Apply the two layers."""
        return linear(self.b, self.drop(F.relu(linear(self.a, x)), self.training))


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each normalised before."""

    def __init__(self, width: int, heads: int, drop: DropoutPool) -> None:
        super().__init__()
        self.n1 = nn.LayerNorm(width)
        self.sa = Attention(width, heads)
        self.n2 = nn.LayerNorm(width)
        self.ff = FeedForward(width, drop)
        self.drop = drop

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """One encoder layer."""
        n = self.n1(x).to(PRODUCT)
        x = x + self.drop(self.sa(n, n, bias), self.training)
        return x + self.drop(self.ff(self.n2(x)), self.training)


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the source, feed-forward."""

    def __init__(self, width: int, heads: int, drop: DropoutPool) -> None:
        super().__init__()
        self.n1 = nn.LayerNorm(width)
        self.sa = Attention(width, heads)
        self.n2 = nn.LayerNorm(width)
        self.ca = Attention(width, heads)
        self.n3 = nn.LayerNorm(width)
        self.ff = FeedForward(width, drop)
        self.drop = drop

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor, causal: Tensor) -> Tensor:
        """One decoder layer."""
        n = self.n1(x).to(PRODUCT)
        x = x + self.drop(self.sa(n, n, causal), self.training)
        x = x + self.drop(self.ca(self.n2(x), memory, bias), self.training)
        return x + self.drop(self.ff(self.n3(x)), self.training)


def sinusoids(length: int, width: int) -> Tensor:
    """Fixed position encodings, sines in the first half, cosines in the second."""
    position = torch.arange(length)[:, None]
    half = width // 2
    scale = torch.exp(torch.arange(half) * -(math.log(10000) / (half - 1)))
    return torch.cat([torch.sin(position * scale), torch.cos(position * scale)], 1)


class Translator(nn.Module):
    """The whole model; parameter names are those of the 0.1 checkpoint."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        drop = DropoutPool(config.dropout)
        width, heads = config.width, config.heads
        self.emb = nn.Embedding(config.vocab, width)
        nn.init.normal_(self.emb.weight, 0, width**-0.5)
        self.enc = nn.ModuleList(EncoderLayer(width, heads, drop) for _ in range(config.encoder_layers))
        self.dec = nn.ModuleList(DecoderLayer(width, heads, drop) for _ in range(config.decoder_layers))
        self.ne = nn.LayerNorm(width)
        self.nd = nn.LayerNorm(width)
        self.drop = drop
        cast(DecoderLayer, self.dec[-1]).ca.keep = True
        self.positions = sinusoids(MAX_POSITIONS, width)

    def embed(self, ids: Tensor) -> Tensor:
        """Scaled embeddings with positions."""
        x = self.emb(ids) * self.config.width**0.5 + self.positions[: ids.shape[1]]
        return self.drop(x, self.training)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Encoder output and the attention bias that hides its padding."""
        hidden = torch.where(source == self.config.pad, MASKED, 0.0)
        bias = hidden.to(PRODUCT)[:, None, None, :]
        x = self.embed(source)
        for layer in self.enc:
            x = layer(x, bias)
        return self.ne(x).to(PRODUCT), bias

    def decode(self, target: Tensor, memory: Tensor, bias: Tensor) -> Tensor:
        """Decoder states (before the output layer) for given target prefixes."""
        length = target.shape[1]
        causal = torch.full((length, length), MASKED, dtype=PRODUCT).triu(1)
        x = self.embed(target)
        for layer in self.dec:
            x = layer(x, memory, bias, causal)
        normed: Tensor = self.nd(x)
        return normed

    @property
    def copy_attention(self) -> Tensor | None:
        """The attention of the head that shall learn to copy (batch, target, source)."""
        return cast(DecoderLayer, self.dec[-1]).ca.kept

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Decoder states for a batch of pairs."""
        return self.decode(target, *self.encode(source))


class SampledLoss(torch.autograd.Function):
    """Label-smoothed cross entropy over a tied output layer.

    Computed in chunks with its gradient, so that the logits are never kept.
    With ``samples`` > 0 the softmax runs over the batch's own target pieces
    plus that many random others, whose logits are raised by log(population /
    samples), which keeps the normaliser's estimate unbiased.
    """

    CHUNK = 512

    @staticmethod
    def forward(
        ctx: Any,
        states: Tensor,
        weight: Tensor,
        target: Tensor,
        smoothing: float,
        pad: int,
        samples: int,
    ) -> Tensor:
        """The mean loss per target piece."""
        keep = (target != pad).nonzero().squeeze(1)
        candidates, bias, local = SampledLoss._candidates(target[keep], weight.shape[0], samples)
        matrix = weight[candidates].to(PRODUCT) if samples else weight.to(PRODUCT)
        size, count = matrix.shape[0], keep.numel()
        grad_states = torch.zeros_like(states)
        grad_matrix = torch.zeros(matrix.shape)
        total = 0.0
        for start in range(0, count, SampledLoss.CHUNK):
            rows = keep[start : start + SampledLoss.CHUNK]
            aim = local[start : start + SampledLoss.CHUNK]
            x = states[rows].to(PRODUCT)
            logits = (x @ matrix.T).float()
            if samples:
                logits += bias
            mean = logits.mean(1)
            log_p = torch.log_softmax(logits, 1)
            index = torch.arange(len(rows))
            picked = log_p[index, aim]
            lse = logits[index, aim] - picked
            total -= ((1 - smoothing) * picked + smoothing * (mean - lse)).sum().item()
            grad = log_p.exp_().sub_(smoothing / size)
            grad[index, aim] -= 1 - smoothing
            grad = (grad / count).to(PRODUCT)
            grad_states[rows] = (grad @ matrix).to(states.dtype)
            grad_matrix += (grad.T @ x).float()
        if samples:
            full = torch.zeros(weight.shape)
            full[candidates] = grad_matrix
            grad_matrix = full
        ctx.save_for_backward(grad_states, grad_matrix)
        return states.new_tensor(total / max(1, count), dtype=torch.float32)

    @staticmethod
    def _candidates(target: Tensor, vocab: int, samples: int) -> tuple[Tensor, Tensor, Tensor]:
        """Candidate pieces, their logit corrections, targets as candidate indices."""
        if not samples:
            return torch.arange(vocab), torch.zeros(vocab), target
        present = torch.unique(target)
        others = torch.ones(vocab, dtype=torch.bool)
        others[present] = False
        rest = others.nonzero().squeeze(1)
        drawn = rest[torch.randperm(len(rest))[:samples]]
        candidates = torch.cat([present, drawn])
        bias = torch.zeros(len(candidates))
        bias[len(present) :] = math.log(len(rest) / max(1, len(drawn)))
        position = torch.zeros(vocab, dtype=torch.long)
        position[present] = torch.arange(len(present))
        return candidates, bias, position[target]

    @classmethod
    def of(cls, states: Tensor, weight: Tensor, target: Tensor, smoothing: float, pad: int, samples: int) -> Tensor:
        """The loss, as a typed call."""
        return cast(Tensor, cls.apply(states, weight, target, smoothing, pad, samples))  # type: ignore[no-untyped-call]

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> tuple[Any, ...]:
        """Gradients were computed on the way forward."""
        grad_states, grad_matrix = ctx.saved_tensors
        return grad_states * grad_output, grad_matrix * grad_output, None, None, None, None


class CopyGuide:
    """A loss that shows one attention head which source piece a target piece comes from.

    Guided alignment (Chen et al. 2016, "Guided Alignment Training for Topic-Aware
    Neural Machine Translation"). Where a target piece stands in the source too,
    as in names, numbers and injected English, that is its aim: pieces of names
    match without their diacritics; a lower-case piece only counts when a
    neighbour matches as well. Elsewhere the aim follows a table of IBM model 1,
    if there is one.
    """

    DOUBT = 0.03

    def __init__(self, pieces: list[str], table: Tensor | None = None) -> None:
        self.table = table
        keys: dict[str, int] = {}
        source, target, capital = [], [], []
        for text in pieces:
            piece = text
            body = piece.removeprefix("▁")
            copyable = piece in ("▁", ".", ",") or any(c.isalnum() for c in body)
            # Decimal and thousands separators change places between the languages.
            piece = "." if piece == "," else piece
            if piece.startswith("<"):
                copyable = False
            loose = body[:1].isupper() or not piece.startswith("▁")
            key = keys.setdefault(strip_marks(piece) if loose else piece, len(keys))
            source.append(key if copyable else -1)
            target.append(key if copyable else -2)
            capital.append(copyable and len(body) > 1 and body[0].isupper())
        self.source = torch.tensor(source)
        self.target = torch.tensor(target)
        self.capital = torch.tensor(capital)

    def matches(self, source: Tensor, labels: Tensor) -> Tensor:
        """Where each label can be copied from: (batch, target, source), boolean."""
        same = self.source[source][:, None, :] == self.target[labels][:, :, None]
        neighbour = torch.zeros_like(same)
        neighbour[:, 1:, 1:] |= same[:, :-1, :-1]
        neighbour[:, :-1, :-1] |= same[:, 1:, 1:]
        return same & (neighbour | self.capital[labels][:, :, None])

    def aims(self, source: Tensor, labels: Tensor) -> Tensor:
        """How much of each label's attention belongs to each source piece (sums ≤ 1)."""
        where = self.matches(source, labels).float()
        copied = where.sum(-1, keepdim=True)
        if self.table is None:
            return where / copied.clamp_min(1)
        chance = self.table[labels[:, :, None], source[:, None, :]].float()
        aligned = chance / (chance.sum(-1, keepdim=True) + self.DOUBT)
        return torch.where(copied > 0, where / copied.clamp_min(1), aligned)

    def loss(self, attention: Tensor, source: Tensor, labels: Tensor) -> Tensor:
        """Cross entropy between the aims and the attention, by their weight."""
        aims = self.aims(source, labels)
        return -(aims * torch.log(attention.float() + 1e-4)).sum() / aims.sum().clamp_min(1)


def grow_from(model: Translator, state: dict[str, Tensor]) -> list[str]:
    """Load a smaller model's weights; layers it lacks start as the identity.

    The output projections of new layers are zero, so that the grown model
    computes exactly what the small one did. Returns the new parameters' names.
    """
    weights = {name: value.float() for name, value in state.items() if name != "pe"}
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected:
        raise ValueError(f"the checkpoint has parameters the model lacks: {unexpected[:3]}")
    for name, module in model.named_modules():
        if name.endswith((".o", "ff.b")) and f"{name}.weight" in missing:
            nn.init.zeros_(module.weight)
            nn.init.zeros_(module.bias)
    return list(missing)
