"""Buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.shell.theme import Theme
from desktop.widgets.text import set_property

_ICON_ROLES = {"primary": "on_accent", "link": "accent", "danger": "high"}


def button(
    theme: Theme,
    text: str,
    press: Callable[[], object] | None = None,
    *,
    name: str,
    kind: str = "plain",
    icon: str = "",
    shortcut: str = "",
) -> QPushButton:
    """Make a button of a kind: primary (one per room), plain, quiet, link, danger, row, segment.

    ``name`` is its accessible identifier ("room.thing"); ``icon`` one of the bundled icons; ``shortcut`` is shown in its tooltip only —
    give the room a command with that shortcut to make it work.
    """
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleIdentifier(name)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if icon:
        role = _ICON_ROLES.get(kind, "text")
        made.setIcon(theme.leading(icon, role) if text else theme.icon(icon, role))
        made.setIconSize(theme.leading_size() if text else theme.icon_size())
    if shortcut:
        made.setToolTip(shortcut)
    if press is not None:
        made.clicked.connect(lambda: press())
    return made


def dress(theme: Theme, made: QPushButton, kind: str, icon: str) -> None:
    """Make a button with words and an icon one of another kind: which act is the primary one can change while a room is shown."""
    if made.property("kind") != kind:
        set_property(made, "kind", kind)
        made.setIcon(theme.leading(icon, _ICON_ROLES.get(kind, "text")))
