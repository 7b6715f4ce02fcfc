"""Registering another body's result about a partner."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.operations.change import Change
from desktop.operations.outside import register_result
from desktop.operations.partners import partner_page
from desktop.outside_words import CONSENTS, KINDS, ratings_of
from desktop.partners.form_room import FormRoom, Kept
from desktop.partners.outside_state import TypedResult, result_of, result_problems
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, CommittedText, text_line
from desktop.widgets.form import FormRows
from desktop.words import word
from forms.errors import GedigenError
from models.cards import PartnerPage


class OutsideResultRoom(FormRoom):
    """A form for one result. What is typed here stays, wherever one goes, until it is saved or discarded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, name="outside", widest=760)
        theme, text, language = desk.theme, self.text, desk.language
        card = Card(theme)
        form = self._form = FormRows(theme, widest=720)
        self._kind = Choice([(key, word(KINDS, key, language)) for key in KINDS])
        self._rating = Choice()
        self._owner, self._file = text_line(), text_line()
        self._dated, self._until = DateField(theme, language), DateField(theme, language)
        self._scope = CommittedText(theme, lines=2)
        self._consent = Choice([(key, word(CONSENTS, key, language)) for key in CONSENTS])
        form.add(text("Kind of result"), self._kind, name="outside.kind")
        form.add(text("What it says"), self._rating, name="outside.rating")
        form.add(text("Owner"), self._owner, name="outside.owner", hint=text("The body that made it and answers for it."))
        form.add(text("Its own date"), self._dated, name="outside.dated")
        form.add(text("Valid until"), self._until, name="outside.until", hint=text("Empty when its owner states no end."))
        form.add(
            text("What it covered"),
            self._scope,
            name="outside.scope",
            hint=text("Which part of the organisation, which country, which years."),
        )
        form.add(text("Consent"), self._consent, name="outside.consent")
        form.add(
            text("File"),
            self._with_button(self._file),
            name="outside.file",
            buddy=self._file,
            hint=text("The report itself. Without it, an answer that relies on it counts as said by the partner."),
        )
        card.body.addWidget(form)
        self._page.body.addWidget(card)
        self._fields: dict[str, QWidget] = {
            "outside.kind": self._kind,
            "outside.rating": self._rating,
            "outside.owner": self._owner,
            "outside.dated": self._dated,
            "outside.until": self._until,
            "outside.consent": self._consent,
            "outside.file": self._file,
        }
        self._kind.chosen.connect(self._kind_chosen)
        for choice in (self._rating, self._consent):
            choice.chosen.connect(lambda _: self._touched())
        for line in (self._owner, self._file, self._dated.line, self._until.line):
            line.textChanged.connect(lambda _: self._touched())
        self._scope.textChanged.connect(self._touched)
        self._add_bar()

    def _with_button(self, line: QLineEdit) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.desk.theme.px(8))
        row.addWidget(line, 1)
        row.addWidget(button(self.desk.theme, self.text("Choose…"), self._browse, name="outside.file.choose"))
        return made

    def commands(self) -> tuple[Command, ...]:
        return self._ways_out(self.text("Register the result"))

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._notice.hide()
        self._bar.say("")
        self._page.say_title(self.text("Register a result"))
        partner = place.partner
        if partner is not None:
            self.load(lambda: partner_page(partner_id=partner), self._show)

    def _show(self, page: PartnerPage) -> None:
        self._page.say_title(self.text("Register a result"), page.partner.name)
        kept = self._kept()
        typed = kept.typed if isinstance(kept, Kept) and isinstance(kept.typed, TypedResult) else TypedResult()
        self._fill(typed)
        if kept is not None:
            self._say_kept()
        self._touched()
        self._kind.setFocus()

    def _fill(self, typed: TypedResult) -> None:
        self._kind.show_key(typed.kind)
        self._rating.offer(ratings_of(typed.kind, self.desk.language), current=typed.rating)
        self._rating.setEnabled(bool(typed.kind))
        self._owner.setText(typed.owner)
        self._dated.show_day(typed.dated)
        self._until.show_day(typed.valid_until)
        self._scope.show_text(typed.scope)
        self._consent.show_key(typed.consent)
        self._file.setText(typed.file)
        self._form.clear_errors()

    def _kind_chosen(self, key: object) -> None:
        ratings = ratings_of(str(key), self.desk.language)
        self._rating.offer(ratings, current=ratings[0][0] if len(ratings) == 1 else None)
        self._rating.setEnabled(True)
        self._form.mark_wrong(self._kind, "")
        self._touched()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.text("Choose the file of the result"))
        if chosen:
            self._file.setText(chosen)

    def _typed(self) -> TypedResult:
        dates = (("outside.dated", self._dated), ("outside.until", self._until))
        return TypedResult(
            owner=self._owner.text(),
            kind=str(self._kind.key or ""),
            rating=str(self._rating.key or ""),
            dated=self._dated.day,
            valid_until=self._until.day,
            scope=self._scope.toPlainText(),
            consent=str(self._consent.key or ""),
            file=self._file.text(),
            wrong=frozenset(name for name, field in dates if field.is_wrong),
        )

    @property
    def _is_dirty(self) -> bool:
        return self._typed() != TypedResult()

    def _save(self) -> None:
        partner = self.place.partner
        if self._saving or partner is None:
            return
        typed = self._typed()
        self._form.clear_errors()
        problems = result_problems(typed, self.desk.language, today=date.today())  # noqa: DTZ011 — the caseworker's own day
        if problems:
            for name, words in problems.items():
                self._form.mark_wrong(self._fields[name], words)
            self._say_wrong(len(problems), self._fields[next(iter(problems))])
            return
        self._saving = True
        result, path = result_of(typed), typed.path
        self.run(
            lambda: register_result(actor=self.desk.actor(), partner_id=partner, result=result, path=path),
            self._done,
            failed=self._refused,
        )

    def _done(self, _change: Change) -> None:
        self.desk.drafts.pop(self.place, None)
        self.desk.note(self.text("The result is registered. It is proposed where a question can be answered from it."))
        self.desk.back()
        self._saving = False

    def _refused(self, error: GedigenError) -> None:
        self._saving = False
        self._bar.say(self.desk.language.error(error), wrong=True)

    def _go_away(self) -> None:
        self.desk.back()
