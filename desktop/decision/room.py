"""The board's decision on a sealed assessment: recorded once, then shown as it was recorded."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.decision.document_card import DocumentCard
from desktop.decision.document_state import DocumentState, document_state
from desktop.decision.form import DecisionForm
from desktop.decision.read import DecisionRead, decision_read
from desktop.decision.signing_steps import decision_steps
from desktop.decision.state import (
    APPROVALS,
    TypedDecision,
    decision_draft,
    problems,
    recommended_words,
    recorded_facts,
    starting_point,
    stops_of,
)
from desktop.operations.change import Change
from desktop.operations.deciding import record_decision
from desktop.rapid_words import lapsed_words
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.button import button
from desktop.widgets.card import Card, Notice
from desktop.widgets.case_page import CasePage
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.facts import bullets, facts_grid
from desktop.widgets.page import clear
from desktop.widgets.save_bar import SaveBar
from desktop.widgets.text import label
from desktop.words import DECISIONS, word
from forms.errors import GedigenError
from models.cards import AssessmentFile, DecisionCard
from models.rapid import standing

#: Below this width at 100 % text size the columns stand under each other.
NARROW = 900


class DecisionRoom(Room):
    """Records what was decided, as the minutes say, with the recommendation beside; a postponed case is decided again later."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._file: AssessmentFile | None = None
        self._form: DecisionForm | None = None
        self._again = False
        self._saving = self._signing = False
        self._read: DecisionRead | None = None
        self._document: DocumentState | None = None
        self._document_card: DocumentCard | None = None
        self._language = desk.language.code
        self._case = CasePage(self, here="decision", title=self.text("Decision"), widest=1160)
        self._page = self._case.page
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(16))
        self._main, self._side = QVBoxLayout(), QVBoxLayout()
        for column in (self._main, self._side):
            column.setSpacing(theme.px(16))
        self._columns.addLayout(self._main, 5)
        self._columns.addLayout(self._side, 3)
        self._page.body.addLayout(self._columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        words = self.text("Record the decision")
        self._bar = SaveBar(theme, desk.language, name="decision.record", words=words, save=self._record, icon="gavel")
        self._bar.hide()
        whole.addWidget(self._case, 1)
        whole.addWidget(self._bar)

    def title(self) -> str:
        return f"{self.text('Decision')} {self._file.card.case_number}" if self._file else self.text("Decision")

    def commands(self) -> tuple[Command, ...]:
        forms, file = self._form is not None, self._file
        postponed = file is not None and not forms and _can_decide_later(file)
        renewable = file is not None and file.card.state == "decided" and file.card.draft.rapid is None
        return (
            Command("decision.record", self.text("Record the decision"), self._record, "Ctrl+Return", enabled=forms),
            Command(
                "decision.record.keypad",
                self.text("Record the decision"),
                self._record,
                "Ctrl+Enter",
                enabled=forms,
                about=self.text("Keypad"),
            ),
            Command(
                "decision.document.sign",
                self.text("Make and sign the decision document"),
                self._sign,
                enabled=self._document is not None and self._document.action == "sign",
            ),
            Command(
                "decision.document.read",
                self.text("Read the decision document"),
                self._read_document,
                "D",
                enabled=self._document is not None,
            ),
            Command("decision.later", self.text("Record a later decision"), self._later, enabled=postponed),
            Command(
                "decision.renew",
                self.text("Start renewal"),
                self._renew,
                "R",
                enabled=renewable,
            ),
            *self._case.commands(),
        )

    def show_place(self, place: Place) -> None:
        if place != self.place:
            self._again = False
        super().show_place(place)
        assessment = place.assessment
        if assessment is not None:
            self.load(partial(decision_read, assessment), self._show_read)

    def change_happened(self, change: Change) -> None:
        """Only a change to this very assessment is read again, for what is typed here must stay."""
        if change.assessment == self.place.assessment:
            self.leave()
            self.show_place(self.place)

    def leave(self) -> None:
        if self._form is None or self._file is None or self._saving:
            return
        typed = self._form.typed()
        if typed != starting_point(self._file):
            self.desk.drafts[self.place] = typed
        else:
            self.desk.drafts.pop(self.place, None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Set the columns beside each other; where there is no room the recommendation comes before a form, and after a decision."""
        narrow, directions = self.width() < self.desk.theme.px(NARROW), QBoxLayout.Direction
        above = directions.BottomToTop if self._form is not None else directions.TopToBottom
        wanted = above if narrow else directions.LeftToRight
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
        self._columns.setStretch(1, 3 if self._side.count() > 1 else 0)

    def _show_read(self, read: DecisionRead) -> None:
        self._read = read
        self._show(read.file)

    def _show(self, file: AssessmentFile) -> None:
        self._file, self._form = file, None
        self._document, self._document_card = None, None
        clear(self._main)
        clear(self._side)
        self._case.show_file(file)
        kept = self.desk.drafts.get(self.place)
        if file.seal is None:
            self._not_sealed()
        elif file.decision is not None and not self._again and not isinstance(kept, TypedDecision):
            self._show_recorded(file, file.decision)
        else:
            self._show_form(file, kept if isinstance(kept, TypedDecision) else starting_point(file))
        self._bar.setVisible(self._form is not None)
        self._bar.say(self.text("It is written to the audit trail and is not changed later."))
        if file.seal is not None:
            self._show_side(file)
        self._main.addStretch(1)
        self._side.addStretch(1)
        self._arrange()
        if self._page.area is not None:
            self._page.area.verticalScrollBar().setValue(0)
        self.desk.commands_changed.emit()

    def _not_sealed(self) -> None:
        theme = self.desk.theme
        sentence = self.text("A decision is recorded on a sealed assessment. This one is not sealed yet.")
        go = button(theme, self.text("Go to the assessment"), self._go_assessment, name="decision.assessment")
        self._main.addWidget(EmptyState(theme, sentence, icon="gavel", action=go), 1)

    def _show_recorded(self, file: AssessmentFile, card: DecisionCard) -> None:
        theme = self.desk.theme
        made = Card(theme)
        made.body.addWidget(label(word(DECISIONS, card.draft.outcome, self.desk.language), "title", wrap=True, name="decision.recorded"))
        made.body.addLayout(facts_grid(theme, recorded_facts(card, file, self.desk.language), name="decision.fact", kind="body"))
        self._main.addWidget(made)
        self._show_document(file)
        lapses = lapsed_words(file.card, self.desk.language, date.today())  # noqa: DTZ011 — the reader's own day
        if lapses:
            self._main.addWidget(Notice(theme, lapses, tone="stop" if rapid_has_lapsed(file) else "warning"))
        if file.card.draft.rapid is not None:
            self._offer_completion(file)
        elif file.card.state == "decided":
            note = self.text("A renewal takes up where this one ends: last time’s answers are shown and confirmed one by one.")
            self._main.addWidget(label(note, "muted", wrap=True))
            renew = button(
                theme,
                self.text("Start renewal"),
                self._renew,
                name="decision.renew",
                kind=self._next_kind(),
                icon="refresh-cw",
                shortcut="R",
            )
            self._main.addWidget(renew)
            self._begin_at(renew)
        elif _can_decide_later(file):
            later = button(
                theme, self.text("Record a later decision"), self._later, name="decision.later", kind=self._next_kind(), icon="gavel"
            )
            self._main.addWidget(
                label(self.text("The case is postponed, so a decision is still to come. This one stays on record."), "muted", wrap=True)
            )
            self._main.addWidget(later)
            self._begin_at(later)

    def _show_document(self, file: AssessmentFile) -> None:
        person, read = self.desk.person.id if self.desk.person is not None else None, self._read
        if read is None:
            return
        state = document_state(file, read.decisions, self.desk.language, wanted=self._language, person=person, awaiting=read.awaiting)
        self._document = state
        if state is not None:
            self._document_card = DocumentCard(
                self.desk.theme,
                self.desk.language,
                state,
                choose=self._choose_language,
                sign=self._sign,
                read=self._read_document,
                switch=self.desk.switch_person,
            )
            self._side.addWidget(self._document_card)

    def _choose_language(self, code: str) -> None:
        self._language = code
        if self._file is not None:
            self._case.keeping_place(partial(self._show, self._file))
            self._case.focus_on(f"decision.document.language.{code}")

    def _sign(self) -> None:
        state, card = self._document, self._document_card
        if state is None or card is None or state.action != "sign" or self._signing:
            return
        card.show_busy()
        self._signing = True
        steps = decision_steps(self, decision=state.decision.id, code=state.language, ended=self._signed, refused=self._not_signed)
        steps.begin()

    def _signed(self) -> None:
        self._signing = False

    def _not_signed(self, error: GedigenError | None) -> None:
        self._signing = False
        if self._file is not None:
            self._show(self._file)
        if error is not None:
            self.desk.report_error(error)

    def _read_document(self, decision: str = "") -> None:
        code = self._document.language if self._document is not None else ""
        self.desk.go(Place("decision_document", assessment=self.place.assessment, question=code, version=decision))

    def _next_kind(self) -> str:
        """Give how the way onwards looks: plain while there is a document to sign first."""
        return "plain" if self._document is not None and self._document.action == "sign" else "primary"

    def _begin_at(self, onwards: QWidget) -> None:
        first = self._document_card.acts[0] if self._document_card is not None and self._next_kind() == "plain" else onwards
        first.setFocus()

    def _offer_completion(self, file: AssessmentFile) -> None:
        if file.card.continued_by or file.card.outcome not in APPROVALS:
            return
        note = self.text("A fuller assessment continues the rapid start: what was answered then is shown and confirmed one by one.")
        self._main.addWidget(label(note, "muted", wrap=True))
        complete = button(
            self.desk.theme, self.text("Start the completion"), self._renew, name="decision.complete", kind=self._next_kind(), icon="plus"
        )
        self._main.addWidget(complete)
        self._begin_at(complete)

    def _show_form(self, file: AssessmentFile, typed: TypedDecision) -> None:
        theme = self.desk.theme
        self._form = DecisionForm(theme, self.desk.language, file, typed)
        self._main.addWidget(self._form)
        self._form.go_first()

    def _show_side(self, file: AssessmentFile) -> None:
        theme = self.desk.theme
        recommended = recommended_words(file, self.desk.language)
        if recommended is not None:
            card = Card(theme, self.text("Recommended"))
            card.body.addWidget(label(recommended.decision, "strong", wrap=True, name="decision.recommended"))
            if recommended.summary:
                card.body.addWidget(label(recommended.summary, wrap=True))
            if recommended.conditions:
                card.body.addWidget(label(self.text("Conditions"), "heading"))
                card.body.addLayout(bullets(theme, recommended.conditions))
            if recommended.next_due:
                card.body.addWidget(label(self.text("Next assessment due"), "heading"))
                card.body.addWidget(label(recommended.next_due))
            self._side.addWidget(card)
        waived = {one.stop for one in file.decision.draft.waivers} if file.decision is not None else set()
        for stop in stops_of(file, self.desk.language):
            if stop.id in waived:
                said = self.text("The board has waived it.")
            elif stop.waivable:
                said = self.text("The board may waive it, with limit, date and control.")
            else:
                said = self.text("Nobody can waive it.")
            self._side.addWidget(Notice(theme, f"{stop.text} {said}", tone="stop"))

    def _record(self) -> None:
        file, form = self._file, self._form
        if file is None or form is None or self._saving:
            return
        typed = form.typed()
        form.clear_errors()
        wrong = problems(file, typed, self.desk.language)
        if wrong:
            first = form.mark(wrong)
            language = self.desk.language
            said = language.plural("{n} thing to put right first.", "{n} things to put right first.", len(wrong))
            self._bar.say(said, wrong=True)
            if first is not None and self._page.area is not None:
                first.setFocus()
                self._page.area.ensureWidgetVisible(first)
            return
        draft, assessment = decision_draft(file, typed, self.desk.language), file.card.id
        self._saving = True
        self.run(lambda: record_decision(actor=self.desk.actor(), assessment_id=assessment, draft=draft), self._done, failed=self._refused)

    def _done(self, _change: Change) -> None:
        self.desk.drafts.pop(self.place, None)
        self._form = None  # what it held is recorded
        self._saving = self._again = False
        self.desk.note(self.text("The decision is recorded."))

    def _refused(self, error: GedigenError) -> None:
        self._saving = False
        self._bar.say(self.desk.language.error(error), wrong=True)

    def _later(self) -> None:
        self._again = True
        if self._file is not None:
            self._show(self._file)

    def _renew(self) -> None:
        if self._file is not None:
            card = self._file.card
            self.desk.go(Place("new_assessment", partner=card.draft.partner, assessment=card.id))

    def _go_assessment(self) -> None:
        self.desk.go(Place("assessment", assessment=self.place.assessment))


def rapid_has_lapsed(file: AssessmentFile) -> bool:
    """Whether the day by which a rapid start had to be completed has passed without it."""
    return standing(file.card, date.today()) == "lapsed"  # noqa: DTZ011


def _can_decide_later(file: AssessmentFile) -> bool:
    return file.decision is not None and file.decision.draft.outcome == "postpone"
