"""Keycaps: the key that does something, drawn small beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QPushButton

from desktop.shell.theme import Theme
from desktop.widgets.button import button

_HEIGHT = 18
_LETTERS = 11


def keycap(theme: Theme, key: str, *, gap: int = 0, live: bool = True) -> QPixmap:
    """Draw a key with an empty ``gap`` behind it, sharp up to twice the pixels; paler when it does nothing now."""
    font = theme.font(_LETTERS, QFont.Weight.DemiBold)
    height = theme.px(_HEIGHT)
    width = max(height, QFontMetrics(font).horizontalAdvance(key) + theme.px(8))
    drawn = QPixmap(QSize(width + gap, height) * 2)
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("outline" if live else "border"), 1))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 4, 4)
    painter.setPen(theme.colour("muted" if live else "outline"))
    painter.setFont(font)
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, key)
    painter.end()
    return drawn


def key_button(
    theme: Theme, text: str, press: Callable[[], object], *, key: str, name: str, kind: str = "quiet", checkable: bool = False
) -> QPushButton:
    """Make a button with its key in front of its words."""
    made = button(theme, text, press, name=name, kind=kind)
    made.setCheckable(checkable)
    show_key(theme, made, key)
    if checkable:
        # Pressed down its words are bolder, which its size hint does not know.
        made.ensurePolished()
        made.setMinimumWidth(made.sizeHint().width() + theme.px(5))
    return made


def show_key(theme: Theme, made: QPushButton, key: str) -> None:
    """Show another key in front of a button's words; the screen reader hears it too."""
    if made.property("keycap") == key:
        return
    made.setProperty("keycap", key)
    cap = keycap(theme, key, gap=theme.px(3))
    icon = QIcon(cap)
    icon.addPixmap(keycap(theme, key, gap=theme.px(3), live=False), QIcon.Mode.Disabled)
    made.setIcon(icon)
    made.setIconSize(cap.deviceIndependentSize().toSize())
    made.setAccessibleDescription(key)
