"""Opening an assessment in the room where it is worked on now."""

from __future__ import annotations

from desktop.assessments.state import room_in_review, room_of
from desktop.operations.assessments import assessment_file
from desktop.shell.place import Place
from desktop.shell.room import Room
from models.cards import AssessmentCard, AssessmentFile


def open_assessment(room: Room, card: AssessmentCard) -> None:
    """Go from a room to an assessment: by its state, and when it is in review by who is here."""
    if card.state != "in_review":
        _go(room, room_of(card), card)
        return

    def show(file: AssessmentFile) -> None:
        person = room.desk.person
        name = "assessment" if person is None else room_in_review(file, person=person.id, roles=person.roles)
        _go(room, name, card)

    room.run(lambda: assessment_file(assessment_id=card.id), show)


def _go(room: Room, name: str, card: AssessmentCard) -> None:
    room.desk.go(Place(name, assessment=card.id, partner=card.draft.partner))
