"""Step 11 of the register: comparisons of several sealed records are registered beside the reports of one."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

#: The kinds are a condition on the table, so it is made anew; timestamps refer to its rows and come along.
TABLES: tuple[str, ...] = (
    """
    CREATE TABLE report_2 (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES seal (assessment_id),
        language TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        size INTEGER NOT NULL,
        signed_as TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        kind TEXT NOT NULL CHECK (kind IN ('full_report', 'board_page', 'partner_feedback', 'public_record', 'comparison')),
        part INTEGER NOT NULL CHECK (part IN (2, 3)),
        basis TEXT NOT NULL
    )""",
    """
    INSERT INTO report_2 SELECT
        id, created_at, assessment_id, language, revision, sha256, size, signed_as, person_id, kind, part, basis FROM report""",
    """
    CREATE TABLE report_timestamp_2 (
        report_id TEXT NOT NULL PRIMARY KEY REFERENCES report_2 (id),
        created_at DATETIME NOT NULL,
        ends DATETIME NOT NULL
    )""",
    "INSERT INTO report_timestamp_2 SELECT report_id, created_at, ends FROM report_timestamp",
    "DROP TABLE report_timestamp",
    "DROP TABLE report",
    "ALTER TABLE report_2 RENAME TO report",
    "ALTER TABLE report_timestamp_2 RENAME TO report_timestamp",
    "CREATE INDEX report_sha256 ON report (sha256)",
    "CREATE UNIQUE INDEX report_revision ON report (assessment_id, kind, part, language, revision)",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    # A trigger that names a table which is being made anew would stop it; all are put in place again when the vault is open.
    for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute_sql(f'DROP TRIGGER "{name}"')
    run_statements(database, TABLES)
