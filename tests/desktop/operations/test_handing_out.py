"""What leaving the vault promises: a file is there whole or as it was before, and never inside a vault."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop.operations.handing_out import NameTaken, NotWritten, plain_name, require_folder, write_whole
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


def test_a_file_that_is_there_stays_when_it_is_not_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(b"first")
    with pytest.raises(NameTaken, match=r"rapport\.pdf is there already"):
        write_whole(path, b"second", replaces=False)
    assert path.read_bytes() == b"first"
    write_whole(tmp_path / "annan.pdf", b"second", replaces=False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["annan.pdf", "rapport.pdf"]


def test_where_there_are_no_hard_links_a_file_stays_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_names: object, **_folders: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", none)
    path = tmp_path / "rapport.pdf"
    write_whole(path, b"first", replaces=False)
    with pytest.raises(NameTaken):
        write_whole(path, b"second", replaces=False)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("rapport.pdf", b"first")]


@pytest.mark.parametrize(
    ("number", "for_all"), [(errno.ENOSPC, True), (errno.EIO, True), (errno.ENAMETOOLONG, False), (errno.EACCES, False)]
)
def test_what_goes_for_the_whole_folder_is_told_from_what_goes_for_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, for_all: bool
) -> None:
    def refuses(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", refuses)
    with pytest.raises(NotWritten) as refused:
        write_whole(tmp_path / "rapport.pdf", b"x")
    assert refused.value.goes_for_all is for_all


def test_a_folder_that_has_gone_goes_for_every_file(tmp_path: Path) -> None:
    with pytest.raises(NotWritten) as refused:
        write_whole(tmp_path / "nowhere" / "rapport.pdf", b"x")
    assert refused.value.goes_for_all


def test_a_folder_is_tried_by_writing_and_nothing_stays_of_it(tmp_path: Path) -> None:
    require_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RecordRefused, match="it is not there"):
        require_folder(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordRefused):
        require_folder(tmp_path / "file")
    (tmp_path / "vault.json").write_text("{}")
    with pytest.raises(RecordRefused, match="inside a vault"):
        require_folder(tmp_path)


def test_a_long_name_is_cut_between_letters_so_that_every_system_takes_it() -> None:
    assert len(plain_name("የውሃ ጉድጓድ " * 20).encode()) <= 120
    assert plain_name("åäö" * 30 + "!").startswith("åäö")
    assert plain_name("Brunnar, i norr!") == "Brunnar-i-norr"
