"""The training log as a picture: loss, learning rate and speed over the updates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_log(run: Path) -> list[dict[str, Any]]:
    """The records of a run's log."""
    lines = (run / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plot(run: Path, out: Path) -> Path:
    """Draw the log of a run: losses left, chrF of saved checkpoints right."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    records = read_log(run)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), layout="constrained")
    for key, label in (("loss", "training (smoothed labels)"), ("dev_loss", "held-out")):
        points = [(r["step"], r[key]) for r in records if key in r]
        left.plot(*zip(*points, strict=True), label=label) if points else None
    left.set(xlabel="updates", ylabel="loss per piece")
    left.legend()
    for name in sorted({k for r in records for k in r if k.startswith("chrf_")}):
        points = [(r["step"], r[name]) for r in records if name in r]
        right.plot(*zip(*points, strict=True), marker="o", label=name.removeprefix("chrf_"))
    right.set(xlabel="updates", ylabel="chrF of the average")
    if right.lines:
        right.legend()
    figure.savefig(out, dpi=110)
    pyplot.close(figure)
    return out
