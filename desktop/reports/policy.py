"""When a report counts as the one that was signed: the only place that decides it, for window, command line and import alike.

The rules stand in three modules: of signatures and signers (``signer_rules``), of timestamps (``timestamp_rules``), and of what each
kind of document must have (``kind_rules``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from desktop.reports.examined import Examined
from desktop.reports.expected import Expectations, RequiredSigner, required_signers
from desktop.reports.kind_rules import attached_record, form_findings, record_findings, rule_of
from desktop.reports.signed_file import SignedFile
from desktop.reports.signer_rules import missing_signer, person_findings, revocation_findings, signature_findings
from desktop.reports.timestamp_rules import timestamp_findings, unproven_findings
from desktop.reports.verdict import FileFacts, Finding, SignatureFacts, Status
from forms.text import N_
from models.document_kind import CASEWORKER, RECORDER


def status_of(findings: Collection[Finding]) -> Status:
    """Sum findings up: the worst kind decides."""
    kinds = {finding.kind for finding in findings}
    if "unreadable" in kinds:
        return "unreadable"
    if "problem" in kinds:
        return "invalid"
    return "incomplete" if "missing" in kinds else "valid"


def revocation_of(signatures: Collection[SignatureFacts]) -> Literal["good", "revoked", "later", "not checked"]:
    """Sum up what the revocation lists say: the worst decides."""
    standings = {one.revocation.standing for one in signatures}
    for worst in ("revoked", "not checked", "later", "good"):
        if worst in standings:
            return worst
    return "not checked"


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
    findings += form_findings(content)
    for signature in content.signatures:
        findings += signature_findings(signature, expected, registered=file.registered is True)
    findings += _whole_file(content, file)
    findings += person_findings(content.signatures, required)
    findings += [missing_signer(field) for field in missing]
    findings += record_findings(content, file, expected, examined)
    findings += timestamp_findings(content)
    if not expected.anchored and content.signatures:
        message = N_("No root certificate was given: the signers are not tied to a known organisation.")
        findings.append(Finding("missing", message))
    if content.signatures:
        findings += unproven_findings(content)
        findings += revocation_findings(content.signatures)
    return findings, missing


def _whole_file(content: SignedFile, file: FileFacts) -> Iterator[Finding]:
    if not content.signatures:
        return
    if file.uncovered_bytes:
        yield _problem(N_("The end of the file ({count} bytes) is covered by no signature."), count=file.uncovered_bytes)
    first, fields = content.signatures[0], rule_of(content).fields
    if fields[:1] == (CASEWORKER,) and (first.field != CASEWORKER or not first.certifies):
        yield _problem(N_("The first signature is not the caseworker’s, or it does not lock the report against changes."))
    elif fields[:1] == (RECORDER,) and not first.certifies:
        yield _problem(N_("The signature of {name} ({field}) does not lock the file against changes."), name=first.name, field=first.field)
    order = [fields.index(one.field) for one in content.signatures if one.field in fields]
    if order != sorted(order):
        yield _problem(N_("The signatures were not made in the order caseworker, reviewer, chair."))


def _problem(message: str, **params: str | int) -> Finding:
    return Finding("problem", message, params)
