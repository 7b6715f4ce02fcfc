"""Preferences: kept whole, never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.settings.preferences import Preferences, PreferencesFile


@pytest.fixture
def file(tmp_path):
    return PreferencesFile(tmp_path / "there" / "preferences.json")


def test_what_was_written_is_read_again(file):
    chosen = Preferences(language="sv", scheme="dark", text_size=150).opened(Path("/a/A.gedigen"), "some-person")
    file.write(chosen)
    assert file.read() == chosen


@pytest.mark.parametrize("content", [b"", b"{", b'{"language": 3}', b"\xff\xfe"])
def test_an_unreadable_file_gives_the_usual_ones(file, content):
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    assert file.read().scheme == "system"


def test_what_the_program_does_not_offer_is_brought_within_limits(file):
    file.write(Preferences(language="xx", scheme="pink", text_size=5000))
    kept = file.read()
    assert (kept.language in ("sv", "en"), kept.scheme, kept.text_size) == (True, "system", 200)


def test_writing_leaves_one_file_and_nothing_half(file):
    for size in (100, 125):
        file.write(Preferences(text_size=size))
    assert [one.name for one in file.path.parent.iterdir()] == ["preferences.json"]


def test_the_vault_opened_last_stands_first_and_once():
    chosen = Preferences()
    for name in ("A", "B", "A"):
        chosen = chosen.opened(Path(f"/{name}.gedigen"))
    assert chosen.vaults == ("/A.gedigen", "/B.gedigen")


def test_only_so_many_vaults_are_remembered_and_nobody_of_a_forgotten_one():
    chosen = Preferences()
    for number in range(20):
        chosen = chosen.opened(Path(f"/{number}.gedigen"), f"person {number}")
    assert len(chosen.vaults) == 8
    assert set(chosen.person) == set(chosen.vaults)
