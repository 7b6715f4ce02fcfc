"""How strong a new passphrase is said to be."""

from __future__ import annotations

import pytest

from desktop.language import language
from desktop.start.strength import GOOD, strength, vault_folder_name
from models.errors import PassphraseRefused
from models.wrapping import SHORTEST_PASSPHRASE, check_new_passphrase


def test_nothing_is_said_before_anything_is_typed():
    assert strength("", language("en")) is None
    assert strength("   ", language("en")) is None


@pytest.mark.parametrize("length", [1, SHORTEST_PASSPHRASE - 1])
def test_what_the_vault_refuses_is_said_not_to_be_enough(length):
    judged = strength("x" * length, language("en"))
    assert not judged.enough
    with pytest.raises(PassphraseRefused):
        check_new_passphrase("x" * length)


@pytest.mark.parametrize("length", [SHORTEST_PASSPHRASE, GOOD, 200])
def test_what_is_said_to_be_enough_the_vault_takes(length):
    assert strength("x" * length, language("en")).enough
    check_new_passphrase("x" * length)


def test_a_long_one_is_said_to_be_good():
    assert strength("x" * (GOOD - 1), language("en")).mark.tone == "moderate"
    assert strength("x" * GOOD, language("en")).mark.tone == "low"


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ("Solbacken", "Solbacken.gedigen"),
        ("A/B: C?", "A B C.gedigen"),
        ("  ", "Vault.gedigen"),
        ("...", "Vault.gedigen"),
        ("Åsa\tÖ", "Åsa Ö.gedigen"),
        ("x" * 100, "x" * 60 + ".gedigen"),
    ],
)
def test_a_vault_is_named_after_the_organisation_without_what_file_systems_refuse(organisation, name):
    assert vault_folder_name(organisation) == name
