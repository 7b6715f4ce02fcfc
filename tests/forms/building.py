"""Small templates, answers and strategies that the tests of ``forms`` are built from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from forms.answers import KNOWN, Answer, AnswerKey, AnswerSet
from forms.kinds import answers_of, points_of, worth_of
from forms.reading import read_template
from forms.result import Case, Result, Score
from forms.scoring import lookup_in, score
from forms.tables import row_limits
from forms.template import Column, Question, Template
from forms.values import Value
from tests.forms.parts import (
    CAPACITY as CAPACITY,
)
from tests.forms.parts import (
    built as built,
)
from tests.forms.parts import (
    choice as choice,
)
from tests.forms.parts import (
    column as column,
)
from tests.forms.parts import (
    level as level,
)
from tests.forms.parts import (
    recorded as recorded,
)
from tests.forms.parts import (
    remark as remark,
)
from tests.forms.parts import (
    said as said,
)
from tests.forms.parts import (
    section as section,
)
from tests.forms.parts import (
    tree as tree,
)
from tests.forms.parts import (
    yes_no as yes_no,
)
from tests.forms.wide import wide as wide
from tests.forms.wide import wide_tree as wide_tree

THREE = Path(__file__).with_name("three-questions.yaml")
#: The partner and project template as version 2026.1 had it: golden files keep scoring it while the bundled one goes on.
REAL = Path(__file__).with_name("golden") / "partner-project-2026.1.yaml"
BUNDLED = Path(__file__).parents[2] / "resources/templates"
DAY = date(2026, 3, 2)
CASE = Case(as_of=DAY, scope="light")
APPROVED = replace(CASE, facts={"not_applicable_approved": "yes"})
SOME = settings(max_examples=40)


def answer(value: Value) -> Answer:
    """Give an answer that was seen."""
    return Answer("answered", value, known="seen")


NOT_APPLICABLE = Answer("not_applicable", reason="It has none.")
NOT_ESTABLISHED = Answer("not_established", reason="Nobody would show it.")
DONT_KNOW = Answer("dont_know")


def answers(template: Template, given: Mapping[str, Value | Answer]) -> AnswerSet:
    """Give an answer set; plain values become answers that were seen."""
    return AnswerSet({AnswerKey(template.id, question): one if isinstance(one, Answer) else answer(one) for question, one in given.items()})


def scored(template: Template, given: Mapping[str, Value | Answer], case: Case = CASE) -> Result:
    """Score plain values."""
    return score(template, answers(template, given), case)


#: Kinds whose answers are more than a number or a text of any words.
WHOLE = ("choices", "country", "organisation_number", "document", "table")


def whole_value(question: Question, chance: Random) -> Value:
    """Pick an answer to a question of several choices, a country, an organisation number, a document or a table."""
    if question.kind == "choices":
        ids = [option.id for option in question.options]
        return tuple(id_ for id_ in ids if chance.random() < 0.5) or (chance.choice(ids),)
    if question.kind == "country":
        return chance.choice(["SE", "KE", "CD"])
    if question.kind == "organisation_number":
        return chance.choice(["SE-ON 556091-2148", "NO-BRC 923 609 016", "KE-NCB OP.218/051"])
    if question.kind == "document":
        return chance.choice([("Statutes", "2024-01-31", ""), ("Licence", "2024-01-31", "2026-03-01")])
    low, high = row_limits(question)
    return tuple(tuple(cell(one, chance) for one in question.columns) for _ in range(chance.randint(low, high)))


def cell(one: Column, chance: Random) -> int | str | None:
    """Pick what may stand in a cell; a column that may be empty sometimes is."""
    if not one.required and chance.random() < 0.2 and one.kind != "integer":
        return None
    values: dict[str, int | str] = {
        "short_text": "Words",
        "integer": chance.randint(-9, 9),
        "percent": chance.randint(0, 100),
        "money": f"{chance.randint(-9, 99)} {chance.choice(['SEK', 'SEK', 'SEK', 'KES'])}",
        "date": "2025-11-30",
        "choice": one.options[0].id if one.options else "",
        "country": "KE",
        "year": 2025,
    }
    return values[one.kind]


def final_answers(question: Question) -> st.SearchStrategy[Answer]:
    """Draw answers that have a value."""
    possible = answers_of(question)
    if possible is not None:
        values: st.SearchStrategy[Value] = st.sampled_from([int(one) if question.kind == "level" else one for one in possible])
    elif question.kind in ("integer", "percent"):
        low = question.minimum if question.minimum is not None else 0
        values = st.integers(low, question.maximum if question.maximum is not None else low + 100)
    elif question.kind == "money":
        values = st.integers(0, 10**9).map(lambda minor: f"{minor} SEK")
    elif question.kind == "date":
        values = st.dates().map(lambda day: day.isoformat())
    elif question.kind in WHOLE:
        values = st.randoms(use_true_random=True).map(lambda chance: whole_value(question, chance))
    else:
        values = st.sampled_from(["Word", "Another"])
    return st.builds(Answer, state=st.just("answered"), value=values, known=st.sampled_from(["said", "seen", "verified", None]))


def any_answers(question: Question) -> st.SearchStrategy[Answer]:
    """Draw final answers of all states that the question allows."""
    states = [final_answers(question), final_answers(question), st.just(NOT_ESTABLISHED)]
    return st.one_of(*states, st.just(NOT_APPLICABLE)) if question.may_be_not_applicable else st.one_of(*states)


def _one_of_them(question: Question, chance: Random) -> Answer:
    """Pick a final answer of any state that the question allows."""
    state = chance.choice(["value", "value", "value", "not_established", "not_applicable" if question.may_be_not_applicable else "value"])
    if state != "value":
        return NOT_APPLICABLE if state == "not_applicable" else NOT_ESTABLISHED
    possible = answers_of(question)
    if possible is not None:
        value = chance.choice(possible)
        return Answer("answered", int(value) if question.kind == "level" else value, known=chance.choice(KNOWN))
    number = chance.randint(question.minimum or 0, 100 if question.maximum is None else question.maximum)
    if question.kind in WHOLE:
        return Answer("answered", whole_value(question, chance), known=chance.choice(KNOWN))
    values: dict[str, int | str] = {"integer": number, "percent": number, "money": f"{number} SEK", "date": "2025-11-30"}
    return Answer("answered", values.get(question.kind, "Words"), known=chance.choice(KNOWN))


@st.composite
def answer_sets(draw: st.DrawFn, template: Template, *, may_stay_open: bool = True, case: Case = CASE) -> AnswerSet:
    """Draw answers to what is asked, in the order it is asked; some stay open when that is allowed.

    One draw gives the seed of them all: a template has fifty questions, and as many draws take a second.
    """
    chance = draw(st.randoms(use_true_random=True))
    given = AnswerSet()
    for _, question in template.questions():
        if (question.asked_if or question.scopes) and lookup_in(template, given, case)(question.id) is None:
            continue
        left = chance.choice(["answer", "answer", "answer", "open", "dont_know"]) if may_stay_open else "answer"
        if left != "open":
            one = DONT_KNOW if left == "dont_know" else _one_of_them(question, chance)
            given = given.with_answer(AnswerKey(template.id, question.id), one)
    return given


def mixed() -> Template:
    """Give a template with everything that adds up: keys, weights, kinds, a gate, a cap, conditions, two subjects, an open fact."""
    project = {**section("design", [level("design.need"), yes_no("design.plan", weight=3)]), "subject": "project"}
    return built(
        [
            section("finance", [level("finance.books", key=True, weight=2), level("finance.bank"), recorded("finance.staff", minimum=0)]),
            section(
                "integrity",
                [
                    yes_no("integrity.policy"),
                    level("integrity.cases", asked_if={"question": "integrity.policy", "is": ["yes", "partly"]}),
                    choice("integrity.kind", {"good": 3, "fair": 1, "poor": 0}, weight=2),
                    recorded("integrity.note", "long_text", optional=True),
                ],
                weight=2,
            ),
            section(
                "extra", [level("extra.one", asked_if={"question": "finance.staff", "at_least": 10}), level("extra.two")], aggregate="worst"
            ),
            project,
        ],
        subjects={
            "organisation": {"bands": "capacity", "never_better_than": ["finance", "integrity"]},
            "project": {"bands": "capacity", "combine": "questions"},
        },
        required={"light": {"ordinary": 2, "key": 3}},
        key_cap={"at_most": 1, "band": "limited"},
        recommendation=[
            {"decision": "decline", "text": said(), "stops": "never"},
            {"decision": "send_back", "text": said(), "key_gaps_at_least": 1},
            {"decision": "approve_with_conditions", "text": said(), "gaps_at_least": 2},
            {"decision": "postpone", "text": said(), "subject": "organisation", "bands": ["weak", "needs_approval"]},
            {"decision": "approve", "text": said()},
        ],
        stops=[{"id": "books", "text": said(), "waivable": "never", "when": {"question": "finance.books", "at_most": 0}}],
    )


def three() -> Template:
    """Read the smallest template there is."""
    return read_template(THREE)


def real() -> Template:
    """Read a whole template as it was once bundled: version 2026.1 of partner and project."""
    return read_template(REAL)


def base() -> dict[str, Any]:
    """Plain data of a sound template with one of everything that can be wrong."""
    return tree(
        [
            section("one", [level("one.a", key=True), yes_no("one.b"), recorded("one.c", minimum=0, maximum=9)]),
            section("two", [choice("two.a", {"x": 1, "y": 0}), recorded("two.b", "short_text")]),
        ],
        risk_matrix={"rows": [["low", "low", "moderate", "significant", "high"]] * 5, "people_floor": "significant"},
        risks=[{"id": "theft", "text": said(), "when": {"question": "one.a", "at_most": 1}, "likelihood": 3, "impact": 4}],
        stops=[{"id": "fraud", "text": said(), "waivable": "never", "when": {"question": "one.b", "is": ["no"]}}],
        recommendation=[
            {"decision": "decline", "text": said(), "bands": ["weak"], "subject": "organisation"},
            {"decision": "approve", "text": said()},
        ],
        assurance={
            "currency": "SEK",
            "subject": "organisation",
            "unassessed": "weak",
            "measures": [{"id": "visit", "text": said()}],
            "rows": [
                {"up_to": 100, "counts": {"weak": [1], "limited": [1], "adequate": [0], "strong": [0]}},
                {"counts": {"weak": [2], "limited": [1], "adequate": [1], "strong": [1]}},
            ],
        },
    )


def scores(result: Result) -> list[Score]:
    """Give the scores of all sections and subjects."""
    return [one.score for one in (*result.sections, *result.subjects)]


def by_worth(question: Question) -> dict[int, Value]:
    """Give one answer for each number of points that a question can be worth, from few to many; nothing for what is recorded."""
    points = points_of(question) or {}
    ways: dict[int, Value] = {}
    for several in range(1, len(points) + 1) if question.kind == "choices" else (1,):
        for ids in combinations(points, several):
            value: Value = ids if question.kind == "choices" else int(ids[0]) if question.kind == "level" else ids[0]
            ways.setdefault(worth_of(question, value) or 0, value)
    return dict(sorted(ways.items()))


CAPACITIES = [three(), mixed(), real()]
TEMPLATES = [*CAPACITIES, wide()]
EVERY_CAPACITY = pytest.mark.parametrize("template", CAPACITIES, ids=lambda template: template.id)
EVERY = pytest.mark.parametrize("template", TEMPLATES, ids=["three-questions", "mixed", "partner-project", "wide"])


def put(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Give a change that sets (or, with ``...``, takes away) what stands at a path."""

    def change(data: dict[str, Any]) -> None:
        *steps, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
        place: Any = data
        for step in steps:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change
