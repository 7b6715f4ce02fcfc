"""Writing a file out of the vault to a place that the user chose: whole or not at all, and never into a vault."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from forms.text import N_
from models.errors import RecordRefused, reason
from models.vault_file import NAME as VAULT_FILE


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before. Raises ``RecordRefused`` with what stood in the way."""
    if any((folder / VAULT_FILE).exists() for folder in path.resolve().parents):
        raise RecordRefused(N_("{file} would lie inside a vault. Nothing was written; choose another folder."), file=path.name)
    partial = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise RecordRefused(
            N_("{file} could not be written: {why}. What is in the vault is safe; choose another place."), file=path.name, why=reason(error)
        ) from None


def plain_name(text: str) -> str:
    """Give a text as part of a file name: only letters and digits that every system takes, with single hyphens between them."""
    kept = "".join(char if char.isalnum() else "-" for char in text).strip("-")
    while "--" in kept:
        kept = kept.replace("--", "-")
    return kept
