"""The end of a review: the overall comment, what must be approved, and agreeing or sending back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt

from desktop.review.state import ReviewState, Sitting, progress
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import CommittedText, check
from desktop.widgets.form import FormRows
from desktop.widgets.page import row
from desktop.widgets.text import label
from models.cards import ReviewPoint


class ClosingView(Card):
    """``agree`` and ``send_back`` are called when pressed; what is missing is said here."""

    def __init__(
        self, desk: Desk, state: ReviewState, sitting: Sitting, *, agree: Callable[[], object], send_back: Callable[[], object]
    ) -> None:
        text = desk.language.text
        super().__init__(desk.theme, text("Your review"))
        self._desk, self._state = desk, state
        self._progress = label("", "strong", name="review.progress")
        self.body.addWidget(self._progress)
        self._comment = CommittedText(desk.theme, sitting.comment, lines=4)
        form = FormRows(desk.theme, widest=760)
        hint = text("It is printed in the report. To send the assessment back, say here what should be done.")
        form.add(text("Overall comment"), self._comment, name="review.comment", hint=hint)
        self.body.addWidget(form)
        self._approves = check(state.needs_approval, name="review.approve_not_applicable", on=sitting.approves)
        self._approves.setVisible(bool(state.needs_approval))
        self.body.addWidget(self._approves)
        self._wrong = label("", "error", wrap=True, name="review.error")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        yes = button(desk.theme, text("Agree to the assessment"), agree, name="review.agree", kind="primary", shortcut="Ctrl+Enter")
        back = button(desk.theme, text("Send back to the caseworker"), send_back, name="review.send_back")
        self.body.addLayout(row(desk.theme, [yes, back, None]))

    @property
    def comment(self) -> str:
        """The overall comment as it is typed now."""
        return self._comment.toPlainText().strip()

    @property
    def approves(self) -> bool:
        """Whether the share that is not applicable is approved."""
        return self._approves.isChecked()

    def show_progress(self, points: Mapping[str, ReviewPoint]) -> None:
        """Say how many key questions have a word."""
        self._progress.setText(progress(self._state, points, self._desk.language))

    def refuse(self, said: str, *, at_comment: bool = False) -> None:
        """Say in place what is missing."""
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))
        if at_comment:
            self._comment.setFocus(Qt.FocusReason.OtherFocusReason)
