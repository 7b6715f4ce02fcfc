"""When a report counts as the one that was signed: the only place that decides it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from desktop.reports.examined import Examined
from desktop.reports.signed_file import SignedFile
from desktop.reports.verdict import FileFacts, Finding, SignatureFacts, Status
from forms.text import N_
from models.document_kind import CASEWORKER, CHAIR, FULL_REPORT, RECORDER, REVIEWER, DocumentKind, by_name

#: By so much may two computers' clocks differ without a word about it.
_CLOCKS_DIFFER = timedelta(minutes=10)


class RequiredSigner(msgspec.Struct, frozen=True):
    """Somebody whose signature the sealed record asks for; empty texts leave name or certificate open."""

    field: str
    name: str = ""
    certificate_sha256: str = ""


@dataclass(frozen=True)
class Expectations:
    """What is known from elsewhere: digests of registered files and of sealed records, None where there is no register."""

    anchored: bool
    registered: Collection[str] | None
    sealed_records: Collection[str] | None
    now: datetime


def status_of(findings: Collection[Finding]) -> Status:
    """Sum findings up: the worst kind decides."""
    kinds = {finding.kind for finding in findings}
    if "unreadable" in kinds:
        return "unreadable"
    if "problem" in kinds:
        return "invalid"
    return "incomplete" if "missing" in kinds else "valid"


def required_signers(kind: DocumentKind, attachment: bytes | None) -> tuple[RequiredSigner, ...]:
    """Give who must have signed, by the sealed record inside or else by the kind of document.

    Raises ValueError for a record that is not JSON, or asks for signers in a way that makes no sense: such a record was not
    written by Gedigen.
    """
    usual = tuple(RequiredSigner(field) for field in kind.required)
    if attachment is None:
        return usual
    try:
        record: Any = msgspec.json.decode(attachment)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(record, Mapping) or "required_signers" not in record:
        return usual
    signers = msgspec.convert(record["required_signers"], tuple[RequiredSigner, ...])
    fields = [signer.field for signer in signers]
    if len(set(fields)) != len(fields) or not set(kind.required) <= set(fields) <= set(kind.fields):
        raise ValueError("required signers must be caseworker and reviewer, and the chair at most")
    return signers


def kind_of(content: SignedFile) -> DocumentKind | None:
    """Tell what kind of document it is: as its metadata say, or by its fields for one of the first version; None for one not of Gedigen."""
    if content.kind:
        return by_name(content.kind)
    return FULL_REPORT if set(FULL_REPORT.required) <= set(content.fields) else None


def attached_record(content: SignedFile) -> bytes | None:
    """Give the sealed record that travels inside a full report."""
    return content.attachments.get(str(FULL_REPORT.attachment)) if rule_of(content) == FULL_REPORT else None


def rule_of(content: SignedFile) -> DocumentKind:
    """Give the kind whose rule a file is judged by: a file of no known kind is held to the strictest."""
    return kind_of(content) or FULL_REPORT


def is_untouched(content: SignedFile) -> bool:
    """Tell whether nothing speaks against the bytes, so that it is worth asking what they say."""
    return not content.unlawful_revisions and all(one.intact and one.covers_revision for one in content.signatures)


def judge(content: SignedFile, file: FileFacts, expected: Expectations, examined: Examined | None) -> tuple[list[Finding], tuple[str, ...]]:
    """Apply every rule; give what was found, and the fields of required signers who have not signed.

    ``examined``: the record inside, None when there is none or the file was changed anyhow.
    """
    findings: list[Finding] = []
    rule = rule_of(content)
    try:
        required = required_signers(rule, attached_record(content))
    except ValueError:
        findings.append(_problem(N_("The record inside the report cannot be read, so it is not known who had to sign.")))
        required = tuple(RequiredSigner(field) for field in rule.required)
    missing = tuple(signer.field for signer in required if signer.field not in {one.field for one in content.signatures})
    findings += _form(content)
    for signature in content.signatures:
        findings += _signature(signature, expected)
    findings += _whole_file(content, file)
    findings += _persons(content.signatures, required)
    findings += [_missing_signer(field) for field in missing]
    findings += _record(content, examined)
    findings += _registers(content, file, expected)
    if not expected.anchored and content.signatures:
        message = N_("No root certificate was given: the signers are not tied to a known organisation.")
        findings.append(Finding("missing", message))
    if content.signatures:
        findings.append(Finding("remark", N_("The times of signing are claimed by the signers; no timestamp confirms them.")))
        findings.append(Finding("remark", N_("Whether a certificate was revoked was not checked: the report carries no such data.")))
    return findings, missing


def _problem(message: str, **params: str | int) -> Finding:
    return Finding("problem", message, params)


def _form(content: SignedFile) -> Iterator[Finding]:
    if content.unlawful_revisions and all(one.lawful_later_changes for one in content.signatures):
        yield _problem(N_("Something was added to the report, before it was signed, in a way that Gedigen never does."))
    rule = rule_of(content)
    if not content.signatures and kind_of(content) is None:
        yield _problem(N_("This PDF carries no signature and is not a report made by Gedigen."))
        return
    for field in unexpected_fields(content):
        yield _problem(N_("The report has a field that does not belong to it: {field}."), field=field)
    for field in rule.required:
        if field not in content.fields:
            yield _problem(N_("The report lacks the signature field {field}."), field=field)
    signed = [signature.field for signature in content.signatures]
    if len(set(signed)) != len(signed):
        yield _problem(N_("One signature field has been signed twice."))
    for field in content.unlocked:
        yield _problem(N_("The signature field {field} lacks the lock that closes the report once it is signed."), field=field)
    if content.other_signatures:
        yield _problem(N_("The report carries a timestamp or another kind of signature that Gedigen did not put there."))
    for name in content.active_content:
        yield _problem(N_("The report contains active content ({name}), which Gedigen never writes."), name=name)
    for name in content.attachments:
        if name != rule.attachment:
            yield _problem(N_("The report carries a file that does not belong to it: {name}."), name=name)


def unexpected_fields(content: SignedFile) -> tuple[str, ...]:
    """Name the form fields that a report does not have."""
    known = rule_of(content).fields
    return tuple(name for name, plain in content.fields.items() if name not in known or not plain)


def _signature(signature: SignatureFacts, expected: Expectations) -> Iterator[Finding]:
    who: dict[str, str | int] = {"field": signature.field, "name": signature.name}
    faults = list(_signature_faults(signature))
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
    now = expected.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    if signature.valid_until < now:
        params: dict[str, str | int] = {**who, "date": signature.valid_until[:10]}
        yield Finding(
            "remark", N_("The certificate of {name} ({field}) ended on {date}; it was valid at the time the signature claims."), params
        )
    if signature.claimed_at is not None and signature.claimed_at > (expected.now + _CLOCKS_DIFFER).strftime("%Y-%m-%dT%H:%M:%SZ"):
        message = N_("The signature of {name} ({field}) claims a time that is still to come by this computer’s clock.")
        yield Finding("missing", message, who)


def _signature_faults(signature: SignatureFacts) -> Iterator[Finding]:
    who: dict[str, str | int] = {"field": signature.field, "name": signature.name}
    if not signature.intact:
        yield _problem(N_("The report was changed after {name} ({field}) signed it, or the signature is forged."), **who)
    elif _carries_more(signature):
        yield _problem(N_("The signature of {name} ({field}) carries something that does not belong in it."), **who)
    elif not signature.covers_revision:
        yield _problem(N_("The signature of {name} ({field}) does not cover all of the report as it was then."), **who)
    elif not signature.lawful_later_changes:
        yield _problem(N_("Something other than a further signature was added after {name} ({field}) signed."), **who)
    elif signature.is_authority:
        yield _problem(N_("The certificate of {name} ({field}) is one that issues certificates, not one of a person."), **who)
    elif signature.claimed_at is None:
        yield _problem(N_("The signature of {name} ({field}) does not say when it was made."), **who)


def _carries_more(signature: SignatureFacts) -> bool:
    """Tell whether a container is not what Gedigen writes; another program's never is, and another organisation's has its own root."""
    return not signature.plain_container and not signature.is_outside and signature.trusted is not False


def _whole_file(content: SignedFile, file: FileFacts) -> Iterator[Finding]:
    if not content.signatures:
        return
    if file.uncovered_bytes:
        yield _problem(N_("The end of the file ({count} bytes) is covered by no signature."), count=file.uncovered_bytes)
    first, fields = content.signatures[0], rule_of(content).fields
    if fields[:1] == (CASEWORKER,) and (first.field != CASEWORKER or not first.certifies):
        yield _problem(N_("The first signature is not the caseworker’s, or it does not lock the report against changes."))
    order = [fields.index(one.field) for one in content.signatures if one.field in fields]
    if order != sorted(order):
        yield _problem(N_("The signatures were not made in the order caseworker, reviewer, chair."))


def _persons(signatures: Collection[SignatureFacts], required: Collection[RequiredSigner]) -> Iterator[Finding]:
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


def _same_person(one: SignatureFacts, other: SignatureFacts) -> bool:
    return one.public_key_sha256 == other.public_key_sha256 or one.subject.casefold() == other.subject.casefold()


def _missing_signer(field: str) -> Finding:
    messages = {
        CASEWORKER: N_("The caseworker has not signed yet."),
        REVIEWER: N_("The reviewer has not signed yet."),
        CHAIR: N_("The chair has not signed yet."),
        RECORDER: N_("The one who recorded the decision has not signed yet."),
    }
    return Finding("missing", messages[field])


def _record(content: SignedFile, examined: Examined | None) -> Iterator[Finding]:
    rule = rule_of(content)
    if kind_of(content) == FULL_REPORT and rule.attachment not in content.attachments:
        yield Finding("missing", N_("The report does not carry the record that it prints, so its numbers cannot be computed again."))
    if examined is None:
        return
    if not examined.is_record:
        yield _problem(N_("The record inside the report is not one that Gedigen writes, or its answers cannot be scored."))
    elif not examined.is_template_whole:
        yield _problem(N_("The template in the record inside the report is not the one whose hash it names."))
    elif not examined.is_result_same:
        yield _problem(N_("The record inside the report states a result that its answers do not come to."))
    elif examined.contrary:
        places = examined.named(examined.contrary)
        yield _problem(N_("The pages print something else than the record inside the report says: {places}."), places=places)
    elif examined.lacking or not examined.pages_readable:
        places = examined.named(examined.lacking)
        message = N_("The record adds up, but these of its numbers were not found in the pages: {places}.")
        if not examined.pages_readable or not places:
            message = N_("The record adds up, but the pages could not be read to compare their numbers with it.")
        yield Finding("missing", message, {"places": places})
    else:
        yield Finding("good", N_("The result was computed again from the answers in the record, and the pages print the same numbers."))


def _registers(content: SignedFile, file: FileFacts, expected: Expectations) -> Iterator[Finding]:
    if expected.sealed_records is not None and file.attachment_sha256 is not None and file.attachment_sha256 not in expected.sealed_records:
        yield _problem(N_("The record inside the report is not one that was sealed in this vault."))
    if file.registered:
        yield Finding("good", N_("The file is, byte for byte, one that is registered in the vault."))
    elif file.registered is False and content.signatures:
        yield Finding("missing", N_("The file is not among the reports that this vault has registered."))
