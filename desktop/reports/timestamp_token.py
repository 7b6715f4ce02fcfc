"""A timestamp (RFC 3161) read: what it says, whether it holds, and whether it is of what it stands on. Not whether to believe it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError, extract_certificate_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from desktop.reports.container import TOKEN_ATTRIBUTE, fills_its_gap, is_plain_token

#: What counts as a digest today; weaker ones prove nothing.
DIGESTS = ("sha256", "sha384", "sha512")
_TIME_STAMPING = ["time_stamping"]


@dataclass(frozen=True)
class Token:
    """One timestamp. ``at`` has a zone; ``revision`` (from 1) is the one that it stands in, ``field`` the field."""

    field: str
    #: whether it covers the whole file so far, or one signature
    is_document: bool
    revision: int
    covers_to: int
    at: datetime
    clock: asn1_x509.Certificate
    issuers: tuple[asn1_x509.Certificate, ...]
    is_intact: bool
    is_plain: bool
    covers_revision: bool = True

    @property
    def is_by_a_clock(self) -> bool:
        """Whether the certificate is one for timestamps and nothing else, as RFC 3161 asks."""
        use = self.clock.extended_key_usage_value
        return use is not None and use.native == _TIME_STAMPING and "extended_key_usage" in self.clock.critical_extensions


def signature_token(embedded: EmbeddedPdfSignature, *, covers_to: int) -> Token | None:
    """Read the timestamp on a signature, None when it has none. Raises ValueError for what cannot be read as one."""
    added = [one for one in embedded.signer_info["unsigned_attrs"] or () if one["type"].native == TOKEN_ATTRIBUTE]
    if not added:
        return None
    values = list(added[0]["values"])
    if len(added) != 1 or len(values) != 1:
        raise ValueError("several timestamps on one signature")
    signature = bytes(embedded.signer_info["signature"].native)
    data = _container(values[0])
    return _token(embedded, data, lambda name: hashlib.new(name, signature).digest(), covers_to=covers_to, is_document=False)


def document_token(embedded: EmbeddedPdfSignature, pdf: bytes, *, covers_to: int, covers_revision: bool) -> Token:
    """Read a timestamp over the whole file. Raises ValueError for what cannot be read as one."""
    return _token(
        embedded,
        embedded.signed_data,
        embedded.compute_digest,
        covers_to=covers_to,
        is_document=True,
        fills=fills_its_gap(embedded, pdf),
        covers_revision=covers_revision,
    )


def _container(value: cms.ContentInfo) -> cms.SignedData:
    if value["content_type"].native != "signed_data":
        raise ValueError("a timestamp that is not signed")
    data: cms.SignedData = value["content"]
    return data


def _token(
    embedded: EmbeddedPdfSignature,
    data: cms.SignedData,
    digest_of: Callable[[str], bytes],
    *,
    covers_to: int,
    is_document: bool,
    fills: bool = True,
    covers_revision: bool = True,
) -> Token:
    try:
        stated = data["encap_content_info"]["content"].parsed
        found = extract_certificate_info(data)
    except (CMSExtractionError, CMSStructuralError, AttributeError) as error:
        raise ValueError("not a timestamp") from error
    if not isinstance(stated, tsp.TSTInfo):
        raise ValueError("not a timestamp")  # noqa: TRY004 - the file's fault, not the caller's
    return Token(
        field=str(embedded.field_name),
        is_document=is_document,
        revision=int(embedded.signed_revision),
        covers_to=covers_to,
        at=stated["gen_time"].native,
        clock=found.signer_cert,
        issuers=tuple(found.other_certs),
        is_intact=_holds(data, found.signer_cert) and _is_of(stated, digest_of),
        is_plain=fills and is_plain_token(data, found.signer_cert),
        covers_revision=covers_revision,
    )


def _holds(data: cms.SignedData, clock: asn1_x509.Certificate) -> bool:
    """Tell whether the authority's signature is of what the timestamp states, and names the certificate that it was made with."""
    signer = data["signer_infos"][0]
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in DIGESTS or not signer["signed_attrs"]:
        return False
    content = bytes(data["encap_content_info"]["content"])
    try:
        if get_signing_cert_attr(signer["signed_attrs"]) is None:
            return False
        return all(validate_sig_integrity(signer, clock, "tst_info", hashlib.new(name, content).digest()))
    except (SignatureValidationError, ValueError, TypeError, KeyError):
        return False


def _is_of(stated: tsp.TSTInfo, digest_of: Callable[[str], bytes]) -> bool:
    imprint = stated["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    return name in DIGESTS and imprint["hashed_message"].native == digest_of(name)
