"""Why: the trace as a sum to read, on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.result.instrument_state import key_letter
from desktop.result.parts import GoQuestion, question_link
from desktop.result.trace_state import TraceSection, TraceSubject, trace_state
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.ledger import Cell, Ledger, LedgerColumn, Strong
from desktop.widgets.page import Page, clear
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import Mark
from models.cards import AssessmentFile


class TraceView(QWidget):
    """The sum of each subject and of each of its sections; ``back`` goes to the result, ``go`` to a question."""

    def __init__(self, desk: Desk, *, back: Callable[[], object], go: GoQuestion) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._file: AssessmentFile | None = None
        self._heads: dict[str, QWidget] = {}
        self._left: list[Callable[[], QWidget]] = []
        self._begins_at = ""
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._make_next)
        text = desk.language.text
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        under = text(
            "Every figure of the result, from the single answer. A figure runs from 0 to 100 and is exact; it is rounded only to be read."
        )
        self._page = Page(desk.theme, text("Why?"), under=under, widest=1120)
        self._back = button(desk.theme, text("Back to the result"), back, name="result.why.back", icon="arrow-left", shortcut="Esc")
        self._page.act(self._back)
        whole.addWidget(self._page)

    def show_file(self, file: AssessmentFile) -> None:
        """Lay the trace out; nothing is made anew for the same file."""
        if file is self._file:
            return
        self._file = file
        self._heads = {}
        clear(self._page.body)
        self._left = []
        for subject in trace_state(file, self._desk.language):
            self._left.append(partial(self._subject, subject))
            self._left += [partial(self._section, section) for section in subject.sections]
        self._make_next()

    def _make_next(self) -> None:
        """Make one card after another, giving the window its turn between them; then go to where one wanted to begin."""
        if not self._left:
            self._scroll_to(self._begins_at)
            return
        self._page.body.addWidget(self._left.pop(0)())
        self._turn.start()

    def begin_at(self, subject: str) -> None:
        """Come in at a subject, or at the top."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begins_at = subject
        self._turn.start()

    def _scroll_to(self, subject: str) -> None:
        area, head = self._page.area, self._heads.get(subject)
        if area is not None:
            above = self._desk.theme.px(16)
            area.verticalScrollBar().setValue(
                head.mapTo(self._page, QPoint()).y() + area.verticalScrollBar().value() - above if head else 0
            )

    def _head(self, title: str, kind: str, mark: Mark, figure: str) -> QHBoxLayout:
        theme = self._desk.theme
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        line.addWidget(label(title, kind))
        line.addStretch(1)
        if figure:
            line.addWidget(label(figure, "strong"))
        line.addWidget(StatusMark(theme, mark))
        return line

    def _subject(self, subject: TraceSubject) -> Card:
        theme, text = self._desk.theme, self._desk.language.text
        card = Card(theme)
        card.setAccessibleName(subject.title)
        self._heads[subject.id] = card
        card.body.addLayout(self._head(subject.title, "section", subject.mark, subject.figure))
        if subject.rows:
            columns = [
                LedgerColumn(text("Section"), share=1),
                LedgerColumn(text("Out of 100"), number=True),
                LedgerColumn(text("Weight"), number=True),
                LedgerColumn(text("Product"), number=True),
            ]
            rows: list[list[Cell]] = [list(one) for one in subject.rows]
            card.body.addWidget(Ledger(theme, columns, rows, title=text("Sections of the {subject}", subject=subject.title.lower())))
        if subject.total:
            total = label(subject.total, "strong", name=f"result.why.total.{subject.id}")
            total.setAlignment(Qt.AlignmentFlag.AlignRight)
            card.body.addWidget(total)
        for said in (subject.cutoffs, *subject.remarks):
            if said:
                card.body.addWidget(label(said, "dense", wrap=True))
        return card

    def _section(self, section: TraceSection) -> Card:
        theme, text = self._desk.theme, self._desk.language.text
        card = Card(theme)
        card.setAccessibleName(section.title)
        card.body.addLayout(self._head(section.title, "strong", section.mark, section.figure))
        columns = [
            LedgerColumn(text("No."), number=True),
            LedgerColumn(""),
            LedgerColumn(text("Question"), share=1),
            LedgerColumn(text("Level"), number=True),
            LedgerColumn(text("Weight"), number=True),
            LedgerColumn(text("Product"), number=True),
            LedgerColumn(text("Share"), number=True),
            LedgerColumn(text("One level more"), number=True),
        ]
        rows: list[list[Cell]] = []
        for line in section.lines:
            below = text("{question} (below the requirement)", question=line.question.text) if line.gap else line.question.text
            link = question_link(self._desk, line.question, self._go, name="result.why.question")
            rows.append([link, Strong(key_letter(line.key)), below, line.level, line.weight, line.product, line.share, line.step])
        if rows:
            card.body.addWidget(Ledger(theme, columns, rows, title=section.title))
        total = label(section.total, "strong", wrap=True)
        total.setAlignment(Qt.AlignmentFlag.AlignRight)
        card.body.addWidget(total)
        for said in (*section.remarks, *section.uncounted):
            card.body.addWidget(label(said, "dense", wrap=True))
        return card
