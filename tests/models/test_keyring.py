"""The computer's keyring: a real Secret Service (GNOME Keyring on its own message bus), and what happens without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from models import vault
from models.errors import KeyringUnavailable, VaultLocked
from models.vault import Vault
from models.wrapping import Cost

ASA = "åsas egna ord"
START = """
import json
from pathlib import Path
import sys
import keyring
from models import vault
from models.errors import GedigenError
from models.wrapping import Cost
folder = Path(sys.argv[1])
def entry(v): return keyring.get_keyring().get_password("Gedigen", str(v.id))
def create(): return vault.create(folder=folder, organisation="P", person_name="Å", passphrase="åsas egna ord", cost=Cost(1, 32, 1))
def attempt(**given):
    try:
        return vault.open_vault(folder=folder, **given)
    except GedigenError as error:
        print(type(error).__name__)
"""

Session = Callable[[str], list[str]]


def session_of(tmp_path: Path, password: str) -> Session:
    """Give a way to run a script on a message bus of its own with a Secret Service that this password unlocks."""
    for command in ("dbus-run-session", "gnome-keyring-daemon"):
        assert shutil.which(command), f"this test needs {command} (packages dbus and gnome-keyring)"
    for name in ("rt", ".local/share/keyrings", ".cache"):
        (tmp_path / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND"}
    }
    environment = kept | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "rt"), "XDG_DATA_HOME": str(tmp_path / ".local/share")}
    unlock = f"printf %s '{password}' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1"

    def run(script: str) -> list[str]:
        command = [
            "dbus-run-session",
            "--",
            "bash",
            "-ec",
            f'{unlock}; exec "$@"',
            "bash",
            sys.executable,
            "-c",
            START + script,
            str(tmp_path / "V.gedigen"),
        ]
        done = subprocess.run(
            command, cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def test_the_keyring_opens_the_vault_in_the_next_session(tmp_path: Path) -> None:
    session = session_of(tmp_path, "ci-password")
    assert session("v = create(); print(v.key_source, len(entry(v))); v.close()") == ["passphrase 64"]
    assert session("v = attempt(); print(v.key_source, v.opened_by); v.close()") == ["keyring None"]


def test_a_lost_entry_is_asked_for_and_put_back(tmp_path: Path) -> None:
    session = session_of(tmp_path, "ci-password")
    session("v = create(); keyring.delete_password('Gedigen', str(v.id)); v.close()")
    assert session("attempt(); v = attempt(passphrase='åsas egna ord'); print(v.key_source, len(entry(v))); v.close()") == [
        "VaultLocked",
        "passphrase 64",
    ]
    assert session("v = attempt(); print(v.key_source); v.close()") == ["keyring"]


def test_a_wrong_entry_opens_nothing_and_is_overwritten_only_by_a_proven_key(tmp_path: Path) -> None:
    session = session_of(tmp_path, "ci-password")
    session("v = create(); keyring.set_password('Gedigen', str(v.id), '00' * 32); v.close()")
    assert session(
        "attempt(); attempt(passphrase='fel fel fel')\n"
        "print(keyring.get_password('Gedigen', json.loads((folder / 'vault.json').read_text())['id']))"
    ) == [
        "VaultLocked",
        "WrongPassphrase",
        "00" * 32,
    ]
    assert session("v = attempt(passphrase='åsas egna ord'); print(entry(v) != '00' * 32); v.close()") == ["True"]


def test_a_locked_keyring_is_no_obstacle(tmp_path: Path) -> None:
    session_of(tmp_path, "ci-password")("create().close()")
    locked = session_of(tmp_path, "another password")
    assert locked("attempt(); v = attempt(passphrase='åsas egna ord'); print(v.key_source); v.close()") == ["VaultLocked", "passphrase"]


def test_the_key_is_taken_out_of_the_keyring_when_it_is_not_wanted_there(tmp_path: Path) -> None:
    session = session_of(tmp_path, "ci-password")
    assert session("v = create(); v.use_keyring(False); print(entry(v), v.uses_keyring); v.close()") == ["None False"]
    again = "attempt(); v = attempt(passphrase='åsas egna ord'); print(entry(v)); v.use_keyring(True); print(len(entry(v))); v.close()"
    assert session(again) == ["VaultLocked", "None", "64"]


def test_without_any_keyring_the_passphrase_is_asked_for_each_time(folder: Path, cost: Cost) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    try:
        vault.create(folder=folder, organisation="P", person_name="Å", passphrase=ASA, cost=cost).close()
        for _ in range(2):
            with pytest.raises(VaultLocked):
                vault.open_vault(folder=folder)
            with vault.open_vault(folder=folder, passphrase=ASA) as opened, pytest.raises(KeyringUnavailable):
                opened.use_keyring(True)
    finally:
        keyring.set_keyring(before)


def test_a_keyring_that_is_a_plain_file_is_never_given_the_key(opened: Vault) -> None:
    given: list[str] = []

    class PlainFile(keyring.backend.KeyringBackend):
        priority = 9  # type: ignore[assignment]

        def get_password(self, *_: str) -> str | None:
            return None

        def set_password(self, *what: str) -> None:
            given.extend(what)

    before = keyring.get_keyring()
    keyring.set_keyring(PlainFile())
    try:
        with pytest.raises(KeyringUnavailable):
            opened.use_keyring(True)
    finally:
        keyring.set_keyring(before)
        keyring.backend.KeyringBackend._classes.discard(PlainFile)
    assert given == []
