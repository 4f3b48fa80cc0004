"""A false alarm costs an editor's trust: precision and recall of every check over the labelled pairs."""

import pytest

from tests.checks.fixtures import Score, pairs, scores
from workbench.checks import CHECKS

PRECISION, RECALL = 0.95, 0.9


@pytest.fixture(scope="module")
def measured() -> dict[str, Score]:
    return scores()[0]


@pytest.mark.parametrize("check", CHECKS)
def test_precision_and_recall(check: str, measured: dict[str, Score]) -> None:
    score = measured[check]
    assert score.right + score.missed >= 14
    assert score.precision >= PRECISION, f"{score.false} false alarms: {_differing(check)}"
    assert score.recall >= RECALL, f"{score.missed} missed: {_differing(check)}"


@pytest.mark.parametrize("check", CHECKS)
def test_enough_pairs(check: str) -> None:
    own = [pair for pair in pairs() if pair.check == check]
    wrong = sum(check in pair.expected for pair in own)
    assert wrong >= 14
    assert len(own) - wrong >= 14


def test_360_pairs() -> None:
    assert sum(1 for _ in pairs()) >= 360


def _differing(check: str) -> list[str]:
    return [f"{p.check}.tsv:{p.line}" for p, found in scores()[1] if (check in found) != (check in p.expected)]
