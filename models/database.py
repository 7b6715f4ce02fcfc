"""The encrypted database: how it is opened, and the one way to write to it.

All of it happens on one plain Python thread. peewee keeps a connection per thread, and one left behind in a Qt thread ends the
process; a call from any other thread finds no connection and raises ``peewee.InterfaceError``.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase

from forms.text import N_
from models.errors import DiskFull, VaultDamaged

_KEY = re.compile(r"[0-9a-f]{64}")
_PRAGMAS = (
    ("cipher_log_level", "NONE"),  # else a wrong key prints to stderr
    ("journal_mode", "wal"),
    ("synchronous", "full"),  # WAL alone loses acknowledged commits at a power cut
    ("foreign_keys", 1),
    ("recursive_triggers", 1),  # else INSERT OR REPLACE slips past the triggers that refuse DELETE
    ("temp_store", "memory"),  # SQLCipher does not encrypt temporary files
)


class EncryptedDatabase(SqlCipherDatabase):  # type: ignore[misc]
    """One encrypted SQLite file, opened by a raw 256-bit key."""

    def __init__(self, path: Path, key: bytes) -> None:
        # Anything but 64 hexadecimal digits would silently be taken for a passphrase.
        if not _KEY.fullmatch(key.hex()):
            raise ValueError("a raw key is 32 bytes")
        super().__init__(str(path), passphrase=f"x'{key.hex()}'", lock_type="IMMEDIATE", autoconnect=False, pragmas=_PRAGMAS)
        self.path = path

    def open(self) -> None:
        """Connect, and make sure that the file is whole enough to read and is not plain text. Raises ``VaultDamaged``."""
        try:
            self.connect()
            self.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
        except peewee.DatabaseError as error:
            self.close()
            raise VaultDamaged(
                N_("The file {file} is damaged, although the key is right. Nothing was changed. Restore the vault from a backup."),
                file=self.path.name,
            ) from error
        self.check_secrecy()

    def check_secrecy(self) -> None:
        """Raise ``VaultDamaged`` if the file on disk is a plain SQLite file."""
        with self.path.open("rb") as file:
            header = file.read(15)
        if header == b"SQLite format 3":
            self.close()
            raise VaultDamaged(
                N_("The file {file} is not encrypted, so it was not written by Gedigen. Nothing was changed."), file=self.path.name
            )


class RegisterDatabase(EncryptedDatabase):
    """The register of a vault (``register.db``), with the evidence file that belongs to it beside."""

    def __init__(self, path: Path, key: bytes, *, evidence: EncryptedDatabase) -> None:
        super().__init__(path, key)
        self.evidence = evidence


#: The register of the open vault; ``models.vault`` initialises it. The only singleton there is.
proxy = peewee.DatabaseProxy()


def open_register() -> RegisterDatabase:
    """Give the register that is open now. Raises ``RuntimeError`` when no vault is open."""
    register = proxy.obj
    if not isinstance(register, RegisterDatabase):
        raise RuntimeError("no vault is open")  # noqa: TRY004 (not a wrong argument but a wrong moment)
    return register


@contextmanager
def write_tx(database: EncryptedDatabase | None = None) -> Iterator[None]:
    """Write in one transaction (BEGIN IMMEDIATE): all of it is on the disk afterwards, or nothing.

    Inside another one it is a part of that one. Raises ``DiskFull`` when there is no room; then nothing was written.
    """
    try:
        with (database or open_register()).atomic():
            yield
    except peewee.OperationalError as error:
        # SQLite has rolled back by itself then, and peewee's own attempt hides the cause one step down.
        if any("disk is full" in str(cause) for cause in _causes(error)):
            raise DiskFull from error
        raise
    except OSError as error:
        if is_full(error):
            raise DiskFull from error
        raise


def is_full(error: OSError) -> bool:
    """Tell whether the system refused to write for want of room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def utc_now() -> datetime:
    """Give the time now in UTC without a zone: the only form in which times are kept."""
    return datetime.now(UTC).replace(tzinfo=None)


class Record(peewee.Model):
    """What every record has: a UUID that is its own wherever it goes, and when it was made (UTC)."""

    id = peewee.UUIDField(primary_key=True, default=uuid4)
    created_at = peewee.DateTimeField(default=utc_now)

    class Meta:
        database = proxy
        legacy_table_names = False
