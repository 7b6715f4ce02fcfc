"""The life of keys: what is issued near the root's end, a lost card, and certificates that a sealed record names and that are gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from models import audit, certificate, certificates, person, report, revocation, root_key, signing_choice
from models.actor import Actor
from models.brought_key import prove_held
from models.database import utc_now
from models.errors import ActRefused, PersonRefused
from models.identity import certificate_in_use, organisation
from models.signing_choice import Token
from models.wrapping import Cost
from tests.models.conftest import ASA, SmallCase
from tests.models.test_signing_choice import certified_by_itself

DAY = timedelta(days=1)


def test_a_certificate_ends_with_the_root_when_that_is_sooner(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr(certificate, "_ROOT_DAYS", 400)
    rut: Actor = request.getfixturevalue("rut")
    root = organisation().root
    assert certificate.ends_at(certificate_in_use(rut.person).x509) == certificate.ends_at(root)
    term, now = certificates.root_term(), utc_now()
    assert (term.cuts_short(now), term.is_near_end(now), term.is_near_end(now + 40 * DAY)) == (True, False, True)
    assert (term.has_ended(now + 399 * DAY), term.has_ended(now + 401 * DAY)) == (False, True)


def test_a_certificate_holds_three_years_under_a_root_of_twenty(rut: Actor) -> None:
    made = certificate_in_use(rut.person).x509
    assert certificate.ends_at(made) - utc_now() > 3 * 365 * DAY
    assert not certificates.root_term().cuts_short(utc_now())


def adding(asa: Actor, rut: Actor, cost: Cost) -> None:
    given = {"name": "Eva Holm", "email": "", "roles": {"reviewer"}, "passphrase": "evas egna ord"}
    person.add_person(by=asa, administrator_passphrase=ASA, cost=cost, **given)  # type: ignore[arg-type]


def renewing(asa: Actor, rut: Actor, cost: Cost) -> None:
    person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person)


def replacing(asa: Actor, rut: Actor, cost: Cost) -> None:
    person.replace_key(by=asa, administrator_passphrase=ASA, person=rut.person, passphrase="ruts nya ord", cost=cost)


@pytest.mark.parametrize("act", [adding, renewing, replacing])
def test_under_a_root_that_has_ended_nothing_is_issued_and_nothing_changes(
    asa: Actor, rut: Actor, cost: Cost, act: Callable[[Actor, Actor, Cost], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = certificate.ends_at(organisation().root) - utc_now()
    monkeypatch.setattr(root_key, "_LEAST_TERM", left + DAY)  # as if it were the root's last day
    before, people, in_use = audit.head(), person.people(), certificate_in_use(rut.person).fingerprint
    with pytest.raises(PersonRefused, match="no certificate can be issued under it any more"):
        act(asa, rut, cost)
    assert (audit.head(), person.people(), certificate_in_use(rut.person).fingerprint) == (before, people, in_use)
    assert revocation.standing(rut.person)


def test_certificates_can_be_revoked_after_the_root_has_ended(asa: Actor, rut: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root_key, "_LEAST_TERM", 9000 * DAY)
    mine = certificate_in_use(rut.person).fingerprint
    revoked = revocation.revoke(by=asa, administrator_passphrase=ASA, person=rut.person, certificate_sha256=mine, reason="other")
    assert revoked.revoked == 1


def use_card(who: Actor, asa: Actor) -> signing_choice.SigningCard:
    key = ec.generate_private_key(ec.SECP256R1())
    found = certified_by_itself(key)
    return signing_choice.use_token(
        actor=who,
        token=Token("/usr/lib/card.so", "Kortet"),
        found=found,
        proof=prove_held(found, key),
        administrator=asa.person,
        administrator_passphrase=ASA,
    )


def revoke(asa: Actor, who: Actor, fingerprint: str, reason: revocation.Reason = "key_known") -> None:
    revocation.revoke(by=asa, administrator_passphrase=ASA, person=who.person, certificate_sha256=fingerprint, reason=reason)


def test_a_lost_card_takes_its_own_certificates_along_and_leaves_the_key_in_the_vault(asa: Actor, rut: Actor) -> None:
    first = use_card(rut, asa)
    person.renew_certificate(by=asa, administrator_passphrase=ASA, person=rut.person, purpose="signing")
    renewed = signing_choice.in_use(rut.person)
    another = use_card(rut, asa)
    revoke(asa, rut, first.fingerprint)
    standing = {row.fingerprint for row in revocation.standing(rut.person)}
    assert standing == {certificate_in_use(rut.person).fingerprint, another.fingerprint}
    assert renewed.fingerprint not in standing


def test_a_passphrase_that_may_be_known_takes_everything_along(asa: Actor, rut: Actor) -> None:
    use_card(rut, asa)
    revoke(asa, rut, certificate_in_use(rut.person).fingerprint)
    assert revocation.standing(rut.person) == ()


def test_who_lost_the_card_is_told_to_choose_another_key_and_can(asa: Actor, rut: Actor) -> None:
    revoke(asa, rut, use_card(rut, asa).fingerprint)
    with pytest.raises(ActRefused, match="Choose under Settings which key signs now"):
        signing_choice.of_free_line(rut, taken=())
    signing_choice.use_vault(actor=rut)
    assert signing_choice.of_free_line(rut, taken=()).kind == "vault"


@pytest.mark.parametrize("gone", ["revoked", "revoked and renewed", "ended"])
def test_a_line_that_names_a_certificate_that_is_gone_says_that_a_new_one_does_not_help(
    small_case: SmallCase, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_case.seal()
    if gone == "ended":
        later = utc_now() + 1200 * DAY
        monkeypatch.setattr(signing_choice, "utc_now", lambda: later)
    else:
        revoke(small_case.asa, small_case.asa, certificate_in_use(small_case.asa.person).fingerprint, "other")
    if gone == "revoked and renewed":
        person.renew_certificate(by=small_case.asa, administrator_passphrase=ASA, person=small_case.asa.person)
    with pytest.raises(ActRefused, match="start a new assessment that replaces this one"):
        report.require_field(actor=small_case.asa, document=report.Document(small_case.assessment, "sv"), field="Caseworker")
