"""Whether a certificate leads to one of the roots that are known, at a given time."""

from __future__ import annotations

from collections.abc import Collection, Coroutine
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError


def path_of(
    certificate: asn1_x509.Certificate,
    *,
    roots: Collection[asn1_x509.Certificate],
    others: Collection[asn1_x509.Certificate] = (),
    at: datetime,
    is_clock: bool = False,
) -> tuple[asn1_x509.Certificate, ...]:
    """Give the certificates from a root down to this one, the root first; nothing when it does not lead to any, or was not valid.

    ``others`` may stand between. A person's certificate must be one to sign with, a clock's one for timestamps. Whether any was
    revoked is asked elsewhere. Nothing is fetched.
    """
    context = ValidationContext(trust_roots=list(roots), other_certs=list(others), allow_fetching=False, moment=at, best_signature_time=at)
    uses = (set(), {"time_stamping"}) if is_clock else ({"non_repudiation"}, None)
    validator = CertificateValidator(certificate, validation_context=context)
    try:
        found = _at_once(validator.async_validate_usage(*uses))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError, ValueError):
        return ()
    return tuple(found)


def _at_once(finding: Coroutine[Any, Any, Any]) -> Any:
    """Run what could wait, but has nothing to wait for since nothing is fetched: a loop of events would take longer than the path."""
    try:
        finding.send(None)
    except StopIteration as found:
        return found.value
    finding.close()
    raise RuntimeError("a certificate's path was waited for")
