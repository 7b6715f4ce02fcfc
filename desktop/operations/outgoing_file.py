"""A file on its way out of the vault: whole on the disk, and without a name until it may have one.

What is exported may be confidential, so nothing of it may stay behind if the program is killed on the way. Where the file system can (most
of Linux), the file has no name at all before it is put in place, and is gone with the program. Elsewhere, as on a USB stick, it has a
hidden one in the same folder, under a lock that ends with the program; the next export to that folder takes away what is left there.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Puts the file in place. ``replaces`` is whether over one of that name; otherwise raises ``FileExistsError``. Raises ``OSError``.
PutInPlace = Callable[[bool], None]

_HIDDEN, _PARTIAL = ".gedigen-", ".part"
#: A file so young (seconds) may be about to be locked by another program.
_JUST_MADE = 60.0


@contextmanager
def set_aside(path: Path, content: bytes) -> Iterator[PutInPlace]:
    """Write a file to the disk beside its place, and give what puts it there; if that is not called, nothing is left of it.

    Raises ``OSError`` with what stands in the way: no room, no permission, a folder of that name, a file that is open elsewhere where the
    system minds.
    """
    _require_replaceable(path)
    _sweep(path.parent)
    handle = _without_name(path.parent)
    hidden = path.with_name(f"{_HIDDEN}{secrets.token_hex(8)}{_PARTIAL}")
    has_name = handle is None
    if handle is None:
        handle = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    is_open = True

    def close() -> None:
        nonlocal is_open
        if is_open:
            is_open = False
            with suppress(OSError):  # what it holds is on the disk already
                os.close(handle)

    def put_in_place(replaces: bool) -> None:
        if has_name:
            if sys.platform == "win32":
                close()  # an open file gets no other name there
            _rename(hidden, path, replaces=replaces)
        else:
            _give_name(handle, path, hidden, replaces=replaces)
        close()
        _keep(path.parent)

    try:
        if has_name:
            _lock(handle)
        _write(handle, content)
        yield put_in_place
    finally:
        close()
        with suppress(OSError):
            hidden.unlink(missing_ok=True)


def _require_replaceable(path: Path) -> None:
    """Find out before anything is entered or written whether the place can be taken at all."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.is_file():
        # Refused for a file that is write-protected, and in Windows for one that another program holds open.
        os.close(os.open(path, os.O_RDWR))
    elif path.exists():
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))  # a pipe or a device


def _write(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _without_name(folder: Path) -> int | None:
    """Open a file that has no name, or give ``None`` where the file system cannot or could not name it later."""
    if sys.platform != "linux":
        return None
    trial = folder / f"{_HIDDEN}{secrets.token_hex(8)}{_PARTIAL}"
    try:
        probe = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError as error:
        if error.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
            return None
        raise
    try:
        _link(probe, trial)
        trial.unlink()
    except OSError:
        return None
    finally:
        os.close(probe)
    return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o666)


def _link(handle: int, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # With a folder's handle Python follows the link in /proc to the file itself.
        os.link(f"/proc/self/fd/{handle}", path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _give_name(handle: int, path: Path, hidden: Path, *, replaces: bool) -> None:
    try:
        _link(handle, path)
    except FileExistsError:
        if not replaces:
            raise
        _link(handle, hidden)  # for the moment between this line and the next
        hidden.replace(path)


def _rename(hidden: Path, path: Path, *, replaces: bool) -> None:
    if replaces:
        hidden.replace(path)
        return
    try:
        os.link(hidden, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as on a USB stick
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        hidden.replace(path)


def _keep(folder: Path) -> None:
    """Let the name too survive a power cut, where a folder can be told to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):  # a file system without locks: then nobody takes it for left behind either
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(folder: Path) -> None:
    """Take away what a program that was killed left in a folder; never what another one is writing."""
    with suppress(OSError):
        for left in folder.glob(f"{_HIDDEN}*{_PARTIAL}"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _JUST_MADE and _is_nobodys(left):
                    left.unlink()


def _is_nobodys(left: Path) -> bool:
    if sys.platform == "win32":
        return True  # there an open file cannot be taken away
    import fcntl

    handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
