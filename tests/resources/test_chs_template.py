"""The bundled nine commitments: structure, and the vectors of a commitment as a mean in which one nought is a major weakness."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.template import Question

FOLDER = Path(__file__).parents[2] / "resources" / "templates"
TEMPLATE = read_template(FOLDER / "chs-commitments.yaml")
QUESTIONS = [question for _, question in TEMPLATE.questions()]
CASE = Case(as_of=date(2026, 11, 16), scope="full")
COMMITMENTS = ["participation", "support", "resilience", "harm", "concerns", "coordination", "learning", "staff", "resources"]
ASIDE = Answer("not_applicable", reason="It has none.")


def scored(given: Mapping[str, int | Answer]) -> Result:
    answers = {id_: one if isinstance(one, Answer) else Answer("answered", one, "verified") for id_, one in given.items()}
    return score(TEMPLATE, AnswerSet({AnswerKey(TEMPLATE.id, id_): one for id_, one in answers.items()}), CASE)


def one_commitment(values: list[int | Answer]) -> dict[str, int | Answer]:
    return dict(zip([question.id for question in QUESTIONS if question.id.startswith("chs.harm.")], values, strict=True))


def test_nine_commitments_have_four_questions_each_and_the_template_says_that_the_number_is_its_own() -> None:
    assert [section.id for section in TEMPLATE.sections] == COMMITMENTS
    assert [section.title["en"][:2] for section in TEMPLATE.sections] == [f"{n}." for n in range(1, 10)]
    assert {len(section.questions) for section in TEMPLATE.sections} == {4}
    assert "the template’s own" in TEMPLATE.about["en"]
    assert "mallens egna" in TEMPLATE.about["sv"]


@pytest.mark.parametrize(
    ("values", "mean", "gaps", "major"),
    [
        ([3, 3, 2, 4], Fraction(3), 1, False),
        ([3, 3, 0, 4], Fraction(5, 2), 1, True),
        ([2, 2, 2, ASIDE], Fraction(2), 3, False),
        ([3, 3, 3, 3], Fraction(3), 0, False),
        ([4, 4, 4, 1], Fraction(13, 4), 1, False),
    ],
)
def test_a_commitment_is_a_mean_in_which_one_nought_is_a_major_weakness(
    values: list[int | Answer], mean: Fraction, gaps: int, major: bool
) -> None:
    given = one_commitment(values)
    result = scored(given)
    found = result.section("harm").score
    assert (found.status, found.value, found.band, len(result.gaps)) == ("complete", mean, None, gaps)
    assert found.held_by == (tuple(id_ for id_, value in given.items() if value == 0) if major else ())


def test_every_answer_below_three_is_a_gap_and_no_other() -> None:
    for level, gaps in ((2, 36), (3, 0)):
        assert len(scored({question.id: level for question in QUESTIONS}).gaps) == gaps


def test_the_commitments_are_never_added_into_one_figure() -> None:
    result = scored({question.id: 3 for question in QUESTIONS})
    assert result.subjects == ()
    assert [section.score.value for section in result.sections] == [3] * 9


def test_a_commitment_with_something_open_has_no_value() -> None:
    found = scored({question.id: 4 for question in QUESTIONS if question.id != "chs.harm.data"})
    assert (found.section("harm").score.status, found.section("harm").score.value) == ("incomplete", None)
    assert found.section("staff").score.value == 4


def test_what_could_not_be_established_counts_as_nought_and_is_a_major_weakness() -> None:
    found = scored(one_commitment([4, 4, 4, Answer("not_established", reason="Nobody would say.")])).section("harm").score
    assert (found.value, found.held_by) == (Fraction(3), ("chs.harm.environment",))


def test_a_commitment_without_anything_applicable_cannot_be_assessed() -> None:
    assert scored(one_commitment([ASIDE] * 4)).section("harm").score.status == "not_assessable"


def test_it_says_whose_structure_it_follows_and_that_nobody_endorses_it() -> None:
    assert TEMPLATE.follows is not None
    assert "Not endorsed" in TEMPLATE.follows["en"]
    assert "Inte godkänd" in TEMPLATE.follows["sv"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_has_the_levels_0_to_4_and_evidence_with_the_age_that_is_written(question: Question) -> None:
    assert question.id.startswith("chs.")
    assert [(level.key, level.worth) for level in question.levels] == [(n, n) for n in range(5)]
    assert question.evidence is not None
    for language, unit, above in (("sv", "månader", "Allt i nivå 3, och"), ("en", "months", "All of level 3, and")):
        assert re.findall(rf"(\d+) {unit}", question.evidence.text[language]) == [str(question.evidence.months)]
        assert question.text[language].count("?") == 1
        assert question.levels[4].text[language].startswith(above)
        assert all(len(level.text[language]) <= 160 for level in question.levels)


def test_links_to_the_partner_template_map_each_of_its_levels_and_never_make_an_answer_better() -> None:
    partner = {question.id: question for _, question in read_template(FOLDER / "partner-project.yaml").questions()}
    links = [link for question in QUESTIONS for link in question.same_as]
    assert len(links) == 4
    for link in links:
        mapped = [int(link.answers[str(level.key)]) for level in partner[link.question].levels]
        assert mapped == sorted(mapped)
        assert all(ours <= theirs for theirs, ours in enumerate(mapped))
