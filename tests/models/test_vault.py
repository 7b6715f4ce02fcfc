"""The vault: made whole or not at all, opened by those who may, and never mistaken for an empty one."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import peewee
import pytest

from models import actor, audit, person, vault, vault_file, wrapping
from models.actor import Actor
from models.database import EncryptedDatabase, open_register, write_tx
from models.errors import (
    GedigenError,
    NotAVault,
    PassphraseRefused,
    VaultDamaged,
    VaultLocked,
    VaultTooNew,
    WrongPassphrase,
)
from models.identity import Organisation
from models.vault import Vault
from models.wrapping import Cost

ASA, RUT = "åsas egna ord", "ruts egna ord"
HOUSE = Path(__file__).parents[2]


def again(folder: Path, passphrase: str = ASA) -> Vault:
    return vault.open_vault(folder=folder, passphrase=passphrase, use_keyring=False)


def test_what_was_kept_is_there_when_the_vault_is_opened_again(opened: Vault) -> None:
    head = audit.head()
    opened.close()
    with again(opened.folder) as second:
        assert (second.id, second.key_source, second.opened_by) == (opened.id, "passphrase", opened.opened_by)
        assert audit.head() == head
        assert person.organisation().name == "Provstiftelsen"


def test_both_files_are_encrypted(opened: Vault) -> None:
    for name in ("register.db", "evidence.db", "register.db-wal"):
        raw = (opened.folder / name).read_bytes()
        assert b"SQLite format 3" not in raw
        assert b"CREATE TABLE" not in raw


def test_the_register_syncs_each_commit_and_refuses_orphans(opened: Vault) -> None:
    register = open_register()
    found = {
        name: register.execute_sql(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "temp_store")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1, "temp_store": 2}


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(opened: Vault) -> None:
    opened.close()
    before = {path.name: path.read_bytes() for path in opened.folder.iterdir()}
    with pytest.raises(WrongPassphrase):
        again(opened.folder, "fel ord här")
    assert {path.name: path.read_bytes() for path in opened.folder.iterdir()} == before


def test_a_vault_without_keyring_and_passphrase_is_locked(opened: Vault) -> None:
    opened.close()
    with pytest.raises(VaultLocked):
        vault.open_vault(folder=opened.folder)


def test_a_passphrase_holds_however_the_keyboard_composes_it(opened: Vault) -> None:
    opened.close()
    again(opened.folder, unicodedata.normalize("NFD", ASA)).close()


@pytest.mark.parametrize("passphrase", ["", "kort", "          "])
def test_a_passphrase_that_protects_nothing_is_refused(folder: Path, passphrase: str, cost: Cost) -> None:
    with pytest.raises(PassphraseRefused):
        vault.create(folder=folder, organisation="P", person_name="Å", passphrase=passphrase, use_keyring=False, cost=cost)
    assert list(folder.parent.iterdir()) == []


def test_a_vault_is_never_made_over_something(opened: Vault, cost: Cost) -> None:
    opened.close()
    before = sorted(path.name for path in opened.folder.iterdir())
    with pytest.raises(NotAVault):
        vault.create(folder=opened.folder, organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost)
    assert sorted(path.name for path in opened.folder.iterdir()) == before
    again(opened.folder).close()


@pytest.mark.parametrize("name", ["Utan ändelse", "Fel.vault"])
def test_a_vault_s_name_ends_as_a_vault_s(tmp_path: Path, name: str, cost: Cost) -> None:
    with pytest.raises(NotAVault):
        vault.create(folder=tmp_path / name, organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost)


@pytest.mark.parametrize("there", [None, "nothing", "file"])
def test_what_is_no_vault_is_said_to_be_none(tmp_path: Path, there: str | None) -> None:
    folder = tmp_path / "X.gedigen"
    if there == "nothing":
        folder.mkdir()
    elif there == "file":
        folder.write_text("x")
    with pytest.raises(NotAVault):
        again(folder)
    assert not list(tmp_path.rglob("*.db"))


@pytest.mark.parametrize("name", ["register.db", "evidence.db", "vault.json"])
@pytest.mark.parametrize("harm", ["removed", "emptied", "overwritten"])
def test_a_missing_or_ruined_file_is_damage_and_never_an_empty_vault(opened: Vault, name: str, harm: str) -> None:
    opened.close()
    path = opened.folder / name
    size = path.stat().st_size
    for side in opened.folder.glob(f"{name}-*"):
        side.unlink()
    if harm == "removed":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "emptied" else os.urandom(size))
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(VaultDamaged):
        again(opened.folder)
    assert (path.read_bytes() if path.exists() else None) == before


def test_another_vault_s_register_is_refused(opened: Vault, tmp_path: Path, cost: Cost) -> None:
    opened.close()
    other = vault.create(folder=tmp_path / "B.gedigen", organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost)
    other.close()
    (opened.folder / "register.db").write_bytes((other.folder / "register.db").read_bytes())
    with pytest.raises(VaultDamaged):
        again(opened.folder)


@pytest.mark.parametrize("name", ["register.db", "evidence.db"])
def test_a_file_that_is_not_encrypted_is_refused(opened: Vault, name: str) -> None:
    opened.close()
    path = opened.folder / name
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE vault_fact (name, value)")
    plain.close()
    before = path.read_bytes()
    with pytest.raises(VaultDamaged):
        again(opened.folder)
    assert path.read_bytes() == before


def test_an_empty_encrypted_file_in_the_register_s_place_is_refused(opened: Vault) -> None:
    key = vault_file.unwrap(vault_file.read(opened.folder), passphrase=ASA)[0]
    opened.close()
    path = opened.folder / "register.db"
    path.unlink()
    empty = EncryptedDatabase(path, key)
    empty.open()
    empty.execute_sql("CREATE TABLE something (x)")
    empty.close()
    with pytest.raises(VaultDamaged):
        again(opened.folder)


def test_a_flipped_bit_is_found(opened: Vault) -> None:
    assert opened.damaged_files() == ()
    opened.close()
    path = opened.folder / "evidence.db"
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)
    with again(opened.folder) as second:
        assert second.damaged_files() == ("evidence.db",)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("format", 2, VaultTooNew),
        ("format", 0, VaultDamaged),
        ("id", "x", VaultDamaged),
        ("wraps", {}, VaultDamaged),
        ("more", 1, VaultDamaged),
    ],
)
def test_a_changed_vault_json_is_refused(opened: Vault, field: str, value: object, error: type[GedigenError]) -> None:
    opened.close()
    path = opened.folder / "vault.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: value}))
    with pytest.raises(error):
        again(opened.folder)


@pytest.mark.parametrize("field", ["iterations", "memory_kib", "lanes"])
@pytest.mark.parametrize("value", [0, -1, 2**31, 2**62])
def test_a_tampered_cost_is_bounded_before_it_is_spent(opened: Vault, field: str, value: int) -> None:
    opened.close()
    path = opened.folder / "vault.json"
    content = json.loads(path.read_text())
    content["wraps"][0]["wrap"][field] = value
    path.write_text(json.dumps(content))
    with pytest.raises(VaultDamaged):
        again(opened.folder)


def test_a_vault_of_a_newer_program_is_left_alone(opened: Vault) -> None:
    open_register().execute_sql("INSERT INTO schema_step (name, applied) VALUES ('m9999_later', '2030-01-01 00:00:00')")
    opened.close()
    with pytest.raises(VaultTooNew):
        again(opened.folder)


def test_another_thread_has_no_connection(opened: Vault) -> None:
    caught: list[BaseException] = []

    def look() -> None:
        try:
            person.people()
        except peewee.InterfaceError as error:
            caught.append(error)
        try:
            opened.close()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert len(caught) == 2
    assert len(person.people()) == 1


def test_a_thread_of_its_own_does_all_the_work(folder: Path, cost: Cost) -> None:
    def make() -> Vault:
        return vault.create(folder=folder, organisation="P", person_name="Å", passphrase=ASA, use_keyring=False, cost=cost)

    with ThreadPoolExecutor(max_workers=1) as database_thread:
        made = database_thread.submit(make).result()
        assert made.opened_by is not None
        own = database_thread.submit(actor.unlock, person=made.opened_by, passphrase=ASA).result()
        for number in range(20):
            database_thread.submit(audit.record, actor=own, act="test.act", value={"n": number}).result()
        assert database_thread.submit(audit.check_chain).result().entries == 23
        database_thread.submit(made.close).result()


def test_a_write_that_fails_half_way_leaves_nothing(opened: Vault) -> None:
    def fail() -> None:
        with write_tx():
            Organisation.create(name="Andra", root_pem="")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert Organisation.select().count() == 1


def test_a_vault_json_from_an_older_backup_still_opens(opened: Vault, asa: Actor, cost: Cost) -> None:
    before = vault_file.read(opened.folder)
    person.change_passphrase(person=asa.person, old=ASA, new="helt nya ord", cost=cost)
    opened.close()
    vault_file.write(opened.folder, before)
    for _ in range(2):
        again(opened.folder).close()


def test_only_the_right_key_fits(opened: Vault) -> None:
    content = vault_file.read(opened.folder)
    assert content.fits(vault_file.unwrap(content, passphrase=ASA)[0])
    assert not content.fits(bytes(32))


def test_a_secret_comes_out_only_for_its_own_purpose(cost: Cost) -> None:
    wrapped = wrapping.wrap(b"secret", passphrase=ASA, purpose={"for": "this"}, cost=cost)
    assert wrapping.unwrap(wrapping.read(wrapping.written(wrapped)), passphrase=ASA, purpose={"for": "this"}) == b"secret"
    with pytest.raises(WrongPassphrase):
        wrapping.unwrap(wrapped, passphrase=ASA, purpose={"for": "that"})


def test_a_key_of_another_length_is_never_taken_for_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        EncryptedDatabase(tmp_path / "x.db", bytes(31))
