"""The start view: create a vault, open one, or look at the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.text import label
from forms.errors import GedigenError
from forms.text import N_

if TYPE_CHECKING:
    from desktop.operations.vaults import Opened


class StartView(QWidget):
    """Four calm choices and the vaults that were open last. ``trouble`` is why a vault did not open."""

    def __init__(
        self,
        desk: Desk,
        *,
        opened: Callable[[Opened], None],
        open_vault: Callable[[Path], None],
        verify: Callable[[], None],
        trouble: GedigenError | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        self._open_vault = open_vault
        self._verify = verify
        theme = desk.theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(area)
        inside = QWidget()
        inside.setProperty("surface", "ground")
        area.setWidget(inside)
        middle = QHBoxLayout(inside)
        middle.setContentsMargins(theme.px(24), theme.px(40), theme.px(24), theme.px(32))
        self._pages = QStackedWidget()
        self._pages.setMaximumWidth(theme.px(600))
        middle.addStretch(1)
        middle.addWidget(self._pages, 8)
        middle.addStretch(1)
        self._pages.addWidget(self._choices(trouble))

    def _choices(self, trouble: GedigenError | None) -> QWidget:
        theme, text = self._desk.theme, self._desk.language.text
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(label("Gedigen", "title"))
        column.addWidget(
            label(text("Thorough assessments of partners and projects, that anyone can check afterwards."), "muted", wrap=True)
        )
        column.addSpacing(theme.px(12))
        if trouble is not None:
            column.addWidget(Notice(theme, self._desk.language.error(trouble), tone="warning"))
        self._add_choice(
            column,
            icon="plus",
            title=text("Create a vault"),
            about=text("Begin here if nobody in your organisation has one yet."),
            action=button(theme, text("Create"), self.show_create, name="start.create", kind="primary"),
        )
        self._add_choice(
            column,
            icon="folder-open",
            title=text("Open a vault"),
            about=text("A folder whose name ends in .gedigen, on this computer or a disk."),
            action=button(theme, text("Open"), self._browse, name="start.open"),
        )
        self._sample = button(theme, text("Show it"), self._look, name="start.sample")
        self._add_choice(
            column,
            icon="eye",
            title=text("Look at the sample"),
            about=text("Two invented partners, one of them assessed last year. Nothing you do there matters."),
            action=self._sample,
        )
        self._add_choice(
            column,
            icon="shield-check",
            title=text("Check a report"),
            about=text("Whether a PDF is the report that was signed. It takes no vault, only the organisation’s root certificate."),
            action=button(theme, text("Check"), self._verify, name="start.verify"),
        )
        recent = [Path(folder) for folder in self._desk.preferences.vaults]
        if recent:
            column.addSpacing(theme.px(12))
            column.addWidget(label(text("Opened before"), "heading"))
            for folder in recent:
                made = button(theme, f"{folder.stem}   {folder.parent}", None, name=f"start.recent.{folder.stem}", kind="row", icon="lock")
                made.setAccessibleName(text("Open {name} in {folder}", name=folder.stem, folder=str(folder.parent)))
                made.clicked.connect(lambda _=False, folder=folder: self._open_vault(folder))
                column.addWidget(made)
        column.addStretch(1)
        return page

    def _add_choice(self, column: QVBoxLayout, *, icon: str, title: str, about: str, action: QWidget) -> None:
        theme = self._desk.theme
        card = Card(theme)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        picture = QLabel()
        picture.setPixmap(theme.pixmap(icon, role="accent", size=theme.px(24)))
        picture.setFixedWidth(theme.px(28))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(label(title, "section"))
        words.addWidget(label(about, "muted", wrap=True))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        card.body.addLayout(row)
        action.setAccessibleName(title)
        action.setAccessibleDescription(about)
        column.addWidget(card)

    def show_create(self) -> None:
        """Go to the form that creates a vault."""
        from desktop.start.create_form import CreateForm

        form = CreateForm(self._desk, opened=self._opened, back=self._show_choices)
        self._pages.addWidget(form)
        self._pages.setCurrentWidget(form)
        form.setFocus()

    def _show_choices(self) -> None:
        form = self._pages.currentWidget()
        self._pages.setCurrentIndex(0)
        if form is not None:
            self._pages.removeWidget(form)
            form.deleteLater()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._desk.language.text("Open a vault"), str(Path.home()))
        if chosen:
            self._open_vault(Path(chosen))

    def _look(self) -> None:
        from desktop.start.sample_vault import open_sample, sample_folder

        code = self._desk.language.code
        self._sample.setEnabled(False)
        self._sample.setText(self._desk.language.text("Making the sample…"))
        self._desk.run(lambda: open_sample(folder=sample_folder(), language_code=code), self._show_sample)

    def _show_sample(self, opened: Opened) -> None:
        from desktop.operations.sample import PASSPHRASE

        self._opened(opened)
        said = N_("This is the sample, and all in it is invented. Everybody’s passphrase is: {passphrase}")
        self._desk.note(self._desk.language.text(said, passphrase=PASSPHRASE))
