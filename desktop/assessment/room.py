"""The assessment room: answering one question after another, with what it adds up to beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.assessment.answer_sheet import AnswerSheet
from desktop.assessment.answering import Answering
from desktop.assessment.banners import Banners
from desktop.assessment.case_acts import CaseActs
from desktop.assessment.columns import FOLDS_BELOW, lay_out, order_focus
from desktop.assessment.evidence_desk import EvidenceDesk
from desktop.assessment.evidence_reader import EvidenceReader
from desktop.assessment.folded_strip import FoldedStrip
from desktop.assessment.header_view import HeaderView
from desktop.assessment.instrument_desk import InstrumentDesk
from desktop.assessment.instruments_view import InstrumentsView
from desktop.assessment.outline_state import FILTERS, Filter, FoundQuestion, find_questions, instrument_start, section_start
from desktop.assessment.outline_view import OutlineView
from desktop.assessment.question_page import QuestionPage
from desktop.assessment.question_view import QuestionView
from desktop.assessment.remaining_view import RemainingView
from desktop.assessment.result_view import ResultView
from desktop.assessment.room_commands import Doing, room_commands
from desktop.assessment.room_keys import meaning
from desktop.assessment.state import AssessmentRoomState, Remaining, Sitting, moved, places, room_state
from desktop.operations import assessments
from desktop.operations.change import Change
from desktop.recommendation.remaining_state import way_to
from desktop.shell.commands import Command
from desktop.shell.desk import Desk
from desktop.shell.place import Place
from desktop.shell.room import Room
from forms.errors import GedigenError
from models.cards import AssessmentFile


class AssessmentRoom(Room):
    """Shows one assessment; the answers in memory are the sheet's, what they mean is the state's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme, language = desk.theme, desk.language
        self._state: AssessmentRoomState | None = None
        self._focused = ""
        self._filter: Filter = "all"
        self.sheet = AnswerSheet(self, changed=self._refresh, refused=self._refused, went_to=self._go)
        self.header = HeaderView(
            theme, language, go=self._to_stage, undo=lambda: self._step(forth=False), redo=lambda: self._step(forth=True)
        )
        self.banners = Banners(theme, language)
        self.outline = OutlineView(theme, language, self._find)
        self.folded = FoldedStrip(theme, language)
        self.question = QuestionView(theme, language)
        self.result = ResultView(theme, language)
        self.remaining = RemainingView(theme, language)
        self.reader = EvidenceReader(theme, language)
        self.page = QuestionPage(theme, self.question)
        self.choosing = InstrumentsView(theme, language)
        self._pages = lay_out(
            self,
            theme,
            above=(self.header, self.banners, self.folded),
            outline=self.outline,
            pages=(self.page, self.remaining, self.reader, self.choosing),
            result=self.result,
        )
        self.answering = Answering(self, self.sheet, self.question, refresh=self._refresh, go_on=lambda: self._move(1))
        self.evidence = EvidenceDesk(self, self.sheet, self.question, self.reader, show=self._show_page)
        self.instruments = InstrumentDesk(
            self, self.sheet, self.choosing, self.question, go=self._go, show=self._show_page, changed=self._refresh
        )
        self._acts = CaseActs(self, back=self._back_to_question)
        self._connect()

    def title(self) -> str:
        return self._state.header.title if self._state is not None else self.text("Assessment")

    def show_place(self, place: Place) -> None:
        here = self.place.assessment == place.assessment
        super().show_place(place)
        if not here:
            self._focused, self._filter = "", "all"
        self._focused = place.question or self._focused
        self._read(place.assessment, self._show)

    def change_happened(self, change: Change) -> None:
        """Read again what others have changed; the sheet has taken in its own answers already."""
        if change.what != "answer" and change.assessment == self.place.assessment:
            # A change heard before the case has been read for the first time takes that reading's place.
            there = self.sheet.file is not None and self.sheet.file.card.id == change.assessment
            self._read(change.assessment, self._show_again if there else self._show)

    def _read(self, case: UUID | None, show: Callable[[AssessmentFile], None]) -> None:
        if case is not None:
            self.load(lambda: assessments.assessment_file(assessment_id=case), show)

    def leave(self) -> None:
        """Commit what is half typed; a change that waits for its reason is not kept, and that is said."""
        self.question.commit()
        if self.answering.proposed is not None:
            self.desk.note(self.text("The last change was not kept, since no reason was given."))
        self.question.close_inline()

    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here; F1 lists the keys."""
        if self._state is None:
            return ()
        doing = Doing(
            act=self._do,
            press=lambda key: self._pages.currentIndex() == 0 and self.press_key(key),
            move=self._move,
            section=self._section,
            instrument=lambda step: self._section(step, of_instruments=True),
            find=self.outline.find,
            step=lambda forth: self._step(forth=forth),
            stage=self._to_stage,
            back=self._back_to_question,
            choose=self.question.levels.focus_chosen,
            write=self.question.value.focus,
        )
        return room_commands(self._state, doing, self.desk.language, can_find=not self.outline.isHidden())

    def press_key(self, key: str) -> bool:
        """Do what a letter or digit stands for at the question in focus; says whether it stands for anything."""
        state = self._state
        if state is None or state.question is None:
            return False
        if key in state.question.keys.answers:
            if state.editable:
                self.answering.pick(state.question.keys.answers[key])
            return True
        action = state.question.keys.action(key)
        if action is None:
            return False
        self._do(action)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forth: bool) -> bool:
        order_focus(self)
        return super().focusNextPrevChild(forth)

    def minimumSizeHint(self) -> QSize:
        # Less than its three columns need: they fold, so that the window may be narrow and the text large.
        return QSize(self.desk.theme.px(360), self.desk.theme.px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.desk.theme.px(FOLDS_BELOW)
        for panel in (self.outline, self.result):
            panel.setVisible(not narrow)
        self.folded.setVisible(narrow)
        self.header.fold(narrow)
        self.banners.fold(narrow)
        if self._state is not None:
            self.banners.show_state(self._state)
            if narrow:
                self.folded.show_state(self._state)

    def _pressed(self, event: QKeyEvent) -> bool:
        match meaning(event):
            case "":
                return False
            case "find":
                self.outline.find()
            case "undo" | "redo" as way:
                self._step(forth=way == "redo")
            case "back":
                self._back_to_question()
            case "escape":
                self._escape()
            case _ if self._pages.currentIndex() != 0:
                return False
            case "previous" | "next" as way:
                self._move(1 if way == "next" else -1)
            case "section.previous" | "section.next" | "instrument.previous" | "instrument.next" as way:
                self._section(1 if way.endswith("next") else -1, of_instruments=way.startswith("instrument"))
            case "enter":
                self._enter()
            case key:
                return self.press_key(key)
        return True

    def _enter(self) -> None:
        focused = QApplication.focusWidget()
        self.question.commit()
        if self._keeps_here():
            return
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif self._state is not None and self._state.question is not None and self._state.editable and self.answering.can_confirm:
            self.answering.confirm()
        else:
            self._move(1)

    def _escape(self) -> None:
        if self._pages.currentIndex() == 0 and self.answering.waits_for_reason and self.question.is_typing:
            self.question.ask.line.setFocus()  # what was typed is not thrown away by leaving the text
        elif self._pages.currentIndex() == 0 and self.question.close_inline():
            self.question.focus()
        elif self.question.value.is_wrong:
            self.question.value.restore()
            self.question.say_wrong("")
            self.question.setFocus()
        else:
            self._back_to_question()

    def _do(self, action: str) -> None:
        match action:
            case "guidance":
                self.page.guides = not self.page.guided
                self._show_question()
            case "remaining":
                self.question.commit()
                self._show_page(1)
                self.remaining.focus()
            case "ties":
                self.banners.focus()
            case "filter":
                offered = [one.id for one in self._state.outline.filters] if self._state is not None else list(FILTERS)
                self._filtered(offered[(offered.index(self._filter) + 1) % len(offered)])
            case "link":
                self.instruments.follow_link()
            case "instruments":
                self.question.commit()
                self.instruments.open()
            case "evidence" | "open_evidence":
                self._show_page(0)
                self.evidence.do(action)
            case _ if self._state is not None and self._state.editable:
                self._show_page(0)
                self.answering.do(action)

    def _show(self, file: AssessmentFile) -> None:
        self._show_again(file)
        self._back_to_question()
        self.instruments.read()

    def _show_again(self, file: AssessmentFile) -> None:
        self.sheet.take(file)
        self._refresh()
        self.desk.commands_changed.emit()

    def _refresh(self) -> None:
        """Work the state out anew and show what differs."""
        file = self.sheet.now
        if file is None:
            return
        person = self.desk.person
        sitting = Sitting(
            focused=self._focused,
            filter_by=self._filter,
            person=person.id if person is not None else None,
            roles=frozenset(person.roles) if person is not None else frozenset(),
            proposed=self.answering.proposed,
            saving=self.sheet.saving,
            saved_at=self.sheet.saved_at,
            can_undo=self.sheet.can_undo,
            can_redo=self.sheet.can_redo,
            newer=self.instruments.notice,
        )
        state, before = room_state(file, sitting, self.desk.language), self._state
        self._state = state
        self._focused = state.question.id if state.question is not None else ""
        self.header.show_state(state)
        self.banners.show_state(state)
        self.outline.show_outline(state.outline)
        self.result.show_panel(state.result)
        if not self.folded.isHidden():
            self.folded.show_state(state)
        if self._pages.currentIndex() == 1:
            self.remaining.show_state(state)
        self.instruments.refresh()
        self._show_question()
        if before is not None and before.action_keys != state.action_keys:
            self.desk.commands_changed.emit()  # letters of the answers go before those of the actions

    def _show_question(self) -> None:
        state, file = self._state, self.sheet.now
        if state is not None and state.question is not None and file is not None:
            self.page.show_state(state, file.with_question(state.question.id).template.question(state.question.id))

    def _go(self, question: str) -> None:
        """Stand at another question; what is half typed is committed first, and a reason that is asked for keeps one here."""
        if question != self._focused:
            self.question.commit()
            if self._keeps_here():
                return
            self.question.close_inline()
            self._focused = question
            self.place = replace(self.place, question=question)
            self._refresh()
            self.page.to_top()
        self._show_page(0)
        self.question.focus()

    def _keeps_here(self) -> bool:
        """Stay where a reason is waited for, or where something typed is no answer: neither may be lost unseen."""
        if self.answering.waits_for_reason:
            self.question.ask.line.setFocus()
        elif self.question.value.is_wrong:
            self.question.value.focus()
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        if self._state is not None and self._state.question is not None and self.sheet.now is not None:
            self._go(moved(self._state, step, places(self.sheet.now)))

    def _section(self, step: int, *, of_instruments: bool = False) -> None:
        outline = self._state.outline if self._state is not None else None
        if outline is not None and (
            question := instrument_start(outline.instruments, step) if of_instruments else section_start(outline.sections, step)
        ):
            self._go(question)

    def _filtered(self, filter_by: str) -> None:
        self._filter = next(one for one in FILTERS if one == filter_by)
        self._refresh()
        state = self._state
        if state is not None and state.outline.order and self._focused not in state.outline.order:
            self._go(state.outline.order[0])

    def _step(self, *, forth: bool) -> None:
        if self._state is None or not self._state.editable:
            return
        self.question.commit()
        if not (self.sheet.can_redo if forth else self.sheet.can_undo):
            return
        self.answering.with_reason(lambda why: self.sheet.step(forth=forth, why=why))

    def _connect(self) -> None:
        self.question.did.connect(self._do)
        self.question.value_refused.connect(self.question.say_wrong)
        self.outline.went.connect(self._go)
        self.outline.filtered.connect(self._filtered)
        self.outline.left.connect(self._back_to_question)
        self.folded.went.connect(self._go)
        self.folded.filtered.connect(self._filtered)
        self.folded.asked.connect(lambda: self._do("remaining"))
        self.result.asked.connect(lambda: self._do("remaining"))
        self.remaining.went.connect(self._to_remaining)
        self.remaining.left.connect(self._back_to_question)
        self.remaining.submitted.connect(self._acts.submit)
        self.banners.declared.connect(self._acts.declare_tie)
        self.banners.resolved.connect(self._acts.resolve_tie)
        self.banners.taken_back.connect(self._acts.take_back)
        self.banners.left.connect(self._back_to_question)
        self.banners.instruments_asked.connect(lambda: self._do("instruments"))
        self.outline.instruments_asked.connect(lambda: self._do("instruments"))
        self.choosing.left.connect(self._back_to_question)
        self.page.went.connect(self._go)
        # After the layout has settled: what is shown may change its height again.
        self.page.resized.connect(self._show_question, Qt.ConnectionType.QueuedConnection)

    def _find(self, wanted: str) -> tuple[FoundQuestion, ...]:
        return find_questions(file=self.sheet.now, wanted=wanted, language=self.desk.language) if self.sheet.now is not None else ()

    def _refused(self, question: str, error: GedigenError) -> None:
        if question in ("", self._focused):
            self.question.say_wrong(self.desk.language.error(error))
        else:
            self.desk.report_error(error)
        self.answering.reload_if_reason(error)

    def _to_remaining(self, entry: Remaining) -> None:
        if entry.question:
            self._go(entry.question)
        elif entry.room != "assessment" and self.sheet.now is not None:
            self.desk.go(way_to(self.sheet.now, entry.room))
        else:
            self._show_page(0)
            self.banners.focus()

    def _to_stage(self, stage: str) -> None:
        if stage != "assessment":
            self.desk.go(Place(stage, assessment=self.place.assessment))
        else:
            self._back_to_question()

    def _show_page(self, page: int) -> None:
        if page == 1 and self._state is not None:
            self.remaining.show_state(self._state)
        if self._pages.currentIndex() != page:
            self._pages.setCurrentIndex(page)

    def _back_to_question(self) -> None:
        self._show_page(0)
        self.question.focus()
