"""Comparing a partner over the years in the window, on a real vault."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations import assessments, comparing
from desktop.partners.comparison_state import document_state
from desktop.shell.place import Place


@pytest.fixture
def choose(monkeypatch, tmp_path):
    """Answer the file dialog, which the platform draws, with a place in an empty folder."""
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _parent, _title, suggested, _filter: (str(tmp_path / "out" / suggested.rpartition("/")[2]), ""),
    )
    return tmp_path / "out"


def sealed(walk, partner, year, previous=None):
    kind = {"kind": "renewal", "previous": previous} if previous is not None else {}
    assessment = walk.start(partner, as_of=date(year, 3, 9), **kind)
    walk.seal(assessment)
    return assessment


@pytest.fixture
def three(walk):
    """A partner with three sealed assessments."""
    partner = walk.register()
    first = sealed(walk, partner, 2026)
    second = sealed(walk, partner, 2027, first)
    return partner, (first, second, sealed(walk, partner, 2029, second))


def read(walk, qtbot):
    walk.wait()
    qtbot.waitUntil(lambda: walk.room._reading.pages > 0, timeout=30_000)
    walk.wait()


def go(walk, qtbot, partner):
    walk.go(Place("comparison", partner=partner))
    read(walk, qtbot)


def registered(walk, assessment):
    documents = walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).documents
    return [(one.kind, one.part, one.language, one.signed_as) for one in documents]


def primary(walk):
    shown = [walk.find(name) for name in ("comparison.export", "comparison.sign")]
    return [one.accessibleIdentifier() for one in shown if one.isVisible() and one.property("kind") == "primary"]


def test_it_is_reached_by_a_key_from_the_partners_page_and_left_again(walk, qtbot, three):
    partner, _ = three
    walk.go(Place("partner", partner=partner))
    walk.keys(Qt.Key.Key_C)
    read(walk, qtbot)
    assert walk.room.place == Place("comparison", partner=partner)
    assert [walk.find(f"comparison.of.{place}").isChecked() for place in range(3)] == [True, True, True]
    assert "Comparison: Källvattnets vänner (påhittad)" in walk.said()
    walk.press("comparison.back")
    assert walk.room.place == Place("partner", partner=partner)


def test_with_too_few_it_says_what_it_takes(walk):
    partner = walk.register()
    walk.go(Place("partner", partner=partner))
    assert not walk.find("partner.compare").isVisibleTo(walk.room)
    assessment = walk.start(partner)
    walk.go(Place("partner", partner=partner))
    walk.press("partner.compare")
    assert "It takes two sealed assessments to compare. None of Källvattnets vänner (påhittad) is sealed yet." in walk.said()
    assert "Not sealed, so not compared: 2026-001." in walk.said()
    walk.seal(assessment)
    walk.go(Place("partner", partner=partner))
    walk.press("partner.compare")
    assert "It takes two sealed assessments to compare. Only 2026-001 is sealed yet." in walk.said()
    assert not walk.find("comparison.export").isEnabled()
    assert not walk.find("comparison.sign").isVisibleTo(walk.room)


def test_it_is_made_signed_and_exported(walk, qtbot, three, choose):
    partner, (_, _, last) = three
    go(walk, qtbot, partner)
    assert primary(walk) == ["comparison.sign"]
    walk.press("comparison.sign")
    read(walk, qtbot)
    assert "Made and signed." in walk.said()
    assert registered(walk, last) == [("comparison", 3, "en", "Caseworker")]
    assert primary(walk) == ["comparison.export"]
    assert any("Revision 1, signed by" in words for words in walk.said())
    walk.press("comparison.export")
    walk.wait()
    (written,) = choose.iterdir()
    assert written.name.endswith("-comparison-2026-2029-en.pdf")
    assert registered(walk, last) == [("comparison", 3, "en", "Caseworker")]


def test_exported_before_it_is_signed_it_is_registered_unsigned_and_can_be_signed_then(walk, qtbot, three, choose):
    partner, (_, _, last) = three
    go(walk, qtbot, partner)
    walk.press("comparison.archive")
    read(walk, qtbot)
    walk.press("comparison.export")
    read(walk, qtbot)
    (written,) = choose.iterdir()
    assert written.name.endswith("-en-pdfa-2a.pdf")
    assert registered(walk, last) == [("comparison", 2, "en", "")]
    walk.press("comparison.sign")
    read(walk, qtbot)
    assert registered(walk, last) == [("comparison", 2, "en", ""), ("comparison", 2, "en", "Caseworker")]


def test_what_is_ticked_is_what_is_compared(walk, qtbot, three):
    partner, (first, second, last) = three
    go(walk, qtbot, partner)
    box = walk.find("comparison.of.1")
    box.setFocus()
    walk.keys(Qt.Key.Key_Space)
    read(walk, qtbot)
    assert walk.room._read.ids == (first, last)
    assert walk.window.focusWidget() is box
    walk.find("comparison.of.0").setChecked(False)
    walk.wait()
    assert "Choose at least two assessments to compare." in walk.said()
    assert not walk.find("comparison.export").isEnabled()
    box.setChecked(True)
    read(walk, qtbot)
    assert walk.room._read.ids == (second, last)


def test_a_language_is_chosen_and_what_was_made_in_it_is_found_again(walk, qtbot, three):
    partner, _ = three
    walk.do(lambda: comparing.make_comparison(actor=walk.ada, partner_id=partner, language_code="sv"))
    go(walk, qtbot, partner)
    assert walk.room._state.report is None
    walk.find("comparison.language.sv").setFocus()
    walk.keys(Qt.Key.Key_Space)
    read(walk, qtbot)
    assert walk.room._state.report is not None
    assert walk.window.focusWidget().accessibleIdentifier() == "comparison.language.sv"


def test_pages_are_turned_and_made_larger_by_the_keyboard(walk, qtbot, three):
    partner, _ = three
    go(walk, qtbot, partner)
    assert walk.find("comparison.page").text().startswith("Page 1 of ")
    walk.press("comparison.next")
    assert walk.find("comparison.page").text().startswith("Page 2 of ")
    names = {one.id for one in walk.room.commands() if one.enabled}
    assert {"comparison.export", "comparison.sign", "comparison.back", "comparison.larger"} <= names


def test_who_did_not_make_the_newest_assessment_reads_and_is_told_who_signs(walk, qtbot, three):
    partner, _ = three
    go(walk, qtbot, partner)
    state = document_state(walk.room._read.ones, walk.window.desk.language, wanted="en", person=walk.ruth.person)
    assert (state.can_sign, state.can_export) == (False, True)
    assert "signs it; unsigned it can be exported" in state.said
