"""Listing, opening and starting assessments in the window, with a real vault."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtCore import Qt

from desktop.operations import assessments, templates
from desktop.shell.place import Place
from models import identity


def choose(walk, name, key):
    field = walk.find(name)
    field.show_key(key)
    field.chosen.emit(key)
    walk.wait()


def went(walk):
    """Where the window was asked to go, room or not."""
    places = []
    walk.window.desk.went.connect(places.append)
    return places


def test_an_empty_list_leads_to_the_first_assessment(walk):
    walk.go(Place("assessments"))
    assert walk.find("assessments.first").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_N)
    walk.find("new.partner")


def test_enter_opens_each_where_it_is_worked_on(walk):
    partner = walk.register()
    drafted, sealed = walk.start(partner), walk.start(partner)
    walk.seal(sealed)
    walk.go(Place("assessments"))
    table = walk.find("assessments.list")
    places = went(walk)
    for line in table.shown:
        table.opened.emit(line)
        walk.wait()
    assert {(place.room, place.assessment) for place in places} == {("assessment", drafted), ("seal", sealed)}


def test_one_in_review_opens_for_its_reviewer_as_a_review(walk):
    assessment = walk.start(walk.register())
    walk.submit(assessment)
    walk.go(Place("assessments"))
    places = went(walk)
    table = walk.find("assessments.list")
    table.opened.emit(table.shown[0])
    walk.wait()
    people = walk.do(identity.people)
    ruth = next(one for one in people if one.name == "Ruth")
    walk.window.desk.become(ruth, walk.ruth)
    walk.go(Place("assessments"))
    table.opened.emit(table.shown[0])
    walk.wait()
    rooms = [place.room for place in places if place.assessment == assessment]
    assert rooms == ["assessment", "review"]


def test_the_list_is_filtered_by_state_and_text(walk):
    partner, other = walk.register("Bright Wells (invented)"), walk.register("Open Hands (invented)")
    walk.start(partner)
    walk.seal(walk.start(other))
    walk.go(Place("assessments"))
    choose(walk, "assessments.state", "sealed")
    table = walk.find("assessments.list")
    assert [line.partner for line in table.shown] == ["Open Hands (invented)"]
    choose(walk, "assessments.state", "")
    walk.type("assessments.search", "bright")
    walk.room._find()
    assert [line.partner for line in table.shown] == ["Bright Wells (invented)"]
    walk.type("assessments.search", "nobody")
    walk.room._find()
    assert walk.find("assessments.all").isVisibleTo(walk.room)


def test_a_new_assessment_starts_with_what_was_chosen_and_goes_to_its_first_question(walk):
    partner = walk.register()
    project = walk.add_project(partner, amount_minor=100_000_00, currency="EUR")
    walk.go(Place("new_assessment", partner=partner))
    assert walk.find("new.project").key == project
    places = went(walk)
    assert any("the partner has not been assessed here before" in words for words in walk.said())
    walk.press("new.start")
    assert any("Say how many SEK one EUR is" in words for words in walk.said())
    walk.type("new.reason", "A small amount to a known partner.")
    walk.type("new.rate", "11,42")
    walk.type("new.date", "2026-03-09")
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (card,) = walk.do(assessments.assessment_rows)
    assert places[-1] == Place("assessment", assessment=card.id, partner=partner)
    assert (card.draft.project, card.draft.rate, card.draft.as_of) == (project, Fraction(571, 50), date(2026, 3, 9))
    assert card.draft.scope_reason == "A small amount to a known partner."
    assert card.draft.scope == card.draft.proposed.scope
    assert [reason.id for reason in card.draft.proposed.reasons][:2] == ["within_standard", "first_time"]
    assert card.draft.first_time is True


def test_a_renewal_offers_the_sealed_one_and_says_what_it_does(walk):
    partner = walk.register()
    sealed = walk.start(partner)
    walk.seal(sealed)
    walk.go(Place("new_assessment", partner=partner))
    assert not walk.find("new.previous").isVisibleTo(walk.room)
    walk.press("new.kind.renewal")
    assert walk.find("new.previous").key == sealed
    assert any("confirm it with one key" in words for words in walk.said())


def test_without_a_sealed_one_renewal_cannot_be_chosen(walk):
    walk.go(Place("new_assessment", partner=walk.register()))
    assert not walk.find("new.kind.renewal").isEnabled()
    assert any("no sealed assessment yet" in words for words in walk.said())


def test_choices_are_there_again_after_adding_the_project(walk):
    partner = walk.register()
    walk.go(Place("new_assessment", partner=partner))
    walk.type("new.reason", "A small amount.")
    walk.press("new.project.add")
    walk.type("project.title", "Pumps (invented)")
    walk.press("project.save")
    assert walk.find("new.reason").toPlainText() == "A small amount."
    assert walk.find("new.project").currentText() == "Pumps (invented)"


def test_a_rapid_start_asks_for_its_terms_and_starts_with_them(walk):
    partner = walk.register()
    walk.add_project(partner)
    walk.go(Place("new_assessment", partner=partner))
    assert not walk.find("new.rapid.reason").isVisibleTo(walk.room)
    walk.press("new.kind.rapid")
    walk.press("new.start")
    assert "Say what urgent need allows a rapid start." in walk.said()
    walk.type("new.rapid.reason", "A flood on 2 March.")
    walk.type("new.rapid.cap", "50 000")
    walk.type("new.rapid.ends", "2027-06-30")
    walk.type("new.rapid.decider", "Karin Sandell")
    walk.type("new.rapid.complete_by", "2027-05-31")
    walk.press("new.start")
    (card,) = walk.do(assessments.assessment_rows)
    assert (card.draft.kind, card.draft.scope, card.draft.scope_reason) == ("rapid", "light", "A flood on 2 March.")
    assert (card.draft.rapid.cap_minor, card.draft.rapid.ends) == (50_000_00, date(2027, 6, 30))
    assert (card.draft.rapid.decider, card.draft.rapid.complete_by) == ("Karin Sandell", date(2027, 5, 31))


def test_another_template_is_ticked_by_the_keyboard_and_stands_in_the_assessment(walk):
    partner = walk.register()
    walk.add_project(partner)
    walk.go(Place("new_assessment", partner=partner))
    box = walk.find("new.beside.psea-six-standards")
    box.setFocus()
    walk.keys(Qt.Key.Key_Space)
    assert walk.window.focusWidget().accessibleIdentifier() == "new.beside.psea-six-standards"
    assert walk.find("new.beside.psea-six-standards").isChecked()
    walk.press("new.start")
    (card,) = walk.do(assessments.assessment_rows)
    file = walk.do(lambda: assessments.assessment_file(assessment_id=card.id))
    assert [one.template.id for one in file.instruments] == ["partner-project", "psea-six-standards"]


def test_a_template_that_is_chosen_is_read_and_its_scopes_and_questions_for_others_are_offered(walk):
    partner = walk.register()
    walk.add_project(partner)
    walk.go(Place("new_assessment", partner=partner))
    assert walk.find("new.template").key == "partner-project"
    choose(walk, "new.template", "psea-six-standards")
    assert [name for name in ("light", "standard", "full") if walk.has(f"new.scope.{name}")] == ["standard"]
    assert not walk.find("new.beside.partner-project").isChecked()


def test_a_template_that_is_switched_off_is_not_offered(walk):
    walk.do(lambda: templates.switch(actor=walk.ada, template_id="psea-six-standards", on=False))
    walk.go(Place("new_assessment", partner=walk.register()))
    assert not walk.has("new.beside.psea-six-standards")
    offered = walk.find("new.template")
    assert "psea-six-standards" not in [offered._keys[at] for at in range(offered.count())]


def test_choosing_another_scope_keeps_the_focus_there_and_asks_why(walk):
    partner = walk.register()
    walk.add_project(partner)
    walk.go(Place("new_assessment", partner=partner))
    assert walk.find("new.scope.standard").isChecked()
    walk.find("new.scope.light").setFocus()
    walk.keys(Qt.Key.Key_Space)
    assert walk.find("new.scope.light").isChecked()
    assert walk.window.focusWidget() is walk.find("new.scope.light")
    walk.press("new.start")
    assert "Say why this scope is right; one sentence is enough." in walk.said()
