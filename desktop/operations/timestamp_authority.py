"""Which timestamp authority the organisation uses, and which documents wait for its timestamps. Nothing here asks the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from desktop.operations.change import Change
from desktop.operations.given_file import read_given
from forms.text import N_
from models import authority_list, timestamp_setting, timestamps_wanted
from models.actor import Actor
from models.authority_list import AuthorityListCard
from models.database import utc_now
from models.errors import RecordRefused
from models.timestamp_setting import AuthoritySetting, KeptSetting
from models.timestamps_wanted import WantedTimestamp

_LARGEST_FILE = 16 * 1024 * 1024
_MOST = 20
_PEM = re.compile(rb"-----BEGIN (X509 CRL|CERTIFICATE)-----.+?-----END \1-----", re.DOTALL)


@dataclass(frozen=True)
class Timestamps:
    """The authority's setting, the documents that await a timestamp, those whose timestamp should be renewed, and authorities' lists."""

    kept: KeptSetting
    awaiting: tuple[WantedTimestamp, ...]
    renewable: tuple[WantedTimestamp, ...]
    lists: tuple[AuthorityListCard, ...] = ()


def timestamps() -> Timestamps:
    """Give how it stands with timestamps. Without an authority none waits for one."""
    kept, lists = timestamp_setting.kept(), authority_list.newest()
    if kept.setting is None:
        return Timestamps(kept, (), (), lists)
    return Timestamps(kept, timestamps_wanted.awaiting(), timestamps_wanted.renewable(utc_now()), lists)


def set_authority(*, actor: Actor, setting: AuthoritySetting) -> Change:
    """Use an authority that ``timestamping.try_authority`` has tried."""
    timestamp_setting.put(actor=actor, setting=setting)
    return Change("timestamp_authority")


def give_lists(*, actor: Actor, path: Path) -> Change:
    """Keep the revocation lists of timestamp authorities in a file (DER, or PEM with one or several, and certificates beside them).

    Raises ``RecordRefused`` with the reason for a file that holds none, and for a list that is not kept (see ``models.authority_list``).
    """
    lists, beside = _read(read_given(path, most=_LARGEST_FILE), path.name)
    authority_list.put(actor=actor, given=lists, beside=beside)
    return Change("timestamp_authority")


def turn_off_authority(*, actor: Actor) -> Change:
    """Use no authority any more. Reports that have a timestamp keep it."""
    timestamp_setting.turn_off(actor=actor)
    return Change("timestamp_authority")


def _read(raw: bytes, name: str) -> tuple[list[x509.CertificateRevocationList], list[x509.Certificate]]:
    """Read the lists in a file, and the certificates beside them. Raises ``RecordRefused`` when it holds no list, or far too much."""
    lists: list[x509.CertificateRevocationList] = []
    beside: list[x509.Certificate] = []
    parts = [(found[0], found[1]) for found in _PEM.finditer(raw)]
    try:
        if b"-----BEGIN" not in raw:
            lists = [x509.load_der_x509_crl(raw)]
        elif len(parts) <= _MOST:
            lists = [x509.load_pem_x509_crl(part) for part, kind in parts if kind == b"X509 CRL"]
            beside = [x509.load_pem_x509_certificate(part) for part, kind in parts if kind == b"CERTIFICATE"]
    except ValueError:
        lists = []
    if not lists or len(raw) > _LARGEST_FILE:
        raise RecordRefused(
            N_("{file} holds no revocation list that can be read (.crl, in DER or PEM form). Nothing was changed."), file=name
        )
    return lists, beside
