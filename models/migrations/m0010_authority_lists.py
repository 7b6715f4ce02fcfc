"""Step 10 of the register: revocation lists of timestamp authorities, as an administrator gave them."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE authority_list (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        issuer TEXT NOT NULL,
        issuer_key TEXT NOT NULL CHECK (length(issuer_key) = 64),
        made_at DATETIME NOT NULL,
        next_update DATETIME,
        revoked INTEGER NOT NULL CHECK (revoked >= 0),
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        person_id TEXT NOT NULL REFERENCES person (id),
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq),
        der BLOB NOT NULL
    )""",
    "CREATE INDEX authority_list_issuer ON authority_list (issuer_key, made_at)",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    run_statements(database, TABLES)
