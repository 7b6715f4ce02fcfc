"""Adding and changing a project of a partner."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.operations.change import Change
from desktop.operations.partners import add_project, edit_project, partner_page
from desktop.partners.countries import countries
from desktop.partners.form_room import FormRoom
from desktop.partners.typed import Problems, TypedProject, project_draft, project_problems
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, CommittedText, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.money_field import MoneyField
from forms.errors import GedigenError
from models.cards import PartnerPage, ProjectDraft
from models.errors import ChangedMeanwhile


class ProjectEditRoom(FormRoom):
    """A form for one project. What is typed here stays, wherever one goes, until it is saved or discarded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, name="project", widest=760)
        theme, text, language = desk.theme, self.text, desk.language
        self._saved = ProjectDraft("")
        card = Card(theme)
        form = self._form = FormRows(theme, widest=720)
        self._title, self._funding = text_line(), text_line()
        self._summary = CommittedText(theme, lines=4)
        self._country = Choice(countries(language), searchable=True)
        self._amount = MoneyField(theme, language)
        self._starts, self._ends = DateField(theme, language), DateField(theme, language)
        form.add(text("Title"), self._title, name="project.title")
        form.add(
            text("Summary"),
            self._summary,
            name="project.summary",
            hint=text("What is to be done, with whom and to what end, in a few sentences."),
        )
        form.add(text("Country"), self._country, name="project.country", hint=text("Where the work is done. Type to search."))
        form.add(text("Amount for the whole period"), self._amount, name="project.amount")
        form.add(
            text("Source of funding"),
            self._funding,
            name="project.funding",
            hint=text("Whose money it is: own funds, a grant, a collection."),
        )
        form.add(text("Starts"), self._starts, name="project.starts")
        form.add(text("Ends"), self._ends, name="project.ends")
        card.body.addWidget(form)
        self._page.body.addWidget(card)
        self._fields: dict[str, QWidget] = {
            "project.title": self._title,
            "project.amount": self._amount,
            "project.starts": self._starts,
            "project.ends": self._ends,
        }
        for line in (self._title, self._funding, self._amount.line, self._starts.line, self._ends.line):
            line.textChanged.connect(lambda _: self._touched())
        self._summary.textChanged.connect(self._touched)
        self._country.chosen.connect(lambda _: self._touched())
        self._amount.changed.connect(self._check)
        for day in (self._starts, self._ends):
            day.line.editingFinished.connect(self._check)
        self._add_bar()

    def commands(self) -> tuple[Command, ...]:
        return self._ways_out(self.text("Save the project"))

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._notice.hide()
        self._bar.say("")
        self._page.say_title(self.text("Edit the project") if place.project else self.text("Add a project"))
        partner = place.partner
        if partner is not None:
            self.load(lambda: partner_page(partner_id=partner), self._show)

    def _show(self, page: PartnerPage) -> None:
        card = next((one for one in page.projects if one.id == self.place.project), None)
        title = self.text("Edit the project") if card else self.text("Add a project")
        self._page.say_title(title, page.partner.name)
        self._saved = card.draft if card else ProjectDraft("", country=page.partner.draft.country)
        self._rev = card.rev if card else 0
        kept = self._kept()
        if kept is not None:
            self._rev = kept.rev
            self._fill_typed(kept.typed)
            self._say_kept()
        else:
            self._fill(self._saved)
        self._touched()
        self._title.setFocus()

    def _fill(self, draft: ProjectDraft) -> None:
        self._title.setText(draft.title)
        self._summary.show_text(draft.summary)
        self._country.show_key(draft.country)
        self._funding.setText(draft.funding_source)
        self._amount.show_amount(draft.amount_minor, draft.currency)
        self._starts.show_day(draft.starts)
        self._ends.show_day(draft.ends)
        self._form.clear_errors()

    def _fill_typed(self, typed: TypedProject) -> None:
        self._fill(project_draft(typed))
        self._amount.line.setText(typed.amount)
        self._starts.line.setText(typed.starts)
        self._ends.line.setText(typed.ends)

    def _typed(self) -> TypedProject:
        amount = self._amount.amount
        wrong = {
            name
            for name, is_wrong in (
                ("project.amount", self._amount.is_wrong),
                ("project.starts", self._starts.is_wrong),
                ("project.ends", self._ends.is_wrong),
            )
            if is_wrong
        }
        return TypedProject(
            title=self._title.text(),
            summary=self._summary.toPlainText(),
            country=str(self._country.key or ""),
            funding_source=self._funding.text(),
            amount=self._amount.line.text(),
            amount_minor=amount[0] if amount else None,
            currency=self._amount.currency,
            starts=self._starts.line.text(),
            ends=self._ends.line.text(),
            starts_on=self._starts.day,
            ends_on=self._ends.day,
            wrong=frozenset(wrong),
        )

    @property
    def _is_dirty(self) -> bool:
        typed = self._typed()
        return bool(typed.wrong) or project_draft(typed) != self._saved

    def _check(self) -> None:
        """Say at once what cannot be right in amount and dates; what is merely missing is said on saving."""
        problems = project_problems(self._typed(), self.desk.language)
        for name in ("project.amount", "project.starts", "project.ends"):
            self._form.mark_wrong(self._fields[name], problems.get(name, ""))
        self._touched()

    def _save(self) -> None:
        if self._saving or self.place.partner is None:
            return
        typed = self._typed()
        self._form.clear_errors()
        problems = project_problems(typed, self.desk.language)
        if problems:
            self._mark(problems)
            return
        draft, partner, project, rev = project_draft(typed), self.place.partner, self.place.project, self._rev
        self._saving = True
        if project is None:
            self.run(lambda: add_project(actor=self.desk.actor(), partner_id=partner, draft=draft), self._done, failed=self._refused)
        else:
            self.run(
                lambda: edit_project(actor=self.desk.actor(), project_id=project, rev=rev, draft=draft), self._done, failed=self._refused
            )

    def _mark(self, problems: Problems) -> None:
        for name, words in problems.items():
            self._form.mark_wrong(self._fields[name], words)
        self._say_wrong(len(problems), self._fields[next(iter(problems))])

    def _done(self, _change: Change) -> None:
        self.desk.drafts.pop(self.place, None)
        self.desk.note(self.text("{name} is saved.", name=self._title.text().strip()))
        self.desk.back()
        self._saving = False

    def _refused(self, error: GedigenError) -> None:
        self._saving = False
        if isinstance(error, ChangedMeanwhile):
            self._say_second(
                self.text(
                    "Somebody else has saved this project since you opened it. Nothing of yours is lost: it is still here. Note what you "
                    "changed, discard it to see the other version, and enter yours again."
                )
            )
        else:
            self._bar.say(self.desk.language.error(error), wrong=True)

    def _go_away(self) -> None:
        self.desk.back()
