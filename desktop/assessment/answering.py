"""What a key or a field means for the answer, and asking for the reason that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtGui import QTextCursor

from desktop.assessment.answer_sheet import AnswerSheet
from desktop.assessment.question_state import QuestionState
from desktop.assessment.question_view import QuestionView
from desktop.shell.room import Room
from forms.answers import KNOWN, Answer, Known, State
from forms.errors import GedigenError, ScoringError
from forms.values import Value
from models.errors import ReasonNeeded, SentenceNeeded


class Answering:
    """Turns what the user does at the question in focus into answers given to the sheet.

    ``proposed`` is an answer that is shown and waits for its reason; it is not scored and not saved until then.
    """

    def __init__(
        self, room: Room, sheet: AnswerSheet, view: QuestionView, *, refresh: Callable[[], None], go_on: Callable[[], None]
    ) -> None:
        self._room, self._sheet, self._view = room, sheet, view
        self._refresh, self._go_on = refresh, go_on
        self.proposed: Answer | None = None
        view.picked.connect(self.pick)
        view.commented.connect(self.comment)

    @property
    def waits_for_reason(self) -> bool:
        """Whether a change is shown that is not saved until a reason is given."""
        return self.proposed is not None

    @property
    def can_confirm(self) -> bool:
        """Whether Enter confirms last time's answer here."""
        state = self._view.state
        return state is not None and state.last is not None and state.last.standing == "unconfirmed"

    def pick(self, value: object) -> None:
        """Take a level, choice or typed value (``None``: emptied) as the answer."""
        current = self._current
        typing = self._view.is_typing
        value = self._view.taken(value)
        if value is None:
            self._give(None if current is None or current.state == "answered" else current)
        else:
            chosen = cast(Value, value)
            known, comment = (current.known, current.comment) if current is not None else (None, "")
            self._give(Answer("answered", chosen, known=known, comment=comment))
        if not typing and not self._view.ask.is_open:
            self._view.setFocus()

    def comment(self, text: str) -> None:
        """Keep a comment; a question without an answer then stands as *don't know yet*."""
        current = self._current
        if current is None and not text.strip():
            return
        self._give(replace(current or Answer("dont_know"), comment=text))

    def do(self, action: str) -> None:
        """Do what a button or its key says."""
        self._view.say_wrong("")
        match action:
            case "confirm":
                self.confirm()
                return
            case "relink":
                self._give(None)
            case "rely":
                self.rely()
                return
            case "comment":
                self._view.comment.moveCursor(QTextCursor.MoveOperation.End)
                self._view.comment.setFocus()
                return
            case "not_applicable" | "not_established":
                self._set_aside(action)
                return
            case "dont_know":
                self._dont_know()
            case _ if action in KNOWN:
                current = self._current or Answer("dont_know")
                self._give(replace(current, known=cast(Known, action)))
        if not self._view.ask.is_open:
            self._view.setFocus()

    def confirm(self) -> None:
        """Confirm last time's answer; a key question without fresh evidence asks for a sentence first."""
        state = self._view.state
        if state is None or state.last is None:
            return
        question = state.id
        if state.last.needs_sentence or self._asks_why:
            text = self._room.text("Say in a sentence how you know that it is still so (or add fresh evidence first).")
            self._view.ask.ask(text, lambda sentence: self._confirm(question, sentence), dismissed=self._view.focus)
        else:
            self._confirm(question, "")

    def rely(self) -> None:
        """Rely on another body's result that could answer the question; with a reason when the result here has been seen."""
        state = self._view.state
        if state is None or state.reliance is None or state.reliance.proposed is None:
            return
        question, proposed = state.id, state.reliance.proposed

        def go_on(why: str) -> None:
            self.proposed = None
            self._sheet.rely(question, proposed, why=why)
            self._view.focus()

        self.with_reason(go_on)

    def with_reason(self, go_on: Callable[[str], None]) -> None:
        """Go on with an empty reason, or ask for one when the result has been seen."""
        if self._asks_why:
            self._view.ask.ask(self._why, go_on, dismissed=self._view.focus)
        else:
            go_on("")

    def reload_if_reason(self, error: GedigenError) -> None:
        """Read the file again when the vault knew that the result has been seen and this room did not."""
        if isinstance(error, (ReasonNeeded, SentenceNeeded)):
            self._room.show_place(self._room.place)

    @property
    def _state(self) -> QuestionState | None:
        return self._view.state

    @property
    def _current(self) -> Answer | None:
        if self.proposed is not None:
            return self.proposed
        return self._sheet.answer(self._state.id) if self._state is not None else None

    @property
    def _asks_why(self) -> bool:
        file = self._sheet.file
        return file is not None and self._state is not None and file.with_question(self._state.id).result_seen_at is not None

    @property
    def _why(self) -> str:
        return self._room.text("The result has been seen. Why are you changing the answer? The report counts such changes.")

    def _give(self, answer: Answer | None, *, why: str = "") -> None:
        if self._state is None:
            return
        question = self._state.id
        self._view.say_wrong("")
        if self._asks_why and not why and answer != self._sheet.own(question):
            self._propose(question, answer)
            return
        if self.proposed is not None:
            self._view.ask.dismiss()  # back at what stands: nothing waits any more
        try:
            self._sheet.give(question, answer, why=why)
        except ScoringError as error:
            self._refresh()
            self._view.say_wrong(self._room.desk.language.error(error))

    def _propose(self, question: str, answer: Answer | None) -> None:
        """Show a change and ask why before it is saved."""
        self.proposed = answer
        self._refresh()

        def take(why: str) -> None:
            self.proposed = None
            self._sheet.give(question, answer, why=why)
            self._refresh()
            self._view.focus()

        typed = self._view.ask.line.text() if self._view.ask.is_open else ""
        self._view.place_ask(below_comment=self._view.comment.hasFocus())
        # Asked while somebody is typing, it takes no cursor away: leaving the text leads to it.
        self._view.ask.ask(self._why, take, dismissed=self._drop, text=typed, waits=self._view.is_typing)

    def _drop(self) -> None:
        self.proposed = None
        self._refresh()
        self._view.focus()

    def _set_aside(self, state: str) -> None:
        """Ask why, and then let the question stand as not applicable or not established."""
        current, text = self._current, self._room.text
        if self._state is None:
            return
        if state == "not_applicable" and not self._state.may_be_set_aside:
            self._view.say_wrong(text("This is a key question and cannot be set aside as not applicable."))
            return
        prompt = (
            text("Why is it not applicable?") if state == "not_applicable" else text("Why could it not be established? What was tried?")
        )
        comment = current.comment if current is not None else ""
        reason = current.reason if current is not None and current.state == state else ""

        def take(given: str) -> None:
            why = given if self._asks_why else ""
            self._give(Answer(cast(State, state), comment=comment, reason=given), why=why)
            self._view.focus()

        self._view.ask.ask(prompt, take, dismissed=self._view.focus, text=reason)

    def _dont_know(self) -> None:
        current = self._current
        if current is not None and current.state == "dont_know" and not current.comment and current.known is None:
            self._give(None)
        else:
            self._give(Answer("dont_know", comment=current.comment if current is not None else ""))

    def _confirm(self, question: str, sentence: str) -> None:
        self.proposed = None
        self._sheet.confirm(question, sentence=sentence)
        self._go_on()
