"""The question in focus: its words, its answers, how it is known, comment and evidence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.assessment.drop_target import DropTarget
from desktop.assessment.evidence_list import EvidenceForm, EvidenceList
from desktop.assessment.inline_ask import InlineAsk
from desktop.assessment.keycap import key_button, show_key
from desktop.assessment.last_time_view import LastTimeView
from desktop.assessment.link_view import LinkView
from desktop.assessment.question_state import QuestionState
from desktop.assessment.reliance_view import RelianceView
from desktop.assessment.value_field import NUMBERS, TYPED, ValueField
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.fields import CommittedText
from desktop.widgets.flow_row import flow
from desktop.widgets.level_picker import LevelPicker, LevelRow
from desktop.widgets.text import label, set_property
from desktop.words import KNOWN
from forms.template import Question
from forms.text import N_

#: States that are no answer, with the action that sets them.
STATES = {"not_applicable": N_("Not applicable"), "dont_know": N_("Don’t know yet"), "not_established": N_("Could not be established")}

#: A comment field grows to this many lines and then scrolls.
_LONGEST_COMMENT = 5


class QuestionView(QFrame):
    """Shows one question; says what the user wants and decides nothing.

    Signals: ``picked(value)``, ``did(action)`` for the buttons that have keys, ``commented(text)``, ``dropped(path)``.
    """

    picked = Signal(object)
    did = Signal(str)
    commented = Signal(str)
    dropped = Signal(str)
    value_refused = Signal(str)
    grown = Signal()

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self.state: QuestionState | None = None
        self._guided = False
        self._known: dict[str, QPushButton] = {}
        self._states: dict[str, QPushButton] = {}
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleIdentifier("assessment.question")
        self.setAcceptDrops(True)
        self._drop = DropTarget(theme, language.text("Drop the file here: it becomes evidence for this question"), self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(5))
        self._place = label("", "caption", name="assessment.place")
        self._tags = label("", "caption", wrap=True, name="assessment.tags")
        self._tags.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setSpacing(theme.px(4))
        self._words = label("", "section", wrap=True)
        self._guidance = label("", "dense", wrap=True, name="assessment.guidance")
        self._expected = label("", "caption", wrap=True, name="assessment.expected")
        self._too_old = label("", "error", wrap=True, name="assessment.too_old")
        self._more = self._action(language.text("Guidance"), "guidance", key="G", name="assessment.guide")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.addWidget(self._place)
        head.addWidget(self._more)
        head.addWidget(self._tags, 1)
        self.last = LastTimeView(theme, language)
        self.last.confirmed.connect(lambda: self.did.emit("confirm"))
        self.link = LinkView(theme, language)
        self.link.did.connect(self.did)
        self.reliance = RelianceView(theme, language)
        self.reliance.confirmed.connect(lambda: self.did.emit("rely"))
        self.levels = LevelPicker(theme, name="assessment.level", title=language.text("Answers"))
        self.levels.picked.connect(self.picked)
        self.value = ValueField(theme, language)
        self.value.entered.connect(self.picked)
        self.value.refused.connect(self.value_refused)
        self._wrong = label("", "error", wrap=True, name="assessment.error")
        self.ask = InlineAsk(theme, language, name="assessment.reason")
        self._reason = label("", "dense", wrap=True, name="assessment.reason_given")
        self.comment = CommittedText(theme, lines=1)
        self.comment.setPlaceholderText(language.text("What was seen, by whom, when"))
        self.comment.setAccessibleIdentifier("assessment.comment")
        self.comment.setAccessibleName(language.text("Comment"))
        self.comment.committed.connect(self.commented)
        self.comment.textChanged.connect(self._grow)
        self.comment.setAcceptDrops(False)  # a file dropped here is evidence too
        self.evidence = EvidenceList(theme, language)
        self.form = EvidenceForm(theme, language)
        self._said = label("", "caption", wrap=True, name="assessment.who")
        for widget in (
            self._words,
            self._guidance,
            self._expected,
            self._too_old,
            self.last,
            self.link,
            self.reliance,
            self.levels,
            self.value,
            self._wrong,
        ):
            if widget is self._words:
                column.addLayout(head)
            column.addWidget(widget)
        self._column = column
        column.addWidget(self.ask)
        column.addWidget(self._known_row())
        self._comment = self._comment_row()
        column.addLayout(self._comment)
        column.addWidget(self._reason)
        column.addWidget(self._state_row())
        column.addWidget(self.evidence)
        column.addWidget(self.form)
        self._add = self._action(language.text("Add evidence"), "evidence", key="A", name="assessment.evidence")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self._add)
        foot.addWidget(self._said, 1)
        column.addLayout(foot)

    def show_state(self, state: QuestionState, question: Question, *, editable: bool, guided: bool) -> None:
        """Show a question; only what differs is touched."""
        new = self.state is None or self.state.id != state.id
        if new:
            self._wrong.hide()
            self.comment.setFixedHeight(self._line_height(1))
        if self.state == state and self.isEnabled() and self._guided == guided and self.property("editable") == editable:
            return
        self.state = state
        self._guided = guided
        self.setProperty("editable", editable)
        self._say(self._place, f"{state.number} · {state.section}")
        self._say(self._tags, " · ".join(state.tags))
        self._say(self._words, state.text)
        self._say(self._guidance, state.guidance if guided else "")
        self._say(self._expected, self._language.text("Evidence: {expected}", expected=state.expected) if state.expected else "")
        self._say(self._too_old, state.age_warning)
        self._speak(". ".join([f"{state.number}. {state.text}", *state.tags]), ". ".join([state.spoken, state.guidance]))
        self.last.show_last(state.last, editable=editable)
        self.link.show_link(state.link, key=state.keys.actions["link"], editable=editable)
        self.reliance.show_reliance(state.reliance, key=state.keys.actions["rely"], editable=editable)
        given = state.given
        answered = given is not None and given.state == "answered"
        self.levels.setVisible(bool(state.rows))
        if state.rows:
            rows = [LevelRow(row.value, row.key, row.text, row.note) for row in state.rows]
            chosen = given.value if given is not None and answered else None
            self.levels.show_rows(rows, chosen=chosen, enabled=editable, several=state.kind == "choices")
        self.value.setVisible(state.kind in TYPED)
        if state.kind in TYPED:
            self.value.show_question(state, question, enabled=editable)
        self._show_known(state, editable)
        for name, made in self._states.items():
            made.setChecked(given is not None and given.state == name)
            made.setEnabled(editable and (name != "not_applicable" or state.may_be_set_aside))
            show_key(self._theme, made, state.keys.actions[name])
        self._say(self._reason, self._language.text("Because: {reason}", reason=given.reason) if given is not None and given.reason else "")
        self.comment.setReadOnly(not editable)
        self.comment.show_text(given.comment if given is not None else "")
        self._grow()
        self._add.setEnabled(editable)
        self.evidence.show_rows(state.evidence, editable=editable)
        self._said.setText(state.missing_known or state.said)
        set_property(self._said, "kind", "error" if state.missing_known else "caption")

    def say_wrong(self, text: str) -> None:
        """Say by the answers what was wrong; empty takes it away."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def focus(self) -> None:
        """Stand at the question; a number, amount or date can be typed at once."""
        if self.state is not None and self.state.kind in NUMBERS and self.value.isEnabled() and self.property("editable"):
            self.value.focus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_typing(self) -> bool:
        """Whether the cursor stands in a comment or in an answer that is typed."""
        return self.comment.hasFocus() or self.value.has_focus

    def place_ask(self, *, below_comment: bool) -> None:
        """Let a reason be asked for by the answers, or below the comment that is being typed, which then stays where it is."""
        if self.ask.isHidden():
            self._column.removeWidget(self.ask)
            beside = self._comment if below_comment else self._wrong
            self._column.insertWidget(self._column.indexOf(beside) + 1, self.ask)

    def taken(self, value: object) -> object:
        """Give what the answer becomes when a value is picked: of several choices one is taken in or out, ``None`` when none is left."""
        state = self.state
        if state is None or state.kind != "choices" or not isinstance(value, str):
            return value
        before = state.given.value if state.given is not None and state.given.state == "answered" else ()
        chosen = set(before if isinstance(before, tuple) else ()) ^ {value}
        return tuple(row.value for row in state.rows if row.value in chosen) or None

    def commit(self) -> None:
        """Say now what is half typed."""
        self.comment.commit()
        self.value.commit()

    def close_inline(self) -> bool:
        """Close what is open in place; says whether something was."""
        was_open = self.ask.is_open or not self.form.isHidden()
        self.ask.dismiss()
        self.form.close_form()
        return was_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys of the question are the room's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()
        self._drop.setGeometry(self.rect())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.property("editable") and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._drop.show()
            self._drop.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])
        if len(paths) > 1:
            self.form.say_wrong(self._language.text("One file at a time, each with its own date: only the first is here."))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.end()

    def _known_row(self) -> QWidget:
        self._known_title = label(self._language.text("Known"), "dense")
        for name in KNOWN:
            text = self._language.text(KNOWN[name])
            self._known[name] = self._action(text, name, key=name[0].upper(), name=f"assessment.known.{name}", checkable=True)
        return flow([self._known_title, *self._known.values()], gap=self._theme.px(2))

    def _comment_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        made = self._action(self._language.text("Comment"), "comment", key="C", name="assessment.comment.go")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFixedHeight(self._line_height(1))
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.comment, 1)
        return row

    def _state_row(self) -> QWidget:
        for name, message in STATES.items():
            text = self._language.text(message)
            self._states[name] = self._action(text, name, key=name[0].upper(), name=f"assessment.state.{name}", checkable=True)
        return flow([*self._states.values()], gap=self._theme.px(2))

    def _action(self, text: str, action: str, *, key: str, name: str, checkable: bool = False) -> QPushButton:
        return key_button(self._theme, text, lambda: self.did.emit(action), key=key, name=name, checkable=checkable)

    def _show_known(self, state: QuestionState, editable: bool) -> None:
        known = state.given.known if state.given is not None else None
        for name, made in self._known.items():
            made.setChecked(known == name)
            made.setEnabled(editable)
            show_key(self._theme, made, state.keys.actions[name])

    def _speak(self, name: str, description: str) -> None:
        """Name the question, which stays so while it is answered; what is answered is told behind."""
        if self.accessibleName() != name:
            self.setAccessibleName(name)
        if self.accessibleDescription() != description:
            self.setAccessibleDescription(description)

    def _say(self, where, text: str) -> None:
        if where.text() != text:
            where.setText(text)
        where.setVisible(bool(text))

    def _grow(self) -> None:
        lines = min(max(int(self.comment.document().size().height()), 1), _LONGEST_COMMENT)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines == _LONGEST_COMMENT else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.comment.setVerticalScrollBarPolicy(bar)
        if self.comment.height() != self._line_height(lines):
            self.comment.setFixedHeight(self._line_height(lines))
            if not self.comment.hasFocus():
                self.grown.emit()

    def _line_height(self, lines: int) -> int:
        return self.comment.fontMetrics().lineSpacing() * lines + self._theme.px(22)
