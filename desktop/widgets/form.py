"""Forms: rows of a label, a field, a hint and the place for what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.bounded_column import BoundedColumn
from desktop.widgets.text import label, set_property


class FormRows(QWidget):
    """Label above field, one under the other; an error stands under its field. ``widest`` in pixels at 100 % text size."""

    def __init__(self, theme: Theme, *, widest: int = 560) -> None:
        super().__init__()
        self._theme = theme
        self._column = BoundedColumn(self, theme.px(widest))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(14))
        self._errors: dict[QWidget, QLabel] = {}

    def add(self, text: str, field: QWidget, *, name: str, hint: str = "", buddy: QWidget | None = None) -> QWidget:
        """Add a field under its label and give the field back.

        ``name`` is the accessible identifier ("room.thing"). ``buddy`` takes the focus when the field is made of several.
        """
        target = buddy or field
        target.setAccessibleIdentifier(name)
        target.setAccessibleName(text)
        if hint:
            target.setAccessibleDescription(hint)
        words = label(text, "strong", wrap=True)
        words.setBuddy(target)
        block = QVBoxLayout()
        block.setSpacing(self._theme.px(4))
        block.addWidget(words)
        if hint:
            block.addWidget(label(hint, "caption", wrap=True))
        block.addWidget(field)
        wrong = label("", "error", wrap=True)
        wrong.hide()
        block.addWidget(wrong)
        self._errors[target] = wrong
        self._column.addLayout(block)
        return field

    def add_wide(self, widget: QWidget) -> QWidget:
        """Add something without a label."""
        self._column.addWidget(widget)
        return widget

    def mark_wrong(self, field: QWidget, text: str) -> None:
        """Say under a field what is wrong with it; an empty text takes that away."""
        wrong = self._errors[field]
        wrong.setText(text)
        wrong.setVisible(bool(text))
        set_property(field.focusProxy() or field, "wrong", "true" if text else "false")  # of several parts, the one that is typed in

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        for field in self._errors:
            self.mark_wrong(field, "")
