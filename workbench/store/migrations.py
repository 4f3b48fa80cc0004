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


@migrations()
def m030_term_list(db: Database) -> None:
    """Where each term occurs, and what the list of terms sorts and searches by.

    ``term_places`` holds the matches of the whole glossary in every live segment as far as
    ``term_places_state`` says; it is brought up to date when it is asked for.
    """
    _run(
        db,
        """
        ALTER TABLE terms ADD COLUMN lowered TEXT NOT NULL DEFAULT '';
        CREATE TABLE term_places (
            term_id INTEGER NOT NULL REFERENCES terms(id),
            segment_id INTEGER NOT NULL REFERENCES segments(id),
            PRIMARY KEY (term_id, segment_id)
        ) WITHOUT ROWID;
        CREATE INDEX term_places_segment ON term_places (segment_id);
        CREATE TABLE term_counts (
            term_id INTEGER PRIMARY KEY REFERENCES terms(id),
            segments INTEGER NOT NULL
        );
        CREATE TABLE term_places_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            revision INTEGER NOT NULL,
            segment INTEGER NOT NULL,
            lineage INTEGER NOT NULL
        );
        CREATE INDEX events_action ON events (action);
        """,
    )
    from workbench.text import match_form

    rows = [(match_form(f"{r['source']}\n{r['target']}"), r["id"]) for r in db.query("SELECT * FROM terms")]
    db.conn.executemany("UPDATE terms SET lowered = ? WHERE id = ?", rows)


@migrations()
def m040_articles_page(db: Database) -> None:
    """Who works on an article, whether it is put away, what it corrects; counts kept by triggers; words to find by."""
    _run(
        db,
        """
        ALTER TABLE articles ADD COLUMN assignee TEXT;
        ALTER TABLE articles ADD COLUMN archived_at TEXT;
        ALTER TABLE articles ADD COLUMN supersedes INTEGER REFERENCES articles(id);
        CREATE INDEX articles_supersedes ON articles (supersedes);
        CREATE INDEX articles_source_url ON articles (source_url);
        CREATE TABLE article_progress (
            article_id INTEGER PRIMARY KEY REFERENCES articles(id),
            segments INTEGER NOT NULL DEFAULT 0,
            machine INTEGER NOT NULL DEFAULT 0,
            edited INTEGER NOT NULL DEFAULT 0,
            approved INTEGER NOT NULL DEFAULT 0,
            changed_at TEXT NOT NULL,
            changed_by TEXT,
            state TEXT NOT NULL GENERATED ALWAYS AS (CASE
                WHEN approved = segments THEN 'approved' WHEN edited THEN 'editing'
                WHEN machine = segments THEN 'translated' ELSE 'new' END) VIRTUAL
        );
        CREATE VIEW article_counts AS
            SELECT article_id, count(*) AS segments,
                   sum(EXISTS (SELECT 1 FROM machine_translations m WHERE m.segment_id = segments.id)) AS machine,
                   sum(newest.id IS NOT NULL) AS edited,
                   sum(newest.status IS 'approved') AS approved,
                   max(newest.id) AS newest
            FROM segments
            LEFT JOIN revisions newest ON newest.id =
                (SELECT max(id) FROM revisions WHERE revisions.segment_id = segments.id)
            WHERE position > 0 GROUP BY article_id;
        INSERT INTO article_progress (article_id, segments, machine, edited, approved, changed_at, changed_by)
            SELECT articles.id, coalesce(c.segments, 0), coalesce(c.machine, 0), coalesce(c.edited, 0),
                   coalesce(c.approved, 0), coalesce(r.created_at, imported_at), r.author
            FROM articles LEFT JOIN article_counts c ON c.article_id = articles.id
            LEFT JOIN revisions r ON r.id = c.newest;
        CREATE TRIGGER article_progress_begins AFTER INSERT ON articles BEGIN
            INSERT INTO article_progress (article_id, changed_at) VALUES (NEW.id, NEW.imported_at);
        END;
        CREATE TRIGGER article_progress_segment AFTER INSERT ON segments WHEN NEW.position > 0 BEGIN
            UPDATE article_progress SET segments = segments + 1 WHERE article_id = NEW.article_id;
        END;
        CREATE TRIGGER article_progress_retired AFTER UPDATE OF position ON segments
        WHEN (OLD.position > 0) <> (NEW.position > 0) BEGIN
            UPDATE article_progress SET (segments, machine, edited, approved) =
                (SELECT count(*), coalesce(sum(machine), 0), coalesce(sum(edited), 0), coalesce(sum(approved), 0) FROM (
                    SELECT EXISTS (SELECT 1 FROM machine_translations m WHERE m.segment_id = s.id) AS machine,
                           EXISTS (SELECT 1 FROM revisions r WHERE r.segment_id = s.id) AS edited,
                           (SELECT status FROM revisions r WHERE r.segment_id = s.id ORDER BY id DESC LIMIT 1)
                               IS 'approved' AS approved
                    FROM segments s WHERE s.article_id = NEW.article_id AND s.position > 0))
            WHERE article_id = NEW.article_id;
        END;
        CREATE TRIGGER article_progress_machine AFTER INSERT ON machine_translations
        WHEN NOT EXISTS (SELECT 1 FROM machine_translations m WHERE m.segment_id = NEW.segment_id AND m.id < NEW.id)
        BEGIN
            UPDATE article_progress SET machine = machine + 1
            WHERE article_id = (SELECT article_id FROM segments WHERE id = NEW.segment_id AND position > 0);
        END;
        CREATE TRIGGER article_progress_revision AFTER INSERT ON revisions BEGIN
            UPDATE article_progress SET
                edited = edited
                    + NOT EXISTS (SELECT 1 FROM revisions r WHERE r.segment_id = NEW.segment_id AND r.id < NEW.id),
                approved = approved + (NEW.status = 'approved')
                    - ((SELECT status FROM revisions r WHERE r.segment_id = NEW.segment_id AND r.id < NEW.id
                        ORDER BY id DESC LIMIT 1) IS 'approved'),
                changed_at = NEW.created_at, changed_by = NEW.author
            WHERE article_id = (SELECT article_id FROM segments WHERE id = NEW.segment_id AND position > 0);
        END;
        CREATE VIRTUAL TABLE article_words USING fts5(
            words, folded, content='', tokenize='unicode61 remove_diacritics 0');
        """,
    )
    from workbench.store.listing import index_words

    for row in list(db.query("SELECT id, title FROM articles")):
        index_words(db, row["id"], row["title"])


def _run(db: Database, script: str) -> None:
    """Each statement by itself: ``executescript`` would commit the step before it is whole."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        complete = statement.rstrip().endswith(";") and ("CREATE TRIGGER" not in statement or "END;" in statement)
        if complete:
            db.conn.execute(statement)
            statement = ""
