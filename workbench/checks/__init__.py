"""Quality checks of translated segments.

``check_segment`` runs every check that needs one segment; ``inconsistent`` compares
segments with the same Vietnamese. A false alarm costs an editor's trust, so each
check keeps to what it can tell for certain (``benchmarks/checks.py`` measures it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from workbench.checks.consistency import inconsistent
from workbench.checks.language import check_empty, check_length, check_untranslated, check_vietnamese_left
from workbench.checks.model import SEVERITIES, Check, Segment, composed
from workbench.checks.names import check_names
from workbench.checks.numbers import check_numbers
from workbench.checks.repetition import check_repetition
from workbench.checks.style import check_double_space, check_punctuation, check_quotes
from workbench.checks.terms import check_terms
from workbench.glossary.terms import TermMatch

__all__ = ["CHECKS", "SEVERITIES", "Check", "check_segment", "inconsistent"]

_DECISIVE: tuple[Callable[[Segment], Iterator[Check]], ...] = (check_empty, check_untranslated)
"""When one of these fires, the others would only repeat it."""

_REGISTRY: tuple[Callable[[Segment], Iterator[Check]], ...] = (
    check_terms,
    check_names,
    check_numbers,
    check_vietnamese_left,
    check_repetition,
    check_length,
    check_punctuation,
    check_quotes,
    check_double_space,
)

CHECKS: tuple[str, ...] = tuple(SEVERITIES)
"""The stable names of all checks."""


def check_segment(
    source: str, target: str, matches: Sequence[TermMatch] = (), *, kind: str = "paragraph"
) -> list[Check]:
    """Everything doubtful in one translated segment, errors first.

    ``matches`` are the glossary terms found in the source, ``kind`` is the segment's
    kind (headlines and captions have no full stop). ``Tăng 26,5%`` → ``Up 25.6%``
    gives one ``number-mismatch`` whose ``fix`` is ``Up 26.5%``.
    """
    segment = Segment(composed(source), composed(target), matches, kind)
    for check in _DECISIVE:
        if found := list(check(segment)):
            return found
    found = [finding for check in _REGISTRY for finding in check(segment)]
    return sorted(found, key=lambda finding: finding.severity)
