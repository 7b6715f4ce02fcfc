"""Registering, finding and changing partners and projects in the window, with a real vault."""

from __future__ import annotations

import dataclasses

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.operations import partners
from desktop.shell.place import Place


def choose(walk, name, key):
    field = walk.find(name)
    field.show_key(key)
    field.chosen.emit(key)


def names(walk):
    return [line.name for line in walk.find("partners.list").shown]


def test_an_empty_list_says_what_it_is_for_and_n_registers_the_first(walk):
    walk.go(Place("partners"))
    assert walk.find("partners.first").isVisibleTo(walk.room)
    assert not walk.find("partners.search").isVisibleTo(walk.room)
    walk.keys(Qt.Key.Key_N)
    walk.find("partner.name")


def test_a_partner_is_registered_by_the_keyboard_alone(walk):
    walk.go(Place("partner_edit"))
    assert walk.window.focusWidget() is walk.find("partner.name")
    QTest.keyClicks(walk.window.focusWidget(), "Bright Wells (invented)")
    walk.keys(Qt.Key.Key_Tab)
    QTest.keyClicks(walk.window.focusWidget(), "Kenya")
    walk.keys(Qt.Key.Key_Tab)
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert walk.room.title() == "Bright Wells (invented)"
    (row,) = walk.do(partners.partner_rows)
    assert (row.name, row.country) == ("Bright Wells (invented)", "KE")


def test_what_is_missing_is_said_by_its_field_and_nothing_is_saved(walk):
    walk.go(Place("partner_edit"))
    walk.press("partner.save")
    assert "Enter the partner’s name." in walk.said()
    assert "Choose the country where the partner is at home." in walk.said()
    assert walk.do(partners.partner_rows) == ()


def test_a_personal_number_is_refused_while_it_is_typed(walk):
    walk.go(Place("partner_edit"))
    choose(walk, "partner.country", "SE")
    assert walk.find("partner.register").key == "SE-ON"
    walk.type("partner.number", "811218-9876")
    assert any("This is a personal identity number" in words for words in walk.said())
    walk.type("partner.number", "556091-2148")
    assert not any("This is a personal identity number" in words for words in walk.said())


def test_people_and_accounts_are_added_noted_and_taken_away(walk):
    walk.go(Place("partner_edit"))
    walk.type("partner.name", "Bright Wells (invented)")
    choose(walk, "partner.country", "KE")
    walk.press("partner.person.add")
    walk.type("partner.person.0.name", "Ama Invented")
    walk.find("partner.person.0.signs").setChecked(True)
    walk.press("partner.account.add")
    assert walk.find("partner.account.0.holder").text() == "Bright Wells (invented)"
    walk.type("partner.account.0.number", "123")
    walk.type("partner.account.0.holder", "A. Treasurer")
    assert any("not in the partner’s own name" in words for words in walk.said())
    walk.press("partner.person.add")
    walk.press("partner.person.1.remove")
    walk.press("partner.save")
    (row,) = walk.do(partners.partner_rows)
    draft = walk.do(lambda: partners.partner_page(partner_id=row.id)).partner.draft
    assert [(one.name, one.signs) for one in draft.people] == [("Ama Invented", True)]
    assert [(one.holder, one.country, one.number) for one in draft.accounts] == [("A. Treasurer", "KE", "123")]


def test_the_list_is_searched_as_one_types_and_enter_opens(walk):
    walk.register("Bright Wells (invented)", former_names=("Old Pumps",))
    walk.register("Open Hands (invented)")
    walk.go(Place("partners"))
    assert names(walk) == ["Bright Wells (invented)", "Open Hands (invented)"]
    walk.find("partners.search").setFocus()
    QTest.keyClicks(walk.find("partners.search"), "old pu")
    walk.keys(Qt.Key.Key_Return)
    assert walk.room.title() == "Bright Wells (invented)"


def test_a_search_without_a_hit_offers_the_way_back(walk):
    walk.register()
    walk.go(Place("partners"))
    walk.type("partners.search", "zzz")
    walk.room._read()
    walk.wait()
    walk.press("partners.all")
    assert len(names(walk)) == 1
    assert walk.find("partners.search").text() == ""


def test_typed_text_outlives_leaving_and_a_switch_of_language(walk):
    partner = walk.register()
    walk.go(Place("partner_edit", partner=partner))
    walk.type("partner.website", "https://example.org/wells")
    walk.go(Place("partners"))
    walk.go(Place("partner_edit", partner=partner))
    assert walk.find("partner.website").text() == "https://example.org/wells"
    desk = walk.window.desk
    desk.prefer(msgspec.structs.replace(desk.preferences, language="sv"))
    walk.wait()
    assert walk.find("partner.website").text() == "https://example.org/wells"
    walk.press("partner.save")
    assert walk.do(lambda: partners.partner_page(partner_id=partner)).partner.draft.website == "https://example.org/wells"
    walk.go(Place("partner_edit", partner=partner))
    assert not walk.find("partner.discard").isVisibleTo(walk.room)


def test_thrown_away_text_can_be_had_back(walk):
    partner = walk.register()
    walk.go(Place("partner_edit", partner=partner))
    walk.type("partner.legal_form", "Foundation")
    walk.press("partner.cancel")
    assert "Nothing was saved." in walk.said_anywhere()
    walk.window.findChild(type(walk.find("partner.assess")), "messageUndo").click()
    walk.wait()
    assert walk.find("partner.legal_form").text() == "Foundation"


def test_who_comes_second_is_told_and_loses_nothing(walk):
    partner = walk.register()
    walk.go(Place("partner_edit", partner=partner))
    walk.type("partner.website", "mine.example")
    page = walk.do(lambda: partners.partner_page(partner_id=partner))
    theirs = dataclasses.replace(page.partner.draft, website="theirs.example")
    walk.do(lambda: partners.edit_partner(actor=walk.ada, partner_id=partner, rev=page.partner.rev, draft=theirs))
    walk.press("partner.save")
    assert any("Somebody else has saved this partner" in words for words in walk.said())
    assert walk.find("partner.website").text() == "mine.example"
    walk.press("partner.discard")
    assert walk.find("partner.website").text() == "theirs.example"


def test_a_project_is_added_with_its_money_and_dates(walk):
    partner = walk.register()
    walk.go(Place("partner", partner=partner))
    walk.press("partner.project")
    walk.type("project.title", "Wells in the north (invented)")
    walk.type("project.amount", "1 250 000,50")
    walk.type("project.starts", "2026-01-01")
    walk.type("project.ends", "2025-01-01")
    walk.press("project.save")
    assert "The project ends before it starts. Check both dates." in walk.said()
    walk.type("project.ends", "2027-12-31")
    walk.press("project.save")
    assert walk.room.title() == walk.do(lambda: partners.partner_page(partner_id=partner)).partner.name
    (project,) = walk.do(lambda: partners.partner_page(partner_id=partner)).projects
    assert (project.draft.amount_minor, project.draft.currency, project.draft.country) == (125_000_050, "SEK", "KE")


def test_the_page_offers_renewal_only_when_something_is_sealed(walk):
    partner = walk.register()
    walk.go(Place("partner", partner=partner))
    assert not walk.find("partner.renew").isVisibleTo(walk.room)
    assessment = walk.start(partner)
    walk.seal(assessment)
    walk.go(Place("partner", partner=partner))
    assert walk.find("partner.renew").isVisibleTo(walk.room)
    (line,) = walk.find("partner.assessments").shown
    assert (line.state.word, line.organisation.word, line.project_band) == ("Sealed", "Strong", None)
