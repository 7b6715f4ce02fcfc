"""Writing a file out of the vault to a place that the user chose: whole or not at all, and never into a vault.

What goes to the partner or the public is entered in the audit trail. File and entry cannot be made in one step, so the order is fixed:

1. The file is written to the disk beside its place, where no room, no permission, a write-protected or (in Windows) open file of that name
   show. Nothing is entered yet, and nothing of it stays if it fails or the program is killed.
2. The entry is committed.
3. The file gets its name, which moves no bytes.

So there is never a file outside that the audit trail does not know of. The other way about can happen, and errs on the safe side: if step 3
fails after all, a second entry says that the first was not handed out, and the user is told; if the program or the computer stops between 2
and 3, the trail says *handed out* of something that was not, and whoever exports it again finds it entered twice.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from desktop.operations.outgoing_file import set_aside
from forms.errors import GedigenError
from forms.text import N_
from models import report
from models.actor import Actor
from models.database import open_register
from models.document_kind import DocumentKind, Part
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
    """Write a file so that it is there whole or as it was before; nothing is entered in the audit trail.

    Raises ``NotWritten`` (a ``RecordRefused``) with what stood in the way, and ``NameTaken`` unless it ``replaces`` one that is there.
    """
    with _set_aside(path, content, replaces=replaces) as put_in_place:
        put_in_place()


def write_handed_out(
    path: Path, content: bytes, *, actor: Actor, assessment: UUID, kind: DocumentKind, part: Part, language: str, replaces: bool = True
) -> None:
    """Write a document of an assessment, and enter in the audit trail that it was handed out, in the order that is told above.

    Must not be called within a transaction: the entry would not be kept before the file is there. Raises as ``write_whole``, and what
    entering raises; the file is then as it was before.
    """
    if open_register().in_transaction():
        raise RuntimeError("the entry must be committed before the file is put in place")
    digest = hashlib.sha256(content).hexdigest()
    with _set_aside(path, content, replaces=replaces) as put_in_place:
        entry = report.enter_handed_out(actor=actor, assessment=assessment, kind=kind, part=part, languages=(language,), sha256=digest)
        try:
            put_in_place()
        except RecordRefused as refused:
            _take_back(refused, actor=actor, assessment=assessment, entry=entry)


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


@contextmanager
def _set_aside(path: Path, content: bytes, *, replaces: bool) -> Iterator[Callable[[], None]]:
    with ExitStack() as stack:
        with _refused(path):
            if is_in_vault(path):
                raise RecordRefused(N_("{file} would lie inside a vault. Nothing was written; choose another folder."), file=path.name)
            if not replaces and path.exists():
                raise FileExistsError
            put = stack.enter_context(set_aside(path, content))

        def put_in_place() -> None:
            with _refused(path):
                put(replaces)

        yield put_in_place


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Say what the system said."""
    try:
        yield
    except FileExistsError:
        raise NameTaken(N_("A file called {file} is there already. It was left as it is."), file=path.name) from None
    except OSError as error:
        refused = NotWritten(
            N_("{file} could not be written: {why}. What is in the vault is safe; choose another place."), file=path.name, why=reason(error)
        )
        refused.goes_for_all = error.errno in _FOR_ALL or not os.path.isdir(path.parent)  # noqa: PTH112 - pathlib's own may raise
        raise refused from None


def _take_back(refused: RecordRefused, *, actor: Actor, assessment: UUID, entry: int) -> NoReturn:
    """Enter that what was entered as handed out was not, and say why."""
    try:
        report.enter_not_handed_out(actor=actor, assessment=assessment, entry=entry)
    except GedigenError as error:
        raise RecordRefused(
            N_("{file} was not handed out, but the audit trail says that it was, for that could not be entered either. Export it again."),
            file=refused.params["file"],
        ) from error
    raise refused


def plain_name(text: str, *, most: int = 120) -> str:
    """Give a text as part of a file name: only letters and digits that every system takes, with single hyphens between them.

    A long one is cut at ``most`` bytes, for a whole name has 255 at most.
    """
    kept = "".join(char if char.isalnum() else "-" for char in text).strip("-")
    while "--" in kept:
        kept = kept.replace("--", "-")
    return kept.encode()[:most].decode(errors="ignore").strip("-")
