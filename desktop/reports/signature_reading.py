"""Read one signature of a file: who, when, whether it holds, what stands behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from desktop.reports.anchor import Anchor
from desktop.reports.certificate_path import path_of
from desktop.reports.container import is_plain
from desktop.reports.proven_time import Believed, proven_at
from desktop.reports.security_store import Store
from desktop.reports.timestamp_token import DIGESTS
from desktop.reports.verdict import RevocationFacts, SignatureFacts, TimestampFacts
from desktop.reports.withdrawal import has_list, withdrawal_of

_KINDS = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached")
#: Uses that a person's certificate may be for: any, e-mail, logging in, documents (three names of it).
_FOR_PERSONS = frozenset(
    ["2.5.29.37.0", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.36", "1.2.840.113583.1.1.5", "1.3.6.1.4.1.311.10.3.12"]
)
_LEAST_RSA_BITS = 2048
_WHOLE = (SignatureCoverageLevel.ENTIRE_REVISION, SignatureCoverageLevel.ENTIRE_FILE)


@dataclass(frozen=True)
class Surroundings:
    """What else of the file it takes to judge one of its signatures; ``steps`` names the field that each lawful revision filled."""

    pdf: bytes
    store: Store
    timestamps: tuple[Believed, ...] = ()
    unlawful: tuple[int, ...] = ()
    steps: tuple[tuple[int, str], ...] = ()


def entry(dictionary: Any, key: str) -> Any:
    """Give an entry with references followed (pyHanko's ``get`` does not), or None."""
    return dictionary[key] if dictionary is not None and key in dictionary else None


def end_of(embedded: EmbeddedPdfSignature) -> int:
    """Give the offset of the first byte after what a signature covers."""
    _, _, start, length = (int(number) for number in embedded.byte_range)
    return start + length


def covers_revision(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether a signature covers all of the file up to the end of its own revision."""
    return embedded.evaluate_signature_coverage() in _WHOLE


def signature_facts(embedded: EmbeddedPdfSignature, anchor: Anchor, around: Surroundings) -> SignatureFacts:
    """Read one signature. The certificate is judged at the time that the signature claims; the proven time is the policy's affair."""
    certificate = embedded.signer_cert
    claimed = embedded.self_reported_timestamp
    moment = claimed if claimed is not None else anchor.now
    root = anchor.root
    path = () if root is None else path_of(certificate, roots=[root], others=around.store.certificates, at=moment)
    limits = certificate["tbs_certificate"]["validity"]
    revision = int(embedded.signed_revision)
    proven = proven_at(revision, str(embedded.field_name), around.timestamps)
    own = next((one for one in around.timestamps if not one.token.is_document and one.token.revision == revision), None)
    return SignatureFacts(
        field=str(embedded.field_name),
        name=str(certificate.subject.native.get("common_name", "")),
        subject=named(certificate.subject),
        issuer=named(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        certificate_sha256=certificate.sha256.hex(),
        public_key_sha256=hashlib.sha256(certificate.public_key.dump()).hexdigest(),
        valid_from=iso(limits["not_before"].native),
        valid_until=iso(limits["not_after"].native),
        claimed_at=None if claimed is None else iso(claimed),
        intact=_is_intact(embedded),
        trusted=None if root is None else bool(path),
        certifies=_certifies(embedded) and embedded.docmdp_level in (MDPPerm.FILL_FORMS, MDPPerm.NO_CHANGES),
        covers_to=end_of(embedded),
        covers_revision=covers_revision(embedded),
        lawful_later_changes=all(one <= revision for one in around.unlawful),
        plain_container=is_plain(embedded, around.pdf, root),
        is_authority=bool(certificate.ca) or (root is not None and certificate.sha256 == root.sha256),
        is_for_other_use=_is_for_other_use(certificate),
        level=_level(certificate, revision, own, around),
        timestamp=None if own is None else timestamp_facts(own),
        proven_at=None if proven is None else iso(proven),
        revocation=_revocation(path, (*around.store.lists, *anchor.lists), proven),
        followed_by=tuple(name for number, name in around.steps if number > revision),
    )


def timestamp_facts(judged: Believed) -> TimestampFacts:
    """Read one timestamp's facts."""
    token = judged.token
    return TimestampFacts(
        field=token.field,
        covers="document" if token.is_document else "signature",
        at=iso(token.at),
        authority=str(token.clock.subject.native.get("common_name", "")) or named(token.clock.subject),
        issuer=named(token.clock.issuer),
        serial=f"{token.clock.serial_number:x}",
        certificate_sha256=token.clock.sha256.hex(),
        valid_until=iso(token.clock.not_valid_after),
        intact=token.is_intact and token.covers_revision,
        plain_container=token.is_plain,
        belief=judged.belief,
        covers_to=token.covers_to,
    )


def _is_intact(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether the signature is of these bytes, by the key of the certificate that it names, with algorithms that still count."""
    signer, certificate = embedded.signer_info, embedded.signer_cert
    if embedded.sig_object.get("/SubFilter") not in _KINDS or embedded.md_algorithm not in DIGESTS or not signer["signed_attrs"]:
        return False
    if embedded.reader.xrefs.hybrid_xrefs_present or embedded.signed_data["encap_content_info"]["content"].native is not None:
        return False
    if certificate.public_key.algorithm == "rsa" and certificate.public_key.bit_size < _LEAST_RSA_BITS:
        return False
    try:
        return all(validate_sig_integrity(signer, certificate, "data", embedded.compute_digest()))
    except (SignatureValidationError, ValueError, TypeError, KeyError):
        return False


def _revocation(path: Sequence[asn1_x509.Certificate], lists: Collection[bytes], proven: datetime | None) -> RevocationFacts:
    """Say whether the certificate, or one between it and the root, was revoked; without a path there is nobody to ask."""
    worst = RevocationFacts()
    for at in range(1, len(path)):
        found = withdrawal_of(path[at], issuer=path[at - 1], lists=lists)
        if found.standing == "not checked":
            return RevocationFacts()
        later = found.since is not None and proven is not None and proven < found.since
        facts = RevocationFacts(
            standing="later" if later else found.standing,
            since=None if found.since is None else iso(found.since),
            compromised=found.is_compromised,
            current_until=None if found.current_until is None else iso(found.current_until),
        )
        if facts.standing == "revoked":
            return facts
        worst = facts
    return worst


def _level(
    certificate: asn1_x509.Certificate, revision: int, own: Believed | None, around: Surroundings
) -> Literal["B-B", "B-T", "B-LT", "B-LTA"]:
    """Name the level of what the signature carries, whoever vouches for it: whether to believe that is said elsewhere."""
    over = [one for one in around.timestamps if one.token.is_document and one.token.revision > revision and one.token.is_intact]
    stamped = bool(over) or (own is not None and own.token.is_intact)
    if not stamped:
        return "B-B"
    held = around.store.certificates
    issuers = [one for one in held if one.subject == certificate.issuer]
    complete = certificate.sha256 in {one.sha256 for one in held} and any(has_list(one, around.store.lists) for one in issuers)
    if not complete:
        return "B-T"
    return "B-LTA" if over else "B-LT"


def named(name: asn1_x509.Name) -> str:
    """Write a certificate's name as certificates are read everywhere, whatever the language: ``CN=…, O=…, serialNumber=…``."""
    known = {"common_name": "CN", "organization_name": "O", "serial_number": "serialNumber"}
    parts = name.native
    return ", ".join(f"{known.get(key, key)}={parts[key]}" for key in (*known, *sorted(set(parts) - set(known))) if key in parts)


def _is_for_other_use(certificate: asn1_x509.Certificate) -> bool:
    """Tell whether a certificate says what it is for, and none of it is signing by a person."""
    said = certificate.extended_key_usage_value
    return said is not None and not any(one.dotted in _FOR_PERSONS for one in said)


def _certifies(embedded: EmbeddedPdfSignature) -> bool:
    """Tell whether the document's certification is this signature."""
    permissions = entry(embedded.reader.root, "/Perms")
    if permissions is None or "/DocMDP" not in permissions:
        return False
    return bool(permissions.raw_get("/DocMDP") == embedded.sig_field.raw_get("/V"))


def iso(at: datetime) -> str:
    """Write a time with a zone as ISO 8601 in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
