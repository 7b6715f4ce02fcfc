"""Registering and changing a partner."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.operations.change import Change
from desktop.operations.partners import edit_partner, partner_page, register_partner
from desktop.partners.account_rows import AccountRows
from desktop.partners.countries import countries
from desktop.partners.form_room import FormRoom
from desktop.partners.people_rows import PeopleRows
from desktop.partners.protection_card import ProtectionCard
from desktop.partners.registers import is_whole, number_problem, registers
from desktop.partners.typed import TypedPartner, partner_draft, partner_problems, typed_partner, usual_register
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, CommittedText, text_line
from desktop.widgets.form import FormRows
from forms.errors import GedigenError
from forms.registration import RegistrationError
from models.cards import PartnerPage
from models.errors import ChangedMeanwhile


class PartnerEditRoom(FormRoom):
    """A form for one partner. What is typed here stays, wherever one goes, until it is saved or discarded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, name="partner", widest=860)
        theme, text = desk.theme, self.text
        self._saved = TypedPartner()
        identity = self._identity()
        self._page.body.addWidget(identity)
        self._protection = ProtectionCard(theme, desk.language)
        self._protection.changed.connect(self._touched)
        self._protection.reveal_asked.connect(self._reveal)
        self._page.body.addWidget(self._protection)
        self._private = [identity]
        self._people = PeopleRows(theme, desk.language)
        self._accounts = AccountRows(theme, desk.language)
        for heading, rows in ((text("People"), self._people), (text("Bank accounts"), self._accounts)):
            card = Card(theme, heading)
            card.body.addWidget(rows)
            self._page.body.addWidget(card)
            self._private.append(card)
            rows.changed.connect(self._touched)
        card = Card(theme)
        form = FormRows(theme, widest=820)
        self._notes = CommittedText(theme, lines=4)
        form.add(
            text("Notes"),
            self._notes,
            name="partner.notes",
            hint=text("No personal identity numbers and nothing about health: only what the work needs."),
        )
        self._notes.textChanged.connect(self._touched)
        card.body.addWidget(form)
        self._page.body.addWidget(card)
        self._private.append(card)
        self._add_bar()

    def commands(self) -> tuple[Command, ...]:
        return (
            *self._ways_out(self.text("Save the partner")),
            Command("partner.reveal", self.text("Show the real name"), self._reveal, enabled=self._private[0].isHidden()),
            Command("partner.person.add", self.text("Add a person"), self._people.add),
            Command("partner.account.add", self.text("Add a bank account"), self._accounts.add),
        )

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._rev, self._saving = 0, False
        self._notice.hide()
        self._bar.say("")
        partner = place.partner
        if partner is None:
            self._page.say_title(
                self.text("Register a partner"), self.text("Once, before its first assessment. All but name and country can wait.")
            )
            self._take(TypedPartner(), rev=0)
        else:
            self._page.say_title(self.text("Edit the partner"))
            self.load(lambda: partner_page(partner_id=partner), self._show)

    def _identity(self) -> QWidget:
        theme, text, language = self.desk.theme, self.text, self.desk.language
        card = Card(theme, text("Identity"))
        form = self._form = FormRows(theme, widest=820)
        self._name, self._legal, self._number, self._website = text_line(), text_line(), text_line(), text_line()
        self._former = CommittedText(theme, lines=2)
        self._country = Choice(countries(language), searchable=True)
        self._register = Choice(registers(language))
        form.add(text("Name"), self._name, name="partner.name")
        form.add(text("Country"), self._country, name="partner.country", hint=text("Where the organisation is at home. Type to search."))
        form.add(
            text("Legal form"), self._legal, name="partner.legal_form", hint=text("For example association, foundation or church body.")
        )
        form.add(text("Register"), self._register, name="partner.register")
        form.add(text("Registration number"), self._number, name="partner.number", hint=text("The organisation’s own, never a person’s."))
        form.add(text("Former names"), self._former, name="partner.former_names", hint=text("One on each line."))
        form.add(text("Website"), self._website, name="partner.website")
        card.body.addWidget(form)
        for field in (self._name, self._legal, self._website):
            field.textEdited.connect(lambda _: self._touched())
        self._former.textChanged.connect(self._touched)
        self._name.textChanged.connect(lambda _: self._tell_accounts())
        self._number.textEdited.connect(lambda _: self._check_number(typing=True))
        self._number.editingFinished.connect(self._check_number)
        self._register.chosen.connect(lambda _: self._check_number())
        self._country.chosen.connect(lambda _: self._country_chosen())
        return card

    def _country_chosen(self) -> None:
        self._register.show_key(usual_register(country=str(self._country.key or ""), typed=self._typed()))
        self._form.mark_wrong(self._country, "")
        self._tell_accounts()
        self._check_number()

    def _tell_accounts(self) -> None:
        self._accounts.know_partner(self._name.text(), str(self._country.key or ""))

    def _check_number(self, *, typing: bool = False) -> None:
        """Judge the number at once: while it is typed only when it is whole, else as soon as one leaves the field."""
        scheme, number = str(self._register.key or ""), self._number.text()
        wrong = None
        if not typing or is_whole(scheme=scheme, number=number):
            wrong = number_problem(scheme=scheme, number=number)
        self._form.mark_wrong(self._number, self.desk.language.error(wrong) if wrong is not None else "")
        self._touched()

    def _show(self, page: PartnerPage) -> None:
        self._page.say_title(self.text("Edit {name}", name=page.partner.name))
        self._take(typed_partner(page.partner.draft), rev=page.partner.rev)

    def _take(self, saved: TypedPartner, *, rev: int) -> None:
        """Show what is saved, or what was typed here before; remember which version that started from."""
        kept = self._kept()
        self._saved = saved
        self._rev = kept.rev if kept is not None else rev
        self._fill(kept.typed if kept is not None else saved)
        if kept is not None:
            self._say_kept()
        self._touched()
        self._hide_private(saved.protected)
        (self._protection.reveal if saved.protected else self._name).setFocus()
        if self._page.area is not None:
            self._page.area.verticalScrollBar().setValue(0)

    def _hide_private(self, hidden: bool) -> None:
        """Hide what tells who a protected partner is, until it is asked for."""
        for part in self._private:
            part.setVisible(not hidden)
        self._protection.say_hidden(hidden)
        self.desk.commands_changed.emit()

    def _reveal(self) -> None:
        self._hide_private(False)
        self._name.setFocus()

    def _fill(self, typed: TypedPartner) -> None:
        self._register.offer(registers(self.desk.language, own=typed.scheme), current=typed.scheme)
        for field, words in (
            (self._name, typed.name),
            (self._legal, typed.legal_form),
            (self._number, typed.number),
            (self._website, typed.website),
        ):
            field.setText(words)
        self._former.show_text(typed.former_names)
        self._notes.show_text(typed.notes)
        self._country.show_key(typed.country)
        self._people.show_people(typed.people)
        self._tell_accounts()
        self._accounts.show_accounts(typed.accounts)
        self._protection.show_kept(protected=typed.protected, cover_name=typed.cover_name)
        self._clear_errors()

    def _typed(self) -> TypedPartner:
        return TypedPartner(
            name=self._name.text(),
            former_names=self._former.toPlainText(),
            legal_form=self._legal.text(),
            scheme=str(self._register.key or ""),
            number=self._number.text(),
            country=str(self._country.key or ""),
            website=self._website.text(),
            notes=self._notes.toPlainText(),
            people=self._people.typed(),
            accounts=self._accounts.typed(),
            protected=self._protection.protected.isChecked(),
            cover_name=self._protection.cover.text(),
        )

    @property
    def _is_dirty(self) -> bool:
        return partner_draft(self._typed()) != partner_draft(self._saved)

    def _clear_errors(self) -> None:
        self._form.clear_errors()
        self._protection.mark_wrong("")
        self._people.mark_wrong("", "")
        self._accounts.mark_wrong("", "")

    def _save(self) -> None:
        if self._saving:
            return
        typed = self._typed()
        self._clear_errors()
        problems = partner_problems(typed, self.desk.language)
        if problems:
            self._mark(problems)
            return
        draft, partner, rev = partner_draft(typed), self.place.partner, self._rev
        self._saving = True
        if partner is None:
            self.run(lambda: register_partner(actor=self.desk.actor(), draft=draft), self._done, failed=self._refused)
        else:
            self.run(
                lambda: edit_partner(actor=self.desk.actor(), partner_id=partner, rev=rev, draft=draft), self._done, failed=self._refused
            )

    def _mark(self, problems: dict[str, str]) -> None:
        own = {"partner.name": self._name, "partner.country": self._country, "partner.number": self._number}
        first: QWidget | None = None
        cover = {"partner.cover_name": self._protection.cover}
        if problems.keys() - cover.keys():
            self._hide_private(False)
        for name, words in problems.items():
            if name in own:
                self._form.mark_wrong(own[name], words)
            elif name in cover:
                self._protection.mark_wrong(words)
            else:
                self._people.mark_wrong(name, words) if name.startswith("partner.person") else self._accounts.mark_wrong(name, words)
            first = first or own.get(name) or cover.get(name) or self._people.field(name) or self._accounts.field(name)
        self._say_wrong(len(problems), first)

    def _done(self, change: Change) -> None:
        self.desk.drafts.pop(self.place, None)
        self._saved = self._typed()
        name = partner_draft(self._saved).shown_name
        self.desk.note(self.text("{name} is saved.", name=name))
        self.desk.go(Place("partner", partner=change.made or change.partner))
        self._saving = False

    def _refused(self, error: GedigenError) -> None:
        self._saving = False
        said = self.desk.language.error(error)
        if isinstance(error, RegistrationError):
            self._mark({"partner.number": said})
        elif isinstance(error, ChangedMeanwhile):
            self._say_second(
                self.text(
                    "Somebody else has saved this partner since you opened it. Nothing of yours is lost: it is still here. Note what you "
                    "changed, discard it to see the other version, and enter yours again."
                )
            )
        else:
            self._bar.say(said, wrong=True)

    def _go_away(self) -> None:
        partner = self.place.partner
        self.desk.go(Place("partner", partner=partner) if partner else Place("partners"))
