"""Whether both sides of training pairs say the same numbers, by the workbench's own reading."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.checks import check_segment


def wrong_numbers(pairs: Iterable[tuple[str, str]]) -> str:
    """The first twenty pairs that disagree, a line each; empty where all agree."""
    wrong = [
        f"{source} → {target}: {found.message}"
        for source, target in pairs
        for found in check_segment(source, target, [])
        if found.check == "number-mismatch"
    ]
    return "\n".join(wrong[:20])
