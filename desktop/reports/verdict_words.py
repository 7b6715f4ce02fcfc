"""A verdict in plain sentences, for the command line and the window alike."""

from __future__ import annotations

from desktop.language import Language
from desktop.reports.verdict import Finding, SignatureFacts, Verdict
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
_MARKS = {"problem": "✗", "missing": "–", "unreadable": "✗", "good": "✓", "remark": "·"}


def verdict_lines(verdict: Verdict, language: Language) -> list[str]:
    """Word a verdict line by line: the verdict, the file, each finding, each signature."""
    lines = [f"{language.text(STATUS_WORDS[verdict.status])}: {language.text(STATUS_SENTENCES[verdict.status])}"]
    lines.append(
        language.text(
            N_("File: {name}, {size} bytes, SHA-256 {sha256}"), name=verdict.file.name, size=verdict.file.size, sha256=verdict.file.sha256
        )
    )
    lines += [f"{_MARKS[finding.kind]} {finding_sentence(finding, language)}" for finding in verdict.sentences]
    lines += [signature_line(one, language) for one in verdict.signatures]
    return lines


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
