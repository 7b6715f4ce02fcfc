"""The driver sees and does what a person would, shown on a small window."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.e2e

WINDOW = """
import sys
from PySide6.QtWidgets import *

app = QApplication([])
app.setApplicationName("Sample")
window = QWidget(windowTitle="Sample window")
layout = QVBoxLayout(window)
field, count, box, combo = QLineEdit(), QLabel("0"), QCheckBox("Agree"), QComboBox()
field.setAccessibleName("Partner")
count.setAccessibleIdentifier("count")
combo.addItems(["weak", "limited", "adequate"])
combo.setAccessibleIdentifier("band")
table = QTableWidget(2, 2)
table.setAccessibleIdentifier("table")
for n, text in enumerate(["a", "b", "c", "Åsa"]):
    table.setItem(n // 2, n % 2, QTableWidgetItem(text))
button = QPushButton("Count")
button.clicked.connect(lambda: count.setText(str(int(count.text()) + 1)))
ask = QPushButton("Ask")
ask.clicked.connect(lambda: QMessageBox.question(window, "Sure?", "Seal it?"))
hidden = QPushButton("Hidden")
for widget in (field, count, box, combo, table, button, ask, hidden):
    layout.addWidget(widget)
hidden.hide()
window.show()
sys.exit(app.exec())
"""


@pytest.fixture
def sample(start, tmp_path):
    file = tmp_path / "sample.py"
    file.write_text(WINDOW, "utf-8")
    return start([sys.executable, file], name="Sample")


def test_what_is_typed_stands_in_the_field(sample):
    field = sample.find(role="text", name="Partner").focus()
    sample.type("Åsa Ødegård, 50 %")
    field.program.keys("Tab")
    assert field.becomes(value="Åsa Ødegård, 50 %").value == "Åsa Ødegård, 50 %"
    sample.find(role="check box", name="Agree").becomes(state="focused")
    assert not field.is_("focused")


def test_no_letter_is_lost_however_often_and_fast_it_is_typed(sample):
    field = sample.find(role="text", name="Partner").focus()
    for number in range(40):
        words = f"Åsa Ødegård (påhittad), {number} % @ ½ þ"
        sample.keys("ctrl+a")
        sample.type(words)
        assert field.becomes(value=words).value == words


def test_a_letter_that_the_keyboard_lacks_is_not_typed_as_another(sample):
    sample.find(role="text", name="Partner").focus()
    with pytest.raises(AssertionError, match="no key for '水'"):
        sample.type("水")


def test_a_button_is_pressed_by_name_and_by_key(sample):
    count = sample.find(ident="count")
    sample.find(role="push button", name="Count").press()
    sample.find(role="push button", name="Count").focus()
    sample.keys("space")
    sample.find(name="2", ident="count")
    assert count.name == "2"


def test_states_and_choices_are_read_after_real_keys(sample):
    box = sample.find(role="check box", name="Agree").focus()
    sample.keys("space")
    assert box.becomes(state="checked").is_("enabled")
    sample.find(ident="band").tab_to()
    sample.keys("Down", "Down")
    assert sample.find(ident="band", name="adequate").is_("focused")
    assert sample.focused().ident == "band"


def test_a_table_is_read_by_cell(sample):
    assert sample.find(ident="table").cells() == [["a", "b"], ["c", "Åsa"]]


def test_a_dialog_takes_the_keyboard_and_gives_it_back(sample):
    sample.find(role="push button", name="Ask").focus()
    sample.keys("space")
    assert sample.window("Sure?").find_all(role="push button")
    sample.keys("Escape")
    sample.find(role="push button", name="Count").focus()
    sample.keys("space")
    sample.find(name="1", ident="count")


def test_what_is_hidden_is_not_found(sample):
    assert sample.find_all(name="Hidden") == []
    assert len(sample.find_all(name="Count")) == 1


def test_a_program_that_dies_says_what_it_said(start):
    with pytest.raises(AssertionError, match="no such vault"):
        start([sys.executable, "-c", "raise SystemExit('no such vault')"], name="Sample")


def test_a_killed_program_is_gone_and_a_second_one_finds_its_home(start, tmp_path):
    file = tmp_path / "sample.py"
    file.write_text(WINDOW, "utf-8")
    start([sys.executable, file], name="Sample").kill()
    again = start([sys.executable, file], name="Sample")
    assert again.find(ident="count").name == "0"
    assert "Traceback" not in again.output()
