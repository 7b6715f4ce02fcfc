"""Starting an assessment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.assessments.beside_block import AnswerersBlock, BesideBlock
from desktop.assessments.offering import Offer, offer, problems, proposal_of
from desktop.assessments.rapid_block import RapidBlock
from desktop.assessments.starting import Choices, Typed, assessment_draft, fitted, going_on, usual_template
from desktop.operations import rules, vaults
from desktop.operations.assessments import start_assessment
from desktop.operations.change import Change
from desktop.operations.partners import partner_page, partner_rows
from desktop.operations.templates import offered
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.shell.theme import Theme
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import Choice, CommittedText, Segments, check, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.page import Page, clear
from desktop.widgets.save_bar import SaveBar
from desktop.widgets.text import label
from desktop.words import COLLABORATIONS, KINDS, word
from forms.errors import GedigenError
from forms.facts import COLLABORATIONS as OFFERED_FORMS
from forms.library import Library
from models.cards import AssessmentCard, PartnerPage
from models.database import own_day


@dataclass(frozen=True)
class _Read:
    """What the form is made from."""

    partners: tuple[tuple[UUID, str], ...]
    page: PartnerPage | None
    library: Library
    choices: Choices


class NewAssessmentRoom(Room):
    """One page: whose assessment, of which kind, by which templates, how much is asked, and why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, text, language = desk.theme, self.text, desk.language
        self._read: _Read | None = None
        self._typed = Typed()
        self._starting = False
        self._page = Page(theme, text("New assessment"), under=text("What is chosen here stands in the report."), widest=820)
        card = Card(theme)
        self._form = FormRows(theme, widest=760)
        self._partner = Choice(searchable=True)
        self._project = Choice()
        self._add_project = button(theme, text("Add a project"), self._go_add_project, name="new.project.add", kind="link", icon="plus")
        kinds = [(key, word(KINDS, key, language)) for key in KINDS]
        self._kind = Segments(theme, kinds, name="new.kind", title=text("Kind of assessment"), current="new")
        self._kind_words = label("", "muted", wrap=True, name="new.kind.about")
        self._previous = Choice()
        goes_on_from = text("The assessment that this one goes on from")
        self._previous.setAccessibleName(goes_on_from)
        self._previous_words = label(goes_on_from, "caption", wrap=True)
        self._previous.setAccessibleIdentifier("new.previous")
        self._rapid = RapidBlock(theme, language)
        forms = [(key, word(COLLABORATIONS, key, language)) for key in OFFERED_FORMS]
        self._collaboration = Choice(forms, current="established")
        self._template = Choice()
        self._about = label("", "muted", wrap=True, name="new.template.about")
        self._beside = BesideBlock(theme, language)
        self._answerers = AnswerersBlock(theme)
        self._scope_place = QWidget()
        self._scopes = QVBoxLayout(self._scope_place)
        self._scopes.setContentsMargins(0, 0, 0, 0)
        self._scope_shown: tuple[object, ...] = ()
        self._proposed = label("", "muted", wrap=True, name="new.scope.proposed")
        self._fragile = check(text("The context is fragile"), name="new.fragile")
        self._fragile.setAccessibleDescription(text("War, disaster, occupation, or a state that cannot or will not protect."))
        self._reason = CommittedText(theme, lines=2)
        self._as_of = DateField(theme, language)
        self._rate = text_line()
        self._rate.setMaximumWidth(theme.px(180))
        self._rate_hint = label("", "caption", wrap=True)
        self._rate_block, self._rate_form = QWidget(), FormRows(theme, widest=760)
        self._reason_block, self._reason_form = QWidget(), FormRows(theme, widest=760)
        self._fill_form()
        card.body.addWidget(self._form)
        self._page.body.addWidget(card)
        self._bar = SaveBar(theme, language, name="new.start", words=text("Start the assessment"), save=self._start)
        self._connect()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._bar)

    def _fill_form(self) -> None:
        theme, text, form = self.desk.theme, self.text, self._form
        form.add(text("Partner"), self._partner, name="new.partner", hint=text("Type to search."))
        form.add(text("Project"), _column(theme, self._project, self._add_project), name="new.project", buddy=self._project)
        kinds = _column(theme, self._kind, self._kind_words, self._previous_words, self._previous)
        form.add(text("Kind of assessment"), kinds, name="new.kind", buddy=self._kind)
        form.add_wide(self._rapid)
        form.add(text("Form of collaboration"), self._collaboration, name="new.collaboration")
        more = button(theme, text("All about this template"), self._go_template, name="new.template.more", kind="link")
        form.add(text("Template"), _column(theme, self._template, self._about, more), name="new.template", buddy=self._template)
        scopes = _column(theme, self._scope_place, self._proposed, self._fragile)
        form.add(text("Scope"), scopes, name="new.scope", buddy=self._scope_place)
        self._reason_form.add(
            text("Why this scope"),
            self._reason,
            name="new.reason",
            hint=text("One sentence, when you choose otherwise than the rule; it is printed in the report."),
        )
        form.add_wide(_inside(self._reason_block, self._reason_form))
        hint = text("Each keeps its own result. What several of them ask is answered once.")
        form.add(text("Other templates beside it"), self._beside, name="new.beside", hint=hint)
        form.add_wide(self._answerers)
        form.add(text("Date of assessment"), self._as_of, name="new.date", hint=text("Ages of evidence are counted to this day."))
        rate = _column(theme, self._rate_hint, self._rate)
        self._rate_form.add(text("Exchange rate"), rate, name="new.rate", buddy=self._rate)
        form.add_wide(_inside(self._rate_block, self._rate_form))

    def _connect(self) -> None:
        self._partner.chosen.connect(self._partner_chosen)
        self._project.chosen.connect(lambda key: self._choose(project=key))
        self._kind.chosen.connect(self._kind_chosen)
        self._previous.chosen.connect(self._previous_chosen)
        self._collaboration.chosen.connect(lambda key: self._choose(collaboration=key))
        self._template.chosen.connect(lambda key: self._choose(template_id=key))
        self._beside.chosen.connect(lambda added: self._choose(added=added))
        self._answerers.chosen.connect(lambda assigned: self._note_down(assigned=assigned))
        self._fragile.toggled.connect(lambda on: self._choose(fragile=on))
        self._rapid.changed.connect(lambda: self._note_down(rapid=self._rapid.typed()))
        self._reason.textChanged.connect(lambda: self._note_down(scope_reason=self._reason.toPlainText()))
        self._rate.textEdited.connect(lambda words: self._note_down(rate=words))
        self._as_of.line.textChanged.connect(lambda _: self._note_down(as_of=self._as_of.day, as_of_wrong=self._as_of.is_wrong))
        self._as_of.changed.connect(lambda _: self._refit())

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
        fresh = Typed(partner=place.partner, project=place.project, as_of=own_day())
        self._typed = kept if isinstance(kept, Typed) else fresh
        goes_on_from = place.assessment if not isinstance(kept, Typed) else None
        self._read_all(lambda: self._show(goes_on_from))

    def change_happened(self, change: Change) -> None:
        """What is chosen stands; what can be chosen is read again when a partner, project or template is new."""
        if change.what.startswith(("partner", "project", "template")):
            self._read_all(self._fill)

    def leave(self) -> None:
        if not self._starting and self._typed.partner is not None:
            self.desk.drafts[self.place] = self._typed

    def _read_all(self, then: Callable[[], None]) -> None:
        """Read what can be chosen; of the templates only the chosen one is read whole."""
        typed = self._typed

        def read() -> _Read:
            shelf = offered()
            page = partner_page(partner_id=typed.partner) if typed.partner is not None else None
            heads = shelf.newest_heads()
            wanted = usual_template(heads, page, typed.template_id)
            choices = Choices(heads, shelf.newest(wanted) if wanted else None, rules.scope_rule().rule, vaults.people())
            return _Read(tuple((row.id, row.name) for row in partner_rows()), page, shelf, choices)

        def take(found: _Read) -> None:
            self._read = found
            then()

        self.load(read, take)

    def _show(self, goes_on_from: UUID | None) -> None:
        card = self._earlier(goes_on_from) if goes_on_from is not None else None
        if card is not None:
            self._typed = going_on(self._typed, card)
        self._fill()
        (self._partner if self._typed.partner is None else self._kind).setFocus()
        if self._page.area is not None:
            self._page.area.verticalScrollBar().setValue(0)

    def _fill(self) -> None:
        if self._read is None:
            return
        typed = self._typed
        self._partner.offer(self._read.partners, current=typed.partner)
        self._reason.show_text(typed.scope_reason)
        self._rate.setText(typed.rate)
        self._rapid.show_typed(typed.rapid)
        self._fragile.setChecked(typed.fragile)
        self._as_of.show_day(typed.as_of)
        self._clear_errors()
        self._refit()

    def _refit(self) -> None:
        """Make choices fit each other and show what can be chosen now; a template that is not read whole yet is read first."""
        if self._read is None:
            return
        choices, wanted = self._read.choices, self._typed.template_id
        read = choices.template.id if choices.template else ""
        if wanted not in ("", read) and wanted in [head.id for head in choices.heads]:
            self._read_all(self._refit)
            return
        self._typed = fitted(self._typed, self._read.page, choices)
        self._offer(offer(self._typed, self._read.page, choices, self.desk.language))

    def _offer(self, shown: Offer) -> None:
        typed = self._typed
        has_partner, goes_on = typed.partner is not None, typed.kind in ("renewal", "completion")
        self._project.offer(shown.projects, current=typed.project)
        self._project.setVisible(bool(shown.projects))
        self._project.setEnabled(has_partner)
        self._add_project.setEnabled(has_partner)
        self._kind.show_key(typed.kind)
        self._kind.allow(shown.kinds)
        self._kind_words.setText(shown.kind_words)
        self._kind_words.setVisible(bool(shown.kind_words))
        self._previous.offer(shown.earlier, current=typed.previous)
        for part in (self._previous_words, self._previous):
            part.setVisible(goes_on)
        self._rapid.setVisible(typed.kind == "rapid")
        self._collaboration.show_key(typed.collaboration)
        self._template.offer(shown.templates, current=typed.template_id)
        self._about.setText(shown.template_about)
        self._beside.show_offer(shown.beside, typed.added)
        self._answerers.show_offer(shown, typed.assigned)
        self._offer_scopes(shown)
        self._proposed.setText(shown.proposed)
        self._proposed.setVisible(bool(shown.proposed))
        self._reason_block.setVisible(typed.kind != "rapid")
        self._rate_hint.setText(shown.rate_hint)
        self._rate_block.setVisible(bool(shown.rate_hint))

    def _offer_scopes(self, shown: Offer) -> None:
        """Show the scopes, anew only when they differ, so that the focus stays on the one that was pressed."""
        closed = self._typed.kind == "rapid"
        if (shown.scopes, shown.scope, closed) == self._scope_shown:
            return
        had_focus = self._scope_place.isAncestorOf(self.focusWidget() or self)
        self._scope_shown = (shown.scopes, shown.scope, closed)
        clear(self._scopes)
        scope = Segments(self.desk.theme, shown.scopes, name="new.scope", title=self.text("Scope"), current=shown.scope)
        if closed:
            scope.allow([shown.scope])
        scope.chosen.connect(lambda key: self._choose(scope=str(key)))
        self._scopes.addWidget(scope)
        if had_focus:
            scope.focus_chosen()

    def _choose(self, **chosen: object) -> None:
        self._note_down(**chosen)
        self._refit()

    def _note_down(self, **chosen: object) -> None:
        self._typed = replace(self._typed, **chosen)  # type: ignore[arg-type]

    def _partner_chosen(self, key: object) -> None:
        if key != self._typed.partner:
            self._note_down(partner=key, project=None, previous=None, kind="new", scope="")
            self._form.mark_wrong(self._partner, "")
            self._read_all(self._fill)

    def _kind_chosen(self, key: object) -> None:
        self._note_down(kind=str(key), scope="")
        self._clear_errors()
        self._bar.say("")
        self._refit()
        card = self._earlier(self._typed.previous)
        if card is not None:
            self._previous_chosen(card.id)

    def _previous_chosen(self, key: object) -> None:
        card = self._earlier(key)
        if card is not None:
            self._typed = going_on(self._typed, card)
            self._fragile.setChecked(self._typed.fragile)
            self._refit()

    def _earlier(self, wanted: object) -> AssessmentCard | None:
        page = self._read.page if self._read else None
        return next((card for card in page.assessments if card.id == wanted), None) if page else None

    def _go_template(self) -> None:
        self.desk.go(Place("template", template=self._typed.template_id))

    def _go_add_project(self) -> None:
        self.desk.go(Place("project_edit", partner=self._typed.partner))

    def _start(self) -> None:
        if self._starting or self._read is None:
            return
        page, choices, shelf = self._read.page, self._read.choices, self._read.library
        self._clear_errors()
        self._bar.say("")
        wrong = problems(self._typed, page, choices, self.desk.language)
        if wrong:
            self._mark(wrong)
            return
        draft = assessment_draft(self._typed, page, choices, proposal_of(self._typed, page, choices))
        self._starting = True
        self.run(lambda: start_assessment(actor=self.desk.actor(), draft=draft, templates=shelf), self._done, failed=self._refused)

    def _clear_errors(self) -> None:
        for form in (self._form, self._reason_form, self._rate_form, self._rapid):
            form.clear_errors()

    def _mark(self, wrong: dict[str, str]) -> None:
        fields: dict[str, tuple[FormRows, QWidget]] = {
            "new.partner": (self._form, self._partner),
            "new.project": (self._form, self._project),
            "new.reason": (self._reason_form, self._reason),
            "new.date": (self._form, self._as_of),
            "new.rate": (self._rate_form, self._rate),
        }
        marked: list[QWidget] = []
        for name, words in wrong.items():
            if name in self._rapid.fields:
                self._rapid.mark_wrong(name, words)
                marked.append(self._rapid.fields[name])
            else:
                form, field = fields[name]
                form.mark_wrong(field, words)
                marked.append(field)
        marked[0].setFocus()
        language = self.desk.language
        said = language.plural("{n} thing to put right first.", "{n} things to put right first.", len(wrong))
        self._bar.say(said, wrong=True)
        if self._page.area is not None:
            self._page.area.ensureWidgetVisible(marked[0])

    def _done(self, change: Change) -> None:
        self.desk.drafts.pop(self.place, None)
        self.desk.go(Place("assessment", assessment=change.made, partner=change.partner))
        self._starting = False
        self._typed = Typed()

    def _refused(self, error: GedigenError) -> None:
        self._starting = False
        self._bar.say(self.desk.language.error(error), wrong=True)


def _inside(block: QWidget, form: FormRows) -> QWidget:
    """Put rows in a block that can be hidden whole."""
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(form)
    return block


def _column(theme: Theme, *parts: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(6))
    for part in parts:
        column.addWidget(part)
    return made
