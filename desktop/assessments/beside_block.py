"""Instruments beside the main one, and who answers what: both lists that follow the chosen template."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.assessments.offering import Beside, Offer
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.fields import Choice, Segments, check
from desktop.widgets.form import FormRows
from desktop.widgets.page import clear
from desktop.widgets.text import label


class BesideBlock(QWidget):
    """A box for each instrument that can stand beside the main one; ticked, it has a scope. Says ``chosen(id → scope)``."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, language: Language) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._added: dict[str, str] = {}
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))

    def show_offer(self, offered: tuple[Beside, ...], added: Mapping[str, str]) -> None:
        """Show what can be added and what is; only when that differs, so that the focus stays where it is."""
        wanted = (offered, tuple(added.items()))
        if wanted == self._shown:
            return
        was = self.focusWidget().accessibleIdentifier() if self.isAncestorOf(self.focusWidget() or self) and self.focusWidget() else ""
        self._shown, self._added = wanted, dict(added)
        clear(self._column)
        for one in offered:
            self._column.addWidget(self._row(one))
        for made in self.findChildren(QWidget):
            if was and made.accessibleIdentifier() == was:
                made.setFocus()

    def _row(self, one: Beside) -> QWidget:
        theme, on = self._theme, one.id in self._added
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        box = check(one.name, name=f"new.beside.{one.id}", on=on, changed=partial(self._tick, one))
        box.setAccessibleDescription(one.about)
        column.addWidget(box)
        if on:
            inner = QVBoxLayout()
            inner.setContentsMargins(theme.px(26), 0, 0, theme.px(4))
            inner.setSpacing(theme.px(6))
            inner.addWidget(label(one.about, "muted", wrap=True))
            if len(one.scopes) > 1:
                title = self._language.text("Scope of {template}", template=one.name)
                scope = Segments(theme, one.scopes, name=f"new.beside.{one.id}.scope", title=title, current=self._added[one.id])
                scope.chosen.connect(lambda key: self._say({**self._added, one.id: str(key)}))
                inner.addWidget(scope)
            column.addLayout(inner)
        return row

    def _tick(self, one: Beside, on: bool) -> None:
        added = {id_: scope for id_, scope in self._added.items() if id_ != one.id}
        self._say({**added, one.id: one.scopes[0][0]} if on else added)

    def _say(self, added: dict[str, str]) -> None:
        self._added = added
        self.chosen.emit(added)


class AnswerersBlock(QWidget):
    """Who answers the questions that the template leaves to others; says ``chosen(role → person)``."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._assigned: dict[str, UUID] = {}
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_offer(self, shown: Offer, assigned: Mapping[str, UUID]) -> None:
        """Show each role with who can take it; nothing where the template leaves nothing to others."""
        self.setVisible(bool(shown.roles))
        wanted = (shown.roles, tuple(assigned.items()))
        if wanted == self._shown:
            return
        self._shown, self._assigned = wanted, dict(assigned)
        clear(self._column)
        form = FormRows(self._theme, widest=560)
        for role, title, people in shown.roles:
            choice = Choice(people, current=self._assigned.get(role))
            choice.chosen.connect(partial(self._choose, role))
            form.add(title, choice, name=f"new.answers.{role}")
        self._column.addWidget(form)

    def _choose(self, role: str, person: object) -> None:
        rest = {one: who for one, who in self._assigned.items() if one != role}
        self._assigned = {**rest, role: person} if isinstance(person, UUID) else rest
        self.chosen.emit(dict(self._assigned))
