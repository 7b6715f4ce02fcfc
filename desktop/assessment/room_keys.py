"""What a key that is pressed in the assessment room means, before the question in focus is asked about letters and digits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_PLAIN = {
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_Up: "previous",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageUp: "section.previous",
    Qt.Key.Key_PageDown: "section.next",
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
}
_WITH_CONTROL = {
    Qt.Key.Key_F: "find",
    Qt.Key.Key_Z: "undo",
    Qt.Key.Key_Return: "back",
    Qt.Key.Key_Enter: "back",
    Qt.Key.Key_PageUp: "instrument.previous",
    Qt.Key.Key_PageDown: "instrument.next",
}


def meaning(event: QKeyEvent) -> str:
    """Give what a key does in the room, a letter or digit as itself in capitals; empty when it does nothing here."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if held == control | shift:
        return "redo" if key == Qt.Key.Key_Z else ""
    if held == control:
        return _WITH_CONTROL.get(key, "")
    if held not in (Qt.KeyboardModifier.NoModifier, shift):
        return ""
    return _PLAIN.get(key, event.text().upper())
