"""Sign a report: PAdES baseline B-B, one revision of the file per signature."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.reports.signature_stamp import stamp_style
from desktop.reports.verdict import LAST_FIELD
from forms.errors import GedigenError
from forms.text import N_


class SigningRefused(GedigenError):
    """A report that could not be signed; the file given is unchanged."""


def sign(
    pdf: bytes,
    *,
    field: str,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    root: x509.Certificate,
    name: str,
    role_label: str,
    reason: str,
    at: datetime,
    certify: bool,
) -> bytes:
    """Fill one signature field and give the file with that revision added at its end; what was there keeps its bytes.

    ``at`` is naive UTC and is the *claimed* time: without a timestamp nobody else vouches for it. ``certify`` is for the
    first signature: from then on only the other fields may be signed. Neither timestamp nor revocation data is embedded.
    Raises SigningRefused when the field is missing or taken, or the key is not the certificate's.
    """
    if key.public_key() != certificate.public_key():
        raise SigningRefused(N_("The signing key does not belong to {name}’s certificate. Nothing was signed."), name=name)
    style, filled = stamp_style([name, role_label, at.strftime("%Y-%m-%d %H:%M UTC")])
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
        certify=certify,
        docmdp_permissions=MDPPerm.NO_CHANGES if field == LAST_FIELD else MDPPerm.FILL_FORMS,
    )
    signer = _Signer(metadata, signer=_simple_signer(key, certificate, root), stamp_style=style)
    signer.claimed_time = at.replace(tzinfo=UTC)
    try:
        writer = _UnchangedMetadata(io.BytesIO(pdf))
        out = asyncio.run(signer.async_sign_pdf(writer, existing_fields_only=True, appearance_text_params=filled))
    except (SigningError, PdfError, ValueError) as error:
        raise SigningRefused(
            N_("The field {field} of this report could not be signed ({detail}). The report is unchanged."), field=field, detail=str(error)
        ) from error
    out.seek(0)
    return bytes(out.read())


def _simple_signer(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, root: x509.Certificate) -> SimpleSigner:
    secret = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain.register(_for_pyhanko(root))
    return SimpleSigner(
        signing_cert=_for_pyhanko(certificate), signing_key=asn1_keys.PrivateKeyInfo.load(secret), cert_registry=chain, embed_roots=True
    )


def _for_pyhanko(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


class _UnchangedMetadata(IncrementalPdfFileWriter):
    """Leaves XMP and document information as they are.

    pyHanko rewrites both on every revision: 3 kB each, in a form that stricter PDF/A checkers refuse, and it would oblige the
    verification to allow later changes of the title. The method is private, hence the pin on pyHanko 0.38 and a test.
    """

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """Writes the time that the register holds instead of asking the clock a second time."""

    claimed_time: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.claimed_time
        return session
