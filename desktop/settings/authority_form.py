"""The form that sets a timestamp authority: its address and root certificate, tried with one real timestamp before it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.operations import timestamp_authority
from desktop.settings.inline_form import InlineForm
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.fields import text_line
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.timestamp_setting import AuthoritySetting

if TYPE_CHECKING:
    from desktop.reports.authority_trial import Trial


class AuthorityForm(InlineForm):
    """Calls ``done()`` or ``gave_up()``. The trial asks the network in the second thread."""

    def __init__(self, room: Room, *, done: Callable[[], None], gave_up: Callable[[], None]) -> None:
        text = room.text
        about = text("It is tried with one timestamp before it is used: 32 bytes of chance are sent to the address, and nothing else.")
        super().__init__(room, text("Timestamp authority"), about, name="authority", gave_up=gave_up)
        self._done = done
        self._url = text_line(placeholder="https://")
        self.form.add(text("Address"), self._url, name="authority.url", hint=text("The address that the authority gives for RFC 3161."))
        self._roots = FileLine(
            room,
            name="authority.roots",
            title=text("Choose the root certificate"),
            kinds=text("Certificates") + " (*.pem *.crt *.cer *.der)",
        )
        hint = text("The file with the authority’s root certificate. A timestamp counts only when it leads to this certificate.")
        self.form.add(text("Root certificate"), self._roots, name="authority.roots", hint=hint, buddy=self._roots.line)
        self._waiting = label(text("Asking for a timestamp…"), "muted", name="authority.waiting")
        self._waiting.hide()
        self.body.addWidget(self._waiting)
        self.finish(text("Try it and use it"), self._try)
        self.setFocusProxy(self._url)

    def _try(self) -> None:
        text, url, roots = self.room.text, self._url.text().strip(), self._roots.path
        web = url.startswith(("http://", "https://"))
        problems = (
            (self._url, text("Enter an address that begins with http:// or https://."), not web),
            (self._roots.line, text("Choose the file with the authority’s root certificate."), roots is None),
        )
        if self.refused_here(problems) or roots is None:
            return
        self.go.setEnabled(False)
        self._waiting.show()

        def attempt() -> tuple[AuthoritySetting, Trial]:
            from desktop.operations import timestamping

            setting = timestamping.read_authority(url=url, roots=roots)
            return setting, timestamping.trial_of(setting)

        self.room.render_apart(attempt, self._tried, failed=self._refused)

    def _tried(self, outcome: tuple[AuthoritySetting, Trial]) -> None:
        setting, tried = outcome
        used = replace(setting, answered_as=tried.answered_as, issuers_pem=tried.issuers_pem)
        self.room.run(
            lambda: timestamp_authority.set_authority(actor=self.room.desk.actor(), setting=used),
            lambda _: self._done(),
            failed=self._refused,
        )

    def _refused(self, error: GedigenError) -> None:
        from desktop.reports.authority_trial import RootsRefused

        self._waiting.hide()
        self.refuse(self._roots.line if isinstance(error, RootsRefused) else self._url, error)


class FileLine(QWidget):
    """A file that is typed or chosen; ``name`` is the first part of the button's identifier."""

    def __init__(self, room: Room, *, name: str, title: str, kinds: str) -> None:
        super().__init__()
        self._title, self._kinds = title, kinds
        theme = room.desk.theme
        self.line = QLineEdit()
        self._choose_button = button(theme, room.text("Choose…"), self._choose, name=f"{name}.choose", icon="folder-open")
        self._choose_button.setAccessibleName(title)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(6))
        across.addWidget(self.line, 1)
        across.addWidget(self._choose_button)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path | None:
        """The file, ``None`` while nothing is typed."""
        typed = self.line.text().strip()
        return Path(typed) if typed else None

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._title, self.line.text() or str(Path.home()), f"{self._kinds};;* (*)")
        if chosen:
            self.line.setText(chosen)
