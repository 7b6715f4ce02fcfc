"""Starting an assessment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.assessments.starting import Offer, Typed, assessment_draft, fitted, offer, problems, renewing
from desktop.operations.assessments import library, start_assessment
from desktop.operations.change import Change
from desktop.operations.partners import partner_page, partner_rows
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, CommittedText, Segments, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.page import Page, clear
from desktop.widgets.save_bar import SaveBar
from desktop.widgets.text import label
from desktop.words import COLLABORATIONS, word
from forms.errors import GedigenError
from forms.library import Library
from forms.template import Template
from models.cards import AssessmentCard, PartnerPage
from models.database import utc_now


@dataclass(frozen=True)
class _Read:
    """What the form is made from."""

    partners: tuple[tuple[UUID, str], ...]
    page: PartnerPage | None
    library: Library
    templates: tuple[Template, ...]


class NewAssessmentRoom(Room):
    """One page: whose assessment, new or renewed, by which template, how much of it, and why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, text, language = desk.theme, self.text, desk.language
        self._read: _Read | None = None
        self._typed = Typed()
        self._starting = False
        self._page = Page(theme, text("New assessment"), under=text("Six choices, then the first question."), widest=820)
        card = Card(theme)
        form = self._form = FormRows(theme, widest=760)
        self._partner = Choice(searchable=True)
        self._project = Choice()
        self._add_project = button(theme, text("Add a project"), self._go_add_project, name="new.project.add", kind="link", icon="plus")
        self._previous = Choice()
        self._collaboration = Choice([(key, word(COLLABORATIONS, key, language)) for key in COLLABORATIONS], current="partner")
        self._template = Choice()
        self._about = label("", "muted", wrap=True, name="new.template.about")
        self._reason = CommittedText(theme, lines=2)
        self._as_of = DateField(theme, language)
        self._rate = text_line()
        self._rate.setMaximumWidth(theme.px(180))
        form.add(text("Partner"), self._partner, name="new.partner", hint=text("Type to search."))
        form.add(text("Project"), _column(theme, self._project, self._add_project), name="new.project", buddy=self._project)
        self._kind = Segments(
            theme, [("new", text("New")), ("renewal", text("Renewal"))], name="new.kind", title=text("New or renewal"), current="new"
        )
        self._kind_words = label("", "muted", wrap=True, name="new.kind.about")
        form.add(text("New or renewal"), _column(theme, self._kind, self._kind_words, self._previous), name="new.kind", buddy=self._kind)
        self._previous.setAccessibleName(text("The assessment that is renewed"))
        self._previous.setAccessibleIdentifier("new.previous")
        form.add(text("Form of collaboration"), self._collaboration, name="new.collaboration")
        form.add(text("Template"), _column(theme, self._template, self._about), name="new.template", buddy=self._template)
        self._scope_place = QWidget()
        self._scopes = QVBoxLayout(self._scope_place)
        self._scopes.setContentsMargins(0, 0, 0, 0)
        self._scope: Segments | None = None
        form.add(text("Scope"), self._scope_place, name="new.scope")
        form.add(text("Why this scope"), self._reason, name="new.reason", hint=text("One sentence; it is printed in the report."))
        form.add(text("Date of assessment"), self._as_of, name="new.date", hint=text("Ages of evidence are counted to this day."))
        self._rate_block = QWidget()
        rates = QVBoxLayout(self._rate_block)
        rates.setContentsMargins(0, 0, 0, 0)
        self._rate_form = FormRows(theme, widest=760)
        self._rate_hint = label("", "caption", wrap=True)
        self._rate_form.add(text("Exchange rate"), _column(theme, self._rate_hint, self._rate), name="new.rate", buddy=self._rate)
        rates.addWidget(self._rate_form)
        form.add_wide(self._rate_block)
        card.body.addWidget(form)
        self._page.body.addWidget(card)
        self._bar = SaveBar(theme, language, name="new.start", words=text("Start the assessment"), save=self._start)
        self._connect()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._bar)

    def _connect(self) -> None:
        self._partner.chosen.connect(self._partner_chosen)
        self._project.chosen.connect(lambda key: self._choose(project=key))
        self._kind.chosen.connect(self._kind_chosen)
        self._previous.chosen.connect(self._previous_chosen)
        self._collaboration.chosen.connect(lambda key: self._choose(collaboration=key))
        self._template.chosen.connect(lambda key: self._choose(template_id=key))
        self._reason.textChanged.connect(lambda: self._note_down(scope_reason=self._reason.toPlainText()))
        self._rate.textEdited.connect(lambda words: self._note_down(rate=words))
        self._as_of.line.textChanged.connect(lambda _: self._note_down(as_of=self._as_of.day, as_of_wrong=self._as_of.is_wrong))

    def title(self) -> str:
        return self.text("New assessment")

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("new.start", self.text("Start the assessment"), self._start, "Ctrl+Return"),
            Command("new.start.keypad", self.text("Start the assessment"), self._start, "Ctrl+Enter", about=self.text("Keypad")),
        )

    def show_place(self, place: Place) -> None:
        super().show_place(place)
        self._starting = False
        self._bar.say("")
        kept = self.desk.drafts.get(place)
        fresh = Typed(partner=place.partner, project=place.project, as_of=utc_now().date())
        self._typed = kept if isinstance(kept, Typed) else fresh
        self._read_all(renew=place.assessment if not isinstance(kept, Typed) else None)

    def change_happened(self, change: Change) -> None:
        """What is chosen stands; what can be chosen is read again when a partner or project is new."""
        if change.what.startswith(("partner", "project")):
            self._read_all()

    def leave(self) -> None:
        if not self._starting and self._typed.partner is not None:
            self.desk.drafts[self.place] = self._typed

    def _read_all(self, *, renew: UUID | None = None) -> None:
        partner = self._typed.partner

        def read() -> _Read:
            templates = library()
            page = partner_page(partner_id=partner) if partner is not None else None
            return _Read(tuple((row.id, row.name) for row in partner_rows()), page, templates, templates.templates())

        self.load(read, lambda found: self._show(found, renew))

    def _show(self, found: _Read, renew: UUID | None) -> None:
        self._read = found
        if renew is not None and found.page is not None:
            card = next((one for one in found.page.assessments if one.id == renew), None)
            if card is not None:
                self._typed = renewing(self._typed, card)
        self._partner.offer(found.partners, current=self._typed.partner)
        self._reason.show_text(self._typed.scope_reason)
        self._rate.setText(self._typed.rate)
        self._as_of.show_day(self._typed.as_of)
        self._form.clear_errors()
        self._refit()
        (self._partner if self._typed.partner is None else self._reason).setFocus()
        if self._page.area is not None:
            self._page.area.verticalScrollBar().setValue(0)

    def _refit(self) -> None:
        """Make choices fit each other and show what can be chosen now."""
        if self._read is None:
            return
        self._typed = fitted(self._typed, self._read.page, self._read.templates)
        self._offer(offer(self._typed, self._read.page, self._read.templates, self.desk.language))

    def _offer(self, shown: Offer) -> None:
        typed = self._typed
        has_partner = typed.partner is not None
        self._project.offer(shown.projects, current=typed.project)
        self._project.setVisible(bool(shown.projects))
        self._project.setEnabled(has_partner)
        self._add_project.setEnabled(has_partner)
        self._kind.show_key(typed.kind)
        self._kind.setEnabled(bool(shown.renewable))
        self._kind_words.setText(shown.renewal_words)
        self._kind_words.setVisible(bool(shown.renewal_words))
        self._previous.offer(shown.renewable, current=typed.previous)
        self._previous.setVisible(typed.kind == "renewal")
        self._collaboration.show_key(typed.collaboration)
        self._template.offer(shown.templates, current=typed.template_id)
        self._about.setText(shown.template_about)
        clear(self._scopes)
        self._scope = Segments(self.desk.theme, shown.scopes, name="new.scope", title=self.text("Scope"), current=typed.scope)
        self._scope.chosen.connect(lambda key: self._note_down(scope=key))
        self._scopes.addWidget(self._scope)
        self._rate_hint.setText(shown.rate_hint)
        self._rate_block.setVisible(bool(shown.rate_hint))

    def _choose(self, **chosen: object) -> None:
        self._note_down(**chosen)
        self._refit()

    def _note_down(self, **chosen: object) -> None:
        self._typed = replace(self._typed, **chosen)  # type: ignore[arg-type]

    def _partner_chosen(self, key: object) -> None:
        if key != self._typed.partner:
            self._note_down(partner=key, project=None, previous=None, kind="new")
            self._form.mark_wrong(self._partner, "")
            self._read_all()

    def _kind_chosen(self, key: object) -> None:
        card = self._earlier(self._typed.previous)
        if key == "renewal" and card is not None:
            self._typed = renewing(self._typed, card)
            self._refit()
        else:
            self._choose(kind="new")

    def _previous_chosen(self, key: object) -> None:
        card = self._earlier(key)
        if card is not None:
            self._typed = renewing(self._typed, card)
            self._refit()

    def _earlier(self, wanted: object) -> AssessmentCard | None:
        page = self._read.page if self._read else None
        return next((card for card in page.assessments if card.id == wanted), None) if page else None

    def _go_add_project(self) -> None:
        self.desk.go(Place("project_edit", partner=self._typed.partner))

    def _start(self) -> None:
        if self._starting or self._read is None:
            return
        page, templates = self._read.page, self._read.templates
        self._form.clear_errors()
        self._rate_form.clear_errors()
        self._bar.say("")
        wrong = problems(self._typed, page, templates, self.desk.language)
        if wrong:
            self._mark(wrong)
            return
        draft, shelf = assessment_draft(self._typed, page, templates), self._read.library
        self._starting = True
        self.run(lambda: start_assessment(actor=self.desk.actor(), draft=draft, templates=shelf), self._done, failed=self._refused)

    def _mark(self, wrong: dict[str, str]) -> None:
        fields = {
            "new.partner": self._partner,
            "new.project": self._project,
            "new.reason": self._reason,
            "new.date": self._as_of,
            "new.rate": self._rate,
        }
        for name, words in wrong.items():
            (self._rate_form if name == "new.rate" else self._form).mark_wrong(fields[name], words)
        first = fields[next(iter(wrong))]
        first.setFocus()
        language = self.desk.language
        said = language.plural("{n} thing to put right first.", "{n} things to put right first.", len(wrong))
        self._bar.say(said, wrong=True)
        if self._page.area is not None:
            self._page.area.ensureWidgetVisible(first)

    def _done(self, change: Change) -> None:
        self.desk.drafts.pop(self.place, None)
        self.desk.go(Place("assessment", assessment=change.made, partner=change.partner))
        self._starting = False
        self._typed = Typed()

    def _refused(self, error: GedigenError) -> None:
        self._starting = False
        self._bar.say(self.desk.language.error(error), wrong=True)


def _column(theme: Theme, *parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(6))
    for part in parts:
        column.addWidget(part)
    return made
