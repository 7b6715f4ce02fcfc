"""What the list of assessments shows, where each opens, and what a new one is started with."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from desktop.assessments.offering import offer, problems, proposal_of
from desktop.assessments.starting import Choices, Typed, TypedRapid, assessment_draft, fitted, going_on, rate_of
from desktop.assessments.state import latest_sealed, lines, room_in_review, room_of, state_options
from desktop.language import language
from forms.library import Library
from models.cards import PartnerCard, PartnerDraft, PartnerPage, ProjectCard, ProjectDraft
from tests.desktop.reports.sample_file import sample_file, template, three_questions

EN = language("en")
FILE = sample_file()
CARD = FILE.card
WIDE = msgspec.structs.replace(template(), scopes=["light", "standard", "full"])
THREE, REAL = Choices.of((three_questions(), WIDE), "three-questions"), Choices.of((three_questions(), WIDE), WIDE.id)
WELLS = ProjectCard(uuid4(), uuid4(), 1, ProjectDraft("Wells", amount_minor=100_00, currency="EUR"))
PUMPS = ProjectCard(uuid4(), uuid4(), 1, ProjectDraft("Pumps"))


def in_state(state, **changes):
    return dataclasses.replace(CARD, id=uuid4(), state=state, **changes)


def page(projects=(WELLS, PUMPS), assessments=()):
    card = PartnerCard(uuid4(), 1, PartnerDraft("Bright Wells (invented)", "KE"), datetime(2026, 3, 9))  # noqa: DTZ001
    return PartnerPage(card, tuple(projects), tuple(assessments))


@pytest.mark.parametrize(
    ("state", "room"),
    [
        ("draft", "assessment"),
        ("returned", "assessment"),
        ("agreed", "seal"),
        ("sealed", "seal"),
        ("decided", "decision"),
        ("withdrawn", "assessment"),
    ],
)
def test_an_assessment_opens_where_it_is_worked_on(state, room):
    assert room_of(in_state(state)) == room


def test_one_in_review_opens_for_the_reviewer_and_for_nobody_who_wrote_in_it():
    writer, other = uuid4(), uuid4()
    file = dataclasses.replace(FILE, card=in_state("in_review"), answered_by=(writer,))
    reviews = frozenset({"reviewer"})
    assert room_in_review(file, person=other, roles=reviews) == "review"
    assert room_in_review(file, person=writer, roles=reviews) == "assessment"
    assert room_in_review(file, person=file.card.caseworker, roles=reviews) == "assessment"
    assert room_in_review(file, person=other, roles=frozenset({"caseworker"})) == "assessment"


def test_the_list_is_filtered_by_state_and_says_how_far_each_has_come():
    cards = (in_state("draft", asked=36, answered=12), in_state("sealed"))
    (line,) = lines(cards, EN, state="draft")
    assert (line.state.word, line.progress) == ("Draft", "12 of 36")
    assert len(lines(cards, EN)) == 2


def test_only_states_that_occur_are_offered_with_how_many():
    options = state_options((in_state("draft"), in_state("draft"), in_state("sealed")), EN)
    assert options == [("", "All states"), ("draft", "Draft (2)"), ("sealed", "Sealed (1)")]


def test_a_renewal_starts_from_the_newest_sealed_one():
    old = in_state("decided", draft=dataclasses.replace(CARD.draft, as_of=date(2022, 5, 1)))
    new = in_state("sealed", draft=dataclasses.replace(CARD.draft, as_of=date(2025, 5, 1)))
    assert latest_sealed((old, in_state("draft"), new)) is new
    assert latest_sealed((in_state("withdrawn"), in_state("superseded"))) is None


@pytest.mark.parametrize(("typed", "rate"), [("11,42", Fraction(571, 50)), (" 0.095 ", Fraction(19, 200)), ("1 000", Fraction(1000))])
def test_a_rate_is_read_exactly_with_either_decimal_sign(typed, rate):
    assert rate_of(typed) == rate


@pytest.mark.parametrize("typed", ["", "0", "-1", "1,2,3", "1e3", "elva", "1/3", "٣"])
def test_what_is_no_rate_is_none(typed):
    assert rate_of(typed) is None


def started(typed, shown, choices):
    return assessment_draft(typed, shown, choices, proposal_of(typed, shown, choices))


def test_a_template_that_assesses_a_project_needs_one_and_proposes_the_newest():
    assert fitted(Typed(partner=uuid4()), page(), REAL).project == WELLS.id
    nothing = page(projects=())
    assert "new.project" in problems(fitted(Typed(partner=uuid4()), nothing, REAL), nothing, REAL, EN)


def test_a_template_of_the_organisation_alone_offers_to_leave_the_project_out():
    shown = offer(Typed(partner=uuid4()), page(), THREE, EN)
    assert shown.projects[0][0] is None
    assert fitted(Typed(partner=uuid4()), page(), THREE).project is None


def test_without_a_sealed_assessment_there_is_nothing_to_renew_and_it_says_so():
    chosen = fitted(Typed(partner=uuid4(), kind="renewal"), page(), REAL)
    shown = offer(chosen, page(), REAL, EN)
    assert chosen.kind == "new"
    assert "no sealed assessment" in shown.kind_words
    assert shown.kinds == {"new", "rapid"}


def test_a_renewal_takes_up_what_was_chosen_last_time_and_the_scope_is_proposed_anew():
    sealed = in_state("sealed", draft=dataclasses.replace(CARD.draft, project=PUMPS.id, collaboration="channel", template_id=template().id))
    shown = page(assessments=(sealed,))
    chosen = fitted(going_on(Typed(partner=sealed.draft.partner, scope_reason="x", as_of=date(2026, 3, 9)), sealed), shown, REAL)
    draft = started(chosen, shown, REAL)
    assert (draft.kind, draft.previous, draft.project, draft.collaboration) == ("renewal", sealed.id, PUMPS.id, "channel")
    assert draft.proposed is not None
    assert draft.scope == draft.proposed.scope


def test_a_form_that_is_no_longer_offered_becomes_the_one_that_is():
    sealed = in_state("sealed", draft=dataclasses.replace(CARD.draft, collaboration="partner"))
    assert going_on(Typed(), sealed).collaboration == "established"


def test_the_rate_is_asked_for_only_when_the_currencies_differ():
    chosen = fitted(Typed(partner=uuid4(), project=WELLS.id, scope_reason="x", as_of=date(2026, 3, 9)), page(), REAL)
    assert "SEK is one EUR" in offer(chosen, page(), REAL, EN).rate_hint
    assert list(problems(chosen, page(), REAL, EN)) == ["new.rate"]
    with_rate = dataclasses.replace(chosen, rate="11,42")
    assert problems(with_rate, page(), REAL, EN) == {}
    assert started(with_rate, page(), REAL).rate == Fraction(571, 50)
    without_amount = dataclasses.replace(with_rate, project=PUMPS.id)
    assert offer(without_amount, page(), REAL, EN).rate_hint == ""
    assert started(without_amount, page(), REAL).rate is None


def test_a_sentence_is_needed_when_another_scope_is_chosen_than_the_proposed_one():
    chosen = fitted(Typed(partner=uuid4(), scope_reason="  ", as_of=date(2026, 3, 9)), page(projects=(PUMPS,)), REAL)
    shown = offer(chosen, page(projects=(PUMPS,)), REAL, EN)
    assert (shown.scope, shown.is_proposed) == ("standard", True)
    assert "has not been assessed here before" in shown.proposed
    assert problems(chosen, page(projects=(PUMPS,)), REAL, EN) == {}
    otherwise = dataclasses.replace(chosen, scope="light")
    assert list(problems(otherwise, page(projects=(PUMPS,)), REAL, EN)) == ["new.reason"]


def test_a_partner_and_a_date_are_required():
    chosen = fitted(Typed(), None, THREE)
    assert problems(chosen, None, THREE, EN)["new.partner"] == "Choose the partner."
    assert problems(chosen, None, THREE, EN)["new.date"] == "Enter the date."


RAPID = TypedRapid("Flood", 50_000_00, "SEK", date(2026, 6, 30), "Karin Sandell", date(2026, 5, 31))


def test_a_rapid_start_is_light_and_needs_every_term():
    bare = fitted(Typed(partner=uuid4(), kind="rapid", as_of=date(2026, 3, 9)), page(projects=(PUMPS,)), REAL)
    assert list(problems(bare, page(projects=(PUMPS,)), REAL, EN)) == [
        "new.rapid.reason",
        "new.rapid.cap",
        "new.rapid.ends",
        "new.rapid.decider",
        "new.rapid.complete_by",
    ]
    full = dataclasses.replace(bare, rapid=RAPID, scope="full")
    assert problems(full, page(projects=(PUMPS,)), REAL, EN) == {}
    draft = started(full, page(projects=(PUMPS,)), REAL)
    assert (draft.scope, draft.scope_reason, draft.previous) == ("light", "Flood", None)
    assert draft.rapid is not None
    assert (draft.rapid.cap_minor, draft.rapid.decider) == (50_000_00, "Karin Sandell")


def test_a_term_that_lies_before_the_assessment_is_said_by_its_field():
    early = dataclasses.replace(RAPID, ends=date(2026, 3, 8))
    typed = fitted(Typed(partner=uuid4(), kind="rapid", as_of=date(2026, 3, 9), rapid=early), page(projects=(PUMPS,)), REAL)
    assert list(problems(typed, page(projects=(PUMPS,)), REAL, EN)) == ["new.rapid.ends"]


def test_a_sealed_rapid_start_is_completed_and_never_renewed():
    draft = dataclasses.replace(CARD.draft, kind="rapid", project=None, rapid=started_terms())
    rapid = in_state("decided", draft=draft, outcome="approve")
    shown = page(assessments=(rapid,))
    assert offer(fitted(Typed(partner=uuid4()), shown, REAL), shown, REAL, EN).kinds == {"new", "rapid", "completion"}
    chosen = fitted(going_on(Typed(partner=uuid4()), rapid), shown, REAL)
    assert (chosen.kind, chosen.previous) == ("completion", rapid.id)
    continued = page(assessments=(dataclasses.replace(rapid, continued_by="2026-009"),))
    assert "completion" not in offer(fitted(Typed(partner=uuid4()), continued, REAL), continued, REAL, EN).kinds


def started_terms():
    typed = Typed(partner=uuid4(), kind="rapid", as_of=date(2026, 3, 9), rapid=RAPID)
    return started(fitted(typed, page(projects=(PUMPS,)), REAL), page(projects=(PUMPS,)), REAL).rapid


def test_other_templates_can_stand_beside_the_chosen_one_each_with_a_scope_of_its_own():
    chosen = fitted(Typed(partner=uuid4(), added={"three-questions": "nonsense", template().id: "full", "gone": "x"}), page(), REAL)
    assert chosen.added == {"three-questions": "light"}
    shown = offer(chosen, page(), REAL, EN)
    assert [one.id for one in shown.beside] == ["three-questions"]


def test_every_bundled_template_says_its_version_purpose_and_languages():
    bundled = Library(Path(__file__).parents[3] / "resources" / "templates").templates()
    for one in bundled:
        about = offer(Typed(template_id=one.id), None, Choices.of(bundled, one.id), EN).template_about
        assert one.version in about
        assert "English" in about
        assert one.purpose["en"] in about
