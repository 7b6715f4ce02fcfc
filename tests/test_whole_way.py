"""The spine: three questions answered, scored, sealed, laid out, signed by two people, and verified by anyone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest

from desktop.operations import answering, assessments, deciding, partners, reporting, reviewing, sealing, signing, vaults
from desktop.reports.verifying_child import run_limited
from forms.answers import Answer
from forms.library import Library
from models import actor, audit, person, vault
from models.cards import AssessmentDraft, DecisionDraft, JudgedRating, PartnerDraft, RecommendationDraft, ReviewPoint
from models.database import own_day
from models.report import registered_hashes
from models.wrapping import Cost

CHEAP = Cost(iterations=1, memory_kib=32, lanes=1)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[vault.Vault]:
    folder = tmp_path / "Hela vägen.gedigen"
    with vault.create(
        folder=folder, organisation="Provstiftelsen", person_name="Åsa Ek", passphrase="åsas egna ord", use_keyring=False, cost=CHEAP
    ) as made:
        yield made


def test_the_whole_way_from_the_first_question_to_a_report_that_anyone_can_verify(opened: vault.Vault, tmp_path: Path) -> None:
    assert opened.opened_by is not None
    asa = actor.unlock(person=opened.opened_by, passphrase="åsas egna ord")
    card = person.add_person(
        by=asa,
        administrator_passphrase="åsas egna ord",
        name="Rut Al",
        email="",
        roles={"reviewer"},
        passphrase="ruts egna ord",
        cost=CHEAP,
    )
    partner = partners.register_partner(actor=asa, draft=PartnerDraft(name="Källvattnets vänner (påhittad)", country="KE")).made
    assert partner is not None
    draft = AssessmentDraft(
        partner=partner,
        project=None,
        kind="new",
        collaboration="application",
        template_id="three-questions",
        scope="light",
        scope_reason="Litet belopp.",
        as_of=date(2026, 3, 9),
    )
    templates = Library(Path(__file__).parent / "forms")
    assessment = assessments.start_assessment(actor=asa, draft=draft, templates=templates).made
    assert assessment is not None

    # answer → score
    for question, value in (("governance.board.meetings", 3), ("governance.plan", "partly"), ("governance.staff", 12)):
        answer = Answer("answered", value, "seen")
        answering.give_answer(actor=asa, assessment_id=assessment, instrument="three-questions", question=question, answer=answer)
    file = assessments.assessment_file(assessment_id=assessment)
    organisation = file.result.subject("organisation")
    assert organisation is not None
    assert (organisation.score.percent, organisation.score.band) == (Fraction(200, 3), "adequate")

    # recommend → review by a second person → seal
    reviewing.declare_tie(actor=asa, assessment_id=assessment, has_tie=False)
    reviewing.see_result(actor=asa, assessment_id=assessment)
    reviewing.judge(actor=asa, assessment_id=assessment, rating=JudgedRating("three-questions", "organisation", "adequate"))
    reviewing.recommend(actor=asa, assessment_id=assessment, draft=RecommendationDraft("approve", "En liten och ordnad förening."))
    reviewing.submit(actor=asa, assessment_id=assessment)
    rut = vaults.unlock_person(person_id=card.id, passphrase="ruts egna ord")
    reviewing.declare_tie(actor=rut, assessment_id=assessment, has_tie=False)
    points = (ReviewPoint("governance.board.meetings", agrees=True),)
    reviewing.agree(actor=rut, assessment_id=assessment, comment="", points=points)
    sealing.seal_assessment(actor=asa, assessment_id=assessment)
    assert sealing.check_seal(assessment_id=assessment)

    # tagged PDF → signatures
    for signer in (asa, rut):
        signing.sign_report(actor=signer, assessment_id=assessment, language_code="sv")
    file = assessments.assessment_file(assessment_id=assessment)
    assert [one.signed_as for one in file.reports] == ["", "Caseworker", "Reviewer"]
    report, root = tmp_path / "rapport.pdf", tmp_path / "rot.pem"
    reporting.export_report(report_id=file.reports[-1].id, path=report)
    vaults.export_root(path=root)
    with pikepdf.open(report) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        attached = pdf.attachments["assessment.json"].get_file().read_bytes()
    assert file.seal is not None
    assert attached == file.seal.record
    assert json.loads(attached)["result"]["subjects"][0]["score"]["percent"] == "200/3"

    # verification, by anyone who has the root certificate
    verdict = run_limited(report, root_pem=root.read_bytes(), registered=registered_hashes())
    assert verdict.status == "valid"
    changed = bytearray(report.read_bytes())
    changed[len(changed) // 3] ^= 1
    report.write_bytes(bytes(changed))
    assert run_limited(report, root_pem=root.read_bytes()).status == "invalid"

    decision = DecisionDraft("approve", "Styrelsen", "2026:3", "12", own_day())
    deciding.record_decision(actor=asa, assessment_id=assessment, draft=decision)
    assert assessments.assessment_file(assessment_id=assessment).card.state == "decided"
    assert audit.check_chain().whole
