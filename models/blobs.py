"""The evidence file: documents by their SHA-256, in pieces of 1 MiB, encrypted with the key of the vault.

A document is on the disk before ``put`` returns, so the row in the register that names it is written after it: a program killed in
between leaves a document that nothing names, never a name without a document.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import peewee

from forms.text import N_
from models.database import EncryptedDatabase, open_register, utc_now, write_tx
from models.errors import VaultDamaged

CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BlobRow(peewee.Model):
    """A document in the evidence file. It has no database of its own: every query names the evidence file."""

    id = peewee.AutoField()
    sha256 = peewee.TextField(unique=True)
    size = peewee.IntegerField()
    created_at = peewee.DateTimeField()

    class Meta:
        table_name = "blob"


class ChunkRow(peewee.Model):
    """A piece of a document, by its position from 0."""

    blob_id = peewee.IntegerField()
    position = peewee.IntegerField()
    content = peewee.BlobField()

    class Meta:
        table_name = "chunk"
        primary_key = peewee.CompositeKey("blob_id", "position")


@dataclass(frozen=True)
class Blob:
    """A document by its SHA-256 (64 lower-case hexadecimal digits) and its size in bytes."""

    sha256: str
    size: int


def put(content: bytes | Path) -> Blob:
    """Keep a document; what is there already is kept once. It is on the disk when this returns.

    Raises ``DiskFull`` (nothing was kept) or ``OSError`` when the file given cannot be read.
    """
    if isinstance(content, bytes):
        return _put(io.BytesIO(content))
    with content.open("rb") as file:
        return _put(file)


def read(sha256: str) -> bytes:
    """Give a document whole. Raises ``VaultDamaged`` if it is not there or not what it was."""
    return b"".join(pieces(sha256))


def pieces(sha256: str) -> Iterator[bytes]:
    """Give a document piece by piece; raises ``VaultDamaged`` at the end if it is not what it was."""
    evidence = open_register().evidence
    row = _row(evidence, sha256)
    if row is None:
        raise VaultDamaged(
            N_("A document with the checksum {sha256} is missing from the evidence file. Restore it from a backup."), sha256=sha256
        )
    seen, size, position = hashlib.sha256(), 0, 0
    while True:
        query = ChunkRow.select(ChunkRow.content).where((ChunkRow.blob_id == row.id) & (ChunkRow.position == position))
        found = list(query.tuples().execute(evidence))
        if not found:
            break
        piece = bytes(found[0][0])
        seen.update(piece)
        size, position = size + len(piece), position + 1
        yield piece
    if (seen.hexdigest(), size) != (sha256, row.size):
        raise VaultDamaged(
            N_("The document with the checksum {sha256} is damaged in the evidence file. Restore it from a backup."), sha256=sha256
        )


def exists(sha256: str) -> bool:
    """Tell whether a document is kept."""
    return _row(open_register().evidence, sha256) is not None


def _put(file: BinaryIO) -> Blob:
    evidence = open_register().evidence
    with write_tx(evidence), evidence.savepoint() as kept:
        [(newest,)] = BlobRow.select(peewee.fn.COALESCE(peewee.fn.MAX(BlobRow.id), 0)).tuples().execute(evidence)
        number, seen, size, position = newest + 1, hashlib.sha256(), 0, 0
        while piece := file.read(CHUNK):
            ChunkRow.insert(blob_id=number, position=position, content=piece).execute(evidence)
            seen.update(piece)
            size, position = size + len(piece), position + 1
        blob = Blob(seen.hexdigest(), size)
        if _row(evidence, blob.sha256) is not None:
            kept.rollback()
        else:
            BlobRow.insert(id=number, sha256=blob.sha256, size=size, created_at=utc_now()).execute(evidence)
    return blob


def _row(evidence: EncryptedDatabase, sha256: str) -> BlobRow | None:
    if not _SHA256.fullmatch(sha256):
        return None
    rows = list(BlobRow.select().where(BlobRow.sha256 == sha256).execute(evidence))
    return rows[0] if rows else None
