"""Writing documents of several cases in the window: by the keyboard, stopped and begun again, and read afterwards."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.operations import reporting, signing
from desktop.shell.leaving import StoppingQuestion
from desktop.shell.place import Place
from desktop.widgets.passphrase_dialog import PassphraseDialog
from models import audit, identity, report
from models.document_kind import FULL_REPORT
from models.report import Document
from tests.desktop.walking import ADA

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def shown(kind):
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def press(dialog, name):
    next(one for one in dialog.findChildren(object) if getattr(one, "accessibleIdentifier", str)() == name).click()
    QApplication.processEvents()


def tick(walk, name, on=True):
    box = walk.find(name)
    if box.isChecked() != on:
        box.setFocus()
        walk.keys(Qt.Key.Key_Space)
    assert box.isChecked() == on


def choose(walk, out, *, unsigned=True, cases):
    """Go to the room with these cases, and say where and what."""
    walk.go(Place("documents", assessments=tuple(cases)))
    tick(walk, "documents.unsigned", unsigned)
    walk.type("documents.folder", str(out))
    walk.keys(Qt.Key.Key_Tab)


def ended(walk, qtbot):
    qtbot.waitUntil(lambda: walk.window.desk.errand is not None and not walk.window.desk.errand.is_running, timeout=60_000)
    walk.wait()


def write(walk, qtbot):
    walk.keys(Qt.Key.Key_Return, CTRL)
    ended(walk, qtbot)


def files(out):
    return sorted(one.name for one in out.iterdir())


def summary(walk):
    return walk.find("documents.summary").text()


def marks(walk):
    return [(line.case_number, line.mark.word) for line in walk.find("documents.list").shown]


def test_the_room_without_cases_leads_to_the_list(walk):
    walk.go(Place("documents"))
    walk.press("documents.go_list")
    assert walk.room.place.room == "assessments"


def test_what_is_signed_is_written_as_it_is_and_the_rest_is_left_out_with_the_reason(walk, qtbot, cases, out):
    walk.do(lambda: signing.sign_report(actor=walk.ada, assessment_id=cases[0], language_code="en"))
    choose(walk, out, unsigned=False, cases=cases)
    assert marks(walk) == [("2026-001", "Signed in part"), ("2026-002", "Left out"), ("2026-003", "Left out")]
    before = walk.do(audit.head)
    write(walk, qtbot)
    (newest,) = [one for one in walk.do(report.newest) if one.document.assessment == cases[0]]
    (name,) = files(out)
    assert name == "2026-001-Bright-Wells-invented-en.pdf"
    assert (out / name).read_bytes() == walk.do(lambda: report.pdf_bytes(newest.card.id))
    assert walk.do(audit.head) == before
    assert summary(walk) == "1 document is in the folder. 2 are left out; the list says why."
    assert marks(walk) == [("2026-002", "Left out"), ("2026-003", "Left out"), ("2026-001", "Written")]


def test_what_nobody_has_signed_is_made_when_it_is_wanted_in_every_language_that_is_ticked(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    tick(walk, "documents.language.sv")
    assert walk.find("documents.status").text() == "4 documents will be written."
    write(walk, qtbot)
    assert [name[:8] + name[-6:] for name in files(out)] == ["2026-001en.pdf", "2026-001sv.pdf", "2026-002en.pdf", "2026-002sv.pdf"]
    for one in cases[:2]:
        for code in ("en", "sv"):
            (card,) = walk.do(lambda one=one, code=code: report.chain_of(Document(one, code, FULL_REPORT)))
            assert (card.signed_as, card.signed_by) == ("", "Ada")
    acts = [entry.act for entry in walk.do(lambda: audit.entries(first=audit.head()[0] - 3))]
    assert acts == ["report.made"] * 4


def test_writing_again_leaves_what_is_the_same_and_asks_about_the_rest(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    write(walk, qtbot)
    first, second = (out / name for name in files(out))
    kept = first.read_bytes()
    second.write_bytes(b"something else")
    walk.press("documents.again")
    walk.keys(Qt.Key.Key_Return, CTRL)
    dialog = shown(QDialog)
    assert second.name in next(one.text() for one in dialog.findChildren(object) if _named(one, "documents.taken.names"))
    press(dialog, "documents.taken.go")
    ended(walk, qtbot)
    assert second.read_bytes() == b"something else"
    assert marks(walk) == [("2026-002", "Left out"), ("2026-001", "There already")]
    for way, found in (("beside", {first.name, second.name, f"{second.stem} (2).pdf"}), ("replace", None)):
        walk.press("documents.again")
        walk.keys(Qt.Key.Key_Return, CTRL)
        press(shown(QDialog), f"documents.taken.{way}")
        press(shown(QDialog), "documents.taken.go")
        ended(walk, qtbot)
        if found:
            assert set(files(out)) == found
            assert second.read_bytes() == b"something else"
    assert second.read_bytes() == (out / f"{second.stem} (2).pdf").read_bytes()
    assert first.read_bytes() == kept


def _named(one, name):
    return getattr(one, "accessibleIdentifier", str)() == name


def test_not_yet_writes_nothing_and_lets_one_choose_on(walk, cases, out):
    (out / "2026-001-Bright-Wells-invented-en.pdf").write_bytes(b"mine")
    choose(walk, out, cases=cases[:2])
    walk.keys(Qt.Key.Key_Return, CTRL)
    press(shown(QDialog), "documents.taken.cancel")
    walk.wait()
    assert [one.read_bytes() for one in out.iterdir()] == [b"mine"]
    assert walk.find("documents.write").isEnabled()


def test_a_public_record_is_written_only_after_its_warning_and_stands_in_the_audit_trail(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    tick(walk, "documents.kind.full", on=False)
    tick(walk, "documents.kind.public")
    walk.keys(Qt.Key.Key_Return, CTRL)
    warning = shown(QDialog)
    press(warning, "report.public.cancel")
    walk.wait()
    assert files(out) == []
    walk.keys(Qt.Key.Key_Return, CTRL)
    warning = shown(QDialog)
    press(warning, "report.public.read")
    press(warning, "report.public.confirm")
    ended(walk, qtbot)
    assert len(files(out)) == 2
    entries = walk.do(lambda: audit.entries(first=audit.head()[0] - 3))
    assert [entry.act for entry in entries] == ["report.made", "report.exported"] * 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Choose the folder that the files are written to."),
        ("here", "Choose the folder that the files are written to."),
        ("{tmp}/nowhere", "Nothing can be written to this folder: it is not there. Choose another one."),
        ("{tmp}/Solbacken.gedigen", "This folder lies inside a vault. Nothing was written; choose another folder."),
    ],
)
def test_a_folder_that_cannot_be_used_is_said_at_its_field(walk, cases, tmp_path, given, said):
    choose(walk, given.format(tmp=tmp_path), cases=cases[:2])
    walk.keys(Qt.Key.Key_Return, CTRL)
    assert said in walk.said()
    assert walk.window.focusWidget() is walk.find("documents.folder")
    assert walk.window.desk.errand is None


def begin_and_hold(walk, qtbot):
    """Begin, and come back when the first document is worked on."""
    QTest.keyClick(walk.window.focusWidget() or walk.window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: walk.window.desk.errand is not None and walk.window.desk.errand.run.present is not None, timeout=30_000)
    return walk.window.desk.errand


def test_stopping_ends_after_the_present_document_and_says_what_was_not_begun(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    errand = begin_and_hold(walk, qtbot)
    walk.keys(Qt.Key.Key_Escape)
    ended(walk, qtbot)
    assert errand.run.ended == "stopped"
    assert files(out) == ["2026-001-Bright-Wells-invented-en.pdf"]
    assert "1 was not begun." in summary(walk)
    assert marks(walk) == [("2026-002", "Not begun"), ("2026-001", "Written")]
    walk.press("documents.again")
    walk.keys(Qt.Key.Key_Return, CTRL)
    press(shown(QDialog), "documents.taken.go")
    ended(walk, qtbot)
    assert len(files(out)) == 2


def test_a_folder_that_vanishes_ends_it_and_leaves_nothing_half_written(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    errand = begin_and_hold(walk, qtbot)
    out.rmdir()
    ended(walk, qtbot)
    assert errand.run.ended == "refused"
    assert not out.exists()
    assert "it is not there" in summary(walk)
    assert "1 was not begun." in summary(walk)


def test_a_full_disk_ends_it_and_leaves_nothing_half_written(walk, qtbot, cases, out, monkeypatch):
    choose(walk, out, cases=cases[:2])
    errand = begin_and_hold(walk, qtbot)
    whole = os.fsync

    def full(handle):
        if Path(f"/proc/self/fd/{handle}").readlink().parent == out:
            raise OSError(errno.ENOSPC, "no space")
        whole(handle)

    monkeypatch.setattr(os, "fsync", full)
    ended(walk, qtbot)
    assert errand.run.ended == "refused"
    assert files(out) == []
    assert "there is no room" in summary(walk)


def test_it_goes_on_while_one_is_elsewhere_and_is_found_again(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    begin_and_hold(walk, qtbot)
    walk.window.desk.go(Place("home"))
    ended(walk, qtbot)
    assert any("2 documents are in the folder." in one for one in walk.said_anywhere())
    walk.go(Place("documents", assessments=tuple(cases[:2])))
    assert summary(walk) == "2 documents are in the folder."


def test_another_look_does_not_stop_it(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    errand = begin_and_hold(walk, qtbot)
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, scheme="dark", language="sv"))
    ended(walk, qtbot)
    assert desk.errand is errand
    assert len(files(out)) == 2
    assert summary(walk).startswith("2 handlingar")


def test_closing_asks_and_waits_for_the_present_document(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    errand = begin_and_hold(walk, qtbot)
    walk.window.close()
    question = shown(StoppingQuestion)
    assert "Documents are being written" in question.informativeText()
    press(question, "leaving.stay")
    assert errand.is_running
    walk.window.close()
    press(shown(StoppingQuestion), "leaving.leave")
    qtbot.waitUntil(lambda: not walk.window.isVisible(), timeout=60_000)
    assert 1 <= len(files(out)) <= 2
    assert all(one.read_bytes().rstrip().endswith(b"%%EOF") for one in out.iterdir())


def test_locking_ends_it_at_once_and_nobody_is_asked_for_a_passphrase(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    errand = begin_and_hold(walk, qtbot)
    walk.window.lock()
    walk.wait()
    assert errand.run.ended == "left"
    assert walk.window._unlocking is None
    assert all(one.read_bytes().rstrip().endswith(b"%%EOF") for one in out.iterdir())
    assert len(files(out)) == len(errand.run.written) < 2


def test_another_person_ends_it_so_that_nothing_is_made_in_the_wrong_name(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    ruth = next(one for one in walk.do(identity.people) if one.name == "Ruth")
    errand = begin_and_hold(walk, qtbot)
    walk.window.desk.become(ruth, walk.ruth)
    walk.wait()
    assert not errand.is_running
    assert errand.run.ended == "left"
    made = [one for case in cases for one in walk.do(lambda case=case: report.documents(case))]
    assert {one.signed_by for one in made} <= {"Ada"}
    assert len(made) < 2


def test_a_locked_person_is_asked_once_and_without_the_passphrase_nothing_is_begun(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    walk.window.desk.become(walk.window.desk.person, None)
    walk.keys(Qt.Key.Key_Return, CTRL)
    shown(PassphraseDialog).reject()
    walk.wait()
    assert files(out) == []
    assert walk.find("documents.write").isEnabled()
    walk.keys(Qt.Key.Key_Return, CTRL)
    dialog = shown(PassphraseDialog)
    dialog._secret.setText(ADA)
    dialog._go.click()
    ended(walk, qtbot)
    assert len(files(out)) == 2


def test_tab_takes_every_choice_in_the_order_in_which_it_stands(walk, cases):
    walk.go(Place("documents", assessments=tuple(cases[:2])))
    tick(walk, "documents.unsigned")
    tick(walk, "documents.kind.partner")
    walk.find("documents.kind.full").setFocus()
    order = []
    for _ in range(15):
        order.append(walk.window.focusWidget().accessibleIdentifier().removeprefix("documents."))
        walk.keys(Qt.Key.Key_Tab)
    assert order == [
        *("kind.full", "kind.board", "kind.partner", "show.comments", "show.judged", "show.risks", "kind.public"),
        *("language.en", "language.sv", "archive", "unsigned", "folder", "browse", "list"),
        "write",
    ]
    assert walk.window.focusWidget() is not walk.find("documents.kind.full")


def test_choosing_the_same_cases_again_asks_anew_instead_of_showing_what_came_of_them(walk, qtbot, cases, out):
    choose(walk, out, cases=cases[:2])
    write(walk, qtbot)
    walk.go(Place("assessments"))
    walk.keys(Qt.Key.Key_D)
    walk.keys(Qt.Key.Key_A, CTRL)
    walk.keys(Qt.Key.Key_Return, CTRL)
    assert walk.find("documents.write").isVisibleTo(walk.room)
    assert walk.find("documents.folder").text() == str(out)


def test_enter_on_a_line_opens_the_case(walk, cases, out):
    choose(walk, out, cases=cases[:2])
    walk.find("documents.list").setFocus()
    walk.keys(Qt.Key.Key_Return)
    assert walk.room.place == Place("report", assessment=cases[0], question="en")


def test_a_report_that_was_made_alone_is_the_one_that_is_written(walk, qtbot, cases, out):
    made = walk.do(lambda: reporting.make_report(actor=walk.ada, assessment_id=cases[0], language_code="en")).made
    choose(walk, out, cases=cases[:1])
    write(walk, qtbot)
    (name,) = files(out)
    assert (out / name).read_bytes() == walk.do(lambda: report.pdf_bytes(made))
