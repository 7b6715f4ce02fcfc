"""Step 1 of the evidence file. Frozen text."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE evidence_fact (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )""",
    """
    CREATE TABLE blob (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        size INTEGER NOT NULL CHECK (size >= 0),
        created_at DATETIME NOT NULL
    )""",
    """
    CREATE TABLE chunk (
        blob_id INTEGER NOT NULL REFERENCES blob (id) DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL CHECK (position >= 0),
        content BLOB NOT NULL,
        PRIMARY KEY (blob_id, position)
    ) WITHOUT ROWID""",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
