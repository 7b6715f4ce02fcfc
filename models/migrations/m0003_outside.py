"""Step 3 of the register: results of other bodies, and evidence that points to one."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE outside_result (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        partner_id TEXT NOT NULL REFERENCES partner (id),
        body TEXT NOT NULL CHECK (json_valid(body)),
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        media_type TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id)
    )""",
    "CREATE INDEX outside_result_partner ON outside_result (partner_id)",
    """
    CREATE TABLE outside_withdrawal (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        result_id TEXT NOT NULL UNIQUE REFERENCES outside_result (id),
        reason TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id)
    )""",
    "ALTER TABLE evidence_item ADD COLUMN outside_id TEXT REFERENCES outside_result (id)",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
