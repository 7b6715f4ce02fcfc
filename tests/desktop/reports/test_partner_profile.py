"""The profile in the partner's feedback is the report's own, drawn from the partner's view alone, and says nothing beyond it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.charts.capacity import capacity_profile, profile_rows
from desktop.charts.scale import zones_of
from desktop.charts.shapes import Drawing, Text
from desktop.language import print_language
from desktop.reports.chosen import Chosen, Ticks
from desktop.reports.content_reader import print_measure
from desktop.reports.documents import render_document
from desktop.reports.partner_content import draft_content, feedback_content
from desktop.reports.partner_profile import partner_profile
from desktop.reports.partner_viewing import draft_view, feedback_view
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.tagging import Element
from desktop.words import table_of
from forms.answers import Answer
from forms.reading import read_template
from models.cards import AssessmentFile
from models.document_kind import PARTNER_FEEDBACK
from tests.desktop.reports.sample_file import ROOT, half_done, sample_file, template

TEMPLATES = sorted((ROOT / "resources/templates").glob("*.yaml"))


def drawn(file: AssessmentFile, code: str) -> list[Drawing | None]:
    """Draw from the view alone."""
    words = print_language(code)
    view = feedback_view(file, words, ticks=Ticks(), organisation="Havsstiftelsen")
    return [partner_profile(subject, one.subjects, words) for one in view.instruments for subject in one.subjects]


def own(file: AssessmentFile, code: str) -> list[Drawing | None]:
    """Draw as the full report does of an assessment that nothing went before."""
    words, template, result = print_language(code), file.template, file.result
    subjects = dict.fromkeys([*(one.subject for one in result.subjects), *(one.subject for one in result.sections if one.asked)])
    found = {subject: profile_rows(template, result, subject, words) for subject in subjects}
    tables = {subject: table_of(template, subject) for subject in subjects}
    return [
        capacity_profile(
            rows,
            zones_of(template, subject),
            subject=subject,
            language=words,
            measure=print_measure,
            width=TEXT_WIDTH,
            higher_is_better=(table := tables[subject]) is None or table.direction == "higher_is_better",
            beside=[row for other in found.values() for row in other],
        )
        for subject, rows in found.items()
        if rows
    ]


@pytest.mark.parametrize("form", ["whole", "half done"])
@pytest.mark.parametrize("bundled", TEMPLATES, ids=lambda one: one.stem)
def test_it_is_the_reports_own_chart_in_every_template_and_language(bundled: Path, form: str) -> None:
    read = read_template(bundled)
    file = sample_file(read, sealed=False)
    file = half_done(file) if form == "half done" else file
    for code in read.languages:
        assert [one for one in drawn(file, code) if one is not None] == own(file, code)


def test_a_rating_held_down_by_a_key_question_is_drawn_and_told_as_such() -> None:
    levels = [question for _, question in template().questions() if question.kind == "level"]
    strong = {question.id: Answer("answered", 4, "seen") for question in levels}
    file = sample_file(sealed=False, overrides={**strong, "finance.segregation": Answer("answered", 1, "seen")})
    view = feedback_view(file, print_language("en"), ticks=Ticks(), organisation="")
    held = [one.title for subject in view.instruments[0].subjects for one in subject.sections if one.place is not None and one.place.held]
    assert held == ["Finance and control"]
    sentences = " ".join(one.sentence for one in drawn(file, "en") if one is not None)
    assert sentences.count("held down by a key question") == len(held)


def test_of_a_renewal_it_does_not_draw_what_the_view_leaves_out() -> None:
    file = sample_file(renewal=True)
    assert file.earlier is not None
    said = [one for one in drawn(file, "en") if one is not None]
    assert said == [one for one in drawn(replace(file, earlier=None), "en") if one is not None]
    assert not any("last time" in one.sentence for one in said)
    assert not any(shape.text == "2025" for one in said for shape in one.shapes if isinstance(shape, Text))


def test_the_feedback_has_a_figure_for_each_subject_and_the_draft_has_a_table() -> None:
    file, words = sample_file(), print_language("en")
    fed = feedback_content(feedback_view(file, words, ticks=Ticks(), organisation=""), words)
    sentences = [one.alternative for one in _all(fed.document) if one.tag == "Figure"]
    assert [one.split(" by ")[0] for one in sentences if one] == ["Capacity of the organisation", "Capacity of the project"]
    draft = draft_content(draft_view(file, words, ticks=Ticks(), organisation="", reply_by=date(2026, 5, 1)), words)
    assert [one for one in _all(draft.document) if one.tag == "Figure"] == []


def test_what_travels_inside_gives_each_place_exactly(tmp_path: Path) -> None:
    file = sample_file()
    view = feedback_view(file, print_language("en"), ticks=Ticks(), organisation="")
    inside = json.loads(view.to_bytes())
    (subject, _) = inside["instruments"][0]["subjects"]
    section = file.result.sections[0]
    assert Fraction(subject["sections"][0]["place"]["at"]) == section.score.percent
    assert [(step["word"], Fraction(step["start"]), Fraction(step["end"])) for step in subject["scale"]] == [
        ("Weak", 0, 40),
        ("Limited", 40, 60),
        ("Adequate", 60, 80),
        ("Strong", 80, 100),
    ]


def test_the_same_record_gives_the_same_bytes() -> None:
    chosen = Chosen(PARTNER_FEEDBACK)
    one, other = (
        render_document(sample_file(), print_language("fr"), chosen, organisation="Havsstiftelsen", root_fingerprint="") for _ in range(2)
    )
    assert one == other


def _all(element: Element) -> list[Element]:
    return [element, *(below for child in element.children if isinstance(child, Element) for below in _all(child))]
