"""Walking through the window with a real vault: cheap keys, two people, and a case that can be brought as far as a test needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.operations import answering, assessments, partners, reviewing, sealing
from desktop.operations.vaults import Opened
from desktop.shell.place import Place
from desktop.shell.room import Room
from desktop.shell.window import MainWindow
from forms.answers import Answer
from forms.library import Library
from models import actor, identity, person, vault
from models.actor import Actor
from models.cards import AssessmentDraft, JudgedRating, PartnerDraft, ProjectDraft, RecommendationDraft, ReviewPoint
from models.wrapping import Cost

ADA, RUTH = "adas fyra gråa båtar", "ruths sju gröna tåg"
CHEAP = Cost(iterations=1, memory_kib=32, lanes=1)
TEMPLATES = Path(__file__).parents[1] / "forms"


@dataclass
class Walk:
    """A window at work on a vault of the invented Solbacken; ``ada`` works in it, ``ruth`` reviews."""

    window: MainWindow
    ada: Actor
    ruth: Actor
    settle: object

    @property
    def room(self) -> Room:
        assert self.window.house is not None
        assert self.window.house.room is not None
        return self.window.house.room

    def go(self, place: Place) -> Room:
        """Go to a place and wait until it shows what it read."""
        self.window.desk.go(place)
        self.wait()
        return self.room

    def wait(self) -> None:
        self.settle(self.window.desk)
        QApplication.processEvents()

    def do(self, operation):
        """Do something on the database's thread and give what came of it."""
        outcome = []
        self.window.desk.run(operation, outcome.append)
        self.wait()
        assert outcome, "the operation was refused"
        return outcome[0]

    def find(self, name: str) -> QWidget:
        """Find what has this accessible identifier on the room that is shown."""
        found = [one for one in self.room.findChildren(QWidget) if one.accessibleIdentifier() == name]
        assert found, f"nothing here is called {name}"
        return found[0]

    def has(self, name: str) -> bool:
        """Whether something on the room that is shown has this accessible identifier."""
        return any(one.accessibleIdentifier() == name for one in self.room.findChildren(QWidget))

    def type(self, name: str, text: str) -> None:
        """Put the focus in a field and type over what stands in it."""
        field = self.find(name)
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        target = field.lineEdit() if hasattr(field, "lineEdit") else field
        if target is not field:
            target.selectAll()
        QTest.keyClicks(target, text)

    def press(self, name: str) -> None:
        """Press a button and wait for what comes of it."""
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled()
        button.click()
        self.wait()

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is, and wait."""
        QTest.keyClick(QApplication.activePopupWidget() or self.window.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()
        self.wait()

    def said(self) -> list[str]:
        """Every text that can be read in the room."""
        return [one.text() for one in self.room.findChildren(QLabel) if one.text() and one.isVisibleTo(self.room)]

    def said_anywhere(self) -> list[str]:
        """Every text that can be read in the window, the message strip too."""
        return [one.text() for one in self.window.findChildren(QLabel) if one.text() and one.isVisibleTo(self.window)]

    def register(self, name: str = "Källvattnets vänner (påhittad)", **known: object) -> UUID:
        return self.do(lambda: partners.register_partner(actor=self.ada, draft=PartnerDraft(name=name, country="KE", **known))).made

    def add_project(self, partner: UUID, **known: object) -> UUID:
        draft = ProjectDraft(title="Brunnar i norr (påhittat)", **known)
        return self.do(lambda: partners.add_project(actor=self.ada, partner_id=partner, draft=draft)).made

    def start(self, partner: UUID, **chosen: object) -> UUID:
        """Start an assessment by the template of three questions."""
        draft = AssessmentDraft(
            **{
                "partner": partner,
                "project": None,
                "kind": "new",
                "collaboration": "partner",
                "template_id": "three-questions",
                "scope": "light",
                "scope_reason": "Litet belopp.",
                "as_of": date(2026, 3, 9),
                **chosen,
            }
        )
        return self.do(lambda: assessments.start_assessment(actor=self.ada, draft=draft, templates=Library(TEMPLATES))).made

    def submit(self, assessment: UUID) -> None:
        """Answer everything and hand it over."""

        def all_of_it() -> None:
            for question, value in (("governance.board.meetings", 3), ("governance.plan", "yes"), ("governance.staff", 7)):
                answering.give_answer(
                    actor=self.ada,
                    assessment_id=assessment,
                    instrument="three-questions",
                    question=question,
                    answer=Answer("answered", value, "seen"),
                )
            reviewing.declare_tie(actor=self.ada, assessment_id=assessment, has_tie=False)
            rating = JudgedRating("three-questions", "organisation", "strong", "Vi har sett den arbeta.")
            reviewing.judge(actor=self.ada, assessment_id=assessment, rating=rating)
            draft = RecommendationDraft("approve", "En solid partner.", departure="Mallen har inga regler.")
            reviewing.recommend(actor=self.ada, assessment_id=assessment, draft=draft)
            reviewing.submit(actor=self.ada, assessment_id=assessment)

        self.do(lambda: all_of_it() or True)

    def seal(self, assessment: UUID) -> None:
        """Take it through review and seal it."""
        self.submit(assessment)

        def both() -> None:
            reviewing.declare_tie(actor=self.ruth, assessment_id=assessment, has_tie=False)
            points = (ReviewPoint("governance.board.meetings", agrees=True),)
            reviewing.agree(actor=self.ruth, assessment_id=assessment, comment="", points=points)
            sealing.seal_assessment(actor=self.ada, assessment_id=assessment)

        self.do(lambda: both() or True)


def begin(desk, settled, qtbot, tmp_path: Path) -> Walk:
    """Make the vault and come in as Ada."""
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    made: list[tuple[Actor, Actor]] = []

    def make() -> Opened:
        opened = vault.create(
            folder=tmp_path / "Solbacken.gedigen",
            organisation="Solbacken",
            person_name="Ada",
            passphrase=ADA,
            use_keyring=False,
            cost=CHEAP,
        )
        ada = actor.unlock(person=opened.opened_by, passphrase=ADA)
        card = person.add_person(
            by=ada, administrator_passphrase=ADA, name="Ruth", email="", roles={"reviewer", "secretary"}, passphrase=RUTH, cost=CHEAP
        )
        made.append((ada, actor.unlock(person=card.id, passphrase=RUTH)))
        return Opened(opened, identity.organisation(), identity.people(), ada)

    desk.run(make, window.come_in)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)  # shortcuts are an active window's
    settled(desk)
    return Walk(window, *made[0], settled)
