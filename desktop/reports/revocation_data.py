"""What a file carries so that its signatures can be judged without asking anybody: certificates and revocation lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.validation import DocumentSecurityStore, EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from forms.errors import GedigenError
from forms.text import N_
from models.certificate import has_signed_list


class RevocationListRefused(GedigenError):
    """A revocation list that is none, or that nobody concerned has issued; nothing was written."""


def read_revocation_lists(lists: Iterable[bytes], *, issuers: Sequence[x509.Certificate]) -> tuple[x509.CertificateRevocationList, ...]:
    """Read revocation lists (DER), each once. Raises RevocationListRefused when one is damaged or signed by none of the issuers."""
    read = []
    for raw in dict.fromkeys(lists):
        try:
            found = x509.load_der_x509_crl(raw)
        except ValueError as error:
            raise RevocationListRefused(
                N_("One of the revocation lists cannot be read. Nothing was changed; fetch the list again.")
            ) from error
        if not any(has_signed_list(issuer, found) for issuer in issuers):
            raise RevocationListRefused(
                N_("The revocation list of {issuer} is not signed by any of the certificates here. Nothing was changed."),
                issuer=found.issuer.rfc4514_string(),
            )
        read.append(found)
    return tuple(read)


def concerning(lists: Iterable[bytes], *, issuers: Sequence[x509.Certificate]) -> tuple[x509.CertificateRevocationList, ...]:
    """Give those of the lists (DER, known to be sound) that one of the issuers has signed, each once; the others are of somebody else."""
    read = (x509.load_der_x509_crl(raw) for raw in dict.fromkeys(lists))
    return tuple(one for one in read if any(has_signed_list(issuer, one) for issuer in issuers))


def is_withdrawn(certificate: x509.Certificate, lists: Iterable[x509.CertificateRevocationList]) -> bool:
    """Tell whether one of the lists of the certificate's issuer names it."""
    return any(
        one.issuer == certificate.issuer and one.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
        for one in lists
    )


def add_to_store(
    writer: BasePdfFileWriter, *, certificates: Iterable[asn1_x509.Certificate], lists: Iterable[x509.CertificateRevocationList]
) -> None:
    """Put certificates and lists into the file's one store (DSS) as a part of the revision being written; what it has, stays."""
    parsed = [asn1_crl.CertificateList.load(one.public_bytes(Encoding.DER)) for one in lists]
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=list(certificates), crls=parsed)


def certificates_of(embedded: EmbeddedPdfSignature) -> tuple[asn1_x509.Certificate, ...]:
    """Give all certificates inside one signature or timestamp of a file, those of the timestamp on a signature too."""
    containers = [embedded.signed_data, *extract_tst_data_iter(embedded.signer_info, signed=False)]
    return tuple(certificate for container in containers for certificate in certificates_within(container))


def certificates_within(container: cms.SignedData) -> tuple[asn1_x509.Certificate, ...]:
    """Give the certificates that a signature container carries along."""
    return tuple(one.chosen for one in container["certificates"] or () if isinstance(one.chosen, asn1_x509.Certificate))


def for_pyhanko(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Give a certificate in the form that pyHanko reads."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def from_pyhanko(certificate: asn1_x509.Certificate) -> x509.Certificate:
    """Give a certificate that pyHanko has read in the form used everywhere else."""
    return x509.load_der_x509_certificate(certificate.dump())
