"""A column that is never wider than it may be, and says its height accordingly."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class BoundedColumn(QVBoxLayout):
    """Lays out a widget that has a greatest width.

    Qt asks a layout how tall it is at all the width there is, though its widget's maximum keeps it narrower; long texts would then get
    too few lines and be cut off.
    """

    def __init__(self, parent: QWidget, widest: int) -> None:
        super().__init__(parent)
        self._widest = widest
        parent.setMaximumWidth(widest)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(min(width, self._widest))

    def minimumHeightForWidth(self, width: int) -> int:
        return super().minimumHeightForWidth(min(width, self._widest))
