"""Where this computer keeps the vault's key."""

from __future__ import annotations

from desktop.operations import vaults
from desktop.shell.room import Room
from desktop.widgets.card import Card, Notice
from desktop.widgets.fields import Segments
from desktop.widgets.text import label
from forms.errors import GedigenError


class KeyringCard(Card):
    """Keep the key in the keyring, or ask at each start; what the computer cannot do is said here."""

    def __init__(self, room: Room) -> None:
        text, theme = room.text, room.desk.theme
        super().__init__(theme, text("When Gedigen starts"))
        self._room = room
        self._kept = False
        options = (("keep", text("Open by this computer’s keyring")), ("ask", text("Ask for a passphrase")))
        self._choice = Segments(theme, options, name="settings.keyring", title=text("When Gedigen starts"))
        self._choice.chosen.connect(lambda key: self._choose(key == "keep"))
        self.body.addWidget(self._choice)
        self._now = label("", "muted", wrap=True, name="settings.keyring_now")
        self.body.addWidget(self._now)
        always = text("Whoever writes or signs gives their own passphrase in either case.")
        self.body.addWidget(label(always, "muted", wrap=True))
        self._trouble = Notice(theme, "")
        self._trouble.hide()
        self.body.addWidget(self._trouble)

    def show_kept(self, kept: bool) -> None:
        """Show whether the key is meant to be kept in the keyring."""
        text, vault = self._room.text, self._room.desk.vault
        self._kept = kept
        self._choice.show_key("keep" if kept else "ask")
        if not kept:
            self._now.setText(text("The vault’s key is not in a keyring here: a passphrase is asked for at each start."))
        elif vault is not None and vault.key_source == "keyring":
            self._now.setText(text("This computer’s keyring keeps the vault’s key, so the vault opens without asking."))
        else:
            self._now.setText(
                text("The vault’s key is kept in this computer’s keyring when one is open; otherwise a passphrase is asked for.")
            )

    def _choose(self, wanted: bool) -> None:
        vault = self._room.desk.vault
        self._trouble.hide()
        if vault is not None:
            self._room.run(
                lambda: vaults.keep_key_in_keyring(opened=vault, wanted=wanted), lambda _: self._chosen(wanted), failed=self._refused
            )

    def _chosen(self, kept: bool) -> None:
        self.show_kept(kept)
        kept_now = self._room.text("The keyring keeps the vault’s key from now on.")
        asked_now = self._room.text("The vault’s key is no longer in the keyring.")
        self._room.desk.note(kept_now if kept else asked_now)

    def _refused(self, error: GedigenError) -> None:
        self.show_kept(self._kept)
        self._trouble.say(self._room.desk.language.error(error))
        self._trouble.show()
