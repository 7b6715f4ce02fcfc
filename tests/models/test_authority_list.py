"""Revocation lists of timestamp authorities: kept only when a known authority has signed them, never removed, the newest counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import peewee
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from models import audit, authority_list, timestamp_setting
from models.actor import Actor
from models.authority_list import AuthorityList
from models.database import open_register, utc_now
from models.errors import ActRefused, RecordRefused
from models.timestamp_setting import AuthoritySetting
from tests.desktop.reports.local_authority import authority_root, revocation_list
from tests.desktop.reports.samples import Holder, _usage

DAY = timedelta(days=1)


def list_of(issuer: Holder, *, at: datetime | None = None, days: int = 90) -> x509.CertificateRevocationList:
    return x509.load_der_x509_crl(revocation_list(issuer, at=at or utc_now() - DAY, days=days))


def below(root: Holder, *, is_issuer: bool = True) -> Holder:
    """Make a certificate under a root: one that stands between it and the clocks, or a clock's."""
    key, at = ec.generate_private_key(ec.SECP256R1()), utc_now() - 9 * DAY
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Klockverket clocks (invented)")])
    builder = x509.CertificateBuilder(root.certificate.subject, name, key.public_key(), x509.random_serial_number(), at, at + 900 * DAY)
    builder = builder.add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return Holder(key, builder.sign(root.key, hashes.SHA384()))


@pytest.fixture
def clock(asa: Actor) -> Holder:
    """The root of the authority that the organisation uses."""
    root = authority_root()
    use(asa, root)
    return root


def use(who: Actor, root: Holder, *issuers: Holder) -> None:
    above = tuple(one.pem.decode() for one in issuers)
    setting = AuthoritySetting("https://tid.example.org/", (root.pem.decode(),), "Klockverket", above)
    timestamp_setting.put(actor=who, setting=setting)


def give(who: Actor, *lists: x509.CertificateRevocationList, beside: tuple[x509.Certificate, ...] = ()) -> None:
    authority_list.put(actor=who, given=lists, beside=beside)


def test_the_newest_list_of_each_issuer_counts_and_all_are_kept(asa: Actor, clock: Holder) -> None:
    other = authority_root()
    use(asa, other)  # the earlier authority stays known: old reports bear its timestamps
    older, newer, others = list_of(clock, at=utc_now() - 9 * DAY), list_of(clock), list_of(other)
    for one in (older, others, newer):
        give(asa, one)
    assert {x509.load_der_x509_crl(der).fingerprint(hashes.SHA256()) for der in authority_list.lists()} == {
        one.fingerprint(hashes.SHA256()) for one in (newer, others)
    }
    assert AuthorityList.select().count() == 3
    card = next(one for one in authority_list.newest() if one.issuer == clock.certificate.subject.rfc4514_string())
    assert (card.given_by, card.made_at, card.revoked) == ("Åsa Ek", newer.last_update_utc.replace(tzinfo=None), 0)
    assert not card.is_stale(utc_now())
    assert card.is_stale(utc_now() + 90 * DAY)


def test_each_list_is_entered_with_its_digest_by_the_one_who_gave_it(asa: Actor, clock: Holder) -> None:
    give(asa, list_of(clock))
    (entry,) = audit.entries(first=audit.head()[0])
    assert (entry.act, entry.person) == ("authority_list.given", asa.person)
    assert AuthorityList.get().sha256.encode() in (entry.value or b"")
    assert audit.check_chain().whole


@pytest.mark.parametrize("statement", ["UPDATE authority_list SET next_update = NULL", "DELETE FROM authority_list"])
def test_a_list_is_neither_changed_nor_removed(asa: Actor, clock: Holder, statement: str) -> None:
    give(asa, list_of(clock))
    with pytest.raises(peewee.IntegrityError, match="insert-only"):
        open_register().execute_sql(statement)


