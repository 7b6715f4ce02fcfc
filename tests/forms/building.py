"""Small templates, answers and strategies that the tests of ``forms`` are built from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
from forms.decoding import decode
from forms.kinds import answers_of, points_of, worth_of
from forms.reading import read_template
from forms.result import Case, Result, Score
from forms.scoring import lookup_in, score
from forms.tables import row_limits
from forms.template import Column, Question, Template
from forms.values import Value

THREE = Path(__file__).with_name("three-questions.yaml")
#: The partner and project template as version 2026.1 had it: golden files keep scoring it while the bundled one goes on.
REAL = Path(__file__).with_name("golden") / "partner-project-2026.1.yaml"
BUNDLED = Path(__file__).parents[2] / "resources/templates"
DAY = date(2026, 3, 2)
CASE = Case(as_of=DAY, scope="light")
APPROVED = replace(CASE, facts={"not_applicable_approved": "yes"})
SOME = settings(max_examples=40)

CAPACITY = {
    "direction": "higher_is_better",
    "edge": "worse",
    "steps": [
        {"band": "weak", "from": 0, "to": 40},
        {"band": "limited", "from": 40, "to": 60},
        {"band": "adequate", "from": 60, "to": 80},
        {"band": "strong", "from": 80, "to": 100},
    ],
}


def said(words: str = "Text") -> dict[str, str]:
    """Give a text in the one language that built templates have."""
    return {"en": words}


def level(id_: str, *, points: Sequence[int] = (0, 1, 2, 3, 4), **more: Any) -> dict[str, Any]:
    """Give a level question; level keys count from 0 (from 1 when the points do), the points are those given."""
    first = 1 if points[0] == 1 else 0
    levels = [{"key": first + place, "text": said(), "points": worth} for place, worth in enumerate(points)]
    return {"id": id_, "kind": "level", "text": said(id_), "guidance": said(), "levels": levels, **more}


def choice(id_: str, options: Mapping[str, int | None], **more: Any) -> dict[str, Any]:
    """Give a choice question; an option with points ``None`` is recorded only."""
    listed = [{"id": name, "text": said(), **({} if points is None else {"points": points})} for name, points in options.items()]
    return {"id": id_, "kind": "choice", "text": said(id_), "guidance": said(), "options": listed, **more}


def recorded(id_: str, kind: str = "integer", **more: Any) -> dict[str, Any]:
    """Give a question that is recorded and not scored."""
    return {"id": id_, "kind": kind, "text": said(id_), "guidance": said(), **more}


def yes_no(id_: str, **more: Any) -> dict[str, Any]:
    """Give a question with yes 4, partly 2, no 0."""
    return {
        "id": id_,
        "kind": "yes_partly_no",
        "text": said(id_),
        "guidance": said(),
        "points": {"yes": 4, "partly": 2, "no": 0},
        **more,
    }


def section(id_: str, questions: Sequence[dict[str, Any]], *, bands: str | None = "capacity", **more: Any) -> dict[str, Any]:
    """Give a section of the organisation."""
    banded = {} if bands is None else {"bands": bands}
    return {"id": id_, "title": said(id_), "subject": "organisation", "questions": list(questions), **banded, **more}


def tree(sections: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Give the plain data of a template with the ordinary capacity bands and an organisation."""
    plain: dict[str, Any] = json.loads(
        json.dumps(
            {
                "format": 1,
                "rules": 1,
                "id": "built",
                "version": "1",
                "languages": ["en"],
                "name": said(),
                "purpose": said(),
                "about": said(),
                "method": said(),
                "scopes": ["light"],
                "bands": {"capacity": CAPACITY},
                "subjects": {"organisation": {"bands": "capacity"}},
                "sections": list(sections),
                **more,
            }
        )
    )
    return plain


def built(sections: Sequence[dict[str, Any]], **more: Any) -> Template:
    """Give a template of these sections, checked as a file would be."""
    return decode(tree(sections, **more), file="built")


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


def column(id_: str, kind: str = "integer", **more: Any) -> dict[str, Any]:
    """Give a column of a table."""
    return {"id": id_, "text": said(id_), "kind": kind, **more}


