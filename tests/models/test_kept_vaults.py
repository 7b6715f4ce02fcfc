"""A vault of each released schema opens in today's program and says what it said when it was made."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from forms.answers import Answer
from models import actor, audit, case_list, casefile, certificates, evidence, revocation, seal, sealing, vault
from models.cards import AssessmentFile
from models.database import open_register
from models.vault import Vault
from models.wrapping import Cost
from tests.models.conftest import ASA, RUT, SmallCase
from tests.models.kept_vaults import DOCUMENT, KEPT

VERSIONS = sorted(path.stem for path in KEPT.glob("*.zip"))


@pytest.fixture(params=VERSIONS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vault]:
    with zipfile.ZipFile(KEPT / f"{request.param}.zip") as packed:
        packed.extractall(tmp_path)
    with vault.open_vault(folder=tmp_path / "Provvalv.gedigen", passphrase=ASA, use_keyring=False) as opened:
        yield opened


def files() -> tuple[AssessmentFile, AssessmentFile]:
    """Give the decided assessment and its renewal."""
    decided, renewal = sorted(case_list.cards(), key=lambda card: card.case_number)
    return casefile.read(decided.id), casefile.read(renewal.id)


def schema() -> dict[str, str]:
    rows = open_register().execute_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows}


def test_a_vault_of_every_released_schema_is_kept() -> None:
    assert "0.1.0" in VERSIONS


def test_a_kept_vault_opens_undamaged_and_its_trail_is_whole(kept: Vault) -> None:
    assert kept.damaged_files() == ()
    assert audit.check_chain().whole
    assert {card.name for card in vault.person.people()} == {"Åsa Ek", "Rut Al"}


def test_the_seal_of_a_kept_vault_scores_again_to_the_same_bytes(kept: Vault) -> None:
    decided, _ = files()
    assert decided.seal is not None
    assert sealing.faults(decided.card.id) == ()
    assert hashlib.sha256(decided.seal.record).hexdigest() == decided.seal.sha256
    assert decided.result.to_bytes() == seal.result_bytes(decided.card.id)
    organisation = decided.result.subject("organisation")
    assert organisation is not None
    assert (decided.card.state, organisation.score.percent, organisation.score.band) == ("decided", Fraction(250, 3), "strong")


def test_evidence_and_answers_of_a_kept_vault_are_all_there(kept: Vault) -> None:
    decided, renewal = files()
    assert [evidence.file_bytes(card.id) for card in decided.evidence] == [DOCUMENT]
    assert renewal.earlier is not None
    assert renewal.earlier.answers == decided.answers
    assert renewal.answers.of("three-questions", "governance.board.meetings") == Answer("answered", 4, "seen")


def test_work_goes_on_in_a_kept_vault(kept: Vault) -> None:
    _, renewal = files()
    asa, rut = (
        actor.unlock(person=card.id, passphrase=ASA if card.name == "Åsa Ek" else RUT)
        for card in sorted(vault.person.people(), key=lambda card: card.name, reverse=True)
    )
    case = SmallCase(asa, rut, renewal.partner.id, renewal.card.id, renewal.template)
    case.seal()
    assert sealing.faults(renewal.card.id) == ()
    assert audit.check_chain().whole


def test_a_kept_vault_from_before_there_were_lists_gets_one_with_the_first_act_that_has_the_root_key(kept: Vault) -> None:
    before = revocation.latest()
    (asa,) = [card for card in vault.person.people() if card.name == "Åsa Ek"]
    assert {card.state for card in certificates.everybodys()} == {"in_use"}
    unlocked = actor.unlock(person=asa.id, passphrase=ASA)
    vault.person.renew_certificate(by=unlocked, administrator_passphrase=ASA, person=asa.id)
    made = revocation.latest()
    assert made is not None
    assert (made.number, made.revoked) == (1 if before is None else before.number + 1, 0)


def test_a_kept_vault_has_the_schema_of_a_new_one(kept: Vault, tmp_path: Path, cost: Cost) -> None:
    brought_up = schema()
    kept.close()
    with vault.create(
        folder=tmp_path / "Nytt.gedigen", organisation="Provstiftelsen", person_name="Åsa Ek", passphrase=ASA, use_keyring=False, cost=cost
    ):
        assert brought_up == schema()
