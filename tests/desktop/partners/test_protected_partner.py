"""A protected partner in the window: its cover name in every room, and who it is only on its own page and form, when one asks for it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.language import language
from desktop.operations import answering, assessments, partners, reviewing
from desktop.partners.state import page_state
from desktop.partners.typed import partner_draft, partner_problems, typed_partner
from desktop.report.state import Wanted, report_state
from desktop.seal.state import seal_state
from desktop.shell.place import Place
from forms.answers import Answer
from models.cards import BankAccount, Contact, PartnerCard, PartnerDraft, PartnerPage
from tests.desktop.reports.sample_file import sample_file, three_questions

EN, SV = language("en"), language("sv")
COVER = "Partner Alm"
REAL = "Qvorbelund"
KNOWN = {
    "former_names": ("Zlatkämpen",),
    "registration_number": "NR-8847261",
    "website": "https://wexoplint.example",
    "notes": "Krumelunda",
    "people": (Contact("Xandrielle", "samordnare"),),
    "accounts": (BankAccount("Bråxkassan", "Vrinkelbanken", "KE", "7731-904-5526", "KES"),),
}
PRIVATE = (REAL, "Zlatkämpen", "8847261", "wexoplint", "Krumelunda", "Xandrielle", "Bråxkassan", "Vrinkelbanken", "7731")
DRAFT = PartnerDraft(name=REAL, country="KE", legal_form="Nätverk", protected=True, cover_name=COVER, **KNOWN)
BOARD = "governance.board.meetings"


def page(draft=DRAFT, sealed_by_name=()):
    card = PartnerCard(uuid4(), 1, draft, datetime(2026, 3, 9))  # noqa: DTZ001
    return PartnerPage(card, (), (), sealed_by_name=sealed_by_name)


def test_a_page_tells_nothing_of_a_protected_partner_until_it_is_asked():
    hidden, shown = page_state(page(), EN), page_state(page(), EN, revealed=True)
    assert (hidden.name, shown.name) == (COVER, COVER)
    assert not [word for word in PRIVATE if word in repr(hidden)]
    assert [word for word in PRIVATE if word in repr(shown)] == [*PRIVATE]
    assert [fact.title for fact in shown.facts][:2] == ["Real name", "Former names"]
    assert hidden.protection.startswith("Protected partner.")


def test_a_page_of_another_partner_is_as_it_was():
    state = page_state(page(dataclasses.replace(DRAFT, protected=False, cover_name="")), EN)
    assert (state.name, state.protection, state.named_in, state.hides) == (REAL, "", "", False)
    assert [fact.title for fact in state.facts][:2] == ["Former names", "Legal form"]


def test_a_page_says_which_sealed_cases_name_the_partner_for_ever():
    one, two = (page_state(page(sealed_by_name=cases), EN).named_in for cases in (("2026-001",), ("2026-001", "2026-002")))
    assert one.startswith("2026-001 was sealed before the partner was protected.")
    assert two.startswith("2026-001 and 2026-002 were sealed")


def test_the_form_gives_back_what_is_registered_and_drops_a_cover_that_protects_nothing():
    typed = typed_partner(DRAFT)
    assert partner_draft(typed) == DRAFT
    assert partner_draft(dataclasses.replace(typed, protected=False)).cover_name == ""


@pytest.mark.parametrize("cover", ["", "Zlatkampen 2", "  "])
def test_the_form_says_what_is_wrong_with_a_cover_name(cover):
    assert list(partner_problems(dataclasses.replace(typed_partner(DRAFT), cover_name=cover), EN)) == ["partner.cover_name"]
    assert "partner.cover_name" not in partner_problems(typed_partner(DRAFT), EN)


def test_the_seal_room_lists_what_names_the_partner_without_naming_it():
    file = sample_file(three_questions(), sealed=False)
    card = dataclasses.replace(file.answer_cards[0], answer=Answer("answered", 3, "seen", comment=f"Besökte {REAL}."))
    file = dataclasses.replace(
        file, partner=dataclasses.replace(file.partner, draft=DRAFT), answer_cards=(card, *file.answer_cards[1:]), reviews=()
    )
    remains = seal_state(file, EN, person=file.card.caseworker, roles=frozenset({"caseworker"}), optional=()).remains
    (named,) = [one for one in remains if one.id == "named"]
    assert (named.room, named.question) == ("assessment", card.question)
    assert named.text.endswith("The answer, its comment or its reason names the protected partner")
    assert REAL not in repr(remains)


def test_the_report_room_says_that_an_earlier_report_names_the_partner():
    file = sample_file(three_questions())
    since = dataclasses.replace(file, partner=dataclasses.replace(file.partner, cover_now=COVER))
    assert "the report names the partner" in report_state(since, EN, wanted=Wanted("sv")).said
    assert "names the partner" not in report_state(file, EN, wanted=Wanted("sv")).said


def readable(walk) -> str:
    """Give everything that can be read or heard in the window: texts, titles, tips, names for readers, cells of lists."""
    found = [walk.window.windowTitle()]
    for one in [walk.window, *walk.window.findChildren(QWidget)]:
        if not one.isVisible():
            continue
        found += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            found.append(one.text())
        if isinstance(one, QPlainTextEdit):
            found.append(one.toPlainText())
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            model = one.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                        found.append(str(model.index(row, column).data(role) or ""))
        spoken = QAccessible.queryAccessibleInterface(one)
        if spoken is not None:
            found += [spoken.text(QAccessible.Text.Name), spoken.text(QAccessible.Text.Description)]
    return "\n".join(found)


def told(walk) -> list[str]:
    said = readable(walk).casefold()
    return [word for word in PRIVATE if word.casefold() in said]


def registered(walk):
    return walk.register(REAL, legal_form="Nätverk", protected=True, cover_name=COVER, **KNOWN)


def test_no_room_tells_who_a_protected_partner_is(walk):
    partner = registered(walk)
    case, done = walk.start(partner), walk.start(partner)
    walk.seal(done)
    for place in (
        Place("home"),
        Place("partners"),
        Place("partner", partner=partner),
        Place("partner_edit", partner=partner),
        Place("project_edit", partner=partner),
        Place("outside_result", partner=partner),
        Place("new_assessment", partner=partner),
        Place("assessments"),
        *(
            Place(room, assessment=case, partner=partner)
            for room in ("assessment", "result", "recommendation", "review", "seal", "decision")
        ),
        *(Place(room, assessment=done, partner=partner) for room in ("assessment", "result", "review", "seal", "report", "decision")),
    ):
        walk.go(place)
        assert told(walk) == [], place
        if place.room in ("partners", "partner", "partner_edit", "assessments", "seal", "decision", "report"):
            assert COVER in readable(walk), place


def test_a_protected_partner_is_found_by_its_real_name_and_shown_by_its_cover(walk):
    partner = registered(walk)
    walk.start(partner)
    walk.go(Place("partners"))
    walk.type("partners.search", REAL.lower())
    walk.room._read()
    walk.wait()
    assert [line.name for line in walk.find("partners.list").shown] == [COVER]
    palette = walk.window.house.open_palette()
    walk.wait()
    palette._typed.setText("zlatkämpen")
    titles = [command.title for command in palette._found.commands]
    assert sorted(titles) == ["2026-001 · Partner Alm", "Partner Alm"]
    palette.close()


def test_who_it_is_is_shown_on_asking_and_hidden_again_on_leaving(walk):
    partner = registered(walk)
    walk.go(Place("partner", partner=partner))
    assert told(walk) == []
    walk.keys(Qt.Key.Key_H)
    assert told(walk) == [*PRIVATE]
    assert walk.window.focusWidget() is walk.find("partner.reveal")
    assert walk.room.title() == COVER
    walk.keys(Qt.Key.Key_Space)
    assert told(walk) == []
    walk.press("partner.reveal")
    walk.go(Place("partners"))
    walk.go(Place("partner", partner=partner))
    assert told(walk) == []


def test_a_partner_is_protected_by_the_keyboard_alone(walk):
    partner = walk.register(REAL, **KNOWN)
    walk.go(Place("partner_edit", partner=partner))
    walk.find("partner.protected").setFocus()
    walk.keys(Qt.Key.Key_Space)
    assert walk.window.focusWidget() is walk.find("partner.cover_name")
    QTest.keyClicks(walk.window.focusWidget(), REAL)
    walk.press("partner.save")
    assert any("Choose a name that tells nothing." in words for words in walk.said())
    assert walk.window.focusWidget() is walk.find("partner.cover_name")
    walk.type("partner.cover_name", COVER)
    walk.press("partner.save")
    assert walk.room.title() == COVER
    assert told(walk) == []
    assert any(words == f"{COVER} is saved." for words in walk.said_anywhere())
    draft = walk.do(lambda: partners.partner_page(partner_id=partner)).partner.draft
    assert (draft.name, draft.protected, draft.cover_name, draft.people) == (REAL, True, COVER, KNOWN["people"])


def test_the_form_of_a_protected_partner_opens_hidden_and_keeps_what_it_hides(walk):
    partner = registered(walk)
    walk.go(Place("partner_edit", partner=partner))
    assert walk.window.focusWidget() is walk.find("partner.reveal")
    walk.type("partner.cover_name", "Partner Ek")
    walk.press("partner.save")
    page_now = walk.do(lambda: partners.partner_page(partner_id=partner))
    assert page_now.partner.draft == dataclasses.replace(DRAFT, cover_name="Partner Ek")
    walk.go(Place("partner_edit", partner=partner))
    walk.press("partner.reveal")
    assert walk.find("partner.name").text() == REAL
    assert walk.window.focusWidget() is walk.find("partner.name")
    assert "Qvorbelund" in told(walk)


def test_a_name_taken_as_cover_by_another_partner_is_refused_and_nothing_typed_is_lost(walk):
    walk.register("Någon annan (påhittad)", protected=True, cover_name=COVER)
    partner = walk.register(REAL)
    walk.go(Place("partner_edit", partner=partner))
    walk.find("partner.protected").setChecked(True)
    walk.type("partner.cover_name", COVER)
    walk.press("partner.save")
    assert any("Another partner goes by the name Partner Alm already." in words for words in walk.said())
    assert walk.find("partner.cover_name").text() == COVER


def test_what_names_the_partner_leads_from_the_seal_to_its_place(walk):
    partner = registered(walk)
    project = walk.add_project(partner, summary=f"Med {REAL}.")
    assessment = walk.start(partner, project=project)
    walk.do(
        lambda: answering.give_answer(
            actor=walk.ada,
            assessment_id=assessment,
            instrument="three-questions",
            question=BOARD,
            answer=Answer("answered", 3, "seen", comment="Xandrielle berättade."),
        )
    )
    walk.go(Place("seal", assessment=assessment))
    said = [one.text() for one in walk.room.findChildren(QLabel)]
    assert any("The project’s texts name the protected partner" in words for words in said)
    links = [one for one in walk.room.findChildren(QAbstractButton) if one.accessibleIdentifier().startswith("seal.remains.")]
    for wanted, place in (
        ("The project’s texts", Place("project_edit", partner=partner, project=project)),
        ("The answer, its comment", Place("assessment", assessment=assessment, partner=partner, question=BOARD)),
    ):
        walk.go(Place("seal", assessment=assessment))
        links = [one for one in walk.room.findChildren(QAbstractButton) if one.accessibleIdentifier().startswith("seal.remains.")]
        (link,) = [one for one in links if wanted in one.accessibleDescription()]
        walk.press(link.accessibleIdentifier())
        assert walk.window.house._journey.here == place
    file = walk.do(lambda: assessments.assessment_file(assessment_id=assessment))
    assert file.card.partner_name == COVER


def test_a_tie_that_names_the_partner_can_be_declared_again(walk):
    partner = registered(walk)
    assessment = walk.start(partner)
    walk.do(lambda: reviewing.declare_tie(actor=walk.ada, assessment_id=assessment, has_tie=True, text="Vän till Xandrielle."))
    walk.go(Place("assessment", assessment=assessment))
    assert any("Declare it again, without the name." in words for words in walk.said())
    walk.do(lambda: reviewing.declare_tie(actor=walk.ada, assessment_id=assessment, has_tie=True, text="Vän till en samordnare."))
    walk.go(Place("assessment", assessment=assessment))
    assert not any("Declare it again, without the name." in words for words in walk.said())
