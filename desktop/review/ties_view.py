"""The reviewer's own ties, declared before anything else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import CommittedText
from desktop.widgets.form import FormRows
from desktop.widgets.page import row
from desktop.widgets.text import label


class TiesView(Card):
    """None, or one that is described; ``declare(has_tie, words)``."""

    def __init__(self, desk: Desk, said: str, *, declare: Callable[[bool, str], object]) -> None:
        text = desk.language.text
        super().__init__(desk.theme, text("Your own ties first"))
        self._declare, self._text = declare, text
        self.body.addWidget(label(said, wrap=True))
        hint = text("Family, friendship, earlier employment, board seats, money, or anything else that others might see as one.")
        self.body.addWidget(label(hint, "muted", wrap=True))
        none = button(desk.theme, text("I have no tie"), lambda: declare(False, ""), name="review.tie.none", kind="primary")
        some = button(desk.theme, text("I have a tie…"), self._open, name="review.tie.some")
        self.body.addLayout(row(desk.theme, [none, some, None]))
        self._words = CommittedText(desk.theme, lines=3)
        self._form = FormRows(desk.theme)
        self._form.add(text("What the tie is, and since when"), self._words, name="review.tie.text")
        self._form.add_wide(button(desk.theme, text("Declare the tie"), self._say, name="review.tie.declare"))
        self._form.hide()
        self.body.addWidget(self._form)
        self._wrong = label("", "error", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)

    def refuse(self, said: str) -> None:
        """Say in place why it was not recorded."""
        self._wrong.setText(said)
        self._wrong.setVisible(bool(said))

    def _open(self) -> None:
        self._form.show()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        words = self._words.toPlainText().strip()
        if words:
            self._declare(True, words)
        else:
            self._form.mark_wrong(self._words, self._text("Describe the tie: what it is, and since when."))
