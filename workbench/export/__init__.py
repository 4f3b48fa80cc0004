"""Approved English out of the house. ``document`` is an article as it will be read; one module per format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from workbench.export.document import Document, NotApproved, document
from workbench.export.exchange import to_csv, to_tmx, to_xliff
from workbench.export.html import to_bilingual, to_html
from workbench.export.markdown import to_markdown
from workbench.export.word import to_docx

FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "markdown": (".md", lambda d: to_markdown(d).encode()),
    "bilingual": (".bilingual.html", lambda d: to_bilingual(d).encode()),
    "html": (".html", lambda d: to_html(d).encode()),
    "docx": (".docx", to_docx),
    "csv": (".csv", to_csv),
    "tmx": (".tmx", to_tmx),
    "xliff": (".xlf", to_xliff),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: ``(article id, path)``, and ``(article id, reason)`` for what it left out."""

    files: list[tuple[int, Path]]
    skipped: list[tuple[int, str]]


def export_one(db: Database, article_id: int, format: str = "markdown", *, partial: bool = False) -> tuple[str, bytes]:
    """``(file name, content)`` of one article. Raises NotApproved."""
    suffix, write = FORMATS[format]
    found = document(db, article_id, partial=partial)
    return found.stem + suffix, write(found)


def export_to(
    db: Database, article_ids: Sequence[int], folder: Path, format: str = "markdown", *, partial: bool = False
) -> Exported:
    """Write one file an article into ``folder``; articles with segments not approved are left out and named."""
    folder.mkdir(parents=True, exist_ok=True)
    result = Exported([], [])
    for article_id in article_ids:
        try:
            name, content = export_one(db, article_id, format, partial=partial)
        except NotApproved as error:
            result.skipped.append((article_id, str(error)))
            continue
        path = folder / name
        partial_file = path.with_name(path.name + ".partial")
        partial_file.write_bytes(content)
        partial_file.replace(path)
        result.files.append((article_id, path))
    return result
