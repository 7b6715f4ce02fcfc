"""The bundled standard instruments as they are shipped: structure, arithmetic and edges, on the real files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import combinations_with_replacement as draws
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.bands import Attainable, settle
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.template import Template

FOLDER = Path(__file__).parents[2] / "resources" / "templates"
DAY = date(2026, 11, 16)


def read(name: str) -> Template:
    return read_template(FOLDER / f"{name}.yaml")


def result(template: Template, given: dict[str, Any]) -> Result:
    answers = {AnswerKey(template.id, question): Answer("answered", value, "seen") for question, value in given.items()}
    return score(template, AnswerSet(answers), Case(as_of=DAY, scope=template.scopes[0]))


def scored_ids(template: Template) -> list[str]:
    return [question.id for section, question in template.questions() if section.bands]


PSEA = read("psea-six-standards")
HEALTH = read("financial-health-check")
GATE = read("verification-gate")
PASSPORT = read("partner-passport")
REVIEW = read("project-review")
SHOWN = {question.id: ("nothing",) for _, question in PSEA.questions() if question.kind == "choices"}
OFTEN = {5: "always", 4: "mostly", 1: "sometimes", 0: "seldom"}


@pytest.mark.parametrize(
    ("ratings", "total", "band"),
    [
        ((1, 1, 1, 1, 1, 1), 6, "high"),
        ((2, 2, 1, 1, 1, 1), 8, "high"),
        ((2, 2, 2, 1, 1, 1), 9, "moderate"),
        ((2, 2, 2, 2, 2, 2), 12, "moderate"),
        ((3, 3, 2, 2, 2, 2), 14, "moderate"),
        ((3, 3, 3, 2, 2, 2), 15, "low"),
        ((3, 3, 3, 3, 3, 3), 18, "low"),
    ],
)
def test_six_standards_give_the_published_risk(ratings: tuple[int, ...], total: int, band: str) -> None:
    given = dict(zip(scored_levels(PSEA), ratings, strict=True)) | SHOWN
    subject = result(PSEA, given).subject("organisation")
    assert subject is not None
    assert (subject.score.value, subject.score.band) == (total, band)


def scored_levels(template: Template) -> list[str]:
    return [question.id for _, question in template.questions() if question.levels]


def test_six_standards_have_no_total_while_one_is_missing() -> None:
    given = dict.fromkeys(scored_levels(PSEA)[:5], 3) | SHOWN
    subject = result(PSEA, given).subject("organisation")
    assert subject is not None
    assert (subject.score.status, subject.score.band) == ("incomplete", None)


def test_six_standards_list_twenty_five_kinds_of_evidence_and_let_no_standard_be_set_aside() -> None:
    kinds = [option for _, question in PSEA.questions() if question.kind == "choices" for option in question.options]
    assert len(scored_levels(PSEA)) == 6
    assert len({option.id for option in kinds} - {"nothing"}) == 25
    assert not any(PSEA.question(question).may_be_not_applicable for question in scored_levels(PSEA))


@pytest.mark.parametrize(
    ("given", "total", "band"),
    [
        ([4] * 15, 60, "low"),
        ([5] * 11 + [4, 1, 0, 0], 60, "low"),
        ([5] * 11 + [4, 0, 0, 0], 59, "moderate"),
        ([5] * 9 + [0] * 6, 45, "moderate"),
        ([4] * 11 + [0] * 4, 44, "high"),
        ([1] * 15, 15, "high"),
        ([5] * 15, 75, "low"),
    ],
)
def test_health_check_keeps_its_uneven_scale_and_its_edges(given: list[int], total: int, band: str) -> None:
    answers = {question: OFTEN[points] for question, points in zip(scored_ids(HEALTH), given, strict=True)}
    subject = result(HEALTH, answers).subject("organisation")
    assert subject is not None
    assert (subject.score.value, subject.score.band) == (total, band)


def test_every_total_of_the_health_check_that_can_be_reached_has_exactly_one_band() -> None:
    table = HEALTH.bands["risk"]
    totals = {sum(points) for points in draws((0, 1, 4, 5), 15)}
    expected = {total: "high" if total < 45 else "moderate" if total < 60 else "low" for total in totals}
    bands = settle(table, Attainable(Fraction(0), Fraction(75), Fraction(75)))
    assert {total: bands.of(Fraction(total)) for total in totals} == expected


def test_only_one_of_thirty_two_answers_to_the_gate_verifies() -> None:
    five = scored_ids(GATE)
    assert len(five) == 5
    others = {"gate.profile": "yes", "gate.head_office": "independent", "gate.sanctions": "none", "gate.flag": "none"}
    found = {}
    for answers in product(("yes", "no"), repeat=5):
        subject = result(GATE, dict(zip(five, answers, strict=True)) | others).subject("organisation")
        assert subject is not None
        found[answers] = subject.score.band
    assert [answers for answers, band in found.items() if band == "verified"] == [("yes", "yes", "yes", "no", "no")]
    assert Counter(found.values()) == {"verified": 1, "not_verified": 31}


def test_gate_names_the_questions_that_kept_it_shut() -> None:
    given = dict(zip(scored_ids(GATE), ("yes", "no", "yes", "no", "yes"), strict=True))
    assert {gap.question for gap in result(GATE, given).gaps} == {"gate.mandate", "gate.unacceptable.flags"}


@pytest.mark.parametrize(
    ("question", "value", "stop"),
    [
        ("gate.profile", "no", "profile_incomplete"),
        ("gate.sanctions", "possible", "possible_match"),
        ("gate.flag", "red", "red_flag"),
        ("gate.head_office", "unverified", "head_office"),
    ],
)
def test_gate_blocks_outright(question: str, value: str, stop: str) -> None:
    assert [one.id for one in result(GATE, {question: value}).stops] == [stop]


def test_passport_has_twenty_six_questions_in_seven_parts_and_no_total() -> None:
    counts = {section.id: sum(1 for question in section.questions if question.levels) for section in PASSPORT.sections}
    expected = {"general": 5, "governance": 3, "strategy": 2, "accountability": 3, "people": 5, "finance": 7, "records": 1, "agreed": 0}
    assert counts == expected
    assert all([level.key for level in PASSPORT.question(question).levels] == [1, 2, 3, 4] for question in scored_levels(PASSPORT))
    whole = result(PASSPORT, dict.fromkeys(scored_levels(PASSPORT), 4))
    assert whole.subjects == ()
    assert all(section.score.value is None and section.score.band is None for section in whole.sections)
    assert PASSPORT.partner_signs


def test_passport_names_what_to_strengthen() -> None:
    given = dict.fromkeys(scored_levels(PASSPORT), 3) | {"passport.audit": 2, "passport.data": 1}
    assert {gap.question for gap in result(PASSPORT, given).gaps} == {"passport.audit", "passport.data"}


def test_project_review_has_eight_questions_and_no_total() -> None:
    eight = REVIEW.sections[0].questions
    assert len(eight) == 8
    assert all([option.id for option in question.options] == ["a", "b", "c", "d"] for question in eight)
    whole = result(REVIEW, {question.id: "a" for question in eight})
    assert whole.subjects == ()
    assert {section.score.status for section in whole.sections} == {"unscored"}
