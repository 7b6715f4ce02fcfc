"""A card in software (SoftHSM) with keys and certificates of one's choice, for tests that really sign with one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.desktop.reports.key_holders import AnyKey

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "4711"
ASKING = "asking"  #: ends the name of a key for which the card wants the PIN each time


def new_card(folder: Path, label: str, held: Mapping[str, tuple[AnyKey, x509.Certificate]]) -> Path:
    """Make a card in an empty folder, with these keys and certificates under their names; give the library to open it with.

    A process keeps to one folder of cards: the library reads where it is when it is loaded.
    """
    for tool in ("softhsm2-util", "pkcs11-tool"):
        if shutil.which(tool) is None:
            pytest.fail(f"{tool} is missing; install softhsm2 and opensc")
    settings = folder / "softhsm2.conf"
    (folder / "cards").mkdir()
    settings.write_text(f"directories.tokendir = {folder / 'cards'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    _run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0815")
    for number, (name, (secret, certificate)) in enumerate(held.items(), start=1):
        key = folder / f"{name}.key"
        key.write_bytes(secret.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
        asking = ["--always-auth"] if name.endswith(ASKING) else []
        _tool(label, "--write-object", str(key), "--type", "privkey", "--label", name, "--id", f"{number:02x}", "--usage-sign", *asking)
        key.unlink()
        put_certificate(folder, label, certificate, f"{number:02x}")
    pkcs11.lib(str(MODULE)).reinitialize()
    return MODULE


def put_certificate(folder: Path, label: str, certificate: x509.Certificate, identifier: str) -> None:
    """Put a certificate on the card, beside the key of that identifier if there is one."""
    (folder / "certificate.der").write_bytes(certificate.public_bytes(Encoding.DER))
    _tool(label, "--write-object", str(folder / "certificate.der"), "--type", "cert", "--label", identifier, "--id", identifier)


def _tool(label: str, *arguments: str) -> None:
    _run("pkcs11-tool", "--module", str(MODULE), "--token-label", label, "--login", "--pin", PIN, *arguments)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
