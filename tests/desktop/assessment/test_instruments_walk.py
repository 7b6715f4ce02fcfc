"""Several instruments in one assessment, walked through: answered in one room, judged apart, reported together."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.assessment.link_state import link_state
from desktop.language import language
from desktop.operations import answering, assessments, reporting, reviewing, sealing, signing, templates
from desktop.recommendation.state import recommendation_state
from desktop.reports import content
from desktop.reports.verification import verify
from desktop.review.state import review_state
from desktop.seal.state import report_languages
from desktop.shell.place import Place
from forms.answers import Answer
from forms.decoding import decode
from models import choosing
from models.cards import AddedInstrument, JudgedRating, RecommendationDraft, ReviewPoint
from models.errors import RecordRefused
from models.identity import organisation
from tests.desktop.walking import begin
from tests.models.several import money

EN = language("en")
NEXT_INSTRUMENT = (Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def walk(desk, settled, qtbot, tmp_path):
    return begin(desk, settled, qtbot, tmp_path)


@pytest.fixture
def two(walk):
    """An assessment by three questions and, beside them, money routines."""
    return walk.start(walk.register(), added=(AddedInstrument("money-routines", "light"),))


def file_of(walk, assessment):
    return walk.do(lambda: assessments.assessment_file(assessment_id=assessment))


def give(walk, assessment, **values):
    def all_of_them():
        for question, value in values.items():
            question = question.replace("__", ".")
            instrument = "money-routines" if question.startswith("money") else "three-questions"
            given = answering.give_answer(
                actor=walk.ada,
                assessment_id=assessment,
                instrument=instrument,
                question=question,
                answer=Answer("answered", value, "seen"),
            )
        return given

    return walk.do(all_of_them)


def give_all(walk, assessment, account=1):
    give(walk, assessment, governance__board__meetings=3, governance__plan="yes", governance__staff=7)
    give(walk, assessment, money__account=account, money__monthly=0, money__training=0)


def seen(walk, assessment):
    """Everything is answered and the result has been looked at; stand at it."""
    give_all(walk, assessment)
    walk.do(lambda: reviewing.see_result(actor=walk.ada, assessment_id=assessment))
    walk.go(Place("result", assessment=assessment))


def here(walk):
    return walk.room.question.state.id


def test_the_outline_unfolds_the_instrument_one_is_in_and_keys_lead_on(walk, two):
    room = walk.go(Place("assessment", assessment=two))
    rows = room.outline._rows
    assert {"instrument.three-questions", "instrument.money-routines", "section.governance"} <= set(rows)
    assert "section.money.control" not in rows
    walk.keys(*NEXT_INSTRUMENT)
    assert here(walk) == "money.board"
    assert "section.money.control" in room.outline._rows
    assert "section.governance" not in room.outline._rows
    walk.keys(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert here(walk) == "governance.board.meetings"


def test_arrows_lead_from_the_last_question_of_one_instrument_to_the_first_of_the_next(walk, two):
    walk.go(Place("assessment", assessment=two, question="governance.staff"))
    walk.room._move(1)
    assert here(walk) == "money.board"


def test_a_linked_question_says_where_it_is_answered_and_l_leads_there(walk, two):
    give(walk, two, governance__board__meetings=3)
    room = walk.go(Place("assessment", assessment=two, question="money.board"))
    link = room.question.state.link
    assert not link.is_own
    assert "Three questions: 1 Does the board meet and decide?" in link.words
    assert "3 · Meetings with minutes" in link.said
    assert room.question.state.given.value == 1
    walk.keys(Qt.Key.Key_L)
    assert here(walk) == "governance.board.meetings"
    assert room.result._number.text() == "5"


def test_a_linked_question_is_answered_on_its_own_and_given_back_to_the_link(walk, two):
    give(walk, two, governance__board__meetings=3)
    room = walk.go(Place("assessment", assessment=two, question="money.board"))
    walk.keys(Qt.Key.Key_4)
    assert room.question.state.link.is_own
    assert file_of(walk, two).answers.of("money-routines", "money.board").value == 4
    walk.press("assessment.link.again")
    assert not room.question.state.link.is_own
    assert file_of(walk, two).answers.of("money-routines", "money.board").value == 1
    walk.keys(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert file_of(walk, two).answers.of("money-routines", "money.board").value == 4


def test_an_instrument_is_added_and_taken_away_again_in_the_room(walk):
    assessment = walk.start(walk.register())
    room = walk.go(Place("assessment", assessment=assessment))
    walk.keys(Qt.Key.Key_I)
    walk.press("assessment.instruments.add.psea-six-standards")
    assert [one.template.id for one in file_of(walk, assessment).instruments] == ["three-questions", "psea-six-standards"]
    assert "instrument.psea-six-standards" in room.outline._rows
    walk.press("assessment.instruments.remove.psea-six-standards")
    assert [one.template.id for one in file_of(walk, assessment).instruments] == ["three-questions"]


def newer(tree):
    tree["version"] = "2"
    tree["sections"][2]["questions"][0] |= {"id": "money.mentor"}


def test_a_newer_version_is_told_of_and_gone_over_to_only_after_its_preview(walk, two):
    give_all(walk, two)
    version = money(newer)

    def keep():
        templates.take_in(actor=walk.ada, template=version, file=Path("money-routines.yaml"))
        return templates.approve(actor=walk.ada, template=version, note="")

    walk.do(keep)
    room = walk.go(Place("assessment", assessment=two))
    assert any("newer version of Money routines" in said for said in walk.said())
    walk.press("assessment.newer")
    said = walk.find("assessment.instruments.newer.money-routines").text()
    assert "2 answers stay" in said
    assert "1 cannot be kept" in said
    assert file_of(walk, two).seen_as("money-routines").template.version == "1"
    walk.press("assessment.instruments.upgrade.money-routines")
    now = file_of(walk, two).seen_as("money-routines")
    assert now.template.version == "2"
    assert now.answers.of("money-routines", "money.training") is None
    assert room.result._number.text() == "1"
    assert not any("newer version of" in said for said in walk.said())


def test_each_instrument_has_a_result_of_its_own_with_values_and_flags(walk, two):
    seen(walk, two)
    said = walk.said()
    assert {"Three questions", "Money routines"} <= set(said)
    assert walk.find("result.figure.money-routines.organisation").text() == "16.7"
    assert any("Learning, question 4: Major weakness" in one for one in said)


def test_areas_are_judged_by_number_and_comment_without_the_mouse(walk, two):
    seen(walk, two)
    first = walk.find("result.judged.money-routines.money.control.low")
    assert isinstance(first, QPushButton)
    first.setFocus()
    for comment in ("Seen.", "Monthly.", "All in all."):
        walk.keys(Qt.Key.Key_1)
        QTest.keyClicks(walk.window.focusWidget(), comment)
        walk.keys(Qt.Key.Key_Return)
    kept = [(one.instrument, one.area, one.rating, one.reason) for one in file_of(walk, two).judged]
    assert kept == [
        ("money-routines", "money.control", "low", "Seen."),
        ("money-routines", "money.reports", "low", "Monthly."),
        ("money-routines", "overall", "low", "All in all."),
    ]


def test_why_opens_the_trace_of_the_instrument_asked_about(walk, two):
    seen(walk, two)
    walk.press("result.why.money-routines.organisation")
    said = walk.said()
    assert any("Control of money" in one for one in said)
    assert not any("Governance" in one for one in said if walk.room._trace.isVisible())


def test_stops_and_key_questions_of_all_instruments_reach_recommendation_and_review(walk, two):
    give_all(walk, two, account=4)
    file = file_of(walk, two)
    stated = recommendation_state(file, EN, person=walk.ada.person)
    assert [mark.word for mark in stated.beside] == ["Money routines: Money is handled without an account in the organisation’s name."]
    review = review_state(file, EN, person=walk.ruth.person, roles=frozenset({"reviewer"}))
    assert [one.question for one in review.points] == ["governance.board.meetings", "money.account"]
    assert review.stops[0].instrument == "Money routines"


def test_the_report_has_every_instrument_under_its_own_name_and_marks_linked_answers(walk, two, tmp_path):
    seen(walk, two)
    file = file_of(walk, two)
    pdf = tmp_path / "report.pdf"
    card = walk.do(organisation)
    pdf.write_bytes(reporting.preview(file=file, language_code="en", organisation_card=card))
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    assert "The record: Money routines" in text
    assert "How this was done: Money routines" in text
    assert "Answered in Three questions, question 1." in " ".join(text.split())
    assert text.count("money-routines 1") >= 1


def test_a_sealed_and_signed_report_of_several_instruments_verifies(walk, two, tmp_path):
    give_all(walk, two)

    def seal_and_sign():
        reviewing.declare_tie(actor=walk.ada, assessment_id=two, has_tie=False)
        reviewing.see_result(actor=walk.ada, assessment_id=two)
        for area, rating in (("money.control", "low"), ("money.reports", "low"), ("overall", "moderate")):
            reviewing.judge(actor=walk.ada, assessment_id=two, rating=JudgedRating("money-routines", area, rating, "Seen on the spot."))
        own = JudgedRating("three-questions", "organisation", "strong", "Seen at work.")
        reviewing.judge(actor=walk.ada, assessment_id=two, rating=own)
        draft = RecommendationDraft("approve", "A sound partner.", departure="The template has no rules.")
        reviewing.recommend(actor=walk.ada, assessment_id=two, draft=draft)
        reviewing.submit(actor=walk.ada, assessment_id=two)
        reviewing.declare_tie(actor=walk.ruth, assessment_id=two, has_tie=False)
        points = tuple(ReviewPoint(question, agrees=True) for question in ("governance.board.meetings", "money.account"))
        reviewing.agree(actor=walk.ruth, assessment_id=two, comment="", points=points)
        sealing.seal_assessment(actor=walk.ada, assessment_id=two)
        signing.sign_report(actor=walk.ada, assessment_id=two, language_code="en")
        made = signing.sign_report(actor=walk.ruth, assessment_id=two, language_code="en").made
        reporting.export_report(report_id=made, path=tmp_path / "report.pdf")
        return organisation()

    root = walk.do(seal_and_sign)
    assert walk.do(lambda: sealing.check_seal(assessment_id=two)) is True
    verdict = verify(tmp_path / "report.pdf", root_pem=root.root_pem.encode("ascii"))
    assert verdict.status == "valid", [one.message for one in verdict.sentences]
    text = subprocess.run(["pdftotext", str(tmp_path / "report.pdf"), "-"], capture_output=True, check=True).stdout.decode()
    assert "The whole" in text
    assert "Seen on the spot." in text


def test_the_stop_of_an_added_instrument_stands_on_page_one(walk, two, tmp_path):
    give_all(walk, two, account=4)
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(content.render(file_of(walk, two), EN))
    first = subprocess.run(["pdftotext", "-l", "1", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    assert "Money routines: Money is handled without an account" in " ".join(first.split())


def test_a_report_is_offered_only_in_languages_that_every_instrument_has(walk):
    def english_only(text):
        return {"en": text["en"]} if isinstance(text, dict) and set(text) == {"sv", "en"} else text

    def reduced(value):
        if isinstance(value, dict):
            return english_only({key: reduced(one) for key, one in value.items()})
        return [reduced(one) for one in value] if isinstance(value, list) else value

    tree = reduced(msgspec.to_builtins(money())) | {"languages": ["en"]}
    template = decode(tree, file="money-routines")
    assessment = walk.start(walk.register())
    walk.do(lambda: choosing.add(actor=walk.ada, assessment=assessment, template=template, scope="light") or True)
    file = file_of(walk, assessment)
    assert report_languages(file) == ("en",)
    card = walk.do(organisation)
    with pytest.raises(RecordRefused):
        reporting.preview(file=file, language_code="sv", organisation_card=card)


def test_a_question_without_a_link_says_nothing(walk, two):
    file = file_of(walk, two)
    assert link_state(file, file.template.question("governance.plan"), EN) is None
    beside = file.seen_as("money-routines")
    assert link_state(beside, beside.template.question("money.board"), EN) is None
