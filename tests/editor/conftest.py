"""A database with one small article of three sentences in one paragraph and a caption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from workbench.library import import_files
from workbench.store import articles, open_database

TEXT = """Hội đàm tại Hà Nội

Hai bên nhất trí mở cửa khẩu. Ông thăm thành phố. Hai bên ký biên bản.

Quang cảnh buổi hội đàm. Ảnh: TTXVN
"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path)
    import_files(made, [("bài.txt", TEXT.encode())], author="an")
    yield made
    made.close()


@pytest.fixture
def rows(db: Database) -> list[dict[str, Any]]:
    return articles.segments(db, 1)


def body(db: Database) -> list[dict[str, Any]]:
    """The rows of the one paragraph."""
    found = articles.segments(db, 1)
    paragraph = next(r["paragraph"] for r in found if r["source"].startswith("Hai bên nhất trí"))
    return [r for r in found if r["paragraph"] == paragraph]
