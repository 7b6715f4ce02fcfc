"""A real vault with an assessment of an invented partner, and the room that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.operations import answering, assessments, partners, reviewing, sealing
from forms.answers import Answer
from forms.library import Library
from models import actor, vault
from models.actor import Actor
from models.cards import (
    AgreementCondition,
    AssessmentDraft,
    AssessmentFile,
    JudgedRating,
    PartnerDraft,
    ProjectDraft,
    RecommendationDraft,
    ReviewPoint,
)
from models.identity import people
from models.person import add_person
from models.wrapping import Cost

CHEAP = Cost(iterations=1, memory_kib=32, lanes=1)
ASA, RUT = "åsas egna ord", "ruts egna ord"
TEMPLATES = Path(__file__).parent
#: A whole set of answers to the template of all kinds, in the order of its questions.
ANSWERS: dict[str, int | str] = {
    "board.meets": 3,
    "board.plan": "yes",
    "board.form": "foundation",
    "means.staff": 7,
    "means.share": 40,
    "means.turnover": "125000 SEK",
    "means.year_end": "2025-12-31",
    "means.order": 2,
}


@dataclass
class Case:
    """An assessment in an open vault; what touches the vault runs in the desk's own thread."""

    desk: Any
    asa: Actor
    partner: UUID
    project: UUID
    id: UUID

    def do(self, operation: Callable[[], Any]) -> Any:
        return self.desk._database.wait(operation)

    def file(self) -> AssessmentFile:
        return self.do(lambda: assessments.assessment_file(assessment_id=self.id))

    def answer(self, question: str) -> Answer | None:
        return self.file().answers.of("all-kinds", question)

    def give_all(self, **changed: int | str) -> None:
        for question, value in (ANSWERS | {key.replace("__", "."): one for key, one in changed.items()}).items():
            answer = Answer("answered", value, known="seen")
            self.do(
                lambda question=question, answer=answer: answering.give_answer(
                    actor=self.asa, assessment_id=self.id, instrument="all-kinds", question=question, answer=answer, why="prov"
                )
            )

    def declare(self) -> None:
        self.do(lambda: reviewing.declare_tie(actor=self.asa, assessment_id=self.id, has_tie=False))

    def submit(self) -> None:
        """Take a whole assessment to the reviewer."""
        self.declare()
        self.do(lambda: reviewing.see_result(actor=self.asa, assessment_id=self.id))
        file = self.file()
        for subject in file.result.subjects:
            rating = JudgedRating("all-kinds", subject.subject, subject.score.band or "adequate", "prov")
            self.do(lambda rating=rating: reviewing.judge(actor=self.asa, assessment_id=self.id, rating=rating))
        draft = RecommendationDraft("approve", "Prov.", departure="Prov.", conditions=(AgreementCondition("Prov.", "signing"),))
        self.do(lambda: reviewing.recommend(actor=self.asa, assessment_id=self.id, draft=draft))
        self.do(lambda: reviewing.submit(actor=self.asa, assessment_id=self.id))

    def agree_and_seal(self) -> None:
        def review() -> None:
            card = add_person(
                by=self.asa, administrator_passphrase=ASA, name="Rut Al", email="", roles={"reviewer"}, passphrase=RUT, cost=CHEAP
            )
            rut = actor.unlock(person=card.id, passphrase=RUT)
            reviewing.declare_tie(actor=rut, assessment_id=self.id, has_tie=False)
            points = (ReviewPoint("board.meets", True),)
            reviewing.agree(actor=rut, assessment_id=self.id, comment="", points=points)
            sealing.seal_assessment(actor=self.asa, assessment_id=self.id)

        self.do(review)

    def renewal(self) -> Case:
        """Start a renewal of this sealed assessment."""
        made = self.do(lambda: _start(self.asa, self.partner, self.project, previous=self.id))
        return Case(self.desk, self.asa, self.partner, self.project, made)


