"""What protecting a partner promises: a cover name in every list, nothing else of it in the record, no seal while a text names it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from forms.answers import Answer
from forms.canonical import canonical_json
from forms.outside import OutsideResult
from forms.risk import RiskEntry
from models import answering, audit, body, case_list, casefile, deciding, evidence, partner, protection, review, sealing
from models.actor import Actor
from models.cards import (
    AssessmentFile,
    BankAccount,
    Contact,
    EvidenceCard,
    JudgedRating,
    OutsideCard,
    PartnerDraft,
    ProjectCard,
    ProjectDraft,
    ReviewCard,
    ReviewPoint,
)
from models.database import utc_now
from models.errors import NotReady, RecordRefused
from models.remaining import obstacles
from tests.models.conftest import SmallCase
from tests.models.test_review import DECIDED

OPEN = PartnerDraft(
    name="Gränsflodens kvinnohus (påhittat)",
    country="MM",
    legal_form="Inte registrerad",
    former_names=("Flodvaktens nätverk",),
    registration_scheme="XX-TST",
    registration_number="GK-77 0042",
    website="https://www.gransfloden.example/om",
    notes="Hemlig anteckning.",
    people=(Contact("Naw Påhittad Htoo", "samordnare", signs=True),),
    accounts=(BankAccount("Gränsflodens hjälpkassa", "Provbanken", "MM", "0110-448-2210", "MMK"),),
)
COVER = "Partner Alm"
PROTECTED = dataclasses.replace(OPEN, protected=True, cover_name=COVER)
BOARD = "governance.board.meetings"


def protect(case: SmallCase, draft: PartnerDraft = PROTECTED) -> None:
    partner.edit(actor=case.asa, partner=case.partner, rev=partner.card(case.partner).rev, draft=draft)


def named(case: SmallCase, *, stage: str = "submit") -> list[tuple[str, str]]:
    return [(one.room, one.question) for one in obstacles(case.file(), stage=stage) if one.id == "named"]  # type: ignore[arg-type]


def test_a_partner_that_is_not_protected_is_written_as_it_always_was() -> None:
    assert canonical_json(OPEN) == canonical_json(dataclasses.replace(PROTECTED, protected=False, cover_name=""))
    assert b"protected" not in canonical_json(OPEN)
    assert body.read(body.write(PROTECTED), PartnerDraft) == PROTECTED


def test_lists_show_the_cover_name_and_the_real_one_still_finds_it(asa: Actor) -> None:
    made = partner.register(actor=asa, draft=PROTECTED)
    other = partner.register(actor=asa, draft=PartnerDraft(name="Brunnsvännerna (påhittat)", country="KE"))
    for words in ("gransflodens", "flodvaktens natverk", "GK-77", "alm"):
        assert [card.name for card in partner.cards(find=words)] == [COVER]
    assert [card.id for card in partner.cards()] == [other, made]  # by the name that is shown
    assert partner.card(made).draft.name == OPEN.name


@pytest.mark.parametrize(
    "cover",
    ["", "  ", "Kvinnohuset vid gränsfloden: KVINNOHUS", "Htoo", "Gransflodens", "Hjälpkassa 2", "Flodvaktens", "GK-770042"],
)
def test_a_cover_name_that_protects_nothing_is_refused(asa: Actor, cover: str) -> None:
    with pytest.raises(RecordRefused):
        partner.register(actor=asa, draft=dataclasses.replace(PROTECTED, cover_name=cover))
    assert partner.cards() == ()


def test_no_two_partners_go_by_one_name_when_it_is_a_cover(asa: Actor) -> None:
    made = partner.register(actor=asa, draft=PROTECTED)
    second = PartnerDraft(name="Någon helt annan (påhittat)", country="KE", protected=True, cover_name="partner ALM")
    for draft in (second, PartnerDraft(name=COVER, country="KE"), dataclasses.replace(second, cover_name="Alm", former_names=("Alm",))):
        with pytest.raises(RecordRefused):
            partner.register(actor=asa, draft=draft)
    partner.edit(actor=asa, partner=made, rev=1, draft=PROTECTED)
    assert partner.card(made).rev == 2


def test_a_cover_name_is_not_kept_once_nothing_is_protected(asa: Actor) -> None:
    made = partner.register(actor=asa, draft=PROTECTED)
    partner.edit(actor=asa, partner=made, rev=1, draft=dataclasses.replace(PROTECTED, protected=False))
    assert (partner.card(made).name, partner.card(made).draft.cover_name) == (OPEN.name, "")


def test_every_card_of_a_case_carries_the_cover_name(small_case: SmallCase) -> None:
    protect(small_case)
    file = small_case.file()
    assert (file.card.partner_name, file.partner.name) == (COVER, COVER)
    assert [card.partner_name for card in case_list.cards()] == [COVER]


def test_a_record_of_a_protected_partner_says_cover_name_country_and_legal_form_alone(small_case: SmallCase) -> None:
    protect(small_case)
    small_case.seal()
    kept = small_case.file().seal
    assert kept is not None
    assert json.loads(kept.record)["partner"] == {
        "id": str(small_case.partner),
        "rev": 2,
        "name": COVER,
        "country": "MM",
        "legal_form": "Inte registrerad",
        "protected": True,
    }
    for private in ("kvinnohus", "Flodvaktens", "GK-77", "gransfloden", "Htoo", "0110", "Hemlig", "hjälpkassa"):
        assert private.casefold() not in kept.record.decode().casefold()
    assert sealing.faults(small_case.assessment) == ()
    assert audit.check_chain().whole


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(name=OPEN.name),
        lambda said: said.update(notes=OPEN.notes),
        lambda said: said.pop("protected"),
        lambda said: said.update(rev=1),
    ],
)
def test_a_record_that_says_more_of_a_protected_partner_is_not_sealed(
    small_case: SmallCase, change: Callable[[dict[str, object]], object]
) -> None:
    protect(small_case)
    small_case.agree()
    said = json.loads(small_case.record())
    change(said["partner"])
    with pytest.raises(RecordRefused):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=canonical_json(said))


def test_what_is_sealed_never_changes_but_is_listed_under_the_cover_name(small_case: SmallCase) -> None:
    protect(small_case, OPEN)
    small_case.seal()
    before = small_case.file()
    protect(small_case)
    after = small_case.file()
    assert (after.card.partner_name, after.partner.name) == (COVER, COVER)
    assert after.partner.draft == before.partner.draft
    assert protection.reported(after).partner.name == OPEN.name
    assert after.seal == before.seal
    assert sealing.faults(small_case.assessment) == ()
    assert case_list.sealed_under_real_name(small_case.partner) == (before.card.case_number,)
    renewed = small_case.renew()
    assert renewed.file().earlier is not None
    assert renewed.file().earlier.assessment.partner_name == COVER  # type: ignore[union-attr]


def test_no_sealed_case_is_named_where_all_were_sealed_under_the_cover_name(small_case: SmallCase) -> None:
    protect(small_case)
    small_case.seal()
    assert case_list.sealed_under_real_name(small_case.partner) == ()


def test_nothing_is_looked_for_in_the_case_of_a_partner_that_is_not_protected(small_case: SmallCase) -> None:
    protect(small_case, OPEN)
    small_case.give("governance.staff", 7)
    review.declare_tie(actor=small_case.asa, assessment=small_case.assessment, has_tie=True, text="Känner Naw Påhittad Htoo.")
    assert named(small_case) == []


def test_a_case_cannot_be_sealed_while_an_answer_names_the_partner(small_case: SmallCase) -> None:
    protect(small_case)
    small_case.make_ready()
    comment = Answer("answered", 3, "seen", comment="Mötte GRÄNSFLODENS KVINNOHUS, i april.")
    answering.give(actor=small_case.asa, assessment=small_case.assessment, key=small_case.key(BOARD), answer=comment, why="Besök")
    assert named(small_case) == [("assessment", BOARD)]
    with pytest.raises(NotReady):
        review.submit(actor=small_case.asa, assessment=small_case.assessment)
    answering.give(
        actor=small_case.asa,
        assessment=small_case.assessment,
        key=small_case.key(BOARD),
        answer=dataclasses.replace(comment, comment="Mötte partnern i april."),
        why="Utan namn",
    )
    assert named(small_case) == []
    review.submit(actor=small_case.asa, assessment=small_case.assessment)


def test_evidence_and_ties_that_name_the_partner_remain_to_be_put_right(small_case: SmallCase, tmp_path: Path) -> None:
    protect(small_case)
    document = tmp_path / "flodvaktens_natverk-stadgar.txt"
    document.write_bytes(b"invented")
    made = evidence.add(
        actor=small_case.asa,
        assessment=small_case.assessment,
        instrument=small_case.template.id,
        question=BOARD,
        path=document,
        name="",
        note="",
        dated=date(2026, 1, 20),
    )
    review.declare_tie(actor=small_case.asa, assessment=small_case.assessment, has_tie=True, text="Vän till naw pahittad htoo")
    assert sorted(named(small_case)) == [("assessment", ""), ("assessment", BOARD)]
    evidence.withdraw(actor=small_case.asa, evidence=made, reason="Namnet syns")
    review.declare_tie(actor=small_case.asa, assessment=small_case.assessment, has_tie=True, text="Vän till en samordnare")
    assert named(small_case) == []


def test_a_reviewer_is_asked_at_once_not_to_name_the_partner(small_case: SmallCase) -> None:
    protect(small_case)
    small_case.submit()
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=False, text="")
    points = (ReviewPoint(BOARD, agrees=False, comment="Flodvaktens nätverk sade annat."),)
    with pytest.raises(RecordRefused):
        review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=points)
    with pytest.raises(RecordRefused):
        review.send_back(actor=small_case.rut, assessment=small_case.assessment, comment="Konto 01104482210 är fel.")
    assert small_case.file().card.state == "in_review"


def test_a_review_from_before_the_protection_does_not_stand_in_the_way_for_ever(small_case: SmallCase) -> None:
    protect(small_case, OPEN)
    small_case.submit()
    review.declare_tie(actor=small_case.rut, assessment=small_case.assessment, has_tie=False, text="")
    review.send_back(actor=small_case.rut, assessment=small_case.assessment, comment="Ring Naw Påhittad Htoo igen.")
    protect(small_case)
    assert named(small_case, stage="seal") == [("review", "")]
    review.submit(actor=small_case.asa, assessment=small_case.assessment)
    points = (ReviewPoint(BOARD, agrees=True),)
    review.agree(actor=small_case.rut, assessment=small_case.assessment, comment="", points=points)
    assert obstacles(small_case.file(), stage="seal") == ()
    sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=small_case.record())
    said = json.loads(small_case.file().seal.record)  # type: ignore[union-attr]
    assert said["reviews"][0]["comment"] == "Ring [Partner Alm] igen."
    assert sealing.faults(small_case.assessment) == ()


def test_last_times_answers_are_covered_for_they_cannot_be_changed(small_case: SmallCase) -> None:
    protect(small_case, OPEN)
    small_case.seal()
    protect(small_case)
    file = small_case.renew().file()
    assert file.earlier is not None
    key = next(iter(file.earlier.answers))
    told = Answer("answered", "Gränsflodens kvinnohus", comment="Htoo? Naw Påhittad Htoo!")
    file = dataclasses.replace(file, earlier=dataclasses.replace(file.earlier, answers=file.earlier.answers.with_answer(key, told)))
    covered = protection.reported(file).earlier
    assert covered is not None
    assert covered.answers[key] == dataclasses.replace(told, value="[Partner Alm]", comment="Htoo? [Partner Alm]!")
    assert protection.named_places(file) == ()


def everything(file: AssessmentFile, words: str) -> dict[str, AssessmentFile]:
    """Give the file with these words in one place at a time, by the kind of place."""
    now = utc_now()
    result = OutsideResult(words, "other_assessment", "noted", date(2025, 5, 1))
    outside = OutsideCard(file.card.id, file.partner.id, result, "", "", 0, "", "Åsa Ek", now)
    piece = EvidenceCard(file.partner.id, BOARD, "Fil", "", None, "", 0, "", "Åsa Ek", now)
    risk = RiskEntry(
        "own", "", "own", "Något händer", "organisation", 2, 2, on_people=False, mitigation=words, residual_likelihood=1, residual_impact=1
    )
    answer = dataclasses.replace(file.answer_cards[0], answer=Answer("not_established", reason=words))
    project = ProjectCard(file.card.id, file.partner.id, 1, ProjectDraft("Brunnar", summary=words))
    spoken = ReviewCard(file.card.id, "Rut Al", "agreed", "", (ReviewPoint(BOARD, agrees=False, comment=words),), False, now)
    assert file.recommendation is not None
    changed: dict[str, dict[str, object]] = {
        "project": {"project": project},
        "answer": {"answer_cards": (answer,)},
        "evidence": {"evidence": (dataclasses.replace(piece, note=words),)},
        "outside": {"evidence": (dataclasses.replace(piece, outside=outside.id),), "outside": (outside,)},
        "risk": {"risks": (risk,)},
        "judged": {"judged": (JudgedRating("t", "organisation", "weak", words),)},
        "recommendation": {"recommendation": dataclasses.replace(file.recommendation, limits=words)},
        "tie": {"ties": (dataclasses.replace(file.ties[0], resolution=words),)},
        "review": {"reviews": (spoken,)},
        "partner": {
            "partner": dataclasses.replace(file.partner, draft=dataclasses.replace(file.partner.draft, legal_form=words)),
        },
    }
    return {kind: dataclasses.replace(file, **fields) for kind, fields in changed.items()}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    [
        "Gränsflodens kvinnohus",
        "se (FLODVAKTENS NÄTVERK)",
        "gk 770042",
        "konto 0110 448 2210",
        "Naw Pahittad-Htoo",
        "www.gransfloden.example",
    ],
)
def test_every_place_that_would_name_the_partner_is_told(small_case: SmallCase, words: str) -> None:
    protect(small_case)
    small_case.make_ready()
    file = small_case.file()
    assert protection.named_places(file) == ()
    for kind, changed in everything(file, words).items():
        assert [place.kind for place in protection.named_places(changed)] == [kind]
        said = [one for one in obstacles(changed, stage="seal") if one.id == "named"]
        assert len(said) == 1
        assert not any(str(value) == words for value in said[0].params.values())  # the name is not repeated where others read along


def test_what_is_no_longer_asked_is_covered_for_nobody_can_reach_it(small_case: SmallCase) -> None:
    protect(small_case)
    small_case.make_ready()
    file = small_case.file()
    told = Answer("answered", "Flodvaktens nätverk", comment="Enligt Naw Påhittad Htoo")
    card = dataclasses.replace(file.answer_cards[0], question="no.longer.asked", answer=told)
    file = dataclasses.replace(
        file,
        answer_cards=(*file.answer_cards, card),
        answers=file.answers.with_answer(small_case.key("no.longer.asked"), told),
        evidence=(EvidenceCard(file.card.id, "no.longer.asked", "GK-77 0042.pdf", "", None, "", 0, "", "Åsa Ek", utc_now()),),
    )
    assert protection.named_places(file) == ()
    covered = protection.reported(file)
    assert covered.answer_cards[-1].answer == dataclasses.replace(told, value="[Partner Alm]", comment="Enligt [Partner Alm]")
    assert covered.answers[small_case.key("no.longer.asked")] == covered.answer_cards[-1].answer
    assert covered.evidence[0].name == "[Partner Alm].pdf"


@pytest.mark.parametrize("place", ["scope_reason", "case_number"])
def test_a_record_with_the_name_where_no_list_of_places_looks_is_not_sealed(small_case: SmallCase, place: str) -> None:
    protect(small_case)
    small_case.agree()
    said = json.loads(small_case.record())
    said["assessment"][place] = "För Flodvaktens nätverk"
    with pytest.raises(RecordRefused, match="names the protected partner"):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=canonical_json(said))


@pytest.mark.parametrize("before", [False, True])
def test_a_decision_that_names_the_partner_is_not_recorded(small_case: SmallCase, before: bool) -> None:
    protect(small_case, OPEN if before else PROTECTED)
    small_case.seal()
    if before:
        protect(small_case)
    naming = dataclasses.replace(DECIDED, minutes="2026-11, Flodvaktens nätverk")
    with pytest.raises(RecordRefused, match="names the protected partner"):
        deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=naming)
    assert small_case.file().decision is None
    deciding.put(actor=small_case.asa, assessment=small_case.assessment, draft=DECIDED)


def test_somebody_who_works_here_may_have_the_name_of_somebody_there(small_case: SmallCase) -> None:
    protect(small_case, dataclasses.replace(PROTECTED, people=(Contact("Åsa Ek", "samordnare"),)))
    small_case.seal()
    assert sealing.faults(small_case.assessment) == ()


@pytest.mark.parametrize(
    ("website", "text", "found"),
    [
        ("https://www.gransfloden.example/om", "se gransfloden.example", True),
        ("gransfloden.example", "http://gransfloden.example/kontakt", True),
        ("https://facebook.com/gransfloden", "de finns på Facebook.com", False),
        ("https://facebook.com/gransfloden", "facebook.com/gransfloden", True),
        ("https://www.facebook.com/", "facebook.com", False),
        ("https://sites.google.com", "sites.google.com", False),
        ("https://flodx.com", "på flodx.com", True),
        ("http://[trasig", "trasig", False),
        ("ingen ännu", "ingen ännu", False),
    ],
)
def test_a_website_is_known_by_its_address(website: str, text: str, found: bool) -> None:
    draft = PartnerDraft(name="Qvorbelund", country="MM", website=website, protected=True, cover_name=COVER)
    assert protection.names_partner(draft, text) is found


def test_casefile_reads_a_vault_from_before_there_was_protection(small_case: SmallCase) -> None:
    assert not casefile.read(small_case.assessment).partner.draft.protected
