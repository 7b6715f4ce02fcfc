"""Going back."""

from __future__ import annotations

from uuid import uuid4

from desktop.shell.journey import Journey
from desktop.shell.place import HOME, Place


def test_back_leads_through_the_places_in_reverse():
    journey = Journey()
    for place in (HOME, Place("partners"), Place("settings")):
        journey.visit(place)
    assert journey.back() == Place("partners")
    assert journey.back() == HOME
    assert journey.back() is None
    assert journey.here == HOME


def test_questions_of_one_assessment_are_one_place_and_back_leaves_it():
    one = uuid4()
    journey = Journey()
    journey.visit(HOME)
    journey.visit(Place("assessment", assessment=one, question="a"))
    journey.visit(Place("assessment", assessment=one, question="b"))
    assert journey.here == Place("assessment", assessment=one, question="b")
    assert journey.back() == HOME


def test_two_assessments_are_two_places():
    first, second = Place("assessment", assessment=uuid4()), Place("assessment", assessment=uuid4())
    journey = Journey()
    journey.visit(first)
    journey.visit(second)
    assert journey.back() == first


def test_another_vault_begins_anew():
    journey = Journey()
    journey.visit(HOME)
    journey.visit(Place("partners"))
    journey.forget()
    assert not journey.can_go_back
    assert journey.here is None
