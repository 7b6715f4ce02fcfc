"""A person's certificates: each with its serial number, term and state, and what an administrator may do with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.settings.certificate_state import CertificateLine
from desktop.settings.state import PersonLine
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import row
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label, line


class CertificatesPanel(Card):
    """Stands in place of the list of people. Calls ``revoke(line)``, ``renew(line)``, ``replace()`` or ``close()``."""

    def __init__(
        self,
        room: Room,
        one: PersonLine,
        lines: tuple[CertificateLine, ...],
        *,
        revoke: Callable[[CertificateLine], None],
        renew: Callable[[CertificateLine], None],
        replace: Callable[[], None] | None,
        close: Callable[[], None],
    ) -> None:
        theme, text = room.desk.theme, room.text
        super().__init__(theme, text("Certificates of {name}", name=one.name), surface="raised")
        self._room = room
        about = text("A certificate says whose a signature is. One that is revoked stands on the organisation’s revocation list for good.")
        self.body.addWidget(label(about, "muted", wrap=True))
        for at, shown in enumerate(lines):
            if at:
                self.body.addWidget(line())
            self.body.addWidget(self._certificate(at, shown, revoke, renew))
        done = button(theme, text("Close"), close, name="certificates.close")
        acts: list[QWidget | None] = [done]
        if replace is not None:
            acts.insert(0, button(theme, text("Give a new key"), replace, name="certificates.replace", icon="key-round"))
        self.body.addSpacing(theme.px(4))
        self.body.addLayout(row(theme, [*acts, None]))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(close)
        self.setFocusProxy(done)

    def _certificate(
        self, at: int, shown: CertificateLine, revoke: Callable[[CertificateLine], None], renew: Callable[[CertificateLine], None]
    ) -> QWidget:
        theme, text = self._room.desk.theme, self._room.text
        whole = QWidget()
        whole.setProperty("surface", "plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(row(theme, [label(shown.title, "strong"), StatusMark(theme, shown.mark), None], gap=12))
        column.addWidget(label(shown.term))
        serial = label(shown.serial, "dense", wrap=True, name=f"certificates.serial.{at}")
        serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        column.addWidget(serial)
        if shown.because:
            column.addWidget(label(shown.because, "muted", wrap=True))
        offered = FlowRow(gap=theme.px(12))
        acts = (
            (shown.may_renew, "renew", text("Renew"), text("Renew the certificate with {serial}", serial=shown.serial), renew),
            (shown.may_revoke, "revoke", text("Revoke…"), text("Revoke the certificate with {serial}", serial=shown.serial), revoke),
        )
        for is_offered, what, words, spoken, act in acts:
            if is_offered:
                made = button(theme, words, partial(act, shown), name=f"certificates.{what}.{at}", kind="link")
                made.setAccessibleName(spoken)
                offered.addWidget(made)
        if offered.count():
            column.addLayout(offered)
        return whole
