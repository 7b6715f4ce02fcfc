"""Step 8 of the register: sealed assessments of other organisations, kept as they came."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE imported_assessment (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        partner_id TEXT NOT NULL REFERENCES partner (id),
        vault TEXT NOT NULL,
        assessment TEXT NOT NULL,
        record_sha256 TEXT NOT NULL UNIQUE,
        file_sha256 TEXT NOT NULL,
        file_size INTEGER NOT NULL CHECK (file_size > 0),
        origin TEXT NOT NULL CHECK (json_valid(origin)),
        body TEXT NOT NULL CHECK (json_valid(body)),
        verdict TEXT NOT NULL CHECK (json_valid(verdict)),
        person_id TEXT NOT NULL REFERENCES person (id),
        record BLOB NOT NULL
    )""",
    "CREATE INDEX imported_assessment_partner ON imported_assessment (partner_id)",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
