"""A verdict in plain sentences, for the command line and the window alike."""

from __future__ import annotations

from desktop.language import Language
from desktop.reports.verdict import TIMESTAMP_FIELD, Finding, SignatureFacts, TimestampFacts, Verdict
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_

#: The verdict in a word, and what it means for the reader.
STATUS_WORDS = {"valid": N_("VALID"), "invalid": N_("INVALID"), "incomplete": N_("INCOMPLETE"), "unreadable": N_("UNREADABLE")}
STATUS_SENTENCES = {
    "valid": N_("This is the report that was signed, and everybody who must sign has signed."),
    "invalid": N_("Do not rely on this file: it is not the report that was signed."),
    "incomplete": N_("Nothing speaks against this file, but something is missing before it can be relied on."),
    "unreadable": N_("This file could not be verified."),
}
KIND_WORDS = {
    "full_report": N_("Full report"),
    "board_page": N_("Board page only"),
    "partner_draft": N_("Draft findings for the partner"),
    "partner_feedback": N_("Feedback to the partner"),
    "public_record": N_("Public record"),
    "comparison": N_("Comparison over the years"),
    "decision": N_("Decision"),
    "empty_form": N_("Empty form"),
}
_MARKS = {"problem": "✗", "missing": "–", "unreadable": "✗", "good": "✓", "remark": "·"}


def verdict_lines(verdict: Verdict, language: Language) -> list[str]:
    """Word a verdict line by line: the verdict, the file, each finding, each signature and timestamp, and what it was judged by."""
    text, file = language.text, verdict.file
    lines = [f"{text(STATUS_WORDS[verdict.status])}: {text(STATUS_SENTENCES[verdict.status])}"]
    lines.append(text(N_("File: {name}, {size} bytes, SHA-256 {sha256}"), name=file.name, size=file.size, sha256=file.sha256))
    if verdict.kind:
        lines.append(text(N_("Kind: {kind}. Format: {format}"), kind=kind_word(verdict.kind, language), format=file.conformance or "–"))
    if file.attachment_sha256 is not None:
        lines.append(text(N_("SHA-256 of the data inside: {sha256}"), sha256=file.attachment_sha256))
    if file.record_sha256 is not None and file.record_sha256 != file.attachment_sha256:
        lines.append(text(N_("Sealed record that it is made from, SHA-256: {sha256}"), sha256=file.record_sha256))
    for record in file.records_sha256:
        lines.append(text(N_("Sealed record that it is made from, SHA-256: {sha256}"), sha256=record))
    lines += [f"{_MARKS[finding.kind]} {finding_sentence(finding, language)}" for finding in verdict.sentences]
    for one in verdict.signatures:
        lines += [signature_line(one, language), f"    {signature_basis(one, language)}"]
        if one.timestamp is not None:
            lines.append(f"    {timestamp_line(one.timestamp, language)}")
    lines += [timestamp_line(one, language) for one in verdict.timestamps]
    anchor = verdict.anchor_sha256 or text(N_("none was given"))
    judged = N_("Judged {at} without a network, by the root certificate with SHA-256 {anchor}")
    return [*lines, text(judged, at=verdict.judged_at or "–", anchor=anchor)]


def finding_sentence(finding: Finding, language: Language) -> str:
    """Word one finding; a signature field is named by the role that it is for."""
    params = {name: word(SIGNER_FIELDS, str(value), language) if name == "field" else value for name, value in finding.params.items()}
    return language.text(finding.message, **params)


def signature_line(signature: SignatureFacts, language: Language) -> str:
    """Word one signature's facts: field, signer, serial number of the certificate, claimed time."""
    return language.text(
        N_("{field}: {name}, certificate {serial}, signed {at} by the signer’s own clock"),
        field=word(SIGNER_FIELDS, signature.field, language),
        name=signature.name,
        serial=signature.serial,
        at=signature.claimed_at or "–",
    )


def signature_basis(signature: SignatureFacts, language: Language) -> str:
    """Word what a signature rests on: issuer, level, what it covers, and what was added lawfully after it."""
    return language.text(
        N_("Issued by {issuer}. Level {level}. It covers the first {count} bytes. Added after it: {added}."),
        issuer=signature.issuer,
        level=signature.level,
        count=signature.covers_to,
        added=followed_by(signature, language),
    )


def followed_by(signature: SignatureFacts, language: Language) -> str:
    """Name the signatures and timestamps that were lawfully added after one."""
    if not signature.lawful_later_changes:
        return language.text(N_("changes that do not belong"))
    return ", ".join(_field_word(one, language) for one in signature.followed_by) or language.text(N_("nothing"))


def _field_word(field: str, language: Language) -> str:
    number = field.removeprefix(TIMESTAMP_FIELD)
    if number != field and number.isdigit():
        return language.text(N_("timestamp {number}"), number=number)
    return word(SIGNER_FIELDS, field, language)


def timestamp_line(stamp: TimestampFacts, language: Language) -> str:
    """Word one timestamp's facts."""
    message = N_("Timestamp on it: {at} by {authority}, certificate {serial}, issued by {issuer}, until {until}")
    if stamp.covers == "document":
        message = N_("Timestamp over the file: {at} by {authority}, certificate {serial}, issued by {issuer}, until {until}")
    return language.text(
        message, at=stamp.at, authority=stamp.authority, serial=stamp.serial, issuer=stamp.issuer, until=stamp.valid_until[:10]
    )


def kind_word(kind: str, language: Language) -> str:
    """Word the kind of a document; empty for none of Gedigen's."""
    return word(KIND_WORDS, kind, language) if kind else ""
