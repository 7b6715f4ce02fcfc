"""Every kind of document is made, signed by its own rule, and handed out with an entry in the audit trail."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from desktop.operations import deciding, reporting, sealing, signing
from desktop.reports.chosen import Chosen, Ticks
from models import audit, partner, report
from models.document_kind import BOARD_PAGE, FULL_REPORT, PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD
from models.errors import ActRefused, RecordRefused
from models.identity import organisation
from tests.models.conftest import SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.test_review import DECIDED


@pytest.fixture
def sealed(small_case: SmallCase) -> SmallCase:  # noqa: F811
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    return small_case


def laid_out(case: SmallCase, chosen: Chosen, language: str = "sv") -> bytes:
    return reporting.preview(file=case.file(), language_code=language, organisation_card=organisation(), chosen=chosen)


def registered(case: SmallCase, chosen: Chosen, language: str = "sv") -> list[tuple[int, str]]:
    cards = reporting.registered(file=case.file(), language_code=language, organisation_card=organisation(), chosen=chosen)
    return [(one.revision, one.signed_as) for one in cards]


def last_act() -> tuple[str, dict[str, object]]:
    entry = audit.entries(first=audit.head()[0])[0]
    assert entry.value is not None
    return entry.act, json.loads(entry.value)


@pytest.mark.parametrize(
    "chosen",
    [Chosen(BOARD_PAGE), Chosen(BOARD_PAGE, 2), Chosen(PARTNER_FEEDBACK), Chosen(PARTNER_FEEDBACK, 2), Chosen(PUBLIC_RECORD)],
    ids=lambda one: f"{one.kind.name}-{one.part}",
)
def test_the_caseworker_makes_and_signs_a_document_of_each_kind(sealed: SmallCase, chosen: Chosen) -> None:
    with pytest.raises(ActRefused, match="caseworker"):
        signing.sign_report(actor=sealed.rut, assessment_id=sealed.assessment, language_code="sv", chosen=chosen)
    assert registered(sealed, chosen) == []
    signing.sign_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=chosen)
    assert registered(sealed, chosen) == [(0, ""), (1, "Caseworker")]
    assert sealed.file().reports == ()
    with pytest.raises(RecordRefused, match="already signed"):
        signing.sign_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=chosen)


def test_the_report_for_an_archive_is_signed_apart_from_the_one_with_the_record_inside(sealed: SmallCase) -> None:
    for signer in (sealed.asa, sealed.rut):
        signing.sign_report(actor=signer, assessment_id=sealed.assessment, language_code="sv", chosen=Chosen(FULL_REPORT, 2))
    assert registered(sealed, Chosen(FULL_REPORT, 2)) == [(0, ""), (1, "Caseworker"), (2, "Reviewer")]
    assert registered(sealed, Chosen()) == []
    assert b"assessment.json" not in laid_out(sealed, Chosen(FULL_REPORT, 2))


def test_a_feedback_is_made_anew_when_it_shows_more_or_when_the_board_has_decided(sealed: SmallCase) -> None:
    plain, with_comments = Chosen(PARTNER_FEEDBACK), Chosen(PARTNER_FEEDBACK, ticks=Ticks(comments=True))
    for chosen in (plain, with_comments, plain):
        reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=chosen)
    assert (registered(sealed, plain), registered(sealed, with_comments)) == ([(0, "")], [(1, "")])
    deciding.record_decision(actor=sealed.asa, assessment_id=sealed.assessment, draft=DECIDED)
    assert registered(sealed, plain) == []
    signing.sign_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=plain)
    assert registered(sealed, plain) == [(2, ""), (3, "Caseworker")]


def test_a_feedback_that_is_made_again_is_the_same_bytes(sealed: SmallCase) -> None:
    chosen = Chosen(PARTNER_FEEDBACK)
    made = reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="en", chosen=chosen).made
    assert made is not None
    assert laid_out(sealed, chosen, "en") == report.pdf_bytes(made)


def test_a_public_record_leaves_only_when_its_warning_is_confirmed(sealed: SmallCase, tmp_path: Path) -> None:
    made = reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=Chosen(PUBLIC_RECORD)).made
    assert made is not None
    before = audit.head()
    with pytest.raises(ActRefused, match="called back"):
        reporting.hand_out(actor=sealed.asa, report_id=made, path=tmp_path / "ut.pdf")
    assert not (tmp_path / "ut.pdf").exists()
    assert audit.head() == before
    reporting.hand_out(actor=sealed.asa, report_id=made, path=tmp_path / "ut.pdf", confirmed=True)
    digest = hashlib.sha256((tmp_path / "ut.pdf").read_bytes()).hexdigest()
    act, value = last_act()
    assert act == "report.exported"
    assert (value["kind"], value["languages"], value["sha256"]) == ("public_record", ["sv"], digest)


def test_a_public_record_made_before_its_partner_was_protected_does_not_leave(sealed: SmallCase, tmp_path: Path) -> None:
    made = reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=Chosen(PUBLIC_RECORD)).made
    assert made is not None
    now = partner.card(sealed.partner)
    partner.edit(
        actor=sealed.asa, partner=sealed.partner, rev=now.rev, draft=dataclasses.replace(now.draft, protected=True, cover_name="Tärna")
    )
    before = audit.head()
    with pytest.raises(RecordRefused, match="protected"):
        reporting.hand_out(actor=sealed.asa, report_id=made, path=tmp_path / "ut.pdf", confirmed=True)
    assert not (tmp_path / "ut.pdf").exists()
    assert audit.head() == before


def test_a_file_that_cannot_be_written_leaves_no_word_that_it_was_handed_out(sealed: SmallCase, tmp_path: Path) -> None:
    made = reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=Chosen(BOARD_PAGE)).made
    assert made is not None
    before = audit.head()
    with pytest.raises(RecordRefused):
        reporting.hand_out(actor=sealed.asa, report_id=made, path=tmp_path / "nowhere" / "ut.pdf")
    assert audit.head() == before


def test_draft_findings_are_handed_out_with_their_digest_and_not_registered(small_case: SmallCase, tmp_path: Path) -> None:  # noqa: F811
    small_case.make_ready()
    chosen = Chosen(PARTNER_DRAFT, reply_by=date(2026, 4, 1))
    pdf = laid_out(small_case, chosen)
    reporting.hand_out_draft(
        actor=small_case.asa,
        assessment_id=small_case.assessment,
        partner_rev=small_case.file().partner.rev,
        language_code="sv",
        pdf=pdf,
        path=tmp_path / "utkast.pdf",
    )
    act, value = last_act()
    assert (act, value["kind"], value["sha256"]) == ("report.exported", "partner_draft", hashlib.sha256(pdf).hexdigest())
    assert (tmp_path / "utkast.pdf").read_bytes() == pdf
    with pytest.raises(RecordRefused, match="sealed"):
        reporting.make_report(actor=small_case.asa, assessment_id=small_case.assessment, language_code="sv", chosen=chosen)


def test_a_draft_of_a_partner_that_was_protected_since_it_was_laid_out_is_not_handed_out(small_case: SmallCase, tmp_path: Path) -> None:  # noqa: F811
    small_case.make_ready()
    seen = small_case.file().partner
    pdf = laid_out(small_case, Chosen(PARTNER_DRAFT, reply_by=date(2026, 4, 1)))
    draft = dataclasses.replace(seen.draft, protected=True, cover_name="Tärna")
    partner.edit(actor=small_case.asa, partner=small_case.partner, rev=seen.rev, draft=draft)
    before = audit.head()
    with pytest.raises(RecordRefused, match="changed meanwhile"):
        reporting.hand_out_draft(
            actor=small_case.asa,
            assessment_id=small_case.assessment,
            partner_rev=seen.rev,
            language_code="sv",
            pdf=pdf,
            path=tmp_path / "utkast.pdf",
        )
    assert not (tmp_path / "utkast.pdf").exists()
    assert audit.head() == before


def test_after_sealing_there_are_no_draft_findings(sealed: SmallCase, tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="final feedback"):
        reporting.hand_out_draft(
            actor=sealed.asa,
            assessment_id=sealed.assessment,
            partner_rev=sealed.file().partner.rev,
            language_code="sv",
            pdf=b"%PDF-",
            path=tmp_path / "utkast.pdf",
        )
    with pytest.raises(RecordRefused, match="not kept in the register"):
        reporting.make_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv", chosen=Chosen(PARTNER_DRAFT))


@pytest.mark.parametrize(
    ("chosen", "language", "ending"),
    [
        (Chosen(), "sv", "-sv.pdf"),
        (Chosen(FULL_REPORT, 2), "sv", "-sv-pdfa-2a.pdf"),
        (Chosen(BOARD_PAGE), "sv", "-styrelsesida-sv.pdf"),
        (Chosen(PARTNER_DRAFT), "en", "-draft-findings-en.pdf"),
        (Chosen(PUBLIC_RECORD), "fr", "-fiche-publique-fr.pdf"),
    ],
)
def test_a_file_name_says_the_kind_in_the_language_of_the_document(
    small_case: SmallCase,  # noqa: F811
    chosen: Chosen,
    language: str,
    ending: str,
) -> None:
    name = reporting.file_name(small_case.file(), language, chosen)
    assert name.endswith(ending)
    assert name.startswith(small_case.file().card.case_number)
    assert not set(name) & set('<>:"/\\|?* ')


def test_what_is_public_is_dated_by_the_decision(sealed: SmallCase) -> None:
    before = laid_out(sealed, Chosen(PUBLIC_RECORD))
    deciding.record_decision(actor=sealed.asa, assessment_id=sealed.assessment, draft=dataclasses.replace(DECIDED))
    assert laid_out(sealed, Chosen(PUBLIC_RECORD)) != before
    assert laid_out(sealed, Chosen(BOARD_PAGE)) == laid_out(sealed, Chosen(BOARD_PAGE))
