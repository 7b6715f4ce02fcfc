"""The bundled template “Partner and project” for its tests: the best answers, a score, and every way in which a condition comes true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.question import Column
from forms.reading import read_template
from forms.result import Case, Result
from forms.scoring import score
from forms.template import Condition, Question, Scope

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
