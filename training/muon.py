"""Muon, all matrices of one shape at a time.

Jordan et al. 2024 (kellerjordan.github.io/posts/muon): momentum, made orthogonal
by five Newton–Schulz steps. Updates have the size of AdamW's (Liu et al. 2025,
"Muon is Scalable for LLM Training"), so that one rate serves both. PyTorch's own
``torch.optim.Muon`` takes the matrices one by one: a quarter of an update's time
at these sizes, against a twentieth in batches (EXPERIMENTS.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from training.model import PRODUCT

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
STEPS = 5


def orthogonal(batch: Tensor) -> Tensor:
    """Matrices (n, a, b) with a ≤ b, each brought near the closest one of orthogonal rows."""
    x = batch / batch.norm(dim=(1, 2), keepdim=True).clamp_min(1e-7)
    x = x.to(PRODUCT)
    a, b, c = COEFFICIENTS
    for _ in range(STEPS):
        gram = torch.bmm(x, x.transpose(1, 2))
        x = a * x + torch.bmm(b * gram + c * torch.bmm(gram, gram), x)
    return x.float()


class Muon(torch.optim.Optimizer):
    """For matrices only; embeddings, norms and biases belong to AdamW."""

    def __init__(self, params: Iterable[Tensor], lr: float, momentum: float = 0.95, weight_decay: float = 0.01) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One update of all matrices that have a gradient."""
        for group in self.param_groups:
            shapes: dict[tuple[int, int], list[Tensor]] = {}
            for parameter in group["params"]:
                if parameter.grad is not None:
                    small, large = sorted(parameter.shape)
                    shapes.setdefault((small, large), []).append(parameter)
            for (_, large), parameters in shapes.items():
                moved = orthogonal(torch.stack([self._direction(p, group["momentum"]) for p in parameters]))
                for parameter, update in zip(parameters, moved, strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    turned = update.T if parameter.shape[0] > parameter.shape[1] else update
                    parameter.add_(turned, alpha=-0.2 * large**0.5 * group["lr"])

    def _direction(self, parameter: Tensor, momentum: float) -> Tensor:
        """Nesterov momentum of the gradient, lying (rows ≤ columns)."""
        grad = parameter.grad
        assert grad is not None
        state = self.state[parameter]
        if not state:
            state["momentum"] = torch.zeros_like(grad)
        kept = state["momentum"].lerp_(grad, 1 - momentum)
        direction: Tensor = grad.lerp(kept, momentum)
        return direction.T if direction.shape[0] > direction.shape[1] else direction
