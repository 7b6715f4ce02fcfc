"""The library in the window, on a real vault: look through, try, take in, approve, switch, save."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from desktop.operations import template_files, templates, vaults
from desktop.shell.place import Place
from forms.reading import read_template
from tests.desktop.walking import begin

THREE = Path(__file__).parents[2] / "forms" / "three-questions.yaml"


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.fixture
def choose(monkeypatch):
    """Choose a file in the system's dialogs."""

    def choosing(path):
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))

    return choosing


def shown(walk):
    return walk.find("template.text").toPlainText()


def entry(walk, template_id):
    return walk.do(lambda: next(one for one in templates.entries() if one.id == template_id))


def has(walk, name):
    return any(one.accessibleIdentifier() == name and one.isVisible() for one in walk.room.findChildren(type(walk.find("template.form"))))


def test_every_bundled_template_is_listed_and_its_name_leads_to_it(walk):
    walk.go(Place("library"))
    said = walk.said()
    for head in templates.bundled().newest_heads():
        assert walk.find(f"library.{head.id}").text() == head.name["en"]
        assert head.purpose["en"] in said
    assert any("NUPAS" in words for words in said)
    walk.press("library.partner-project")
    assert walk.room.place == Place("template", template="partner-project")
    assert "version 2026" in shown(walk)


def test_scope_language_and_section_are_chosen_and_stay(walk):
    walk.go(Place("template", template="partner-project"))
    walk.press("template.scope.full")
    walk.press("template.language.sv")
    first = shown(walk)
    walk.keys(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert shown(walk) != first
    assert read_template_text("partner-project", 1, "sv") in shown(walk)
    walk.press("template.view.rules")
    assert "Stop criteria" in shown(walk)
    walk.press("template.view.form")
    assert read_template_text("partner-project", 1, "sv") in shown(walk)


def read_template_text(template_id, section, code):
    return templates.bundled().newest(template_id).sections[section].title[code]


def test_a_trial_is_made_and_nothing_is_written(walk):
    before = walk.do(templates.entries)
    walk.go(Place("template", template="psea-six-standards"))
    walk.press("template.view.trial")
    walk.wait()
    assert "Trial on generated answers" in shown(walk)
    assert "Best answers" in shown(walk)
    assert walk.do(templates.entries) == before


def test_a_template_is_taken_in_from_a_workbook_approved_and_switched_off(walk, choose, tmp_path):
    book = tmp_path / "ours.xlsx"
    template_files.write_workbook(template=read_template(THREE), path=book, language=walk.window.desk.language)
    choose(book)
    walk.go(Place("library"))
    walk.press("library.open")
    walk.wait()
    assert "only a file yet" in shown(walk)
    walk.press("template.take_in")
    walk.wait()
    assert walk.room.place == Place("template", template="three-questions", version="1")
    assert entry(walk, "three-questions").in_use is None
    walk.press("template.approve")
    walk.find("approve.note").setText("Minutes 2026-3, § 4")
    walk.press("approve.do")
    walk.wait()
    own = entry(walk, "three-questions")
    assert own.in_use is not None
    assert own.in_use.approved.note == "Minutes 2026-3, § 4"
    assert not has(walk, "template.approve")
    walk.press("template.switch_off")
    walk.wait()
    assert entry(walk, "three-questions").in_use is None
    assert has(walk, "template.switch_on")


def test_a_file_with_an_error_says_where_and_is_read_again_when_it_is_mended(walk, tmp_path):
    book = tmp_path / "ours.xlsx"
    template_files.write_workbook(template=read_template(THREE), path=book, language=walk.window.desk.language)
    whole = book.read_bytes()
    broken = openpyxl.load_workbook(book)
    broken["questions"]["A2"].value = "nowhere"
    broken.save(book)
    walk.go(Place("template", file=book))
    walk.wait()
    assert "ours.xlsx: sheet “questions”, cell A2: there is no section “nowhere”" in walk.said()
    book.write_bytes(whole)
    walk.press("template.again")
    walk.wait()
    assert "only a file yet" in shown(walk)


def test_form_workbook_and_yaml_are_saved_where_one_chooses(walk, choose, tmp_path):
    walk.go(Place("template", template="psea-six-standards"))
    for act, name in (("form", "form.pdf"), ("workbook", "book.xlsx"), ("yaml", "text.yaml")):
        choose(tmp_path / name)
        walk.press(f"template.{act}")
        walk.wait()
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    read = {template_files.read_file(tmp_path / name).hash for name in ("book.xlsx", "text.yaml")}
    assert read == {templates.bundled().newest("psea-six-standards").hash}


def test_a_caseworker_may_look_and_try_but_neither_approve_nor_switch(walk):
    walk.window.desk.become(walk.do(lambda: next(one for one in vaults.people() if "administrator" not in one.roles)), None)
    walk.go(Place("template", template="partner-project"))
    assert not has(walk, "template.approve")
    assert not has(walk, "template.switch_off")
    assert has(walk, "template.form")


def test_the_help_on_making_one_s_own_opens_from_the_library(walk):
    walk.go(Place("library"))
    walk.press("library.help")
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    assert "Make a template of your own" in dialog._reader.toPlainText()
    dialog.accept()
