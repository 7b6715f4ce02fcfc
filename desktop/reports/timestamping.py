"""Ask a timestamp authority (RFC 3161) when something existed, and believe the answer only after checking it.

Nothing but the timestamp itself is fetched: revocation lists of the authority come along with its settings or not at all.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError, extract_certificate_info, extract_signer_info
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from desktop.reports.container import is_plain_token
from desktop.reports.revocation_data import concerning, for_pyhanko, from_pyhanko, is_withdrawn, read_revocation_lists
from desktop.reports.timestamp_request import TimestampRefused, ask
from forms.text import N_

DIGEST = "sha256"
_GRANTED = ("granted", "granted_with_mods")


@dataclass(frozen=True)
class TimestampAuthority:
    """Where timestamps come from: the server's address (http or https), and who must have signed what it answers.

    ``roots`` are certificates as PEM; a token counts only when its certificate leads to one of them. ``revocation_lists``
    (DER) are put into the file beside the authority's certificates; they must be its own. Of ``kept_lists`` (DER), those of this and other
    authorities that are at hand, the ones go in that are of an issuer in the file. ``seconds`` is how long to wait for an answer.
    """

    url: str
    roots: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...] = ()
    kept_lists: tuple[bytes, ...] = field(default=(), repr=False)
    seconds: float = 10.0


#: Each authority's latest token of this process, which tells how long the next will be and whose certificate it will bear.
_latest: dict[TimestampAuthority, cms.ContentInfo] = {}


@dataclass(frozen=True)
class Vouching:
    """Who stands behind a timestamp: its certificate first, then those up to the pinned root; and their revocation lists."""

    certificates: tuple[asn1_x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()


class _Answer(core.Sequence):  # type: ignore[misc]
    """A server's answer; asn1crypto's own takes a refusal, which has no token, for damaged."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class AuthorityClient(TimeStamper):
    """Gets tokens for pyHanko and refuses each that is not the pinned authority's answer to the question put.

    ``moment`` is the time now, with a zone: certificates are judged by it.
    """

    def __init__(self, authority: TimestampAuthority, *, moment: datetime) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self._authority = authority
        self._moment = moment
        self._roots = _read_roots(authority)

    async def vouching(self) -> Vouching:
        """Give who vouches for the authority's tokens, by its latest one; the first time it is asked for one for trial.

        The signature that will carry the real token must hold these certificates in its own revision, hence before there is a token.
        A server with several certificates may answer the next time with another one; the real token then carries its own.
        """
        if (latest := _latest.get(self._authority)) is not None:
            with suppress(TimestampRefused):  # the authority may have changed its certificate since
                vouching = await self._vouch(latest["content"])
                self._register_dummy(DIGEST, latest)  # type: ignore[no-untyped-call]
                return vouching
        trial = await self.async_dummy_response(DIGEST)
        return await self._vouch(trial["content"])

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Get a token for a digest. Raises TimestampRefused, and RevocationListRefused for a list that is not the authority's."""
        nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]
        raw = ask(self._authority.url, request.dump(), seconds=self._authority.seconds)
        token = self._read(raw)
        stated = _stated(token, self._authority.url)
        imprint = stated["message_imprint"]
        same_digest = imprint["hash_algorithm"]["algorithm"].native == md_algorithm and imprint["hashed_message"].native == message_digest
        if not same_digest or stated["nonce"].native != nonce:
            raise TimestampRefused(N_("The timestamp from {server} answers another question than the one put."), server=self._authority.url)
        await self._vouch(token["content"])
        _latest[self._authority] = token
        return token

    def _read(self, raw: bytes) -> cms.ContentInfo:
        try:
            answer = _Answer.load(raw, strict=True)
            status = answer["status"]["status"].native
            said = "; ".join(answer["status"]["status_string"].native or ()) or str(answer["status"]["fail_info"].native or status)
            token = answer["time_stamp_token"]
            if status in _GRANTED:
                extract_signer_info(token["content"])
        except (ValueError, TypeError, KeyError, AttributeError, CMSExtractionError, CMSStructuralError) as error:
            raise _unreadable(self._authority.url) from error
        if status not in _GRANTED:
            raise TimestampRefused(
                N_("The timestamp server {server} declined ({detail}). No timestamp was made."), server=self._authority.url, detail=said
            )
        return token

    async def _vouch(self, container: cms.SignedData) -> Vouching:
        """Give who vouches for a token. Raises TimestampRefused unless it is sound and the pinned authority's."""
        server = self._authority.url
        try:
            found = extract_certificate_info(container)
            content = bytes(container["encap_content_info"]["content"])
            signer = extract_signer_info(container)
            digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, content).digest()
            sound = all(validate_sig_integrity(signer, found.signer_cert, "tst_info", digest))
        except (ValueError, TypeError, KeyError, CMSExtractionError, CMSStructuralError, SignatureValidationError) as error:
            raise _unreadable(server) from error
        if not sound:
            raise TimestampRefused(N_("The timestamp from {server} was changed on its way: its signature does not hold."), server=server)
        certificate = found.signer_cert
        self._judge(certificate)
        context = ValidationContext(
            trust_roots=list(self._roots),
            other_certs=list(found.other_certs),
            allow_fetching=False,
            moment=self._moment,
            best_signature_time=self._moment,
        )
        try:
            path = await CertificateValidator(certificate, validation_context=context).async_validate_usage(set(), {"time_stamping"})  # type: ignore[no-untyped-call]
        except (PathError, ValidationError, ValueError) as error:
            raise TimestampRefused(
                N_("The timestamp from {server} is made with a certificate of {issuer}, not of the authority in the settings."),
                server=server,
                issuer=certificate.issuer.human_friendly,
            ) from error
        if not is_plain_token(container, certificate):
            raise TimestampRefused(
                N_("The timestamp from {server} carries more than a timestamp; reports with it could not be checked. Use another one."),
                server=server,
            )
        certificates = tuple(reversed(list(path)))
        known = [from_pyhanko(one) for one in certificates]
        lists = read_revocation_lists(self._authority.revocation_lists, issuers=known)
        lists = (*lists, *concerning(self._authority.kept_lists, issuers=known))
        # Not left to the validation of the path: that looks into lists only for a certificate which says where its list is.
        if any(is_withdrawn(one, lists) for one in known):
            raise TimestampRefused(
                N_("The certificate with which {server} makes timestamps has been withdrawn. No timestamp was made."), server=server
            )
        return Vouching(certificates, lists)

    def _judge(self, certificate: asn1_x509.Certificate) -> None:
        server = self._authority.url
        if certificate.extended_key_usage_value is None or certificate.extended_key_usage_value.native != ["time_stamping"]:
            raise TimestampRefused(N_("The certificate with which {server} answers is not one for timestamps."), server=server)
        if certificate.not_valid_after < self._moment:
            raise TimestampRefused(
                N_("The certificate with which {server} makes timestamps ended on {day}. No timestamp was made; ask those who run it."),
                server=server,
                day=certificate.not_valid_after.strftime("%Y-%m-%d"),
            )
        if certificate.not_valid_before > self._moment:
            raise TimestampRefused(
                N_("The certificate with which {server} makes timestamps is valid only from {day}. Is this computer’s clock right?"),
                server=server,
                day=certificate.not_valid_before.strftime("%Y-%m-%d"),
            )


def client_of(authority: TimestampAuthority, *, at: datetime) -> AuthorityClient:
    """Make ready to ask an authority at a time (naive UTC). Raises TimestampRefused when its settings cannot be right."""
    return AuthorityClient(authority, moment=at.replace(tzinfo=UTC))


def _read_roots(authority: TimestampAuthority) -> tuple[asn1_x509.Certificate, ...]:
    try:
        roots = tuple(for_pyhanko(x509.load_pem_x509_certificate(one)) for one in authority.roots)
    except ValueError as error:
        raise TimestampRefused(
            N_("The certificate of the timestamp authority in the settings cannot be read. No timestamp was made.")
        ) from error
    if not roots:
        raise TimestampRefused(N_("The settings name no certificate of the timestamp authority, so no timestamp can be checked."))
    return roots


def _stated(token: cms.ContentInfo, server: str) -> tsp.TSTInfo:
    stated = token["content"]["encap_content_info"]["content"].parsed
    if not isinstance(stated, tsp.TSTInfo):
        raise _unreadable(server)
    return stated


def _unreadable(server: str) -> TimestampRefused:
    return TimestampRefused(N_("What {server} answered is not a timestamp. No timestamp was made; check its address."), server=server)
