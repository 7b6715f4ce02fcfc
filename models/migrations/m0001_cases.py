"""Step 1, tables of what is assessed: partners, projects, assessments, answers, evidence, acts, seals, reports, decisions."""

from __future__ import annotations

TABLES: tuple[str, ...] = (
    """
    CREATE TABLE partner (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        rev INTEGER NOT NULL CHECK (rev > 0),
        name TEXT NOT NULL CHECK (name <> ''),
        name_fold TEXT NOT NULL,
        owner_id TEXT NOT NULL REFERENCES person (id)
    )""",
    "CREATE INDEX partner_name ON partner (name_fold)",
    """
    CREATE TABLE partner_version (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        partner_id TEXT NOT NULL REFERENCES partner (id),
        rev INTEGER NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        person_id TEXT NOT NULL REFERENCES person (id),
        UNIQUE (partner_id, rev)
    )""",
    """
    CREATE TABLE project (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        partner_id TEXT NOT NULL REFERENCES partner (id),
        rev INTEGER NOT NULL CHECK (rev > 0),
        title TEXT NOT NULL CHECK (title <> ''),
        owner_id TEXT NOT NULL REFERENCES person (id)
    )""",
    """
    CREATE TABLE project_version (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        project_id TEXT NOT NULL REFERENCES project (id),
        rev INTEGER NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        person_id TEXT NOT NULL REFERENCES person (id),
        UNIQUE (project_id, rev)
    )""",
    """
    CREATE TABLE template_text (
        hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
        created_at DATETIME NOT NULL,
        template_id TEXT NOT NULL,
        version TEXT NOT NULL,
        body BLOB NOT NULL
    )""",
    """
    CREATE TABLE assessment (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        case_number TEXT NOT NULL UNIQUE,
        partner_id TEXT NOT NULL REFERENCES partner (id),
        project_id TEXT REFERENCES project (id),
        template_hash TEXT NOT NULL REFERENCES template_text (hash),
        previous_id TEXT REFERENCES assessment (id),
        supersedes_id TEXT REFERENCES assessment (id),
        caseworker_id TEXT NOT NULL REFERENCES person (id),
        body TEXT NOT NULL CHECK (json_valid(body))
    )""",
    "CREATE INDEX assessment_partner ON assessment (partner_id)",
    """
    CREATE TABLE answer_version (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES assessment (id),
        instrument TEXT NOT NULL,
        question TEXT NOT NULL,
        respondent TEXT NOT NULL,
        unit TEXT NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        body TEXT CHECK (body IS NULL OR json_valid(body)),
        source TEXT NOT NULL CHECK (source IN ('typed', 'confirmed', 'imported', 'undo', 'redo')),
        why TEXT NOT NULL,
        after_result INTEGER NOT NULL CHECK (after_result IN (0, 1)),
        person_id TEXT NOT NULL REFERENCES person (id),
        UNIQUE (assessment_id, instrument, question, respondent, unit, number)
    )""",
    """
    CREATE TABLE answer_current (
        assessment_id TEXT NOT NULL REFERENCES assessment (id),
        instrument TEXT NOT NULL,
        question TEXT NOT NULL,
        respondent TEXT NOT NULL,
        unit TEXT NOT NULL,
        version_id TEXT NOT NULL REFERENCES answer_version (id),
        PRIMARY KEY (assessment_id, instrument, question, respondent, unit)
    )""",
    """
    CREATE TABLE evidence_item (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES assessment (id),
        instrument TEXT NOT NULL,
        question TEXT NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''),
        note TEXT NOT NULL,
        dated DATE,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id)
    )""",
    "CREATE INDEX evidence_item_assessment ON evidence_item (assessment_id, question)",
    """
    CREATE TABLE evidence_withdrawal (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        evidence_id TEXT NOT NULL UNIQUE REFERENCES evidence_item (id),
        reason TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id)
    )""",
    """
    CREATE TABLE act (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES assessment (id),
        person_id TEXT NOT NULL REFERENCES person (id),
        name TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq)
    )""",
    "CREATE INDEX act_assessment ON act (assessment_id, name, created_at)",
    """
    CREATE TABLE seal (
        assessment_id TEXT NOT NULL PRIMARY KEY REFERENCES assessment (id),
        created_at DATETIME NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        person_id TEXT NOT NULL REFERENCES person (id),
        audit_seq INTEGER NOT NULL,
        audit_head TEXT NOT NULL,
        partner_rev INTEGER NOT NULL,
        project_rev INTEGER,
        asked INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        stops INTEGER NOT NULL,
        result BLOB NOT NULL,
        record BLOB NOT NULL
    )""",
    """
    CREATE TABLE seal_score (
        assessment_id TEXT NOT NULL REFERENCES seal (assessment_id),
        kind TEXT NOT NULL CHECK (kind IN ('subject', 'section')),
        name TEXT NOT NULL,
        numerator TEXT,
        denominator TEXT,
        band TEXT,
        status TEXT NOT NULL,
        PRIMARY KEY (assessment_id, kind, name)
    )""",
    """
    CREATE TABLE report (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES seal (assessment_id),
        language TEXT NOT NULL,
        revision INTEGER NOT NULL CHECK (revision >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        size INTEGER NOT NULL,
        signed_as TEXT NOT NULL,
        person_id TEXT NOT NULL REFERENCES person (id),
        UNIQUE (assessment_id, language, revision)
    )""",
    "CREATE INDEX report_sha256 ON report (sha256)",
    """
    CREATE TABLE decision (
        id TEXT NOT NULL PRIMARY KEY,
        created_at DATETIME NOT NULL,
        assessment_id TEXT NOT NULL REFERENCES seal (assessment_id),
        outcome TEXT NOT NULL CHECK (outcome IN ('approve', 'approve_with_conditions', 'postpone', 'send_back', 'decline')),
        body TEXT NOT NULL CHECK (json_valid(body)),
        person_id TEXT NOT NULL REFERENCES person (id),
        audit_seq INTEGER NOT NULL REFERENCES audit_entry (seq)
    )""",
    "CREATE INDEX decision_assessment ON decision (assessment_id)",
)
