"""Reading, exporting and checking a report in the window, on a real vault."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations import assessments, signing
from desktop.shell.place import Place


@pytest.fixture
def sealed(walk):
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    walk.do(lambda: signing.sign_report(actor=walk.ada, assessment_id=assessment, language_code="en"))
    return assessment


@pytest.fixture
def choose(monkeypatch, tmp_path):
    """Answer the file dialog, which the platform draws, with a place in an empty folder."""
    asked = []

    def answer(_parent, _title, suggested, _filter):
        asked.append(suggested)
        return str(tmp_path / "out" / suggested.rpartition("/")[2]), ""

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


def reports(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).reports


def read(walk, qtbot):
    qtbot.waitUntil(lambda: walk.room._reading.pages > 0)


def test_a_draft_is_laid_out_and_cannot_be_exported(walk, qtbot):
    assessment = walk.start(walk.register())
    walk.go(Place("report", assessment=assessment))
    read(walk, qtbot)
    assert not walk.find("report.export").isEnabled()
    assert walk.find("report.page").text().startswith("Page 1 of ")


def test_a_sealed_report_is_the_registered_one_byte_for_byte(walk, qtbot, sealed, choose, tmp_path):
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    walk.press("report.export")
    walk.wait()
    (written,) = (tmp_path / "out").iterdir()
    assert hashlib.sha256(written.read_bytes()).hexdigest() == reports(walk, sealed)[-1].sha256
    assert written.name.endswith("-en.pdf")
    assert "Exported as" in walk.find("report.said").text()


def test_verify_asks_for_the_file_that_others_get_and_then_goes_there(walk, qtbot, sealed, choose):
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    walk.press("report.verify")
    assert "Export the report first" in walk.find("report.said").text()
    walk.press("report.export")
    walk.wait()
    walk.press("report.verify")
    assert walk.window.house._journey.here.room == "verify"
    assert walk.window.house._journey.here.file is not None


def test_an_export_that_cannot_be_written_says_so_in_place(walk, qtbot, sealed, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "nowhere" / "x.pdf"), ""))
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    walk.press("report.export")
    walk.wait()
    assert "could not be written" in walk.find("report.said").text()


def test_the_root_certificate_is_exported(walk, qtbot, sealed, choose, tmp_path):
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    walk.press("report.root")
    assert (tmp_path / "out" / "gedigen-root.pem").read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_another_language_shows_what_it_will_be(walk, qtbot, sealed):
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    walk.press("report.language.sv")
    read(walk, qtbot)
    assert not walk.find("report.export").isEnabled()


def test_pages_turn_by_keyboard(walk, qtbot, sealed):
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    walk.keys(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: walk.find("report.page").text().startswith("Page 2 of "))


def test_the_pages_have_all_the_height_that_is_left_and_the_room_needs_no_scrolling(walk, qtbot, sealed):
    walk.window.resize(1280, 800)
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    for kind in ("full", "board", "partner"):
        walk.press(f"report.kind.{kind}")
        read(walk, qtbot)
        area = walk.room._page.page.area
        assert area.verticalScrollBar().maximum() == 0
        below = walk.window.height() - walk.room._reading.mapTo(walk.window, walk.room._reading.rect().bottomLeft()).y()
        assert below <= 24


def test_the_tools_above_the_pages_say_what_they_do(walk, qtbot, sealed):
    walk.go(Place("report", assessment=sealed))
    read(walk, qtbot)
    names = [walk.find(f"report.{one}").accessibleName() for one in ("previous", "next", "smaller", "larger", "fit")]
    assert names == ["Previous page", "Next page", "Smaller", "Larger", "Fit the width"]
    walk.press("report.next")
    qtbot.waitUntil(lambda: walk.find("report.page").text().startswith("Page 2 of "))
