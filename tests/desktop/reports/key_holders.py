"""Holders of keys of any kind, certified by a root; every name is invented."""

from __future__ import annotations

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tests.desktop.reports.samples import START, Holder, _name, _usage

AnyKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def certified(name: str, key: AnyKey, root: Holder) -> x509.Certificate:
    """Give a person's certificate for a key of any kind."""
    builder = x509.CertificateBuilder(
        root.certificate.subject, _name(name), key.public_key(), x509.random_serial_number(), START, START + timedelta(1095)
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    return builder.sign(root.key, hashes.SHA384())
