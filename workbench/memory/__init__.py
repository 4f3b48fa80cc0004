"""Translation memory: what was approved once is offered again. Matches, concordance, filling in, TMX."""

from workbench.memory.concordance import Hit, concordance
from workbench.memory.filling import forget, prefill, propagate, record_approval
from workbench.memory.matching import EXACT, IN_CONTEXT, Match, Origin, lookup

__all__ = [
    "EXACT",
    "IN_CONTEXT",
    "Hit",
    "Match",
    "Origin",
    "concordance",
    "forget",
    "lookup",
    "prefill",
    "propagate",
    "record_approval",
]
