"""The evidence file: a document is kept once, whole, encrypted, and on the disk before anybody names it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import peewee
import pytest

from models import blobs, vault
from models.database import open_register, write_tx
from models.errors import DiskFull, VaultDamaged
from models.vault import Vault

ASA = "åsas egna ord"
MANY = """
import os, sys
from pathlib import Path
from models import blobs, vault
vault.open_vault(folder=Path(sys.argv[1]), passphrase="åsas egna ord", use_keyring=False)
while True:
    print(blobs.put(os.urandom(300_000)).sha256, flush=True)
"""


@pytest.mark.parametrize("size", [0, 1, blobs.CHUNK - 1, blobs.CHUNK, blobs.CHUNK + 1, 3 * blobs.CHUNK])
def test_a_document_comes_back_byte_for_byte(opened: Vault, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    blob = blobs.put(path)
    assert blob == blobs.Blob(hashlib.sha256(content).hexdigest(), size)
    assert blobs.read(blob.sha256) == content
    assert blobs.put(content) == blob


def test_a_document_is_kept_once(opened: Vault) -> None:
    evidence = open_register().evidence
    for content in (b"one" * 1000, b"two" * 1000, b"one" * 1000):
        blobs.put(content)
    counts = [evidence.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("blob", "chunk")]
    assert counts == [2, 2]


def test_a_document_is_not_readable_on_the_disk(opened: Vault) -> None:
    blobs.put(b"the name of a survivor " * 1000)
    opened.close()
    assert b"survivor" not in b"".join(path.read_bytes() for path in opened.folder.iterdir())


@pytest.mark.parametrize("sha256", ["0" * 64, "", "x", "' OR 1=1 --"])
def test_what_is_not_kept_is_said_to_be_missing(opened: Vault, sha256: str) -> None:
    assert not blobs.exists(sha256)
    with pytest.raises(VaultDamaged):
        blobs.read(sha256)


@pytest.mark.parametrize(
    "harm", ["UPDATE chunk SET content = zeroblob(length(content)) WHERE position = 1", "DELETE FROM chunk WHERE position = 2"]
)
def test_a_changed_document_is_not_handed_out(opened: Vault, harm: str) -> None:
    blob = blobs.put(os.urandom(3 * blobs.CHUNK))
    evidence = open_register().evidence
    with pytest.raises(peewee.DatabaseError, match="insert-only"):
        evidence.execute_sql(harm)
    for trigger in ("chunk_no_update", "chunk_no_delete"):
        evidence.execute_sql(f"DROP TRIGGER {trigger}")
    evidence.execute_sql(harm)
    with pytest.raises(VaultDamaged):
        blobs.read(blob.sha256)


@pytest.mark.parametrize(
    "statement",
    ["INSERT OR REPLACE INTO blob SELECT * FROM blob", "INSERT OR REPLACE INTO chunk SELECT blob_id, position, x'00' FROM chunk"],
)
def test_replacing_is_refused_too(opened: Vault, statement: str) -> None:
    blob = blobs.put(b"x" * 10)
    with pytest.raises(peewee.DatabaseError, match="insert-only"):
        open_register().evidence.execute_sql(statement)
    assert blobs.read(blob.sha256) == b"x" * 10


def test_a_document_stays_when_the_register_s_transaction_fails(opened: Vault) -> None:
    def fail() -> None:
        with write_tx():
            blobs.put(b"kept")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert blobs.exists(hashlib.sha256(b"kept").hexdigest())


def test_a_full_disk_keeps_nothing_of_a_document(opened: Vault) -> None:
    evidence = open_register().evidence
    evidence.execute_sql(f"PRAGMA max_page_count = {evidence.execute_sql('PRAGMA page_count').fetchone()[0] + 300}")
    content = os.urandom(5 * blobs.CHUNK)
    with pytest.raises(DiskFull):
        blobs.put(content)
    assert not blobs.exists(hashlib.sha256(content).hexdigest())
    assert evidence.execute_sql("SELECT count(*) FROM chunk").fetchone() == (0,)


def test_an_acknowledged_document_survives_a_killed_program(opened: Vault) -> None:
    opened.close()
    command = [sys.executable, "-c", MANY, str(opened.folder)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(8)]
        process.kill()
        process.stdout.read()
    with vault.open_vault(folder=opened.folder, passphrase=ASA, use_keyring=False) as again:
        assert [hashlib.sha256(blobs.read(sha256)).hexdigest() for sha256 in acknowledged] == acknowledged
        assert again.damaged_files() == ()
