"""What answers promise: every version kept, nothing written when it may not be, last time's only by confirmation."""

from __future__ import annotations

import dataclasses

import msgspec
import peewee
import pytest

from forms.answers import Answer
from forms.errors import ScoringError
from models import answering, evidence, review, starting
from models.errors import ActRefused, ReasonNeeded, RecordRefused, SealedAssessment, SentenceNeeded
from tests.models.conftest import SmallCase

BOARD, PLAN = "governance.board.meetings", "governance.plan"


def test_an_answer_is_read_back_and_its_versions_are_all_kept(small_case: SmallCase) -> None:
    small_case.give(BOARD, 2)
    small_case.give(BOARD, 3)
    assert small_case.file().answers.of("three-questions", BOARD) == Answer("answered", 3, "seen")
    numbers = [row.number for row in answering.AnswerVersion.select().order_by(answering.AnswerVersion.number)]
    assert numbers == [1, 2]


def test_the_same_answer_again_writes_nothing(small_case: SmallCase) -> None:
    small_case.give(BOARD, 2)
    small_case.give(BOARD, 2)
    assert answering.AnswerVersion.select().count() == 1


def test_an_answer_taken_away_is_open_again_and_its_history_stays(small_case: SmallCase) -> None:
    small_case.give(BOARD, 2)
    answering.give(actor=small_case.asa, assessment=small_case.assessment, key=small_case.key(BOARD), answer=None)
    assert small_case.file().answers.of("three-questions", BOARD) is None
    assert answering.AnswerVersion.select().count() == 2


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (BOARD, Answer("answered", 7)),
        (BOARD, Answer("not_applicable", reason="finns inte")),
        (PLAN, Answer("not_applicable")),
        (PLAN, Answer("not_established")),
        ("no.such.question", Answer("answered", 1)),
    ],
)
def test_an_answer_that_the_question_does_not_allow_changes_nothing(small_case: SmallCase, question: str, answer: Answer) -> None:
    with pytest.raises(ScoringError):
        answering.give(actor=small_case.asa, assessment=small_case.assessment, key=small_case.key(question), answer=answer)
    assert len(small_case.file().answers) == 0


def test_somebody_who_only_reviews_does_not_answer(small_case: SmallCase) -> None:
    with pytest.raises(ActRefused):
        answering.give(actor=small_case.rut, assessment=small_case.assessment, key=small_case.key(PLAN), answer=Answer("answered", "yes"))


def test_a_change_after_the_result_was_seen_needs_a_reason_and_is_counted(small_case: SmallCase) -> None:
    small_case.answer_all()
    review.see_result(actor=small_case.asa, assessment=small_case.assessment)
    with pytest.raises(ReasonNeeded):
        small_case.give(BOARD, 4)
    small_case.give(BOARD, 4, why="Nytt protokoll kom in.")
    file = small_case.file()
    assert file.changed_after_result == 1
    assert file.result_seen_at is not None


def test_seeing_an_unfinished_result_does_not_count_as_having_seen_it(small_case: SmallCase) -> None:
    small_case.give(BOARD, 3)
    review.see_result(actor=small_case.asa, assessment=small_case.assessment)
    assert small_case.file().result_seen_at is None


@pytest.mark.parametrize("stage", ["submit", "agree", "seal"])
def test_answers_are_refused_from_submission_on(small_case: SmallCase, stage: str) -> None:
    getattr(small_case, stage)()
    with pytest.raises(SealedAssessment):
        small_case.give(BOARD, 1, why="för sent")
    assert small_case.file().answers.of("three-questions", BOARD) == Answer("answered", 3, "seen")


def test_the_database_itself_refuses_an_answer_in_a_sealed_assessment(small_case: SmallCase) -> None:
    small_case.seal()
    row = answering.AnswerVersion.select().dicts().first()
    with pytest.raises(peewee.IntegrityError, match="sealed"):
        answering.AnswerVersion.insert({**row, "id": small_case.partner, "number": 99}).execute()


