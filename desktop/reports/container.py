"""The container of a signature: the one part of a file that no signature covers, and so must hold nothing but the signature."""

from __future__ import annotations

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.validation import EmbeddedPdfSignature

_INTEGER, _NULL, _OBJECT_IDENTIFIER = 0x02, 0x05, 0x06
#: Deeper than any signature nests.
_DEEPEST = 40


def is_plain(embedded: EmbeddedPdfSignature, pdf: bytes, root: asn1_x509.Certificate | None) -> bool:
    """Tell whether a signature's container holds what Gedigen writes and nothing that could be changed unnoticed.

    Padding after the object, further certificates, revocation lists, unsigned attributes, parameters of algorithms and lax
    encoding could all be changed afterwards, or used to carry something.
    """
    first, gap_start, gap_end, _ = (int(number) for number in embedded.byte_range)
    gap = pdf[first + gap_start : gap_end]
    inner = gap[1:-1]
    content = bytes(embedded.pkcs7_content)
    length = _der_length(content)
    data, signer = embedded.signed_data, embedded.signer_info
    known = {embedded.signer_cert.sha256} | ({root.sha256} if root is not None else set())
    named = signer["sid"].chosen  # outside what is signed, and pyHanko finds the certificate without it
    carried = [choice.chosen for choice in data["certificates"]]
    algorithms = [*data["digest_algorithms"], signer["digest_algorithm"], signer["signature_algorithm"]]
    return (
        gap[:1] == b"<"
        and gap[-1:] == b">"
        and inner in (content.hex().encode(), content.hex().upper().encode())
        and not any(content[length:])
        and _is_strict(content[:length])
        and len(data["signer_infos"]) == 1
        and (data["version"].native, signer["version"].native) == ("v1", "v1")
        and named["issuer"].dump() == embedded.signer_cert.issuer.dump()
        and named["serial_number"].native == embedded.signer_cert.serial_number
        and len(signer["unsigned_attrs"] or ()) == 0
        and len(data["crls"] or ()) == 0
        and data["encap_content_info"]["content"].native is None
        and [one["algorithm"].native for one in data["digest_algorithms"]] == ["sha256"]
        and all(one["parameters"].native is None for one in algorithms)
        and all(isinstance(one, asn1_x509.Certificate) and (root is None or one.sha256 in known) for one in carried)
    )


def _der_length(content: bytes) -> int:
    """Give the length of the DER object at the beginning of bytes, its head included."""
    head = content[1]
    if head < 0x80:
        return 2 + head
    size = head & 0x7F
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def _is_strict(content: bytes, depth: int = 0) -> bool:
    """Tell whether objects are encoded as DER asks, so that there is no second way of writing the same."""
    at = 0
    while at < len(content):
        if len(content) - at < 2 or content[at] & 0x1F == 0x1F or depth > _DEEPEST:
            return False
        tag, head = content[at], content[at + 1]
        size = head & 0x7F if head >= 0x80 else 0
        length = int.from_bytes(content[at + 2 : at + 2 + size], "big") if size else head
        if head == 0x80 or (size and (length < 0x80 or content[at + 2] == 0)):
            return False
        body = content[at + 2 + size : at + 2 + size + length]
        if len(body) != length or not _is_minimal(tag, body) or (tag & 0x20 and not _is_strict(body, depth + 1)):
            return False
        at += 2 + size + length
    return True


def _is_minimal(tag: int, body: bytes) -> bool:
    if tag == _INTEGER:
        return len(body) > 0 and not (len(body) > 1 and ((body[0] == 0 and body[1] < 0x80) or (body[0] == 0xFF and body[1] >= 0x80)))
    if tag == _NULL:
        return not body
    if tag == _OBJECT_IDENTIFIER:
        begins = [body[at] for at in range(len(body)) if at == 0 or body[at - 1] < 0x80]
        return bool(body) and body[-1] < 0x80 and 0x80 not in begins
    return True
