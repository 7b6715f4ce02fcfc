"""A report says on page one what a rapid start is held to, and in the record what was relied on and why the scope is what it is."""

from __future__ import annotations

import dataclasses
import subprocess
from datetime import date, datetime

import pytest

from desktop.language import language
from desktop.reports.content import render
from forms.outside import OutsideResult
from forms.scope_rule import Reason, ScopeProposal
from models.cards import AssessmentFile, OutsideCard, RapidTerms
from tests.desktop.reports.sample_file import ident, sample_file, three_questions

BOARD = "governance.board.meetings"
TERMS = RapidTerms(50_000_00, "SEK", date(2026, 6, 30), "Karin Sandell", date(2026, 5, 31), "A flood on 2 March.")
RESULT = OutsideResult("Agency (invented)", "hact_micro_assessment", "moderate", date(2025, 5, 1), date(2028, 5, 1), "Finance")


def small(**draft: object) -> AssessmentFile:
    file = sample_file(three_questions(), sealed=False)
    card = dataclasses.replace(file.card, draft=dataclasses.replace(file.card.draft, **draft))  # type: ignore[arg-type]
    return dataclasses.replace(file, card=card)


def relying() -> AssessmentFile:
    """Give a file whose first answer relies on a result."""
    file = small()
    card = OutsideCard(ident("result"), file.partner.id, RESULT, "", "", 0, "", "Maja Ekwall", datetime(2026, 3, 1))  # noqa: DTZ001
    answers = tuple(dataclasses.replace(one, source="relied_on") if one.question == BOARD else one for one in file.answer_cards)
    behind = dataclasses.replace(file.evidence[0], id=ident("behind"), question=BOARD, outside=card.id)
    return dataclasses.replace(file, outside=(card,), answer_cards=answers, evidence=(*file.evidence, behind))


def pages(file: AssessmentFile, code: str = "en") -> list[str]:
    pdf = render(file, language(code), organisation="Brunnstiftelsen (påhittad)")
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in made.stdout.decode().split("\f")[:-1]]


def test_page_one_of_a_rapid_assessment_says_cap_decider_day_and_need() -> None:
    first = pages(small(kind="rapid", rapid=TERMS))[0]
    for part in (
        "Rapid assessment: only within these limits",
        "At most SEK 50,000 may be paid, until 30 Jun 2026.",
        "Karin Sandell decides.",
        "A fuller assessment must complete it by 31 May 2026. No second payment after it lapses.",
        "Urgent need: A flood on 2 March.",
    ):
        assert part in first.replace("\N{NO-BREAK SPACE}", " ")


def test_page_one_of_a_completion_names_the_rapid_start() -> None:
    renewal = sample_file(three_questions(), renewal=True, sealed=False)
    completing = dataclasses.replace(
        renewal, card=dataclasses.replace(renewal.card, draft=dataclasses.replace(renewal.card.draft, kind="completion"))
    )
    assert renewal.earlier is not None
    assert f"completes the rapid start {renewal.earlier.assessment.case_number}" in pages(completing)[0]


def test_an_ordinary_report_says_nothing_of_rapid_starts_or_other_bodies() -> None:
    text = " ".join(pages(small()))
    assert "Rapid" not in text
    assert "relied on" not in text.casefold()


def test_what_was_relied_on_stands_on_page_one_at_the_answer_and_in_a_list_of_its_own() -> None:
    first, *rest = pages(relying())
    text = " ".join(rest)
    assert "1 answer rests on another body’s result: question 1" in first
    assert "Relied on another body’s result." in text
    for part in (
        "Others’ results relied on",
        "HACT micro assessment: Moderate risk",
        "Agency (invented)",
        "1 May 2028",
        "The partner has agreed",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "The rule proposes light: the partner has not been assessed here before. It was followed."),
        ({"proposed": ScopeProposal("full", (Reason("first_time"),))}, "The caseworker chose light: Beloppet är"),
    ],
)
def test_the_scope_is_printed_with_what_the_rule_proposed_and_why_it_was_chosen(chosen: dict[str, object], said: str) -> None:
    proposed = ScopeProposal("light", (Reason("first_time"),))
    assert said in " ".join(pages(small(**{"proposed": proposed, **chosen})))
