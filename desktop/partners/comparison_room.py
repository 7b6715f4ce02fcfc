"""A partner over the years in the window: choose assessments, read the comparison, make and sign it, export it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations.partners import partner_page
from desktop.partners.comparison_engine import Looked, Read, document_bytes, export, file_name, look_up, read_compared
from desktop.partners.comparison_state import ChoiceState, DocumentState, choice_state, document_state, language_of, usual_choice
from desktop.partners.comparison_steps import comparison_steps
from desktop.report.reading import PdfReading
from desktop.report.turning import Turning
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button, dress
from desktop.widgets.card import Notice
from desktop.widgets.fields import Segments, check
from desktop.widgets.flow_row import flow
from desktop.widgets.page import Page, clear
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.cards import PartnerPage
from models.document_kind import Part

#: Heights at 100 % text size: the margins and gaps around the pages, and the least that they get.
_AROUND, _LEAST = 90, 320


class ComparisonRoom(Room):
    """One comparison in one language at a time: registered if it has been made, else a preview made on the spot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._partner: PartnerPage | None = None
        self._chosen: frozenset[UUID] | None = None
        self._choice: ChoiceState | None = None
        self._read: Read | None = None
        self._state: DocumentState | None = None
        self._wanted = desk.language.code
        self._shown: object = None
        self._looked = Looked()
        self._busy = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._page = Page(theme, self.text("Comparison"), widest=1600)
        margin = theme.px(24)
        self._page.column.setContentsMargins(margin, theme.px(14), margin, theme.px(12))
        self._page.column.setSpacing(theme.px(8))
        self._page.body.setSpacing(theme.px(8))
        self._export_button = button(theme, self.text("Export…"), self._export, name="comparison.export", icon="download")
        self._sign_button = button(theme, self.text("Make and sign"), self._sign, name="comparison.sign", icon="signature")
        back = button(theme, self.text("Back to the partner"), self._back, name="comparison.back", icon="arrow-left")
        self._page.act(self._export_button, self._sign_button, back)
        self._notes = QVBoxLayout()
        self._page.body.addLayout(self._notes)
        self._offered: tuple[tuple[str, str], ...] = ()
        self._segments: Segments | None = None
        self._boxes: dict[UUID, QCheckBox] = {}
        self._lines = QVBoxLayout()
        self._page.body.addLayout(self._lines)
        self._left_out = label("", "dense", wrap=True, name="comparison.left_out")
        self._page.body.addWidget(self._left_out)
        choice = QWidget()
        self._languages = QHBoxLayout(choice)
        self._languages.setContentsMargins(0, 0, 0, 0)
        self._archive = check(
            self.text("For archives that refuse attachments (PDF/A-2a)"), name="comparison.archive", changed=lambda _: self._show()
        )
        self._reading = PdfReading(theme, self.text("Comparison"))
        self._turning = Turning(desk, self._reading, name="comparison")
        self._tools = flow([choice, self._archive, self._turning.row()], gap=theme.px(8), ends=True)
        self._page.body.addWidget(self._tools)
        self._page.body.addWidget(self._reading, 1)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Comparison")

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._partner, self._chosen, self._read, self._state, self._shown = None, None, None, None, None
            self._looked, self._busy = Looked(), False
            self._say("")
        super().show_place(place)
        partner = place.partner
        if partner is not None:
            self.load(lambda: partner_page(partner_id=partner), self._show_partner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Let the pages take the height that is left, and never so little that nothing can be read: then the room scrolls."""
        theme = self.desk.theme
        width, item = self.width() - theme.px(64), self._lines.itemAt(0)
        choice = item.widget() if item is not None else None
        shown = [one for one in (choice, self._left_out, self._tools) if one is not None and not one.isHidden()]
        taken = sum(one.heightForWidth(width) for one in shown)
        title = self._page.heading.sizeHint().height() + self._page.under.sizeHint().height()
        self._reading.setMinimumHeight(max(theme.px(_LEAST), self.height() - theme.px(_AROUND) - title - taken))

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("comparison.export", self.text("Export the comparison"), self._export, "Ctrl+E", enabled=self._can_export()),
            Command("comparison.sign", self.text("Make and sign the comparison"), self._sign, enabled=self._can_sign()),
            Command("comparison.back", self.text("Back to the partner"), self._back),
            *self._turning.commands(),
        )

    # -- what is compared

    def _show_partner(self, page: PartnerPage) -> None:
        self._partner = page
        if self._chosen is None:
            self._chosen = frozenset(usual_choice(page))
        self._offer()
        self._reread()

    def _offer(self) -> None:
        """Show what there is to tick; the boxes stay the same ones while the assessments do, so that the focus stays."""
        if self._partner is None or self._chosen is None:
            return
        self._choice = state = choice_state(self._partner, self._chosen, self.desk.language)
        if list(self._boxes) != [one.id for one in state.lines]:
            clear(self._lines)
            self._boxes = {
                one.id: check(one.words, name=f"comparison.of.{place}", on=one.chosen, changed=partial(self._tick, one.id))
                for place, one in enumerate(state.lines)
            }
            if self._boxes:
                self._lines.addWidget(flow(list(self._boxes.values()), gap=self.desk.theme.px(16)))
        for one in state.lines:
            self._boxes[one.id].setEnabled(one.can_change)
        self._left_out.setText(state.left_out)
        self._left_out.setVisible(bool(state.left_out))
        self._give_room()

    def _tick(self, assessment: UUID, ticked: bool) -> None:
        chosen = self._chosen or frozenset()
        self._chosen = chosen | {assessment} if ticked else chosen - {assessment}
        self._say("")
        self._offer()
        self._reread()

    def _reread(self) -> None:
        """Read what is chosen, or say why nothing is compared."""
        partner, choice = self.place.partner, self._choice
        if partner is None or choice is None:
            return
        self._tools.setVisible(not choice.refusal)
        if choice.refusal:
            self._read, self._state, self._shown = None, None, None
            self._page.say_title(self.text("Comparison: {partner}", partner=choice.partner), "")
            self._reading.wait(choice.refusal)
            self._allow()
            return
        ids = tuple(one.id for one in choice.lines if one.chosen)
        self.load(partial(read_compared, partner, ids), self._show_read, failed=self._failed)

    def _show_read(self, read: Read) -> None:
        self._read, self._looked = read, Looked()
        self._show()

    # -- the document

    def _part(self) -> Part:
        return 2 if self._archive.isChecked() else 3

    def _show(self) -> None:
        """Show the document of what was read, in the language and part that are wanted."""
        read, person = self._read, self.desk.person
        if read is None:
            return
        shown = (read.ones.to_bytes(), len(read.ones.newest.documents), self._part(), language_of(read.ones, self._wanted))
        chain = self._looked.chain if self._looked.wanted == shown else ()
        self._state = state = document_state(
            read.ones, self.desk.language, wanted=self._wanted, chain=chain, person=person.id if person is not None else None
        )
        self._page.say_title(self.text("Comparison: {partner}", partner=read.ones.name), state.said)
        self._offer_languages(state)
        self._give_room()
        if shown != self._shown:
            self._shown = shown
            self._fetch(read, state)
        self._allow()
        self.desk.commands_changed.emit()

    def _fetch(self, read: Read, state: DocumentState) -> None:
        """Get the bytes: registered ones out of the vault, a preview laid out in the second thread, where is found out which it is."""
        wanted, part = self._shown, self._part()
        if not state.language:
            self._reading.wait(state.said)
            return
        self._reading.wait(self.text("Laying out the comparison…"))

        def show(pdf: bytes) -> None:
            if wanted == self._shown:
                self._reading.show_pdf(pdf)
                if not self._is_choosing():
                    self._reading.setFocus(Qt.FocusReason.OtherFocusReason)

        def found(looked: Looked) -> None:
            if wanted != self._shown:
                return
            self._looked = Looked(looked.chain, looked.pdf, wanted)
            self._show()
            if looked.chain:
                self.run(partial(document_bytes, looked.chain[-1].id), show, failed=self._failed)
            else:
                show(looked.pdf)

        def failed(error: GedigenError) -> None:
            if wanted == self._shown:
                self._failed(error)

        self.render_apart(partial(look_up, read, state.language, part), found, failed=failed)

    def _is_choosing(self) -> bool:
        """Tell whether the focus stands on what is chosen here, where it stays."""
        here = QApplication.focusWidget()
        return here is not None and (here in self._boxes.values() or self._tools.isAncestorOf(here))

    def _failed(self, error: GedigenError) -> None:
        self._reading.wait("")
        self._say(self.desk.language.error(error))

    def _offer_languages(self, state: DocumentState) -> None:
        """Offer the languages; the buttons stay the same ones while the languages do, so that the focus stays."""
        if self._offered == state.languages and self._segments is not None:
            self._segments.show_key(state.language)
            return
        clear(self._languages)
        self._offered, self._segments = state.languages, None
        if len(state.languages) > 1:
            title = self.text("Language of the comparison")
            choose = Segments(self.desk.theme, state.languages, name="comparison.language", title=title, current=state.language)
            choose.chosen.connect(lambda code: self._choose(str(code)))
            self._languages.addWidget(choose)
            self._segments = choose

    def _choose(self, code: str) -> None:
        self._wanted = code
        self._show()

    def _allow(self) -> None:
        """Let only that be pressed which can be done now; the coloured button is what comes next."""
        signs_first = self._state is not None and self._state.can_sign
        self._export_button.setEnabled(self._can_export())
        self._sign_button.setEnabled(self._can_sign())
        self._sign_button.setVisible(signs_first)
        dress(self.desk.theme, self._sign_button, "primary" if signs_first else "plain", "signature")
        dress(self.desk.theme, self._export_button, "plain" if signs_first else "primary", "download")

    def _can_export(self) -> bool:
        return self._state is not None and self._state.can_export and not self._busy

    def _can_sign(self) -> bool:
        return self._state is not None and self._state.can_sign and not self._busy

    # -- what is done with it

    def _sign(self) -> None:
        state, read = self._state, self._read
        if state is None or read is None or not self._can_sign():
            return
        self._busy = True
        self._allow()

        def ended() -> None:
            self._busy = False
            self._allow()
            self._say(self.text("Made and signed."), tone="note")

        def refused(error: GedigenError | None) -> None:
            self._busy = False
            self._allow()
            self._say(self.desk.language.error(error) if error is not None else "")

        comparison_steps(self, read=read, code=state.language, part=self._part(), ended=ended, refused=refused).begin()

    def _export(self) -> None:
        state, read, part = self._state, self._read, self._part()
        if state is None or read is None or not self._can_export():
            return

        def named(name: str) -> None:
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
            title, kinds = self.text("Export the comparison"), self.text("PDF (*.pdf)")
            chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(folder) / name), kinds)
            if chosen:
                self._write(read, state, part, Path(chosen))

        self.run(partial(file_name, read, state.language, part), named)

    def _write(self, read: Read, state: DocumentState, part: Part, path: Path) -> None:
        path = path if path.suffix.casefold() == ".pdf" else path.with_name(path.name + ".pdf")
        self.run(
            partial(export, self.desk.actor, read, state.language, part, state.report, path),
            lambda _: self._say(self.text("Exported as {file}.", file=str(path)), tone="note"),
            failed=lambda error: self._say(self.desk.language.error(error)),
        )

    def _back(self) -> None:
        self.desk.go(Place("partner", partner=self.place.partner))

    def _say(self, said: str, *, tone: str = "warning") -> None:
        clear(self._notes)
        if said:
            notice = Notice(self.desk.theme, said, tone=tone)
            notice.words.setAccessibleIdentifier("comparison.said")
            self._notes.addWidget(notice)
