"""The vault: a folder ``NAME.gedigen`` with ``vault.json``, ``register.db`` and ``evidence.db``, and how it is made, opened and closed.

The key of both files is random. It is wrapped by each person's passphrase in ``vault.json`` and, where the computer has a keyring that
keeps secrets, stored there too. All of this blocks (the keyring may ask the user), so it runs on the database thread only.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Literal, Self
from uuid import UUID, uuid4

import filelock
import keyring
import keyring.backend
import keyring.errors
import peewee

# Imported by name, because an installed program has no entry points from which keyring could find them.
from keyring.backends import SecretService, Windows, kwallet, libsecret, macOS
from keyring.backends.chainer import ChainerBackend

from forms.text import N_
from models import audit, person, revocation, triggers, vault_file
from models.actor import Actor
from models.database import EncryptedDatabase, RegisterDatabase, is_full, proxy, write_tx
from models.errors import DiskFull, KeyringUnavailable, NotAVault, VaultDamaged, VaultInUse, VaultLocked, VaultReadOnly
from models.migrations import EVIDENCE_STEPS, REGISTER_STEPS, Ladder
from models.wrapping import STANDARD_COST, Cost, check_new_passphrase

SUFFIX = ".gedigen"
REGISTER, EVIDENCE, LOCK = "register.db", "evidence.db", "vault.lock"
_FIRST_ROLES = frozenset({"administrator", "caseworker"})

# Only keyrings of the system, which keep their secrets encrypted: others may be a plain file.
_KEYRINGS = frozenset(module.__name__ for module in (SecretService, kwallet, libsecret, Windows, macOS))
_SERVICE = "Gedigen"

KeySource = Literal["keyring", "passphrase"]


class VaultFact(peewee.Model):
    """A fact about the vault that the register keeps, such as its id."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()

    class Meta:
        database = proxy
        table_name = "vault_fact"


def vault_id() -> UUID:
    """Give the id of the vault that is open."""
    return UUID(VaultFact.get(VaultFact.name == "vault").value)


