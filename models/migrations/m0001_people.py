"""Step 1, tables of the vault itself: facts, organisation, people, certificates, audit chain."""

from __future__ import annotations

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE vault_fact (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    )""",
    """
    CREATE TABLE organisation (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        name TEXT NOT NULL,
        root_pem TEXT NOT NULL
    )""",
    """
    CREATE TABLE person (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''),
        email TEXT NOT NULL,
        roles TEXT NOT NULL CHECK (json_valid(roles)),
        key_wrap TEXT NOT NULL,
        root_wrap TEXT,
        vault_wrap TEXT NOT NULL,
        ended_at DATETIME
    )""",
    """
    CREATE TABLE personal_certificate (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        number INTEGER NOT NULL CHECK (number > 0),
        pem TEXT NOT NULL,
        fingerprint TEXT NOT NULL UNIQUE,
        UNIQUE (person_id, number)
    )""",
    """
    CREATE TABLE audit_entry (
        seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 0),
        at DATETIME NOT NULL,
        person_id TEXT REFERENCES person (id),
        certificate_id TEXT REFERENCES personal_certificate (id),
        act TEXT NOT NULL CHECK (act <> ''),
        value BLOB,
        nonce BLOB,
        value_digest BLOB NOT NULL CHECK (length(value_digest) = 32),
        digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
        signature BLOB,
        CHECK ((value IS NULL) = (nonce IS NULL)),
        CHECK ((person_id IS NULL) = (signature IS NULL) AND (person_id IS NULL) = (certificate_id IS NULL))
    )""",
    "CREATE INDEX audit_entry_person ON audit_entry (person_id)",
    """
    CREATE TABLE audit_head (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL,
        digest BLOB NOT NULL
    )""",
)
