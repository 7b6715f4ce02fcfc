"""Sign a report: one revision of the file per signature, with what it takes to judge it later.

Without anything beside the key it is PAdES B-B. With the organisation's revocation lists the same revision carries certificates
and lists; with a timestamp authority too it is B-LT. The signature ends at the end of the file in every case.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from desktop.reports.revision_writer import revision_of
from desktop.reports.revocation_data import add_to_store, for_pyhanko, is_withdrawn, read_revocation_lists
from desktop.reports.signature_stamp import stamp_style
from desktop.reports.signing_keys import HeldKey, KeySigner, SigningKey, check_strength
from desktop.reports.timestamping import DIGEST, AuthorityClient, TimestampAuthority, Vouching, client_of
from desktop.reports.verdict import LAST_FIELD
from forms.errors import GedigenError
from forms.text import N_


class SigningRefused(GedigenError):
    """A report that could not be signed; the file given is unchanged."""


def sign(
    pdf: bytes,
    *,
    field: str,
    key: ec.EllipticCurvePrivateKey | SigningKey,
    certificate: x509.Certificate,
    root: x509.Certificate,
    name: str,
    role_label: str,
    reason: str,
    at: datetime,
    certify: bool,
    chain: Sequence[x509.Certificate] = (),
    revocation_lists: Sequence[bytes] = (),
    authority: TimestampAuthority | None = None,
) -> bytes:
    """Fill one signature field and give the file with that revision added at its end; what was there keeps its bytes.

    ``at`` is naive UTC and is the *claimed* time: without a timestamp nobody else vouches for it. ``certify`` is for the
    first signature: from then on only the other fields may be signed. ``chain`` are certificates between the signer's and
    ``root``. ``revocation_lists`` (DER) are the root's, or those of ``chain``; with them, or with an ``authority``, the
    certificates and lists are put into the same revision. Nothing but the timestamp is fetched from anywhere.

    Raises SigningRefused when the field is missing or taken, the key is not the certificate's, or a list has the certificate
    withdrawn; KeyRefused when a key from elsewhere is too weak; RevocationListRefused; TimestampRefused when there is no timestamp.
    """
    if isinstance(key, ec.EllipticCurvePrivateKey):
        held: SigningKey = HeldKey(key)  # the vault's own, where its kind was chosen
    else:
        held = key
        check_strength(held.public_key())
    if held.public_key() != certificate.public_key():
        raise SigningRefused(N_("The signing key does not belong to {name}’s certificate. Nothing was signed."), name=name)
    above = (*chain, root)
    lists = read_revocation_lists(revocation_lists, issuers=above)
    if is_withdrawn(certificate, lists):
        raise SigningRefused(
            N_("{name}’s certificate has been withdrawn. Nothing was signed; ask the administrator for a new one."), name=name
        )
    client = None if authority is None else client_of(authority, at=at)
    style, filled = stamp_style([name, role_label, at.strftime("%Y-%m-%d %H:%M UTC")])
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
        certify=certify,
        docmdp_permissions=MDPPerm.NO_CHANGES if field == LAST_FIELD else MDPPerm.FILL_FORMS,
    )
    signer = _Signer(metadata, signer=KeySigner(held, certificate, above), stamp_style=style, timestamper=client)
    signer.claimed_time = at.replace(tzinfo=UTC)

    async def signed() -> bytes:
        writer = revision_of(pdf)
        if lists or client is not None:
            vouching = await _vouching(client)
            known = [for_pyhanko(one) for one in (certificate, *above)]
            add_to_store(writer, certificates=[*known, *vouching.certificates], lists=[*lists, *vouching.lists])
        out = await signer.async_sign_pdf(writer, existing_fields_only=True, appearance_text_params=filled)
        out.seek(0)
        return bytes(out.read())

    try:
        return asyncio.run(signed())
    except (SigningError, PdfError, ValueError) as error:
        raise SigningRefused(
            N_("The field {field} of this report could not be signed ({detail}). The report is unchanged."), field=field, detail=str(error)
        ) from error


async def _vouching(client: AuthorityClient | None) -> Vouching:
    return Vouching() if client is None else await client.vouching()


class _Signer(PdfSigner):
    """Writes the time that the register holds instead of asking the clock a second time."""

    claimed_time: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.claimed_time
        return session
