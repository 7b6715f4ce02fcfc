"""The card about a decision's document, below the recorded decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.decision.document_state import DocumentState
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.fields import Segments
from desktop.widgets.flow_row import flow
from desktop.widgets.text import label


class DocumentCard(Card):
    """Says whether the document is signed, and lets it be signed and read.

    ``choose`` is called with a language, ``sign`` with nothing, ``read`` with an earlier decision's id or nothing, ``switch`` to let the
    one who recorded the decision come to the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        language: Language,
        state: DocumentState,
        *,
        choose: Callable[[str], object],
        sign: Callable[[], object],
        read: Callable[[str], object],
        switch: Callable[[], object],
    ) -> None:
        text = language.text
        super().__init__(theme, text("Decision document"))
        self._language = language
        self._said = label(state.said, wrap=True, name="decision.document.said")
        self.body.addWidget(self._said)
        if len(state.languages) > 1:
            choice = Segments(
                theme, state.languages, name="decision.document.language", title=text("Language of the document"), current=state.language
            )
            choice.chosen.connect(lambda code: choose(str(code)))
            self.body.addWidget(choice)
        self.acts: list[QWidget] = []
        if state.action == "sign":
            words = text("Make and sign the decision document")
            self.acts.append(button(theme, words, sign, name="decision.document.sign", kind="primary", icon="signature"))
        elif state.action == "switch":
            self.acts.append(button(theme, text("Switch person"), switch, name="decision.document.switch", icon="users"))
        words = text("Read and export") if state.document is not None else text("Read it first")
        self.acts.append(button(theme, words, partial(read, ""), name="decision.document.read", icon="file-text"))
        self.body.addWidget(flow(self.acts, gap=theme.px(8)))
        for decision, words in state.earlier:
            before = text("Document of the earlier decision: {decision}", decision=words)
            self.body.addWidget(
                button(theme, before, partial(read, str(decision)), name=f"decision.document.earlier.{decision}", kind="link")
            )

    def show_busy(self) -> None:
        """Say that it is being made; nothing can be pressed meanwhile."""
        self._said.setText(self._language.text("Making and signing the document…"))
        for act in self.acts:
            act.setEnabled(False)
