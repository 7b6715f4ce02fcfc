"""The audit chain: whoever changes it is found out, and what must be forgotten can be."""

from __future__ import annotations

from collections.abc import Callable

import peewee
import pytest

from models import audit, certificate
from models.actor import Actor
from models.database import open_register, utc_now, write_tx
from models.errors import ActRefused
from models.vault import Vault

Tamper = Callable[[], None]


def run(*statements: str) -> None:
    """Change the register as one who holds the key would: with the triggers out of the way."""
    register = open_register()
    for name, _ in register.execute_sql("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        register.execute_sql(f"DROP TRIGGER {name}")
    register.execute_sql("PRAGMA foreign_keys = 0")
    for statement in statements:
        register.execute_sql(statement)
    register.execute_sql("PRAGMA foreign_keys = 1")


@pytest.fixture
def chain(asa: Actor, rut: Actor) -> int:
    """Ten entries by two people after those of the vault's making; gives the number of the last."""
    for number in range(10):
        audit.record(actor=(asa, rut)[number % 2], act="test.act", value={"number": number})
    return audit.head()[0]


def test_an_untouched_chain_is_whole(chain: int) -> None:
    report = audit.check_chain()
    assert report.whole
    assert report.entries == chain + 1


def test_entry_zero_holds_the_vault_id(opened: Vault) -> None:
    first = audit.entries(limit=1)[0]
    assert (first.seq, first.value) == (0, b'{"vault":"%s"}' % str(opened.id).encode())


def test_people_stand_in_the_chain_by_reference_only(chain: int) -> None:
    written = b"".join(entry.value or b"" for entry in audit.entries())
    assert b"Rut" not in written
    assert b"example.org" not in written


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("value", "CAST('{\"number\":99}' AS BLOB)"),
        ("act", "'test.other'"),
        ("at", "'2020-01-01 00:00:00'"),
        ("person_id", "(SELECT id FROM person WHERE id <> person_id)"),
        ("nonce", "zeroblob(16)"),
        ("value_digest", "zeroblob(32)"),
        ("digest", "zeroblob(32)"),
        ("signature", "(SELECT signature FROM audit_entry WHERE seq = 6)"),
        ("certificate_id", "(SELECT certificate_id FROM audit_entry WHERE seq = 6)"),
    ],
)
def test_a_changed_entry_is_named(chain: int, column: str, change: str) -> None:
    run(f"UPDATE audit_entry SET {column} = {change} WHERE seq = 5")
    assert 5 in {fault.seq for fault in audit.check_chain().faults}


def test_a_removed_entry_is_named(chain: int) -> None:
    run("DELETE FROM audit_entry WHERE seq = 5")
    assert audit.ChainFault(5, "missing") in audit.check_chain().faults


def test_entries_removed_at_the_end_are_named(chain: int) -> None:
    run(f"DELETE FROM audit_entry WHERE seq >= {chain - 1}")
    assert audit.check_chain().faults == (audit.ChainFault(chain - 1, "missing"), audit.ChainFault(chain, "missing"))


def test_entries_removed_at_the_end_with_the_head_moved_back_miss_a_printed_anchor(chain: int) -> None:
    printed = audit.head()
    run(
        f"DELETE FROM audit_entry WHERE seq = {chain}",
        f"UPDATE audit_head SET seq = {chain - 1}, digest = (SELECT digest FROM audit_entry WHERE seq = {chain - 1})",
    )
    assert audit.check_chain().whole
    assert audit.check_chain([printed]).faults == (audit.ChainFault(chain, "missing"),)


def test_reordered_entries_are_named(chain: int) -> None:
    run(
        "UPDATE audit_entry SET seq = 999 WHERE seq = 5",
        "UPDATE audit_entry SET seq = 5 WHERE seq = 6",
        "UPDATE audit_entry SET seq = 6 WHERE seq = 999",
    )
    assert {5, 6} <= {fault.seq for fault in audit.check_chain().faults}


def test_a_certificate_that_the_organisation_did_not_issue_is_found(chain: int, asa: Actor) -> None:
    alien = certificate.make_root(organisation="Provstiftelsen", key=certificate.new_root_key(), at=utc_now())
    run(f"UPDATE personal_certificate SET pem = '{certificate.pem(alien)}' WHERE person_id = '{asa.person.hex}'")
    assert "certificate" in {fault.kind for fault in audit.check_chain().faults}


def test_an_erased_value_leaves_the_chain_whole(chain: int, asa: Actor) -> None:
    audit.erase(actor=asa, seq=5, reason="asked for by the person concerned")
    assert audit.entries(first=5, limit=1)[0].value is None
    report = audit.check_chain()
    assert (report.whole, report.erased) == (True, 1)


def test_only_an_administrator_erases(chain: int, rut: Actor) -> None:
    with pytest.raises(ActRefused):
        audit.erase(actor=rut, seq=5, reason="no right to")
    assert audit.entries(first=5, limit=1)[0].value is not None


@pytest.mark.parametrize("seq", [0, 999])
def test_the_beginning_and_what_is_not_there_cannot_be_erased(chain: int, asa: Actor, seq: int) -> None:
    with pytest.raises(ActRefused):
        audit.erase(actor=asa, seq=seq, reason="no")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET act = 'x' WHERE seq = 5",
        "UPDATE audit_entry SET value = x'7b7d' WHERE seq = 5",
        "UPDATE audit_entry SET value = NULL WHERE seq = 5",
        "UPDATE audit_entry SET nonce = NULL WHERE seq = 5",
        "UPDATE audit_entry SET value = NULL, nonce = NULL, act = 'x' WHERE seq = 5",
        "DELETE FROM audit_entry WHERE seq = 5",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 5",
        "INSERT INTO audit_entry SELECT seq + 100, at, person_id, certificate_id, act, value, nonce, value_digest, zeroblob(32), signature"
        " FROM audit_entry WHERE seq = 5",
        "UPDATE organisation SET name = 'x'",
        "DELETE FROM personal_certificate",
        "INSERT OR REPLACE INTO personal_certificate SELECT * FROM personal_certificate",
    ],
)
def test_the_database_itself_refuses_to_change_history(chain: int, statement: str) -> None:
    with pytest.raises(peewee.DatabaseError, match=r"insert-only|out of order|constraint"), write_tx():
        open_register().execute_sql(statement)
    assert audit.check_chain().whole


def test_nothing_is_entered_when_the_transaction_fails(chain: int, asa: Actor) -> None:
    def fail() -> None:
        with write_tx():
            audit.record(actor=asa, act="test.act", value={})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert audit.head()[0] == chain


def test_a_person_s_act_needs_the_person(opened: Vault) -> None:
    with pytest.raises(ActRefused):
        audit.record(actor=None, act="assessment.sealed", value={})
