"""Whoever hears the window, or drives it by its names, finds every field and button of these rooms."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTableView

from desktop.shell.place import Place


@pytest.fixture
def places(walk, tmp_path):
    """Every room here with something in it."""
    partner = walk.register(former_names=("Old",), website="x.example")
    walk.add_project(partner, amount_minor=1, currency="EUR")
    sealed = walk.start(partner)
    walk.seal(sealed)
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7\nnothing")
    return {
        "partners": Place("partners"),
        "partner": Place("partner", partner=partner),
        "partner_edit": Place("partner_edit", partner=partner),
        "project_edit": Place("project_edit", partner=partner),
        "outside_result": Place("outside_result", partner=partner),
        "assessments": Place("assessments"),
        "new_assessment": Place("new_assessment", partner=partner, assessment=sealed),
        "decision": Place("decision", assessment=sealed),
        "verify": Place("verify", file=file),
    }


def inputs(room):
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView)
    found = [one for kind in kinds for one in room.findChildren(kind) if one.isVisibleTo(room)]
    own = [one for one in found if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(one.parent(), QComboBox)]
    return [one for one in own if not one.objectName().startswith("qt_")]


def test_every_input_has_a_name_and_an_identifier_of_its_own(walk, places):
    nameless, doubled = [], []
    for name, place in places.items():
        room = walk.go(place)
        for add in ("partner.person.add", "partner.account.add", "decision.condition.add"):
            if name in ("partner_edit",) and add.startswith("partner"):
                walk.press(add)
        if name == "decision":
            walk.find("decision.outcome").pick_digit("2")
            walk.press("decision.condition.add")
        found = inputs(room)
        assert found, name
        nameless += [(name, one) for one in found if not one.accessibleName() or not one.accessibleIdentifier()]
        identifiers = [one.accessibleIdentifier() for one in found]
        doubled += [(name, one) for one in identifiers if identifiers.count(one) > 1]
    assert nameless == []
    assert doubled == []


def test_no_sentence_is_cut_off_at_any_text_size(walk, places):
    desk = walk.window.desk
    for size in (100, 200):
        desk.prefer(msgspec.structs.replace(desk.preferences, text_size=size))
        walk.wait()
        cut = []
        for name, place in places.items():
            room = walk.go(place)
            for _ in range(10):  # Qt lays out what is new step by step
                walk.wait()
            for label in room.findChildren(QLabel):
                if label.isVisibleTo(room) and label.wordWrap() and label.text() and label.height() < label.heightForWidth(label.width()):
                    cut.append((size, name, label.text(), label.height(), label.heightForWidth(label.width())))
        assert cut == []
