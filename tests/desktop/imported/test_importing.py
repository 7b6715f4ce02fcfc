"""Another organisation's report is kept as it came, or not at all."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import peewee
import pikepdf
import pytest

from desktop.operations import answering, assessments, deciding, importing, partners, reporting, reviewing, sealing, signing
from desktop.reports.anchor import NotACertificate
from desktop.reports.imported_record import ReportRefused, attached_file, received
from desktop.reports.verdict import verdict_from_json
from forms.answers import Answer
from forms.canonical import canonical_json
from forms.errors import GedigenError
from models import audit, imported, partner, report
from models.actor import Actor
from models.cards import PartnerDraft
from models.database import open_register
from models.errors import ActRefused, RecordRefused
from models.identity import organisation
from tests.desktop.imported.conftest import Sent, Stamped
from tests.desktop.imported.other_vault import PARTNER, Foreign
from tests.models.conftest import SmallCase
from tests.models.test_review import DECIDED


def checked(sent: Sent) -> importing.Checked:
    return importing.check_report(path=sent.report, root=sent.root)


@pytest.fixture
def here(foreign: Foreign, asa: Actor) -> Actor:
    return asa


@pytest.mark.usefixtures("here")
def test_a_valid_report_is_read_with_where_it_comes_from(sent: Sent, foreign: Foreign) -> None:
    one = checked(sent)
    assert (one.origin.organisation, [signer.name for signer in one.origin.signers]) == ("Systerstiftelsen", ["Bodil Ås", "Per Vik"])
    assert one.origin.root_pem.encode() == foreign.root_pem
    assert (one.facts.case_number, one.facts.partner_name, one.facts.organisation_band) == (foreign.case_number, PARTNER.name, "strong")
    assert (one.facts.asked, one.facts.answered, one.facts.stops, one.facts.recommended) == (3, 3, 0, "approve")
    assert one.pdf == foreign.both
    assert one.partner == PARTNER


@pytest.mark.usefixtures("here")
def test_a_revocation_list_that_was_given_stands_in_the_way(sent: Sent) -> None:
    assert checked(sent).verdict.revocation_lists_sha256 == ()
    with pytest.raises(ReportRefused, match="not valid"):
        importing.check_report(path=sent.report, root=sent.root, revocation_lists=(sent.later.read_bytes(),))


@pytest.mark.parametrize("given", ["tsa_roots_pem", "revocation_lists"])
def test_what_is_given_and_is_not_what_it_is_given_as_is_said(sent: Sent, given: str) -> None:
    with pytest.raises(NotACertificate):
        importing.check_report(path=sent.report, root=sent.root, **{given: (b"something else",)})  # type: ignore[arg-type]


def test_timestamps_count_by_the_root_that_was_given_and_the_kept_verdict_says_so(
    here: Actor, sent_stamped: Sent, stamped: Stamped
) -> None:
    without = checked(sent_stamped).verdict
    assert ([one.proven_at for one in without.signatures], without.clock_roots_sha256) == ([None, None], ())
    one = importing.check_report(path=sent_stamped.report, root=sent_stamped.root, tsa_roots_pem=(stamped.clock_pem,))
    assert all(signature.proven_at for signature in one.verdict.signatures)
    made = importing.keep_report(actor=here, checked=one, partner_id=None).made
    assert made is not None
    kept = verdict_from_json(importing.imported_file(imported_id=made).verdict)
    assert kept.clock_roots_sha256 == (stamped.clock_sha256,)
    assert kept == one.verdict


def test_it_is_kept_whole_and_the_audit_trail_says_where_it_came_from(here: Actor, sent: Sent, foreign: Foreign) -> None:
    one = checked(sent)
    change = importing.keep_report(actor=here, checked=one, partner_id=None)
    assert change.made is not None
    kept = importing.imported_file(imported_id=change.made)
    assert (kept.pdf, kept.record, json.loads(kept.verdict)["status"]) == (foreign.both, one.record, "valid")
    assert kept.card.partner_name == PARTNER.name
    assert received(kept.record).facts == kept.card.facts == one.facts
    entry = audit.entries()[-1]
    assert entry.act == "assessment.imported"
    assert json.loads(entry.value or "{}")["organisation"] == "Systerstiftelsen"
    assert audit.check_chain().whole


def test_a_new_partner_has_what_the_record_says_and_nothing_private(here: Actor, sent: Sent) -> None:
    change = importing.keep_report(actor=here, checked=checked(sent), partner_id=None)
    assert change.partner is not None
    draft = partner.card(change.partner).draft
    assert (draft.name, draft.registration_number, draft.people, draft.accounts, draft.notes) == (PARTNER.name, "802000-0009", (), (), "")


def test_a_partner_that_is_here_stays_as_it_is(here: Actor, sent: Sent) -> None:
    own = partner.register(actor=here, draft=PartnerDraft("Något annat (påhittat)", "NO", notes="Vårt eget."))
    before = partner.card(own)
    importing.keep_report(actor=here, checked=checked(sent), partner_id=own)
    assert partner.card(own) == before
    (card,) = partners.partner_page(partner_id=own).imported
    assert (card.partner_name, card.facts.partner_name) == ("Något annat (påhittat)", PARTNER.name)


def test_partners_are_proposed_by_registration_number_first_and_then_by_name(here: Actor, sent: Sent) -> None:
    one = checked(sent)
    by_name = partner.register(actor=here, draft=PartnerDraft("bergets  BRUNNAR (påhittad)", "SE"))
    by_number = partner.register(
        actor=here, draft=PartnerDraft("Ett nytt namn (påhittat)", "SE", registration_scheme="SE-ON", registration_number="8020000009")
    )
    partner.register(actor=here, draft=PartnerDraft("Annan (påhittad)", "SE"))
    placing = importing.place(checked=one)
    assert placing.likely == (by_number, by_name)
    assert len(placing.partners) == 3
    assert placing.refusal is None


def test_a_second_import_of_the_same_record_is_refused_kindly(here: Actor, sent: Sent) -> None:
    one = checked(sent)
    importing.keep_report(actor=here, checked=one, partner_id=None)
    placing = importing.place(checked=one)
    assert placing.kept is not None
    before = (audit.head(), len(partner.cards()))
    with pytest.raises(RecordRefused, match="kept already: Åsa Ek") as refused:
        importing.keep_report(actor=here, checked=one, partner_id=None)
    assert type(placing.refusal) is type(refused.value)
    assert (audit.head(), len(partner.cards())) == before


def test_a_record_of_this_very_vault_is_refused(foreign: Foreign, small_case: SmallCase, tmp_path: Path) -> None:
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    for signer in (small_case.asa, small_case.rut):
        signing.sign_report(actor=signer, assessment_id=small_case.assessment, language_code="sv")
    newest = report.revisions(small_case.assessment, "sv")[-1]
    sent = Sent(tmp_path / "own.pdf", tmp_path / "own.pem", tmp_path / "own.crl")
    reporting.export_report(report_id=newest.id, path=sent.report)
    sent.root.write_text(organisation().root_pem)
    one = checked(sent)
    assert importing.place(checked=one).refusal is not None
    with pytest.raises(RecordRefused, match="your own"):
        importing.keep_report(actor=small_case.asa, checked=one, partner_id=small_case.partner)
    assert assessments.imported_rows() == ()


def test_a_reviewer_alone_takes_nothing_in(here: Actor, rut: Actor, sent: Sent) -> None:
    with pytest.raises(ActRefused):
        importing.keep_report(actor=rut, checked=checked(sent), partner_id=None)
    assert (assessments.imported_rows(), partner.cards()) == ((), ())


def test_what_is_kept_is_neither_changed_nor_removed(here: Actor, sent: Sent) -> None:
    importing.keep_report(actor=here, checked=checked(sent), partner_id=None)
    for statement in ("UPDATE imported_assessment SET body = '{}'", "DELETE FROM imported_assessment"):
        with pytest.raises(peewee.IntegrityError, match="insert-only"):
            open_register().execute_sql(statement)


def test_it_is_neither_answered_reviewed_sealed_decided_nor_reported_here(here: Actor, sent: Sent) -> None:
    made = importing.keep_report(actor=here, checked=checked(sent), partner_id=None).made
    assert made is not None
    before = audit.head()
    acts: tuple[Callable[[], object], ...] = (
        lambda: assessments.assessment_file(assessment_id=made),
        lambda: answering.give_answer(
            actor=here,
            assessment_id=made,
            instrument="three-questions",
            question="governance.plan",
            answer=Answer("answered", "no", "seen"),
        ),
        lambda: reviewing.agree(actor=here, assessment_id=made, comment="", points=()),
        lambda: sealing.seal_assessment(actor=here, assessment_id=made),
        lambda: deciding.record_decision(actor=here, assessment_id=made, draft=DECIDED),
        lambda: reporting.make_report(actor=here, assessment_id=made, language_code="sv"),
    )
    for act in acts:
        with pytest.raises(GedigenError):
            act()
    assert audit.head() == before


# What must not come in


def refused(sent: Sent, match: str) -> None:
    before = audit.head()
    with pytest.raises(ReportRefused, match=match):
        checked(sent)
    assert audit.head() == before
    assert assessments.imported_rows() == ()


@pytest.mark.usefixtures("here")
def test_a_report_that_somebody_has_changed_is_refused(sent: Sent, foreign: Foreign) -> None:
    changed = bytearray(foreign.both)
    changed[len(foreign.unsigned) // 2] ^= 1
    sent.report.write_bytes(bytes(changed))
    refused(sent, "not valid")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("revision", ["unsigned", "one"])
def test_a_report_that_not_all_have_signed_is_refused(sent: Sent, foreign: Foreign, revision: str) -> None:
    sent.report.write_bytes(getattr(foreign, revision))
    refused(sent, "not complete")


@pytest.mark.usefixtures("here")
def test_a_report_is_judged_by_the_root_that_was_given_and_by_no_other(sent: Sent) -> None:
    sent.root.write_text(organisation().root_pem)
    refused(sent, "not valid")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\nrubbish"])
def test_what_is_no_report_is_refused(sent: Sent, content: bytes) -> None:
    sent.report.write_bytes(content)
    refused(sent, "could not be read")


@pytest.mark.usefixtures("here")
def test_a_file_that_is_not_there_a_folder_and_one_too_big_are_refused(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(dataclasses.replace(sent, report=sent.report.with_name("gone.pdf")), "not a file")
    refused(dataclasses.replace(sent, report=sent.report.parent), "not a file")
    monkeypatch.setattr(importing, "LARGEST_FILE", 1000)
    refused(sent, "larger than")


@pytest.mark.usefixtures("here")
def test_a_root_that_is_no_certificate_is_said(sent: Sent) -> None:
    sent.root.write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    with pytest.raises(NotACertificate):
        checked(sent)


@pytest.mark.usefixtures("here")
def test_a_file_whose_bytes_change_between_reading_and_verifying_is_refused(
    sent: Sent, foreign: Foreign, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., object] = importing.run_limited
    sent.report.write_bytes(foreign.one)

    def swapped(path: Path, **given: object) -> object:
        path.write_bytes(foreign.both)  # valid by now, but not what was read
        return real(path, **given)

    monkeypatch.setattr(importing, "run_limited", swapped)
    refused(sent, "changed while")


def test_the_register_itself_keeps_nothing_that_the_verdict_is_not_about(here: Actor, sent: Sent, foreign: Foreign) -> None:
    one = checked(sent)
    own = partner.register(actor=here, draft=PartnerDraft("Partner (påhittad)", "SE"))

    def put(**changes: object) -> None:
        said = {"pdf": one.pdf, "record": one.record, "facts": one.facts, "origin": one.origin, "verdict": one.verdict.to_json()}
        imported.put(actor=here, partner=own, **{**said, **changes})  # type: ignore[arg-type]

    other = json.loads(one.record)
    other["partner"]["name"] = "Någon annan"
    for changes in (
        {"pdf": foreign.one},
        {"record": canonical_json(other)},
        {"verdict": msgspec.structs.replace(one.verdict, status="incomplete").to_json()},
        {"verdict": msgspec.structs.replace(one.verdict, kind="board_page").to_json()},
        {"verdict": msgspec.structs.replace(one.verdict, record="not compared").to_json()},
        {"verdict": "{}"},
        {"origin": dataclasses.replace(one.origin, root_sha256="ab" * 32)},
        {"origin": dataclasses.replace(one.origin, vault=one.origin.assessment)},
    ):
        with pytest.raises(RecordRefused, match="not what was verified"):
            put(**changes)
    assert assessments.imported_rows() == ()
    put()


# A hostile record


def test_a_record_of_absurd_size_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        spec = pikepdf.AttachedFileSpec(pdf, b" " * 40_000_000, filename="assessment.json", mime_type="application/json")
        pdf.attachments["assessment.json"] = spec
        pdf.save(packed, compress_streams=True)
    assert len(packed.getvalue()) < 200_000
    with pytest.raises(ReportRefused, match="larger than any"):
        attached_file(packed.getvalue(), "assessment.json")
    with pytest.raises(ReportRefused, match="no record"):
        attached_file(packed.getvalue(), "other.json")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: said["partner"].update(name="x" * 5000),
        lambda said: said["partner"].update(former_names=["x"] * 5000),
        lambda said: said["assessment"].update(case_number=7),
        lambda said: said.update(vault="nothing"),
        lambda said: said.pop("answers"),
        lambda said: said["answers"].clear(),
    ],
)
def test_a_record_that_gedigen_would_not_write_is_refused(foreign: Foreign, spoil: Callable[[dict[str, object]], object]) -> None:
    record = attached_file(foreign.both, "assessment.json")
    said = json.loads(record)
    spoil(said)
    with pytest.raises(ReportRefused):
        received(canonical_json(said))


@pytest.mark.parametrize("record", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b"1" * 1_000_000])
def test_a_record_that_is_none_is_refused(record: bytes) -> None:
    with pytest.raises(ReportRefused):
        received(record)
