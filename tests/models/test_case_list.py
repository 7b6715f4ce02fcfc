"""What lists promise: the same as the file of the case says, at the same number of questions to the vault however long they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import peewee
import pytest

from models import case_list, casefile, deciding, review, starting
from models.cards import AssessmentCard, DecisionDraft
from models.database import open_register, own_day
from tests.models.conftest import SmallCase
from tests.models.test_review import DECIDED


def listed(case: SmallCase) -> AssessmentCard:
    return next(card for card in case_list.cards() if card.id == case.assessment)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Count what the register is asked."""
    asked: list[str] = []

    def note(event: peewee.QueryEvent) -> None:
        asked.append(event.sql)

    hooks = open_register().query_hooks
    hooks.append(note)
    try:
        yield asked
    finally:
        hooks.remove(note)


@pytest.mark.parametrize("stage", ["answer_all", "make_ready", "submit", "agree", "seal"])
def test_a_list_says_of_each_case_what_its_file_says(small_case: SmallCase, stage: str) -> None:
    getattr(small_case, stage)()
    assert listed(small_case) == casefile.read(small_case.assessment).card


def test_a_decided_and_a_replaced_case_stand_in_the_list_as_in_their_files(small_case: SmallCase) -> None:
    small_case.seal()
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED)
    assert listed(small_case) == small_case.file().card
    assert listed(small_case).state == "decided"
    correction = small_case.renew(kind="new", previous=None, supersedes=small_case.assessment)
    assert listed(small_case).state == "decided"
    correction.seal()
    assert listed(small_case).state == "superseded"
    assert listed(small_case) == small_case.file().card


def test_one_partners_list_is_a_part_of_the_whole(small_case: SmallCase) -> None:
    small_case.seal()
    assert case_list.cards(partner=small_case.partner) == case_list.cards()
    assert case_list.cards(partner=small_case.assessment) == ()


def test_a_sealed_case_adds_no_question_to_a_list(small_case: SmallCase) -> None:
    small_case.seal()
    with counted() as one:
        case_list.cards()
    correction = small_case.renew(kind="new", previous=None, supersedes=small_case.assessment)
    correction.seal()
    with counted() as two:
        case_list.cards()
    assert len(one) == len(two) > 0


def due(draft: DecisionDraft, case: SmallCase) -> list[AssessmentCard]:
    deciding.put(actor=case.asa, assessment=case.assessment, draft=draft)
    return list(case_list.due(within_days=90))


def test_a_case_is_due_until_it_is_renewed_and_a_withdrawn_renewal_renews_nothing(small_case: SmallCase) -> None:
    small_case.seal()
    assert [card.id for card in due(dataclasses.replace(DECIDED, next_due=own_day()), small_case)] == [small_case.assessment]
    renewal = small_case.renew()
    assert case_list.due(within_days=90) == ()
    review.withdraw(actor=small_case.asa, assessment=renewal.assessment, reason="Fel år.")
    assert [card.id for card in case_list.due(within_days=90)] == [small_case.assessment]


@pytest.mark.parametrize("outcome", ["postpone", "send_back", "decline"])
def test_what_was_not_approved_is_never_due(small_case: SmallCase, outcome: str) -> None:
    small_case.seal()
    assert due(dataclasses.replace(DECIDED, outcome=outcome, departure="så", next_due=own_day()), small_case) == []


def test_case_numbers_run_by_year(small_case: SmallCase) -> None:
    draft = small_case.file().card.draft
    made = [
        starting.start(actor=small_case.asa, draft=dataclasses.replace(draft, as_of=day), template=small_case.template)
        for day in (date(2026, 5, 1), date(2027, 1, 1))
    ]
    numbers = {card.id: card.case_number for card in case_list.cards()}
    assert [numbers[one] for one in made] == ["2026-002", "2027-001"]
