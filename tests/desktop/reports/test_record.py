"""The sealed record says everything, exactly, and the same each time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from desktop.reports.record import SCHEMA, sealed_record
from forms.canonical import canonical_json
from forms.reading import template_from_canonical
from models.cards import AssessmentFile
from tests.desktop.reports.sample_file import SIGNERS, ident, sample_file, three_questions


def _record(file: AssessmentFile) -> bytes:
    return sealed_record(file, vault_id=ident("vault"), signers=SIGNERS, audit_seq=7, audit_head="ef" * 32)


def test_record_is_canonical_and_the_same_for_the_same_file() -> None:
    file = sample_file(three_questions(), sealed=False)
    record = _record(file)
    assert record == _record(file)
    assert record == canonical_json(json.loads(record))


def test_record_holds_the_template_its_hash_is_taken_of() -> None:
    file = sample_file(three_questions(), sealed=False)
    template = json.loads(_record(file))["template"]
    assert hashlib.sha256(canonical_json(template["content"])).hexdigest() == template["sha256"] == file.template.hash
    assert template_from_canonical(canonical_json(template["content"])) == file.template


def test_record_holds_the_result_byte_for_byte() -> None:
    file = sample_file(three_questions(), sealed=False)
    assert canonical_json(json.loads(_record(file))["result"]) == file.result.to_bytes()


def test_record_names_schema_signers_and_audit_anchor() -> None:
    record = json.loads(_record(sample_file(three_questions(), sealed=False)))
    assert record["schema"] == SCHEMA
    assert [(one["field"], one["name"]) for one in record["required_signers"]] == [
        ("Caseworker", "Maja Ekwall"),
        ("Reviewer", "Henrik Sandell"),
    ]
    assert record["audit"] == {"seq": 7, "head": "ef" * 32}


def test_every_answer_says_who_gave_it_when_and_how_it_is_known() -> None:
    file = sample_file(three_questions(), sealed=False)
    answers = json.loads(_record(file))["answers"]
    assert {one["question"] for one in answers} == {card.question for card in file.answer_cards}
    assert all(one["by"] and one["at"] and one["known"] for one in answers)


def test_what_happens_after_sealing_does_not_change_the_record() -> None:
    file = sample_file(three_questions(), sealed=False)
    later = replace(file, card=replace(file.card, state="decided", touched_at=file.card.touched_at.replace(year=2027)))
    assert _record(later) == _record(file)


def test_a_changed_answer_changes_the_record() -> None:
    file = sample_file(three_questions(), sealed=False)
    first, *rest = file.answer_cards
    changed = replace(file, answer_cards=(replace(first, answer=replace(first.answer, comment="another")), *rest))
    assert _record(changed) != _record(file)
