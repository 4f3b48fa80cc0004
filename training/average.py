"""Averaging checkpoints: the mean of the last ones is better than any of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch


def average(checkpoints: list[Path], out: Path, half: bool = True) -> Path:
    """Write the mean of the checkpoints' weights (they must be of one model)."""
    if not checkpoints:
        raise ValueError("no checkpoints to average")
    states: list[dict[str, Any]] = [torch.load(path, weights_only=False) for path in checkpoints]
    config = states[-1]["config"]
    for path, state in zip(checkpoints, states, strict=True):
        if state["config"] != config:
            raise ValueError(f"{path} is a checkpoint of another model")
    mean = {
        name: torch.stack([state["model"][name].float() for state in states]).mean(0) for name in states[-1]["model"]
    }
    weights = {name: value.half() if half else value for name, value in mean.items()}
    torch.save({"model": weights, "config": config, "step": states[-1]["step"]}, out)
    return out


def last_checkpoints(run: Path, count: int) -> list[Path]:
    """The newest averaged checkpoints of a run, oldest first."""
    return sorted(run.glob("average-*.pt"))[-count:]