def _start(asa: Actor, partner: UUID, project: UUID, previous: UUID | None = None) -> UUID:
    draft = AssessmentDraft(
        partner=partner,
        project=project,
        kind="renewal" if previous else "new",
        collaboration="partner",
        template_id="all-kinds",
        scope="light",
        scope_reason="prov",
        as_of=date(2024, 3, 2) if previous is None else date(2025, 3, 2),
        previous=previous,
    )
    made = assessments.start_assessment(actor=asa, draft=draft, templates=Library(TEMPLATES)).made
    assert made is not None
    return made


@pytest.fixture
def case_in(tmp_path: Path) -> Callable[[Any], Case]:
    """Make a vault and an assessment in it for a desk."""

    def make(desk: Any) -> Case:
        def create() -> tuple[Any, Actor]:
            made = vault.create(
                folder=tmp_path / "Prov.gedigen", organisation="Provet", person_name="Åsa Ek", passphrase=ASA, use_keyring=False, cost=CHEAP
            )
            assert made.opened_by is not None
            return made, actor.unlock(person=made.opened_by, passphrase=ASA)

        def begin() -> tuple[UUID, UUID, UUID]:
            partner = partners.register_partner(actor=asa, draft=PartnerDraft(name="Påhittade föreningen", country="KE")).made
            assert partner is not None
            project = partners.add_project(actor=asa, partner_id=partner, draft=ProjectDraft(title="Påhittat projekt")).made
            assert project is not None
            return partner, project, _start(asa, partner, project)

        opened, asa = desk._database.wait(create)
        desk.come_in(opened, desk._database.wait(lambda: people()[0]), asa)
        partner, project, id_ = desk._database.wait(begin)
        return Case(desk, asa, partner, project, id_)

    return make


@pytest.fixture
def case(desk, case_in) -> Case:
    return case_in(desk)


class Sitting:
    """Somebody at the room with a keyboard."""

    def __init__(self, room: Any, case: Case, settle: Callable[[Any], None]) -> None:
        self.room, self.case = room, case
        self._settle = settle

    def settle(self) -> None:
        self._settle(self.case.desk)
        QApplication.processEvents()
        self._settle(self.case.desk)

    def go(self, question: str) -> None:
        self.room._go(question)
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.room, key, held)
        self.settle()

    def type(self, text: str) -> None:
        for letter in text:  # not QTest.keyClicks, which ends the process at some letters beyond ASCII
            key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            QTest.sendKeyEvent(QTest.KeyAction.Click, QApplication.focusWidget() or self.room, key, letter, Qt.KeyboardModifier.NoModifier)

    @property
    def state(self) -> Any:
        return self.room._state

    @property
    def focused(self) -> str:
        return self.room._focused


@pytest.fixture
def sit(qtbot, settled):
    """Sit down at a case."""
    from desktop.assessment.room import AssessmentRoom
    from desktop.shell.place import Place

    def make(case: Case, question: str = "", size: tuple[int, int] = (1100, 760)) -> Sitting:
        room = AssessmentRoom(case.desk)
        qtbot.addWidget(room)
        case.desk.changed.connect(room.change_happened)
        room.resize(*size)
        with qtbot.waitActive(room):
            room.show()
            room.activateWindow()
        room.show_place(Place("assessment", assessment=case.id, question=question))
        sitting = Sitting(room, case, settled)
        sitting.settle()
        return sitting

    return make


@pytest.fixture
def more(case):
    """An assessment by the template with more kinds, in the same vault."""
    draft = AssessmentDraft(
        partner=case.partner,
        project=case.project,
        kind="new",
        collaboration="partner",
        template_id="more-kinds",
        scope="light",
        scope_reason="prov",
        as_of=date(2026, 3, 2),
    )
    made = case.do(lambda: assessments.start_assessment(actor=case.asa, draft=draft, templates=Library(TEMPLATES / "more")).made)
    assert made is not None
    return Case(case.desk, case.asa, case.partner, case.project, made)
