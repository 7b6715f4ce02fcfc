"""Step 5 of the register: revoked certificates and the lists of them, keys of one's own for signing, timestamps of reports."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    "ALTER TABLE person ADD COLUMN signing_wrap TEXT",
    "ALTER TABLE personal_certificate ADD COLUMN purpose TEXT NOT NULL DEFAULT 'acts' CHECK (purpose IN ('acts', 'signing'))",
    """
    CREATE TABLE certificate_revocation (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        certificate_id TEXT NOT NULL UNIQUE REFERENCES personal_certificate (id),
        reason TEXT NOT NULL CHECK (reason IN ('key_known', 'left', 'replaced', 'other')),
        since DATETIME NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq)
    )""",
    """
    CREATE TABLE revocation_list (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        number INTEGER NOT NULL UNIQUE CHECK (number > 0),
        next_update DATETIME NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq),
        der BLOB NOT NULL
    )""",
    """
    CREATE TABLE signing_choice (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        kind TEXT NOT NULL CHECK (kind IN ('vault', 'file', 'token')),
        certificate_id TEXT REFERENCES personal_certificate (id),
        module TEXT NOT NULL,
        label TEXT NOT NULL,
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq),
        CHECK ((kind = 'vault') = (certificate_id IS NULL)),
        CHECK ((kind = 'token') = (module <> ''))
    )""",
    "CREATE INDEX signing_choice_person ON signing_choice (person_id, audit_seq)",
    """
    CREATE TABLE report_timestamp (
        report_id TEXT NOT NULL PRIMARY KEY REFERENCES report (id),
        created_at DATETIME NOT NULL,
        ends DATETIME NOT NULL
    )""",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
