"""Which rows of an article the editor wants to see. ``static/js/filter.js`` does the same in the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.text import fold

STATES = ("open", "machine", "draft", "approved")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; an empty field wants everything.

    ``state``: one of STATES (``open``: whatever is not approved). ``check``: ``error``, ``warning`` or a
    check's name. ``text`` stands in the Vietnamese or the English, diacritics aside: ``ngoai giao``
    finds ``Ngoại giao``.
    """

    state: str = ""
    check: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.state or self.check or self.text.strip())

    def shows(self, segment: Mapping[str, Any]) -> bool:
        """Whether a segment, as ``contract.article`` gives it, is wanted."""
        return not self or (self._state(segment) and self._check(segment) and self._text(segment))

    def _state(self, segment: Mapping[str, Any]) -> bool:
        state = state_of(segment)
        return not self.state or state == self.state or (self.state == "open" and state != "approved")

    def _check(self, segment: Mapping[str, Any]) -> bool:
        return not self.check or any(self.check in (c["check"], c["severity"]) for c in segment["checks"])

    def _text(self, segment: Mapping[str, Any]) -> bool:
        wanted = fold(self.text.strip())
        return not wanted or wanted in fold(f"{segment['source']}\n{english(segment)}")


def state_of(segment: Mapping[str, Any]) -> str:
    """``new machine draft approved`` of a segment as ``contract`` gives it."""
    if segment["translation"]:
        return str(segment["translation"]["status"])
    return "machine" if segment["machine"] else "new"


def english(segment: Mapping[str, Any]) -> str:
    """What stands in the English column."""
    shown = segment["translation"] or segment["machine"]
    return str(shown["text"]) if shown else ""
