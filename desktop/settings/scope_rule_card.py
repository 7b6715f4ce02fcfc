"""The organisation's rule for how much to ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.operations import rules
from desktop.settings.inline_form import InlineForm
from desktop.settings.scope_rule_state import TypedThreshold, read_rule, rule_words, typed_rule
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.page import clear
from desktop.widgets.text import label
from forms.errors import GedigenError
from models.organisation_rule import KeptRule


class ScopeRuleCard(Card):
    """The rule in words; an administrator or programme manager changes its numbers in place."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.desk.theme, room.text("How much to ask"))
        self._room, self._kept = room, KeptRule()
        self._body = QVBoxLayout()
        self._body.setSpacing(room.desk.theme.px(8))
        self.body.addLayout(self._body)

    @property
    def may_change(self) -> bool:
        """Whether the one who works here may set the numbers."""
        person = self._room.desk.person
        return person is not None and bool(person.roles & {"administrator", "manager"})

    def show_rule(self, kept: KeptRule) -> None:
        """Show the rule that stands."""
        theme, text = self._room.desk.theme, self._room.text
        self._kept = kept
        clear(self._body)
        words = rule_words(kept, self._room.desk.language)
        for said in words.said:
            self._body.addWidget(label(said, "muted", wrap=True))
        amounts = QGridLayout()
        amounts.setHorizontalSpacing(theme.px(24))
        amounts.setVerticalSpacing(theme.px(4))
        amounts.setColumnStretch(2, 1)
        for at, one in enumerate(words.amounts):
            amounts.addWidget(label(one.currency, "strong"), at, 0)
            amounts.addWidget(label(one.light), at, 1)
            amounts.addWidget(label(one.standard), at, 2)
        self._body.addLayout(amounts)
        self._body.addWidget(label(words.whose, "caption", wrap=True, name="settings.scope_rule.whose"))
        if self.may_change:
            change = button(theme, text("Change the numbers"), self.change, name="settings.scope_rule", icon="pen-line")
            self._body.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)

    def change(self) -> None:
        """Open the form in place of the words."""
        if not self.may_change:
            return
        clear(self._body)
        form = _RuleForm(self._room, self._kept, done=self.show_rule, gave_up=lambda: self.show_rule(self._kept))
        self._body.addWidget(form)
        form.go_first()


class _RuleForm(InlineForm):
    """A row for each currency and a line for the years."""

    def __init__(self, room: Room, kept: KeptRule, *, done: Callable[[KeptRule], None], gave_up: Callable[[], None]) -> None:
        super().__init__(room, room.text("The organisation’s own numbers"), name="scope_rule", gave_up=gave_up)
        self._done = done
        text = room.text
        self._rows: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        place = QWidget()
        self._grid = QGridLayout(place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(room.desk.theme.px(8))
        self._grid.setVerticalSpacing(room.desk.theme.px(6))
        for at, title in enumerate((text("Currency"), text("Light up to"), text("Standard up to"))):
            self._grid.addWidget(label(title, "caption"), 0, at)
        self._grid.setColumnStretch(3, 1)
        for one in typed_rule(kept.rule, room.desk.language):
            self._add(one)
        self._add(TypedThreshold())
        hint = text("Amounts for twelve months, in whole units. An empty row is left out.")
        self._wrong = label("", "error", wrap=True, name="scope_rule.error")
        self._wrong.hide()
        more = button(room.desk.theme, text("Add a currency"), partial(self._add, TypedThreshold()), name="scope_rule.add", kind="link")
        # Above the form's rows, not in one of them: a row keeps the height that it had when it was made.
        above = self.body.indexOf(self.form)
        for at, part in enumerate((label(hint, "caption", wrap=True), place, self._wrong)):
            self.body.insertWidget(above + at, part)
        self.body.insertWidget(above + 3, more, 0, Qt.AlignmentFlag.AlignLeft)
        self._years = QLineEdit(str(kept.rule.years))
        self._years.setMaximumWidth(room.desk.theme.px(80))
        self.form.add(text("Years after which the partner is as good as new"), self._years, name="scope_rule.years")
        self.finish(text("Save the numbers"), self._save, name="scope_rule.save")

    def go_first(self) -> None:
        """Put the focus on the first row."""
        self._rows[0][0].setFocus()

    def _add(self, typed: TypedThreshold) -> None:
        at, theme, text = len(self._rows), self.room.desk.theme, self.room.text
        fields = (QLineEdit(typed.currency), QLineEdit(typed.light), QLineEdit(typed.standard))
        titles = (
            (text("Currency, row {n}", n=at + 1), "currency", 72),
            (text("Light up to, row {n}", n=at + 1), "light", 150),
            (text("Standard up to, row {n}", n=at + 1), "standard", 150),
        )
        for column, (field, (title, name, width)) in enumerate(zip(fields, titles, strict=True)):
            field.setAccessibleName(title)
            field.setAccessibleIdentifier(f"scope_rule.{name}.{at}")
            field.setMaximumWidth(theme.px(width))
            if column:
                field.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(field, at + 1, column)
        self._rows.append(fields)

    def _save(self) -> None:
        rows = tuple(TypedThreshold(*(field.text() for field in row)) for row in self._rows)
        read = read_rule(rows, self._years.text(), self.room.desk.language)
        if isinstance(read, str):
            self._say_wrong(read)
            return
        self.go.setEnabled(False)
        self.room.run(lambda: rules.set_scope_rule(actor=self.room.desk.actor(), rule=read), lambda _: self._saved(), failed=self._refused)

    def _saved(self) -> None:
        self.room.desk.note(self.room.text("The numbers are saved. Assessments that have begun keep what was proposed then."))
        self.room.load(rules.scope_rule, self._done)

    def _refused(self, error: GedigenError) -> None:
        self.go.setEnabled(True)
        self._say_wrong(self.room.desk.language.error(error))

    def _say_wrong(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()
        self.go_first()
