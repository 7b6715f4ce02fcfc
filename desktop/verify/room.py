"""Verifying a PDF: is this the report that was signed?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.operations import vaults
from desktop.reports.verdict import Verdict
from desktop.reports.verifying_child import run_limited
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.shell.theme import TITLE
from desktop.verify.state import Signer, VerdictState, verdict_state
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.page import Page, clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from forms.errors import GedigenError
from models import report
from models.identity import OrganisationCard

#: Below this width at 100 % text size the actions stand below each other.
NARROW = 700


@dataclass(frozen=True)
class _Anchor:
    """What a file is judged by: a root certificate, whose it is, and the register of the vault that is open."""

    root_pem: bytes
    organisation: str
    registered: frozenset[str] | None


class VerifyRoom(Room):
    """Give it a PDF; it says whether it is the report that was signed, and everything that this rests on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, text = desk.theme, self.text
        self._root: Path | None = None
        self._state: VerdictState | None = None
        self._is_foreign = False
        self._running = 0
        self._page = Page(theme, text("Verify a report"), widest=980)
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
        return self.text("Verify a report")

    def commands(self) -> tuple[Command, ...]:
        known = self._state is not None
        return (
            Command("verify.choose", self.text("Choose a PDF to verify"), self._choose, "O"),
            Command("verify.again", self.text("Verify the same file again"), self._verify, "F5", enabled=self.place.file is not None),
            Command("verify.root", self.text("Judge by another organisation’s root certificate"), self._choose_root),
            Command("verify.own_root", self.text("Judge by this vault’s root certificate"), self._own_root, enabled=self._root is not None),
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
        self._page.say_title(self.text("Verify a report"))
        choose = button(theme, self.text("Choose a PDF"), self._choose, name="verify.first", kind="primary", icon="folder-open")
        sentence = self.text("Drop a PDF anywhere in this window to see whether it is the report that was signed. The file is only read.")
        self._body.addWidget(EmptyState(theme, sentence, icon="shield-check", action=choose), 1)
        choose.setFocus()

    def _verify(self) -> None:
        file = self.place.file
        if file is None:
            return
        self._state = None
        self._running += 1
        mine, root = self._running, self._root
        clear(self._body)
        self._choose_button.show()
        self._page.say_title(self.text("Verify a report"), file.name)
        waiting = label(self.text("Verifying the file…"), "muted", name="verify.waiting")
        self._body.addWidget(waiting)

        def judge(anchor: _Anchor) -> None:
            self.render_apart(
                lambda: run_limited(file, root_pem=anchor.root_pem, registered=anchor.registered),
                lambda verdict: self._find_assessment(verdict, anchor) if mine == self._running else None,
                failed=self._refused,
            )

        self.load(lambda: _anchor(root), judge, failed=self._refused)

    def _find_assessment(self, verdict: Verdict, anchor: _Anchor) -> None:
        sha256 = verdict.file.sha256
        self.load(lambda: report.assessment_of(sha256) if sha256 else None, lambda found: self._show(verdict, anchor, found))

    def _show(self, verdict: Verdict, anchor: _Anchor, assessment: UUID | None) -> None:
        state = verdict_state(verdict, self.desk.language, assessment=assessment, organisation=anchor.organisation)
        self._state = state
        self._is_foreign = anchor.registered is None and (verdict.status, verdict.kind, verdict.record) == (
            "valid",
            "full_report",
            "agrees",
        )
        theme = self.desk.theme
        clear(self._body)
        card = Card(theme)
        mark = StatusMark(theme, state.mark, size=TITLE, strong=True)
        mark.setAccessibleIdentifier("verify.status")
        card.body.addWidget(mark)
        sentence = label(state.sentence, wrap=True, name="verify.sentence")
        card.body.addWidget(sentence)
        narrow = self.width() < theme.px(NARROW)
        actions = QBoxLayout(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        actions.setSpacing(theme.px(8))
        if assessment is not None:
            go = button(theme, self.text("Open its assessment"), self._open, name="verify.assessment", icon="arrow-right")
            actions.addWidget(go)
        if self._can_be_kept():
            keep = self.text("Keep as a sealed assessment of another organisation")
            actions.addWidget(button(theme, keep, self._keep, name="verify.keep", icon="lock"))
        copy = button(theme, self.text("Copy as text"), self._copy_text, name="verify.copy", kind="plain")
        copy_json = button(theme, self.text("Copy as JSON"), self._copy_json, name="verify.copy_json", kind="plain")
        for one in (copy, copy_json):
            actions.addWidget(one)
        actions.addStretch(1)
        card.body.addSpacing(theme.px(4))
        card.body.addLayout(actions)
        self._body.addWidget(card)
        self._body.addWidget(self._findings(state))
        if state.signers:
            self._body.addWidget(self._signatures(state.signers))
        self._body.addWidget(self._file(state))
        self._choose_button.setFocus()
        self.desk.commands_changed.emit()

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
            card.body.addLayout(self._facts(signer.facts))
        return card

    def _file(self, state: VerdictState) -> QWidget:
        theme = self.desk.theme
        card = Card(theme, self.text("The file, and what it was judged by"))
        card.body.addLayout(self._facts(state.facts))
        words = self.text("Use another root certificate") if self._root is None else self.text("Use this vault’s root certificate")
        press = self._choose_root if self._root is None else self._own_root
        card.body.addWidget(button(theme, words, press, name="verify.root", kind="link"))
        return card

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> QGridLayout:
        theme = self.desk.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.px(150))
        for at, (title, words) in enumerate(facts):
            value: QLabel = label(words, "dense", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label(title, "muted", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _refused(self, error: GedigenError) -> None:
        clear(self._body)
        theme = self.desk.theme
        self._body.addWidget(Notice(theme, self.desk.language.error(error), tone="warning"))
        if self._root is not None:
            again = button(theme, self.text("Use this vault’s root certificate"), self._own_root, name="verify.own_root")
            self._body.addWidget(again)
            again.setFocus()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.text("Choose a PDF to verify"), "", "PDF (*.pdf)")
        if name:
            self.desk.go(Place("verify", file=Path(name)))

    def _choose_root(self) -> None:
        filter_ = self.text("Certificates") + " (*.pem *.crt *.cer)"
        name, _ = QFileDialog.getOpenFileName(self, self.text("Choose a root certificate"), "", filter_)
        if name:
            self.judge_by(Path(name))

    def judge_by(self, root: Path | None) -> None:
        """Judge by the root certificate in a PEM file, or with ``None`` by this vault's own."""
        self._root = root
        self._verify()

    def _own_root(self) -> None:
        self.judge_by(None)

    def _open(self) -> None:
        if self._state is not None and self._state.assessment is not None:
            self.desk.go(Place("report", assessment=self._state.assessment))

    def _can_be_kept(self) -> bool:
        """Tell whether it is a full report that was found valid by the root certificate of another organisation."""
        return self._state is not None and self._is_foreign and self._root is not None

    def _keep(self) -> None:
        if self._can_be_kept():
            self.desk.go(Place("keep_report", file=self.place.file, question=str(self._root)))

    def _copy_text(self) -> None:
        if self._state is not None:
            QGuiApplication.clipboard().setText(self._state.plain_text)
            self.desk.note(self.text("The verdict is on the clipboard."))

    def _copy_json(self) -> None:
        if self._state is not None:
            QGuiApplication.clipboard().setText(self._state.json)
            self.desk.note(self.text("The verdict is on the clipboard."))


def _anchor(root: Path | None) -> _Anchor:
    """Read what to judge by: a chosen certificate, or this vault's own with its register of reports."""
    if root is None:
        own: OrganisationCard = vaults.organisation()
        return _Anchor(own.root_pem.encode("ascii"), own.name, report.registered_hashes())
    return _Anchor(_pem(root), root.name, None)


def _pem(root: Path) -> bytes:
    from desktop.reports.anchor import NotACertificate
    from forms.text import N_

    try:
        return root.read_bytes()[: 1024 * 1024]
    except OSError as error:
        raise NotACertificate(
            N_("{file} could not be opened ({why}). Nothing was verified."), file=root.name, why=error.strerror or ""
        ) from error
