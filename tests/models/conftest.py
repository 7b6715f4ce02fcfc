"""A real encrypted vault for each test, with cheap key derivation and without the computer's keyring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import actor, person, vault
from models.actor import Actor
from models.wrapping import Cost

ASA, RUT = "åsas egna ord", "ruts egna ord"


@pytest.fixture
def cost() -> Cost:
    return Cost(iterations=1, memory_kib=32, lanes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Provvalv.gedigen"


@pytest.fixture
def opened(folder: Path, cost: Cost) -> Iterator[vault.Vault]:
    """The vault of Provstiftelsen (invented), opened by its administrator and caseworker Åsa."""
    made = vault.create(folder=folder, organisation="Provstiftelsen", person_name="Åsa Ek", passphrase=ASA, use_keyring=False, cost=cost)
    with made:
        yield made


@pytest.fixture
def asa(opened: vault.Vault) -> Actor:
    assert opened.opened_by is not None
    return actor.unlock(person=opened.opened_by, passphrase=ASA)


@pytest.fixture
def rut(asa: Actor, cost: Cost) -> Actor:
    card = person.add_person(
        by=asa, administrator_passphrase=ASA, name="Rut Al", email="rut@example.org", roles={"reviewer"}, passphrase=RUT, cost=cost
    )
    return actor.unlock(person=card.id, passphrase=RUT)
