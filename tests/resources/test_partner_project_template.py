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
from forms.kinds import points_of
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.template import CAPACITY, Condition, Question, Template

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


def best(question: Question) -> Answer:
    """The answer that gives no cause for anything."""
    if question.kind == "level":
        return Answer("answered", question.levels[-1].key, "verified")
    if question.id == "partnership.rates_us":
        return Answer("answered", "easy", "said")
    if question.kind == "choice":
        return Answer("answered", question.options[0].id, "verified")
    values: dict[str, int | str] = {"integer": 6, "percent": 30, "money": "10000000 SEK", "date": "2025-12-31"}
    return Answer("answered", values.get(question.kind, "Text"), "seen")


def scored(changes: dict[str, Answer] | None = None) -> Result:
    """Score the best answers with some of them changed, answering what is asked only."""
    given = {question.id: best(question) for question in QUESTIONS} | (changes or {})
    return score(TEMPLATE, AnswerSet({AnswerKey(TEMPLATE.id, question): answer for question, answer in given.items()}), CASE)


def ways(condition: Condition) -> Iterator[dict[str, Answer]]:
    """Give answers that make a condition hold, one set for each way it can come about."""
    if condition.any_ is not None:
        for part in condition.any_:
            yield from ways(part)
        return
    if condition.all_ is not None:
        found: list[dict[str, Answer]] = [{}]
        for part in condition.all_:
            found = [one | other for one in found for other in ways(part)]
        yield from found
        return
    question = TEMPLATE.question(condition.question or "")
    needed = next(ways(question.asked_if)) if question.asked_if is not None else {}
    for answer in _answers(question, condition):
        yield needed | {question.id: answer}


def _answers(question: Question, condition: Condition) -> Iterator[Answer]:
    if condition.state is not None:
        for state in condition.state:
            yield Answer(state, reason="Nobody knows.")  # type: ignore[arg-type]
    for value in condition.is_ or []:
        yield Answer("answered", int(value) if question.levels else value, "seen")
    for number in (condition.at_most, condition.at_least):
        if number is not None:
            yield Answer("answered", number, "seen")


def test_it_asks_seventeen_scored_questions_about_the_organisation_and_fourteen_about_the_project() -> None:
    counted = Counter(section.subject for section, question in TEMPLATE.questions() if points_of(question) is not None)
    assert counted == {"organisation": 17, "project": 14}


def test_a_light_assessment_stays_below_fifty_questions() -> None:
    assert len(QUESTIONS) < 50
    assert scored().completeness.asked <= 46


def test_the_key_questions_are_those_that_a_board_must_be_able_to_rely_on() -> None:
    assert {question.id for question in QUESTIONS if question.key} == KEYS


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
        if set(part) == {"sv", "en"}:
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


def test_the_two_languages_never_hold_the_same_text() -> None:
    texts = list(_texts(TEMPLATE))
    assert len(texts) > 400
    assert [text for text in texts if text["sv"] == text["en"]] == []


def test_each_language_uses_its_own_quotation_marks() -> None:
    for text in _texts(TEMPLATE):
        assert not set(text["sv"]) & set("“„\"'"), text["sv"]
        assert not set(text["en"]) & set("„\"'"), text["en"]
        assert text["en"].count("“") == text["en"].count("”"), text["en"]


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
    for id_ in ("integrity.irregularities.handling", "integrity.leadership.suspicion", "safeguarding.allegation.handling"):
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


def test_the_best_answers_give_approval_and_nothing_else() -> None:
    result = scored()
    assert (result.gaps, result.stops, result.clashes, result.risks) == ((), (), (), ())
    assert result.proposal is not None
    assert result.proposal.decision == "approve"
    assert {subject.score.band for subject in result.subjects} == {"strong"}


def test_ordinary_questions_need_level_2_and_key_questions_level_3() -> None:
    lines = [line for line in scored().lines if line.scored]
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


def test_there_are_six_stop_criteria_never_waived_and_five_for_the_board() -> None:
    assert {stop.id for stop in TEMPLATE.stops if stop.waivable == "never"} == NEVER
    assert {stop.id for stop in TEMPLATE.stops if stop.waivable == "board"} == BOARD


@pytest.mark.parametrize("stop", TEMPLATE.stops, ids=lambda stop: stop.id)
def test_each_stop_criterion_comes_true_in_each_of_its_ways_and_decides_the_recommendation(stop) -> None:  # type: ignore[no-untyped-def]
    for changes in ways(stop.when):
        result = scored(changes)
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
        assert risk.id in {one.id for one in scored(changes).risks}, changes


@pytest.mark.parametrize("clash", TEMPLATE.contradictions, ids=lambda clash: clash.id)
def test_each_contradiction_can_be_met(clash) -> None:  # type: ignore[no-untyped-def]
    for changes in ways(clash.when):
        assert clash.id in {one.id for one in scored(changes).clashes}, changes


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


def test_without_an_audit_nobody_asks_for_its_day() -> None:
    assert scored().line("finance.audit.year_end") is not None
    assert scored({"finance.audit.result": Answer("answered", 1, "seen")}).line("finance.audit.year_end") is None


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
