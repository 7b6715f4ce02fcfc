"""A timestamp authority of one's own on the loopback address: a real server that really signs, at whatever time it is told.

``LocalAuthority(...)`` is a context: within it the server runs and ``authority()`` gives the settings to reach it. ``moment``
may be set at any time; None is the clock's. ``answering`` may be replaced to misbehave.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from desktop.reports.revocation_data import for_pyhanko
from desktop.reports.timestamping import TimestampAuthority
from tests.desktop.reports.samples import START, Holder, _usage

REPLY = "application/timestamp-reply"


@dataclass(frozen=True)
class Answer:
    """What the server sends back."""

    content: bytes
    kind: str = REPLY
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def revocation_list(issuer: Holder, *, withdrawn: tuple[x509.Certificate, ...] = (), at: datetime = START, days: int = 3650) -> bytes:
    """Give a revocation list (DER) that an issuer has signed."""
    builder = x509.CertificateRevocationListBuilder(issuer.certificate.subject, at, at + timedelta(days))
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    for one in withdrawn:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA384()).public_bytes(Encoding.DER)


def _named(common: str) -> x509.Name:
    names = [(NameOID.COMMON_NAME, common), (NameOID.ORGANIZATION_NAME, "Klockverket (invented)")]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in names])


def authority_root(*, start: datetime = START, days: int = 36500, name: x509.Name | None = None, depth: int = 0) -> Holder:
    """Make the root of a timestamp authority, of a name that no other has unless one is given; ``depth`` is how many may stand below."""
    key = ec.generate_private_key(ec.SECP384R1())
    name = name or _named(f"Klockverket root {secrets.token_hex(4)}")
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), start, start + timedelta(days))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=depth), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return Holder(key, builder.sign(key, hashes.SHA384()))


class LocalAuthority:
    """A timestamp server with a root, a certificate under it for a term of one's choice, and a revocation list."""

    def __init__(
        self,
        *,
        moment: datetime | None = None,
        start: datetime = START,
        days: int = 3650,
        root: Holder | None = None,
        purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
        withdrawn: bool = False,
    ) -> None:
        self.moment = moment
        self.root = root or authority_root(start=start)
        self._key = rsa.generate_private_key(65537, 2048)
        builder = x509.CertificateBuilder(
            self.root.certificate.subject,
            _named("Klockverket clock"),
            self._key.public_key(),
            x509.random_serial_number(),
            start,
            start + timedelta(days),
        )
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(digital_signature=True), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        self.certificate = builder.sign(self.root.key, hashes.SHA384())
        gone = (self.certificate,) if withdrawn else ()
        self.revocation_list = revocation_list(self.root, withdrawn=gone, at=start, days=days)
        self.answering: Callable[[bytes], Answer] = self.answer
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> LocalAuthority:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def root_pem(self) -> bytes:
        """The authority's root, for pinning."""
        return self.root.pem

    @property
    def key_pem(self) -> bytes:
        """The authority's secret key, for letting another program answer in its place."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def authority(self, *, lists: bool = True, roots: tuple[bytes, ...] | None = None, seconds: float = 10.0) -> TimestampAuthority:
        """Give the settings with which a report is timestamped here."""
        return TimestampAuthority(
            self.url, (self.root_pem,) if roots is None else roots, (self.revocation_list,) if lists else (), seconds=seconds
        )

    def answer(self, request: bytes) -> Answer:
        """Answer a request (DER) as an authority should."""
        secret = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        at = datetime.now(UTC) if self.moment is None else self.moment.replace(tzinfo=UTC)
        maker = DummyTimeStamper(
            for_pyhanko(self.certificate),
            keys.PrivateKeyInfo.load(secret),
            certs_to_embed=[for_pyhanko(self.root.certificate)],
            fixed_dt=at.replace(microsecond=0),
        )
        return Answer(maker.request_tsa_response(tsp.TimeStampReq.load(request)).dump())


def _handler(owner: LocalAuthority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            owner.asked += 1
            request = self.rfile.read(int(self.headers["Content-Length"]))
            answer = owner.answering(request)
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.content)))
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.content)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the asker has hung up

        def log_message(self, *_anything: object) -> None:
            pass

    return Handler
