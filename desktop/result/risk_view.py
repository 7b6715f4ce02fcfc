"""Risks: those proposed by the answers, each to be decided on, and the register before and after measures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.charts.risk_matrix import risk_matrix
from desktop.operations.reviewing import decide_risk
from desktop.result.parts import GoQuestion
from desktop.result.risk_editor import RiskEditor
from desktop.result.risk_state import RiskState, WaitingRisk, beginning, own_risk, risk_state
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chart_host import ChartHost
from desktop.widgets.chart_painter import text_width
from desktop.widgets.flow_row import flow
from desktop.widgets.ledger import Cell, Ledger, LedgerColumn, Link
from desktop.widgets.page import clear, row
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label, line
from desktop.words import RISK_CHOICES, Mark, rating_mark, word
from forms.errors import GedigenError
from forms.risk import RiskChoice, RiskEntry, check_entry
from forms.template import RISK, RiskMatrix
from models.cards import AssessmentFile

if TYPE_CHECKING:
    from desktop.shell.room import Room

#: The width in points that the matrix is laid out for, as in the report.
_MATRIX_WIDTH = 318.0


class RiskView(Card):
    """One card. ``unsaved`` is a decision that is being typed; it outlives the card when the room gives it back by ``take_up``."""

    def __init__(self, room: Room, file: AssessmentFile, *, editable: bool, go: GoQuestion) -> None:
        super().__init__(room.desk.theme, room.text("Risks"))
        self._room, self._file, self._editable, self._go = room, file, editable, go
        self._state: RiskState = risk_state(file, room.desk.language)
        self._editor: RiskEditor | None = None
        self._places: dict[str, QVBoxLayout] = {}
        self._opener = ""
        self.body.addWidget(label(self._state.summary, "strong", wrap=True, name="result.risks"))
        for risk in self._state.waiting:
            self.body.addWidget(self._waiting(risk))
        self._place = QVBoxLayout()
        self._places[""] = self._place
        self.body.addLayout(self._place)
        if self._state.decided:
            self.body.addWidget(self._register())
        for aside in self._state.set_aside:
            about = room.text("Set aside: {title} {reason}", title=aside.title, reason=aside.reason)
            words = label(about, "dense", wrap=True)
            again = button(
                room.desk.theme,
                room.text("Decide again"),
                partial(self._begin, aside.entry, "rejected"),
                name=f"result.risk.{aside.entry.id}.edit",
                kind="link",
            )
            again.setVisible(editable)
            held = QHBoxLayout()
            held.addWidget(words, 1)
            held.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(held)
        if editable:
            own = button(
                room.desk.theme, room.text("Add a risk of your own"), self.begin_own, name="result.risk.own", kind="link", icon="plus"
            )
            self.body.addWidget(own)

    @property
    def unsaved(self) -> RiskEntry | None:
        """What is being typed about a risk."""
        return self._editor.entry() if self._editor is not None else None

    @property
    def next_to_decide(self) -> str:
        """The accessible identifier of where one goes on: the first risk that waits, or adding one's own."""
        return f"result.risk.{self._state.waiting[0].entry.id}.accept" if self._state.waiting else "result.risk.own"

    def take_up(self, entry: RiskEntry) -> None:
        """Go on typing about a risk."""
        if self._editable:
            self._open(entry)

    def begin_own(self) -> None:
        """Begin a risk of the caseworker's own."""
        self._open(own_risk(self._file.result.subjects[0].subject if self._file.result.subjects else "organisation"))

    def _waiting(self, risk: WaitingRisk) -> QWidget:
        theme, text = self._room.desk.theme, self._room.text
        held = QWidget()
        held.setAccessibleName(risk.title)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        column.setSpacing(theme.px(4))
        column.addWidget(line())
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(label(risk.title, wrap=True), 1)
        top.addWidget(StatusMark(theme, risk.mark), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        bottom = QHBoxLayout()
        bottom.setSpacing(theme.px(8))
        about: list[QWidget] = [label(risk.about, "caption")]
        for way in risk.because:
            said = text("Question {number}", number=way.number)
            link = button(theme, said, partial(self._go, way), name=f"result.risk.{risk.entry.id}.question.{way.id}", kind="link")
            link.setToolTip(way.text)
            about.append(link)
        bottom.addWidget(flow(about, gap=theme.px(8)), 1)
        if self._editable:
            choices: tuple[tuple[RiskChoice, str, str], ...] = (
                ("accepted", "accept", text("Accept…")),
                ("changed", "change", text("Change…")),
                ("rejected", "set_aside", text("Set aside…")),
            )
            acts: list[QWidget] = []
            for choice, name, words in choices:
                made = button(theme, words, partial(self._begin, risk.entry, choice), name=f"result.risk.{risk.entry.id}.{name}")
                made.setAccessibleDescription(risk.title)
                acts.append(made)
            bottom.addWidget(flow(acts, gap=theme.px(8)))
        column.addLayout(bottom)
        # The decision is typed right under the risk it is about.
        self._places[risk.entry.id] = QVBoxLayout()
        column.addLayout(self._places[risk.entry.id])
        return held

    def _register(self) -> QWidget:
        theme, language, text = self._room.desk.theme, self._room.desk.language, self._room.text
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        if self._state.matrix is not None:
            chart = ChartHost(theme, name="result.matrix", title=text("Risk matrix: likelihood up, impact across"), largest=1.5)
            chart.show_drawing(
                risk_matrix(self._state.matrix, self._state.numbered, language=language, measure=text_width, width=_MATRIX_WIDTH)
            )
            chart.setMaximumWidth(theme.px(_MATRIX_WIDTH * 1.5))
            beside = QHBoxLayout()
            beside.setSpacing(theme.px(24))
            beside.addWidget(chart, 3)
            beside.addLayout(self._counts(self._state.matrix), 2)
            column.addLayout(beside)
        columns = [
            LedgerColumn(text("No."), number=True),
            LedgerColumn(text("Risk"), share=5),
            LedgerColumn(text("Before mitigation")),
            LedgerColumn(text("What is done"), share=5),
            LedgerColumn(text("After mitigation")),
        ] + [LedgerColumn("")] * self._editable
        rows: list[list[Cell]] = []
        for risk in self._state.decided:
            cells: list[Cell] = [risk.number, f"{risk.title}\n{risk.about}", risk.before, risk.done or "–", risk.after]
            if self._editable:
                spoken = text("Change the decision about risk {number}", number=risk.number)
                edit = partial(self._begin, risk.entry, "own" if risk.entry.choice == "own" else risk.entry.choice)
                cells.append(Link(text("Edit"), spoken, f"result.risk.{risk.entry.id}.edit", edit))
            rows.append(cells)
        column.addWidget(Ledger(theme, columns, rows, title=text("Risks")))
        return held

    def _counts(self, matrix: RiskMatrix) -> QVBoxLayout:
        """Say how many risks stand at each rating before and after, and how the matrix is read."""
        theme, language, text = self._room.desk.theme, self._room.desk.language, self._room.text
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        for title, ratings in (
            (text("Before mitigation"), [one.inherent for one in self._state.numbered]),
            (text("After mitigation"), [one.residual for one in self._state.numbered]),
        ):
            column.addWidget(label(title, "strong"))
            for rating in reversed(RISK):
                if count := ratings.count(rating):
                    mark = rating_mark(rating, language)
                    column.addWidget(StatusMark(theme, Mark(mark.tone, f"{language.number(count)} {mark.word.lower()}")))
            column.addSpacing(theme.px(8))
        said = [text("Likelihood goes up, impact across. The rating is read from the organisation’s table, not multiplied.")]
        if any(one.entry.on_people for one in self._state.numbered):
            floor = rating_mark(matrix.people_floor, language).word.lower()
            said.append(text("Impact 5 on people is never rated below {rating}.", rating=floor))
        for one in said:
            column.addWidget(label(one, "caption", wrap=True))
        column.addStretch(1)
        return column

    def _begin(self, entry: RiskEntry, choice: RiskChoice) -> None:
        self._open(beginning(entry, choice, self._file, self._room.desk.language))

    def _open(self, entry: RiskEntry) -> None:
        focused = self.focusWidget()
        if self._editor is None and focused is not None:
            self._opener = focused.accessibleIdentifier()
        self._close()
        matrix = self._state.matrix
        if matrix is None:
            return
        desk = self._room.desk
        self._editor = RiskEditor(desk, matrix, entry)
        self._editor.decided.connect(self._decide)
        self._editor.closed.connect(self._give_up)
        if entry.choice != "own":
            choices = row(desk.theme, [self._choice(entry, one) for one in ("accepted", "changed", "rejected")] + [None])
            self._editor.body.insertLayout(1, choices)
        self._places.get(entry.id, self._place).addWidget(self._editor)
        self._editor.begin()

    def _choice(self, entry: RiskEntry, choice: RiskChoice) -> QWidget:
        """One of the three decisions about a proposal, so that one can go over to another while typing."""
        desk = self._room.desk
        words = word(RISK_CHOICES, choice, desk.language)
        made = button(desk.theme, words, partial(self._begin, entry, choice), name=f"result.risk.as.{choice}", kind="segment")
        made.setCheckable(True)
        made.setChecked(entry.choice == choice)
        return made

    def _give_up(self) -> None:
        self._close()
        for one in self.findChildren(QWidget):
            if one.accessibleIdentifier() == self._opener:
                one.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._editor = None
        for place in self._places.values():
            clear(place)

    def _decide(self, entry: RiskEntry) -> None:
        editor, assessment = self._editor, self._room.place.assessment
        if editor is None or assessment is None:
            return
        desk = self._room.desk
        try:
            check_entry(entry)
        except GedigenError as error:
            editor.refuse(desk.language.error(error))
            return
        self._editor = None  # what was typed is being kept; the register that comes back shows it

        def refused(error: GedigenError) -> None:
            self._editor = editor
            editor.refuse(desk.language.error(error))

        self._room.run(lambda: decide_risk(actor=desk.actor(), assessment_id=assessment, entry=entry), lambda _done: None, failed=refused)
