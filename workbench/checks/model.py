"""What a check says about one segment."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from workbench.glossary.terms import TermMatch

Severity = Literal["error", "warning"]

SEVERITIES: Mapping[str, Severity] = {
    "term-missing": "error",
    "term-forbidden": "error",
    "number-mismatch": "error",
    "name-mismatch": "error",
    "untranslated": "error",
    "vietnamese-left": "error",
    "repetition": "error",
    "empty": "error",
    "length-ratio": "warning",
    "punctuation": "warning",
    "quotes": "warning",
    "double-space": "warning",
    "inconsistent": "warning",
}
"""Every check by its stable name. Errors block approval unless the editor confirms."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding, with the concrete thing in its message.

    ``template`` and ``params`` are kept apart for gettext; ``message`` joins them:
    ``trade turnover (kim ngạch thương mại) is missing``. ``fix`` is the whole
    corrected English text, ``span`` the place in the English (code points).
    """

    check: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    term: int | None = None
    fix: str | None = None
    span: tuple[int, int] | None = None

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.check]

    @property
    def message(self) -> str:
        return self.template % self.params


@dataclass(frozen=True, slots=True)
class Segment:
    """What the checks look at: Vietnamese, English (both NFC), the terms found, the kind."""

    source: str
    target: str
    matches: Sequence[TermMatch] = ()
    kind: str = "paragraph"


def composed(text: str) -> str:
    """Text as stored: ``Tô Lâm`` typed with combining marks becomes NFC."""
    return unicodedata.normalize("NFC", text)


def replaced(text: str, span: tuple[int, int], new: str) -> str:
    """``text`` with ``new`` in place of ``span``: ``26,5%`` → ``26.5%``."""
    return text[: span[0]] + new + text[span[1] :]
