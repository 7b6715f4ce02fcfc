"""Gathering what to judge a file by: what somebody gave, beside or instead of what the open vault knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.operations.verifying import vault_grounds
from desktop.reports.anchor import NotACertificate
from desktop.reports.grounds import Grounds
from desktop.shell.given import Given
from forms.text import N_

_LARGEST = 16 * 1024 * 1024


def grounds_of(given: Given, *, vault_is_open: bool) -> Grounds:
    """Gather what to judge by; in the database's thread when a vault is open.

    Another organisation's root takes the place of the vault's and of its registers; timestamp authorities and lists come beside the
    vault's. Raises NotACertificate for a file that cannot be read.
    """
    known = vault_grounds() if vault_is_open else Grounds()
    if given.root is not None:
        known = replace(known, root_pem=_read(given.root), organisation=given.root.name, registered=None, sealed_records=None)
    return replace(
        known,
        tsa_roots_pem=(*known.tsa_roots_pem, *map(_read, given.clocks)),
        revocation_lists=(*known.revocation_lists, *map(_read, given.lists)),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise NotACertificate(
            N_("{file} could not be opened ({why}). Nothing was verified."), file=path.name, why=error.strerror or ""
        ) from error
