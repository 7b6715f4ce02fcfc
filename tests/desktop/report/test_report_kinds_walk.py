"""Choosing, signing and handing out every kind of document in the window, on a real vault."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations import assessments
from desktop.shell.place import Place
from models import audit


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


@pytest.fixture
def open_case(walk):
    return walk.start(walk.register())


@pytest.fixture
def sealed(walk, open_case):
    walk.seal(open_case)
    return open_case


def go(walk, qtbot, assessment):
    walk.go(Place("report", assessment=assessment))
    read(walk, qtbot)


def read(walk, qtbot):
    walk.wait()
    qtbot.waitUntil(lambda: walk.room._reading.pages > 0)
    walk.wait()


def pick(walk, qtbot, name):
    walk.press(name)
    read(walk, qtbot)


def documents(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).documents


def last_act(walk):
    entry = walk.do(lambda: audit.entries(first=audit.head()[0])[0])
    return entry.act, json.loads(entry.value)


def primary(walk):
    """The acts that are shown as the one to do next."""
    shown = [walk.find(name) for name in ("report.export", "report.sign", "report.verify", "report.root")]
    return [one.accessibleIdentifier() for one in shown if one.isVisible() and one.property("kind") == "primary"]


def test_each_kind_can_be_read_before_sealing_and_only_draft_findings_leave(walk, qtbot, open_case):
    go(walk, qtbot, open_case)
    for kind, exports in (("board", False), ("partner", True), ("public", False), ("full", False)):
        pick(walk, qtbot, f"report.kind.{kind}")
        assert walk.find("report.export").isEnabled() == exports, kind
        assert not walk.find("report.sign").isEnabled()


def test_the_board_page_is_one_page_signed_and_exported_here(walk, qtbot, sealed, choose):
    go(walk, qtbot, sealed)
    pick(walk, qtbot, "report.kind.board")
    assert walk.find("report.page").text() == "Page 1 of 1"
    assert not walk.find("report.export").isEnabled()
    assert primary(walk) == ["report.sign"]
    pick(walk, qtbot, "report.sign")
    assert primary(walk) == ["report.export"]
    assert [(one.kind, one.signed_as) for one in documents(walk, sealed)] == [("board_page", ""), ("board_page", "Caseworker")]
    assert not walk.find("report.sign").isEnabled()
    walk.press("report.export")
    walk.wait()
    (written,) = choose.iterdir()
    assert written.name.endswith("-board-page-en.pdf")


def test_draft_findings_are_exported_as_shown_and_it_is_kept_who_did_it(walk, qtbot, open_case, choose):
    go(walk, qtbot, open_case)
    pick(walk, qtbot, "report.kind.partner")
    pick(walk, qtbot, "report.show.comments")
    walk.type("report.reply_by", "2026-05-04")
    walk.keys(Qt.Key.Key_Tab)
    read(walk, qtbot)
    assert walk.room._state.chosen.reply_by == date(2026, 5, 4)
    shown = walk.room._pdf
    walk.press("report.export")
    walk.wait()
    (written,) = choose.iterdir()
    assert written.read_bytes() == shown
    act, value = last_act(walk)
    assert (act, value["kind"]) == ("report.exported", "partner_draft")


def test_a_feedback_with_other_ticks_is_another_document(walk, qtbot, sealed, choose):
    go(walk, qtbot, sealed)
    pick(walk, qtbot, "report.kind.partner")
    pick(walk, qtbot, "report.sign")
    assert walk.find("report.export").isEnabled()
    pick(walk, qtbot, "report.show.judged")
    assert not walk.find("report.export").isEnabled()
    pick(walk, qtbot, "report.sign")
    assert [one.revision for one in documents(walk, sealed)] == [0, 1, 2, 3]
    pick(walk, qtbot, "report.show.judged")
    assert walk.room._state.report == documents(walk, sealed)[1].id
    walk.press("report.export")
    walk.wait()
    assert last_act(walk)[1]["kind"] == "partner_feedback"


def test_a_public_record_is_exported_only_after_its_warning_is_confirmed(walk, qtbot, sealed, choose):
    go(walk, qtbot, sealed)
    pick(walk, qtbot, "report.kind.public")
    pick(walk, qtbot, "report.sign")
    walk.press("report.export")
    assert not walk.find("report.public.confirm").isEnabled()
    walk.press("report.public.cancel")
    walk.wait()
    assert list(choose.iterdir()) == []
    walk.press("report.export")
    walk.press("report.public.read")
    walk.press("report.public.confirm")
    walk.wait()
    (written,) = choose.iterdir()
    assert written.name.endswith("-public-record-en.pdf")
    assert last_act(walk)[1]["languages"] == ["en"]


def test_the_form_for_archives_is_a_document_of_its_own(walk, qtbot, sealed, choose):
    go(walk, qtbot, sealed)
    pick(walk, qtbot, "report.archive")
    pick(walk, qtbot, "report.sign")
    assert [(one.kind, one.part, one.signed_as) for one in documents(walk, sealed)] == [
        ("full_report", 2, ""),
        ("full_report", 2, "Caseworker"),
    ]
    assert walk.find("report.export").isEnabled()
    pick(walk, qtbot, "report.archive")
    assert not walk.find("report.export").isEnabled()


def test_every_kind_is_reached_by_name(walk, qtbot, sealed):
    go(walk, qtbot, sealed)
    commands = {one.id: one for one in walk.room.commands()}
    assert {"report.kind.full", "report.kind.board", "report.kind.partner", "report.kind.public", "report.sign"} <= set(commands)
    commands["report.kind.board"].run()
    read(walk, qtbot)
    assert walk.find("report.page").text() == "Page 1 of 1"


def test_another_case_begins_with_the_full_report_and_nothing_ticked(walk, qtbot, open_case):
    go(walk, qtbot, open_case)
    pick(walk, qtbot, "report.kind.partner")
    pick(walk, qtbot, "report.show.risks")
    other = walk.start(walk.register("Ängens vänner (påhittad)"))
    go(walk, qtbot, other)
    assert walk.room._state.kind == "full"
    assert not walk.find("report.show.risks").isChecked()
