"""What the register of partners promises."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from forms.registration import RegistrationError, normal
from models import casefile, partner
from models.actor import Actor
from models.cards import BankAccount, Contact, PartnerDraft, ProjectDraft
from models.errors import ChangedMeanwhile, RecordRefused

DRAFT = PartnerDraft(
    name="Tusenlampan (påhittad)",
    country="SE",
    former_names=("Lampföreningen",),
    registration_scheme="SE-ON",
    registration_number="5560912148",
    people=(Contact("Siv Ås", "ordförande", signs=True, controls=True),),
    accounts=(BankAccount("Tusenlampan", "Provbanken", "SE", "SE00 0000", "SEK"),),
)


def test_a_partner_comes_back_as_it_was_registered(asa: Actor) -> None:
    card = partner.card(partner.register(actor=asa, draft=DRAFT))
    assert card.draft == dataclasses.replace(DRAFT, registration_number="556091-2148")
    assert card.rev == 1


@pytest.mark.parametrize("number", ["556091-2148", "5560125790", " 556012-5790 "])
def test_a_swedish_organisation_number_is_taken_in_its_usual_form(number: str) -> None:
    assert normal(scheme="SE-ON", number=number) in ("556091-2148", "556012-5790")


@pytest.mark.parametrize("place", range(10))
def test_a_changed_digit_in_a_swedish_number_is_refused(place: int) -> None:
    digits = list("5560912148")
    digits[place] = str((int(digits[place]) + 1) % 10)
    with pytest.raises(RegistrationError):
        normal(scheme="SE-ON", number="".join(digits))


def test_a_personal_number_is_never_taken_for_an_organisation_number() -> None:
    with pytest.raises(RegistrationError, match="personal identity number"):
        normal(scheme="SE-ON", number="811218-9876")


@pytest.mark.parametrize(("number", "right"), [("123 456 785", True), ("123456784", False), ("12345678", False)])
def test_a_norwegian_number_is_checked_by_mod_11(number: str, right: bool) -> None:
    if right:
        assert normal(scheme="NO-BRC", number=number) == "123 456 785"
    else:
        with pytest.raises(RegistrationError):
            normal(scheme="NO-BRC", number=number)


def test_other_lists_are_taken_as_they_are_and_a_bad_list_code_is_named() -> None:
    assert normal(scheme="KE-NCB", number="OP.218/051") == "OP.218/051"
    with pytest.raises(RegistrationError, match="kenya"):
        normal(scheme="kenya", number="1")


@pytest.mark.parametrize("draft", [PartnerDraft(name=" ", country="KE"), PartnerDraft(name="X", country="")])
def test_a_partner_without_name_or_country_is_refused_and_nothing_is_saved(asa: Actor, draft: PartnerDraft) -> None:
    with pytest.raises(RecordRefused):
        partner.register(actor=asa, draft=draft)
    assert partner.cards() == ()


def test_two_people_changing_a_partner_at_once_do_not_overwrite_each_other(asa: Actor) -> None:
    made = partner.register(actor=asa, draft=DRAFT)
    partner.edit(actor=asa, partner=made, rev=1, draft=dataclasses.replace(DRAFT, notes="först"))
    with pytest.raises(ChangedMeanwhile):
        partner.edit(actor=asa, partner=made, rev=1, draft=dataclasses.replace(DRAFT, notes="sedan"))
    assert partner.card(made).draft.notes == "först"


@pytest.mark.parametrize("words", ["tusenlampan", "TUSEN", "lampforeningen", "556091"])
def test_search_finds_names_former_names_and_numbers_without_accents_or_case(asa: Actor, words: str) -> None:
    made = partner.register(actor=asa, draft=DRAFT)
    assert [card.id for card in partner.cards(find=words)] == [made]
    assert partner.cards(find="annan") == ()


def test_a_project_keeps_its_amount_in_minor_units(asa: Actor) -> None:
    made = partner.register(actor=asa, draft=DRAFT)
    draft = ProjectDraft(title="Brunnar", amount_minor=125_000_00, currency="SEK", starts=date(2026, 1, 1), ends=date(2026, 12, 31))
    project = partner.add_project(actor=asa, partner=made, draft=draft)
    assert partner.project_card(project).draft == draft
    assert [card.id for card in partner.projects_of(made)] == [project]


@pytest.mark.parametrize(
    "draft",
    [
        ProjectDraft(title=""),
        ProjectDraft(title="X", amount_minor=-1),
        ProjectDraft(title="X", currency="kronor"),
        ProjectDraft(title="X", starts=date(2026, 2, 1), ends=date(2026, 1, 1)),
    ],
)
def test_a_project_that_cannot_be_right_is_refused(asa: Actor, draft: ProjectDraft) -> None:
    made = partner.register(actor=asa, draft=DRAFT)
    with pytest.raises(RecordRefused):
        partner.add_project(actor=asa, partner=made, draft=draft)
    assert partner.projects_of(made) == ()


@pytest.mark.parametrize(
    ("starts", "ends", "yearly"),
    [
        (date(2026, 1, 1), date(2028, 12, 31), 46_000_000),
        (date(2026, 1, 1), date(2026, 12, 31), 138_000_000),
        (date(2026, 7, 1), date(2026, 9, 30), 138_000_000),
        (date(2026, 1, 1), date(2027, 1, 31), 127_384_616),
        (None, None, 138_000_000),
    ],
)
def test_the_amount_of_a_year_is_never_rounded_down(starts: date | None, ends: date | None, yearly: int) -> None:
    assert casefile.yearly_amount(ProjectDraft(title="X", amount_minor=138_000_000, starts=starts, ends=ends)) == yearly
