"""Organisation or project: the calculated band with its profile, and the caseworker's own rating beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.charts.capacity import capacity_profile, profile_rows
from desktop.charts.scale import zones_of
from desktop.result.instrument_state import SubjectCard
from desktop.result.parts import CHART_WIDTH
from desktop.shell.desk import Desk
from desktop.shell.theme import SECTION
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.chart_host import ChartHost
from desktop.widgets.chart_painter import text_width
from desktop.widgets.fields import CommittedText, Segments
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.text import label
from desktop.words import SUBJECTS, word
from models.cards import AssessmentFile

#: Below this width, at 100 % text size, the profile stands under the figure instead of beside it.
_BESIDE = 860


class SubjectView(Card):
    """Says ``judged(rating, reason)`` when the own rating or its reason is given. ``why(subject)`` opens the trace there."""

    judged = Signal(str, str)

    def __init__(self, desk: Desk, file: AssessmentFile, card: SubjectCard, *, editable: bool, why: Callable[[str], object]) -> None:
        super().__init__(desk.theme)
        self.subject = card.id
        self._desk, self._card = desk, card
        self._reason: CommittedText | None = None
        self._segments: Segments | None = None
        self._pending: str | None = None
        self.setAccessibleName(card.title)
        theme = desk.theme
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.px(24))
        left = QVBoxLayout()
        left.setSpacing(theme.px(6))
        self._write_band(left, why)
        if card.choices:
            left.addSpacing(theme.px(10))
            self._write_judged(left, editable=editable)
        left.addStretch(1)
        held = QWidget()
        held.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(held, 10)
        self._sides.addWidget(
            profile_chart(desk, file, card.id, name=f"result.profile.{card.name}", higher_is_better=card.higher_is_better), 15
        )
        self.body.addLayout(self._sides)

    @property
    def unsaved(self) -> tuple[str, str] | None:
        """A rating that is chosen and waits for its reason, with what is typed of it."""
        if self._pending is None:
            return None
        return self._pending, self._reason.toPlainText() if self._reason is not None else ""

    def take_up(self, unsaved: tuple[str, str]) -> None:
        """Show again what was chosen and not yet said."""
        rating, reason = unsaved
        if self._segments is not None and self._reason is not None:
            self._segments.show_key(rating)
            self._reason.show_text(reason)
            self._choose(rating)

    def show_card(self, card: SubjectCard) -> None:
        """Show a rating that was kept; what is being typed stays."""
        self._card = card
        if self._segments is None or self._reason is None or self._pending is not None:
            return
        self._segments.show_key(card.judged)
        self._said.setText(card.judged_said)
        self._reason.show_text(card.reason)
        self._show_reason(self._needs_reason(card.judged) or self._reason.hasFocus())

    def commit(self) -> None:
        """Say what is half typed."""
        if self._reason is not None:
            self._reason.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= self._desk.theme.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _write_band(self, column: QVBoxLayout, why: Callable[[str], object]) -> None:
        theme, card = self._desk.theme, self._card
        column.addWidget(label(card.title, "section"))
        if card.stops is not None:
            stops = StatusMark(theme, card.stops, size=SECTION, strong=True)
            stops.setAccessibleIdentifier(f"result.stops.{card.name}")
            column.addWidget(stops)
        figure = QHBoxLayout()
        figure.setSpacing(theme.px(10))
        if card.figure:
            number = label(card.figure, "number", name=f"result.figure.{card.name}")
            number.setFont(theme.font(36))
            figure.addWidget(number)
            said = label(card.said, "muted")
            figure.addWidget(said, 0, Qt.AlignmentFlag.AlignBottom)
        mark = StatusMark(theme, card.mark, size=SECTION, strong=True)
        mark.setAccessibleIdentifier(f"result.band.{card.name}")
        figure.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        figure.addStretch(1)
        column.addLayout(figure)
        for words in (card.held, card.distance):
            if words:
                column.addWidget(label(words, "dense", wrap=True))
        text = self._desk.language.text
        made = button(theme, text("Why?"), lambda: why(card.id), name=f"result.why.{card.name}", kind="link")
        made.setAccessibleName(text("Why? {subject}", subject=card.title))
        column.addWidget(made)

    def _write_judged(self, column: QVBoxLayout, *, editable: bool) -> None:
        theme, card, text = self._desk.theme, self._card, self._desk.language.text
        column.addWidget(label(text("Your judged rating") if editable else text("Judged by the caseworker"), "strong"))
        if not editable:
            words = dict(card.choices)
            column.addWidget(label(words.get(card.judged or "", text("Not judged.")), name=f"result.judged.{card.name}"))
            for said in (card.judged_said if card.judged else "", card.reason):
                if said:
                    column.addWidget(label(said, "dense", wrap=True))
            return
        title = text("Your judged rating of the {subject}", subject=card.title.lower())
        self._segments = Segments(theme, card.choices, name=f"result.judged.{card.name}", title=title, current=card.judged)
        self._segments.chosen.connect(lambda rating: self._choose(str(rating)))
        column.addWidget(self._segments)
        self._said = label(card.judged_said, "dense", wrap=True, name=f"result.judged.{card.name}.said")
        column.addWidget(self._said)
        self._why = label(text("Comment") if card.calculated in card.needs_reason else text("Why it differs"), "strong")
        self._reason = CommittedText(theme, card.reason, lines=3, placeholder=text("What the figures do not show"))
        self._reason.setAccessibleIdentifier(f"result.judged.{card.name}.reason")
        self._reason.setAccessibleName(text("Why your judged rating of the {subject} differs", subject=card.title.lower()))
        self._why.setBuddy(self._reason)
        self._reason.committed.connect(self._reasoned)
        column.addWidget(self._why)
        column.addWidget(self._reason)
        self._show_reason(self._needs_reason(card.judged))

    def _needs_reason(self, rating: str | None) -> bool:
        return rating is not None and rating in self._card.needs_reason

    def _show_reason(self, shown: bool) -> None:
        if self._reason is not None:
            self._why.setVisible(shown)
            self._reason.setVisible(shown)

    def _choose(self, rating: str) -> None:
        """A rating that needs no reason is kept at once; another waits for it."""
        needed = self._needs_reason(rating)
        self._show_reason(needed)
        reason = self._reason.toPlainText().strip() if self._reason is not None else ""
        if needed and not reason:
            self._pending = rating
            text, same = self._desk.language.text, rating == self._card.calculated
            self._said.setText(text("Write a comment to it.") if same else text("It differs from the calculated one: say why."))
            if self._reason is not None:
                self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._pending = None
        self.judged.emit(rating, reason if needed else "")

    def _reasoned(self, typed: str) -> None:
        rating = self._pending or self._card.judged
        if rating is not None and typed.strip():
            self._pending = None
            self.judged.emit(rating, typed.strip())


def profile_chart(desk: Desk, file: AssessmentFile, subject: str, *, name: str, higher_is_better: bool = True) -> ChartHost:
    """Draw a subject's sections, of capacity or of risk, with last time's beside."""
    language, earlier = desk.language, file.earlier
    who = word(SUBJECTS, subject, language).lower()
    title = (
        language.text("Capacity of the {subject} by section", subject=who)
        if higher_is_better
        else language.text("Risk of the {subject} by section", subject=who)
    )
    chart = ChartHost(desk.theme, name=name, title=title, largest=1.35)
    rows = profile_rows(file.template, file.result, subject, language, before=earlier.result if earlier else None)
    chart.show_drawing(
        capacity_profile(
            rows,
            zones_of(file.template, subject),
            subject=subject,
            language=language,
            measure=text_width,
            width=CHART_WIDTH,
            before_label=str(earlier.assessment.draft.as_of.year) if earlier else "",
            higher_is_better=higher_is_better,
        )
    )
    return chart
