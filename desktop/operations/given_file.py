"""A file that somebody gives the vault: read once, and no more of it than it can hold."""

from __future__ import annotations

from pathlib import Path

from forms.text import N_
from models.errors import RecordRefused, reason


def read_given(path: Path, *, most: int) -> bytes:
    """Read a file; of one longer than ``most`` bytes that many and one more, which tells it. Raises ``RecordRefused`` with the reason."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise RecordRefused(N_("{file} cannot be read: {why}. Nothing was changed."), file=path.name, why=reason(error)) from None