class Vault:
    """The vault that is open: its id, folder and where its key came from. One at a time in a process.

    ``opened_by`` is the person whose passphrase opened it, None when the keyring did. Close it on the thread that opened it.
    """

    def __init__(
        self,
        *,
        vault: UUID,
        folder: Path,
        key: bytes,
        key_source: KeySource,
        opened_by: UUID | None,
        register: RegisterDatabase,
        lock: filelock.BaseFileLock,
    ) -> None:
        self.id = vault
        self.folder = folder
        self.key_source = key_source
        self.opened_by = opened_by
        self._key, self._register, self._lock, self._thread = key, register, lock, threading.get_ident()

    @property
    def uses_keyring(self) -> bool:
        """Whether the key is meant to be kept in this computer's keyring."""
        return vault_file.read(self.folder).keyring

    def use_keyring(self, wanted: bool) -> None:
        """Keep the key in the keyring from now on, or no longer. Raises ``KeyringUnavailable``; then nothing was changed."""
        if wanted and not _remember(self.id, self._key):
            raise KeyringUnavailable(
                N_("No safe keyring is open on this computer. Nothing was changed. Gedigen asks for the passphrase at each start.")
            )
        if not wanted:
            _forget(self.id)
        content = vault_file.read(self.folder)
        vault_file.write(self.folder, vault_file.with_keyring(content, wanted))

    def damaged_files(self) -> tuple[str, ...]:
        """Read both files whole and name those with a damaged page; slow for a large vault."""
        return tuple(file.path.name for file in (self._register, self._register.evidence) if not file.is_whole())

    def close(self) -> None:
        """Close both files and let others open the vault. Closing twice does nothing."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("a vault is closed on the thread that opened it")
        if self._register.is_closed():
            return
        _disconnect(self._register)
        self._key = b""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create(
    *,
    folder: Path,
    organisation: str,
    person_name: str,
    passphrase: str,
    email: str = "",
    use_keyring: bool = True,
    cost: Cost = STANDARD_COST,
) -> Vault:
    """Make a vault with the organisation's root and its first person, an administrator and caseworker, and open it.

    It is made beside and renamed when it is whole: whatever interrupts it leaves nothing that looks like a vault. Raises ``NotAVault``
    when something is there already or the name does not end in ``.gedigen``, ``PassphraseRefused``, ``DiskFull``, ``VaultReadOnly``.
    """
    folder = folder.absolute()
    _refuse_second()
    check_new_passphrase(passphrase)
    if not organisation.strip():
        raise NotAVault(N_("The vault needs the organisation’s name. Nothing was made."))
    _refuse_existing(folder)
    vault, first, key = uuid4(), uuid4(), secrets.token_bytes(32)
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.stem}-", suffix=".partial", dir=folder.parent))
        try:
            content = vault_file.new(vault=vault, key=key, keyring=use_keyring)
            content, wrap = vault_file.with_wrap(content, person=first, key=key, passphrase=passphrase, cost=cost)
            register = _connect(partial, key, new=True)
            try:
                with write_tx(), write_tx(register.evidence):
                    _put_facts(register, vault)
                    audit.record(actor=None, act="vault.created", value={"vault": vault})
                    root_key = person.enter_organisation(" ".join(organisation.split()))
                    own = person.enter(
                        person=first,
                        name=person_name,
                        email=email,
                        roles=_FIRST_ROLES,
                        passphrase=passphrase,
                        root_key=root_key,
                        vault_wrap=wrap,
                        cost=cost,
                    )
                    founder = Actor(person=first, key=own)
                    audit.record(actor=founder, act="person.added", value={"person": first, "roles": sorted(_FIRST_ROLES)})
                    revocation.publish(by=founder, root_key=root_key)
            finally:
                _disconnect(register)
            vault_file.write(partial, content)
            _refuse_existing(folder)
            partial.rename(folder)
            vault_file.settle(folder.parent)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    except OSError as error:
        if is_full(error):
            raise DiskFull from error
        raise VaultReadOnly(
            N_("{folder} cannot be written to. Nothing was made. Choose another place."), folder=str(folder.parent)
        ) from error
    if use_keyring:
        _remember(vault, key)
    return _open(folder, key=key, key_source="passphrase", opened_by=first)


def open_vault(*, folder: Path, passphrase: str | None = None, use_keyring: bool = True) -> Vault:
    """Open a vault: by the keyring when no passphrase is given, else by the passphrase of any of its people.

    A passphrase that opened it puts the key into the keyring again, unless the vault was set not to use one. Raises ``VaultLocked`` (ask
    for a passphrase), ``WrongPassphrase``, ``NotAVault``, ``VaultDamaged``, ``VaultInUse``, ``VaultTooNew``, ``VaultReadOnly``; nothing is
    changed then, and never is an empty file made where one is missing.
    """
    folder = folder.absolute()
    _refuse_second()
    content = vault_file.read(folder)
    if passphrase is None:
        key = _recall(content.id) if use_keyring and content.keyring else None
        if key is None or not content.fits(key):
            raise VaultLocked(N_("The vault is locked. What it holds is safe. Enter your passphrase to open it."))
        return _open(folder, key=key, key_source="keyring", opened_by=None)
    key, opened_by = vault_file.unwrap(content, passphrase=passphrase)
    vault = _open(folder, key=key, key_source="passphrase", opened_by=opened_by)
    if use_keyring and content.keyring:
        _remember(content.id, key)
    return vault


def try_keyring() -> str | None:
    """Keep a secret in this computer's keyring, read it back and take it out; gives the keyring's name, None when there is no safe one.

    Blocks for as long as the keyring asks its user. Raises ``KeyringUnavailable`` when it stays locked, ``LookupError`` when it does not
    keep what it is given, and whatever else its system says.
    """
    backend = _backend()
    if backend is None:
        return None
    name, secret = f"self-test {uuid4()}", secrets.token_hex(32)
    try:
        backend.set_password(_SERVICE, name, secret)
        if backend.get_password(_SERVICE, name) != secret:
            raise LookupError("the keyring gives back something else than it was given")
        backend.delete_password(_SERVICE, name)
        if backend.get_password(_SERVICE, name) is not None:
            raise LookupError("the keyring keeps what was taken out")
    except (keyring.errors.KeyringLocked, keyring.errors.InitError) as error:  # the latter when a first keyring is not made
        raise KeyringUnavailable(N_("The keyring of this computer is locked. Nothing was changed.")) from error
    return type(backend).__module__.rpartition(".")[2]


def _open(folder: Path, *, key: bytes, key_source: KeySource, opened_by: UUID | None) -> Vault:
    for name in (REGISTER, EVIDENCE):
        path = folder / name
        # SQLite would make a new, empty database of either.
        if not path.is_file() or path.stat().st_size == 0:
            raise VaultDamaged(
                N_("The file {file} is missing from the vault or empty. Nothing was changed. Restore it from a backup."), file=name
            )
    lock = _lock(folder)
    try:
        register = _connect(folder, key)
        try:
            vault = vault_file.read(folder).id
            _check_facts(register, vault)
            person.sweep(folder)
        except BaseException:
            _disconnect(register)
            raise
    except BaseException:
        lock.release()
        raise
    return Vault(vault=vault, folder=folder, key=key, key_source=key_source, opened_by=opened_by, register=register, lock=lock)


def _connect(folder: Path, key: bytes, *, new: bool = False) -> RegisterDatabase:
    evidence = EncryptedDatabase(folder / EVIDENCE, key)
    register = RegisterDatabase(folder / REGISTER, key, evidence=evidence)
    try:
        for database, steps in ((register, REGISTER_STEPS), (evidence, EVIDENCE_STEPS)):
            database.open()
            _bring_up_to_date(Ladder(database, steps), new=new)
        triggers.put_in_place(register, triggers.register_triggers())
        triggers.put_in_place(evidence, triggers.evidence_triggers())
        register.check_secrecy()
        evidence.check_secrecy()
    except BaseException:
        _disconnect(register)
        raise
    proxy.initialize(register)
    return register


def _bring_up_to_date(ladder: Ladder, *, new: bool) -> None:
    pending, path = ladder.pending(), Path(ladder.database.database)
    if not new and len(pending) == len(ladder.steps):
        raise VaultDamaged(N_("The file {file} holds nothing of a vault. Nothing was changed. Restore it from a backup."), file=path.name)
    if pending:
        ladder.climb(backup=None if new else path.with_name(f"{path.stem}-before-{pending[0]}.db"))


def _disconnect(register: RegisterDatabase) -> None:
    register.close()
    register.evidence.close()
    if proxy.obj is register:
        proxy.initialize(None)


def _put_facts(register: RegisterDatabase, vault: UUID) -> None:
    VaultFact.create(name="vault", value=str(vault))
    register.evidence.execute_sql("INSERT INTO evidence_fact (name, value) VALUES ('vault', ?)", (str(vault),))


def _check_facts(register: RegisterDatabase, vault: UUID) -> None:
    statements = (
        (register, "SELECT value FROM vault_fact WHERE name = 'vault'"),
        (register.evidence, "SELECT value FROM evidence_fact WHERE name = 'vault'"),
    )
    for database, statement in statements:
        if database.execute_sql(statement).fetchone() != (str(vault),):
            raise VaultDamaged(
                N_("The file {file} belongs to another vault. Nothing was changed. Restore the vault from a backup."),
                file=database.path.name,
            )


def _lock(folder: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise VaultInUse(
            N_("The vault is open in another window or program. Nothing was changed. Close it there first."), folder=folder.name
        ) from error
    except OSError as error:
        raise VaultReadOnly(
            N_("{folder} cannot be written to. Nothing was changed. Move the vault to a place of your own."), folder=folder.name
        ) from error
    return lock


def _refuse_second() -> None:
    if proxy.obj is not None:
        raise VaultInUse(N_("A vault is open here already. Close it first."))


def _refuse_existing(folder: Path) -> None:
    if folder.suffix != SUFFIX:
        raise NotAVault(N_("A vault is a folder whose name ends in .gedigen. Nothing was made. Choose such a name."))
    if folder.exists() or folder.is_symlink():
        raise NotAVault(
            N_("There is something called {folder} here already. Nothing was changed. Choose another name."), folder=folder.name
        )


def _backend() -> keyring.backend.KeyringBackend | None:
    found = keyring.get_keyring()
    candidates = found.backends if isinstance(found, ChainerBackend) else [found]
    return next((backend for backend in candidates if type(backend).__module__ in _KEYRINGS), None)


# A keyring fails in its system's own ways (D-Bus, pywintypes, a prompt that is dismissed), none of which may stop anybody: the passphrase
# is asked for instead. Hence ``except Exception`` here and nowhere else.
def _recall(vault: UUID) -> bytes | None:
    """Give the vault's key from the keyring, None if that is not possible."""
    try:
        backend = _backend()
        text = backend.get_password(_SERVICE, str(vault)) if backend else None
        return bytes.fromhex(text) if text else None
    except Exception:
        return None


def _remember(vault: UUID, key: bytes) -> bool:
    """Put a key that has proved right into the keyring; tells whether it is there afterwards."""
    try:
        backend = _backend()
        if backend is None:
            return False
        if backend.get_password(_SERVICE, str(vault)) != key.hex():
            backend.set_password(_SERVICE, str(vault), key.hex())
        return bool(backend.get_password(_SERVICE, str(vault)) == key.hex())
    except Exception:
        return False


def _forget(vault: UUID) -> None:
    """Take the vault's key out of the keyring, if it is there."""
    try:
        backend = _backend()
        if backend is not None:
            backend.delete_password(_SERVICE, str(vault))
    except Exception:
        return
