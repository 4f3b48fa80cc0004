"""Export of an article from the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench.articles import read_article
from workbench.export import FORMATS, export_one, export_to
from workbench.export.document import NotApproved, document
from workbench.store import articles, open_database, revisions, transaction

TEXT = """Bộ trưởng Ngoại giao hai nước hội đàm tại Hà Nội

date 2026-02-04 Chiều 4/2, hai Bộ trưởng đã hội đàm. Hai bên nhất trí thúc đẩy hợp tác.

Quang cảnh hội đàm. Ảnh: TTXVN
"""


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "data")


def approved(db: Database, *, leave: int = 0) -> int:
    article, _ = articles.add(db, read_article(TEXT.encode(), "x.txt"))
    rows = articles.segments(db, article)
    with transaction(db):
        for row in rows[: len(rows) - leave]:
            text = f"English {row['position']}."
            revisions.append(db, row["id"], text, status="approved", origin="edit", author="lan", base=None)
    return article


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_of_an_approved_article_is_written_whole(db: Database, tmp_path: Path, format: str) -> None:
    article = approved(db)
    done = export_to(db, [article], tmp_path / "out", format)
    ((exported, path),) = done.files
    assert exported == article and path.name == f"2026-02-04-{articles.find(db, article)['slug']}{FORMATS[format][0]}"
    assert path.read_bytes()[:4] == export_one(db, article, format)[1][:4]
    assert [p.name for p in (tmp_path / "out").iterdir()] == [path.name]


def test_the_scrapers_date_line_is_a_segment_but_not_for_readers(db: Database) -> None:
    found = document(db, approved(db))
    assert [u.position for u in found.segments] == [1, 2, 3, 4, 5]
    assert [u.position for p in found.paragraphs for u in p] == [1, 3, 4, 5]
    assert (found.title, found.published, found.segments[0].author) == ("English 1.", "2026-02-04", "lan")


def test_articles_with_segments_not_approved_are_left_out_and_named(db: Database, tmp_path: Path) -> None:
    article = approved(db, leave=2)
    with pytest.raises(NotApproved, match="2 of 5 segments"):
        document(db, article)
    done = export_to(db, [article], tmp_path / "out")
    assert done.files == [] and done.skipped[0][0] == article
    found = document(db, article, partial=True)
    assert [u.status for u in found.segments] == ["approved"] * 3 + ["new"] * 2
    for format in FORMATS:
        assert export_to(db, [article], tmp_path / "out", format, partial=True).files
