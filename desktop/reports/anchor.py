"""The root certificate that a verification starts from."""

from __future__ import annotations

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509

from forms.errors import GedigenError
from forms.text import N_


class NotACertificate(GedigenError):
    """What was given as root certificate is none."""


def read_root(root_pem: bytes | None) -> asn1_x509.Certificate | None:
    """Read a root certificate in PEM form; None for none. Raises NotACertificate for anything else."""
    if root_pem is None:
        return None
    try:
        _, _, der = pem.unarmor(root_pem)
        certificate = asn1_x509.Certificate.load(der, strict=True)
        certificate.native  # noqa: B018 - decodes all of it now rather than in the middle of a verification
    except (ValueError, TypeError) as error:
        raise NotACertificate(N_("The file given as root certificate is not a certificate in PEM form. Nothing was verified.")) from error
    return certificate
