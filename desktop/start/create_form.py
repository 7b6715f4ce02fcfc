"""Create a vault: where, whose, who, and a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations import vaults
from desktop.operations.vaults import Opened
from desktop.shell.desk import Desk
from desktop.start.strength import strength, vault_folder_name
from desktop.widgets.button import button
from desktop.widgets.card import Notice
from desktop.widgets.fields import text_line
from desktop.widgets.form import FormRows
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import Mark
from forms.errors import GedigenError
from models.errors import PassphraseRefused


@dataclass(frozen=True)
class _Wanted:
    folder: Path
    organisation: str
    person_name: str
    passphrase: str


class CreateForm(QWidget):
    """Calls ``opened`` with the vault that was made; what cannot be made is said in place."""

    def __init__(self, desk: Desk, *, opened: Callable[[Opened], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        theme, text = desk.theme, desk.language.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(button(theme, text("Back"), back, name="create.back", kind="link", icon="arrow-left"))
        column.addWidget(label(text("Create a vault"), "title"))
        about = text("A vault is a folder on this computer that holds everything, encrypted. Nothing leaves it unless you send it.")
        column.addWidget(label(about, "muted", wrap=True))
        self._form = FormRows(theme)
        self._organisation = text_line()
        self._organisation.textEdited.connect(lambda _: self._name_folder())
        self._name = text_line()
        self._folder = text_line(str(_documents() / vault_folder_name("")))
        self._folder.textEdited.connect(lambda _: self._keep_folder())
        self._folder_is_own = False
        browse = button(theme, text("Choose folder"), self._browse, name="create.browse")
        where = QWidget()
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        self._first, self._second = text_line(secret=True), text_line(secret=True)
        self._form.add(text("Your organisation’s name"), self._organisation, name="create.organisation")
        self._form.add(text("Your name"), self._name, name="create.name", hint=text("It is printed on what you sign."))
        self._form.add(text("Folder of the vault"), where, name="create.folder", buddy=self._folder)
        least = text("Four or five words that only you would put together. Write it nowhere near this computer.")
        self._form.add(text("Passphrase"), self._first, name="create.passphrase", hint=least)
        self._strength = StatusMark(theme, Mark("incomplete", ""))
        self._strength.hide()
        self._form.add_wide(self._strength)
        self._form.add(text("The passphrase once more"), self._second, name="create.again")
        self._first.textChanged.connect(self._judge)
        column.addWidget(self._form)
        lost = text(
            "While you are the only administrator, a lost passphrase cannot be reset: nobody could open the vault or sign as you."
            " Keep a copy in a safe."
        )
        notice = Notice(theme, lost, tone="warning")
        notice.setMaximumWidth(theme.px(560))
        column.addWidget(notice)
        self._go = button(theme, text("Create the vault"), self._create, name="create.create", kind="primary")
        self._second.returnPressed.connect(self._create)
        column.addWidget(self._go)
        column.addStretch(1)
        self.setFocusProxy(self._organisation)

    def _name_folder(self) -> None:
        if not self._folder_is_own:
            self._folder.setText(str(_documents() / vault_folder_name(self._organisation.text())))

    def _keep_folder(self) -> None:
        self._folder_is_own = True

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._desk.language.text("Where to put the vault"), str(_documents()))
        if chosen:
            self._folder_is_own = True
            self._folder.setText(str(Path(chosen) / vault_folder_name(self._organisation.text())))

    def _judge(self, typed: str) -> None:
        judged = strength(typed, self._desk.language)
        self._strength.setVisible(judged is not None)
        if judged is not None:
            self._strength.show_mark(judged.mark)

    def _wanted(self) -> _Wanted | None:
        text = self._desk.language.text
        self._form.clear_errors()
        judged = strength(self._first.text(), self._desk.language)
        problems = [
            (self._organisation, text("Enter the organisation’s name."), not self._organisation.text().strip()),
            (self._name, text("Enter your name."), not self._name.text().strip()),
            (self._folder, text("Choose a folder for the vault."), not self._folder.text().strip()),
            (self._first, text("Enter a longer passphrase."), judged is None or not judged.enough),
            (self._second, text("The two passphrases differ. Type it again."), self._first.text() != self._second.text()),
        ]
        wrong = [(field, words) for field, words, is_wrong in problems if is_wrong]
        for field, words in wrong:
            self._form.mark_wrong(field, words)
        if wrong:
            wrong[0][0].setFocus()
            return None
        folder = Path(self._folder.text().strip()).expanduser()
        folder = folder if folder.suffix == ".gedigen" else folder.with_name(folder.name + ".gedigen")
        return _Wanted(folder, self._organisation.text().strip(), self._name.text().strip(), self._first.text())

    def _create(self) -> None:
        wanted = self._wanted()
        if wanted is None or not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        self._go.setText(self._desk.language.text("Creating…"))

        def make() -> Opened:
            wanted.folder.parent.mkdir(parents=True, exist_ok=True)
            return vaults.create_vault(
                folder=wanted.folder,
                organisation=wanted.organisation,
                person_name=wanted.person_name,
                passphrase=wanted.passphrase,
            )

        self._desk.run(make, self._opened, failed=self._refuse)

    def _refuse(self, error: GedigenError) -> None:
        self._go.setEnabled(True)
        self._go.setText(self._desk.language.text("Create the vault"))
        said = self._desk.language.error(error)
        if isinstance(error, PassphraseRefused):
            self._form.mark_wrong(self._first, said)
        else:
            self._form.mark_wrong(self._folder, said)
            self._folder.setFocus()


def _documents() -> Path:
    return Path(platformdirs.user_documents_dir())
