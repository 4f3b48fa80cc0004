# ruff: noqa: E501 (tables of texts)
"""A database of any earlier version is brought up to date with its data intact; revisions are append-only."""

import sqlite3

import pytest
from sqlite_utils import Database

from workbench.store import FILENAME, BrokenDatabase, articles, open_database, terms
from workbench.store.migrations import migrations

STEPS = [m.name for m in migrations.pending(Database(memory=True))]


def older(data, last: str) -> Database:
    """A database as the version whose newest step is ``last`` left it, with a row in every table it has."""
    data.mkdir()
    db = Database(data / FILENAME)
    after = STEPS.index(last) + 1
    migrations.apply(db, stop_before=STEPS[after] if after < len(STEPS) else None)
    assert [m.name for m in migrations.applied(db)] == STEPS[:after]
    time = "2026-02-04T01:02:03Z"
    db.execute(
        "INSERT INTO articles (id, slug, title, source_name, source_url, published_on, imported_at, content_hash) VALUES (1, 'hoi-dam', 'Hội đàm', 'TTXVN', NULL, '2026-02-04', ?, 'hash')",
        [time],
    )
    db.execute(
        "INSERT INTO segments (id, article_id, position, paragraph, kind, source) VALUES (1, 1, 1, 1, 'paragraph', 'Hai bên nhất trí.')"
    )
    db.execute("INSERT INTO segment_words (rowid, folded) VALUES (1, 'hai ben nhat tri.')")
    db.execute(
        "INSERT INTO machine_translations (id, segment_id, engine, model, text, glossary_version, stale, created_at) VALUES (1, 1, 'argos', 'vi→en 0.1', 'Both agreed.', 0, 0, ?)",
        [time],
    )
    for number, (text, status) in enumerate([("Both agree.", "draft"), ("The two sides agreed.", "approved")], start=1):
        db.execute(
            "INSERT INTO revisions (id, segment_id, text, status, origin, author, created_at, base_revision_id) VALUES (?, 1, ?, ?, 'edit', 'Lan', ?, ?)",
            [number, text, status, time, number - 1 or None],
        )
    if "terms" in db.table_names():
        db.execute(
            "INSERT INTO terms (id, source, target, category, use, status, case_sensitive, note, folded, created_at, created_by, updated_at, updated_by) VALUES (1, 'nhất trí', 'agree', 'phrase', 'enforce', 'approved', 0, '', 'nhat tri', ?, 'Lan', ?, 'Lan')",
            [time, time],
        )
        db.execute(
            "INSERT INTO term_variants (id, term_id, side, text, use) VALUES (1, 1, 'target', 'concur', 'allowed')"
        )
    if "comments" in db.table_names():
        db.execute(
            "INSERT INTO comments (id, segment_id, author, text, created_at) VALUES (1, 1, 'Lan', 'Đã xem.', ?)", [time]
        )
    db.conn.commit()
    return db


def rows(db: Database) -> dict[str, list]:
    tables = ("articles", "segments", "machine_translations", "revisions", "terms", "term_variants", "comments")
    return {t: list(db.query(f"SELECT * FROM {t}")) for t in tables if t in db.table_names()}


@pytest.mark.parametrize("last", STEPS)
def test_every_earlier_version_is_brought_up_to_date(data, last: str) -> None:
    old = older(data, last)
    before = rows(old)
    old.close()
    db = open_database(data)
    assert not migrations.pending(db)
    after = rows(db)
    for table, kept in before.items():
        # Later steps may add columns; what was there is unchanged.
        assert [{k: new[k] for k in old} for new, old in zip(after[table], kept, strict=True)] == kept
    (segment,) = articles.segments(db, 1)
    assert (segment["text"], segment["status"], segment["machine"]) == (
        "The two sides agreed.",
        "approved",
        "Both agreed.",
    )
    assert articles.with_words(db, ["nhất trí"]) == [(1, "Hai bên nhất trí.")]
    if before.get("terms"):
        assert terms.find(db, 1).targets == ("agree", "concur")
    db.close()


def test_opening_again_changes_nothing(data) -> None:
    open_database(data).close()
    applied = [m.name for m in migrations.applied(open_database(data))]
    assert applied == STEPS
    assert sorted(f.name for f in data.iterdir() if not f.name.endswith(("-wal", "-shm"))) == [FILENAME]


def test_a_database_of_a_newer_version_is_refused(data) -> None:
    db = open_database(data)
    db["_sqlite_migrations"].insert({"migration_set": "workbench", "name": "m999_future", "applied_at": "x"})
    db.close()
    with pytest.raises(BrokenDatabase, match=r"newer version of the workbench \(m999_future\)"):
        open_database(data)


def test_what_is_no_database_is_refused(data) -> None:
    data.mkdir()
    (data / FILENAME).write_bytes(b"This is a shopping list. " * 100)
    with pytest.raises(BrokenDatabase, match="restore a backup"):
        open_database(data)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE revisions SET text = 'x'", "DELETE FROM revisions", "UPDATE revisions SET status = 'draft' WHERE id = 1"],
)
def test_revisions_are_neither_updated_nor_deleted(data, sql: str) -> None:
    older(data, STEPS[-1]).close()
    db = open_database(data)
    before = rows(db)["revisions"]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.conn.execute(sql)
    assert rows(db)["revisions"] == before
