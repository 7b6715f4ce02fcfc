"""One instrument's result on the page: requirement gaps, each subject with both ratings, values without bands, how it is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.result.instrument_state import InstrumentResult
from desktop.result.judged_view import JudgedView
from desktop.result.parts import GoQuestion, clash_card, gap_card, sources_card
from desktop.result.subject_view import SubjectView, profile_chart
from desktop.shell.desk import Desk
from desktop.shell.theme import SECTION
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.text import label
from desktop.words import SUBJECTS, word
from models.cards import AssessmentFile

#: What is chosen and not yet said: of the subjects, and of the other areas.
Unsaved = tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]


class InstrumentView(QWidget):
    """Says ``judged(instrument, area, rating, reason)``. ``file`` is seen as the instrument; ``why(subject)`` opens its trace there."""

    judged = Signal(str, str, str, str)

    def __init__(
        self,
        desk: Desk,
        file: AssessmentFile,
        state: InstrumentResult,
        *,
        editable: bool,
        why: Callable[[str], object],
        go: GoQuestion,
    ) -> None:
        super().__init__()
        theme = desk.theme
        self.instrument = state.id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        if state.title:
            title = label(state.title, "section", wrap=True, name=f"result.instrument.{state.id}")
            title.setFont(theme.font(SECTION + 2, QFont.Weight.DemiBold))
            column.addSpacing(theme.px(8))
            column.addWidget(title)
        if state.gap_sentence:
            column.addWidget(gap_card(desk, state, go))
        self._subjects: list[SubjectView] = []
        for subject in state.subjects:
            view = SubjectView(desk, file, subject, editable=editable, why=why)
            view.judged.connect(partial(self.judged.emit, state.id, subject.id))
            self._subjects.append(view)
            column.addWidget(view)
        for subject_id in state.unrated:
            column.addWidget(self._unrated(desk, file, state, subject_id, why))
        self._judged: JudgedView | None = None
        if state.judged:
            self._judged = JudgedView(desk, state, editable=editable)
            self._judged.judged.connect(partial(self.judged.emit, state.id))
            column.addWidget(self._judged)
        if state.clashes:
            column.addWidget(clash_card(desk, state.clashes, go))
        column.addWidget(sources_card(desk, file, state))

    @property
    def unsaved(self) -> Unsaved:
        """What is chosen and waits for its reason."""
        subjects = {one.subject: one.unsaved for one in self._subjects if one.unsaved}
        return subjects, self._judged.unsaved if self._judged is not None else {}

    def take_up(self, unsaved: Unsaved) -> None:
        """Show again what was chosen and not yet said."""
        subjects, areas = unsaved
        for one in self._subjects:
            if one.subject in subjects:
                one.take_up(subjects[one.subject])
        if self._judged is not None:
            self._judged.take_up(areas)

    def show_ratings(self, state: InstrumentResult) -> None:
        """Show ratings that were kept; what is being typed stays."""
        for view, card in zip(self._subjects, state.subjects, strict=True):
            view.show_card(card)
        if self._judged is not None:
            self._judged.show_lines(state.judged)

    def commit(self) -> None:
        """Say what is half typed."""
        for one in self._subjects:
            one.commit()
        if self._judged is not None:
            self._judged.commit()

    def _unrated(self, desk: Desk, file: AssessmentFile, state: InstrumentResult, subject: str, why: Callable[[str], object]) -> Card:
        """Show the sections of a subject that come to values and no bands; there is no figure over them."""
        card = Card(desk.theme, word(SUBJECTS, subject, desk.language))
        said = desk.language.text("Each section has a value of its own; they are not added up and have no bands.")
        card.body.addWidget(label(said, "muted", wrap=True))
        card.body.addWidget(profile_chart(desk, file, subject, name=f"result.profile.{state.id}.{subject}"))
        for remark in state.remarks:
            card.body.addWidget(label(f"▲ {remark}", "strong", wrap=True))
        made = button(desk.theme, desk.language.text("Why?"), partial(why, subject), name=f"result.why.{state.id}.{subject}", kind="link")
        card.body.addWidget(made)
        return card
