"""The schema: made by its steps alone, each whole or not there, with its triggers always in place."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import peewee
import pytest

import models
from models import audit, person, triggers, vault
from models.database import EncryptedDatabase, open_register, proxy, write_tx
from models.errors import VaultDamaged
from models.migrations import EVIDENCE_STEPS, REGISTER_STEPS, Ladder
from models.vault import Vault
from tests.models.conftest import SmallCase

ASA = "åsas egna ord"


def tables(database: EncryptedDatabase) -> set[str]:
    return {row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}


def kept_models() -> list[type[peewee.Model]]:
    """Give every model of the register that the program has."""
    for module in pkgutil.iter_modules(models.__path__):
        if not module.ispkg:
            importlib.import_module(f"models.{module.name}")
    found, left = [], list(peewee.Model.__subclasses__())
    while left:
        model = left.pop()
        left.extend(model.__subclasses__())
        if model.__module__.startswith("models.") and model._meta.database is proxy and not model.__subclasses__():
            found.append(model)
    return found


@pytest.fixture
def later() -> Iterator[ModuleType]:
    """A step that a later version might bring."""
    name = "models.migrations.m9000_later"
    step = ModuleType(name)
    sys.modules[name] = step
    yield step
    del sys.modules[name]


def test_each_model_has_the_columns_that_the_steps_make(opened: Vault) -> None:
    register = open_register()
    for model in kept_models():
        table = model._meta.table_name
        there = {row[1] for row in register.execute_sql(f'PRAGMA table_info("{table}")').fetchall()}
        assert there == set(model._meta.columns), table


def test_the_steps_are_named_in_order_and_all_there_are() -> None:
    package = importlib.import_module("models.migrations")
    modules = {
        module.name
        for module in pkgutil.iter_modules(package.__path__)
        if hasattr(importlib.import_module(f"models.migrations.{module.name}"), "up")
    }
    assert modules == {*REGISTER_STEPS, *EVIDENCE_STEPS}
    assert list(REGISTER_STEPS) == sorted(REGISTER_STEPS)


def test_the_triggers_name_tables_that_there_are(opened: Vault) -> None:
    assert set(triggers.INSERT_ONLY) <= tables(open_register())
    assert set(triggers.EVIDENCE_INSERT_ONLY) <= tables(open_register().evidence)


@pytest.mark.parametrize("table", triggers.INSERT_ONLY)
def test_what_is_insert_only_is_refused_change_and_removal(opened: Vault, table: str) -> None:
    rows = open_register().execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)).fetchall()
    assert {(f"{table}_no_update",), (f"{table}_no_delete",)} <= set(rows)


def test_triggers_that_were_taken_away_or_added_are_put_right_at_the_next_opening(opened: Vault) -> None:
    register = open_register()
    register.execute_sql("DROP TRIGGER audit_entry_no_delete")
    register.execute_sql("CREATE TRIGGER sly AFTER INSERT ON audit_entry BEGIN DELETE FROM audit_head; END")
    opened.close()
    with vault.open_vault(folder=opened.folder, passphrase=ASA, use_keyring=False):
        found = dict(open_register().execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
        assert found == {name: f"CREATE TRIGGER {name} {rest}" for name, rest in triggers.register_triggers().items()}


def test_a_step_that_fails_leaves_nothing(opened: Vault, later: ModuleType) -> None:
    def up(_migrator: object, database: EncryptedDatabase) -> None:
        database.execute_sql("CREATE TABLE half (x)")
        database.execute_sql("UPDATE person SET email = 'half'")
        database.execute_sql("this is no statement")

    later.up = up  # type: ignore[attr-defined]
    ladder = Ladder(open_register(), (*REGISTER_STEPS, "m9000_later"))
    with pytest.raises(peewee.OperationalError):
        ladder.climb()
    assert "half" not in tables(open_register())
    assert ladder.pending() == ["m9000_later"]
    assert person.people()[0].email == ""


def test_a_copy_is_kept_before_the_vault_is_brought_up_to_date(opened: Vault, later: ModuleType, tmp_path: Path) -> None:
    later.up = lambda _migrator, database: database.execute_sql("ALTER TABLE person ADD COLUMN nickname TEXT")  # type: ignore[attr-defined]
    register, backup = open_register(), tmp_path / "before.db"
    ladder = Ladder(register, (*REGISTER_STEPS, "m9000_later"))
    ladder.climb(backup=backup)
    assert ladder.pending() == []
    assert not backup.read_bytes().startswith(b"SQLite format 3")
    copy = EncryptedDatabase(backup, bytes.fromhex(register.connect_params["passphrase"][2:-1]))
    copy.open()
    assert [row[1] for row in copy.execute_sql("PRAGMA table_info(person)").fetchall()].count("nickname") == 0
    assert copy.execute_sql("SELECT count(*) FROM audit_entry").fetchone()[0] == audit.head()[0] + 1
    copy.close()


def test_a_step_that_leaves_orphans_is_found(opened: Vault, later: ModuleType) -> None:
    later.up = lambda _migrator, database: database.execute_sql("DELETE FROM person")  # type: ignore[attr-defined]
    with pytest.raises(VaultDamaged):
        Ladder(open_register(), (*REGISTER_STEPS, "m9000_later")).climb()


def test_the_step_that_brought_comparisons_keeps_every_report_and_its_timestamp(small_case: SmallCase, later: ModuleType) -> None:
    from datetime import datetime

    from models import report, report_timestamp
    from models.migrations import m0011_comparisons

    small_case.seal()
    document = report.Document(small_case.assessment, "sv")
    made = report.put(actor=small_case.asa, document=document, pdf=b"%PDF-1.7 one")
    with write_tx():
        report_timestamp.enter(made, ends=datetime(2040, 1, 1))  # noqa: DTZ001 (the vault keeps naive UTC)
    before = (report.documents(small_case.assessment), report_timestamp.ends())
    later.up = m0011_comparisons.up  # type: ignore[attr-defined]
    Ladder(open_register(), (*REGISTER_STEPS, "m9000_later")).climb()
    assert (report.documents(small_case.assessment), report_timestamp.ends()) == before
    (schema,) = open_register().execute_sql("SELECT sql FROM sqlite_master WHERE name = 'report_timestamp'").fetchone()
    assert 'REFERENCES "report" (id)' in schema
