"""Verify that a report is the one that was signed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.reports.anchor import Anchor, read_anchor
from desktop.reports.examined import examine
from desktop.reports.expected import Expectations
from desktop.reports.kind_rules import attached_record, kind_of, unexpected_fields
from desktop.reports.outside import read_report
from desktop.reports.policy import is_untouched, judge, revocation_of, status_of
from desktop.reports.signed_file import Encrypted
from desktop.reports.verdict import FileFacts, Finding, Verdict
from forms.text import N_
from models.document_kind import FULL_REPORT

LARGEST_FILE = 100 * 1024 * 1024


def verify(
    source: Path | bytes,
    *,
    root_pem: bytes | None,
    registered: Collection[str] | None = None,
    sealed_records: Collection[str] | None = None,
    tsa_roots_pem: Sequence[bytes] = (),
    revocation_lists: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Verdict:
    """Judge one file by the policy.

    ``root_pem`` is the organisation's root certificate; without it no signer is tied to an organisation, and the verdict is
    "incomplete" at best. ``registered`` holds the SHA-256 (hex) of every file and ``sealed_records`` of every record known to
    a vault, None outside one. ``tsa_roots_pem`` are the root certificates of timestamp authorities (PEM, one or several each);
    without one that a timestamp leads to, it proves nothing. ``revocation_lists`` are of the organisation or an authority, beside
    those in the file. ``now`` is naive UTC. A file from elsewhere belongs in ``verifying_child.run_limited``.
    Raises NotACertificate for a root or list that is none; never for what is wrong with the file.
    """
    at = now or datetime.now(UTC).replace(tzinfo=None)
    anchor = read_anchor(root_pem=root_pem, clocks_pem=tsa_roots_pem, lists=revocation_lists, now=at.replace(tzinfo=UTC))
    name = source.name if isinstance(source, Path) else ""
    size = source.stat().st_size if isinstance(source, Path) and source.is_file() else len(source) if isinstance(source, bytes) else 0
    if size > LARGEST_FILE:
        megabytes = LARGEST_FILE // (1024 * 1024)
        message = N_("The file is larger than {size} MB; no report of Gedigen is. It was not opened.")
        return _unreadable(FileFacts(name, size, ""), Finding("unreadable", message, {"size": megabytes}), anchor)
    try:
        pdf = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        message = N_("The file could not be opened: {detail}.")
        if isinstance(error, FileNotFoundError):
            message = N_("There is no such file; it may have been moved or renamed.")
        return _unreadable(FileFacts(name, 0, ""), Finding("unreadable", message, {"detail": error.strerror or str(error)}), anchor)
    digest = hashlib.sha256(pdf).hexdigest()
    file = FileFacts(name, len(pdf), digest, registered=None if registered is None else digest in registered)
    refusal = _not_a_pdf(pdf)
    if refusal is not None:
        return _unreadable(file, Finding("unreadable", refusal), anchor)
    return _judge(pdf, file, anchor, Expectations(anchor.root is not None, registered, sealed_records, at))


def _judge(pdf: bytes, file: FileFacts, anchor: Anchor, expected: Expectations) -> Verdict:
    quiet = logging.getLogger("pyhanko"), logging.getLogger("pyhanko_certvalidator")
    for logger in quiet:
        logger.setLevel(logging.CRITICAL)  # what it would say there stands in the findings, in the reader's words
    try:
        content = read_report(pdf, anchor=anchor)
    except Encrypted:
        message = N_("The file is protected with a password. Reports of Gedigen never are; ask for the original.")
        return _unreadable(file, Finding("unreadable", message), anchor)
    except MemoryError:
        message = N_("Verifying the file takes more memory than any report of Gedigen needs. It was given up.")
        return _unreadable(file, Finding("unreadable", message), anchor)
    except Exception:  # a hostile or damaged file may break the parser anywhere, and each way means the same
        return _broken(pdf, file, anchor)
    attachment = attached_record(content)
    file = FileFacts(
        file.name,
        file.size,
        file.sha256,
        registered=file.registered,
        uncovered_bytes=max(0, len(pdf) - content.covered_to) if content.signatures else 0,
        conformance=content.conformance,
        attachment_sha256=None if attachment is None else hashlib.sha256(attachment).hexdigest(),
        record_sha256=content.record_sha256 or None,
        records_sha256=content.records if len(content.records) > 1 else (),
    )
    whole = attachment is not None and kind_of(content) == FULL_REPORT and is_untouched(content)
    examined = examine(pdf, attachment) if attachment is not None and whole else None
    findings, missing = judge(content, file, expected, examined)
    kind = kind_of(content)
    return Verdict(
        status=status_of(findings),
        sentences=tuple(findings),
        file=file,
        signatures=content.signatures,
        missing_signers=missing,
        unexpected_fields=unexpected_fields(content),
        anchor_sha256=_fingerprint(anchor),
        judged_at=_iso(anchor.now),
        revocation=revocation_of(content.signatures),
        policy="outside signer, last revision only" if any(one.is_outside for one in content.signatures) else "report",
        kind=kind.name if kind is not None else "",
        record="not compared" if examined is None else "agrees" if examined.agrees else "differs",
        timestamps=content.timestamps,
        clock_roots_sha256=tuple(one.sha256.hex() for one in anchor.clocks),
        revocation_lists_sha256=tuple(hashlib.sha256(one).hexdigest() for one in anchor.lists),
    )


def _not_a_pdf(pdf: bytes) -> str | None:
    if not pdf:
        return N_("The file is empty.")
    if b"%PDF-" not in pdf[:1024]:
        return N_("The file is not a PDF.")
    return None


def _broken(pdf: bytes, file: FileFacts, anchor: Anchor) -> Verdict:
    """Judge a file that does not parse: with traces of a signature it is a report that was damaged after signing."""
    if b"/ByteRange" in pdf:
        message = N_("The file is damaged: it was signed, but was changed or cut off afterwards so that it can no longer be read.")
        return Verdict("invalid", (Finding("problem", message),), file, anchor_sha256=_fingerprint(anchor), judged_at=_iso(anchor.now))
    return _unreadable(file, Finding("unreadable", N_("The file begins as a PDF but is damaged or cut off.")), anchor)


def _unreadable(file: FileFacts, finding: Finding, anchor: Anchor) -> Verdict:
    return Verdict("unreadable", (finding,), file, anchor_sha256=_fingerprint(anchor), judged_at=_iso(anchor.now))


def _fingerprint(anchor: Anchor) -> str | None:
    return None if anchor.root is None else anchor.root.sha256.hex()


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
