"""The decision document in the window: made and signed by the one who recorded the decision, read, and exported."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations import assessments, deciding, signing
from desktop.reports.verification import verify
from desktop.shell.place import Place
from models import report
from models.board_cards import DecisionDraft
from models.identity import organisation


@pytest.fixture
def decided(walk):
    """A sealed and signed assessment with a decision that Ada has recorded."""
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    walk.do(lambda: signing.sign_report(actor=walk.ada, assessment_id=assessment, language_code="sv"))
    record(walk, assessment)
    return assessment


def record(walk, assessment, *, by=None, outcome="approve"):
    day = walk.do(lambda: assessments.assessment_file(assessment_id=assessment)).seal.at.date()
    draft = DecisionDraft(outcome, "Styrelsen", "2026-04", "§ 12", day + timedelta(days=1))
    walk.do(lambda: deciding.record_decision(actor=by or walk.ada, assessment_id=assessment, draft=draft))


def documents(walk, assessment):
    return walk.do(lambda: deciding.decisions(assessment_id=assessment))[-1].documents


def chosen(monkeypatch, path):
    seen = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments, **_: (seen.append(arguments[2]), (str(path), ""))[1])
    return seen


def test_the_document_is_made_signed_and_exported_from_the_decision(walk, decided, monkeypatch, tmp_path):
    walk.go(Place("decision", assessment=decided))
    walk.press("decision.document.sign")
    (card,) = documents(walk, decided)
    assert walk.find("decision.document.read").text() == "Read and export"
    walk.press("decision.document.read")
    assert walk.room.place.room == "decision_document"
    suggested = chosen(monkeypatch, tmp_path / "out.pdf")
    walk.press("document.export")
    (name,) = suggested
    day = walk.do(lambda: deciding.decisions(assessment_id=decided))[0].card.draft.decided_on
    assert name.endswith(f"Källvattnets-vänner-påhittad-decision-{day}-en.pdf")
    pdf = (tmp_path / "out.pdf").read_bytes()
    root, known = walk.do(lambda: (organisation().root_pem.encode(), report.registered_hashes()))
    verdict = verify(pdf, root_pem=root, registered=known)
    assert (verdict.status, verdict.kind, verdict.file.sha256) == ("valid", "decision", card.sha256)


def test_by_keyboard_alone(walk, decided, monkeypatch, tmp_path):
    walk.go(Place("decision", assessment=decided))
    walk.keys(Qt.Key.Key_D)
    assert walk.room.place.room == "decision_document"
    assert walk.find("document.page").text() == "Page 1 of 1"
    walk.keys(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(documents(walk, decided)) == 1
    chosen(monkeypatch, tmp_path / "out")
    walk.keys(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "out.pdf").exists()


def test_somebody_else_reads_it_but_does_not_sign(walk, decided):
    record(walk, decided, by=walk.ruth)
    walk.go(Place("decision", assessment=decided))
    assert not walk.has("decision.document.sign")
    assert walk.has("decision.document.switch")
    assert any("Ruth recorded this decision" in words for words in walk.said())
    walk.press("decision.document.read")
    assert not walk.find("document.sign").isVisibleTo(walk.room)
    assert walk.find("document.page").text() == "Page 1 of 1"
    assert not walk.find("document.export").isVisibleTo(walk.room)


def test_each_language_is_a_document_of_its_own(walk, decided):
    walk.go(Place("decision", assessment=decided))
    walk.press("decision.document.language.sv")
    walk.press("decision.document.sign")
    assert [card.language for card in documents(walk, decided)] == ["sv"]
    walk.press("decision.document.language.en")
    assert walk.find("decision.document.read").text() == "Read it first"


def test_the_document_of_the_decision_before_is_still_there(walk):
    assessment = walk.start(walk.register())
    walk.seal(assessment)
    record(walk, assessment, outcome="postpone")
    first = walk.do(lambda: deciding.decisions(assessment_id=assessment))[0]
    record(walk, assessment)
    walk.go(Place("decision", assessment=assessment))
    walk.press(f"decision.document.earlier.{first.id}")
    walk.press("document.sign")
    before, latest = walk.do(lambda: deciding.decisions(assessment_id=assessment))
    assert (len(before.documents), len(latest.documents)) == (1, 0)
    walk.press("document.back")
    assert walk.room.place == Place("decision", assessment=assessment)
