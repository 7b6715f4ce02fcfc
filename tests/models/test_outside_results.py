"""Others' results: registered and withdrawn for good, relied on by one confirmation, and as they were when the case was sealed."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from forms.canonical import canonical_json
from forms.outside import OutsideResult
from forms.question import ReliesOn
from forms.template import Template
from models import answering, audit, casefile, evidence, outside_result, relying, review, sealing, starting
from models.actor import Actor
from models.cards import OutsideCard
from models.database import open_register, utc_now
from models.errors import ActRefused, ReasonNeeded, RecordRefused
from models.remaining import obstacles
from tests.models.conftest import SmallCase

RESULT = OutsideResult("FN-organ (påhittat)", "hact_micro_assessment", "moderate", date(2025, 5, 1), scope="Ekonomi")
BOARD = "governance.board.meetings"


@pytest.fixture
def relying_case(small_case: SmallCase) -> SmallCase:
    """The small case with a template whose first question relies on another body's rating."""
    section = small_case.template.sections[0]
    relies = ReliesOn(result="hact_micro_assessment", answers={"low": "4", "moderate": "3", "significant": "1", "high": "0"})
    questions = [msgspec.structs.replace(one, relies_on=[relies]) if one.id == BOARD else one for one in section.questions]
    sections = [msgspec.structs.replace(section, questions=questions), *small_case.template.sections[1:]]
    template: Template = msgspec.structs.replace(small_case.template, sections=sections)
    made = starting.start(actor=small_case.asa, draft=small_case.file().card.draft, template=template)
    return dataclasses.replace(small_case, assessment=made, template=template)


def register(case: SmallCase, path: Path | None = None, **changes: Any) -> UUID:
    result = dataclasses.replace(RESULT, **changes)
    return outside_result.register(actor=case.asa, partner=case.partner, result=result, path=path)


def only(case: SmallCase) -> OutsideCard:
    (card,) = outside_result.cards_of(case.partner)
    return card


def test_a_result_is_kept_with_its_file_and_entered_in_the_trail(relying_case: SmallCase, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    file.write_bytes(b"%PDF-1.7 invented")
    made = register(relying_case, file)
    card = only(relying_case)
    assert (card.id, card.result, card.file_name, card.person_name) == (made, RESULT, "rapport.pdf", "Åsa Ek")
    assert outside_result.file_bytes(made) == file.read_bytes()
    assert [entry.act for entry in audit.entries()][-1] == "outside.registered"
    assert audit.check_chain().whole


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner": " "},
        {"kind": "horoscope"},
        {"rating": "verified"},
        {"dated": date.today() + timedelta(2)},  # noqa: DTZ011
        {"valid_until": date(2025, 4, 30)},
        {"consent": "perhaps"},
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_kept(relying_case: SmallCase, wrong: dict[str, Any]) -> None:
    with pytest.raises(RecordRefused):
        register(relying_case, **wrong)
    assert outside_result.cards_of(relying_case.partner) == ()


def test_a_reviewer_registers_nothing(relying_case: SmallCase, rut: Actor) -> None:
    with pytest.raises(ActRefused):
        outside_result.register(actor=rut, partner=relying_case.partner, result=RESULT)


def test_a_missing_file_is_said_and_nothing_is_registered(relying_case: SmallCase, tmp_path: Path) -> None:
    with pytest.raises(RecordRefused):
        register(relying_case, tmp_path / "borta.pdf")
    assert outside_result.cards_of(relying_case.partner) == ()


def test_a_withdrawal_needs_a_reason_happens_once_and_keeps_the_result_readable(relying_case: SmallCase) -> None:
    made = register(relying_case)
    with pytest.raises(RecordRefused):
        outside_result.withdraw(actor=relying_case.asa, result=made, reason=" ")
    outside_result.withdraw(actor=relying_case.asa, result=made, reason="Ersatt")
    assert (only(relying_case).withdrawn, only(relying_case).is_withdrawn) == ("Ersatt", True)
    with pytest.raises(RecordRefused):
        outside_result.withdraw(actor=relying_case.asa, result=made, reason="Igen")


@pytest.mark.parametrize("table", ["outside_result", "outside_withdrawal"])
def test_the_database_itself_refuses_changes(relying_case: SmallCase, table: str) -> None:
    outside_result.withdraw(actor=relying_case.asa, result=register(relying_case), reason="Ersatt")
    with pytest.raises(Exception, match="insert-only"):
        open_register().execute_sql(f"UPDATE {table} SET created_at = 'x'")


def test_one_confirmation_answers_and_puts_the_result_behind_the_answer(relying_case: SmallCase, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    file.write_bytes(b"%PDF-1.7 invented")
    made = register(relying_case, file)
    assert relying.offers(relying_case.file())[BOARD].value == 3
    before, after = relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    read = relying_case.file()
    assert (before, after.value, after.known) == (None, 3, "seen")
    assert [(card.question, card.source) for card in read.answer_cards] == [(BOARD, "relied_on")]
    assert [(card.question, card.outside, card.sha256) for card in read.evidence] == [(BOARD, made, only(relying_case).sha256)]
    assert {question: card.id for question, card in relying.relied_on(read).items()} == {BOARD: made}


def test_without_a_file_the_answer_is_only_said(relying_case: SmallCase) -> None:
    register(relying_case)
    _, after = relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    assert after.known == "said"


def test_an_answer_of_ones_own_is_no_longer_relied_on(relying_case: SmallCase) -> None:
    register(relying_case)
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    relying_case.give(BOARD, 1)
    assert relying.relied_on(relying_case.file()) == {}


def test_relying_twice_puts_one_row_behind_the_answer(relying_case: SmallCase) -> None:
    register(relying_case)
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    relying_case.give(BOARD, 1)
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    assert len(relying_case.file().evidence) == 1


@pytest.mark.parametrize("spoilt", [{"valid_until": date(2026, 3, 8)}, {"consent": "none"}, {"dated": date(2026, 3, 10)}, None])
def test_what_has_expired_lacks_consent_or_was_withdrawn_is_not_relied_on(relying_case: SmallCase, spoilt: dict[str, Any] | None) -> None:
    made = register(relying_case, **(spoilt or {}))
    if spoilt is None:
        outside_result.withdraw(actor=relying_case.asa, result=made, reason="Ersatt")
    with pytest.raises(RecordRefused):
        relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    assert relying_case.file().answers == casefile.AnswerSet()


def test_no_answer_can_be_given_as_relied_on_without_a_result(relying_case: SmallCase) -> None:
    with pytest.raises(RecordRefused):
        answering.give(
            actor=relying_case.asa,
            assessment=relying_case.assessment,
            key=relying_case.key(BOARD),
            answer=casefile.answering.Answer("answered", 4),
            source="relied_on",
        )


def test_after_the_result_was_seen_relying_needs_a_reason(relying_case: SmallCase) -> None:
    register(relying_case)
    relying_case.answer_all(board=1)
    review.see_result(actor=relying_case.asa, assessment=relying_case.assessment)
    with pytest.raises(ReasonNeeded):
        relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    assert relying_case.file().evidence == ()
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD), why="Rapporten kom.")


