"""The bundled template “Partner and project”: what it promises to ask, and that each of its rules can come true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.facts import COLLABORATIONS, KINDS
from forms.kinds import points_of
from forms.outside import RATINGS
from forms.question import Column
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.tables import ratios
from forms.template import CAPACITY, Condition, Question, Scope, Template

TEMPLATE = read_template(Path(__file__).parents[2] / "resources" / "templates" / "partner-project.yaml")
QUESTIONS = [question for _, question in TEMPLATE.questions()]
LEVELLED = [question for question in QUESTIONS if question.levels]
CASE = Case(as_of=date(2026, 11, 16), scope="light", amount_minor=50_000_000, currency="SEK")

KEYS = {
    "identity.legal",
    "governance.board.meetings",
    "governance.ties",
    "integrity.screening.done",
    "integrity.irregularities.handling",
    "finance.account.control",
    "finance.segregation",
    "finance.trace",
    "finance.audit.result",
    "safeguarding.conduct",
    "safeguarding.channel",
    "delivery.need",
    "harm.analysis",
    "harm.security",
}
#: Key questions that belong to one form of collaboration.
KEYS_OF_A_FORM = {
    "office.mandate": "country_office",
    "office.reconciliation": "country_office",
    "international.audit_access": "international",
    "international.cases": "international",
    "chain.liability": "consortium",
    "chain.access": "channel",
    "goods.quality": "material_aid",
    "initiative.carried": "own_initiative",
}
#: Age of evidence that a key question asks for, in months or days.
AGES = {
    "identity.legal": (12, None),
    "governance.ties": (12, None),
    "integrity.screening.done": (None, 30),
    "finance.account.control": (3, None),
    "safeguarding.conduct": (24, None),
}
NEVER = {"sanctions", "exclusion", "false_documents", "payment_route", "conditional_aid", "abuse_concealed"}
BOARD = {"identity_not_established", "audit", "leadership_fraud", "sole_control", "serious_harm"}
#: Stop criteria that only one form of collaboration or one kind of assessment can meet.
BOARD_OF_A_FORM = {"rapid_unchecked", "nobody_liable", "unfit_goods", "examination_refused"}
#: What says “none of these” where several can be chosen.
NONE_OF_THEM = {"none", "nothing"}


def case(scope: Scope = "light", **facts: str) -> Case:
    """A case in a scope, with its facts."""
    return Case(as_of=date(2026, 11, 16), scope=scope, amount_minor=50_000_000, currency="SEK", facts=facts)


def best(question: Question) -> Answer:
    """The answer that gives no cause for anything."""
    if question.kind == "level":
        return Answer("answered", question.levels[-1].key, "verified")
    if question.id == "partnership.rates_us":
        return Answer("answered", "easy", "said")
    if question.kind == "choice":
        return Answer("answered", question.options[0].id, "verified")
    if question.id == "international.rules":
        return Answer("answered", ("none",), "seen")
    if question.kind == "choices":
        return Answer("answered", tuple(one.id for one in question.options if one.id not in NONE_OF_THEM), "verified")
    if question.kind == "table":
        return Answer("answered", (tuple(_cell(column) for column in question.columns),) * max(len(question.rows), 1), "seen")
    values: dict[str, object] = {
        "integer": 6,
        "percent": 30,
        "money": "10000000 SEK",
        "date": "2025-12-31",
        "country": "SE",
        "organisation_number": "SE-ON 556091-2148",
        "document": ("Bevis", "2026-02-01", "2028-01-31"),
    }
    return Answer("answered", values.get(question.kind, "Text"), "seen")  # type: ignore[arg-type]


def _cell(column: Column) -> int | str:
    if column.kind == "choice":
        return column.options[0].id
    values: dict[str, int | str] = {"money": "10000000 SEK", "year": 2026, "country": "SE"}
    return values.get(column.kind, "Text")


def scored(changes: dict[str, Answer] | None = None, case: Case = CASE) -> Result:
    """Score the best answers with some of them changed, answering what is asked only."""
    given = {question.id: best(question) for question in QUESTIONS} | (changes or {})
    return score(TEMPLATE, AnswerSet({AnswerKey(TEMPLATE.id, question): answer for question, answer in given.items()}), case)


def setting(changes: dict[str, Answer]) -> Case:
    """Give the lightest case in which all these questions can be asked."""
    questions = [TEMPLATE.question(id_) for id_ in changes]
    facts: dict[str, str] = {}
    for question in questions:
        facts |= _facts(question.asked_if)
    return case(next(scope for scope in TEMPLATE.scopes if all(scope in (one.scopes or [scope]) for one in questions)), **facts)


def _facts(condition: Condition | None) -> dict[str, str]:
    if condition is None:
        return {}
    if condition.fact is not None:
        return {condition.fact: (condition.is_ or [""])[0]}
    found: dict[str, str] = {}
    for part in [*(condition.all_ or []), *(condition.any_ or [])]:
        found |= _facts(part)
    return found


def ways(condition: Condition) -> Iterator[dict[str, Answer]]:
    """Give answers that make a condition hold, one set for each way it can come about; facts are for ``setting``."""
    if condition.any_ is not None:
        for part in condition.any_:
            yield from ways(part)
        return
    if condition.all_ is not None:
        found: list[dict[str, Answer]] = [{}]
        for part in condition.all_:
            found = [_both(one, other) for one in found for other in ways(part)]
        yield from found
        return
    if condition.not_ is not None and condition.not_.question is not None:
        question = TEMPLATE.question(condition.not_.question)
        left = [one.id for one in question.options if one.id not in {*(condition.not_.is_ or []), *NONE_OF_THEM}]
        yield {question.id: Answer("answered", (left[0],), "seen")}
        return
    if condition.question is None or condition.state == ["answered"]:
        yield {}
        return
    question = TEMPLATE.question(condition.question)
    needed = next(ways(question.asked_if)) if question.asked_if is not None else {}
    for answer in _answers(question, condition):
        yield needed | {question.id: answer}


def _both(one: dict[str, Answer], other: dict[str, Answer]) -> dict[str, Answer]:
    """Merge two sets of answers; what is chosen in both of them is chosen."""
    merged = one | other
    for id_ in one.keys() & other.keys():
        if TEMPLATE.question(id_).kind == "choices":
            chosen = {*one[id_].value, *other[id_].value}  # type: ignore[misc]
            merged[id_] = Answer("answered", tuple(option.id for option in TEMPLATE.question(id_).options if option.id in chosen), "seen")
    return merged


def _answers(question: Question, condition: Condition) -> Iterator[Answer]:
    if condition.state is not None:
        for state in condition.state:
            yield Answer(state, reason="Nobody knows.")  # type: ignore[arg-type]
    for value in condition.is_ or []:
        yield Answer("answered", int(value) if question.levels else (value,) if question.kind == "choices" else value, "seen")
    for number in (condition.at_most, condition.at_least):
        if number is not None:
            yield Answer("answered", number, "seen")


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


def test_sections_that_are_recorded_and_not_scored_have_no_band() -> None:
    for section in TEMPLATE.sections:
        counted = [question for question in section.questions if points_of(question) is not None]
        assert (section.bands is None) == (not counted), section.id


def test_networks_and_what_we_owe_the_partner_are_never_scored() -> None:
    assert all(
        points_of(question) is None for section in TEMPLATE.sections if section.id == "partnership" for question in section.questions
    )


@pytest.mark.parametrize("scope", TEMPLATE.scopes)
@pytest.mark.parametrize("form", COLLABORATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_best_answers_give_approval_and_nothing_else(kind: str, form: str, scope: Scope) -> None:
    result = scored(case=case(scope, kind=kind, collaboration=form))
    assert (result.gaps, result.stops, result.clashes, result.risks) == ((), (), (), ())
    assert result.proposal is not None
    assert result.proposal.decision == "approve"
    assert {subject.score.band for subject in result.subjects} == {"strong"}


def test_ordinary_questions_need_level_2_and_key_questions_level_3() -> None:
    for scope in TEMPLATE.scopes:
        lines = [line for line in scored(case=case(scope)).lines if line.scored]
        assert {(line.key, line.required) for line in lines} == {(False, 2), (True, 3)}


def test_bands_end_at_40_60_and_80_and_an_edge_belongs_to_the_weaker() -> None:
    table = TEMPLATE.bands["capacity"]
    assert [(step.band, step.from_, step.to) for step in table.steps] == list(
        zip(CAPACITY, (0, 40, 60, 80), (40, 60, 80, 100), strict=True)
    )
    assert table.edge == "worse"


def test_the_organisation_is_never_better_than_the_weakest_of_three_sections() -> None:
    for held in ("finance.segregation", "integrity.screening.done", "safeguarding.conduct"):
        result = scored({held: Answer("answered", 1, "seen")})
        organisation = result.subject("organisation")
        assert organisation is not None
        assert organisation.score.band == "limited"
        assert organisation.score.held_by == (held.split(".")[0],)


def test_there_are_six_stop_criteria_never_waived_and_five_for_the_board_beside_those_of_a_form() -> None:
    assert {stop.id for stop in TEMPLATE.stops if stop.waivable == "never"} == NEVER
    assert {stop.id for stop in TEMPLATE.stops if stop.waivable == "board"} == BOARD | BOARD_OF_A_FORM


@pytest.mark.parametrize("stop", sorted(NEVER | BOARD))
def test_each_stop_criterion_of_a_plain_partner_is_within_reach_of_a_light_assessment(stop: str) -> None:
    when = next(one.when for one in TEMPLATE.stops if one.id == stop)
    for changes in ways(when):
        assert stop in {one.id for one in scored(changes).stops}, changes


@pytest.mark.parametrize("stop", TEMPLATE.stops, ids=lambda stop: stop.id)
def test_each_stop_criterion_comes_true_in_each_of_its_ways_and_decides_the_recommendation(stop) -> None:  # type: ignore[no-untyped-def]
    for changes in ways(stop.when):
        result = scored(changes, setting(changes))
        assert result.scope == "light"
        assert stop.id in {one.id for one in result.stops}, changes
        assert result.proposal is not None
        assert result.proposal.decision == ("decline" if stop.waivable == "never" else "postpone")


@pytest.mark.parametrize("stop", sorted(NEVER))
def test_what_could_not_be_established_never_declines_a_partner_for_good(stop: str) -> None:
    when = next(one.when for one in TEMPLATE.stops if one.id == stop)
    assert when.question is not None
    result = scored({when.question: Answer("not_established", reason="Nobody would say.")})
    assert stop not in {one.id for one in result.stops}


@pytest.mark.parametrize("risk", TEMPLATE.risks, ids=lambda risk: risk.id)
def test_each_risk_is_proposed_in_each_of_its_ways_with_a_mitigation(risk) -> None:  # type: ignore[no-untyped-def]
    assert risk.mitigation
    for changes in ways(risk.when):
        assert risk.id in {one.id for one in scored(changes, setting(changes)).risks}, changes


@pytest.mark.parametrize("clash", TEMPLATE.contradictions, ids=lambda clash: clash.id)
def test_each_contradiction_can_be_met(clash) -> None:  # type: ignore[no-untyped-def]
    for changes in ways(clash.when):
        assert clash.id in {one.id for one in scored(changes, setting(changes)).clashes}, changes


def test_there_are_enough_risks_and_contradictions_to_be_of_use() -> None:
    assert len(TEMPLATE.risks) >= 10
    assert len(TEMPLATE.contradictions) >= 6
    assert {risk.subject for risk in TEMPLATE.risks} == {"organisation", "project"}


@pytest.mark.parametrize(
    ("id_", "asked_after"),
    [
        ("identity.unregistered.why", {"identity.registration": Answer("answered", "unregistered", "seen")}),
        ("finance.audit.followup", {"finance.audit.result": Answer("answered", 2, "seen")}),
        ("design.further.partners", {"finance.further.partners": Answer("answered", "some", "seen")}),
    ],
)
def test_a_question_that_does_not_concern_the_partner_is_not_asked(id_: str, asked_after: dict[str, Answer]) -> None:
    assert scored().line(id_) is None
    assert scored(asked_after).line(id_) is not None


def test_without_an_audit_nobody_asks_for_its_day_or_its_report() -> None:
    without = {"finance.audit.result": Answer("answered", 1, "seen")}
    for id_ in ("finance.audit.year_end", "finance.audit.report"):
        assert scored(case=case("full")).line(id_) is not None
        assert scored(without, case("full")).line(id_) is None


def test_who_answers_is_said_of_every_question_and_the_controller_has_the_finance_part() -> None:
    assert {question.answered_by for question in QUESTIONS} == {"caseworker", "controller", "office"}
    assert {question.answered_by for question in QUESTIONS if question.id.startswith(("finance.", "budget."))} == {"controller"}


def test_every_perspective_is_met_in_a_light_assessment_and_deepened_in_a_full_one() -> None:
    assert [one.id for one in TEMPLATE.perspectives] == ["rights", "participation", "gender", "conflict", "environment", "anti_corruption"]
    light, full = ({line.question for line in scored(case=case(scope)).lines} for scope in ("light", "full"))
    for one in TEMPLATE.perspectives:
        assert light & set(one.questions), one.id
        assert (full - light) & set(one.questions), one.id


def test_nothing_is_relied_on_further_than_it_was_examined() -> None:
    for question in QUESTIONS:
        for source in question.relies_on:
            best_rating = max(source.answers.values(), key=int)
            assert int(best_rating) <= 3, question.id
            assert set(source.answers) <= set(RATINGS[source.result])
    results = {source.result for question in QUESTIONS for source in question.relies_on}
    assert not results & {"partner_passport", "other_assessment"}


def test_the_three_year_figures_give_their_ratios_with_a_remark() -> None:
    question = TEMPLATE.question("finance.figures")
    assert [row.id for row in question.rows] == ["latest", "before", "two_before"]
    assert [ratio.id for ratio in question.ratios] == ["margin", "equity_share", "liquidity", "largest_donor_share", "our_share"]
    row = ("100000 SEK", "95000 SEK", "15000 SEK", "40000 SEK", "20000 SEK", "70000 SEK", "30000 SEK", "unqualified")
    lines = [line for line in ratios(question, (row, (None,) * 8, (None,) * 8)) if line.row == 0]
    assert [str(line.value) for line in lines] == ["1/20", "3/19", "2", "7/10", "3/10"]
    assert [line.remark.text["en"].split(",")[0] for line in lines if line.remark] == [
        "In balance or a smaller surplus",
        "Covers at least one month of costs but not two",
        "Enough",
        "Two thirds or more from one donor",
        "Between a quarter and a half from us",
    ]


def test_the_budgets_heads_add_up_to_the_whole_or_are_said_not_to() -> None:
    question = TEMPLATE.question("budget.years")
    whole = (2027, "50000 SEK", "30000 SEK", "0 SEK", "10000 SEK", "10000 SEK", "100000 SEK", "80000 SEK", "5000 SEK")
    less = (*whole[:6], "120000 SEK", *whole[7:])
    remarks = [line.remark.text["en"] for line in ratios(question, (whole, less)) if line.ratio == "unexplained" and line.remark]
    assert remarks == ["The heads add up to the whole budget", "The heads do not cover the whole budget; ask what is missing"]


def _of(subject: str) -> list[Question]:
    return [question for question in LEVELLED if TEMPLATE.section_of(question.id).subject == subject]


#: Levels that differ from the best, the decision they should give, and what it rests on.
OUTCOMES: list[tuple[dict[str, int], str, str]] = [
    ({question.id: 1 for question in _of("organisation")}, "decline", "weak organisation"),
    ({"finance.trace": 2, "governance.ties": 2, "delivery.need": 2}, "send_back", "three key gaps"),
    ({question.id: 0 if not question.key else 2 for question in _of("project")}, "send_back", "weak project"),
    ({"finance.trace": 2}, "approve_with_conditions", "one key gap"),
    ({"people.data": 1}, "approve_with_conditions", "one gap"),
    ({question.id: 3 if question.key else 2 for question in LEVELLED}, "approve_with_conditions", "limited without gaps"),
    ({}, "approve", "nothing"),
]


@pytest.mark.parametrize(("levels", "decision", "because"), OUTCOMES, ids=[because for _, _, because in OUTCOMES])
def test_the_recommendation_follows_from_gaps_and_bands(levels: dict[str, int], decision: str, because: str) -> None:
    result = scored({id_: Answer("answered", level, "seen") for id_, level in levels.items()})
    assert result.proposal is not None
    assert result.proposal.decision == decision


def test_each_recommendation_rule_is_the_outcome_of_some_case() -> None:
    aside = {id_.id: Answer("not_applicable", reason="No.") for id_ in LEVELLED if id_.may_be_not_applicable}
    cases = [next(ways(stop.when)) for stop in TEMPLATE.stops] + [aside]
    cases += [{id_: Answer("answered", level, "seen") for id_, level in levels.items()} for levels, _, _ in OUTCOMES]
    proposals = [scored(changes).proposal for changes in cases]
    assert {proposal.rule for proposal in proposals if proposal} == set(range(len(TEMPLATE.recommendation)))


def test_too_much_set_aside_is_sent_back_until_the_reviewer_accepts_it() -> None:
    aside = [question.id for question in LEVELLED if question.may_be_not_applicable]
    result = scored({id_: Answer("not_applicable", reason="Does not concern this partner.") for id_ in aside})
    assert result.proposal is not None
    assert result.proposal.decision == "send_back"


def test_what_is_not_assessed_is_followed_up_as_the_weakest_and_never_not_at_all() -> None:
    table = TEMPLATE.assurance
    assert table is not None
    assert table.unassessed == "weak"
    assert [measure.id for measure in table.measures] == ["visits", "spot_checks", "instalments"]
    for row in table.rows:
        assert set(row.counts) == set(CAPACITY)
        assert min(row.counts["weak"]) > 0


def test_follow_up_never_falls_when_capacity_falls_or_the_amount_rises() -> None:
    table = TEMPLATE.assurance
    assert table is not None
    for row in table.rows:
        for weaker, stronger in pairwise(CAPACITY):
            assert all(more >= less for more, less in zip(row.counts[weaker], row.counts[stronger], strict=True))
    for smaller, larger in pairwise(table.rows):
        for band in CAPACITY:
            assert all(more >= less for more, less in zip(larger.counts[band], smaller.counts[band], strict=True))


def test_the_template_keeps_its_hash_when_it_is_read_again() -> None:
    again: Template = read_template(Path(__file__).parents[2] / "resources" / "templates" / "partner-project.yaml")
    assert again.hash == TEMPLATE.hash
