"""What leaving the vault promises: a file is there whole or as it was before, and never inside a vault."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.operations.handing_out import write_whole
from models.errors import RecordRefused


def test_a_file_is_written_whole_and_over_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    for content in (b"first", b"second"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_earlier_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(b"first")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RecordRefused, match=r"rapport\.pdf could not be written: there is no room"):
        write_whole(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="it is not there"):
        write_whole(tmp_path / "nowhere" / "rapport.pdf", b"x")


@pytest.mark.parametrize("name", ["register.db", "rapport.pdf", "inside/rapport.pdf"])
def test_nothing_is_written_into_a_vault(tmp_path: Path, name: str) -> None:
    vault = tmp_path / "Valv.gedigen"
    (vault / "inside").mkdir(parents=True)
    (vault / "vault.json").write_text("{}")
    (vault / "register.db").write_bytes(b"kept")
    with pytest.raises(RecordRefused, match="inside a vault"):
        write_whole(vault / name, b"x")
    assert (vault / "register.db").read_bytes() == b"kept"
    assert sorted(path.name for path in vault.iterdir()) == ["inside", "register.db", "vault.json"]
