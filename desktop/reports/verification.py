"""Verify that a report is the one that was signed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import x509 as asn1_x509

from desktop.reports.anchor import read_root
from desktop.reports.examined import examine
from desktop.reports.outside import read_report
from desktop.reports.policy import Expectations, attached_record, is_untouched, judge, kind_of, status_of, unexpected_fields
from desktop.reports.signed_file import Encrypted
from desktop.reports.verdict import FileFacts, Finding, Verdict
from forms.text import N_

LARGEST_FILE = 100 * 1024 * 1024


def verify(
    source: Path | bytes,
    *,
    root_pem: bytes | None,
    registered: Collection[str] | None = None,
    sealed_records: Collection[str] | None = None,
    now: datetime | None = None,
) -> Verdict:
    """Judge one file by the policy.

    ``root_pem`` is the organisation's root certificate; without it no signer is tied to an organisation, and the verdict is
    "incomplete" at best. ``registered`` holds the SHA-256 (hex) of every file and ``sealed_records`` of every record known to
    a vault, None outside one. ``now`` is naive UTC. A file from elsewhere belongs in ``verifying_child.run_limited``.
    Raises NotACertificate for a root that is none; never for what is wrong with the file.
    """
    root = read_root(root_pem)
    at = now or datetime.now(UTC).replace(tzinfo=None)
    name = source.name if isinstance(source, Path) else ""
    size = source.stat().st_size if isinstance(source, Path) and source.is_file() else len(source) if isinstance(source, bytes) else 0
    if size > LARGEST_FILE:
        megabytes = LARGEST_FILE // (1024 * 1024)
        message = N_("The file is larger than {size} MB; no report of Gedigen is. It was not opened.")
        return _unreadable(FileFacts(name, size, ""), Finding("unreadable", message, {"size": megabytes}), root, at)
    try:
        pdf = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        message = N_("The file could not be opened: {detail}.")
        if isinstance(error, FileNotFoundError):
            message = N_("There is no such file; it may have been moved or renamed.")
        return _unreadable(FileFacts(name, 0, ""), Finding("unreadable", message, {"detail": error.strerror or str(error)}), root, at)
    digest = hashlib.sha256(pdf).hexdigest()
    file = FileFacts(name, len(pdf), digest, registered=None if registered is None else digest in registered)
    refusal = _not_a_pdf(pdf)
    if refusal is not None:
        return _unreadable(file, Finding("unreadable", refusal), root, at)
    return _judge(pdf, file, root, Expectations(root is not None, registered, sealed_records, at))


def _judge(pdf: bytes, file: FileFacts, root: asn1_x509.Certificate | None, expected: Expectations) -> Verdict:
    quiet = logging.getLogger("pyhanko"), logging.getLogger("pyhanko_certvalidator")
    for logger in quiet:
        logger.setLevel(logging.CRITICAL)  # what it would say there stands in the findings, in the reader's words
    try:
        content = read_report(pdf, root=root)
    except Encrypted:
        message = N_("The file is protected with a password. Reports of Gedigen never are; ask for the original.")
        return _unreadable(file, Finding("unreadable", message), root, expected.now)
    except MemoryError:
        message = N_("Verifying the file takes more memory than any report of Gedigen needs. It was given up.")
        return _unreadable(file, Finding("unreadable", message), root, expected.now)
    except Exception:  # a hostile or damaged file may break the parser anywhere, and each way means the same
        return _broken(pdf, file, root, expected.now)
    attachment = attached_record(content)
    end = max((signature.covers_to for signature in content.signatures), default=0)
    file = FileFacts(
        file.name,
        file.size,
        file.sha256,
        registered=file.registered,
        uncovered_bytes=max(0, len(pdf) - end) if content.signatures else 0,
        conformance=content.conformance,
        attachment_sha256=None if attachment is None else hashlib.sha256(attachment).hexdigest(),
    )
    examined = examine(pdf, attachment) if attachment is not None and is_untouched(content) else None
    findings, missing = judge(content, file, expected, examined)
    kind = kind_of(content)
    return Verdict(
        status=status_of(findings),
        sentences=tuple(findings),
        file=file,
        signatures=content.signatures,
        missing_signers=missing,
        unexpected_fields=unexpected_fields(content),
        anchor_sha256=None if root is None else root.sha256.hex(),
        judged_at=_iso(expected.now),
        policy="outside signer, last revision only" if any(one.is_outside for one in content.signatures) else "report",
        kind=kind.name if kind is not None else "",
        record="not compared" if examined is None else "agrees" if examined.agrees else "differs",
    )


def _not_a_pdf(pdf: bytes) -> str | None:
    if not pdf:
        return N_("The file is empty.")
    if b"%PDF-" not in pdf[:1024]:
        return N_("The file is not a PDF.")
    return None


def _broken(pdf: bytes, file: FileFacts, root: asn1_x509.Certificate | None, now: datetime) -> Verdict:
    """Judge a file that does not parse: with traces of a signature it is a report that was damaged after signing."""
    if b"/ByteRange" in pdf:
        message = N_("The file is damaged: it was signed, but was changed or cut off afterwards so that it can no longer be read.")
        return Verdict(
            "invalid", (Finding("problem", message),), file, anchor_sha256=None if root is None else root.sha256.hex(), judged_at=_iso(now)
        )
    return _unreadable(file, Finding("unreadable", N_("The file begins as a PDF but is damaged or cut off.")), root, now)


def _unreadable(file: FileFacts, finding: Finding, root: asn1_x509.Certificate | None, now: datetime) -> Verdict:
    return Verdict("unreadable", (finding,), file, anchor_sha256=None if root is None else root.sha256.hex(), judged_at=_iso(now))


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
