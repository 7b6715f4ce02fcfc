"""The organisation's root certificate and its revocation list: what is handed out so that anybody can check a report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop.operations import certificates, vaults
from desktop.settings.certificate_state import list_state, root_said
from desktop.settings.inline_form import InlineForm
from desktop.settings.state import spaced_fingerprint
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import text_line
from desktop.widgets.flow_row import FlowRow
from desktop.widgets.page import clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from models.certificates import RootTerm
from models.database import utc_now
from models.identity import OrganisationCard
from models.revocation import RevocationListCard

HELP = "keys-and-certificates.md"


class RootCard(Card):
    """Fingerprint, list, and what can be exported."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.desk.theme, room.text("The organisation’s root certificate"))
        self._room = room
        self._organisation: OrganisationCard | None = None
        self._list: RevocationListCard | None = None
        self._term: RootTerm | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(room.desk.theme.px(8))
        self.body.addLayout(self._body)

    @property
    def may_publish(self) -> bool:
        """Whether the one who works here may make the revocation list anew."""
        person = self._room.desk.person
        return person is not None and "administrator" in person.roles

    def show_root(self, organisation: OrganisationCard, revoked: RevocationListCard | None, term: RootTerm | None) -> None:
        """Show the certificate, how long it holds, and the list."""
        theme, text = self._room.desk.theme, self._room.text
        self._organisation, self._list, self._term = organisation, revoked, term
        clear(self._body)
        self._body.addWidget(label(organisation.name, "strong", wrap=True))
        why = text("Whoever has this certificate can check that a report was signed here. Compare the fingerprint by telephone.")
        self._body.addWidget(label(why, "muted", wrap=True))
        mark = label(spaced_fingerprint(organisation.fingerprint_sha256), "dense", name="settings.fingerprint")
        mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        mark.setAccessibleName(text("Fingerprint, SHA-256: {digits}", digits=organisation.fingerprint_sha256))
        self._body.addWidget(mark)
        if term is not None:
            holds = root_said(term, at=utc_now(), language=self._room.desk.language)
            if holds.mark is not None:
                self._body.addWidget(StatusMark(theme, holds.mark), 0, Qt.AlignmentFlag.AlignLeft)
            self._body.addWidget(label(holds.said, wrap=True, name="settings.root_term"))
        acts = FlowRow(gap=theme.px(8))
        acts.addWidget(button(theme, text("Export the root certificate"), self.export_root, name="settings.export_root", icon="download"))
        acts.addWidget(
            button(theme, text("Page for the minutes (PDF)"), self.export_page, name="settings.fingerprint_page", icon="file-text")
        )
        acts.addWidget(button(theme, text("What to do when"), self.show_help, name="settings.keys_help", icon="circle-help"))
        self._body.addLayout(acts)
        stands = list_state(revoked, at=utc_now(), language=self._room.desk.language)
        self._body.addSpacing(theme.px(8))
        self._body.addWidget(label(text("Revocation list"), "strong"))
        why = text("It says which certificates no longer count. Hand it out with the root certificate to whoever checks reports.")
        self._body.addWidget(label(why, "muted", wrap=True))
        self._body.addWidget(label(stands.said, wrap=True, name="settings.revocation_list"))
        if stands.mark is not None:
            self._body.addWidget(StatusMark(theme, stands.mark), 0, Qt.AlignmentFlag.AlignLeft)
        acts = FlowRow(gap=theme.px(8))
        if stands.exists:
            acts.addWidget(
                button(theme, text("Export the revocation list"), self.export_list, name="settings.export_list", icon="download")
            )
        if self.may_publish:
            acts.addWidget(button(theme, text("Make the list anew"), self.publish, name="settings.publish_list", icon="refresh-cw"))
        self._body.addLayout(acts)

    def show_help(self) -> None:
        """Show what to do in the life of keys: somebody new, a lost card, the root near its end."""
        from desktop.library.reader import HelpDialog

        dialog = HelpDialog(self._room.desk, HELP, self._room.text("Keys and certificates: what to do when"), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self.window().activateWindow)
        dialog.open()

    def export_root(self) -> None:
        """Ask where to write the root certificate, and write it."""
        self._export(
            self._room.text("Export the root certificate"), self._room.text("root certificate.pem"), "PEM (*.pem)", vaults.export_root
        )

    def export_list(self) -> None:
        """Ask where to write the revocation list, and write it."""
        text = self._room.text
        self._export(text("Export the revocation list"), text("revocation list.crl"), "CRL (*.crl)", certificates.export_revocation_list)

    def export_page(self) -> None:
        """Ask where to write the page with the fingerprint, and lay it out."""
        organisation, code, text = self._organisation, self._room.desk.language.code, self._room.text
        if organisation is None:
            return
        path = self._ask(text("Page for the minutes (PDF)"), text("root certificate fingerprint.pdf"), "PDF (*.pdf)")
        if path is None:
            return

        def make() -> None:
            from desktop.operations.fingerprint import export_fingerprint_page

            export_fingerprint_page(organisation=organisation, language_code=code, path=path)

        self._room.render_apart(make, lambda _: self._exported(path))

    def publish(self) -> None:
        """Open the form that makes the list anew."""
        if not self.may_publish or self._organisation is None:
            return
        clear(self._body)
        form = _PublishList(self._room, published=self._published, gave_up=self._back)
        self._body.addWidget(form)
        form.setFocus()

    def _back(self) -> None:
        if self._organisation is not None:
            self.show_root(self._organisation, self._list, self._term)

    def _published(self) -> None:
        self._room.desk.note(self._room.text("The revocation list is made anew. Export it for those who check reports."))
        self._room.show_place(self._room.place)

    def _export(self, title: str, usual: str, kind: str, write: Callable[..., None]) -> None:
        path = self._ask(title, usual, kind)
        if path is not None:
            self._room.run(partial(write, path=path), lambda _: self._exported(path))

    def _exported(self, path: Path) -> None:
        self._room.desk.note(self._room.text("Exported to {file}.", file=str(path)))

    def _ask(self, title: str, usual: str, kind: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / usual), kind)
        return Path(chosen) if chosen else None


class _PublishList(InlineForm):
    def __init__(self, room: Room, *, published: Callable[[], None], gave_up: Callable[[], None]) -> None:
        text = room.text
        about = text("The new list says the same as the old one, and counts for thirteen months from today.")
        super().__init__(room, text("Make the revocation list anew"), about, name="publish", gave_up=gave_up)
        self._published = published
        self._mine = text_line(secret=True)
        self.form.add(text("Your passphrase"), self._mine, name="publish.mine", hint=text("Yours, as administrator: it signs the list."))
        self.finish(text("Make the list anew"), self._publish)
        self.setFocusProxy(self._mine)

    def _publish(self) -> None:
        desk, mine = self.room.desk, self._mine.text()
        if self.refused_here([(self._mine, self.room.text("Enter your passphrase."), not mine)]):
            return
        self.go.setEnabled(False)
        self.room.run(
            lambda: certificates.publish_revocation_list(by=desk.actor(), administrator_passphrase=mine),
            lambda _: self._published(),
            failed=lambda error: self.refuse(self._mine, error),
        )
