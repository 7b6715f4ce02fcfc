"""The same import without a window."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from desktop.cli import main
from desktop.operations import timestamp_authority
from desktop.reports.verdict import verdict_from_json
from models import imported, partner, timestamp_setting, vault
from models.actor import Actor
from models.cards import PartnerDraft
from models.timestamp_setting import AuthoritySetting
from tests.desktop.imported.conftest import Sent, Stamped
from tests.desktop.imported.other_vault import PARTNER, Foreign
from tests.models.conftest import ASA


@pytest.fixture
def here(foreign: Foreign, asa: Actor) -> Actor:
    return asa


@pytest.fixture
def imports(here: Actor, opened: vault.Vault, sent: Sent, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Run the command on the vault, which is closed meanwhile, and open it again."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: ASA)
    again: list[vault.Vault] = []

    def run(*more: str) -> int:
        (again[-1] if again else opened).close()
        code = main(["--language", "en", "import", str(sent.report), "--vault", str(opened.folder), "--root", str(sent.root), *more])
        again.append(vault.open_vault(folder=opened.folder, passphrase=ASA, use_keyring=False))
        return code

    yield run
    if again:
        again[-1].close()


def test_a_report_is_kept_for_a_new_partner_and_said_as_json(imports, capsys: pytest.CaptureFixture[str]) -> None:
    assert imports() == 0
    told = json.loads(capsys.readouterr().out)
    (card,) = imported.cards()
    assert (told["imported"], told["partner"], told["organisation"]) == (str(card.id), str(card.partner), "Systerstiftelsen")
    assert card.partner_name == PARTNER.name


def test_the_partner_that_is_named_is_the_one_it_is_linked_to(imports, here: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    own = partner.register(actor=here, draft=PartnerDraft("Vår partner (påhittad)", "SE"))
    assert imports("--partner", "Någon annan") == 2
    assert "No partner in this vault is Någon annan" in capsys.readouterr().err
    assert imported.cards() == ()
    assert imports("--partner", "vår partner (påhittad)") == 0
    assert [card.partner for card in imported.cards()] == [own]


def test_several_likely_partners_must_be_told_apart(imports, here: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        partner.register(actor=here, draft=PartnerDraft(PARTNER.name, "SE"))
    assert imports() == 2
    assert "Several partners" in capsys.readouterr().err
    assert imported.cards() == ()


def test_what_is_not_valid_is_not_kept(imports, sent: Sent, foreign: Foreign, capsys: pytest.CaptureFixture[str]) -> None:
    sent.report.write_bytes(foreign.one)
    assert imports() == 1
    assert "not complete" in capsys.readouterr().err
    assert imported.cards() == ()


def test_a_revocation_list_that_was_given_stands_in_the_way(imports, sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    assert imports("--crl", str(sent.later)) == 1
    assert "not valid" in capsys.readouterr().err
    assert imported.cards() == ()


@pytest.mark.parametrize("given", ["--crl", "--tsa-root"])
def test_what_was_given_and_is_not_that_is_said(imports, sent: Sent, capsys: pytest.CaptureFixture[str], given: str) -> None:
    assert imports(given, str(sent.report)) == 66
    assert "Nothing was verified" in capsys.readouterr().err
    assert imports(given, str(sent.report.with_name("none"))) == 66
    assert "could not be opened" in capsys.readouterr().err
    assert imported.cards() == ()


def test_timestamps_count_by_the_root_that_was_given(imports, sent_stamped: Sent, stamped: Stamped) -> None:
    assert imports("--tsa-root", str(sent_stamped.clock)) == 0
    (card,) = imported.cards()
    verdict = verdict_from_json(imported.read(card.id).verdict)
    assert verdict.clock_roots_sha256 == (stamped.clock_sha256,)
    assert all(signature.proven_at for signature in verdict.signatures)


def test_the_authorities_of_the_vault_and_their_lists_count_without_being_given(
    imports, here: Actor, sent_stamped: Sent, stamped: Stamped, capsys: pytest.CaptureFixture[str]
) -> None:
    setting = AuthoritySetting("https://tid.example.org/", (stamped.clock_pem.decode(),))
    timestamp_setting.put(actor=here, setting=setting)
    sent_stamped.later.write_bytes(stamped.withdrawing)
    timestamp_authority.give_lists(actor=here, path=sent_stamped.later)
    assert imports() == 1
    assert "not complete" in capsys.readouterr().err
    assert imported.cards() == ()
