"""What stands around every room about one assessment: whose it is, its stages, and a page below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.assessment.header_view import ElidedLabel
from desktop.assessment.steps import STAGES, Stage, stages
from desktop.shell.commands import Command
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.widgets.page import Page
from desktop.widgets.status_mark import StatusMark
from desktop.widgets.step_strip import Step, StepStrip
from desktop.widgets.text import label, line
from desktop.words import KINDS, Mark, state_mark, word
from models.cards import AssessmentFile

#: From this text size on, in per cent, the header is one line, and stages that cannot be gone to yet are left out.
_FOLDED_FROM = 150


class CasePage(QWidget):
    """Header, stages and a ``page`` to fill. ``here`` is the stage's room; ``widest`` as ``Page`` has it."""

    def __init__(self, room: Room, *, here: str, title: str, widest: int = 1120, scrolls: bool = True) -> None:
        super().__init__()
        self._room = room
        self._here = here
        self._stages: tuple[Stage, ...] = ()
        theme = room.desk.theme
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QFrame()
        head.setProperty("surface", "ground")
        column = QVBoxLayout(head)
        self._folded = theme.px(100) >= _FOLDED_FROM
        column.setContentsMargins(theme.px(24), theme.px(4 if self._folded else 12), theme.px(24), theme.px(2 if self._folded else 6))
        column.setSpacing(theme.px(4))
        names = QHBoxLayout()
        names.setSpacing(theme.px(12))
        self._who = ElidedLabel("strong", name=f"{here}.case") if self._folded else label("", "strong", wrap=True, name=f"{here}.case")
        self._mark = StatusMark(theme, Mark("incomplete", ""))
        names.addWidget(self._who, 1)
        names.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(names)
        self._strip = StepStrip(theme, self._go, name="steps", title=room.text("Stages of the assessment"))
        column.addWidget(self._strip)
        whole.addWidget(head)
        whole.addWidget(line())
        self.page = Page(theme, title, widest=widest, scrolls=scrolls)
        if self._folded:
            margin = theme.px(24)
            self.page.column.setContentsMargins(margin, theme.px(10), margin, margin)
        whole.addWidget(self.page, 1)

    @property
    def body(self) -> QVBoxLayout:
        """Where the room's own things go."""
        return self.page.body

    def show_file(self, file: AssessmentFile) -> None:
        """Say whose assessment it is and how far it has come."""
        language = self._room.desk.language
        draft = file.card.draft
        parts = [file.card.partner_name, file.card.project_title, f"{word(KINDS, draft.kind, language)} {draft.as_of.year}"]
        who = " · ".join([part for part in parts if part] + [file.card.case_number])
        if isinstance(self._who, ElidedLabel):
            self._who.say(who)
        else:
            self._who.setText(who)
        self._mark.show_mark(state_mark(file.card.state, language))
        found = stages(file, here=self._here, language=language)
        if found != self._stages:
            self._stages = found
            shown = [one for one in found if not self._folded or one.standing != "shut"]
            self._strip.show_steps(Step(one.id, one.title, one.standing, one.said) for one in shown)

    def commands(self) -> tuple[Command, ...]:
        """The ways to the other stages, by Alt and the stage's number."""
        reach = {one.id: one.standing not in ("shut", "here") for one in self._stages}
        text = self._room.text
        return tuple(
            Command(
                f"stage.{stage}",
                text("Go to {place}", place=text(title)),
                partial(self._go, stage),
                f"Alt+{number}",
                reach.get(stage, False),
            )
            for number, (stage, title) in enumerate(STAGES.items(), start=1)
        )

    def keeping_place(self, build: Callable[[], None], *, otherwise: Callable[[], str] = lambda: "") -> None:
        """Build the page anew and let focus and scrolling stay where they were.

        ``otherwise`` names where the focus goes when the thing that had it is no longer there.
        """
        focused = QApplication.focusWidget()
        name = focused.accessibleIdentifier() if focused is not None and self.isAncestorOf(focused) else ""
        bar = self.page.area.verticalScrollBar() if self.page.area is not None else None
        at = bar.value() if bar is not None else 0
        build()
        if name and not self.focus_on(name):
            self.focus_on(otherwise())
        if bar is not None and at:
            QTimer.singleShot(0, self, lambda: bar.setValue(at))

    def room_for(self, part: QWidget) -> int:
        """Give the height that is left for a part of the body when all around it has what it needs, in pixels."""
        wants = max(part.sizeHint().height(), part.minimumSizeHint().height(), part.minimumHeight())
        around = self.page.column.totalHeightForWidth(self._room.width()) - wants
        return self._room.height() - self.page.y() - around

    def focus_on(self, name: str) -> bool:
        """Put the focus on the thing with an accessible identifier; says whether there is one."""
        for one in self.findChildren(QWidget):
            if name and one.accessibleIdentifier() == name and one.isEnabled():
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _go(self, stage: str) -> None:
        place = self._room.place
        self._room.desk.go(Place(stage, assessment=place.assessment, partner=place.partner))


def prose(text: str, kind: str = "body", *, name: str = "") -> QHBoxLayout:
    """Set a text in lines that are not too long to read. (A label's own greatest width would cut its last line off.)"""
    made = QHBoxLayout()
    made.addWidget(label(text, kind, wrap=True, name=name), 7)
    made.addStretch(3)
    return made
