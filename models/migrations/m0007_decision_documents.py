"""Step 7 of the register: the decision documents, every revision of every language by hash."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE decision_document (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        decision_id TEXT NOT NULL REFERENCES decision (id),
        language TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 0),
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size > 0),
        person_id TEXT NOT NULL REFERENCES person (id),
        UNIQUE (decision_id, language, revision)
    )""",
    "CREATE INDEX decision_document_sha256 ON decision_document (sha256)",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
