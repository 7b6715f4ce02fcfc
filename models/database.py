"""The encrypted database: how it is opened, and the one way to write to it.

All of it happens on one plain Python thread. peewee keeps a connection per thread, and one left behind in a Qt thread ends the
process; a call from any other thread finds no connection and raises ``peewee.InterfaceError``.
"""

from __future__ import annotations

import errno
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import peewee
import sqlcipher3.dbapi2
from playhouse.sqlcipher_ext import SqlCipherDatabase

from forms.text import N_
from models.errors import DiskFull, VaultDamaged, VaultReadOnly

_KEY = re.compile(r"[0-9a-f]{64}")
_ROOM_TO_OPEN = 256 * 1024
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
        self._raw_key = key

    def open(self) -> None:
        """Connect, and make sure that the file is whole enough to read and is not plain text. Raises ``VaultDamaged``."""
        try:
            with full_disk_said():
                self.connect()
                self.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
        except DiskFull:
            self.close()
            raise
        except peewee.OperationalError as error:
            self.close()
            # With a few pages left, SQLite says only that it could not open its side files.
            if shutil.disk_usage(self.path.parent).free < _ROOM_TO_OPEN:
                raise DiskFull from error
            raise VaultReadOnly(
                N_("The file {file} cannot be opened for writing. Nothing was changed. See that you may write there and try again."),
                file=self.path.name,
            ) from error
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

    def is_whole(self) -> bool:
        """Read every page and tell whether all of them are what was written; slow for a large file."""
        try:
            pages = self.execute_sql("PRAGMA cipher_integrity_check").fetchall()
            answer = self.execute_sql("PRAGMA integrity_check").fetchall()
        except (peewee.DatabaseError, sqlcipher3.dbapi2.DatabaseError):  # the second when a later row is fetched
            return False
        return not pages and answer == [("ok",)]

    def copy_to(self, path: Path) -> None:
        """Write a copy under the same key and read it whole before it counts. Raises ``DiskFull`` or ``VaultDamaged``."""
        path.unlink(missing_ok=True)
        with full_disk_said():
            self.execute_sql("VACUUM INTO ?", (str(path),))
        copy = EncryptedDatabase(path, self._raw_key)
        copy.open()
        try:
            if not copy.is_whole():
                raise VaultDamaged(
                    N_("The file {file} could not be copied whole. Nothing was changed. Restore the vault from a backup."),
                    file=self.path.name,
                )
        finally:
            copy.close()


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
    with full_disk_said(), (database or open_register()).atomic():
        yield


@contextmanager
def full_disk_said() -> Iterator[None]:
    """Raise ``DiskFull`` for whatever the system or SQLite says when there is no room."""
    try:
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


class _Clock:
    """The computer's clock, which never shows the same moment twice.

    What is done first comes first in every list: some computers' clocks tick only 64 times a second, and each is set back a little now and
    then. A clock that is set back by more than a second is believed.
    """

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            shown = datetime.now(UTC).replace(tzinfo=None)
            last = self._last
            self._last = last + _TICK if last is not None and shown <= last <= shown + _SET_BACK else shown
            return self._last


_TICK = timedelta(microseconds=1)
#: By how much a clock may be behind what it showed before and still be taken for the same clock.
_SET_BACK = timedelta(seconds=1)
_clock = _Clock()


def utc_now() -> datetime:
    """Give the time now in UTC without a zone: the only form in which times are kept. No two calls give the same."""
    return _clock.now()


def own_day(at: datetime | None = None) -> date:
    """Give the day on which a moment (naive UTC), or now, falls where this computer is: the day that people write in minutes and plans."""
    return (at or utc_now()).replace(tzinfo=UTC).astimezone().date()


class Record(peewee.Model):
    """What every record has: a UUID that is its own wherever it goes, and when it was made (UTC)."""

    id = peewee.UUIDField(primary_key=True, default=uuid4)
    created_at = peewee.DateTimeField(default=utc_now)

    class Meta:
        database = proxy
        legacy_table_names = False
