"""``vault.json``: what stands in the open beside the encrypted files. No names, only ids and wrapped keys."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec

from forms.text import N_
from models import wrapping
from models.database import is_full
from models.errors import DiskFull, NotAVault, VaultDamaged, VaultTooNew, WrongPassphrase

NAME = "vault.json"
_FORMAT = 1
_LARGEST = 1024 * 1024


class PersonWrap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The vault's key under one person's passphrase. For a moment, while a passphrase is changed, a person has two."""

    person: UUID
    wrap: wrapping.Wrap


class VaultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``vault.json``. ``key_check`` tells a wrong key from a damaged database; ``keyring`` says whether to use it."""

    format: int
    id: UUID
    key_check: str
    keyring: bool
    wraps: tuple[PersonWrap, ...]

    def fits(self, key: bytes) -> bool:
        """Tell whether this is the key of the vault."""
        return hmac.compare_digest(self.key_check, key_check(self.id, key))


def new(*, vault: UUID, key: bytes, keyring: bool) -> VaultFile:
    """Give the content for a new vault, without wraps yet."""
    return VaultFile(format=_FORMAT, id=vault, key_check=key_check(vault, key), keyring=keyring, wraps=())


def key_check(vault: UUID, key: bytes) -> str:
    """Give the value that only the right key gives (HMAC-SHA-256, hexadecimal)."""
    return hmac.new(key, b"gedigen vault key check " + vault.bytes, hashlib.sha256).hexdigest()


def read(folder: Path) -> VaultFile:
    """Read ``vault.json``. Raises ``NotAVault``, ``VaultDamaged`` or ``VaultTooNew``."""
    path = folder / NAME
    if not path.is_file():
        if (folder / "register.db").exists():
            raise VaultDamaged(N_("The file {file} is missing from the vault. Nothing was changed. Restore it from a backup."), file=NAME)
        raise NotAVault(
            N_("{folder} is not a vault. Nothing was changed. Choose a folder whose name ends in .gedigen."), folder=folder.name
        )
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        found = msgspec.json.decode(raw)
        if isinstance(found, dict) and isinstance(found.get("format"), int) and found["format"] > _FORMAT:
            raise VaultTooNew(
                N_("This vault was written by a newer version of Gedigen. Nothing was changed. Update Gedigen and open it again.")
            )
        content = msgspec.convert(found, VaultFile)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, OSError) as error:
        raise VaultDamaged(N_("The file {file} is damaged. Nothing was changed. Restore it from a backup."), file=NAME) from error
    if content.format != _FORMAT:
        raise VaultDamaged(N_("The file {file} is damaged. Nothing was changed. Restore it from a backup."), file=NAME)
    return content


def write(folder: Path, content: VaultFile) -> None:
    """Replace ``vault.json`` whole: whoever reads it, and whatever is cut off, finds the old one or the new one. Raises ``DiskFull``."""
    partial = folder / f"{NAME}.{secrets.token_hex(4)}.partial"
    try:
        with partial.open("xb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(content), indent=1))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / NAME)
        settle(folder)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        if is_full(error):
            raise DiskFull from error
        raise


def settle(folder: Path) -> None:
    """Make what was renamed in a folder last through a power cut. (Windows does that by itself and cannot open a folder.)"""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def with_wrap(content: VaultFile, *, person: UUID, key: bytes, passphrase: str, cost: wrapping.Cost) -> tuple[VaultFile, str]:
    """Add the vault's key under a person's passphrase; gives the new content and the name of the wrap."""
    wrapped = wrapping.wrap(key, passphrase=passphrase, purpose=_purpose(content, person), cost=cost)
    added = msgspec.structs.replace(content, wraps=(*content.wraps, PersonWrap(person, wrapped)))
    return added, wrapped.id


def with_keyring(content: VaultFile, wanted: bool) -> VaultFile:
    """Say whether the key is to be kept in the keyring of the computer."""
    return msgspec.structs.replace(content, keyring=wanted)


def keeping(content: VaultFile, wraps: set[str]) -> VaultFile:
    """Keep only the wraps with these names."""
    return msgspec.structs.replace(content, wraps=tuple(each for each in content.wraps if each.wrap.id in wraps))


def unwrap(content: VaultFile, *, passphrase: str, person: UUID | None = None) -> tuple[bytes, UUID]:
    """Find the vault's key by a passphrase, of one person or of anybody; gives the key and whose passphrase it was.

    Takes about 100 ms per person tried. Raises ``WrongPassphrase``, or ``VaultDamaged`` if a wrap gives a key that is not the vault's.
    """
    for each in content.wraps:
        if person is not None and each.person != person:
            continue
        with suppress(WrongPassphrase):
            key = wrapping.unwrap(each.wrap, passphrase=passphrase, purpose=_purpose(content, each.person))
            if not content.fits(key):
                raise wrapping.damaged_wrap()
            return key, each.person
    raise wrapping.wrong_passphrase()


def _purpose(content: VaultFile, person: UUID) -> dict[str, object]:
    return {"secret": "vault key", "format": content.format, "vault": content.id, "person": person}
