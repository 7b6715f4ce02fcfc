"""PySide6 keeps the reference counts of None, True and False.

A wheel built for newer Pythons lost one reference of None per call that returns nothing, and one of True per signal, on Python 3.11. After
some thousand calls the interpreter aborts and unsaved work is gone. This test must be green before PySide6 or Python is moved.
"""

from __future__ import annotations

import json
import subprocess
import sys

#: Runs in a child process, because a faulty build aborts. Prints {operation: references lost or gained per call}.
STRESS = """
import gc, json, sys
from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QSettings, QTimer, Qt, Signal
from PySide6.QtGui import QPixmap, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QTableView, QWidget

app = QApplication([])
ROUNDS = 300

class Sender(QObject):
    told = Signal(bool)
    nothing = Signal()

class Step(QUndoCommand):
    def redo(self): pass
    def undo(self): pass

class Table(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()): return 3
    def columnCount(self, parent=QModelIndex()): return 2
    def data(self, index, role=Qt.ItemDataRole.DisplayRole): return None
    def setData(self, index, value, role=Qt.ItemDataRole.EditRole): return True

sender, label, line, box, button = Sender(), QLabel(), QLineEdit(), QCheckBox(), QPushButton()
sender.told.connect(lambda on: None)
sender.nothing.connect(lambda: None)
button.clicked.connect(lambda on: None)
box.toggled.connect(lambda on: None)
table, view, stack, timer, pixmap = Table(), QTableView(), QUndoStack(), QTimer(), QPixmap(4, 4)
view.setModel(table)
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)

def timed():
    timer.start(1000); timer.isActive(); timer.stop()

def connected():
    timer.timeout.connect(app.processEvents); timer.timeout.disconnect(app.processEvents)

operations = {
    "setText": lambda: label.setText("x"),
    "text": line.text,
    "setChecked": lambda: (box.setChecked(True), box.setChecked(False)),
    "click": button.click,
    "isVisible": label.isVisible,
    "emit bool": lambda: sender.told.emit(True),
    "emit nothing": sender.nothing.emit,
    "dataChanged": lambda: table.dataChanged.emit(table.index(0, 0), table.index(1, 1)),
    "data": lambda: view.model().data(table.index(0, 0)),
    "setData": lambda: table.setData(table.index(0, 0), True),
    "repaint": lambda: view.viewport().repaint(),
    "undo": lambda: (stack.push(Step("x")), stack.undo()),
    "timer": timed,
    "connect": connected,
    "property": lambda: (label.setProperty("p", False), label.property("p")),
    "settings": lambda: (settings.setValue("on", True), settings.value("on", type=bool)),
    "pixmap": pixmap.isNull,
    "locale": lambda: QLocale("sv_SE").toDouble("1,5"),
    "children": lambda: view.findChildren(QWidget),
}
drift = {}
for name, operation in operations.items():
    operation()
    gc.collect()
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for _ in range(ROUNDS):
        operation()
    gc.collect()
    after = [sys.getrefcount(value) for value in (None, True, False)]
    drift[name] = max(abs(b - a) / ROUNDS for a, b in zip(before, after))
print(json.dumps(drift))
"""


def test_usual_calls_leave_the_reference_counts_as_they_were(tmp_path):
    child = subprocess.run([sys.executable, "-c", STRESS, str(tmp_path / "guard.ini")], capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    drift = json.loads(child.stdout)
    assert len(drift) >= 19
    assert {name: change for name, change in drift.items() if change > 0.1} == {}
