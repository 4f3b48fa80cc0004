"""The figures of the training text are right: the workbench's own reading finds nothing wrong in them."""

from __future__ import annotations

import random

from tests.training.numbers import wrong_numbers
from training import figures


def test_both_sides_say_the_same_number() -> None:
    rng = random.Random(1)
    pairs = [make(rng) for make in dict.fromkeys(figures.KINDS) for _ in range(120)]
    assert wrong_numbers(pairs) == ""
