"""What a file is judged by, gathered: from a vault, from files that were given, or from nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.reports.verdict import Verdict
from desktop.reports.verifying_child import run_limited


@dataclass(frozen=True)
class Grounds:
    """Root certificates (PEM), revocation lists (DER or PEM), and what is registered; ``None`` where no register is at hand.

    ``organisation`` names whose root certificate it is, where that is known.
    """

    root_pem: bytes | None = None
    organisation: str = ""
    tsa_roots_pem: tuple[bytes, ...] = ()
    revocation_lists: tuple[bytes, ...] = ()
    registered: frozenset[str] | None = None
    sealed_records: frozenset[str] | None = None


def verify_file(path: Path, grounds: Grounds) -> Verdict:
    """Judge a file in a child process with limits. Raises NotACertificate for grounds that are none."""
    return run_limited(
        path,
        root_pem=grounds.root_pem,
        registered=grounds.registered,
        sealed_records=grounds.sealed_records,
        tsa_roots_pem=grounds.tsa_roots_pem,
        revocation_lists=grounds.revocation_lists,
    )
