"""Decides about one risk in place: likelihood and impact before and after, what is done, and why it is changed or set aside."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.result.risk_state import IMPACTS, LIKELIHOODS, rated, steps
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, CommittedText, check, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.page import row
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import SUBJECTS, Mark, word
from forms.risk import RiskEntry
from forms.template import RiskMatrix


class RiskEditor(Card):
    """Says ``decided(entry)`` on Save (Ctrl+Enter) and ``closed()`` on Cancel (Escape)."""

    decided = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, matrix: RiskMatrix, entry: RiskEntry) -> None:
        text = desk.language.text
        titles = {
            "accepted": text("Accept the risk"),
            "changed": text("Change the risk"),
            "rejected": text("Set the risk aside"),
            "own": text("A risk of your own"),
        }
        super().__init__(desk.theme, titles[entry.choice], surface="raised")
        self._desk, self._matrix, self._entry = desk, matrix, entry
        self._title: CommittedText | None = None
        self._reason: CommittedText | None = None
        self._mitigation: CommittedText | None = None
        self._form = FormRows(desk.theme, widest=760)
        self.body.addWidget(self._form)
        self._write_what()
        if entry.choice != "rejected":
            self._write_rating()
        if entry.choice in ("changed", "rejected"):
            title = text("Why it is set aside") if entry.choice == "rejected" else text("Why it is changed")
            self._reason = CommittedText(desk.theme, entry.reason, lines=3)
            self._form.add(title, self._reason, name="result.risk.reason")
        self._wrong = label("", "error", wrap=True, name="result.risk.error")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        save = button(desk.theme, text("Save"), self._save, name="result.risk.save", kind="primary", shortcut="Ctrl+Enter")
        cancel = button(desk.theme, text("Cancel"), self.closed.emit, name="result.risk.cancel", shortcut="Esc")
        self.body.addLayout(row(desk.theme, [save, cancel, None]))
        for keys, then in (("Ctrl+Return", self._save), ("Ctrl+Enter", self._save), ("Esc", self.closed.emit)):
            QShortcut(QKeySequence(keys), self, then, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        """Put the focus where one begins."""
        first = self._title or (self._reason if self._entry.choice == "rejected" else self._mitigation)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, said: str) -> None:
        """Say in place why it was not saved."""
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))

    def entry(self) -> RiskEntry:
        """Give the decision as it is typed now."""
        entry = self._entry
        if self._title is not None:
            entry = replace(
                entry, title=self._title.toPlainText().strip(), subject=str(self._subject.key), on_people=self._people.isChecked()
            )
        if self._reason is not None:
            entry = replace(entry, reason=self._reason.toPlainText().strip())
        if self._mitigation is None:
            return replace(entry, residual_likelihood=entry.likelihood, residual_impact=entry.impact)
        if self._before is not None:
            likelihood, impact = self._before
            entry = replace(entry, likelihood=_step(likelihood), impact=_step(impact))
        likelihood, impact = self._after
        return replace(
            entry,
            mitigation=self._mitigation.toPlainText().strip(),
            owner=self._owner.text().strip(),
            residual_likelihood=_step(likelihood),
            residual_impact=_step(impact),
        )

    def _write_what(self) -> None:
        desk, entry, text = self._desk, self._entry, self._desk.language.text
        if entry.choice != "own":
            self._form.add_wide(label(entry.title, "strong", wrap=True))
            return
        self._title = CommittedText(desk.theme, entry.title, lines=2)
        self._form.add(text("What could happen"), self._title, name="result.risk.title")
        self._subject = Choice([(key, word(SUBJECTS, key, desk.language)) for key in SUBJECTS], current=entry.subject)
        self._form.add(text("Concerns"), self._subject, name="result.risk.subject")
        self._people = check(text("It can harm people"), name="result.risk.people", on=entry.on_people, changed=lambda _on: self._rate())
        self._form.add_wide(self._people)

    def _write_rating(self) -> None:
        desk, entry, text = self._desk, self._entry, self._desk.language.text
        self._before: tuple[Choice, Choice] | None = None
        self._before_mark = StatusMark(desk.theme, self._rated(entry.likelihood, entry.impact))
        self._after_mark = StatusMark(desk.theme, self._rated(entry.residual_likelihood, entry.residual_impact))
        before: tuple[QWidget, QWidget]
        if entry.choice == "accepted":
            words = (dict(steps(LIKELIHOODS, desk.language)), dict(steps(IMPACTS, desk.language)))
            before = (label(words[0][entry.likelihood]), label(words[1][entry.impact]))
        else:
            self._before = self._pickers("before", entry.likelihood, entry.impact)
            before = self._before
        self._mitigation = CommittedText(desk.theme, entry.mitigation, lines=3)
        self._after = self._pickers("after", entry.residual_likelihood, entry.residual_impact)
        self._owner = text_line(entry.owner)
        grid = QGridLayout()
        grid.setHorizontalSpacing(desk.theme.px(12))
        grid.setVerticalSpacing(desk.theme.px(8))
        for at, title in enumerate((text("Likelihood"), text("Impact"), text("Rating by the table"))):
            grid.addWidget(label(title, "heading"), 0, at + 1)
        rows = ((text("Before mitigation"), before, self._before_mark), (text("After mitigation"), self._after, self._after_mark))
        for at, (title, (likelihood, impact), mark) in enumerate(rows, start=1):
            for place, widget in enumerate((label(title, "strong"), likelihood, impact, mark)):
                grid.addWidget(widget, at, place)
        grid.setColumnStretch(4, 1)
        held = QWidget()
        held.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self._form.add(text("What is done about it"), self._mitigation, name="result.risk.mitigation")
        self._form.add_wide(held)
        self._form.add(text("Who sees to it"), self._owner, name="result.risk.owner")

    def _pickers(self, when: str, likelihood: int, impact: int) -> tuple[Choice, Choice]:
        desk, text = self._desk, self._desk.language.text
        made = []
        titles = {"before": text("before mitigation"), "after": text("after mitigation")}
        for what, title, words, current in (
            ("likelihood", text("Likelihood"), LIKELIHOODS, likelihood),
            ("impact", text("Impact"), IMPACTS, impact),
        ):
            picker = Choice(steps(words, desk.language), current=current)
            picker.setMinimumContentsLength(17)
            picker.setAccessibleIdentifier(f"result.risk.{when}.{what}")
            picker.setAccessibleName(f"{title}, {titles[when]}")
            picker.chosen.connect(lambda _key: self._rate())
            made.append(picker)
        return made[0], made[1]

    def _rated(self, likelihood: int, impact: int) -> Mark:
        return rated(self._matrix, self._desk.language, likelihood=likelihood, impact=impact, on_people=self._entry.on_people)

    def _rate(self) -> None:
        """Read both ratings from the table again."""
        entry = self.entry()
        language = self._desk.language
        for mark, likelihood, impact in (
            (self._before_mark, entry.likelihood, entry.impact),
            (self._after_mark, entry.residual_likelihood, entry.residual_impact),
        ):
            mark.show_mark(rated(self._matrix, language, likelihood=likelihood, impact=impact, on_people=entry.on_people))

    def _save(self) -> None:
        self.decided.emit(self.entry())


def _step(picker: Choice) -> int:
    return int(str(picker.key))
