"""A database with one small article and a few terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench import glossary
from workbench.library import import_files
from workbench.store import open_database

TEXT = """Hội đàm tại Hà Nội

Bộ trưởng Ngoại giao Lê Hoài Trung thăm Bộ Ngoại giao. Hai bên tin cậy chính trị.

Bộ Ngoại giao tổ chức lễ đón chính thức.
"""
TERMS = """source,target,category,target_variants
Bộ trưởng Ngoại giao,Foreign Minister,title,Minister of Foreign Affairs
Bộ Ngoại giao,Foreign Ministry,organization,
ngoại giao kinh tế,economic diplomacy,phrase,
ngoài giao lộ,outside the junction,phrase,
tin cậy chính trị,political trust,phrase,
"""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = open_database(tmp_path)
    import_files(made, [("bài.txt", TEXT.encode())], author="an")
    assert not glossary.import_csv(made, TERMS, author="an", name="terms.csv").errors
    yield made
    made.close()
