"""Protecting a partner in its form: the choice, the cover name, and what that does and does not do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.fields import check, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.text import label


class ProtectionCard(Card):
    """Says ``changed()`` at each key and choice, and ``reveal_asked()`` when the hidden parts of the form are to be shown."""

    changed = Signal()
    reveal_asked = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        text = language.text
        super().__init__(theme, text("Protection"))
        show = button(theme, text("Show the real name"), self.reveal_asked.emit, name="partner.reveal", kind="quiet")
        self.reveal = show
        hidden = text("Protected partner. Who it is, is hidden here until you ask for it.")
        self._hidden = Notice(theme, hidden, icon="eye-off", action=show)
        self._hidden.hide()
        self.body.addWidget(self._hidden)
        self.protected = check(text("Protected partner"), name="partner.protected", changed=lambda _on: self._toggled())
        self.body.addWidget(self.protected)
        does = text(
            "For a partner that would be in danger if it were named. Lists, titles, file names, reports and sealed records show the cover "
            "name, the country and the legal form. The real name, people, accounts, numbers and notes stay in this encrypted vault, where "
            "everybody who opens it can read them. Searching for the real name still finds it."
        )
        doesnt = text(
            "It changes nothing that is sealed or sent already. Texts that name the partner, and file names of evidence, must be put right "
            "before sealing: what remains lists them. Abbreviations and descriptions that give it away are for you to see."
        )
        self.protected.setAccessibleDescription(f"{does} {doesnt}")
        shortly = text("For a partner that would be in danger if it were named: a cover name stands in its place.")
        self._shortly = label(shortly, "muted", wrap=True)
        self._at_length = [label(words, "muted", wrap=True) for words in (does, doesnt)]
        for one in (self._shortly, *self._at_length):
            self.body.addWidget(one)
        self._form = FormRows(theme, widest=820)
        self._form.setContentsMargins(0, theme.px(6), 0, 0)
        self.cover = text_line()
        self._form.add(
            text("Cover name"),
            self.cover,
            name="partner.cover_name",
            hint=text("A name of its own that tells nothing: no word of the real names, no place, no person."),
        )
        self.cover.textEdited.connect(lambda _: self.changed.emit())
        self.body.addWidget(self._form)
        self._show_form(on=False)

    def show_kept(self, *, protected: bool, cover_name: str) -> None:
        """Show what is kept or was typed before."""
        self.protected.setChecked(protected)
        self.cover.setText(cover_name)
        self._show_form(on=protected)

    def say_hidden(self, hidden: bool) -> None:
        """Say whether the rest of the form is hidden, with the way to it."""
        self._hidden.setVisible(hidden)

    def mark_wrong(self, words: str) -> None:
        """Say under the cover name what is wrong with it; an empty text takes that away."""
        self._form.mark_wrong(self.cover, words)

    def _toggled(self) -> None:
        on = self.protected.isChecked()
        self._show_form(on=on)
        if on and self.protected.hasFocus():
            self.cover.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show_form(self, *, on: bool) -> None:
        """Show the cover name and all there is to know of it, or what it would be for."""
        self._shortly.setVisible(not on)
        for one in (*self._at_length, self._form):
            one.setVisible(on)
