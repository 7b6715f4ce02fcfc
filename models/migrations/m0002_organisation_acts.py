"""Step 2 of the register: acts that are about no single case, such as the approval of a template."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE organisation_act (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        name TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq)
    )""",
    "CREATE INDEX organisation_act_name ON organisation_act (name, audit_seq)",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
