"""What the partner's version and the public record say: by every bundled template, in plain words, and nothing that misleads."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.language import language
from desktop.reports.chosen import Chosen, Ticks
from desktop.reports.documents import render_document
from desktop.reports.partner_viewing import draft_view, feedback_view
from forms.answers import Answer
from forms.reading import read_template
from models.cards import AssessmentFile, DecisionCard, DecisionDraft
from models.document_kind import PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD, DocumentKind
from tests.desktop.reports.sample_file import ROOT, SEALED, half_done, sample_file, three_questions

EN = language("en")
TEMPLATES = sorted((ROOT / "resources/templates").glob("*.yaml"))


def words(file: AssessmentFile, kind: DocumentKind, folder: Path, *, ticks: Ticks | None = None) -> str:
    chosen = Chosen(kind, 3, ticks or Ticks(), date(2026, 5, 1))
    code = "en" if "en" in file.template.languages else file.template.languages[0]
    (folder / "made.pdf").write_bytes(render_document(file, language(code), chosen, organisation="Havsstiftelsen", root_fingerprint=""))
    printed = subprocess.run(["pdftotext", "-raw", str(folder / "made.pdf"), "-"], capture_output=True, check=True, text=True)
    return " ".join(printed.stdout.split())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.stem)
def test_every_bundled_template_has_words_for_its_partner(template: Path, tmp_path: Path) -> None:
    file = sample_file(read_template(template))
    said = words(file, PARTNER_FEEDBACK, tmp_path)
    assert "Thank you for letting us ask" in said
    assert "Lumora Vattenkooperativ" in words(file, PUBLIC_RECORD, tmp_path)


def test_a_template_without_requirements_tells_what_lies_in_the_weaker_half_and_never_that_all_is_well() -> None:
    file = sample_file(read_template(ROOT / "resources/templates/hact-micro-assessment.yaml"), sealed=False)
    view = draft_view(file, EN, ticks=Ticks(), organisation="Havsstiftelsen", reply_by=None)
    (found,) = view.instruments
    assert {subject.rated.word for subject in found.subjects if subject.rated is not None} == {"High"}
    assert {one.why for one in found.findings} == {"weaker_half"}
    assert len(found.findings) > 10


def test_a_requirement_is_told_in_the_words_of_an_answer_that_meets_it() -> None:
    file = sample_file(read_template(ROOT / "resources/templates/verification-gate.yaml"), sealed=False)
    view = draft_view(file, EN, ticks=Ticks(), organisation="Havsstiftelsen", reply_by=None)
    asked = [one.required for one in view.instruments[0].findings]
    assert asked
    assert all(one and not one.isdigit() for one in asked)


def test_what_could_not_be_established_and_what_is_open_is_asked_about_in_the_draft(tmp_path: Path) -> None:
    file = half_done(sample_file(sealed=False))
    view = draft_view(file, EN, ticks=Ticks(), organisation="Havsstiftelsen", reply_by=None)
    assert "open" in {one.why for one in view.instruments[0].findings}
    unknown = {"governance.board.meetings": Answer("not_established", reason="Två försök utan svar.")}
    small = sample_file(three_questions(), sealed=False, overrides=unknown)
    (finding,) = list(draft_view(small, language("sv"), ticks=Ticks(), organisation="", reply_by=None).instruments[0].findings)
    assert (finding.why, finding.comment) == ("not_established", "")
    assert "Two försök" not in words(small, PARTNER_DRAFT, tmp_path)


def test_draft_findings_say_that_they_are_a_draft_and_by_when_to_reply(tmp_path: Path) -> None:
    said = words(sample_file(sealed=False), PARTNER_DRAFT, tmp_path)
    assert "A draft: nothing here is decided" in said
    assert "Please reply by 1 May 2026." in said
    assert said.count("Your reply") >= 3


def test_the_feedback_tells_what_we_owe_what_follows_and_what_was_decided(tmp_path: Path) -> None:
    file = sample_file()
    before = words(file, PARTNER_FEEDBACK, tmp_path)
    assert "No decision has been recorded yet." in before
    assert "Conditions that we have proposed" in before
    draft = DecisionDraft("decline", "Styrelsen", "2026-04", "7", date(2026, 4, 14))
    after = words(replace(file, decision=DecisionCard(draft, "Ruth Bergman", SEALED)), PARTNER_FEEDBACK, tmp_path)
    for said in (
        "Decline",
        "Decided on 14 Apr 2026.",
        "What we owe you, as we noted it:",
        "What you can expect of us",
        "How you become stronger",
    ):
        assert said in after
    assert "Conditions that we have proposed" not in after
    assert "Ruth Bergman" not in after


def test_each_document_says_what_it_shows_and_what_it_leaves_out(tmp_path: Path) -> None:
    said = words(sample_file(), PARTNER_FEEDBACK, tmp_path, ticks=Ticks(comments=True))
    assert "It shows our comments." in said
    assert "It leaves out our own rating beside the calculated one and the risks that we see." in said


def test_the_public_record_says_in_general_words_whether_a_stop_was_met(tmp_path: Path) -> None:
    assert "No stop criterion was met." in words(sample_file(), PUBLIC_RECORD, tmp_path)
    said = words(sample_file(stops=True), PUBLIC_RECORD, tmp_path)
    assert "At least one stop criterion was met" in said
    assert "sanction" not in said.lower()


def test_views_are_the_same_each_time_they_are_made() -> None:
    file = sample_file()
    made = [feedback_view(file, EN, ticks=Ticks(risks=True), organisation="Havsstiftelsen").to_bytes() for _ in range(2)]
    assert made[0] == made[1]
