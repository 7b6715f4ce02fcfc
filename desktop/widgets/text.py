"""Lines of text and lines that divide."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def label(text: str = "", kind: str = "body", *, wrap: bool = False, name: str = "") -> QLabel:
    """Make a label of a kind: title, section, body, strong, muted, dense, caption, heading, number, error.

    ``wrap`` lets it run over several lines; ``name`` is its accessible identifier.
    """
    made = QLabel(text)
    made.setProperty("kind", kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)  # a policy that is set anew loses it, and lines would be cut off or leave a gap
        made.setSizePolicy(policy)
    if name:
        made.setAccessibleIdentifier(name)
    return made


def line(*, upright: bool = False) -> QFrame:
    """Make a thin line between things."""
    made = QFrame()
    made.setProperty("surface", "upright" if upright else "line")
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet looks at, and dress the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
