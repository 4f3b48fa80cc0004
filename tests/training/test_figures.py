"""The figures of the training text are right: the workbench's own reading finds nothing wrong in them."""

from __future__ import annotations

import random

from training import figures
from workbench.checks import check_segment


def test_both_sides_say_the_same_number() -> None:
    rng = random.Random(1)
    pairs = [make(rng) for make in dict.fromkeys(figures.KINDS) for _ in range(120)]
    wrong = [
        (source, target, found.message)
        for source, target in pairs
        for found in check_segment(source, target, [])
        if found.check == "number-mismatch"
    ]
    assert not wrong, "\n".join(map(str, wrong[:20]))
