"""What the database itself refuses: one list, put in place each time a vault is opened."""

from __future__ import annotations

from models.database import EncryptedDatabase, write_tx

#: Tables of the register whose rows are never changed nor removed.
INSERT_ONLY: tuple[str, ...] = (
    "organisation",
    "personal_certificate",
    "certificate_revocation",
    "revocation_list",
    "signing_choice",
    "authority_list",
    "partner_version",
    "project_version",
    "template_text",
    "assessment",
    "answer_version",
    "evidence_item",
    "evidence_withdrawal",
    "outside_result",
    "outside_withdrawal",
    "act",
    "organisation_act",
    "seal",
    "seal_score",
    "seal_instrument",
    "report",
    "report_timestamp",
    "decision",
    "decision_document",
    "decision_timestamp",
    "imported_assessment",
)
#: The same in the evidence file.
EVIDENCE_INSERT_ONLY: tuple[str, ...] = ("evidence_fact", "blob", "chunk")

_AUDIT_KEPT = ("seq", "at", "person_id", "certificate_id", "act", "value_digest", "digest", "signature")
_AUDIT = {
    "audit_entry_no_delete": "BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is insert-only'); END",
    # The one change there is: value and nonce are erased together.
    "audit_entry_no_update": (
        "BEFORE UPDATE ON audit_entry WHEN NOT (NEW.value IS NULL AND NEW.nonce IS NULL AND "
        + " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _AUDIT_KEPT)
        + ") BEGIN SELECT RAISE(ABORT, 'audit_entry is insert-only'); END"
    ),
    "audit_entry_in_order": (
        "BEFORE INSERT ON audit_entry WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM audit_entry) "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is out of order'); END"
    ),
}

#: What goes on in a sealed assessment is refused by the database too, and so is a review by the one who wrote it.
_SEALED = "EXISTS (SELECT 1 FROM seal WHERE seal.assessment_id = NEW.assessment_id)"
_CASES = {
    **{
        f"{table}_not_sealed": f"BEFORE INSERT ON {table} WHEN {_SEALED} BEGIN SELECT RAISE(ABORT, 'the assessment is sealed'); END"
        for table in ("answer_version", "evidence_item", "act")
    },
    "evidence_withdrawal_not_sealed": (
        "BEFORE INSERT ON evidence_withdrawal WHEN EXISTS (SELECT 1 FROM seal "
        "JOIN evidence_item ON evidence_item.assessment_id = seal.assessment_id WHERE evidence_item.id = NEW.evidence_id) "
        "BEGIN SELECT RAISE(ABORT, 'the assessment is sealed'); END"
    ),
    **{
        f"answer_current_not_sealed_{verb.lower()}": (
            f"BEFORE {verb} ON answer_current WHEN {_SEALED.replace('NEW', side)} "
            "BEGIN SELECT RAISE(ABORT, 'the assessment is sealed'); END"
        )
        for verb, side in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    },
    "act_four_eyes": (
        "BEFORE INSERT ON act WHEN NEW.name IN ('review.agreed', 'review.returned') AND ("
        "NEW.person_id = (SELECT caseworker_id FROM assessment WHERE id = NEW.assessment_id) "
        "OR EXISTS (SELECT 1 FROM answer_version WHERE assessment_id = NEW.assessment_id AND person_id = NEW.person_id) "
        "OR EXISTS (SELECT 1 FROM evidence_item WHERE assessment_id = NEW.assessment_id AND person_id = NEW.person_id)) "
        "BEGIN SELECT RAISE(ABORT, 'a review needs another person'); END"
    ),
    # A name stands in sealed records, reports and certificates; a new name is a matter for a version of its own.
    "person_name_kept": (
        "BEFORE UPDATE OF name ON person WHEN NEW.name IS NOT OLD.name BEGIN SELECT RAISE(ABORT, 'a person keeps the name'); END"
    ),
}


def register_triggers() -> dict[str, str]:
    """Give the triggers of the register: name and the rest of the statement."""
    return {**_refusals(INSERT_ONLY), **_AUDIT, **_CASES}


def evidence_triggers() -> dict[str, str]:
    """Give the triggers of the evidence file."""
    return _refusals(EVIDENCE_INSERT_ONLY)


def put_in_place(database: EncryptedDatabase, triggers: dict[str, str]) -> None:
    """Make the triggers in the file exactly these, whatever was there. Writes only if something differs."""
    wanted = {name: f"CREATE TRIGGER {name} {rest}" for name, rest in triggers.items()}
    there = dict(database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    if there == wanted:
        return
    with write_tx(database):
        for name in there:
            database.execute_sql(f'DROP TRIGGER "{name}"')
        for statement in wanted.values():
            database.execute_sql(statement)


def _refusals(tables: tuple[str, ...]) -> dict[str, str]:
    return {
        f"{table}_no_{verb.lower()}": f"BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    }
