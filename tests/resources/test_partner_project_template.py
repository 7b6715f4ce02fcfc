"""The bundled template “Partner and project”: what it promises to ask, and how it is worded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from forms.facts import COLLABORATIONS, KINDS
from forms.template import Question, Scope
from tests.resources.partner_project import (
    AGES,
    KEYS,
    KEYS_OF_A_FORM,
    LEVELLED,
    QUESTIONS,
    TEMPLATE,
    case,
    scored,
)

#: How many questions a plain new partner is asked, from and to, in each scope.
ASKED: dict[Scope, tuple[int, int]] = {"light": (32, 36), "standard": (53, 57), "full": (78, 85)}
#: Forms of collaboration with questions of their own: the section, and how many it adds in a light assessment.
FORMS = {
    "own_initiative": ("initiative", 3),
    "consortium": ("chain", 8),
    "channel": ("chain", 8),
    "international": ("international", 6),
    "material_aid": ("goods", 7),
    "country_office": ("office", 5),
}


@pytest.mark.parametrize("scope", ASKED)
def test_a_plain_new_partner_is_asked_as_much_as_the_scope_says(scope: Scope) -> None:
    low, high = ASKED[scope]
    assert low <= scored(case=case(scope, kind="new", collaboration="application")).completeness.asked <= high


@pytest.mark.parametrize("facts", [{}, *({"kind": kind, "collaboration": form} for kind in KINDS for form in COLLABORATIONS)])
def test_a_wider_scope_asks_all_that_a_narrower_one_asks_except_what_it_asks_better(facts: dict[str, str]) -> None:
    light, standard, full = ({line.question for line in scored(case=case(scope, **facts)).lines} for scope in TEMPLATE.scopes)
    assert light - standard == {"finance.turnover"}
    assert ("finance.figures" in standard) == (facts.get("collaboration") != "country_office")
    assert standard - full == set()


def test_a_light_assessment_asks_fifteen_scored_questions_about_the_organisation_and_ten_about_the_project() -> None:
    counted = Counter(TEMPLATE.section_of(line.question).subject for line in scored().lines if line.scored)
    assert counted == {"organisation": 15, "project": 10}


@pytest.mark.parametrize(("form", "section", "more"), [(form, *rest) for form, rest in FORMS.items()])
@pytest.mark.parametrize("scope", TEMPLATE.scopes)
def test_a_form_of_collaboration_adds_its_own_section_and_no_other(form: str, section: str, more: int, scope: Scope) -> None:
    plain = {line.question for line in scored(case=case(scope, kind="new", collaboration="application")).lines}
    asked = {line.question for line in scored(case=case(scope, kind="new", collaboration=form)).lines}
    assert len(asked - plain) == more
    assert {TEMPLATE.section_of(id_).id for id_ in asked - plain} == {section}
    assert bool(plain - asked) == (form == "country_office")


def test_an_own_country_office_is_tried_on_internal_control_in_place_of_its_board() -> None:
    asked = {line.question for line in scored(case=case("full", kind="new", collaboration="country_office")).lines}
    assert {id_ for id_ in asked if id_.startswith("governance.")} == {"governance.ties", "governance.policies"}
    assert {"office.mandate", "office.reconciliation", "office.review", "finance.account.control"} <= asked
    assert "identity.legal" not in asked


@pytest.mark.parametrize("scope", TEMPLATE.scopes)
def test_a_renewal_asks_about_previous_co_operation_and_for_the_rating_of_us(scope: Scope) -> None:
    new, again, completed = (
        {line.question for line in scored(case=case(scope, kind=kind, collaboration="established")).lines}
        for kind in ("new", "renewal", "completion")
    )
    assert again - new >= {"history.conditions", "history.reports", "partnership.rates_us"}
    assert {id_.split(".")[0] for id_ in again - new} == {"history", "partnership"}
    assert completed == again
    assert new - again == set()


def test_a_rapid_start_asks_no_more_than_a_light_assessment_and_a_handful() -> None:
    new, rapid = ({line.question for line in scored(case=case(kind=kind, collaboration="application")).lines} for kind in ("new", "rapid"))
    assert rapid - new == {"rapid.need", "rapid.start", "rapid.receipts", "rapid.checked"}
    assert new - rapid == {"relevance.initiative", "design.change", "design.followup"}


def test_the_key_questions_are_those_that_a_board_must_be_able_to_rely_on() -> None:
    assert {question.id for question in QUESTIONS if question.key} == KEYS | set(KEYS_OF_A_FORM)
    plain = {line.question for line in scored().lines if line.key}
    assert plain == KEYS
    for id_, form in KEYS_OF_A_FORM.items():
        assert scored(case=case(kind="new", collaboration=form)).line(id_) is not None


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question.key], ids=lambda question: question.id)
def test_a_key_question_weighs_double_names_aged_evidence_and_cannot_be_set_aside(question: Question) -> None:
    assert question.weight == 2
    assert question.evidence is not None
    assert question.evidence.months or question.evidence.days
    assert not question.may_be_not_applicable


def test_evidence_is_no_older_than_the_practice_allows() -> None:
    found = {id_: TEMPLATE.question(id_).evidence for id_ in AGES}
    assert {id_: (evidence.months, evidence.days) for id_, evidence in found.items() if evidence} == AGES


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question.evidence], ids=lambda question: question.id)
def test_the_age_that_is_written_is_the_age_that_is_checked(question: Question) -> None:
    assert question.evidence is not None
    for language, unit in (("sv", "månader|dagar"), ("en", "months|days")):
        written = re.findall(rf"(\d+) (?:{unit})", question.evidence.text[language])
        assert written == [str(question.evidence.months or question.evidence.days)]


@pytest.mark.parametrize("question", LEVELLED, ids=lambda question: question.id)
def test_each_scored_question_has_the_levels_0_to_4(question: Question) -> None:
    assert [level.key for level in question.levels] == [0, 1, 2, 3, 4]
    assert all(level.worth == level.key for level in question.levels)


def test_no_level_says_what_another_level_says() -> None:
    for language in TEMPLATE.languages:
        texts = Counter(level.text[language] for question in LEVELLED for level in question.levels)
        assert [text for text, times in texts.items() if times > 1] == []


def _texts(part: object) -> Iterator[dict[str, str]]:
    if isinstance(part, dict):
        if set(part) == set(TEMPLATE.languages):
            yield part
        else:
            for inside in part.values():
                yield from _texts(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from _texts(inside)
    elif hasattr(part, "__struct_fields__"):
        for name in part.__struct_fields__:
            yield from _texts(getattr(part, name))


def test_languages_do_not_hold_the_same_text() -> None:
    texts = list(_texts(TEMPLATE))
    assert len(texts) > 900
    assert [text for text in texts if text["sv"] == text["en"] or text["sv"] == text["fr"]] == []
    assert [text for text in texts if text["en"] == text["fr"]] == []


def test_each_language_uses_its_own_quotation_marks() -> None:
    for text in _texts(TEMPLATE):
        assert not set(text["sv"]) & set("“„\"'"), text["sv"]
        assert not set(text["en"]) & set("„\"'"), text["en"]
        assert text["en"].count("“") == text["en"].count("”"), text["en"]
        assert not set(text["fr"]) & set("“”„\"'"), text["fr"]
        assert text["fr"].count("«\N{NO-BREAK SPACE}") == text["fr"].count("\N{NO-BREAK SPACE}»") == text["fr"].count("«"), text["fr"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_texts_fit_where_they_are_shown(question: Question) -> None:
    for language in TEMPLATE.languages:
        assert len(question.text[language]) <= 130
        assert question.text[language].endswith("?")
        assert question.text[language].count("?") == 1
        assert all(len(level.text[language]) <= 160 and level.text[language].endswith(".") for level in question.levels)
        assert all(len(option.text[language]) <= 130 for option in question.options)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_guidance_is_two_to_four_sentences(question: Question) -> None:
    for language in TEMPLATE.languages:
        sentences = re.findall(r"[.?!]”?(?=\s|$)", question.guidance[language])
        assert 2 <= len(sentences) <= 4, question.guidance[language]


def test_questions_about_abuse_and_irregularities_ask_for_counts_and_never_for_names() -> None:
    for id_ in (
        "integrity.irregularities.handling",
        "integrity.leadership.suspicion",
        "safeguarding.allegation.handling",
        "international.cases",
    ):
        assert "antal" in TEMPLATE.question(id_).guidance["sv"]
        assert "counts" in TEMPLATE.question(id_).guidance["en"]
