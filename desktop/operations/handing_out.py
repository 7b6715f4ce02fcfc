"""Writing a file out of the vault to a place that the user chose: whole or not at all, and never into a vault."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from forms.text import N_
from models.errors import RecordRefused, reason
from models.vault_file import NAME as VAULT_FILE

#: What the system says when it would refuse every other file there too.
_FOR_ALL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.EHOSTDOWN, errno.ETIMEDOUT}


class NotWritten(RecordRefused):
    """The system did not take a file. ``goes_for_all``: it would not take any other in that folder either."""

    goes_for_all = False


class NameTaken(RecordRefused):
    """A file of that name is there already, and was left as it is."""


def write_whole(path: Path, content: bytes, *, replaces: bool = True) -> None:
    """Write a file so that it is there whole or as it was before.

    Raises ``NotWritten`` (a ``RecordRefused``) with what stood in the way, and ``NameTaken`` unless it ``replaces`` one that is there.
    """
    if is_in_vault(path):
        raise RecordRefused(N_("{file} would lie inside a vault. Nothing was written; choose another folder."), file=path.name)
    partial = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        try:
            with partial.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if replaces:
                partial.replace(path)
            else:
                _put_beside(partial, path)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
    except FileExistsError:
        raise NameTaken(N_("A file called {file} is there already. It was left as it is."), file=path.name) from None
    except OSError as error:
        refused = NotWritten(
            N_("{file} could not be written: {why}. What is in the vault is safe; choose another place."), file=path.name, why=reason(error)
        )
        refused.goes_for_all = error.errno in _FOR_ALL or not path.parent.is_dir()
        raise refused from None


def is_in_vault(path: Path) -> bool:
    """Tell whether a file at this place would lie inside a vault."""
    return any((folder / VAULT_FILE).exists() for folder in path.resolve().parents)


def require_folder(folder: Path) -> None:
    """Make sure that files can be written to a folder, by writing an empty one and taking it away. Raises ``RecordRefused``."""
    probe = folder / f".{secrets.token_hex(8)}.part"
    if is_in_vault(probe):
        raise RecordRefused(N_("This folder lies inside a vault. Nothing was written; choose another folder."))
    try:
        probe.open("xb").close()
        probe.unlink()
    except OSError as error:
        raise RecordRefused(N_("Nothing can be written to this folder: {why}. Choose another one."), why=reason(error)) from None


def _put_beside(partial: Path, path: Path) -> None:
    """Give a file its name unless there is one of that name, in one step where the file system can. Raises ``FileExistsError``."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on a USB stick
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        partial.replace(path)


def plain_name(text: str, *, most: int = 120) -> str:
    """Give a text as part of a file name: only letters and digits that every system takes, with single hyphens between them.

    A long one is cut at ``most`` bytes, for a whole name has 255 at most.
    """
    kept = "".join(char if char.isalnum() else "-" for char in text).strip("-")
    while "--" in kept:
        kept = kept.replace("--", "-")
    return kept.encode()[:most].decode(errors="ignore").strip("-")
