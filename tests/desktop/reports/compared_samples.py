"""An invented partner over four years: two versions of the main template, two scopes, risks that come and go, a stop that was waived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import msgspec

from forms.answers import Answer, AnswerKey
from forms.decoding import decode
from forms.library import Library
from forms.risk import RiskEntry
from forms.scoring import score
from forms.template import Template
from models.cards import AnswerCard, AssessmentFile, DecisionCard, DecisionDraft, Waiver
from models.casefile import case_for
from models.compared import Compared
from models.stops import met_stops
from resources import path
from tests.desktop.reports.sample_answers import all_answers, stop_answers
from tests.desktop.reports.sample_file import SEALED, STARTED, ident, sample_file, with_seal

BY_US = "Vi följde besluten till nästa möte och jämförde dem med det som ledamöterna själva berättade."


@dataclass(frozen=True)
class Told:
    """One time: its day, template and scope, how the answers lie, and what came of it."""

    as_of: date
    form: Template
    scope: str
    lift: int
    stops: bool = False
    outcome: str = "approve_with_conditions"
    changed: int = 5
    note: str = BY_US


@cache
def main_template() -> Template:
    """Give the bundled main template."""
    return next(one for one in Library(path("templates")).templates() if one.id == "partner-project")


@cache
def later_version() -> Template:
    """Give an invented next version: the first level question of each section in other words, one dropped, one new."""
    tree: dict[str, Any] = msgspec.to_builtins(main_template())
    tree["version"] = "2027.1"
    named = json_named(tree)
    for section in tree["sections"]:
        free = [one for one in section["questions"] if one["id"] not in named and one["kind"] == "level" and not one.get("asked_if")]
        if len(free) > 1:
            first, second = free[:2]
            first["replaces"] = [first["id"]]
            first["id"] = f"{first['id']}.anew"
            first["text"] = {code: f"{words} (i nya ord)" for code, words in first["text"].items()}
            second["replaces"] = []
            second["id"] = f"{second['id']}.other"
            second["text"] = {code: f"{words} (ny fråga)" for code, words in second["text"].items()}
    return decode(tree, file="partner-project")


def json_named(tree: dict[str, Any]) -> frozenset[str]:
    """Give every question that a rule of a template names, and may not be renamed."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("question"), str):
                found.add(value["question"])
            if isinstance(value.get("questions"), list) and all(isinstance(one, str) for one in value["questions"]):
                found.update(value["questions"])
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(tree)
    return frozenset(found)


def told(one: Told, number: int) -> AssessmentFile:
    """Give one sealed and decided assessment."""
    file = sample_file(one.form, renewal=False, sealed=False)
    draft = replace(file.card.draft, as_of=one.as_of, scope=one.scope, kind="new" if number == 0 else "renewal")
    sealed_at = datetime(one.as_of.year, one.as_of.month, one.as_of.day, 9, 30) + timedelta(days=12)  # noqa: DTZ001
    card = replace(file.card, id=ident(f"assessment-{number}"), case_number=f"{one.as_of.year}-{14 + number:03d}", draft=draft)
    case = case_for(draft=draft, project=file.project)
    overrides = stop_answers(one.form) if one.stops else {}
    answers = all_answers(one.form, lift=one.lift, case=case, overrides=overrides)
    for place, (key, answer) in enumerate(answers.items()):
        if place % one.changed == number and key.question not in overrides:
            answers = answers.with_answer(key, _moved(one, key, answer))
    cards = tuple(AnswerCard(key.question, answer, "typed", "Maja Ekwall", STARTED) for key, answer in answers.items())
    result = score(one.form, answers, case)
    risks = tuple(_risk(entry, number) for place, entry in enumerate(file.risks) if (place + number) % 3)
    file = replace(file, card=card, answers=answers, answer_cards=cards, result=result, risks=risks, instruments=())
    file = with_seal(file)
    assert file.seal is not None
    file = replace(file, seal=replace(file.seal, at=sealed_at))
    if not one.outcome:
        return file
    waivers = tuple(
        Waiver(stop.id, "250 000 SEK", date(one.as_of.year + 1, 6, 30), "Månadsvis granskning av verifikat.")
        for stop in met_stops(file)
        if stop.waivable == "board"
    )
    conditions = file.recommendation.conditions if file.recommendation is not None and one.outcome == "approve_with_conditions" else ()
    decided = DecisionDraft(
        one.outcome,
        "Styrelsen",
        f"{one.as_of.year}-05",
        "§ 7",
        sealed_at.date() + timedelta(days=9),
        waivers=waivers,
        conditions=conditions,
    )
    return replace(file, decision=DecisionCard(decided, "Karin Sandell", sealed_at + timedelta(days=10)))


def _moved(one: Told, key: AnswerKey, answer: Answer) -> Answer:
    question = one.form.question(key.question)
    if question.kind == "level" and isinstance(answer.value, int) and question.levels:
        keys = sorted(level.key for level in question.levels)
        return replace(answer, value=keys[(keys.index(answer.value) + 1) % len(keys)], known="verified", comment=one.note)
    return replace(answer, comment=one.note)


def _risk(entry: RiskEntry, number: int) -> RiskEntry:
    likelihood = min(max(1, entry.residual_likelihood - number % 2), entry.likelihood)
    return replace(entry, residual_likelihood=likelihood)


def compared(times: Sequence[Told], *, name: str = "Lumora Vattenkooperativ") -> Compared:
    """Give a comparison of these times."""
    files = [told(one, number) for number, one in enumerate(times)]
    named = tuple(replace(one, partner=replace(one.partner, draft=replace(one.partner.draft, name=name))) for one in files)
    return Compared(ident("partner"), name, named)


def four_years() -> Compared:
    """Give the ordinary case: four years, two versions, a wider scope at the end, a stop that is waived and one that stands."""
    return compared(
        [
            Told(date(2021, 3, 12), main_template(), "light", -1, stops=True),
            Told(date(2023, 4, 20), main_template(), "light", 0),
            Told(date(2026, 3, 20), later_version(), "light", 0),
            Told(date(2027, 5, 4), later_version(), "standard", 1, outcome=""),
        ]
    )


def six_times() -> Compared:
    """Give as many times as there is room for, with long words in them."""
    long = f"{BY_US} " * 3
    name = "Lumora Vattenkooperativ och de sju byarnas gemensamma förening för brunnar, sanitet och utbildning i norra Kisumu"
    forms = [main_template()] * 3 + [later_version()] * 3
    times = [
        Told(date(2016 + 2 * number, 3, 12), form, ("light", "standard")[number % 2], (number % 3) - 1, stops=number in (0, 5), note=long)
        for number, form in enumerate(forms)
    ]
    return compared(times, name=name)


__all__ = ["SEALED", "Told", "compared", "four_years", "six_times"]
