"""Step 2 of the register: several instruments in one assessment, and answers that come from elsewhere than the keyboard."""

from __future__ import annotations

from models.database import EncryptedDatabase
from models.migrations import run_statements

#: An answer may also be relied on another body's result, or be carried over when a draft goes over to a newer template.
_ANSWERS: tuple[str, ...] = (
    """
    CREATE TABLE answer_version_2 (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES assessment (id),
        instrument TEXT NOT NULL,
        question TEXT NOT NULL,
        respondent TEXT NOT NULL,
        unit TEXT NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        body TEXT CHECK (body IS NULL OR json_valid(body)),
        source TEXT NOT NULL CHECK (source IN ('typed', 'confirmed', 'imported', 'undo', 'redo', 'relied_on', 'upgraded')),
        why TEXT NOT NULL,
        after_result INTEGER NOT NULL CHECK (after_result IN (0, 1)),
        person_id TEXT NOT NULL REFERENCES person (id),
        UNIQUE (assessment_id, instrument, question, respondent, unit, number)
    )""",
    "INSERT INTO answer_version_2 SELECT * FROM answer_version",
    "DROP TABLE answer_version",
    "ALTER TABLE answer_version_2 RENAME TO answer_version",
)

#: Each score belongs to an instrument; what was sealed before had one.
_SCORES: tuple[str, ...] = (
    """
    CREATE TABLE seal_score_2 (
        assessment_id TEXT NOT NULL REFERENCES seal (assessment_id),
        instrument TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('subject', 'section')),
        name TEXT NOT NULL,
        numerator TEXT,
        denominator TEXT,
        band TEXT,
        status TEXT NOT NULL,
        PRIMARY KEY (assessment_id, instrument, kind, name)
    )""",
    """
    INSERT INTO seal_score_2 SELECT
        seal_score.assessment_id, template_text.template_id, kind, name, numerator, denominator, band, status
        FROM seal_score
        JOIN assessment ON assessment.id = seal_score.assessment_id
        JOIN template_text ON template_text.hash = assessment.template_hash""",
    "DROP TABLE seal_score",
    "ALTER TABLE seal_score_2 RENAME TO seal_score",
    """
    CREATE TABLE seal_instrument (
        assessment_id TEXT NOT NULL REFERENCES seal (assessment_id),
        place INTEGER NOT NULL CHECK (place > 0),
        template_hash TEXT NOT NULL REFERENCES template_text (hash),
        scope TEXT NOT NULL,
        asked INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        stops INTEGER NOT NULL,
        result BLOB NOT NULL,
        PRIMARY KEY (assessment_id, place)
    )""",
)


def up(_migrator: object, database: EncryptedDatabase) -> None:
    # A trigger that names a table which is being made anew would stop it; all are put in place again when the vault is open.
    for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute_sql(f'DROP TRIGGER "{name}"')
    run_statements(database, _ANSWERS, _SCORES)
