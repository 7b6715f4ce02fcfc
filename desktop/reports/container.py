"""The container of a signature: the one part of a file that no signature covers, and so must hold nothing but the signature.

Padding after the object, further certificates, revocation lists, unsigned attributes, parameters of algorithms and lax encoding could all
be changed afterwards, or used to carry something. One thing may be added to a signature after it was made: a single timestamp over it.
"""

from __future__ import annotations

from collections.abc import Collection

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from desktop.reports.der import der_length, is_strict

TOKEN_ATTRIBUTE = "signature_time_stamp_token"  # noqa: S105 - an attribute's name
#: As many certificates as lead from an authority's clock to its root.
_LONGEST_PATH = 6


def is_plain(embedded: EmbeddedPdfSignature, pdf: bytes, root: asn1_x509.Certificate | None) -> bool:
    """Tell whether a signature's container holds what Gedigen writes and nothing that could be changed unnoticed.

    Whether a timestamp in it is plain itself is asked of the timestamp, see ``is_plain_token``.
    """
    data, signer = embedded.signed_data, embedded.signer_info
    known = {embedded.signer_cert.sha256} | ({root.sha256} if root is not None else set())
    carried = [choice.chosen for choice in data["certificates"]]
    added = [(one["type"].native, len(one["values"])) for one in signer["unsigned_attrs"] or ()]
    return (
        fills_its_gap(embedded, pdf)
        and (data["version"].native, signer["version"].native) == ("v1", "v1")
        and _names_its_signer(data, embedded.signer_cert)
        and added in ([], [(TOKEN_ATTRIBUTE, 1)])
        and data["encap_content_info"]["content"].native is None
        and [one["algorithm"].native for one in data["digest_algorithms"]] == ["sha256"]
        and all(isinstance(one, asn1_x509.Certificate) and (root is None or one.sha256 in known) for one in carried)
    )


def is_plain_token(token: cms.SignedData, clock: asn1_x509.Certificate) -> bool:
    """Tell whether a timestamp's container holds the timestamp, the certificates that lead up from its ``clock``, and nothing else."""
    carried = [choice.chosen for choice in token["certificates"] or ()]
    signer = token["signer_infos"][0]
    return (
        _names_its_signer(token, clock)
        and len(signer["unsigned_attrs"] or ()) == 0
        and is_strict(bytes(token["encap_content_info"]["content"]))
        and len(carried) <= _LONGEST_PATH
        and all(isinstance(one, asn1_x509.Certificate) for one in carried)
        and _lead_upwards(clock, carried)
    )


def fills_its_gap(embedded: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether the part that a signature leaves out of what it covers is its container, strictly encoded, and zeros after it."""
    first, gap_start, gap_end, _ = (int(number) for number in embedded.byte_range)
    gap = pdf[first + gap_start : gap_end]
    content = bytes(embedded.pkcs7_content)
    length = der_length(content)
    return (
        gap[:1] == b"<"
        and gap[-1:] == b">"
        and gap[1:-1] in (content.hex().encode(), content.hex().upper().encode())
        and not any(content[length:])
        and is_strict(content[:length])
    )


def _names_its_signer(data: cms.SignedData, certificate: asn1_x509.Certificate) -> bool:
    """Tell whether a container has one signer, named by that certificate, and neither lists nor parameters that nothing signs."""
    if len(data["signer_infos"]) != 1 or len(data["crls"] or ()):
        return False
    signer = data["signer_infos"][0]
    named = signer["sid"].chosen  # outside what is signed, and pyHanko finds the certificate without it
    algorithms = [*data["digest_algorithms"], signer["digest_algorithm"], signer["signature_algorithm"]]
    plain = [one for one in algorithms if one["algorithm"].native != "rsassa_pss"]  # which cannot do without, and is verified by them
    return (
        isinstance(named, cms.IssuerAndSerialNumber)
        and named["issuer"].dump() == certificate.issuer.dump()
        and named["serial_number"].native == certificate.serial_number
        and len(data["digest_algorithms"]) == 1
        and all(one["parameters"].native is None for one in plain)
    )


def _lead_upwards(start: asn1_x509.Certificate, carried: Collection[asn1_x509.Certificate]) -> bool:
    """Tell whether every certificate is the first one or stands above it, by the names of issuers."""
    left = [one for one in carried if one.sha256 != start.sha256]
    above = {start.issuer.sha256}
    while left:
        reached = [one for one in left if one.subject.sha256 in above]
        if not reached:
            return False
        above |= {one.issuer.sha256 for one in reached}
        left = [one for one in left if one not in reached]
    return True
