"""The bundled HACT micro assessment: the structure of the 2023 questionnaire and its arithmetic, on the template itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.template import RISK, Question

FOLDER = Path(__file__).parents[2] / "resources" / "templates"
TEMPLATE = read_template(FOLDER / "hact-micro-assessment.yaml")
QUESTIONS = [question for _, question in TEMPLATE.questions()]
CASE = Case(as_of=date(2026, 11, 16), scope="full")
LOW, MODERATE, SIGNIFICANT, HIGH = 1, 2, 3, 4
ASIDE = Answer("not_applicable", reason="It has none.")

#: Area: questions, key questions, most points, cut-offs in points.
AREAS = {
    "implementer": (9, 2, 44, ("13.05", "17.1", "22.5")),
    "people": (14, 4, 72, ("20.3", "26.6", "35")),
    "activities": (10, 3, 52, ("14.5", "19", "25")),
    "reporting": (14, 4, 72, ("20.3", "26.6", "35")),
    "assets": (12, 2, 56, ("17.4", "22.8", "30")),
    "procurement": (11, 2, 52, ("15.95", "20.9", "27.5")),
    "subpartners": (6, 0, 24, ("8.7", "11.4", "15")),
    "systems": (24, 7, 124, ("34.8", "45.6", "60")),
}
#: Sub-area: questions, key questions.
GROUPS = {
    "implementer": {"general": (3, 2), "governance": (6, 0)},
    "people": {"general": (1, 1), "recruitment": (5, 0), "qualifications": (3, 1), "practices": (5, 2)},
    "activities": {"plans": (3, 1), "risk": (3, 1), "monitoring": (4, 1)},
    "reporting": {"general": (1, 1), "audit": (7, 2), "tools": (2, 0), "budget": (4, 1)},
    "assets": {"register": (2, 1), "insurance": (1, 0), "verification": (2, 0), "inventory": (3, 0), "warehouse": (2, 0), "cash": (2, 1)},
    "procurement": {},
    "subpartners": {},
    "systems": {"accounting": (7, 2), "banking": (3, 1), "payments": (9, 3), "allocation": (2, 0), "documents": (3, 1)},
}
#: What all areas and the whole read when every answer is the same, worked out by hand from the cut-offs above.
ALIKE = [
    (LOW, [9, 14, 10, 14, 12, 11, 6, 24], 100, ["low"] * 8, "low"),
    (
        MODERATE,
        [22, 36, 26, 36, 28, 26, 12, 62],
        248,
        ["significant", "high", "high", "high", "significant", "significant", "significant", "high"],
        "significant",
    ),
    (SIGNIFICANT, [33, 54, 39, 54, 42, 39, 18, 93], 372, ["high"] * 8, "high"),
    (HIGH, [44, 72, 52, 72, 56, 52, 24, 124], 496, ["high"] * 8, "high"),
]


def scored(value: Callable[[Question], int | Answer | None]) -> Result:
    """Score what ``value`` gives for each question; nothing for ``None``."""
    given = {}
    for question in QUESTIONS:
        one = value(question)
        if one is not None:
            given[AnswerKey(TEMPLATE.id, question.id)] = one if isinstance(one, Answer) else Answer("answered", one, "verified")
    return score(TEMPLATE, AnswerSet(given), CASE)


def whole(result: Result) -> tuple[str, Fraction | None, str | None]:
    subject = result.subject("organisation")
    assert subject is not None
    return subject.score.status, subject.score.value, subject.score.band


def area(id_: str) -> list[Question]:
    return next(section.questions for section in TEMPLATE.sections if section.id == id_)


def test_it_has_a_hundred_questions_of_which_twenty_four_are_key_in_eight_areas() -> None:
    found = {
        section.id: (len(section.questions), sum(1 for question in section.questions if question.key)) for section in TEMPLATE.sections
    }
    assert found == {id_: (n, keys) for id_, (n, keys, _, _) in AREAS.items()}
    assert list(found) == list(AREAS)
    assert (len(QUESTIONS), sum(1 for question in QUESTIONS if question.key)) == (100, 24)


@pytest.mark.parametrize("section", TEMPLATE.sections, ids=lambda section: section.id)
def test_each_sub_area_has_its_number_of_questions_and_of_key_questions(section) -> None:  # type: ignore[no-untyped-def]
    asked = Counter(question.group for question in section.questions if question.group)
    keys = Counter(question.group for question in section.questions if question.group and question.key)
    assert {group.id: (asked[group.id], keys[group.id]) for group in section.groups} == GROUPS[section.id]
    assert not GROUPS[section.id] or sum(asked.values()) == len(section.questions)


@pytest.mark.parametrize(("id_", "expected"), AREAS.items(), ids=AREAS)
def test_most_points_and_cut_offs_of_an_area_are_those_of_the_questionnaire(
    id_: str, expected: tuple[int, int, int, tuple[str, ...]]
) -> None:
    n, _, most, cutoffs = expected
    found = scored(lambda _: HIGH).section(id_)
    assert (found.points, found.maximum) == (most, most)
    assert [cut.value * n for cut in found.score.cutoffs] == [Fraction(cut) for cut in cutoffs]


def test_the_whole_has_496_points_and_cut_offs_at_145_190_and_250() -> None:
    subject = scored(lambda _: HIGH).subject("organisation")
    assert subject is not None
    assert subject.score.value == Fraction(496, 100)
    assert [cut.value * 100 for cut in subject.score.cutoffs] == [145, 190, 250]


@pytest.mark.parametrize(("level", "points", "total", "bands", "overall"), ALIKE, ids=RISK)
def test_all_answers_alike(level: int, points: list[int], total: int, bands: list[str], overall: str) -> None:
    result = scored(lambda _: level)
    assert [section.points for section in result.sections] == points
    assert [section.score.value for section in result.sections] == [
        Fraction(one, AREAS[section.section][0]) for one, section in zip(points, result.sections, strict=True)
    ]
    assert [section.score.band for section in result.sections] == bands
    assert whole(result) == ("complete", Fraction(total, 100), overall)


def test_a_sub_area_adds_up_by_the_same_arithmetic() -> None:
    """A key question alone at moderate has 4 points and reads high, an ordinary one alone 2 points and significant."""
    groups = {(section.section, group.group): group for section in scored(lambda _: MODERATE).sections for group in section.groups}
    assert [(groups[place].points, groups[place].score.band) for place in (("people", "general"), ("assets", "insurance"))] == [
        (4, "high"),
        (2, "significant"),
    ]
    assert sum(group.points for (section, _), group in groups.items() if section == "systems") == 62


def test_the_method_shows_the_arithmetic_of_all_moderate() -> None:
    for language, cut, value in (("sv", "145, 190 och 250", "2,48"), ("en", "145, 190 and 250", "2.48")):
        text = TEMPLATE.method[language]
        assert "76 × 2 + 24 × 4 = 248" in text
        assert cut in text
        assert value in text


@pytest.mark.parametrize(
    ("keys", "ordinary", "points", "band"),
    [
        ([LOW, LOW], [LOW] * 9, 11, "low"),
        ([HIGH, LOW], [LOW] * 9, 18, "moderate"),
        ([SIGNIFICANT, SIGNIFICANT], [LOW] * 9, 21, "significant"),
        ([LOW, LOW], [MODERATE] * 4 + [LOW] * 5, 15, "low"),
        ([LOW, LOW], [MODERATE] * 5 + [LOW] * 4, 16, "moderate"),
        ([MODERATE, MODERATE], [MODERATE] * 9, 26, "significant"),
    ],
)
def test_procurement_gives_the_published_outcomes(keys: list[int], ordinary: list[int], points: int, band: str) -> None:
    key_ids = [question.id for question in area("procurement") if question.key]
    other_ids = [question.id for question in area("procurement") if not question.key]
    given = dict(zip(key_ids + other_ids, keys + ordinary, strict=True))
    found = scored(lambda question: given.get(question.id)).section("procurement")
    assert (found.points, found.score.value, found.score.band) == (points, Fraction(points, 11), band)


def test_a_value_on_a_cut_off_takes_the_higher_risk() -> None:
    """Activities: ten questions, 19 points is exactly 1.90; the whole: 145 points is exactly 1.45."""
    by_key = [question.id for question in sorted(area("activities"), key=lambda question: not question.key)]
    given = dict(zip(by_key, [MODERATE, MODERATE, MODERATE, *[LOW] * 7], strict=True))
    assert scored(lambda question: given.get(question.id)).section("activities").points == 19
    assert scored(lambda question: given.get(question.id)).section("activities").score.band == "significant"
    plain = [question.id for question in QUESTIONS if not question.key]
    for moderate, band in ((44, "low"), (45, "moderate")):
        assert whole(scored(lambda question, some=plain[:moderate]: MODERATE if question.id in some else LOW))[2] == band


def test_the_whole_is_no_mean_of_the_areas() -> None:
    result = scored(lambda question: HIGH if question.id.startswith("hact.subpartners.") else LOW)
    means = [section.score.value for section in result.sections if section.score.value is not None]
    assert whole(result)[1] == Fraction(118, 100)
    assert sum(means) / 8 == Fraction(11, 8)


def test_one_open_question_leaves_the_area_and_the_whole_without_a_rating() -> None:
    result = scored(lambda question: None if question.id == "hact.procurement.files" else LOW)
    assert (result.section("procurement").score.status, result.section("procurement").score.band) == ("incomplete", None)
    assert result.section("systems").score.band == "low"
    assert whole(result) == ("incomplete", None, None)


def test_an_area_without_anything_applicable_has_no_rating_and_the_rest_counts_as_if_it_were_not_there() -> None:
    result = scored(lambda question: ASIDE if question.id.startswith("hact.subpartners.") else LOW)
    assert result.section("subpartners").score.status == "not_assessable"
    assert whole(result) == ("complete", Fraction(1), "low")


def test_with_nothing_applicable_there_is_no_rating() -> None:
    assert whole(scored(lambda _: ASIDE)) == ("not_assessable", None, None)


def test_what_could_not_be_established_counts_as_high() -> None:
    found = scored(lambda _: Answer("not_established", reason="Nobody would show it."))
    assert whole(found) == ("complete", Fraction(496, 100), "high")


def test_every_question_may_be_set_aside_and_no_share_of_them_needs_approval() -> None:
    assert all(question.may_be_not_applicable for question in QUESTIONS)
    assert TEMPLATE.not_applicable_share is None


def test_the_caseworker_judges_each_area_and_the_whole_always_with_a_comment() -> None:
    judged = TEMPLATE.judged
    assert judged is not None
    assert (judged.areas, judged.overall, judged.comment, judged.not_applicable) == ("sections", True, "always", True)


def test_there_are_no_requirements_and_no_gaps() -> None:
    assert TEMPLATE.required == {}
    assert scored(lambda _: HIGH).gaps == ()


def test_it_says_whose_structure_it_follows_and_that_nobody_endorses_it() -> None:
    assert TEMPLATE.follows is not None
    assert "2023" in TEMPLATE.follows["en"]
    assert "Not endorsed" in TEMPLATE.follows["en"]
    assert "Inte godkänd" in TEMPLATE.follows["sv"]
    assert "does not replace" in TEMPLATE.about["en"]
    assert "ersätter inte" in TEMPLATE.about["sv"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_question_has_four_levels_evidence_with_an_age_and_texts_that_fit(question: Question) -> None:
    assert question.id.startswith("hact.")
    assert [(level.key, level.worth) for level in question.levels] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    words = {"sv": ("Låg: ", "Måttlig: ", "Betydande: ", "Hög: "), "en": ("Low: ", "Moderate: ", "Significant: ", "High: ")}
    assert question.evidence is not None
    for language, unit in (("sv", "månader"), ("en", "months")):
        assert re.findall(rf"(\d+) {unit}", question.evidence.text[language]) == [str(question.evidence.months)]
        assert len(question.text[language]) <= 130
        assert question.text[language].count("?") == 1
        for level, word in zip(question.levels, words[language], strict=True):
            assert level.text[language].startswith(word)
            assert level.text[language].endswith(".")
            assert len(level.text[language]) <= 160


def test_no_level_says_what_another_says_and_no_question_asks_what_another_asks() -> None:
    for language in TEMPLATE.languages:
        levels = Counter(level.text[language] for question in QUESTIONS for level in question.levels)
        asked = Counter(text for question in QUESTIONS for text in (question.text[language], question.guidance[language]))
        assert [text for text, times in (levels + asked).items() if times > 1] == []


def test_links_to_the_partner_template_map_each_of_its_levels_and_never_make_a_worse_answer_better() -> None:
    partner = {question.id: question for _, question in read_template(FOLDER / "partner-project.yaml").questions()}
    links = [(question, link) for question in QUESTIONS for link in question.same_as]
    assert len(links) >= 10
    for question, link in links:
        theirs = partner[link.question]
        mapped = [int(link.answers[str(level.key)]) for level in theirs.levels]
        assert mapped == sorted(mapped, reverse=True), question.id
        assert {HIGH, LOW} <= set(mapped)
