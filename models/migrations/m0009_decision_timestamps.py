"""Step 9 of the register: which revisions of decision documents carry a timestamp, and when its certificate ends."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE decision_timestamp (
        document_id TEXT NOT NULL PRIMARY KEY REFERENCES decision_document (id),
        created_at DATETIME NOT NULL,
        ends DATETIME NOT NULL
    )""",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
