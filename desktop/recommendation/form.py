"""The form of the recommendation, and the same to read when it may not be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop.recommendation.condition_rows import ConditionRows
from desktop.recommendation.state import RecommendationState, condition_words, departs, words_said
from desktop.shell.desk import Desk
from desktop.widgets.button import button
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import CommittedText
from desktop.widgets.form import FormRows
from desktop.widgets.level_picker import LevelPicker, LevelRow
from desktop.widgets.page import row
from desktop.widgets.text import label
from desktop.words import DECISIONS, word
from models.cards import AssessmentFile, RecommendationDraft


class RecommendationForm(Card):
    """Says ``changed()`` while one types and ``save()`` when one wants it kept."""

    changed = Signal()
    save = Signal()

    def __init__(self, desk: Desk, file: AssessmentFile, state: RecommendationState) -> None:
        super().__init__(desk.theme)
        self._desk, self._file, self._state = desk, file, state
        self._decision = state.kept.decision
        if state.standing == "write":
            self._write()
        else:
            self._read()

    def draft(self) -> RecommendationDraft:
        """Give what is chosen and typed now; the reason for departing only while it does."""
        if self._state.standing != "write":
            return self._state.kept
        draft = RecommendationDraft(
            decision=self._decision,
            summary=self._summary.toPlainText().strip(),
            conditions=self._conditions.conditions,
            capacity_plan=self._capacity.toPlainText().strip(),
            visit=self._visit.toPlainText().strip(),
            limits=self._limits.toPlainText().strip(),
            partner_reply=self._reply.toPlainText().strip(),
            next_due=self._due.day,
        )
        if departs(draft, self._state.calculated.decision):
            return replace(draft, departure=self._departure.toPlainText().strip())
        return draft

    def show_draft(self, draft: RecommendationDraft) -> None:
        """Show what was typed before."""
        self._decision = draft.decision
        self._show_decision()
        for field, text in (
            (self._summary, draft.summary),
            (self._departure, draft.departure),
            (self._capacity, draft.capacity_plan),
            (self._visit, draft.visit),
            (self._limits, draft.limits),
            (self._reply, draft.partner_reply),
        ):
            field.setPlainText(text)
        self._conditions.show_conditions(draft.conditions)
        self._due.show_day(draft.next_due)

    def mark_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at each field what is missing, and go to the first."""
        self._form.clear_errors()
        self._conditions.clear_errors()
        self.refuse("")
        self._form.mark_wrong(self._summary, wrong.get("summary", ""))
        self._departing.mark_wrong(self._departure, wrong.get("departure", ""))
        self._wrong_decision.setText(wrong.get("decision", ""))
        self._wrong_decision.setVisible("decision" in wrong)
        self._wrong_conditions.setText(wrong.get("conditions", ""))
        self._wrong_conditions.setVisible("conditions" in wrong)
        for place in range(len(self._conditions.conditions)):
            self._conditions.mark_wrong(place, text=wrong.get(f"condition.{place}", ""), due=wrong.get(f"condition.{place}.due", ""))
        if "decision" in wrong:
            self._picker.focus_chosen()
            return
        for name, field in (("departure", self._departure), ("summary", self._summary)):
            if name in wrong:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def refuse(self, said: str) -> None:
        """Say above the button why it was not saved."""
        self._refused.setText(said)
        self._refused.setVisible(bool(said))

    def say(self, said: str) -> None:
        """Say beside the button how it stands."""
        self._status.setText(said)

    def _write(self) -> None:
        desk, state, text = self._desk, self._state, self._desk.language.text
        theme, kept = desk.theme, state.kept
        self.body.setSpacing(theme.px(14))
        decision = QVBoxLayout()
        decision.setSpacing(theme.px(2))
        decision.addWidget(label(text("We recommend to"), "strong"))
        self._picker = LevelPicker(theme, name="recommendation.decision", title=text("We recommend to"))
        self._picker.picked.connect(self._picked)
        decision.addWidget(self._picker)
        self._wrong_decision = _error(decision)
        self.body.addLayout(decision)
        self._departure = self._field(kept.departure, 3)
        self._departing = FormRows(theme, widest=760)
        self._departing.add(text("Why it differs from the calculated one"), self._departure, name="recommendation.departure")
        self.body.addWidget(self._departing)
        self._form = FormRows(theme, widest=760)
        self.body.addWidget(self._form)
        self._summary = self._field(kept.summary, 6)
        hint = text("The board reads this first: what we recommend and the two or three findings that decide it.")
        self._form.add(text("Summary"), self._summary, name="recommendation.summary", hint=hint)
        self._count = label("", "caption", name="recommendation.summary.words")
        self._form.add_wide(self._count)
        self._form.add_wide(label(text("Conditions"), "strong"))
        self._conditions = ConditionRows(desk)
        self._conditions.show_conditions(kept.conditions)
        self._conditions.changed.connect(self._typed)
        self._form.add_wide(self._conditions)
        self._wrong_conditions = label("", "error", wrap=True)
        self._wrong_conditions.hide()
        self._form.add_wide(self._wrong_conditions)
        self._capacity = self._field(kept.capacity_plan, 3)
        self._visit = self._field(kept.visit, 2)
        self._limits = self._field(kept.limits, 2)
        self._reply = self._field(kept.partner_reply, 3)
        self._due = DateField(theme, desk.language, day=kept.next_due)
        self._due.changed.connect(lambda _day: self._typed())
        for field, name, title, said in (
            (self._capacity, "capacity_plan", text("Capacity plan"), text("What the partner and we do together to make it stronger.")),
            (self._visit, "visit", text("Visit"), text("Who went where and when, or why nobody did.")),
            (self._limits, "limits", text("Limits"), text("What this assessment could not look into.")),
            (self._reply, "partner_reply", text("The partner’s reply"), text("What the partner said about the draft findings.")),
            (self._due, "next_due", text("Next assessment due"), ""),
        ):
            self._form.add(title, field, name=f"recommendation.{name}", hint=said)
        self._refused = label("", "error", wrap=True, name="recommendation.error")
        self._refused.hide()
        self.body.addWidget(self._refused)
        save = button(
            theme,
            text("Save"),
            self.save.emit,
            name="recommendation.save",
            kind="plain" if state.can_submit else "primary",
            shortcut="Ctrl+Enter",
        )
        self._status = label("", "caption", wrap=True, name="recommendation.status")
        line = row(theme, [save])
        line.addWidget(self._status, 1)
        self.body.addLayout(line)
        self._show_decision()
        self._count_words()

    def _field(self, text: str, lines: int) -> CommittedText:
        made = CommittedText(self._desk.theme, text, lines=lines)
        made.textChanged.connect(self._typed)
        return made

    def _typed(self) -> None:
        if hasattr(self, "_status"):
            self._count_words()
            self.changed.emit()

    def _count_words(self) -> None:
        self._count.setText(words_said(self._summary.toPlainText(), self._desk.language))

    def _picked(self, key: object) -> None:
        self._decision = str(key)
        self._show_decision()
        self._typed()

    def _show_decision(self) -> None:
        rows = [LevelRow(one.key, one.digit, one.word, one.note) for one in self._state.decisions]
        self._picker.show_rows(rows, chosen=self._decision or None)
        differs = departs(RecommendationDraft(self._decision, ""), self._state.calculated.decision)
        self._departing.setVisible(differs)

    def _read(self) -> None:
        """The same to read: nothing that looks as if it could be typed in."""
        desk, kept, text = self._desk, self._state.kept, self._desk.language.text
        if not self._state.is_saved:
            self.body.addWidget(label(text("The caseworker has not written a recommendation yet."), "muted", wrap=True))
            return
        self.body.addWidget(label(word(DECISIONS, kept.decision, desk.language), "section", name="recommendation.decision"))
        conditions = "\n".join(
            f"{number}. {condition_words(one, self._file, desk.language)}" for number, one in enumerate(kept.conditions, start=1)
        )
        due = desk.language.date(kept.next_due) if kept.next_due else ""
        for title, words, name in (
            ("", kept.summary, "summary"),
            (text("Why it differs from the calculated one"), kept.departure, "departure"),
            (text("Conditions"), conditions, "conditions"),
            (text("Capacity plan"), kept.capacity_plan, "capacity_plan"),
            (text("Visit"), kept.visit, "visit"),
            (text("Limits"), kept.limits, "limits"),
            (text("The partner’s reply"), kept.partner_reply, "partner_reply"),
            (text("Next assessment due"), due, "next_due"),
        ):
            if not words:
                continue
            if title:
                self.body.addSpacing(desk.theme.px(6))
                self.body.addWidget(label(title, "strong"))
            self.body.addWidget(label(words, wrap=True, name=f"recommendation.{name}"))


def _error(column: QVBoxLayout) -> QLabel:
    made = label("", "error", wrap=True)
    made.hide()
    column.addWidget(made)
    return made
