"""Verifying a PDF: is this the report that was signed?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.reports.grounds import Grounds, verify_file
from desktop.reports.verdict import Verdict
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.given import Given
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.shell.theme import TITLE
from desktop.verify.given import grounds_of
from desktop.verify.state import Signer, VerdictState, verdict_state
from desktop.widgets.button import button, dress
from desktop.widgets.card import Card, Notice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.facts import facts_grid
from desktop.widgets.flow_row import FlowRow, flow
from desktop.widgets.fold import Fold
from desktop.widgets.page import Page, clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from forms.errors import GedigenError
from models import report

_CERTIFICATES, _LISTS = " (*.pem *.crt *.cer)", " (*.crl *.pem)"


class VerifyRoom(Room):
    """Give it a PDF; it says whether it is the report that was signed, and everything that this rests on."""

    def __init__(self, desk: Desk, *, leading: QWidget | None = None) -> None:
        """Make the room; with ``leading``, a way back above its title, it stands in the middle of a window of its own."""
        super().__init__(desk)
        theme, text = desk.theme, self.text
        self._given = Given()
        self._state: VerdictState | None = None
        self._is_foreign = False
        self._running = 0
        self._page = Page(theme, text("Check a report"), widest=980, middle=leading is not None)
        if leading is not None:
            self._page.column.insertWidget(0, leading)
        self._choose_button = button(
            theme, text("Choose another PDF"), self._choose, name="verify.choose", kind="primary", icon="folder-open", shortcut="O"
        )
        self._page.act(self._choose_button)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.px(16))
        self._page.body.addLayout(self._body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def title(self) -> str:
        return self.text("Check a report")

    def commands(self) -> tuple[Command, ...]:
        known = self._state is not None
        return (
            Command("verify.choose", self.text("Choose a PDF to verify"), self._choose, "O"),
            Command("verify.again", self.text("Verify the same file again"), self._verify, "F5", enabled=self.place.file is not None),
            Command("verify.root", self.text("Judge by another organisation’s root certificate"), self._choose_root),
            Command("verify.clock", self.text("Count the timestamps of an authority whose root certificate you have"), self._choose_clock),
            Command("verify.list", self.text("Look certificates up in a revocation list that you have"), self._choose_list),
            Command("verify.own_root", self._own_words(), self._own_root, enabled=self._given.is_anything),
            Command(
                "verify.keep",
                self.text("Keep as a sealed assessment of another organisation"),
                self._keep,
                enabled=known and self._can_be_kept(),
            ),
            Command("verify.copy", self.text("Copy the verdict as text"), self._copy_text, enabled=known),
            Command("verify.copy_json", self.text("Copy the verdict as JSON"), self._copy_json, enabled=known),
        )

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        if place.file is None:
            self._running += 1
            self._state = None
            self._invite()
        else:
            self._verify()

    def change_happened(self, change: object) -> None:
        """What is written in the vault does not change a verdict that has been given; F5 judges again."""

    def _invite(self) -> None:
        clear(self._body)
        theme = self.desk.theme
        self._choose_button.hide()
        self._page.say_title(self.text("Check a report"))
        choose = button(theme, self.text("Choose a PDF"), self._choose, name="verify.first", kind="primary", icon="folder-open")
        sentence = self.text("Drop a PDF anywhere in this window to see whether it is the report that was signed. The file is only read.")
        if self.desk.vault is None:
            sentence += " " + self.text("Have the organisation’s root certificate at hand, a file that ends in .pem: ask them for it.")
        self._body.addWidget(EmptyState(theme, sentence, icon="shield-check", action=choose), 1)
        choose.setFocus()

    def _verify(self) -> None:
        file = self.place.file
        if file is None:
            return
        self._state = None
        self._running += 1
        mine, given, is_open = self._running, self._given, self.desk.vault is not None
        clear(self._body)
        self._choose_button.show()
        self._page.say_title(self.text("Check a report"), file.name)
        waiting = label(self.text("Verifying the file…"), "muted", name="verify.waiting")
        self._body.addWidget(waiting)

        def judge(grounds: Grounds) -> None:
            self.render_apart(
                lambda: verify_file(file, grounds),
                lambda verdict: self._find_assessment(verdict, grounds) if mine == self._running else None,
                failed=self._refused,
            )

        self.load(lambda: grounds_of(given, vault_is_open=is_open), judge, failed=self._refused)

    def _find_assessment(self, verdict: Verdict, grounds: Grounds) -> None:
        sha256 = verdict.file.sha256 if self.desk.vault is not None else ""
        self.load(lambda: report.assessment_of(sha256) if sha256 else None, lambda found: self._show(verdict, grounds, found))

    def _show(self, verdict: Verdict, grounds: Grounds, assessment: UUID | None) -> None:
        state = verdict_state(verdict, self.desk.language, assessment=assessment, organisation=grounds.organisation)
        self._state = state
        found = (verdict.status, verdict.kind, verdict.record)
        self._is_foreign = grounds.registered is None and assessment is None and found == ("valid", "full_report", "agrees")
        theme = self.desk.theme
        clear(self._body)
        card = Card(theme)
        mark = StatusMark(theme, state.mark, size=TITLE, strong=True)
        mark.setAccessibleIdentifier("verify.status")
        card.body.addWidget(mark)
        sentence = label(state.sentence, wrap=True, name="verify.sentence")
        card.body.addWidget(sentence)
        actions = FlowRow(gap=theme.px(8))
        onwards = self._onwards(assessment, rootless=grounds.root_pem is None)
        for one in onwards:
            actions.addWidget(one)
        copy = button(theme, self.text("Copy as text"), self._copy_text, name="verify.copy", kind="plain")
        copy_json = button(theme, self.text("Copy as JSON"), self._copy_json, name="verify.copy_json", kind="plain")
        for one in (copy, copy_json):
            actions.addWidget(one)
        card.body.addSpacing(theme.px(4))
        card.body.addLayout(actions)
        self._body.addWidget(card)
        self._body.addWidget(self._findings(state))
        if state.signers:
            self._body.addWidget(self._signatures(state.signers))
        self._body.addWidget(self._file(state))
        dress(theme, self._choose_button, "plain" if onwards else "primary", "folder-open")
        (onwards[0] if onwards else self._choose_button).setFocus()
        self.desk.commands_changed.emit()

    def _onwards(self, assessment: UUID | None, *, rootless: bool) -> list[QPushButton]:
        """Give what is next to do with the file: the first one is the room's primary act."""
        text = self.text
        ways = []
        if rootless:
            ways.append((text("Give the organisation’s root certificate"), self._choose_root, "verify.give_root", "folder-open"))
        if self._can_be_kept():
            ways.append((text("Keep as a sealed assessment of another organisation"), self._keep, "verify.keep", "lock"))
        if assessment is not None:
            ways.append((text("Open its assessment"), self._open, "verify.assessment", "arrow-right"))
        kinds = ["primary", *("plain" for _ in ways)]
        return [
            button(self.desk.theme, words, press, name=name, kind=kind, icon=icon)
            for (words, press, name, icon), kind in zip(ways, kinds, strict=False)
        ]

    def _findings(self, state: VerdictState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("What was found"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for at, finding in enumerate(state.findings):
            grid.addWidget(StatusMark(theme, finding.mark), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(finding.sentence, wrap=True, name=f"verify.finding.{at}"), at, 1)
        card.body.addLayout(grid)
        return card

    def _signatures(self, signers: tuple[Signer, ...]) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("Signatures"))
        for at, signer in enumerate(signers):
            if at:
                card.body.addSpacing(theme.px(8))
            head = QHBoxLayout()
            head.setSpacing(theme.px(12))
            head.addWidget(label(signer.name, "strong", name=f"verify.signer.{at}"))
            head.addWidget(StatusMark(theme, signer.mark))
            head.addStretch(1)
            card.body.addLayout(head)
            card.body.addLayout(facts_grid(theme, signer.facts, name=f"verify.signer.{at}.fact"))
            card.body.addWidget(self._certificate(signer, at))
        return card

    def _certificate(self, signer: Signer, at: int) -> Fold:
        fill = partial(facts_grid, self.desk.theme, signer.certificate, name=f"verify.signer.{at}.certificate")
        show, hide = self.text("Show the certificate and what it covers"), self.text("Hide the certificate")
        folded = Fold(self.desk.theme, show, hide, fill, name=f"verify.certificate.{at}")
        folded.way.setAccessibleDescription(signer.name)
        return folded

    def _file(self, state: VerdictState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("The file, and what it was judged by"))
        card.body.addLayout(facts_grid(theme, state.facts, name="verify.fact"))
        if self._given.root is not None:
            said = self.text(
                "Compare the fingerprint with what the organisation has told you by another way: whoever has that root can sign for it."
            )
            card.body.addWidget(label(said, "muted", wrap=True, name="verify.compare"))
        links = [(self.text("Use another root certificate"), self._choose_root, "verify.root")]
        if self.desk.vault is None:
            links = [(self.text("Give the organisation’s root certificate"), self._choose_root, "verify.root")]
        links += [
            (self.text("Give a timestamp authority’s root certificate"), self._choose_clock, "verify.clock"),
            (self.text("Give a revocation list"), self._choose_list, "verify.list"),
        ]
        if self._given.is_anything:
            links.append((self._own_words(), self._own_root, "verify.own_root"))
        card.body.addWidget(flow([button(theme, words, press, name=name, kind="link") for words, press, name in links], gap=theme.px(16)))
        return card

    def _own_words(self) -> str:
        if self.desk.vault is None:
            return self.text("Take back what was given")
        return self.text("Judge by what this vault knows alone")

    def _refused(self, error: GedigenError) -> None:
        clear(self._body)
        theme = self.desk.theme
        self._body.addWidget(Notice(theme, self.desk.language.error(error), tone="warning"))
        if self._given.is_anything:
            again = button(theme, self._own_words(), self._own_root, name="verify.own_root")
            self._body.addWidget(again)
            again.setFocus()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.text("Choose a PDF to verify"), "", "PDF (*.pdf)")
        if name and self.desk.vault is None:
            self.show_place(Place("verify", file=Path(name)))
        elif name:
            self.desk.go(Place("verify", file=Path(name)))

    def _choose_root(self) -> None:
        chosen = self._ask(self.text("Choose a root certificate"), self.text("Certificates") + _CERTIFICATES)
        if chosen is not None:
            self.judge_by(replace(self._given, root=chosen))

    def _choose_clock(self) -> None:
        chosen = self._ask(self.text("Choose a timestamp authority’s root certificate"), self.text("Certificates") + _CERTIFICATES)
        if chosen is not None:
            self.judge_by(replace(self._given, clocks=(*self._given.clocks, chosen)))

    def _choose_list(self) -> None:
        chosen = self._ask(self.text("Choose a revocation list"), self.text("Revocation lists") + _LISTS)
        if chosen is not None:
            self.judge_by(replace(self._given, lists=(*self._given.lists, chosen)))

    def _ask(self, title: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        return Path(name) if name else None

    def judge_by(self, given: Given) -> None:
        """Judge by files that were given; by nothing but what this vault knows when there are none."""
        self._given = given
        self.desk.commands_changed.emit()
        self._verify()

    def _own_root(self) -> None:
        self.judge_by(Given())

    def _open(self) -> None:
        if self._state is not None and self._state.assessment is not None:
            self.desk.go(Place("report", assessment=self._state.assessment))

    def _can_be_kept(self) -> bool:
        """Tell whether it is a full report that was found valid by the root certificate of another organisation."""
        return self.desk.vault is not None and self._state is not None and self._is_foreign and self._given.root is not None

    def _keep(self) -> None:
        if self._can_be_kept():
            self.desk.go(Place("keep_report", file=self.place.file, given=self._given))

    def _copy_text(self) -> None:
        if self._state is not None:
            QGuiApplication.clipboard().setText(self._state.plain_text)
            self.desk.note(self.text("The verdict is on the clipboard."))

    def _copy_json(self) -> None:
        if self._state is not None:
            QGuiApplication.clipboard().setText(self._state.json)
            self.desk.note(self.text("The verdict is on the clipboard."))
