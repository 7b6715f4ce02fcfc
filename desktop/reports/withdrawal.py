"""Whether a certificate was revoked, by the newest list that its issuer has signed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from asn1crypto import x509 as asn1_x509
from cryptography import x509

from models.certificate import has_signed_list, is_whole_list

#: Somebody else may have had the key, so that not even an earlier claimed time can be believed.
_COMPROMISED = frozenset({x509.ReasonFlags.key_compromise, x509.ReasonFlags.ca_compromise, x509.ReasonFlags.aa_compromise})

Standing = Literal["good", "revoked", "not checked"]


@dataclass(frozen=True)
class Withdrawal:
    """What the newest list says of a certificate; times have a zone. ``since`` is the earliest date that it is not to be trusted from."""

    standing: Standing
    since: datetime | None = None
    is_compromised: bool = False
    current_until: datetime | None = None


def withdrawal_of(certificate: asn1_x509.Certificate, *, issuer: asn1_x509.Certificate, lists: Collection[bytes]) -> Withdrawal:
    """Look a certificate up in the newest of the lists (DER) that its issuer's key has signed; what others signed is passed over."""
    newest = _newest(lists, issuer)
    if newest is None:
        return Withdrawal("not checked")
    until = newest.next_update_utc
    entry = newest.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return Withdrawal("good", current_until=until)
    since, reason = entry.revocation_date_utc, x509.ReasonFlags.unspecified
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            reason = extension.value.reason
        elif isinstance(extension.value, x509.InvalidityDate):
            since = min(since, extension.value.invalidity_date.replace(tzinfo=UTC))
    if reason is x509.ReasonFlags.remove_from_crl:
        return Withdrawal("good", current_until=until)
    return Withdrawal("revoked", since, reason in _COMPROMISED, until)


def has_list(issuer: asn1_x509.Certificate, lists: Collection[bytes]) -> bool:
    """Tell whether there is a list that this issuer has signed."""
    return _newest(lists, issuer) is not None


def _newest(lists: Collection[bytes], issuer: asn1_x509.Certificate) -> x509.CertificateRevocationList | None:
    above = x509.load_der_x509_certificate(issuer.dump())
    read = [x509.load_der_x509_crl(one) for one in lists]
    mine = [one for one in read if is_whole_list(one) and has_signed_list(above, one)]
    return max(mine, key=lambda one: (one.last_update_utc, _number(one)), default=None)


def _number(found: x509.CertificateRevocationList) -> int:
    """Give a list's number, by which two of the same second are told apart."""
    try:
        return found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        return -1
