"""An authority's own revocation lists, a lost card, the root near its end and the help on keys, in the window on a real vault."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from PySide6.QtWidgets import QTextBrowser

from desktop.library.reader import HelpDialog
from desktop.operations import certificates, timestamp_authority
from desktop.shell.place import Place
from models import identity, revocation, signing_choice
from models.brought_key import prove_held
from models.certificates import RootTerm
from models.database import utc_now
from models.signing_choice import Token
from tests.desktop.reports.local_authority import authority_root, revocation_list
from tests.desktop.settings.test_certificates_walk import fill, server, use, walk  # noqa: F401
from tests.desktop.walking import ADA
from tests.models.test_signing_choice import certified_by_itself
from tests.tour.faults import faults


def authority_list(server, where):  # noqa: F811
    path = where / "klocka.crl"
    path.write_bytes(revocation_list(server.root, at=utc_now() - timedelta(days=2), days=30))
    return path


def test_an_authority_s_list_is_given_in_the_window_and_its_age_stands_there(walk, server, tmp_path):  # noqa: F811
    assert not walk.has("settings.authority_list")
    use(walk, server)
    walk.go(Place("settings"))
    stranger = tmp_path / "annan.crl"
    stranger.write_bytes(revocation_list(authority_root(), at=utc_now() - timedelta(days=2)))
    walk.press("settings.authority_list")
    walk.press("authority_list.do")
    assert any("Välj filen" in said or "Choose the file" in said for said in walk.said())
    fill(walk, authority_list__file=str(stranger))
    walk.press("authority_list.do")
    walk.wait()
    assert walk.find("authority_list.file").hasFocus()
    assert walk.do(lambda: timestamp_authority.timestamps().lists) == ()
    fill(walk, authority_list__file=str(authority_list(server, tmp_path)))
    walk.press("authority_list.do")
    walk.wait()
    assert len(walk.do(lambda: timestamp_authority.timestamps().lists)) == 1
    assert any("Klockverket root" in said for said in walk.said())


def test_who_is_no_administrator_sees_the_lists_and_gives_none(walk, server, tmp_path):  # noqa: F811
    use(walk, server)
    path = authority_list(server, tmp_path)
    walk.do(lambda: timestamp_authority.give_lists(actor=walk.ada, path=path))
    walk.window.desk.become(walk.do(lambda: identity.person_card(walk.ruth.person)), walk.ruth)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    assert any("Klockverket root" in said for said in walk.said())
    assert not walk.has("settings.authority_list")


@pytest.mark.parametrize(("language", "scheme", "text_size"), [("sv", "light", 100), ("fr", "dark", 200)])
def test_the_lists_and_their_form_clip_and_cover_nothing(walk, server, tmp_path, language, scheme, text_size):  # noqa: F811
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, language=language, scheme=scheme, text_size=text_size))
    use(walk, server)
    path = authority_list(server, tmp_path)
    walk.do(lambda: timestamp_authority.give_lists(actor=walk.ada, path=path))
    walk.go(Place("settings"))
    assert faults(walk.window) == []
    walk.press("settings.authority_list")
    assert faults(walk.window) == []
    walk.press("authority_list.cancel")
    assert walk.find("settings.authority_list").hasFocus()


@pytest.mark.parametrize(("language", "scheme", "text_size"), [("sv", "light", 100), ("fr", "dark", 200)])
def test_a_lost_card_and_a_root_near_its_end_are_said_where_they_are_mended(walk, monkeypatch, language, scheme, text_size):  # noqa: F811
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, language=language, scheme=scheme, text_size=text_size))

    def lose():
        key = ec.generate_private_key(ec.SECP256R1())
        found = certified_by_itself(key)
        mine = {"actor": walk.ada, "administrator": walk.ada.person, "administrator_passphrase": ADA}
        lost = signing_choice.use_token(token=Token("/usr/lib/card.so", "Adas kort"), found=found, proof=prove_held(found, key), **mine)
        revocation.revoke(
            by=walk.ada, administrator_passphrase=ADA, person=walk.ada.person, certificate_sha256=lost.fingerprint, reason="key_known"
        )

    walk.do(lose)
    monkeypatch.setattr(certificates, "root_term", lambda: RootTerm(utc_now() + timedelta(days=300)))
    walk.go(Place("home"))
    walk.go(Place("settings"))
    assert walk.has("settings.own_key_gone")
    assert "Gedigen" in walk.find("settings.root_term").text()
    assert walk.has("settings.one_administrator")
    assert faults(walk.window) == []
    walk.press("settings.key_vault")
    assert not walk.has("settings.own_key_gone")
    assert walk.do(lambda: certificates.signing_card(person_id=walk.ada.person)).kind == "vault"


def test_what_to_do_when_is_a_press_away_for_everybody(walk):  # noqa: F811
    walk.window.desk.become(walk.do(lambda: identity.person_card(walk.ruth.person)), walk.ruth)
    walk.go(Place("home"))
    walk.go(Place("settings"))
    walk.press("settings.keys_help")
    (dialog,) = walk.window.findChildren(HelpDialog)
    shown = dialog.findChild(QTextBrowser).toPlainText()
    assert "rotcertifikat" in shown or "root certificate" in shown
    assert "**" not in shown
    dialog.accept()
