"""What each kind of document must have, and what it must not.

A full report carries its record, is computed again from it, and compared with its pages. One made as PDF/A-2a, for archives that refuse
attachments, carries none and only names the record's digest. Nobody can turn the one into the other behind the signers' backs: taking the
attachment away changes bytes that both have signed, and before they sign it is their own decision, which the file shows by naming
PDF/A-2a. What is lost is that its numbers can be computed again from the file alone, and that it says itself who had to sign.

The other kinds are extracts. Each names the record that it is made from; none of them stands for the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.reports.examined import Examined
from desktop.reports.expected import Expectations
from desktop.reports.linked_record import SCHEMAS, NotALinkedRecord, linked_record
from desktop.reports.several_records import comparison_findings
from desktop.reports.signed_file import SignedFile
from desktop.reports.verdict import FileFacts, Finding
from forms.text import N_
from models.document_kind import (
    BOARD_PAGE,
    COMPARISON,
    DECISION,
    EMPTY_FORM,
    FULL_REPORT,
    PARTNER_DRAFT,
    PARTNER_FEEDBACK,
    PUBLIC_RECORD,
    DocumentKind,
    by_name,
)

_WITHOUT_ATTACHMENT = "PDF/A-2a"
#: Kinds that are made from a sealed record and must name it.
_MADE_FROM_RECORD = (BOARD_PAGE, PARTNER_FEEDBACK, PUBLIC_RECORD, DECISION)
_NEVER_SIGNED = (PARTNER_DRAFT, EMPTY_FORM)


def kind_of(content: SignedFile) -> DocumentKind | None:
    """Tell what kind of document it is: as its metadata say, or by its fields for one of the first version; None for one not of Gedigen."""
    if content.kind:
        return by_name(content.kind)
    return FULL_REPORT if set(FULL_REPORT.required) <= set(content.fields) else None


def rule_of(content: SignedFile) -> DocumentKind:
    """Give the kind whose rule a file is judged by: a file of no known kind is held to the strictest."""
    return kind_of(content) or FULL_REPORT


def attached_record(content: SignedFile) -> bytes | None:
    """Give the JSON document that travels inside, by the name that the kind gives it."""
    return content.attachments.get(rule_of(content).attachment or "")


def unexpected_fields(content: SignedFile) -> tuple[str, ...]:
    """Name the form fields that a document of its kind does not have; those of lawful timestamps belong to any."""
    known = {*rule_of(content).fields, *(one.field for one in content.timestamps)}
    return tuple(name for name, plain in content.fields.items() if name not in known or not plain)


def form_findings(content: SignedFile) -> Iterator[Finding]:
    """Judge what there is: fields, attachments, what acts, what the metadata say of themselves."""
    if content.unlawful_revisions and all(one.lawful_later_changes for one in content.signatures):
        yield _problem(N_("Something was added to the report, before it was signed, in a way that Gedigen never does."))
    rule = rule_of(content)
    if not content.signatures and not content.kind and kind_of(content) is None:
        yield _problem(N_("This PDF carries no signature and is not a report made by Gedigen."))
        return
    if content.kind and by_name(content.kind) is None:
        yield _problem(N_("The file says that it is of a kind that this version of Gedigen does not know: {kind}."), kind=content.kind)
    if content.is_ambiguous:
        yield _problem(N_("The file says more than once, or not clearly, what kind of document it is or which record it is made from."))
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
    if not content.is_store_sound:
        yield _problem(N_("Among the certificates and revocation lists that the file carries is something that does not belong there."))
    for name in content.active_content:
        yield _problem(N_("The report contains active content ({name}), which Gedigen never writes."), name=name)
    for name in content.attachments:
        if name != rule.attachment or _WITHOUT_ATTACHMENT in content.conformance:
            yield _problem(N_("The report carries a file that does not belong to it: {name}."), name=name)


def record_findings(content: SignedFile, file: FileFacts, expected: Expectations, examined: Examined | None) -> Iterator[Finding]:
    """Judge the record: the one inside, or the one that the document says it is made from."""
    rule = rule_of(content)
    if kind_of(content) is None:
        return
    if rule == EMPTY_FORM:
        yield Finding("missing", N_("This is a form to fill in, not a report. Forms are not signed."))
    elif rule == PARTNER_DRAFT:
        yield Finding("missing", N_("This is a draft for the partner to reply to. Drafts are not signed; the report comes after it."))
    elif rule == FULL_REPORT:
        yield from _full_report(content, file)
    if rule in _NEVER_SIGNED and content.signatures:
        yield _problem(N_("The file is signed although documents of its kind never are."))
    if rule == COMPARISON:
        yield from comparison_findings(content.records, expected)
    elif len(content.records) > 1:
        yield _problem(N_("The file names several sealed records although a document of its kind is made from one."))
    if rule in _MADE_FROM_RECORD and not content.records:
        yield _problem(N_("The file does not name the sealed record that it is made from."))
    if rule.name in SCHEMAS:
        yield from _linked(content, rule)
    if rule in _MADE_FROM_RECORD and content.record_sha256:
        message = N_("This is an extract: its words cannot be computed again from it. The full report with the record {record} says more.")
        if rule == DECISION:
            message = N_("This is a decision about the assessment whose sealed record is {record}. Compare with the full report’s.")
        yield Finding("remark", message, {"record": content.record_sha256})
    if examined is not None:
        yield from _examined(examined)
    yield from _registers(content, file, expected)


def _full_report(content: SignedFile, file: FileFacts) -> Iterator[Finding]:
    inside = file.attachment_sha256
    if inside is None and _WITHOUT_ATTACHMENT in content.conformance:
        if not content.record_sha256:
            yield _problem(N_("The file does not name the sealed record that it is made from."))
            return
        message = N_(
            "This report was made without its record inside, for an archive that refuses attachments. Its numbers, and who had to sign,"
            " can be compared only with the full report that carries the record {record}."
        )
        yield Finding("remark", message, {"record": content.record_sha256})
    elif inside is None:
        yield Finding("missing", N_("The report does not carry the record that it prints, so its numbers cannot be computed again."))
    elif content.record_sha256 and content.record_sha256 != inside:
        yield _problem(N_("The file names another sealed record than the one that it carries."))


def _linked(content: SignedFile, rule: DocumentKind) -> Iterator[Finding]:
    attachment = attached_record(content)
    if attachment is None:
        if rule == DECISION:
            yield _problem(N_("The file lacks the data that travel inside every document of its kind."))
        elif _WITHOUT_ATTACHMENT not in content.conformance:
            yield Finding("missing", N_("The file lacks the data that travel inside every document of its kind."))
        return
    try:
        named = linked_record(rule, attachment)
    except NotALinkedRecord:
        yield _problem(N_("The data inside the file are not what Gedigen writes into a document of its kind."))
        return
    if named != content.record_sha256:
        yield _problem(N_("The data inside the file are about another sealed record than the one that the file names."))


def _examined(examined: Examined) -> Iterator[Finding]:
    if not examined.is_record:
        yield _problem(N_("The record inside the report is not one that Gedigen writes, or its answers cannot be scored."))
    elif not examined.is_template_whole:
        yield _problem(N_("The template in the record inside the report is not the one whose hash it names."))
    elif not examined.is_result_same:
        yield _problem(N_("The record inside the report states a result that its answers do not come to."))
    elif examined.deceptive:
        pages = examined.named(examined.deceptive)
        yield _problem(N_("Something on the pages is hidden, covered or drawn to look like something else (page {pages})."), pages=pages)
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
    record = file.attachment_sha256 if rule_of(content) == FULL_REPORT and file.attachment_sha256 is not None else content.record_sha256
    if expected.sealed_records is not None and record:
        if record not in expected.sealed_records:
            if rule_of(content) == FULL_REPORT and file.attachment_sha256 is not None:
                yield _problem(N_("The record inside the report is not one that was sealed in this vault."))
            else:
                yield _problem(N_("The sealed record that the file names is not among those it was compared with."))
        elif rule_of(content) != FULL_REPORT or file.attachment_sha256 is None:
            yield Finding("good", N_("The sealed record that the file names is one of those it was compared with."))
    if file.registered:
        yield Finding("good", N_("The file is, byte for byte, one that is registered in the vault."))
    elif file.registered is False and content.signatures:
        yield Finding("missing", N_("The file is not among the reports that this vault has registered."))


def _problem(message: str, **params: str | int) -> Finding:
    return Finding("problem", message, params)
