"""Check signatures and timestamps with programs that are not ours: openssl and poppler's pdfsig."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature

from tests.desktop.reports.samples import NOW, Holder


def embedded(pdf: bytes) -> list[EmbeddedPdfSignature]:
    """Give signatures and timestamps in the order in which they were made."""
    return list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)


def covered(one: EmbeddedPdfSignature, pdf: bytes) -> bytes:
    """Give the bytes that a signature covers."""
    first, length, start, rest = (int(number) for number in one.byte_range)
    return pdf[first : first + length] + pdf[start : start + rest]


def openssl_verifies(pdf: bytes, root: Holder, folder: Path, *, at: datetime = NOW) -> int:
    """Give how many signatures openssl finds good under a root; fails on the first that is not."""
    (folder / "root.pem").write_bytes(root.pem)
    found = 0
    for one in embedded(pdf):
        if one.sig_object_type != "/Sig":
            continue
        (folder / "signature.der").write_bytes(one.pkcs7_content)
        (folder / "content").write_bytes(covered(one, pdf))
        command = "openssl cms -verify -inform DER -in signature.der -content content -binary -CAfile root.pem -purpose any -cades"
        _run(f"{command} -out /dev/null -attime {_seconds(at)}", folder)
        found += 1
    return found


def openssl_verifies_timestamps(pdf: bytes, root: Holder, folder: Path, *, at: datetime = NOW) -> int:
    """Give how many timestamps, on signatures and over the document, openssl finds good under their authority's root."""
    (folder / "authority.pem").write_bytes(root.pem)
    found = 0
    for one in embedded(pdf):
        if one.sig_object_type == "/DocTimeStamp":
            tokens = [(one.pkcs7_content, covered(one, pdf))]
        else:
            attributes = one.signer_info["unsigned_attrs"] or ()
            values = [value for entry in attributes if entry["type"].native == "signature_time_stamp_token" for value in entry["values"]]
            tokens = [(value.dump(), one.signer_info["signature"].native) for value in values]
        for token, content in tokens:
            (folder / "token.der").write_bytes(token)
            (folder / "content").write_bytes(content)
            _run(f"openssl ts -verify -data content -in token.der -token_in -CAfile authority.pem -attime {_seconds(at)}", folder)
            found += 1
    return found


def pdfsig_says(pdf: bytes, folder: Path) -> str:
    """Give what poppler's pdfsig says of a file."""
    (folder / "asked.pdf").write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", "asked.pdf"], cwd=folder, capture_output=True, text=True, check=False).stdout


def _seconds(at: datetime) -> int:
    return int((at.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1))


def _run(command: str, folder: Path) -> None:
    done = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
