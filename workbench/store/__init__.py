"""The SQLite file: opening it, its migrations, and the queries of each table.

One module per table group (``articles``, ``revisions``, ``terms``, ``events``); SQL
stands nowhere else in the workbench.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from workbench.store.migrations import migrations

FILENAME = "workbench.sqlite3"
_BUSY_SECONDS = 10


class BrokenDatabase(RuntimeError):
    """The file is no database of the workbench, or of a newer version of it."""


def open_database(data: Path) -> Database:
    """The database in the folder ``data``, made and migrated where needed.

    Raises BrokenDatabase with what to do when the file cannot be used.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        db = connect(data)
        db.conn.execute("PRAGMA journal_mode = WAL")
        _refuse_newer(db, data / FILENAME)
        if migrations.pending(db):
            migrations.apply(db)
    except sqlite3.DatabaseError as error:
        raise BrokenDatabase(f"{data / FILENAME}: {error}; restore a backup with: workbench restore FILE") from error
    return db


def connect(data: Path) -> Database:
    """One more connection to a database that ``open_database`` has made ready."""
    connection = sqlite3.connect(data / FILENAME, timeout=_BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return Database(connection)


@contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """All or nothing, with the write lock taken first, so that what is read inside stays true.

    Inside another transaction it joins that one.
    """
    if db.conn.in_transaction:
        yield db
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def now() -> str:
    """The time as it is stored: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def key(number: int) -> int:
    """``number`` as the id to look for: 0, which no row has, for one larger than SQLite's numbers."""
    return number if number.bit_length() < 64 else 0


def data_folder(db: Database) -> Path:
    """Where the database file lies."""
    return Path(next(db.query("PRAGMA database_list"))["file"]).parent


def backup(db: Database, target: Path) -> None:
    """A consistent copy of the whole database in ``target``, also while others write.

    Raises OSError when ``target`` cannot be written, ValueError when it is the database itself.
    """
    if target.exists() and target.samefile(data_folder(db) / FILENAME):
        raise ValueError(f"{target}: this is the database itself; name another file")
    partial = target.with_name(target.name + ".partial")
    partial.write_bytes(b"")
    copy = sqlite3.connect(partial)
    try:
        db.conn.backup(copy)
        # One file by itself, which can be read from a place where nothing can be written.
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    partial.replace(target)


def restore(data: Path, source: Path) -> None:
    """Put the backup ``source`` in the place of the database in ``data``.

    What was there is kept beside it as ``workbench.sqlite3.before-restore``.
    Raises BrokenDatabase when ``source`` is no backup of a workbench; then nothing changes.
    """
    file = data / FILENAME
    if file.exists() and source.samefile(file):
        raise BrokenDatabase(f"{source}: this is the database itself; nothing was restored")
    origin = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    try:
        _refuse_foreign(origin, source)
        data.mkdir(parents=True, exist_ok=True)
        if file.exists():
            _keep(data)
        target = sqlite3.connect(file, timeout=_BUSY_SECONDS)
        try:
            origin.backup(target)
        finally:
            target.close()
    finally:
        origin.close()
    open_database(data).close()


def _refuse_foreign(origin: sqlite3.Connection, source: Path) -> None:
    """Raise BrokenDatabase unless ``origin`` is a sound database of a workbench that this version can read."""
    try:
        tables = {row[0] for row in origin.execute("SELECT name FROM sqlite_master")}
        sound = origin.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        if not sound or not {"articles", "segments", "revisions", "terms"} <= tables:
            raise BrokenDatabase(f"{source}: this is no backup of a workbench; nothing was restored")
        _refuse_newer(Database(origin), source)
    except sqlite3.DatabaseError as error:
        raise BrokenDatabase(f"{source}: {error}; nothing was restored") from error


def _keep(data: Path) -> None:
    """Keep the database as it is beside itself; one that cannot be opened any more as the file it is."""
    kept = data / f"{FILENAME}.before-restore"
    try:
        db = open_database(data)
    except BrokenDatabase:
        (data / FILENAME).replace(kept)
        for suffix in ("-wal", "-shm"):
            (data / (FILENAME + suffix)).unlink(missing_ok=True)
        return
    backup(db, kept)
    db.close()


def _refuse_newer(db: Database, path: Path) -> None:
    known = {m.name for m in migrations.pending(Database(memory=True))}
    newer = [m.name for m in migrations.applied(db) if m.name not in known]
    if newer:
        steps = ", ".join(newer)
        raise BrokenDatabase(f"{path}: made by a newer version of the workbench ({steps}); update the program")