def remark(below: str | None = None) -> dict[str, Any]:
    """Give a remark on a ratio below a limit, or on any."""
    return {"text": said(), **({} if below is None else {"below": below})}


def wide_tree() -> dict[str, Any]:
    """Give the plain data of a template with sub-areas, values without bands, flags and the kinds that hold more than one value."""
    several = [{"id": name, "text": said(), "points": points} for name, points in (("a", 1), ("b", 2), ("c", 3))]
    named = [{"id": name, "text": said()} for name in ("x", "y", "z")]
    areas = [
        level("area.one", points=(1, 2, 3, 4), group="first", key=True, not_applicable=True, answered_by="controller"),
        level("area.two", points=(1, 2, 3, 4), group="first"),
        level("area.three", points=(1, 2, 3, 4), group="second", same_as=[{"question": "other.three", "answers": {"0": "1", "4": "4"}}]),
        level("area.four", points=(1, 2, 3, 4), relies_on=[{"result": "psea_assessment", "answers": {"low": "1", "high": "4"}}]),
    ]
    figures = recorded(
        "facts.figures",
        "table",
        columns=[column("income", "money", sum=True), column("cost", "money"), column("staff", sum=True), column("opinion", "short_text")],
        rows=[{"id": "latest", "text": said()}, {"id": "before", "text": said()}],
        ratios=[
            {"id": "surplus", "text": said(), "over": ["income"], "minus": ["cost"], "under": "income", "remarks": [remark("0"), remark()]},
            {"id": "cover", "text": said(), "over": ["income"], "under": "cost", "show": "times", "remarks": [remark("1"), remark("3/2")]},
        ],
    )
    facts = [
        recorded("facts.several", "choices", options=named),
        recorded("facts.country", "country"),
        recorded("facts.number", "organisation_number", optional=True),
        recorded("facts.paper", "document"),
        figures,
        recorded("facts.funders", "table", optional=True, minimum=1, maximum=3, columns=funders()),
    ]
    bands = {
        "risk": {
            "direction": "higher_is_worse",
            "edge": "worse",
            "measure": "value",
            "derived": {
                "bands": ["low", "moderate", "significant", "high"],
                "shares": ["15/100", "3/10", "0.5"],
                "key_weight_in_range": False,
            },
        },
        "own": {
            "direction": "higher_is_better",
            "edge": "better",
            "steps": [{"band": "begun", "from": 0, "to": 50}, {"band": "done", "from": 50, "to": 100}],
            "words": {"begun": said(), "done": said()},
        },
    }
    return tree(
        [
            section(
                "area", areas, bands="risk", aggregate="mean", groups=[{"id": "first", "title": said()}, {"id": "second", "title": said()}]
            ),
            {
                **section(
                    "value",
                    [level("value.one"), level("value.two"), recorded("value.several", "choices", options=several, maximum=5)],
                    bands=None,
                ),
                "subject": "project",
                "aggregate": "mean",
                "value_only": True,
                "flag": {"at_most": 0, "text": said()},
            },
            {**section("own", [level("own.one"), level("own.two", group="g")], bands="own", groups=[{"id": "g", "title": said()}])},
            section("facts", facts, bands=None),
        ],
        bands=bands,
        subjects={},
        key_points={"2": 4, "3": 6, "4": 8},
        follows=said(),
        time={"light": 90},
        judged={"areas": "sections", "comment": "always", "not_applicable": True},
        perspectives=[{"id": "rights", "text": said(), "questions": ["area.one", "facts.paper"]}],
        partner_signs=True,
    )


def funders() -> list[dict[str, Any]]:
    """Give a column of every kind."""
    options = [{"id": "grant", "text": said()}, {"id": "loan", "text": said()}]
    return [
        column("name", "short_text", required=True),
        column("share", "percent"),
        column("since", "year"),
        column("until", "date"),
        column("form", "choice", options=options),
        column("seat", "country"),
        column("amount", "money", sum=True),
        column("people", "integer", sum=True),
    ]


def wide() -> Template:
    """Give that template, checked as a file would be."""
    return decode(wide_tree(), file="wide")


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