def _renewal(small_case: SmallCase) -> SmallCase:
    small_case.seal()
    return small_case.renew()


def test_in_a_renewal_nothing_counts_until_it_is_confirmed(small_case: SmallCase) -> None:
    renewal = _renewal(small_case)
    file = renewal.file()
    assert file.earlier is not None
    assert file.earlier.answers.of("three-questions", BOARD) == Answer("answered", 3, "seen")
    assert file.result.completeness.answered == 0


def test_a_key_question_is_confirmed_only_with_fresh_evidence_or_a_sentence(small_case: SmallCase) -> None:
    renewal = _renewal(small_case)
    earlier = Answer("answered", 3, "seen")
    with pytest.raises(SentenceNeeded):
        answering.confirm(actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(BOARD), earlier=earlier)
    answering.confirm(
        actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(BOARD), earlier=earlier, sentence="Läst fyra nya protokoll."
    )
    assert renewal.file().answer_cards[0].source == "confirmed"


def test_fresh_evidence_confirms_a_key_question_without_a_sentence(small_case: SmallCase) -> None:
    renewal = _renewal(small_case)
    evidence.add(
        actor=renewal.asa,
        assessment=renewal.assessment,
        instrument="three-questions",
        question=BOARD,
        path=None,
        name="Protokoll 2027-01",
        note="",
        dated=None,
    )
    answering.confirm(actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(BOARD), earlier=Answer("answered", 3, "seen"))
    assert renewal.file().result.completeness.answered == 1


def test_an_ordinary_question_is_confirmed_by_one_key(small_case: SmallCase) -> None:
    renewal = _renewal(small_case)
    answering.confirm(actor=renewal.asa, assessment=renewal.assessment, key=renewal.key(PLAN), earlier=Answer("answered", "yes", "seen"))
    assert renewal.file().answers.of("three-questions", PLAN) == Answer("answered", "yes", "seen")


def test_a_renewal_without_an_earlier_assessment_is_refused(small_case: SmallCase) -> None:
    draft = dataclasses.replace(small_case.file().card.draft, kind="renewal")
    with pytest.raises(RecordRefused):
        starting.start(actor=small_case.asa, draft=draft, template=small_case.template)


def _newer(small_case: SmallCase, **changes: object) -> SmallCase:
    """Renew by a newer template whose board question replaces the one of last time."""
    small_case.seal()
    section = small_case.template.sections[0]
    board = msgspec.structs.replace(section.questions[0], id="governance.board.decides", replaces=[BOARD], **changes)
    newer = msgspec.structs.replace(section, questions=[board, *section.questions[1:]])
    template = msgspec.structs.replace(small_case.template, sections=[newer], version="2")
    return dataclasses.replace(small_case, template=template).renew()


def test_last_times_answer_is_found_under_the_question_that_was_replaced(small_case: SmallCase) -> None:
    renewal = _newer(small_case)
    assert answering.last_time(renewal.assessment, "governance.board.decides") == Answer("answered", 3, "seen")
    assert answering.last_time(renewal.assessment, PLAN) == Answer("answered", "yes", "seen")
    answering.confirm(
        actor=renewal.asa,
        assessment=renewal.assessment,
        key=renewal.key("governance.board.decides"),
        earlier=Answer("answered", 3, "seen"),
        sentence="Läst fyra nya protokoll.",
    )
    assert [card.source for card in renewal.file().answer_cards] == ["confirmed"]


def test_an_answer_on_another_scale_is_not_offered_again(small_case: SmallCase) -> None:
    levels = small_case.template.question(BOARD).levels
    renewal = _newer(small_case, levels=levels[:-1])
    assert answering.last_time(renewal.assessment, "governance.board.decides") is None


def test_a_first_assessment_has_no_last_time(small_case: SmallCase) -> None:
    assert answering.last_time(small_case.assessment, BOARD) is None
