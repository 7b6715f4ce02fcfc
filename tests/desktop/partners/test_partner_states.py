"""What the list, the page and the forms of partners say, without a window."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from uuid import uuid4

import pytest

from desktop.assessments.state import lines
from desktop.language import language
from desktop.partners.countries import alphabetical, countries
from desktop.partners.registers import is_whole, number_problem, registers
from desktop.partners.state import holder_note, page_state, partner_lines
from desktop.partners.typed import (
    TypedPartner,
    TypedProject,
    partner_draft,
    partner_problems,
    project_problems,
    typed_partner,
    usual_register,
)
from models.cards import BankAccount, Contact, PartnerCard, PartnerDraft, PartnerPage, PartnerRow, ProjectCard, ProjectDraft
from tests.desktop.reports.sample_file import sample_file

EN, SV = language("en"), language("sv")
PARTNER = PartnerDraft(name="Bright Wells (invented)", country="KE", registration_scheme="KE-NCB", registration_number="OP 1")


def page(draft=PARTNER, projects=(), assessments=()):
    return PartnerPage(PartnerCard(uuid4(), 1, draft, datetime(2026, 3, 9)), tuple(projects), tuple(assessments))  # noqa: DTZ001


def test_a_partner_without_assessment_has_no_state_band_or_date():
    (line,) = partner_lines((PartnerRow(uuid4(), "Bright Wells", "KE", 0, None),), EN)
    assert (line.state, line.band, line.dated_words, line.due_words) == (None, None, "", "")
    assert line.country == "Kenya"


def test_a_partner_shows_the_state_and_band_of_its_latest_assessment():
    card = dataclasses.replace(sample_file().card, state="decided", organisation_band="adequate", next_due=date(2029, 3, 9))
    (line,) = partner_lines((PartnerRow(uuid4(), "Bright Wells", "KE", 1, card),), EN)
    assert (line.state.word, line.band.word, line.due_words) == ("Decided", "Adequate", "9 Mar 2029")


def test_no_list_shows_a_band_without_the_stops_that_are_met():
    card = dataclasses.replace(sample_file().card, state="sealed", organisation_band="strong", stops=2)
    (line,) = partner_lines((PartnerRow(uuid4(), "Bright Wells", "KE", 1, card),), EN)
    (on_page,) = page_state(page(assessments=(card,)), EN).assessments
    (in_list,) = lines((card,), EN)
    assert {(one.stops.tone, one.stops.word) for one in (line, on_page, in_list)} == {("high", "2 stops")}
    (none,) = lines((dataclasses.replace(card, stops=0),), EN)
    assert none.stops is None


def test_assessments_stand_newest_first_and_the_newest_sealed_one_is_renewed():
    card = sample_file().card
    old = dataclasses.replace(card, id=uuid4(), state="decided", draft=dataclasses.replace(card.draft, as_of=date(2023, 1, 1)))
    new = dataclasses.replace(card, id=uuid4(), state="sealed", draft=dataclasses.replace(card.draft, as_of=date(2025, 1, 1)))
    draft = dataclasses.replace(card, id=uuid4(), state="draft", draft=dataclasses.replace(card.draft, as_of=date(2026, 1, 1)))
    state = page_state(page(assessments=(old, draft, new)), EN)
    assert [line.card.id for line in state.assessments] == [draft.id, new.id, old.id]
    assert state.renewable.id == new.id


def test_an_organisation_only_assessment_has_no_band_for_a_project():
    card = sample_file().card
    card = dataclasses.replace(card, draft=dataclasses.replace(card.draft, project=None))
    assert page_state(page(assessments=(card,)), EN).assessments[0].project_band is None


def test_the_page_leaves_out_what_is_not_known_and_words_the_rest():
    facts = {fact.title: fact.words for fact in page_state(page(), EN).facts}
    assert facts["Registration number"] == "OP 1 (NGO board, Kenya)"
    assert "Website" not in facts


def test_a_project_says_its_money_and_period_in_the_reader_s_way():
    draft = ProjectDraft("Wells", country="KE", amount_minor=125_000_050, currency="SEK", starts=date(2026, 1, 1), ends=date(2027, 12, 31))
    (line,) = page_state(page(projects=[ProjectCard(uuid4(), uuid4(), 1, draft)]), SV).projects
    assert line.about == "Kenya · 1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000,50\N{NO-BREAK SPACE}SEK · 2026-01-01 – 2027-12-31"


@pytest.mark.parametrize(
    ("holder", "noted"), [("Bright Wells (invented)", False), ("  bright  WELLS (invented) ", False), ("", False), ("A. Treasurer", True)]
)
def test_an_account_in_another_name_gets_a_note(holder, noted):
    assert bool(holder_note(holder, PARTNER.name, EN)) is noted


def test_countries_are_named_and_ordered_in_the_language():
    swedish = [name for _, name in countries(SV)]
    assert swedish.index("Zimbabwe") < swedish.index("Åland") < swedish.index("Österrike")
    english = dict(countries(EN))
    assert english["CI"] == "Côte d’Ivoire"
    assert not {"EU", "UN", "ZZ", "EZ"} & set(english)
    assert len(english) > 240


def test_accents_do_not_move_a_name_away_from_its_letter():
    assert sorted(["Etna", "École", "Zoo"], key=lambda name: alphabetical(name, EN)) == ["École", "Etna", "Zoo"]


def test_a_register_that_a_partner_has_already_is_offered():
    assert "ZA-NPO" in dict(registers(EN, own="ZA-NPO"))
    assert [code for code, _ in registers(EN)][-1] == ""


def test_a_wrong_check_digit_is_said_and_a_right_one_is_not():
    assert number_problem(scheme="SE-ON", number="556091-2148") is None
    assert "Swedish organisation number" in EN.error(number_problem(scheme="SE-ON", number="556091-2149"))
    assert "Norwegian organisation number" in EN.error(number_problem(scheme="NO-BRC", number="123 456 789"))


@pytest.mark.parametrize("scheme", ["", "SE-ON"])
def test_a_personal_number_is_refused(scheme):
    assert "personal identity number" in EN.error(number_problem(scheme=scheme, number="811218-9876"))


def test_a_number_is_judged_while_typed_only_when_it_is_whole():
    assert not is_whole(scheme="SE-ON", number="556091-214")
    assert is_whole(scheme="SE-ON", number="556091-2148")
    assert not is_whole(scheme="KE-NCB", number="1234567890")


def test_name_and_country_are_all_that_a_partner_needs():
    assert list(partner_problems(TypedPartner(), EN)) == ["partner.name", "partner.country"]
    assert partner_problems(TypedPartner(name="A", country="KE"), EN) == {}


def test_half_filled_rows_say_what_is_missing_and_empty_ones_are_none():
    typed = TypedPartner(
        name="A",
        country="KE",
        people=(Contact("", ""), Contact("", "Chair")),
        accounts=(BankAccount("", "", "", "", "KES"), BankAccount("A", "", "KE", "", "")),
    )
    assert list(partner_problems(typed, EN)) == ["partner.person.1.name", "partner.account.1.number"]
    draft = partner_draft(TypedPartner(name="A", country="KE", people=(Contact("", ""),), accounts=(BankAccount("", "", "", "", "KES"),)))
    assert (draft.people, draft.accounts) == ((), ())


def test_what_is_registered_comes_back_as_it_was_typed():
    draft = dataclasses.replace(PARTNER, former_names=("One", "Two"), people=(Contact("Ama", "Chair", signs=True),))
    assert partner_draft(typed_partner(draft)) == draft


def test_the_usual_register_is_proposed_until_a_number_is_typed():
    assert usual_register(country="SE", typed=TypedPartner()) == "SE-ON"
    assert usual_register(country="NO", typed=TypedPartner(scheme="SE-ON", number="5")) == "SE-ON"


def test_a_project_that_ends_before_it_starts_is_said_by_the_end():
    typed = TypedProject(title="Wells", starts_on=date(2027, 1, 1), ends_on=date(2026, 1, 1))
    assert list(project_problems(typed, EN)) == ["project.ends"]
    assert list(project_problems(TypedProject(wrong=frozenset({"project.amount"})), EN)) == ["project.title", "project.amount"]
