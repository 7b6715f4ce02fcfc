"""Fields to type and choose in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.flow_row import FlowRow

#: A text is committed this long after the last key, in milliseconds.
QUIET = 400
#: And at least this often while somebody types on and on: a power cut takes no more than that.
LONGEST = 3_000


def text_line(text: str = "", *, placeholder: str = "", secret: bool = False) -> QLineEdit:
    """Make a one-line field; ``secret`` hides what is typed."""
    made = QLineEdit(text)
    made.setPlaceholderText(placeholder)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def check(text: str, *, name: str, on: bool = False, changed: Callable[[bool], object] | None = None) -> QCheckBox:
    """Make a box to tick."""
    made = QCheckBox(text)
    made.setChecked(on)
    made.setAccessibleIdentifier(name)
    made.setAccessibleName(text)
    if changed is not None:
        made.toggled.connect(lambda ticked: changed(ticked))
    return made


class CommittedLine(QLineEdit):
    """A line that says ``committed(text)`` 400 ms after the last key, on Enter and on leaving; never twice for the same text."""

    committed = Signal(str)

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self._said = text
        self._quiet = _quiet_timer(self, self.commit)
        self.textEdited.connect(lambda _: self._quiet.start())
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless somebody is typing here."""
        if self._quiet.isActive():
            return
        self._said = text
        if self.text() != text:
            self.setText(text)

    def commit(self) -> None:
        """Say the text now if it is new."""
        self._quiet.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.committed.emit(self._said)


class CommittedText(QPlainTextEdit):
    """A text over several lines that says ``committed(text)`` on leaving, 400 ms after the last key, and every three seconds till then.

    Tab leaves it. Ctrl+Z stays this field's own while it has something to undo.
    """

    committed = Signal(str)

    def __init__(self, theme: Theme, text: str = "", *, placeholder: str = "", lines: int = 4) -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + theme.px(20))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._said = text
        self._shows = False
        self._quiet = _quiet_timer(self, self.commit)
        self._longest = _quiet_timer(self, self.commit, LONGEST)
        self.textChanged.connect(self._typed)

    def show_text(self, text: str) -> None:
        """Show what is kept, unless somebody is typing here."""
        if self._quiet.isActive():
            return
        self._said = text
        if self.toPlainText() != text:
            self._shows = True
            self.setPlainText(text)
            self._shows = False

    def commit(self) -> None:
        """Say the text now if it is new."""
        self._quiet.stop()
        self._longest.stop()
        text = self.toPlainText()
        if text != self._said:
            self._said = text
            self.committed.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def _typed(self) -> None:
        if self._shows:
            return
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()


class Choice(QComboBox):
    """One of several, each a key and its words; says ``chosen(key)`` when the user chooses.

    The wheel does not change it unless it has the focus, so that scrolling past it changes nothing. ``searchable`` lets one type.
    """

    chosen = Signal(object)

    def __init__(self, options: Iterable[tuple[object, str]] = (), *, current: object = None, searchable: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._keys: list[object] = []
        self.offer(options, current=current)
        if searchable:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            typed = QLineEdit()
            typed.setProperty("kind", "part")
            self.setLineEdit(typed)
            completer = QCompleter(self.model(), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)
            typed.editingFinished.connect(self.settle)
        self.activated.connect(lambda index: self.chosen.emit(self._keys[index]))

    def offer(self, options: Iterable[tuple[object, str]], *, current: object = None) -> None:
        """Offer other options without saying that one was chosen."""
        offered = list(options)
        self._keys = [key for key, _ in offered]
        self.clear()
        self.addItems([words for _, words in offered])
        self.show_key(current)

    @property
    def key(self) -> object:
        """The key that is chosen, ``None`` while none is."""
        index = self.currentIndex()
        return self._keys[index] if 0 <= index < len(self._keys) else None

    def show_key(self, key: object) -> None:
        """Show a choice without saying that it was made."""
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Qt does not say that editing is finished when one leaves by Tab while the list of completions is open.
        if self.isEditable() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def settle(self) -> None:
        """Choose what was typed, or the only one that holds it; put the words of the choice back when it is none or several of them."""
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if index < 0 and self.currentText().strip():
            typed = self.currentText().strip().casefold()
            holding = [at for at in range(self.count()) if typed in self.itemText(at).casefold()]
            index = holding[0] if len(holding) == 1 else -1
        if index < 0:
            self.setEditText(self.itemText(self.currentIndex()) if self.currentIndex() >= 0 else "")
        elif index != self.currentIndex():
            self.setCurrentIndex(index)
            self.chosen.emit(self._keys[index])
        else:
            self.setEditText(self.itemText(index))


class Segments(QWidget):
    """A few choices beside each other, one of them pressed; says ``chosen(key)``.

    Arrow keys move the focus and choose nothing on their way: a choice may ask for more, or be kept at once. Space and Enter choose.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, options: Iterable[tuple[object, str]], *, name: str, title: str, current: object = None) -> None:
        super().__init__()
        self.setAccessibleName(title)
        row = FlowRow(gap=theme.px(6))
        self.setLayout(row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._buttons: dict[object, QPushButton] = {}
        for key, words in options:
            made = button(theme, words, name=f"{name}.{key}", kind="segment")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setChecked(key == current)
            made.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            made.installEventFilter(self)
            self._buttons[key] = made
            row.addWidget(made)

    def show_key(self, key: object) -> None:
        """Show a choice without saying that it was made."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def focus_chosen(self) -> None:
        """Put the focus on the choice that is pressed."""
        if self.key in self._buttons:
            self._buttons[self.key].setFocus()

    def allow(self, keys: Iterable[object]) -> None:
        """Let only these be chosen; the others stand there closed."""
        allowed = set(keys)
        for key, made in self._buttons.items():
            made.setEnabled(key in allowed)

    @property
    def key(self) -> object:
        """The key that is pressed, ``None`` while none is."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row, key = list(self._buttons.values()), Qt.Key(event.key())
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
            at = row.index(watched)  # type: ignore[arg-type]
            if step is not None:
                row[(at + step) % len(row)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                row[at].click()
                return True
        return super().eventFilter(watched, event)


def _quiet_timer(parent: QObject, then: Callable[[], None], after: int = QUIET) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after)
    timer.timeout.connect(then)
    return timer
