"""Errors of what is kept. Each sentence says what happened, what is safe and what to do."""

from __future__ import annotations

import errno

from forms.errors import GedigenError
from forms.text import N_, Said


def reason(error: OSError) -> Said:
    """Say why the system refused a file, in words that can be translated."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return Said(N_("it is not there"))
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Said(N_("you have no permission there"))
        case errno.EISDIR:
            return Said(N_("it is a folder"))
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Said(N_("there is no room"))
        case errno.ENAMETOOLONG:
            return Said(N_("its name is too long"))
        case _:
            return Said(N_("the system refused, error {number}"), {"number": error.errno or 0})


class NotAVault(GedigenError):
    """The folder is no vault, or a new vault cannot be made there."""


class VaultLocked(GedigenError):
    """The keyring did not give the key and no passphrase was given: ask for one."""


class WrongPassphrase(GedigenError):
    """The passphrase opens nothing here."""


class PassphraseRefused(GedigenError):
    """A new passphrase that is too weak to protect anything."""


class VaultDamaged(GedigenError):
    """A file of the vault is missing, changed or unreadable although the key is right."""


class VaultInUse(GedigenError):
    """Another window or program has the vault open."""


class VaultTooNew(GedigenError):
    """The vault was written by a newer version of the program."""


class KeyringUnavailable(GedigenError):
    """The computer has no keyring that is safe to use, or it refused."""


class DiskFull(GedigenError):
    """There was no room; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(N_("The disk is full, so nothing was changed. What was saved before is safe. Make room and try again."))


class PersonLocked(GedigenError):
    """The act needs a person whose own passphrase has been given, and that person is locked."""


class ActRefused(GedigenError):
    """An act that does not count as that person's, or that the person has no right to."""


class PersonRefused(GedigenError):
    """A change to the people of the vault that cannot be made."""


class VaultReadOnly(GedigenError):
    """The vault, or the place for a new one, cannot be written to."""


class RecordRefused(GedigenError):
    """Something that cannot be recorded as it is."""


class ChangedMeanwhile(GedigenError):
    """Somebody else changed the record since it was read."""


class SealedAssessment(GedigenError):
    """The assessment is sealed, in review or withdrawn; its answers stay as they are."""


class ReasonNeeded(GedigenError):
    """The result has been seen, so a changed answer needs a reason."""


class SentenceNeeded(GedigenError):
    """A key question is confirmed only with fresh evidence or a sentence."""


class NotReady(GedigenError):
    """Something remains to be done before this can be done; the sentence names it."""
