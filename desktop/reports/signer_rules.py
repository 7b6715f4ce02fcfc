"""What is said of each signature and of those who signed: whether it holds, whose it is, whether the certificate counted then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from desktop.reports.expected import Expectations, RequiredSigner
from desktop.reports.proven_time import CLOCKS_DIFFER
from desktop.reports.verdict import Finding, SignatureFacts
from forms.text import N_
from models.document_kind import CASEWORKER, CHAIR, RECORDER, REVIEWER


def signature_findings(signature: SignatureFacts, expected: Expectations, *, registered: bool) -> Iterator[Finding]:
    """Judge one signature. ``registered``: the vault knows the file byte for byte, so that it need not prove its age."""
    who = _who(signature)
    faults = list(_faults(signature))
    yield from faults
    if signature.trusted is False:
        message = N_("The certificate of {name} ({field}) was not issued by the organisation whose root certificate was given.")
        if signature.claimed_at is None or not signature.valid_from <= signature.claimed_at <= signature.valid_until:
            message = N_("The certificate of {name} ({field}) was not valid at the time the signature claims.")
        yield _problem(message, **who)
    elif not faults and signature.trusted:
        yield Finding("good", N_("{field}: signed by {name}, unchanged since, certificate issued by the organisation."), who)
    elif not faults:
        yield Finding("good", N_("{field}: signed by {name}, unchanged since."), who)
    if signature.is_outside:
        yield Finding(
            "remark", N_("{field}: signed with another program, which wrote the last revision of the file and nothing else."), who
        )
    yield from _times(signature, expected)
    yield from _term(signature, expected, registered=registered)
    yield from _revocation(signature, registered=registered)


def _faults(signature: SignatureFacts) -> Iterator[Finding]:
    who = _who(signature)
    if not signature.intact:
        yield _problem(N_("The report was changed after {name} ({field}) signed it, or the signature is forged."), **who)
    elif _carries_more(signature):
        yield _problem(N_("The signature of {name} ({field}) carries something that does not belong in it."), **who)
    elif not signature.covers_revision:
        yield _problem(N_("The signature of {name} ({field}) does not cover all of the report as it was then."), **who)
    elif not signature.lawful_later_changes:
        yield _problem(N_("Something other than a further signature or timestamp was added after {name} ({field}) signed."), **who)
    elif signature.is_authority:
        yield _problem(N_("The certificate of {name} ({field}) is one that issues certificates, not one of a person."), **who)
    elif signature.is_for_other_use:
        yield _problem(N_("The certificate of {name} ({field}) was issued for another use than signing by a person."), **who)
    elif signature.claimed_at is None:
        yield _problem(N_("The signature of {name} ({field}) does not say when it was made."), **who)


def _carries_more(signature: SignatureFacts) -> bool:
    """Tell whether a container is not what Gedigen writes; another program's never is, and another organisation's has its own root."""
    return not signature.plain_container and not signature.is_outside and signature.trusted is not False


def _times(signature: SignatureFacts, expected: Expectations) -> Iterator[Finding]:
    if signature.claimed_at is None:
        return
    who, claimed = _who(signature), datetime.fromisoformat(signature.claimed_at)
    if claimed > expected.now.replace(tzinfo=UTC) + CLOCKS_DIFFER:
        message = N_("The signature of {name} ({field}) claims a time that is still to come by this computer’s clock.")
        yield Finding("missing", message, who)
    if signature.proven_at is not None and claimed > datetime.fromisoformat(signature.proven_at) + CLOCKS_DIFFER:
        yield _problem(N_("The signature of {name} ({field}) claims a later time than the timestamp that proves it."), **who)


def _term(signature: SignatureFacts, expected: Expectations, *, registered: bool) -> Iterator[Finding]:
    """Judge a certificate that has ended by now: something must prove that it was valid when it was used."""
    if signature.valid_until >= expected.now.strftime("%Y-%m-%dT%H:%M:%SZ"):
        return
    params: dict[str, str | int] = {**_who(signature), "date": signature.valid_until[:10]}
    if signature.proven_at is not None and signature.proven_at <= signature.valid_until:
        yield Finding(
            "remark", N_("The certificate of {name} ({field}) ended on {date}; a timestamp proves that it was signed before."), params
        )
    elif registered:
        message = N_("The certificate of {name} ({field}) ended on {date}; it was valid at the time the signature claims.")
        yield Finding("remark", message, params)
    else:
        message = N_("The certificate of {name} ({field}) ended on {date}, and nothing proves that it was signed before.")
        yield Finding("missing", message, params)


def _revocation(signature: SignatureFacts, *, registered: bool) -> Iterator[Finding]:
    found = signature.revocation
    params: dict[str, str | int] = {**_who(signature), "date": (found.since or found.current_until or "")[:10]}
    signed_at = signature.proven_at or signature.claimed_at or ""
    if found.standing == "later":
        yield Finding(
            "remark", N_("The certificate of {name} ({field}) was revoked on {date}; a timestamp proves that it was signed before."), params
        )
    elif found.standing == "good" and found.current_until is not None and found.current_until < signed_at:
        message = N_("The newest revocation list at hand was current only until {date}, before {name} ({field}) signed.")
        yield Finding("remark", message, params)
    elif found.standing == "revoked" and found.since is not None:
        if signed_at >= found.since:
            yield _problem(N_("The certificate of {name} ({field}) had been revoked on {date}, before it was used to sign."), **params)
        elif found.compromised:
            message = N_(
                "The certificate of {name} ({field}) was revoked on {date} because somebody else may have had the key,"
                " and no timestamp proves that it was signed before."
            )
            yield _problem(message, **params)
        elif registered:
            message = N_("The certificate of {name} ({field}) was revoked on {date}, after the time that the signature claims.")
            yield Finding("remark", message, params)
        else:
            message = N_("The certificate of {name} ({field}) was revoked on {date}, and nothing proves that it was signed before.")
            yield Finding("missing", message, params)


def person_findings(signatures: Collection[SignatureFacts], required: Collection[RequiredSigner]) -> Iterator[Finding]:
    """Judge who signed: two persons, and those whom the record names."""
    by_field = {signature.field: signature for signature in signatures}
    caseworker, reviewer = by_field.get(CASEWORKER), by_field.get(REVIEWER)
    if caseworker and reviewer and _same_person(caseworker, reviewer):
        yield _problem(N_("Caseworker and reviewer are the same person, {name}."), name=reviewer.name)
    for signer in required:
        signature = by_field.get(signer.field)
        if signature is None:
            continue
        wrong_name = signer.name and signature.name != signer.name
        if wrong_name or (signer.certificate_sha256 and signature.certificate_sha256 != signer.certificate_sha256.lower()):
            message = N_("{field} should be {expected} by the sealed record, but another person or certificate signed: {name}.")
            yield _problem(message, field=signer.field, expected=signer.name, name=signature.name)


def missing_signer(field: str) -> Finding:
    """Say that somebody who must sign has not."""
    messages = {
        CASEWORKER: N_("The caseworker has not signed yet."),
        REVIEWER: N_("The reviewer has not signed yet."),
        CHAIR: N_("The chair has not signed yet."),
        RECORDER: N_("The one who recorded the decision has not signed yet."),
    }
    return Finding("missing", messages[field])


def revocation_findings(signatures: Collection[SignatureFacts]) -> Iterator[Finding]:
    """Say whether the lists at hand told of every signer."""
    standings = {one.revocation.standing for one in signatures if one.trusted}
    if not standings or "not checked" in standings:
        yield Finding(
            "remark", N_("Whether a certificate was revoked was not checked: no revocation list of the organisation was at hand.")
        )
    elif standings == {"good"}:
        yield Finding("good", N_("No signer’s certificate is revoked by the organisation’s newest revocation list at hand."))


def _same_person(one: SignatureFacts, other: SignatureFacts) -> bool:
    return one.public_key_sha256 == other.public_key_sha256 or one.subject.casefold() == other.subject.casefold()


def _who(signature: SignatureFacts) -> dict[str, str | int]:
    return {"field": signature.field, "name": signature.name}


def _problem(message: str, **params: str | int) -> Finding:
    return Finding("problem", message, params)
