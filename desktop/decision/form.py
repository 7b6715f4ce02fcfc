"""The form for a decision; what it asks for follows from the outcome that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.decision.rapid_card import RapidCard
from desktop.decision.rows import ConditionRows, WaiverBlock
from desktop.decision.state import APPROVALS, TypedDecision, TypedWaiver, cannot_approve, needs
from desktop.language import Language
from desktop.shell.theme import Theme
from desktop.widgets.card import Card, Notice
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import CommittedText, text_line
from desktop.widgets.form import FormRows
from desktop.widgets.level_picker import LevelPicker, LevelRow
from desktop.widgets.page import clear
from desktop.widgets.text import label
from desktop.words import DECISIONS, word
from models.cards import AssessmentFile
from models.rapid import names_decider


class DecisionForm(QWidget):
    """Outcome first; then why it departs, who decided, waivers and conditions, each shown only when the outcome asks for it."""

    def __init__(self, theme: Theme, language: Language, file: AssessmentFile, typed: TypedDecision) -> None:
        super().__init__()
        self._theme, self._language, self._file = theme, language, file
        self._closed = cannot_approve(file, language)
        self._outcome = "" if self._closed and typed.outcome in APPROVALS else typed.outcome
        self._waived: dict[str, TypedWaiver] = {waiver.stop: waiver for waiver in typed.waivers}
        self._blocks: list[WaiverBlock] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self._outcome_card(typed))
        column.addWidget(self._minutes_card(typed))
        self._rapid = self._rapid_card(typed)
        if self._rapid is not None:
            column.addWidget(self._rapid)
        self._waiver_card = Card(theme, language.text("Waivers"))
        self._waiver_card.body.addWidget(
            label(
                language.text("The board waives each stop criterion by name, with limit, date and the control in its place."),
                "muted",
                wrap=True,
            )
        )
        self._waivers = QVBoxLayout()
        self._waivers.setSpacing(theme.px(16))
        self._waiver_card.body.addLayout(self._waivers)
        column.addWidget(self._waiver_card)
        column.addWidget(self._conditions_card(typed))
        column.addWidget(self._next_card(typed))
        self._follow_outcome()

    def typed(self) -> TypedDecision:
        """Give what stands in the form."""
        self._take_waivers()
        wrong = self.conditions.wrong_dates()
        for name, field in (("decision.date", self._date), ("decision.next_due", self._next_due)):
            wrong |= {name} if field.is_wrong else set()
        wrong |= {f"decision.waiver.{block.stop}.until" for block in self._blocks if block.until.is_wrong}
        return TypedDecision(
            outcome=self._outcome,
            body=self._body.text(),
            minutes=self._minutes.text(),
            paragraph=self._paragraph.text(),
            decided_on=self._date.day,
            took_no_part=self._took_no_part.text(),
            departure=self._departure.toPlainText(),
            waivers=tuple(self._waived.values()),
            conditions=self.conditions.typed(),
            next_due=self._next_due.day,
            granted_minor=self._rapid.granted_minor if self._rapid is not None else None,
            granted_until=self._rapid.until if self._rapid is not None else None,
            wrong=frozenset(wrong),
        )

    def go_first(self) -> None:
        """Put the focus on the outcome."""
        self._picker.focus_chosen()

    def clear_errors(self) -> None:
        """Take away all that is said to be wrong."""
        for form in (self._departure_form, self._minutes_form, self._next_form):
            form.clear_errors()
        if self._rapid is not None:
            self._rapid.clear_errors()
        for block in self._blocks:
            block.clear_errors()
        self.conditions.mark_wrong("", "")
        self._outcome_wrong.hide()
        self._conditions_wrong.hide()

    def mark(self, problems: dict[str, str]) -> QWidget | None:
        """Say by each field what is wrong with it; gives the first such field."""
        first: QWidget | None = None
        for name, words in problems.items():
            field = self._mark(name, words)
            first = first or field
        return first

    def _mark(self, name: str, words: str) -> QWidget | None:
        if name == "decision.outcome":
            self._outcome_wrong.setText(words)
            self._outcome_wrong.show()
            return self._picker
        if name == "decision.conditions":
            self._conditions_wrong.setText(words)
            self._conditions_wrong.show()
            return self.conditions.add_button
        for form, fields in (
            (self._departure_form, {"decision.departure": self._departure}),
            (
                self._minutes_form,
                {
                    "decision.body": self._body,
                    "decision.minutes": self._minutes,
                    "decision.paragraph": self._paragraph,
                    "decision.date": self._date,
                },
            ),
            (self._next_form, {"decision.next_due": self._next_due}),
        ):
            if name in fields:
                form.mark_wrong(fields[name], words)
                return fields[name]
        if self._rapid is not None and name in self._rapid.fields:
            self._rapid.mark_wrong(name, words)
            return self._rapid.fields[name]
        for block in self._blocks:
            if name in block.fields:
                block.mark_wrong(name, words)
                return block.fields[name]
        return self.conditions.mark_wrong(name, words)

    def _outcome_card(self, typed: TypedDecision) -> Card:
        theme, language = self._theme, self._language
        card = Card(theme, language.text("What was decided"))
        recommended = self._file.recommendation.decision if self._file.recommendation else ""
        rows = [
            LevelRow(key, str(at), word(DECISIONS, key, language), self._note(key, recommended), open=not self._is_closed(key))
            for at, key in enumerate(DECISIONS, start=1)
        ]
        self._picker = LevelPicker(theme, name="decision.outcome", title=language.text("What was decided"))
        self._picker.show_rows(rows, chosen=self._outcome or None)
        self._picker.picked.connect(self._picked)
        if self._closed:
            card.body.addWidget(Notice(theme, self._closed, tone="stop"))
        card.body.addWidget(self._picker)
        self._outcome_wrong = label("", "error", wrap=True, name="decision.outcome.error")
        self._outcome_wrong.hide()
        card.body.addWidget(self._outcome_wrong)
        self._departure_form = FormRows(theme, widest=760)
        self._departure = CommittedText(theme, typed.departure, lines=3)
        self._departure_form.add(
            language.text("Why it departs from the recommendation"),
            self._departure,
            name="decision.departure",
            hint=language.text("As the minutes say it."),
        )
        card.body.addWidget(self._departure_form)
        return card

    def _is_closed(self, outcome: str) -> bool:
        return bool(self._closed) and outcome in APPROVALS

    def _note(self, outcome: str, recommended: str) -> str:
        text = self._language.text
        notes = [text("recommended")] * (outcome == recommended) + [text("a stop criterion forbids it")] * self._is_closed(outcome)
        return " · ".join(notes)

    def _minutes_card(self, typed: TypedDecision) -> Card:
        theme, text = self._theme, self._language.text
        card = Card(theme, text("As the minutes say"))
        form = self._minutes_form = FormRows(theme, widest=760)
        self._body, self._minutes, self._paragraph = text_line(typed.body), text_line(typed.minutes), text_line(typed.paragraph)
        self._date = DateField(theme, self._language, day=typed.decided_on)
        self._took_no_part = text_line(typed.took_no_part)
        form.add(text("Who decided"), self._body, name="decision.body", hint=text("The board, a committee, or a delegate by name."))
        form.add(text("Minutes"), self._minutes, name="decision.minutes", hint=text("For example 2026-04."))
        form.add(text("Paragraph"), self._paragraph, name="decision.paragraph")
        form.add(text("Date"), self._date, name="decision.date")
        form.add(
            text("Who took no part"),
            self._took_no_part,
            name="decision.took_no_part",
            hint=text("Those with ties to the partner who stepped aside."),
        )
        card.body.addWidget(form)
        return card

    def _rapid_card(self, typed: TypedDecision) -> RapidCard | None:
        terms = self._file.card.draft.rapid
        if terms is None:
            return None
        self._body.textChanged.connect(lambda _: self._follow_outcome())
        return RapidCard(self._theme, self._language, terms, granted_minor=typed.granted_minor, until=typed.granted_until)

    def _conditions_card(self, typed: TypedDecision) -> Card:
        theme, text = self._theme, self._language.text
        self._conditions_card_ = card = Card(theme, text("Conditions"))
        card.body.addWidget(label(text("These were recommended. Change them to what was decided."), "muted", wrap=True))
        self.conditions = ConditionRows(theme, self._language)
        self.conditions.show_conditions(typed.conditions)
        card.body.addWidget(self.conditions)
        self._conditions_wrong = label("", "error", wrap=True)
        self._conditions_wrong.hide()
        card.body.addWidget(self._conditions_wrong)
        return card

    def _next_card(self, typed: TypedDecision) -> Card:
        theme, text = self._theme, self._language.text
        self._next_card_ = card = Card(theme)
        form = self._next_form = FormRows(theme, widest=760)
        self._next_due = DateField(theme, self._language, day=typed.next_due)
        hint = text("Left empty, it is due three years after the date of this assessment.")
        form.add(text("Next assessment due"), self._next_due, name="decision.next_due", hint=hint)
        card.body.addWidget(form)
        return card

    def _picked(self, key: object) -> None:
        self._outcome = str(key)
        self._outcome_wrong.hide()
        self._follow_outcome()

    def _take_waivers(self) -> None:
        for block in self._blocks:
            self._waived[block.stop] = block.typed()

    def _follow_outcome(self) -> None:
        """Show what the outcome asks for; what was typed for another one is kept."""
        self._take_waivers()
        wanted = needs(self._file, self._outcome, self._language)
        other = wanted.rapid is not None and not names_decider(wanted.rapid, self._body.text())
        self._departure_form.setVisible(wanted.departs or other)
        if self._rapid is not None:
            self._rapid.setVisible(wanted.rapid is not None)
        clear(self._waivers)
        self._blocks = []
        for stop in wanted.waivers:
            block = WaiverBlock(self._theme, self._language, stop, self._waived.get(stop.id, TypedWaiver(stop.id)))
            self._blocks.append(block)
            self._waivers.addWidget(block)
        self._waiver_card.setVisible(bool(self._blocks))
        self._conditions_card_.setVisible(wanted.conditions)
        self._next_card_.setVisible(self._outcome in APPROVALS and wanted.rapid is None)
