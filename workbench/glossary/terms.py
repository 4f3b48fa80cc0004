"""A term: how one Vietnamese name or phrase is to be written in English."""

from __future__ import annotations

from dataclasses import dataclass

CATEGORIES = ("person", "title", "organization", "place", "event", "document", "phrase")
USES = ("enforce", "suggest")
STATUSES = ("approved", "proposed", "obsolete")


@dataclass(frozen=True, slots=True)
class Term:
    """One glossary entry.

    ``source`` is Vietnamese (``Bộ trưởng Ngoại giao``), ``target`` the English to
    be written (``Foreign Minister``). ``use`` is ``enforce`` (steers machine
    translation and is checked) or ``suggest`` (only shown). All texts are NFC.

    - ``source_variants``: other Vietnamese spellings that mean the same term.
    - ``source_forbidden``: longer Vietnamese wordings in which the term must *not*
      be seen (``Chủ tịch nước`` inside ``Phó Chủ tịch nước``).
    - ``target_variants``: English that is right as well (``Minister of Foreign Affairs``).
    - ``forbidden``: English that must not be used for this term.
    """

    id: int
    source: str
    target: str
    category: str = "phrase"
    use: str = "enforce"
    status: str = "approved"
    case_sensitive: bool = False
    note: str = ""
    source_variants: tuple[str, ...] = ()
    source_forbidden: tuple[str, ...] = ()
    target_variants: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """Every allowed English form, the preferred one first."""
        return (self.target, *self.target_variants)

    @property
    def enforced(self) -> bool:
        return self.use == "enforce" and self.status != "obsolete"


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a Vietnamese text: ``text[start:end]``, offsets in code points."""

    term: Term
    start: int
    end: int
