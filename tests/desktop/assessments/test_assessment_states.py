"""What the list of assessments shows, where each opens, and what a new one is started with."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

import pytest

from desktop.assessments.starting import Typed, assessment_draft, fitted, offer, problems, rate_of, renewing
from desktop.assessments.state import latest_sealed, lines, room_in_review, room_of, state_options
from desktop.language import language
from forms.library import Library
from models.cards import PartnerCard, PartnerDraft, PartnerPage, ProjectCard, ProjectDraft
from tests.desktop.reports.sample_file import sample_file, template, three_questions

EN = language("en")
FILE = sample_file()
CARD = FILE.card
BOTH = (three_questions(), template())
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


def test_a_template_that_assesses_a_project_needs_one_and_proposes_the_newest():
    chosen = fitted(Typed(partner=uuid4(), template_id=template().id), page(), BOTH)
    assert chosen.project == WELLS.id
    wrong = problems(fitted(Typed(partner=uuid4(), template_id=template().id), page(projects=()), BOTH), page(projects=()), BOTH, EN)
    assert "new.project" in wrong


def test_a_template_of_the_organisation_alone_offers_to_leave_the_project_out():
    shown = offer(Typed(partner=uuid4(), template_id="three-questions"), page(), BOTH, EN)
    assert shown.projects[0][0] is None
    assert fitted(Typed(partner=uuid4(), template_id="three-questions"), page(), BOTH).project is None


def test_without_a_sealed_assessment_there_is_nothing_to_renew_and_it_says_so():
    chosen = fitted(Typed(partner=uuid4(), kind="renewal"), page(), BOTH)
    assert chosen.kind == "new"
    assert "no sealed assessment" in offer(chosen, page(), BOTH, EN).renewal_words


def test_a_renewal_takes_up_what_was_chosen_last_time():
    sealed = in_state("sealed", draft=dataclasses.replace(CARD.draft, project=PUMPS.id, collaboration="channel", template_id=template().id))
    shown = page(assessments=(sealed,))
    chosen = fitted(renewing(Typed(partner=sealed.draft.partner, scope_reason="x", as_of=date(2026, 3, 9)), sealed), shown, BOTH)
    draft = assessment_draft(chosen, shown, BOTH)
    assert (draft.kind, draft.previous, draft.project, draft.collaboration) == ("renewal", sealed.id, PUMPS.id, "channel")


def test_the_rate_is_asked_for_only_when_the_currencies_differ():
    chosen = fitted(
        Typed(partner=uuid4(), project=WELLS.id, template_id=template().id, scope_reason="x", as_of=date(2026, 3, 9)), page(), BOTH
    )
    assert "SEK is one EUR" in offer(chosen, page(), BOTH, EN).rate_hint
    assert list(problems(chosen, page(), BOTH, EN)) == ["new.rate"]
    with_rate = dataclasses.replace(chosen, rate="11,42")
    assert problems(with_rate, page(), BOTH, EN) == {}
    assert assessment_draft(with_rate, page(), BOTH).rate == Fraction(571, 50)
    without_amount = dataclasses.replace(with_rate, project=PUMPS.id)
    assert offer(without_amount, page(), BOTH, EN).rate_hint == ""
    assert assessment_draft(without_amount, page(), BOTH).rate is None


def test_a_sentence_and_a_date_are_required():
    chosen = fitted(Typed(partner=uuid4(), template_id="three-questions", scope_reason="  "), page(), BOTH)
    assert list(problems(chosen, page(), BOTH, EN)) == ["new.reason", "new.date"]
    assert problems(Typed(), None, BOTH, EN)["new.partner"] == "Choose the partner."


def test_every_bundled_template_says_its_version_purpose_and_languages():
    bundled = Library(Path(__file__).parents[3] / "resources" / "templates").templates()
    for one in bundled:
        about = offer(Typed(template_id=one.id), None, bundled, EN).template_about
        assert one.version in about
        assert "Swedish and English" in about
        assert one.purpose["en"] in about
