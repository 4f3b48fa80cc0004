"""An article to be read: the English as it will be exported beside the Vietnamese, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from workbench.export.document import Document, document
from workbench.quality import current_text
from workbench.store import articles


@dataclass(frozen=True, slots=True)
class Sentence:
    """One segment. ``state``: ``new machine draft approved``; ``english`` is None where there is none yet."""

    segment_id: int
    position: int
    source: str
    english: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is exported as one block, ``kind`` as the export takes it."""

    kind: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The article; ``open`` is how many of its segments are not approved."""

    document: Document
    paragraphs: tuple[Paragraph, ...]

    @property
    def open(self) -> int:
        return sum(s.state != "approved" for p in self.paragraphs for s in p.sentences)


def reading(db: Database, article_id: int) -> Reading:
    """The article in the paragraphs of its export, with drafts and machine text where nothing is approved."""
    exported = document(db, article_id, partial=True)
    rows = {row["position"]: row for row in articles.segments(db, article_id)}
    paragraphs = []
    for units in exported.paragraphs:
        if not units:
            continue
        sentences = []
        for unit in units:
            row = rows[unit.position]
            text = current_text(row)
            state = row["status"] or ("machine" if text else "new")
            sentences.append(Sentence(row["id"], unit.position, unit.source, text, state))
        paragraphs.append(Paragraph(units[0].kind, tuple(sentences)))
    return Reading(exported, tuple(paragraphs))
