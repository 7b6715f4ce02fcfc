"""A report in one language: who signs, who has signed, and every revision with its SHA-256."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.digest_words import grouped
from desktop.seal.state import ReportLine
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fold import Fold
from desktop.widgets.ledger import Cell, Ledger, LedgerColumn, Strong
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label


class ReportCardView(Card):
    """Signature lines, the next act, revisions."""

    def __init__(
        self,
        desk: Desk,
        report: ReportLine,
        *,
        sign: Callable[[], object],
        make: Callable[[], object],
        switch: Callable[[], object],
        read: Callable[[], object],
    ) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._acts: list[QPushButton] = []
        theme, text = desk.theme, desk.language.text
        code = report.language
        title = report.title
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(label(title, "section"), 1)
        head.addWidget(StatusMark(theme, report.mark))
        self.body.addLayout(head)
        columns = [LedgerColumn(""), LedgerColumn(text("Who"), share=2), LedgerColumn(""), LedgerColumn(text("When"), share=1)]
        rows: list[list[Cell]] = [
            [
                Strong(text("{line} (may be left unsigned)", line=one.title) if one.optional else one.title),
                one.who,
                one.mark,
                one.said,
            ]
            for one in report.signatures
        ]
        self.body.addWidget(Ledger(theme, columns, rows, title=text("Signatures")))
        self._said = label(report.action_said, wrap=True, name=f"seal.next.{code}")
        self._said.setVisible(bool(report.action_said))
        self.body.addWidget(self._said)
        if report.time_said:
            self.body.addWidget(label(report.time_said, "muted", wrap=True, name=f"seal.time.{code}"))
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        if report.action == "sign":
            self._acts.append(button(theme, text("Sign"), sign, name=f"seal.sign.{code}", kind="primary", icon="signature"))
        if report.action == "make":
            self._acts.append(button(theme, text("Make the report"), make, name=f"seal.make.{code}", icon="file-text"))
        if report.action in ("switch", "make"):
            self._acts.append(button(theme, text("Switch person"), switch, name=f"seal.switch.{code}", icon="users"))
        self._acts.append(button(theme, text("Read"), read, name=f"seal.read.{code}", icon="eye"))
        for one in self._acts:
            one.setAccessibleDescription(title)
            acts.addWidget(one)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self._wrong = label("", "error", wrap=True, name=f"seal.error.{code}")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        if report.revisions:
            n = len(report.revisions)
            show = desk.language.plural("Show {n} revision and its SHA-256", "Show {n} revisions and their SHA-256", n)
            folded = Fold(theme, show, text("Hide the revisions"), partial(self._revisions, report), name=f"seal.revisions.{code}")
            folded.way.setAccessibleDescription(title)
            self.body.addWidget(folded)

    def show_busy(self, busy: bool) -> None:
        """Say that the report is being laid out or signed; nothing can be pressed twice meanwhile."""
        for one in self._acts:
            one.setEnabled(not busy)
        if busy:
            self.refuse("")
            self._said.setText(self._desk.language.text("Working on the report…"))
            self._said.show()

    def refuse(self, said: str) -> None:
        """Say in place why it was not done."""
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))

    def _revisions(self, report: ReportLine) -> Ledger:
        theme, text = self._desk.theme, self._desk.language.text
        columns = [
            LedgerColumn(text("Revision"), number=True),
            LedgerColumn("", share=3),
            LedgerColumn(text("When"), share=2),
            LedgerColumn("SHA-256", share=5),
        ]
        rows: list[list[Cell]] = []
        for one in report.revisions:
            hashed = label(grouped(one.sha256), "dense", wrap=True)
            hashed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            hashed.setAccessibleName(one.sha256)
            hashed.setContentsMargins(0, theme.px(5), 0, theme.px(5))
            rows.append([one.number, one.said, one.at, hashed])
        return Ledger(theme, columns, rows, title=text("Revisions"))
