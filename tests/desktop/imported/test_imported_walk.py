"""Another organisation's report, from the verified file to the list, with a real vault and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.digest_words import grouped
from desktop.operations import assessments
from desktop.reports.verdict import verdict_from_json
from desktop.shell.given import Given
from desktop.shell.place import Place
from models import imported
from models.identity import organisation
from tests.desktop.imported.other_vault import PARTNER
from tests.desktop.walking import begin


@pytest.fixture
def walk(foreign, desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


def verify_by(walk, sent, root, **more):
    walk.go(Place("verify", file=sent.report))
    walk.room.judge_by(Given(root=root, **more))
    walk.wait()


def keep(walk, sent):
    verify_by(walk, sent, sent.root)
    walk.press("verify.keep")


def kept(walk):
    return walk.do(assessments.imported_rows)


def test_a_report_is_kept_from_where_it_was_verified(walk, sent, foreign):
    keep(walk, sent)
    assert walk.room.place.room == "keep_report"
    assert "Systerstiftelsen" in walk.said()
    walk.press("keep.keep")
    (card,) = kept(walk)
    assert walk.room.place == Place("imported", assessment=card.id)
    assert walk.find("imported.mark").accessibleName() == "From Systerstiftelsen, read-only"
    assert walk.find("imported.page").text().startswith("Page 1 of")
    assert "The report is kept as an assessment of another organisation." in walk.said_anywhere()


def test_by_keyboard_alone(walk, sent):
    keep(walk, sent)
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(kept(walk)) == 1
    walk.keys(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert walk.find("imported.page").text().startswith("Page 2 of")


def test_by_this_vaults_own_root_nothing_can_be_kept(walk, sent):
    walk.go(Place("verify", file=sent.report))
    assert not walk.has("verify.keep")
    root = sent.root.with_name("own.pem")
    root.write_text(walk.do(organisation).root_pem)
    verify_by(walk, sent, root)
    assert not walk.has("verify.keep")


@pytest.mark.parametrize("revision", ["unsigned", "one"])
def test_one_that_is_not_complete_cannot_be_kept(walk, sent, foreign, revision):
    sent.report.write_bytes(getattr(foreign, revision))
    verify_by(walk, sent, sent.root)
    assert not walk.has("verify.keep")


def test_a_file_that_changed_since_it_was_verified_is_refused(walk, sent, foreign):
    verify_by(walk, sent, sent.root)
    sent.report.write_bytes(foreign.one)
    walk.press("verify.keep")
    assert "not complete" in walk.find("keep.refused").text()
    assert not walk.find("keep.keep").isVisibleTo(walk.room)
    walk.press("keep.back")
    assert walk.room.place.room == "verify"
    assert kept(walk) == ()


def test_it_is_kept_by_all_that_it_was_verified_by(walk, sent_stamped, stamped):
    verify_by(walk, sent_stamped, sent_stamped.root, clocks=(sent_stamped.clock,))
    walk.press("verify.keep")
    root = grouped(stamped.clock_sha256)
    assert root in walk.said()
    walk.press("keep.keep")
    (card,) = kept(walk)
    assert root in walk.said()
    assert any(words.startswith("Caseworker: ") and "\nReviewer: " in words for words in walk.said())
    verdict = verdict_from_json(walk.do(lambda: imported.read(card.id)).verdict)
    assert verdict.clock_roots_sha256 == (stamped.clock_sha256,)


def test_a_revocation_list_that_was_given_is_still_looked_at(walk, sent):
    verify_by(walk, sent, sent.root, lists=(sent.later,))
    assert not walk.has("verify.keep")
    walk.go(Place("keep_report", file=sent.report, given=Given(root=sent.root, lists=(sent.later,))))
    assert "not valid" in walk.find("keep.refused").text()
    assert kept(walk) == ()


def test_it_is_linked_to_the_partner_that_is_here_and_stands_on_its_page(walk, sent):
    partner = walk.register(PARTNER.name)
    keep(walk, sent)
    assert walk.find("keep.partner").key == partner
    walk.press("keep.keep")
    (card,) = kept(walk)
    assert card.partner == partner
    walk.press("imported.partner")
    assert walk.room.place == Place("partner", partner=partner)
    assert "Assessed by other organisations" in walk.said()
    walk.press(f"partner.imported.{card.id}")
    assert walk.room.place == Place("imported", assessment=card.id)


def test_a_partner_page_without_any_says_nothing_of_them(walk):
    walk.go(Place("partner", partner=walk.register()))
    assert "Assessed by other organisations" not in walk.said()


def test_in_the_list_it_opens_as_what_it_is(walk, sent):
    keep(walk, sent)
    walk.press("keep.keep")
    (card,) = kept(walk)
    walk.go(Place("assessments"))
    table = walk.find("assessments.list")
    assert table.model().rowCount() == 1
    table.setFocus()
    walk.keys(Qt.Key.Key_Return)
    assert walk.room.place == Place("imported", assessment=card.id)


def test_nothing_here_offers_to_change_it(walk, sent):
    keep(walk, sent)
    walk.press("keep.keep")
    names = {command.id for command in walk.room.commands()}
    assert names == {f"imported.{one}" for one in ("export", "partner", "previous", "next", "smaller", "larger", "fit")}


def test_the_same_report_again_leads_to_the_one_that_is_kept(walk, sent):
    keep(walk, sent)
    walk.press("keep.keep")
    keep(walk, sent)
    assert "kept already" in walk.find("keep.refused").text()
    assert not walk.find("keep.keep").isVisibleTo(walk.room)
    walk.press("keep.open")
    assert walk.room.place.room == "imported"


def test_its_report_is_exported_as_it_came(walk, sent, foreign, monkeypatch, tmp_path):
    keep(walk, sent)
    walk.press("keep.keep")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "ut.pdf"), ""))
    walk.press("imported.export")
    assert (tmp_path / "ut.pdf").read_bytes() == foreign.both


def test_without_a_file_the_room_says_how_to_begin(walk):
    walk.go(Place("keep_report"))
    assert any("First check the report" in words for words in walk.said())
    walk.press("keep.verify")
    assert walk.room.place.room == "verify"
