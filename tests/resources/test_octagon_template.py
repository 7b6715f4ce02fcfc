"""The bundled octagon: eight variables from 1 to 7, each the mean of its answers, without bands and without a sum."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.template import Question

TEMPLATE = read_template(Path(__file__).parents[2] / "resources" / "templates" / "octagon-profile.yaml")
QUESTIONS = [question for _, question in TEMPLATE.questions()]
CASE = Case(as_of=date(2026, 11, 16), scope="full")
VARIABLES = {
    "identity": 2,
    "structure": 2,
    "implementation": 2,
    "relevance": 2,
    "skills": 2,
    "systems": 3,
    "trust": 2,
    "environment": 3,
}
NUMBERS = {"sv": "arton sammanlagt", "en": "eighteen in all"}


def scored(given: dict[str, Answer]) -> Result:
    return score(TEMPLATE, AnswerSet({AnswerKey(TEMPLATE.id, id_): answer for id_, answer in given.items()}), CASE)


def variable(id_: str, answers: list[Answer]) -> Result:
    asked = next(section.questions for section in TEMPLATE.sections if section.id == id_)
    return scored(dict(zip([question.id for question in asked], answers, strict=True)))


def at(level: int) -> Answer:
    return Answer("answered", level, "verified")


def test_eight_variables_have_two_or_three_questions_each_as_the_template_says() -> None:
    assert {section.id: len(section.questions) for section in TEMPLATE.sections} == VARIABLES
    assert list(VARIABLES) == [section.id for section in TEMPLATE.sections]
    assert len(QUESTIONS) == 18
    assert all(words in TEMPLATE.about[language] for language, words in NUMBERS.items())


@pytest.mark.parametrize(
    ("id_", "levels", "mean", "shown"),
    [
        ("environment", [4, 5, 7], Fraction(16, 3), "5.33"),
        ("systems", [1, 1, 2], Fraction(4, 3), "1.33"),
        ("identity", [6, 7], Fraction(13, 2), "6.50"),
    ],
)
def test_a_variable_is_the_mean_of_its_answers(id_: str, levels: list[int], mean: Fraction, shown: str) -> None:
    found = variable(id_, [at(level) for level in levels]).section(id_).score
    assert (found.status, found.value, found.band) == ("complete", mean, None)
    assert f"{float(mean):.2f}" == shown


@pytest.mark.parametrize("level", [1, 4, 7])
def test_all_answers_alike_give_a_regular_octagon_and_no_sum(level: int) -> None:
    result = scored({question.id: at(level) for question in QUESTIONS})
    assert [section.score.value for section in result.sections] == [level] * 8
    assert (result.subjects, result.gaps) == ((), ())


def test_a_variable_with_something_open_has_no_value() -> None:
    found = variable("environment", [at(4), at(5), Answer("dont_know")]).section("environment").score
    assert (found.status, found.value) == ("incomplete", None)


def test_what_is_not_applicable_counts_as_if_it_were_not_there() -> None:
    found = variable("environment", [at(4), Answer("not_applicable", reason="A women’s group."), at(7)])
    assert found.section("environment").score.value == Fraction(11, 2)


def test_what_could_not_be_established_counts_as_one() -> None:
    found = variable("identity", [at(7), Answer("not_established", reason="Nobody would say.")])
    assert found.section("identity").score.value == 4


def test_it_says_whose_structure_it_follows_and_that_nobody_endorses_it() -> None:
    assert TEMPLATE.follows is not None
    assert "Not endorsed" in TEMPLATE.follows["en"]
    assert "Inte godkänd" in TEMPLATE.follows["sv"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_has_seven_described_levels_and_evidence_with_the_age_that_is_written(question: Question) -> None:
    assert question.id.startswith("octagon.")
    assert [(level.key, level.worth) for level in question.levels] == [(n, n) for n in range(1, 8)]
    assert question.evidence is not None
    for language, unit in (("sv", "månader"), ("en", "months")):
        assert re.findall(rf"(\d+) {unit}", question.evidence.text[language]) == [str(question.evidence.months)]
        assert question.text[language].count("?") == 1
        assert len({level.text[language] for level in question.levels}) == 7
        assert all(len(level.text[language]) <= 160 for level in question.levels)
