"""Backups are whole while others write; restoring the wrong file changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import threading

import pytest

from workbench import editing, glossary
from workbench.glossary import Term
from workbench.store import (
    FILENAME,
    BrokenDatabase,
    articles,
    backup,
    connect,
    open_database,
    restore,
    revisions,
)


@pytest.fixture
def db(desk):
    database = connect(desk)
    yield database
    database.close()


def dump(path) -> dict[str, list]:
    """Every row of every table that is no index."""
    connection = sqlite3.connect(path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        names = [name for (name,) in tables if not name.startswith(("memory_candidates", "memory_text"))]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    finally:
        connection.close()


def test_back_and_forth(desk, db, tmp_path) -> None:
    editing.save(db, 2, "Before.", base=None, author="Lan")
    saved = tmp_path / "sao lưu #1 100%?.sqlite3"
    backup(db, saved)
    editing.save(db, 2, "After.", base=1, author="Lan")
    restore(desk, saved)
    assert [r["text"] for r in revisions.history(db, 2)] == ["Before."], "an open connection sees what was restored"
    before = connect(desk)
    kept = sqlite3.connect(desk / f"{FILENAME}.before-restore")
    assert [r[0] for r in kept.execute("SELECT text FROM revisions ORDER BY id")] == ["Before.", "After."]
    kept.close()
    before.close()
    assert sorted(f.name for f in tmp_path.iterdir()) == ["data", saved.name], "nothing is left beside the backup"


def test_a_backup_while_others_write_is_whole(desk, db, tmp_path) -> None:
    """Each save writes a draft and an approval in one transaction: a backup holds both or neither."""
    stop = threading.Event()
    written = threading.Event()

    def write() -> None:
        mine = connect(desk)
        number = 0
        while not stop.is_set():
            number += 1
            with mine.conn:
                mine.conn.execute("BEGIN IMMEDIATE")
                for status in ("draft", "approved"):
                    revisions.append(mine, 2, f"{number}", status=status, origin="edit", author="Lan", base=None)
            written.set()
        mine.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(10)
        for number in range(5):
            backup(db, tmp_path / f"{number}.sqlite3")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        copy = sqlite3.connect(tmp_path / f"{number}.sqlite3")
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counts = dict(copy.execute("SELECT status, count(*) FROM revisions GROUP BY status"))
        assert counts["draft"] == counts["approved"] > 0
        copy.close()


def test_a_backup_goes_over_an_older_one_but_not_over_the_database(desk, db, tmp_path) -> None:
    target = tmp_path / "b.sqlite3"
    target.write_text("an older file")
    backup(db, target)
    assert dump(target) == dump(desk / FILENAME)
    with pytest.raises(ValueError, match="the database itself"):
        backup(db, desk / FILENAME)
    with pytest.raises(FileNotFoundError):
        backup(db, tmp_path / "missing" / "b.sqlite3")


def wrong_files(folder):
    (folder / "text.sqlite3").write_bytes(b"no database " * 500)
    (folder / "empty.sqlite3").write_bytes(b"")
    other = sqlite3.connect(folder / "other.sqlite3")
    other.execute("CREATE TABLE articles (id)")
    other.commit()
    other.close()
    newer = open_database(folder / "newer")
    newer["_sqlite_migrations"].insert({"migration_set": "workbench", "name": "m999_future", "applied_at": "x"})
    backup(newer, folder / "newer.sqlite3")
    newer.close()
    whole = (folder / "newer.sqlite3").read_bytes()
    (folder / "cut.sqlite3").write_bytes(whole[: len(whole) // 2])
    return [folder / f"{n}.sqlite3" for n in ("text", "empty", "other", "newer", "cut")]


def test_restoring_a_wrong_file_changes_nothing(desk, db, tmp_path) -> None:
    before = dump(desk / FILENAME)
    for file in (*wrong_files(tmp_path), desk / FILENAME):
        content = file.read_bytes()
        with pytest.raises(BrokenDatabase, match=file.name):
            restore(desk, file)
        assert dump(desk / FILENAME) == before, file.name
        assert file.read_bytes() == content
    assert not (desk / f"{FILENAME}.before-restore").exists()


def test_a_broken_database_can_be_restored_and_is_kept(desk, db, tmp_path) -> None:
    saved = tmp_path / "b.sqlite3"
    backup(db, saved)
    db.close()
    for file in desk.glob(f"{FILENAME}*"):
        file.unlink()
    (desk / FILENAME).write_bytes(b"broken " * 1000)
    with pytest.raises(BrokenDatabase):
        open_database(desk)
    restore(desk, saved)
    assert dump(desk / FILENAME) == dump(saved)
    assert (desk / f"{FILENAME}.before-restore").read_bytes() == b"broken " * 1000


def test_restore_into_an_empty_folder(db, tmp_path) -> None:
    saved = tmp_path / "b.sqlite3"
    backup(db, saved)
    restore(tmp_path / "new", saved)
    assert len(articles.listing(open_database(tmp_path / "new"))) == 1


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(data, tmp_path) -> None:
    from tests.core.test_migrations import STEPS, older, rows

    old = older(data, STEPS[2])
    expected = rows(old)
    backup(old, tmp_path / "old.sqlite3")
    old.close()
    shutil.rmtree(data)
    restore(data, tmp_path / "old.sqlite3")
    db = open_database(data)
    assert rows(db)["revisions"] == expected["revisions"]


def test_terms_found_after_a_restore_are_those_of_the_backup(desk, db, tmp_path) -> None:
    """The numbers of glossary versions come again after a restore; what was found under them must not."""
    saved = tmp_path / "b.sqlite3"
    backup(db, saved)
    glossary.save(db, Term(0, "hữu nghị", "friendship"), author="Lan")
    assert [m.term.target for m in glossary.matcher(db).find("hữu nghị")] == ["friendship"]
    restore(desk, saved)
    glossary.save(db, Term(0, "hữu nghị", "amity"), author="Lan")
    assert [m.term.target for m in glossary.matcher(db).find("hữu nghị")] == ["amity"]