def test_a_list_that_nobody_known_has_signed_is_refused_with_its_issuer(asa: Actor, clock: Holder) -> None:
    stranger = authority_root()
    look_alike = authority_root(name=clock.certificate.subject)  # the same name, another key
    for wrong in (list_of(stranger), list_of(look_alike)):
        _refused(asa, "not signed by a timestamp authority that is known here", wrong)


def test_all_of_several_are_kept_or_none(asa: Actor, clock: Holder) -> None:
    _refused(asa, "not signed by", list_of(clock), list_of(authority_root()))


def test_the_certificate_between_root_and_clock_is_known_by_the_trial_or_comes_along(asa: Actor, clock: Holder) -> None:
    between, other = below(clock), below(clock)
    use(asa, clock, between)
    give(asa, list_of(between))
    _refused(asa, "not signed by", list_of(other), kept=1)
    give(asa, list_of(other), beside=(other.certificate,))
    assert len(authority_list.lists()) == 2


def test_a_certificate_that_comes_along_must_lead_to_a_known_one_and_may_issue(asa: Actor, clock: Holder) -> None:
    stranger, leaf = below(authority_root()), below(clock, is_issuer=False)
    for wrong in (stranger, leaf):
        with pytest.raises(RecordRefused, match="not signed by"):
            give(asa, list_of(wrong), beside=(wrong.certificate, clock.certificate))
    assert authority_list.lists() == ()


def test_a_list_that_is_older_or_the_same_changes_nothing(asa: Actor, clock: Holder) -> None:
    kept = list_of(clock)
    give(asa, kept)
    for wrong in (kept, list_of(clock, at=utc_now() - 9 * DAY)):
        _refused(asa, "or a newer one, is kept already", wrong, kept=1)


def test_a_list_from_the_future_is_refused(asa: Actor, clock: Holder) -> None:
    _refused(asa, "is this computer’s clock right", list_of(clock, at=utc_now() + DAY))


def test_a_list_of_some_certificates_only_is_refused(asa: Actor, clock: Holder) -> None:
    at = utc_now() - DAY
    builder = x509.CertificateRevocationListBuilder(clock.certificate.subject, at, at + 90 * DAY)
    partial = builder.add_extension(x509.DeltaCRLIndicator(1), critical=True).sign(clock.key, hashes.SHA384())
    _refused(asa, "about some of its certificates only", partial)


def test_a_list_that_is_too_long_to_travel_is_refused(asa: Actor, clock: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authority_list, "LARGEST", 100)
    _refused(asa, "too large to travel in a report", list_of(clock))


def test_a_list_without_an_end_never_counts_as_out_of_date(asa: Actor, clock: Holder) -> None:
    from asn1crypto import algos, crl
    from cryptography.hazmat.primitives.serialization import Encoding

    # RFC 5280 wants an end, and some authorities leave it out all the same.
    made = crl.CertificateList.load(list_of(clock).public_bytes(Encoding.DER))
    content = made["tbs_cert_list"].copy()
    content["next_update"] = None
    signature = clock.key.sign(content.dump(force=True), ec.ECDSA(hashes.SHA384()))
    algorithm = algos.SignedDigestAlgorithm({"algorithm": "sha384_ecdsa"})
    endless = crl.CertificateList({"tbs_cert_list": content, "signature_algorithm": algorithm, "signature": signature})
    give(asa, x509.load_der_x509_crl(endless.dump(force=True)))
    (card,) = authority_list.newest()
    assert card.next_update is None
    assert not card.is_stale(utc_now() + 9000 * DAY)


def test_only_an_administrator_gives_lists(asa: Actor, rut: Actor, clock: Holder) -> None:
    with pytest.raises(ActRefused):
        give(rut, list_of(clock))
    assert authority_list.lists() == ()


def _refused(who: Actor, said: str, *lists: x509.CertificateRevocationList, kept: int = 0) -> None:
    before = audit.head()
    with pytest.raises(RecordRefused, match=said) as caught:
        give(who, *lists)
    assert caught.value.params["issuer"]
    assert audit.head() == before
    assert AuthorityList.select().count() == kept
