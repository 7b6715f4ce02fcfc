"""Decision documents are signed as reports are: by the key that was chosen, with revocation list and timestamp, and last as long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from desktop.operations import decision_documents, own_key, signature, timestamp_authority, timestamping
from desktop.operations.handing_out import write_whole
from desktop.operations.verifying import vault_grounds
from desktop.reports.document_timestamp import awaiting_timestamp, last_timestamp_ends
from desktop.reports.grounds import verify_file
from desktop.reports.imported_record import attached_file
from desktop.reports.timestamping import TimestampRefused
from desktop.reports.verdict import Verdict
from models import audit, certificate, decided, deciding, person, revocation, signing_choice
from models.database import utc_now
from models.errors import ActRefused, RecordRefused
from models.timestamp_setting import AuthoritySetting
from tests.desktop.operations.test_own_key import LOCK, certified_by_itself, key_file
from tests.desktop.reports.card import MODULE, PIN, new_card
from tests.desktop.reports.local_authority import Answer, LocalAuthority
from tests.models.conftest import ASA, RUT, SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.test_review import DECIDED


@pytest.fixture
def server() -> Iterator[LocalAuthority]:
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as running:
        yield running


@pytest.fixture
def recorded(small_case: SmallCase) -> SmallCase:  # noqa: F811
    """A sealed assessment with a decision that Rut, who can be given a key of her own, has recorded."""
    small_case.seal()
    person.set_roles(by=small_case.asa, person=small_case.rut.person, roles={"reviewer", "secretary"})
    deciding.put(actor=small_case.rut, assessment=small_case.assessment, draft=DECIDED)
    return small_case


def only(case: SmallCase) -> decided.Decided:
    (one,) = decided.decisions(case.assessment)
    return one


def use(server: LocalAuthority, case: SmallCase) -> None:
    timestamp_authority.set_authority(actor=case.asa, setting=AuthoritySetting(server.url, (server.root_pem.decode(),)))


def make(case: SmallCase, *, pin: str = "", language: str = "sv") -> bytes:
    made = decision_documents.make_decision_document(actor=case.rut, decision_id=only(case).id, language_code=language, pin=pin).made
    assert made is not None
    return decision_documents.decision_bytes(document_id=made)


def judged(pdf: bytes, where: Path) -> Verdict:
    write_whole(where / "decision.pdf", pdf)
    return verify_file(where / "decision.pdf", vault_grounds())


def named_in(pdf: bytes) -> str:
    (signer,) = json.loads(attached_file(pdf, "decision.json"))["required_signers"]
    return str(signer["certificate_sha256"])


def waiting() -> list[object]:
    return [one.document for one in timestamp_authority.timestamps().awaiting]


def use_file(case: SmallCase, where: Path) -> None:
    found = own_key.read_key_file(path=key_file(where, rsa.generate_private_key(65537, 3072)), passphrase=LOCK)
    own_key.use_key_file(actor=case.rut, passphrase=RUT, found=found, administrator=case.asa.person, administrator_passphrase=ASA)


def test_it_carries_revocation_list_and_timestamp_like_a_report(recorded: SmallCase, server: LocalAuthority, tmp_path: Path) -> None:
    use(server, recorded)
    pdf = make(recorded)
    assert (awaiting_timestamp(pdf), waiting()) == (False, [])
    verdict = judged(pdf, tmp_path)
    (signed,) = verdict.signatures
    assert (verdict.status, verdict.kind, signed.level, signed.revocation.standing) == ("valid", "decision", "B-LT", "good")
    assert signed.proven_at is not None
    (card,) = only(recorded).documents
    assert card.timestamp_ends == last_timestamp_ends(pdf)


def test_the_key_of_a_file_signs_and_its_certificate_stands_in_the_document(recorded: SmallCase, tmp_path: Path) -> None:
    use_file(recorded, tmp_path)
    own = signing_choice.in_use(recorded.rut.person)
    pdf = make(recorded)
    (signed,) = judged(pdf, tmp_path).signatures
    assert own.kind == "file"
    assert named_in(pdf) == signed.certificate_sha256 == own.fingerprint
    assert judged(pdf, tmp_path).status == "valid"


def test_a_key_on_a_card_signs_with_the_pin(recorded: SmallCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key = ec.generate_private_key(ec.SECP256R1())
    new_card(tmp_path, "Ruts kort", {"rut": (key, certified_by_itself(key))})
    (found,) = own_key.keys_on_token(module=MODULE, label="Ruts kort", pin=PIN)
    own_key.use_token_key(actor=recorded.rut, found=found, administrator=recorded.asa.person, administrator_passphrase=ASA)
    ready = decision_documents.prepare_decision(actor=recorded.rut, decision_id=only(recorded).id, language_code="sv")
    assert ready.card.token is not None
    pdf = make(recorded, pin=PIN)
    assert named_in(pdf) == signing_choice.in_use(recorded.rut.person).fingerprint
    assert judged(pdf, tmp_path).status == "valid"
    assert PIN.encode() not in pdf


def test_the_preview_is_what_the_chosen_key_will_sign(recorded: SmallCase, tmp_path: Path) -> None:
    use_file(recorded, tmp_path)
    one = only(recorded)
    preview = decision_documents.preview_decision(
        file=recorded.file(), decision=one, language_code="sv", behind=decision_documents.behind(decision_id=one.id)
    )
    ready = decision_documents.prepare_decision(actor=recorded.rut, decision_id=one.id, language_code="sv")
    assert ready.unsigned() == preview
    assert signature.signed(ready).pdf.startswith(preview)


def test_a_revoked_key_of_one_s_own_signs_nothing(recorded: SmallCase, tmp_path: Path) -> None:
    use_file(recorded, tmp_path)
    own = signing_choice.in_use(recorded.rut.person)
    ready = decision_documents.prepare_decision(actor=recorded.rut, decision_id=only(recorded).id, language_code="sv")
    revocation.revoke(
        by=recorded.asa,
        administrator_passphrase=ASA,
        person=recorded.rut.person,
        certificate_sha256=own.fingerprint,
        reason="replaced",
    )
    with pytest.raises(ActRefused, match="revoked"):
        make(recorded)
    with pytest.raises(ActRefused, match="revoked"):
        decision_documents.keep_decision(actor=recorded.rut, signed=signature.signed(ready))
    assert only(recorded).documents == ()


def test_a_key_of_one_s_own_that_is_not_at_hand_signs_nothing(recorded: SmallCase, tmp_path: Path) -> None:
    use_file(recorded, tmp_path)
    recorded.rut.hold_signing_key(None)
    with pytest.raises(ActRefused, match="not at hand"):
        make(recorded)


@pytest.mark.parametrize("wrong", ["nobody there", "nonsense"])
def test_an_authority_that_cannot_be_had_does_not_hinder_the_signature(recorded: SmallCase, server: LocalAuthority, wrong: str) -> None:
    use(server, recorded)
    server.answering = lambda _request: Answer(b"<html>log in</html>", kind="text/html")
    if wrong == "nobody there":
        nobody = AuthoritySetting("http://127.0.0.1:9/", (server.root_pem.decode(),))
        timestamp_authority.set_authority(actor=recorded.asa, setting=nobody)
    ready = decision_documents.prepare_decision(actor=recorded.rut, decision_id=only(recorded).id, language_code="sv")
    done = signature.signed(ready)
    assert isinstance(done.refusal, TimestampRefused)
    decision_documents.keep_decision(actor=recorded.rut, signed=done)
    assert waiting() == [card.id for card in only(recorded).documents]


def test_what_waits_is_timestamped_with_the_reports_renewed_and_handed_out(
    recorded: SmallCase, server: LocalAuthority, tmp_path: Path
) -> None:
    first = make(recorded)
    assert (awaiting_timestamp(first), waiting()) == (True, [])
    use(server, recorded)
    outcome = timestamping.timestamp_all(actor=recorded.asa, document_ids=waiting())
    assert (outcome.done, outcome.left, waiting()) == (1, 0, [])
    stamped = only(recorded).documents[-1]
    timestamping.keep(actor=recorded.asa, stamped=timestamping.stamp(timestamping.prepare(document_id=stamped.id)))
    chain = only(recorded).documents
    assert [card.revision for card in chain] == [0, 1, 2]
    decision_documents.export_decision(document_id=chain[-1].id, path=tmp_path / "handed out.pdf")
    pdf = (tmp_path / "handed out.pdf").read_bytes()
    assert pdf.startswith(first)
    verdict = judged(pdf, tmp_path)
    assert (verdict.status, verdict.file.registered, len(verdict.timestamps)) == ("valid", True, 2)
    assert [one.belief for one in verdict.timestamps] == ["believed", "believed"]
    assert audit.check_chain().whole


def test_a_timestamp_that_ends_within_a_year_is_offered_for_renewal(recorded: SmallCase) -> None:
    with LocalAuthority(start=utc_now() - timedelta(days=100), days=300) as server:
        use(server, recorded)
        make(recorded)
        (one,) = timestamp_authority.timestamps().renewable
    assert (one.document, one.ends) == (only(recorded).documents[0].id, server.certificate.not_valid_after_utc.replace(tzinfo=None))


def test_a_second_signature_finds_the_first_and_a_step_by_step_one_is_refused(recorded: SmallCase) -> None:
    ready = decision_documents.prepare_decision(actor=recorded.rut, decision_id=only(recorded).id, language_code="sv")
    assert make(recorded) == make(recorded)
    with pytest.raises(RecordRefused, match="signed already"):
        decision_documents.keep_decision(actor=recorded.rut, signed=signature.signed(ready))
    with pytest.raises(RecordRefused, match="signed already"):
        decision_documents.prepare_decision(actor=recorded.rut, decision_id=only(recorded).id, language_code="sv")
    assert len(only(recorded).documents) == 1


def test_no_secret_stands_in_what_a_signature_takes(recorded: SmallCase) -> None:
    ready = decision_documents.prepare_decision(actor=recorded.rut, decision_id=only(recorded).id, language_code="sv")
    assert "key" not in repr(ready).casefold()
    found: x509.Certificate = ready.card.certificate
    assert certificate.fingerprint(found) == named_in(ready.unsigned())
