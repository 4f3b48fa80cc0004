"""A desk with one article of six rows, and what an editor does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from workbench import editing
from workbench.library import Origin, import_files
from workbench.store import articles, open_database

TEXT = """Khai trương tuyến xe buýt Vinh - Viêng Chăn

Chuyến xe đầu tiên lăn bánh sau khi Bộ trưởng Ngoại giao Lê Hoài Trung hội đàm về hợp tác với Bộ trưởng Lào.

Hai bên nhất trí tăng cường tin cậy chính trị. Kim ngạch thương mại đạt 2 tỷ USD.

Quang cảnh hội đàm - Ảnh: TTXVN

Hai Bộ trưởng đã ký biên bản hợp tác giữa hai Bộ giai đoạn 2026-2030.
"""
CORRECTED = TEXT.replace("2 tỷ USD", "3 tỷ USD").replace("đã ký biên bản", "cũng đã ký biên bản")

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def add(db: Database) -> Import:
    """Import one text: ``add(TEXT, source_url="https://…")``; what the import says about it."""

    def call(text: str, **origin: str) -> dict[str, Any]:
        done = import_files(db, [("bài.txt", text.encode())], author="Minh", origin=Origin(**origin))
        assert not done.errors, done.errors
        return done.articles[0]

    return call


def approve(db: Database, article_id: int, *, author: str = "Lan", positions: range | None = None) -> None:
    """English for every row, approved as an editor does it."""
    for row in articles.segments(db, article_id):
        if positions is None or row["position"] in positions:
            saved = editing.save(
                db, row["id"], f"English of row {row['position']}", base=row["revision"], author=author
            )
            editing.approve(db, row["id"], author=author, base=saved["id"], confirm=True)


def state(db: Database, article_id: int) -> list[tuple[Any, ...]]:
    """Everything that is kept about the English of an article."""
    rows = db.query(
        "SELECT r.* FROM revisions r JOIN segments s ON s.id = segment_id WHERE article_id = ? ORDER BY r.id",
        [article_id],
    )
    return [tuple(row.values()) for row in rows]
