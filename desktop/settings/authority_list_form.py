"""The form that takes in a timestamp authority's own revocation list from a file."""

from __future__ import annotations

from collections.abc import Callable

from desktop.operations import timestamp_authority
from desktop.settings.authority_form import FileLine
from desktop.settings.inline_form import InlineForm
from desktop.shell.room import Room


class GiveList(InlineForm):
    """Calls ``given()`` or ``gave_up()``. Nothing is fetched from anywhere."""

    def __init__(self, room: Room, *, given: Callable[[], None], gave_up: Callable[[], None]) -> None:
        text = room.text
        about = text("It is kept only if a timestamp authority that is or was used here has signed it. It cannot be removed later.")
        super().__init__(room, text("Revocation list of a timestamp authority"), about, name="authority_list", gave_up=gave_up)
        self._given = given
        self._file = FileLine(
            room,
            name="authority_list.file",
            title=text("Choose the revocation list"),
            kinds=text("Revocation lists") + " (*.crl *.pem *.der)",
        )
        hint = text("The file that the authority publishes, in DER or PEM form. A PEM file may hold several, and certificates beside them.")
        self.form.add(text("Revocation list"), self._file, name="authority_list.file", hint=hint, buddy=self._file.line)
        self.finish(text("Keep it"), self._give)
        self.setFocusProxy(self._file.line)

    def _give(self) -> None:
        path = self._file.path
        if (
            self.refused_here([(self._file.line, self.room.text("Choose the file with the revocation list."), path is None)])
            or path is None
        ):
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: timestamp_authority.give_lists(actor=self.room.desk.actor(), path=path),
            lambda _: self._given(),
            failed=lambda error: self.refuse(self._file.line, error),
        )