def test_a_sealed_case_shows_the_results_as_they_were_when_it_was_sealed(relying_case: SmallCase) -> None:
    made = register(relying_case)
    relying_case.seal()
    outside_result.withdraw(actor=relying_case.asa, result=made, reason="Ersatt")
    register(relying_case, owner="Senare (påhittad)")
    (card,) = relying_case.file().outside
    assert (card.id, card.is_withdrawn) == (made, False)
    assert card.at <= utc_now()


def test_an_answer_that_relies_on_what_no_longer_holds_keeps_the_case_from_being_handed_over(relying_case: SmallCase) -> None:
    made = register(relying_case)
    relying_case.make_ready()
    why = "Rapporten kom." if relying_case.file().result_seen_at else ""
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD), why=why)
    assert obstacles(relying_case.file(), stage="submit") == ()
    outside_result.withdraw(actor=relying_case.asa, result=made, reason="Ersatt")
    assert [(one.id, one.question) for one in obstacles(relying_case.file(), stage="submit")] == [("relied", BOARD)]


def test_taking_the_result_away_from_behind_the_answer_leaves_it_relying_on_nothing(relying_case: SmallCase) -> None:
    register(relying_case)
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    (row,) = relying_case.file().evidence
    evidence.withdraw(actor=relying_case.asa, evidence=row.id, reason="Fel")
    assert relying.relied_on(relying_case.file()) == {}
    assert ("relied", BOARD) in [(one.id, one.question) for one in obstacles(relying_case.file(), stage="submit")]


def test_the_sealed_record_names_what_was_relied_on(relying_case: SmallCase, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    file.write_bytes(b"%PDF-1.7 invented")
    made = register(relying_case, file)
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    relying_case.seal()
    sealed = relying_case.file().seal
    assert sealed is not None
    record = json.loads(sealed.record)
    assert record["relied_on"] == [
        {
            "question": BOARD,
            "id": str(made),
            "owner": RESULT.owner,
            "kind": RESULT.kind,
            "rating": RESULT.rating,
            "dated": "2025-05-01",
            "valid_until": None,
            "scope": "Ekonomi",
            "consent": "given",
            "sha256": only(relying_case).sha256,
        }
    ]
    assert record["assessment"]["first_time"] is True
    assert sealing.faults(relying_case.assessment) == ()


def test_a_record_that_hides_what_was_relied_on_is_not_sealed(relying_case: SmallCase, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    file.write_bytes(b"%PDF-1.7 invented")
    register(relying_case, file)
    relying.rely(actor=relying_case.asa, assessment=relying_case.assessment, key=relying_case.key(BOARD))
    relying_case.agree()
    said = json.loads(relying_case.record())
    del said["relied_on"]
    with pytest.raises(RecordRefused, match="does not say"):
        sealing.put(actor=relying_case.asa, assessment=relying_case.assessment, record=canonical_json(said))
