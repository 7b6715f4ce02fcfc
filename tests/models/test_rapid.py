"""A rapid start is held to its terms, is completed by a fuller assessment, and once lapsed pays nothing more."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from forms.canonical import canonical_json
from forms.template import Template
from models import actor, audit, case_list, casefile, deciding, person, rapid, sealing, starting
from models.actor import Actor
from models.cards import AssessmentCard, AssessmentDraft, Assigned, DecisionDraft, RapidTerms
from models.database import own_day, utc_now
from models.errors import RecordRefused
from models.wrapping import Cost
from tests.models.conftest import ASA, SmallCase

TODAY = own_day()
TERMS = RapidTerms(50_000_00, "SEK", TODAY + timedelta(90), "Karin Sandell", TODAY + timedelta(60), "En översvämning den 2 mars.")


@pytest.fixture
def secretary(asa: Actor, cost: Cost) -> Actor:
    card = person.add_person(
        by=asa, administrator_passphrase=ASA, name="Karin Sandell", email="", roles={"secretary"}, passphrase="karins ord", cost=cost
    )
    return actor.unlock(person=card.id, passphrase="karins ord")


@pytest.fixture
def wide(small_case: SmallCase) -> Template:
    """The small template with more than one scope."""
    return msgspec.structs.replace(small_case.template, scopes=["light", "standard", "full"])


def rapid_draft(case: SmallCase, **terms: Any) -> AssessmentDraft:
    draft = case.file().card.draft
    return dataclasses.replace(draft, kind="rapid", as_of=TODAY, rapid=dataclasses.replace(TERMS, **terms), first_time=None)


def start(case: SmallCase, draft: AssessmentDraft, template: Template | None = None) -> SmallCase:
    used = template or case.template
    made = starting.start(actor=case.asa, draft=draft, template=used)
    return dataclasses.replace(case, assessment=made, template=used)


def decision(**changes: Any) -> DecisionDraft:
    given: dict[str, Any] = {
        "outcome": "approve",
        "body": "Karin Sandell, på delegation",
        "minutes": "D-7",
        "paragraph": "1",
        "decided_on": TODAY,
        "granted_minor": 50_000_00,
        "granted_until": TERMS.ends,
    }
    return DecisionDraft(**{**given, **changes})


def card_of(assessment: UUID) -> AssessmentCard:
    """Give the card as lists show it; the file of the case must say the same."""
    (listed,) = [card for card in case_list.cards() if card.id == assessment]
    assert casefile.read(assessment).card == listed
    return listed


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"cap_minor": 0},
        {"currency": "kronor"},
        {"decider": " "},
        {"ends": TODAY - timedelta(1)},
        {"complete_by": TODAY - timedelta(1)},
    ],
)
def test_a_rapid_start_without_need_cap_decider_or_days_is_refused(small_case: SmallCase, wrong: dict[str, Any]) -> None:
    before = audit.head()
    with pytest.raises(RecordRefused):
        start(small_case, rapid_draft(small_case, **wrong))
    assert audit.head() == before


def test_a_rapid_start_needs_its_terms_and_no_other_kind_may_have_them(small_case: SmallCase) -> None:
    with pytest.raises(RecordRefused):
        start(small_case, dataclasses.replace(rapid_draft(small_case), rapid=None))
    with pytest.raises(RecordRefused):
        start(small_case, dataclasses.replace(rapid_draft(small_case), kind="new"))


def test_a_rapid_start_is_light_where_the_template_can_be(small_case: SmallCase, wide: Template) -> None:
    with pytest.raises(RecordRefused, match="light"):
        start(small_case, dataclasses.replace(rapid_draft(small_case), scope="full"), wide)
    assert card_of(start(small_case, rapid_draft(small_case), wide).assessment).draft.rapid == TERMS


def test_a_rapid_start_is_completed_not_renewed_and_by_more_than_it_asked(small_case: SmallCase, wide: Template) -> None:
    case = start(small_case, rapid_draft(small_case), wide)
    case.seal()
    with pytest.raises(RecordRefused, match="not renewed"):
        case.renew(rapid=None, scope="standard")
    with pytest.raises(RecordRefused, match="wider"):
        case.renew(kind="completion", rapid=None)
    completing = case.renew(kind="completion", rapid=None, scope="standard")
    assert casefile.read(completing.assessment).earlier is not None


def test_a_completion_continues_a_rapid_start_and_nothing_else(small_case: SmallCase) -> None:
    small_case.seal()
    with pytest.raises(RecordRefused, match="continues a rapid start"):
        small_case.renew(kind="completion")


def test_a_completion_starts_from_the_rapid_answers_and_counts_as_first_as_they(small_case: SmallCase, wide: Template) -> None:
    case = start(small_case, rapid_draft(small_case), wide)
    case.seal()
    completing = casefile.read(case.renew(kind="completion", rapid=None, scope="full").assessment)
    assert completing.earlier is not None
    assert completing.earlier.answers.of(wide.id, "governance.board.meetings") is not None
    assert completing.card.draft.first_time is True
    assert casefile.case_of(completing).facts["kind"] == "completion"


def test_the_rapid_start_says_what_continues_it_and_is_completed_when_that_is_sealed(small_case: SmallCase, wide: Template) -> None:
    case = start(small_case, rapid_draft(small_case), wide)
    case.seal()
    assert rapid.standing(card_of(case.assessment), TODAY) == "to_complete"
    completing = case.renew(kind="completion", rapid=None, scope="full", as_of=TODAY)
    number = completing.file().card.case_number
    begun = card_of(case.assessment)
    assert (begun.continued_by, begun.is_completed) == (number, False)
    assert rapid.standing(begun, TODAY) == "in_completion"
    assert rapid.standing(begun, TERMS.complete_by + timedelta(1)) == "lapsed"
    completing.seal()
    done = card_of(case.assessment)
    assert (done.continued_by, done.is_completed) == (number, True)
    assert rapid.standing(done, TERMS.complete_by + timedelta(1)) == "completed"
    assert case_list.rapid_starts() == ()


def test_it_stands_through_its_last_day_and_lapses_the_day_after(small_case: SmallCase) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.seal()
    card = card_of(case.assessment)
    assert rapid.standing(card, TERMS.complete_by) == "to_complete"
    assert rapid.standing(card, TERMS.complete_by + timedelta(1)) == "lapsed"
    assert [one.id for one in case_list.rapid_starts()] == [case.assessment]


def test_an_ordinary_assessment_has_no_such_standing(small_case: SmallCase) -> None:
    assert rapid.standing(card_of(small_case.assessment), TODAY) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"granted_minor": 50_000_01}, "cap"),
        ({"granted_until": TERMS.ends + timedelta(1)}, "period"),
        ({"granted_minor": None}, "how much"),
        ({"granted_until": None}, "until when"),
        ({"body": "Styrelsen"}, "Karin Sandell"),
    ],
)
def test_a_decision_above_the_cap_beyond_the_period_or_by_another_is_refused(
    small_case: SmallCase, secretary: Actor, wrong: dict[str, Any], said: str
) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.seal()
    with pytest.raises(RecordRefused, match=said):
        deciding.put(actor=secretary, assessment=case.assessment, draft=decision(**wrong))
    assert card_of(case.assessment).state == "sealed"


def test_a_decision_within_the_terms_by_its_decider_is_recorded_and_due_when_it_must_be_completed(
    small_case: SmallCase, secretary: Actor
) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.seal()
    deciding.put(actor=secretary, assessment=case.assessment, draft=decision())
    card = card_of(case.assessment)
    assert (card.state, card.outcome, card.next_due) == ("decided", "approve", TERMS.complete_by)


def test_another_decider_must_be_explained(small_case: SmallCase, secretary: Actor) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.seal()
    explained = decision(body="Ordföranden", departure="Karin Sandell var jävig.")
    deciding.put(actor=secretary, assessment=case.assessment, draft=explained)
    assert card_of(case.assessment).outcome == "approve"


def test_a_declined_rapid_start_leaves_nothing_to_complete(small_case: SmallCase, secretary: Actor) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.seal()
    declined = decision(outcome="decline", departure="Ingen nöd längre.", granted_minor=None, granted_until=None)
    deciding.put(actor=secretary, assessment=case.assessment, draft=declined)
    assert rapid.standing(card_of(case.assessment), TERMS.complete_by + timedelta(1)) == "none"
    with pytest.raises(RecordRefused, match="declined"):
        case.renew(kind="completion", rapid=None)


def test_after_a_lapsed_one_there_is_no_approval_and_no_second_rapid_start(
    small_case: SmallCase, secretary: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved, late = (start(small_case, rapid_draft(small_case)) for _ in range(2))
    approved.seal()
    deciding.put(actor=secretary, assessment=approved.assessment, draft=decision())
    later = utc_now() + timedelta(61)
    for module in (rapid, deciding):
        monkeypatch.setattr(module, "utc_now", lambda: later)
    with pytest.raises(RecordRefused, match="lapsed"):
        start(small_case, rapid_draft(small_case, complete_by=TODAY + timedelta(200), ends=TODAY + timedelta(200)))
    late.seal()
    with pytest.raises(RecordRefused, match="lapsed"):
        deciding.put(actor=secretary, assessment=late.assessment, draft=decision(decided_on=later.date()))


def test_a_sealed_rapid_start_is_whole(small_case: SmallCase) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.seal()
    assert sealing.faults(case.assessment) == ()


def test_only_somebody_with_the_role_is_left_questions_to(small_case: SmallCase, secretary: Actor) -> None:
    draft = small_case.file().card.draft
    with pytest.raises(RecordRefused, match="Karin Sandell"):
        start(small_case, dataclasses.replace(draft, assigned=(Assigned("controller", secretary.person),)))
    chosen = (Assigned("secretary", secretary.person),)
    assert card_of(start(small_case, dataclasses.replace(draft, assigned=chosen)).assessment).draft.assigned == chosen


@pytest.mark.parametrize("terms", [None, dataclasses.replace(TERMS, cap_minor=1)])
def test_a_record_with_other_terms_than_the_rapid_start_has_is_not_sealed(small_case: SmallCase, terms: RapidTerms | None) -> None:
    case = start(small_case, rapid_draft(small_case))
    case.agree()
    said = json.loads(case.record())
    said["assessment"]["rapid"] = json.loads(canonical_json(terms))
    with pytest.raises(RecordRefused, match="does not say"):
        sealing.put(actor=case.asa, assessment=case.assessment, record=canonical_json(said))
