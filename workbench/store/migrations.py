"""The schema, as numbered steps. A step that has been released is never edited: add the next one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("workbench")


@migrations()
def m001_articles(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            source_name TEXT,
            source_url TEXT,
            published_on TEXT,
            imported_at TEXT NOT NULL,
            content_hash TEXT NOT NULL UNIQUE
        );
        CREATE TABLE segments (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id),
            position INTEGER NOT NULL,
            paragraph INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN
                ('headline', 'lead', 'paragraph', 'caption', 'credit', 'byline', 'dateline', 'section', 'related')),
            source TEXT NOT NULL,
            UNIQUE (article_id, position)
        );
        CREATE INDEX segments_source ON segments (source);
        CREATE VIRTUAL TABLE segment_words USING fts5(folded, content='', tokenize='unicode61');
        CREATE TABLE machine_translations (
            id INTEGER PRIMARY KEY,
            segment_id INTEGER NOT NULL REFERENCES segments(id),
            engine TEXT NOT NULL,
            model TEXT NOT NULL,
            text TEXT NOT NULL,
            glossary_version INTEGER NOT NULL,
            stale INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL
        );
        CREATE INDEX machine_translations_segment ON machine_translations (segment_id, id);
        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            segment_id INTEGER NOT NULL REFERENCES segments(id),
            text TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('draft', 'approved')),
            origin TEXT NOT NULL CHECK (origin IN ('machine', 'edit', 'memory', 'term-fix')),
            author TEXT NOT NULL,
            created_at TEXT NOT NULL,
            base_revision_id INTEGER REFERENCES revisions(id)
        );
        CREATE INDEX revisions_segment ON revisions (segment_id, id);
        CREATE TRIGGER revisions_are_not_updated BEFORE UPDATE ON revisions
            BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
        CREATE TRIGGER revisions_are_not_deleted BEFORE DELETE ON revisions
            BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
        """,
    )


@migrations()
def m002_terms(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE terms (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            category TEXT NOT NULL CHECK (category IN
                ('person', 'title', 'organization', 'place', 'event', 'document', 'phrase')),
            use TEXT NOT NULL CHECK (use IN ('enforce', 'suggest')),
            status TEXT NOT NULL CHECK (status IN ('approved', 'proposed', 'obsolete')),
            case_sensitive INTEGER NOT NULL DEFAULT 0,
            note TEXT NOT NULL DEFAULT '',
            folded TEXT NOT NULL,
            created_at TEXT NOT NULL,
            created_by TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            updated_by TEXT NOT NULL,
            UNIQUE (source, category)
        );
        CREATE TABLE term_variants (
            id INTEGER PRIMARY KEY,
            term_id INTEGER NOT NULL REFERENCES terms(id),
            side TEXT NOT NULL CHECK (side IN ('source', 'target')),
            text TEXT NOT NULL,
            use TEXT NOT NULL CHECK (use IN ('allowed', 'forbidden')),
            UNIQUE (term_id, side, text, use)
        );
        CREATE TABLE term_revisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            term_id INTEGER NOT NULL REFERENCES terms(id),
            action TEXT NOT NULL,
            term TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL,
            created_at TEXT NOT NULL
        );
        CREATE INDEX term_revisions_term ON term_revisions (term_id, id);
        """,
    )


@migrations()
def m003_people_and_events(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            created_at TEXT NOT NULL
        );
        CREATE TABLE comments (
            id INTEGER PRIMARY KEY,
            segment_id INTEGER NOT NULL REFERENCES segments(id),
            author TEXT NOT NULL,
            text TEXT NOT NULL,
            created_at TEXT NOT NULL
        );
        CREATE INDEX comments_segment ON comments (segment_id, id);
        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            created_at TEXT NOT NULL,
            author TEXT NOT NULL,
            action TEXT NOT NULL,
            article_id INTEGER REFERENCES articles(id),
            segment_id INTEGER REFERENCES segments(id),
            term_id INTEGER REFERENCES terms(id),
            detail TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX events_article ON events (article_id, id);
        """,
    )


@migrations()
def m010_memory(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE memory_imports (
            id INTEGER PRIMARY KEY,
            file TEXT NOT NULL,
            imported_at TEXT NOT NULL,
            imported_by TEXT NOT NULL
        );
        CREATE TABLE memory_sources (
            id INTEGER PRIMARY KEY,
            words TEXT NOT NULL UNIQUE,
            length INTEGER NOT NULL
        );
        CREATE TABLE memory (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source_id INTEGER NOT NULL REFERENCES memory_sources(id),
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            before TEXT,
            after TEXT,
            segment_id INTEGER UNIQUE REFERENCES segments(id),
            revision_id INTEGER REFERENCES revisions(id),
            import_id INTEGER REFERENCES memory_imports(id),
            author TEXT NOT NULL,
            created_at TEXT,
            CHECK ((segment_id IS NULL) = (revision_id IS NULL) AND (segment_id IS NULL) <> (import_id IS NULL))
        );
        CREATE INDEX memory_source ON memory (source_id);
        CREATE TABLE memory_vocabulary (word TEXT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID;
        CREATE VIRTUAL TABLE memory_candidates USING fts5(
            words, content='', columnsize=0, detail=none, tokenize='ascii');
        CREATE VIRTUAL TABLE memory_text USING fts5(
            source, folded, target, content='', columnsize=0, tokenize='ascii');
        """,
    )
    # The words of an entry are made in Python, so what was approved before cannot be taken over in SQL.
    from workbench.store.memory import add_all, approved

    add_all(db, approved(db))


@migrations()
def m020_segment_lineage(db: Database) -> None:
    """What was merged and split. A retired segment keeps its row and revisions under the position ``-id``."""
    _run(
        db,
        """
        CREATE TABLE segment_lineage (
            id INTEGER PRIMARY KEY,
            parent_id INTEGER NOT NULL REFERENCES segments(id),
            child_id INTEGER NOT NULL REFERENCES segments(id),
            action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'undo')),
            position INTEGER NOT NULL,
            author TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (parent_id, child_id)
        );
        CREATE INDEX segment_lineage_child ON segment_lineage (child_id);
        """,
    )


def _run(db: Database, script: str) -> None:
    """Each statement by itself: ``executescript`` would commit the step before it is whole."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        complete = statement.rstrip().endswith(";") and ("CREATE TRIGGER" not in statement or "END;" in statement)
        if complete:
            db.conn.execute(statement)
            statement = ""
